//! A library with recordings of tones, by a clock turned by hand.

use crate::keychain::{Kept, Keychain, KeychainTrouble, RunOnlyKeychain, Secret};
use crate::{Answer, Clock, Desk, Means, Opening, Start};
use contract::keeping::{AskAudit, AuditPage};
use contract::recordings::{
    AskRecording, AskRecordings, RecordingFilter, RecordingRow, RecordingSort, RecordingView,
};
use contract::sites::{SaveSite, Site};
use model::{At, SiteId};
use playback::{Devices, NoDevice};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const NOON: At = At(1_795_176_000_000);
pub(crate) const DAY: i64 = 24 * 3_600_000;

/// What a system's keychain is to tests.
#[derive(Default)]
pub(crate) struct TestKeychain(RunOnlyKeychain);

impl Keychain for TestKeychain {
    fn get(&self, account: &str) -> Result<Option<(Secret, Kept)>, KeychainTrouble> {
        Ok(self.0.get(account)?.map(|(secret, _)| (secret, Kept::InKeychain)))
    }

    fn put(&self, account: &str, secret: &Secret) -> Result<Kept, KeychainTrouble> {
        self.0.put(account, secret)?;
        Ok(Kept::InKeychain)
    }

    fn remove(&self, account: &str) -> Result<(), KeychainTrouble> {
        self.0.remove(account)
    }
}

pub(crate) struct Kit {
    pub(crate) folder: TempDir,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<Clock>,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) site: SiteId,
    sound: Arc<dyn Devices>,
}

impl Kit {
    pub(crate) async fn new() -> Self {
        Self::with(Arc::new(TestKeychain::default())).await
    }

    pub(crate) async fn with(keychain: Arc<dyn Keychain>) -> Self {
        Self::heard_on(Arc::new(NoDevice), keychain).await
    }

    pub(crate) async fn heard_on(sound: Arc<dyn Devices>, keychain: Arc<dyn Keychain>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Clock::by_hand(NOON));
        let desk = open(folder.path(), &clock, &keychain, &sound).await;
        let site =
            Site { name: "Office".to_owned(), time_zone: "Europe/Berlin".to_owned(), ..Site::default() };
        let saved = desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await;
        let site = SiteId(saved.expect("saved").site.id);
        Self { folder, desk, clock, keychain, site, sound }
    }

    /// As after a kill: what was going on ends where it is, and the library is opened anew.
    pub(crate) async fn open_again(&mut self) {
        self.desk.close().await.expect("closed");
        self.desk = open(self.folder.path(), &self.clock, &self.keychain, &self.sound).await;
    }

    pub(crate) async fn open_after_close(&mut self) {
        self.desk = open(self.folder.path(), &self.clock, &self.keychain, &self.sound).await;
    }

    /// Takes in a tone of so many seconds, each with a frequency of its own. Gives its id.
    pub(crate) async fn tone(&self, hertz: u32, seconds: u32) -> String {
        let source = self.folder.path().join("source");
        std::fs::create_dir_all(&source).expect("a folder");
        let path = source.join(format!("tone {hertz}.wav"));
        std::fs::write(&path, tone(hertz, seconds)).expect("written");
        let before: Vec<String> = self.rows().await.into_iter().map(|row| row.id).collect();
        let summary = self.desk.import_recordings(self.site, &[path], |_, _| {}).await.expect("imported");
        assert_eq!(summary.imported, 1, "a tone is taken in: {summary:?}");
        let mut rows = self.rows().await;
        rows.retain(|row| !before.contains(&row.id));
        rows.pop().expect("it is in the list").id
    }

    pub(crate) async fn rows(&self) -> Vec<RecordingRow> {
        self.list(RecordingFilter::default()).await
    }

    pub(crate) async fn list(&self, filter: RecordingFilter) -> Vec<RecordingRow> {
        let ask = AskRecordings { filter, sort: RecordingSort::OldestFirst, after: None, limit: 500 };
        self.desk.answer(ask).await.expect("a page").rows
    }

    pub(crate) async fn view(&self, id: &str) -> RecordingView {
        self.desk.answer(AskRecording { id: id.to_owned() }).await.expect("it is there")
    }

    /// What the log says of a recording, the oldest first.
    pub(crate) async fn told(&self, id: Option<&str>) -> Vec<String> {
        let ask = AskAudit { recording: id.map(str::to_owned), before: None, limit: 500 };
        let AuditPage { lines, .. } = self.desk.answer(ask).await.expect("a page");
        lines.into_iter().rev().map(|line| line.says).collect()
    }

    /// Every file of recordings, within the library's own pool.
    pub(crate) fn on_disk(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder.path().join("recordings"), &mut found);
        found.sort();
        found
    }

    /// Whether each recording has exactly its own files, and every one of them is what it must be.
    pub(crate) async fn is_in_order(&self) {
        let verified = self.desk.verify_recordings(|_, _| {}).await.expect("verified");
        assert_eq!(
            (verified.missing, verified.changed),
            (Vec::new(), Vec::new()),
            "every file is what it must be"
        );
        let mut files = 0;
        let mut all = self.rows().await;
        all.extend(self.list(RecordingFilter { trashed: true, ..RecordingFilter::default() }).await);
        for row in &all {
            files += if self.view(&row.id).await.original_kept { 3 } else { 2 };
        }
        assert_eq!(self.on_disk().len(), files, "no file is left over: {:?}", self.on_disk());
        let complaints = self.desk.reader().integrity_check().await.expect("checked");
        assert_eq!(complaints, Vec::<String>::new(), "the library and its log are whole");
    }

    /// Ends the next act before this step, as a kill would.
    pub(crate) fn cut_before(&self, step: &'static str) {
        self.desk.keeping().steps.watch(move |next| next != step);
    }
}

async fn open(
    folder: &Path,
    clock: &Arc<Clock>,
    keychain: &Arc<dyn Keychain>,
    sound: &Arc<dyn Devices>,
) -> Desk {
    let opening = Opening {
        library: folder.to_owned(),
        demo: false,
        keychain: Arc::clone(keychain),
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::clone(clock),
        spoken: crate::Language::English,
    };
    let means = Means { sound: Arc::clone(sound), ..Means::default() };
    Desk::open_with(opening, means).await.expect("the library opens")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// A WAV file of 8 kHz and 16 bit.
pub(crate) fn tone(hertz: u32, seconds: u32) -> Vec<u8> {
    let samples = 8_000 * seconds;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples * 2).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend((samples * 2).to_le_bytes());
    for n in 0..samples {
        let angle = f64::from(n) * f64::from(hertz) * std::f64::consts::TAU / 8_000.0;
        file.extend(((angle.sin() * 12_000.0) as i16).to_le_bytes());
    }
    file
}

/// How loud each tenth of a second of a WAV file of 16 bit with one channel is.
pub(crate) fn tenths(wav: &[u8]) -> Vec<f64> {
    let rate = u32::from_le_bytes(wav[24..28].try_into().expect("four bytes")) as usize;
    let data = wav.windows(4).position(|four| four == b"data").expect("samples") + 8;
    let samples: Vec<f64> =
        wav[data..].chunks_exact(2).map(|two| f64::from(i16::from_le_bytes([two[0], two[1]]))).collect();
    samples
        .chunks(rate / 10)
        .map(|some| (some.iter().map(|one| one * one).sum::<f64>() / some.len() as f64).sqrt())
        .collect()
}
