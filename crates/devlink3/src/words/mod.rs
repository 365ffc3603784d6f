//! Every sentence about a link that a person reads, in one place: what happened, what it means, and the steps to mend
//! it, in the words of IP Office Manager.

mod mend;
mod setting_up;

use crate::link::{Settings, Transport};
use crate::probe::{Found, Pinned, ProbeResult, StepKind};
use crate::session::{Notice, NoticeKind};
use crate::state::{Granted, LinkState};
use crate::trouble::{During, Retry, SLOW_RETRY, Trouble};

pub use setting_up::manager_steps;

/// Who is spoken about.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub host: &'a str,
    pub port: u16,
    pub transport: Transport,
}

/// What a person is told about a trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, as a sentence.
    pub says: String,
    /// What it means, as a sentence.
    pub means: String,
    /// What to do, step by step. Empty when there is nothing to do but wait.
    pub mend: Vec<String>,
}

impl<'a> From<&'a Settings> for Place<'a> {
    fn from(settings: &'a Settings) -> Self {
        Self { host: &settings.host, port: settings.port, transport: settings.transport }
    }
}

/// What happened, what it means, how to mend it.
pub fn trouble(trouble: &Trouble, place: Place<'_>) -> Words {
    Words {
        says: says(trouble, place),
        means: means(trouble, place),
        mend: mend::steps(trouble, place).into_iter().map(str::to_owned).collect(),
    }
}

/// One sentence for the lamp.
pub fn state(state: &LinkState, place: Place<'_>) -> String {
    let host = place.host;
    match state {
        LinkState::Connecting => format!("Connecting to {host}."),
        LinkState::LoggingIn => format!("Logging in to {host}."),
        LinkState::LoggedIn(_) => format!("Logged in to {host}, asking for events."),
        LinkState::Up(granted) => up(granted, host),
        LinkState::Healing { expected, got, .. } => format!(
            "{} event(s) from {host} were lost on the way. CallDoc asks for the state of all calls anew.",
            got.wrapping_sub(*expected)
        ),
        LinkState::Stale { silent_seconds } => {
            format!("{host} has been silent for {silent_seconds} seconds. CallDoc connects again.")
        }
        LinkState::Down { trouble, retry_after } => format!(
            "{} CallDoc tries again in {} seconds.",
            says(trouble, place),
            retry_after.as_secs_f64().ceil()
        ),
    }
}

/// Title of a step of "Test connection".
pub fn step_title(kind: StepKind, place: Place<'_>) -> String {
    match kind {
        StepKind::Resolve => format!("Find {}", place.host),
        StepKind::Reach => format!("Reach {}, port {}", place.host, place.port),
        StepKind::Secure => "Check the certificate".to_owned(),
        StepKind::LogIn => "Log in".to_owned(),
        StepKind::AskForEvents => "Ask for events".to_owned(),
    }
}

/// What came of a step of "Test connection", with the steps to mend it.
pub fn step_result(result: &ProbeResult, place: Place<'_>) -> (String, Vec<String>) {
    match result {
        ProbeResult::Good(found) => (found_words(found, place), Vec::new()),
        ProbeResult::Warning(found) => (found_words(found, place), mend::fewer_flags()),
        ProbeResult::Bad(bad) => {
            let words = trouble(bad, place);
            (format!("{} {}", words.says, words.means), words.mend)
        }
        ProbeResult::Skipped => ("Not tried, because a step before it failed.".to_owned(), Vec::new()),
    }
}

/// For the health list.
pub fn notice(notice: Notice) -> String {
    let times = notice.times;
    match notice.kind {
        NoticeKind::UnknownMessage { kind } => {
            format!("The PBX sent a message of a type CallDoc does not know ({kind:#010x}), {times} time(s).")
        }
        NoticeKind::GarbledMessage { kind } => {
            format!("A message of the PBX (type {kind:#010x}) could not be read, {times} time(s).")
        }
        NoticeKind::StrayAnswer => {
            format!("The PBX answered something that CallDoc had not asked, {times} time(s).")
        }
        NoticeKind::TestRefused => format!("The PBX refused a test packet, {times} time(s)."),
        NoticeKind::HalfFrame => "The connection to the PBX ended in the middle of a message.".to_owned(),
        NoticeKind::TooManyNodes => {
            "Events name more PBX nodes than a network can have; lost events of some go unnoticed.".to_owned()
        }
    }
}

