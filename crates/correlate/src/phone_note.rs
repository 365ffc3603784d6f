//! What a phone says of itself (CMExtn): `Extn4001: ...`, with or without three numbers before it.

use model::AgentState;
use model::fact::ExtensionNote;

/// The first number of the extended form of a change of state; the second is the new state, the third the old one.
const STATE_CHANGE: u32 = 1;
const IDLE: u32 = 0;
const RINGING: u32 = 1;

/// The extension, and its state where the note tells one. In the manual's own example 2 stands for dialling, in the
/// table of call states for connected, so a number is believed only where both agree; words are believed.
pub(crate) fn read<'a>(note: &'a ExtensionNote<'_>) -> Option<(&'a str, Option<AgentState>)> {
    let rest = note.text.trim_start().strip_prefix("Extn")?;
    let (extension, says) = rest.split_once(':')?;
    let extension = extension.trim();
    if extension.is_empty() || !extension.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let by_number = match note.numbers {
        Some([STATE_CHANGE, IDLE, _]) => Some(AgentState::Idle),
        Some([STATE_CHANGE, RINGING, _]) => Some(AgentState::Ringing),
        _ => None,
    };
    Some((extension, by_word(says).or(by_number)))
}

/// `new=Dialling, old=Idle`
fn by_word(says: &str) -> Option<AgentState> {
    let (_, new) = says.split_once("new=")?;
    let word: String = new.chars().take_while(char::is_ascii_alphabetic).collect();
    match word.to_ascii_lowercase().as_str() {
        "idle" => Some(AgentState::Idle),
        "dialling" | "dialing" | "dialled" | "dialed" => Some(AgentState::Dialing),
        "ringing" => Some(AgentState::Ringing),
        "connected" => Some(AgentState::Talking),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn note(text: &'static str, numbers: Option<[u32; 3]>) -> ExtensionNote<'static> {
        ExtensionNote { text: Cow::Borrowed(text), numbers }
    }

    #[test]
    fn words_tell_the_state_and_two_alone_does_not() {
        let said = note("Extn4001: new=Dialling, old=Idle", Some([1, 2, 0]));
        assert_eq!(read(&said), Some(("4001", Some(AgentState::Dialing))), "the manual's example");
        assert_eq!(read(&note("Extn4001: ", Some([1, 2, 0]))), Some(("4001", None)), "dialling or connected");
        assert_eq!(
            read(&note("Extn4001: ", Some([1, 0, 2]))),
            Some(("4001", Some(AgentState::Idle))),
            "0 is idle in both readings"
        );
    }

    #[test]
    fn a_lost_call_names_a_phone_and_no_state() {
        let said = note("Extn4001: CALL LOST (CMCauseForceIdle)", None);
        assert_eq!(read(&said), Some(("4001", None)), "the phone is there; what it does is not said");
        assert_eq!(read(&note("Line 5: up", None)), None, "no phone");
    }
}
