//! A connection: logged in, with its server's key known.

use crate::error::Path;
use crate::{Secret, SftpError};
use russh::Disconnect;
use russh::client::{self, Handle, Handler};
use russh::keys::{HashAlg, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh_sftp::client::SftpSession;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A server in the same building answers in milliseconds; one behind a VPN that is just being dialled takes a while.
const CONNECT: Duration = Duration::from_secs(15);

/// For one request.
const ANSWER: Duration = Duration::from_secs(30);

/// Files within folders that are looked through; recorders use a folder for each year, month and day.
const DEPTH_MAX: usize = 6;

/// A hand-over folder that nobody empties grows; what is beyond comes with a later look.
const FILES_MAX: usize = 200_000;

/// One read: a window of SFTP's largest answers.
const READ_BYTES: usize = 256 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub user: String,
}

/// A file as the server tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFile {
    /// Within the folder that was listed, with `/` between its parts.
    pub file: String,
    pub bytes: u64,
    /// Milliseconds UTC; the server tells whole seconds.
    pub changed_ms: i64,
}

pub struct Connection {
    session: Handle<KeyCheck>,
    sftp: SftpSession,
    host_key: String,
}

impl Connection {
    /// Connects and logs in. `trusted` is the server's key as [`Connection::host_key`] gave it; without one, whatever key
    /// the server shows is taken.
    pub async fn open(server: &Server, secret: &Secret, trusted: Option<&str>) -> Result<Self, SftpError> {
        let private_key = secret.private_key()?;
        let stream = reach(server).await?;
        let shown = Arc::new(Mutex::new(Shown::default()));
        let check = KeyCheck { trusted: trusted.map(str::to_owned), shown: Arc::clone(&shown) };
        let config = client::Config {
            inactivity_timeout: None,
            keepalive_interval: Some(ANSWER),
            nodelay: true,
            ..client::Config::default()
        };
        let not_sftp = |why: String| SftpError::NotSftp { host: server.host.clone(), port: server.port, why };
        let greeted = timeout(CONNECT, client::connect_stream(Arc::new(config), stream, check)).await;
        let host_key = {
            let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            if let (Some(was), Some(is)) = (&shown.instead_of, &shown.key) {
                return Err(SftpError::HostKeyChanged { was: was.clone(), is: is.clone() });
            }
            shown.key.clone()
        };
        let mut session =
            greeted.map_err(|_| SftpError::Silent)?.map_err(|error| not_sftp(error.to_string()))?;
        let host_key = host_key.ok_or_else(|| not_sftp("it showed no key".to_owned()))?;
        timeout(ANSWER, log_in(&mut session, server, secret, private_key))
            .await
            .map_err(|_| SftpError::Silent)??;
        let sftp = timeout(ANSWER, subsystem(&session)).await.map_err(|_| SftpError::Silent)?;
        let sftp = sftp.map_err(not_sftp)?;
        sftp.set_timeout(ANSWER.as_secs());
        Ok(Self { session, sftp, host_key })
    }

    /// The SHA-256 of the server's key as OpenSSH shows it: `SHA256:...`.
    pub fn host_key(&self) -> &str {
        &self.host_key
    }

    /// All files in `folder` and the folders in it, in the order of their names. What is no plain file is left out:
    /// a link may lead out of the folder.
    pub async fn list(&self, folder: &str) -> Result<Vec<RemoteFile>, SftpError> {
        let mut found = Vec::new();
        let mut folders = vec![(String::new(), 0)];
        while let Some((within, depth)) = folders.pop() {
            let path = join(folder, &within);
            let entries = match self.sftp.read_dir(path.as_str()).await {
                Ok(entries) => entries,
                // One that was removed meanwhile, or is another's, hides none of the rest.
                Err(error) if depth > 0 => {
                    tracing::debug!(%error, "a folder on the server cannot be listed");
                    continue;
                }
                Err(error) => return Err(SftpError::of_path(error, folder, Path::Folder)),
            };
            for entry in entries {
                let name = entry.file_name();
                // A name with a separator in it would mean another place.
                if name.contains(['/', '\\', '\0']) || name == "." || name == ".." {
                    continue;
                }
                let file = if within.is_empty() { name } else { format!("{within}/{name}") };
                let kind = entry.file_type();
                if kind.is_dir() && depth < DEPTH_MAX {
                    folders.push((file, depth + 1));
                } else if kind.is_file() {
                    let facts = entry.metadata();
                    let changed_ms = i64::from(facts.mtime.unwrap_or(0)) * 1_000;
                    found.push(RemoteFile { file, bytes: facts.len(), changed_ms });
                }
                if found.len() >= FILES_MAX {
                    break;
                }
            }
        }
        found.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(found)
    }

    /// A file as it is now.
    pub async fn look(&self, folder: &str, file: &str) -> Result<RemoteFile, SftpError> {
        let path = join(folder, file);
        let facts = self
            .sftp
            .metadata(path.as_str())
            .await
            .map_err(|error| SftpError::of_path(error, file, Path::File))?;
        let changed_ms = i64::from(facts.mtime.unwrap_or(0)) * 1_000;
        Ok(RemoteFile { file: file.to_owned(), bytes: facts.len(), changed_ms })
    }

