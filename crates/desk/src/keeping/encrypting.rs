//! Encryption at rest: on, off, or locked because its key is not here.
//!
//! The key is in the system's keychain alone, under its fingerprint; the library knows which it is. Stored files are
//! rewritten one by one in the background, each with its peaks and its kept original, and the rest goes on after a restart.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::{Deed, hex};
use crate::keeping::files::{all_of, next_name, peaks_name};
use crate::keeping::off_thread;
use crate::keychain::{Kept, KeychainTrouble, Secret};
use crate::library::{Seal, unreadable};
use crate::trouble::{failure_of_store, invalid};
use contract::keeping::{AskEncryption, Encryption, EncryptionSet, SetEncryption, UnlockRecordings};
use contract::{Failure, FailureCode};
use model::RecordingId;
use recordings::peaks::Peaks;
use recordings::seal::reseal;
use recordings::{Key, Sha256, Unreadable};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::{Doomed, OriginalNow, Replacement, VersionWhy};

/// Under which name it is stored.
const SETTING: &str = "encryption";

/// Recordings that are looked up at once.
const AT_A_TIME: u32 = 50;

/// What the library knows of its encryption: never the key itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Setting {
    on: bool,
    /// Fingerprint of the key that files are, or were, encrypted with.
    key: Option<String>,
}

impl Answer<AskEncryption> for Desk {
    async fn answer(&self, _ask: AskEncryption) -> Result<Encryption, Failure> {
        let seal = self.library().seal();
        if let Some((key, why)) = seal.locked {
            return Ok(Encryption::Locked { key, why });
        }
        let target = seal.key.as_ref().filter(|_| seal.on).map(Key::fingerprint);
        let remaining =
            self.reader().count_sealed_otherwise(target.as_deref()).await.map_err(failure_of_store)?;
        Ok(match seal.key {
            Some(key) if seal.on || remaining > 0 => Encryption::On { key: key.fingerprint(), remaining },
            _ => Encryption::Off,
        })
    }
}

impl Answer<SetEncryption> for Desk {
    async fn answer(&self, ask: SetEncryption) -> Result<EncryptionSet, Failure> {
        let recovery_key = {
            let _entering = self.entering().lock().await;
            let seal = self.library().seal();
            if let Some((_, why)) = seal.locked {
                return Err(invalid(why));
            }
            match (ask.on, seal.on) {
                (true, true) | (false, false) => None,
                (true, false) => Some(self.switch_on(seal.key).await?),
                (false, true) => {
                    self.switch_off(seal).await?;
                    None
                }
            }
        };
        self.rewrite_in_background();
        self.happen(Happening::Settings);
        Ok(EncryptionSet { encryption: self.answer(AskEncryption {}).await?, recovery_key })
    }
}

impl Answer<UnlockRecordings> for Desk {
    async fn answer(&self, ask: UnlockRecordings) -> Result<Encryption, Failure> {
        let _entering = self.entering().lock().await;
        let setting = self.encryption_setting().await?;
        let Some(wanted) = setting.key.clone() else {
            return Err(invalid("The recordings of this library are not encrypted."));
        };
        let key = Key::from_recovery_text(&ask.recovery_key).map_err(|typo| invalid(typo.to_string()))?;
        if key.fingerprint() != wanted {
            return Err(invalid(format!(
                "This is the recovery key of another library: its key is {}, and this library's is {wanted}.",
                key.fingerprint()
            )));
        }
        let kept = self.keychain().put(&account(&wanted), &in_keychain(&key));
        let deed = self.deed(None, &Deed::Unlocked { key: wanted });
        self.hand().audit(&[deed]).await.map_err(failure_of_store)?;
        self.library().set_seal(Seal { on: setting.on, key: Some(key), locked: None });
        self.rewrite_in_background();
        self.happen(Happening::Settings);
        self.recordings_changed();
        if kept != Ok(Kept::InKeychain) {
            return Err(Failure {
                code: FailureCode::Keychain,
                message: "The recordings can be heard until CallDoc ends, but this computer's keychain did not take the \
                          key: the recovery key will be asked for again."
                    .to_owned(),
                detail: kept.err().map(|why| why.to_string()),
            });
        }
        self.answer(AskEncryption {}).await
    }
}

impl Desk {
    /// Looks whether the library's key is here. What it finds, the intake and the player go by.
    pub(crate) async fn find_key(&self) -> Result<(), Failure> {
        let setting = self.encryption_setting().await?;
        let Some(wanted) = setting.key else {
            self.library().set_seal(Seal::default());
            return Ok(());
        };
        let mut seal = match self.keychain().get(&account(&wanted)) {
            Ok(Some((secret, _))) => match from_keychain(&secret).filter(|key| key.fingerprint() == wanted) {
                Some(key) => Seal { on: setting.on, key: Some(key), locked: None },
                None => locked(
                    setting.on,
                    &wanted,
                    "What this computer's keychain has under its name is another one.",
                ),
            },
            Ok(None) => locked(setting.on, &wanted, "It is not in this computer's keychain."),
            Err(trouble) => locked(setting.on, &wanted, &trouble.to_string()),
        };
        if seal.locked.is_some() && !setting.on {
            let sealed = self.reader().count_sealed_otherwise(None).await.map_err(failure_of_store)?;
            if sealed == 0 {
                // Nothing needs the key any more: its loss must not stop the intake.
                seal = Seal::default();
            }
        }
        self.library().set_seal(seal);
        Ok(())
    }

