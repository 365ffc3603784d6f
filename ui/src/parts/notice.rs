//! The states of a list beside full: loading, empty, failed; and what to do before anything is set up.

use super::icon::{Glyph, Icon};
use crate::words::{heard, say};
use contract::Failure;
use leptos::prelude::*;

/// What failed, as a sentence; the technical chain behind a click; and asking again.
#[component]
pub fn Failed(failure: Failure, again: Callback<()>) -> impl IntoView {
    let detail = failure.detail.filter(|detail| !detail.is_empty());
    view! {
        <div class="notice failed" role="alert" data-testid="failed">
            <span class="notice-icon bad">
                <Icon of=Glyph::Warning />
            </span>
            <p class="notice-title">{heard(failure.message)}</p>
            {detail
                .map(|detail| {
                    view! {
                        <details>
                            <summary>{say("Technical detail")}</summary>
                            <code>{detail}</code>
                        </details>
                    }
                })}
            <button type="button" class="btn" data-testid="ask-again" on:click=move |_| again.run(())>
                {say("Try again")}
            </button>
        </div>
    }
}

/// Nothing is here: why, and what would bring something.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] says: String,
    #[prop(optional, into)] action: Option<(String, Callback<()>)>,
) -> impl IntoView {
    view! {
        <div class="notice" data-testid="empty">
            <p class="notice-title">{title}</p>
            <p class="mute">{says}</p>
            {action
                .map(|(words, run)| {
                    view! {
                        <button type="button" class="btn" on:click=move |_| run.run(())>
                            {words}
                        </button>
                    }
                })}
        </div>
    }
}

/// Before the first site: what CallDoc needs, and the way there.
#[component]
pub fn NoSite(set_up: Callback<()>) -> impl IntoView {
    view! {
        <div class="notice first-run card" data-testid="first-run">
            <span class="notice-icon">
                <Icon of=Glyph::Phone />
            </span>
            <p class="notice-title">{say("CallDoc is not connected to a phone system yet")}</p>
            <p class="mute">
                {say("Connect your Avaya IP Office, and calls appear here the moment they ring. Each step tells what to set, tests it, and can be gone back to.")}
            </p>
            <button type="button" class="btn primary" data-testid="set-up" on:click=move |_| set_up.run(())>
                {say("Set up step by step")}
            </button>
        </div>
    }
}

/// What stands in the place of rows: a cell over all columns, because a table takes nothing but rows.
#[component]
pub fn InTable(children: Children) -> impl IntoView {
    view! {
        <div class="in-table" role="row">
            <div class="in-table" role="gridcell">{children()}</div>
        </div>
    }
}

/// Grey lines in the place of rows that are on their way.
#[component]
pub fn Skeleton(rows: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=say("Loading") data-testid="skeleton">
            {(0..rows).map(|_| view! { <i></i> }).collect_view()}
        </div>
    }
}
