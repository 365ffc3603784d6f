//! One call opened: its bar, the time under it, its events, and what all of it rests on.

use super::basis::Basis;
use super::deciding::{Deciding, DecisionDialogs};
use super::lead::{GroupLink, Lead};
use super::related::RelatedCalls;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::kind::{Swatch, word};
use crate::parts::link::HistoryLink;
use crate::parts::measured::watch_height;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::words::{length, number_and_name};
use crate::screens::remarks::{About, Remarks, RemarksView};
use crate::screens::tracks::{CallAxis, call_axis::Bar};
use crate::state::{CallQuery, use_office};
use crate::words::{fill, heard, say};
use contract::calls::{AskCall, CallView, EventLine, Named};
use leptos::html;
use leptos::prelude::*;
use model::EventKind;

/// `details_px` learns how high the details are, for the rows below them.
#[component]
pub fn Opened(id: String, details_px: RwSignal<f64>) -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    let call = Asking::<AskCall>::new();
    let element = NodeRef::<html::Div>::new();
    watch_height(element, details_px);
    // A call that belongs to this one can be looked at in its place.
    let shown = RwSignal::new(id.clone());
    let own = id.clone();
    Effect::new(move |_| {
        calls.opened_changed.track();
        office.ask_again.track();
        office.remarked.track();
        office.recordings_changed.track();
        call.ask_soon(AskCall { id: shown.get() });
    });
    let closed = id.clone();
    on_cleanup(move || calls.closed(&closed));
    // What was decided may have made another call of this one.
    let decided_own = id.clone();
    let deciding = Deciding::new(Callback::new(move |next: String| {
        calls.refresh();
        if shown.get_untracked() == decided_own && next != decided_own {
            calls.selected.set(Some(next.clone()));
            calls.opened.set(Some(next));
            return;
        }
        shown.set(next);
        call.again();
    }));
    Effect::new(move |_| deciding.call.set(call.answer.get()));
    let remarks = Remarks::new();
    Effect::new(move |_| {
        if let Some(about) = call.answer.with(|call| call.as_ref().map(About::call)) {
            remarks.is_about(about);
        }
    });
    // What was answered again and is the same is not drawn again; what is remarked on it is drawn by itself.
    let drawn = Memo::new(move |_| {
        call.answer.get().map(|call| CallView { notes: Vec::new(), scores: Vec::new(), ..call })
    });
    let is_there = Memo::new(move |_| drawn.with(Option::is_some));
    let again = Callback::new(move |()| call.again());
    let look_at = Callback::new(move |other: String| shown.set(other));
    let is_other = move || shown.with(|shown| *shown != own);
    let back_id = id.clone();
    view! {
        <div
            class="call-detail"
            role="row"
            data-testid="call-detail"
            data-call-id=id
            node_ref=element
        >
            <div role="gridcell">
                <Show when=is_other.clone()>
                    {
                        let back_id = back_id.clone();
                        view! {
                            <button type="button" class="link" on:click=move |_| shown.set(back_id.clone())>
                                {say("← Back to the call")}
                            </button>
                        }
                    }
                </Show>
                {move || {
                    if let Some(failure) = call.failure.get() {
                        return view! { <Failed failure again /> }.into_any();
                    }
                    match drawn.get() {
                        Some(call) => view! { <Details call look_at deciding /> }.into_any(),
                        None => view! { <Show when=move || call.slow.get()><Skeleton rows=4 /></Show> }.into_any(),
                    }
                }}
                <Show when=move || is_there.get()><RemarksView remarks /></Show>
                <DecisionDialogs deciding />
            </div>
        </div>
    }
}

#[component]
fn Details(call: CallView, look_at: Callback<String>, deciding: Deciding) -> impl IntoView {
    let (started_ms, ended_ms) = (call.row.started_ms, call.row.ended_ms);
    let bar = Bar { spans: call.spans.clone(), started_ms, ended_ms };
    let recordings = call.recordings.clone();
    let events = call.events.clone();
    let related = call.related.clone();
    view! {
        <Lead call=call.clone() />
        <CallAxis bar=Some(bar) recordings choosing=None />
        <div class="detail-columns">
            <div class="detail-events">
                <ol class="events" aria-label=say("Events")>
                    {events.into_iter().map(|line| view! { <EventRow line /> }).collect_view()}
                </ol>
                {(!related.is_empty()).then(|| view! { <RelatedCalls related look_at deciding /> })}
            </div>
            <Basis call deciding />
        </div>
    }
}

#[component]
fn EventRow(line: EventLine) -> impl IntoView {
    let office = use_office();
    let started_ms = line.started_ms;
    let lasted = match line.ended_ms {
        Some(ended_ms) => length(ended_ms - started_ms).into_any(),
        None => (move || length(office.now_ms.get() - started_ms)).into_any(),
    };
    let asks = line.kind == EventKind::TransferHold;
    let group = line.group.map(|group| view! { <GroupEnd group /> });
    let party = line.party.map(|party| {
        let words = if asks { say("asks") } else { say("with") };
        view! { <span>{words}" "<PartyLink party /></span> }
    });
    let device = line.device.map(|device| view! { <span class="device">{device}</span> });
    let cause = line.cause.map(|cause| view! { <span>{heard(cause)}</span> });
    view! {
        <li class="event" class:beside=line.beside data-testid="event-line" data-kind=line.kind.word()>
            <Swatch kind=line.kind />
            <span class="mute">{office.clock(Style::Second, started_ms)}</span>
            <span class="event-length">{lasted}</span>
            <span class="b">{word(line.kind)}</span>
            <span class="event-who mute">
                {line.agent.map(|agent| view! { <AgentEnd agent /> })}
                {group}
                {party}
                {device}
                {cause}
            </span>
        </li>
    }
}

#[component]
fn AgentEnd(agent: Named) -> impl IntoView {
    let office = use_office();
    let text = number_and_name(&agent);
    let label = fill("All calls of {who}", &[("who", &text)]);
    let go = Callback::new(move |()| office.show_calls(CallQuery::of_agent(&agent.number)));
    view! { <span><HistoryLink text label go /></span> }
}

/// The other end is a person of the office, or someone outside.
#[component]
fn PartyLink(party: Named) -> impl IntoView {
    let office = use_office();
    let text = number_and_name(&party);
    let label = fill("All calls with {who}", &[("who", &text)]);
    let go = Callback::new(move |()| {
        let inside = office.live.with_untracked(|live| live.has_extension(&party.number));
        let query =
            if inside { CallQuery::of_agent(&party.number) } else { CallQuery::of_number(&party.number) };
        office.show_calls(query);
    });
    view! { <HistoryLink text label go /> }
}

#[component]
fn GroupEnd(group: Named) -> impl IntoView {
    view! { <span><GroupLink group /></span> }
}
