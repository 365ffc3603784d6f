//! The reports of the window: what there is to run, the one that is looked at, its run and its table; kept while one looks
//! at other screens.

use super::Day;
use super::report_calls::{Behind, Figure};
use super::report_draft::to_preview;
use super::report_heard;
use super::report_list::find;
use super::report_sheet::{DETAIL_ROWS, SUMMARY_ROWS, Sheet};
use crate::ipc::Asking;
use contract::reports::{
    AskReportChoices, AskReports, Asked, ExportReport, FileFormat, ReportProgress, ReportRef,
    Reports as AllReports, RunReport, StopReport,
};
use leptos::prelude::*;
use model::report::{Definition, Key, Measure, Period, Style};
use std::time::Duration;

/// While a report is put together, it is run when one pauses, not at every letter.
const BUILDING_PAUSE: Duration = Duration::from_millis(300);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportsPart {
    #[default]
    Reports,
    Schedules,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Reading,
    Building,
}

#[derive(Clone, Copy)]
pub struct Reports {
    pub part: RwSignal<ReportsPart>,
    pub list: Asking<AskReports>,
    /// Something may have changed while nothing was heard.
    pub list_is_old: RwSignal<bool>,
    pub all: RwSignal<AllReports>,
    /// The same in the desk's own words.
    as_said: StoredValue<AllReports>,
    pub choices: Asking<AskReportChoices>,
    /// What the list is filtered by.
    pub typed: RwSignal<String>,
    /// Where the definition came from; `None` for a new one.
    pub chosen: RwSignal<Option<ReportRef>>,
    /// As it is run: as stored, or changed since.
    pub definition: RwSignal<Option<Definition>>,
    pub asked: RwSignal<Asked>,
    pub mode: RwSignal<Mode>,
    pub sheet: RwSignal<Option<Sheet>>,
    pub run: Asking<RunReport>,
    pub progress: RwSignal<Option<ReportProgress>>,
    /// A person ended the run.
    pub stopped: RwSignal<bool>,
    /// Place of the row that the keys act on, and of a figure in it.
    pub at: RwSignal<Option<usize>>,
    pub column: RwSignal<Option<usize>>,
    /// Call of a detail row that is opened, by the row's place.
    pub opened: RwSignal<Option<usize>>,
    pub behind: Behind,
    pub export: Asking<ExportReport>,
    pub export_progress: RwSignal<Option<ReportProgress>>,
    /// What was made or changed last, in words.
    pub told: RwSignal<Option<String>>,
    /// A schedule is to be made for what is looked at.
    pub scheduling: RwSignal<bool>,
    stop: Asking<StopReport>,
    numbers: StoredValue<Numbers>,
    changes: StoredValue<u32>,
    /// The office's day on which the newest run was begun.
    day: StoredValue<Option<Day>>,
}

/// Names of what goes on.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    last: u64,
    run: u64,
    export: u64,
}

fn know(all: RwSignal<AllReports>, as_said: StoredValue<AllReports>, answer: AllReports) {
    all.set(report_heard::reports(answer.clone()));
    as_said.set_value(answer);
}

impl Reports {
    /// For who shows the list: asks for it unless it is known, and whenever it may be old. It is long, and the first screen
    /// does without.
    pub fn need_list(self) {
        Effect::new(move |_| {
            let is_asked = self.list.busy.get_untracked() || self.list.answer.with_untracked(Option::is_some);
            if self.list_is_old.get() || !is_asked {
                self.list_is_old.set(false);
                self.list.ask_soon(AskReports {});
            }
        });
    }

