//! The manual's records, their variants, and writing and reading back.

mod support;

use devlink3::delta3::{self, Tally};
use devlink3::event::EventWriter;
use devlink3::{Scratch, facts};
use model::fact::*;
use proptest::prelude::*;
use std::borrow::Cow;
use support::NODE;

const OFF_HOOK: &str = "<Detail><Call>c0a82a03,1,,,,0,,,,,</Call><PartyA>c0a82a03000003ea,1,7,1,3,0,0,0,1,8,106,,4001,0,0,,,,,,,4001,100</PartyA></Detail>";
const INBOUND: &str = "<Detail>\r\n <Call>c0a82a03,3,,,,0,,200,,200,</Call>\r\n <PartyA>0a82a0300002329,1,19,1,2,0,1,0,0,2,2,5.23,,0,0,5678,,,,,,01707123456,100</PartyA>\r\n <Target_list><Target>c0a82a03000003fe,0,0,8,106,,4002,0,4,,,200,901707123456,100</Target><Target>c0a82a03000003ff,0,0,8,106,,4003,0,4,,,200,901707123456,100</Target><Target>c0a82a0300000407,0,0,8,106,,4001,0,4,,,200,901707123456,100</Target></Target_list></Detail>";
const ANSWERED: &str = "<Detail><Call>c0a82a03,4,,,,0,,200,,200,</Call><PartyA>c0a82a030000232a,1,2,1,0,0,1,0,0,2,2,5.23,,0,0,5678,,,,,,01707123456,100</PartyA><PartyB>c0a82a0300000413,0,2,1,0,0,0,0,1,8,106,,4001,0,4,,,,,,200,901707123456,100</PartyB></Detail>";

fn read(text: &str) -> (Vec<Fact<'_>>, Tally) {
    let mut facts = Vec::new();
    let tally = delta3::parse(text, |fact| facts.push(fact));
    (facts, tally)
}

fn state(text: &str) -> CallState<'_> {
    match read(text) {
        (facts, Tally { records: 1, malformed_records: 0, .. }) => match facts.into_iter().next() {
            Some(Fact::CallState(state)) => *state,
            other => panic!("a call's state, not {other:?}"),
        },
        other => panic!("one good record, not {other:?}"),
    }
}

#[test]
fn off_hook_is_one_end_dialling_with_dial_tone() {
    let state = state(OFF_HOOK);
    assert_eq!(state.leg, LegId { node: NODE, call: 1 }, "node and call id");
    assert_eq!(state.a.id, EndId(0xC0A8_2A03_0000_03EA), "end id");
    assert_eq!(state.a.state, EndState::DIALLING, "state 7");
    assert!(state.a.came_in && state.a.audio && !state.a.public_line, "direction, audio path, public line");
    assert_eq!((state.a.tone, state.a.equipment), (3, Equipment::TDM_PHONE), "dial tone on a phone");
    assert_eq!((state.a.identity, state.a.cli), ("4001", "4001"), "the extension");
    assert_eq!((state.a.cli_presentation, state.a.name), (100, ""), "fields beyond 23 are absent");
    assert!(state.b.is_none() && state.targets.is_empty(), "nobody else");
}

#[test]
fn an_inbound_call_rings_three_phones_and_its_short_end_id_is_accepted() {
    let state = state(INBOUND);
    assert_eq!(state.a.id, EndId(0x00A8_2A03_0000_2329), "one digit short, as the manual prints it");
    assert_eq!((state.first_group, state.current_group, state.first_user), ("200", "200", ""), "groups");
    assert!(state.a.public_line, "a trunk");
    assert_eq!((state.a.did, state.a.cli, state.a.description), ("5678", "01707123456", "5.23"), "trunk");
    let ringing: Vec<_> = state.targets.iter().map(|target| target.identity).collect();
    assert_eq!(ringing, ["4002", "4003", "4001"], "in the order of the list");
    assert_eq!(
        (state.targets[2].purpose, state.targets[2].cli),
        ("200", "901707123456"),
        "each for group 200"
    );
}

#[test]
fn the_answer_connects_both_ends_and_the_hang_up_tells_who() {
    let state = state(ANSWERED);
    let b = state.b.expect("the phone");
    assert_eq!((state.a.state, b.state), (EndState::CONNECTED, EndState::CONNECTED), "both are connected");
    assert_eq!((b.identity, b.purpose, b.id), ("4001", "200", EndId(0xC0A8_2A03_0000_0413)), "4001 for 200");
    let left = PartyLeft {
        node: NODE,
        end: b.id,
        cleared_inbound: true,
        cause: CAUSE_NORMAL,
        stamp_tenths: None,
        transit: false,
    };
    assert_eq!(read(support::HANG_UP).0, [Fact::PartyLeft(left)], "4001 hangs up");
}

