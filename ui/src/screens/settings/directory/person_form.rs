//! The form of one person: a name, and which extension was theirs from when to when.

use super::screen::Book;
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::state::person_draft::{Complaint, Field, HoldingDraft, PersonDraft};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::directory::{PersonEntry, SavePerson};
use leptos::prelude::*;

/// The form as its parts see it.
#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<PersonDraft>,
    complaints: RwSignal<Vec<Complaint>>,
    book: Book,
}

impl Form {
    fn complaint(self, field: Field) -> Option<&'static str> {
        self.complaints
            .with(|all| all.iter().find(|complaint| complaint.field == field).map(|found| found.says))
    }

    /// Changes the form. A complaint about what was just changed is out of date.
    fn change(self, field: Field, with: impl FnOnce(&mut PersonDraft)) {
        self.draft.update(with);
        self.complaints.update(|all| all.retain(|complaint| complaint.field != field));
    }
}

#[component]
pub fn PersonForm(book: Book) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if book.editing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && book.editing.with_untracked(Option::is_some) {
            book.editing.set(None);
        }
    });
    view! {
        <Dialog open label=say("Person") testid="directory-form" class="person-form">
            {move || book.editing.get_untracked().map(|draft| view! { <Body draft book open /> })}
        </Dialog>
    }
}

#[component]
fn Body(draft: PersonDraft, book: Book, open: RwSignal<bool>) -> impl IntoView {
    let office = use_office();
    let title = if draft.id == 0 {
        say("Add a person").to_owned()
    } else {
        fill("Change {name}", &[("name", &draft.name)])
    };
    let form = Form { draft: RwSignal::new(draft), complaints: RwSignal::new(Vec::new()), book };
    let save = Asking::<SavePerson>::new().on_answer(move |(_, person): (SavePerson, PersonEntry)| {
        open.set(false);
        book.changed(fill(
            "{name} is saved. Calls carry the name of whoever had the extension at the time.",
            &[("name", &person.name)],
        ));
    });
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match form.draft.with_untracked(|draft| draft.to_save(|at_ms| office.offset_ms(at_ms))) {
            Ok(request) => {
                form.complaints.set(Vec::new());
                save.ask(request);
            }
            Err(complaints) => form.complaints.set(complaints),
        }
    };
    let lines = Memo::new(move |_| {
        form.draft.with(|draft| draft.holdings.iter().map(|line| line.key).collect::<Vec<_>>())
    });
    let add = move |_| form.change(Field::Holdings, |draft| draft.add(book.first_site()));
    let again = Callback::new(move |()| save.again());
    let wrong_name = move || form.complaint(Field::Name);
    view! {
        <form novalidate=true on:submit=store>
            <h2>{title}</h2>
            <label class="field" class:wrong=move || wrong_name().is_some()>
                <span>{say("Name")}</span>
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="directory-person-name"
                    prop:value=move || form.draft.with(|draft| draft.name.clone())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        form.change(Field::Name, |draft| draft.name = typed);
                    }
                />
                <span class="says complaint">{wrong_name}</span>
            </label>
            <fieldset class="holding-lines">
                <legend>{say("Extensions")}</legend>
                <For each=move || lines.get() key=|key| *key let:key>
                    <HoldingLine line=key form />
                </For>
                <span class="says complaint">{move || form.complaint(Field::Holdings)}</span>
                <button type="button" class="btn" data-testid="directory-add-extension" on:click=add>{say("Add an extension")}</button>
                <p class="says">{say("Leave a day empty where there is no limit. A person may have several extensions at once.")}</p>
            </fieldset>
            {move || save.failure.get().map(|failure| view! { <Failed failure again /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="directory-save" disabled=move || save.busy.get()>{say("Save")}</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Cancel")}</button>
            </div>
        </form>
    }
}

/// `line` is its key.
#[component]
fn HoldingLine(line: u32, form: Form) -> impl IntoView {
    let read = move |of: fn(&HoldingDraft) -> &String| {
        move || {
            form.draft.with(|draft| {
                draft
                    .holdings
                    .iter()
                    .find(|known| known.key == line)
                    .map(|known| of(known).clone())
                    .unwrap_or_default()
            })
        }
    };
    let write = move |field: Field, to: fn(&mut HoldingDraft, String)| {
        move |event| {
            let typed = event_target_value(&event);
            form.change(field, |draft| draft.change(line, |known| to(known, typed)));
        }
    };
    let wrong = move || form.complaint(Field::Extension(line)).or_else(|| form.complaint(Field::Days(line)));
    let several = move || form.book.sites.with(Vec::len) > 1;
    view! {
        <div class="holding-line" class:sited=several class:wrong=move || wrong().is_some() data-testid="directory-extension-line">
            <Show when=several>
                <SiteChoice line form />
            </Show>
            <label class="field">
                <span>{say("Extension")}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    data-testid="directory-extension"
                    prop:value=read(|known| &known.extension)
                    on:input=write(Field::Extension(line), |known, typed| known.extension = typed)
                />
            </label>
            <label class="field">
                <span>{say("First day")}</span>
                <input
                    type="date"
                    data-testid="directory-from"
                    prop:value=read(|known| &known.from)
                    on:input=write(Field::Days(line), |known, typed| known.from = typed)
                />
            </label>
            <label class="field">
                <span>{say("Last day")}</span>
                <input
                    type="date"
                    data-testid="directory-until"
                    prop:value=read(|known| &known.until)
                    on:input=write(Field::Days(line), |known, typed| known.until = typed)
                />
            </label>
            <button
                type="button"
                class="icon-btn"
                aria-label=say("Remove this extension")
                title=say("Remove this extension")
                data-testid="directory-remove-extension"
                on:click=move |_| form.change(Field::Extension(line), |draft| draft.remove(line))
            >
                <Icon of=Glyph::Close />
            </button>
            <span class="says complaint">{wrong}</span>
        </div>
    }
}

#[component]
fn SiteChoice(line: u32, form: Form) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        form.draft
            .with(|draft| draft.holdings.iter().find(|known| known.key == line).map_or(0, |known| known.site))
    });
    let choose = move |event| {
        if let Ok(site) = event_target_value(&event).parse::<i64>() {
            form.change(Field::Extension(line), |draft| draft.change(line, |known| known.site = site));
        }
    };
    view! {
        <label class="field">
            <span>{say("Office")}</span>
            <select data-testid="directory-site" on:change=choose>
                {move || {
                    let sites = form.book.sites.get();
                    sites
                        .into_iter()
                        .map(|site| view! { <option value=site.id.to_string() selected=chosen.get() == site.id>{site.name}</option> })
                        .collect_view()
                }}
            </select>
        </label>
    }
}
