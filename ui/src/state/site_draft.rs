//! The form of a site while a person fills it in: text as typed, turned into settings when it makes sense.

use crate::words::say;
use contract::sites::{DevlinkSettings, PasswordState, SaveSite, Site, SmdrMode, SmdrSettings, TestSite};

/// DevLink3's ports on IP Office (docs: devlink3, transport).
const DEVLINK_PORT: u16 = 50_797;
const DEVLINK_TLS_PORT: u16 = 50_796;
/// The port that IP Office Manager suggests for SMDR.
const SMDR_PORT: u16 = 1_150;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDraft {
    pub id: i64,
    pub name: String,
    pub time_zone: String,
    /// Several are separated by commas.
    pub access_digits: String,
    /// ISO 3166 code; empty: not told.
    pub country: String,
    pub country_by: CountryBy,
    pub devlink: Devlink,
    pub host: String,
    pub port: String,
    pub transport: Transport,
    pub user: String,
    pub fingerprint: Option<String>,
    pub password_state: PasswordState,
    pub certificate: Certificate,
    pub smdr: Smdr,
    pub smdr_host: String,
    pub smdr_port: String,
    pub only_from: String,
}

/// Who said which country it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryBy {
    Guess,
    Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Devlink {
    Off,
    On,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Plain,
    Tls,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    Keep,
    Forget,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smdr {
    Off,
    Listen,
    Connect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Name,
    TimeZone,
    AccessDigits,
    Country,
    Host,
    Port,
    User,
    Password,
    SmdrHost,
    SmdrPort,
    OnlyFrom,
    Sources,
}

/// What is wrong with a field, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub field: Field,
    pub says: &'static str,
}

impl SiteDraft {
    /// An empty form. `zone_here` is this computer's zone, most often also the PBX's.
    pub fn empty(zone_here: &str) -> Self {
        Self {
            id: 0,
            name: String::new(),
            time_zone: zone_here.to_owned(),
            access_digits: String::new(),
            country: String::new(),
            country_by: CountryBy::Guess,
            devlink: Devlink::On,
            host: String::new(),
            port: DEVLINK_TLS_PORT.to_string(),
            transport: Transport::Tls,
            user: String::new(),
            fingerprint: None,
            password_state: PasswordState::Missing,
            certificate: Certificate::Keep,
            smdr: Smdr::Listen,
            smdr_host: "0.0.0.0".to_owned(),
            smdr_port: SMDR_PORT.to_string(),
            only_from: String::new(),
        }
    }

    pub fn of(site: &Site) -> Self {
        let mut draft = Self::empty(&site.time_zone);
        draft.id = site.id;
        draft.name.clone_from(&site.name);
        draft.access_digits = digits_of(&site.access_digits).join(", ");
        draft.country = site.country.clone().unwrap_or_default();
        draft.country_by = CountryBy::Person;
        draft.devlink = Devlink::Off;
        draft.smdr = Smdr::Off;
        if let Some(devlink) = &site.devlink {
            draft.devlink = Devlink::On;
            draft.host.clone_from(&devlink.host);
            draft.port = devlink.port.to_string();
            draft.transport = if devlink.tls { Transport::Tls } else { Transport::Plain };
            draft.user.clone_from(&devlink.user);
            draft.fingerprint.clone_from(&devlink.fingerprint);
            draft.password_state = devlink.password;
        }
        if let Some(smdr) = &site.smdr {
            draft.smdr = match smdr.mode {
                SmdrMode::Listen => Smdr::Listen,
                SmdrMode::Connect => Smdr::Connect,
            };
            draft.smdr_host.clone_from(&smdr.host);
            draft.smdr_port = smdr.port.to_string();
            draft.only_from = smdr.only_from.clone().unwrap_or_default();
        }
        draft
    }

    /// Switches between plain and TLS; a port that was the usual one becomes the other usual one.
    pub fn set_transport(&mut self, transport: Transport) {
        let (usual_before, usual_now) = match transport {
            Transport::Plain => (DEVLINK_TLS_PORT, DEVLINK_PORT),
            Transport::Tls => (DEVLINK_PORT, DEVLINK_TLS_PORT),
        };
        self.transport = transport;
        if self.port.trim().is_empty() || self.port.trim() == usual_before.to_string() {
            self.port = usual_now.to_string();
        }
    }

    /// Switches how records come; an address that only makes sense for the other way is taken out.
    pub fn set_smdr(&mut self, smdr: Smdr) {
        self.smdr = smdr;
        match smdr {
            Smdr::Off => {}
            Smdr::Listen => self.smdr_host = "0.0.0.0".to_owned(),
            Smdr::Connect if matches!(self.smdr_host.as_str(), "0.0.0.0" | "") => {
                self.smdr_host.clone_from(&self.host);
            }
            Smdr::Connect => {}
        }
    }

