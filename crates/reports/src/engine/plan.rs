//! A definition, ready to be run: what has to be read for it and what is summed up.

use super::conditions::{self, Test};
use super::flags::{self, ALL, CHANNELLED, NUMBERED, SOLD};
use super::formula::{Formula, Source, Sum, Sums};
use super::office::Service;
use crate::leaf::{Column, ColumnSet, mark};
use model::report::{Condition, Definition, Dimension, Hours, Measure, Rows, Scope};

/// Days before the time in which calls may have begun that still go on in it. A line that stays open for longer is a
/// fault of the line.
const LEAD_IN_DAYS: i64 = 2;

/// How a definition is reckoned. Made with [`Plan::of`].
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) definition: Definition,
    pub(crate) scope: Scope,
    pub(crate) by: Vec<Dimension>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) formulas: Vec<Formula>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) tests: Vec<Test>,
    /// Of the calls, that the sums and tests ask for.
    pub(crate) flags: u64,
    pub(crate) service: Service,
    columns: ColumnSet,
    needs: Needs,
}

/// What a plan needs beside the leaves' calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// For [`super::Marks`].
    pub tags: bool,
    pub recordings: bool,
    pub scores: bool,
    pub notes: bool,
    /// Texts that are looked for in notes.
    pub texts: Vec<String>,
    /// State changes in the leaves, and the states at the beginning.
    pub states: bool,
    /// Rates.
    pub cost: bool,
}

impl Plan {
    /// What a service level and a short abandon are is part of the plan. An error is a sentence for the person.
    pub fn of(definition: &Definition, service: Service) -> Result<Plan, String> {
        if let Some(trouble) = definition.trouble() {
            return Err(trouble);
        }
        let (by, measures) = match &definition.rows {
            Rows::Summed { by, measures } => (by.clone(), measures.clone()),
            Rows::Calls { .. } | Rows::Events { .. } => (Vec::new(), Vec::new()),
        };
        let scope = Scope::of(&by);
        let mut sums = Sums::default();
        let formulas =
            measures.iter().map(|measure| sums.formula(*measure, scope, service.of)).collect::<Vec<_>>();
        let (tests, texts) = conditions::read(definition, scope, &by, service)?;
        let mut plan = Plan {
            definition: definition.clone(),
            scope,
            by,
            measures,
            formulas,
            sums: sums.0,
            tests,
            flags: ALL,
            service,
            columns: ColumnSet::default(),
            needs: Needs { texts, ..Needs::default() },
        };
        plan.gather();
        Ok(plan)
    }

    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// Columns that [`super::Run::take`] needs of each leaf.
    pub fn columns(&self) -> ColumnSet {
        self.columns
    }

    /// Columns that [`super::Page::take`] needs of each leaf.
    pub fn columns_of_page(&self) -> ColumnSet {
        self.columns_to_select().with(Column::Id)
    }

    pub fn needs(&self) -> &Needs {
        &self.needs
    }

    /// Bits of [`crate::leaf::mark`] that every call of the report has: a day whose [`Column::AnyMarks`] lack one has none.
    pub fn marks_of_all(&self) -> i64 {
        self.definition.conditions.iter().fold(0, |marks, condition| marks | mark_of_all(condition))
    }

    /// Whether days can be shared out among runs that are merged afterwards. Else one run takes all.
    pub fn is_parallel(&self) -> bool {
        !self.needs.states
    }

    /// Days before its own whose leaves a run has to take too.
    pub fn lead_in_days(&self) -> i64 {
        if self.has_peaks() { LEAD_IN_DAYS } else { 0 }
    }

    pub(crate) fn has_peak_of_calls(&self) -> bool {
        self.formulas.iter().any(|formula| matches!(formula, Formula::PeakCalls | Formula::Saturation))
    }

    pub(crate) fn has_peak_of_queue(&self) -> bool {
        self.formulas.contains(&Formula::PeakQueue)
    }

    pub(crate) fn has_peaks(&self) -> bool {
        self.has_peak_of_calls() || self.has_peak_of_queue()
    }

    pub(crate) fn has_numbers(&self) -> bool {
        self.formulas.contains(&Formula::Numbers)
    }

    pub(crate) fn has_channels(&self) -> bool {
        self.formulas.iter().any(|formula| matches!(formula, Formula::Channels | Formula::Saturation))
    }

    pub(crate) fn has_states(&self) -> bool {
        self.formulas.iter().any(|formula| matches!(formula, Formula::State(_)))
    }

    /// After-call work belongs to a row when nothing but people and time makes it: of calls by trunk, or of inbound
    /// calls only, the phone does not tell.
    pub(crate) fn has_work(&self) -> bool {
        let handles = self
            .formulas
            .iter()
            .any(|formula| matches!(formula, Formula::Handle { .. } | Formula::AverageHandle { .. }));
        let of_people = self.by.iter().all(|by| *by == Dimension::Person || by.is_interval());
        let all_calls = self
            .definition
            .conditions
            .iter()
            .all(|condition| matches!(condition, Condition::People { .. } | Condition::Sites { .. }));
        handles && of_people && all_calls && self.definition.hours == Hours::All
    }

    fn has_cost(&self) -> bool {
        let figures = self
            .formulas
            .iter()
            .any(|formula| matches!(formula, Formula::Cost | Formula::AverageCost | Formula::CostedCalls));
        figures || self.tests.iter().any(Test::asks_cost)
    }

