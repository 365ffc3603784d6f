//! What to do about each kind of trouble, as a sentence.

use store::HealthKind;

pub(crate) fn advice(kind: HealthKind, says: &str) -> &'static str {
    match kind {
        HealthKind::Link => {
            "Look at the lamp of this source at the top of the window: it says what to do. Calls that were missed meanwhile \
             come with the SMDR records."
        }
        HealthKind::Quarantine => {
            "Nothing was lost: the line is kept in the journal. If many come, look at the SMDR format in IP Office Manager, \
             System > SMDR."
        }
        HealthKind::Protocol if says.contains("clock") => {
            "Set the phone system's clock in IP Office Manager, or its time zone in Settings > Phone system."
        }
        HealthKind::Protocol => {
            "Nothing has to be done. A newer version of CallDoc may understand it; what came is kept."
        }
        HealthKind::Gap => {
            "Nothing has to be done once. If it goes on, look at the network between this computer and the phone system."
        }
        HealthKind::Keychain => {
            "Sign in to the computer's account again so that its keychain opens, then enter the password once more in \
             Settings > Phone system."
        }
        HealthKind::Library => {
            "Look at the room on the library's disk and whether it is connected. What the phone system says waits until then."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_trouble_has_advice_in_sentences() {
        let kinds = [
            HealthKind::Link,
            HealthKind::Quarantine,
            HealthKind::Protocol,
            HealthKind::Gap,
            HealthKind::Keychain,
            HealthKind::Library,
        ];
        for kind in kinds {
            assert!(advice(kind, "").ends_with('.'), "a person is told what to do about {kind:?}");
        }
        let clock = advice(HealthKind::Protocol, "The phone system's clock is behind.");
        assert!(clock.contains("time zone"), "a clock that is off can be set: {clock}");
    }
}
