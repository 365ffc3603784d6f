//! The form of a schedule: what, when, as what, where to.

use super::screen::Acting;
use crate::parts::notice::Failed;
use crate::parts::text_box::{TextBox, TickBox};
use crate::screens::reports::export::{FORMATS, format_title, format_word};
use crate::screens::settings::recordings::folder_box::FolderBox;
use crate::state::hours_draft::day_names;
use crate::state::report_list::{from_word, sections, word};
use crate::state::report_period::{self, NAMED};
use crate::state::schedule_draft::{EveryKind, Field, Going, ScheduleDraft};
use crate::state::settings_tab::SettingsTab;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::SaveSchedule;
use leptos::prelude::*;

/// The form as its fields see it.
#[derive(Clone, Copy)]
pub struct Form {
    pub draft: RwSignal<ScheduleDraft>,
    complaints: RwSignal<Vec<(Field, &'static str)>>,
}

impl Form {
    /// A complaint about what was just changed is out of date.
    fn change(self, field: Option<Field>, with: impl FnOnce(&mut ScheduleDraft)) {
        self.draft.update(with);
        self.complaints.update(|all| all.retain(|(about, _)| Some(*about) != field));
    }

    fn wrong(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.complaints
                .with(|all| all.iter().find(|(about, _)| *about == field).map(|(_, says)| (*says).to_owned()))
        })
    }

    fn text(self, get: fn(&ScheduleDraft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.draft.with(|draft| get(draft).clone())).into()
    }

    fn put(self, field: Option<Field>, set: fn(&mut ScheduleDraft, String)) -> Callback<String> {
        Callback::new(move |typed| self.change(field, |draft| set(draft, typed)))
    }
}

#[component]
pub fn ScheduleForm(draft: ScheduleDraft, acting: Acting) -> impl IntoView {
    let title = if draft.id == 0 {
        say("Add a schedule").to_owned()
    } else {
        fill("Change {what}", &[("what", &draft.name)])
    };
    let form = Form { draft: RwSignal::new(draft), complaints: RwSignal::new(Vec::new()) };
    acting.save.failure.set(None);
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match form.draft.with_untracked(ScheduleDraft::to_schedule) {
            Ok(schedule) => acting.save.ask(SaveSchedule { schedule }),
            Err(complaints) => form.complaints.set(complaints),
        }
    };
    view! {
        <form class="card site-form schedule-form" data-testid="schedule-form" aria-label=title.clone() novalidate=true on:submit=store>
            <h2>{title.clone()}</h2>
            <What form />
            <When form />
            <Where form />
            {move || acting.save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| acting.save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="schedule-save" disabled=acting.save.busy>{say("Save")}</button>
                <button type="button" class="btn quiet" on:click=move |_| acting.editing.set(None)>{say("Cancel")}</button>
            </div>
        </form>
    }
}

#[component]
fn What(form: Form) -> impl IntoView {
    let reports = use_office().reports;
    let chosen = Memo::new(move |_| form.draft.with(ScheduleDraft::report_word));
    let wrong = form.wrong(Field::Report);
    let options = move || {
        let all = reports.all.with(|all| sections(all, ""));
        all.into_iter()
            .map(|section| {
                let entries = section.entries.into_iter().map(|entry| {
                    let this = word(&entry.report);
                    let value = this.clone();
                    view! { <option value=value selected=move || chosen.get() == this>{entry.title}</option> }
                });
                view! { <optgroup label=section.title>{entries.collect_view()}</optgroup> }
            })
            .collect_view()
    };
    let choose = move |event| {
        let text = event_target_value(&event);
        let report = reports.all.with_untracked(|all| from_word(all, &text));
        let title = reports.all.with_untracked(|all| {
            report
                .as_ref()
                .and_then(|report| crate::state::report_list::find(all, report))
                .map(|of| of.name.clone())
        });
        form.change(Some(Field::Report), |draft| {
            // The name follows until somebody types one.
            if draft.name.trim().is_empty() {
                draft.name = title.unwrap_or_default();
            }
            draft.report = report;
        });
    };
    let period = Memo::new(move |_| form.draft.with(|draft| draft.period));
    let periods = NAMED.map(|this| {
        view! { <option value=report_period::word(this) selected=move || period.get() == this>{report_period::title(this, |_, _| String::new())}</option> }
    });
    let choose_period = move |event| {
        if let Some(period) = report_period::from_word(&event_target_value(&event)) {
            form.change(None, |draft| draft.period = period);
        }
    };
    let format = Memo::new(move |_| form.draft.with(|draft| draft.format));
    let formats = FORMATS.map(|this| view! { <option value=format_word(this) selected=move || format.get() == this>{format_title(this)}</option> });
    let choose_format = move |event| {
        let text = event_target_value(&event);
        if let Some(format) = FORMATS.into_iter().find(|this| format_word(*this) == text) {
            form.change(None, |draft| draft.format = format);
        }
    };
    let compared = Signal::derive(move || form.draft.with(|draft| draft.compared));
    view! {
        <div class="fields">
            <label class="field half" class:wrong=move || wrong.with(Option::is_some)>
                <span>{say("Report")}</span>
                <select data-testid="schedule-report" on:change=choose>
                    <option value="" selected=move || chosen.get().is_empty()>{say("Choose …")}</option>
                    {options}
                </select>
                <span class="says complaint">{wrong}</span>
            </label>
            <TextBox label=say("Name") testid="schedule-name" class="half" value=form.text(|draft| &draft.name) set=form.put(Some(Field::Name), |draft, text| draft.name = text) wrong=form.wrong(Field::Name) />
            <label class="field half"><span>{say("Over")}</span><select data-testid="schedule-period" on:change=choose_period>{periods.into_iter().collect_view()}</select></label>
            <label class="field half"><span>{say("As")}</span><select data-testid="schedule-format" on:change=choose_format>{formats.into_iter().collect_view()}</select></label>
        </div>
        <TickBox label=say("Beside the period before") testid="schedule-compared" value=compared set=Callback::new(move |on| form.change(None, |draft| draft.compared = on)) />
    }
}

