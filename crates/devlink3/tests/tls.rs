//! TLS with a certificate that has signed itself: trusted on first use, insisted on afterwards.

mod support;

use devlink3::pin::Fingerprint;
use devlink3::probe::{Found, Pinned, ProbeResult, StepKind};
use devlink3::{Link, LinkState, Report, Transport, Trouble, probe, words};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS12;
use std::sync::Arc;
use support::{Pbx, settings};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

struct Office {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    port: u16,
    fingerprint: Fingerprint,
}

impl Office {
    /// TLS 1.2 only, as older releases speak it, under a name that is not the host's.
    async fn open() -> Self {
        let certified = rcgen::generate_simple_self_signed(vec!["IP_Office-00E007".to_owned()]).unwrap();
        let certificate: CertificateDer<'static> = certified.cert.der().clone();
        let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
        let fingerprint = Fingerprint::of(&certificate);
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[&TLS12])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)), port, fingerprint }
    }

    async fn accept(&self) -> std::io::Result<Pbx<tokio_rustls::server::TlsStream<tokio::net::TcpStream>>> {
        let (tcp, _) = self.listener.accept().await?;
        Ok(Pbx::new(self.acceptor.accept(tcp).await?))
    }
}

#[tokio::test]
async fn the_first_certificate_is_trusted_and_reported() {
    let office = Office::open().await;
    let (sender, mut reports) = mpsc::channel(64);
    let link = Link::start(settings(office.port, Transport::Tls), sender);
    let mut pbx = office.accept().await.unwrap();
    pbx.grant().await;
    let mut seen = Vec::new();
    while !matches!(seen.last(), Some(Report::State(LinkState::Up(_)))) {
        seen.push(reports.recv().await.unwrap());
    }
    assert_eq!(
        seen[1],
        Report::Fingerprint(office.fingerprint),
        "to be stored, before anything else: {seen:?}"
    );
    drop(reports);
    link.stop().await;
}

#[tokio::test]
async fn the_pinned_certificate_is_accepted_without_a_word() {
    let office = Office::open().await;
    let mut settings = settings(office.port, Transport::Tls);
    settings.pinned = Some(office.fingerprint);
    let pbx = async { office.accept().await.unwrap().grant().await };
    let (steps, ()) = tokio::join!(probe(&settings), pbx);
    assert_eq!(
        steps[2].result,
        ProbeResult::Good(Found::Certificate { shown: office.fingerprint, pinned_before: Pinned::Known }),
        "{steps:?}"
    );
    assert!(matches!(steps[4].result, ProbeResult::Good(_)), "through to the events: {steps:?}");
}

#[tokio::test]
async fn a_changed_certificate_is_refused_with_both_fingerprints_and_no_password() {
    let office = Office::open().await;
    let mut settings = settings(office.port, Transport::Tls);
    let pinned = Fingerprint::of(b"yesterday's");
    settings.pinned = Some(pinned);
    let (sender, mut reports) = mpsc::channel(64);
    let link = Link::start(settings.clone(), sender);
    let refused = office.accept().await;
    assert!(refused.is_err(), "the handshake itself is broken off");
    let mut last = None;
    while let Some(report) = reports.recv().await {
        last = Some(report);
    }
    let trouble = Trouble::CertificateChanged { pinned, shown: office.fingerprint };
    assert_eq!(last, Some(Report::Stopped(trouble.clone())), "until a person agrees");
    link.stop().await;
    let says = words::trouble(&trouble, words::Place::from(&settings)).says;
    assert!(
        says.contains(&pinned.to_string()) && says.contains(&office.fingerprint.to_string()),
        "both are shown: {says}"
    );
}

#[tokio::test]
async fn tcp_on_the_tls_port_is_told_as_such() {
    let office = Office::open().await;
    let settings = settings(office.port, Transport::Tcp);
    let (steps, refused) = tokio::join!(probe(&settings), office.accept());
    assert!(refused.is_err(), "a frame is no handshake");
    let bad = steps.iter().find(|step| step.kind == StepKind::LogIn).unwrap();
    assert!(
        matches!(bad.result, ProbeResult::Bad(Trouble::NotDevlink { first_byte: 0x15 })),
        "a TLS alert is recognised: {steps:?}"
    );
    let (says, mend) = words::step_result(&bad.result, words::Place::from(&settings));
    assert!(says.contains("TLS") && mend.iter().any(|step| step.contains("50796")), "{says} {mend:?}");
}
