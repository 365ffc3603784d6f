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
