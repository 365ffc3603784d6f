use super::{each_script, says};
use crate::leg::Saying;
use crate::standing::Standing;
use crate::wire;
use devlink3::Scratch;
use model::fact::{EndId, Fact, NodeId};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_event_reads_back_as_it_was_meant() {
    each_script(|script, name| {
        for saying in says(script) {
            let meant = match saying {
                Saying::State(leg) => Fact::CallState(Box::new(leg.as_fact())),
                Saying::Left(left) => Fact::PartyLeft(left.as_fact()),
                Saying::Refused(refusal) => Fact::TargetRefused(refusal.as_fact()),
                Saying::Note(note) => Fact::Extension(note.as_fact()),
                Saying::Sip(sip) => Fact::SipLeg(sip.as_fact()),
            };
            let payload = wire::payload(saying, 7).expect("an event holds it");
            let mut read = 0;
            let summary = devlink3::facts(&payload, &mut Scratch::default(), |fact| {
                read += 1;
                assert_eq!(fact, meant, "{name}");
            });
            let summary = summary.expect("it is an event");
            assert!(summary.is_clean(), "{name}: nothing in it is unknown, {summary:?}");
            assert_eq!((read, summary.node), (1, saying.node()), "{name}: one fact, told by its node");
        }
    });
}

#[test]
fn every_end_that_appears_leaves_once_and_nothing_stays() {
    each_script(|script, name| {
        let mut left: BTreeMap<(NodeId, EndId), u32> = BTreeMap::new();
        let mut standing = Standing::default();
        for saying in says(script) {
            standing.heard(saying);
            match saying {
                Saying::State(leg) => {
                    for end in leg.parties() {
                        let gone = *left.entry((leg.node(), end.id)).or_default();
                        assert_eq!(gone, 0, "{name}: {:x} is told of after it left", end.id.0);
                    }
                }
                Saying::Left(lost) => {
                    let times = left.get_mut(&(lost.node, lost.end));
                    *times.unwrap_or_else(|| panic!("{name}: {:x} left and never came", lost.end.0)) += 1;
                }
                Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => {}
            }
        }
        assert!(left.values().all(|times| *times == 1), "{name}: every end leaves once, {left:x?}");
        assert_eq!(standing.legs().count(), 0, "{name}: a call that ended is in no snapshot");
    });
}

#[test]
fn phones_are_idle_again_by_their_own_account() {
    each_script(|script, name| {
        let mut last: BTreeMap<&str, &str> = BTreeMap::new();
        for saying in says(script) {
            if let Saying::Note(note) = saying
                && let Some((phone, change)) = note.text.split_once(": new=")
            {
                let (new, old) = change.split_once(", old=").expect("both states");
                let before = last.insert(phone, new).unwrap_or("Idle");
                assert_eq!(old, before, "{name}: {phone} goes on from where it was");
                assert_ne!(new, old, "{name}: only changes are told");
            }
        }
        assert!(last.values().all(|state| *state == "Idle"), "{name}: all receivers are down, {last:?}");
    });
}

#[test]
fn a_sip_call_starts_once_and_ends_once() {
    let mut seen = 0;
    each_script(|script, name| {
        let mut open: BTreeSet<EndId> = BTreeSet::new();
        for saying in says(script) {
            if let Saying::Sip(sip) = saying {
                let fits = if sip.started { open.insert(sip.end) } else { open.remove(&sip.end) };
                assert!(fits, "{name}: {sip:?} has its turn");
                seen += 1;
            }
        }
        assert!(open.is_empty(), "{name}: every SIP call ends");
    });
    assert!(seen > 0, "some lines are SIP");
}