#[test]
fn links_lost_and_rejects_are_read() {
    let text = "<LinkLost>c0a82a03,c0a82a0300000413,0,126,991,7</LinkLost> <AttemptReject>c0a82a03,c0a82a03000003fe,Ann,dnd,992</AttemptReject>";
    let (facts, tally) = read(text);
    assert_eq!(tally.records, 2, "two records in one text");
    assert!(
        matches!(&facts[0], Fact::PartyLeft(left) if left.transit && left.cause == CAUSE_TRANSFER && left.stamp_tenths == Some(991)),
        "a transit's end, with its stamp"
    );
    assert!(
        matches!(&facts[1], Fact::TargetRefused(refused) if refused.user == "Ann" && refused.qualifier == "dnd"),
        "do not disturb"
    );
}

#[test]
fn later_fields_queue_name_and_call_flow_are_read() {
    let text = "<Detail><Call>c0a82a03,9,acc,,ucid,0,200,200,,200,,205,12,1,12345,201,\"menu, key 1\",77,new,newer</Call><PartyA>c0a82a0300000001,1,19,0,1,0,1,0,0,5,0,17.1,,0,0,,,,,,,017,0,2,\"Keller, \"Ann\" <x>\",c0a82a0300000009,more</PartyA></Detail>";
    let state = state(text);
    assert_eq!(state.queueing, Queueing::Queued, "field 14");
    assert_eq!((state.account_code, state.tag, state.owner_group), ("acc", "ucid", "200"), "fields 3, 5, 7");
    assert_eq!((state.voicemail_message, state.voicemail_seconds), ("205", 12), "fields 12, 13");
    assert_eq!((state.stamp_tenths, state.overflow_group), (Some(12_345), "201"), "fields 15, 16");
    assert_eq!((state.left_call_flow, state.call_flow_tenths), ("menu, key 1", 77), "fields 17, 18");
    assert!(!state.a.audio, "on hold");
    assert_eq!(state.a.name, "Keller, \"Ann\" <x>", "a quoted name holds anything");
    assert_eq!(state.a.related_end, Some(EndId(0xC0A8_2A03_0000_0009)), "field 26");
}

#[test]
fn unknown_elements_are_counted_and_cost_nothing_else() {
    let text = format!(
        "<?xml version=\"1.0\"?><New><Inner>1</Inner></New>{}<Other/>",
        OFF_HOOK.replace("</Detail>", "<PartyC>1,2</PartyC></Detail>")
    );
    let (facts, tally) = read(&text);
    assert_eq!(facts.len(), 1, "the record stands");
    assert_eq!((tally.unknown_elements, tally.malformed_records), (4, 0), "New, Inner, PartyC, Other");
}

#[test]
fn half_a_record_is_no_state() {
    for text in [
        &INBOUND[..INBOUND.len() - 9],
        "<Detail><Call>c0a82a03,1</Call></Detail>",
        "<Detail><Call>x,1</Call><PartyA>1</PartyA></Detail>",
        "<Detail><Call>c0a82a03,1</Call><PartyA>no id</PartyA></Detail>",
        "<CallLost>c0a82a03</CallLost>",
    ] {
        let (facts, tally) = read(text);
        assert!(facts.is_empty(), "{text}: half a state would look like parties that have left");
        assert_eq!(tally.malformed_records, 1, "{text}: counted");
    }
    let cut = format!("{}{ANSWERED}", &INBOUND[..80]);
    let (facts, tally) = read(&cut);
    assert_eq!((facts.len(), tally.malformed_records), (1, 1), "the record behind it stands");
}

#[test]
fn an_event_with_everything_gives_facts_in_order_and_counts_the_rest() {
    let mut event = EventWriter::new(NODE, 41);
    event.delta3(ANSWERED).unwrap();
    let leg = SipLeg {
        started: true,
        end: EndId(0xC0A8_2A1F_0000_03EB),
        line: Cow::Borrowed("17.1003.1"),
        trunk: true,
        came_in: true,
        sip_call_id: Cow::Borrowed("0f5757c5c504c74197be9699697eab8d"),
    };
    event.sip_track(&leg).unwrap();
    let plain =
        ExtensionNote { text: Cow::Borrowed("Extn4001: CALL LOST (CMCauseForceIdle)"), numbers: None };
    let extended = ExtensionNote { text: Cow::Borrowed("Extn4001"), numbers: Some([1, 2, 0]) };
    event.cm_extn(&plain).unwrap();
    event.cm_extn(&extended).unwrap();
    event.raw(0x0076_0099, b"new").unwrap();
    event.raw(0x0076_0001, b"<CallLost>c0a82a03,1,1,16</CallLost><Detail>\xFF\0").unwrap();
    let mut payload = event.into_payload();
    payload.extend_from_slice(&[0, 0x76, 0, 1, 0xFF, 0xFF, b'<']);

    let mut seen = Vec::new();
    let summary = facts(&payload, &mut Scratch::default(), |fact| match fact {
        Fact::CallState(state) => seen.push(format!("state of {}", state.leg.call)),
        Fact::SipLeg(said) => {
            assert_eq!(said, leg, "the SIP leg comes back");
            seen.push("sip".to_owned());
        }
        Fact::Extension(said) => {
            assert!(said == plain || said == extended, "the note comes back: {said:?}");
            seen.push(format!("extension {:?}", said.numbers));
        }
        other => seen.push(format!("{other:?}").chars().take(9).collect()),
    })
    .unwrap();
    assert_eq!(
        seen,
        ["state of 4", "sip", "extension None", "extension Some([1, 2, 0])", "PartyLeft"],
        "in order"
    );
    assert_eq!((summary.node, summary.counter, summary.facts), (NODE, 41, 5), "header and facts");
    assert_eq!(
        (summary.unknown_tuples, summary.malformed_records, summary.lossy_texts),
        (1, 1, 1),
        "one new tuple, half a Detail, one text that is not UTF-8"
    );
    assert!(summary.truncated.is_some() && !summary.is_clean(), "the last tuple is cut short");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[0-9]{1,8}", "[^\"\\x00-\\x1f\\x7f]{0,12}"]
}

