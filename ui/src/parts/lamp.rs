//! The lamp of a source: how its links stand, since when, and what to do. Its shape says as much as its colour.

use super::popover::{Align, Popover};
use crate::state::standing::{source_name, state_word, state_words, worst};
use crate::words::{heard, say};
use contract::links::{Lamp, LinkState, Source};
use leptos::prelude::*;

/// One lamp for a source, over all sites; its popover has each.
#[component]
pub fn SourceLamp(
    source: Source,
    #[prop(into)] lamps: Signal<Vec<Lamp>>,
    /// Writes an instant for the person.
    clock: Callback<i64, String>,
    settings: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let state = Memo::new(move |_| lamps.with(|lamps| worst(lamps, source)));
    let testid = match source {
        Source::Devlink3 => "lamp-devlink3",
        Source::Smdr => "lamp-smdr",
        Source::Recordings => "lamp-recordings",
    };
    let words = move || {
        let state = state.get().unwrap_or(LinkState::Off);
        match state {
            LinkState::Up => source_name(source).to_owned(),
            LinkState::Off
            | LinkState::Connecting
            | LinkState::Degraded
            | LinkState::Down
            | LinkState::Stopped => format!("{}: {}", source_name(source), state_words(state)),
        }
    };
    let label = Signal::derive(move || {
        let state = state.get().unwrap_or(LinkState::Off);
        format!("{}: {}", source_name(source), state_words(state))
    });
    view! {
        <Show when=move || state.get().is_some()>
            <Popover
                open
                label
                testid
                class="lamp"
                align=Align::End
                face=move || {
                    view! {
                        <Dot state=Signal::derive(move || state.get().unwrap_or(LinkState::Off)) />
                        <span data-state=move || state.get().map(state_word)>{words}</span>
                    }
                }
            >
                <div class="lamp-list">
                    {move || {
                        lamps
                            .get()
                            .into_iter()
                            .filter(|lamp| lamp.source == source)
                            .map(|lamp| view! { <LampDetail lamp clock /> })
                            .collect_view()
                    }}
                    <button
                        type="button"
                        class="link"
                        on:click=move |_| {
                            open.set(false);
                            settings.run(());
                        }
                    >
                        {say("Phone system settings")}
                    </button>
                </div>
            </Popover>
        </Show>
    }
}

#[component]
pub fn Dot(#[prop(into)] state: Signal<LinkState>) -> impl IntoView {
    view! { <i class=move || format!("dot {}", state_word(state.get())) aria-hidden="true"></i> }
}

#[component]
fn LampDetail(lamp: Lamp, clock: Callback<i64, String>) -> impl IntoView {
    let state = lamp.state;
    let since = clock.run(lamp.since_ms);
    let last = lamp.last_event_ms.map_or_else(|| say("nothing yet").to_owned(), |at_ms| clock.run(at_ms));
    view! {
        <section class="lamp-detail">
            <h3>
                <Dot state=Signal::stored(state) />
                {lamp.site_name}
                <span class="mute">{state_words(state)}</span>
            </h3>
            <p>{heard(lamp.says)}</p>
            {lamp.advice.map(|advice| view! { <p class="advice">{heard(advice)}</p> })}
            <dl>
                <dt>{say("Since")}</dt>
                <dd>{since}</dd>
                <dt>{say("Last event")}</dt>
                <dd>{last}</dd>
            </dl>
        </section>
    }
}
