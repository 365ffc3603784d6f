//! Files that could not be read, each with the reason; tried again or forgotten.

use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Empty, Failed};
use crate::parts::recording_words::bytes;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::intake::{ForgetRefused, RefusedFile, RetryRefused};
use leptos::prelude::*;

#[component]
pub fn RefusedDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open label=say("Refused files") testid="refused-dialog" class="refused">
            <Body open />
        </Dialog>
    }
}

#[component]
fn Body(open: RwSignal<bool>) -> impl IntoView {
    let office = use_office();
    let retry = Asking::<RetryRefused>::new().on_answer(move |(_, view)| office.intake.set(view));
    let forget = Asking::<ForgetRefused>::new().on_answer(move |(_, view)| office.intake.set(view));
    let rows = Memo::new(move |_| office.intake.with(|intake| intake.refused.clone()));
    let failure = move || retry.failure.get().or_else(|| forget.failure.get());
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <Empty title=say("No file was refused") says=say("Files that cannot be read would be listed here with the reason.") /> }.into_any();
        }
        let lines = rows.into_iter().map(|file| view! { <Row file retry forget /> }).collect_view();
        view! { <ul class="refused-list">{lines}</ul> }.into_any()
    };
    view! {
        <h2>{say("Files that could not be taken in")}</h2>
        <p class="mute">{say("Copies of them are kept aside. Forgetting one deletes its copy; the file at its source is not touched.")}</p>
        {list}
        {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| retry.again()) /> })}
        <div class="buttons">
            <button type="button" class="btn" data-testid="refused-retry-all" disabled=move || rows.with(Vec::is_empty) on:click=move |_| retry.ask(RetryRefused { ids: Vec::new() })>{say("Try all again")}</button>
            <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Close")}</button>
        </div>
    }
}

#[component]
fn Row(file: RefusedFile, retry: Asking<RetryRefused>, forget: Asking<ForgetRefused>) -> impl IntoView {
    let office = use_office();
    let id = file.id;
    let from = format!(
        "{} · {} · {}",
        file.source,
        office.clock(Style::DateAndMinute, file.at_ms),
        bytes(file.bytes)
    );
    view! {
        <li class="refused-row" data-testid="refused-file">
            <span class="b">{file.file_name}</span>
            <span class="row-ways">
                <button type="button" class="btn" data-testid="refused-retry" on:click=move |_| retry.ask(RetryRefused { ids: vec![id] })>{say("Try again")}</button>
                <button type="button" class="btn" data-testid="refused-forget" on:click=move |_| forget.ask(ForgetRefused { ids: vec![id] })>{say("Forget")}</button>
            </span>
            <span>{heard(file.reason)}<span class="mute">" "{from}</span></span>
        </li>
    }
}
