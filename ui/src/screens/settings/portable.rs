//! All settings in one file, and what a file would change here before it is taken in.

use crate::ipc::Asking;
use crate::parts::file_text::FileButton;
use crate::parts::notice::Failed;
use crate::state::use_office;
use crate::words::{all_heard, fill, heard, plural, say};
use contract::portable::{
    ChangeKind, ExportSettings, ImportSettings, PreviewSettings, SettingsChange, SettingsImported,
    SettingsPart, SettingsPreview,
};
use leptos::prelude::*;

#[component]
pub fn Portable() -> impl IntoView {
    let office = use_office();
    let export = Asking::<ExportSettings>::new();
    let write =
        Callback::new(move |()| export.ask(ExportSettings { preferences: office.prefs.all_untracked() }));
    let written = move || {
        export.answer.get().and_then(|done| {
            let file = done.file?;
            let says =
                fill("The settings are in {file}. {says}", &[("file", &file), ("says", &heard(&done.says))]);
            Some(view! { <p class="saved" role="status" data-testid="exported">{says}</p> })
        })
    };
    view! {
        <div class="portable">
            <section class="card keeping-card">
                <h2>{say("Export settings")}</h2>
                <p class="mute">{say("One file with phone systems, people, rates, business hours, scorecards, reports, schedules, recording sources and how this window looks. No passwords and no calls are in it.")}</p>
                {written}
                {move || export.failure.get().map(|failure| view! { <Failed failure again=write /> })}
                <div class="buttons">
                    <button type="button" class="btn primary" data-testid="export-settings" disabled=export.busy on:click=move |_| write.run(())>{say("Export settings …")}</button>
                </div>
            </section>
            <Import />
        </div>
    }
}

#[component]
fn Import() -> impl IntoView {
    let office = use_office();
    let text = RwSignal::new(String::new());
    let unread = RwSignal::new(None::<String>);
    let told = RwSignal::new(None::<(String, Vec<String>)>);
    let preview = Asking::<PreviewSettings>::new();
    let import =
        Asking::<ImportSettings>::new().on_answer(move |(_, done): (ImportSettings, SettingsImported)| {
            if let Some(preview) = preview.answer.get_untracked() {
                office.prefs.take_over(&preview.preferences);
            }
            preview.forget();
            let says = plural(
                u64::from(done.taken),
                "{count} setting was taken in.",
                "{count} settings were taken in.",
            );
            told.set(Some((says, done.refused)));
        });
    let read = Callback::new(move |file: Result<String, String>| {
        told.set(None);
        match file {
            Ok(file) => {
                unread.set(None);
                text.set(file.clone());
                preview.forget();
                preview.ask(PreviewSettings { text: file, preferences: office.prefs.all_untracked() });
            }
            Err(says) => unread.set(Some(says)),
        }
    });
    let again = Callback::new(move |()| preview.again());
    let take_in = Callback::new(move |()| import.ask(ImportSettings { text: text.get_untracked() }));
    let cancel = Callback::new(move |()| preview.forget());
    view! {
        <section class="card keeping-card">
            <h2>{say("Import settings")}</h2>
            <p class="mute">{say("What a file would change is shown first. Nothing that is only here is removed.")}</p>
            <div class="buttons"><FileButton words=say("Choose a file …") testid="import-settings" read accept=".json,application/json" /></div>
            {move || unread.get().map(|says| view! { <p class="complaint" role="alert">{says}</p> })}
            {move || told.get().map(|(says, refused)| view! { <Told says refused /> })}
            {move || preview.failure.get().map(|failure| view! { <Failed failure again /> })}
            {move || preview.answer.get().map(|preview| view! { <Preview preview busy=import.busy take_in cancel /> })}
            {move || import.failure.get().map(|failure| view! { <Failed failure again=take_in /> })}
        </section>
    }
}

#[component]
fn Told(says: String, refused: Vec<String>) -> impl IntoView {
    let refused = (!refused.is_empty()).then(|| {
        let lines = all_heard(refused).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <p class="complaint">{say("These could not be taken in:")}</p>
            <ul class="portable-afterwards" data-testid="import-refused">{lines}</ul>
        }
    });
    view! {
        <p class="saved" role="status" data-testid="imported">{says}</p>
        {refused}
    }
}

#[component]
fn Preview(
    preview: SettingsPreview,
    busy: RwSignal<bool>,
    take_in: Callback<()>,
    cancel: Callback<()>,
) -> impl IntoView {
    let nothing = preview.changes.is_empty();
    let same = plural(
        u64::from(preview.same),
        "{count} setting is here already as it is in the file.",
        "{count} settings are here already as they are in the file.",
    );
    let lines = preview.changes.into_iter().map(|change| view! { <Line change /> }).collect_view();
    let afterwards =
        all_heard(preview.afterwards).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <p role="status" data-testid="import-says">
            {if nothing { say("The file changes nothing here.") } else { say("The file would change this:") }}
        </p>
        <ul class="portable-changes" data-testid="import-preview">{lines}</ul>
        <p class="sm mute">{same}</p>
        {(!nothing)
            .then(|| {
                view! {
                    <ul class="portable-afterwards sm mute">{afterwards}</ul>
                    <div class="buttons">
                        <button type="button" class="btn primary" data-testid="import-take-in" disabled=busy on:click=move |_| take_in.run(())>{say("Take in")}</button>
                        <button type="button" class="btn" on:click=move |_| cancel.run(())>{say("Cancel")}</button>
                    </div>
                }
            })}
    }
}

#[component]
fn Line(change: SettingsChange) -> impl IntoView {
    let kind = match change.kind {
        ChangeKind::Added => say("new"),
        ChangeKind::Replaced => say("replaced"),
    };
    // These have names that nobody gave.
    let name = match change.part {
        SettingsPart::Hours
        | SettingsPart::Retention
        | SettingsPart::Encoding
        | SettingsPart::Mail
        | SettingsPart::Window => heard(change.name),
        _ => change.name,
    };
    view! {
        <li data-testid="import-change">
            <span class="mute">{part_words(change.part)}</span>
            <span class="b">{name}</span>
            <span class="mute">{kind}</span>
        </li>
    }
}

fn part_words(part: SettingsPart) -> &'static str {
    match part {
        SettingsPart::PhoneSystem => say("Phone system"),
        SettingsPart::Person => say("Person"),
        SettingsPart::NumberName => say("Group or trunk"),
        SettingsPart::Rates => say("Rates"),
        SettingsPart::Hours => say("Business hours"),
        SettingsPart::Scorecard => say("Scorecard"),
        SettingsPart::Naming => say("File names"),
        SettingsPart::RecordingSource => say("Recording source"),
        SettingsPart::Retention => say("Retention"),
        SettingsPart::Encoding => say("Storage"),
        SettingsPart::Report => say("Report"),
        SettingsPart::Schedule => say("Schedule"),
        SettingsPart::Mail => say("Mail"),
        SettingsPart::Window => say("Appearance"),
    }
}
