//! The demo: an invented office on loopback, with weeks of history behind it.

use contract::Failure;
use contract::intake::{AskIntakeSources, IntakePlace, IntakeSource, SaveIntakeSource};
use contract::sites::{
    AskSites, AskZones, DevlinkSettings, PasswordState, SaveSite, Site, SmdrMode, SmdrSettings,
};
use desk::{Answer, Desk};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use model::{At, SiteId};
use simulator::{Pace, RecorderSettings, RecordingSettings, Settings, Simulator};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Five weeks: "usual" is the mean of the same weekday over the weeks before.
const HISTORY_WEEKS: i64 = 5;
/// The same people call in every run, so that their histories have something to tell.
const SEED: u64 = 1;
const SITE_NAME: &str = "Demo office";
const RECORDER_NAME: &str = "Demo recorder";
/// Of the calls of today and of the working day before: enough to have something to hear, soon taken in.
const RECORDED_OF_HISTORY: f64 = 0.2;
const RECORDED_LIVE: f64 = 0.5;
/// Between two looks into the recorder's folder.
const LOOK_EVERY_SECONDS: u32 = 30;
/// The invented office takes any; the desk wants one.
const PASSWORD: &str = "demo";
/// What the simulated office dials to get a line.
const ACCESS_DIGITS: &str = "9";
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// The office that runs in this program, if it is a demo.
#[derive(Default)]
pub(crate) struct Demo(Mutex<Option<Running>>);

struct Running {
    office: Simulator,
    /// What its recorder writes, and the desk takes from there. It goes with the office.
    recorder: TempDir,
}

#[derive(Debug)]
pub(crate) enum Trouble {
    Desk(Failure),
    Port(std::io::Error),
    Office(simulator::SimulatorError),
    Zone(jiff::Error),
    Recorder(std::io::Error),
}

impl Demo {
    /// Fills the library with history, then starts the office and points the desk at it; the recordings of the history
    /// come last, because nobody waits for them.
    pub(crate) async fn begin(&self, desk: &Desk) -> Result<(), Trouble> {
        let site = site(desk).await?;
        import_history(desk, &site).await?;
        let smdr_to = free_port()?;
        let recorder = TempDir::new().map_err(Trouble::Recorder)?;
        let settings = Settings {
            devlink3: Some(ANY_PORT),
            smdr_to: Some(smdr_to),
            // Not the same calls as in the run before, which are in the library.
            seed: SEED.wrapping_add(desk.clock().now().0.unsigned_abs()),
            pace: Pace::Lively,
            time_zone: site.time_zone.clone(),
            recorder: Some(RecorderSettings {
                of: RecordingSettings { share: RECORDED_LIVE, ..RecordingSettings::default() },
                ..RecorderSettings::in_folder(recorder.path())
            }),
            ..Settings::default()
        };
        let office = Simulator::start(settings).await.map_err(Trouble::Office)?;
        let reached = office.devlink3_addr();
        watch(desk, &site, recorder.path()).await?;
        *self.0.lock().await = Some(Running { office, recorder });
        let Some(reached) = reached else { return Ok(()) };
        let with_sources = Site { devlink: Some(devlink(reached)), smdr: Some(smdr(smdr_to)), ..site };
        let site = save(desk, with_sources).await?;
        import_recordings(desk, &site).await
    }

    pub(crate) async fn end(&self) {
        if let Some(Running { office, recorder }) = self.0.lock().await.take() {
            let summary = office.stop().await;
            tracing::info!(calls = ?summary.calls, recordings = summary.recordings, "the demo's office has closed");
            if let Err(error) = recorder.close() {
                tracing::warn!(%error, "the demo's recorder could not be cleared away");
            }
        }
    }
}

/// The demo's site as the library has it, or a new one.
async fn site(desk: &Desk) -> Result<Site, Trouble> {
    let known = desk.answer(AskSites {}).await.map_err(Trouble::Desk)?;
    if let Some(site) = known.into_iter().next() {
        return Ok(site);
    }
    let zones = desk.answer(AskZones {}).await.map_err(Trouble::Desk)?;
    let site = Site {
        name: SITE_NAME.to_owned(),
        time_zone: zones.here,
        access_digits: ACCESS_DIGITS.to_owned(),
        ..Site::default()
    };
    save(desk, site).await
}

/// Rows that are known already are passed over, so that each run adds the days since the last.
async fn import_history(desk: &Desk, site: &Site) -> Result<(), Trouble> {
    let now = desk.clock().now();
    let zone = TimeZone::get(&site.time_zone).map_err(Trouble::Zone)?;
    let today = Timestamp::from_millisecond(now.0).map_err(Trouble::Zone)?.to_zoned(zone.clone()).date();
    let first = today.checked_sub(HISTORY_WEEKS.weeks()).map_err(Trouble::Zone)?;
    let rows = rows(&zone, first, today, now)?;
    let summary = desk.import_smdr(SiteId(site.id), rows.as_slice(), |_| ()).await.map_err(Trouble::Desk)?;
    tracing::info!(calls = summary.calls, known = summary.duplicates, "the demo has its history");
    Ok(())
}

