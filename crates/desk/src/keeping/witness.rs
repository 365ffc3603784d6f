//! The secret in the system's keychain that vouches for the audit log. Where there is no keychain the log is only chained, and
//! its check says that it proves less.

use crate::desk::Desk;
use crate::keychain::{Kept, Keychain, Secret};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use recordings::Key;
use std::sync::atomic::Ordering;
use store::{AuditCheck, AuditKey, Reader};

/// What the keychain knows of the log's secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Found,
    /// It has none of them.
    None,
    /// It does not answer now.
    Silent,
}

impl Desk {
    pub(crate) async fn find_audit_witness_or_note(&self) {
        if let Err(failure) = self.find_audit_witness().await {
            tracing::warn!(message = failure.message, "nothing in the keychain vouches for the audit log");
        }
    }

    /// Looks for the secret. With the first entries that are there, one is made.
    async fn find_audit_witness(&self) -> Result<(), Failure> {
        if self.keeping().witnessed.load(Ordering::SeqCst) {
            return Ok(());
        }
        let found = match ask(self.reader(), self.keychain()).await? {
            Asked::Found => true,
            Asked::Silent => false,
            Asked::None => self.make_audit_witness().await?,
        };
        self.keeping().witnessed.store(found, Ordering::SeqCst);
        Ok(())
    }

    /// False where no keychain keeps it, or there is nothing to vouch for.
    async fn make_audit_witness(&self) -> Result<bool, Failure> {
        if self.reader().audit(None, None, 1).await.map_err(failure_of_store)?.is_empty() {
            return Ok(false);
        }
        let secret = Key::generate().map_err(|why| invalid(format!("No key could be made: {why}.")))?;
        let key = AuditKey::from_bytes(*secret.expose());
        let name = account(&key.fingerprint());
        if self.keychain().get(&name).is_err() {
            return Ok(false);
        }
        // In the library first: a secret that has no row there would mean that somebody took it out.
        self.hand().begin_audit_witness(&key).await.map_err(failure_of_store)?;
        let kept = self.keychain().put(&name, &Secret::new(secret.recovery_text().as_str()));
        if kept == Ok(Kept::InKeychain) {
            return Ok(true);
        }
        // It is of no use to anybody.
        let _ = self.keychain().remove(&name);
        self.hand().drop_audit_witness(&key).await.map_err(failure_of_store)?;
        Ok(false)
    }
}

/// The keychain is asked only for secrets that the library knows of.
pub(crate) async fn ask(reader: &Reader, keychain: &dyn Keychain) -> Result<Asked, Failure> {
    let mut asked = Asked::None;
    for fingerprint in reader.audit_witnesses().await.map_err(failure_of_store)? {
        let Ok(kept) = keychain.get(&account(&fingerprint)) else {
            asked = Asked::Silent;
            continue;
        };
        let secret = kept.and_then(|(secret, _)| Key::from_recovery_text(secret.reveal()).ok());
        let key = secret.map(|secret| AuditKey::from_bytes(*secret.expose()));
        if let Some(key) = key.filter(|key| key.fingerprint() == fingerprint) {
            reader.call_audit_witness(key);
            return Ok(Asked::Found);
        }
    }
    Ok(asked)
}

/// What a check of the log that found nothing could not prove, as a sentence.
pub(crate) fn less(check: &AuditCheck) -> Option<String> {
    if check.broken.is_some() || check.entries == 0 {
        return None;
    }
    match check.unseen {
        Some(0) => None,
        Some(1) => Some(
            "1 entry was written without this computer's keychain: that it stands as it was written is not proven."
                .to_owned(),
        ),
        Some(unseen) => Some(format!(
            "{unseen} entries were written without this computer's keychain: that they stand as they were written is \
             not proven."
        )),
        None => Some(
            "This computer's keychain does not vouch for the audit log: that it was not written anew as a whole, or cut \
             off at its end, is not proven."
                .to_owned(),
        ),
    }
}

fn account(fingerprint: &str) -> String {
    format!("audit:{fingerprint}")
}
