//! How a person likes the window. Kept by the shell on this computer, by name and word.

use super::look::{Charts, Contrast, Motion, Rail, Rows, Theme, Tongue, zoom_from};
use crate::ipc::ask;
use crate::words::{self, Language};
use contract::portable::{KeepPreferences, Preferences, Speak};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

#[derive(Clone, Copy)]
pub struct Prefs {
    pub theme: RwSignal<Theme>,
    pub contrast: RwSignal<Contrast>,
    pub motion: RwSignal<Motion>,
    pub tongue: RwSignal<Tongue>,
    pub zoom_percent: RwSignal<u32>,
    pub rail: RwSignal<Rail>,
    pub rows: RwSignal<Rows>,
    pub charts: RwSignal<Charts>,
    /// What the system wants, where it is followed.
    system_theme: RwSignal<Theme>,
    system_contrast: RwSignal<Contrast>,
}

const DARK: &str = "(prefers-color-scheme: dark)";
const MORE_CONTRAST: &str = "(prefers-contrast: more)";

impl Prefs {
    /// As they were kept, if the shell said; keeps and applies every change from here on.
    pub fn begin(kept: Option<Preferences>) -> Self {
        let word = |name: &str| {
            let known = kept.iter().flatten().find(|(known, _)| known == name);
            known.map(|(_, word)| word.clone()).unwrap_or_default()
        };
        let prefs = Self {
            theme: RwSignal::new(Theme::from_word(&word("theme"))),
            contrast: RwSignal::new(Contrast::from_word(&word("contrast"))),
            motion: RwSignal::new(Motion::from_word(&word("motion"))),
            tongue: RwSignal::new(Tongue::from_word(&word("language"))),
            zoom_percent: RwSignal::new(zoom_from(&word("zoom"))),
            rail: RwSignal::new(Rail::from_word(&word("rail"))),
            rows: RwSignal::new(Rows::from_word(&word("rows"))),
            charts: RwSignal::new(Charts::from_word(&word("charts"))),
            system_theme: RwSignal::new(system_theme()),
            system_contrast: RwSignal::new(system_contrast()),
        };
        words::speak(prefs.language_untracked());
        prefs.follow_system();
        prefs.apply_changes();
        // Where the shell did not say what it has, it is not written over.
        if kept.is_some() {
            prefs.keep_changes();
        }
        prefs
    }

    /// Light or dark, as it is to be painted.
    pub fn painted(self) -> Theme {
        match self.theme.get() {
            Theme::System => self.system_theme.get(),
            chosen @ (Theme::Light | Theme::Dark) => chosen,
        }
    }

    fn painted_contrast(self) -> Contrast {
        match self.contrast.get() {
            Contrast::System => self.system_contrast.get(),
            chosen @ (Contrast::More | Contrast::Usual) => chosen,
        }
    }

    /// The language the window speaks. Not tracked: who changes it draws the window anew.
    pub fn language_untracked(self) -> Language {
        match self.tongue.get_untracked() {
            Tongue::System => Language::of_locale(&window().navigator().language().unwrap_or_default()),
            Tongue::English => Language::English,
            Tongue::German => Language::German,
        }
    }

    /// Speaks another language from now on.
    pub fn choose_tongue(self, tongue: Tongue) {
        self.tongue.set(tongue);
        words::speak(self.language_untracked());
    }

    /// All of them, for a file with settings.
    pub fn all_untracked(self) -> Preferences {
        untrack(|| self.all())
    }

    fn all(self) -> Preferences {
        let pair = |name: &str, word: &str| (name.to_owned(), word.to_owned());
        vec![
            pair("theme", self.theme.get().word()),
            pair("contrast", self.contrast.get().word()),
            pair("motion", self.motion.get().word()),
            pair("language", self.tongue.get().word()),
            pair("zoom", &self.zoom_percent.get().to_string()),
            pair("rail", self.rail.get().word()),
            pair("rows", self.rows.get().word()),
            pair("charts", self.charts.get().word()),
        ]
    }

    fn keep_changes(self) {
        Effect::new(move |known: Option<Preferences>| {
            let preferences = self.all();
            if known.is_some_and(|known| known != preferences) {
                let preferences = preferences.clone();
                // A disk that is full is told by everything else.
                spawn_local(async move { drop(ask(&KeepPreferences { preferences }).await) });
            }
            preferences
        });
    }

    /// Takes over those of a file; names that are not known are passed over.
    pub fn take_over(self, preferences: &Preferences) {
        for (name, word) in preferences {
            match name.as_str() {
                "theme" => self.theme.set(Theme::from_word(word)),
                "contrast" => self.contrast.set(Contrast::from_word(word)),
                "motion" => self.motion.set(Motion::from_word(word)),
                "language" => self.choose_tongue(Tongue::from_word(word)),
                "zoom" => self.zoom_percent.set(zoom_from(word)),
                "rail" => self.rail.set(Rail::from_word(word)),
                "rows" => self.rows.set(Rows::from_word(word)),
                "charts" => self.charts.set(Charts::from_word(word)),
                _ => {}
            }
        }
    }

    /// Style sheets ask the root for these.
    fn apply_changes(self) {
        Effect::new(move |_| tell_root("data-theme", self.painted().word()));
        Effect::new(move |_| tell_root("data-contrast", self.painted_contrast().word()));
        Effect::new(move |_| tell_root("data-motion", self.motion.get().word()));
        Effect::new(move |_| {
            self.tongue.track();
            let language = self.language_untracked().tag().to_owned();
            tell_root("lang", &language);
            // Menus and notifications then speak as they did before.
            spawn_local(async move { drop(ask(&Speak { language }).await) });
        });
    }

    fn follow_system(self) {
        on_change(DARK, move || self.system_theme.set(system_theme()));
        on_change(MORE_CONTRAST, move || self.system_contrast.set(system_contrast()));
    }
}

fn tell_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

fn system_theme() -> Theme {
    if holds(DARK) { Theme::Dark } else { Theme::Light }
}

fn system_contrast() -> Contrast {
    if holds(MORE_CONTRAST) { Contrast::More } else { Contrast::Usual }
}

fn holds(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

fn on_change(query: &str, changed: impl FnMut() + 'static) {
    let Some(query) = window().match_media(query).ok().flatten() else { return };
    // Listened to as long as the page lives.
    let changed = Closure::<dyn FnMut()>::new(changed).into_js_value();
    let _ = query.add_event_listener_with_callback("change", changed.unchecked_ref());
}
