//! Backups that CallDoc makes by itself.

use super::screen::Acting;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::parts::text_box::{Kind, TextBox, TickBox};
use crate::screens::settings::recordings::folder_box::FolderBox;
use crate::state::backup_draft::{BackupDraft, Complaint, Field, How};
use crate::state::hours_draft::day_names;
use crate::words::{fill, say};
use contract::backups::{BackupsView, SaveBackupSchedule};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<BackupDraft>,
    typed: RwSignal<String>,
    again: RwSignal<String>,
    complaints: RwSignal<Vec<Complaint>>,
}

impl Form {
    /// A complaint about what was just changed is out of date.
    fn change(self, field: Option<Field>, with: impl FnOnce(&mut BackupDraft)) {
        self.draft.update(with);
        self.settle(field);
    }

    fn settle(self, field: Option<Field>) {
        self.complaints.update(|all| all.retain(|(about, _)| Some(*about) != field));
    }

    fn wrong(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.complaints
                .with(|all| all.iter().find(|(about, _)| *about == field).map(|(_, says)| (*says).to_owned()))
        })
    }

    fn text(self, get: fn(&BackupDraft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.draft.with(|draft| get(draft).clone())).into()
    }

    fn put(self, field: Field, set: fn(&mut BackupDraft, String)) -> Callback<String> {
        Callback::new(move |typed| self.change(Some(field), |draft| set(draft, typed)))
    }

    fn flag(self, get: fn(&BackupDraft) -> bool) -> Signal<bool> {
        Memo::new(move |_| self.draft.with(get)).into()
    }
}

#[component]
pub fn ScheduleForm(acting: Acting) -> impl IntoView {
    let stored = acting.view.with_untracked(|view| view.as_ref().map(|view| BackupDraft::of(&view.schedule)));
    let Some(stored) = stored else { return ().into_any() };
    let form = Form {
        draft: RwSignal::new(stored),
        typed: RwSignal::new(String::new()),
        again: RwSignal::new(String::new()),
        complaints: RwSignal::new(Vec::new()),
    };
    let save =
        Asking::<SaveBackupSchedule>::new().on_answer(move |(_, view): (SaveBackupSchedule, BackupsView)| {
            // What was typed goes as soon as it is kept.
            form.typed.set(String::new());
            form.again.set(String::new());
            form.draft.set(BackupDraft::of(&view.schedule));
            let says = if view.schedule.on {
                say("The schedule is saved.")
            } else {
                say("The schedule is saved, and switched off.")
            };
            acting.told.set(Some(says.to_owned()));
            acting.view.set(Some(view));
        });
    Effect::new(move |_| {
        if save.answer.with(Option::is_some) {
            save.forget();
        }
    });
    on_cleanup(move || save.forget());
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        acting.told.set(None);
        let (typed, again) = (form.typed.get_untracked(), form.again.get_untracked());
        match form.draft.with_untracked(|draft| draft.to_save(&typed, &again)) {
            Ok(request) => save.ask(request),
            Err(complaints) => form.complaints.set(complaints),
        }
    };
    let is_on = form.flag(|draft| draft.on);
    view! {
        <form class="card site-form backup-form" data-testid="backup-form" aria-label=say("Backups by themselves") novalidate=true on:submit=store>
            <div class="site-head">
                <h2>{say("Backups by themselves")}</h2>
                <span class="sp"></span>
                <TickBox label=say("On") testid="backup-on" hint=say("One file with everything in it, made by itself.") value=is_on set=Callback::new(move |on| form.change(Some(Field::Folder), |draft| draft.on = on)) />
            </div>
            <p class="mute">{say("CallDoc makes them while it runs, also with its window closed. One that was missed is made at the next start, and one that fails is tried again.")}</p>
            <When form />
            <div class="fields">
                <FolderBox testid="backup-folder" title=say("Folder that backups go to") placeholder=r"E:\CallDoc backups" value=form.text(|draft| &draft.folder) set=form.put(Field::Folder, |draft, text| draft.folder = text) wrong=form.wrong(Field::Folder) hint=say("Best on another disk or on a server: what breaks this computer must not break its backups.") />
            </div>
            <What form acting />
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="backup-save" disabled=save.busy>{say("Save")}</button>
                {move || acting.told.get().map(|says| view! { <span class="mute" role="status" data-testid="backup-told">{says}</span> })}
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn When(form: Form) -> impl IntoView {
    let how = Memo::new(move |_| form.draft.with(|draft| draft.how));
    let weekday = Memo::new(move |_| form.draft.with(|draft| draft.weekday));
    let time = form.text(|draft| &draft.time);
    let wrong = form.wrong(Field::Time);
    let buttons = How::ALL.map(|this| {
        let is_on = move || how.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=move |_| form.change(None, |draft| draft.how = this)>{this.title()}</button> }
    });
    let days = (1_u8..).zip(day_names()).map(|(day, name)| view! { <option value=day.to_string() selected=move || weekday.get() == day>{name}</option> });
    let days = days.collect_view();
    let choose_day = move |event| {
        if let Ok(day) = event_target_value(&event).parse() {
            form.change(None, |draft| draft.weekday = day);
        }
    };
    view! {
        <div class="fields">
            <div class="field half">
                <span>{say("How often")}</span>
                <div class="segmented" role="group" aria-label=say("How often")>{buttons.into_iter().collect_view()}</div>
                <span class="says">{say("At most the time in between is lost when this computer breaks.")}</span>
            </div>
            <label class="field tiny-time" class:wrong=move || wrong.with(Option::is_some)>
                <span>{say("At")}</span>
                <input type="time" data-testid="backup-time" prop:value=time on:input=move |event| { let typed = event_target_value(&event); form.change(Some(Field::Time), |draft| draft.time = typed); } />
                <span class="says" class:complaint=move || wrong.with(Option::is_some)>{move || wrong.get().unwrap_or_else(|| say("By the office’s clock.").to_owned())}</span>
            </label>
            <label class="field tiny-time" class:hidden-field=move || how.get() != How::Weekly>
                <span>{say("On")}</span>
                <select data-testid="backup-weekday" on:change=choose_day>{days}</select>
            </label>
        </div>
    }
}

