//! What is done with chosen recordings: trash and back, legal hold, export, tags; and what came of it.

use super::hold_dialog::HoldDialog;
use crate::ipc::Asking;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::popover::Popover;
use crate::parts::recording_words::many_recordings;
use crate::state::recordings::Recordings;
use crate::state::selection::Selection;
use crate::state::use_office;
use crate::words::{all_heard, fill, plural, say};
use contract::Failure;
use contract::notes::SetTags;
use contract::recordings::{
    DeleteRecordings, Done, ExportFormat, ExportRecordings, Exported, HoldRecordings, RestoreRecordings,
    TrashRecordings,
};
use leptos::prelude::*;

/// What came of the last action, and the way back where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub says: String,
    /// Left as they were, a sentence each.
    pub left: Vec<String>,
    /// Ids that can be taken out of the trash again.
    pub undo: Vec<String>,
}

#[derive(Clone, Copy)]
pub struct Acting {
    recordings: Recordings,
    pub outcome: RwSignal<Option<Outcome>>,
    /// Which are to be held; the dialog asks why.
    pub holding: RwSignal<Vec<String>>,
    /// Which are to be deleted for good.
    pub deleting: RwSignal<Vec<String>>,
    trash: Asking<TrashRecordings>,
    restore: Asking<RestoreRecordings>,
    pub delete: Asking<DeleteRecordings>,
    pub hold: Asking<HoldRecordings>,
    export: Asking<ExportRecordings>,
}

impl Acting {
    /// For the screen that it is made on.
    pub fn here() -> Self {
        let office = use_office();
        let recordings = office.recordings;
        let outcome = RwSignal::new(None::<Outcome>);
        let holding = RwSignal::new(Vec::new());
        let deleting = RwSignal::new(Vec::new());
        let told = move |says: String, done: Done, undo: Vec<String>| {
            recordings.chosen.update(Selection::clear);
            outcome.set(Some(Outcome { says, left: done.left, undo }));
            office.remarked.update(|count| *count += 1);
        };
        let count = |done: &Done| many_recordings(u64::from(done.done));
        Self {
            recordings,
            outcome,
            holding,
            deleting,
            trash: Asking::new().on_answer(move |(asked, done): (TrashRecordings, Done)| {
                told(fill("{count} put into the trash", &[("count", &count(&done))]), done, asked.ids);
            }),
            restore: Asking::new().on_answer(move |(_, done): (RestoreRecordings, Done)| {
                told(fill("{count} taken out of the trash", &[("count", &count(&done))]), done, Vec::new());
            }),
            delete: Asking::new().on_answer(move |(_, done): (DeleteRecordings, Done)| {
                deleting.set(Vec::new());
                told(fill("{count} deleted for good", &[("count", &count(&done))]), done, Vec::new());
            }),
            hold: Asking::new().on_answer(move |(asked, done): (HoldRecordings, Done)| {
                holding.set(Vec::new());
                let count = count(&done);
                let says = if asked.why.is_some() {
                    fill("{count} put under legal hold", &[("count", &count)])
                } else {
                    fill("{count} released from legal hold", &[("count", &count)])
                };
                told(says, done, Vec::new());
            }),
            export: Asking::new().on_answer(move |(_, exported): (ExportRecordings, Exported)| {
                if let Some(folder) = exported.folder {
                    let files = plural(exported.files.len() as u64, "{count} file", "{count} files");
                    let says = fill("{files} written to {folder}", &[("files", &files), ("folder", &folder)]);
                    outcome.set(Some(Outcome { says, left: exported.failed, undo: Vec::new() }));
                }
            }),
        }
    }

    pub fn trash(self, ids: Vec<String>) {
        if !ids.is_empty() {
            self.forget();
            self.trash.ask(TrashRecordings { ids });
        }
    }

    pub fn restore(self, ids: Vec<String>) {
        self.forget();
        self.restore.ask(RestoreRecordings { ids });
    }

    pub fn release(self, ids: Vec<String>) {
        self.forget();
        self.hold.ask(HoldRecordings { ids, why: None });
    }

    pub fn export(self, ids: Vec<String>, format: ExportFormat, span_ms: Option<(i64, i64)>) {
        self.forget();
        self.export.ask(ExportRecordings { ids, format, span_ms });
    }

    fn forget(self) {
        self.outcome.set(None);
        self.trash.failure.set(None);
        self.restore.failure.set(None);
        self.hold.failure.set(None);
        self.export.failure.set(None);
    }

    fn failure(self) -> Option<Failure> {
        let held = self.hold.failure.get().filter(|_| self.holding.with(Vec::is_empty));
        self.trash
            .failure
            .get()
            .or_else(|| self.restore.failure.get())
            .or(held)
            .or_else(|| self.export.failure.get())
    }
}

