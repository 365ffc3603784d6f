//! What a leg's state tells of the parties: numbers, names, direction.

use crate::conversation::{Channel, Conversation};
use crate::site::Rules;
use model::Direction;
use model::fact::{CallState, CalledType, End, NodeId};

/// CLI presentation: the caller withheld the number.
const WITHHELD: u16 = 1;
/// Name types that name the outside party: a directory match, one set explicitly, the trunk's default.
const NAMES_OF_OUTSIDERS: [u16; 3] = [0, 1, 2];
/// Digits that an extension has at most; what is longer was dialled to the outside.
const EXTENSION_DIGITS: usize = 5;

/// Adds to the conversation what `state` knows. What is known stays: the first segment decides.
pub(crate) fn learn(
    conversation: &mut Conversation,
    state: &CallState<'_>,
    outside: Option<&End<'_>>,
    rules: &Rules,
) {
    decide_direction(conversation, state, outside, rules);
    let call = &mut conversation.call;
    fill(&mut call.account_code, state.account_code);
    fill(&mut call.tag, state.tag);
    let emergency =
        |end: &End<'_>| end.called_type == CalledType::EMERGENCY || !end.emergency_location.is_empty();
    call.emergency |= emergency(&state.a) || state.b.as_ref().is_some_and(emergency);
    if let Some(end) = outside {
        learn_outside(conversation, end, rules);
        if conversation.channel.is_none() && !end.description.is_empty() {
            let node = channel_node(state, end);
            conversation.channel = Some(Channel { node, name: end.description.to_owned() });
        }
    }
    let call = &mut conversation.call;
    if call.direction != Direction::Inbound {
        if conversation.origin == state.a.id {
            fill(&mut call.dialed_number, state.a.dialled);
            fill(&mut call.caller_extension, state.a.identity);
        } else if let Some(b) = state.b.as_ref().filter(|b| b.id == conversation.origin) {
            fill(&mut call.dialed_number, b.dialled);
            fill(&mut call.caller_extension, b.identity);
        }
        // A number that was refused or never answered shows only in the digits.
        if call.direction == Direction::Outbound && outside.is_none() && call.external_number.is_none() {
            let stripped =
                call.dialed_number.as_deref().map(|digits| without_access(digits, rules).to_owned());
            call.external_number = stripped;
        }
    }
}

/// Nodes name their lines alike: a line seen from another node is that of the node its end lives on.
pub(crate) fn channel_node(state: &CallState<'_>, end: &End<'_>) -> NodeId {
    if end.remote { end.id.node() } else { state.leg.node }
}

fn learn_outside(conversation: &mut Conversation, end: &End<'_>, rules: &Rules) {
    let call = &mut conversation.call;
    fill(&mut call.trunk, end.description);
    match call.direction {
        Direction::Inbound => {
            let withheld = end.cli_presentation == WITHHELD;
            call.withheld |= withheld && end.came_in;
            if end.came_in && !withheld {
                fill(&mut call.external_number, end.cli);
            }
            fill(&mut call.dialed_number, end.did);
        }
        Direction::Outbound => {
            let number = if end.target_number.is_empty() { end.dialled } else { end.target_number };
            let provisional = call.external_number.as_deref().is_some_and(|known| number.ends_with(known));
            if !number.is_empty() && (call.external_number.is_none() || provisional) {
                let same_as_dialled = call.dialed_number.as_deref().is_none_or(|dialled| dialled == number);
                let shown = if same_as_dialled { without_access(number, rules) } else { number };
                if call.external_number.as_deref() != Some(shown) {
                    call.external_number = Some(shown.to_owned());
                }
            }
        }
        Direction::Internal => {}
    }
    if !call.withheld && NAMES_OF_OUTSIDERS.contains(&end.name_type) && call.direction != Direction::Internal
    {
        fill(&mut call.external_name, end.name);
    }
}

fn decide_direction(
    conversation: &mut Conversation,
    state: &CallState<'_>,
    outside: Option<&End<'_>>,
    rules: &Rules,
) {
    if conversation.direction_decided {
        return;
    }
    let call = &mut conversation.call;
    let other_party = state.b.is_some() || !state.targets.is_empty();
    (call.direction, conversation.direction_decided) = match outside {
        Some(end) if end.came_in => (Direction::Inbound, true),
        Some(_) => (Direction::Outbound, true),
        None if other_party => (Direction::Internal, true),
        None => (guess_by_digits(state.a.dialled, rules), false),
    };
}

/// Before another party shows, the digits tell where it will go.
fn guess_by_digits(digits: &str, rules: &Rules) -> Direction {
    let rest = without_access(digits, rules);
    if digits.len() > EXTENSION_DIGITS || rest.len() < digits.len() {
        Direction::Outbound
    } else {
        Direction::Internal
    }
}

/// `digits` as people know the number: without what is dialled to get a line. Short numbers are whole without it too.
pub(crate) fn without_access<'a>(digits: &'a str, rules: &Rules) -> &'a str {
    let after = |access: &String| digits.strip_prefix(access.as_str()).filter(|rest| rest.len() >= 3);
    rules.access_digits.iter().filter(|access| !access.is_empty()).find_map(after).unwrap_or(digits)
}

pub(crate) fn fill(slot: &mut Option<String>, text: &str) {
    if slot.is_none() && !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}
