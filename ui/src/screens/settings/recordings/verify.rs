//! Looking whether every stored file is what was put there.

use crate::ipc::Asking;
use crate::parts::clock::number;
use crate::parts::notice::Failed;
use crate::parts::recording_words::many_recordings;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::keeping::{Verified, VerifyLine, VerifyRecordings};
use leptos::prelude::*;

#[component]
pub fn Verify() -> impl IntoView {
    let office = use_office();
    let verify = Asking::<VerifyRecordings>::new().on_answer(move |_| office.verifying.set(None));
    let begin = move |_| {
        verify.answer.set(None);
        office.verifying.set(None);
        verify.ask(VerifyRecordings {});
    };
    let progress = move || {
        let (done, of) = office.verifying.get().filter(|_| verify.busy.get())?;
        #[allow(clippy::cast_precision_loss)]
        let percent = done as f64 * 100.0 / of.max(1) as f64;
        Some(view! {
            <div class="room" role="progressbar" aria-label=say("Verified") aria-valuemin="0" aria-valuemax=of.to_string() aria-valuenow=done.to_string()><i style:width=format!("{percent:.1}%")></i></div>
            <p class="mute sm">{fill("{done} of {of}", &[("done", &number(done)), ("of", &number(of))])}</p>
        })
    };
    view! {
        <section class="card keeping-card" data-testid="verify">
            <h2>{say("Verification")}</h2>
            <p class="mute">{say("Reads each stored file and looks whether it is what was put there, byte by byte, by its SHA-256. A large library takes a while; everything else goes on meanwhile.")}</p>
            <div class="buttons">
                <button type="button" class="btn primary" data-testid="verify-begin" disabled=verify.busy on:click=begin>{move || if verify.busy.get() { say("Verifying …") } else { say("Verify all recordings") }}</button>
            </div>
            {progress}
            {move || verify.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| verify.again()) /> })}
            {move || verify.answer.get().map(|verified| view! { <Result verified /> })}
        </section>
    }
}

#[component]
fn Result(verified: Verified) -> impl IntoView {
    let good = verified.missing.is_empty() && verified.changed.is_empty();
    let says = if good {
        fill(
            "All {recordings} are what was put there.",
            &[("recordings", &many_recordings(verified.recordings))],
        )
    } else {
        fill(
            "{good} of {recordings} are what was put there.",
            &[("good", &number(verified.good)), ("recordings", &many_recordings(verified.recordings))],
        )
    };
    view! {
        <p class:saved=good class:advice=!good role="status" data-testid="verify-result">{says}</p>
        <Lines title=say("Missing") lines=verified.missing />
        <Lines title=say("Changed") lines=verified.changed />
    }
}

#[component]
fn Lines(title: &'static str, lines: Vec<VerifyLine>) -> impl IntoView {
    let office = use_office();
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| {
            let id = line.id;
            view! {
                <li class="keeping-row" data-testid="verify-line">
                    <div><code>{line.file}</code><p class="mute sm">{heard(line.says)}</p></div>
                    <button type="button" class="link" on:click=move |_| office.show_recording(&id)>{say("Open")}</button>
                </li>
            }
        });
        view! {
            <h3>{title}</h3>
            <ul class="keeping-list">{lines.collect_view()}</ul>
        }
    })
}
