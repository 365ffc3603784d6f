//! An SFTP server of the real protocol on loopback, over a folder.

use russh::keys::{Algorithm, PrivateKey, PublicKey};
use russh::server::{self, Auth, ChannelOpenHandle, Msg, Server as _, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, MethodKind, MethodSet};
use russh_sftp::protocol::{
    Attrs, Data, File, FileAttributes, Handle, Name, OpenFlags, Status, StatusCode, Version,
};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

pub(crate) const USER: &str = "recorder";
/// A file of this name has no end, whatever its length is told to be.
pub(crate) const ENDLESS: &str = "endless.wav";
pub(crate) const PASSWORD: &str = "a password of the test";

/// What the server shows and takes.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) folder: PathBuf,
    pub(crate) host_key: PrivateKey,
    /// Takes this key too.
    pub(crate) key: Option<PublicKey>,
}

impl Office {
    pub(crate) fn new(folder: &Path) -> Self {
        let host_key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).expect("a key");
        Self { folder: folder.to_owned(), host_key, key: None }
    }

    /// Listens on a free port of loopback until the test ends.
    pub(crate) async fn open(&self) -> u16 {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let port = socket.local_addr().expect("an address").port();
        let config = server::Config {
            auth_rejection_time: Duration::ZERO,
            auth_rejection_time_initial: Some(Duration::ZERO),
            keys: vec![self.host_key.clone()],
            methods: MethodSet::from(&[MethodKind::Password, MethodKind::PublicKey][..]),
            ..server::Config::default()
        };
        let mut listener = Listener(self.clone());
        tokio::spawn(async move { listener.run_on_socket(Arc::new(config), &socket).await });
        port
    }
}

struct Listener(Office);

impl server::Server for Listener {
    type Handler = Client;

    fn new_client(&mut self, _: Option<SocketAddr>) -> Client {
        Client { office: self.0.clone(), channels: HashMap::new() }
    }
}

struct Client {
    office: Office,
    channels: HashMap<ChannelId, Channel<Msg>>,
}

impl server::Handler for Client {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        Ok(if (user, password) == (USER, PASSWORD) { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        let known =
            self.office.key.as_ref().is_some_and(|known| known.key_data() == key.public_key.key_data());
        Ok(if user == USER && known { Auth::Accept } else { Auth::reject() })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.channels.insert(channel.id(), channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        let Some(channel) = self.channels.remove(&id).filter(|_| name == "sftp") else {
            return session.channel_failure(id);
        };
        session.channel_success(id)?;
        let files = Files { root: self.office.folder.clone(), open: HashMap::new(), listed: HashMap::new() };
        russh_sftp::server::run(channel.into_stream(), files).await;
        Ok(())
    }
}

/// The files of a folder, by their names within it.
struct Files {
    root: PathBuf,
    open: HashMap<String, std::fs::File>,
    /// Folders whose entries were told.
    listed: HashMap<String, bool>,
}

impl Files {
    fn path(&self, told: &str) -> PathBuf {
        self.root.join(told.trim_start_matches(['/', '.']))
    }
}

fn status_of(error: &std::io::Error) -> StatusCode {
    match error.kind() {
        std::io::ErrorKind::NotFound => StatusCode::NoSuchFile,
        std::io::ErrorKind::PermissionDenied => StatusCode::PermissionDenied,
        _ => StatusCode::Failure,
    }
}

fn fine(id: u32) -> Status {
    Status { id, status_code: StatusCode::Ok, error_message: String::new(), language_tag: "en".to_owned() }
}

impl russh_sftp::server::Handler for Files {
    type Error = StatusCode;

    fn unimplemented(&self) -> StatusCode {
        StatusCode::OpUnsupported
    }

    async fn init(&mut self, _: u32, _: HashMap<String, String>) -> Result<Version, StatusCode> {
        Ok(Version::new())
    }

    async fn opendir(&mut self, id: u32, path: String) -> Result<Handle, StatusCode> {
        std::fs::read_dir(self.path(&path)).map_err(|error| status_of(&error))?;
        self.listed.insert(path.clone(), false);
        Ok(Handle { id, handle: path })
    }

    async fn readdir(&mut self, id: u32, handle: String) -> Result<Name, StatusCode> {
        let listed = self.listed.get_mut(&handle).ok_or(StatusCode::Failure)?;
        if std::mem::replace(listed, true) {
            return Err(StatusCode::Eof);
        }
        let mut files = vec![File::dummy("."), File::dummy("..")];
        for entry in std::fs::read_dir(self.path(&handle)).map_err(|error| status_of(&error))? {
            let entry = entry.map_err(|error| status_of(&error))?;
            let facts = entry.path().symlink_metadata().map_err(|error| status_of(&error))?;
            files.push(File::new(entry.file_name().to_string_lossy(), FileAttributes::from(&facts)));
        }
        Ok(Name { id, files })
    }

    async fn stat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        let facts = std::fs::metadata(self.path(&path)).map_err(|error| status_of(&error))?;
        Ok(Attrs { id, attrs: FileAttributes::from(&facts) })
    }

    async fn open(
        &mut self,
        id: u32,
        path: String,
        flags: OpenFlags,
        _: FileAttributes,
    ) -> Result<Handle, StatusCode> {
        if flags.contains(OpenFlags::WRITE) {
            return Err(StatusCode::PermissionDenied);
        }
        let file = std::fs::File::open(self.path(&path)).map_err(|error| status_of(&error))?;
        self.open.insert(path.clone(), file);
        Ok(Handle { id, handle: path })
    }

    async fn read(&mut self, id: u32, handle: String, offset: u64, len: u32) -> Result<Data, StatusCode> {
        let file = self.open.get(&handle).ok_or(StatusCode::Failure)?;
        let mut data = vec![0; len as usize];
        if handle.ends_with(ENDLESS) {
            return Ok(Data { id, data });
        }
        let read = file.read_at(&mut data, offset).map_err(|error| status_of(&error))?;
        if read == 0 {
            return Err(StatusCode::Eof);
        }
        data.truncate(read);
        Ok(Data { id, data })
    }

    async fn close(&mut self, id: u32, handle: String) -> Result<Status, StatusCode> {
        self.open.remove(&handle);
        Ok(fine(id))
    }

    async fn remove(&mut self, id: u32, path: String) -> Result<Status, StatusCode> {
        std::fs::remove_file(self.path(&path)).map_err(|error| status_of(&error))?;
        Ok(fine(id))
    }
}
