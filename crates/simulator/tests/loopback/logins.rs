use crate::client::{Answer, Client};
use crate::quick;
use devlink3::message::{EventsResult, LoginReply, Request};
use devlink3::pin::PinVerifier;
use devlink3::{Flag, Password};
use simulator::{Faults, Refusal, Settings, Simulator, SimulatorError, Tls};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;

async fn office(settings: Settings) -> (Simulator, std::net::SocketAddr) {
    let simulator = Simulator::start(settings).await.expect("it starts");
    let addr = simulator.devlink3_addr().expect("DevLink3 was asked for");
    (simulator, addr)
}

#[tokio::test]
async fn only_the_right_user_with_the_right_password_comes_in() {
    let settings =
        Settings { user: Some("cti".to_owned()), password: Some(Password::new("secret")), ..quick() };
    let (_simulator, addr) = office(settings).await;
    for (user, password) in [("cti", "wrong"), ("someone", "secret")] {
        let reply = Client::connect(addr).await.log_in(user, password).await;
        assert_eq!(reply, Answer::Login(LoginReply::Failed), "{user} with {password}");
    }
    let reply = Client::connect(addr).await.log_in("cti", "secret").await;
    let Answer::Login(LoginReply::Success { version, .. }) = reply else {
        panic!("the right password is accepted: {reply:?}");
    };
    assert!(version.is_some_and(|version| version.contains("IP500")), "it says what PBX it is");
}

#[tokio::test]
async fn the_fourth_client_is_one_too_many_until_one_leaves() {
    let (_simulator, addr) = office(quick()).await;
    let mut seated = Vec::new();
    for _ in 0..3 {
        seated.push(Client::logged_in(addr).await);
    }
    let reply = Client::connect(addr).await.log_in("cti", "any").await;
    assert_eq!(reply, Answer::Login(LoginReply::LimitsExceeded), "three are the limit");
    seated.pop();
    loop {
        match Client::connect(addr).await.log_in("cti", "any").await {
            Answer::Login(LoginReply::Success { .. }) => break,
            Answer::Login(LoginReply::LimitsExceeded) => tokio::task::yield_now().await,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn ordered_refusals_come_first_and_once() {
    let refuse_logins = vec![Refusal::RetryLater, Refusal::LicenceMissing];
    let (_simulator, addr) =
        office(Settings { faults: Faults { refuse_logins, ..Faults::default() }, ..quick() }).await;
    let mut replies = Vec::new();
    for _ in 0..2 {
        replies.push(Client::connect(addr).await.log_in("cti", "any").await);
    }
    let expected = [Answer::Login(LoginReply::RetryLater), Answer::Login(LoginReply::LicenceMissing)];
    assert_eq!(replies, expected, "as ordered");
    Client::logged_in(addr).await;
}

#[tokio::test]
async fn tests_are_echoed_before_any_login() {
    let (_simulator, addr) = office(quick()).await;
    let mut client = Client::connect(addr).await;
    client.send(Request::Test { id: 9, payload: b"alive?" }).await;
    assert_eq!(client.next().await, Answer::Test { bytes: b"alive?".to_vec() }, "the same bytes come back");
}

#[tokio::test]
async fn flags_can_be_unknown_or_not_granted() {
    let faults = Faults {
        unknown_flags: vec![Flag::SipTrack],
        refused_flags: vec![Flag::CmExtn],
        ..Faults::default()
    };
    let (_simulator, addr) = office(Settings { faults, calls: Some(0), ..quick() }).await;
    let mut client = Client::logged_in(addr).await;
    let unknown = client.ask_events("-SIPTrack").await;
    assert_eq!(unknown, Answer::Events(EventsResult::UnknownFlag, String::new()), "nothing is granted");
    let partial = client.ask_events("-SCN -CMExtn").await;
    assert_eq!(partial, Answer::Events(EventsResult::Partial, "-SCN".to_owned()), "the rest is granted");
}

#[tokio::test]
async fn events_and_files_need_a_login() {
    let (_simulator, addr) = office(quick()).await;
    let mut client = Client::connect(addr).await;
    let refused = client.ask_events("").await;
    assert_eq!(refused, Answer::Events(EventsResult::NotAvailable, String::new()), "not for strangers");
    let refused = client.read_file("nasystem/user_list").await;
    assert_eq!(refused, Answer::File { found: false, bytes: Vec::new() }, "nor are files");
}

#[tokio::test]
async fn the_lists_of_people_and_groups_can_be_read() {
    let (_simulator, addr) = office(quick()).await;
    let mut client = Client::logged_in(addr).await;
    for (name, number, called) in
        [("nasystem/user_list", "201", "Ann Keller"), ("nasystem/hunt_list", "301", "Support")]
    {
        let Answer::File { found: true, bytes } = client.read_file(name).await else {
            panic!("{name} is there");
        };
        let directory = devlink3::Directory::parse(&bytes);
        let entry = (number.to_owned(), called.to_owned());
        assert!(directory.entries.contains(&entry), "{name} holds {called}: {directory:?}");
        assert_eq!(directory.lines_not_understood, 0, "{name} is read whole");
    }
    let missing = client.read_file("nasystem/secrets").await;
    assert_eq!(missing, Answer::File { found: false, bytes: Vec::new() }, "no other file is");
}

#[tokio::test]
async fn over_tls_the_fingerprint_is_the_one_it_tells() {
    let (simulator, addr) = office(Settings { tls: Tls::SelfSigned, ..quick() }).await;
    let provider = Arc::new(ring::default_provider());
    let verifier = Arc::new(PinVerifier::new(simulator.fingerprint(), Arc::clone(&provider)));
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    let stream = TcpStream::connect(addr).await.expect("it listens");
    let name = ServerName::try_from("ipoffice").expect("a name");
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.expect("the pin fits");
    let reply = Client::over(stream).log_in("cti", "any").await;
    assert!(
        matches!(reply, Answer::Login(LoginReply::Success { .. })),
        "and the same login follows: {reply:?}"
    );
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused_in_words() {
    let zone = Settings { time_zone: "Europe/Atlantis".to_owned(), ..Settings::default() };
    let speed = Settings { speed: 0.0, ..Settings::default() };
    let kinds = Settings { kinds: Some(Vec::new()), ..Settings::default() };
    for (settings, word) in [(zone, "Atlantis"), (speed, "speed"), (kinds, "kinds")] {
        let error: SimulatorError = Simulator::start(settings).await.expect_err("it cannot start");
        assert!(error.to_string().contains(word), "the sentence names it: {error}");
    }
}
