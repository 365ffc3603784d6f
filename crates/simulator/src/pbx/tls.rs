//! TLS with a certificate of one's own making, as an IP Office has after installation.

use crate::error::SimulatorError;
use devlink3::Fingerprint;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

/// A client that has not finished its handshake by then is cut.
const HANDSHAKE_PATIENCE: Duration = Duration::from_secs(10);
const NAME: &str = "ipoffice.simulated";

#[derive(Clone)]
pub(crate) struct Certified {
    acceptor: TlsAcceptor,
    fingerprint: Fingerprint,
}

impl Certified {
    pub(crate) fn make() -> Result<Self, SimulatorError> {
        let trouble = |reason: String| SimulatorError::Certificate { reason };
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()])
            .map_err(|error| trouble(error.to_string()))?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let certificate = made.cert.der().clone();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![certificate.clone()], key)
            })
            .map_err(|error| trouble(error.to_string()))?;
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), fingerprint: Fingerprint::of(&certificate) })
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(crate) async fn accept(&self, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
        tokio::time::timeout(HANDSHAKE_PATIENCE, self.acceptor.accept(stream))
            .await
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))?
    }
}
