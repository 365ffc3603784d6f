//! Everything about one number in one file: its calls as JSON, with what was written about them, and its recordings.

use super::found::AT_A_TIME;
use super::subject::Subject;
use crate::desk::Desk;
use crate::joined::written;
use crate::keeping::{Deed, off_thread};
use crate::publish::whole_call;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::recordings::ExportFormat;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

impl Desk {
    /// The name that is offered: it does not tell whose it is.
    pub fn number_export_name(&self) -> &'static str {
        "calldoc-number.zip"
    }

    /// Whole under its name, or not there.
    pub async fn export_number(&self, number: &str, place: &Path) -> Result<(), Failure> {
        let subject = Subject::of(number)?;
        let found = self.find_number(&subject).await?;
        if found.calls.is_empty() && found.recordings.is_empty() {
            return Err(invalid("Nothing in the library is about this number."));
        }
        let now = self.clock().now();
        let mut calls = Vec::new();
        for some in found.calls.chunks(AT_A_TIME) {
            for call in self.reader().calls_by_id(some).await.map_err(failure_of_store)? {
                let (site, zone) = self.site_name_and_zone(call.site);
                calls.push(whole_call(&call, written(self.reader(), &call).await?, &site, &zone, now));
            }
        }
        let text = serde_json::to_vec_pretty(&calls).map_err(|error| invalid(error.to_string()))?;
        let working = self.library().working().join("number");
        let folder = working.clone();
        off_thread(move || clear(&folder).and_then(|()| std::fs::create_dir_all(&folder)))
            .await?
            .map_err(|why| not_written(&why))?;
        let ids: Vec<String> = found.recordings.iter().map(|id| id.0.to_string()).collect();
        let exported = self.export_recordings(&ids, ExportFormat::Opus, None, &working).await;
        let failed = exported.as_ref().map(|exported| exported.failed.join("\n")).unwrap_or_default();
        let (folder, target) = (working.clone(), place.to_owned());
        let zipped = match exported {
            Ok(_) => off_thread(move || zip_all(&text, &failed, &folder, &target))
                .await?
                .map_err(|why| not_written(&why)),
            Err(failure) => Err(failure),
        };
        // Sound of the recordings must not stay there, whatever became of it.
        off_thread(move || clear(&working)).await?.map_err(|why| not_written(&why))?;
        zipped?;
        let deed = Deed::NumberExported { calls: calls.len() as u64, recordings: ids.len() as u64 };
        self.note_deed(None, &deed).await
    }
}

fn zip_all(calls: &[u8], failed: &str, recordings: &Path, place: &Path) -> io::Result<()> {
    let part = place.with_extension("zip.part");
    let written = write(calls, failed, recordings, &part).and_then(|()| std::fs::rename(&part, place));
    if written.is_err() {
        // What there is of it is of no use.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn write(calls: &[u8], failed: &str, recordings: &Path, part: &Path) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(File::create(part)?);
    let packed = SimpleFileOptions::default();
    // Sound is packed already.
    let as_it_is =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
    zip.start_file("calls.json", packed)?;
    io::copy(&mut &*calls, &mut zip)?;
    if !failed.is_empty() {
        zip.start_file("recordings-that-failed.txt", packed)?;
        io::copy(&mut failed.as_bytes(), &mut zip)?;
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(recordings)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        zip.start_file(format!("recordings/{name}"), as_it_is)?;
        io::copy(&mut File::open(&file)?, &mut zip)?;
    }
    zip.finish()?.sync_all()
}

fn clear(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn not_written(why: &io::Error) -> Failure {
    invalid(format!("The file could not be written: {why}. Choose another place, or make room."))
}
