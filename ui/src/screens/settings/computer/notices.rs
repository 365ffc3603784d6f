//! Which notifications, and when they are held back.

use super::screen::Form;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::text_box::TickBox;
use crate::state::schedule_draft::{minute_of, time_text};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::computer::{NoticePrefs, Pause, PauseNotices};
use leptos::prelude::*;

type Kind = (&'static str, &'static str, &'static str, fn(&NoticePrefs) -> bool, fn(&mut NoticePrefs, bool));

fn kinds() -> [Kind; 4] {
    [
        (
            "notice-abandoned",
            say("A caller gave up"),
            say("Somebody waited, reached nobody and hung up."),
            |prefs| prefs.abandoned,
            |prefs, on| prefs.abandoned = on,
        ),
        (
            "notice-missed",
            say("A caller reached nobody"),
            say("The call went to voicemail, was not answered, or everybody was busy."),
            |prefs| prefs.missed,
            |prefs, on| prefs.missed = on,
        ),
        (
            "notice-links",
            say("A source is lost"),
            say(
                "The connection to the phone system or to the recordings is gone for more than a minute, and when it is back.",
            ),
            |prefs| prefs.links,
            |prefs, on| prefs.links = on,
        ),
        (
            "notice-upkeep",
            say("Backups and updates"),
            say("One of them did not work, or a new version of CallDoc is there."),
            |prefs| prefs.upkeep,
            |prefs, on| prefs.upkeep = on,
        ),
    ]
}

#[component]
pub fn Notifications(form: Form) -> impl IntoView {
    let kinds = kinds().map(|(testid, label, hint, get, set)| {
        let on = Memo::new(move |_| form.view.with(|view| get(&view.prefs.notices)));
        let set = Callback::new(move |on| form.change(|prefs| set(&mut prefs.notices, on)));
        view! { <TickBox label testid value=on set hint /> }
    });
    view! {
        <section class="card keeping-card" data-testid="computer-notices">
            <h2>{say("Notifications")}</h2>
            <p class="mute">{say("Shown by the system, also while the window is closed. Several calls within half a minute are told together.")}</p>
            <div class="ticks">{kinds.into_iter().collect_view()}</div>
            <Quiet form />
            <Paused form />
        </section>
    }
}

#[component]
fn Quiet(form: Form) -> impl IntoView {
    let on = form.read(|view| view.prefs.quiet.on);
    let from = form.read(|view| time_text(view.prefs.quiet.from_minute));
    let to = form.read(|view| time_text(view.prefs.quiet.to_minute));
    let overnight = form.read(|view| view.prefs.quiet.to_minute < view.prefs.quiet.from_minute);
    let no_time = form.read(|view| view.prefs.quiet.to_minute == view.prefs.quiet.from_minute);
    // A time that is only half typed changes nothing.
    let put = move |set: fn(&mut contract::computer::QuietHours, u16), event: web_sys::Event| {
        if let Some(minute) = minute_of(&event_target_value(&event)) {
            form.change(|prefs| set(&mut prefs.quiet, minute));
        }
    };
    view! {
        <div class="quiet">
            <TickBox label=say("Quiet hours") testid="quiet" value=on set=Callback::new(move |on| form.change(|prefs| prefs.quiet.on = on)) hint=say("Nothing is shown in this time, by this computer’s clock. A source that is still lost at its end is told then; calls are in the history.") />
            <Show when=move || on.get()>
                <div class="quiet-times">
                    <input type="time" aria-label=say("Quiet from") data-testid="quiet-from" prop:value=from on:change=move |event| put(|quiet, minute| quiet.from_minute = minute, event) />
                    <span class="mute">{say("to")}</span>
                    <input type="time" aria-label=say("Quiet to") data-testid="quiet-to" prop:value=to on:change=move |event| put(|quiet, minute| quiet.to_minute = minute, event) />
                    <Show when=move || overnight.get()><span class="faint sm">{say("next day")}</span></Show>
                    <Show when=move || no_time.get()><span class="complaint sm">{say("Both are the same: nothing is held back.")}</span></Show>
                </div>
            </Show>
        </div>
    }
}

/// Holding back by hand, as the icon's menu offers it too.
#[component]
fn Paused(form: Form) -> impl IntoView {
    let office = use_office();
    let pausing = Asking::<PauseNotices>::new().on_answer(move |(_, view)| office.computer.set(Some(view)));
    let until = form.read(|view| view.paused_until_ms);
    let button = move |pause, words: &'static str, testid: &'static str| {
        view! { <button type="button" class="btn" data-testid=testid disabled=pausing.busy on:click=move |_| pausing.ask(PauseNotices { pause })>{words}</button> }
    };
    view! {
        <div class="buttons">
            {move || match until.get() {
                Some(until_ms) => view! {
                    <span data-testid="paused">{fill("Paused until {when}.", &[("when", &office.clock(Style::DateAndMinute, until_ms))])}</span>
                    {button(Pause::Resume, say("Resume"), "pause-resume")}
                }
                .into_any(),
                None => view! {
                    {button(Pause::ForAnHour, say("Pause for an hour"), "pause-hour")}
                    {button(Pause::UntilTomorrow, say("Pause until tomorrow"), "pause-day")}
                }
                .into_any(),
            }}
        </div>
        {move || pausing.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| pausing.again()) /> })}
    }
}
