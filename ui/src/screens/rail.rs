//! The left rail: the rooms, and how many calls there are now.

use crate::parts::icon::{Glyph, Icon};
use crate::state::look::Rail;
use crate::state::{Screen, use_office};
use crate::words::{fill, plural, say};
use leptos::prelude::*;

#[component]
pub fn RailNav() -> impl IntoView {
    let office = use_office();
    let fold_words = move || match office.prefs.rail.get() {
        Rail::Wide => say("Fold the rail"),
        Rail::Folded => say("Unfold the rail"),
    };
    view! {
        <nav class="rail" aria-label=say("Screens")>
            <div class="brand" aria-hidden="true">
                <span class="brand-wide">"Call"<i>"Doc"</i></span>
                <span class="brand-narrow">"C"<i>"D"</i></span>
            </div>
            <NavItem screen=Screen::Today glyph=Glyph::Today />
            <NavItem screen=Screen::Live glyph=Glyph::Live />
            <NavItem screen=Screen::Calls glyph=Glyph::Calls />
            <NavItem screen=Screen::People glyph=Glyph::Person />
            <NavItem screen=Screen::Recordings glyph=Glyph::Recordings />
            <NavItem screen=Screen::Reports glyph=Glyph::Reports />
            <div class="sp"></div>
            <NavItem screen=Screen::Settings glyph=Glyph::Settings />
            <button
                type="button"
                class="nav"
                data-testid="fold-rail"
                title=fold_words
                aria-label=fold_words
                on:click=move |_| office.prefs.rail.update(|rail| *rail = rail.other())
            >
                <Icon of=Glyph::Fold />
                <span class="nav-word">{say("Fold")}</span>
            </button>
        </nav>
    }
}

#[component]
fn NavItem(screen: Screen, glyph: Glyph) -> impl IntoView {
    let office = use_office();
    let live_calls = Memo::new(move |_| office.live.with(|live| live.live.calls.len()));
    let is_on = move || office.screen.get() == screen;
    let refused = Memo::new(move |_| office.intake.with(|intake| intake.refused.len()));
    let count = move || match screen {
        Screen::Live => Some(live_calls.get()),
        Screen::Recordings => Some(refused.get()),
        Screen::Today | Screen::Calls | Screen::People | Screen::Reports | Screen::Settings => None,
    };
    let count = move || count().filter(|count| *count > 0);
    let label = move || match count() {
        Some(count) if screen == Screen::Recordings => {
            format!(
                "{}, {}",
                screen.title(),
                plural(count as u64, "{count} file was refused", "{count} files were refused")
            )
        }
        Some(count) => {
            fill("{screen}, {count} now", &[("screen", screen.title()), ("count", &count.to_string())])
        }
        None => screen.title().to_owned(),
    };
    view! {
        <button
            type="button"
            class="nav"
            class:on=is_on
            data-testid=format!("nav-{}", screen.word())
            aria-current=move || is_on().then_some("page")
            aria-label=label
            title=screen.title()
            on:click=move |_| office.screen.set(screen)
        >
            <Icon of=glyph />
            <span class="nav-word">{screen.title()}</span>
            // The space is for those who speak what they see: "Live 4" is in the name, "Live4" is not.
            {move || count().map(|count| view! { " " <b aria-hidden="true">{count}</b> })}
        </button>
    }
}
