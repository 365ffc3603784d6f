//! Search from anywhere: screens, actions, people, groups, numbers, calls, recordings, notes.

use super::apart::{self, Fetched};
use super::palette_items::{Item, Target, fixed, found, reports, settings};
use super::settings::finder;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::dialog::Dialog;
use crate::parts::icon::Icon;
use crate::parts::notice::Failed;
use crate::parts::paper;
use crate::state::recording_filter::RecordingQuery;
use crate::state::recordings::RecordingsTab;
use crate::state::report_list::from_word;
use crate::state::reports::ReportsPart;
use crate::state::{CallQuery, Day, Office, Range, Screen, use_office};
use crate::words::say;
use contract::calls::CallRow;
use contract::search::AskSearch;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// Typing on within this does not ask: the desk is asked for what one means, not for every letter on the way.
const TYPING_PAUSE: Duration = Duration::from_millis(90);

#[component]
pub fn Palette() -> impl IntoView {
    view! {
        <Dialog open=use_office().palette label=say("Search") testid="palette" class="palette">
            <Fetched screen=apart::PALETTE />
        </Dialog>
    }
}

/// The line one types into, and what is found.
#[component]
pub fn PaletteBody() -> impl IntoView {
    let office = use_office();
    let (open, keys) = (office.palette, office.keys);
    office.reports.need_list();
    let search = Asking::<AskSearch>::new();
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let typed = RwSignal::new(0_u32);
    let items = Memo::new(move |_| {
        let text = text.get();
        let mut items = fixed(text.trim());
        office.reports.all.with(|all| items.extend(reports(all, text.trim())));
        if !text.trim().is_empty() {
            let when = |at_ms| office.clock(Style::DayAndSecond, at_ms);
            search.answer.with(|answer| items.extend(answer.iter().flat_map(|answer| found(answer, when))));
        }
        items.extend(settings(text.trim()));
        items
    });
    let type_on = move |event| {
        text.set(event_target_value(&event));
        at.set(0);
        typed.update(|count| *count += 1);
        let now_typed = typed.get_untracked();
        set_timeout(
            move || {
                let latest = typed.try_get_untracked() == Some(now_typed);
                let wanted = text.try_get_untracked().unwrap_or_default().trim().to_owned();
                if latest && !wanted.is_empty() {
                    search.ask(AskSearch { text: wanted });
                }
            },
            TYPING_PAUSE,
        );
    };
    let go = move |target: Target| {
        open.set(false);
        follow(office, keys, target);
    };
    let press = move |event: web_sys::KeyboardEvent| {
        let count = items.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(count.saturating_sub(1))),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                if let Some(item) = items.with(|items| items.get(at.get()).cloned()) {
                    go(item.target);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let numbered = move || items.get().into_iter().enumerate().collect::<Vec<(usize, Item)>>();
    let quiet =
        move || items.with(Vec::is_empty) && !search.busy.get() && search.failure.with(Option::is_none);
    view! {
        <input
            class="palette-input"
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant=move || format!("palette-{}", at.get())
            aria-label=say("Search calls, numbers, people, screens, actions")
            placeholder=say("Search calls, numbers, people, screens, actions")
            autocomplete="off"
            spellcheck="false"
            data-testid="palette-input"
            node_ref=input
            prop:value=text
            on:input=type_on
            on:keydown=press
        />
        <ul class="palette-list" id="palette-list" role="listbox" aria-label=say("Found")>
            <For each=numbered key=|entry| entry.clone() let:entry>
                {
                    let (index, item) = entry;
                    let target = item.target.clone();
                    view! {
                        <li
                            id=format!("palette-{index}")
                            role="option"
                            class="palette-item"
                            class:on=move || at.get() == index
                            aria-selected=move || (at.get() == index).to_string()
                            on:mousemove=move |_| at.set(index)
                            on:click=move |_| go(target.clone())
                        >
                            <Icon of=item.glyph() />
                            <span class="b">{item.title.clone()}</span>
                            <span class="faint sm">{item.beside.clone()}</span>
                            <span class="palette-kind">{item.kind()}</span>
                        </li>
                    }
                }
            </For>
        </ul>
        {move || {
            let again = Callback::new(move |()| search.again());
            search.failure.get().map(|failure| view! { <Failed failure again /> })
        }}
        <p class="palette-quiet mute" role="status">
            {move || if quiet() { say("Nothing found. Digits find numbers; names find people, groups and callers; words find notes and tags.") } else { "" }}
        </p>
    }
}

fn follow(office: Office, keys: RwSignal<bool>, target: Target) {
    match target {
        Target::Screen(screen) => office.screen.set(screen),
        Target::Settings(tab) => office.show_settings(tab),
        Target::Setting(setting) => finder::show(office, &setting),
        Target::Theme(theme) => office.prefs.theme.set(theme),
        Target::Contrast(contrast) => office.prefs.contrast.set(contrast),
        Target::Zoom(zoom) => office.prefs.zoom_percent.update(|percent| *percent = zoom.from(*percent)),
        Target::Print => paper::print(office.printing),
        Target::SetUp => office.setup.begin(),
        Target::Rows(rows) => office.prefs.rows.set(rows),
        Target::FoldRail => office.prefs.rail.update(|rail| *rail = rail.other()),
        Target::Keys => keys.set(true),
        Target::Range(range) => office.show_calls(CallQuery { range, ..CallQuery::default() }),
        Target::Person(extension) => office.show_calls(CallQuery::of_agent(&extension)),
        Target::Group(number) => office.show_calls(CallQuery::of_group(&number)),
        Target::Number(number) => office.show_calls(CallQuery::of_number(&number)),
        Target::NoteOfCall { call, words } => {
            let filter = contract::calls::CallFilter { text: Some(words), ..Default::default() };
            office.show_calls(CallQuery { range: Range::AllTime, filter, ..CallQuery::default() });
            office.calls.selected.set(Some(call.clone()));
            office.calls.opened.set(Some(call));
        }
        Target::Recording(id) => office.show_recording(&id),
        Target::Report(word) => {
            let all = office.reports.all.get_untracked();
            if let Some(report) = from_word(&all, &word) {
                office.show_report(report);
            }
        }
        Target::Schedules => {
            office.reports.part.set(ReportsPart::Schedules);
            office.screen.set(Screen::Reports);
        }
        Target::Trash => office.show_recordings(RecordingQuery::trash()),
        Target::Scores => {
            office.recordings.tab.set(RecordingsTab::Scores);
            office.screen.set(Screen::Recordings);
        }
        Target::Call { id, number, started_ms } => open_call(office, id, number.as_deref(), started_ms),
    }
}

/// Goes to the call among the calls of its caller on its day, opened.
pub fn open_row(office: Office, row: &CallRow) {
    open_call(office, row.id.clone(), row.number.as_deref(), row.started_ms);
}

fn open_call(office: Office, id: String, number: Option<&str>, started_ms: i64) {
    let day = Day::at(started_ms, |at_ms| office.offset_ms(at_ms));
    let mut query = number.map(CallQuery::of_number).unwrap_or_default();
    query.range = Range::Days { first: day, last: day };
    office.show_calls(query);
    office.calls.selected.set(Some(id.clone()));
    office.calls.opened.set(Some(id));
}
