//! A report while it is put together: each step leaves a definition that can be run, or says what is missing.

use crate::words::{say, term};
use model::report::{
    Chart, ChartKind, Definition, Dimension, FORMAT, Field, Measure, Rows, Scope, Sort, Unit,
};

/// What the rows of a report are, as the builder offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsKind {
    Figures,
    Calls,
    Events,
}

impl RowsKind {
    pub const ALL: [RowsKind; 3] = [RowsKind::Figures, RowsKind::Calls, RowsKind::Events];

    pub fn title(self) -> &'static str {
        match self {
            RowsKind::Figures => say("Figures"),
            RowsKind::Calls => say("Calls"),
            RowsKind::Events => say("Events"),
        }
    }

    pub fn of(rows: &Rows) -> Self {
        match rows {
            Rows::Summed { .. } => RowsKind::Figures,
            Rows::Calls { .. } => RowsKind::Calls,
            Rows::Events { .. } => RowsKind::Events,
        }
    }
}

/// A report to begin with: what each person did this month.
pub fn fresh() -> Definition {
    Definition {
        format: FORMAT,
        name: say("New report").to_owned(),
        says: String::new(),
        chapter: model::report::Chapter::default(),
        rows: figures(),
        conditions: Vec::new(),
        hours: model::report::Hours::All,
        period: model::report::Period::default(),
        sort: None,
        top: None,
        chart: None,
    }
}

/// The draft as it is run for the preview: a name that is being typed must not keep the figures away.
pub fn to_preview(draft: &Definition) -> Definition {
    let mut preview = draft.clone();
    if preview.name.trim().is_empty() {
        preview.name = say("Preview").to_owned();
    }
    preview
}

/// What is left of a definition once it is to be kept.
pub fn to_keep(draft: &Definition) -> Definition {
    let mut kept = draft.clone();
    kept.name = kept.name.trim().to_owned();
    kept.says = kept.says.trim().to_owned();
    kept.conditions.retain(|condition| !super::report_conditions::is_empty(condition));
    kept
}

pub fn set_kind(draft: &mut Definition, kind: RowsKind) {
    if RowsKind::of(&draft.rows) == kind {
        return;
    }
    draft.rows = match (kind, &draft.rows) {
        (RowsKind::Figures, _) => figures(),
        (RowsKind::Calls, Rows::Events { fields }) => {
            let kept = fields.iter().copied().filter(|field| !field.is_of_event()).collect();
            Rows::Calls { fields: or_usual(kept, &CALL_FIELDS) }
        }
        (RowsKind::Calls, Rows::Summed { .. } | Rows::Calls { .. }) => {
            Rows::Calls { fields: CALL_FIELDS.to_vec() }
        }
        (RowsKind::Events, _) => Rows::Events { fields: EVENT_FIELDS.to_vec() },
    };
    draft.sort = None;
    draft.chart = None;
}

/// Splits the rows by the first or the second thing; `None` takes it away. Figures that cannot be told any more go.
pub fn set_dimension(draft: &mut Definition, place: usize, dimension: Option<Dimension>) {
    let Rows::Summed { by, measures } = &mut draft.rows else { return };
    match dimension {
        Some(dimension) if place < by.len() => by[place] = dimension,
        Some(dimension) => by.push(dimension),
        None if place < by.len() => {
            by.remove(place);
        }
        None => {}
    }
    by.dedup();
    let scope = Scope::of(by);
    measures.retain(|measure| measure.is_known_of(scope, by));
    if measures.is_empty() {
        measures.push(Measure::Calls);
    }
    draft.sort = None;
    mend_chart(draft);
}

pub fn turn_measure(draft: &mut Definition, measure: Measure) {
    let sorted = sorted_measure(draft);
    let Rows::Summed { by: _, measures } = &mut draft.rows else { return };
    match measures.iter().position(|known| *known == measure) {
        Some(at) => {
            measures.remove(at);
        }
        None => measures.push(measure),
    }
    sort_by(draft, sorted);
    mend_chart(draft);
}

/// One place earlier.
pub fn raise_measure(draft: &mut Definition, measure: Measure) {
    let sorted = sorted_measure(draft);
    if let Rows::Summed { by: _, measures } = &mut draft.rows
        && let Some(at) = measures.iter().position(|known| *known == measure).filter(|at| *at > 0)
    {
        measures.swap(at - 1, at);
    }
    sort_by(draft, sorted);
}

