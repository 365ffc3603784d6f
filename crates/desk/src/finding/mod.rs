//! Finds an IP Office in this computer's own networks.
//!
//! [`Search`] decides which addresses are worth a look, how many at once, and when it is enough; [`drive`] opens and
//! closes the connections. Deliberately absent: addresses outside private networks, and any byte sent to a stranger.
//! That a port takes a connection is all that is looked at.

mod drive;
mod own_addresses;

pub(crate) use drive::{drive, usual_ports};
pub(crate) use own_addresses::{address_towards, own_addresses};

use contract::first_run::{FoundDevlink, FoundPbx, PbxSearch, SearchEnd};
use std::collections::{BTreeSet, VecDeque};
use std::net::Ipv4Addr;
use std::time::Duration;

/// Addresses under way at once: home routers lose track of more new connections than some hundred.
const AT_ONCE: usize = 48;
/// A person waits for it; a network of 254 addresses takes two to three seconds.
pub(crate) const LONGEST: Duration = Duration::from_secs(8);
/// Networks of this computer that are looked through: cable, wireless, a VPN.
const MOST_NETWORKS: usize = 3;
/// LAN1 of an IP Office as it comes out of the box.
const OUT_OF_THE_BOX: Ipv4Addr = Ipv4Addr::new(192, 168, 42, 1);
/// Last parts that people give to a PBX, or to the router before it, the likeliest first.
const LIKELY: [u8; 8] = [1, 254, 2, 10, 100, 200, 250, 5];

/// Which of a host's ports took a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) devlink_tls: bool,
    pub(crate) devlink: bool,
    pub(crate) manager: bool,
}

/// The ports that are tried on each address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) devlink_tls: u16,
    pub(crate) devlink: u16,
    pub(crate) manager: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Looked { at: Ipv4Addr, answered: Answered },
    Stop,
}

/// A search as a value. Time is what has passed since it began.
#[derive(Debug)]
pub(crate) struct Search {
    waiting: VecDeque<Ipv4Addr>,
    under_way: usize,
    looked: u32,
    found: Vec<(Ipv4Addr, Answered)>,
    ended: Option<SearchEnd>,
}

impl Search {
    pub(crate) fn among(addresses: impl IntoIterator<Item = Ipv4Addr>) -> Self {
        let waiting: VecDeque<Ipv4Addr> = addresses.into_iter().collect();
        Self { waiting, under_way: 0, looked: 0, found: Vec::new(), ended: None }
    }

    /// The next address to look at, while there is room for one more.
    pub(crate) fn next(&mut self, passed: Duration) -> Option<Ipv4Addr> {
        if self.ended.is_none() && passed >= LONGEST {
            self.ended = Some(SearchEnd::OutOfTime);
        }
        if self.ended.is_some() || self.under_way >= AT_ONCE {
            return None;
        }
        let next = self.waiting.pop_front()?;
        self.under_way += 1;
        Some(next)
    }

    pub(crate) fn handle(&mut self, input: Input) {
        match input {
            Input::Stop => self.ended = self.ended.or(Some(SearchEnd::Stopped)),
            Input::Looked { at, answered } => {
                self.under_way = self.under_way.saturating_sub(1);
                self.looked += 1;
                if answered != Answered::default() {
                    self.found.push((at, answered));
                }
            }
        }
    }

    /// Nothing is under way and nothing more will be.
    pub(crate) fn is_over(&self) -> bool {
        self.ended.is_some() || (self.waiting.is_empty() && self.under_way == 0)
    }

    pub(crate) fn next_deadline(&self) -> Duration {
        LONGEST
    }

    /// What came of it. `ports` are those that were tried.
    pub(crate) fn result(mut self, ports: Ports) -> PbxSearch {
        // One that speaks DevLink3 before one that only Manager reaches; then as the addresses are counted.
        self.found.sort_by_key(|(at, answered)| (!(answered.devlink_tls || answered.devlink), *at));
        let end = self.ended.unwrap_or_default();
        let says = words(self.found.len(), self.looked, end);
        let found = self.found.into_iter().map(|(at, answered)| told(at, answered, ports)).collect();
        PbxSearch { found, looked: self.looked, end, says }
    }
}

/// Addresses to look at, the likeliest first, each once. `own` are this computer's; those outside private networks are
/// passed over.
pub(crate) fn candidates(own: &[Ipv4Addr]) -> Vec<Ipv4Addr> {
    let mut networks: Vec<[u8; 3]> = Vec::new();
    for address in own.iter().filter(|address| address.is_private()) {
        let [a, b, c, _] = address.octets();
        if !networks.contains(&[a, b, c]) && networks.len() < MOST_NETWORKS {
            networks.push([a, b, c]);
        }
    }
    if networks.is_empty() {
        return Vec::new();
    }
    let of = |last: u8| networks.iter().map(move |[a, b, c]| Ipv4Addr::new(*a, *b, *c, last));
    let likely = std::iter::once(OUT_OF_THE_BOX).chain(LIKELY.into_iter().flat_map(of));
    let mut seen: BTreeSet<Ipv4Addr> = own.iter().copied().collect();
    likely.chain((1..=254).flat_map(of)).filter(|address| seen.insert(*address)).collect()
}

fn told(at: Ipv4Addr, answered: Answered, ports: Ports) -> FoundPbx {
    let (devlink, says) = match (answered.devlink_tls, answered.devlink) {
        (true, _) => (
            Some(FoundDevlink { port: ports.devlink_tls, tls: true }),
            "Answers on the DevLink3 port, encrypted.",
        ),
        (false, true) => (
            Some(FoundDevlink { port: ports.devlink, tls: false }),
            "Answers on the DevLink3 port, without encryption.",
        ),
        (false, false) => {
            (None, "Answers to IP Office Manager, but not to DevLink3. The next step tells what to set.")
        }
    };
    FoundPbx { address: at.to_string(), devlink, says: says.to_owned() }
}

fn words(found: usize, looked: u32, end: SearchEnd) -> String {
    match (found, looked, end) {
        (0, 0, _) => {
            "This computer is in no private network that could be searched. Type the address.".to_owned()
        }
        (0, _, SearchEnd::Stopped) => "The search was stopped. Type the address.".to_owned(),
        (0, looked, _) => format!(
            "Nothing answered as an IP Office does among {looked} addresses. It may be in another network: type its address."
        ),
        (1, ..) => "One phone system was found.".to_owned(),
        (found, ..) => format!("{found} addresses answer as an IP Office does. Choose yours."),
    }
}

#[cfg(test)]
mod tests;
