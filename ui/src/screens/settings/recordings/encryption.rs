//! Encryption at rest: off, on, or locked; the recovery key, shown once.

use crate::ipc::Asking;
use crate::parts::clock::number;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::copy::CopyButton;
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::text_box::TextBox;
use crate::screens::settings::marked::marked;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::keeping::{AskEncryption, Encryption, EncryptionSet, SetEncryption, UnlockRecordings};
use leptos::prelude::*;

#[component]
pub fn EncryptionPart() -> impl IntoView {
    let office = use_office();
    let asking = Asking::<AskEncryption>::new();
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        asking.ask_soon(AskEncryption {});
    });
    let recovery = RwSignal::new(None::<String>);
    let turning = RwSignal::new(false);
    let set = Asking::<SetEncryption>::new().on_answer(move |(_, set): (SetEncryption, EncryptionSet)| {
        turning.set(false);
        asking.answer.set(Some(set.encryption));
        recovery.set(set.recovery_key);
    });
    let is_on = Memo::new(move |_| asking.answer.with(|now| matches!(now, Some(Encryption::On { .. }))));
    let body = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| asking.again()) /> }.into_any();
        }
        match asking.answer.get() {
            None => view! { <Show when=move || asking.slow.get()><Skeleton rows=2 /></Show> }.into_any(),
            Some(Encryption::Off) => view! {
                <p data-testid="encryption-state">{say("Recordings are stored as plain files: whoever can read the disk can hear them.")}</p>
                <div class="buttons"><button type="button" class="btn primary" data-testid="encryption-on" on:click=move |_| turning.set(true)>{say("Encrypt recordings …")}</button></div>
            }
            .into_any(),
            Some(Encryption::On { key, remaining }) => {
                let rest = (remaining > 0).then(|| format!(" {}", fill("{count} are still to be rewritten; that goes on in the background.", &[("count", &number(remaining))])));
                view! {
                    <p data-testid="encryption-state">{marked(say("Recordings are encrypted. The key {key} is in this computer’s keychain."), |_| view! { <code>{key.clone()}</code> }.into_any())}{rest}</p>
                    <div class="buttons"><button type="button" class="btn" data-testid="encryption-off" on:click=move |_| turning.set(true)>{say("Stop encrypting …")}</button></div>
                }
                .into_any()
            }
            Some(Encryption::Locked { key, why }) => view! { <Locked key_digest=key why asking /> }.into_any(),
        }
    };
    let title = move || {
        if is_on.get() { say("Stop encrypting recordings?") } else { say("Encrypt recordings?") }.to_owned()
    };
    let says = move || {
        if is_on.get() {
            return vec![say("All recordings are rewritten as plain files in the background. Whoever can read the disk can hear them then.").to_owned()];
        }
        vec![
            say("The sound of all recordings, those that are stored and those to come, is encrypted with a key that is made now and kept in this computer’s keychain.").to_owned(),
            say("You are shown a recovery key once. Without it, recordings are lost when this computer or its keychain is.").to_owned(),
        ]
    };
    let way = Way {
        words: say("Go on"),
        otherwise: say("Leave it as it is"),
        testid: "confirm-encryption",
        danger: Danger::CanBeTakenBack,
    };
    view! {
        <section class="card keeping-card" data-testid="encryption">
            <h2>{say("Encryption")}</h2>
            {body}
        </section>
        <Confirm open=turning title=Signal::derive(title) says=Signal::derive(says) testid="encryption-dialog" way busy=set.busy failure=set.failure run=Callback::new(move |()| set.ask(SetEncryption { on: !is_on.get_untracked() })) />
        <RecoveryKey recovery />
    }
}

/// Shown once: it goes only after it was said to be stored.
#[component]
fn RecoveryKey(recovery: RwSignal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let stored = RwSignal::new(false);
    Effect::new(move |_| {
        if recovery.with(Option::is_some) {
            stored.set(false);
            open.set(true);
        }
    });
    // Esc and a click beside it close a dialog; this one comes back until the key was stored.
    Effect::new(move |_| {
        if !open.get() && recovery.with_untracked(Option::is_some) {
            if stored.get_untracked() {
                recovery.set(None);
            } else {
                open.set(true);
            }
        }
    });
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <Dialog open label=say("Recovery key") testid="recovery-dialog" class="confirm recovery">
            <h2>{say("The recovery key")}</h2>
            <p class="mute">{say("Whoever has it can hear the recordings, and without it nobody can once this computer’s keychain is lost. Keep it away from this computer: on paper, or with your other passwords. It is not shown again.")}</p>
            <p class="recovery-key"><code data-testid="recovery-key">{move || recovery.get()}</code></p>
            <div class="buttons">
                {move || recovery.get().map(|key| view! { <span class="btn copy-btn"><CopyButton text=key label=say("Copy the recovery key") />{say("Copy")}</span> })}
                <button type="button" class="btn" data-testid="recovery-print" on:click=print>{say("Print")}</button>
            </div>
            <label class="tick">
                <input type="checkbox" data-testid="recovery-stored" prop:checked=stored on:change=move |event| stored.set(event_target_checked(&event)) />
                {say("I have stored it")}
            </label>
            <div class="buttons">
                <button type="button" class="btn primary" data-testid="recovery-done" disabled=move || !stored.get() on:click=move |_| open.set(false)>{say("Done")}</button>
            </div>
        </Dialog>
    }
}

#[component]
fn Locked(key_digest: String, why: String, asking: Asking<AskEncryption>) -> impl IntoView {
    let office = use_office();
    let typed = RwSignal::new(String::new());
    let unlock =
        Asking::<UnlockRecordings>::new().on_answer(move |(_, now): (UnlockRecordings, Encryption)| {
            typed.set(String::new());
            asking.answer.set(Some(now));
            office.remarked.update(|count| *count += 1);
        });
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let recovery_key = typed.with_untracked(|typed| typed.trim().to_owned());
        if !recovery_key.is_empty() {
            unlock.ask(UnlockRecordings { recovery_key });
        }
    };
    view! {
        <p class="advice" data-testid="encryption-state">{say("The recordings are locked.")}" "{heard(why)}</p>
        <p class="mute">{marked(say("They were encrypted with the key {key}. Its recovery key puts it back into the keychain."), |_| view! { <code>{key_digest.clone()}</code> }.into_any())}</p>
        <form on:submit=store class="unlock">
            <TextBox label=say("Recovery key") testid="recovery-typed" value=typed set=Callback::new(move |text| typed.set(text)) placeholder="XXXX-XXXX-XXXX-…" hint=say("As it was shown when encryption was switched on.") />
            <button type="submit" class="btn primary" data-testid="recovery-unlock" disabled=move || unlock.busy.get() || typed.with(|typed| typed.trim().is_empty())>{say("Unlock")}</button>
        </form>
        {move || unlock.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| unlock.again()) /> })}
    }
}
