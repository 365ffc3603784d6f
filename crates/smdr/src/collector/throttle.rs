//! A port scan every night must not fill the health list, nor a thousand addresses the memory.

use super::Disturbance;
use std::net::IpAddr;
use std::time::Duration;
use tokio::time::Instant;

/// What was said of whom and when.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    said: Vec<(IpAddr, Disturbance, Instant)>,
}

/// The same of the same address is worth saying again after this.
const QUIET: Duration = Duration::from_secs(600);

/// More strangers at once are told only as long as they find room: the picture is clear by then.
const MAX_REMEMBERED: usize = 128;

impl Throttle {
    pub(super) fn is_news(&mut self, peer: IpAddr, what: Disturbance, now: Instant) -> bool {
        self.said.retain(|(_, _, at)| now.duration_since(*at) < QUIET);
        let known = self.said.iter().any(|(of, said, _)| *of == peer && *said == what);
        if known || self.said.len() >= MAX_REMEMBERED {
            return false;
        }
        self.said.push((peer, what, now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_scan_is_told_once_in_ten_minutes_for_each_address() {
        let (mut throttle, start) = (Throttle::default(), Instant::now());
        let scanner = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 9));
        assert!(throttle.is_news(scanner, Disturbance::Silent, start), "the first time");
        assert!(!throttle.is_news(scanner, Disturbance::Silent, start + QUIET / 2), "the same again");
        assert!(throttle.is_news(scanner, Disturbance::Tls, start), "something else");
        assert!(throttle.is_news(scanner, Disturbance::Silent, start + QUIET), "ten minutes later");
    }

    #[test]
    fn a_thousand_addresses_do_not_fill_the_memory() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        let told = (0..1000u32)
            .filter(|n| throttle.is_news(IpAddr::V4((*n).into()), Disturbance::Silent, now))
            .count();
        assert_eq!(told, MAX_REMEMBERED, "no more than are remembered");
    }
}