    async fn encryption_setting(&self) -> Result<Setting, Failure> {
        let stored = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default())
    }

    /// The key is safe before the library counts on it. `before`: that of an encryption that is just being taken off.
    async fn switch_on(&self, before: Option<Key>) -> Result<String, Failure> {
        let key = match before {
            Some(key) => key,
            None => Key::generate().map_err(|why| invalid(format!("No key could be made: {why}.")))?,
        };
        let name = account(&key.fingerprint());
        match self.keychain().put(&name, &in_keychain(&key)) {
            Ok(Kept::InKeychain) => {}
            Ok(Kept::ThisRunOnly) => {
                // It is of no use to anybody.
                let _ = self.keychain().remove(&name);
                return Err(no_keychain(&KeychainTrouble::None));
            }
            Err(trouble) => return Err(no_keychain(&trouble)),
        }
        let found = self.keychain().get(&name).ok().flatten();
        if found.and_then(|(secret, _)| from_keychain(&secret)).map(|key| key.fingerprint())
            != Some(key.fingerprint())
        {
            return Err(no_keychain(&KeychainTrouble::Other("the key did not come back".to_owned())));
        }
        self.set_encryption(true, &key, &Deed::EncryptionOn { key: key.fingerprint() }).await?;
        Ok(key.recovery_text().to_string())
    }

    async fn switch_off(&self, seal: Seal) -> Result<(), Failure> {
        let Some(key) = seal.key else { return Ok(()) };
        self.set_encryption(false, &key, &Deed::EncryptionOff { key: key.fingerprint() }).await
    }

    async fn set_encryption(&self, on: bool, key: &Key, deed: &Deed) -> Result<(), Failure> {
        let setting = Setting { on, key: Some(key.fingerprint()) };
        let setting = serde_json::to_string(&setting).unwrap_or_default();
        let deeds = [self.deed(None, deed)];
        self.hand().set_office_setting(SETTING, Some(&setting), &deeds).await.map_err(failure_of_store)?;
        self.library().set_seal(Seal { on, key: Some(key.clone()), locked: None });
        Ok(())
    }

    /// Goes on until every recording is as the setting says, or the desk is gone.
    pub(crate) fn rewrite_in_background(&self) {
        let weak = self.weak();
        let turn = Arc::clone(&self.keeping().rewriting);
        tokio::spawn(async move {
            // Whoever is at it ends as soon as the setting is another one.
            let _turn = turn.lock_owned().await;
            let mut last = RecordingId(0);
            let Some(desk) = weak.upgrade() else { return };
            let print = desk.seal_wanted();
            if let Err(failure) = desk.reseal_aside().await {
                tracing::warn!(message = failure.message, "copies kept aside could not be rewritten");
            }
            desk.recall_tags_due().await;
            drop(desk);
            loop {
                let Some(desk) = weak.upgrade() else { return };
                match desk.rewrite_next(print.as_deref(), &mut last).await {
                    Ok(true) => desk.happen(Happening::Settings),
                    Ok(false) => return,
                    Err(failure) => {
                        tracing::warn!(message = failure.message, "recordings could not be rewritten");
                        return;
                    }
                }
            }
        });
    }

    /// The key that every file is to be encrypted with.
    pub(crate) fn seal_wanted(&self) -> Option<String> {
        let seal = self.library().seal();
        seal.key.filter(|_| seal.on).map(|key| key.fingerprint())
    }

    /// Rewrites some recordings after `last`. False when there are none left, or when the setting is another one than
    /// `print`. What cannot be rewritten is left as it is.
    pub(crate) async fn rewrite_next(
        &self,
        print: Option<&str>,
        last: &mut RecordingId,
    ) -> Result<bool, Failure> {
        let batch = self.reader().files_sealed_otherwise(print, *last, AT_A_TIME).await;
        let batch = batch.map_err(failure_of_store)?;
        for files in &batch {
            let seal = self.library().seal();
            if seal.locked.is_some() || self.seal_wanted().as_deref() != print {
                return Ok(false);
            }
            *last = files.id;
            let key = seal.key.filter(|_| seal.on);
            if self.waits_for_listener(files.id) {
                continue;
            }
            if let Err(failure) = self.rewrite(files.id, key.as_ref()).await {
                tracing::warn!(recording = last.0, message = failure.message, "left as it is");
            }
        }
        Ok(!batch.is_empty())
    }

    /// What is being listened to is rewritten once it is let go.
    fn waits_for_listener(&self, id: RecordingId) -> bool {
        if self.is_loaded(id) {
            self.keeping().rewrites_wait.store(true, Ordering::SeqCst);
        }
        // It may have been let go just before that was noted.
        self.is_loaded(id)
    }

    /// After a recording was let go.
    pub(crate) fn rewrite_what_waited(&self) {
        if self.keeping().rewrites_wait.swap(false, Ordering::SeqCst) {
            self.rewrite_in_background();
        }
    }

    async fn rewrite(&self, id: RecordingId, key: Option<&Key>) -> Result<(), Failure> {
        let _files = self.keeping().at_files.lock().await;
        let files = self.files_of(id).await?;
        let print = key.map(Key::fingerprint);
        if files.sealed_with == print {
            return Ok(());
        }
        let old = self.library().key_of(files.sealed_with.as_deref()).map_err(invalid)?;
        let folder = self.folder_with(&files).await?;
        let versions = self.reader().versions(id).await.map_err(failure_of_store)?;
        let doomed = |file: String| Doomed { pool: files.pool, file };
        let n = versions.len();
        let stored_file = next_name(&files.stored_file, n);
        let mut names = vec![
            (files.stored_file.clone(), stored_file.clone()),
            (peaks_name(&files.stored_file), peaks_name(&stored_file)),
        ];
        names.extend(files.original_file.iter().map(|file| (file.clone(), next_name(file, n))));
        let placed: Vec<Doomed> = names.iter().map(|(_, to)| doomed(to.clone())).collect();
        self.hand().doom(&placed).await.map_err(failure_of_store)?;
        self.keeping().steps.before("make the new files")?;
        let paths: Vec<(PathBuf, PathBuf)> =
            names.iter().map(|(from, to)| (folder.join(from), folder.join(to))).collect();
        let new = key.cloned();
        let written = off_thread(move || {
            let written = paths
                .iter()
                .map(|(from, to)| again(from, to, old.as_ref(), new.as_ref()))
                .collect::<Result<Vec<_>, Unreadable>>()?;
            if let ([(_, stored), (_, peaks), ..], [Some(_), None, ..]) = (&paths[..], &written[..]) {
                Peaks::of_stored(stored, peaks, new.as_ref())?;
            }
            Ok(written)
        })
        .await?
        .map_err(|error| unreadable(&error))?;
        let Some((sha256, bytes)) = written.first().copied().flatten() else {
            return Err(invalid("Its file is missing."));
        };
        self.keeping().steps.before("put them in place")?;
        let original = match (names.get(2), written.get(2).copied().flatten()) {
            (Some((_, file)), Some((now, _))) => OriginalNow::Is {
                file: file.clone(),
                sha256: Some(now.to_vec()).filter(|now| *now != files.original_sha256),
            },
            _ => OriginalNow::AsItWas,
        };
        let sha = hex(&sha256);
        let (why, deed) = match key {
            Some(_) => (VersionWhy::Encrypted, Deed::Encrypted { sha256: sha }),
            None => (VersionWhy::Decrypted, Deed::Decrypted { sha256: sha }),
        };
        let kept = if original == OriginalNow::AsItWas { 2 } else { 3 };
        let with = Replacement {
            recording: id,
            sha256_before: files.stored_sha256.clone(),
            stored_file,
            stored_bytes: bytes,
            stored_sha256: sha256.to_vec(),
            sealed_with: print,
            original,
            why,
            detail: None,
            at: self.clock().now(),
            doomed: all_of(&files).into_iter().take(kept).map(doomed).collect(),
            placed: placed.into_iter().take(kept).collect(),
        };
        let deeds = [self.deed(Some(id), &deed)];
        self.hand().replace_files(&with, &deeds).await.map_err(failure_of_store)?;
        // Whoever began to listen meanwhile has the old file open, and hears it to its end.
        self.keeping().steps.before("remove the old files")?;
        self.remove_doomed().await
    }
}

