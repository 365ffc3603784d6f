//! Steps to mend a trouble, by the names of IP Office Manager's own tabs and boxes.

use super::Place;
use crate::link::Transport;
use crate::trouble::{During, Trouble};

const CHECK_ADDRESS: &str = "Check the address: in Manager it is shown when the configuration is opened, and under \
     System > LAN1.";
const CHECK_POWER: &str =
    "Check that the phone system is on, and that this computer reaches it (for instance with ping).";
const CHECK_FIREWALL: &str = "Let the firewall pass TCP ports 50797 (unencrypted) or 50796 (TLS) from this computer to the phone system.";
const OPEN_SECURITY: &str = "In IP Office Manager choose File > Advanced > Security Settings and log in as security \
     administrator.";
const ALLOW_TCP: &str = "Under System, tab \"Unsecured Interfaces\", tick \"TAPI / DevLink3\" and save.";
const USE_TLS: &str = "Or leave it off and use TLS here, with port 50796.";
const USE_PLAIN_PORT: &str = "Without TLS the port is 50797; with TLS it is 50796.";
const SWITCH_TLS_ON: &str = "Switch TLS on here (port 50796), or use port 50797 without TLS.";
const CHECK_USER: &str = "Under Service Users, check the name, and set the password anew if in doubt.";
const CHECK_BLOCKED: &str =
    "If the account's status is locked or disabled after wrong passwords, set it to Enabled.";
const CHECK_RIGHTS: &str = "Under Rights Groups, open a group of that user: on the tab \"Telephony APIs\", DevLink3 \
     must be ticked.";
const ENTER_PASSWORD: &str = "Then enter the password here and save.";
const CHECK_LICENCE: &str =
    "In Manager, under License, look for CTI Link Pro (CTILINK_PRO): it must be valid and not expired.";
const CHECK_LICENCE_USE: &str = "If another program uses it, add a licence or stop that program.";
const ONE_NODE: &str = "If the whole network was asked for, ask for one phone system only, or add licences.";
const CLOSE_OTHERS: &str =
    "Close other programs that use DevLink3, or wait: a connection that broke is kept for a while.";
const ASK_WHETHER_CHANGED: &str = "Ask who looks after the phone system whether its certificate was renewed or the \
     system replaced.";
const TRUST_NEW: &str = "Only if so: in Settings > Phone system, trust the new certificate.";
const ALLOW_NO_CLIENT_CERTIFICATE: &str = "Or have the phone system accept a certificate of this computer (Security \
     Settings > System > Certificates).";
const RELEASE: &str = "DevLink3 needs IP Office 10.0 or later; the release is shown in Manager's title bar.";

pub(super) fn steps(trouble: &Trouble, place: Place<'_>) -> Vec<&'static str> {
    match trouble {
        Trouble::NameNotFound => vec![CHECK_ADDRESS, "Try the numeric address in place of the name."],
        Trouble::Refused => match place.transport {
            Transport::Tcp => vec![OPEN_SECURITY, ALLOW_TCP, USE_TLS],
            Transport::Tls => vec![USE_PLAIN_PORT, CHECK_ADDRESS],
        },
        Trouble::ReachTimedOut | Trouble::Unreachable => vec![CHECK_ADDRESS, CHECK_POWER, CHECK_FIREWALL],
        Trouble::TlsFailed { .. } | Trouble::TlsTimedOut => vec![USE_PLAIN_PORT, RELEASE],
        Trouble::CertificateChanged { .. } => vec![ASK_WHETHER_CHANGED, TRUST_NEW],
        Trouble::ClientCertificateWanted => vec![OPEN_SECURITY, ALLOW_TCP, ALLOW_NO_CLIENT_CERTIFICATE],
        Trouble::NotDevlink { first_byte: 0x14..=0x17 } | Trouble::PlainRefused => vec![SWITCH_TLS_ON],
        Trouble::NotDevlink { .. } => vec![USE_PLAIN_PORT, CHECK_ADDRESS],
        Trouble::Closed { during: During::LoggingIn } | Trouble::NoAnswer { during: During::LoggingIn } => {
            vec![USE_PLAIN_PORT, CLOSE_OTHERS, CHECK_ADDRESS]
        }
        Trouble::WrongPassword => {
            vec![OPEN_SECURITY, CHECK_USER, CHECK_BLOCKED, CHECK_RIGHTS, ENTER_PASSWORD]
        }
        Trouble::LimitsExceeded => vec![CLOSE_OTHERS],
        Trouble::LicenceMissing | Trouble::EventsLicence => vec![CHECK_LICENCE, CHECK_LICENCE_USE, ONE_NODE],
        Trouble::FlagsRefused | Trouble::EventsNotAvailable => vec![RELEASE, OPEN_SECURITY, CHECK_RIGHTS],
        Trouble::BadUserName => {
            vec!["Enter the service user's name as it is in Manager's Security Settings."]
        }
        Trouble::BadChallenge { .. }
        | Trouble::UnknownLoginAnswer { .. }
        | Trouble::UnknownEventsAnswer { .. } => vec![RELEASE, OPEN_SECURITY, CHECK_RIGHTS],
        Trouble::Silent { .. } | Trouble::NoAnswer { .. } => vec![CHECK_POWER, CHECK_FIREWALL],
        Trouble::FramingLost(_)
        | Trouble::IntegrityLost
        | Trouble::Garbled { .. }
        | Trouble::Closed { .. }
        | Trouble::Broke(_)
        | Trouble::RetryLater
        | Trouble::SnapshotRefused
        | Trouble::FileRefused { .. }
        | Trouble::StoppedHere => Vec::new(),
    }
}

/// Events come, but not all kinds that were asked for.
pub(super) fn fewer_flags() -> Vec<String> {
    vec![
        "Nothing needs to be done. Newer releases of IP Office grant more; events of the whole network take more \
         licences."
            .to_owned(),
    ]
}
