//! The audit log, a page at a time, and whether it is whole.

use crate::ipc::Asking;
use crate::parts::clock::{Style, number};
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::keeping::{AskAudit, AuditCheck, AuditLine, AuditPage, CheckAudit};
use leptos::prelude::*;

const PAGE: u32 = 100;

/// Who reads further back exports or filters by a recording; the page's memory stays bounded.
const MOST_LINES: usize = 2_000;

#[component]
pub fn AuditLog() -> impl IntoView {
    let office = use_office();
    let lines = RwSignal::new(Vec::<AuditLine>::new());
    let next = RwSignal::new(None::<i64>);
    let page = Asking::<AskAudit>::new().on_answer(move |(asked, page): (AskAudit, AuditPage)| {
        lines.update(|lines| {
            if asked.before.is_none() {
                lines.clear();
            }
            lines.extend(page.lines);
        });
        next.set(page.next);
    });
    Effect::new(move |_| {
        office.ask_again.track();
        page.ask(AskAudit { recording: None, before: None, limit: PAGE });
    });
    let check = Asking::<CheckAudit>::new();
    let more = move |_| page.ask(AskAudit { recording: None, before: next.get_untracked(), limit: PAGE });
    let more_shown = move || next.get().is_some() && lines.with(Vec::len) < MOST_LINES;
    let end = move || {
        if let Some(failure) = page.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| page.again()) /> }.into_any();
        }
        if lines.with(Vec::is_empty) && page.answer.with(Option::is_some) {
            return view! { <Empty title=say("Nothing was done yet") says=say("Every play, export, deletion, silencing and change of settings stands here.") /> }.into_any();
        }
        view! { <Show when=move || page.slow.get()><Skeleton rows=6 /></Show> }.into_any()
    };
    view! {
        <section class="card keeping-card" data-testid="audit">
            <h2>{say("Audit log")}</h2>
            <p class="mute">{say("Nothing in it is changed or taken away. Each entry is chained to the one before, so that a change would show.")}</p>
            <div class="buttons">
                <button type="button" class="btn" data-testid="audit-check" disabled=check.busy on:click=move |_| check.ask(CheckAudit {})>{move || if check.busy.get() { say("Checking …") } else { say("Check that it is whole") }}</button>
                {move || check.answer.get().map(|check| view! { <Checked check /> })}
            </div>
            {move || check.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| check.again()) /> })}
            <ol class="audit-list">
                <For each=move || lines.get() key=|line| line.n let:line><Line line /></For>
            </ol>
            {end}
            <Show when=more_shown><button type="button" class="btn" data-testid="audit-more" disabled=page.busy on:click=more>{say("Older entries")}</button></Show>
        </section>
    }
}

#[component]
fn Checked(check: AuditCheck) -> impl IntoView {
    match check.broken {
        None => {
            let says = fill(
                "It is whole: {count} entries, each following from the one before.",
                &[("count", &number(check.entries))],
            );
            let less = check.less.map(|less| view! { <span class="mute">{heard(less)}</span> });
            view! { <span class="saved" role="status" data-testid="audit-result">{says}</span>{less} }.into_any()
        }
        Some((n, says)) => view! { <span class="complaint" role="alert" data-testid="audit-result">{fill("It is broken at entry {n}: {says}", &[("n", &n.to_string()), ("says", &heard(says))])}</span> }.into_any(),
    }
}

#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let office = use_office();
    let open = line.recording.clone().map(|id| {
        view! { <button type="button" class="link" on:click=move |_| office.show_recording(&id)>{say("Recording")}</button> }
    });
    view! {
        <li class="audit-line" data-testid="audit-line" title=fill("Entry {n}, SHA-256 {hash}", &[("n", &line.n.to_string()), ("hash", &line.hash)])>
            <span class="mute">{office.clock(Style::DayAndSecond, line.at_ms)}</span>
            <span>{heard(line.says)}</span>
            <span class="mute">{line.who}</span>
            {open}
        </li>
    }
}