pub fn turn_field(draft: &mut Definition, field: Field) {
    if let Rows::Calls { fields } | Rows::Events { fields } = &mut draft.rows {
        match fields.iter().position(|known| *known == field) {
            Some(at) => {
                fields.remove(at);
            }
            None => fields.push(field),
        }
        draft.sort = None;
    }
}

pub fn raise_field(draft: &mut Definition, field: Field) {
    if let Rows::Calls { fields } | Rows::Events { fields } = &mut draft.rows
        && let Some(at) = fields.iter().position(|known| *known == field).filter(|at| *at > 0)
    {
        fields.swap(at - 1, at);
        draft.sort = None;
    }
}

/// Heads of the columns, to choose what to sort by.
pub fn heads(draft: &Definition) -> Vec<&'static str> {
    match &draft.rows {
        Rows::Summed { by: _, measures } => measures.iter().map(|measure| term(measure.label())).collect(),
        Rows::Calls { fields } | Rows::Events { fields } => {
            fields.iter().map(|field| term(field.label())).collect()
        }
    }
}

/// Draws the first figures that have one unit; `None` draws nothing.
pub fn set_chart(draft: &mut Definition, kind: Option<ChartKind>) {
    let kept = draft.chart.take().map(|chart| chart.measures).unwrap_or_default();
    draft.chart = kind.map(|kind| Chart { kind, measures: kept });
    mend_chart(draft);
}

pub fn turn_drawn(draft: &mut Definition, measure: Measure) {
    let Some(chart) = &mut draft.chart else { return };
    match chart.measures.iter().position(|known| *known == measure) {
        Some(at) if chart.measures.len() > 1 => {
            chart.measures.remove(at);
        }
        Some(_) => {}
        None => {
            // One axis has one unit: another one begins anew.
            chart.measures.retain(|known| known.unit() == measure.unit());
            chart.measures.push(measure);
        }
    }
}

/// Kinds of chart that can show the rows.
pub fn charts_of(draft: &Definition) -> Vec<ChartKind> {
    match &draft.rows {
        Rows::Summed { by, measures: _ } => match by.len() {
            0 => Vec::new(),
            1 => vec![ChartKind::Bar, ChartKind::Stacked, ChartKind::Line],
            _ => vec![ChartKind::Bar, ChartKind::Stacked, ChartKind::Line, ChartKind::Heat],
        },
        Rows::Calls { .. } | Rows::Events { .. } => Vec::new(),
    }
}

/// Figures that a chart can draw: moments and words have no length.
pub fn is_drawable(measure: Measure) -> bool {
    match measure.unit() {
        Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money => true,
        Unit::At | Unit::Text => false,
    }
}

/// Only figures of the report are drawn, at least one of them, and only in a kind that fits the rows.
fn mend_chart(draft: &mut Definition) {
    let kinds = charts_of(draft);
    let Rows::Summed { by: _, measures } = &draft.rows else { return };
    let first = measures.iter().copied().find(|measure| is_drawable(*measure));
    let Some(chart) = &mut draft.chart else { return };
    let Some(first) = first.filter(|_| !kinds.is_empty()) else {
        draft.chart = None;
        return;
    };
    chart.measures.retain(|measure| measures.contains(measure));
    if chart.measures.is_empty() {
        chart.measures.push(first);
    }
    if !kinds.contains(&chart.kind) {
        chart.kind = kinds[0];
    }
}

fn sorted_measure(draft: &Definition) -> Option<(Measure, bool)> {
    let sort = draft.sort?;
    let Rows::Summed { by: _, measures } = &draft.rows else { return None };
    Some((*measures.get(sort.column as usize)?, sort.descending))
}

/// Keeps to the figure when its place changed.
fn sort_by(draft: &mut Definition, sorted: Option<(Measure, bool)>) {
    let Rows::Summed { by: _, measures } = &draft.rows else { return };
    draft.sort = sorted.and_then(|(measure, descending)| {
        let at = measures.iter().position(|known| *known == measure)?;
        Some(Sort { column: u32::try_from(at).ok()?, descending })
    });
}

