//! What is there all day, whether or not the window is: it listens to the desk, paints the tray, notifies, keeps the
//! preferences of this computer and sees to updates. What it decides, `presence` decides; this is the driver.

mod listening;
mod running;

use contract::computer::{AutostartChoice, Closing, ComputerPrefs, ComputerView, Pause, Role, Tray};
use contract::updates::UpdateView;
use contract::{Failure, FailureCode};
use presence::{Ended, Heard};
use running::Running;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::AppHandle;
use tokio::sync::{mpsc, oneshot};

/// So many words wait at most; who says more waits until they are heard.
const WAITING: usize = 64;

pub(crate) struct Attendant {
    words: mpsc::Sender<Word>,
    known: Arc<Mutex<Known>>,
}

/// What is asked from the window's own thread, which cannot wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) role: Role,
    pub(crate) closing: Closing,
    pub(crate) tray: Tray,
}

type Reply = oneshot::Sender<Result<ComputerView, Failure>>;

enum Word {
    View(Reply),
    Save(ComputerPrefs, Reply),
    Choose(Closing),
    Reread,
    SpeakOtherwise,
    Autostart(AutostartChoice, Reply),
    Pause(Pause, Option<Reply>),
    Look(Reply),
    Install(String, Reply),
    Fetched { done: u64, of: Option<u64> },
    Ended(Ended),
    Heard(Heard),
}

impl Attendant {
    /// Begins when the window is there; listens to the desk as soon as it is open.
    pub(crate) fn begin(app: &AppHandle, role: Role, prefs: ComputerPrefs) -> Self {
        let known = Known { role, closing: prefs.closing, tray: Tray::Missing };
        let known = Arc::new(Mutex::new(known));
        let (words, heard) = mpsc::channel(WAITING);
        let running = Running::new(app.clone(), prefs, Arc::clone(&known));
        tauri::async_runtime::spawn(running.run(heard));
        tauri::async_runtime::spawn(listening::listen(app.clone(), words.clone()));
        Self { words, known }
    }

    pub(crate) fn known(&self) -> Known {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn view(&self) -> Result<ComputerView, Failure> {
        self.ask(Word::View).await
    }

    pub(crate) async fn save(&self, prefs: ComputerPrefs) -> Result<ComputerView, Failure> {
        self.ask(|reply| Word::Save(prefs, reply)).await
    }

    pub(crate) async fn set_autostart(&self, choice: AutostartChoice) -> Result<ComputerView, Failure> {
        self.ask(|reply| Word::Autostart(choice, reply)).await
    }

    pub(crate) async fn pause(&self, pause: Pause) -> Result<ComputerView, Failure> {
        self.ask(|reply| Word::Pause(pause, Some(reply))).await
    }

    pub(crate) async fn look_for_update(&self) -> Result<UpdateView, Failure> {
        Ok(self.ask(Word::Look).await?.update)
    }

    pub(crate) async fn install_update(&self, version: String) -> Result<UpdateView, Failure> {
        Ok(self.ask(|reply| Word::Install(version, reply)).await?.update)
    }

    /// Chosen in the tray, whose menu does not wait.
    pub(crate) fn pause_soon(&self, pause: Pause) {
        self.say(Word::Pause(pause, None));
    }

    /// Chosen when the window was closed for the first time.
    pub(crate) fn choose_closing(&self, closing: Closing) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).closing = closing;
        self.say(Word::Choose(closing));
    }

    /// Other preferences came with a library that was restored.
    pub(crate) fn reread(&self) {
        self.say(Word::Reread);
    }

    /// The window speaks another language: what is painted is painted anew.
    pub(crate) fn speak_otherwise(&self) {
        self.say(Word::SpeakOtherwise);
    }

    /// A word about progress that finds no room is followed by another one.
    pub(crate) fn fetched_so_far(&self, done: u64, of: Option<u64>) {
        self.say(Word::Fetched { done, of });
    }

    pub(crate) async fn update_ended(&self, ended: Ended) {
        // Nobody listens any more when the program ends.
        let _ = self.words.send(Word::Ended(ended)).await;
    }

    fn say(&self, word: Word) {
        if self.words.try_send(word).is_err() {
            tracing::debug!("the attendant is busy or gone");
        }
    }

    async fn ask(&self, word: impl FnOnce(Reply) -> Word) -> Result<ComputerView, Failure> {
        let (reply, answer) = oneshot::channel();
        self.words.send(word(reply)).await.map_err(|_| ending())?;
        answer.await.map_err(|_| ending())?
    }
}

fn ending() -> Failure {
    Failure { code: FailureCode::Internal, message: "CallDoc is closing.".to_owned(), detail: None }
}
