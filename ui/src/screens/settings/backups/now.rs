//! One of now: where to, with what, and protected by what.

use super::screen::Acting;
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::parts::text_box::{Kind, TextBox, TickBox};
use crate::screens::settings::recordings::folder_box::FolderBox;
use crate::state::backup_draft::{By, Complaint, Field, to_back_up};
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn BackUpDialog(acting: Acting) -> impl IntoView {
    let open = acting.asking_now;
    let folder = RwSignal::new(String::new());
    let recordings = RwSignal::new(true);
    let by = RwSignal::new(By::Nothing);
    let typed = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let complaints = RwSignal::new(Vec::<Complaint>::new());
    let kept = Memo::new(move |_| {
        acting.view.with(|view| view.as_ref().is_some_and(|view| view.schedule.passphrase_kept))
    });
    Effect::new(move |_| {
        // What was typed goes with the dialog.
        typed.set(String::new());
        again.set(String::new());
        complaints.set(Vec::new());
        acting.now.forget();
        if open.get() {
            let schedule = acting.view.with_untracked(|view| view.as_ref().map(|view| view.schedule.clone()));
            if let Some(schedule) = schedule {
                folder.set(schedule.folder);
                by.set(if schedule.encrypted && schedule.passphrase_kept { By::Kept } else { By::Nothing });
            }
        }
    });
    let wrong = move |field: Field| {
        Signal::derive(move || {
            complaints
                .with(|all| all.iter().find(|(about, _)| *about == field).map(|(_, says)| (*says).to_owned()))
        })
    };
    let put = move |field: Field, to: RwSignal<String>| {
        Callback::new(move |text| {
            to.set(text);
            complaints.update(|all| all.retain(|(about, _)| *about != field));
        })
    };
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = to_back_up(
            &folder.get_untracked(),
            recordings.get_untracked(),
            by.get_untracked(),
            &typed.get_untracked(),
            &again.get_untracked(),
        );
        match request {
            Ok(request) => acting.now.ask(request),
            Err(wrong) => complaints.set(wrong),
        }
    };
    let ways = move || {
        [
            (By::Nothing, say("Not encrypted"), say("Whoever has the file can read it."), true),
            (By::Kept, say("By the kept passphrase"), say("The one in this computer’s keychain."), kept.get()),
            (By::Typed, say("By a passphrase of its own"), say("It is kept nowhere: write it down."), true),
        ]
        .into_iter()
        .filter(|(_, _, _, offered)| *offered)
        .map(|(this, words, says, _)| {
            view! {
                <label class="tick">
                    <input type="radio" name="backup-by" prop:checked=move || by.get() == this on:change=move |_| by.set(this) />
                    <span>{words}<span class="says">{says}</span></span>
                </label>
            }
        })
        .collect_view()
    };
    view! {
        <Dialog open label=say("Back up now") testid="back-up-dialog" class="confirm backup-dialog">
            <form on:submit=begin novalidate=true class="backup-now">
                <h2>{say("Back up now")}</h2>
                <p class="mute">{say("Everything goes into one file, which is read back before it counts. It may take a while; calls are collected meanwhile.")}</p>
                <FolderBox testid="now-folder" title=say("Folder that the backup goes to") placeholder=r"E:\CallDoc backups" value=folder set=put(Field::Folder, folder) wrong=wrong(Field::Folder) hint=say("Best on another disk, a memory stick or a server.") />
                <TickBox label=say("With the sound of recordings") testid="now-recordings" value=recordings set=Callback::new(move |on| recordings.set(on)) hint=say("Without it, the file is small and quickly made.") />
                <fieldset class="backup-by"><legend>{say("Encrypted")}</legend>{ways}</fieldset>
                <Show when=move || by.get() == By::Typed>
                    <div class="fields">
                        <TextBox label=say("Passphrase") testid="now-passphrase" class="half" kind=Kind::Secret value=typed set=put(Field::Passphrase, typed) wrong=wrong(Field::Passphrase) hint=say("At least 8 characters; a few words are good.") />
                        <TextBox label=say("Once more") testid="now-passphrase-again" class="half" kind=Kind::Secret value=again set=put(Field::Again, again) wrong=wrong(Field::Again) hint=say("The same, so that a slip is noticed.") />
                    </div>
                </Show>
                {move || acting.now.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| acting.now.again()) /> })}
                <div class="buttons">
                    <button type="submit" class="btn primary" data-testid="now-begin" disabled=acting.now.busy>{say("Back up")}</button>
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Cancel")}</button>
                </div>
            </form>
        </Dialog>
    }
}