fn up(granted: &Granted, host: &str) -> String {
    let pbx = granted.pbx.version.as_ref().map(|version| format!(" ({version})")).unwrap_or_default();
    if granted.refused.is_empty() {
        return format!("Connected to {host}{pbx}.");
    }
    format!("Connected to {host}{pbx}. It does not grant {}.", granted.refused)
}

fn found_words(found: &Found, place: Place<'_>) -> String {
    match found {
        Found::Addresses(addresses) => {
            let list: Vec<_> = addresses.iter().map(ToString::to_string).collect();
            format!("{} stands for {}.", place.host, list.join(", "))
        }
        Found::Reached => "The phone system accepts the connection.".to_owned(),
        Found::Certificate { pinned_before: Pinned::Known, .. } => {
            "The certificate is the one that is trusted.".to_owned()
        }
        Found::Certificate { shown, pinned_before: Pinned::FirstSeen } => {
            format!("No certificate was trusted before. From now on this one will be: {shown}.")
        }
        Found::LoggedIn(pbx) => match &pbx.version {
            Some(version) => format!("Logged in. The phone system is {version}."),
            None => "Logged in.".to_owned(),
        },
        Found::Events(granted) if granted.refused.is_empty() => "Events are granted.".to_owned(),
        Found::Events(granted) => {
            format!("Events are granted, but without {}. Calls are shown all the same.", granted.refused)
        }
    }
}

fn says(trouble: &Trouble, place: Place<'_>) -> String {
    let Place { host, port, .. } = place;
    match trouble {
        Trouble::NameNotFound => format!("There is no computer named \"{host}\"."),
        Trouble::Refused => format!("{host} refuses connections on port {port}."),
        Trouble::ReachTimedOut => format!("Nothing answers at {host}, port {port}."),
        Trouble::Unreachable => format!("The network does not lead to {host}."),
        Trouble::TlsFailed { detail } => format!("{host} could not agree on encryption ({detail})."),
        Trouble::TlsTimedOut => format!("{host} does not answer in TLS on port {port}."),
        Trouble::CertificateChanged { pinned, shown } => format!(
            "{host} shows another certificate than the trusted one. Trusted: {pinned}. Shown now: {shown}."
        ),
        Trouble::ClientCertificateWanted => format!("{host} wants a client certificate."),
        Trouble::NotDevlink { .. } => {
            format!("What answers at {host}, port {port}, does not speak DevLink3.")
        }
        Trouble::FramingLost(_) | Trouble::IntegrityLost | Trouble::Garbled { .. } => {
            format!("What came from {host} could not be read ({trouble}).")
        }
        Trouble::Closed { during } => format!("{host} closed the connection while {during}."),
        Trouble::Broke(kind) => format!("The connection to {host} broke ({kind})."),
        Trouble::NoAnswer { during } => format!("{host} did not answer while {during}."),
        Trouble::Silent { silent_seconds } => {
            format!("{host} was silent for {silent_seconds} seconds, even to test packets.")
        }
        Trouble::WrongPassword => format!("{host} refused the user name or the password."),
        Trouble::PlainRefused => {
            format!("{host} asked for the password unencrypted. CallDoc did not send it.")
        }
        Trouble::BadChallenge { .. } => format!("{host} asked for the password in an unknown way."),
        Trouble::BadUserName => {
            "The user name is too long or holds a character that cannot be sent.".to_owned()
        }
        Trouble::LimitsExceeded => format!("{host} has no DevLink3 connection left."),
        Trouble::RetryLater => format!("{host} is not ready yet and asks to try again later."),
        Trouble::LicenceMissing | Trouble::EventsLicence => {
            format!("{host} has no licence for this: CTILINK_PRO is missing or in use elsewhere.")
        }
        Trouble::UnknownLoginAnswer { number } | Trouble::UnknownEventsAnswer { number } => {
            format!("{host} refused with an unknown reason ({number:#010x}).")
        }
        Trouble::FlagsRefused => format!("{host} does not know how to send call events."),
        Trouble::EventsNotAvailable => format!("{host} does not offer call events."),
        Trouble::SnapshotRefused => {
            format!("Events from {host} were lost, and it did not send the state of its calls anew.")
        }
        Trouble::FileRefused { .. } => format!("{host} does not hand out its list of users or groups."),
        Trouble::StoppedHere => "The link was stopped.".to_owned(),
    }
}