    /// Copies a file into `into`. Gives how many bytes there were. One of more than `most_bytes` is given up there: a server
    /// that sends without an end fills no disk.
    pub async fn read(
        &self,
        folder: &str,
        file: &str,
        most_bytes: u64,
        into: &mut (impl AsyncWrite + Unpin),
    ) -> Result<u64, SftpError> {
        let path = join(folder, file);
        let mut from = self
            .sftp
            .open(path.as_str())
            .await
            .map_err(|error| SftpError::of_path(error, file, Path::File))?;
        let mut buffer = vec![0; READ_BYTES];
        let mut total = 0;
        loop {
            let read = timeout(ANSWER, from.read(&mut buffer)).await.map_err(|_| SftpError::Silent)?;
            let read = read.map_err(|error| SftpError::Lost(error.to_string()))?;
            if read == 0 {
                break;
            }
            if total + read as u64 > most_bytes {
                return Err(SftpError::Longer(file.to_owned()));
            }
            into.write_all(&buffer[..read]).await.map_err(|error| SftpError::Lost(error.to_string()))?;
            total += read as u64;
        }
        into.flush().await.map_err(|error| SftpError::Lost(error.to_string()))?;
        Ok(total)
    }

    pub async fn remove(&self, folder: &str, file: &str) -> Result<(), SftpError> {
        let path = join(folder, file);
        self.sftp
            .remove_file(path.as_str())
            .await
            .map_err(|error| SftpError::of_path(error, file, Path::File))
    }

    /// Says good-bye. Dropping it instead is as good, and ruder.
    pub async fn close(self) {
        let farewell = self.session.disconnect(Disconnect::ByApplication, "", "en");
        // A server that does not listen any more is left all the same.
        let _ = timeout(CONNECT, farewell).await;
    }
}

async fn reach(server: &Server) -> Result<TcpStream, SftpError> {
    let unreachable =
        |why: String| SftpError::Unreachable { host: server.host.clone(), port: server.port, why };
    match timeout(CONNECT, TcpStream::connect((server.host.as_str(), server.port))).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(unreachable(error.to_string())),
        Err(_) => Err(unreachable("nobody answers".to_owned())),
    }
}

async fn log_in(
    session: &mut Handle<KeyCheck>,
    server: &Server,
    secret: &Secret,
    private_key: Option<russh::keys::PrivateKey>,
) -> Result<(), SftpError> {
    let lost = |error: russh::Error| SftpError::Lost(error.to_string());
    let (answer, refused) = match (secret, private_key) {
        (Secret::Key { .. }, Some(key)) => {
            let hash = session.best_supported_rsa_hash().await.map_err(lost)?.flatten();
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), hash);
            (session.authenticate_publickey(&server.user, key).await, SftpError::KeyRefused)
        }
        (Secret::Key { .. }, None) => return Err(SftpError::KeyUnreadable),
        (Secret::Password(password), _) => {
            (session.authenticate_password(&server.user, password.as_str()).await, SftpError::PasswordRefused)
        }
    };
    if answer.map_err(lost)?.success() { Ok(()) } else { Err(refused) }
}

async fn subsystem(session: &Handle<KeyCheck>) -> Result<SftpSession, String> {
    let channel = session.channel_open_session().await.map_err(|error| error.to_string())?;
    channel.request_subsystem(true, "sftp").await.map_err(|error| error.to_string())?;
    SftpSession::new(channel.into_stream()).await.map_err(|error| error.to_string())
}

fn join(folder: &str, within: &str) -> String {
    let folder = if folder.is_empty() { "." } else { folder };
    match (folder.trim_end_matches('/'), within) {
        (folder, "") => {
            if folder.is_empty() {
                "/".to_owned()
            } else {
                folder.to_owned()
            }
        }
        (folder, within) => format!("{folder}/{within}"),
    }
}

/// What the server showed of itself.
#[derive(Default)]
struct Shown {
    key: Option<String>,
    /// It was refused because this one is trusted.
    instead_of: Option<String>,
}

struct KeyCheck {
    trusted: Option<String>,
    shown: Arc<Mutex<Shown>>,
}

impl Handler for KeyCheck {
    type Error = russh::Error;

    fn check_server_key(
        &mut self,
        server_public_key: &PublicKeyOrCertificate,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send {
        let key = match server_public_key {
            PublicKeyOrCertificate::PublicKey { key, .. } => key.fingerprint(HashAlg::Sha256),
            PublicKeyOrCertificate::Certificate(certificate) => {
                certificate.public_key().fingerprint(HashAlg::Sha256)
            }
        }
        .to_string();
        let changed = self.trusted.as_ref().filter(|trusted| **trusted != key).cloned();
        let is_good = changed.is_none();
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.key = Some(key);
        shown.instead_of = changed;
        drop(shown);
        async move { Ok(is_good) }
    }
}
