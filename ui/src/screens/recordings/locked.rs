//! Said above the list when recordings cannot be heard for want of their key, with the way to give it.

use crate::parts::icon::{Glyph, Icon};
use crate::state::settings_tab::RecordingsPart;
use crate::state::use_office;
use crate::words::say;
use contract::recordings::RecordingState;
use leptos::prelude::*;

#[component]
pub fn Locked() -> impl IntoView {
    let recordings = use_office().recordings;
    let is_locked = Memo::new(move |_| {
        recordings.list.with(|list| list.rows().iter().any(|row| row.state == RecordingState::Locked))
    });
    view! {
        <Show when=move || is_locked.get()>
            <div class="told locked" role="status" data-testid="recordings-locked">
                <Icon of=Glyph::Warning />
                <span>{say("Recordings are encrypted, and their key is not in this computer’s keychain: they can be found, and not heard.")}</span>
                <GiveKey />
            </div>
        </Show>
    }
}

/// The way to where the recovery key is typed.
#[component]
pub fn GiveKey() -> impl IntoView {
    let office = use_office();
    let go = move |_| office.show_recordings_part(RecordingsPart::Encryption);
    view! { <button type="button" class="link" data-testid="give-recovery-key" on:click=go>{say("Give the recovery key …")}</button> }
}