    fn gather(&mut self) {
        self.flags |= self.sums.iter().fold(0, |flags, sum| flags | sum.of);
        self.flags |= self.tests.iter().fold(0, |flags, test| flags | test.flags());
        if self.has_numbers() {
            self.flags |= NUMBERED;
        }
        if self.has_channels() {
            self.flags |= CHANNELLED;
        }
        self.needs.cost = self.has_cost();
        if self.needs.cost {
            self.flags |= SOLD;
        }
        self.needs.states = self.has_states() || self.has_work();
        self.needs.tags = self.by.contains(&Dimension::Tag) || self.tests.iter().any(Test::asks_tags);
        let sources: Vec<Source> = self.sources();
        let has = |wanted: &[Source]| sources.iter().any(|source| wanted.contains(source));
        let marked = self.tests.iter().fold(self.flags, |flags, test| flags | test.marked());
        self.needs.recordings =
            marked & flags::RECORDED != 0 || has(&[Source::Recordings, Source::RecordedMs]);
        self.needs.scores = marked & flags::SCORED != 0
            || has(&[Source::Scorecards, Source::WithPoints, Source::PointShares]);
        self.needs.notes = self.tests.iter().any(Test::asks_notes);
        self.columns = self.columns_to_select().and(self.columns_to_sum(&sources));
    }

    /// Of the sums and of what tests want above zero.
    fn sources(&self) -> Vec<Source> {
        let of_sums = self.sums.iter().filter_map(|sum| sum.what.source());
        of_sums.chain(self.tests.iter().filter_map(Test::source)).collect()
    }

    /// To know which calls and parts count, and in which row.
    fn columns_to_select(&self) -> ColumnSet {
        let mut columns = ColumnSet::of(&[Column::Start]).and(ColumnSet::of(&flags::columns(self.flags)));
        columns = match self.scope {
            Scope::Call => columns,
            Scope::Person => {
                columns.and(ColumnSet::of(&[Column::PeopleCount, Column::Extension, Column::PersonBits]))
            }
            Scope::Group => {
                columns.and(ColumnSet::of(&[Column::GroupCount, Column::Group, Column::GroupBits]))
            }
        };
        for by in &self.by {
            columns = columns.and(ColumnSet::of(columns_of(*by, self.scope)));
        }
        for test in &self.tests {
            columns = columns.and(test.columns());
        }
        if self.needs.cost {
            columns = columns.and(ColumnSet::of(&[
                Column::Site,
                Column::Total,
                Column::AnsweredAfter,
                Column::Outside,
                Column::OutsideGiven,
            ]));
        }
        columns
    }

    fn columns_to_sum(&self, sources: &[Source]) -> ColumnSet {
        let mut columns = ColumnSet::default();
        for source in sources {
            columns = columns.with(column_of(*source));
        }
        if self.has_peak_of_calls() {
            columns = columns.with(Column::Total);
            if self.scope == Scope::Group {
                columns = columns.with(Column::GroupFrom).with(Column::GroupTo);
            }
        }
        if self.has_peak_of_queue() {
            columns = columns.and(ColumnSet::of(&[
                Column::QueueCount,
                Column::QueueFrom,
                Column::QueueTo,
                Column::QueueGroup,
            ]));
        }
        if self.needs.states {
            columns =
                columns.and(ColumnSet::of(&[Column::StateExtension, Column::StateStart, Column::State]));
        }
        columns
    }
}

fn mark_of_all(condition: &Condition) -> i64 {
    match condition {
        Condition::Answered { yes: true } => mark::ANSWERED,
        Condition::Abandoned { yes: true } => mark::ABANDONED,
        Condition::Missed { yes: true } => mark::MISSED,
        Condition::Voicemail { yes: true } => mark::VOICEMAIL,
        Condition::Emergency { yes: true } => mark::EMERGENCY,
        Condition::Conference { yes: true } => mark::CONFERENCE,
        _ => 0,
    }
}

pub(crate) fn column_of(source: Source) -> Column {
    match source {
        Source::Call(column) | Source::Part(column) => column,
        Source::StartedAt => Column::Start,
        Source::Recordings
        | Source::RecordedMs
        | Source::Scorecards
        | Source::WithPoints
        | Source::PointShares => Column::Id,
    }
}

fn columns_of(by: Dimension, scope: Scope) -> &'static [Column] {
    match by {
        Dimension::Person => &[Column::Extension],
        Dimension::Group => match scope {
            Scope::Person => &[Column::PersonGroup, Column::Group],
            Scope::Call | Scope::Group => &[Column::Group],
        },
        Dimension::OutsideNumber => &[Column::Outside],
        Dimension::OutsideName => &[Column::OutsideName],
        Dimension::LocalNumber => &[Column::Dialled],
        Dimension::Direction => &[Column::Marks],
        Dimension::Trunk => &[Column::Trunk],
        Dimension::AccountCode => &[Column::Account],
        Dimension::Tag => &[Column::Tag, Column::Id],
        Dimension::Site => &[Column::Site],
        Dimension::EventSequence | Dimension::FinalEvent => &[Column::Sequence],
        Dimension::QuarterHour
        | Dimension::HalfHour
        | Dimension::Hour
        | Dimension::Day
        | Dimension::Week
        | Dimension::Month
        | Dimension::HourOfDay
        | Dimension::DayOfWeek => &[Column::Start],
    }
}
