//! Opens the connections of a search and closes them again.

use super::{Answered, Input, Ports, Search};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// In an office's network an answer takes some milliseconds.
const EACH: Duration = Duration::from_millis(400);
/// Where IP Office Manager reaches a PBX's configuration.
const MANAGER_PORT: u16 = 50_804;

pub(crate) fn usual_ports() -> Ports {
    Ports { devlink_tls: devlink3::TLS_PORT, devlink: devlink3::TCP_PORT, manager: MANAGER_PORT }
}

/// Looks until the search is over, its time is up or `stop` is told (or dropped).
pub(crate) async fn drive(mut search: Search, ports: Ports, mut stop: oneshot::Receiver<()>) -> Search {
    let begun = Instant::now();
    let mut under_way = JoinSet::new();
    loop {
        while let Some(at) = search.next(begun.elapsed()) {
            under_way.spawn(async move { (at, look(at, ports).await) });
        }
        if search.is_over() {
            // What is still under way is dropped with the set.
            return search;
        }
        tokio::select! {
            _ = &mut stop => search.handle(Input::Stop),
            () = tokio::time::sleep_until(begun + search.next_deadline()) => {}
            Some(looked) = under_way.join_next() => {
                if let Ok((at, answered)) = looked {
                    search.handle(Input::Looked { at, answered });
                }
            }
        }
    }
}

async fn look(at: Ipv4Addr, ports: Ports) -> Answered {
    let (devlink_tls, devlink, manager) = tokio::join!(
        takes_connections(at, ports.devlink_tls),
        takes_connections(at, ports.devlink),
        takes_connections(at, ports.manager),
    );
    Answered { devlink_tls, devlink, manager }
}

async fn takes_connections(at: Ipv4Addr, port: u16) -> bool {
    matches!(timeout(EACH, TcpStream::connect(SocketAddr::new(at.into(), port))).await, Ok(Ok(_)))
}
