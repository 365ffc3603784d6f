//! Processes in which something fails: started by the scenarios from this same program, so that what fails is this
//! process's disk, and its end is no harm.
//!
//! A child takes in rows one by one and says of each when the library has promised to keep it.

use crate::rows::row;
use anyhow::{Context, bail};
use contract::Failure;
use contract::sites::{AskSites, SaveSite, Site};
use desk::backups::Contents;
use desk::{Answer, Clock, Desk, Opening, RunOnlyKeychain, Start};
use faulty::disk::{self, Effect, Fault, Operation};
use model::{Said, SiteId};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;

/// What a child is to do.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) library: PathBuf,
    /// Rows to take in, by their numbers.
    pub(crate) rows: std::ops::Range<u64>,
    pub(crate) seed: u64,
    pub(crate) when: When,
    pub(crate) fault: Option<Fault>,
    /// A backup to make after that.
    pub(crate) backup: Option<PathBuf>,
}

/// From when on the disk may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Opening,
    Running,
    BackingUp,
}

impl Task {
    pub(crate) fn new(library: &Path, rows: std::ops::Range<u64>) -> Self {
        Self { library: library.to_owned(), rows, seed: 0, when: When::Opening, fault: None, backup: None }
    }

    /// A process of its own for it.
    pub(crate) fn start(&self) -> anyhow::Result<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--child", "take"]).args(self.words()?);
        Ok(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
    }

    /// Runs it to its end.
    pub(crate) fn run(&self) -> anyhow::Result<Told> {
        let output = self.start()?.wait_with_output()?;
        Ok(Told::of(output.status.code(), &output.stdout, &output.stderr))
    }

    fn words(&self) -> anyhow::Result<Vec<String>> {
        let text = |path: &Path| path.to_str().map(str::to_owned).context("a path that is no text");
        let (operation, effect, after, times) = match self.fault {
            Some(fault) => (
                fault.operation.map_or("any".to_owned(), |operation| format!("{operation:?}")),
                format!("{:?}", fault.effect),
                fault.after,
                fault.times,
            ),
            None => ("any".to_owned(), "Error".to_owned(), 0, 0),
        };
        Ok(vec![
            text(&self.library)?,
            self.rows.start.to_string(),
            self.rows.end.to_string(),
            self.seed.to_string(),
            format!("{:?}", self.when),
            operation,
            effect,
            after.to_string(),
            times.to_string(),
            self.backup.as_deref().map(text).transpose()?.unwrap_or_default(),
        ])
    }

    fn read(words: &[String]) -> anyhow::Result<Self> {
        let [library, from, to, seed, when, operation, effect, after, times, backup] = words else {
            bail!("a task has ten words");
        };
        let when = match when.as_str() {
            "Opening" => When::Opening,
            "Running" => When::Running,
            _ => When::BackingUp,
        };
        let effect = match effect.as_str() {
            "PowerCut" => Effect::PowerCut,
            "Full" => Effect::Full,
            _ => Effect::Error,
        };
        let operation = Operation::ALL.into_iter().find(|known| format!("{known:?}") == *operation);
        let fault = Fault { operation, effect, after: after.parse()?, times: times.parse()? };
        Ok(Self {
            library: library.into(),
            rows: from.parse()?..to.parse()?,
            seed: seed.parse()?,
            when,
            fault: (fault.times > 0).then_some(fault),
            backup: (!backup.is_empty()).then(|| backup.into()),
        })
    }

    fn arm(&self, now: When) {
        if let Some(fault) = self.fault.filter(|_| self.when == now) {
            disk::arm(fault);
        }
    }
}

/// What a child said, and how it ended.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// One past the last row that it said was kept.
    pub(crate) kept_below: Option<u64>,
    /// Why the library was not opened, or not closed.
    pub(crate) refused: Vec<String>,
    /// What the health list was told, each sentence once.
    pub(crate) health: Vec<String>,
    /// The backup was said to be good.
    pub(crate) backed_up: bool,
    /// What the disk was asked and how often it failed.
    pub(crate) asked: u64,
    pub(crate) failed: u64,
    /// What a backup asked the disk.
    pub(crate) asked_for_backup: u64,
    pub(crate) power_cut: bool,
    pub(crate) ended_well: bool,
    /// What it died of, for whoever prints this.
    #[allow(dead_code, reason = "printed with the rest")]
    pub(crate) err: String,
}

