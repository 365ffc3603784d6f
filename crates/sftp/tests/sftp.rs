//! Against a server of the real protocol.
#![cfg(unix)]

mod server;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey};
use server::{ENDLESS, Office, PASSWORD, USER};
use sftp::{Connection, Secret, Server, SftpError};
use tempfile::TempDir;

fn at(port: u16) -> Server {
    Server { host: "127.0.0.1".to_owned(), port, user: USER.to_owned() }
}

fn password() -> Secret {
    Secret::password(PASSWORD)
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let day = folder.path().join("VRL/2026/11");
    std::fs::create_dir_all(&day).expect("folders");
    std::fs::write(folder.path().join("VRL/a.wav"), vec![7; 1_000_003]).expect("a file");
    std::fs::write(day.join("b.wav"), b"short").expect("a file");
    std::os::unix::fs::symlink("/etc", folder.path().join("VRL/elsewhere")).expect("a link");
    folder
}

#[tokio::test]
async fn files_are_listed_read_and_removed() {
    let folder = folder();
    let office = Office::new(folder.path());
    let connection = Connection::open(&at(office.open().await), &password(), None).await.expect("logged in");
    let files = connection.list("/VRL").await.expect("a list");
    let names: Vec<(&str, u64)> = files.iter().map(|file| (file.file.as_str(), file.bytes)).collect();
    assert_eq!(
        names,
        [("2026/11/b.wav", 5), ("a.wav", 1_000_003)],
        "files of folders within, and nothing that a link leads to"
    );
    assert!(files[0].changed_ms > 1_700_000_000_000, "with the time of their last change");
    let mut copy = Vec::new();
    let bytes = connection.read("/VRL", "a.wav", 1_000_003, &mut copy).await.expect("read");
    assert_eq!((bytes, copy), (1_000_003, vec![7; 1_000_003]), "every byte of it");
    let looked = connection.look("/VRL", "a.wav").await.expect("looked at");
    assert_eq!(looked, files[1], "the same file still");
    connection.remove("/VRL", "2026/11/b.wav").await.expect("removed");
    assert!(!folder.path().join("VRL/2026/11/b.wav").exists(), "it is gone");
    let gone = connection.read("/VRL", "2026/11/b.wav", 5, &mut Vec::new()).await;
    assert_eq!(gone, Err(SftpError::NoSuchFile("2026/11/b.wav".to_owned())), "and told to be");
    connection.close().await;
}

#[tokio::test]
async fn a_file_that_never_ends_is_given_up_at_the_length_that_was_told() {
    let folder = folder();
    std::fs::write(folder.path().join("VRL").join(ENDLESS), b"short").expect("a file");
    let port = Office::new(folder.path()).open().await;
    let connection = Connection::open(&at(port), &password(), None).await.expect("logged in");
    let told = connection.look("/VRL", ENDLESS).await.expect("looked at").bytes;
    assert_eq!(told, 5, "as long as the server says");
    let mut copy = Vec::new();
    let read = connection.read("/VRL", ENDLESS, told, &mut copy).await;
    assert_eq!(read, Err(SftpError::Longer(ENDLESS.to_owned())), "and not a byte more is kept");
    assert!(copy.len() as u64 <= told, "{} bytes", copy.len());
}

#[tokio::test]
async fn the_key_of_the_first_connection_is_the_one_that_is_trusted() {
    let folder = folder();
    let office = Office::new(folder.path());
    let port = office.open().await;
    let first = Connection::open(&at(port), &password(), None).await.expect("any key at first");
    let key = first.host_key().to_owned();
    assert!(key.starts_with("SHA256:"), "as OpenSSH shows it: {key}");
    Connection::open(&at(port), &password(), Some(&key)).await.expect("the same key again");

    let other = Office::new(folder.path());
    let refused = Connection::open(&at(other.open().await), &password(), Some(&key)).await.err();
    match refused {
        Some(SftpError::HostKeyChanged { was, is }) => {
            assert_eq!(was, key, "the one that was trusted");
            assert_ne!(is, key, "the one that is shown");
        }
        other => panic!("a changed key must be refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_from_a_server_that_is_away() {
    let folder = folder();
    let port = Office::new(folder.path()).open().await;
    let refused = Connection::open(&at(port), &Secret::password("another"), None).await.err();
    assert_eq!(refused, Some(SftpError::PasswordRefused));
    assert!(!SftpError::PasswordRefused.may_pass(), "trying again by itself could lock the account");

    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let away = Connection::open(&at(port), &password(), None).await.err().expect("nobody there");
    assert!(matches!(away, SftpError::Unreachable { .. }), "{away}");
    assert!(away.may_pass(), "it is tried again");
}

#[tokio::test]
async fn a_server_of_another_kind_is_told() {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let port = socket.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = socket.accept().await {
            let _ =
                tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let refused = Connection::open(&at(port), &password(), None).await.err();
    assert!(matches!(refused, Some(SftpError::NotSftp { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_key_opens_the_door_with_its_passphrase_only() {
    let folder = folder();
    let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).expect("a key");
    let office = Office { key: Some(key.public_key().clone()), ..Office::new(folder.path()) };
    let port = office.open().await;

    let plain = key.to_openssh(LineEnding::LF).expect("text");
    let secret = Secret::key(&plain, None).expect("a key");
    Connection::open(&at(port), &secret, None).await.expect("the key is the user's");

    let sealed = key.encrypt(&mut rand::rng(), "open sesame").expect("sealed");
    let sealed = sealed.to_openssh(LineEnding::LF).expect("text");
    let secret = Secret::key(&sealed, Some("open sesame")).expect("its passphrase");
    Connection::open(&at(port), &secret, None).await.expect("the same key");
    assert_eq!(Secret::key(&sealed, Some("wrong")).err(), Some(SftpError::KeyUnreadable));
    assert_eq!(Secret::key("no key at all", None).err(), Some(SftpError::KeyUnreadable));

    let other = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).expect("a key");
    let other = Secret::key(&other.to_openssh(LineEnding::LF).expect("text"), None).expect("a key");
    let refused = Connection::open(&at(port), &other, None).await.err();
    assert_eq!(refused, Some(SftpError::KeyRefused), "another key is not the user's");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told_by_name() {
    let folder = folder();
    let port = Office::new(folder.path()).open().await;
    let connection = Connection::open(&at(port), &password(), None).await.expect("logged in");
    assert_eq!(connection.list("/nowhere").await, Err(SftpError::NoSuchFolder("/nowhere".to_owned())));
}

#[test]
fn a_secret_is_never_shown() {
    let shown = format!("{:?}", password());
    assert!(!shown.contains(PASSWORD), "{shown}");
}
