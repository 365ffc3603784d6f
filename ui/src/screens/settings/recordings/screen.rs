//! The parts beside one another: which one is looked at, and it.

use super::audit::AuditLog;
use super::encryption::EncryptionPart;
use super::namings::Namings;
use super::retention::RetentionPart;
use super::scorecards::Scorecards;
use super::sources::Sources;
use super::storage::Storage;
use super::verify::Verify;
use crate::screens::player::choices::DeviceChoice;
use crate::state::settings_tab::RecordingsPart as Part;
use crate::state::use_office;
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn RecordingSettings() -> impl IntoView {
    let part = use_office().recordings_part;
    let ways = Part::ALL.map(|this| {
        view! {
            <button
                type="button"
                class="menu-item"
                class:on=move || part.get() == this
                aria-current=move || (part.get() == this).then_some("true")
                data-testid=format!("recordings-{}", this.word())
                on:click=move |_| part.set(this)
            >
                {this.title()}
            </button>
        }
    });
    view! {
        <div class="keeping" data-testid="recording-settings">
            <nav class="keeping-parts" aria-label=say("Settings of recordings")>{ways.into_iter().collect_view()}</nav>
            <div class="keeping-part">
                {move || match part.get() {
                    Part::Sources => view! { <Sources /> }.into_any(),
                    Part::Names => view! { <Namings /> }.into_any(),
                    Part::Storage => view! { <Storage /> }.into_any(),
                    Part::Retention => view! { <RetentionPart /> }.into_any(),
                    Part::Encryption => view! { <EncryptionPart /> }.into_any(),
                    Part::Sound => view! { <Sound /> }.into_any(),
                    Part::Verify => view! { <Verify /> }.into_any(),
                    Part::Scorecards => view! { <Scorecards /> }.into_any(),
                    Part::Audit => view! { <AuditLog /> }.into_any(),
                }}
            </div>
        </div>
    }
}

#[component]
fn Sound() -> impl IntoView {
    view! {
        <section class="card keeping-card sound-part">
            <h2>{say("Sound")}</h2>
            <p class="mute">{say("What recordings are heard through. When the device goes away, the player pauses and says so.")}</p>
            <DeviceChoice />
        </section>
    }
}
