//! Extensions that were seen in calls and belong to nobody, and the quickest way to say whose they are.

use super::screen::Book;
use crate::ipc::Asking;
use crate::parts::clock::{Style, number};
use crate::parts::link::HistoryLink;
use crate::parts::notice::Failed;
use crate::state::person_draft::this_is;
use crate::state::{CallQuery, use_office};
use crate::words::{fill, say};
use contract::directory::{PersonEntry, SavePerson, Unmapped};
use leptos::html;
use leptos::prelude::*;

/// Those with the most calls come first; the others wait behind a button.
const AT_FIRST: usize = 5;

#[component]
pub fn UnmappedList(book: Book) -> impl IntoView {
    let all = Memo::new(move |_| {
        book.directory.answer.with(|all| all.as_ref().map(|all| all.unmapped.clone()).unwrap_or_default())
    });
    let show_all = RwSignal::new(false);
    let shown = move || {
        let most = if show_all.get() { usize::MAX } else { AT_FIRST };
        all.with(|all| all.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let hidden = move || all.with(Vec::len).saturating_sub(AT_FIRST);
    view! {
        <Show when=move || !all.with(Vec::is_empty)>
            <section class="card directory-part" aria-label=say("Extensions without a person")>
                <div class="part-head">
                    <h2>{say("Extensions without a person")}</h2>
                    <p class="mute sm">{say("They were seen in calls, and neither the phone system nor anybody here has named them.")}</p>
                </div>
                <datalist id="directory-people">
                    {move || {
                        let names = book.directory.answer.with(|all| {
                            let people = all.iter().flat_map(|all| &all.people);
                            people.map(|person| person.name.clone()).collect::<Vec<_>>()
                        });
                        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
                    }}
                </datalist>
                <ul>
                    <For each=shown key=|entry| (entry.site, entry.extension.clone(), entry.calls) let:entry>
                        <UnmappedRow entry book />
                    </For>
                </ul>
                <Show when=move || hidden() != 0 && !show_all.get()>
                    <button type="button" class="btn quiet more" on:click=move |_| show_all.set(true)>
                        {move || fill("and {count} more", &[("count", &hidden().to_string())])}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn UnmappedRow(entry: Unmapped, book: Book) -> impl IntoView {
    let office = use_office();
    let naming = RwSignal::new(false);
    let last = office.clock(Style::DateAndMinute, entry.last_ms);
    let calls = match entry.calls {
        1 => fill("1 call, last {when}", &[("when", &last)]),
        calls => fill("{count} calls, last {when}", &[("count", &number(calls)), ("when", &last)]),
    };
    let extension = entry.extension.clone();
    let go = {
        let extension = extension.clone();
        Callback::new(move |()| office.show_calls(CallQuery::of_agent(&extension)))
    };
    let site = move || book.site_name(entry.site).map(|name| format!("{name} · "));
    let label = fill("Calls of extension {extension}", &[("extension", &extension)]);
    let asked = StoredValue::new(entry.clone());
    view! {
        <li class="unmapped" data-testid="directory-unmapped" data-extension=extension.clone()>
            <HistoryLink text=extension.clone() label class="plain b" go />
            <span class="mute sm">{site}{calls}</span>
            <span class="sp"></span>
            <Show
                when=move || naming.get()
                fallback=move || {
                    view! {
                        <button type="button" class="btn" data-testid="directory-this-is" on:click=move |_| naming.set(true)>
                            {say("This is …")}
                        </button>
                    }
                }
            >
                <ThisIs entry=asked.get_value() naming book />
            </Show>
        </li>
    }
}

/// The name, and done: Enter stores it, Esc leaves it.
#[component]
fn ThisIs(entry: Unmapped, naming: RwSignal<bool>, book: Book) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let extension = entry.extension.clone();
    let save = Asking::<SavePerson>::new().on_answer(move |(_, person): (SavePerson, PersonEntry)| {
        naming.set(false);
        book.changed(fill(
            "Extension {extension} is {name}. Their calls carry the name now.",
            &[("extension", &extension), ("name", &person.name)],
        ));
    });
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let label = fill("Whose extension {extension} is", &[("extension", &entry.extension)]);
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = book.directory.answer.with_untracked(|all| {
            all.as_ref().and_then(|all| name.with_untracked(|name| this_is(all, &entry, name)))
        });
        if let Some(request) = request {
            save.ask(request);
        }
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            naming.set(false);
        }
    };
    let again = Callback::new(move |()| save.again());
    view! {
        <form class="this-is" on:submit=store on:keydown=leave>
            <input
                type="text"
                placeholder=say("Name")
                list="directory-people"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                data-testid="directory-name"
                node_ref=input
                prop:value=name
                on:input=move |event| name.set(event_target_value(&event))
            />
            <button type="submit" class="btn primary" data-testid="directory-name-save" disabled=move || save.busy.get() || name.with(|name| name.trim().is_empty())>
                {say("Save")}
            </button>
            <button type="button" class="btn" on:click=move |_| naming.set(false)>{say("Cancel")}</button>
        </form>
        {move || save.failure.get().map(|failure| view! { <div class="unmapped-failed"><Failed failure again /></div> })}
    }
}
