//! The top bar: where one is, the range of days, search, the demo's mark, and the lamps of the links.

use super::demo_mark::DemoMark;
use super::people::DayMenu;
use super::range_menu::RangeMenu;
use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::lamp::SourceLamp;
use crate::state::recording_filter::RecordingQuery;
use crate::state::settings_tab::SettingsTab;
use crate::state::{CallQuery, Screen, use_office};
use crate::words::say;
use contract::links::Source;
use leptos::prelude::*;

#[component]
pub fn TopBar(open_palette: Callback<()>, open_keys: Callback<()>) -> impl IntoView {
    let office = use_office();
    let clock = Callback::new(move |at_ms: i64| office.clock(Style::DateAndMinute, at_ms));
    let settings = Callback::new(move |()| office.screen.set(Screen::Settings));
    let recording_settings = Callback::new(move |()| office.show_settings(SettingsTab::Recordings));
    let call_range = Signal::derive(move || office.calls.query.with(|query| query.range));
    let choose_call_range = Callback::new(move |range| {
        let query = office.calls.query.get_untracked();
        office.calls.show(CallQuery { range, ..query });
    });
    let recording_range = Signal::derive(move || office.recordings.query.with(|query| query.range));
    let choose_recording_range = Callback::new(move |range| {
        let query = office.recordings.query.get_untracked();
        office.recordings.show(RecordingQuery { range, ..query });
    });
    view! {
        <header class="top">
            <h1>{move || office.screen.get().title()}</h1>
            <Show when=move || office.screen.get() == Screen::Calls>
                <RangeMenu range=call_range chosen=choose_call_range />
            </Show>
            <Show when=move || office.screen.get() == Screen::Recordings>
                <RangeMenu range=recording_range chosen=choose_recording_range />
            </Show>
            <Show when=move || office.screen.get() == Screen::People>
                <DayMenu />
            </Show>
            <button
                type="button"
                class="btn search"
                data-testid="search"
                aria-keyshortcuts="Control+K Meta+K"
                on:click=move |_| open_palette.run(())
            >
                <Icon of=Glyph::Search />
                <span>{say("Search calls, numbers, people")}</span>
                <kbd>"Ctrl K"</kbd>
            </button>
            <DemoMark />
            <div class="lamps" role="group" aria-label=say("Links to the phone system")>
                <SourceLamp source=Source::Devlink3 lamps=office.lamps clock settings />
                <SourceLamp source=Source::Smdr lamps=office.lamps clock settings />
                <SourceLamp source=Source::Recordings lamps=office.lamps clock settings=recording_settings />
                <button
                    type="button"
                    class="icon-btn"
                    data-testid="show-keys"
                    aria-label=say("Show all keys")
                    title=say("All keys (?)")
                    on:click=move |_| open_keys.run(())
                >
                    "?"
                </button>
            </div>
        </header>
    }
}
