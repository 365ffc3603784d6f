//! What to ask for when the PBX does not grant everything. Calls matter most: each refusal gives something up until
//! only Delta3, which needs no flag, is left.

use crate::flags::{Flag, Flags};
use crate::message::EventsResult;
use crate::trouble::Trouble;

/// The next, smaller wish after a refusal; `None` when nothing is left to give up.
pub(super) fn ask_for_fewer(asked: Flags, result: EventsResult, accepted: &str) -> Option<Flags> {
    if asked.is_empty() {
        return None;
    }
    let accepted = Flags::parse(accepted).0.and(asked);
    if !accepted.is_empty() && accepted != asked {
        return Some(accepted);
    }
    let optional = asked.without(Flag::SipTrack).without(Flag::CmExtn);
    let fewer = match result {
        // The other flags are much older than these two.
        EventsResult::UnknownFlag => optional,
        // A network of several nodes takes more licences than one node.
        EventsResult::InsufficientLicence | EventsResult::NotAvailable => asked.without(Flag::Scn),
        EventsResult::Success | EventsResult::Partial | EventsResult::Other(_) => Flags::NONE,
    };
    Some(if fewer == asked { Flags::NONE } else { fewer })
}

/// Why there are no events at all.
pub(super) fn trouble_of(result: EventsResult) -> Trouble {
    match result {
        EventsResult::UnknownFlag => Trouble::FlagsRefused,
        EventsResult::InsufficientLicence => Trouble::EventsLicence,
        EventsResult::NotAvailable => Trouble::EventsNotAvailable,
        EventsResult::Success | EventsResult::Partial | EventsResult::Other(_) => {
            Trouble::UnknownEventsAnswer { number: result.number() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_flags_cost_the_optional_ones_first() {
        let all = Flags::usual().with(Flag::Scn);
        let second = ask_for_fewer(all, EventsResult::UnknownFlag, "").unwrap();
        assert_eq!(second.to_string(), "-SCN", "the network stays");
        let third = ask_for_fewer(second, EventsResult::UnknownFlag, "").unwrap();
        assert_eq!(third, Flags::NONE, "then Delta3 alone");
        assert_eq!(ask_for_fewer(third, EventsResult::UnknownFlag, ""), None, "then it is given up");
    }

    #[test]
    fn a_licence_for_one_node_costs_the_other_nodes() {
        let all = Flags::usual().with(Flag::Scn);
        assert_eq!(
            ask_for_fewer(all, EventsResult::InsufficientLicence, ""),
            Some(Flags::usual()),
            "one node is better than none"
        );
    }

    #[test]
    fn flags_that_a_refusal_names_as_accepted_are_asked_for_alone() {
        assert_eq!(
            ask_for_fewer(Flags::usual(), EventsResult::UnknownFlag, "-CMExtn"),
            Some(Flags::NONE.with(Flag::CmExtn)),
            "the PBX has said what it knows"
        );
    }
}
