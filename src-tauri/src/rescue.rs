//! What is done about a library that could not be opened: opened again, restored, told to whoever helps.

use crate::arguments::Launch;
use crate::opened::{Opened, Opener};
use crate::push::Subscription;
use crate::start;
use contract::rescue::{Rescue, RestoreUnopened, Restored};
use contract::{Failure, FailureCode, Push};
use desk::backups::Rescuer;
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

pub(crate) struct Rescuing {
    launch: Launch,
    opener: Opener,
    rescuer: Arc<Rescuer>,
    /// Held by the one that opens it.
    opening: Mutex<()>,
}

impl Rescuing {
    pub(crate) fn new(launch: Launch, opener: Opener) -> Self {
        let rescuer = Arc::new(Rescuer::of(launch.folder(), Arc::default()));
        Self { launch, opener, rescuer, opening: Mutex::default() }
    }

    pub(crate) fn rescuer(&self) -> &Rescuer {
        &self.rescuer
    }

    /// Nothing while the library is open.
    pub(crate) async fn view(&self, opened: &Opened) -> Result<Option<Rescue>, Failure> {
        match opened.whole().await {
            Ok(_) => Ok(None),
            Err(failure) => self.rescuer.view(failure).await.map(Some),
        }
    }

    /// Tries once more; a library that is open stays as it is.
    pub(crate) async fn open_again(&self, app: &AppHandle) {
        let _opening = self.opening.lock().await;
        if app.state::<Opened>().whole().await.is_ok() {
            return;
        }
        let (app, launch, opener) = (app.clone(), self.launch.clone(), self.opener.clone());
        on_a_thread(move || tauri::async_runtime::block_on(start::open(app, launch, opener))).await;
    }

    pub(crate) async fn restore(&self, app: &AppHandle, ask: RestoreUnopened) -> Result<Restored, Failure> {
        let opened = app.state::<Opened>();
        let Err(unopened) = opened.whole().await else {
            return Err(Failure {
                code: FailureCode::Invalid,
                message: "The library is open. Restore a backup in Settings, Backups.".to_owned(),
                detail: None,
            });
        };
        let telling = app.clone();
        let tell = Arc::new(move |progress| {
            telling.state::<Subscription>().tell(Push::BackupProgress(progress));
        });
        let rescuer = Arc::clone(&self.rescuer);
        let restoring = move || tauri::async_runtime::block_on(rescuer.restore(ask, tell));
        let restored = on_a_thread(restoring).await.unwrap_or(Err(unopened));
        if restored.is_ok() {
            self.open_again(app).await;
        }
        // Who came to the screen meanwhile asks how it stands.
        app.state::<Subscription>().tell(Push::BackupsChanged);
        let restored = restored?;
        opened.whole().await.map(|_| restored)
    }
}

/// Opening and unpacking are one long piece of work, which waits for nobody's turn. `None` when the program ends.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tauri::async_runtime::spawn_blocking(work).await.ok()
}