    pub fn new() -> Self {
        let all = RwSignal::new(AllReports::default());
        let sheet = RwSignal::new(None::<Sheet>);
        let as_said = StoredValue::new(AllReports::default());
        let progress = RwSignal::new(None);
        let export_progress = RwSignal::new(None);
        Self {
            part: RwSignal::new(ReportsPart::default()),
            list: Asking::new().on_answer(move |(_, answer)| know(all, as_said, answer)),
            list_is_old: RwSignal::new(false),
            all,
            as_said,
            choices: Asking::new(),
            typed: RwSignal::new(String::new()),
            chosen: RwSignal::new(None),
            definition: RwSignal::new(None),
            asked: RwSignal::new(Asked { period: Period::default(), compared: false }),
            mode: RwSignal::new(Mode::default()),
            sheet,
            run: Asking::new().on_answer(move |(request, view): (RunReport, _)| {
                let view = report_heard::view(view);
                progress.set(None);
                let is_first = request.after.is_none();
                sheet.update(|sheet| match sheet {
                    Some(sheet) if !is_first => sheet.append(view),
                    sheet => *sheet = Some(Sheet::of(request, view)),
                });
            }),
            progress,
            stopped: RwSignal::new(false),
            at: RwSignal::new(None),
            column: RwSignal::new(None),
            opened: RwSignal::new(None),
            behind: Behind::new(),
            export: Asking::new().on_answer(move |_| export_progress.set(None)),
            export_progress,
            told: RwSignal::new(None),
            scheduling: RwSignal::new(false),
            stop: Asking::new(),
            numbers: StoredValue::new(Numbers::default()),
            changes: StoredValue::new(0),
            day: StoredValue::new(None),
        }
    }

    /// What there is to run, as the desk said it.
    pub fn know(self, answer: AllReports) {
        know(self.all, self.as_said, answer);
    }

    /// In another language. What is shown is run anew by the screen that comes, because its words are of the one before.
    pub fn say_anew(self) {
        let stored = self.stored_untracked();
        let as_stored = stored.is_some() && stored == self.definition.get_untracked();
        self.know(self.as_said.get_value());
        if as_stored {
            self.definition.set(self.stored_untracked());
        }
        self.sheet.set(None);
    }

    /// Shows a report from its beginning, over the time it offers.
    pub fn show(self, report: ReportRef) {
        let Some(definition) = self.all.with_untracked(|all| find(all, &report).cloned()) else { return };
        self.leave();
        let period = definition.period;
        self.asked.update(|asked| asked.period = period);
        self.chosen.set(Some(report));
        self.definition.set(Some(definition));
    }

    /// A report that is not stored, to be put together.
    pub fn build(self, definition: Definition) {
        self.leave();
        let period = definition.period;
        self.asked.update(|asked| asked.period = period);
        self.chosen.set(None);
        self.mode.set(Mode::Building);
        self.definition.set(Some(definition));
    }

    /// Back to how the report is stored, over the time that is chosen.
    pub fn revert(self) {
        let stored = self.stored_untracked();
        self.mode.set(Mode::Reading);
        self.behind.close();
        if stored.is_none() {
            self.leave();
        }
        self.definition.set(stored);
    }

    /// The report that is chosen, as it is stored.
    fn stored_untracked(self) -> Option<Definition> {
        self.chosen
            .with_untracked(|chosen| self.all.with_untracked(|all| find(all, chosen.as_ref()?).cloned()))
    }

    /// Changes what is run.
    pub fn change(self, with: impl FnOnce(&mut Definition)) {
        self.at.set(None);
        self.opened.set(None);
        self.column.set(None);
        self.behind.close();
        self.definition.update(|definition| {
            if let Some(definition) = definition {
                with(definition);
            }
        });
    }

    /// Runs what is asked for: at once while one reads, after a pause while one builds.
    pub fn run_soon(self, definition: Definition, asked: Asked, now_ms: i64) {
        let Some(change) = self.changes.try_update_value(|changes| {
            *changes += 1;
            *changes
        }) else {
            return;
        };
        let begin = move || {
            if self.changes.try_get_value() == Some(change) {
                self.begin(to_preview(&definition), asked, now_ms);
            }
        };
        match self.mode.get_untracked() {
            Mode::Reading => begin(),
            Mode::Building => set_timeout(begin, BUILDING_PAUSE),
        }
    }

    /// Notes the office's day. True when what is shown is of another one, or nothing is shown: whoever comes back to it
    /// wants it run.
    pub fn is_new_on(self, today: Day) -> bool {
        let is_old = self.day.get_value() != Some(today);
        self.day.set_value(Some(today));
        is_old || self.sheet.with_untracked(Option::is_none)
    }

