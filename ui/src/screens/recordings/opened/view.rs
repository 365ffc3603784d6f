//! The opened recording, put together.

use super::candidates::CandidatesDialog;
use super::facts::Facts;
use super::lead::Lead;
use super::silence::SilenceDialog;
use super::span_bar::SpanBar;
use super::why::Why;
use crate::ipc::Asking;
use crate::parts::measured::watch_height;
use crate::parts::notice::{Failed, Skeleton};
use crate::screens::recordings::acting::Acting;
use crate::screens::remarks::{About, Remarks, RemarksView};
use crate::screens::tracks::CallAxis;
use crate::screens::tracks::call_axis::{Bar, Choosing};
use crate::state::use_office;
use contract::calls::AskCall;
use contract::recordings::{AskRecording, RecordingView};
use leptos::html;
use leptos::prelude::*;

/// What is being done with the opened recording; outlives an answer that draws it anew.
#[derive(Clone, Copy)]
pub struct Looking {
    pub view: RwSignal<Option<RecordingView>>,
    /// The span that is chosen, from the recording's beginning.
    pub span_ms: RwSignal<Option<(i64, i64)>>,
    pub matching: RwSignal<bool>,
    pub silencing: RwSignal<bool>,
    pub acting: Acting,
}

/// `details_px` learns how high the details are, for the rows below them.
#[component]
pub fn Opened(id: String, details_px: RwSignal<f64>, acting: Acting) -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    let asking = Asking::<AskRecording>::new();
    let of_call = Asking::<AskCall>::new();
    let element = NodeRef::<html::Div>::new();
    watch_height(element, details_px);
    let looking = Looking {
        view: RwSignal::new(None),
        span_ms: RwSignal::new(None),
        matching: RwSignal::new(false),
        silencing: RwSignal::new(false),
        acting,
    };
    let asked = id.clone();
    Effect::new(move |_| {
        office.recordings_changed.track();
        office.remarked.track();
        office.ask_again.track();
        asking.ask_soon(AskRecording { id: asked.clone() });
    });
    let remarks = Remarks::new();
    Effect::new(move |_| {
        let Some(view) = asking.answer.get() else { return };
        remarks.is_about(About::recording(&view));
        recordings.list.update(|list| list.put(view.row.clone()));
        looking.view.set(Some(view));
    });
    let call =
        Memo::new(move |_| looking.view.with(|view| view.as_ref().and_then(|view| view.row.call.clone())));
    Effect::new(move |_| match call.get() {
        Some(id) => of_call.ask(AskCall { id }),
        None => of_call.forget(),
    });
    let again = Callback::new(move |()| asking.again());
    let is_there = Memo::new(move |_| looking.view.with(Option::is_some));
    view! {
        <div class="call-detail" role="row" data-testid="recording-detail" data-recording-id=id node_ref=element>
            <div role="gridcell">
                {move || asking.failure.get().map(|failure| view! { <Failed failure again /> })}
                <Show
                    when=move || is_there.get()
                    fallback=move || view! { <Show when=move || asking.slow.get()><Skeleton rows=5 /></Show> }
                >
                    <Lead looking />
                    <Together looking of_call />
                    <SpanBar looking />
                    <div class="recording-columns">
                        <div class="recording-main">
                            <Why looking />
                            <RemarksView remarks />
                        </div>
                        <Facts looking />
                    </div>
                    <CandidatesDialog looking />
                    <SilenceDialog looking />
                </Show>
            </div>
        </div>
    }
}

/// The call's bar and the waveform, drawn anew only when one of them is another.
#[component]
fn Together(looking: Looking, of_call: Asking<AskCall>) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        let (row, silenced) =
            looking.view.with(|view| view.as_ref().map(|view| (view.row.clone(), view.silenced.clone())))?;
        // Only what the drawing rests on.
        let row = contract::recordings::RecordingRow { notes: 0, tags: Vec::new(), score: None, ..row };
        let bar = of_call.answer.with(|call| {
            let call = call.as_ref().filter(|call| Some(&call.row.id) == row.call.as_ref())?;
            Some(Bar {
                spans: call.spans.clone(),
                started_ms: call.row.started_ms,
                ended_ms: call.row.ended_ms,
            })
        });
        Some((row, silenced, bar))
    });
    let choosing = Choosing { span_ms: looking.span_ms };
    move || {
        drawn.get().map(|(row, silenced, bar)| {
            view! { <CallAxis bar recordings=vec![row] choosing=Some(choosing) silenced /> }
        })
    }
}
