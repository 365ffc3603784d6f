//! The directory in words: whose extension when, where a name comes from, what a line of a file will do.

use crate::parts::words::counted;
use contract::directory::{Holding, LineVerdict, NameSource, PeoplePreview};

/// "204", "204 since 1 Jul 2026", "204 until 30 Jun 2026", "204, 1 Jul 2026 to 31 Dec 2026". The days are written by
/// whoever knows the office's zone.
pub fn holding(holding: &Holding, first_day: Option<String>, last_day: Option<String>) -> String {
    let extension = &holding.extension;
    match (first_day, last_day) {
        (None, None) => extension.clone(),
        (Some(first), None) => format!("{extension} since {first}"),
        (None, Some(last)) => format!("{extension} until {last}"),
        (Some(first), Some(last)) => format!("{extension}, {first} to {last}"),
    }
}

pub fn source(source: NameSource) -> &'static str {
    match source {
        NameSource::Pbx => "from the phone system",
        NameSource::Csv => "from a file",
        NameSource::Hand => "entered here",
    }
}

/// One word, and more where there is more to say.
pub fn verdict(verdict: &LineVerdict) -> (&'static str, &str) {
    match verdict {
        LineVerdict::Added => ("new", ""),
        LineVerdict::Changed { says } => ("changes", says),
        LineVerdict::Same => ("as it is", ""),
        LineVerdict::Bad { says } => ("left out", says),
    }
}

/// Sets the colour of a verdict.
pub fn verdict_class(verdict: &LineVerdict) -> &'static str {
    match verdict {
        LineVerdict::Added => "added",
        LineVerdict::Changed { .. } => "changed",
        LineVerdict::Same => "same",
        LineVerdict::Bad { .. } => "bad",
    }
}

/// What the file would do, before it is taken in.
pub fn preview(preview: &PeoplePreview) -> String {
    let parts = [
        (preview.added, "new"),
        (preview.changed, "that change something"),
        (preview.same, "as they are already"),
        (preview.bad, "that cannot be taken in"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let lines = counted(preview.lines.len() as u64, "line", "lines");
    if parts.is_empty() { lines } else { format!("{lines}: {}", parts.join(", ")) }
}

/// What was taken in.
pub fn taken_in(done: &PeoplePreview) -> String {
    let left_out = match done.bad {
        0 => String::new(),
        1 => ", 1 line left out".to_owned(),
        bad => format!(", {bad} lines left out"),
    };
    let added = counted(u64::from(done.added), "entry", "entries");
    format!("{added} added, {} changed{left_out}.", done.changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_says_when_it_was_someones() {
        let ann = Holding { site: 1, extension: "204".into(), from_ms: None, to_ms: None };
        let days = || (Some("1 Jul".to_owned()), Some("31 Dec".to_owned()));
        assert_eq!(holding(&ann, None, None), "204", "always");
        assert_eq!(holding(&ann, days().0, None), "204 since 1 Jul", "still");
        assert_eq!(holding(&ann, None, days().1), "204 until 31 Dec", "no more");
        assert_eq!(holding(&ann, days().0, days().1), "204, 1 Jul to 31 Dec", "for a time");
    }

    #[test]
    fn a_file_says_what_it_would_do() {
        let file = PeoplePreview { added: 3, bad: 1, ..PeoplePreview::default() };
        assert_eq!(preview(&file), "0 lines: 3 new, 1 that cannot be taken in", "only what there is");
        assert_eq!(taken_in(&file), "3 entries added, 0 changed, 1 line left out.", "and what it did");
    }
}
