//! Newer versions: what there is, what is new in it, how far it is, and why it did not come to be.

use super::choice::Choice;
use super::screen::Form;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::computer::{Channel, Look, Role};
use contract::updates::{InstallUpdate, LookForUpdate, Release, UpdateState, UpdateTrouble};
use leptos::prelude::*;

/// Each with its word in test hooks, its title, and what it does.
fn looks() -> Vec<(Look, &'static str, &'static str, &'static str)> {
    vec![
        (
            Look::Daily,
            "daily",
            say("Once a day"),
            say(
                "CallDoc looks at its start and once a day. Nothing is installed before you press the button.",
            ),
        ),
        (
            Look::ByHand,
            "by-hand",
            say("Only when asked"),
            say(
                "CallDoc looks only when you press the button. Faults that were found stay unmended until then.",
            ),
        ),
    ]
}

fn channels() -> Vec<(Channel, &'static str, &'static str, &'static str)> {
    vec![
        (Channel::Stable, "stable", say("Stable"), say("Versions that are released.")),
        (
            Channel::Beta,
            "beta",
            say("Beta"),
            say(
                "Versions before their release: newer, and less tried. A library that a beta has changed may need that beta, or a newer version, to be opened.",
            ),
        ),
    ]
}

#[component]
pub fn Updates(form: Form) -> impl IntoView {
    let office = use_office();
    let take = move |update| {
        office.computer.update(|view| {
            if let Some(view) = view {
                view.update = update;
            }
        });
    };
    let look = Asking::<LookForUpdate>::new().on_answer(move |(_, update)| take(update));
    let install = Asking::<InstallUpdate>::new().on_answer(move |(_, update)| take(update));
    let state = form.read(|view| view.update.state.clone());
    let running = form.read(|view| view.update.running.clone());
    let looked = move || {
        let looked_ms = form.view.with(|view| view.update.looked_ms)?;
        Some(format!(
            " {}",
            fill("Looked {when}.", &[("when", &office.clock(Style::DateAndMinute, looked_ms))])
        ))
    };
    let apart = form.read(|view| view.role == Role::Apart);
    let set_up = Memo::new(move |_| state.get() != UpdateState::NotSetUp);
    let can_look = Memo::new(move |_| {
        let rests = match state.get() {
            UpdateState::NotLooked
            | UpdateState::Newest
            | UpdateState::Found { .. }
            | UpdateState::Failed { .. } => true,
            UpdateState::NotSetUp
            | UpdateState::Looking
            | UpdateState::Fetching { .. }
            | UpdateState::BackingUp { .. }
            | UpdateState::Installing { .. }
            | UpdateState::Restarting { .. } => false,
        };
        rests && !apart.get()
    });
    view! {
        <section class="card keeping-card" data-testid="computer-updates">
            <h2>{say("Updates")}</h2>
            <p class="mute" data-testid="running-version">{move || fill("CallDoc {version} runs.", &[("version", &running.get())])}{looked}</p>
            <div aria-live="polite" class="update-state" data-testid="update-state">
                {move || view! { <State state=state.get() install /> }}
            </div>
            {move || look.failure.get().or_else(|| install.failure.get()).map(|failure| view! { <Failed failure again=Callback::new(move |()| look.again()) /> })}
            <Show when=move || set_up.get()>
                <div class="buttons">
                    <button type="button" class="btn" data-testid="look-for-update" disabled=move || !can_look.get() on:click=move |_| look.ask(LookForUpdate {})>
                        {move || if state.get() == UpdateState::Looking { say("Looking …") } else { say("Look now") }}
                    </button>
                </div>
                <Choice label=say("Look for new versions") testid="look" ways=looks() value=form.read(|view| view.prefs.updates.look) set=Callback::new(move |look| form.change(|prefs| prefs.updates.look = look)) />
                <Choice label=say("Which versions") testid="channel" ways=channels() value=form.read(|view| view.prefs.updates.channel) set=Callback::new(move |channel| form.change(|prefs| prefs.updates.channel = channel)) />
            </Show>
        </section>
    }
}

