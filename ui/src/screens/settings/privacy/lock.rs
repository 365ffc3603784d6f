//! The lock: set, changed, taken off, closed now.

use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::text_box::{Kind, TextBox};
use crate::screens::settings::marked::marked;
use crate::words::{heard, say};
use contract::lock::{AskLock, LockNow, LockState, LockView, NewLock, SetLock};
use leptos::prelude::*;

#[component]
pub fn LockPart() -> impl IntoView {
    let asking = Asking::<AskLock>::new();
    let (current, new, again, idle) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let wrong = RwSignal::new(None::<String>);
    let told = RwSignal::new(None::<&'static str>);
    let show = move |view: &LockView| {
        idle.set(view.idle_minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
        for field in [current, new, again] {
            field.set(String::new());
        }
    };
    let asking = asking.on_answer(move |(_, view): (AskLock, LockView)| show(&view));
    asking.ask(AskLock {});
    let set = Asking::<SetLock>::new().on_answer(move |(_, view): (SetLock, LockView)| {
        show(&view);
        told.set(Some(if view.state == LockState::None {
            say("The lock is off.")
        } else {
            say("The lock is set.")
        }));
        asking.answer.set(Some(view));
    });
    let lock_now = Asking::<LockNow>::new();
    let is_set = Memo::new(move |_| {
        asking.answer.with(|view| view.as_ref().is_some_and(|view| view.state != LockState::None))
    });
    let typed = |field: RwSignal<String>| field.get_untracked();
    let send = move |new: NewLock| {
        told.set(None);
        let current = is_set.get_untracked().then(|| typed(current));
        set.ask(SetLock { current, set: new });
    };
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        let minutes = typed(idle);
        let idle_minutes = match minutes.trim() {
            "" => None,
            minutes => match minutes.parse() {
                Ok(minutes) => Some(minutes),
                Err(_) => {
                    return wrong.set(Some(say("Enter the minutes as a number, or nothing.").to_owned()));
                }
            },
        };
        let passphrase = typed(new);
        if passphrase != typed(again) {
            return wrong.set(Some(say("The two new passphrases differ.").to_owned()));
        }
        match (passphrase.is_empty(), is_set.get_untracked()) {
            (true, false) => wrong.set(Some(say("Enter a passphrase.").to_owned())),
            (true, true) => send(NewLock::Idle { idle_minutes }),
            (false, _) => send(NewLock::Passphrase { passphrase, idle_minutes }),
        }
    };
    let text = |field: RwSignal<String>| Callback::new(move |text| field.set(text));
    view! {
        <section class="card keeping-card" data-testid="lock-settings">
            <h2>{say("Lock")}</h2>
            <p class="mute">{say("A passphrase before anything is shown, at each start and whenever the window is left alone. Calls are collected meanwhile. It keeps those who pass by from looking; whoever is signed in to this computer’s account can still read the library’s files.")}</p>
            <Show when=move || asking.answer.with(Option::is_some) fallback=move || view! { <Show when=move || asking.slow.get()><Skeleton rows=3 /></Show> }>
                <form class="lock-form" on:submit=store>
                    <Show when=move || is_set.get()>
                        <TextBox label=Signal::stored(say("Passphrase now").to_owned()) testid="lock-current" value=current set=text(current) kind=Kind::Secret hint=say("Asked before anything of the lock changes.") />
                    </Show>
                    <div class="keep-fields">
                        <TextBox label=Signal::derive(move || if is_set.get() { say("New passphrase") } else { say("Passphrase") }.to_owned()) testid="lock-new" value=new set=text(new) kind=Kind::Secret hint=say("At least 8 letters. Some words in a row are easy to keep in mind.") />
                        <TextBox label=Signal::stored(say("Once more").to_owned()) testid="lock-again" value=again set=text(again) kind=Kind::Secret hint=say("So that a slip does not lock you out.") />
                        <TextBox label=Signal::stored(say("Lock after (minutes)").to_owned()) testid="lock-idle" value=idle set=text(idle) placeholder=Signal::stored(say("only when told to").to_owned()) hint=say("When nobody used the window for so long. Ctrl L locks at once.") />
                    </div>
                    <p class="complaint form-complaint" role="alert">{wrong}</p>
                    <div class="buttons">
                        <button type="submit" class="btn primary" data-testid="lock-save" disabled=set.busy>{move || if is_set.get() { say("Change the lock") } else { say("Set the lock") }}</button>
                        <Show when=move || is_set.get()>
                            <button type="button" class="btn" data-testid="lock-off" disabled=set.busy on:click=move |_| send(NewLock::Off)>{say("Take it off")}</button>
                            <button type="button" class="btn" data-testid="lock-now" disabled=lock_now.busy on:click=move |_| lock_now.ask(LockNow {})>{say("Lock now")}</button>
                        </Show>
                    </div>
                </form>
            </Show>
            {move || told.get().map(|says| view! { <p class="saved" role="status">{says}</p> })}
            {move || set.failure.get().map(|failure| view! { <p class="complaint" role="alert" data-testid="lock-failure">{heard(failure.message)}</p> })}
            {move || asking.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| asking.again()) /> })}
            <p class="mute sm">{marked(say("Forgotten? Close CallDoc and run {command} from this computer’s account. Nothing else is lost; the audit log tells that it was done."), |_| view! { <code>"calldoc-cli lock reset"</code> }.into_any())}</p>
        </section>
    }
}
