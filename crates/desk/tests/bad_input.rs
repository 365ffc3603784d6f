//! Whatever comes in at the SMDR port: an entry in the health list, nothing lost, nothing crashed.

mod office;

use contract::health::{AskHealth, HealthKind};
use desk::{Answer, Desk, Happening};
use office::{calls, free_port, listening_site, open};
use std::io::Write;
use std::net::TcpStream;

async fn connect(port: u16) -> TcpStream {
    loop {
        if let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) {
            return stream;
        }
        tokio::task::yield_now().await;
    }
}

fn row(call_id: u64, name: &str) -> String {
    format!(
        "2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,{call_id},0,E403,{name},T9001,Line 1.2,0,0\r\n"
    )
}

async fn until_told(desk: &Desk, port: u16, bytes: &[u8], calls: usize) {
    let mut happenings = desk.happenings();
    connect(port).await.write_all(bytes).expect("sent");
    let mut told = 0;
    while told < calls {
        match happenings.next().await.as_deref() {
            Some(Happening::Call(_)) => told += 1,
            Some(_) => {}
            None => panic!("the desk closed"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_lines_among_good_ones_cost_none_of_the_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let port = free_port();
    listening_site(&desk, port).await;
    let mut bytes = row(1, "Ann").into_bytes();
    bytes.extend_from_slice(
        b"1970/01/01 00:00:00,00:00:05,7,0,I,403,390664,,0,2,0,E403,Ann,T9001,Line 1.2,0,0\r\n",
    );
    bytes.extend_from_slice(
        b"2300/01/01 00:00:00,00:00:05,7,0,I,403,390664,,0,3,0,E403,Ann,T9001,Line 1.2,0,0\r\n",
    );
    bytes.extend_from_slice(b"a,b,c\r\n");
    bytes.extend_from_slice([b"x,".repeat(3_000).as_slice(), b"\r\n"].concat().as_slice());
    bytes.extend_from_slice(b"\0\0");
    bytes.extend_from_slice(row(4, "Keller, \"Ann\"").as_bytes());
    bytes.extend_from_slice(b"2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,5,0,E403,J\xfcrgen\xff,T9001,Line 1.2,0,0\r\n");
    until_told(&desk, port, &bytes, 3).await;
    let health = desk.answer(AskHealth {}).await.expect("health");
    let quarantined: u64 =
        health.iter().filter(|entry| entry.kind == HealthKind::Quarantine).map(|entry| entry.times).sum();
    assert_eq!(quarantined, 4, "each unreadable line is told with its reason: {health:#?}");
    desk.close().await.expect("closed");
    let told = calls(folder.path()).await;
    assert_eq!(told.len(), 3, "the readable rows are calls: {told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_browser_at_the_port_is_told_and_disturbs_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let port = free_port();
    listening_site(&desk, port).await;
    let mut happenings = desk.happenings();
    let mut browser = connect(port).await;
    browser.write_all(b"GET / HTTP/1.1\r\nHost: pbx\r\n\r\n").expect("sent");
    loop {
        match happenings.next().await.as_deref() {
            Some(Happening::Health(entry)) if entry.says.contains("HTTP") => break,
            Some(_) => {}
            None => panic!("the desk closed"),
        }
    }
    until_told(&desk, port, row(1, "Ann").as_bytes(), 1).await;
    desk.close().await.expect("closed");
    assert_eq!(calls(folder.path()).await.len(), 1, "the PBX is heard all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_from_the_future_says_that_the_clock_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let port = free_port();
    listening_site(&desk, port).await;
    let row = row(1, "Ann").replace("2026/03/09", "2098/03/09");
    until_told(&desk, port, row.as_bytes(), 1).await;
    let health = desk.answer(AskHealth {}).await.expect("health");
    assert!(health.iter().any(|entry| entry.says.contains("clock")), "in words: {health:#?}");
    desk.close().await.expect("closed");
    assert_eq!(calls(folder.path()).await.len(), 1, "the call is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_is_open_says_who_holds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let second = Desk::open(office::opening(folder.path())).await;
    let failure = second.err().expect("one writer at a time");
    assert!(failure.message.contains("test (process"), "it names the holder: {}", failure.message);
    desk.close().await.expect("closed");
}
