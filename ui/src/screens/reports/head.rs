//! Above a report: its name, what it answers, and what can be done with it.

use super::export::{ExportLine, ExportMenu};
use super::saving::{Removing, Saving};
use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::state::report_draft::to_keep;
use crate::state::report_list::find;
use crate::state::reports::{Mode, ReportsPart};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::{ExportedReport, ReportRef, ShareReport};
use leptos::prelude::*;

#[component]
pub fn Head() -> impl IntoView {
    let reports = use_office().reports;
    let title = Memo::new(move |_| part_of(reports.definition.get().map(|definition| definition.name)));
    let says = Memo::new(move |_| part_of(reports.definition.get().map(|definition| definition.says)));
    let is_own = Memo::new(move |_| matches!(reports.chosen.get(), Some(ReportRef::Own { .. })));
    let is_new = Memo::new(move |_| reports.chosen.with(Option::is_none));
    // Another name or sentence shows a change as well; only the time is not part of what is stored.
    let changed = Memo::new(move |_| {
        reports
            .chosen
            .with(|chosen| {
                let chosen = chosen.as_ref()?;
                let stored = reports.all.with(|all| find(all, chosen).cloned())?;
                Some(reports.definition.with(|definition| definition.as_ref() != Some(&stored)))
            })
            .unwrap_or(true)
    });
    let saving = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let share = Asking::<ShareReport>::new().on_answer(move |(_, shared): (ShareReport, ExportedReport)| {
        if let Some(file) = shared.file {
            reports.told.set(Some(fill(
                "The report is written to {file}. Whoever has CallDoc can take it in.",
                &[("file", &file)],
            )));
        }
    });
    let run_share = Callback::new(move |()| {
        if let Some(definition) = reports.definition.get_untracked() {
            reports.told.set(None);
            share.ask(ShareReport { definition: to_keep(&definition) });
        }
    });
    let schedule = move |_| {
        reports.scheduling.set(true);
        reports.part.set(ReportsPart::Schedules);
    };
    let building = move || reports.mode.get() == Mode::Building;
    view! {
        <header class="report-head">
            <div class="report-title">
                <h2 data-testid="report-title">{title}</h2>
                <Show when=move || changed.get() && !is_new.get() && !building()>
                    <span class="mute sm">{say("changed")}" · "<button type="button" class="link" data-testid="report-revert" on:click=move |_| reports.revert()>{say("as it was")}</button></span>
                </Show>
            </div>
            <div class="report-ways">
                <Show when=move || !building()>
                    <button type="button" class="btn" data-testid="report-edit" title=say("Change rows, columns and chart") on:click=move |_| reports.mode.set(Mode::Building)><Icon of=Glyph::Note /><span class="way-words">{say("Edit")}</span></button>
                    <button type="button" class="btn" class:primary=changed data-testid="report-save" title=say("Keep it under a name") on:click=move |_| saving.set(true)><Icon of=Glyph::Keep /><span class="way-words">{say("Save as …")}</span></button>
                    <button type="button" class="btn" data-testid="report-share" disabled=share.busy title=say("Write it to a file that others can take in") on:click=move |_| run_share.run(())><Icon of=Glyph::Share /><span class="way-words">{say("Share …")}</span></button>
                    <button type="button" class="btn" data-testid="report-schedule" disabled=move || is_new.get() || changed.get() title=move || if changed.get() { say("Save it first: a schedule sends a report as it is stored.") } else { say("Send it regularly to a folder or by mail") } on:click=schedule><Icon of=Glyph::Clock /><span class="way-words">{say("Schedule …")}</span></button>
                    <Show when=move || is_own.get()>
                        <button type="button" class="btn" data-testid="report-remove" aria-label=say("Remove this report") title=say("Remove this report") on:click=move |_| removing.set(true)><Icon of=Glyph::Trash /></button>
                    </Show>
                </Show>
                <ExportMenu />
            </div>
            <p class="mute report-says">{says}</p>
        </header>
        <ExportLine />
        {move || share.failure.get().map(|failure| view! { <div class="banner"><Failed failure again=run_share /></div> })}
        {move || reports.told.get().map(|says| view! {
            <p class="told" role="status" data-testid="report-told">
                {says}
                <button type="button" class="icon-btn" aria-label=say("Close") title=say("Close") on:click=move |_| reports.told.set(None)><Icon of=Glyph::Close /></button>
            </p>
        })}
        <Saving open=saving />
        <Removing open=removing />
    }
}

fn part_of(text: Option<String>) -> String {
    text.unwrap_or_default()
}