/// The line over the list: what is chosen and what can be done with it, or what was done.
#[component]
pub fn ActionBar(acting: Acting) -> impl IntoView {
    let recordings = acting.recordings;
    let count = Memo::new(move |_| recordings.chosen.with(Selection::len));
    let in_trash = Memo::new(move |_| recordings.query.with(|query| query.filter.trashed));
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="action-bar" role="toolbar" aria-label=say("With the chosen recordings") data-testid="recording-actions">
                <span class="b">{move || fill("{count} chosen", &[("count", &many_recordings(count.get() as u64))])}</span>
                <Show when=move || in_trash.get() fallback=move || view! { <Ways acting /> }>
                    <button type="button" class="btn" data-testid="recording-restore" on:click=move |_| acting.restore(recordings.meant())>{say("Take out of the trash")}</button>
                    <button type="button" class="btn danger" data-testid="recording-delete" on:click=move |_| acting.deleting.set(recordings.meant())>{say("Delete for good …")}</button>
                </Show>
                <span class="sp"></span>
                <button type="button" class="btn quiet" data-testid="recording-choose-none" on:click=move |_| recordings.chosen.update(Selection::clear)>{say("Choose none")}</button>
            </div>
        </Show>
        {move || acting.failure().map(|failure| {
            view! { <div class="banner"><Failed failure again=Callback::new(move |()| acting.forget()) /></div> }
        })}
        <Told acting />
        <HoldDialog acting />
        <DeleteDialog acting />
    }
}

#[component]
fn Ways(acting: Acting) -> impl IntoView {
    let recordings = acting.recordings;
    let export = move |format| acting.export(recordings.meant(), format, None);
    view! {
        <button type="button" class="btn" data-testid="recording-trash" on:click=move |_| acting.trash(recordings.meant())>{say("Trash")}</button>
        <button type="button" class="btn" data-testid="recording-hold" on:click=move |_| acting.holding.set(recordings.meant())>{say("Legal hold …")}</button>
        <button type="button" class="btn" data-testid="recording-release" on:click=move |_| acting.release(recordings.meant())>{say("Release hold")}</button>
        <button type="button" class="btn" data-testid="export-wav" on:click=move |_| export(ExportFormat::Wav)>{say("Export as WAV …")}</button>
        <button type="button" class="btn" data-testid="export-opus" on:click=move |_| export(ExportFormat::Opus)>{say("as Opus …")}</button>
        <TagAll acting />
    }
}

/// One tag for all that are chosen: on their calls, or on those that have none.
#[component]
fn TagAll(acting: Acting) -> impl IntoView {
    let office = use_office();
    let recordings = acting.recordings;
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let left = RwSignal::new(Vec::<SetTags>::new());
    let set = Asking::<SetTags>::new();
    // One after the other: each answer sends the next.
    let next = move || match left.try_update(Vec::pop).flatten() {
        Some(request) => set.ask(request),
        None => {
            open.set(false);
            text.set(String::new());
            office.remarked.update(|count| *count += 1);
        }
    };
    let set = set.on_answer(move |_| next());
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let tag = text.with_untracked(|text| text.trim().to_owned());
        if tag.is_empty() {
            return;
        }
        let requests = recordings.meant().into_iter().map(|id| {
            let call = recordings.list.with_untracked(|list| list.row(&id).and_then(|row| row.call.clone()));
            let recording = call.is_none().then_some(id);
            SetTags { call, recording, add: vec![tag.clone()], remove: Vec::new() }
        });
        left.set(requests.collect());
        next();
    };
    view! {
        <Popover open label=Signal::stored(say("Tag the chosen recordings").to_owned()) testid="recording-tag" class="btn" face=|| say("Tag …")>
            <form class="tag-all" on:submit=store>
                <label class="field">
                    <span>{say("Tag for all of them")}</span>
                    <input type="text" autocomplete="off" data-testid="recording-tag-text" prop:value=text on:input=move |event| text.set(event_target_value(&event)) />
                </label>
                {move || set.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| set.again()) /> })}
                <button type="submit" class="btn primary" data-testid="recording-tag-save" disabled=set.busy>{say("Add the tag")}</button>
            </form>
        </Popover>
    }
}

#[component]
fn Told(acting: Acting) -> impl IntoView {
    move || {
        acting.outcome.get().map(|outcome| {
            let undo = outcome.undo;
            let way_back = (!undo.is_empty()).then(|| {
                view! {
                    <button type="button" class="link" data-testid="recording-undo" on:click=move |_| acting.restore(undo.clone())>{say("Undo")}</button>
                }
            });
            let left = all_heard(outcome.left).into_iter().map(|says| view! { <li>{says}</li> }).collect_view();
            view! {
                <div class="told" role="status" data-testid="recording-outcome">
                    <span>{outcome.says}</span>
                    {way_back}
                    <ul class="mute sm">{left}</ul>
                    <button type="button" class="icon-btn" aria-label=say("Put this away") on:click=move |_| acting.outcome.set(None)>
                        <Icon of=Glyph::Close />
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn DeleteDialog(acting: Acting) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(acting.deleting.with(|ids| !ids.is_empty())));
    Effect::new(move |_| {
        if !open.get() && acting.deleting.with_untracked(|ids| !ids.is_empty()) {
            acting.deleting.set(Vec::new());
        }
    });
    let says = move || {
        let count = many_recordings(acting.deleting.with(Vec::len) as u64);
        vec![
            fill(
                "{count} will be gone: the stored file, the original where it was kept, and the waveform.",
                &[("count", &count)],
            ),
            say("Notes and scores of the calls stay. This cannot be undone, and it is written into the audit log.")
                .to_owned(),
        ]
    };
    let run =
        Callback::new(move |()| acting.delete.ask(DeleteRecordings { ids: acting.deleting.get_untracked() }));
    let way = Way {
        words: say("Delete for good"),
        otherwise: say("Keep them"),
        testid: "confirm-delete",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm open title=Signal::stored(say("Delete for good?").to_owned()) says=Signal::derive(says) testid="delete-dialog" way busy=acting.delete.busy failure=acting.delete.failure run />
    }
}
