//! Where recordings come from, and the way to add, change and remove a source.

use super::source_form::SourceForm;
use crate::ipc::Asking;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::words::spoken_length;
use crate::state::intake_draft::{IntakeDraft, Kind};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::intake::{AskIntakeSources, IntakePlace, IntakeSource, RemoveIntakeSource, SavedIntakeSource};
use contract::sites::AskSites;
use leptos::prelude::*;

#[component]
pub fn Sources() -> impl IntoView {
    let office = use_office();
    let sources = Asking::<AskIntakeSources>::new();
    let sites = Asking::<AskSites>::new();
    sites.ask(AskSites {});
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        sources.ask_soon(AskIntakeSources {});
    });
    let editing = RwSignal::new(None::<IntakeDraft>);
    let notice = RwSignal::new(None::<String>);
    let leaving = RwSignal::new(None::<IntakeSource>);
    let add = Callback::new(move |kind: Kind| {
        let site = sites
            .answer
            .with_untracked(|sites| sites.as_ref().and_then(|sites| sites.first().map(|site| site.id)));
        notice.set(None);
        editing.set(Some(IntakeDraft::empty(site.unwrap_or_default(), kind)));
    });
    let close = Callback::new(move |saved: Option<SavedIntakeSource>| {
        editing.set(None);
        if let Some(saved) = saved {
            let said = saved.notice.map(heard).unwrap_or_else(|| {
                fill("{name} is saved; recordings are taken in from it.", &[("name", &saved.source.name)])
            });
            notice.set(Some(said));
            sources.ask_soon(AskIntakeSources {});
        }
    });
    let list = move || {
        if let Some(failure) = sources.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| sources.again()) /></div> }.into_any();
        }
        let Some(all) = sources.answer.get() else {
            return view! { <Show when=move || sources.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        let cards = all
            .iter()
            .cloned()
            .map(|source| {
                view! { <SourceCard source edit=Callback::new(move |source: IntakeSource| { notice.set(None); editing.set(Some(IntakeDraft::of(&source))); }) remove=Callback::new(move |source| leaving.set(Some(source))) /> }
            })
            .collect_view();
        let none = all.is_empty().then(|| {
            let says = say("Choose a folder to watch, or the Voicemail Pro server that keeps the recordings. Files can also be dropped onto the window.");
            view! { <div class="card"><Empty title=say("No recordings come in yet") says /></div> }
        });
        view! {
            <div class="site-list">{cards}{none}</div>
            <div class="buttons">
                <button type="button" class="btn primary" data-testid="source-add-folder" on:click=move |_| add.run(Kind::Folder)>{say("Watch a folder")}</button>
                <button type="button" class="btn" data-testid="source-add-sftp" on:click=move |_| add.run(Kind::Sftp)>{say("Fetch from a server (SFTP)")}</button>
            </div>
        }
        .into_any()
    };
    view! {
        {move || notice.get().map(|says| view! { <p class="saved" role="status" data-testid="source-notice">{says}</p> })}
        {move || match editing.get() {
            Some(draft) => view! { <SourceForm draft sites close /> }.into_any(),
            None => list().into_any(),
        }}
        <Leaving leaving removed=Callback::new(move |()| sources.ask_soon(AskIntakeSources {})) />
    }
}

#[component]
fn SourceCard(
    source: IntakeSource,
    edit: Callback<IntakeSource>,
    remove: Callback<IntakeSource>,
) -> impl IntoView {
    let place = match &source.place {
        IntakePlace::Folder { folder } => fill("Folder {folder}", &[("folder", folder)]),
        IntakePlace::Sftp { host, port, user, folder, .. } => fill(
            "{user}@{host}:{port}, folder {folder}",
            &[("user", user), ("host", host), ("port", &port.to_string()), ("folder", folder)],
        ),
    };
    let state = if source.enabled { "" } else { say("switched off") };
    let removes =
        source.remove_after.then_some(say("Files are removed there once they are copied and verified."));
    let every = fill(
        "The whole folder is looked through every {time}.",
        &[("time", &spoken_length(i64::from(source.every_seconds) * 1_000))],
    );
    let (for_edit, for_removal) = (source.clone(), source.clone());
    view! {
        <section class="card site" data-testid="source" data-source-id=source.id.to_string()>
            <div class="site-head">
                <h2>{source.name.clone()}</h2>
                <span class="mute sm">{state}</span>
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="source-edit" on:click=move |_| edit.run(for_edit.clone())>{say("Change")}</button>
                <button type="button" class="btn" data-testid="source-remove" on:click=move |_| remove.run(for_removal.clone())>{say("Remove")}</button>
            </div>
            <p class="mute sm path">{place}</p>
            <p class="mute sm">{every}" "{removes}</p>
        </section>
    }
}

#[component]
fn Leaving(leaving: RwSignal<Option<IntakeSource>>, removed: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let removal = Asking::<RemoveIntakeSource>::new().on_answer(move |_| {
        open.set(false);
        removed.run(());
    });
    Effect::new(move |_| {
        if leaving.with(Option::is_some) {
            removal.forget();
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            leaving.set(None);
        }
    });
    let title = move || {
        leaving.with(|source| {
            source
                .as_ref()
                .map(|source| fill("Stop taking recordings from {name}?", &[("name", &source.name)]))
                .unwrap_or_default()
        })
    };
    let says = move || {
        vec![say("Recordings that were taken in stay in the library. The source’s address and its password are forgotten.").to_owned()]
    };
    let run = Callback::new(move |()| {
        if let Some(source) = leaving.get_untracked() {
            removal.ask(RemoveIntakeSource { id: source.id });
        }
    });
    let way = Way {
        words: say("Remove"),
        otherwise: say("Keep it"),
        testid: "confirm-source-remove",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm open title=Signal::derive(title) says=Signal::derive(says) testid="source-remove-dialog" way busy=removal.busy failure=removal.failure run />
    }
}