    /// Asks for the page after the last row of details, unless one is on its way or the end is reached.
    pub fn ask_more(self) {
        if self.run.busy.get_untracked() || self.run.failure.with_untracked(Option::is_some) {
            return;
        }
        let after = self
            .sheet
            .with_untracked(|sheet| sheet.as_ref().and_then(|sheet| sheet.next().map(str::to_owned)));
        let Some((after, definition)) = after.zip(self.definition.get_untracked()) else { return };
        let (run, asked) = (self.number(0), self.asked.get_untracked());
        self.numbers.update_value(|numbers| numbers.run = run);
        self.run.ask(RunReport {
            run,
            definition: self.as_shown(to_preview(&definition)),
            asked,
            limit: DETAIL_ROWS,
            after: Some(after),
        });
    }

    pub fn stop_run(self) {
        self.stop.ask(StopReport { run: self.numbers.with_value(|numbers| numbers.run) });
        self.run.forget();
        self.progress.set(None);
        self.stopped.set(true);
    }

    pub fn export_as(self, format: FileFormat, now_ms: i64) {
        let Some(definition) = self.definition.get_untracked() else { return };
        let run = self.number(now_ms);
        self.numbers.update_value(|numbers| numbers.export = run);
        self.told.set(None);
        self.export_progress.set(None);
        self.export.ask(ExportReport {
            run,
            definition: self.as_shown(to_preview(&definition)),
            asked: self.asked.get_untracked(),
            format,
        });
    }

    pub fn stop_export(self) {
        self.stop.ask(StopReport { run: self.numbers.with_value(|numbers| numbers.export) });
        self.export.forget();
        self.export_progress.set(None);
    }

    /// What a push says of something that goes on.
    pub fn hear(self, progress: ReportProgress) {
        let numbers = self.numbers.get_value();
        if progress.run == numbers.run && self.run.busy.get_untracked() {
            self.progress.set(Some(progress));
        } else if progress.run == numbers.export && self.export.busy.get_untracked() {
            self.export_progress.set(Some(progress));
        }
    }

    /// Looks at the calls behind a row, or behind one of its figures; `key` is empty for the totals.
    pub fn look_behind(
        self,
        key: Vec<Key>,
        row: Vec<String>,
        measure: Option<Measure>,
        figure: Option<String>,
    ) {
        let run = self
            .sheet
            .with_untracked(|sheet| sheet.as_ref().map(|sheet| (sheet.definition.clone(), sheet.period)));
        let Some((definition, period)) = run else { return };
        self.behind.show(Figure { row, figure, definition, period, key, measure });
    }

    fn begin(self, definition: Definition, asked: Asked, now_ms: i64) {
        self.stopped.set(false);
        self.progress.set(None);
        if definition.trouble().is_some() {
            self.run.forget();
            return;
        }
        let run = self.number(now_ms);
        self.numbers.update_value(|numbers| numbers.run = run);
        let limit = match definition.style() {
            Style::Summary | Style::Interval => SUMMARY_ROWS,
            Style::Detail => DETAIL_ROWS,
        };
        self.run.ask(RunReport { run, definition, asked, limit, after: None });
    }

    /// In the order that the table is shown in: files and further pages follow the screen.
    fn as_shown(self, mut definition: Definition) -> Definition {
        if let Some(sorted) = self.sheet.with_untracked(|sheet| sheet.as_ref().and_then(Sheet::by_hand)) {
            definition.sort = sorted.to_sort();
        }
        definition
    }

    fn leave(self) {
        self.behind.close();
        self.run.forget();
        self.mode.set(Mode::Reading);
        self.sheet.set(None);
        self.stopped.set(false);
        self.at.set(None);
        self.column.set(None);
        self.opened.set(None);
        self.told.set(None);
        self.export.failure.set(None);
    }

    /// Larger than any before, those of an earlier page in this window included.
    fn number(self, now_ms: i64) -> u64 {
        self.numbers
            .try_update_value(|numbers| {
                numbers.last = u64::try_from(now_ms).unwrap_or_default().max(numbers.last + 1);
                numbers.last
            })
            .unwrap_or_default()
    }
}

impl Default for Reports {
    fn default() -> Self {
        Self::new()
    }
}
