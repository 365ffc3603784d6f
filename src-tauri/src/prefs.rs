//! The preferences of this computer, in a file beside the window's own place and size.

use contract::computer::ComputerPrefs;
use contract::portable::Preferences;
use contract::{Failure, FailureCode};
use desk::Desk;
use std::path::Path;
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::{StoreExt, resolve_store_path};
use words::Language;

const FILE: &str = "computer.json";
const PREFS: &str = "prefs";
const LOOKS: &str = "looks";
const SPOKEN: &str = "spoken";
const SHOWN: &str = "shown";

/// What is not there, or cannot be read, has its default: a broken file must not keep the program from starting.
pub(crate) fn load<R: Runtime>(app: &AppHandle<R>) -> ComputerPrefs {
    let store = match app.store(FILE) {
        Ok(store) => store,
        Err(error) => {
            tracing::warn!(%error, "the preferences of this computer could not be read");
            return ComputerPrefs::default();
        }
    };
    let Some(kept) = store.get(PREFS) else { return ComputerPrefs::default() };
    serde_json::from_value(kept).unwrap_or_else(|error| {
        tracing::warn!(%error, "the preferences of this computer could not be understood");
        ComputerPrefs::default()
    })
}

pub(crate) fn save<R: Runtime>(app: &AppHandle<R>, prefs: &ComputerPrefs) -> Result<(), Failure> {
    let store = app.store(FILE).map_err(|error| not_kept(&error))?;
    store.set(PREFS, serde_json::to_value(prefs).map_err(|error| not_kept(&error))?);
    store.save().map_err(|error| not_kept(&error))
}

/// How the window looks; empty before anything was chosen.
pub(crate) fn looks<R: Runtime>(app: &AppHandle<R>) -> Preferences {
    let kept = app.store(FILE).ok().and_then(|store| store.get(LOOKS));
    kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default()
}

pub(crate) fn keep_looks<R: Runtime>(app: &AppHandle<R>, looks: &Preferences) -> Result<(), Failure> {
    let store = app.store(FILE).map_err(|error| not_kept(&error))?;
    store.set(LOOKS, serde_json::to_value(looks).map_err(|error| not_kept(&error))?);
    store.save().map_err(|error| not_kept(&error))
}

/// English before the window said anything else.
pub(crate) fn spoken<R: Runtime>(app: &AppHandle<R>) -> Language {
    let kept = app.store(FILE).ok().and_then(|store| store.get(SPOKEN));
    Language::of_locale(kept.as_ref().and_then(|kept| kept.as_str()).unwrap_or_default())
}

pub(crate) fn keep_spoken<R: Runtime>(app: &AppHandle<R>, language: Language) -> Result<(), Failure> {
    let store = app.store(FILE).map_err(|error| not_kept(&error))?;
    store.set(SPOKEN, language.tag());
    store.save().map_err(|error| not_kept(&error))
}

/// The preferences travel with backups of the everyday library, and come back with one that was restored. Gives whether
/// other ones hold now.
pub(crate) fn travel<R: Runtime>(app: &AppHandle<R>, desk: &Desk, library: &Path) -> bool {
    let Ok(file) = resolve_store_path(app, FILE) else { return false };
    let came = match desk::backups::take_preferences(library, &file) {
        Ok(came) => came,
        Err(error) => {
            tracing::warn!(%error, "the preferences that came with the library stay in it");
            false
        }
    };
    desk.back_up_preferences(file);
    came && app.store(FILE).and_then(|store| store.reload()).is_ok()
}

/// Before it starts again after an update: the words it was started with may say that nobody wants to see it, but who
/// pressed the button does.
pub(crate) fn leave_shown<R: Runtime>(app: &AppHandle<R>) {
    let left = app.store(FILE).and_then(|store| {
        store.set(SHOWN, true);
        store.save()
    });
    if let Err(error) = left {
        tracing::debug!(%error, "the window may begin hidden");
    }
}

/// Once.
pub(crate) fn take_shown<R: Runtime>(app: &AppHandle<R>) -> bool {
    let Ok(store) = app.store(FILE) else { return false };
    store.delete(SHOWN)
}

fn not_kept(error: &dyn std::fmt::Display) -> Failure {
    Failure {
        code: FailureCode::Library,
        message: "This could not be written to the disk, and holds until CallDoc ends. Look whether the disk is full."
            .to_owned(),
        detail: Some(error.to_string()),
    }
}
