//! The least page that Leptos paints. `cargo xtask bench window` puts it into an empty window, to measure CallDoc's beside it.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main data-testid="empty">"Nothing else."</main> });
}
