//! This computer's own addresses, as its system would choose them for a destination. Nothing is sent: a datagram socket
//! that is only connected asks the routing table and no more.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

/// Destinations in the three private ranges and outside: each may leave by another way.
const TOWARDS: [Ipv4Addr; 5] = [
    Ipv4Addr::new(192, 168, 42, 1),
    Ipv4Addr::new(192, 168, 1, 1),
    Ipv4Addr::new(10, 0, 0, 1),
    Ipv4Addr::new(172, 16, 0, 1),
    // Of the addresses that are set apart for documentation.
    Ipv4Addr::new(203, 0, 113, 1),
];
/// Any: no datagram is sent.
const DISCARD: u16 = 9;

/// Each once.
pub(crate) fn own_addresses() -> Vec<Ipv4Addr> {
    let mut own = Vec::new();
    for towards in TOWARDS {
        if let Some(IpAddr::V4(address)) = address_towards(IpAddr::V4(towards))
            && !own.contains(&address)
        {
            own.push(address);
        }
    }
    own
}

/// The address by which `there` reaches this computer; `None` without a way.
pub(crate) fn address_towards(there: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = match there {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(there, DISCARD)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified()).then_some(own)
}
