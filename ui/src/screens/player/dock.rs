//! The dock: what plays, where it is, and everything it can do.

use super::choices::{ChannelChoice, SoundChoice, SpeedChoice};
use super::note::NoteHere;
use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::recording_words::{party, people};
use crate::parts::words::length;
use crate::screens::apart::{self, Fetched};
use crate::screens::tracks::{Plain, Touch, Track};
use crate::state::player_keys::{PlayerKey, changed};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::player::{Sound, Steering};
use contract::recordings::RecordingRow;
use leptos::prelude::*;

const WAVE_PX: f64 = 42.0;

#[component]
pub fn PlayerDock() -> impl IntoView {
    let player = use_office().player;
    let is_loaded = Memo::new(move |_| player.view.with(|view| view.recording.is_some()));
    move || match is_loaded.get() {
        true => view! { <Fetched screen=apart::PLAYER /> }.into_any(),
        false => view! { <NotLoaded /> }.into_any(),
    }
}

/// What plays, once something is loaded.
#[component]
pub fn Loaded() -> impl IntoView {
    let player = use_office().player;
    // The row, not the whole view: the dock is built once for each recording.
    let row = Memo::new(move |_| player.view.with(|view| view.recording.clone()));
    move || {
        row.get().map(|row| {
            view! {
                <section class="player" data-testid="player" aria-label=say("Player") data-recording-id=row.id.clone()>
                    <Trouble />
                    <div class="player-line">
                        <Ways />
                        <Who row=row.clone() />
                        <Seek row=row.clone() />
                        <div class="player-choices">
                            <LoopMark />
                            <NoteHere row=row.clone() />
                            <SpeedChoice />
                            <SkipSilence />
                            {(row.channels == 2).then(|| view! { <ChannelChoice /> })}
                            <SoundChoice />
                            <button type="button" class="icon-btn" data-testid="player-close" aria-label=say("Close the player") title=say("Close the player") on:click=move |_| player.steer(Steering::Close)>
                                <Icon of=Glyph::Close />
                            </button>
                        </div>
                    </div>
                </section>
            }
        })
    }
}

/// Why nothing plays, while nothing was ever loaded.
#[component]
fn NotLoaded() -> impl IntoView {
    let player = use_office().player;
    let says = Memo::new(move |_| player.failure().map(|failure| heard(failure.message)));
    move || {
        says.get().map(|says| {
            view! {
                <section class="player" aria-label=say("Player")>
                    <div class="player-line player-failed">
                        <p role="alert" data-testid="player-trouble">{says}</p>
                        <button type="button" class="icon-btn" data-testid="player-close" aria-label=say("Put this away") on:click=move |_| player.forget_failures()>
                            <Icon of=Glyph::Close />
                        </button>
                    </div>
                </section>
            }
        })
    }
}

/// What is amiss, above the line. A state that is told once, not with every position.
#[component]
fn Trouble() -> impl IntoView {
    let player = use_office().player;
    let says = Memo::new(move |_| {
        let failed = player.failure().map(|failure| heard(failure.message));
        failed.or_else(|| {
            player.view.with(|view| match (&view.trouble, &view.sound) {
                (Some(trouble), _) => Some(heard(trouble)),
                (None, Sound::None) => Some(
                    say("This computer has no sound device that could be used. Everything but the sound works.")
                        .to_owned(),
                ),
                (None, Sound::Unknown | Sound::Ready(_)) => None,
            })
        })
    });
    let state = move || if player.playing.get() { say("Playing") } else { say("Paused") };
    view! {
        <p class="player-trouble" role="status" data-testid="player-trouble">{says}</p>
        <p class="sr-only" role="status">{state}</p>
    }
}

#[component]
fn Ways() -> impl IntoView {
    let player = use_office().player;
    let has_previous = Memo::new(move |_| player.view.with(|view| view.has_previous));
    let has_next = Memo::new(move |_| player.view.with(|view| view.has_next));
    let toggle_words = move || if player.playing.get() { say("Pause") } else { say("Play") };
    view! {
        <div class="player-ways">
            <button type="button" class="icon-btn" data-testid="player-previous" aria-label=say("Previous recording") title=say("Previous recording ( P )") disabled=move || !has_previous.get() on:click=move |_| player.steer(Steering::Previous)>
                <Icon of=Glyph::Previous />
            </button>
            <button type="button" class="player-by" data-testid="player-back" aria-label=say("Ten seconds back") title=say("Ten seconds back ( J )") on:click=move |_| player.press(PlayerKey::By(-10))>
                "−10"
            </button>
            <button type="button" class="player-toggle" data-testid="player-toggle" aria-label=toggle_words title=move || fill("{label} ( Space or K )", &[("label", toggle_words())]) on:click=move |_| player.steer(Steering::Toggle)>
                {move || view! { <Icon of=if player.playing.get() { Glyph::Pause } else { Glyph::Play } /> }}
            </button>
            <button type="button" class="player-by" data-testid="player-forward" aria-label=say("Ten seconds forward") title=say("Ten seconds forward ( L )") on:click=move |_| player.press(PlayerKey::By(10))>
                "+10"
            </button>
            <button type="button" class="icon-btn" data-testid="player-next" aria-label=say("Next recording") title=say("Next recording ( N )") disabled=move || !has_next.get() on:click=move |_| player.steer(Steering::Next)>
                <Icon of=Glyph::Next />
            </button>
        </div>
    }
}

