//! The driver on loopback, against a PBX by script.

mod support;

use devlink3::message::{FileResult, LoginReply, Request, Response};
use devlink3::probe::{Found, ProbeResult, StepKind};
use devlink3::trouble::During;
use devlink3::{Directory, FileName, Link, LinkState, Report, Transport, Trouble, probe, read_file, words};
use model::Said;
use std::time::Duration;
use support::{HANG_UP, Pbx, event, frame, login_reply, settings, welcome};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn accept(listener: &TcpListener) -> Pbx<TcpStream> {
    Pbx::new(listener.accept().await.unwrap().0)
}

/// Reports up to and with the first that `last` names.
async fn until(reports: &mut mpsc::Receiver<Report>, last: impl Fn(&Report) -> bool) -> Vec<Report> {
    let mut seen = Vec::new();
    loop {
        let report = reports.recv().await.expect("the link goes on");
        let is_last = last(&report);
        seen.push(report);
        if is_last {
            return seen;
        }
    }
}

fn is_up(report: &Report) -> bool {
    matches!(report, Report::State(LinkState::Up(_)))
}

fn is_down(report: &Report) -> bool {
    matches!(report, Report::State(LinkState::Down { .. }))
}

fn losses(reports: &[Report]) -> Vec<&[u8]> {
    reports
        .iter()
        .filter_map(|report| match report {
            Report::Journal { said: Said::DevlinkLost, bytes } => Some(&bytes[..]),
            _ => None,
        })
        .collect()
}

/// Lets the driver's waits pass without waiting.
async fn pass(length: Duration) {
    tokio::time::pause();
    tokio::time::advance(length).await;
    tokio::time::resume();
}

#[tokio::test]
async fn events_come_through_and_a_lost_link_is_told_once_and_comes_back() {
    let (listener, port) = listen().await;
    let (sender, mut reports) = mpsc::channel(64);
    let link = Link::start(settings(port, Transport::Tcp), sender);
    let mut pbx = accept(&listener).await;
    pbx.grant().await;
    let before = until(&mut reports, is_up).await;
    assert_eq!(before[0], Report::State(LinkState::Connecting), "first of all");
    assert!(
        before.iter().any(|report| matches!(report, Report::Journal { said: Said::DevlinkSnapshot, .. })),
        "the grant is journaled"
    );
    let said = event(1, HANG_UP);
    pbx.send(&said).await;
    let journaled = Report::Journal { said: Said::DevlinkEvent, bytes: said[3..].to_vec() };
    assert_eq!(reports.recv().await, Some(journaled), "raw, at once");

    drop(pbx);
    let lost = until(&mut reports, is_down).await;
    assert_eq!(losses(&lost).len(), 1, "one loss for one granted session: {lost:?}");

    pass(Duration::from_secs(2)).await;
    drop(accept(&listener).await);
    let refused = until(&mut reports, is_down).await;
    assert_eq!(losses(&refused).len(), 0, "nothing was granted this time");
    let Some(Report::State(LinkState::Down { retry_after, .. })) = refused.last() else { unreachable!() };
    assert!(
        *retry_after > Duration::from_secs(1),
        "the wait grows until events keep coming: {retry_after:?}"
    );

    pass(Duration::from_secs(4)).await;
    accept(&listener).await.grant().await;
    until(&mut reports, is_up).await;
    link.stop().await;
    let mut rest = Vec::new();
    while let Some(report) = reports.recv().await {
        rest.push(report);
    }
    assert_eq!(losses(&rest).len(), 1, "a stop is told as a loss, too: {rest:?}");
}

#[tokio::test]
async fn a_wrong_password_ends_the_link_after_one_try() {
    let (listener, port) = listen().await;
    let (sender, mut reports) = mpsc::channel(64);
    let link = Link::start(settings(port, Transport::Tcp), sender);
    let mut pbx = accept(&listener).await;
    pbx.challenge().await;
    pbx.send(&login_reply(LoginReply::Failed)).await;
    let seen = until(&mut reports, |report| matches!(report, Report::Stopped(_))).await;
    assert_eq!(seen.last(), Some(&Report::Stopped(Trouble::WrongPassword)), "stopped: {seen:?}");
    assert_eq!(reports.recv().await, None, "nothing follows");
    link.stop().await;
}

