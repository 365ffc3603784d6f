//! What recordings need: their folders, where they come from, and a device to hear them on.

use super::{Finding, Tried, Verdict, finding, of_steps};
use crate::answers::intake::{test_folder, test_server};
use crate::keeping::files::is_marked;
use crate::keychain::OsKeychain;
use crate::trouble::failure_of_store;
use contract::Failure;
use playback::{DeviceChoice, Devices, RodioDevices};
use std::path::Path;
use store::{IntakePlace, IntakeSource, Pool, Reader};

pub(crate) async fn examine(reader: &Reader, library: &Path, tried: Tried) -> Vec<Finding> {
    let (pools, sources) = match asked(reader).await {
        Ok(asked) => asked,
        Err(failure) => return vec![finding("recordings", Verdict::Bad, &failure.message, "")],
    };
    let mut findings: Vec<Finding> = pools.iter().map(|pool| of_pool(pool, library)).collect();
    let tried = sources.iter().filter(|_| tried == Tried::Now);
    for source in tried.filter(|source| source.enabled && source.removed_at.is_none()) {
        findings.push(of_source(source).await);
    }
    findings
}

/// Without a device everything works but hearing.
pub(crate) async fn audio() -> Finding {
    let found = tokio::task::spawn_blocking(|| {
        let devices = RodioDevices;
        (devices.is_there(&DeviceChoice::Default), devices.names())
    });
    match found.await {
        Ok((true, _)) => {
            finding("audio", Verdict::Good, "Recordings are heard on the system's sound device.", "")
        }
        Ok((false, names)) if !names.is_empty() => {
            let says = format!("The system's own sound device is not there; there are {}.", names.join(", "));
            finding("audio", Verdict::Warning, &says, "Choose one in Settings > Recordings > Player.")
        }
        Ok((false, _)) | Err(_) => {
            let advice =
                "Connect one, or start the sound server. All but hearing recordings works without it.";
            finding("audio", Verdict::Warning, "This computer has no sound device.", advice)
        }
    }
}

async fn asked(reader: &Reader) -> Result<(Vec<Pool>, Vec<IntakeSource>), Failure> {
    let pools = reader.pools().await.map_err(failure_of_store)?;
    let sources = reader.intake_sources().await.map_err(failure_of_store)?;
    Ok((pools, sources))
}

fn of_pool(pool: &Pool, library: &Path) -> Finding {
    let about = format!("pool: {}", pool.name);
    // The library's own is made with the first recording.
    let own = pool.folder.is_empty();
    let folder = if own { library } else { Path::new(&pool.folder) };
    let there = own || is_marked(folder);
    match fs4::available_space(folder).ok().filter(|_| there) {
        Some(bytes) if bytes < pool.min_free_bytes => {
            let says = format!(
                "Takes no more recordings: {:.1} GB are free on its disk, of which {:.1} GB stay free.",
                bytes as f64 / 1e9,
                pool.min_free_bytes as f64 / 1e9
            );
            finding(&about, Verdict::Warning, &says, "Make room, or add another pool.")
        }
        Some(bytes) => {
            let says = format!("{:.1} GB are free on its disk.", bytes as f64 / 1e9);
            finding(&about, Verdict::Good, &says, "")
        }
        None => {
            let says = format!("The folder {} cannot be reached.", folder.display());
            finding(
                &about,
                Verdict::Bad,
                &says,
                "Connect its disk. The recordings in it cannot be heard until then.",
            )
        }
    }
}

async fn of_source(source: &IntakeSource) -> Finding {
    let about = format!("recordings from {}", source.name);
    let steps = match &source.place {
        IntakePlace::Folder { folder } => vec![test_folder(folder).await],
        IntakePlace::Sftp { .. } => test_server(source, &OsKeychain::default(), None, None).await,
    };
    of_steps(about, &steps)
}
