//! How a site's records reach us, parsed from what a person typed.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use thiserror::Error;

/// Which side calls the other. Port 0 (any free port) is possible only when built directly, as tests do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settings {
    /// The PBX connects to us, on `address` of this computer.
    Listen {
        address: IpAddr,
        port: u16,
        /// The only address that may deliver, where one is set.
        only_from: Option<IpAddr>,
    },
    /// We connect to the PBX.
    Connect { host: String, port: u16 },
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSettings {
    #[error("\"{0}\" is not an address of this computer. Use 0.0.0.0 to listen on all of them.")]
    ListenAddress(String),
    #[error(
        "\"{0}\" is not an IP address. Enter the phone system's address, for instance 192.168.42.1, or leave it empty."
    )]
    OnlyFrom(String),
    #[error("The phone system's address is missing.")]
    NoHost,
    #[error(
        "\"{0}\" is not an address. Enter only the phone system's address or name, without http:// and without port."
    )]
    Host(String),
    #[error("The port is missing. Avaya's usual SMDR port is 1150.")]
    NoPort,
}

impl Settings {
    /// An empty `address` means all addresses of this computer; an empty `only_from` means none is set.
    pub fn listen(address: &str, port: u16, only_from: Option<&str>) -> Result<Self, BadSettings> {
        let port = some_port(port)?;
        let address = match address.trim() {
            "" => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            typed => typed.parse().map_err(|_| BadSettings::ListenAddress(typed.to_owned()))?,
        };
        let only_from = match only_from.map(str::trim) {
            None | Some("") => None,
            Some(typed) => Some(typed.parse().map_err(|_| BadSettings::OnlyFrom(typed.to_owned()))?),
        };
        Ok(Self::Listen { address, port, only_from })
    }

    pub fn connect(host: &str, port: u16) -> Result<Self, BadSettings> {
        let port = some_port(port)?;
        let host = host.trim();
        if host.is_empty() {
            return Err(BadSettings::NoHost);
        }
        let is_address = host.parse::<IpAddr>().is_ok();
        let is_name =
            host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        if !is_address && !is_name {
            return Err(BadSettings::Host(host.to_owned()));
        }
        Ok(Self::Connect { host: host.to_owned(), port })
    }
}

/// Where, as people write it: `192.168.42.1:1150`, `port 1150`.
impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Settings::Listen { address, port, .. } if address.is_unspecified() => write!(f, "port {port}"),
            Settings::Listen { address, port, .. } => write!(f, "port {port} of {address}"),
            Settings::Connect { host, port } => write!(f, "{host}:{port}"),
        }
    }
}

fn some_port(port: u16) -> Result<u16, BadSettings> {
    if port == 0 { Err(BadSettings::NoPort) } else { Ok(port) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_settings_are_parsed_once() {
        let all =
            Settings::Listen { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), port: 1150, only_from: None };
        assert_eq!(
            Settings::listen(" ", 1150, Some("")),
            Ok(all),
            "nothing typed means all addresses and anybody"
        );
        let pbx = Settings::Connect { host: "192.168.42.1".to_owned(), port: 1150 };
        assert_eq!(Settings::connect(" 192.168.42.1 ", 1150), Ok(pbx), "blanks around do not matter");
    }

    #[test]
    fn each_wrong_setting_is_said_by_name() {
        for (result, word) in [
            (Settings::listen("office", 1150, None), "office"),
            (Settings::listen("", 1150, Some("192.168.1")), "192.168.1"),
            (Settings::listen("", 0, None), "port"),
            (Settings::connect("", 1150), "address is missing"),
            (Settings::connect("http://pbx", 1150), "http://pbx"),
        ] {
            let said = result.map_or_else(|bad| bad.to_string(), |_| "accepted".to_owned());
            assert!(said.contains(word), "{word:?} should stand in: {said}");
        }
    }
}
