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
        let label = format!("All calls with {number}");
        let go = Callback::new(move |()| office.show_calls(CallQuery::of_number(&number)));
        view! { <HistoryLink text=format!("All calls with {title}") label go /> }
    });
    let people = view.row.people.iter().map(|person| {
        let label = format!("All calls of {}", number_and_name(person));
        let number = person.number.clone();
        let go = Callback::new(move |()| office.show_calls(CallQuery::of_agent(&number)));
        view! { <HistoryLink text=named(person).to_owned() label go /> }
    });
    let people = people.collect_view();
    let call = view.call_row.clone().map(|row| {
        let go = Callback::new(move |()| open_row(office, &row));
        view! { <HistoryLink text="Open the call".to_owned() label="Open the call".to_owned() go /> }
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
            <button type="button" class="link" data-testid="opened-restore" on:click=move |_| acting.restore(one())>"Take out of the trash"</button>
            <button type="button" class="link" data-testid="opened-delete" on:click=move |_| acting.deleting.set(one())>"Delete for good …"</button>
        }
        .into_any();
    }
    let hold = if view.row.held {
        view! { <button type="button" class="link" data-testid="opened-release" on:click=move |_| acting.release(one())>"Release hold"</button> }
            .into_any()
    } else {
        view! {
            <button type="button" class="link" data-testid="opened-hold" on:click=move |_| acting.holding.set(one())>"Legal hold …"</button>
            <button type="button" class="link" data-testid="opened-trash" on:click=move |_| acting.trash(one())>"Trash"</button>
        }
        .into_any()
    };
    view! {
        <button type="button" class="link" data-testid="opened-export-wav" on:click=move |_| acting.export(one(), ExportFormat::Wav, None)>"Export as WAV …"</button>
        <button type="button" class="link" data-testid="opened-export-opus" on:click=move |_| acting.export(one(), ExportFormat::Opus, None)>"as Opus …"</button>
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
                    format!("In the trash since {when}; after seven days there it is deleted for good."),
                ));
            }
            if view.row.held {
                let why = view.hold_reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
                lines.push((
                    Glyph::Hold,
                    format!("Under legal hold{why}. Nothing deletes or silences it until it is released."),
                ));
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
