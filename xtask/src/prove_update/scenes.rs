//! What the server says, scene by scene: the genuine update, and everything that only looks like one.

use super::packages::Made;
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;

/// What the window does with each of them is in `e2e/src/bin/e2e-update.rs`.
pub(super) struct Scenes {
    port: u16,
    old: String,
    new: String,
    old_signature: String,
    new_signature: String,
    foreign_signature: String,
    old_package: Vec<u8>,
    new_package: Vec<u8>,
}

/// What goes over the wire.
pub(super) struct Said {
    pub(super) body: Vec<u8>,
    /// The connection ends after so many bytes of the body.
    pub(super) cut_after: Option<usize>,
}

impl Scenes {
    pub(super) fn new(old: &Made, new: &Made, foreign_signature: &str, port: u16) -> Result<Self> {
        let read = |made: &Made| fs::read(&made.package).context("a package is missing");
        Ok(Self {
            port,
            old: old.version.clone(),
            new: new.version.clone(),
            old_signature: old.signature.clone(),
            new_signature: new.signature.clone(),
            foreign_signature: foreign_signature.to_owned(),
            old_package: read(old)?,
            new_package: read(new)?,
        })
    }

    pub(super) fn list(&self, scene: &str) -> Said {
        let (version, signature) = match scene {
            "newest" => (&self.old, &self.old_signature),
            // The old package, with its genuine signature, under the new number.
            "replayed" => (&self.new, &self.old_signature),
            // Signed well, but with a key that the app does not know.
            "stranger" => (&self.new, &self.foreign_signature),
            "no-list" => return whole(b"<html>Please log in to this network</html>".to_vec()),
            _ => (&self.new, &self.new_signature),
        };
        let list = json!({
            "version": version,
            "notes": "Reports open in half the time.\nA call that was parked twice is shown once.",
            "pub_date": "2026-11-20T09:00:00Z",
            "platforms": { format!("linux-{}-deb", std::env::consts::ARCH): {
                "signature": signature,
                "url": format!("http://127.0.0.1:{}/package", self.port),
            } },
        });
        whole(list.to_string().into_bytes())
    }

    pub(super) fn package(&self, scene: &str) -> Said {
        match scene {
            "replayed" => whole(self.old_package.clone()),
            "tampered" => {
                let mut package = self.new_package.clone();
                let middle = package.len() / 2;
                package[middle] ^= 1;
                whole(package)
            }
            "cut" => Said { cut_after: Some(self.new_package.len() / 2), body: self.new_package.clone() },
            _ => whole(self.new_package.clone()),
        }
    }
}

fn whole(body: Vec<u8>) -> Said {
    Said { body, cut_after: None }
}
