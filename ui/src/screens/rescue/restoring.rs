//! One backup: what will happen, how far it is, and what came of it.

use crate::ipc::{Asking, locked};
use crate::parts::backup_words::{percent, step_words};
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::parts::text_box::{Kind, TextBox};
use crate::state::rescue::use_rescuing;
use crate::state::use_office;
use crate::words::{all_heard, fill, heard, say};
use contract::backups::{BackupLook, BackupProgress};
use contract::rescue::{RestoreUnopened, Restored, StopRescue};
use leptos::prelude::*;

#[component]
pub fn Asked(look: BackupLook) -> impl IntoView {
    let rescuing = use_rescuing();
    let typed = RwSignal::new(String::new());
    let back = move |_| {
        // The request may hold a passphrase.
        rescuing.restore.forget();
        rescuing.looked.set(None);
    };
    if let Some(trouble) = look.trouble {
        return view! {
            <section class="card keeping-card">
                <h2>{say("This cannot be restored")}</h2>
                <p class="path mute">{look.name}</p>
                <p data-testid="rescue-trouble">{heard(trouble)}</p>
                <div class="buttons"><button type="button" class="btn primary" data-testid="rescue-back" on:click=back>{say("Back")}</button></div>
            </section>
        }
        .into_any();
    }
    let at = use_office().clock(Style::DateAndMinute, look.made_at_ms);
    let (encrypted, number) = (look.encrypted, look.look);
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let passphrase = encrypted.then(|| typed.get_untracked());
        rescuing.restore.ask(RestoreUnopened { look: number, passphrase });
    };
    let missing = move || encrypted && typed.with(String::is_empty);
    view! {
        <form on:submit=begin novalidate=true class="card keeping-card" data-testid="rescue-asked">
            <h2>{fill("Go back to {when}?", &[("when", &at)])}</h2>
            <p class="mute sm path">{fill("{name} · {size} · made by CallDoc {version}", &[("name", &look.name), ("size", &bytes(look.bytes)), ("version", &look.app)])}</p>
            <ol class="restore-steps">
                <li>{say("The backup is unpacked into a new folder and checked. Until that is done, nothing changes, and it can be stopped.")}</li>
                <li>{say("Then it takes the library’s place and is opened. Calls, notes and settings are as they were then; what came since is not in them.")}</li>
                <li>{fill("The library of now is not deleted. It stays in a folder whose name begins with {name}.", &[("name", &look.aside)])}</li>
            </ol>
            {encrypted.then(|| view! {
                <TextBox label=say("Passphrase") testid="rescue-passphrase" kind=Kind::Secret value=typed set=Callback::new(move |text| typed.set(text)) hint=say("The one that this backup was encrypted by.") />
            })}
            {move || rescuing.restore.failure.get().map(|failure| view! {
                <p class="advice" role="alert" data-testid="rescue-failed">{heard(failure.message)}</p>
            })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="rescue-begin" disabled=missing>{say("Restore and open")}</button>
                <button type="button" class="btn" data-testid="rescue-back" on:click=back>{say("Back")}</button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
pub fn Running(progress: RwSignal<Option<BackupProgress>>) -> impl IntoView {
    let stop = Asking::<StopRescue>::new();
    let words = move || {
        let now = progress.get();
        now.map_or_else(|| say("It goes on …").to_owned(), |now| format!("{} …", step_words(now.step)))
    };
    let width = move || format!("{:.1}%", progress.get().map_or(0.0, percent));
    view! {
        <section class="card backup-running" data-testid="rescue-running" aria-label=say("What goes on")>
            <div>
                <p><span class="b" role="status">{words}</span></p>
                <div class="room" role="progressbar" aria-label=say("Progress") aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || format!("{:.0}", progress.get().map_or(0.0, percent))>
                    <i style:width=width></i>
                </div>
            </div>
            <button type="button" class="btn" data-testid="rescue-stop" disabled=stop.busy on:click=move |_| stop.ask(StopRescue {})>{say("Stop")}</button>
        </section>
        {move || stop.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| stop.again()) /> })}
    }
}

#[component]
pub fn Done(restored: Restored) -> impl IntoView {
    let at = use_office().clock(Style::DateAndMinute, restored.made_at_ms);
    let complaints = all_heard(&restored.complaints);
    view! {
        <section class="card keeping-card" data-testid="rescue-done">
            <p>{fill("It is as it was at {when}.", &[("when", &at)])}</p>
            {restored.aside.map(|aside| view! {
                <p>{fill("The library that could not be opened is kept in {folder}. Delete that folder once nothing of it is missed.", &[("folder", &aside)])}</p>
            })}
            {(!complaints.is_empty()).then(|| view! {
                <p class="advice">{fill("It is damaged, as it was when it was backed up: {complaints}", &[("complaints", &complaints.join(" "))])}</p>
            })}
            <div class="buttons"><button type="button" class="btn primary" data-testid="rescue-open" on:click=move |_| locked::load_anew()>{say("Go on")}</button></div>
        </section>
    }
}
