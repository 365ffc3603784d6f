//! The directory in words: whose extension when, where a name comes from, what a line of a file will do.

use crate::words::{fill, plural, say};
use contract::directory::{Holding, LineVerdict, NameSource, PeoplePreview};

/// "204", "204 since 1 Jul 2026", "204 until 30 Jun 2026", "204, 1 Jul 2026 to 31 Dec 2026". The days are written by
/// whoever knows the office's zone.
pub fn holding(holding: &Holding, first_day: Option<String>, last_day: Option<String>) -> String {
    let extension = &holding.extension;
    match (first_day, last_day) {
        (None, None) => extension.clone(),
        (Some(first), None) => fill("{extension} since {day}", &[("extension", extension), ("day", &first)]),
        (None, Some(last)) => fill("{extension} until {day}", &[("extension", extension), ("day", &last)]),
        (Some(first), Some(last)) => {
            fill("{extension}, {from} to {to}", &[("extension", extension), ("from", &first), ("to", &last)])
        }
    }
}

pub fn source(source: NameSource) -> &'static str {
    match source {
        NameSource::Pbx => say("from the phone system"),
        NameSource::Csv => say("from a file"),
        NameSource::Hand => say("entered here"),
    }
}

/// One word, and more where there is more to say.
pub fn verdict(verdict: &LineVerdict) -> (&'static str, &str) {
    match verdict {
        LineVerdict::Added => (say("new"), ""),
        LineVerdict::Changed { says } => (say("changes"), says),
        LineVerdict::Same => (say("as it is"), ""),
        LineVerdict::Bad { says } => (say("left out"), says),
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
        (preview.added, say("{count} new")),
        (preview.changed, say("{count} that change something")),
        (preview.same, say("{count} as they are already")),
        (preview.bad, say("{count} that cannot be taken in")),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words.replace("{count}", &count.to_string()))
        .collect();
    let lines = plural(preview.lines.len() as u64, "{count} line", "{count} lines");
    if parts.is_empty() { lines } else { format!("{lines}: {}", parts.join(", ")) }
}

/// What was taken in.
pub fn taken_in(done: &PeoplePreview) -> String {
    let added = plural(u64::from(done.added), "{count} entry", "{count} entries");
    let changed = done.changed.to_string();
    if done.bad == 0 {
        return fill("{added} added, {changed} changed.", &[("added", &added), ("changed", &changed)]);
    }
    let left_out = plural(u64::from(done.bad), "{count} line", "{count} lines");
    fill(
        "{added} added, {changed} changed, {left_out} left out.",
        &[("added", &added), ("changed", &changed), ("left_out", &left_out)],
    )
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
