//! Delta3 texts.

use devlink3::delta3::{Tally, parse, write};
use model::fact::Fact;

/// As many facts as are counted; written again they are the same facts. Quotes within a text are the one exception: the
/// form has no way to write them, and they become apostrophes. Once they are, the text no longer changes.
pub fn delta3(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (facts, tally) = read(&text);
    assert_eq!(facts.len(), tally.records as usize, "each record is one fact");
    let tags = text.bytes().filter(|byte| *byte == b'<').count();
    let counted = tally.records + tally.unknown_elements + tally.malformed_records;
    assert!(counted as usize <= tags + 1, "{counted} elements out of {tags} tags");
    let written = written(&facts);
    let (again, tally) = read(&written);
    assert_eq!(
        tally,
        Tally { records: tally.records, ..Tally::default() },
        "our own text is clean: {written}"
    );
    for (fact, again) in facts.iter().zip(&again) {
        assert_eq!(format!("{again:?}"), with_apostrophes(&format!("{fact:?}")), "in {written}");
    }
    assert_eq!(again.len(), facts.len(), "none is lost in {written}");
    // A text that lost its quotes may need none around it any more.
    let settled = self::written(&again);
    assert_eq!(read(&settled).0, again, "written twice, the same facts");
    assert_eq!(self::written(&read(&settled).0), settled, "and from then on the same text");
}

fn read(text: &str) -> (Vec<Fact<'_>>, Tally) {
    let mut facts = Vec::new();
    let tally = parse(text, |fact| facts.push(fact));
    (facts, tally)
}

/// As shown, a quote within a text has a backslash before it; two of those are one that stands for itself.
fn with_apostrophes(shown: &str) -> String {
    shown.replace("\\\\", "\0").replace("\\\"", "'").replace('\0', "\\\\")
}

fn written(facts: &[Fact<'_>]) -> String {
    let mut text = String::new();
    for fact in facts {
        assert!(write::fact(fact, &mut text), "Delta3 can say what it said: {fact:?}");
    }
    text
}
