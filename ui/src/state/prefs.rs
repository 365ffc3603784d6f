//! How a person likes the window: theme, zoom, the rail, the height of rows. Kept by the webview on this computer.

use leptos::prelude::*;

pub const ZOOM_PERCENT: std::ops::RangeInclusive<u32> = 80..=150;

#[derive(Clone, Copy)]
pub struct Prefs {
    pub theme: RwSignal<Theme>,
    pub zoom_percent: RwSignal<u32>,
    pub rail: RwSignal<Rail>,
    pub rows: RwSignal<Rows>,
    pub charts: RwSignal<Charts>,
    /// What the system wants where the theme follows it.
    system: RwSignal<Theme>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rail {
    #[default]
    Wide,
    Folded,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rows {
    #[default]
    Roomy,
    Compact,
}

/// Whether reports draw their chart above the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charts {
    #[default]
    Shown,
    Hidden,
}

impl Theme {
    pub fn word(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
}

impl Rail {
    pub fn other(self) -> Self {
        match self {
            Rail::Wide => Rail::Folded,
            Rail::Folded => Rail::Wide,
        }
    }
}

impl Charts {
    pub fn other(self) -> Self {
        match self {
            Charts::Shown => Charts::Hidden,
            Charts::Hidden => Charts::Shown,
        }
    }
}

impl Rows {
    pub fn height_px(self) -> f64 {
        match self {
            Rows::Roomy => 38.0,
            Rows::Compact => 30.0,
        }
    }
}

/// The nearest zoom that the window offers.
pub fn zoom_from(text: &str) -> u32 {
    text.parse::<u32>().unwrap_or(100).clamp(*ZOOM_PERCENT.start(), *ZOOM_PERCENT.end())
}

impl Prefs {
    /// Reads what is kept, and keeps and applies every change from here on.
    pub fn load() -> Self {
        let prefs = Self {
            theme: RwSignal::new(Theme::from_word(&kept("theme").unwrap_or_default())),
            zoom_percent: RwSignal::new(zoom_from(&kept("zoom").unwrap_or_default())),
            rail: RwSignal::new(if kept("rail").as_deref() == Some("folded") {
                Rail::Folded
            } else {
                Rail::Wide
            }),
            rows: RwSignal::new(if kept("rows").as_deref() == Some("compact") {
                Rows::Compact
            } else {
                Rows::Roomy
            }),
            charts: RwSignal::new(if kept("charts").as_deref() == Some("hidden") {
                Charts::Hidden
            } else {
                Charts::Shown
            }),
            system: RwSignal::new(system_theme()),
        };
        prefs.follow_system();
        prefs.keep_changes();
        prefs.keep_charts();
        prefs
    }

    /// Light or dark, as it is to be painted.
    pub fn painted(self) -> Theme {
        match self.theme.get() {
            Theme::System => self.system.get(),
            chosen @ (Theme::Light | Theme::Dark) => chosen,
        }
    }

    fn keep_changes(self) {
        Effect::new(move |_| {
            keep("theme", self.theme.get().word());
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-theme", self.painted().word());
            }
        });
        Effect::new(move |_| keep("zoom", &self.zoom_percent.get().to_string()));
        Effect::new(move |_| keep("rail", if self.rail.get() == Rail::Folded { "folded" } else { "wide" }));
        Effect::new(move |_| {
            keep("rows", if self.rows.get() == Rows::Compact { "compact" } else { "roomy" })
        });
    }

    fn keep_charts(self) {
        Effect::new(move |_| {
            keep("charts", if self.charts.get() == Charts::Hidden { "hidden" } else { "shown" })
        });
    }

    fn follow_system(self) {
        use wasm_bindgen::JsCast;
        use wasm_bindgen::closure::Closure;
        let Some(query) = dark_query() else { return };
        let changed = Closure::<dyn FnMut()>::new(move || self.system.set(system_theme())).into_js_value();
        let _ = query.add_event_listener_with_callback("change", changed.unchecked_ref());
    }
}

fn system_theme() -> Theme {
    if dark_query().is_some_and(|query| query.matches()) { Theme::Dark } else { Theme::Light }
}

fn dark_query() -> Option<web_sys::MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}

/// Where the webview keeps nothing (private mode), choices last as long as the window.
fn kept(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zoom_that_cannot_be_is_brought_back_into_its_range() {
        for (text, percent) in [("100", 100), ("10", 80), ("900", 150), ("", 100), ("large", 100)] {
            assert_eq!(zoom_from(text), percent, "{text:?}");
        }
    }

    #[test]
    fn a_theme_is_read_as_it_is_kept() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_word(theme.word()), theme, "the same theme comes back");
        }
    }
}
