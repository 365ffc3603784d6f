//! What the file is: where it came from, how it is kept, its versions and hashes, when it goes, who did what with it.

use super::view::Looking;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::copy::CopyButton;
use crate::parts::notice::Failed;
use crate::parts::recording_words::bytes;
use crate::state::{Office, use_office};
use crate::words::{fill, heard, say};
use contract::keeping::AskAudit;
use contract::recordings::{RecordingView, VersionLine};
use leptos::prelude::*;

/// The last ones; all of them are among the settings.
const AUDIT_LINES: u32 = 6;

#[component]
pub fn Facts(looking: Looking) -> impl IntoView {
    let office = use_office();
    // What is remarked on it changes none of this.
    let drawn = Memo::new(move |_| {
        looking.view.get().map(|view| RecordingView { notes: Vec::new(), scores: Vec::new(), ..view })
    });
    let body = move || {
        drawn.get().map(|view| {
            let lines =
                facts(office, &view).into_iter().map(|(name, says)| view! { <dt>{name}</dt><dd>{says}</dd> });
            let lines = lines.collect_view();
            let versions =
                view.versions.iter().cloned().map(|line| view! { <Version line /> }).collect_view();
            let original = view.original_sha256.clone();
            view! {
                <dl class="facts" data-testid="recording-facts">{lines}</dl>
                <div>
                    <h3>{say("What becomes of it")}</h3>
                    <p class="mute" data-testid="recording-goes">{goes(office, &view)}</p>
                </div>
                <details>
                    <summary class="link">{say("Versions and hashes")}</summary>
                    <dl class="facts">
                        <dt>{say("Original")}</dt>
                        <dd><Hash sha256=original /></dd>
                        {versions}
                    </dl>
                </details>
            }
        })
    };
    view! {
        <aside class="recording-side" aria-label=say("The file")>
            {body}
            <Audit looking />
        </aside>
    }
}

fn facts(office: Office, view: &RecordingView) -> Vec<(&'static str, String)> {
    let original_bytes = bytes(view.original_bytes);
    let original_format = heard(&view.original_format);
    let original = [("format", original_format.as_str()), ("size", &original_bytes)];
    let original = if view.original_kept {
        fill("{format}, {size}; kept beside it", &original)
    } else {
        fill("{format}, {size}; not kept", &original)
    };
    let stored_bytes = bytes(view.stored_bytes);
    let stored = [("size", stored_bytes.as_str()), ("pool", &view.pool)];
    let stored = if view.encrypted {
        fill("Ogg Opus, {size}, encrypted, in {pool}", &stored)
    } else {
        fill("Ogg Opus, {size}, in {pool}", &stored)
    };
    let loudness = view.loudness.map(|lufs| (say("Loudness"), format!("{lufs:.1} LUFS")));
    let mut facts = vec![
        (say("File"), view.file_name.clone()),
        (
            say("From"),
            format!("{}, {}", heard(&view.came_from), office.clock(Style::DateAndMinute, view.taken_ms)),
        ),
        (say("Original"), original),
        (say("Stored"), stored),
    ];
    facts.extend(loudness);
    facts
}

/// What is in the trash can be taken back for so long.
const TRASH_MS: i64 = 7 * 86_400_000;

fn goes(office: Office, view: &RecordingView) -> String {
    if let Some(trashed_ms) = view.row.trashed_ms {
        let until = office.clock(Style::DateAndMinute, trashed_ms + TRASH_MS);
        return fill(
            "Deleted for good on {until}, unless it is taken out of the trash.",
            &[("until", &until)],
        );
    }
    match (&view.goes, view.row.held) {
        (_, true) => say("Nothing: it is under legal hold.").to_owned(),
        (Some(goes), false) => {
            let day = office.clock(Style::Date, goes.at_ms);
            fill("Put into the trash on {day} by the rule “{rule}”.", &[("day", &day), ("rule", &goes.rule)])
        }
        (None, false) => say("It is kept until somebody deletes it.").to_owned(),
    }
}

#[component]
fn Version(line: VersionLine) -> impl IntoView {
    let office = use_office();
    view! {
        <dt>{office.clock(Style::DateAndMinute, line.at_ms)}</dt>
        <dd>{heard(line.says)}<br /><Hash sha256=line.sha256 /></dd>
    }
}

/// Long, so only its beginning is shown; the whole of it can be copied.
#[component]
fn Hash(sha256: String) -> impl IntoView {
    let short: String = sha256.chars().take(16).collect();
    view! {
        <code title=sha256.clone()>{short}"…"</code>
        " "
        <CopyButton text=sha256 label=say("Copy the SHA-256") />
    }
}

#[component]
fn Audit(looking: Looking) -> impl IntoView {
    let office = use_office();
    let audit = Asking::<AskAudit>::new();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let id = looking.view.with(|view| view.as_ref().map(|view| view.row.id.clone()));
        if let (true, Some(id)) = (open.get(), id) {
            audit.ask_soon(AskAudit { recording: Some(id), before: None, limit: AUDIT_LINES });
        }
    });
    let lines = move || {
        let page = audit.answer.get().unwrap_or_default();
        let lines = page.lines.into_iter().map(|line| {
            let when = office.clock(Style::DateAndMinute, line.at_ms);
            view! { <li data-testid="recording-audit-line"><span>{heard(line.says)}</span><span class="mute">" · "{line.who}", "{when}</span></li> }
        });
        lines.collect_view()
    };
    view! {
        <details on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary class="link" data-testid="recording-audit">{say("Who did what with it")}</summary>
            <ul class="lines">{lines}</ul>
            {move || audit.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| audit.again()) /> })}
        </details>
    }
}
