//! How it sounds: speed, who is heard, volume, loudness, and the device.

use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::popover::{Align, Popover};
use crate::state::player_keys::{SPEEDS_PERCENT, speed};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::player::{AskSoundDevices, Channels, ChooseSoundDevice, PlayerSettings, Sound, SoundDevices};
use leptos::prelude::*;

#[component]
pub fn SpeedChoice() -> impl IntoView {
    let player = use_office().player;
    let open = RwSignal::new(false);
    let now = Memo::new(move |_| player.view.with(|view| view.settings.speed_percent));
    view! {
        <Popover open label=Signal::derive(move || fill("Speed: {speed}", &[("speed", &speed(now.get()))])) testid="player-speed" class="btn" align=Align::Up face=move || view! { {move || speed(now.get())} }>
            <div class="menu">
                {SPEEDS_PERCENT.into_iter().rev().map(|percent| view! { <Speed open now percent /> }).collect_view()}
            </div>
        </Popover>
    }
}

#[component]
fn Speed(open: RwSignal<bool>, now: Memo<u16>, percent: u16) -> impl IntoView {
    let player = use_office().player;
    let choose = move |_| {
        let settings = player.view.with_untracked(|view| view.settings);
        player.set(PlayerSettings { speed_percent: percent, ..settings });
        open.set(false);
    };
    view! {
        <button type="button" class="menu-item" class:on=move || now.get() == percent aria-pressed=move || (now.get() == percent).to_string() data-testid=format!("player-speed-{percent}") on:click=choose>
            {speed(percent)}
        </button>
    }
}

#[component]
pub fn ChannelChoice() -> impl IntoView {
    let player = use_office().player;
    let open = RwSignal::new(false);
    let now = Memo::new(move |_| player.view.with(|view| view.settings.channels));
    let face = move || match now.get() {
        Channels::Both => say("L R"),
        Channels::Left => say("L"),
        Channels::Right => say("R"),
    };
    view! {
        <Popover open label=Signal::derive(move || fill("Who is heard: {who}", &[("who", face())])) testid="player-channels" class="btn" align=Align::Up face=move || view! { {face} }>
            <div class="menu">
                <Channel open now this=Channels::Both words=say("Both sides") testid="player-channels-both" />
                <Channel open now this=Channels::Left words=say("Left side only") testid="player-channels-left" />
                <Channel open now this=Channels::Right words=say("Right side only") testid="player-channels-right" />
            </div>
        </Popover>
    }
}

#[component]
fn Channel(
    open: RwSignal<bool>,
    now: Memo<Channels>,
    this: Channels,
    words: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let player = use_office().player;
    let choose = move |_| {
        let settings = player.view.with_untracked(|view| view.settings);
        player.set(PlayerSettings { channels: this, ..settings });
        open.set(false);
    };
    view! {
        <button type="button" class="menu-item" class:on=move || now.get() == this aria-pressed=move || (now.get() == this).to_string() data-testid=testid on:click=choose>
            {words}
        </button>
    }
}

#[component]
pub fn SoundChoice() -> impl IntoView {
    let player = use_office().player;
    let open = RwSignal::new(false);
    let silent = Memo::new(move |_| {
        player.view.with(|view| view.sound == Sound::None || view.settings.volume_percent == 0)
    });
    view! {
        <Popover
            open
            label=Signal::stored(say("Volume, loudness and sound device").to_owned())
            testid="player-sound"
            class="icon-btn"
            align=Align::Up
            face=move || view! { {move || view! { <Icon of=if silent.get() { Glyph::Mute } else { Glyph::Sound } /> }} }
        >
            <SoundMenu />
        </Popover>
    }
}

#[component]
fn SoundMenu() -> impl IntoView {
    let player = use_office().player;
    let now = Memo::new(move |_| player.view.with(|view| view.settings));
    let volume = move |event| {
        if let Ok(volume_percent) = event_target_value(&event).parse::<u8>() {
            let settings = player.view.with_untracked(|view| view.settings);
            player.set(PlayerSettings { volume_percent: volume_percent.min(100), ..settings });
        }
    };
    let even = move |event| {
        let settings = player.view.with_untracked(|view| view.settings);
        player.set(PlayerSettings { even_loudness: event_target_checked(&event), ..settings });
    };
    view! {
        <div class="sound-menu">
            <label class="field">
                <span>{move || fill("Volume: {percent} %", &[("percent", &now.get().volume_percent.to_string())])}</span>
                <input type="range" min="0" max="100" step="5" data-testid="player-volume" prop:value=move || now.get().volume_percent.to_string() on:input=volume />
            </label>
            <label class="tick">
                <input type="checkbox" data-testid="player-loudness" prop:checked=move || now.get().even_loudness on:change=even />
                <span>{say("Even loudness")}<span class="says">{say("Quiet and loud recordings are heard equally loud ( E )")}</span></span>
            </label>
            <DeviceChoice />
        </div>
    }
}

/// Which of the machine's devices; also among the settings.
#[component]
pub fn DeviceChoice() -> impl IntoView {
    let player = use_office().player;
    let devices = Asking::<AskSoundDevices>::new();
    devices.ask(AskSoundDevices {});
    let choose = Asking::<ChooseSoundDevice>::new()
        .on_answer(move |(_, now): (ChooseSoundDevice, SoundDevices)| devices.answer.set(Some(now)));
    let options = move || {
        let known = devices.answer.get().unwrap_or_default();
        let chosen = known.chosen.clone();
        let system = view! { <option value="" selected=chosen.is_none()>{say("As the system")}</option> };
        // A device that was chosen and is not connected stays chosen.
        let mut names = known.names;
        if let Some(chosen) = chosen.clone().filter(|chosen| !names.contains(chosen)) {
            names.push(chosen);
        }
        let names = names.into_iter().map(|name| {
            let selected = chosen.as_deref() == Some(name.as_str());
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        });
        (system, names.collect_view())
    };
    let sound = move || {
        player.view.with(|view| match &view.sound {
            Sound::Unknown => "",
            Sound::Ready(_) => "",
            Sound::None => say("There is no device that could be used."),
        })
    };
    let failure = move || devices.failure.get().or_else(|| choose.failure.get());
    view! {
        <label class="field">
            <span>{say("Sound device")}</span>
            <select
                data-testid="player-device"
                on:change=move |event| {
                    let name = event_target_value(&event);
                    choose.ask(ChooseSoundDevice { name: (!name.is_empty()).then_some(name) });
                }
            >
                {options}
            </select>
            <span class="says" role="status">{sound}</span>
        </label>
        {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| devices.again()) /> })}
    }
}
