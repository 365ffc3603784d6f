//! All there is of the window while it is locked.

use crate::ipc::Asking;
use crate::ipc::locked::leave;
use crate::screens::settings::marked::marked;
use crate::state::prefs::Prefs;
use crate::words::{heard, plural, say};
use contract::lock::{AskLock, LockState, LockView, Unlock};
use contract::portable::Preferences;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

#[component]
pub fn LockScreen(
    /// For the theme and the zoom, if the shell said.
    kept: Option<Preferences>,
) -> impl IntoView {
    let prefs = Prefs::begin(kept);
    let typed = RwSignal::new(String::new());
    let wait_seconds = RwSignal::new(0_u32);
    let take = move |view: &LockView| {
        wait_seconds.set(view.wait_seconds);
        if view.state != LockState::Locked {
            leave();
        }
    };
    let asking = Asking::<AskLock>::new().on_answer(move |(_, view): (AskLock, LockView)| take(&view));
    asking.ask(AskLock {});
    let unlock = Asking::<Unlock>::new().on_answer(move |(_, view): (Unlock, LockView)| take(&view));
    // A wrong one changes how long to wait.
    Effect::new(move |_| {
        if unlock.failure.with(Option::is_some) {
            typed.set(String::new());
            asking.ask(AskLock {});
        }
    });
    set_interval(move || wait_seconds.update(|left| *left = left.saturating_sub(1)), Duration::from_secs(1));
    let open = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let passphrase = typed.get_untracked();
        if !passphrase.is_empty() {
            unlock.ask(Unlock { passphrase });
        }
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let says = move || match (wait_seconds.get(), unlock.failure.get()) {
        (0, Some(failure)) if failure.message.contains("Wait") => say("Try again.").to_owned(),
        (0, failure) => failure.map(|failure| heard(failure.message)).unwrap_or_default(),
        (seconds, _) => plural(
            u64::from(seconds),
            "Wrong passphrases slow down. Wait {count} second.",
            "Wrong passphrases slow down. Wait {count} seconds.",
        ),
    };
    view! {
        <div class="zoomed" style:zoom=move || format!("{}%", prefs.zoom_percent.get())>
            <main class="lock-screen" data-testid="lock-screen">
                <form class="card lock-card" on:submit=open>
                    <h1>{say("CallDoc is locked")}</h1>
                    <p class="mute">{say("Calls are collected meanwhile.")}</p>
                    <label class="field">
                        <span>{say("Passphrase")}</span>
                        <input type="password" autocomplete="current-password" node_ref=input data-testid="unlock-passphrase" aria-describedby="unlock-says" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
                        <span class="says complaint" id="unlock-says" role="alert">{says}</span>
                    </label>
                    <button type="submit" class="btn primary" data-testid="unlock" disabled=move || unlock.busy.get() || wait_seconds.get() != 0>{move || if unlock.busy.get() { say("Opening …") } else { say("Open") }}</button>
                    <details class="sm mute">
                        <summary class="link">{say("Forgotten?")}</summary>
                        <p>{marked(say("It cannot be read back. Close CallDoc and run {command} from this computer’s account: the lock is off then, and nothing else changes. Or restore a backup that was made before the lock was set."), |_| view! { <code>"calldoc-cli lock reset"</code> }.into_any())}</p>
                    </details>
                </form>
            </main>
        </div>
    }
}
