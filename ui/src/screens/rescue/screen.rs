//! What happened, that nothing was deleted, and what can be done: each reason has its own way first.

use super::backups::FoundBackups;
use super::restoring::{Asked, Done, Running};
use super::way::{TryAgain, UpdateFirst};
use crate::screens::settings::health::diagnostics::Diagnostics;
use crate::state::rescue::use_rescuing;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::rescue::{Rescue, Unopened};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn RescueScreen() -> impl IntoView {
    let rescuing = use_rescuing();
    let office = use_office();
    let heading = NodeRef::<html::H1>::new();
    // Whoever hears the page is told what happened.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let word = move || rescuing.view.with(|view| view.as_ref().map(|view| word(view.why)));
    let is_done = Memo::new(move |_| rescuing.restore.answer.with(Option::is_some));
    let is_running = Memo::new(move |_| {
        rescuing.restore.busy.get()
            || rescuing.view.with(|view| view.as_ref().is_some_and(|view| view.running.is_some()))
    });
    let title = move || match (is_done.get(), rescuing.view.with(|view| view.as_ref().map(|view| view.why))) {
        (true, _) => say("The library is open again"),
        (false, why) => why.map(title).unwrap_or_default(),
    };
    let body = move || {
        if let Some(restored) = rescuing.restore.answer.get() {
            return view! { <Done restored /> }.into_any();
        }
        if is_running.get() {
            return view! { <Running progress=office.backup_progress /> }.into_any();
        }
        match (rescuing.looked.get(), rescuing.view.get()) {
            (Some(look), _) => view! { <Asked look /> }.into_any(),
            (None, Some(rescue)) => view! { <Ways rescue /> }.into_any(),
            (None, None) => ().into_any(),
        }
    };
    view! {
        <main class="setup" data-testid="rescue" data-why=word>
            <header class="setup-head"><div class="brand" aria-hidden="true">"Call"<i>"Doc"</i></div></header>
            <div class="setup-body wide">
                <h1 tabindex="-1" node_ref=heading>{title}</h1>
                {body}
            </div>
        </main>
    }
}

#[component]
fn Ways(rescue: Rescue) -> impl IntoView {
    let lead = lead(&rescue);
    let why = rescue.why;
    let technical = [Some(heard(&rescue.says)), rescue.detail.clone(), Some(rescue.folder.clone())];
    let ways = match why {
        Unopened::Damaged => view! { <FoundBackups rescue /><TryAgain /> }.into_any(),
        Unopened::Newer => view! {
            <UpdateFirst />
            <TryAgain />
            <details class="rescue-else"><summary class="link">{say("Go back to a backup instead")}</summary><FoundBackups rescue /></details>
        }
        .into_any(),
        Unopened::Held => view! { <TryAgain /> }.into_any(),
        Unopened::Refused => view! {
            <TryAgain />
            <details class="rescue-else"><summary class="link">{say("Go back to a backup instead")}</summary><FoundBackups rescue /></details>
        }
        .into_any(),
    };
    view! {
        <p class="setup-lead" data-testid="rescue-says">{lead}</p>
        {ways}
        {(why != Unopened::Held).then(|| view! {
            <Diagnostics says=say("A bundle of versions, what is wrong and the last logs, in one file that you can send. It holds no numbers, no names, no addresses and no passwords, and you see all of it before it is saved.") />
            <details class="sm mute" data-testid="rescue-detail">
                <summary class="link">{say("Technical detail")}</summary>
                {technical.into_iter().flatten().map(|line| view! { <p class="path">{line}</p> }).collect_view()}
            </details>
        })}
    }
}

/// As spelt in test hooks.
fn word(why: Unopened) -> &'static str {
    match why {
        Unopened::Damaged => "damaged",
        Unopened::Newer => "newer",
        Unopened::Held => "held",
        Unopened::Refused => "refused",
    }
}

fn title(why: Unopened) -> &'static str {
    match why {
        Unopened::Damaged => say("The library is damaged"),
        Unopened::Newer => say("This library is of a newer CallDoc"),
        Unopened::Held => say("The library is open in another program"),
        Unopened::Refused => say("The library could not be opened"),
    }
}

fn lead(rescue: &Rescue) -> String {
    match rescue.why {
        Unopened::Damaged => say("CallDoc cannot read it any more, shows no calls and collects none until it is open again. Nothing was deleted: what is left of it is where it was.").to_owned(),
        Unopened::Newer => say("A newer version has changed it, and this one cannot read it. Nothing was deleted and nothing was changed: with an update, CallDoc opens it again.").to_owned(),
        Unopened::Held => heard(&rescue.says),
        Unopened::Refused => format!("{} {}", heard(&rescue.says), say("Nothing was deleted: the library is where it was.")),
    }
}
