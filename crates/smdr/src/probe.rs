//! "Test connection": tries the settings once, without a collector.

use crate::collector::{GoOn, Intake, dial};
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Listen: the port is free and could be had. Whether the PBX will come is not known before its next call.
    PortIsFree {
        on: SocketAddr,
    },
    /// Connect: something answered and did not speak otherwise. A PBX sends its buffered records at once and forgets
    /// them: `lines` are those that came while we listened, whole lines for the journal if the site has one.
    Reached {
        peer: SocketAddr,
        lines: Vec<u8>,
    },
    Trouble(Trouble),
}

/// Long enough for the first records over a VPN, short enough for a person at a button.
const LISTEN_FOR: Duration = Duration::from_millis(1500);

/// A full buffer of the PBX (3,000 records) is below this.
const MAX_BYTES: usize = 1024 * 1024;

/// Tries `settings`. Stop the site's own collector first: it has the port, or the PBX's only connection.
pub async fn probe(settings: &Settings) -> Probe {
    match settings {
        Settings::Listen { address, port, .. } => try_port(SocketAddr::new(*address, *port)).await,
        Settings::Connect { host, port } => match dial(host, *port).await {
            Ok(stream) => listen_to(stream).await,
            Err(trouble) => Probe::Trouble(trouble),
        },
    }
}

async fn try_port(address: SocketAddr) -> Probe {
    match TcpListener::bind(address).await {
        Ok(listener) => Probe::PortIsFree { on: listener.local_addr().unwrap_or(address) },
        Err(error) => Probe::Trouble(Trouble::of_listening(&error)),
    }
}

async fn listen_to(mut stream: TcpStream) -> Probe {
    let peer = match stream.peer_addr() {
        Ok(peer) => peer,
        Err(error) => return Probe::Trouble(Trouble::of_connecting(&error)),
    };
    let until = Instant::now() + LISTEN_FOR;
    let mut intake = Intake::default();
    let (mut buffer, mut lines, mut heard) = (vec![0; 16 * 1024], Vec::new(), 0);
    while heard < MAX_BYTES {
        let length = match tokio::time::timeout_at(until, stream.read(&mut buffer)).await {
            Err(_) => break,
            Ok(Ok(0)) if heard == 0 => return Probe::Trouble(Trouble::Closed),
            Ok(Ok(0)) => break,
            Ok(Ok(length)) => length,
            Ok(Err(_)) if heard == 0 => return Probe::Trouble(Trouble::Broken),
            Ok(Err(_)) => break,
        };
        heard += length;
        let taken = intake.take(&buffer[..length]);
        lines.extend(taken.lines);
        if taken.disturbance.is_some() || taken.go_on == GoOn::Close {
            return Probe::Trouble(Trouble::NotSmdr);
        }
    }
    let last = intake.finish();
    if last.disturbance.is_some() {
        return Probe::Trouble(Trouble::NotSmdr);
    }
    lines.extend(last.lines);
    Probe::Reached { peer, lines }
}
