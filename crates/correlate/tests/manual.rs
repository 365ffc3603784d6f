//! The records printed in the maker's manual, as they stand there.

mod office;

use model::{Direction, EventKind};
use office::Office;

fn tell(office: &mut Office, seconds: f64, text: &str) {
    let tally = devlink3::delta3::parse(text, |fact| office.tell(seconds, fact));
    assert_eq!((tally.records, tally.malformed_records), (1, 0), "the record is understood: {text}");
}

const RINGS: &str = "<Detail><Call>c0a82a03,3,,,,0,,200,,200,</Call><PartyA>0a82a0300002329,1,19,1,2,0,1,0,0,2,2,5.23,,0,0,\
    5678,,,,,,01707123456,100</PartyA><Target_list><Target>c0a82a03000003fe,0,0,8,106,,4002,0,4,,,200,901707123456,100</Target>\
    <Target>c0a82a03000003ff,0,0,8,106,,4003,0,4,,,200,901707123456,100</Target><Target>c0a82a0300000407,0,0,8,106,,4001,0,4,,,\
    200,901707123456,100</Target></Target_list></Detail>";
const ANSWERED: &str = "<Detail><Call>c0a82a03,4,,,,0,,200,,200,</Call><PartyA>c0a82a030000232a,1,2,1,0,0,1,0,0,2,2,5.23,,0,0,\
    5678,,,,,,01707123456,100</PartyA><PartyB>c0a82a0300000413,0,2,1,0,0,0,0,1,8,106,,4001,0,4,,,,,,200,901707123456,100\
    </PartyB></Detail>";
const HUNG_UP: &str = "<CallLost>c0a82a03,c0a82a0300000413,1,16</CallLost>";
const OFF_HOOK: &str = "<Detail><Call>c0a82a03,1,,,,0,,,,,</Call><PartyA>c0a82a03000003ea,1,7,1,3,0,0,0,1,8,106,,4001,0,0,,,,,,,\
    4001,100</PartyA></Detail>";

#[test]
fn the_manuals_inbound_call_is_one_call_although_its_call_id_changes() {
    let mut office = Office::open();
    tell(&mut office, 0.0, RINGS);
    tell(&mut office, 9.0, ANSWERED);
    tell(&mut office, 30.0, HUNG_UP);
    office.wait_until(40.0);
    let call = office.only();
    assert_eq!(call.direction, Direction::Inbound, "it came in on channel 5.23");
    assert_eq!(call.external_number.as_deref(), Some("01707123456"), "the caller");
    assert_eq!(model::figures::agents_rung(call), ["4002", "4003", "4001"], "group 200 rings three phones");
    assert_eq!(model::figures::agents(call), ["4001"], "4001 answers");
    assert_eq!(call.ended_at, Some(office::at(30.0)), "4001 hangs up");
    assert_eq!(call.basis.legs.len(), 2, "a channel carries one call at a time: both ids are this one");
}

#[test]
fn the_manuals_lifted_phone_is_dialing_and_no_call_yet() {
    let mut office = Office::open();
    tell(&mut office, 0.0, OFF_HOOK);
    assert!(office.calls.is_empty(), "dial tone is no call");
    let person = office.engine.people().into_iter().find(|(_, status)| status.extension == "4001");
    assert_eq!(
        person.map(|(_, status)| status.state),
        Some(model::AgentState::Dialing),
        "but 4001 is busy dialing"
    );
    let _ = EventKind::Dialing;
}
