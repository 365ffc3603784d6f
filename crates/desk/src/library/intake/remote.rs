//! Recordings on a server: listed, fetched into the working folder, and removed there only when told to.

use crate::desk::Desk;
use crate::keychain::Secret;
use crate::library::intake::look::{self, Found};
use crate::library::intake::watch::Trouble;
use model::At;
use sftp::{Connection, RemoteFile, Server, SftpError};
use std::path::{Path, PathBuf};
use store::{Became, IntakePlace, IntakeSource, SeenFile};

/// A server of which a source is a folder.
pub(crate) struct Remote {
    connection: Connection,
    source: i64,
    folder: String,
}

/// How files that were fetched are called in the working folder.
const FETCHED: &str = "fetched-";

/// Where a source's secret is kept: the same for sources of the same user and server.
pub(crate) fn account(host: &str, port: u16, user: &str) -> String {
    format!("sftp:{user}@{host}:{port}")
}

/// The passphrase of a private key is kept beside it.
pub(crate) fn passphrase_account(host: &str, port: u16, user: &str) -> String {
    format!("sftp-passphrase:{user}@{host}:{port}")
}

pub(crate) fn secret_of(
    by_key: bool,
    secret: &Secret,
    passphrase: Option<&Secret>,
) -> Result<sftp::Secret, SftpError> {
    if by_key {
        sftp::Secret::key(secret.reveal(), passphrase.map(Secret::reveal))
    } else {
        Ok(sftp::Secret::password(secret.reveal()))
    }
}

impl Remote {
    pub(crate) async fn open(desk: &Desk, source: &IntakeSource) -> Result<Self, Trouble> {
        let IntakePlace::Sftp { host, port, user, folder, host_key, by_key } = &source.place else {
            return Err(Trouble { stopped: true, says: "This source is no server.".to_owned() });
        };
        let known = |account: String| desk.keychain().get(&account).ok().flatten().map(|(secret, _)| secret);
        let Some(secret) = known(account(host, *port, user)) else {
            let what = if *by_key { "private key" } else { "password" };
            let says = format!("The {what} of \"{}\" is not known. Enter it in the settings.", source.name);
            return Err(Trouble { stopped: true, says });
        };
        let passphrase = known(passphrase_account(host, *port, user));
        let secret = secret_of(*by_key, &secret, passphrase.as_ref()).map_err(trouble)?;
        let server = Server { host: host.clone(), port: *port, user: user.clone() };
        let connection = Connection::open(&server, &secret, host_key.as_deref()).await.map_err(trouble)?;
        if host_key.is_none() {
            desk.keep_host_key(source.id, connection.host_key()).await;
        }
        Ok(Self { connection, source: source.id, folder: folder.clone() })
    }

    pub(crate) async fn list(&self) -> Result<Vec<Found>, Trouble> {
        let listed = self.connection.list(&self.folder).await.map_err(trouble)?;
        Ok(look::sounds(listed.into_iter().map(found).collect()))
    }

    /// Copies a file, and its side file, into the working folder. `None` when it changed meanwhile.
    pub(crate) async fn fetch(&self, desk: &Desk, found: &Found) -> Result<Option<PathBuf>, Trouble> {
        let folder = desk.library().working();
        let local = |error: std::io::Error| Trouble { stopped: false, says: format!("{error}.") };
        tokio::fs::create_dir_all(&folder).await.map_err(local)?;
        // Files of the same name in two folders, or on two servers, wait beside each other.
        let digest = xxhash_rust::xxh3::xxh3_128(format!("{}/{}", self.source, found.file).as_bytes());
        let path = folder.join(format!("{FETCHED}{digest:032x}"));
        let mut into = tokio::fs::File::create(&path).await.map_err(local)?;
        let read = self.connection.read(&self.folder, &found.file, found.bytes, &mut into).await;
        into.sync_all().await.map_err(local)?;
        let after = self.connection.look(&self.folder, &found.file).await;
        let same = match (read, after) {
            (Ok(bytes), Ok(after)) => {
                bytes == found.bytes && after.bytes == found.bytes && after.changed_ms == found.changed_at.0
            }
            // It grew, or was removed, meanwhile.
            (Err(SftpError::NoSuchFile(_) | SftpError::Longer(_)), _)
            | (_, Err(SftpError::NoSuchFile(_))) => false,
            (Err(error), _) | (_, Err(error)) => return Err(trouble(error)),
        };
        if !same {
            tokio::fs::remove_file(&path).await.map_err(local)?;
            return Ok(None);
        }
        if found.side {
            self.fetch_side(&path, found).await?;
        }
        Ok(Some(path))
    }

