//! Settings > Phone system: the sites and how they are reached.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSites {}

/// A site as stored. Passwords are not part of it and never come back over the boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// IANA zone of the PBX's clock.
    pub time_zone: String,
    /// Digits dialled to get an outside line, without which numbers are shown; several are separated by commas.
    pub access_digits: String,
    /// ISO 3166 code of the country whose numbers people here dial and write, for instance `DE`; `None`: numbers are
    /// compared by their digits.
    pub country: Option<String>,
    /// How far off the PBX's clock was found to be; not stored with the site.
    pub pbx_clock: Option<PbxClock>,
    pub devlink: Option<DevlinkSettings>,
    pub smdr: Option<SmdrSettings>,
}

/// The PBX's clock, estimated from calls that both DevLink3 and SMDR told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PbxClock {
    /// Ahead of this computer's by so much; behind, if negative.
    pub ahead_ms: i64,
    /// How many calls the estimate rests on.
    pub calls: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevlinkSettings {
    pub host: String,
    pub port: u16,
    pub tls: bool,
    pub user: String,
    /// SHA-256 of the certificate that is trusted, in hex; `None` before the first connection.
    pub fingerprint: Option<String>,
    /// A password is known: in the keychain, or for this run only.
    pub password: PasswordState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordState {
    #[default]
    Missing,
    InKeychain,
    /// There is no keychain: it is forgotten when the app ends.
    ThisRunOnly,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmdrSettings {
    pub mode: SmdrMode,
    /// Listen: the local address (`0.0.0.0` for all). Connect: the PBX.
    pub host: String,
    pub port: u16,
    /// Listen: the only address that may deliver, where one is set.
    pub only_from: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmdrMode {
    /// The PBX connects to us.
    Listen,
    /// We connect to the PBX.
    Connect,
}

/// Stores a site (a new one for id 0) and (re)starts its sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSite {
    pub site: Site,
    /// `None` keeps the one that is known.
    pub password: Option<String>,
    /// Trust whatever certificate the PBX shows next (after a person has agreed to a changed one).
    pub forget_fingerprint: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSite {
    pub site: Site,
    /// Said to the person, for instance that the password could not be put in a keychain.
    pub notice: Option<String>,
}

/// Stops listening to a site. Its calls stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSite {
    pub id: i64,
}

/// Tries the settings without storing them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestSite {
    pub site: Site,
    pub password: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestReport {
    pub steps: Vec<TestStep>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestStep {
    /// "Reach 192.168.42.1", "Log in", "Ask for events", "Listen for SMDR"
    pub title: String,
    pub result: StepResult,
    /// What happened, as a sentence.
    pub says: String,
    /// What to do in IP Office Manager (or here), step by step.
    pub mend: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepResult {
    Good,
    Warning,
    Bad,
    /// Not reached because a step before failed.
    Skipped,
}

/// Time zones to choose from, and this computer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskZones {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zones {
    pub here: String,
    pub all: Vec<String>,
}

command!(AskSites, "sites", Vec<Site>);
command!(SaveSite, "save_site", SavedSite);
command!(RemoveSite, "remove_site", ());
command!(TestSite, "test_site", TestReport);
/// Countries to choose from: code and name in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCountries {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countries {
    /// A guess from this computer's time zone.
    pub here: Option<String>,
    pub all: Vec<(String, String)>,
}

command!(AskCountries, "countries", Countries);
command!(AskZones, "zones", Zones);
