//! Whose recording it is, the way to its call, its state, and what can be done with all of it.

use super::super::locked::GiveKey;
use super::view::Looking;
use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::link::HistoryLink;
use crate::parts::recording_words::{party, trouble};
use crate::parts::words::{named, number_and_name};
use crate::screens::palette::open_row;
use crate::state::{CallQuery, use_office};
use crate::words::{fill, say};
use contract::recordings::{ExportFormat, RecordingState, RecordingView};
use leptos::prelude::*;

#[component]
pub fn Lead(looking: Looking) -> impl IntoView {
    let lead = Memo::new(move |_| {
        looking.view.with(|view| view.as_ref().map(|view| (view.row.clone(), view.call_row.clone())))
    });
    view! {
        <State looking />
        {move || {
            let view = lead.get().and_then(|_| looking.view.get_untracked());
            view.map(|view| view! { <Links view looking /> })
        }}
    }
}

#[component]
fn Links(view: RecordingView, looking: Looking) -> impl IntoView {
    let office = use_office();
    let (title, _) = party(&view.row);
    let outside = view.row.number.clone().map(|number| {
        let label = fill("All calls with {who}", &[("who", &number)]);
        let go = Callback::new(move |()| office.show_calls(CallQuery::of_number(&number)));
        view! { <HistoryLink text=fill("All calls with {who}", &[("who", &title)]) label go /> }
    });
    let people = view.row.people.iter().map(|person| {
        let label = fill("All calls of {who}", &[("who", &number_and_name(person))]);
        let number = person.number.clone();
        let go = Callback::new(move |()| office.show_calls(CallQuery::of_agent(&number)));
        view! { <HistoryLink text=named(person).to_owned() label go /> }
    });
    let people = people.collect_view();
    let call = view.call_row.clone().map(|row| {
        let go = Callback::new(move |()| open_row(office, &row));
        view! { <HistoryLink text=say("Open the call").to_owned() label=say("Open the call").to_owned() go /> }
    });
    view! {
        <p class="lead sm">
            {call}
            {outside}
            {people}
            <span class="sp"></span>
            <span class="lead-ways"><Ways view looking /></span>
        </p>
    }
}

#[component]
fn Ways(view: RecordingView, looking: Looking) -> impl IntoView {
    let acting = looking.acting;
    let id = StoredValue::new(view.row.id.clone());
    let one = move || vec![id.get_value()];
    if view.row.trashed_ms.is_some() {
        return view! {
            <button type="button" class="link" data-testid="opened-restore" on:click=move |_| acting.restore(one())>{say("Take out of the trash")}</button>
            <button type="button" class="link" data-testid="opened-delete" on:click=move |_| acting.deleting.set(one())>{say("Delete for good …")}</button>
        }
        .into_any();
    }
    let hold = if view.row.held {
        view! { <button type="button" class="link" data-testid="opened-release" on:click=move |_| acting.release(one())>{say("Release hold")}</button> }
            .into_any()
    } else {
        view! {
            <button type="button" class="link" data-testid="opened-hold" on:click=move |_| acting.holding.set(one())>{say("Legal hold …")}</button>
            <button type="button" class="link" data-testid="opened-trash" on:click=move |_| acting.trash(one())>{say("Trash")}</button>
        }
        .into_any()
    };
    view! {
        <button type="button" class="link" data-testid="opened-export-wav" on:click=move |_| acting.export(one(), ExportFormat::Wav, None)>{say("Export as WAV …")}</button>
        <button type="button" class="link" data-testid="opened-export-opus" on:click=move |_| acting.export(one(), ExportFormat::Opus, None)>{say("as Opus …")}</button>
        {hold}
    }
    .into_any()
}

/// What is out of the ordinary about it.
#[component]
fn State(looking: Looking) -> impl IntoView {
    let office = use_office();
    let lines = Memo::new(move |_| {
        looking.view.with(|view| {
            let Some(view) = view else { return Vec::new() };
            let mut lines = Vec::new();
            if let Some((_, says)) = trouble(view.row.state) {
                lines.push((Glyph::Warning, says.to_owned()));
            }
            if let Some(at_ms) = view.row.trashed_ms {
                let when = office.clock(Style::DateAndMinute, at_ms);
                lines.push((
                    Glyph::Trash,
                    fill(
                        "In the trash since {when}; after seven days there it is deleted for good.",
                        &[("when", &when)],
                    ),
                ));
            }
            if view.row.held {
                let says = view.hold_reason.as_deref().map_or_else(
                    || {
                        say("Under legal hold. Nothing deletes or silences it until it is released.")
                            .to_owned()
                    },
                    |why| {
                        fill(
                            "Under legal hold: {why}. Nothing deletes or silences it until it is released.",
                            &[("why", why)],
                        )
                    },
                );
                lines.push((Glyph::Hold, says));
            }
            lines
        })
    });
    let is_locked = Memo::new(move |_| {
        looking.view.with(|view| view.as_ref().is_some_and(|view| view.row.state == RecordingState::Locked))
    });
    move || {
        let lines = lines.get().into_iter();
        lines
            .map(|(glyph, says)| {
                let bad = glyph == Glyph::Warning;
                view! { <p class="state-line" class:bad=bad data-testid="recording-state"><Icon of=glyph /><span>{says}</span>{(bad && is_locked.get()).then(|| view! { <GiveKey /> })}</p> }
            })
            .collect_view()
    }
}
