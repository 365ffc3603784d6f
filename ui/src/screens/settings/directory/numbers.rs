//! What groups or trunks are called. A name is typed where it stands, and stored when one leaves the field.

use super::screen::Book;
use crate::ipc::Asking;
use crate::parts::directory_words::source;
use crate::parts::link::HistoryLink;
use crate::state::{CallQuery, use_office};
use crate::words::{fill, heard, say};
use contract::directory::{NameNumber, NumberEntry, NumberKind};
use leptos::prelude::*;

#[component]
pub fn Numbers(book: Book, kind: NumberKind, entries: Memo<Vec<NumberEntry>>) -> impl IntoView {
    let (title, nothing) = match kind {
        NumberKind::Group => (
            say("Groups"),
            say("Hunt groups stand here once the phone system names them or a call passes through one."),
        ),
        NumberKind::Trunk => (say("Trunks"), say("Lines stand here once a call has used them.")),
    };
    view! {
        <section class="card directory-part" aria-label=title>
            <div class="part-head"><h2>{title}</h2></div>
            <Show when=move || !entries.with(Vec::is_empty) fallback=move || view! { <p class="mute sm pad-part">{nothing}</p> }>
                <ul>
                    <For each=move || entries.get() key=|entry| format!("{entry:?}") let:entry>
                        <NumberRow entry kind book />
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn NumberRow(entry: NumberEntry, kind: NumberKind, book: Book) -> impl IntoView {
    let office = use_office();
    let number = entry.number.clone();
    let naming = Asking::<NameNumber>::new().on_answer(move |(request, ()): (NameNumber, ())| {
        book.changed(match request.name {
            Some(name) => {
                fill("{number} is called {name} now.", &[("number", &request.number), ("name", &name)])
            }
            None => fill("{number} is called as the phone system calls it.", &[("number", &request.number)]),
        });
    });
    let known = entry.name.clone().unwrap_or_default();
    let store = {
        let (site, number, known) = (entry.site, number.clone(), known.clone());
        move |event| {
            let typed = event_target_value(&event).trim().to_owned();
            if typed != known {
                let name = (!typed.is_empty()).then_some(typed);
                naming.ask(NameNumber { site, kind, number: number.clone(), name });
            }
        }
    };
    let title = match kind {
        NumberKind::Group => {
            let group = number.clone();
            let go = Callback::new(move |()| office.show_calls(CallQuery::of_group(&group)));
            let label = fill("All calls of the group {number}", &[("number", &number)]);
            view! { <HistoryLink text=number.clone() label class="plain b" go /> }.into_any()
        }
        NumberKind::Trunk => view! { <span class="b">{number.clone()}</span> }.into_any(),
    };
    let says = move || match naming.failure.get() {
        Some(failure) => heard(failure.message),
        None => book.site_name(entry.site).map_or_else(
            || source(entry.source).to_owned(),
            |site| format!("{site} · {}", source(entry.source)),
        ),
    };
    view! {
        <li class="number-row" data-testid="directory-number" data-number=number.clone()>
            <span class="number-title">{title}</span>
            <input
                type="text"
                placeholder=say("as the phone system calls it")
                autocomplete="off"
                spellcheck="false"
                aria-label=fill("Name of {number}", &[("number", &number)])
                data-testid="directory-number-name"
                prop:value=known
                on:change=store
            />
            <span class="sm mute" class:complaint=move || naming.failure.with(Option::is_some)>{says}</span>
        </li>
    }
}
