//! Sentences for the person at the screen: how the link stands, what is wrong, and what to do in IP Office Manager.

use crate::collector::{Disturbance, State};
use crate::probe::Probe;
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::net::IpAddr;

impl State {
    /// What is the case, as one sentence.
    pub fn sentence(&self) -> String {
        match self {
            State::Listening { on } => format!("Listening for call records on port {}.", on.port()),
            State::Connecting { to } => format!("Connecting to {to} for call records."),
            State::Connected { peer } => format!("Receiving call records from {}.", peer.ip().to_canonical()),
            State::Waiting { place, trouble, retry_seconds: 1 } => {
                format!("{} Trying again in 1 second.", trouble.sentence(place))
            }
            State::Waiting { place, trouble, retry_seconds } => {
                format!("{} Trying again in {retry_seconds} seconds.", trouble.sentence(place))
            }
            State::Failed { place, trouble } => trouble.sentence(place),
        }
    }

    /// What a person can do, where something can be done.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            State::Listening { .. } | State::Connecting { .. } | State::Connected { .. } => None,
            State::Waiting { trouble, .. } | State::Failed { trouble, .. } => trouble.advice(),
        }
    }
}

impl Trouble {
    /// `place` as [`Settings`] displays it.
    pub fn sentence(&self, place: &str) -> String {
        match self {
            Trouble::PortInUse => format!("Another program on this computer already uses {place}."),
            Trouble::NoSuchAddress => {
                format!("This computer does not have the address to listen on ({place}).")
            }
            Trouble::NotPermitted => format!("This computer does not allow CallDoc to listen on {place}."),
            Trouble::Refused => format!("{place} answers, but takes no SMDR connections on this port."),
            Trouble::NoAnswer => format!("There is no answer from {place}."),
            Trouble::NoRoute => format!("This computer cannot reach {place}."),
            Trouble::UnknownName => format!("The name in {place} is not known in this network."),
            Trouble::Closed => format!("{place} closed the SMDR connection."),
            Trouble::Broken => format!("The SMDR connection to {place} broke."),
            Trouble::NotSmdr => format!("What answers at {place} does not send call records."),
            Trouble::Other(said) => format!("SMDR on {place} does not work: {said}."),
        }
    }

    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Trouble::PortInUse => Some(
                "Choose another port here and in the SMDR tab of IP Office Manager, or end the other program. Two sites need two ports.",
            ),
            Trouble::NoSuchAddress => Some("Use 0.0.0.0 to listen on all addresses of this computer."),
            Trouble::NotPermitted => {
                Some("Choose a port above 1024, for instance 1150, here and in IP Office Manager.")
            }
            Trouble::Refused => Some(
                "In the SMDR tab of IP Office Manager set the IP address to 0.0.0.0 and compare the TCP port; check that no other program is connected to it.",
            ),
            Trouble::NoAnswer | Trouble::NoRoute => {
                Some("Check the phone system's address, the network cable or VPN, and firewalls between.")
            }
            Trouble::UnknownName => Some("Enter the phone system's IP address instead of its name."),
            Trouble::Closed => Some(
                "If this happens again and again, another program is collecting the records: the phone system serves one at a time.",
            ),
            Trouble::NotSmdr => {
                Some("Compare the port with the TCP port in the SMDR tab of IP Office Manager.")
            }
            Trouble::Broken | Trouble::Other(_) => None,
        }
    }
}

impl Disturbance {
    /// For the health list. `peer` is an address in the network, not a caller.
    pub fn sentence(self, peer: IpAddr) -> String {
        match self {
            Disturbance::NotAllowed => {
                format!("{peer} tried to deliver call records, but only the address in the settings may.")
            }
            Disturbance::Silent => {
                format!("{peer} connected to the SMDR port and sent nothing, as port scans do.")
            }
            Disturbance::Idle => {
                format!("{peer} connected to the SMDR port and sent no call record; it was disconnected.")
            }
            Disturbance::Tls => format!("{peer} spoke TLS on the SMDR port; it was disconnected."),
            Disturbance::Http => {
                format!("{peer} spoke HTTP on the SMDR port, as web browsers do; it was disconnected.")
            }
            Disturbance::Garbage => format!("{peer} sent something on the SMDR port that is no call record."),
            Disturbance::TooMany => {
                format!("{peer} has to wait: too many programs are connected to the SMDR port.")
            }
        }
    }
}

impl Probe {
    /// The result as a sentence; `settings` are those that were tried.
    pub fn sentence(&self, settings: &Settings) -> String {
        match self {
            Probe::PortIsFree { on } => {
                format!(
                    "CallDoc can listen on port {}. The phone system sends its records after its next call.",
                    on.port()
                )
            }
            Probe::Reached { peer, lines } if lines.is_empty() => {
                format!("{peer} takes SMDR connections. It had no records waiting.")
            }
            Probe::Reached { peer, .. } => format!("{peer} sends call records."),
            Probe::Trouble(trouble) => trouble.sentence(&settings.to_string()),
        }
    }

    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Probe::PortIsFree { .. } | Probe::Reached { .. } => None,
            Probe::Trouble(trouble) => trouble.advice(),
        }
    }
}

/// What to set in IP Office Manager, step by step. `this_computer` is the address by which the PBX reaches us.
pub fn manager_steps(settings: &Settings, this_computer: Option<IpAddr>) -> Vec<String> {
    let (address, port) = match settings {
        Settings::Connect { port, .. } => {
            ("0.0.0.0 (the phone system then waits for CallDoc)".to_owned(), *port)
        }
        Settings::Listen { address, port, .. } => {
            let set = (!address.is_unspecified()).then_some(*address);
            let address = set.or(this_computer).map(|address| address.to_string());
            (address.unwrap_or_else(|| "the IP address of this computer".to_owned()), *port)
        }
    };
    vec![
        "In IP Office Manager open the configuration, choose System, then the SMDR tab.".to_owned(),
        "Set Output to \"SMDR Only\".".to_owned(),
        format!("Under Station Message Detail Recorder Communications set IP Address to {address}."),
        format!("Set TCP Port to {port}."),
        "Set Records to Buffer to 500 or more (10 to 3000): the phone system keeps that many while CallDoc is not running.".to_owned(),
        "Tick Call Splitting for Diverts, so that diverted calls show each part.".to_owned(),
        "Save the configuration to the phone system, then make a short call: its record follows within a minute.".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn steps_name_the_address_and_the_port_to_type() {
        let listen =
            Settings::Listen { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), port: 1151, only_from: None };
        let steps = manager_steps(&listen, Some(IpAddr::V4(Ipv4Addr::new(192, 168, 42, 20)))).join(" ");
        assert!(
            steps.contains("192.168.42.20") && steps.contains("1151"),
            "the PBX connects to this computer: {steps}"
        );
        let connect = Settings::Connect { host: "192.168.42.1".to_owned(), port: 1150 };
        let steps = manager_steps(&connect, None).join(" ");
        assert!(steps.contains("0.0.0.0"), "we connect to the PBX: {steps}");
    }

    #[test]
    fn a_state_in_trouble_says_where_what_and_when() {
        let waiting =
            State::Waiting { place: "port 1150".to_owned(), trouble: Trouble::PortInUse, retry_seconds: 4 };
        assert_eq!(
            waiting.sentence(),
            "Another program on this computer already uses port 1150. Trying again in 4 seconds.",
            "one look tells it"
        );
        assert!(waiting.advice().is_some(), "and what to do about it");
    }
}
