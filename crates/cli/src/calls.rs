//! Listing calls.

use crate::args::{Calls, Direction};
use crate::library::{Place, told};
use crate::table::{Table, length};
use anyhow::anyhow;
use contract::calls::{AskCalls, CallFilter, CallSort};
use contract::published::Call;
use desk::Look;
use std::io::Write;
use std::process::ExitCode;

/// Calls fetched at a time when all are wanted.
const AT_A_TIME: u32 = 500;

pub(crate) async fn calls(place: &Place, args: Calls) -> anyhow::Result<ExitCode> {
    let look = place.look().await?;
    let filter = filter(&look, &args)?;
    let mut after = args.after;
    let mut left = if args.all { u64::MAX } else { u64::from(args.limit) };
    let mut table = Table::new([
        "Started",
        "Length",
        "Direction",
        "Outside party",
        "Talked with",
        "Group",
        "Outcome",
        "Id",
    ]);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    while left > 0 {
        let limit = u32::try_from(left).unwrap_or(AT_A_TIME).min(AT_A_TIME);
        let ask =
            AskCalls { filter: filter.clone(), sort: CallSort::NewestFirst, after: after.take(), limit };
        let (page, next) = look.calls(ask).await.map_err(told)?;
        left = left.saturating_sub(page.len() as u64);
        for call in &page {
            if place.json {
                serde_json::to_writer(&mut out, call)?;
                out.write_all(b"\n")?;
            } else {
                table.row(row(call));
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

pub(crate) async fn call(place: &Place, id: &str) -> anyhow::Result<ExitCode> {
    let call = place.look().await?.call(id).await.map_err(told)?;
    place.print(&call, || {
        let mut table = Table::new(["Started", "Length", "Event", "Agent", "Group", "Party", "Cause"]);
        for event in &call.events {
            table.row([
                event.started_at.clone(),
                length(event.duration_s),
                format!("{:?}", event.kind),
                event.agent.clone().unwrap_or_default(),
                event.group.clone().unwrap_or_default(),
                event.party.clone().unwrap_or_default(),
                event.cause.clone().unwrap_or_default(),
            ]);
        }
        let [started, length, direction, party, talked, group, outcome, id] = row(&call);
        let rests_on = match call.matched {
            Some(matched) => format!("DevLink3 and SMDR, joined with confidence {:.2}", matched.confidence),
            None => format!("{:?} alone", call.sources),
        };
        format!("{id}: {direction}, {started}, {length}\nOutside party: {party}\nTalked with: {talked}  Group: {group}\n{outcome}\nRests on: {rests_on}\n\n{table}")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn filter(look: &Look, args: &Calls) -> anyhow::Result<CallFilter> {
    Ok(CallFilter {
        from_ms: time(look, &args.from)?,
        to_ms: time(look, &args.to)?,
        direction: args.direction.map(|direction| match direction {
            Direction::Inbound => model::Direction::Inbound,
            Direction::Outbound => model::Direction::Outbound,
            Direction::Internal => model::Direction::Internal,
        }),
        number: args.number.clone(),
        agent: args.agent.clone(),
        group: args.group.clone(),
        text: args.text.clone(),
        answered: args.answered,
        abandoned: args.abandoned,
        missed: args.missed,
        voicemail: false,
        min_seconds: None,
        recorded: args.recorded,
        ..CallFilter::default()
    })
}

/// A time that was typed in, by the office's clock.
pub(crate) fn time(look: &Look, text: &Option<String>) -> anyhow::Result<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    let at = look.office_zone().parse(text).map(|at| at.0);
    let wrong =
        || anyhow!("\"{text}\" is no time. Write 2026-11-20, 2026-11-20T14:30 or 2026-11-20T13:30:00Z.");
    at.map(Some).ok_or_else(wrong)
}

fn row(call: &Call) -> [String; 8] {
    let direction = match call.direction {
        model::Direction::Inbound => "in",
        model::Direction::Outbound => "out",
        model::Direction::Internal => "internal",
    };
    let party = match (&call.external_name, &call.external_number) {
        (Some(name), Some(number)) => format!("{name} ({number})"),
        (Some(text), None) | (None, Some(text)) => text.clone(),
        (None, None) if call.direction == model::Direction::Internal => {
            call.dialed_number.clone().unwrap_or_default()
        }
        (None, None) => "withheld".to_owned(),
    };
    [
        call.started_at.clone(),
        length(call.total_s),
        direction.to_owned(),
        party,
        call.agents.join(", "),
        call.groups.join(", "),
        outcome(call).to_owned(),
        call.id.clone(),
    ]
}

fn outcome(call: &Call) -> &'static str {
    match call {
        Call { ended_at: None, .. } => "in progress",
        Call { abandoned_on_hold: true, .. } => "abandoned on hold",
        Call { abandoned: true, .. } => "abandoned",
        Call { answered: true, .. } => "answered",
        Call { voicemail: true, .. } => "voicemail",
        _ => "no answer",
    }
}
