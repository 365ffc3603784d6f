//! The directory with its parts, and what its parts share.

use super::import::ImportDialog;
use super::numbers::Numbers;
use super::people::PeopleList;
use super::person_form::PersonForm;
use super::unmapped::UnmappedList;
use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::state::person_draft::PersonDraft;
use crate::state::use_office;
use contract::directory::{AskDirectory, Directory, NumberKind};
use contract::sites::{AskSites, Site};
use leptos::prelude::*;

/// What the parts of the directory know and can set going.
#[derive(Clone, Copy)]
pub struct Book {
    pub directory: Asking<AskDirectory>,
    pub sites: RwSignal<Vec<Site>>,
    /// The person whose form is open.
    pub editing: RwSignal<Option<PersonDraft>>,
    pub importing: RwSignal<bool>,
    pub notice: RwSignal<Option<String>>,
}

impl Book {
    /// Something was stored: what is shown may be out of date.
    pub fn changed(self, says: String) {
        self.notice.set(Some(says));
        self.directory.ask_soon(AskDirectory {});
    }

    /// The only site, or the first: most offices have one.
    pub fn first_site(self) -> i64 {
        self.sites.with_untracked(|sites| sites.first().map_or(1, |site| site.id))
    }

    /// Which site, where there are several.
    pub fn site_name(self, id: i64) -> Option<String> {
        self.sites.with(|sites| {
            let found = sites.iter().find(|site| site.id == id);
            found.filter(|_| sites.len() > 1).map(|site| site.name.clone())
        })
    }
}

#[component]
pub fn DirectoryScreen() -> impl IntoView {
    let office = use_office();
    let sites = RwSignal::new(Vec::new());
    let site_asking =
        Asking::<AskSites>::new().on_answer(move |(_, all): (AskSites, Vec<Site>)| sites.set(all));
    let book = Book {
        directory: Asking::new(),
        sites,
        editing: RwSignal::new(None),
        importing: RwSignal::new(false),
        notice: RwSignal::new(None),
    };
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        site_asking.ask_soon(AskSites {});
        book.directory.ask_soon(AskDirectory {});
    });
    let again = Callback::new(move |()| book.directory.again());
    let known = Memo::new(move |_| book.directory.answer.with(Option::is_some));
    let body = move || {
        if let Some(failure) = book.directory.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        // Its parts take in a new answer by themselves, so that what is being typed stays.
        if !known.get() {
            let slow = book.directory.slow;
            return view! { <Show when=move || slow.get()><Skeleton rows=6 /></Show> }.into_any();
        }
        let part = move |of: fn(&Directory) -> &Vec<contract::directory::NumberEntry>| {
            Memo::new(move |_| {
                book.directory.answer.with(|all| all.as_ref().map(of).cloned().unwrap_or_default())
            })
        };
        view! {
            <UnmappedList book />
            <PeopleList book />
            <div class="directory-numbers">
                <Numbers book kind=NumberKind::Group entries=part(|all| &all.groups) />
                <Numbers book kind=NumberKind::Trunk entries=part(|all| &all.trunks) />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="directory" data-testid="directory">
            {move || book.notice.get().map(|says| view! { <p class="saved" role="status" data-testid="directory-notice">{says}</p> })}
            {body}
            <PersonForm book />
            <ImportDialog book />
        </div>
    }
}
