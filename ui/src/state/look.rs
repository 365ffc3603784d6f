//! What a person can choose about how the window looks, and how it is kept: one word each.

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_word:literal, $($other:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            #[default]
            $first,
            $($other),+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$name::$first, $($name::$other),+];

            /// As it is kept, and as spelt in test hooks.
            pub fn word(self) -> &'static str {
                match self {
                    $name::$first => $first_word,
                    $($name::$other => $word),+
                }
            }

            /// What is not known is the first.
            pub fn from_word(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.word() == word).unwrap_or_default()
            }
        }
    };
}

choice!(Theme { System = "system", Light = "light", Dark = "dark" });
choice!(
    /// How clearly lines and words stand out.
    Contrast { System = "system", More = "more", Usual = "usual" }
);
choice!(
    /// Whether anything moves by itself.
    Motion { System = "system", Still = "still" }
);
choice!(Tongue { System = "system", English = "en", German = "de" });
choice!(Rail { Wide = "wide", Folded = "folded" });
choice!(Rows { Roomy = "roomy", Compact = "compact" });
choice!(
    /// Whether reports draw their chart above the table.
    Charts { Shown = "shown", Hidden = "hidden" }
);

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

pub const ZOOM_PERCENT: std::ops::RangeInclusive<u32> = 80..=150;
const ZOOM_STEP_PERCENT: u32 = 10;

/// The nearest zoom that the window offers.
pub fn zoom_from(text: &str) -> u32 {
    text.parse::<u32>().unwrap_or(100).clamp(*ZOOM_PERCENT.start(), *ZOOM_PERCENT.end())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zoom {
    Closer,
    Further,
    Usual,
}

impl Zoom {
    /// By the key that is pressed with Ctrl, with the shift of any keyboard or without.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "+" | "=" => Some(Zoom::Closer),
            "-" | "_" => Some(Zoom::Further),
            "0" => Some(Zoom::Usual),
            _ => None,
        }
    }

    pub fn from(self, percent: u32) -> u32 {
        let to = match self {
            Zoom::Closer => percent + ZOOM_STEP_PERCENT,
            Zoom::Further => percent.saturating_sub(ZOOM_STEP_PERCENT),
            Zoom::Usual => 100,
        };
        to.clamp(*ZOOM_PERCENT.start(), *ZOOM_PERCENT.end())
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
    fn keys_zoom_in_steps_and_stop_at_the_ends() {
        assert_eq!(Zoom::of_key("+").map(|zoom| zoom.from(100)), Some(110), "closer");
        assert_eq!(Zoom::of_key("-").map(|zoom| zoom.from(80)), Some(80), "not further than it goes");
        assert_eq!(Zoom::of_key("=").map(|zoom| zoom.from(150)), Some(150), "not closer");
        assert_eq!(Zoom::of_key("0").map(|zoom| zoom.from(130)), Some(100), "back");
        assert_eq!(Zoom::of_key("a"), None, "other keys are none of its business");
    }

    #[test]
    fn a_choice_is_read_as_it_is_kept() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_word(theme.word()), *theme, "the same theme comes back");
        }
        assert_eq!(Contrast::from_word("loud"), Contrast::System, "what a newer version kept is the first");
    }
}
