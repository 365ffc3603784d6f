//! A note at the time that is heard now.

use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::popover::{Align, Popover};
use crate::parts::words::length;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::notes::{Note, SaveNote};
use contract::recordings::RecordingRow;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn NoteHere(row: RecordingRow) -> impl IntoView {
    let player = use_office().player;
    let row = StoredValue::new(row);
    view! {
        <Popover
            open=player.noting
            label=Signal::stored(say("Note at this time ( M )").to_owned())
            testid="player-note"
            class="icon-btn"
            align=Align::Up
            face=|| view! { <Icon of=Glyph::Note /> }
        >
            <NoteBox row=row.get_value() />
        </Popover>
    }
}

#[component]
fn NoteBox(row: RecordingRow) -> impl IntoView {
    let office = use_office();
    let player = office.player;
    // The time that was heard when the note was begun, not when it is done.
    let at_ms = player.position_ms.get_untracked();
    let text = RwSignal::new(String::new());
    let save = Asking::<SaveNote>::new().on_answer(move |(_, _): (SaveNote, Note)| {
        player.noting.set(false);
        office.remarked.update(|count| *count += 1);
    });
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let about_ms = row.started_ms + at_ms;
    let row = StoredValue::new(row);
    let store = move || {
        let text = text.with_untracked(|text| text.trim().to_owned());
        if !text.is_empty() {
            let (call, recording) = row.with_value(|row| (row.call.clone(), Some(row.id.clone())));
            save.ask(SaveNote { id: None, call, recording, about_ms: Some(about_ms), text });
        }
    };
    let press = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() {
            event.prevent_default();
            store();
        }
    };
    view! {
        <form
            class="note-box"
            on:submit=move |event| {
                event.prevent_default();
                store();
            }
        >
            <label class="field">
                <span>{fill("Note at {time}", &[("time", &length(at_ms))])}</span>
                <textarea rows="3" data-testid="player-note-text" node_ref=field prop:value=text on:input=move |event| text.set(event_target_value(&event)) on:keydown=press></textarea>
            </label>
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="player-note-save" disabled=move || save.busy.get() || text.with(|text| text.trim().is_empty())>{say("Keep the note")}</button>
                <span class="says">{say("Enter keeps it")}</span>
            </div>
        </form>
    }
}