impl Told {
    pub(crate) fn of(code: Option<i32>, out: &[u8], err: &[u8]) -> Self {
        let mut told = Self {
            power_cut: code == Some(disk::POWER_CUT),
            ended_well: code == Some(0),
            err: String::from_utf8_lossy(err).trim().to_owned(),
            ..Self::default()
        };
        for line in String::from_utf8_lossy(out).lines() {
            let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
            match what {
                "kept" => told.kept_below = rest.parse().ok(),
                "refused" => told.refused.push(rest.to_owned()),
                "health" if !told.health.iter().any(|known| known == rest) => {
                    told.health.push(rest.to_owned())
                }
                "backed-up" => told.backed_up = true,
                "asked-for-backup" => told.asked_for_backup = rest.parse().unwrap_or(0),
                "asked" => told.asked = rest.parse().unwrap_or(0),
                "failed" => told.failed = rest.parse().unwrap_or(0),
                _ => {}
            }
        }
        told
    }
}

pub(crate) fn act(name: &str, words: &[String]) -> anyhow::Result<ExitCode> {
    if name != "take" {
        bail!("no process is called {name}");
    }
    let task = Task::read(words)?;
    if task.fault.is_some() {
        anyhow::ensure!(disk::install(), "the failing disk cannot be put beneath SQLite");
    }
    disk::seed(task.seed);
    tokio::runtime::Runtime::new()?.block_on(take(&task))
}

async fn take(task: &Task) -> anyhow::Result<ExitCode> {
    task.arm(When::Opening);
    let desk = match open(&task.library).await {
        Ok(desk) => desk,
        Err(failure) => {
            say(&format!("refused {}", failure.message));
            return end(ExitCode::FAILURE);
        }
    };
    let mut happenings = desk.happenings();
    tokio::spawn(async move {
        while let Some(happening) = happenings.next().await {
            if let desk::Happening::Health(entry) = &*happening {
                say(&format!("health {}", entry.says));
            }
        }
    });
    let site = match site(&desk).await {
        Ok(site) => site,
        Err(failure) => {
            say(&format!("refused {}", failure.message));
            return end(ExitCode::FAILURE);
        }
    };
    task.arm(When::Running);
    for number in task.rows.clone() {
        desk.said(site, Said::SmdrLines, row(number)).await.map_err(told)?;
        // Whoever is told of a row waits until it was kept; a failure is about the tables, and the next one tries again.
        match desk.settle().await {
            Ok(()) => say(&format!("kept {}", number + 1)),
            Err(failure) => say(&format!("health {}", failure.message)),
        }
    }
    if let Some(file) = &task.backup {
        let before = asked_so_far();
        task.arm(When::BackingUp);
        match desk.back_up(file, Contents::Database, None, Arc::new(|_| ControlFlow::Continue(()))).await {
            Ok(_) => say("backed-up"),
            Err(failure) => say(&format!("refused {}", failure.message)),
        }
        say(&format!("asked-for-backup {}", asked_so_far() - before));
    }
    // A backup that was said to be good is good whatever comes after it.
    if task.when != When::BackingUp {
        disk_is_well_again();
    }
    if let Err(failure) = desk.close().await {
        say(&format!("refused {}", failure.message));
        return end(ExitCode::FAILURE);
    }
    end(ExitCode::SUCCESS)
}

/// A fault that was armed and met nothing so far is of no interest any more.
fn disk_is_well_again() {
    disk::disarm();
}

fn end(code: ExitCode) -> anyhow::Result<ExitCode> {
    say(&format!("asked {}", asked_so_far()));
    say(&format!("failed {}", disk::failed()));
    Ok(code)
}

fn asked_so_far() -> u64 {
    Operation::ALL.map(disk::asked).iter().sum()
}

/// Out at once: what is said last counts.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody may be listening any more.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

pub(crate) async fn open(library: &Path) -> Result<Desk, Failure> {
    Desk::open(Opening {
        library: library.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "faults".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::System),
        spoken: desk::Language::English,
    })
    .await
}

/// The only one, made when there is none.
pub(crate) async fn site(desk: &Desk) -> Result<SiteId, Failure> {
    if let Some(site) = desk.answer(AskSites {}).await?.first() {
        return Ok(SiteId(site.id));
    }
    let site = Site { name: "Office".to_owned(), time_zone: "UTC".to_owned(), ..Site::default() };
    let saved = desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await?;
    Ok(SiteId(saved.site.id))
}

pub(crate) fn told(failure: Failure) -> anyhow::Error {
    anyhow::anyhow!("{} {}", failure.message, failure.detail.unwrap_or_default())
}
