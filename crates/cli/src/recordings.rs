//! Listing recordings.

use crate::args::{ListRecordings, Recordings};
use crate::calls::time;
use crate::keeping;
use crate::library::{Place, told};
use crate::table::{Table, length};
use contract::published::Recording;
use contract::recordings::{RecordingFilter, RecordingSort, RecordingState};
use desk::Look;
use model::RecordingMatch;
use std::io::Write;
use std::process::ExitCode;

/// Recordings fetched at a time when all are wanted.
const AT_A_TIME: u32 = 500;

pub(crate) async fn recordings(place: &Place, what: Recordings) -> anyhow::Result<ExitCode> {
    match what {
        Recordings::List(args) => list(place, args).await,
        Recordings::Show { id } => show(place, &id).await,
        Recordings::Export(args) => keeping::export(place, args).await,
        Recordings::Verify => keeping::verify(place).await,
        Recordings::Retention(args) => keeping::retention(place, args).await,
    }
}

async fn list(place: &Place, args: ListRecordings) -> anyhow::Result<ExitCode> {
    let look = place.look().await?;
    let filter = filter(&look, &args)?;
    let mut after = args.after;
    let mut left = if args.all { u64::MAX } else { u64::from(args.limit) };
    let mut table =
        Table::new(["Started", "Length", "Agent", "Group", "Outside party", "Call", "State", "Id"]);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    while left > 0 {
        let limit = u32::try_from(left).unwrap_or(AT_A_TIME).min(AT_A_TIME);
        let page = look.recordings(filter.clone(), RecordingSort::NewestFirst, after.take(), limit);
        let (page, next) = page.await.map_err(told)?;
        left = left.saturating_sub(page.len() as u64);
        for recording in &page {
            if place.json {
                serde_json::to_writer(&mut out, recording)?;
                out.write_all(b"\n")?;
            } else {
                table.row(row(recording));
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    if !place.json {
        write!(out, "{table}")?;
    }
    out.flush()?;
    if let Some(cursor) = after {
        eprintln!("There are more: --after {cursor}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn show(place: &Place, id: &str) -> anyhow::Result<ExitCode> {
    let recording = place.look().await?.recording(id).await.map_err(told)?;
    place.print(&recording, || {
        let [started, length, agents, group, party, call, state, id] = row(&recording);
        let mut text = format!(
            "{id}: {started}, {length}, {state}\nFile: {}\nTalked: {agents}  Group: {group}\nOutside party: {party}\n\
             Call: {call}\nOriginal SHA-256: {}\nStored SHA-256: {}",
            recording.file_name, recording.original_sha256, recording.stored_sha256
        );
        if !recording.tags.is_empty() {
            text.push_str(&format!("\nTags: {}", recording.tags.join(", ")));
        }
        for note in &recording.notes {
            text.push_str(&format!("\nNote: {note}"));
        }
        text
    })?;
    Ok(ExitCode::SUCCESS)
}

fn filter(look: &Look, args: &ListRecordings) -> anyhow::Result<RecordingFilter> {
    Ok(RecordingFilter {
        from_ms: time(look, &args.from)?,
        to_ms: time(look, &args.to)?,
        number: args.number.clone(),
        agent: args.agent.clone(),
        group: args.group.clone(),
        text: args.text.clone(),
        tag: args.tag.clone(),
        unmatched: args.unmatched,
        trashed: args.trashed,
        ..RecordingFilter::default()
    })
}

fn row(recording: &Recording) -> [String; 8] {
    let state = match recording.state {
        _ if recording.trashed_at.is_some() => "in the trash",
        RecordingState::Good if recording.held => "on hold",
        RecordingState::Good => "good",
        RecordingState::Missing => "missing",
        RecordingState::Changed => "changed",
        RecordingState::Locked => "locked",
    };
    let call = match (&recording.call, recording.matched) {
        (Some(call), RecordingMatch::ByHand) => format!("{call} (by hand)"),
        (Some(call), _) => call.clone(),
        (None, RecordingMatch::NoneByHand) => "none (by hand)".to_owned(),
        (None, _) => "none".to_owned(),
    };
    [
        recording.started_at.clone(),
        length(recording.duration_s),
        recording.agents.join(", "),
        recording.group.clone().unwrap_or_default(),
        recording.external_number.clone().unwrap_or_default(),
        call,
        state.to_owned(),
        recording.id.clone(),
    ]
}
