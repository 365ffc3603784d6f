//! The collector over loopback. Time is tokio's and stands still unless everybody waits, so nothing here sleeps.

use smdr::probe::{Probe, probe};
use smdr::{Collector, Disturbance, Report, Settings, State, Trouble};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ROW: &[u8] =
    b"2026/03/09 14:05:00,00:00:05,7,0123,I,403,390664,,0,1000013,0,E403,Ann,T9001,Line 1.2,0,0\r\n";

async fn listening(only_from: Option<IpAddr>) -> (Collector, mpsc::Receiver<Report>, SocketAddr) {
    let (reports, mut told) = mpsc::channel(64);
    let collector = Collector::start(Settings::Listen { address: HERE, port: 0, only_from }, reports);
    let Some(Report::State(State::Listening { on })) = told.recv().await else { panic!("it listens first") };
    (collector, told, on)
}

async fn next_lines(told: &mut mpsc::Receiver<Report>) -> Vec<u8> {
    loop {
        match told.recv().await {
            Some(Report::Lines(lines)) => return lines,
            Some(Report::State(_)) => {}
            Some(Report::Complaint { reason, .. }) => panic!("no complaint was due: {reason:?}"),
            None => panic!("the collector ended before its lines"),
        }
    }
}

async fn next_complaint(told: &mut mpsc::Receiver<Report>) -> Disturbance {
    loop {
        match told.recv().await {
            Some(Report::Complaint { reason, .. }) => return reason,
            Some(Report::State(_)) => {}
            Some(Report::Lines(_)) => panic!("no lines were due"),
            None => panic!("the collector ended before its complaint"),
        }
    }
}

