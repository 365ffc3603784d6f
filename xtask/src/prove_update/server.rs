//! A server of releases on loopback, as small as it can be: it answers what the scene says, and closes.

use super::scenes::{Said, Scenes};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

pub(super) struct Server {
    port: u16,
    scenes: Arc<OnceLock<Scenes>>,
}

impl Server {
    /// Listens until the run ends. Which scene plays is read from a file, which the one who drives the window writes.
    pub(super) fn listen(scene: PathBuf) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        let port = listener.local_addr()?.port();
        let scenes: Arc<OnceLock<Scenes>> = Arc::default();
        let played = Arc::clone(&scenes);
        std::thread::spawn(move || {
            for asked in listener.incoming().flatten() {
                let named = std::fs::read_to_string(&scene).unwrap_or_default();
                // Whoever asked may have gone away; the next one comes.
                let _ = answer(asked, named.trim(), played.get());
            }
        });
        Ok(Self { port, scenes })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn serve(&self, scenes: Scenes) {
        // Called once.
        let _ = self.scenes.set(scenes);
    }
}

fn answer(mut asked: TcpStream, scene: &str, scenes: Option<&Scenes>) -> std::io::Result<()> {
    let mut lines = BufReader::new(asked.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head says nothing that matters here.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split_whitespace().nth(1).unwrap_or_default();
    let said = match (scenes, path) {
        (Some(scenes), "/stable.json") => Some(scenes.list(scene)),
        (Some(scenes), "/package") => Some(scenes.package(scene)),
        _ => None,
    };
    let Some(Said { body, cut_after }) = said else {
        return asked.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    asked.write_all(head.as_bytes())?;
    let end = cut_after.unwrap_or(body.len());
    asked.write_all(&body[..end])
}
