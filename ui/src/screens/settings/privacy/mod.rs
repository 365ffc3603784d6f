//! Privacy: how long things are kept, one number exported or erased, the lock.

pub mod lock;
pub mod number;
pub mod times;

use leptos::prelude::*;
use lock::LockPart;
use number::NumberPart;
use times::TimesPart;

#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <div class="health-page" data-testid="privacy">
            <TimesPart />
            <NumberPart />
            <LockPart />
        </div>
    }
}