#[tokio::test]
async fn a_full_channel_holds_the_pbx_back_and_drops_nothing() {
    let (listener, port) = listen().await;
    let (sender, mut reports) = mpsc::channel(1);
    let link = Link::start(settings(port, Transport::Tcp), sender);
    let flood = async {
        let mut pbx = accept(&listener).await;
        pbx.grant().await;
        let events: Vec<u8> = (0..2_000).flat_map(|counter| event(counter, HANG_UP)).collect();
        pbx.send(&events).await;
        pbx
    };
    let listening = async {
        let mut counted = 0;
        while counted < 2_000 {
            let report = reports.recv().await.expect("the link goes on");
            counted += usize::from(matches!(report, Report::Journal { said: Said::DevlinkEvent, .. }));
            assert!(!matches!(report, Report::Journal { said: Said::DevlinkGap, .. }), "none is missing");
        }
    };
    let (_pbx, ()) = tokio::join!(flood, listening);
    drop(reports);
    link.stop().await;
}

#[tokio::test]
async fn a_closed_port_is_told_as_refused_with_the_steps_for_it() {
    let (listener, port) = listen().await;
    drop(listener);
    let settings = settings(port, Transport::Tcp);
    let steps = probe(&settings).await;
    let results: Vec<_> = steps.iter().map(|step| (step.kind, &step.result)).collect();
    assert!(matches!(results[0], (StepKind::Resolve, ProbeResult::Good(Found::Addresses(_)))), "{results:?}");
    assert_eq!(results[1], (StepKind::Reach, &ProbeResult::Bad(Trouble::Refused)), "refused");
    assert_eq!(results[2], (StepKind::LogIn, &ProbeResult::Skipped), "not tried");
    let (says, mend) = words::step_result(results[1].1, words::Place::from(&settings));
    assert!(says.contains(&port.to_string()), "the port is named: {says}");
    assert!(
        mend.iter().any(|step| step.contains("Unsecured Interfaces")),
        "with the tab to look at: {mend:?}"
    );
}

#[tokio::test]
async fn a_test_of_good_settings_goes_through_every_step() {
    let (listener, port) = listen().await;
    let settings = settings(port, Transport::Tcp);
    let pbx = async {
        let mut pbx = accept(&listener).await;
        pbx.grant().await;
        assert_eq!(pbx.next().await, None, "the connection is given back at once");
    };
    let (steps, ()) = tokio::join!(probe(&settings), pbx);
    assert!(steps.iter().all(|step| matches!(step.result, ProbeResult::Good(_))), "{steps:?}");
    assert_eq!(steps.len(), 4, "without TLS there is no certificate to check");
}

#[tokio::test]
async fn a_name_that_is_none_is_told() {
    let mut settings = settings(1, Transport::Tcp);
    settings.host = "no such host".to_owned();
    let steps = probe(&settings).await;
    assert_eq!(steps[0].result, ProbeResult::Bad(Trouble::NameNotFound), "not found");
}

async fn serve_file(listener: &TcpListener, result: FileResult, bytes: &[u8]) {
    let mut pbx = accept(listener).await;
    assert!(pbx.challenge().await, "logs in like any client");
    pbx.send(&welcome()).await;
    let request = pbx.next().await.unwrap();
    let Ok(Request::ReadFile { id, name }) = Request::decode(&request) else { panic!("a file is asked for") };
    assert_eq!(name, "nasystem/user_list", "by its name");
    let answer = frame(&Response::File { id, result, bytes });
    for piece in answer.chunks(1_000) {
        pbx.send(piece).await;
    }
    assert_eq!(pbx.next().await, None, "and the connection is closed after it");
}

#[tokio::test]
async fn the_user_list_is_read_on_a_connection_of_its_own() {
    let (listener, port) = listen().await;
    let list: String = (1_000..3_000).map(|number| format!("User {number},{number}\r\n")).collect();
    let settings = settings(port, Transport::Tcp);
    let reading = read_file(&settings, FileName::UserList);
    let (file, ()) = tokio::join!(reading, serve_file(&listener, FileResult::Success, list.as_bytes()));
    let file = file.unwrap();
    assert_eq!(file, list.as_bytes(), "whole, in the long frame form");
    assert_eq!(Directory::parse(&file).entries.len(), 2_000, "every user is found");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told() {
    let (listener, port) = listen().await;
    let settings = settings(port, Transport::Tcp);
    let reading = read_file(&settings, FileName::UserList);
    let (file, ()) = tokio::join!(reading, serve_file(&listener, FileResult::Refused(5), b""));
    assert_eq!(file, Err(Trouble::FileRefused { number: 5 }), "with the PBX's number");
}

#[tokio::test]
async fn a_port_that_closes_at_once_is_told() {
    let (listener, port) = listen().await;
    let settings = settings(port, Transport::Tcp);
    let (file, _) = tokio::join!(read_file(&settings, FileName::HuntList), async {
        let mut pbx = accept(&listener).await;
        pbx.next().await
    });
    assert_eq!(
        file,
        Err(Trouble::Closed { during: During::LoggingIn }),
        "it is no DevLink3 port, or is full"
    );
}