#[component]
fn What(form: Form, acting: Acting) -> impl IntoView {
    let encrypted = form.flag(|draft| draft.encrypted);
    let kept = form.flag(|draft| draft.passphrase_kept);
    let size = acting.view.with_untracked(|view| {
        view.as_ref().map(|view| (view.database_bytes, view.recordings_bytes)).unwrap_or_default()
    });
    let sizes = fill(
        "Now the calls take about {calls}, and recordings {recordings} more in each backup. Without them, their texts and notes are in it, but not the sound.",
        &[("calls", &bytes(size.0 / 3)), ("recordings", &bytes(size.1))],
    );
    let placeholder =
        Signal::derive(move || if kept.get() { say("In the keychain").to_owned() } else { String::new() });
    view! {
        <div class="fields">
            <TextBox label=say("Keep") testid="backup-keep" class="third" hint=say("So many of them; older ones are removed. Those by hand stay.") value=form.text(|draft| &draft.keep) set=form.put(Field::Keep, |draft, text| draft.keep = text) wrong=form.wrong(Field::Keep) />
        </div>
        <div class="backup-ticks">
            <TickBox label=say("With the sound of recordings") testid="backup-recordings" hint=say("Without it, the files are small and quickly made.") value=form.flag(|draft| draft.recordings) set=Callback::new(move |on| form.change(None, |draft| draft.recordings = on)) />
            <span class="says tick-says">{sizes}</span>
            <TickBox label=say("Encrypted by a passphrase") testid="backup-encrypted" value=encrypted set=Callback::new(move |on| form.change(Some(Field::Passphrase), |draft| draft.encrypted = on)) hint=say("Whoever finds the file cannot read it. The passphrase is kept in this computer’s keychain; to restore on another computer, you need it yourself.") />
        </div>
        <Show when=move || encrypted.get()>
            <div class="fields">
                <TextBox label=say("Passphrase") testid="backup-passphrase" class="half" kind=Kind::Secret placeholder value=form.typed set=Callback::new(move |typed| { form.typed.set(typed); form.settle(Some(Field::Passphrase)); }) wrong=form.wrong(Field::Passphrase) hint=say("Write it down and keep it away from this computer. Nobody can open a backup without it.") />
                <TextBox label=say("Once more") testid="backup-passphrase-again" class="half" kind=Kind::Secret value=form.again set=Callback::new(move |typed| { form.again.set(typed); form.settle(Some(Field::Again)); }) wrong=form.wrong(Field::Again) hint=say("The same, so that a slip is noticed.") />
            </div>
        </Show>
    }
}
