//! Writing a note: about all of it, at the time that is heard now, or at a time one types.

use super::{About, Remarks};
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::words::length;
use crate::state::moment::moment_ms;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::notes::{Note, SaveNote};
use leptos::html;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    #[default]
    Whole,
    /// Where the player is.
    Playhead,
    Typed,
}

#[derive(Clone, Copy)]
pub struct NoteDraft {
    /// The form is open.
    pub open: RwSignal<bool>,
    /// The note that is changed.
    pub id: RwSignal<Option<i64>>,
    /// It is kept with what it was written about.
    of: RwSignal<(Option<String>, Option<String>)>,
    pub text: RwSignal<String>,
    pub when: RwSignal<When>,
    pub typed: RwSignal<String>,
}

impl NoteDraft {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            id: RwSignal::new(None),
            of: RwSignal::new((None, None)),
            text: RwSignal::new(String::new()),
            when: RwSignal::new(When::Whole),
            typed: RwSignal::new(String::new()),
        }
    }

    pub fn clear(self) {
        self.open.set(false);
        self.id.set(None);
        self.text.set(String::new());
        self.when.set(When::Whole);
        self.typed.set(String::new());
    }

    pub fn begin(self, when: When) {
        self.clear();
        self.when.set(when);
        self.open.set(true);
    }

    pub fn change(self, note: &Note, started_ms: i64) {
        self.clear();
        self.id.set(Some(note.id));
        self.of.set((note.call.clone(), note.recording.clone()));
        self.text.set(note.text.clone());
        if let Some(about_ms) = note.about_ms {
            self.when.set(When::Typed);
            self.typed.set(length(about_ms - started_ms));
        }
        self.open.set(true);
    }

    /// What is stored; `None` while text or time is missing. `heard` is the recording in the player and the instant.
    fn to_save(self, about: &About, heard: Option<(String, i64)>) -> Option<SaveNote> {
        let text = self.text.with_untracked(|text| text.trim().to_owned());
        let about_ms = match self.when.get_untracked() {
            When::Whole => None,
            When::Playhead => Some(heard.as_ref()?.1),
            When::Typed => Some(about.started_ms + self.typed.with_untracked(|typed| moment_ms(typed))?),
        };
        if text.is_empty() {
            return None;
        }
        let id = self.id.get_untracked();
        let (call, recording) = match id {
            Some(_) => self.of.get_untracked(),
            None => {
                let heard_in = about_ms.and_then(|at_ms| about.heard_at(at_ms)).map(|(id, _)| id);
                (about.call.clone(), about.recording.clone().or(heard_in))
            }
        };
        Some(SaveNote { id, call, recording, about_ms, text })
    }
}

impl Default for NoteDraft {
    fn default() -> Self {
        Self::new()
    }
}

#[component]
pub fn NoteForm(remarks: Remarks) -> impl IntoView {
    let office = use_office();
    let player = office.player;
    let draft = remarks.note;
    let save = Asking::<SaveNote>::new().on_answer(move |(_, _): (SaveNote, Note)| {
        draft.clear();
        office.remarked.update(|count| *count += 1);
    });
    // The recording of this call in the player, and the instant that is heard now.
    let heard = Memo::new(move |_| {
        let loaded = player.loaded.get()?;
        let started_ms = remarks
            .about
            .with(|about| about.recordings.iter().find(|row| row.id == loaded).map(|row| row.started_ms))?;
        Some((loaded, started_ms + player.position_ms.get() / 1_000 * 1_000))
    });
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let bad_time = Memo::new(move |_| {
        draft.when.get() == When::Typed && draft.typed.with(|typed| moment_ms(typed).is_none())
    });
    let store = move || {
        let request = remarks.about.with_untracked(|about| draft.to_save(about, heard.get_untracked()));
        if let Some(request) = request {
            save.ask(request);
        }
    };
    let press = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => store(),
        "Escape" => {
            event.stop_propagation();
            draft.clear();
        }
        _ => {}
    };
    let choice = move |this: When, testid: &'static str, words: Signal<String>| {
        view! {
            <button
                type="button"
                class:on=move || draft.when.get() == this
                aria-pressed=move || (draft.when.get() == this).to_string()
                data-testid=testid
                on:click=move |_| draft.when.set(this)
            >
                {words}
            </button>
        }
    };
    let at_playhead = Signal::derive(move || {
        let started_ms = remarks.about.with(|about| about.started_ms);
        heard
            .get()
            .map(|(_, at_ms)| fill("At {time}", &[("time", &length(at_ms - started_ms))]))
            .unwrap_or_default()
    });
    view! {
        <form
            class="remark"
            on:submit=move |event| {
                event.prevent_default();
                store();
            }
            on:keydown=press
        >
            <textarea rows="2" aria-label=say("Note") placeholder=say("What should be kept in mind?") data-testid="note-text" node_ref=field prop:value=draft.text on:input=move |event| draft.text.set(event_target_value(&event))></textarea>
            <div class="remark-ways">
                <div class="segmented" role="group" aria-label=say("What the note is about")>
                    {choice(When::Whole, "note-whole", Signal::stored(say("All of it").to_owned()))}
                    <Show when=move || heard.get().is_some()>{choice(When::Playhead, "note-playhead", at_playhead)}</Show>
                    {choice(When::Typed, "note-typed", Signal::stored(say("At …").to_owned()))}
                </div>
                <Show when=move || draft.when.get() == When::Typed>
                    <input type="text" class="moment" class:wrong=bad_time placeholder="1:07" aria-label=say("Minutes and seconds") aria-invalid=move || bad_time.get().to_string() data-testid="note-time" prop:value=draft.typed on:input=move |event| draft.typed.set(event_target_value(&event)) />
                </Show>
                <span class="sp"></span>
                <button type="submit" class="btn primary" data-testid="note-save" disabled=move || save.busy.get() || bad_time.get() || draft.text.with(|text| text.trim().is_empty())>{say("Keep")}</button>
                <button type="button" class="btn quiet" on:click=move |_| draft.clear()>{say("Cancel")}</button>
            </div>
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
        </form>
    }
}
