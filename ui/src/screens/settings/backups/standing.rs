//! The first thing that is seen: whether the data is safe, what goes on, and what stands ready to be restored.

use super::screen::Acting;
use crate::ipc::Asking;
use crate::parts::backup_words::{ago, every_words, percent, standing_advice, standing_look, step_words};
use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::state::use_office;
use crate::words::{all_heard, fill, heard, say};
use contract::backups::{BackupLine, ForgetRestore, RestartToRestore, Standing, StopBackup};
use leptos::prelude::*;

#[component]
pub fn StandingCard(acting: Acting) -> impl IntoView {
    let standing = Memo::new(move |_| {
        acting.view.with(|view| view.as_ref().map_or(Standing::Never, |view| view.standing))
    });
    let last = Memo::new(move |_| acting.view.with(|view| view.as_ref()?.last_good.clone()));
    let next = Memo::new(move |_| {
        acting.view.with(|view| view.as_ref().map(|view| (view.schedule.every, view.next_ms)))
    });
    let trouble = Memo::new(move |_| acting.view.with(|view| view.as_ref()?.trouble.clone()));
    let running = Memo::new(move |_| acting.is_running());
    view! {
        {move || {
            let (class, glyph, words) = standing_look(standing.get());
            view! {
                <section class=format!("card standing {class}") data-testid="backup-standing" aria-label=say("How safe your data is")>
                    <span class="standing-sign"><Icon of=glyph /></span>
                    <div class="standing-words">
                        <h2 data-testid="backup-standing-says">{words}</h2>
                        {move || last.get().map(|line| view! { <Last line /> })}
                        <p class="mute">{standing_advice(standing.get())}</p>
                        {move || next.get().and_then(|(every, next_ms)| next_ms.map(|at_ms| view! { <Next words=every_words(every) at_ms /> }))}
                    </div>
                    <div class="standing-ways">
                        <button type="button" class="btn primary" data-testid="back-up-now" disabled=running on:click=move |_| { acting.told.set(None); acting.asking_now.set(true); }>{say("Back up now…")}</button>
                    </div>
                </section>
            }
        }}
        {move || running.get().then(|| view! { <Running acting /> })}
        {move || trouble.get().map(|says| view! { <p class="advice backup-trouble" role="alert" data-testid="backup-trouble">{heard(says)}</p> })}
    }
}

#[component]
fn Last(line: BackupLine) -> impl IntoView {
    let office = use_office();
    let at_ms = line.at_ms;
    let holds = if line.recordings { say("calls and recordings") } else { say("calls, without recordings") };
    let locked = if line.encrypted { format!(" · {}", say("encrypted")) } else { String::new() };
    let when = move || {
        format!("{} · {}", ago(office.now_ms.get() - at_ms), office.clock(Style::DateAndMinute, at_ms))
    };
    view! {
        <p class="standing-last">
            <span class="b">{when}</span>
            {format!(" · {holds} · {}{locked}", bytes(line.bytes))}
        </p>
        <p class="mute sm path">{fill("In {folder}", &[("folder", &line.folder)])}</p>
    }
}

#[component]
fn Next(words: String, at_ms: i64) -> impl IntoView {
    let office = use_office();
    let at = office.clock(Style::DateAndMinute, at_ms);
    view! { <p class="mute sm" data-testid="backup-next">{fill("CallDoc backs up {often}; next {when}.", &[("often", &words), ("when", &at)])}</p> }
}

#[component]
fn Running(acting: Acting) -> impl IntoView {
    let office = use_office();
    let progress = office.backup_progress;
    let words = move || {
        progress
            .get()
            .map_or_else(|| say("It goes on …").to_owned(), |now| format!("{} …", step_words(now.step)))
    };
    let counted = move || {
        progress.get().filter(|now| now.of_bytes > 0).map(|now| {
            fill(
                "{done} of {of}",
                &[("done", &bytes(now.done_bytes.min(now.of_bytes))), ("of", &bytes(now.of_bytes))],
            )
        })
    };
    let width = move || format!("{:.1}%", progress.get().map_or(0.0, percent));
    view! {
        <section class="card backup-running" data-testid="backup-running" aria-label=say("What goes on")>
            <div>
                <p><span class="b" role="status">{words}</span>" "<span class="mute sm num">{counted}</span></p>
                <div class="room" role="progressbar" aria-label=say("Progress") aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || format!("{:.0}", progress.get().map_or(0.0, percent))>
                    <i style:width=width></i>
                </div>
                <p class="mute sm">{say("Calls are collected meanwhile, and everything can be used.")}</p>
            </div>
            <button type="button" class="btn" data-testid="backup-stop" disabled=acting.stop.busy on:click=move |_| acting.stop.ask(StopBackup {})>{say("Stop")}</button>
        </section>
    }
}

/// A backup that waits for the next start.
#[component]
pub fn Ready(acting: Acting) -> impl IntoView {
    let office = use_office();
    let restart = Asking::<RestartToRestore>::new();
    let prepared = Memo::new(move |_| acting.view.with(|view| view.as_ref()?.prepared.clone()));
    move || {
        prepared.get().map(|prepared| {
            let at = office.clock(Style::DateAndMinute, prepared.made_at_ms);
            let complaints = all_heard(&prepared.complaints);
            view! {
                <section class="card restore-ready" data-testid="restore-ready" aria-label=say("A restore stands ready")>
                    <span class="standing-sign"><Icon of=Glyph::Back /></span>
                    <div class="standing-words">
                        <h2>{fill("The library of {when} stands ready", &[("when", &at)])}</h2>
                        <p class="mute">{say("It was unpacked and checked. The next time CallDoc is opened, it takes the place of the library of now, which is kept in a folder beside it.")}</p>
                        {(!complaints.is_empty()).then(|| view! {
                            <p class="advice">{fill("It is damaged, as it was when it was backed up: {complaints}", &[("complaints", &complaints.join(" "))])}</p>
                        })}
                        {move || restart.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| restart.again()) /> })}
                        {move || acting.forget.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| acting.forget.again()) /> })}
                    </div>
                    <div class="standing-ways">
                        <button type="button" class="btn primary" data-testid="restore-restart" disabled=restart.busy on:click=move |_| restart.ask(RestartToRestore {})>{say("Restart CallDoc now")}</button>
                        <button type="button" class="btn" data-testid="restore-forget" disabled=acting.forget.busy on:click=move |_| acting.forget.ask(ForgetRestore {})>{say("Keep the library of now")}</button>
                    </div>
                </section>
            }
        })
    }
}
