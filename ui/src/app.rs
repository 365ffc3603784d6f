//! The frame: rail, top bar, the screen one is on, and what floats above them.

use crate::ipc::Asking;
use crate::parts::keyboard::is_typing;
use crate::parts::measured::watch_width;
use crate::parts::notice::Failed;
use crate::parts::paper;
use crate::screens::apart::{self, Fetched};
use crate::screens::{drop_target::DropTarget, keys::KeysDialog, palette::Palette, player::PlayerDock};
use crate::screens::{player::hear, rail::RailNav, today::TodayScreen, top::TopBar};
use crate::state::look::{Rail, Zoom};
use crate::state::rescue::Rescuing;
use crate::state::{Office, Screen, use_office};
use contract::lock::{LockNow, StillHere};
use contract::portable::Preferences;
use leptos::prelude::*;

/// Left and right of the screen, as the style sheet sets it.
const MAIN_PADDING_PX: f64 = 40.0;

/// A lock closes after a minute at the soonest.
const TOLD_EVERY_MS: i64 = 20_000;

#[component]
pub fn App(
    /// How the window looked when it was closed, if the shell said so.
    kept: Option<Preferences>,
) -> impl IntoView {
    let office = Office::open(kept);
    provide_context(office);
    let rescuing = Rescuing::beside(office);
    provide_context(rescuing);
    let lock = Asking::<LockNow>::new();
    tell_that_somebody_is_there(office);
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if hear_key(office, rescuing, lock, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
    paper::lay_back_after(office.printing);
    // A new library is greeted once; who leaves the greeting is not greeted again.
    let greeted = StoredValue::new(false);
    Effect::new(move |_| {
        if office.is_first_run() && !office.is_demo() && !greeted.get_value() {
            greeted.set_value(true);
            office.setup.begin();
        }
    });
    let spoken = Memo::new(move |_| {
        office.prefs.tongue.track();
        office.prefs.language_untracked()
    });
    let drawn_in = StoredValue::new(office.prefs.language_untracked());
    view! {
        <div class="zoomed" style:zoom=move || format!("{}%", office.prefs.zoom_percent.get()) class:printing=office.printing>
            {move || {
                // In another language everything is drawn anew. A memo that nobody reads never learns of a change.
                let language = spoken.get();
                if drawn_in.get_value() != language {
                    drawn_in.set_value(language);
                    office.reports.say_anew();
                }
                if rescuing.is_shown.get() {
                    view! { <Fetched screen=apart::RESCUE /> }.into_any()
                } else if office.setup.open.get() {
                    view! { <Fetched screen=apart::SETUP /> }.into_any()
                } else {
                    view! { <Frame /> }.into_any()
                }
            }}
        </div>
    }
}

/// Keys that hold on every screen; true when this one was meant for the window.
fn hear_key(
    office: Office,
    rescuing: Rescuing,
    lock: Asking<LockNow>,
    event: &web_sys::KeyboardEvent,
) -> bool {
    let with_control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if with_control && let Some(zoom) = Zoom::of_key(&key) {
        office.prefs.zoom_percent.update(|percent| *percent = zoom.from(*percent));
        return true;
    }
    // What stands in the place of the screens: what leads to them would lead nowhere.
    if office.setup.open.get_untracked() || rescuing.is_shown.get_untracked() {
        return false;
    }
    match (with_control, key.as_str()) {
        (true, "k" | "K") => office.palette.update(|open| *open = !*open),
        (true, "l" | "L") => lock.ask(LockNow {}),
        (true, "p" | "P") => paper::print(office.printing),
        (true, digit @ ("1" | "2" | "3" | "4" | "5" | "6" | "7")) => {
            let at = digit.parse::<usize>().unwrap_or(1) - 1;
            office.screen.set(Screen::ALL[at]);
        }
        (false, "?") if !is_typing(event) => office.keys.set(true),
        _ => return hear::hear_key(office, event),
    }
    true
}

#[component]
fn Frame() -> impl IntoView {
    let office = use_office();
    let main = NodeRef::<leptos::html::Main>::new();
    let main_px = RwSignal::new(0.0);
    watch_width(main, main_px);
    // Style sheets ask for these. Not every webview answers a query about a container's width in pixels of the zoomed
    // page.
    let upto = move |px: f64| {
        move || {
            let room_px = main_px.get() - MAIN_PADDING_PX;
            room_px > 0.0 && room_px <= px
        }
    };
    view! {
        <div class="frame" class:folded=move || office.prefs.rail.get() == Rail::Folded class=("upto-900", upto(900.0)) class=("upto-720", upto(720.0)) class=("upto-700", upto(700.0)) class=("upto-640", upto(640.0))>
            <RailNav />
            <TopBar open_palette=Callback::new(move |()| office.palette.set(true)) open_keys=Callback::new(move |()| office.keys.set(true)) />
            <main class="main" tabindex="-1" node_ref=main aria-label=move || office.screen.get().title()>
                <Deaf />
                <Room />
            </main>
            <PlayerDock />
        </div>
        <Palette />
        <KeysDialog open=office.keys />
        <DropTarget />
    }
}

/// Keys and the pointer are signs of a person, told now and then: the lock closes when there are none.
fn tell_that_somebody_is_there(office: Office) {
    let here = Asking::<StillHere>::new();
    let told_ms = StoredValue::new(0);
    let tell = move || {
        let now_ms = office.now_untracked_ms();
        if now_ms - told_ms.get_value() > TOLD_EVERY_MS {
            told_ms.set_value(now_ms);
            here.ask(StillHere {});
        }
    };
    let handles = [
        window_event_listener(leptos::ev::keydown, move |_| tell()),
        window_event_listener(leptos::ev::pointermove, move |_| tell()),
        window_event_listener(leptos::ev::wheel, move |_| tell()),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
}

/// The screen one is on. Without the office's zone no time can be shown, so nothing is before it is known, and another
/// zone draws everything anew.
#[component]
fn Room() -> impl IntoView {
    let office = use_office();
    let known = Memo::new(move |_| office.about.answer.with(Option::is_some));
    let again = Callback::new(move |()| office.about.again());
    move || {
        office.zone.track();
        if !known.get() {
            let failed = move || office.about.failure.get().map(|failure| view! { <Failed failure again /> });
            return failed.into_any();
        }
        match office.screen.get() {
            Screen::Today => view! { <TodayScreen /> }.into_any(),
            Screen::Live => view! { <Fetched screen=apart::LIVE /> }.into_any(),
            Screen::Calls => view! { <Fetched screen=apart::CALLS /> }.into_any(),
            Screen::People => view! { <Fetched screen=apart::PEOPLE /> }.into_any(),
            Screen::Recordings => view! { <Fetched screen=apart::RECORDINGS /> }.into_any(),
            Screen::Reports => view! { <Fetched screen=apart::REPORTS /> }.into_any(),
            Screen::Settings => view! { <Fetched screen=apart::SETTINGS /> }.into_any(),
        }
    }
}

/// When pushes do not come, what is shown is not live, and the window says so.
#[component]
fn Deaf() -> impl IntoView {
    let office = use_office();
    move || {
        office.deaf.get().map(|failure| {
            let again = Callback::new(move |()| office.listen());
            view! { <div class="banner"><Failed failure again /></div> }
        })
    }
}
