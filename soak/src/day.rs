//! The day itself: the office is opened, the collector watched until the last call's records are in, then both are
//! compared.

use crate::collector::{Cli, Collector, ZONE, calls_of_file};
use crate::compare::{Compared, compare};
use crate::reports;
use crate::sample::{Queues, Sample, sample};
use crate::table;
use crate::verdict::{Bounds, Verdict, judge};
use anyhow::{Context, Result, bail};
use simulator::{LegFields, Pace, Settings, Simulator, Summary};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{Library, Reader};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// What is soaked, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `calldoc-cli` that collects.
    pub program: PathBuf,
    /// Of the office's own time.
    pub hours: f64,
    /// How much faster than life.
    pub speed: f64,
    pub people: usize,
    /// From midnight to midnight.
    pub calls_a_person: f64,
    /// The office opens at this hour (0 to 23).
    pub from_hour: u8,
    pub seed: u64,
    /// Of the office's own time, between two samples.
    pub sample_every: Duration,
    pub bounds: Bounds,
    /// A new folder for the library and the truth; `None`: they go with the run.
    pub keep: Option<PathBuf>,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    pub samples: Vec<Sample>,
    pub summary: Summary,
    pub compared: Compared,
    pub verdicts: Vec<Verdict>,
    pub table: String,
}

/// Queues are looked at so often, whatever the speed.
const LOOK: Duration = Duration::from_millis(500);
/// Until the collector has opened its library and its SMDR port.
const STARTS_WITHIN: Duration = Duration::from_secs(30);
const TRY_AGAIN: Duration = Duration::from_millis(50);
const TRUTH: &str = "truth.jsonl";

/// Runs the day to its end. An error is that it could not be run; what is wrong with the collector is in the verdicts.
///
/// `tell` gets each sample as a row of the table.
pub async fn soak(options: &Options, tell: &mut dyn FnMut(&str)) -> Result<Outcome> {
    // Goes at the end, if it is used or not.
    let passing = tempfile::tempdir()?;
    let folder = options.keep.as_deref().unwrap_or(passing.path());
    std::fs::create_dir_all(folder)?;
    let (cli, truth) = (cli_in(folder, &options.program), folder.join(TRUTH));
    let smdr = free_address()?;
    let simulator = Simulator::start(Settings {
        devlink3: Some((Ipv4Addr::LOCALHOST, 0).into()),
        smdr_to: Some(smdr),
        people: options.people,
        seed: options.seed,
        open_for: Some(Duration::from_secs_f64(options.hours * 3600.0)),
        pace: Pace::Day {
            calls: options.people as f64 * options.calls_a_person,
            from_hour: options.from_hour,
        },
        // Rows tell times in whole seconds of real time, in which this office has several calls: by time alone nobody
        // could say which row belongs to which.
        leg_fields: LegFields::Always,
        speed: options.speed,
        time_zone: ZONE.to_owned(),
        truth: Some(truth.clone()),
        linger: Duration::from_secs(3),
        ..Settings::default()
    })
    .await?;
    let devlink3 = simulator.devlink3_addr().context("DevLink3 is not served")?;
    let mut collector = cli.collect(devlink3, smdr)?;
    let reader = reader(&cli, &mut collector).await?;
    let mut watch =
        Watch { options, collector, reader, ports: [devlink3.port(), smdr.port()], samples: Vec::new() };
    let summary = watch.until_over(&simulator, &cli, tell).await?;
    watch.reader.close().await;
    watch.collector.stop()?;

    let compared = compare_kept(&options.program, folder)?;
    let verdicts = judge(&watch.samples, &summary, &compared, options);
    let table = table::told(&watch.samples, &compared, &verdicts);
    Ok(Outcome { samples: watch.samples, summary, compared, verdicts, table })
}

/// Holds what a run left in `folder` to the truth.
pub fn compare_kept(program: &Path, folder: &Path) -> Result<Compared> {
    let cli = cli_in(folder, program);
    Ok(compare(&calls_of_file(&folder.join(TRUTH))?, &cli.calls()?, &reports::figures(&cli)?))
}

fn cli_in(folder: &Path, program: &Path) -> Cli {
    Cli { program: program.to_owned(), library: folder.join("library"), says: folder.join("collector.txt") }
}

struct Watch<'o> {
    options: &'o Options,
    collector: Collector,
    reader: Reader,
    ports: [u16; 2],
    samples: Vec<Sample>,
}

impl Watch<'_> {
    async fn until_over(
        &mut self,
        simulator: &Simulator,
        cli: &Cli,
        tell: &mut dyn FnMut(&str),
    ) -> Result<Summary> {
        let began = Instant::now();
        let mut looks = interval(LOOK.min(self.options.sample_every.div_f64(self.options.speed)));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut queues = Queues::default();
        let mut due = Duration::ZERO;
        let summary = loop {
            let over = tokio::select! {
                summary = simulator.wait() => Some(summary),
                _ = looks.tick() => None,
            };
            self.collector.must_run()?;
            queues.look(&self.reader, &self.ports).await?;
            let office = began.elapsed().mul_f64(self.options.speed);
            if office >= due || over.is_some() {
                due += self.options.sample_every;
                let process = self.collector.process();
                let hours = hours_of(began, self.options);
                let taken = queues.take();
                let sample = sample(process, &cli.library, &taken, hours, simulator.calls_ended())?;
                tell(&table::row(&sample));
                self.samples.push(sample);
            }
            if let Some(summary) = over {
                // What waits now is what is left.
                tokio::time::sleep(LOOK).await;
                queues.look(&self.reader, &self.ports).await?;
                let left = sample(
                    self.collector.process(),
                    &cli.library,
                    &queues,
                    hours_of(began, self.options),
                    simulator.calls_ended(),
                )?;
                self.samples.push(left);
                break summary;
            }
        };
        Ok(summary)
    }
}

/// Of the office's own time.
fn hours_of(began: Instant, options: &Options) -> f64 {
    began.elapsed().as_secs_f64() * options.speed / 3600.0
}

/// The library, once the collector has made it and takes what the PBX sends.
async fn reader(cli: &Cli, collector: &mut Collector) -> Result<Reader> {
    let deadline = Instant::now() + STARTS_WITHIN;
    loop {
        collector.must_run()?;
        if let Ok(reader) = Library::open_reader(&cli.library).await
            && is_up(&reader).await
        {
            return Ok(reader);
        }
        if Instant::now() >= deadline {
            bail!("the collector did not begin to listen within {} s", STARTS_WITHIN.as_secs());
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

/// Both sources are set up.
async fn is_up(reader: &Reader) -> bool {
    let Ok(sites) = reader.sites().await else { return false };
    sites.iter().any(|site| site.devlink.is_some() && site.smdr.is_some())
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