prop_compose! {
    fn end_texts()(texts in prop::collection::vec(text(), 12), numbers in prop::array::uniform10(any::<u16>()), id: u64, related in prop::option::of(any::<u64>()), flags: [bool; 4]) -> (Vec<String>, [u16; 10], u64, Option<u64>, [bool; 4]) {
        (texts, numbers, id, related, flags)
    }
}

fn end(parts: &(Vec<String>, [u16; 10], u64, Option<u64>, [bool; 4])) -> End<'_> {
    let (texts, numbers, id, related, flags) = parts;
    End {
        id: EndId(*id),
        came_in: flags[0],
        state: EndState(numbers[0]),
        audio: flags[1],
        tone: numbers[1] as u8,
        remote: flags[2],
        public_line: flags[3],
        flags: u32::from(numbers[2]) * 65_537,
        emergency_location: &texts[0],
        equipment: Equipment(numbers[3]),
        equipment_type: numbers[4],
        description: &texts[1],
        identity: &texts[2],
        called_type: CalledType(numbers[5]),
        called_reason: numbers[6],
        did: &texts[3],
        dialled: &texts[4],
        on_behalf_of: &texts[5],
        target_number: &texts[6],
        target_sub_address: &texts[7],
        purpose: &texts[8],
        cli: &texts[9],
        cli_presentation: numbers[7],
        name_type: numbers[8],
        name: &texts[10],
        related_end: related.map(EndId),
    }
}

proptest! {
    #[test]
    fn a_state_survives_being_written_and_read(
        call in prop::collection::vec(text(), 11),
        a in end_texts(),
        b in prop::option::of(end_texts()),
        targets in prop::collection::vec(end_texts(), 0..4),
        node: u32,
        id: u32,
        queueing in prop_oneof![Just(Queueing::No), Just(Queueing::Queued), Just(Queueing::Announcement)],
        stamp in prop::option::of(0_u64..u64::from(u32::MAX) * 1_000),
    ) {
        let state = CallState {
            leg: LegId { node: NodeId(node), call: id },
            account_code: &call[0],
            tag: &call[1],
            owner_group: &call[2],
            first_group: &call[3],
            first_user: &call[4],
            current_group: &call[5],
            current_user: &call[6],
            voicemail_message: &call[7],
            voicemail_seconds: node,
            queueing,
            stamp_tenths: stamp,
            overflow_group: &call[8],
            left_call_flow: &call[9],
            call_flow_tenths: id,
            a: end(&a),
            b: b.as_ref().map(end),
            targets: targets.iter().map(|parts| {
                let end = end(parts);
                Target {
                    id: end.id, remote: end.remote, public_line: end.public_line, equipment: end.equipment,
                    equipment_type: end.equipment_type, description: end.description, identity: end.identity,
                    called_type: end.called_type, called_reason: end.called_reason, target_number: end.target_number,
                    target_sub_address: end.target_sub_address, purpose: end.purpose, cli: end.cli,
                    cli_presentation: end.cli_presentation,
                }
            }).collect(),
        };
        let fact = Fact::CallState(Box::new(state));
        let mut written = String::new();
        prop_assert!(delta3::write::fact(&fact, &mut written), "Delta3 can say it");
        let (read, tally) = read(&written);
        prop_assert_eq!(tally, Tally { records: 1, ..Tally::default() }, "cleanly: {}", written);
        prop_assert_eq!(&read[0], &fact, "{}", written);
    }

    #[test]
    fn no_text_makes_the_reader_panic(pieces in prop::collection::vec(prop_oneof![
        Just("<Detail>"), Just("</Detail>"), Just("<Call>"), Just("<PartyA>"), Just("<Target>"), Just("c0a82a03,1,"), Just("\""),
        Just(","), Just("<"), Just(">"), Just("ä"), Just("\0"), Just("/"), Just("<CallLost>"), Just(" "),
    ], 0..60)) {
        read(&pieces.concat());
    }
}

#[test]
fn quotes_without_end_do_not_take_quadratic_time() {
    let text = format!("<Detail><Call>{}", "\"a,".repeat(20_000));
    let begun = std::time::Instant::now();
    read(&text);
    assert!(begun.elapsed().as_secs() < 2, "a hostile event of 60 KB must not stop the desk");
}
