//! The list of reports: one's own first, the standard ones by chapter, and what typing leaves of them.

use crate::words::say;
use contract::reports::{ReportRef, Reports};
use model::report::{Chapter, Definition};

/// A heading and the reports under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub title: &'static str,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub report: ReportRef,
    pub title: String,
    pub says: String,
}

/// What has all of the typed words in its name or its sentence; everything when nothing is typed.
pub fn sections(all: &Reports, typed: &str) -> Vec<Section> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let entry = |report: ReportRef, definition: &Definition| {
        let text = format!("{} {}", definition.name, definition.says).to_lowercase();
        let fits = words.iter().all(|word| text.contains(word));
        fits.then(|| Entry { report, title: definition.name.clone(), says: definition.says.clone() })
    };
    let own = all.own.iter().filter_map(|own| entry(ReportRef::Own { id: own.id }, &own.definition));
    let own = Section { title: say("Your own"), entries: own.collect() };
    let standard = Chapter::ALL.into_iter().map(|chapter| Section {
        title: chapter_title(chapter),
        entries: all
            .standard
            .iter()
            .filter(|report| report.definition.chapter == chapter)
            .filter_map(|report| entry(ReportRef::Standard { name: report.name.clone() }, &report.definition))
            .collect(),
    });
    std::iter::once(own).chain(standard).filter(|section| !section.entries.is_empty()).collect()
}

pub fn find<'a>(all: &'a Reports, report: &ReportRef) -> Option<&'a Definition> {
    match report {
        ReportRef::Standard { name } => {
            all.standard.iter().find(|report| report.name == *name).map(|report| &report.definition)
        }
        ReportRef::Own { id } => all.own.iter().find(|own| own.id == *id).map(|own| &own.definition),
    }
}

/// As spelt in test hooks and in choices: `abandoned-calls`, `own-3`.
pub fn word(report: &ReportRef) -> String {
    match report {
        ReportRef::Standard { name } => name.clone(),
        ReportRef::Own { id } => format!("own-{id}"),
    }
}

/// The report that a word stands for, among those there are.
pub fn from_word(all: &Reports, text: &str) -> Option<ReportRef> {
    let standard = all.standard.iter().map(|report| ReportRef::Standard { name: report.name.clone() });
    let own = all.own.iter().map(|own| ReportRef::Own { id: own.id });
    standard.chain(own).find(|report| word(report) == text)
}

pub fn chapter_title(chapter: Chapter) -> &'static str {
    match chapter {
        Chapter::Calls => say("Calls"),
        Chapter::Agents => say("People"),
        Chapter::Groups => say("Groups and queues"),
        Chapter::Trunks => say("Trunks"),
        Chapter::Cost => say("Cost"),
        Chapter::Recordings => say("Recordings"),
        Chapter::Time => say("Time"),
    }
}

/// Which report was stored just now: the one that was not there before, or else the one of that name.
pub fn stored(before: &Reports, after: &Reports, name: &str) -> Option<ReportRef> {
    let is_new = |id: i64| before.own.iter().all(|own| own.id != id);
    let new = after.own.iter().find(|own| is_new(own.id));
    let found = new.or_else(|| after.own.iter().find(|own| own.definition.name == name))?;
    Some(ReportRef::Own { id: found.id })
}

/// What is wrong with a name under which a report is to be kept. `id` is the report's own, 0 for a new one.
pub fn name_trouble(all: &Reports, id: i64, name: &str) -> Option<&'static str> {
    let name = name.trim();
    if name.is_empty() {
        return Some(say("Give the report a name."));
    }
    let taken = all.own.iter().any(|own| own.id != id && own.definition.name.eq_ignore_ascii_case(name));
    taken.then_some(say("Another report of yours has this name."))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use contract::reports::{OwnReport, StandardReport};
    use model::report::{Dimension, FORMAT, Measure, Rows};

    pub(crate) fn definition(name: &str, chapter: Chapter) -> Definition {
        Definition {
            format: FORMAT,
            name: name.into(),
            says: format!("What {} tells.", name.to_lowercase()),
            chapter,
            rows: Rows::Summed {
                by: vec![Dimension::Direction],
                measures: vec![Measure::Calls, Measure::AverageTalk],
            },
            conditions: Vec::new(),
            hours: model::report::Hours::All,
            period: model::report::Period::default(),
            sort: None,
            top: None,
            chart: None,
        }
    }

    fn all() -> Reports {
        let standard = |name: &str, title: &str, chapter| StandardReport {
            name: name.into(),
            definition: definition(title, chapter),
        };
        Reports {
            standard: vec![
                standard("abandoned-calls", "Abandoned calls", Chapter::Calls),
                standard("agent-summary", "Agent summary", Chapter::Agents),
            ],
            own: vec![OwnReport { id: 3, definition: definition("Monday morning", Chapter::Calls) }],
        }
    }

    #[test]
    fn ones_own_reports_come_first() {
        let titles: Vec<_> = sections(&all(), "").into_iter().map(|section| section.title).collect();
        assert_eq!(titles, ["Your own", "Calls", "People"], "chapters without a report have no heading");
    }

    #[test]
    fn typed_words_are_looked_for_in_name_and_sentence() {
        let found = sections(&all(), "TELLS abandoned");
        let entries: Vec<_> = found.iter().flat_map(|section| &section.entries).collect();
        assert_eq!(entries.len(), 1, "both words are needed");
        assert_eq!(word(&entries[0].report), "abandoned-calls", "in either case");
        assert!(sections(&all(), "nothing of the kind").is_empty(), "no heading stands alone");
    }

    #[test]
    fn a_word_leads_back_to_its_report() {
        let all = all();
        for report in [ReportRef::Own { id: 3 }, ReportRef::Standard { name: "agent-summary".into() }] {
            assert_eq!(from_word(&all, &word(&report)), Some(report), "the same report comes back");
        }
        assert_eq!(from_word(&all, "own-4"), None, "there is no such report");
    }

    #[test]
    fn what_was_stored_is_found_by_its_new_id() {
        let before = all();
        let mut after = all();
        after.own.insert(0, OwnReport { id: 9, definition: definition("Monday morning", Chapter::Calls) });
        assert_eq!(
            stored(&before, &after, "Monday morning"),
            Some(ReportRef::Own { id: 9 }),
            "not the older one of the same name"
        );
        assert_eq!(
            stored(&after, &after, "Monday morning"),
            Some(ReportRef::Own { id: 9 }),
            "one that was changed is found by name"
        );
    }

    #[test]
    fn two_reports_of_ones_own_do_not_share_a_name() {
        let all = all();
        assert!(name_trouble(&all, 0, " monday MORNING ").is_some(), "the name is taken");
        assert!(name_trouble(&all, 3, "Monday morning").is_none(), "by the report itself");
        assert!(name_trouble(&all, 0, "  ").is_some(), "a report needs a name");
    }
}
