//! What deciding by hand will do, said before it is done; and why two calls might be one.

use super::words::{direction, length, named, party};
use crate::words::{fill, plural, say};
use contract::calls::{CallRow, CallView, RelatedCall};
use model::Relation;

/// Said under every question.
pub fn kept() -> &'static str {
    say(
        "The decision is kept, also when all calls are worked out anew from what the sources said. You can take it back at any time, here in the call.",
    )
}

/// A call in a few words: "10:42:18, in, Hartmann Heating, 3:41". `when` is its beginning as it is shown.
pub fn call(row: &CallRow, when: &str) -> String {
    let lasted =
        row.ended_ms.map_or_else(|| say("still going").to_owned(), |ended| length(ended - row.started_ms));
    format!("{when}, {}, {}, {lasted}", direction(row.direction).1, party(row).0)
}

/// Parting the records from a call.
pub fn part_records(call: &CallView) -> String {
    let events = plural(u64::from(call.basis.devlink_events), "{count} event", "{count} events");
    match call.basis.records.len() {
        1 => fill(
            "Its SMDR record becomes a call of their own. This call keeps what DevLink3 told of it, {events}, and loses what only the records knew. Both count in all figures.",
            &[("events", &events)],
        ),
        many => fill(
            "Its {count} SMDR records become a call of their own. This call keeps what DevLink3 told of it, {events}, and loses what only the records knew. Both count in all figures.",
            &[("count", &many.to_string()), ("events", &events)],
        ),
    }
}

/// Letting a related call count by itself.
pub fn part_related(related: &RelatedCall) -> String {
    let what = match related.relation {
        Relation::Consultation => say("The other call is then no consultation during this one"),
        Relation::ConsultationOf => say("This call is then no consultation during the other one"),
        Relation::Twin => say("The other call is then no leg to a mobile twin of this one"),
        Relation::TwinOf => say("This call is then no leg to a mobile twin of the other one"),
        Relation::Conference => say("The other call is then no leg of this conference"),
        Relation::ConferenceOf => say("This call is then no leg of the other one's conference"),
    };
    fill("{what}. Each counts by itself in all figures.", &[("what", what)])
}

/// Making two calls one.
pub fn join(earlier: &str) -> String {
    fill(
        "The two become one call that begins at {earlier}. It has the events and the records of both, and counts once in all figures.",
        &[("earlier", earlier)],
    )
}

/// Why the other call might be the same conversation, the strongest reason first.
pub fn reasons(this: &CallRow, other: &CallRow) -> String {
    let same_number = match (&this.number, &other.number) {
        (Some(one), Some(two)) => digits(one) == digits(two),
        (Some(_) | None, Some(_) | None) => false,
    };
    let both =
        this.talked.iter().find(|agent| other.talked.iter().any(|theirs| theirs.number == agent.number));
    let parts = [
        same_number.then(|| say("same number").to_owned()),
        both.map(|agent| fill("{who} on both", &[("who", named(agent))])),
        Some(apart(this, other)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How the other call lies in time to this one.
fn apart(this: &CallRow, other: &CallRow) -> String {
    let before_ms = other.ended_ms.map(|ended_ms| this.started_ms - ended_ms).filter(|ms| *ms >= 0);
    let after_ms = this.ended_ms.map(|ended_ms| other.started_ms - ended_ms).filter(|ms| *ms >= 0);
    let later_ms = other.started_ms - this.started_ms;
    match (before_ms, after_ms) {
        (Some(ms), _) => fill("ended {length} before this one began", &[("length", &length(ms))]),
        (None, Some(ms)) => fill("began {length} after this one ended", &[("length", &length(ms))]),
        (None, None) if later_ms == 0 => say("began at the same time").to_owned(),
        (None, None) if later_ms > 0 => {
            fill("began {length} later, while this one was going on", &[("length", &length(later_ms))])
        }
        (None, None) => {
            fill("began {length} earlier and was still going on", &[("length", &length(-later_ms))])
        }
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::call_list::tests::row;
    use contract::calls::Named;

    fn between(id: &str, from_s: i64, to_s: i64) -> CallRow {
        let mut row = row(id, from_s * 1_000);
        row.ended_ms = Some(to_s * 1_000);
        row.number = None;
        row
    }

    #[test]
    fn the_reason_says_what_the_two_have_in_common_and_how_far_apart_they_are() {
        let mut this = between("a", 100, 200);
        let mut other = between("b", 212, 300);
        assert_eq!(reasons(&this, &other), "began 0:12 after this one ended", "nearness alone");
        let ann = Named { number: "204".into(), name: Some("Ann Keller".into()) };
        this.talked.push(ann.clone());
        other.talked.push(ann);
        this.number = Some("+49 89 5550".into());
        other.number = Some("+49895550".into());
        assert_eq!(
            reasons(&this, &other),
            "same number, Ann Keller on both, began 0:12 after this one ended",
            "however the number is written"
        );
    }

    #[test]
    fn calls_that_overlap_say_so() {
        let this = between("a", 100, 200);
        assert_eq!(reasons(&this, &between("b", 40, 88)), "ended 0:12 before this one began", "before");
        assert_eq!(
            reasons(&this, &between("b", 105, 300)),
            "began 0:05 later, while this one was going on",
            "the one into the other"
        );
        assert_eq!(
            reasons(&this, &between("b", 95, 150)),
            "began 0:05 earlier and was still going on",
            "the other way round"
        );
    }

    #[test]
    fn two_calls_without_a_number_do_not_have_the_same_one() {
        let reason = reasons(&between("a", 100, 200), &between("b", 100, 150));
        assert_eq!(reason, "began at the same time", "withheld is no number");
    }
}
