//! Joining the opened call with another one: the calls near it, each with what speaks for it, and what joining will do.

use super::deciding::Deciding;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::decision_words::{call as call_words, join as join_words, kept, reasons};
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::words::{direction, length, named, party};
use crate::state::{Day, Office, use_office};
use crate::words::{fill, say};
use contract::calls::CallRow;
use contract::decisions::{AskNeighbours, Decided, JoinCalls};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn JoinDialog(deciding: Deciding) -> impl IntoView {
    view! {
        <Dialog open=deciding.joining label=say("Join with another call") testid="join-dialog" class="join">
            <JoinBody deciding />
        </Dialog>
    }
}

#[component]
fn JoinBody(deciding: Deciding) -> impl IntoView {
    let near = Asking::<AskNeighbours>::new();
    let chosen = RwSignal::new(None::<CallRow>);
    let at = RwSignal::new(0_usize);
    let this = deciding.call.get_untracked().map(|call| call.row);
    if let Some(this) = &this {
        near.ask(AskNeighbours { id: this.id.clone() });
    }
    let join = Asking::<JoinCalls>::new().on_answer(move |(_, decided): (JoinCalls, Decided)| {
        deciding.joining.set(false);
        deciding.done.run(decided.id);
    });
    let this = StoredValue::new(this);
    move || {
        let Some(this) = this.get_value() else { return ().into_any() };
        match chosen.get() {
            Some(other) => view! { <Confirmation this other chosen join deciding /> }.into_any(),
            None => view! { <Candidates this near chosen at deciding /> }.into_any(),
        }
    }
}