fn figures() -> Rows {
    Rows::Summed {
        by: vec![Dimension::Person],
        measures: vec![Measure::Calls, Measure::Answered, Measure::Missed, Measure::TalkTime],
    }
}

const CALL_FIELDS: [Field; 6] = [
    Field::StartedAt,
    Field::Direction,
    Field::OutsideName,
    Field::OutsideNumber,
    Field::People,
    Field::Outcome,
];

const EVENT_FIELDS: [Field; 5] =
    [Field::StartedAt, Field::OutsideNumber, Field::Event, Field::EventLength, Field::EventPerson];

fn or_usual(kept: Vec<Field>, usual: &[Field]) -> Vec<Field> {
    if kept.is_empty() { usual.to_vec() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(draft: &Definition) -> Vec<Measure> {
        match &draft.rows {
            Rows::Summed { by: _, measures } => measures.clone(),
            Rows::Calls { .. } | Rows::Events { .. } => Vec::new(),
        }
    }

    #[test]
    fn a_fresh_report_can_be_run() {
        assert_eq!(fresh().trouble(), None, "the builder begins with figures on the screen");
    }

    #[test]
    fn figures_that_the_rows_cannot_tell_go() {
        let mut draft = fresh();
        turn_measure(&mut draft, Measure::Occupancy);
        set_dimension(&mut draft, 0, Some(Dimension::Trunk));
        assert!(!measures(&draft).contains(&Measure::Occupancy), "a trunk has no occupancy");
        assert_eq!(draft.trouble(), None, "what is left can be run");
    }

    #[test]
    fn rows_are_not_split_twice_by_the_same_thing() {
        let mut draft = fresh();
        set_dimension(&mut draft, 1, Some(Dimension::Person));
        assert_eq!(draft.trouble(), None, "the second one is left out");
    }

    #[test]
    fn sorting_keeps_to_its_figure_when_another_one_goes() {
        let mut draft = fresh();
        draft.sort = Some(Sort { column: 3, descending: true });
        turn_measure(&mut draft, Measure::Calls);
        assert_eq!(draft.sort, Some(Sort { column: 2, descending: true }), "talk time is the third now");
        turn_measure(&mut draft, Measure::TalkTime);
        assert_eq!(draft.sort, None, "the figure itself is gone");
    }

    #[test]
    fn a_chart_draws_only_what_the_report_has() {
        let mut draft = fresh();
        set_chart(&mut draft, Some(ChartKind::Bar));
        assert_eq!(draft.chart.as_ref().map(|chart| chart.measures.clone()), Some(vec![Measure::Calls]));
        turn_drawn(&mut draft, Measure::TalkTime);
        let drawn = draft.chart.as_ref().map(|chart| chart.measures.clone());
        assert_eq!(drawn, Some(vec![Measure::TalkTime]), "one axis has one unit");
        turn_measure(&mut draft, Measure::TalkTime);
        let drawn = draft.chart.as_ref().map(|chart| chart.measures.clone());
        assert_eq!(drawn, Some(vec![Measure::Calls]), "what is left is drawn in its place");
    }

    #[test]
    fn a_heat_map_needs_two_dimensions() {
        let mut draft = fresh();
        set_dimension(&mut draft, 1, Some(Dimension::HourOfDay));
        set_chart(&mut draft, Some(ChartKind::Heat));
        set_dimension(&mut draft, 1, None);
        assert_eq!(draft.chart.map(|chart| chart.kind), Some(ChartKind::Bar), "it falls back to bars");
    }

    #[test]
    fn a_name_that_is_being_typed_does_not_stop_the_preview() {
        let mut draft = fresh();
        draft.name.clear();
        assert!(draft.trouble().is_some(), "it cannot be kept so");
        assert_eq!(to_preview(&draft).trouble(), None, "but it can be looked at");
    }

    #[test]
    fn columns_of_a_call_stay_when_events_become_calls() {
        let mut draft = fresh();
        set_kind(&mut draft, RowsKind::Events);
        set_kind(&mut draft, RowsKind::Calls);
        assert_eq!(
            draft.rows,
            Rows::Calls { fields: vec![Field::StartedAt, Field::OutsideNumber] },
            "those of events go"
        );
    }
}
