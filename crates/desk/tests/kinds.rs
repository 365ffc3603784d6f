//! Every kind of call from a recorded conversation: wire bytes and rows in, the call out. Each is heard three times: with
//! both sources, with DevLink3 alone, with SMDR alone.
//!
//! A recording is made by the simulator's example `record`; what is expected stands beside it in `.calls`, a line each.

mod judge;

use judge::{Sources, calls_of};
use model::figures::Figures;
use model::{At, Call, CallId, Said};
use simulator::Spoken;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const BEGINS: At = At::from_seconds(1_788_845_400);
const ZONE: &str = "Europe/Berlin";

macro_rules! kinds {
    ($($sentence:ident: $kind:literal;)*) => {$(
        #[test]
        fn $sentence() {
            let recording = include_str!(concat!("fixtures/kinds/", $kind, ".tape"));
            let expected = include_str!(concat!("fixtures/kinds/", $kind, ".calls"));
            assert_eq!(heard(recording), expected, "as it was recorded");
        }
    )*};
}

kinds! {
    a_caller_dials_a_person_who_answers: "inbound_direct";
    a_caller_who_withholds_the_number_is_a_call_without_one: "withheld";
    several_phones_of_a_group_ring_and_one_answers: "inbound_group";
    a_caller_queues_until_a_phone_of_the_group_is_free: "queued";
    an_announcement_in_the_queue_is_still_the_queue: "queue_announcement";
    a_queue_overflows_to_another_group: "overflow";
    a_caller_gives_up_while_phones_ring: "abandoned_ringing";
    a_caller_gives_up_in_the_queue: "abandoned_queue";
    a_caller_who_was_answered_gives_up_on_hold: "abandoned_hold";
    the_auto_attendant_passes_a_caller_on_to_a_person: "auto_attendant";
    the_auto_attendant_passes_a_caller_on_and_nobody_answers: "auto_attendant_nobody";
    a_caller_hangs_up_in_the_auto_attendants_menu: "auto_attendant_abandoned";
    a_caller_leaves_a_message: "voicemail";
    a_call_is_held_and_taken_back: "hold_resume";
    a_call_is_held_and_taken_back_many_times: "hold_many";
    a_blind_transfer_credits_both_people: "blind_transfer";
    a_supervised_transfer_is_one_call_with_its_consultation_beside_it: "supervised_transfer";
    a_transfer_is_completed_while_the_colleague_still_rings: "transfer_while_ringing";
    a_call_is_transferred_to_a_number_outside: "transfer_outside";
    a_call_is_transferred_to_voicemail: "transfer_voicemail";
    a_call_is_parked_at_one_phone_and_taken_back_at_another: "park_unpark";
    another_phone_picks_a_ringing_call_up: "pickup";
    a_conference_is_one_call_with_all_its_people: "conference";
    a_mobile_twin_rings_and_the_desk_phone_answers: "twin_inside";
    a_mobile_twin_answers_outside: "twin_outside";
    a_phone_of_the_group_rejects_and_a_colleague_answers: "rejected";
    a_phone_on_do_not_disturb_sends_the_caller_to_voicemail: "do_not_disturb";
    a_diverted_phone_sends_the_caller_outside: "forwarded_outside";
    an_outbound_call_is_answered: "outbound_answered";
    an_outbound_call_is_not_answered: "outbound_unanswered";
    an_outbound_call_is_shown_without_its_access_digit: "outbound_access_digit";
    an_outbound_call_meets_a_busy_line: "outbound_busy";
    a_barred_number_is_never_dialled: "outbound_barred";
    an_emergency_call_is_marked: "emergency";
    colleagues_call_each_other: "internal_answered";
    a_colleague_does_not_answer: "internal_unanswered";
    a_call_crosses_two_nodes_of_a_network: "scn_inbound";
    a_group_of_another_node_rings: "scn_group";
}

fn heard(recording: &str) -> String {
    let spoken = spoken(recording);
    let mut text = String::new();
    for (name, sources) in [("both", Sources::Both), ("devlink3", Sources::Devlink), ("smdr", Sources::Smdr)]
    {
        let calls = calls_of(&spoken, ZONE, sources);
        for call in calls.values() {
            assert_eq!(judge::main_events_follow(call), Vec::<String>::new(), "every second is of one event");
        }
        for call in calls.values().filter(|call| call.is_counted()) {
            writeln!(text, "{name}: {}", summary(call, &calls)).expect("text");
        }
    }
    text
}

fn spoken(recording: &str) -> Vec<Spoken> {
    recording
        .lines()
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let ms: i64 = words.next().and_then(|word| word.parse().ok()).expect("milliseconds");
            let said = words.next().expect("what was said");
            let rest = words.next().unwrap_or_default();
            let (said, bytes) = match said {
                "snapshot" => (Said::DevlinkSnapshot, Vec::new()),
                "event" => (Said::DevlinkEvent, unhex(rest)),
                "rows" => (Said::SmdrLines, format!("{rest}\r\n").into_bytes()),
                "hunt_list" => (Said::HuntList, rest.replace("\\r", "\r").replace("\\n", "\n").into_bytes()),
                other => panic!("{other} is not said in a recording"),
            };
            Spoken { at: BEGINS.plus_ms(ms), said, bytes }
        })
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            let digits = std::str::from_utf8(pair).expect("text");
            u8::from_str_radix(digits, 16).expect("hexadecimal")
        })
        .collect()
}

/// `inbound 03023125105 answered 234 212: ringing 234 3.6, talking 234 65.7, park 234 41.9, talking 212 22.1`
fn summary(call: &Call, calls: &BTreeMap<CallId, Call>) -> String {
    let figures = Figures::of(call, call.ended_at.unwrap_or_default());
    let mut text = judge::word(call.direction).to_owned();
    let mut add = |word: &str| {
        text.push(' ');
        text.push_str(word);
    };
    add(call.external_number.as_deref().unwrap_or(if call.withheld { "withheld" } else { "-" }));
    for (is, word) in [
        (call.emergency, "emergency"),
        (figures.answered, "answered"),
        (figures.abandoned, "abandoned"),
        (figures.voicemail, "voicemail"),
    ] {
        if is {
            add(word);
        }
    }
    let events: Vec<String> = call
        .events
        .iter()
        .map(|event| {
            let seconds = event.ended_at.unwrap_or_default().ms_since(event.started_at) as f64 / 1000.0;
            let mut words = vec![format!("{}{}", if event.beside { "+" } else { "" }, event.kind.word())];
            words.extend(event.agent.clone());
            words.extend(event.group.as_ref().map(|group| format!("({group})")));
            words.extend(event.party.as_ref().map(|party| format!(">{party}")));
            words.extend(event.note.clone());
            words.push(format!("{seconds:.1}"));
            words.join(" ")
        })
        .collect();
    let mut related: Vec<String> = call
        .related
        .iter()
        .map(|related| {
            let other = calls.get(&related.id).map_or("lost", |other| judge::word(other.direction));
            format!("{:?} {other}", related.relation)
        })
        .collect();
    related.sort_unstable();
    let related = if related.is_empty() { String::new() } else { format!(" | {}", related.join(", ")) };
    format!("{text}: {}{related}", events.join(", "))
}
