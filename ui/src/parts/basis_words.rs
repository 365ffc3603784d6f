//! What a call rests on, in sentences.

use super::words::length;
use crate::words::{fill, plural, say};
use contract::calls::{BasisView, CallView};
use model::{Ending, MatchMethod, Relation};

/// One sentence per source, and one on the clock where it mattered.
pub fn sources(basis: &BasisView, ended_ms: Option<i64>) -> Vec<String> {
    let mut says = vec![devlink(basis), smdr(basis, ended_ms)];
    says.extend(basis.clock_ahead_ms.map(clock));
    says
}

/// Records were joined to what DevLink3 told, so that they can be parted again.
pub fn is_joined(basis: &BasisView) -> bool {
    basis.devlink_events > 0 && !basis.records.is_empty() && basis.method.is_some()
}

/// What else is known of the call: what was dialled, the line, the account, how it ended.
pub fn particulars(call: &CallView) -> Vec<String> {
    let known = [
        call.dialed_number.as_ref().map(|number| fill("Dialled {number}", &[("number", number)])),
        call.trunk.as_ref().map(|trunk| line(trunk)),
        call.account_code.as_ref().map(|code| fill("Account {code}", &[("code", code)])),
        call.ending.map(|ending| ending_words(ending).to_owned()),
        call.row.emergency.then(|| say("Emergency call").to_owned()),
        (!call.row.start_known).then(|| say("Its beginning was not seen").to_owned()),
    ];
    known.into_iter().flatten().collect()
}

/// What the other call is to this one; its own words follow.
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Consultation => say("A consultation during this call"),
        Relation::ConsultationOf => say("This is a consultation during"),
        Relation::Twin => say("The leg to a mobile twin"),
        Relation::TwinOf => say("This is the leg to a mobile twin of"),
        Relation::Conference => say("A leg of the conference it became"),
        Relation::ConferenceOf => say("This is a leg of the conference that became of"),
    }
}

fn devlink(basis: &BasisView) -> String {
    if basis.devlink_events == 0 {
        return say("DevLink3: nothing heard of this call").to_owned();
    }
    let events = plural(u64::from(basis.devlink_events), "{count} event", "{count} events");
    if basis.legs.is_empty() {
        return format!("DevLink3: {events}");
    }
    format!("DevLink3: {events}, {}", basis.legs.join(", "))
}

fn smdr(basis: &BasisView, ended_ms: Option<i64>) -> String {
    match (basis.records.is_empty(), ended_ms) {
        (true, None) => {
            return say("SMDR: no record yet; the PBX writes it when the call is over").to_owned();
        }
        (true, Some(_)) => return say("SMDR: no record of this call").to_owned(),
        (false, _) => {}
    }
    let records = plural(basis.records.len() as u64, "{count} record", "{count} records");
    let Some(method) = basis.method else { return format!("SMDR: {records}") };
    let given = [("records", records.as_str())];
    match (method, basis.confidence) {
        (MatchMethod::CallId, _) => fill("SMDR: {records}, joined by server and call id (certain)", &given),
        (MatchMethod::BestScore, None) => {
            fill("SMDR: {records}, joined by time, number, extension and lengths", &given)
        }
        (MatchMethod::BestScore, Some(confidence)) => {
            let sure = super::recording_words::sure(confidence);
            fill(
                "SMDR: {records}, joined by time, number, extension and lengths ({sure})",
                &[("records", &records), ("sure", &sure)],
            )
        }
        (MatchMethod::ByHand, _) => fill("SMDR: {records}, joined by hand", &given),
    }
}

fn clock(ahead_ms: i64) -> String {
    let off = length(ahead_ms.abs());
    if ahead_ms < 0 {
        fill("The PBX's clock was {length} behind; corrected", &[("length", &off)])
    } else {
        fill("The PBX's clock was {length} ahead; corrected", &[("length", &off)])
    }
}

/// The PBX calls some lines "Line 5" itself.
fn line(trunk: &str) -> String {
    if trunk.starts_with("Line") { trunk.to_owned() } else { fill("Line {trunk}", &[("trunk", trunk)]) }
}

fn ending_words(ending: Ending) -> &'static str {
    match ending {
        Ending::CallingDrop => say("The caller hung up first"),
        Ending::ReceivingDrop => say("The called side hung up first"),
        Ending::Unseen => say("It ended while the link was down"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::calls::RecordLine;

    fn basis(events: u32, records: usize, method: Option<MatchMethod>, confidence: Option<f32>) -> BasisView {
        BasisView {
            devlink_events: events,
            legs: vec!["call 3 on 192.168.42.3".into()],
            records: (0..records).map(|_| RecordLine { call_id: 1, text: String::new() }).collect(),
            method,
            confidence,
            clock_ahead_ms: None,
        }
    }

    #[test]
    fn a_call_joined_by_its_id_is_certain() {
        assert_eq!(
            sources(&basis(23, 2, Some(MatchMethod::CallId), Some(1.0)), Some(9)),
            [
                "DevLink3: 23 events, call 3 on 192.168.42.3",
                "SMDR: 2 records, joined by server and call id (certain)"
            ],
            "both sources and how they were joined"
        );
    }

    #[test]
    fn a_call_joined_by_likeness_says_how_sure_it_is() {
        let words = sources(&basis(1, 1, Some(MatchMethod::BestScore), Some(0.97)), Some(9));
        assert_eq!(
            words[1], "SMDR: 1 record, joined by time, number, extension and lengths (97 % sure)",
            "a likeness is not a certainty"
        );
    }

    #[test]
    fn a_clock_that_was_off_is_told_with_its_way() {
        let mut off = basis(5, 1, Some(MatchMethod::BestScore), Some(0.9));
        off.clock_ahead_ms = Some(215_000);
        assert_eq!(sources(&off, Some(9))[2], "The PBX's clock was 3:35 ahead; corrected", "as on a clock");
        off.clock_ahead_ms = Some(-62_000);
        assert_eq!(
            sources(&off, Some(9))[2],
            "The PBX's clock was 1:02 behind; corrected",
            "it may be behind as well"
        );
    }

    #[test]
    fn only_records_that_were_joined_can_be_parted() {
        assert!(is_joined(&basis(23, 2, Some(MatchMethod::ByHand), None)), "by a rule or by hand");
        assert!(!is_joined(&basis(0, 2, None, None)), "SMDR alone has nothing to part from");
        assert!(!is_joined(&basis(23, 0, None, None)), "DevLink3 alone has nothing to part");
    }

    #[test]
    fn a_source_that_said_nothing_is_named_too() {
        assert_eq!(
            sources(&basis(0, 1, None, None), Some(9))[0],
            "DevLink3: nothing heard of this call",
            "SMDR alone"
        );
        assert!(sources(&basis(5, 0, None, None), None)[1].contains("no record yet"), "the call still lives");
        assert_eq!(
            sources(&basis(5, 0, None, None), Some(9))[1],
            "SMDR: no record of this call",
            "it is over, and none came or none was left to it"
        );
    }
}
