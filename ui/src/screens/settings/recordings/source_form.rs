//! The form of one source: filled in, tested, saved.

use super::source_fields::{Common, FolderFields, SftpFields};
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::screens::settings::report::Report;
use crate::state::intake_draft::{Complaint, Field, IntakeDraft, Kind};
use crate::words::{fill, plural, say};
use contract::intake::{IntakeSource, SaveIntakeSource, SavedIntakeSource, TestIntakeSource};
use contract::sites::AskSites;
use leptos::prelude::*;

/// The form as its fields see it.
#[derive(Clone, Copy)]
pub struct Form {
    pub draft: RwSignal<IntakeDraft>,
    pub complaints: RwSignal<Vec<Complaint>>,
}

impl Form {
    /// Changes the form. A complaint about what was just changed is out of date.
    pub fn change(self, field: Option<Field>, with: impl FnOnce(&mut IntakeDraft)) {
        self.draft.update(with);
        self.complaints.update(|all| all.retain(|(about, _)| Some(*about) != field));
    }

    pub fn wrong(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.complaints
                .with(|all| all.iter().find(|(about, _)| *about == field).map(|(_, says)| (*says).to_owned()))
        })
    }

    pub fn text(self, get: fn(&IntakeDraft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.draft.with(|draft| get(draft).clone())).into()
    }

    pub fn put(self, field: Field, set: fn(&mut IntakeDraft, String)) -> Callback<String> {
        Callback::new(move |typed| self.change(Some(field), |draft| set(draft, typed)))
    }

    fn checked(self) -> Option<(IntakeDraft, IntakeSource)> {
        let draft = self.draft.get_untracked();
        match draft.to_source() {
            Ok(source) => {
                self.complaints.set(Vec::new());
                Some((draft, source))
            }
            Err(complaints) => {
                self.complaints.set(complaints);
                None
            }
        }
    }
}

#[component]
pub fn SourceForm(
    draft: IntakeDraft,
    sites: Asking<AskSites>,
    close: Callback<Option<SavedIntakeSource>>,
) -> impl IntoView {
    let title = match (draft.id, draft.kind) {
        (0, Kind::Folder) => say("Watch a folder").to_owned(),
        (0, Kind::Sftp) => say("Fetch from a server").to_owned(),
        _ => fill("Change {name}", &[("name", &draft.name)]),
    };
    let kind = draft.kind;
    let form = Form { draft: RwSignal::new(draft), complaints: RwSignal::new(Vec::new()) };
    let test = Asking::<TestIntakeSource>::new();
    let save = Asking::<SaveIntakeSource>::new()
        .on_answer(move |(_, saved): (SaveIntakeSource, SavedIntakeSource)| close.run(Some(saved)));
    let run_test = Callback::new(move |()| {
        if let Some((draft, source)) = form.checked() {
            test.forget();
            test.ask(draft.to_test(source));
        }
    });
    let run_save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some((draft, source)) = form.checked() {
            save.ask(draft.to_save(source));
        }
    };
    let count = move || match form.complaints.with(Vec::len) {
        0 => None,
        count => {
            Some(plural(count as u64, "One field above needs a look.", "{count} fields above need a look."))
        }
    };
    view! {
        <div class="site-edit">
            <form class="card site-form" data-testid="source-form" aria-label=title.clone() novalidate=true on:submit=run_save>
                <h2>{title.clone()}</h2>
                {match kind {
                    Kind::Folder => view! { <FolderFields form /> }.into_any(),
                    Kind::Sftp => view! { <SftpFields form /> }.into_any(),
                }}
                <Common form sites />
                <p class="complaint form-complaint" role="alert">{count}</p>
                {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
                <div class="buttons">
                    <button type="submit" class="btn primary" data-testid="source-save" disabled=save.busy>{say("Save")}</button>
                    <button type="button" class="btn" data-testid="source-test" disabled=test.busy on:click=move |_| run_test.run(())>
                        {move || if test.busy.get() { say("Testing …") } else { say("Test") }}
                    </button>
                    <button type="button" class="btn quiet" on:click=move |_| close.run(None)>{say("Cancel")}</button>
                </div>
            </form>
            <Report answer=test.answer busy=test.busy failure=test.failure run=run_test hint=say("The test tries what is typed here without saving it: whether the place can be reached and read, and whether the names of the files there are understood.") />
        </div>
    }
}
