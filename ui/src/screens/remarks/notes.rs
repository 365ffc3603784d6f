//! The notes in their order; a time plays from there.

use super::Remarks;
use super::note_form::{NoteForm, When};
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::words::length;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::notes::{Note, RemoveNote};
use leptos::prelude::*;

#[component]
pub fn Notes(remarks: Remarks) -> impl IntoView {
    let office = use_office();
    let remove = Asking::<RemoveNote>::new().on_answer(move |_| office.remarked.update(|count| *count += 1));
    let notes = Memo::new(move |_| remarks.about.with(|about| about.notes.clone()));
    let list = move || {
        let notes = notes.get();
        let lines = notes.into_iter().map(|note| view! { <NoteLine note remarks remove /> }).collect_view();
        view! { <ul class="note-list" data-testid="notes">{lines}</ul> }
    };
    view! {
        <section class="notes" aria-label=say("Notes")>
            <h3>
                {say("Notes")}
                <button type="button" class="link" data-testid="note-add" on:click=move |_| remarks.note.begin(begin_when(remarks))>{say("Write a note")}</button>
            </h3>
            {list}
            <Show when=move || remarks.note.open.get()><NoteForm remarks /></Show>
            {move || remove.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| remove.again()) /> })}
        </section>
    }
}

/// Who listens most often means what they hear.
fn begin_when(remarks: Remarks) -> When {
    let loaded = use_office().player.loaded.get_untracked();
    let hears = remarks
        .about
        .with_untracked(|about| about.recordings.iter().any(|row| Some(&row.id) == loaded.as_ref()));
    if hears { When::Playhead } else { When::Whole }
}

#[component]
fn NoteLine(note: Note, remarks: Remarks, remove: Asking<RemoveNote>) -> impl IntoView {
    let office = use_office();
    let id = note.id;
    let time = note.about_ms.map(|about_ms| {
        let (started_ms, heard) = remarks.about.with_untracked(|about| (about.started_ms, about.heard_at(about_ms)));
        let at = length(about_ms - started_ms);
        match heard {
            Some((recording, position_ms)) => {
                let list: Vec<String> = remarks.about.with_untracked(|about| about.recordings.iter().map(|row| row.id.clone()).collect());
                view! {
                    <button type="button" class="link note-time" data-testid="note-play" title=say("Play from here") on:click=move |_| office.player.play_from(&recording, position_ms, &list)>{at}</button>
                }
                .into_any()
            }
            None => view! { <span class="mute note-time">{at}</span> }.into_any(),
        }
    });
    let written = office.clock(Style::DateAndMinute, note.written_ms);
    let written = match note.changed_ms {
        Some(changed_ms) => {
            let changed = office.clock(Style::DateAndMinute, changed_ms);
            fill("{written}, changed {changed}", &[("written", &written), ("changed", &changed)])
        }
        None => written,
    };
    let text = note.text.clone();
    let change = move |_| {
        let started_ms = remarks.about.with_untracked(|about| about.started_ms);
        remarks.note.change(&note, started_ms);
    };
    view! {
        <li class="note" data-testid="note" data-note-id=id.to_string()>
            {time}
            <div>
                <p class="note-words">{text}</p>
                <p class="faint sm">
                    {written}
                    <span class="note-ways">
                        <button type="button" class="link quiet-link" data-testid="note-edit" on:click=change>{say("Change")}</button>
                        <button type="button" class="link quiet-link" data-testid="note-remove" on:click=move |_| remove.ask(RemoveNote { id })>{say("Remove")}</button>
                    </span>
                </p>
            </div>
        </li>
    }
}
