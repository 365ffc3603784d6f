//! The call that a person was on at an instant: how to ask for it, how to know it, and the list to show it in.

use super::filter::CallQuery;
use super::range::Range;
use contract::calls::{AskCalls, CallFilter, CallRow, CallSort};
use contract::people::Stretch;

/// A call that a person is still on began within this: longer ones are left open by a fault, not by two people.
const LONGEST_CALL_MS: i64 = 12 * 3_600_000;
/// Of a person's calls before an instant, the one that lasts to it is among the latest few.
const FEW: u32 = 20;
/// Sources tell of the same instant a moment apart.
const SLACK_MS: i64 = 2_000;
const MINUTE_MS: i64 = 60_000;

/// Asks for the calls among which the one of this stretch is.
pub fn question(extension: &str, stretch: Stretch) -> AskCalls {
    let filter = CallFilter {
        from_ms: Some(stretch.from_ms - LONGEST_CALL_MS),
        to_ms: Some(stretch.from_ms + SLACK_MS),
        agent: Some(extension.to_owned()),
        ..CallFilter::default()
    };
    AskCalls { filter, sort: CallSort::NewestFirst, after: None, limit: FEW }
}

/// Of the person's calls, newest first, the one that was going on at the beginning of the stretch.
pub fn call_of(rows: &[CallRow], stretch: Stretch) -> Option<&CallRow> {
    rows.iter().find(|row| {
        let had_begun = row.started_ms <= stretch.from_ms + SLACK_MS;
        had_begun
            && row
                .ended_ms
                .is_none_or(|ended_ms| ended_ms >= stretch.from_ms + SLACK_MS.min(length_ms(stretch)))
    })
}

/// The list with the person's calls of that time: from the beginning of the call, or of the stretch where no call is
/// known, to the end of the stretch, in whole minutes.
pub fn list_of(extension: &str, stretch: Stretch, call: Option<&CallRow>, offset_ms: i64) -> CallQuery {
    let began_ms = call.map_or(stretch.from_ms, |row| row.started_ms.min(stretch.from_ms));
    let from_ms = began_ms - began_ms.rem_euclid(MINUTE_MS);
    let to_ms = stretch.to_ms + (-stretch.to_ms).rem_euclid(MINUTE_MS);
    let range = Range::Between { from_ms, to_ms: to_ms.max(from_ms + MINUTE_MS), offset_ms };
    CallQuery { range, ..CallQuery::of_agent(extension) }
}

fn length_ms(stretch: Stretch) -> i64 {
    stretch.to_ms - stretch.from_ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::call_list::tests::row;
    use model::AgentState;

    const HOUR_MS: i64 = 3_600_000;

    fn ended(id: &str, started_ms: i64, ended_ms: i64) -> CallRow {
        CallRow { ended_ms: Some(ended_ms), ..row(id, started_ms) }
    }

    fn talking(from_ms: i64, to_ms: i64) -> Stretch {
        Stretch { state: AgentState::Talking, from_ms, to_ms }
    }

    #[test]
    fn the_call_that_was_going_on_is_found() {
        let rows = [
            ended("later", 10 * HOUR_MS + 1_000, 10 * HOUR_MS + 1_500),
            ended("this", 9 * HOUR_MS, 11 * HOUR_MS),
            ended("earlier", 8 * HOUR_MS, 9 * HOUR_MS),
        ];
        let found = call_of(&rows, talking(10 * HOUR_MS, 11 * HOUR_MS));
        assert_eq!(found.map(|row| row.id.as_str()), Some("this"), "it began before and lasted on");
        let live = [row("live", 9 * HOUR_MS)];
        assert!(call_of(&live, talking(10 * HOUR_MS, 11 * HOUR_MS)).is_some(), "a call that lives lasts");
        assert!(
            call_of(&rows[2..], talking(10 * HOUR_MS, 11 * HOUR_MS)).is_none(),
            "one that was over does not"
        );
    }

    #[test]
    fn a_talk_of_a_moment_is_found_as_well() {
        let rows = [ended("short", 9 * HOUR_MS, 9 * HOUR_MS + 900)];
        assert!(call_of(&rows, talking(9 * HOUR_MS + 200, 9 * HOUR_MS + 900)).is_some(), "it lasted as long");
    }

    #[test]
    fn the_list_reaches_back_to_the_beginning_of_the_call() {
        let call = ended("this", 9 * HOUR_MS + 30_000, 11 * HOUR_MS);
        let query = list_of("204", talking(10 * HOUR_MS, 11 * HOUR_MS - 1), Some(&call), 0);
        assert_eq!(
            query.range.bounds_ms(0, |_| 0),
            (Some(9 * HOUR_MS), Some(11 * HOUR_MS)),
            "in whole minutes"
        );
        assert_eq!(query.filter.agent.as_deref(), Some("204"), "with this person");
        let admitted = query.admits(&call, &query.to_filter(0, |_| 0));
        assert_ne!(admitted, crate::state::filter::Admits::No, "the call itself is in it");
    }
}
