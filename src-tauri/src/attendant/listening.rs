//! What the desk says, handed to the attendant as far as it cares.

use super::Word;
use crate::opened::Opened;
use contract::backups::AskBackups;
use contract::links::AskLinks;
use contract::live::AskLive;
use contract::lock::LockState;
use contract::{Failure, Push};
use desk::{Answer, Desk};
use presence::Heard;
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;

/// Ends with the desk, or with the attendant.
pub(super) async fn listen(app: AppHandle, words: mpsc::Sender<Word>) {
    let Some(desk) = opened(&app, &words).await else { return };
    // First subscribed, then asked: what happens between the two is heard.
    let mut pushes = desk.pushes();
    let mut next = Some(Push::AskAgain);
    let mut told_backup = None;
    while let Some(push) = next {
        let heard = match push {
            Push::AskAgain | Push::SettingsChanged | Push::Lock(LockState::None | LockState::Open) => {
                everything(&desk).await
            }
            Push::BackupsChanged => backups(&desk, &mut told_backup).await,
            Push::Lock(LockState::Locked) => Ok(Some(Heard::Locked)),
            push => Ok(Heard::of(push)),
        };
        match heard {
            Ok(Some(heard)) => {
                if words.send(Word::Heard(heard)).await.is_err() {
                    return;
                }
            }
            Ok(None) => {}
            Err(failure) => tracing::debug!("the desk did not say how things stand: {}", failure.message),
        }
        next = pushes.next().await;
    }
}

/// A library that could not be opened may be opened later.
async fn opened(app: &AppHandle, words: &mpsc::Sender<Word>) -> Option<Desk> {
    let mut outcomes = app.state::<Opened>().outcomes();
    loop {
        let outcome = outcomes.wait_for(Option::is_some).await.ok()?.clone()?;
        let failure = match outcome {
            Ok(desk) => return Some(desk),
            Err(failure) => failure,
        };
        words.send(Word::Heard(Heard::NoLibrary { says: failure.message })).await.ok()?;
        outcomes.changed().await.ok()?;
    }
}

/// A backup that came to its end well is no news.
async fn backups(desk: &Desk, told: &mut Option<i64>) -> Result<Option<Heard>, Failure> {
    let log = desk.answer(AskBackups {}).await?.log;
    Ok(Heard::of_backups(&log, *told).map(|(id, heard)| {
        *told = Some(id);
        heard
    }))
}

/// While the lock is closed nobody is told who calls, beside the clock neither.
async fn everything(desk: &Desk) -> Result<Option<Heard>, Failure> {
    if desk.is_open().is_err() {
        return Ok(Some(Heard::Locked));
    }
    let calls = desk.ask(AskLive {}).await?.calls;
    let lamps = desk.ask(AskLinks {}).await?;
    Ok(Some(Heard::Everything { calls, lamps }))
}