#[component]
fn State(state: UpdateState, install: Asking<InstallUpdate>) -> impl IntoView {
    match state {
        UpdateState::NotSetUp => view! {
            <p>{say("Updates are not set up in this build: it has no key to know a genuine update by. New versions come from where this one came from.")}</p>
        }
        .into_any(),
        UpdateState::NotLooked | UpdateState::Looking => ().into_any(),
        UpdateState::Newest => view! { <p class="saved">{say("This is the newest version.")}</p> }.into_any(),
        UpdateState::Found { release } => view! { <Found release install /> }.into_any(),
        UpdateState::Fetching { release, done_bytes, of_bytes } => {
            view! { <Fetching version=release.version done_bytes of_bytes /> }.into_any()
        }
        UpdateState::BackingUp { .. } => view! { <p>{say("The download is genuine. Backing up the library …")}</p> }.into_any(),
        UpdateState::Installing { release } => view! {
            <p>{fill("Installing CallDoc {version} … The system may ask for a password.", &[("version", &release.version)])}</p>
        }
        .into_any(),
        UpdateState::Restarting { release } => {
            view! { <p>{fill("CallDoc starts again as {version} …", &[("version", &release.version)])}</p> }.into_any()
        }
        UpdateState::Failed { release, trouble } => view! { <Trouble release trouble install /> }.into_any(),
    }
}

#[component]
fn Found(release: Release, install: Asking<InstallUpdate>) -> impl IntoView {
    let version = release.version.clone();
    let begin = move |_| install.ask(InstallUpdate { version: version.clone() });
    let office = use_office();
    let date = release.date.and_then(|date| day_ms(&date));
    let title = match date {
        Some(at_ms) => fill(
            "CallDoc {version} of {day} is there",
            &[("version", &release.version), ("day", &office.clock(Style::Date, at_ms))],
        ),
        None => fill("CallDoc {version} is there", &[("version", &release.version)]),
    };
    view! {
        <div class="found" data-testid="update-found">
            <h3>{title}</h3>
            {(!release.notes.trim().is_empty()).then(|| view! { <div class="notes-new" tabindex="0" role="region" aria-label=say("What is new")>{release.notes}</div> })}
            <div class="buttons">
                <button type="button" class="btn primary" data-testid="install-update" disabled=install.busy on:click=begin>{say("Install and restart")}</button>
            </div>
            <p class="says">{say("Fetches it, looks whether it is genuine, backs up the library, installs it and starts CallDoc again. Calls that happen in these seconds are read from the phone system afterwards, as far as it keeps them.")}</p>
        </div>
    }
}

#[component]
fn Fetching(version: String, done_bytes: u64, of_bytes: Option<u64>) -> impl IntoView {
    #[allow(clippy::cast_precision_loss)]
    let percent = of_bytes.map(|of| (done_bytes as f64 * 100.0 / of.max(1) as f64).min(100.0));
    let words = match of_bytes {
        Some(of) => fill(
            "Fetching CallDoc {version}: {done} of {of}",
            &[("version", &version), ("done", &bytes(done_bytes)), ("of", &bytes(of))],
        ),
        None => {
            fill("Fetching CallDoc {version}: {done}", &[("version", &version), ("done", &bytes(done_bytes))])
        }
    };
    view! {
        <p>{words}</p>
        {percent.map(|percent| view! {
            <div class="room" role="progressbar" aria-label=say("Fetched") aria-valuemin="0" aria-valuemax="100" aria-valuenow=format!("{percent:.0}")><i style:width=format!("{percent:.1}%")></i></div>
        })}
    }
}

#[component]
fn Trouble(
    release: Option<Release>,
    trouble: UpdateTrouble,
    install: Asking<InstallUpdate>,
) -> impl IntoView {
    let again = release.map(|release| {
        let begin = move |_| install.ask(InstallUpdate { version: release.version.clone() });
        view! { <div class="buttons"><button type="button" class="btn primary" data-testid="install-update" disabled=install.busy on:click=begin>{say("Try again")}</button></div> }
    });
    view! {
        <div class="update-trouble" role="alert" data-testid="update-trouble">
            <p class="b">{heard(trouble.says)}</p>
            <p>{heard(trouble.advice)}</p>
            {trouble.detail.map(|detail| view! { <details><summary>{say("Technical detail")}</summary><code>{detail}</code></details> })}
            {again}
        </div>
    }
}

/// Noon of an ISO date, which is the same day in every office's zone but those at the edge of the date line.
#[allow(clippy::cast_possible_truncation)]
fn day_ms(date: &str) -> Option<i64> {
    let at_ms = js_sys::Date::parse(&format!("{date}T12:00:00Z"));
    at_ms.is_finite().then_some(at_ms as i64)
}
