//! Which columns a report has: figures with their formulas, or fields of calls and events.

use crate::parts::icon::{Glyph, Icon};
use crate::state::report_draft::{raise_field, raise_measure, turn_field, turn_measure};
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::{fill, say, term};
use leptos::prelude::*;
use model::report::{Definition, Field, Measure, Rows, Scope, Unit};

/// One that can be a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offered {
    Figure(Measure),
    Field(Field),
}

impl Offered {
    fn label(self) -> &'static str {
        match self {
            Offered::Figure(measure) => term(measure.label()),
            Offered::Field(field) => term(field.label()),
        }
    }

    fn turn(self, definition: &mut Definition) {
        match self {
            Offered::Figure(measure) => turn_measure(definition, measure),
            Offered::Field(field) => turn_field(definition, field),
        }
    }

    fn raise(self, definition: &mut Definition) {
        match self {
            Offered::Figure(measure) => raise_measure(definition, measure),
            Offered::Field(field) => raise_field(definition, field),
        }
    }
}

#[component]
pub fn Columns() -> impl IntoView {
    let reports = use_office().reports;
    let typed = RwSignal::new(String::new());
    let chosen =
        Memo::new(move |_| reports.definition.with(|of| of.as_ref().map(chosen).unwrap_or_default()));
    let offer = Memo::new(move |_| {
        let typed = typed.get();
        reports.definition.with(|of| of.as_ref().map(|of| offered(of, &typed)).unwrap_or_default())
    });
    let lines = move || {
        let all = chosen.get().into_iter().enumerate();
        all.map(|(at, this)| chosen_line(reports, at, this)).collect_view()
    };
    let sections = move || {
        let found = offer.get();
        if found.is_empty() {
            return view! { <p class="mute sm">{say("Nothing here has these words.")}</p> }.into_any();
        }
        found
            .into_iter()
            .map(|section| {
                let items = section
                    .entries
                    .into_iter()
                    .map(|(this, formula)| offer_line(reports, chosen, this, formula));
                view! { <section><h4 class="lbl">{section.title}</h4>{items.collect_view()}</section> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <fieldset class="builder-part">
            <legend>{say("Columns")}</legend>
            <ol class="chosen-columns" data-testid="builder-chosen">{lines}</ol>
            <input type="text" placeholder=say("Find a figure") aria-label=say("Find a column") autocomplete="off" spellcheck="false" data-testid="builder-find" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
            <div class="offered-columns">{sections}</div>
        </fieldset>
    }
}

fn chosen_line(reports: Reports, at: usize, this: Offered) -> AnyView {
    let label = this.label();
    view! {
        <li>
            <span>{label}</span>
            <button type="button" class="icon-btn turned" aria-label=fill("{column}: earlier", &[("column", label)]) title=say("Earlier") disabled=at == 0 on:click=move |_| reports.change(|of| this.raise(of))><Icon of=Glyph::Back /></button>
            <button type="button" class="icon-btn" aria-label=fill("Remove {filter}", &[("filter", label)]) title=say("Remove") on:click=move |_| reports.change(|of| this.turn(of))><Icon of=Glyph::Close /></button>
        </li>
    }
    .into_any()
}

fn offer_line(reports: Reports, chosen: Memo<Vec<Offered>>, this: Offered, formula: &'static str) -> AnyView {
    let is_on = move || chosen.with(|chosen| chosen.contains(&this));
    view! {
        <label class="tick offered" title=formula>
            <input type="checkbox" data-testid="builder-column" prop:checked=is_on on:change=move |_| reports.change(|of| this.turn(of)) />
            <span>{this.label()}{(!formula.is_empty()).then(|| view! { <span class="says">{formula}</span> })}</span>
        </label>
    }
    .into_any()
}

#[derive(Clone, Debug, PartialEq)]
struct Section {
    title: &'static str,
    /// With its formula, which fields have not.
    entries: Vec<(Offered, &'static str)>,
}

/// What can be told for the rows, by kind; of that what has the typed words in its name or formula.
fn offered(definition: &Definition, typed: &str) -> Vec<Section> {
    let typed = typed.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&typed);
    match &definition.rows {
        Rows::Summed { by, measures: _ } => {
            let scope = Scope::of(by);
            let known: Vec<Measure> = Measure::ALL
                .iter()
                .copied()
                .filter(|measure| measure.is_known_of(scope, by))
                .filter(|measure| fits(term(measure.label())) || fits(term(measure.formula(scope))))
                .collect();
            groups()
                .into_iter()
                .map(|title| Section {
                    title,
                    entries: known
                        .iter()
                        .filter(|measure| group_of(**measure) == title)
                        .map(|measure| (Offered::Figure(*measure), term(measure.formula(scope))))
                        .collect(),
                })
                .filter(|section| !section.entries.is_empty())
                .collect()
        }
        Rows::Calls { fields: _ } => {
            let fields = |field: &Field| !field.is_of_event();
            vec![of_fields(say("Of the call"), fields, fits)]
                .into_iter()
                .filter(|of| !of.entries.is_empty())
                .collect()
        }
        Rows::Events { fields: _ } => {
            let (event, call) = (|field: &Field| field.is_of_event(), |field: &Field| !field.is_of_event());
            let all =
                [of_fields(say("Of the event"), event, fits), of_fields(say("Of its call"), call, fits)];
            all.into_iter().filter(|section| !section.entries.is_empty()).collect()
        }
    }
}

fn groups() -> [&'static str; 6] {
    [say("Counts"), "Rates", say("Times"), say("What phones did"), say("Moments"), say("Money")]
}

fn group_of(measure: Measure) -> &'static str {
    match measure.unit() {
        _ if measure.is_of_states() => say("What phones did"),
        Unit::Count | Unit::Number | Unit::Text => say("Counts"),
        Unit::Share => "Rates",
        Unit::Length => say("Times"),
        Unit::At => say("Moments"),
        Unit::Money => say("Money"),
    }
}

fn of_fields(title: &'static str, of: impl Fn(&Field) -> bool, fits: impl Fn(&str) -> bool) -> Section {
    let fields = Field::ALL.into_iter().filter(of).filter(|field| fits(term(field.label())));
    Section { title, entries: fields.map(|field| (Offered::Field(field), "")).collect() }
}

fn chosen(definition: &Definition) -> Vec<Offered> {
    match &definition.rows {
        Rows::Summed { by: _, measures } => measures.iter().copied().map(Offered::Figure).collect(),
        Rows::Calls { fields } | Rows::Events { fields } => {
            fields.iter().copied().map(Offered::Field).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::report_draft::{RowsKind, fresh, set_dimension, set_kind};
    use model::report::Dimension;

    fn labels(definition: &Definition, typed: &str) -> Vec<&'static str> {
        let sections = offered(definition, typed);
        sections.iter().flat_map(|section| &section.entries).map(|(this, _)| this.label()).collect()
    }

    #[test]
    fn only_figures_that_the_rows_can_tell_are_offered() {
        let mut draft = fresh();
        assert!(labels(&draft, "").contains(&"Occupancy"), "a person has one");
        set_dimension(&mut draft, 0, Some(Dimension::Trunk));
        assert!(!labels(&draft, "").contains(&"Occupancy"), "a trunk has none");
        assert!(labels(&draft, "").contains(&"Saturation"), "but it has channels");
    }

    #[test]
    fn figures_are_found_by_words_of_their_formula() {
        let found = labels(&fresh(), "logged-in time");
        assert!(found.contains(&"Occupancy"), "it is divided by it");
        assert!(!found.contains(&"Calls"), "they have nothing to do with it");
    }

    #[test]
    fn calls_have_no_columns_of_events() {
        let mut draft = fresh();
        set_kind(&mut draft, RowsKind::Calls);
        assert!(!labels(&draft, "").contains(&"Event length"), "there is more than one event in a call");
        set_kind(&mut draft, RowsKind::Events);
        assert_eq!(labels(&draft, "event length"), ["Event length"], "a row of events has it");
    }
}
