//! The folders that recordings are stored in, in their order, with how full they are.

use super::folder_box::FolderBox;
use crate::ipc::Asking;
use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::bytes;
use crate::parts::text_box::TextBox;
use crate::state::pool_draft::{PoolDraft, filled, raised};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::keeping::{AskPools, Pool, RemovePool, SavePool};
use leptos::prelude::*;

#[component]
pub fn Pools() -> impl IntoView {
    let office = use_office();
    let pools = Asking::<AskPools>::new();
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        pools.ask_soon(AskPools {});
    });
    let editing = RwSignal::new(None::<PoolDraft>);
    let take = move |now: Vec<Pool>| {
        editing.set(None);
        pools.answer.set(Some(now));
    };
    let save = Asking::<SavePool>::new().on_answer(move |(_, now)| take(now));
    let remove = Asking::<RemovePool>::new().on_answer(move |(_, now)| take(now));
    // One after the other: each answer sends the next.
    let left = RwSignal::new(Vec::<Pool>::new());
    let place = Asking::<SavePool>::new();
    let next = move || {
        if let Some(pool) = left.try_update(Vec::pop).flatten() {
            place.ask(SavePool { pool });
        }
    };
    let place = place.on_answer(move |(_, now)| {
        pools.answer.set(Some(now));
        next();
    });
    let raise = move |id: i64| {
        left.set(pools.answer.with_untracked(|all| raised(all.as_deref().unwrap_or_default(), id)));
        next();
    };
    let list = move || {
        if let Some(failure) = pools.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| pools.again()) /> }.into_any();
        }
        let Some(all) = pools.answer.get() else {
            return view! { <Show when=move || pools.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        let rows = all.into_iter().enumerate().map(|(at, pool)| {
            let id = pool.id;
            let up = (at > 0).then(|| Callback::new(move |()| raise(id)));
            view! { <Row pool up editing remove /> }
        });
        view! { <ul class="keeping-list">{rows.collect_view()}</ul> }.into_any()
    };
    let failure = move || place.failure.get().or_else(|| remove.failure.get());
    let add = move |_| {
        let all = pools.answer.get_untracked().unwrap_or_default();
        editing.set(Some(PoolDraft::after(&all)));
    };
    view! {
        <section class="card keeping-card">
            <h2>{say("Where they are stored")}</h2>
            <p class="mute">{say("New recordings go to the first of these folders that has room.")}</p>
            {list}
            {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| pools.again()) /> })}
            <Show
                when=move || editing.with(Option::is_some)
                fallback=move || {
                    view! {
                        <div class="buttons">
                            <button type="button" class="btn" data-testid="pool-add" on:click=add>{say("Add a folder")}</button>
                        </div>
                    }
                }
            >
                <PoolForm editing save />
            </Show>
        </section>
    }
}

#[component]
fn Row(
    pool: Pool,
    /// Puts it before the one above it.
    up: Option<Callback<()>>,
    editing: RwSignal<Option<PoolDraft>>,
    remove: Asking<RemovePool>,
) -> impl IntoView {
    let place = if pool.folder.is_empty() {
        say("In the library's own folder").to_owned()
    } else {
        pool.folder.clone()
    };
    let room = match (pool.max_bytes, pool.free_bytes) {
        (Some(most), _) => {
            fill("{used} of at most {most}", &[("used", &bytes(pool.used_bytes)), ("most", &bytes(most))])
        }
        (None, Some(free)) => fill(
            "{used}, {free} free on the disk",
            &[("used", &bytes(pool.used_bytes)), ("free", &bytes(free))],
        ),
        (None, None) => bytes(pool.used_bytes),
    };
    let count = fill(
        "{count} recordings · {room} · {free} of the disk stay free",
        &[("count", &number(pool.recordings)), ("room", &room), ("free", &bytes(pool.min_free_bytes))],
    );
    let percent = filled(&pool).map(|share| format!("{:.1}%", share * 100.0));
    let draft = PoolDraft::of(&pool);
    let id = pool.id;
    let up = up.map(|up| {
        view! {
            <button type="button" class="icon-btn turned" aria-label=say("Earlier") title=say("Filled earlier") data-testid="pool-up" on:click=move |_| up.run(())>
                <Icon of=Glyph::Back />
            </button>
        }
    });
    let is_empty = pool.recordings == 0 && !pool.folder.is_empty();
    view! {
        <li class="keeping-row" data-testid="pool">
            <div>
                <span class="b">{pool.name.clone()}</span>
                <span class="mute sm path">" "{place}</span>
                {percent.map(|percent| view! { <div class="room" aria-hidden="true"><i style:width=percent></i></div> })}
                <p class="mute sm">{count}</p>
                {pool.trouble.clone().map(|says| view! { <p class="advice sm" data-testid="pool-trouble">{heard(says)}</p> })}
            </div>
            <span class="row-ways">
                {up}
                <button type="button" class="btn" data-testid="pool-edit" on:click=move |_| editing.set(Some(draft.clone()))>{say("Change")}</button>
                {is_empty.then(|| view! { <button type="button" class="btn" data-testid="pool-remove" on:click=move |_| remove.ask(RemovePool { id })>{say("Remove")}</button> })}
            </span>
        </li>
    }
}

#[component]
fn PoolForm(editing: RwSignal<Option<PoolDraft>>, save: Asking<SavePool>) -> impl IntoView {
    let draft = RwSignal::new(editing.get_untracked().unwrap_or_else(|| PoolDraft::after(&[])));
    let is_new = draft.with_untracked(PoolDraft::is_new);
    let wrong = RwSignal::new(None::<&'static str>);
    let put = move |set: fn(&mut PoolDraft, String)| {
        Callback::new(move |text: String| {
            wrong.set(None);
            draft.update(|draft| set(draft, text));
        })
    };
    let text =
        move |get: fn(&PoolDraft) -> &String| Signal::derive(move || draft.with(|draft| get(draft).clone()));
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match draft.with_untracked(PoolDraft::to_pool) {
            Ok(pool) => save.ask(SavePool { pool }),
            Err(says) => wrong.set(Some(says)),
        }
    };
    view! {
        <form class="inner-form" data-testid="pool-form" on:submit=store>
            <div class="fields">
                <TextBox label=say("Name") testid="pool-name" class="third" placeholder=say("Archive disk") value=text(|draft| &draft.name) set=put(|draft, text| draft.name = text) hint=say("For instance the disk's name.") />
                <TextBox label=say("At most, in GB") testid="pool-max" class="third" placeholder=say("no limit") value=text(|draft| &draft.max_gigabytes) set=put(|draft, text| draft.max_gigabytes = text) hint=say("Empty: as much as the disk holds.") />
                <TextBox label=say("Left free on the disk, in GB") testid="pool-free" class="third" value=text(|draft| &draft.min_free_gigabytes) set=put(|draft, text| draft.min_free_gigabytes = text) hint=say("What other programs need.") />
                {is_new.then(|| view! {
                    <FolderBox testid="pool-folder" title=say("Folder that recordings are stored in") placeholder=r"E:\Recordings" value=text(|draft| &draft.folder) set=put(|draft, text| draft.folder = text) hint=say("It stays in this folder; another folder is another pool.") />
                })}
            </div>
            <p class="complaint form-complaint" role="alert">{wrong}</p>
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="pool-save" disabled=save.busy>{say("Save")}</button>
                <button type="button" class="btn quiet" on:click=move |_| editing.set(None)>{say("Cancel")}</button>
            </div>
        </form>
    }
}
