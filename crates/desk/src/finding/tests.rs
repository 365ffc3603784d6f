use super::*;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const NO_TIME: Duration = Duration::ZERO;

fn address(text: &str) -> Ipv4Addr {
    text.parse().expect("an address")
}

#[test]
fn only_private_networks_are_searched_and_the_likeliest_addresses_first() {
    let own = [address("192.168.7.20"), address("8.8.4.4"), address("192.168.7.21")];
    let all = candidates(&own);
    assert_eq!(
        all[..3],
        [OUT_OF_THE_BOX, address("192.168.7.1"), address("192.168.7.254")],
        "as PBXs are set up"
    );
    assert!(all.iter().all(Ipv4Addr::is_private), "nobody outside is looked at");
    assert_eq!(all.len(), 1 + 254 - 2, "each address of the one network once, this computer's own left out");
    assert!(
        candidates(&[address("8.8.4.4"), Ipv4Addr::LOCALHOST]).is_empty(),
        "without a private network, none"
    );
}

#[test]
fn many_networks_are_looked_through_up_to_a_bound() {
    let own: Vec<Ipv4Addr> = (0..20).map(|third| Ipv4Addr::new(10, 0, third, 7)).collect();
    assert!(candidates(&own).len() <= MOST_NETWORKS * 254 + 1, "a computer with many networks asks no more");
}

#[test]
fn so_many_are_under_way_and_no_more() {
    let mut search = Search::among((1..=200).map(|last| Ipv4Addr::new(10, 0, 0, last)));
    let mut first = Vec::new();
    while let Some(at) = search.next(NO_TIME) {
        first.push(at);
    }
    assert_eq!(first.len(), AT_ONCE, "the network is not flooded");
    search.handle(Input::Looked { at: first[0], answered: Answered::default() });
    assert!(search.next(NO_TIME).is_some() && search.next(NO_TIME).is_none(), "one went, one comes");
}

#[test]
fn a_search_whose_time_is_up_ends_with_what_it_has() {
    let mut search = Search::among((1..=200).map(|last| Ipv4Addr::new(10, 0, 0, last)));
    let at = search.next(NO_TIME).expect("there is one");
    let answered = Answered { devlink_tls: true, ..Answered::default() };
    search.handle(Input::Looked { at, answered });
    assert_eq!(search.next(LONGEST), None, "nothing new is begun");
    assert!(search.is_over(), "and nothing is waited for");
    let result = search.result(usual_ports());
    assert_eq!(
        (result.end, result.found.len()),
        (SearchEnd::OutOfTime, 1),
        "what was found is told: {result:?}"
    );
}

#[test]
fn one_that_speaks_devlink_comes_before_one_that_only_manager_reaches() {
    let mut search = Search::among([address("10.0.0.1"), address("10.0.0.2")]);
    while let Some(at) = search.next(NO_TIME) {
        let answered = match at.octets()[3] {
            1 => Answered { manager: true, ..Answered::default() },
            _ => Answered { devlink: true, manager: true, ..Answered::default() },
        };
        search.handle(Input::Looked { at, answered });
    }
    let found = search.result(usual_ports()).found;
    assert_eq!(found[0].address, "10.0.0.2", "it can be connected at once");
    assert_eq!(found[0].devlink, Some(FoundDevlink { port: 50_797, tls: false }), "with its port");
    assert!(
        found[1].devlink.is_none() && found[1].says.contains("Manager"),
        "the other says what is missing"
    );
}

#[tokio::test]
async fn a_pbx_that_listens_is_found_and_silent_addresses_are_passed_over() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let closed = closed_port().await;
    let ports = Ports { devlink_tls: port, devlink: closed, manager: closed };
    let (_keep, stop) = oneshot::channel();
    let search = Search::among([Ipv4Addr::LOCALHOST, Ipv4Addr::new(127, 0, 0, 9)]);
    let result = drive(search, ports, stop).await.result(ports);
    let addresses: Vec<&str> = result.found.iter().map(|found| found.address.as_str()).collect();
    assert_eq!(addresses, ["127.0.0.1"], "the one that listens: {result:?}");
    assert_eq!((result.looked, result.end), (2, SearchEnd::Through), "both were looked at");
}

#[tokio::test]
async fn a_search_that_is_stopped_answers_at_once() {
    let (tell, stop) = oneshot::channel();
    tell.send(()).expect("it is listened to");
    // Nobody answers at addresses for documentation, so that the search would go on for a while.
    let search = Search::among((1..=254).map(|last| Ipv4Addr::new(127, 0, 1, last)));
    let ports = Ports { devlink_tls: 1, devlink: 1, manager: 1 };
    let result = drive(search, ports, stop).await.result(ports);
    assert_eq!(result.end, SearchEnd::Stopped, "no address more is begun: {result:?}");
    assert!(result.looked < 254, "most were never looked at");
}

#[test]
fn the_own_address_is_the_one_that_a_neighbour_would_use() {
    assert_eq!(
        address_towards(Ipv4Addr::LOCALHOST.into()),
        Some(Ipv4Addr::LOCALHOST.into()),
        "towards itself, itself"
    );
    assert!(own_addresses().iter().all(|own| !own.is_unspecified()), "an address is one");
}

async fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("bound").port()
}