async fn next_state(told: &mut mpsc::Receiver<Report>) -> State {
    loop {
        match told.recv().await {
            Some(Report::State(state)) => return state,
            Some(Report::Lines(_) | Report::Complaint { .. }) => {}
            None => panic!("the collector ended before its state"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_pbx_connects_and_its_rows_come_at_once() {
    let (collector, mut told, on) = listening(None).await;
    let mut pbx = TcpStream::connect(on).await.unwrap();
    pbx.write_all(ROW).await.unwrap();
    assert_eq!(next_lines(&mut told).await, ROW, "as received");
    assert!(matches!(next_state(&mut told).await, State::Connected { .. }), "a row makes it a PBX");
    pbx.write_all(&ROW[..20]).await.unwrap();
    drop(pbx);
    assert_eq!(
        next_lines(&mut told).await,
        [&ROW[..20], b"\n"].concat(),
        "an unfinished line comes at close"
    );
    assert!(
        matches!(next_state(&mut told).await, State::Listening { .. }),
        "and it waits for the next connection"
    );
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn each_record_may_have_a_connection_of_its_own() {
    let (collector, mut told, on) = listening(Some(HERE)).await;
    for _ in 0..40 {
        let mut pbx = TcpStream::connect(on).await.unwrap();
        pbx.write_all(ROW).await.unwrap();
        drop(pbx);
        assert_eq!(next_lines(&mut told).await, ROW, "connections that are over take no room");
    }
    collector.stop().await;
}

/// A collector that stood still comes back to everything at once that the system took in for it.
#[tokio::test(start_paused = true)]
async fn more_connections_at_once_than_there_is_room_for_lose_no_row() {
    let (collector, mut told, on) = listening(Some(HERE)).await;
    for _ in 0..60 {
        // Without waiting for anything: the collector does not run meanwhile.
        let mut pbx = std::net::TcpStream::connect(on).unwrap();
        std::io::Write::write_all(&mut pbx, ROW).unwrap();
    }
    let mut rows = Vec::new();
    while rows.len() < 60 * ROW.len() {
        rows.extend(next_lines(&mut told).await);
    }
    assert_eq!(rows, ROW.repeat(60), "those for which there was no room waited at the door");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_port_scan_is_told_once_and_stops_nothing() {
    let (collector, mut told, on) = listening(None).await;
    for _ in 0..20 {
        drop(TcpStream::connect(on).await.unwrap());
    }
    assert_eq!(next_complaint(&mut told).await, Disturbance::Silent, "a scan");
    let mut pbx = TcpStream::connect(on).await.unwrap();
    pbx.write_all(ROW).await.unwrap();
    assert_eq!(next_lines(&mut told).await, ROW, "no second complaint before the row");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn tls_http_and_garbage_are_told_and_never_become_lines() {
    let (collector, mut told, on) = listening(None).await;
    for (hello, what) in [
        (&b"\x16\x03\x01\x02\x00\x01\x00"[..], Disturbance::Tls),
        (b"GET /a,b HTTP/1.1\r\nAccept: text/html, */*\r\n\r\n", Disturbance::Http),
        (b"\x01\x02,\x03\xff\r\n\x05,\r\n", Disturbance::Garbage),
    ] {
        let mut stranger = TcpStream::connect(on).await.unwrap();
        stranger.write_all(hello).await.unwrap();
        drop(stranger);
        assert_eq!(next_complaint(&mut told).await, what, "one complaint for one connection");
    }
    let mut pbx = TcpStream::connect(on).await.unwrap();
    pbx.write_all(ROW).await.unwrap();
    assert_eq!(next_lines(&mut told).await, ROW, "the intake goes on");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_a_row_is_cut_off_after_a_minute() {
    let (collector, mut told, on) = listening(None).await;
    let mut stranger = TcpStream::connect(on).await.unwrap();
    assert_eq!(
        next_complaint(&mut told).await,
        Disturbance::Idle,
        "the minute passes at once on the turned clock"
    );
    let closed = stranger.read(&mut [0; 8]).await;
    assert!(matches!(closed, Ok(0) | Err(_)), "its place is free again: {closed:?}");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn only_the_set_address_may_deliver() {
    let pbx_elsewhere = IpAddr::V4(Ipv4Addr::new(192, 168, 42, 1));
    let (collector, mut told, on) = listening(Some(pbx_elsewhere)).await;
    let mut other = TcpStream::connect(on).await.unwrap();
    // The collector may have closed already; that is what is tested.
    let _ = other.write_all(ROW).await;
    assert_eq!(next_complaint(&mut told).await, Disturbance::NotAllowed, "rows from elsewhere are not taken");
    collector.stop().await;
    assert_eq!(told.recv().await, None, "and nothing else was told");
}

#[tokio::test(start_paused = true)]
async fn a_crowd_does_not_take_the_port_for_ever() {
    let (collector, mut told, on) = listening(Some(HERE)).await;
    let mut crowd = Vec::new();
    for _ in 0..17 {
        crowd.push(TcpStream::connect(on).await.unwrap());
    }
    assert_eq!(next_complaint(&mut told).await, Disturbance::TooMany, "one more than there is room for");
    let mut pbx = TcpStream::connect(on).await.unwrap();
    pbx.write_all(ROW).await.unwrap();
    drop(crowd.split_off(15));
    assert_eq!(next_complaint(&mut told).await, Disturbance::Silent, "some leave");
    assert_eq!(next_lines(&mut told).await, ROW, "and make room for who waited");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_port_in_use_is_told_and_taken_when_it_is_free() {
    let (first, mut told_first, on) = listening(None).await;
    let (reports, mut told) = mpsc::channel(64);
    let settings = Settings::Listen { address: HERE, port: on.port(), only_from: None };
    assert_eq!(probe(&settings).await, Probe::Trouble(Trouble::PortInUse), "the test button says so too");
    let second = Collector::start(settings.clone(), reports);
    let State::Waiting { trouble, .. } = next_state(&mut told).await else { panic!("it waits for the port") };
    assert_eq!(trouble, Trouble::PortInUse, "and says why");
    first.stop().await;
    assert_eq!(told_first.recv().await, None, "the first one is gone");
    while !matches!(next_state(&mut told).await, State::Listening { .. }) {}
    second.stop().await;
    assert!(matches!(probe(&settings).await, Probe::PortIsFree { .. }), "stopped means free");
}

#[tokio::test(start_paused = true)]
async fn we_connect_and_come_back_when_the_pbx_closes() {
    let pbx = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = pbx.local_addr().unwrap().port();
    let (reports, mut told) = mpsc::channel(64);
    let collector = Collector::start(Settings::Connect { host: HERE.to_string(), port }, reports);
    for _ in 0..3 {
        let (mut line, _) = pbx.accept().await.unwrap();
        assert!(matches!(next_state(&mut told).await, State::Connecting { .. }), "first it tries");
        assert!(matches!(next_state(&mut told).await, State::Connected { .. }), "then it is there");
        line.write_all(&ROW[..50]).await.unwrap();
        line.write_all(&ROW[50..]).await.unwrap();
        assert_eq!(next_lines(&mut told).await, ROW, "cut or not");
        drop(line);
        let State::Waiting { trouble, retry_seconds, .. } = next_state(&mut told).await else {
            panic!("it waits")
        };
        assert_eq!((trouble, retry_seconds), (Trouble::Closed, 1), "a row came: the back-off starts again");
    }
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_pbx_that_only_hangs_up_is_not_hammered() {
    let pbx = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = pbx.local_addr().unwrap().port();
    let (reports, mut told) = mpsc::channel(64);
    let collector = Collector::start(Settings::Connect { host: HERE.to_string(), port }, reports);
    let mut waits = Vec::new();
    while waits.len() < 6 {
        drop(pbx.accept().await.unwrap());
        loop {
            if let State::Waiting { retry_seconds, .. } = next_state(&mut told).await {
                waits.push(retry_seconds);
                break;
            }
        }
    }
    assert!(waits[5] >= 24, "a connection alone does not reset the back-off: {waits:?}");
    collector.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_test_button_tells_what_answers() {
    let pbx = TcpListener::bind((HERE, 0)).await.unwrap();
    let settings = Settings::Connect { host: HERE.to_string(), port: pbx.local_addr().unwrap().port() };
    let (tried, ()) = tokio::join!(probe(&settings), async {
        let (mut line, _) = pbx.accept().await.unwrap();
        line.write_all(ROW).await.unwrap();
    });
    let Probe::Reached { lines, .. } = tried else { panic!("a PBX: {tried:?}") };
    assert_eq!(lines, ROW, "the PBX has forgotten what it sent: it must not be lost");
    let (tried, ()) = tokio::join!(probe(&settings), async {
        let (mut line, _) = pbx.accept().await.unwrap();
        line.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    assert_eq!(tried, Probe::Trouble(Trouble::NotSmdr), "a web server");
    drop(pbx);
    let tried = probe(&settings).await;
    assert_eq!(tried, Probe::Trouble(Trouble::Refused), "nothing listens there");
    assert!(
        tried.advice().is_some() && tried.sentence(&settings).contains("127.0.0.1"),
        "with a sentence and advice"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_taking_reports_ends_the_collector() {
    let (collector, told, on) = listening(None).await;
    drop(told);
    drop(TcpStream::connect(on).await.unwrap());
    collector.stop().await;
    assert!(TcpListener::bind(on).await.is_ok(), "the port is free");
}
