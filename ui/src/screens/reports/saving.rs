//! Keeping a report under a name, and removing one's own.

use crate::ipc::Asking;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::parts::text_box::TextBox;
use crate::state::report_draft::to_keep;
use crate::state::report_list::{find, name_trouble, stored};
use crate::state::report_sheet::Sheet;
use crate::state::reports::{Mode, Reports};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::{OwnReport, RemoveReport, ReportRef, Reports as AllReports, SaveReport};
use leptos::prelude::*;
use model::report::{Definition, Period};

/// Stores a report and then shows it as it is stored.
pub fn store(reports: Reports, done: Callback<()>) -> Asking<SaveReport> {
    Asking::new().on_answer(move |(request, all): (SaveReport, AllReports)| {
        let name = &request.report.definition.name;
        let found = match request.report.id {
            0 => reports.all.with_untracked(|before| stored(before, &all, name)),
            id => Some(ReportRef::Own { id }),
        };
        let definition = found.as_ref().and_then(|report| find(&all, report).cloned());
        reports.know(all);
        reports.mode.set(Mode::Reading);
        if let Some(definition) = definition {
            reports.chosen.set(found);
            reports.definition.set(Some(definition));
        }
        reports.told.set(Some(fill("“{name}” is saved.", &[("name", name)])));
        done.run(());
    })
}

/// What is looked at, ready to be kept: with the time that is chosen, unless it is a stretch of one's own.
pub fn kept(reports: Reports) -> Option<Definition> {
    let mut definition = to_keep(&reports.definition.get_untracked()?);
    definition.period = match reports.asked.with_untracked(|asked| asked.period) {
        Period::Custom { .. } => definition.period,
        named => named,
    };
    if let Some(sorted) = reports.sheet.with_untracked(|sheet| sheet.as_ref().and_then(Sheet::by_hand)) {
        definition.sort = sorted.to_sort();
    }
    Some(definition)
}

#[component]
pub fn Saving(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open label=say("Save the report") testid="report-save-dialog" class="person-form">
            <SaveForm open />
        </Dialog>
    }
}

#[component]
fn SaveForm(open: RwSignal<bool>) -> impl IntoView {
    let reports = use_office().reports;
    let own_id = match reports.chosen.get_untracked() {
        Some(ReportRef::Own { id }) => Some(id),
        Some(ReportRef::Standard { .. }) | None => None,
    };
    let now = reports.definition.get_untracked();
    let name = RwSignal::new(now.as_ref().map(|now| now.name.clone()).unwrap_or_default());
    let says = RwSignal::new(now.map(|now| now.says).unwrap_or_default());
    let wrong = RwSignal::new(None::<String>);
    let save = store(reports, Callback::new(move |()| open.set(false)));
    let keep = move |id: i64| {
        let trouble = reports.all.with_untracked(|all| name_trouble(all, id, &name.get_untracked()));
        if let Some(trouble) = trouble {
            return wrong.set(Some(trouble.to_owned()));
        }
        let Some(mut definition) = kept(reports) else { return };
        definition.name = name.get_untracked().trim().to_owned();
        definition.says = says.get_untracked().trim().to_owned();
        save.ask(SaveReport { report: OwnReport { id, definition } });
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        keep(own_id.unwrap_or_default());
    };
    let set_name = Callback::new(move |typed| {
        wrong.set(None);
        name.set(typed);
    });
    view! {
        <h2>{say("Save the report")}</h2>
        <form novalidate=true on:submit=submit>
            <TextBox label=say("Name") testid="report-name" value=name set=set_name wrong hint=say("It stands among your own reports, above the standard ones.") />
            <TextBox label=say("What it answers") testid="report-says" value=says set=Callback::new(move |typed| says.set(typed)) placeholder=say("Which callers gave up, and after how long?") />
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="report-save-confirm" disabled=save.busy>{say("Save")}</button>
                {own_id.is_some().then(|| view! { <button type="button" class="btn" data-testid="report-save-new" disabled=save.busy on:click=move |_| keep(0)>{say("Save as another one")}</button> })}
                <button type="button" class="btn quiet" on:click=move |_| open.set(false)>{say("Cancel")}</button>
            </div>
        </form>
    }
}

#[component]
pub fn Removing(open: RwSignal<bool>) -> impl IntoView {
    let reports = use_office().reports;
    let remove = Asking::<RemoveReport>::new().on_answer(move |(_, all): (RemoveReport, AllReports)| {
        open.set(false);
        reports.know(all);
        reports.chosen.set(None);
        reports.revert();
    });
    Effect::new(move |_| {
        if open.get() {
            remove.forget();
        }
    });
    let title = move || {
        let name = reports.definition.with(|definition| definition.as_ref().map(|of| of.name.clone()));
        fill("Remove “{name}”?", &[("name", &name.unwrap_or_default())])
    };
    let says = vec![
        say("The calls stay as they are; only the way of looking at them goes. Schedules that send it stop.")
            .to_owned(),
    ];
    let run = Callback::new(move |()| {
        if let Some(ReportRef::Own { id }) = reports.chosen.get_untracked() {
            remove.ask(RemoveReport { id });
        }
    });
    let way = Way {
        words: say("Remove"),
        otherwise: say("Keep it"),
        testid: "confirm-report-remove",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm open title=Signal::derive(title) says=Signal::stored(says) testid="report-remove-dialog" way busy=remove.busy failure=remove.failure run />
    }
}
