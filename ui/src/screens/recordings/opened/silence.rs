//! Silencing a span for good, after saying what that means and why it is done.

use super::view::Looking;
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::state::moment::moment;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::recordings::{RecordingView, SilenceRecording};
use leptos::prelude::*;

#[component]
pub fn SilenceDialog(looking: Looking) -> impl IntoView {
    view! {
        <Dialog open=looking.silencing label=say("Silence for good") testid="silence-dialog" class="confirm">
            <Body looking />
        </Dialog>
    }
}

#[component]
fn Body(looking: Looking) -> impl IntoView {
    let office = use_office();
    let why = RwSignal::new(String::new());
    let silence =
        Asking::<SilenceRecording>::new().on_answer(move |(_, view): (SilenceRecording, RecordingView)| {
            looking.silencing.set(false);
            looking.span_ms.set(None);
            looking.view.set(Some(view));
            office.player.forget_peaks();
        });
    let (from_ms, to_ms) = looking.span_ms.get_untracked().unwrap_or_default();
    let kept = looking.view.with_untracked(|view| view.as_ref().is_some_and(|view| view.original_kept));
    let warning = if kept {
        say(
            "The sound of this span is replaced by silence in the stored file and in the original that was kept. Nobody can bring it back, CallDoc neither.",
        )
    } else {
        say(
            "The sound of this span is replaced by silence in the stored file. Nobody can bring it back, CallDoc neither.",
        )
    };
    let title =
        fill("Silence {from} to {to} for good?", &[("from", &moment(from_ms)), ("to", &moment(to_ms))]);
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let why = why.with_untracked(|why| why.trim().to_owned());
        let id = looking.view.with_untracked(|view| view.as_ref().map(|view| view.row.id.clone()));
        if let (Some(id), false) = (id, why.is_empty()) {
            silence.ask(SilenceRecording { id, spans_ms: vec![(from_ms, to_ms)], why });
        }
    };
    view! {
        <form on:submit=store>
            <h2>{title}</h2>
            <p class="mute">{warning}</p>
            <p class="mute">{say("The versions keep the hash of the file before and after, and the audit log keeps that you did it, and why.")}</p>
            <label class="field">
                <span>{say("Why")}</span>
                <input type="text" autocomplete="off" placeholder=say("Card number") data-testid="silence-why" prop:value=why on:input=move |event| why.set(event_target_value(&event)) />
            </label>
            {move || silence.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| silence.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn danger" data-testid="confirm-silence" disabled=move || silence.busy.get() || why.with(|why| why.trim().is_empty())>
                    {move || if silence.busy.get() { say("Silencing …") } else { say("Silence for good") }}
                </button>
                <button type="button" class="btn" on:click=move |_| looking.silencing.set(false)>{say("Leave it as it is")}</button>
            </div>
        </form>
    }
}