fn means(trouble: &Trouble, place: Place<'_>) -> String {
    let meaning = match trouble {
        Trouble::NameNotFound => "The address is misspelt, or this computer's network does not know it.",
        Trouble::Refused => match place.transport {
            Transport::Tcp => "The phone system is there, but unencrypted DevLink3 is switched off.",
            Transport::Tls => "A computer is there, but DevLink3 over TLS does not listen on this port.",
        },
        Trouble::ReachTimedOut | Trouble::Unreachable => {
            "The address is wrong, the phone system is off, or a firewall stands in between."
        }
        Trouble::TlsFailed { .. } | Trouble::TlsTimedOut => {
            "This port may be the unencrypted one, or not DevLink3's at all."
        }
        Trouble::CertificateChanged { .. } => {
            "Either the phone system got a new certificate, or something else answers in its place. The password was \
             not sent."
        }
        Trouble::ClientCertificateWanted => {
            "With its unsecured interface switched off, the phone system accepts only clients whose certificate it \
             trusts."
        }
        Trouble::NotDevlink { first_byte: 0x14..=0x17 } => "It speaks TLS: this is the encrypted port.",
        Trouble::NotDevlink { .. } => "The port or the address is another service's.",
        Trouble::FramingLost(_) | Trouble::IntegrityLost | Trouble::Garbled { .. } => {
            "Something on the way changed the data, or the port is another service's."
        }
        Trouble::Closed { during: During::LoggingIn } => {
            "The phone system restarts, has no connection left, or this is not DevLink3's port."
        }
        Trouble::Closed { .. } | Trouble::Broke(_) => {
            "The phone system restarts, or the network was interrupted."
        }
        Trouble::NoAnswer { during: During::LoggingIn } => {
            "What listens there does not seem to be DevLink3, or the phone system is very busy."
        }
        Trouble::NoAnswer { .. } | Trouble::Silent { .. } => {
            "The phone system is off or very busy, or a cable or firewall cut the connection."
        }
        Trouble::WrongPassword => {
            "CallDoc does not try again by itself, because the phone system blocks an account after several wrong \
             passwords."
        }
        Trouble::PlainRefused => "Without encryption anybody on the network could read it.",
        Trouble::BadChallenge { .. } => "This release of the phone system is not known to CallDoc.",
        Trouble::BadUserName => "CallDoc cannot log in with it.",
        Trouble::LimitsExceeded => {
            "It allows three DevLink3 connections; others (another CallDoc, a wallboard, a CRM) use them."
        }
        Trouble::RetryLater => "It may be starting.",
        Trouble::LicenceMissing | Trouble::EventsLicence => return slowly(trouble),
        Trouble::UnknownLoginAnswer { .. } | Trouble::UnknownEventsAnswer { .. } => {
            "This release of the phone system is not known to CallDoc."
        }
        Trouble::FlagsRefused | Trouble::EventsNotAvailable => {
            "Its release may be older than 10.0, or its configuration does not allow DevLink3."
        }
        Trouble::SnapshotRefused => "A new connection makes up for them.",
        Trouble::FileRefused { .. } => "Names of users and groups are then taken from the calls themselves.",
        Trouble::StoppedHere => "It starts again when the settings are saved or CallDoc is started.",
    };
    meaning.to_owned()
}

fn slowly(trouble: &Trouble) -> String {
    match trouble.retry() {
        Retry::Slow => format!(
            "Live calls need one CTILINK_PRO licence for one phone system, two for a network of up to five. CallDoc \
             asks again every {} minutes; SMDR works without it.",
            SLOW_RETRY.as_secs() / 60
        ),
        Retry::Backoff | Retry::Never => {
            "Live calls need a CTILINK_PRO licence; SMDR works without it.".to_owned()
        }
    }
}
