//! How things stand: the lamps of the links, and the health list, kept up by pushes.

use crate::words::say;
use contract::health::HealthEntry;
use contract::links::{Lamp, LinkState, Source};

/// The health list is for reading; older entries stay in the library.
const MOST_ENTRIES: usize = 500;

/// Puts a pushed lamp in the place of the one it replaces.
pub fn put_lamp(lamps: &mut Vec<Lamp>, lamp: Lamp) {
    match lamps.iter_mut().find(|known| known.site == lamp.site && known.source == lamp.source) {
        Some(known) => *known = lamp,
        None => lamps.push(lamp),
    }
}

/// Puts a pushed entry on top; a repetition replaces the entry that counts it.
pub fn put_health(entries: &mut Vec<HealthEntry>, entry: HealthEntry) {
    entries.retain(|known| {
        (known.kind, &known.site_name, &known.says) != (entry.kind, &entry.site_name, &entry.says)
    });
    entries.insert(0, entry);
    entries.truncate(MOST_ENTRIES);
}

/// The state that matters most among the lamps of a source; `None` without any.
pub fn worst(lamps: &[Lamp], source: Source) -> Option<LinkState> {
    lamps
        .iter()
        .filter(|lamp| lamp.source == source)
        .map(|lamp| lamp.state)
        .max_by_key(|state| gravity(*state))
}

/// One word for a state, where it is not simply good.
pub fn state_words(state: LinkState) -> &'static str {
    match state {
        LinkState::Off => say("not set up"),
        LinkState::Connecting => say("connecting"),
        LinkState::Up => say("connected"),
        LinkState::Degraded => say("needs a look"),
        LinkState::Down => say("lost, trying again"),
        LinkState::Stopped => say("stopped"),
    }
}

/// As spelt in class names and test hooks.
pub fn state_word(state: LinkState) -> &'static str {
    match state {
        LinkState::Off => "off",
        LinkState::Connecting => "connecting",
        LinkState::Up => "up",
        LinkState::Degraded => "degraded",
        LinkState::Down => "down",
        LinkState::Stopped => "stopped",
    }
}

pub fn source_name(source: Source) -> &'static str {
    match source {
        Source::Devlink3 => "DevLink3",
        Source::Smdr => "SMDR",
        Source::Recordings => say("Recordings"),
    }
}

fn gravity(state: LinkState) -> u8 {
    match state {
        LinkState::Off => 0,
        LinkState::Up => 1,
        LinkState::Connecting => 2,
        LinkState::Degraded => 3,
        LinkState::Down => 4,
        LinkState::Stopped => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::health::HealthKind;

    fn lamp(site: i64, source: Source, state: LinkState) -> Lamp {
        Lamp {
            site,
            site_name: "Munich".into(),
            source,
            state,
            says: String::new(),
            advice: None,
            since_ms: 0,
            last_event_ms: None,
        }
    }

    fn entry(says: &str, times: u64) -> HealthEntry {
        HealthEntry {
            first_ms: 0,
            last_ms: 0,
            times,
            site_name: None,
            kind: HealthKind::Link,
            says: says.into(),
        }
    }

    #[test]
    fn a_pushed_lamp_replaces_that_of_its_site_and_source() {
        let mut lamps =
            vec![lamp(1, Source::Devlink3, LinkState::Up), lamp(2, Source::Devlink3, LinkState::Up)];
        put_lamp(&mut lamps, lamp(2, Source::Devlink3, LinkState::Down));
        assert_eq!(lamps.len(), 2, "no lamp is doubled");
        assert_eq!(
            worst(&lamps, Source::Devlink3),
            Some(LinkState::Down),
            "one lost link outweighs a good one"
        );
        assert_eq!(worst(&lamps, Source::Smdr), None, "nothing is known of a source without lamps");
    }

    #[test]
    fn a_source_that_is_off_at_one_site_does_not_hide_that_it_is_up_at_another() {
        let lamps = [lamp(1, Source::Smdr, LinkState::Off), lamp(2, Source::Smdr, LinkState::Up)];
        assert_eq!(worst(&lamps, Source::Smdr), Some(LinkState::Up), "off is a choice, not trouble");
    }

    #[test]
    fn a_repeated_trouble_stays_one_entry_and_comes_to_the_top() {
        let mut entries = vec![entry("Row with 3 fields", 1), entry("The link was lost", 1)];
        put_health(&mut entries, entry("The link was lost", 2));
        let shown: Vec<_> = entries.iter().map(|entry| (entry.says.as_str(), entry.times)).collect();
        assert_eq!(shown, [("The link was lost", 2), ("Row with 3 fields", 1)], "newest first, counted");
    }
}
