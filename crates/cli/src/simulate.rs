//! Playing an IP Office.

use crate::args::Simulate;
use crate::collect::{password_from_stdin, told_to_stop};
use crate::library::Place;
use simulator::{Pace, RecorderSettings, RecordingSettings, Settings, Simulator, Summary, Tls};
use std::process::ExitCode;

/// Calls an hour at speed 1: a small office on a busy morning.
const CALLS_PER_HOUR: f64 = 120.0;

pub(crate) async fn simulate(place: &Place, args: Simulate) -> anyhow::Result<ExitCode> {
    let password = args.user.is_some().then(password_from_stdin).transpose()?;
    let recorder = args.recordings.map(|folder| RecorderSettings {
        of: RecordingSettings { seed: args.seed, ..RecordingSettings::default() },
        truth: args.truth.as_ref().map(|truth| truth.with_extension("recordings.jsonl")),
        ..RecorderSettings::in_folder(&folder)
    });
    let settings = Settings {
        devlink3: args.devlink3,
        tls: if args.tls { Tls::SelfSigned } else { Tls::Off },
        user: args.user,
        password: password.map(simulator::Password::new),
        smdr_to: args.smdr_to,
        people: args.people,
        seed: args.seed,
        calls: args.calls,
        speed: args.speed,
        pace: Pace::CallsPerHour(CALLS_PER_HOUR),
        time_zone: args.time_zone.unwrap_or_else(desk::zones::here),
        truth: args.truth,
        recorder,
        ..Settings::default()
    };
    let simulator = Simulator::start(settings).await?;
    if let Some(address) = simulator.devlink3_addr() {
        eprintln!("DevLink3 is served at {address}.");
    }
    let summary = tokio::select! {
        summary = simulator.wait() => summary,
        () = told_to_stop() => simulator.stop().await,
    };
    place.print(&summary, || text(&summary))?;
    Ok(ExitCode::SUCCESS)
}

fn text(summary: &Summary) -> String {
    let rows = summary.rows;
    let mut text = format!(
        "{} calls, {} unfinished; {} events, {} SMDR rows delivered, {} waiting, {} lost.",
        summary.calls, summary.unfinished, summary.events_sent, rows.delivered, rows.buffered, rows.dropped
    );
    if summary.recordings > 0 {
        text.push_str(&format!("\n{} recordings.", summary.recordings));
    }
    if let Some(trouble) = &summary.recordings_trouble {
        text.push_str(&format!("\nNot all recordings could be written: {trouble}"));
    }
    for (kind, calls) in &summary.calls_by_kind {
        text.push_str(&format!("\n{calls:6}  {kind:?}"));
    }
    if let Some(trouble) = &summary.truth_trouble {
        text.push_str(&format!("\nThe truth is not complete: {trouble}"));
    }
    text
}