/// The desk watches the recorder of this run. That of the run before is gone with its folder.
async fn watch(desk: &Desk, site: &Site, folder: &Path) -> Result<(), Trouble> {
    let known = desk.answer(AskIntakeSources {}).await.map_err(Trouble::Desk)?;
    let id = known.into_iter().find(|source| source.name == RECORDER_NAME).map_or(0, |source| source.id);
    let source = IntakeSource {
        id,
        site: site.id,
        name: RECORDER_NAME.to_owned(),
        place: IntakePlace::Folder { folder: folder.to_string_lossy().into_owned() },
        naming: None,
        remove_after: true,
        every_seconds: LOOK_EVERY_SECONDS,
        enabled: true,
    };
    let ask = SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
    desk.answer(ask).await.map_err(Trouble::Desk).map(drop)
}

/// Recordings that are known already are passed over, as the history's rows are.
async fn import_recordings(desk: &Desk, site: &Site) -> Result<(), Trouble> {
    let zone = TimeZone::get(&site.time_zone).map_err(Trouble::Zone)?;
    let now = desk.clock().now();
    let today = Timestamp::from_millisecond(now.0).map_err(Trouble::Zone)?.to_zoned(zone.clone()).date();
    let first = today.checked_sub(1.week()).map_err(Trouble::Zone)?;
    // Before the office opens there is nothing of today to hear.
    let before = days(first, today).last().map(|day| end_of(day, &zone)).transpose()?;
    let folder = TempDir::new().map_err(Trouble::Recorder)?;
    let into = folder.path().to_owned();
    let written = tokio::task::spawn_blocking(move || {
        let settings = RecordingSettings { share: RECORDED_OF_HISTORY, ..RecordingSettings::default() };
        let mut recorded = before
            .into_iter()
            .chain([now])
            .flat_map(|until| simulator::recordings_of_today(SEED, &zone, until, &settings));
        recorded.try_for_each(|recorded| recorded.write_to(&into).map(drop))
    });
    written.await.map_err(|error| Trouble::Recorder(error.into()))?.map_err(Trouble::Recorder)?;
    let folders = [folder.path().to_owned()];
    let summary =
        desk.import_recordings(SiteId(site.id), &folders, |_, _| ()).await.map_err(Trouble::Desk)?;
    tracing::info!(recordings = summary.imported, matched = summary.matched, "the demo has its recordings");
    Ok(())
}

fn rows(zone: &TimeZone, first: Date, today: Date, now: At) -> Result<Vec<u8>, Trouble> {
    let mut rows = Vec::new();
    for day in days(first, today) {
        rows.extend(simulator::history_of_today(SEED, zone, end_of(day, zone)?));
    }
    rows.extend(simulator::history_of_today(SEED, zone, now));
    Ok(rows)
}

/// Working days, and the days like today, so that there is a usual day to compare with on a Sunday as well.
fn days(first: Date, today: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day < today).filter(move |day| {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !is_weekend || day.weekday() == today.weekday()
    })
}

/// The last moment of a day: the next one is another day to the office.
fn end_of(day: Date, zone: &TimeZone) -> Result<At, Trouble> {
    let over = day.tomorrow().and_then(|next| next.to_zoned(zone.clone())).map_err(Trouble::Zone)?;
    Ok(At(over.timestamp().as_millisecond()).plus_ms(-1))
}

async fn save(desk: &Desk, site: Site) -> Result<Site, Trouble> {
    let password = site.devlink.is_some().then(|| PASSWORD.to_owned());
    let ask = SaveSite { site, password, forget_fingerprint: false };
    Ok(desk.answer(ask).await.map_err(Trouble::Desk)?.site)
}

fn devlink(reached: SocketAddr) -> DevlinkSettings {
    DevlinkSettings {
        host: reached.ip().to_string(),
        port: reached.port(),
        tls: false,
        user: "CallDoc".to_owned(),
        fingerprint: None,
        password: PasswordState::Missing,
    }
}

fn smdr(at: SocketAddr) -> SmdrSettings {
    SmdrSettings { mode: SmdrMode::Listen, host: at.ip().to_string(), port: at.port(), only_from: None }
}

/// A port that is free now; the desk stores which port it listens on, and so cannot be told "any".
fn free_port() -> Result<SocketAddr, Trouble> {
    let probe = TcpListener::bind(ANY_PORT).map_err(Trouble::Port)?;
    probe.local_addr().map_err(Trouble::Port)
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::Desk(failure) => formatter.write_str(&failure.message),
            Trouble::Port(error) => write!(formatter, "no port on this computer is free: {error}"),
            Trouble::Office(error) => write!(formatter, "{error}"),
            Trouble::Recorder(error) => write!(formatter, "the demo's recordings cannot be written: {error}"),
            Trouble::Zone(error) => write!(formatter, "the demo's time zone cannot be used: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rows;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use model::At;

    #[test]
    fn a_demo_on_a_sunday_has_sundays_to_compare_with() {
        let zone = TimeZone::UTC;
        let (first, sunday) = (date(2026, 11, 13), date(2026, 11, 22));
        let noon =
            At(sunday.at(12, 0, 0, 0).to_zoned(zone.clone()).expect("a date").timestamp().as_millisecond());
        let rows = String::from_utf8(rows(&zone, first, sunday, noon).expect("dates")).expect("text");
        assert!(rows.contains("2026/11/15"), "the Sunday before is there");
        assert!(rows.contains("2026/11/20"), "and the working days");
        assert!(!rows.contains("2026/11/21"), "but no Saturday, on which the office is closed");
        assert!(rows.contains("2026/11/22"), "today has begun");
    }
}
