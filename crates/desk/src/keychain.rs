//! Passwords: in the operating system's keychain, or, where there is none, for this run only. They are never written
//! to the library, to settings or to logs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Under this name the entries stand in the keychain.
const SERVICE: &str = "CallDoc";

/// A password. Printing it prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// Why a keychain did not serve, as sentences for the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainTrouble {
    #[error("This computer has no keychain that CallDoc can use.")]
    None,
    #[error("The keychain is locked. Unlock it (usually by signing in again), then try once more.")]
    Locked,
    #[error("The keychain did not answer as expected.")]
    Other(String),
}

/// Where a kept password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    InKeychain,
    ThisRunOnly,
}

pub trait Keychain: Send + Sync + 'static {
    fn get(&self, account: &str) -> Result<Option<(Secret, Kept)>, KeychainTrouble>;
    fn put(&self, account: &str, secret: &Secret) -> Result<Kept, KeychainTrouble>;
    fn remove(&self, account: &str) -> Result<(), KeychainTrouble>;

    /// Whether it outlives the program and answers.
    fn state(&self) -> Result<(), KeychainTrouble> {
        Ok(())
    }
}

/// Keeps passwords in memory until the program ends.
#[derive(Debug, Default)]
pub struct RunOnlyKeychain {
    secrets: Mutex<HashMap<String, Secret>>,
}

impl Keychain for RunOnlyKeychain {
    fn get(&self, account: &str) -> Result<Option<(Secret, Kept)>, KeychainTrouble> {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(secrets.get(account).cloned().map(|secret| (secret, Kept::ThisRunOnly)))
    }

    fn put(&self, account: &str, secret: &Secret) -> Result<Kept, KeychainTrouble> {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.insert(account.to_owned(), secret.clone());
        Ok(Kept::ThisRunOnly)
    }

    fn remove(&self, account: &str) -> Result<(), KeychainTrouble> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }

    fn state(&self) -> Result<(), KeychainTrouble> {
        Err(KeychainTrouble::None)
    }
}

/// The operating system's keychain (Secret Service, macOS Keychain, Windows Credential Manager).
#[derive(Debug, Default)]
pub struct OsKeychain {
    /// What could not be put there.
    this_run: RunOnlyKeychain,
}

impl OsKeychain {
    /// Whether there is a keychain and it answers.
    pub fn check() -> Result<(), KeychainTrouble> {
        match keyring::Entry::store_status() {
            Ok(()) => match entry("probe")?.get_password() {
                Ok(_) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(trouble(&error)),
            },
            Err(error) => Err(trouble(error)),
        }
    }
}

impl Keychain for OsKeychain {
    fn get(&self, account: &str) -> Result<Option<(Secret, Kept)>, KeychainTrouble> {
        if let Some(kept) = self.this_run.get(account)? {
            return Ok(Some(kept));
        }
        match entry(account)?.get_password() {
            Ok(password) => Ok(Some((Secret(password), Kept::InKeychain))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(&error)),
        }
    }

    /// Falls back to keeping it for this run, so that the app works on; the caller tells the person so.
    fn put(&self, account: &str, secret: &Secret) -> Result<Kept, KeychainTrouble> {
        let stored = entry(account)
            .and_then(|entry| entry.set_password(secret.reveal()).map_err(|error| trouble(&error)));
        match stored {
            Ok(()) => {
                self.this_run.remove(account)?;
                Ok(Kept::InKeychain)
            }
            Err(why) => {
                tracing::warn!(%why, "the keychain did not take a password");
                self.this_run.put(account, secret)
            }
        }
    }

    fn remove(&self, account: &str) -> Result<(), KeychainTrouble> {
        self.this_run.remove(account)?;
        match entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn state(&self) -> Result<(), KeychainTrouble> {
        Self::check()
    }
}

/// Under which name a site's DevLink3 password is kept: the same for the app and the command line.
pub fn devlink_account(user: &str, host: &str, port: u16) -> String {
    format!("devlink3:{user}@{host}:{port}")
}

fn entry(account: &str) -> Result<keyring::Entry, KeychainTrouble> {
    keyring::Entry::new(SERVICE, account).map_err(|error| trouble(&error))
}

fn trouble(error: &keyring::Error) -> KeychainTrouble {
    match error {
        keyring::Error::NoDefaultStore | keyring::Error::PlatformFailure(_) => KeychainTrouble::None,
        keyring::Error::NoStorageAccess(_) => KeychainTrouble::Locked,
        // The other kinds can carry what is stored: only their name is told.
        keyring::Error::BadEncoding(_) => KeychainTrouble::Other("bad encoding".to_owned()),
        keyring::Error::TooLong(field, _) => KeychainTrouble::Other(format!("{field} is too long")),
        _ => KeychainTrouble::Other("unexpected answer".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints_itself() {
        assert_eq!(
            format!("{:?}", Secret::new("hunter2")),
            "Secret(…)",
            "logs and panics show nothing of it"
        );
    }

    #[test]
    fn without_a_keychain_a_password_is_kept_for_this_run() {
        let keychain = RunOnlyKeychain::default();
        assert_eq!(keychain.put("a", &Secret::new("x")), Ok(Kept::ThisRunOnly), "and the caller can say so");
        assert_eq!(keychain.get("a"), Ok(Some((Secret::new("x"), Kept::ThisRunOnly))), "it is found again");
        keychain.remove("a").unwrap();
        assert_eq!(keychain.get("a"), Ok(None), "and forgotten when told");
    }
}
