//! The simulator over real sockets on loopback.

mod calls;
mod client;
mod logins;

use simulator::Settings;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

pub(crate) const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// An office that is quick and does not linger.
pub(crate) fn quick() -> Settings {
    Settings {
        devlink3: Some(ANY_PORT),
        speed: 200.0,
        linger: Duration::from_millis(50),
        ..Settings::default()
    }
}
