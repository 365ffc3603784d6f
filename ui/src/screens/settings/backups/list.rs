//! Every backup that was made or failed, the newest first, and the way to restore one.

use super::screen::Acting;
use crate::parts::backup_words::{state_look, why_words};
use crate::parts::clock::Style;
use crate::parts::icon::Icon;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::backups::{BackupLine, BackupState, BackupWhy, LookAtBackup};
use leptos::prelude::*;

#[component]
pub fn BackupList(acting: Acting) -> impl IntoView {
    let lines = Memo::new(move |_| {
        acting.view.with(|view| view.as_ref().map(|view| view.log.clone()).unwrap_or_default())
    });
    let look = acting.look;
    view! {
        <section class="card backup-list" aria-label=say("Backups")>
            <div class="part-head">
                <h2>{say("Backups")}</h2>
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="restore-other" disabled=move || look.busy.get() || acting.is_running() on:click=move |_| look.ask(LookAtBackup { id: None })>{say("Restore from a file…")}</button>
            </div>
            {move || look.failure.get().map(|failure| view! { <div class="banner"><Failed failure again=Callback::new(move |()| look.again()) /></div> })}
            {move || lines.with(Vec::is_empty).then(|| view! {
                <p class="mute backup-none" data-testid="backups-none">{say("None was made yet. A backup from another computer can be restored from its file.")}</p>
            })}
            <ol class="sent-list">
                {move || lines.get().into_iter().map(|line| view! { <Line line acting /> }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn Line(line: BackupLine, acting: Acting) -> impl IntoView {
    let office = use_office();
    let (class, glyph, words) = state_look(line.state, line.why);
    let at = office.clock(Style::DateAndMinute, line.at_ms);
    let id = line.id;
    let can = line.state == BackupState::Good && line.why != BackupWhy::Restored;
    let sound = if line.recordings { say("with recordings") } else { say("without recordings") };
    let locked = if line.encrypted { format!(", {}", say("encrypted")) } else { String::new() };
    let what = match line.state {
        BackupState::Good | BackupState::Removed => format!("{}, {sound}{locked}", bytes(line.bytes)),
        BackupState::Begun | BackupState::Failed => String::new(),
    };
    let place = (!line.name.is_empty() && line.state != BackupState::Removed)
        .then(|| view! { <span class="mute path" title=line.folder.clone()>{line.name.clone()}</span> });
    view! {
        <li class=format!("sent-line backup-line {class}") data-testid="backup-line">
            <span class="mute num">{at}</span>
            <span class="sent-state"><Icon of=glyph />{words}</span>
            <span>{why_words(line.why)}</span>
            <span class="backup-says">
                {(!what.is_empty()).then(|| view! { <span>{what}</span> })}
                {place}
                <span class="mute">{heard(&line.says)}</span>
            </span>
            <span class="backup-way">
                {can.then(|| view! {
                    <button type="button" class="btn" data-testid="backup-restore" disabled=move || acting.look.busy.get() || acting.is_running() on:click=move |_| acting.look.ask(LookAtBackup { id: Some(id) })>{say("Restore…")}</button>
                })}
            </span>
        </li>
    }
}
