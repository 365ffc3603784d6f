//! The file: JSON with a number of its form, read strictly.

use contract::directory::{NumberKind, PersonEntry};
use contract::intake::{IntakeSource, Naming};
use contract::keeping::{Encoding, Retention};
use contract::portable::Preferences;
use contract::rates::RateTable;
use contract::reports::{HoursView, MailServer, OwnReport, Schedule};
use contract::scorecards::Scorecard;
use contract::sites::Site;
use contract::{Failure, FailureCode};
use serde::{Deserialize, Serialize};

/// A higher number comes from a newer program.
const FORM: u32 = 1;
/// Largest file that is read: rates of a carrier are the largest part, with some ten thousand lines.
const LARGEST_BYTES: usize = 16 << 20;

/// What people entered, as a file holds it. Numbers of rows are the file's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsFile {
    /// By which the file is known as one of ours.
    pub calldoc_settings: u32,
    /// Of the program that wrote it.
    pub version: String,
    pub made_ms: i64,
    #[serde(default)]
    pub sites: Vec<Site>,
    #[serde(default)]
    pub people: Vec<PersonEntry>,
    #[serde(default)]
    pub numbers: Vec<NumberName>,
    #[serde(default)]
    pub rates: Vec<RateTable>,
    #[serde(default)]
    pub hours: Option<HoursView>,
    #[serde(default)]
    pub scorecards: Vec<Scorecard>,
    #[serde(default)]
    pub namings: Vec<Naming>,
    #[serde(default)]
    pub recording_sources: Vec<IntakeSource>,
    #[serde(default)]
    pub retention: Option<Retention>,
    #[serde(default)]
    pub encoding: Option<Encoding>,
    #[serde(default)]
    pub reports: Vec<OwnReport>,
    #[serde(default)]
    pub schedules: Vec<Schedule>,
    #[serde(default)]
    pub mail: Option<MailServer>,
    #[serde(default)]
    pub preferences: Preferences,
}

/// A group's or trunk's name that somebody gave by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberName {
    pub site: i64,
    pub kind: NumberKind,
    pub number: String,
    pub name: String,
}

/// Only what tells whose file it is.
#[derive(Deserialize)]
struct Head {
    calldoc_settings: u32,
}

impl SettingsFile {
    /// With nothing in it.
    pub fn empty(version: &str, made_ms: i64) -> Self {
        Self {
            calldoc_settings: FORM,
            version: version.to_owned(),
            made_ms,
            sites: Vec::new(),
            people: Vec::new(),
            numbers: Vec::new(),
            rates: Vec::new(),
            hours: None,
            scorecards: Vec::new(),
            namings: Vec::new(),
            recording_sources: Vec::new(),
            retention: None,
            encoding: None,
            reports: Vec::new(),
            schedules: Vec::new(),
            mail: None,
            preferences: Vec::new(),
        }
    }

    /// The error is for a person: what is wrong with the file, and what to do.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let text = text.trim_start_matches('\u{feff}');
        if text.len() > LARGEST_BYTES {
            return Err(invalid("This file is too large for settings."));
        }
        let with = |detail: &serde_json::Error, says: &str| Failure {
            detail: Some(detail.to_string()),
            ..invalid(says)
        };
        let head: Head = serde_json::from_str(text).map_err(|error| {
            let cut = error.is_eof() && !text.trim().is_empty();
            let says = if cut {
                "This file ends in the middle: it was not saved or copied whole. Export it once more."
            } else {
                "This is no file with settings of CallDoc. Choose one that was made with Export settings."
            };
            with(&error, says)
        })?;
        if head.calldoc_settings > FORM {
            return Err(invalid(
                "This file comes from a newer CallDoc. Update CallDoc here first, then take it in.",
            ));
        }
        serde_json::from_str(text).map_err(|error| {
            with(&error, "Something in this file was changed and cannot be read. Nothing was taken in; export it once more.")
        })
    }

    /// As it is written.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// What is in it, as a sentence.
    pub fn in_words(&self) -> String {
        let parts = [
            (self.sites.len(), "phone system", "phone systems"),
            (self.people.len(), "person", "people"),
            (self.rates.len(), "rate table", "rate tables"),
            (self.scorecards.len(), "scorecard", "scorecards"),
            (self.reports.len(), "own report", "own reports"),
            (self.schedules.len(), "schedule", "schedules"),
        ];
        let counted = parts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }));
        let counted: Vec<String> = counted.collect();
        let rest = "business hours and preferences. No passwords, no calls.";
        if counted.is_empty() {
            format!("In it: {rest}")
        } else {
            format!("In it: {}; {rest}", counted.join(", "))
        }
    }
}

fn invalid(message: &str) -> Failure {
    Failure { code: FailureCode::Invalid, message: message.to_owned(), detail: None }
}
