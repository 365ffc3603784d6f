//! A library with a phone system in it, beside an empty folder for backups.

use crate::backups::Told;
use crate::keeping::tests::kit::{NOON, TestKeychain, tone};
use crate::keychain::Keychain;
use crate::{Answer, Clock, Desk, Means, Opening, Start};
use contract::Failure;
use contract::backups::{AskBackups, BackUpNow, BackupLine, BackupsView, Protection};
use contract::sites::{AskSites, SaveSite, Site};
use model::SiteId;
use playback::NoDevice;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub(super) const HOUR: i64 = 3_600_000;

pub(super) struct Kit {
    pub(super) place: TempDir,
    pub(super) desk: Desk,
    pub(super) clock: Arc<Clock>,
    pub(super) keychain: Arc<TestKeychain>,
}

impl Kit {
    pub(super) async fn new() -> Self {
        let place = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(place.path().join("backups")).expect("made");
        let clock = Arc::new(Clock::by_hand(NOON));
        let keychain = Arc::new(TestKeychain::default());
        let desk = open(&place.path().join("library"), &clock, keychain.clone()).await;
        let kit = Self { place, desk, clock, keychain };
        kit.add_site("Before").await;
        kit
    }

    pub(super) fn library(&self) -> PathBuf {
        self.place.path().join("library")
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.place.path().join("backups")
    }

    pub(super) async fn open_again(&mut self) {
        self.desk.close().await.expect("closed");
        self.open().await;
    }

    pub(super) async fn open(&mut self) {
        self.desk = open(&self.library(), &self.clock, self.keychain.clone()).await;
    }

    /// What opening it fails with.
    pub(super) async fn refused(&self) -> Failure {
        let opened = try_open(&self.library(), &self.clock, self.keychain.clone()).await;
        opened.err().expect("it cannot be opened")
    }

    pub(super) async fn add_site(&self, name: &str) -> SiteId {
        let site = Site { name: name.to_owned(), time_zone: "Europe/Berlin".to_owned(), ..Site::default() };
        let saved = self.desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await;
        SiteId(saved.expect("saved").site.id)
    }

    pub(super) async fn sites(&self) -> Vec<String> {
        let sites = self.desk.answer(AskSites {}).await.expect("sites");
        sites.into_iter().map(|site| site.name).collect()
    }

    /// Takes in a tone.
    pub(super) async fn tone(&self, hertz: u32) {
        let source = self.place.path().join("source");
        std::fs::create_dir_all(&source).expect("a folder");
        let path = source.join(format!("tone {hertz}.wav"));
        std::fs::write(&path, tone(hertz, 1)).expect("written");
        let summary = self.desk.import_recordings(SiteId(1), &[path], |_, _| {}).await.expect("imported");
        assert_eq!(summary.imported, 1, "a tone is taken in: {summary:?}");
    }

    pub(super) async fn view(&self) -> BackupsView {
        self.desk.answer(AskBackups {}).await.expect("a view")
    }

    /// Makes one and waits for its end. Gives its line of the log.
    pub(super) async fn back_up(&self, recordings: bool, protection: Protection) -> BackupLine {
        let folder = self.folder().to_string_lossy().into_owned();
        self.desk.answer(BackUpNow { folder, recordings, protection }).await.expect("begun");
        self.settled().await;
        self.view().await.log.swap_remove(0)
    }

    /// Waits until nothing runs.
    pub(super) async fn settled(&self) {
        drop(self.desk.backups().at_work.lock().await);
    }

    /// As text of what is in the folder of backups.
    pub(super) fn files(&self) -> Vec<String> {
        listed(&self.folder())
    }

    /// What stands beside the library, without it.
    pub(super) fn beside(&self) -> Vec<String> {
        let mut names = listed(self.place.path());
        names.retain(|name| name.starts_with("library."));
        names
    }
}

pub(super) fn listed(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub(super) fn file_of(line: &BackupLine) -> PathBuf {
    Path::new(&line.folder).join(&line.name)
}

pub(super) fn nobody() -> Told {
    Arc::new(|_| ControlFlow::Continue(()))
}

async fn open(library: &Path, clock: &Arc<Clock>, keychain: Arc<dyn Keychain>) -> Desk {
    try_open(library, clock, keychain).await.expect("the library opens")
}

async fn try_open(library: &Path, clock: &Arc<Clock>, keychain: Arc<dyn Keychain>) -> Result<Desk, Failure> {
    let opening = Opening {
        library: library.to_owned(),
        demo: false,
        keychain,
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::clone(clock),
        spoken: crate::Language::English,
    };
    let means = Means { sound: Arc::new(NoDevice), ..Means::default() };
    Desk::open_with(opening, means).await
}