#[component]
fn Candidates(
    this: CallRow,
    near: Asking<AskNeighbours>,
    chosen: RwSignal<Option<CallRow>>,
    at: RwSignal<usize>,
    deciding: Deciding,
) -> impl IntoView {
    let office = use_office();
    let began = office.clock(Style::DayAndSecond, this.started_ms);
    let says = fill(
        "This call: {call}. Which other one is the same conversation?",
        &[("call", &call_words(&this, &began))],
    );
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            let _ = list.focus();
        }
    });
    let rows = move || near.answer.get().unwrap_or_default();
    let press = move |event: web_sys::KeyboardEvent| {
        let last = near.answer.with_untracked(|rows| rows.as_ref().map_or(0, Vec::len)).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Home" => at.set(0),
            "End" => at.set(last),
            "Enter" => chosen.set(rows_at(near, at.get_untracked())),
            _ => return,
        }
        event.prevent_default();
        // Once the list has made way for the question, nobody could tell that the key was pressed in a dialog.
        event.stop_propagation();
        show(at.get_untracked());
    };
    let again = Callback::new(move |()| near.again());
    let this = StoredValue::new(this);
    let body = move || {
        if let Some(failure) = near.failure.get() {
            return view! { <Failed failure again /> }.into_any();
        }
        let Some(found) = near.answer.get() else {
            return view! { <Show when=move || near.slow.get()><Skeleton rows=5 /></Show> }.into_any();
        };
        if found.is_empty() {
            let says = say("Calls of the same office before and after it would stand here.");
            return view! { <Empty title=say("No other call is near this one") says /> }.into_any();
        }
        let lines = rows().into_iter().enumerate().map(|(index, row)| {
            let reason = this.with_value(|this| reasons(this, &row));
            let when = this.with_value(|this| when(office, &row, this));
            view! { <Candidate row reason when index at chosen /> }
        });
        view! {
            <ul
                class="join-list"
                role="listbox"
                tabindex="0"
                aria-label=say("Calls near this one")
                aria-activedescendant=move || format!("join-{}", at.get())
                node_ref=list
                on:keydown=press
            >
                {lines.collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <h2>{say("Join with another call")}</h2>
        <p class="mute">{says}</p>
        {body}
        <div class="buttons">
            <button type="button" class="btn" on:click=move |_| deciding.joining.set(false)>{say("Cancel")}</button>
            <span class="mute sm">{say("↑ ↓ and Enter choose; joining is asked for once more.")}</span>
        </div>
    }
}

#[component]
fn Candidate(
    row: CallRow,
    reason: String,
    when: String,
    index: usize,
    at: RwSignal<usize>,
    chosen: RwSignal<Option<CallRow>>,
) -> impl IntoView {
    let (arrow, word) = direction(row.direction);
    let (title, number) = party(&row);
    let who: Vec<&str> = row.talked.iter().chain(&row.groups).map(named).collect();
    let who = who.join(", ");
    let lasted =
        row.ended_ms.map_or_else(|| say("now").to_owned(), |ended_ms| length(ended_ms - row.started_ms));
    let id = row.id.clone();
    let choice = StoredValue::new(row);
    view! {
        <li
            id=format!("join-{index}")
            class="join-row"
            class:on=move || at.get() == index
            role="option"
            aria-selected=move || (at.get() == index).to_string()
            data-testid="join-candidate"
            data-call-id=id
            on:mousemove=move |_| at.set(index)
            on:click=move |_| chosen.set(Some(choice.get_value()))
        >
            <span>{when}</span>
            <span class="n">{lasted}</span>
            <span class="mute"><span aria-hidden="true">{arrow}</span>" "{word}</span>
            <span class="join-party">
                <span class="b">{title}</span>
                {number.map(|number| view! { <span class="faint sm">" "{number}</span> })}
            </span>
            <span class="mute join-who">{who}</span>
            <span class="join-reason sm mute">{reason}</span>
        </li>
    }
}

#[component]
fn Confirmation(
    this: CallRow,
    other: CallRow,
    chosen: RwSignal<Option<CallRow>>,
    join: Asking<JoinCalls>,
    deciding: Deciding,
) -> impl IntoView {
    let office = use_office();
    let words = |row: &CallRow| call_words(row, &office.clock(Style::DayAndSecond, row.started_ms));
    let lines =
        [(say("This call"), words(&this)), (say("The other"), words(&other)), ("", reasons(&this, &other))];
    let lines = lines.map(|(which, says)| {
        view! {
            <dt class="mute">{which}</dt>
            <dd class:mute=which.is_empty()>{says}</dd>
        }
    });
    let says = join_words(&office.clock(Style::Second, this.started_ms.min(other.started_ms)));
    let request = JoinCalls { first: this.id.clone(), second: other.id.clone() };
    let run = Callback::new(move |()| join.ask(request.clone()));
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            let _ = button.focus();
        }
    });
    view! {
        <h2>{say("Join these two calls?")}</h2>
        <dl class="join-two">{lines.into_iter().collect_view()}</dl>
        <p class="mute">{says}</p>
        <p class="mute">{kept()}</p>
        {move || join.failure.get().map(|failure| view! { <Failed failure again=run /> })}
        <div class="buttons">
            <button
                type="button"
                class="btn primary"
                data-testid="confirm-join"
                node_ref=button
                disabled=join.busy
                on:click=move |_| run.run(())
            >
                {say("Join them")}
            </button>
            <button type="button" class="btn" on:click=move |_| chosen.set(None)>{say("Choose another")}</button>
            <button type="button" class="btn quiet" on:click=move |_| deciding.joining.set(false)>{say("Cancel")}</button>
        </div>
    }
}

/// The day is only said where it is another one.
fn when(office: Office, row: &CallRow, this: &CallRow) -> String {
    let day = |row: &CallRow| Day::at(row.started_ms, |at_ms| office.offset_ms(at_ms));
    let style = if day(row) == day(this) { Style::Second } else { Style::DayAndSecond };
    office.clock(style, row.started_ms)
}

fn rows_at(near: Asking<AskNeighbours>, at: usize) -> Option<CallRow> {
    near.answer.with_untracked(|rows| rows.as_ref().and_then(|rows| rows.get(at).cloned()))
}

/// Keeps the chosen line in sight.
fn show(index: usize) {
    if let Some(line) = document().get_element_by_id(&format!("join-{index}")) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        line.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