/// `None`: there is nothing to rewrite.
fn again(
    from: &Path,
    to: &Path,
    old: Option<&Key>,
    new: Option<&Key>,
) -> Result<Option<(Sha256, u64)>, Unreadable> {
    if !from.exists() {
        return Ok(None);
    }
    // What stands there is of an attempt that was cut off.
    crate::keeping::files::remove(to).map_err(Unreadable::NotWritten)?;
    reseal(from, to, old, new).map(Some)
}

fn account(fingerprint: &str) -> String {
    format!("recordings:{fingerprint}")
}

fn in_keychain(key: &Key) -> Secret {
    Secret::new(key.recovery_text().as_str())
}

fn from_keychain(secret: &Secret) -> Option<Key> {
    Key::from_recovery_text(secret.reveal()).ok()
}

fn locked(on: bool, key: &str, why: &str) -> Seal {
    let why = format!(
        "The recordings are encrypted, and their key ({key}) is not here. {why} Enter the recovery key."
    );
    Seal { on, key: None, locked: Some((key.to_owned(), why)) }
}

fn no_keychain(trouble: &KeychainTrouble) -> Failure {
    Failure {
        code: FailureCode::Keychain,
        message: format!(
            "Encryption was not switched on, because its key must be kept in a keychain that outlives CallDoc. {trouble}"
        ),
        detail: None,
    }
}
