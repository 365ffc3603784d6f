//! The backups that can be found without the library, the newest first, and the way to one that lies elsewhere.

use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::state::rescue::use_rescuing;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::backups::BackupLook;
use contract::rescue::{ChooseRescue, Rescue};
use leptos::prelude::*;

#[component]
pub fn FoundBackups(rescue: Rescue) -> impl IntoView {
    let rescuing = use_rescuing();
    let choose =
        Asking::<ChooseRescue>::new().on_answer(move |(_, look): (ChooseRescue, Option<BackupLook>)| {
            if look.is_some() {
                rescuing.looked.set(look);
            }
        });
    let none = rescue.backups.is_empty();
    let away = rescue.away.into_iter().map(|folder| {
        view! { <p class="advice" role="note" data-testid="rescue-away">{fill("Backups went to {folder}, which is not there now. Plug its disk in or connect to its server, then press Look again.", &[("folder", &folder)])}</p> }
    });
    view! {
        <section class="card backup-list" aria-label=say("Restore a backup") data-testid="rescue-backups">
            <div class="part-head">
                <h2>{say("Restore a backup")}</h2>
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="rescue-look" on:click=move |_| rescuing.look_again()>{say("Look again")}</button>
                <button type="button" class="btn" data-testid="rescue-choose" disabled=choose.busy on:click=move |_| choose.ask(ChooseRescue {})>{say("Restore from a file…")}</button>
            </div>
            {move || choose.failure.get().map(|failure| view! { <div class="banner"><Failed failure again=Callback::new(move |()| choose.again()) /></div> })}
            {none.then(|| view! {
                <p class="mute backup-none" data-testid="rescue-none">{say("None was found where backups of this library went. If there is one elsewhere, choose its file.")}</p>
            })}
            <div class="rescue-away">{away.collect_view()}</div>
            <ol class="sent-list">
                {rescue.backups.into_iter().map(|look| view! { <Line look /> }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn Line(look: BackupLook) -> impl IntoView {
    let rescuing = use_rescuing();
    let at = match look.made_at_ms {
        0 => String::new(),
        at_ms => use_office().clock(Style::DateAndMinute, at_ms),
    };
    let sound = if look.recordings { say("with recordings") } else { say("without recordings") };
    let locked = if look.encrypted { format!(", {}", say("encrypted")) } else { String::new() };
    let can = look.trouble.is_none();
    let says = match &look.trouble {
        Some(trouble) => heard(trouble),
        None => format!("{}, {sound}{locked}", bytes(look.bytes)),
    };
    let (name, folder) = (look.name.clone(), look.folder.clone());
    let restore = move |_| rescuing.looked.set(Some(look.clone()));
    view! {
        <li class="sent-line rescue-line" data-testid="rescue-line">
            <span class="num">{at}</span>
            <span class="backup-says"><span>{says}</span><span class="mute path" title=folder>{name}</span></span>
            <span class="backup-way">
                {can.then(|| view! { <button type="button" class="btn" data-testid="rescue-restore" on:click=restore>{say("Restore…")}</button> })}
            </span>
        </li>
    }
}
