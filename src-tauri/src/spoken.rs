//! The language of what the shell shows itself: menus, notifications, the system's own windows. The window says which, and
//! it is kept for a start without one.

use crate::prefs;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::AppHandle;
use words::Language;

static GERMAN: AtomicBool = AtomicBool::new(false);

/// What was spoken when the program ended.
pub(crate) fn remember(app: &AppHandle) {
    set(prefs::spoken(app));
}

/// Gives whether it was another one before. Whoever asks keeps it.
pub(crate) fn speak(language: Language) -> bool {
    set(language) != language
}

pub(crate) fn language() -> Language {
    if GERMAN.load(Ordering::Relaxed) { Language::German } else { Language::English }
}

pub(crate) fn say(english: &'static str) -> &'static str {
    language().say(english)
}

pub(crate) fn fill(english: &'static str, given: &[(&str, &str)]) -> String {
    language().fill(english, given)
}

/// What another room said.
pub(crate) fn heard(english: &str) -> String {
    language().hear(english)
}

/// Gives the one before.
fn set(language: Language) -> Language {
    let was_german = GERMAN.swap(language == Language::German, Ordering::Relaxed);
    if was_german { Language::German } else { Language::English }
}