    /// The site as typed, or everything that is wrong with it.
    ///
    /// # Errors
    /// One complaint per field, in the order of the form.
    pub fn to_site(&self, password: &str) -> Result<Site, Vec<Complaint>> {
        let mut complaints = Vec::new();
        let mut complain = |wrong: bool, field: Field, says: &'static str| {
            if wrong {
                complaints.push(Complaint { field, says });
            }
        };
        complain(
            self.name.trim().is_empty(),
            Field::Name,
            say("Give the office a name, for instance its town."),
        );
        complain(
            self.time_zone.trim().is_empty(),
            Field::TimeZone,
            say("Choose the zone of the PBX's clock."),
        );
        complain(
            !digits_of(&self.access_digits).iter().all(|digits| is_dialled(digits)),
            Field::AccessDigits,
            say("Only digits, * and #, several separated by commas; leave it empty if none is dialled."),
        );
        if self.devlink == Devlink::On {
            complain(
                !is_address(&self.host),
                Field::Host,
                say("Enter the PBX's address, for instance 192.168.42.1."),
            );
            complain(port(&self.port).is_none(), Field::Port, say("A port is a number from 1 to 65535."));
            complain(
                self.user.trim().is_empty(),
                Field::User,
                say("Enter the name of a service user on the PBX."),
            );
            let missing = password.is_empty() && self.password_state == PasswordState::Missing;
            complain(missing, Field::Password, say("Enter the service user's password."));
        }
        if self.smdr != Smdr::Off {
            let says = say("Enter an address, for instance 192.168.42.1.");
            complain(!is_address(&self.smdr_host), Field::SmdrHost, says);
            complain(
                port(&self.smdr_port).is_none(),
                Field::SmdrPort,
                say("A port is a number from 1 to 65535."),
            );
            let from = self.only_from.trim();
            complain(
                !from.is_empty() && !is_address(from),
                Field::OnlyFrom,
                say("Enter one address, or nothing."),
            );
        }
        let nothing = self.devlink == Devlink::Off && self.smdr == Smdr::Off;
        complain(
            nothing,
            Field::Sources,
            say("Turn on DevLink3 or SMDR: without either there is nothing to hear."),
        );
        if complaints.is_empty() { Ok(self.site()) } else { Err(complaints) }
    }

    pub fn to_save(&self, site: Site, password: &str) -> SaveSite {
        SaveSite {
            site,
            password: given(password),
            forget_fingerprint: self.certificate == Certificate::Forget,
        }
    }

    pub fn to_test(&self, site: Site, password: &str) -> TestSite {
        TestSite { site, password: given(password) }
    }

    /// Both sources as far as they were typed.
    pub fn sources(&self) -> (Option<DevlinkSettings>, Option<SmdrSettings>) {
        let site = self.site();
        (site.devlink, site.smdr)
    }

    /// For a test of the connection before the office has a name and a zone.
    pub fn site_to_try(&self) -> Site {
        let or = |typed: String, else_: &str| if typed.is_empty() { else_.to_owned() } else { typed };
        let site = self.site();
        Site { name: or(site.name, say("Office")), time_zone: or(site.time_zone, "UTC"), ..site }
    }

    /// From now on it changes the office that was saved.
    pub fn saved(&mut self, site: &Site) {
        self.id = site.id;
        if let Some(devlink) = &site.devlink {
            self.password_state = devlink.password;
            self.fingerprint.clone_from(&devlink.fingerprint);
        }
    }

    fn site(&self) -> Site {
        let forget = self.certificate == Certificate::Forget;
        let devlink = (self.devlink == Devlink::On).then(|| DevlinkSettings {
            host: self.host.trim().to_owned(),
            port: port(&self.port).unwrap_or(DEVLINK_PORT),
            tls: self.transport == Transport::Tls,
            user: self.user.trim().to_owned(),
            fingerprint: self.fingerprint.clone().filter(|_| !forget),
            password: self.password_state,
        });
        let mode = match self.smdr {
            Smdr::Off => None,
            Smdr::Listen => Some(SmdrMode::Listen),
            Smdr::Connect => Some(SmdrMode::Connect),
        };
        let from = self.only_from.trim();
        let smdr = mode.map(|mode| SmdrSettings {
            mode,
            host: self.smdr_host.trim().to_owned(),
            port: port(&self.smdr_port).unwrap_or(SMDR_PORT),
            only_from: (mode == SmdrMode::Listen && !from.is_empty()).then(|| from.to_owned()),
        });
        Site {
            id: self.id,
            name: self.name.trim().to_owned(),
            time_zone: self.time_zone.trim().to_owned(),
            access_digits: digits_of(&self.access_digits).join(","),
            country: given(&self.country),
            // Found by the desk, not told by a person.
            pbx_clock: None,
            devlink,
            smdr,
        }
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The parts of a list such as `9, 0`, each once.
fn digits_of(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn is_dialled(digits: &str) -> bool {
    digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#'))
}

fn port(text: &str) -> Option<u16> {
    text.trim().parse::<u16>().ok().filter(|port| *port > 0)
}

/// A name or an address without a scheme, a path or a port: those belong in their own fields.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let is_v6 = text.parse::<std::net::Ipv6Addr>().is_ok();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    is_v6 || (!text.is_empty() && text.len() <= 253 && text.chars().all(plain))
}

#[cfg(test)]
#[path = "site_draft_tests.rs"]
mod tests;
