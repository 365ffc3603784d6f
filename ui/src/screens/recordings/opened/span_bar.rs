//! The chosen span: typed or drawn on the waveform; played over and over, exported, silenced.

use super::view::Looking;
use crate::state::moment::{moment, span};
use crate::state::use_office;
use crate::words::say;
use contract::recordings::ExportFormat;
use leptos::prelude::*;

#[component]
pub fn SpanBar(looking: Looking) -> impl IntoView {
    let player = use_office().player;
    let from = RwSignal::new(String::new());
    let to = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let length_ms = move || looking.view.with(|view| view.as_ref().map_or(0, |view| view.row.length_ms));
    let id = move || looking.view.with_untracked(|view| view.as_ref().map(|view| view.row.id.clone()));
    // What is drawn is written into the fields; what is typed is drawn.
    Effect::new(move |_| {
        if let Some((from_ms, to_ms)) = looking.span_ms.get() {
            open.set(true);
            let typed = span(&from.get_untracked(), &to.get_untracked(), untrack(length_ms));
            if typed != Ok((from_ms, to_ms)) {
                from.set(moment(from_ms));
                to.set(moment(to_ms));
            }
        }
    });
    let read = Memo::new(move |_| span(&from.get(), &to.get(), length_ms()));
    let draw = move || {
        if let Ok(span) = read.get_untracked() {
            looking.span_ms.set(Some(span));
        }
    };
    let wrong = move || {
        read.get().err().filter(|_| from.with(|text| !text.is_empty()) && to.with(|text| !text.is_empty()))
    };
    let play = move |_| {
        if let (Ok((from_ms, to_ms)), Some(id)) = (read.get_untracked(), id()) {
            player.play_from(&id, from_ms, std::slice::from_ref(&id));
            player.loop_over(Some((from_ms, to_ms)));
        }
    };
    let export = move |format| {
        if let (Ok(span), Some(id)) = (read.get_untracked(), id()) {
            looking.acting.export(vec![id], format, Some(span));
        }
    };
    let held = Memo::new(move |_| looking.view.with(|view| view.as_ref().is_some_and(|view| view.row.held)));
    let close = move |_| {
        open.set(false);
        looking.span_ms.set(None);
        from.set(String::new());
        to.set(String::new());
    };
    let bad = move || read.get().is_err();
    view! {
        <div class="span-bar" data-testid="span-bar">
            <Show
                when=move || open.get()
                fallback=move || {
                    view! {
                        <span class="faint">{say("Drag over the waveform to choose a span, or")}" "</span>
                        <button type="button" class="link" data-testid="span-open" on:click=move |_| open.set(true)>{say("type its times")}</button>
                        <span class="faint span-hint">" · "{say("Shift and drag loops")}" · "{say("Ctrl and the wheel zooms")}</span>
                    }
                }
            >
                <label>{say("From")}" "<input type="text" placeholder="0:12" autocomplete="off" data-testid="span-from" prop:value=from on:input=move |event| { from.set(event_target_value(&event)); draw(); } /></label>
                <label>{say("to")}" "<input type="text" placeholder="0:19" autocomplete="off" data-testid="span-to" prop:value=to on:input=move |event| { to.set(event_target_value(&event)); draw(); } /></label>
                <button type="button" class="btn" data-testid="span-loop" disabled=bad on:click=play>{say("Play over and over")}</button>
                <button type="button" class="btn" data-testid="span-export-wav" disabled=bad on:click=move |_| export(ExportFormat::Wav)>{say("Export as WAV …")}</button>
                <button type="button" class="btn" data-testid="span-export-opus" disabled=bad on:click=move |_| export(ExportFormat::Opus)>{say("as Opus …")}</button>
                <button type="button" class="btn danger" data-testid="span-silence" disabled=move || bad() || held.get() title=move || if held.get() { say("Under legal hold nothing is silenced") } else { "" } on:click=move |_| { draw(); looking.silencing.set(true); }>{say("Silence for good …")}</button>
                <button type="button" class="btn quiet" data-testid="span-close" on:click=close>{say("No span")}</button>
                <span class="complaint" role="status">{wrong}</span>
            </Show>
        </div>
    }
}
