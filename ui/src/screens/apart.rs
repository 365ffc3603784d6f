//! Screens, and what comes up above and below them, that lie in files of their own and are fetched from the program when they
//! are first opened: what the webview has to compile before the first screen can be painted is that screen and what all of
//! them share.

use super::{calls::CallsScreen, live::LiveScreen, people::PeopleScreen, recordings::RecordingsScreen};
use super::{palette::PaletteBody, player::Loaded};
use super::{reports::ReportsScreen, rescue::RescueScreen, settings::SettingsScreen, setup::SetupScreen};
use crate::parts::notice::Failed;
use crate::words::say;
use contract::{Failure, FailureCode};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

type Fetching = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;
type Drawing = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

/// A screen that lies apart: how it is fetched, and how it is drawn once it is here.
#[derive(Clone, Copy)]
pub struct Apart {
    fetch: fn() -> Fetching,
    draw: fn() -> Drawing,
}

macro_rules! apart {
    ($name:ident, $screen:ident, $fetch:ident, $draw:ident) => {
        #[wasm_split($draw, wasm_split_path = leptos::wasm_split, preload($fetch), fallible)]
        fn $draw() -> Result<AnyView, SplitLoaderError> {
            Ok(view! { <$screen /> }.into_any())
        }

        pub const $name: Apart = Apart { fetch: || Box::pin($fetch()), draw: || Box::pin($draw()) };
    };
}

apart!(SETUP, SetupScreen, fetch_setup, setup);
apart!(RESCUE, RescueScreen, fetch_rescue, rescue);
apart!(LIVE, LiveScreen, fetch_live, live);
apart!(CALLS, CallsScreen, fetch_calls, calls);
apart!(PEOPLE, PeopleScreen, fetch_people, people);
apart!(RECORDINGS, RecordingsScreen, fetch_recordings, recordings);
apart!(REPORTS, ReportsScreen, fetch_reports, reports);
apart!(SETTINGS, SettingsScreen, fetch_settings, settings);
apart!(PALETTE, PaletteBody, fetch_palette, palette);
apart!(PLAYER, Loaded, fetch_player, player);

impl Apart {
    /// What has been fetched is drawn at once.
    fn drawn(self) -> Option<AnyView> {
        match (self.draw)().as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(view)) => Some(view),
            Poll::Ready(Err(_)) | Poll::Pending => None,
        }
    }
}

/// The screen, as soon as it is here. One that was opened before is here before anything is painted.
#[component]
pub fn Fetched(screen: Apart) -> impl IntoView {
    let is_here = RwSignal::new(None);
    let fetch = move || {
        leptos::task::spawn_local(async move {
            let told = (screen.fetch)().await;
            // Nothing if another one was opened meanwhile.
            is_here.try_set(Some(told.is_ok()));
        });
    };
    fetch();
    move || {
        let is_here = is_here.get()?;
        let view = is_here.then(|| untrack(|| screen.drawn())).flatten();
        Some(view.unwrap_or_else(|| {
            let failure = Failure {
                code: FailureCode::Internal,
                message: say(
                    "This screen could not be opened. Try again, or close CallDoc and open it again.",
                )
                .to_owned(),
                detail: None,
            };
            view! { <Failed failure again=Callback::new(move |()| fetch()) /> }.into_any()
        }))
    }
}
