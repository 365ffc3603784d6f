//! What files are called, and what stands in the files beside them.

use super::{By, Recorded};
use crate::dice::Dice;
use crate::office::Office;
use crate::office::Size;
use crate::settings::MAX_PEOPLE;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use model::{At, Direction};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Manners of makers. None is published; these are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// `204_20261121093000.wav`: Voicemail Pro's user, or group, and time.
    VoicemailPro,
    /// `204 0301234567 2026-11-21 09.30.00.wav`.
    VoicemailProCaller,
    /// `[Ann Keller]_0301234567-204_20261121093000(17).wav`.
    ThreeCx,
    /// `204_0301234567_20261121093000.wav`.
    ExtensionNumberTime,
    /// `20261121-093000_204_0301234567.wav`.
    TimeExtensionNumber,
}

impl Naming {
    pub const ALL: &[Naming] = &[
        Naming::VoicemailPro,
        Naming::VoicemailProCaller,
        Naming::ThreeCx,
        Naming::ExtensionNumberTime,
        Naming::TimeExtensionNumber,
    ];
}

/// A small file of the same name that says what call it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideFile {
    pub file_name: String,
    pub text: String,
}

#[derive(Debug)]
pub(super) struct Namer {
    names: HashMap<String, String>,
    taken: HashSet<String>,
    counted: u64,
    clock_ahead_ms: i64,
}

/// What stands in names where the caller is withheld.
const WITHHELD: &str = "anonymous";

impl Namer {
    pub(super) fn new(clock_ahead_ms: i64) -> Self {
        // People are the same for every seed.
        let office = Office::new(Size::Of(MAX_PEOPLE), &mut Dice::new(0));
        let names = office.people.into_iter().map(|person| (person.extension, person.name)).collect();
        Self { names, taken: HashSet::new(), counted: 0, clock_ahead_ms }
    }

    pub(super) fn name(&mut self, recorded: &mut Recorded, offset: Offset) {
        self.counted += 1;
        let mut stem = self.stem(recorded, recorded.naming, offset);
        if self.taken.contains(&stem) {
            // Only this one has a number of its own in it.
            recorded.naming = Naming::ThreeCx;
            stem = self.stem(recorded, Naming::ThreeCx, offset);
        }
        recorded.file_name = format!("{stem}.wav");
        self.taken.insert(stem);
    }

    fn stem(&self, recorded: &Recorded, naming: Naming, offset: Offset) -> String {
        let Recorded { extension, number, group, .. } = recorded;
        let time = |pattern: &str| self.local(recorded.started_at, offset).strftime(pattern).to_string();
        let number = number.as_deref().map_or_else(|| WITHHELD.to_owned(), safe);
        let who = match recorded.by {
            By::User => extension.as_str(),
            By::Group => group.as_deref().unwrap_or(extension),
        };
        match naming {
            Naming::VoicemailPro => format!("{who}_{}", time("%Y%m%d%H%M%S")),
            Naming::VoicemailProCaller => format!("{who} {number} {}", time("%Y-%m-%d %H.%M.%S")),
            Naming::ThreeCx => {
                let (from, to) = match recorded.direction {
                    Direction::Outbound => (extension, &number),
                    Direction::Inbound | Direction::Internal => (&number, extension),
                };
                let name = self.names.get(extension).map_or("", String::as_str);
                format!("[{name}]_{from}-{to}_{}({})", time("%Y%m%d%H%M%S"), self.counted)
            }
            Naming::ExtensionNumberTime => format!("{extension}_{number}_{}", time("%Y%m%d%H%M%S")),
            Naming::TimeExtensionNumber => format!("{}_{extension}_{number}", time("%Y%m%d-%H%M%S")),
        }
    }

    pub(super) fn side_file(&self, recorded: &Recorded, offset: Offset, dice: &mut Dice) -> SideFile {
        let stem = recorded.file_name.strip_suffix(".wav").unwrap_or(&recorded.file_name);
        let start = self.local(recorded.started_at, offset).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let name = self.names.get(&recorded.extension).cloned().unwrap_or_default();
        let number = recorded.number.clone().unwrap_or_default();
        let direction = match recorded.direction {
            Direction::Outbound => "outbound",
            Direction::Internal => "internal",
            Direction::Inbound => "inbound",
        };
        let group = recorded.group.clone().unwrap_or_default();
        let seconds = recorded.length_ms / 1_000;
        let facts = [
            ("StartTime", start),
            ("Extension", recorded.extension.clone()),
            ("AgentName", name),
            ("RemoteNumber", number),
            ("Group", group),
            ("Direction", direction.to_owned()),
            ("DurationSeconds", seconds.to_string()),
        ];
        if dice.one_in(2) {
            let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Recording>\n".to_owned();
            for (fact, value) in facts {
                text.push_str(&format!("  <{fact}>{}</{fact}>\n", escaped(&value)));
            }
            text.push_str("</Recording>\n");
            return SideFile { file_name: format!("{stem}.xml"), text };
        }
        let object: serde_json::Map<String, serde_json::Value> =
            facts.into_iter().map(|(fact, value)| (fact.to_owned(), value.into())).collect();
        SideFile { file_name: format!("{stem}.json"), text: serde_json::Value::from(object).to_string() }
    }

    fn local(&self, at: At, offset: Offset) -> jiff::Zoned {
        let at = at.plus_ms(self.clock_ahead_ms);
        Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(TimeZone::fixed(offset))
    }
}

/// What every file system takes.
fn safe(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '+').collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
