//! From a name to an open, secured stream, step by step so that the settings screen can tell which step failed.

use super::Transport;
use crate::pin::{Fingerprint, PinMismatch, PinVerifier};
use crate::trouble::Trouble;
use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::version::{TLS12, TLS13};
use rustls::{AlertDescription, ClientConfig};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A name server or a PBX in the same building answers in milliseconds; one behind a slow tunnel within seconds.
pub(crate) const STEP_WITHIN: Duration = Duration::from_secs(10);

pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}
pub(crate) type Stream = Box<dyn Duplex>;

/// Every step in a row. The fingerprint is what the PBX has shown, over TLS.
pub(crate) async fn open(
    host: &str,
    port: u16,
    transport: Transport,
    pinned: Option<Fingerprint>,
) -> Result<(Stream, Option<Fingerprint>), Trouble> {
    let addresses = resolve(host, port).await?;
    let tcp = reach(&addresses).await?;
    match transport {
        Transport::Tcp => Ok((Box::new(tcp), None)),
        Transport::Tls => {
            let (stream, fingerprint) = secure(tcp, host, pinned).await?;
            Ok((stream, Some(fingerprint)))
        }
    }
}

pub(crate) async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Trouble> {
    let host = bare(host);
    let looked_up = timeout(STEP_WITHIN, tokio::net::lookup_host((host, port)))
        .await
        .map_err(|_| Trouble::NameNotFound)?;
    let addresses: Vec<_> = looked_up.map_err(|_| Trouble::NameNotFound)?.collect();
    if addresses.is_empty() { Err(Trouble::NameNotFound) } else { Ok(addresses) }
}

/// The first address that answers. When none does, the first one's trouble is told.
pub(crate) async fn reach(addresses: &[SocketAddr]) -> Result<TcpStream, Trouble> {
    let mut first_trouble = None;
    for address in addresses {
        let trouble = match timeout(STEP_WITHIN, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => {
                // Test packets and answers are small; waiting to fill a packet would only delay them.
                tcp.set_nodelay(true).map_err(|error| trouble_of(&error))?;
                return Ok(tcp);
            }
            Ok(Err(error)) => trouble_of(&error),
            Err(_) => Trouble::ReachTimedOut,
        };
        first_trouble.get_or_insert(trouble);
    }
    Err(first_trouble.unwrap_or(Trouble::NameNotFound))
}

pub(crate) async fn secure(
    tcp: TcpStream,
    host: &str,
    pinned: Option<Fingerprint>,
) -> Result<(Stream, Fingerprint), Trouble> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Arc::new(PinVerifier::new(pinned, provider.clone()));
    // IP Office 10 and 11.0 speak TLS 1.2 at most.
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| Trouble::TlsFailed { detail: error.to_string() })?
        .dangerous()
        .with_custom_certificate_verifier(verifier.clone())
        .with_no_client_auth();
    // A resumed session would not show its certificate.
    config.resumption = Resumption::disabled();
    let name = server_name(host, &tcp);
    let handshake = TlsConnector::from(Arc::new(config)).connect(name, tcp);
    match timeout(STEP_WITHIN, handshake).await {
        Err(_) => Err(Trouble::TlsTimedOut),
        Ok(Err(error)) => Err(match verifier.mismatch() {
            Some(PinMismatch { pinned, shown }) => Trouble::CertificateChanged { pinned, shown },
            None => handshake_trouble(&error),
        }),
        Ok(Ok(stream)) => match verifier.shown() {
            Some(shown) => Ok((Box::new(stream), shown)),
            None => Err(Trouble::TlsFailed { detail: "no certificate was shown".to_owned() }),
        },
    }
}

/// What an error of a stream means, TLS alerts included.
pub(crate) fn trouble_of(error: &io::Error) -> Trouble {
    if let Some(trouble) = tls_trouble(error) {
        return trouble;
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Trouble::Refused,
        io::ErrorKind::TimedOut => Trouble::ReachTimedOut,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => Trouble::Unreachable,
        kind => Trouble::Broke(kind),
    }
}

fn handshake_trouble(error: &io::Error) -> Trouble {
    tls_trouble(error).unwrap_or_else(|| Trouble::TlsFailed { detail: error.kind().to_string() })
}

fn tls_trouble(error: &io::Error) -> Option<Trouble> {
    let tls = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(match tls {
        rustls::Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::CertificateUnknown,
        ) => Trouble::ClientCertificateWanted,
        other => Trouble::TlsFailed { detail: other.to_string() },
    })
}

/// What is asked for by name does not matter to the pin; a host that is no name at all is replaced by its address.
fn server_name(host: &str, tcp: &TcpStream) -> ServerName<'static> {
    ServerName::try_from(bare(host).to_owned()).unwrap_or_else(|_| {
        let address = tcp.peer_addr().map_or(std::net::Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        ServerName::IpAddress(address.into())
    })
}

/// Without the blanks and brackets that people put around an address.
fn bare(host: &str) -> &str {
    host.trim().trim_start_matches('[').trim_end_matches(']')
}
