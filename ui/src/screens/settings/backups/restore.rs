//! Asks before a backup is restored, and says exactly what happens.

use super::screen::Acting;
use crate::parts::clock::Style;
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::parts::text_box::{Kind, TextBox};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::backups::{BackupLook, PrepareRestore};
use leptos::prelude::*;

#[component]
pub fn RestoreDialog(acting: Acting) -> impl IntoView {
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        typed.set(String::new());
        open.set(acting.looked.with(Option::is_some));
    });
    Effect::new(move |_| {
        if !open.get() && acting.looked.with_untracked(Option::is_some) {
            acting.prepare.forget();
            acting.looked.set(None);
        }
    });
    view! {
        <Dialog open label=say("Restore a backup") testid="restore-dialog" class="confirm backup-dialog">
            {move || acting.looked.get().map(|look| view! { <Asked look acting open typed /> })}
        </Dialog>
    }
}

#[component]
fn Asked(look: BackupLook, acting: Acting, open: RwSignal<bool>, typed: RwSignal<String>) -> impl IntoView {
    let office = use_office();
    if let Some(trouble) = look.trouble {
        return view! {
            <h2>{say("This cannot be restored")}</h2>
            <p class="path mute">{look.name}</p>
            <p data-testid="restore-trouble">{heard(trouble)}</p>
            <div class="buttons"><button type="button" class="btn primary" on:click=move |_| open.set(false)>{say("Close")}</button></div>
        }
        .into_any();
    }
    let at = office.clock(Style::DateAndMinute, look.made_at_ms);
    let sound = match look.recordings {
        true => say("Recordings come back with it. Those of another folder are put into the library’s own."),
        false => say("The sound of recordings is not in it: what is on this computer stays with its calls."),
    };
    let encrypted = look.encrypted;
    let number = look.look;
    let run = move || {
        let passphrase = encrypted.then(|| typed.get_untracked());
        acting.prepare.ask(PrepareRestore { look: number, passphrase });
    };
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        run();
    };
    let missing = move || encrypted && typed.with(String::is_empty);
    view! {
        <form on:submit=begin novalidate=true class="backup-now">
            <h2>{fill("Go back to {when}?", &[("when", &at)])}</h2>
            <p class="mute sm path">{fill("{name} · {size} · made by CallDoc {version}", &[("name", &look.name), ("size", &bytes(look.bytes)), ("version", &look.app)])}</p>
            <ol class="restore-steps">
                <li>{say("The backup is unpacked into a new folder and checked. Until that is done, nothing changes, and it can be stopped.")}</li>
                <li>{say("Then CallDoc asks to be restarted. With the restart, calls, notes and settings are as they were then; what came since is not in them.")}</li>
                <li>{fill("The library of now is not deleted. It stays in a folder whose name begins with {name}.", &[("name", &look.aside)])}</li>
            </ol>
            <p class="mute">{sound}</p>
            {encrypted.then(|| view! {
                <TextBox label=say("Passphrase") testid="restore-passphrase" kind=Kind::Secret value=typed set=Callback::new(move |text| typed.set(text)) hint=say("The one that this backup was encrypted by.") />
            })}
            {move || acting.prepare.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| acting.prepare.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="restore-begin" disabled=move || acting.prepare.busy.get() || missing()>{say("Unpack and check")}</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Cancel")}</button>
            </div>
        </form>
    }
    .into_any()
}
