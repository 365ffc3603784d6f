//! The page with its parts. It asks when it is opened and when something changed; a thorough look only when told to.

use super::diagnostics::Diagnostics;
use super::findings::Findings;
use super::troubles::Troubles;
use crate::ipc::Asking;
use crate::parts::clock::{Style, number};
use crate::parts::lamp::Dot;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::bytes;
use crate::state::standing::{source_name, state_words};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::health::{AskHealthReport, Depth, HealthReport, Queue, Sizes, SourceHealth};
use leptos::prelude::*;

#[component]
pub fn HealthPage() -> impl IntoView {
    let office = use_office();
    let asking = Asking::<AskHealthReport>::new();
    Effect::new(move |_| {
        office.lamps.track();
        office.health.track();
        office.ask_again.track();
        asking.ask_soon(AskHealthReport { depth: Depth::Quick });
    });
    let whole = Asking::<AskHealthReport>::new()
        .on_answer(move |(_, report): (AskHealthReport, HealthReport)| asking.answer.set(Some(report)));
    let body = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| asking.again()) /></div> }.into_any();
        }
        let Some(report) = asking.answer.get() else {
            return view! { <Show when=move || asking.slow.get()><div class="card keeping-card"><Skeleton rows=6 /></div></Show> }.into_any();
        };
        let version = fill(
            "CallDoc {version}, library format {format}",
            &[("version", &report.version), ("format", &report.format.to_string())],
        );
        view! {
            <Sources sources=report.sources />
            <section class="card keeping-card">
                <div class="card-head">
                    <h2>{say("What was looked at")}</h2>
                    <button type="button" class="btn" data-testid="health-whole" disabled=whole.busy on:click=move |_| whole.ask(AskHealthReport { depth: Depth::Thorough })>
                        {move || if whole.busy.get() { say("Reading the library …") } else { say("Check the whole library") }}
                    </button>
                </div>
                {move || whole.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| whole.again()) /> })}
                <Findings findings=report.findings />
            </section>
            <section class="card keeping-card">
                <h2>{say("The last seven days")}</h2>
                <Troubles troubles=report.troubles />
            </section>
            <div class="health-pair">
                <Room sizes=report.sizes version />
                <Queues queues=report.queues />
            </div>
            <Diagnostics says=say("A bundle of versions, health, settings and the last logs, in one file that you can send. It holds no numbers, no names, no addresses and no passwords, and you see all of it before it is saved.") />
        }
        .into_any()
    };
    view! { <div class="health-page" data-testid="health">{body}</div> }
}

#[component]
fn Sources(sources: Vec<SourceHealth>) -> impl IntoView {
    let office = use_office();
    if sources.is_empty() {
        return view! { <section class="card keeping-card"><h2>{say("Sources")}</h2><p class="mute">{say("There is none yet. Add your phone system in Settings > Phone system.")}</p></section> }.into_any();
    }
    let rows = sources.into_iter().map(|source| {
        let last = source.last_event_ms.map_or_else(|| say("nothing yet").to_owned(), |at_ms| office.clock(Style::DateAndMinute, at_ms));
        let state = source.state;
        view! {
            <tr data-testid="health-source">
                <th scope="row"><span class="site-lamp"><Dot state=Signal::stored(state) />{source_name(source.source)}</span><span class="mute sm">{source.site_name}</span></th>
                <td>{heard(source.says)}<span class="sr-only">{state_words(state)}</span>{source.advice.map(|advice| view! { <p class="advice sm">{heard(advice)}</p> })}</td>
                <td class="n">{last}</td>
            </tr>
        }
    });
    view! {
        <section class="card keeping-card">
            <h2>{say("Sources")}</h2>
            <table class="health-table">
                <thead><tr><th scope="col">{say("Source")}</th><th scope="col">{say("State")}</th><th scope="col" class="n">{say("Last event")}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Room(sizes: Sizes, version: String) -> impl IntoView {
    let lines = [
        (say("Free on the disk"), sizes.free_bytes.map_or_else(|| say("unknown").to_owned(), bytes)),
        (say("Database"), bytes(sizes.database_bytes)),
        (say("Journal"), fill("{count} entries", &[("count", &number(sizes.journal_entries))])),
        (say("Recordings"), format!("{}, {}", number(sizes.recordings), bytes(sizes.recordings_bytes))),
        (say("Logs"), bytes(sizes.logs_bytes)),
        (say("Version"), version),
    ];
    let lines = lines.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> });
    view! {
        <section class="card keeping-card">
            <h2>{say("Room")}</h2>
            <dl class="facts wide-facts" data-testid="health-room">{lines.into_iter().collect_view()}</dl>
        </section>
    }
}

#[component]
fn Queues(queues: Vec<Queue>) -> impl IntoView {
    let waiting: Vec<Queue> = queues.into_iter().filter(|queue| queue.waiting > 0).collect();
    let body = if waiting.is_empty() {
        view! { <p class="mute">{say("Nothing waits.")}</p> }.into_any()
    } else {
        let lines = waiting.into_iter().map(|queue| {
            view! { <li class="queue-line"><b class="n">{number(queue.waiting)}</b><div><p>{heard(queue.name)}</p><p class="sm mute">{heard(queue.says)}</p></div></li> }
        });
        view! { <ul>{lines.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card keeping-card" data-testid="health-queues"><h2>{say("Work that waits")}</h2>{body}</section> }
}
