//! SIPTrack: when the SIP calls behind the ends of SIP trunks start and end.

use crate::leg::{Party, Saying, SipTrack};
use crate::script::Step;
use model::fact::{EndId, Equipment};
use std::collections::BTreeMap;

/// Adds a START where an end on a SIP trunk is first told of, and an END where it leaves.
pub(crate) fn add(steps: &mut [Step]) {
    let mut present: BTreeMap<EndId, SipTrack> = BTreeMap::new();
    for step in steps {
        let mut says = Vec::new();
        for saying in std::mem::take(&mut step.says) {
            let mut track = None;
            match &saying {
                Saying::State(leg) => {
                    let new = |party: &&Party| {
                        party.equipment == Equipment::SIP_TRUNK && !present.contains_key(&party.id)
                    };
                    let starting: Vec<SipTrack> = leg.parties().filter(new).map(start).collect();
                    for start in starting {
                        present.insert(start.end, start.clone());
                        says.push(Saying::Sip(start));
                    }
                }
                Saying::Left(left) => track = present.remove(&left.end),
                Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => {}
            }
            says.push(saying);
            says.extend(track.map(|track| Saying::Sip(SipTrack { started: false, ..track })));
        }
        step.says = says;
    }
}

/// Line reference and SIP Call-ID as in the manual's example: `17.1003.1`, 32 hexadecimal digits.
fn start(party: &Party) -> SipTrack {
    let (line, channel) = party.description.split_once('.').unwrap_or_default();
    let mixed = u128::from(party.id.0).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    SipTrack {
        started: true,
        end: party.id,
        line: format!("{line}.{}.{channel}", party.id.0 & 0xffff_ffff),
        came_in: party.came_in,
        sip_call_id: format!("{mixed:032x}"),
    }
}
