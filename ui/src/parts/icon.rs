//! Line drawings of the rail and of buttons, 16 by 16.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Today,
    Live,
    Calls,
    Settings,
    Search,
    Fold,
    Person,
    Group,
    Phone,
    Action,
    Close,
    Warning,
    Good,
    Skipped,
    Back,
    Forward,
    Copy,
    Clock,
    Recordings,
    Play,
    Pause,
    Previous,
    Next,
    Plus,
    Sound,
    Mute,
    Note,
    Tag,
    Hold,
    Trash,
    Loop,
    Score,
    Folder,
    Reports,
    Chart,
    Help,
    Shield,
    Share,
    Keep,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Glyph::Today => "M3 6h10v8H3zM3 6V4h10v2M6 2v3M10 2v3",
            Glyph::Live => "M2 8h3l2-5 3 10 2-5h2",
            Glyph::Calls => {
                "M4 2l2.5 3.5-1.5 2a9 9 0 0 0 3.5 3.5l2-1.5L14 12c0 1.5-1 2.5-2.5 2.5C6 14.5 1.5 10 1.5 4.5 1.5 3 2.5 2 4 2z"
            }
            Glyph::Settings => {
                "M5.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4"
            }
            Glyph::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L14 14",
            Glyph::Fold => "M2.5 3h11v10h-11zM6 3v10M11 6L9 8l2 2",
            Glyph::Person => {
                "M5.3 5a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M2.5 14c.5-3 2.7-4.5 5.5-4.5s5 1.5 5.5 4.5"
            }
            Glyph::Group => {
                "M3.8 5.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M1.5 13c.3-2.5 2-4 4.5-4s4.2 1.5 4.5 4M10.5 3.5a2 2 0 0 1 0 4M12 9.3c1.5.6 2.3 1.9 2.5 3.7"
            }
            Glyph::Phone => "M4.5 1.5h7v13h-7zM7 12.5h2",
            Glyph::Action => "M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z",
            Glyph::Close => "M4 4l8 8M12 4l-8 8",
            Glyph::Warning => "M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2",
            Glyph::Good => "M3 8.5l3.5 3.5L13 4.5",
            Glyph::Skipped => "M3.5 8h9",
            Glyph::Back => "M10 3.5L5.5 8l4.5 4.5",
            Glyph::Clock => "M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
            Glyph::Copy => "M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6",
            Glyph::Recordings => "M2.5 7v2M5 4v8M7.5 6v4M10 2.5v11M12.5 5.5v5",
            Glyph::Play => "M5 3l8 5-8 5z",
            Glyph::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Glyph::Previous => "M12 3.5L6 8l6 4.5zM4 3.5v9",
            Glyph::Next => "M4 3.5L10 8l-6 4.5zM12 3.5v9",
            Glyph::Plus => "M8 3.5v9M3.5 8h9",
            Glyph::Sound => "M2.5 6v4H5l3.5 3V3L5 6zM11 5.5a3.5 3.5 0 0 1 0 5M12.8 3.5a6.3 6.3 0 0 1 0 9",
            Glyph::Mute => "M2.5 6v4H5l3.5 3V3L5 6zM11 6l3.5 4M14.5 6L11 10",
            Glyph::Note => "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3",
            Glyph::Tag => "M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2h.01",
            Glyph::Hold => "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
            Glyph::Trash => "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M7 7v4M9 7v4",
            Glyph::Loop => {
                "M4 10.5a4.5 4.5 0 0 1 0-5A4.5 4.5 0 0 1 12 5M12 2.5V5H9.5M12 5.5a4.5 4.5 0 0 1-8 5.5M4 13.5V11h2.5"
            }
            Glyph::Score => "M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
            Glyph::Folder => "M2 4h4l1.5 1.5H14v7.5H2z",
            Glyph::Reports => "M2.5 13.5h11M4 11.5v-4M8 11.5v-9M12 11.5v-6",
            Glyph::Chart => "M2 2.5v11h12M4.5 10.5l3-4 2.5 2 3.5-5",
            Glyph::Share => "M8 10V2.5M5 5.2l3-2.7 3 2.7M3.5 8.5v5h9v-5",
            Glyph::Keep => "M4 2.5h8v11l-4-3-4 3z",
            Glyph::Shield => "M8 1.8l5 1.9v4c0 3-2 5.3-5 6.5-3-1.2-5-3.5-5-6.5v-4zM5.6 7.9l1.8 1.8 3-3.2",
            Glyph::Help => "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.2",
            Glyph::Forward => "M6 3.5L10.5 8 6 12.5",
        }
    }
}

#[component]
pub fn Icon(of: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=of.path() />
        </svg>
    }
}
