//! Trust on first use: a PBX's certificate is normally signed by itself, so what is trusted is the certificate that was
//! seen first. Its name, its issuer and its dates say nothing and are not looked at; that the peer holds its key is
//! still proved by the signature over the handshake.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use thiserror::Error;

/// SHA-256 of a certificate. Written as 64 hex digits; read with or without colons.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a fingerprint is 64 hexadecimal digits")]
pub struct NotAFingerprint;

/// Another certificate than the trusted one was shown.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the certificate has changed: trusted is {pinned}, shown was {shown}")]
pub struct PinMismatch {
    pub pinned: Fingerprint,
    pub shown: Fingerprint,
}

/// Accepts the pinned certificate, or any one where none is pinned yet, and remembers what was shown.
#[derive(Debug)]
pub struct PinVerifier {
    pinned: Option<Fingerprint>,
    shown: OnceLock<Fingerprint>,
    provider: Arc<CryptoProvider>,
}

impl Fingerprint {
    pub fn of(certificate: &[u8]) -> Self {
        Self(Sha256::digest(certificate).into())
    }
}

impl PinVerifier {
    pub fn new(pinned: Option<Fingerprint>, provider: Arc<CryptoProvider>) -> Self {
        Self { pinned, shown: OnceLock::new(), provider }
    }

    /// What the peer has shown, once it has.
    pub fn shown(&self) -> Option<Fingerprint> {
        self.shown.get().copied()
    }

    pub fn mismatch(&self) -> Option<PinMismatch> {
        match (self.pinned, self.shown()) {
            (Some(pinned), Some(shown)) if pinned != shown => Some(PinMismatch { pinned, shown }),
            _ => None,
        }
    }
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let shown = *self.shown.get_or_init(|| Fingerprint::of(end_entity));
        match self.pinned {
            Some(pinned) if pinned != shown => {
                let mismatch = OtherError(Arc::new(PinMismatch { pinned, shown }));
                Err(Error::InvalidCertificate(CertificateError::Other(mismatch)))
            }
            Some(_) | None => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let digits: Vec<u32> = text
            .chars()
            .filter(|one| *one != ':' && !one.is_whitespace())
            .map(|one| one.to_digit(16).ok_or(NotAFingerprint))
            .collect::<Result<_, _>>()?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | *digit as u8))
            .collect();
        let whole = <[u8; 32]>::try_from(bytes).map_err(|_| NotAFingerprint)?;
        if digits.len() == 64 { Ok(Self(whole)) } else { Err(NotAFingerprint) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written_and_as_browsers_write_it() {
        let fingerprint = Fingerprint::of(b"certificate");
        let text = fingerprint.to_string();
        assert_eq!(text.parse(), Ok(fingerprint), "64 digits");
        let pairs: Vec<_> =
            text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap()).collect();
        assert_eq!(pairs.join(":").to_uppercase().parse(), Ok(fingerprint), "pairs with colons");
        assert_eq!(text[1..].parse::<Fingerprint>(), Err(NotAFingerprint), "63 digits");
        assert_eq!("zz".parse::<Fingerprint>(), Err(NotAFingerprint), "no digits");
    }
}
