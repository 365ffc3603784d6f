//! What one logs in with.

use crate::SftpError;
use russh::keys::{PrivateKey, decode_secret_key};
use std::fmt;
use zeroize::Zeroizing;

/// Wiped from memory when it is dropped; never shown.
#[derive(Clone)]
pub enum Secret {
    Password(Zeroizing<String>),
    /// A private key as OpenSSH or PuTTY writes it.
    Key {
        text: Zeroizing<String>,
        passphrase: Option<Zeroizing<String>>,
    },
}

impl Secret {
    pub fn password(text: &str) -> Self {
        Self::Password(Zeroizing::new(text.to_owned()))
    }

    /// Refused when it is no private key, or the passphrase is not the key's.
    pub fn key(text: &str, passphrase: Option<&str>) -> Result<Self, SftpError> {
        let secret = Self::Key {
            text: Zeroizing::new(text.to_owned()),
            passphrase: passphrase.map(|text| Zeroizing::new(text.to_owned())),
        };
        secret.private_key()?;
        Ok(secret)
    }

    /// `None` for a password.
    pub(crate) fn private_key(&self) -> Result<Option<PrivateKey>, SftpError> {
        let Self::Key { text, passphrase } = self else { return Ok(None) };
        let passphrase = passphrase.as_ref().map(|text| text.as_str());
        decode_secret_key(text, passphrase).map(Some).map_err(|_| SftpError::KeyUnreadable)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Password(_) => "Secret::Password(..)",
            Self::Key { .. } => "Secret::Key(..)",
        })
    }
}
