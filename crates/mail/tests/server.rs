//! Against a mail server on loopback that speaks SMTP with real TLS.

use mail::{Letter, Login, MailError, Security, Server, send};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the server does that a test is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    StartTls,
    Tls,
    /// Knows no STARTTLS.
    Bare,
    RefusesLogin,
    Full,
}

struct Office {
    server: Server,
    /// Everything that was said to it.
    heard: Arc<Mutex<String>>,
}

async fn office(manner: Manner) -> Office {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let chain = vec![CertificateDer::from(cert.der().to_vec())];
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate that fits");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let port = listener.local_addr().expect("an address").port();
    let heard = Arc::new(Mutex::new(String::new()));
    let ears = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, ears) = (acceptor.clone(), ears.clone());
            tokio::spawn(async move { serve(stream, acceptor, manner, ears).await });
        }
    });
    let security = if manner == Manner::Tls { Security::Tls } else { Security::StartTls };
    let trusted = vec![cert.pem().into_bytes()];
    Office { server: Server { host: "localhost".to_owned(), port, security, trusted }, heard }
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, manner: Manner, ears: Arc<Mutex<String>>) {
    if manner == Manner::Tls {
        if let Ok(stream) = acceptor.accept(stream).await {
            talk(stream, manner, &ears, "220 ready\r\n").await;
        }
        return;
    }
    if let Some(stream) = talk(stream, manner, &ears, "220 ready\r\n").await
        && let Ok(stream) = acceptor.accept(stream).await
    {
        talk(stream, manner, &ears, "").await;
    }
}

/// Gives the stream back where TLS is to begin.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    manner: Manner,
    ears: &Mutex<String>,
    greeting: &str,
) -> Option<S> {
    let secure = greeting.is_empty() || manner == Manner::Tls;
    let mut stream = BufReader::new(stream);
    stream.write_all(greeting.as_bytes()).await.ok()?;
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        ears.lock().expect("no panic").push_str(&line);
        let word = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
        let answer = match word.as_str() {
            "." if in_data => {
                in_data = false;
                "250 taken\r\n"
            }
            _ if in_data => continue,
            "EHLO" if !secure && manner != Manner::Bare => "250-here\r\n250 STARTTLS\r\n",
            "EHLO" if secure => "250-here\r\n250 AUTH PLAIN LOGIN\r\n",
            "EHLO" => "250 here\r\n",
            "STARTTLS" => {
                stream.write_all(b"220 go on\r\n").await.ok()?;
                return Some(stream.into_inner());
            }
            "AUTH" if manner == Manner::RefusesLogin => "535 no such user\r\n",
            "AUTH" => "235 welcome\r\n",
            "RCPT" if manner == Manner::Full => "452 mailbox full\r\n",
            "DATA" => {
                in_data = true;
                "354 go on\r\n"
            }
            "QUIT" => "221 bye\r\n",
            _ => "250 fine\r\n",
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

fn letter() -> Letter {
    Letter {
        from: "reports@example.com".to_owned(),
        to: vec!["ann@example.com".to_owned()],
        subject: "Abandoned calls".to_owned(),
        text: "Three calls were abandoned.".to_owned(),
        attached: None,
    }
}

fn login() -> Login {
    Login { user: "reports".to_owned(), password: "a password of the test".to_owned() }
}

#[tokio::test]
async fn a_mail_is_taken_by_either_kind_of_encryption() {
    for manner in [Manner::StartTls, Manner::Tls] {
        let office = office(manner).await;
        send(&office.server, Some(&login()), &letter()).await.expect("the server takes it");
        let heard = office.heard.lock().expect("no panic").clone();
        assert!(heard.contains("Three calls were abandoned."), "the text arrived: {heard}");
        assert!(heard.contains("RCPT TO:<ann@example.com>"), "for the one who is to get it: {heard}");
    }
}

#[tokio::test]
async fn without_encryption_nothing_is_said() {
    let office = office(Manner::Bare).await;
    let error = send(&office.server, Some(&login()), &letter()).await.expect_err("it must not go out");
    assert_eq!(error, MailError::NoEncryption("localhost".to_owned()), "and why");
    let heard = office.heard.lock().expect("no panic").clone();
    assert!(!heard.contains("AUTH") && !heard.contains("ann@"), "neither password nor address: {heard}");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    for manner in [Manner::StartTls, Manner::Tls] {
        let mut office = office(manner).await;
        office.server.trusted.clear();
        let error = send(&office.server, Some(&login()), &letter()).await.expect_err("it must not go out");
        assert!(matches!(error, MailError::NotTrusted { .. }), "it is told apart: {error:?}");
        let heard = office.heard.lock().expect("no panic").clone();
        assert!(!heard.contains("AUTH"), "no password went out: {heard}");
    }
}

#[tokio::test]
async fn a_refused_login_is_told_from_a_server_that_is_busy() {
    let refused = office(Manner::RefusesLogin).await;
    let error = send(&refused.server, Some(&login()), &letter()).await.expect_err("it must not go out");
    assert!(
        matches!(error, MailError::LoginRefused(_)) && !error.may_pass(),
        "a person is needed: {error:?}"
    );
    let full = office(Manner::Full).await;
    let error = send(&full.server, Some(&login()), &letter()).await.expect_err("it must not go out");
    assert!(matches!(error, MailError::Later(_)) && error.may_pass(), "it is tried again: {error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_by_name() {
    let port =
        TcpListener::bind("127.0.0.1:0").await.expect("loopback").local_addr().expect("an address").port();
    let server = Server { host: "localhost".to_owned(), port, security: Security::Tls, trusted: Vec::new() };
    let error = send(&server, None, &letter()).await.expect_err("nobody listens");
    assert!(error.may_pass(), "it may come back: {error:?}");
    assert!(error.to_string().contains(&format!("localhost cannot be reached on port {port}")), "{error}");
}
