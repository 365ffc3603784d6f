//! The people by name: their extensions and days, where the name comes from, and the ways to change them.

use super::screen::Book;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::directory_words::{holding as holding_words, source};
use crate::parts::link::HistoryLink;
use crate::parts::notice::Empty;
use crate::state::person_draft::{PersonDraft, first_day, last_day};
use crate::state::{CallQuery, Office, use_office};
use crate::words::{fill, plural, say};
use contract::directory::{Holding, PersonEntry, RemovePerson};
use leptos::prelude::*;

#[component]
pub fn PeopleList(book: Book) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let leaving = RwSignal::new(None::<PersonEntry>);
    let all = Memo::new(move |_| {
        book.directory.answer.with(|all| all.as_ref().map(|all| all.people.clone()).unwrap_or_default())
    });
    let shown = Memo::new(move |_| {
        let text = text.get().trim().to_lowercase();
        all.with(|all| all.iter().filter(|person| matches(person, &text)).cloned().collect::<Vec<_>>())
    });
    let add = Callback::new(move |()| book.editing.set(Some(PersonDraft::empty(book.first_site()))));
    let body = move || {
        if all.with(Vec::is_empty) {
            let says = say(
                "The phone system names its users once DevLink3 is connected. You can also add them here, or take them in from a file.",
            );
            let action = (say("Add a person").to_owned(), add);
            return view! { <Empty title=say("Nobody is known yet") says action /> }.into_any();
        }
        if shown.with(Vec::is_empty) {
            let action = (say("Show everyone").to_owned(), Callback::new(move |()| text.set(String::new())));
            let says = say("Letters find names, digits find extensions.");
            return view! { <Empty title=say("Nobody matches") says action /> }.into_any();
        }
        view! {
            <table class="plain directory-people" data-testid="directory-people">
                <thead>
                    <tr>
                        <th scope="col">{say("Person")}</th>
                        <th scope="col">{say("Extensions")}</th>
                        <th scope="col">{say("Name is")}</th>
                        <th scope="col"><span class="sr-only">{say("Change")}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=|person| format!("{person:?}") let:person>
                        <PersonLine person book leaving />
                    </For>
                </tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card directory-part" aria-label=say("People")>
            <div class="part-head">
                <h2>{say("People")}</h2>
                <p class="mute sm">{move || plural(all.with(Vec::len) as u64, "{count} person", "{count} people")}</p>
                <span class="sp"></span>
                <input
                    class="filter-text"
                    type="text"
                    placeholder=say("Name or extension")
                    aria-label=say("Find by name or extension")
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="directory-filter"
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <button type="button" class="btn" data-testid="directory-import" on:click=move |_| book.importing.set(true)>
                    {say("Take in a file …")}
                </button>
                <button type="button" class="btn" data-testid="directory-add" on:click=move |_| add.run(())>{say("Add a person")}</button>
            </div>
            {body}
        </section>
        <Leaving leaving book />
    }
}

#[component]
fn PersonLine(person: PersonEntry, book: Book, leaving: RwSignal<Option<PersonEntry>>) -> impl IntoView {
    let office = use_office();
    let now_ms = office.now_untracked_ms();
    let current = person.extensions.iter().rev().find(|h| h.to_ms.is_none_or(|to_ms| to_ms > now_ms));
    let latest = current.or(person.extensions.last()).map(|h| h.extension.clone()).unwrap_or_default();
    let go = Callback::new(move |()| office.show_calls(CallQuery::of_agent(&latest)));
    let label = fill("All calls of {name}", &[("name", &person.name)]);
    let extensions = person.extensions.iter().map(|holding| {
        let over = holding.to_ms.is_some_and(|to_ms| to_ms <= now_ms);
        let holding = holding.clone();
        view! { <span class="holding" class:mute=over>{move || held(office, book, &holding)}</span> }
    });
    let extensions = extensions.collect_view();
    let edited = person.clone();
    let edit = move |_| book.editing.set(Some(PersonDraft::of(&edited, |at_ms| office.offset_ms(at_ms))));
    let left = person.clone();
    view! {
        <tr data-testid="directory-person" data-person=person.id.to_string()>
            <th scope="row"><HistoryLink text=person.name.clone() label class="plain b" go /></th>
            <td class="holdings">{extensions}</td>
            <td class="mute sm">{source(person.source)}</td>
            <td class="n line-ways">
                <button type="button" class="btn" data-testid="directory-edit" aria-label=fill("Change {name}", &[("name", &person.name)]) on:click=edit>{say("Change")}</button>
                <button
                    type="button"
                    class="btn"
                    data-testid="directory-remove"
                    aria-label=fill("Remove {name}", &[("name", &person.name)])
                    on:click=move |_| leaving.set(Some(left.clone()))
                >
                    {say("Remove")}
                </button>
            </td>
        </tr>
    }
}

fn held(office: Office, book: Book, holding: &Holding) -> String {
    let offset = |at_ms| office.offset_ms(at_ms);
    let text = |day: crate::state::Day| office.clock(Style::Date, office.day_ms(day).0);
    let says =
        holding_words(holding, first_day(holding, offset).map(text), last_day(holding, offset).map(text));
    match book.site_name(holding.site) {
        Some(site) => format!("{says} ({site})"),
        None => says,
    }
}

fn matches(person: &PersonEntry, text: &str) -> bool {
    let has_extension = person.extensions.iter().any(|holding| holding.extension.contains(text));
    person.name.to_lowercase().contains(text) || has_extension
}

#[component]
fn Leaving(leaving: RwSignal<Option<PersonEntry>>, book: Book) -> impl IntoView {
    let open = RwSignal::new(false);
    let name =
        move || leaving.with(|person| person.as_ref().map(|person| person.name.clone()).unwrap_or_default());
    let removal = Asking::<RemovePerson>::new().on_answer(move |_| {
        let says = fill("{name} is removed.", &[("name", &untrack(name))]);
        open.set(false);
        book.changed(says);
    });
    Effect::new(move |_| {
        if leaving.with(Option::is_some) {
            removal.forget();
            open.set(true);
        }
    });
    let run = Callback::new(move |()| {
        if let Some(person) = leaving.get_untracked() {
            removal.ask(RemovePerson { id: person.id });
        }
    });
    let says = vec![
        say("Their calls stay and keep the extension. It is listed without a person again, unless the phone system names it.")
            .to_owned(),
    ];
    let way = Way {
        words: say("Remove"),
        otherwise: say("Keep"),
        testid: "directory-confirm-remove",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || fill("Remove {name} from the directory?", &[("name", &name())]))
            says=Signal::stored(says)
            testid="directory-remove-dialog"
            way
            busy=removal.busy
            failure=removal.failure
            run
        />
    }
}
