//! Live: calls in progress, groups, people. Pushes keep it up; the second that ticks only repaints what runs.

use super::live_people::People;
use crate::parts::call_bar::RunningBar;
use crate::parts::kind::{Legend, Swatch};
use crate::parts::notice::{Empty, Failed, NoSite, Skeleton};
use crate::parts::words::{length, named, party, percent, running_state};
use crate::screens::palette::open_row;
use crate::state::{CallQuery, use_office};
use crate::words::{fill, plural, say};
use contract::live::{AskLive, GroupNow, LiveCall};
use leptos::prelude::*;
use model::EventKind;

#[component]
pub fn LiveScreen() -> impl IntoView {
    let office = use_office();
    // Calls and people are pushed; the groups' figures are asked for when they changed.
    Effect::new(move |before: Option<()>| {
        office.figures_changed.track();
        if before.is_some() || !office.live.with_untracked(|live| live.known) {
            office.live_asking.ask_soon(AskLive {});
        }
    });
    let known = Memo::new(move |_| office.live.with(|live| live.known));
    let set_up = Callback::new(move |()| office.setup.begin());
    let again = Callback::new(move |()| office.live_asking.again());
    move || {
        if office.is_first_run() {
            return view! { <NoSite set_up /> }.into_any();
        }
        if let Some(failure) = office.live_asking.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        if !known.get() {
            return view! { <Show when=move || office.live_asking.slow.get()><Skeleton rows=6 /></Show> }
                .into_any();
        }
        view! {
            <div class="live-screen" data-testid="live">
                <div class="live-main">
                    <CallsNow />
                    <Groups />
                </div>
                <People />
            </div>
        }
        .into_any()
    }
}

#[component]
fn CallsNow() -> impl IntoView {
    let office = use_office();
    let ids = Memo::new(move |_| {
        office.live.with(|live| live.live.calls.iter().map(|call| call.row.id.clone()).collect::<Vec<_>>())
    });
    let kinds = Memo::new(move |_| {
        let mut kinds: Vec<EventKind> = office
            .live
            .with(|live| live.live.calls.iter().flat_map(|call| &call.spans).map(|span| span.kind).collect());
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    });
    view! {
        <section aria-label=say("Calls now")>
            <div class="heading">
                <h2 class="lbl">
                    <span role="status" data-testid="live-count">{move || match ids.with(Vec::len) {
                        0 => say("No calls now").to_owned(),
                        count => plural(count as u64, "{count} call now", "{count} calls now"),
                    }}</span>
                </h2>
                <Legend kinds />
            </div>
            <Show when=move || ids.with(Vec::is_empty)>
                <div class="card">
                    <Empty title=say("It is quiet") says=say("A call appears here the moment it rings.") />
                </div>
            </Show>
            <For each=move || ids.get() key=|id| id.clone() let:id>
                <CallNow id />
            </For>
        </section>
    }
}

#[component]
fn CallNow(id: String) -> impl IntoView {
    let office = use_office();
    let wanted = id.clone();
    let call = Memo::new(move |_| office.live.with(|live| live.call(&wanted).cloned()));
    let spans = Signal::derive(move || {
        call.with(|call| call.as_ref().map(|call| call.spans.clone()).unwrap_or_default())
    });
    let length_now = move || {
        let started_ms = call.with(|call| call.as_ref().map(|call| call.row.started_ms));
        started_ms.map(|started_ms| length(office.now_ms.get() - started_ms)).unwrap_or_default()
    };
    let open = move |_| {
        if let Some(call) = call.get_untracked() {
            open_row(office, &call.row);
        }
    };
    view! {
        <button type="button" class="card live-call" data-testid="live-call" data-call-id=id title=say("Show this call") on:click=open>
            {move || call.get().map(|call| view! { <Who call /> })}
            <RunningBar spans now_ms=office.now_ms />
            <span class="live-length" data-testid="live-length">{length_now}</span>
        </button>
    }
}

/// Who calls whom, and what goes on.
#[component]
fn Who(call: LiveCall) -> impl IntoView {
    let (title, number) = party(&call.row);
    let last = call.spans.last();
    let group = last
        .and_then(|span| span.group.as_ref())
        .or(call.row.groups.last())
        .map(|group| named(group).to_owned());
    let agent = last
        .and_then(|span| span.agent.as_ref())
        .or(call.row.talked.last())
        .map(|agent| named(agent).to_owned());
    let below: Vec<String> = agent.into_iter().chain(group.clone()).collect();
    let below = if below.is_empty() { number.unwrap_or_default() } else { below.join(" · ") };
    let kind = last.map_or(EventKind::Ringing, |span| span.kind);
    let state = match (kind, group) {
        (EventKind::Queue, Some(group)) => fill("Waiting in {group}", &[("group", &group)]),
        (kind, Some(_) | None) => running_state(kind).to_owned(),
    };
    view! {
        <span class="live-who">
            <span class="b">{title}</span>
            <span class="sm mute">{below}</span>
        </span>
        <span class="live-state" data-testid="live-state">
            <Swatch kind />
            <span>{state}</span>
        </span>
    }
}

#[component]
fn Groups() -> impl IntoView {
    let office = use_office();
    let groups = Memo::new(move |_| office.live.with(|live| live.live.groups.clone()));
    view! {
        <section class="groups" aria-label=say("Groups")>
            <h2 class="lbl">{say("Groups")}</h2>
            <Show
                when=move || !groups.with(Vec::is_empty)
                fallback=|| {
                    view! {
                        <div class="card">
                            <Empty title=say("No groups known yet") says=say("Hunt groups appear once the phone system names them or a call passes through one.") />
                        </div>
                    }
                }
            >
                <div class="card">
                    <table class="plain">
                        <thead>
                            <tr>
                                <th scope="col">{say("Group")}</th>
                                <th scope="col" class="n">{say("Waiting")}</th>
                                <th scope="col" class="n">{say("Longest")}</th>
                                <th scope="col" class="n">{say("Answered today")}</th>
                                <th scope="col" class="n">{say("Abandoned")}</th>
                                <th scope="col" class="n" title=say("Share of the calls offered to the group today that were answered in time; callers who gave up within a few seconds are left out")>
                                    {say("Service level")}
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || groups.get() key=|group| format!("{group:?}") let:group>
                                <GroupRow group />
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn GroupRow(group: GroupNow) -> impl IntoView {
    let office = use_office();
    let number = group.number.clone();
    let name = group.name.clone().unwrap_or_else(|| group.number.clone());
    let longest = move || match group.longest_since_ms {
        Some(since_ms) => length(office.now_ms.get() - since_ms),
        None => "–".to_owned(),
    };
    let waits = group.waiting > 0;
    view! {
        <tr data-testid="group-row">
            <th scope="row">
                <button type="button" class="link plain b" title=say("Show the group's calls") on:click=move |_| office.show_calls(CallQuery::of_group(&number))>
                    {name}
                </button>
            </th>
            <td class="n" class:attention=waits>{group.waiting}</td>
            <td class="n">{longest}</td>
            <td class="n">{group.answered_today}</td>
            <td class="n">{group.abandoned_today}</td>
            <td class="n">{group.service_level.map_or_else(|| "–".to_owned(), percent)}</td>
        </tr>
    }
}
