//! The builder's panel, in the place of the list of reports.

use super::columns::Columns;
use super::finish::{ChartChoice, Order};
use super::rows::RowsChoice;
use crate::parts::notice::Failed;
use crate::parts::text_box::TextBox;
use crate::screens::reports::saving::{kept, store};
use crate::state::report_list::{chapter_title, name_trouble};
use crate::state::use_office;
use crate::words::say;
use contract::reports::{OwnReport, ReportRef, SaveReport};
use leptos::prelude::*;
use model::report::Chapter;

#[component]
pub fn Builder() -> impl IntoView {
    let reports = use_office().reports;
    let own_id = Memo::new(move |_| match reports.chosen.get() {
        Some(ReportRef::Own { id }) => id,
        Some(ReportRef::Standard { .. }) | None => 0,
    });
    let name = Memo::new(move |_| {
        reports.definition.with(|of| of.as_ref().map(|of| of.name.clone()).unwrap_or_default())
    });
    let says = Memo::new(move |_| {
        reports.definition.with(|of| of.as_ref().map(|of| of.says.clone()).unwrap_or_default())
    });
    let tried = RwSignal::new(false);
    let wrong = Signal::derive(move || {
        let trouble = reports.all.with(|all| name_trouble(all, own_id.get(), &name.get()));
        trouble.filter(|_| tried.get()).map(str::to_owned)
    });
    let save = store(reports, Callback::new(|()| {}));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let Some(definition) = kept(reports) else { return };
        let id = own_id.get_untracked();
        let named = reports.all.with_untracked(|all| name_trouble(all, id, &definition.name)).is_none();
        if named && definition.trouble().is_none() {
            save.ask(SaveReport { report: OwnReport { id, definition } });
        }
    };
    let words = move || if own_id.get() == 0 { say("Save as your own") } else { say("Save") };
    view! {
        <form class="card builder" aria-label=say("Put the report together") data-testid="report-builder" novalidate=true on:submit=submit>
            <div class="builder-parts">
                <TextBox label=say("Name") testid="report-name" value=name set=Callback::new(move |typed| reports.change(|of| of.name = typed)) wrong />
                <TextBox label=say("What it answers") testid="report-says" value=says set=Callback::new(move |typed| reports.change(|of| of.says = typed)) />
                <RowsChoice />
                <Columns />
                <Order />
                <ChartChoice />
                <ChapterChoice />
            </div>
            <div class="builder-end">
                {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
                <div class="buttons">
                    <button type="submit" class="btn primary" data-testid="report-save" disabled=save.busy>{words}</button>
                    <button type="button" class="btn quiet" data-testid="report-cancel" on:click=move |_| reports.revert()>{say("Cancel")}</button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn ChapterChoice() -> impl IntoView {
    let reports = use_office().reports;
    let chapter = Memo::new(move |_| {
        reports.definition.with(|of| of.as_ref().map(|of| of.chapter).unwrap_or_default())
    });
    let options = Chapter::ALL.map(|this| {
        view! { <option value=chapter_title(this) selected=move || chapter.get() == this>{chapter_title(this)}</option> }
    });
    let choose = move |event| {
        let title = event_target_value(&event);
        if let Some(chapter) = Chapter::ALL.into_iter().find(|this| chapter_title(*this) == title) {
            reports.change(|of| of.chapter = chapter);
        }
    };
    view! {
        <label class="field">
            <span>{say("Chapter, where it is shared")}</span>
            <select data-testid="report-chapter" on:change=choose>{options.into_iter().collect_view()}</select>
        </label>
    }
}