/// Whose it is; leads to it.
#[component]
fn Who(row: RecordingRow) -> impl IntoView {
    let office = use_office();
    let (title, _) = party(&row);
    let who = people(&row);
    let today = office.today.get_untracked();
    let is_today = crate::state::Day::at(row.started_ms, |at_ms| office.offset_ms(at_ms)) == today;
    let when = office.clock(if is_today { Style::Minute } else { Style::DateAndMinute }, row.started_ms);
    let says =
        if who.is_empty() { when } else { fill("with {who} · {when}", &[("who", &who), ("when", &when)]) };
    let label = fill("Show the recording of {title}", &[("title", &title)]);
    let id = row.id;
    view! {
        <button type="button" class="player-who" data-testid="player-call" aria-label=label.clone() title=label on:click=move |_| office.show_recording(&id)>
            <span class="b">{title}</span>
            <span class="mute sm">{says}</span>
        </button>
    }
}

#[component]
fn Seek(row: RecordingRow) -> impl IntoView {
    let player = use_office().player;
    let length_ms = Memo::new(move |_| player.view.with(|view| view.length_ms));
    let seconds = Memo::new(move |_| player.position_ms.get() / 1_000 * 1_000);
    let touch = Callback::new(move |touch: Touch| match touch {
        Touch::Seeking(at_ms) => player.drag_to(at_ms),
        Touch::Seek(at_ms) => player.steer(Steering::SeekTo { position_ms: at_ms }),
        Touch::Loop(from_ms, to_ms) | Touch::Choose(from_ms, to_ms) => {
            player.loop_over(Some((from_ms, to_ms)))
        }
    });
    let id = row.id;
    view! {
        <span class="player-time" data-testid="player-position">{move || length(seconds.get())}</span>
        <div class="player-wave">
            {move || {
                let length_ms = length_ms.get();
                view! {
                    <Track
                        id=id.clone()
                        length_ms
                        seen=Signal::stored((0, length_ms))
                        height_px=WAVE_PX
                        label=say("Position; Shift and drag loops a span").to_owned()
                        testid="player-seek"
                        plain=Plain::Seeks
                        touch
                    />
                }
            }}
        </div>
        <span class="player-time mute" data-testid="player-length">{move || length(length_ms.get())}</span>
    }
}

#[component]
fn SkipSilence() -> impl IntoView {
    let player = use_office().player;
    let on = Memo::new(move |_| player.view.with(|view| view.settings.skip_silence));
    let turn = move |_| {
        let settings = player.view.with_untracked(|view| view.settings);
        if let Some(settings) = changed(settings, PlayerKey::SkipSilence) {
            player.set(settings);
        }
    };
    view! {
        <button type="button" class="btn" class:on=on data-testid="player-skip-silence" aria-pressed=move || on.get().to_string() title=say("Leave out stretches in which nobody speaks ( S )") on:click=turn>
            {say("Skip silence")}
        </button>
    }
}

/// The span that is played over and over, or the beginning of one.
#[component]
fn LoopMark() -> impl IntoView {
    let player = use_office().player;
    let words = Memo::new(move |_| {
        let looped = player.view.with(|view| view.loop_ms);
        match (looped, player.loop_from_ms.get()) {
            (_, Some(from_ms)) => Some(format!("{} – B", length(from_ms))),
            (Some((from_ms, to_ms)), None) => Some(format!("{} – {}", length(from_ms), length(to_ms))),
            (None, None) => None,
        }
    });
    move || {
        words.get().map(|words| {
            view! {
                <span class="chip on" data-testid="player-loop" title=say("Played over and over. A begins a loop, B ends it, O leaves it.")>
                    <Icon of=Glyph::Loop />
                    {words}
                    <button type="button" aria-label=say("No loop") title=say("No loop ( O )") data-testid="player-no-loop" on:click=move |_| player.loop_over(None)>
                        <Icon of=Glyph::Close />
                    </button>
                </span>
            }
        })
    }
}