#[component]
fn When(form: Form) -> impl IntoView {
    let every = Memo::new(move |_| form.draft.with(|draft| draft.every));
    let weekday = Memo::new(move |_| form.draft.with(|draft| draft.weekday));
    let time = form.text(|draft| &draft.time);
    let wrong = form.wrong(Field::Time);
    let buttons = EveryKind::ALL.map(|this| {
        let is_on = move || every.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=move |_| form.change(None, |draft| draft.every = this)>{this.title()}</button> }
    });
    let days = (1_u8..).zip(day_names()).map(|(day, name)| view! { <option value=day.to_string() selected=move || weekday.get() == day>{name}</option> });
    let days = days.collect_view();
    let choose_day = move |event| {
        if let Ok(day) = event_target_value(&event).parse() {
            form.change(None, |draft| draft.weekday = day);
        }
    };
    view! {
        <fieldset class="source">
            <legend>{say("When")}</legend>
            <div class="segmented when-kinds" role="group" aria-label=say("How often")>{buttons.into_iter().collect_view()}</div>
            <div class="fields">
                <Show when=move || every.get() == EveryKind::Hour>
                    <TextBox label=say("Minutes past the hour") testid="schedule-minute" class="third" value=form.text(|draft| &draft.minute) set=form.put(Some(Field::Minute), |draft, text| draft.minute = text) wrong=form.wrong(Field::Minute) />
                </Show>
                <label class="field third" class:hidden-field=move || every.get() != EveryKind::Week>
                    <span>{say("On")}</span>
                    <select data-testid="schedule-weekday" on:change=choose_day>{days}</select>
                </label>
                <Show when=move || every.get() == EveryKind::Month>
                    <TextBox label=say("On day") testid="schedule-day" class="third" hint=say("31 is the last day of shorter months.") value=form.text(|draft| &draft.day) set=form.put(Some(Field::Day), |draft, text| draft.day = text) wrong=form.wrong(Field::Day) />
                </Show>
                <Show when=move || every.get() != EveryKind::Hour>
                    <label class="field third" class:wrong=move || wrong.with(Option::is_some)>
                        <span>{say("At")}</span>
                        <input type="time" data-testid="schedule-time" prop:value=time on:input=move |event| { let typed = event_target_value(&event); form.change(Some(Field::Time), |draft| draft.time = typed); } />
                        <span class="says" class:complaint=move || wrong.with(Option::is_some)>{move || wrong.get().unwrap_or_else(|| say("By the office’s clock.").to_owned())}</span>
                    </label>
                </Show>
            </div>
        </fieldset>
    }
}

#[component]
fn Where(form: Form) -> impl IntoView {
    let office = use_office();
    let way = Memo::new(move |_| form.draft.with(|draft| draft.way));
    let on = Signal::derive(move || form.draft.with(|draft| draft.on));
    let addresses = form.text(|draft| &draft.addresses);
    let wrong = form.wrong(Field::Addresses);
    let ways = [
        (say("To a folder"), Going::ToFolder, "schedule-to-folder"),
        (say("By mail"), Going::ByMail, "schedule-by-mail"),
    ];
    let buttons = ways.map(|(words, this, testid)| {
        let is_on = move || way.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() data-testid=testid on:click=move |_| form.change(None, |draft| draft.way = this)>{words}</button> }
    });
    view! {
        <fieldset class="source">
            <legend>{say("Where to")}</legend>
            <div><div class="segmented" role="group" aria-label=say("Where to")>{buttons.into_iter().collect_view()}</div></div>
            <div class="fields">
                <Show
                    when=move || way.get() == Going::ByMail
                    fallback=move || view! {
                        <FolderBox testid="schedule-folder" title=say("Folder that reports are written to") placeholder=r"\\SERVER\Reports" value=form.text(|draft| &draft.folder) set=form.put(Some(Field::Folder), |draft, text| draft.folder = text) wrong=form.wrong(Field::Folder) hint=say("Each report is a file of its own with its date in the name.") />
                    }
                >
                    <label class="field wide" class:wrong=move || wrong.with(Option::is_some)>
                        <span>{say("Addresses")}</span>
                        <textarea rows="2" spellcheck="false" autocomplete="off" placeholder="ann@example.com, ben@example.com" data-testid="schedule-addresses" prop:value=addresses on:input=move |event| { let typed = event_target_value(&event); form.change(Some(Field::Addresses), |draft| draft.addresses = typed); }></textarea>
                        <span class="says" class:complaint=move || wrong.with(Option::is_some)>{move || wrong.get().unwrap_or_else(|| say("A line each, or separated by commas.").to_owned())}</span>
                    </label>
                    <TextBox label=say("Subject") testid="schedule-subject" class="wide" placeholder=say("As the schedule is called") value=form.text(|draft| &draft.subject) set=form.put(None, |draft, text| draft.subject = text) />
                    <p class="field wide says">{say("It goes through the server in")}" "<button type="button" class="link" on:click=move |_| office.show_settings(SettingsTab::Mail)>{say("Settings, Mail")}</button>"."</p>
                </Show>
            </div>
        </fieldset>
        <TickBox label=say("Switched on") testid="schedule-is-on" value=on set=Callback::new(move |on| form.change(None, |draft| draft.on = on)) />
    }
}