    async fn fetch_side(&self, path: &Path, found: &Found) -> Result<(), Trouble> {
        let stem = found.file.rsplit_once('.').map_or(found.file.as_str(), |(stem, _)| stem);
        for (side, ending) in [".xml", ".json"].iter().flat_map(|ending| {
            [(format!("{stem}{ending}"), ending), (format!("{}{ending}", found.file), ending)]
        }) {
            match self.connection.look(&self.folder, &side).await {
                Ok(file) if file.bytes > look::SIDE_BYTES_MAX => continue,
                Ok(_) | Err(SftpError::NoSuchFile(_)) => {}
                Err(error) => return Err(trouble(error)),
            }
            let mut text = Vec::new();
            match self.connection.read(&self.folder, &side, look::SIDE_BYTES_MAX, &mut text).await {
                Ok(_) => {
                    let mut name = path.as_os_str().to_owned();
                    name.push(ending);
                    // Without it the name has to say everything.
                    let _ = tokio::fs::write(PathBuf::from(name), text).await;
                    return Ok(());
                }
                Err(SftpError::NoSuchFile(_) | SftpError::Longer(_)) => {}
                Err(error) => return Err(trouble(error)),
            }
        }
        Ok(())
    }

    /// Removes files there whose recordings are in the library, as long as they are still the same.
    pub(crate) async fn remove_taken(&self, desk: &Desk, source: &IntakeSource) -> Result<(), Trouble> {
        for found in self.list().await? {
            let seen = SeenFile {
                source: Some(source.id),
                file: found.file.clone(),
                bytes: found.bytes,
                changed_at: found.changed_at,
            };
            let known = desk.reader().known_files(std::slice::from_ref(&seen)).await;
            let Ok(Some(known)) = known.map(|mut known| known.pop().flatten()) else { continue };
            let there = match (known.became, known.recording) {
                (Became::Taken, Some(id)) => desk.reader().recording(id).await.ok().flatten(),
                _ => None,
            };
            if there.is_some_and(|recording| recording.original_bytes == found.bytes) {
                self.connection.remove(&self.folder, &found.file).await.map_err(trouble)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn close(self) {
        self.connection.close().await;
    }
}

/// Removes what was fetched for a file that is dealt with.
pub(crate) fn forget_fetched(working: &Path, path: &Path) {
    if !path.starts_with(working) {
        return;
    }
    for fetched in [Some(path.to_owned()), look::side_file_path(path)].into_iter().flatten() {
        // Mostly it was moved away.
        let _ = std::fs::remove_file(fetched);
    }
}

/// Whether an unfinished file, or the side file beside it, was fetched from a server.
pub(crate) fn is_fetched(stem: &str) -> bool {
    stem.starts_with(FETCHED)
}

fn found(file: RemoteFile) -> Found {
    Found { file: file.file, bytes: file.bytes, changed_at: At(file.changed_ms), side: false }
}

pub(crate) fn trouble(error: SftpError) -> Trouble {
    Trouble { stopped: !error.may_pass(), says: error.to_string() }
}

impl Desk {
    /// The key seen first is the one to insist on from now on.
    async fn keep_host_key(&self, id: i64, key: &str) {
        let _entering = self.entering().lock().await;
        let Ok(Some(mut source)) = self.reader().intake_source(id).await else { return };
        let IntakePlace::Sftp { host_key, .. } = &mut source.place else { return };
        if host_key.is_some() {
            return;
        }
        *host_key = Some(key.to_owned());
        if let Err(error) = self.hand().save_intake_source(&source, &[]).await {
            tracing::warn!(%error, "the server's key could not be kept");
        }
    }
}
