//! What is wrong with the collector, if anything. Every bound has its reason.

use crate::compare::{A_MOMENT_S, Compared, Length};
use crate::day::Options;
use crate::line::slope;
use crate::sample::Sample;
use simulator::Summary;

/// What is still well.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// By the line through the second half of the samples, in MB for each hour of the office.
    pub growth_mb_an_hour: f64,
    /// Between the fewest and the most open files in the second half.
    pub files: usize,
    pub threads: usize,
    pub wal_mb: f64,
    pub unread_bytes: u64,
    pub journal_behind: u64,
    /// How far lengths of time may be off, in real seconds for each call they are made of.
    pub length_s_a_call: f64,
    /// How far the office may be behind its plan, in real milliseconds.
    pub late_ms: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            // A week without a restart then costs less than 10 MB.
            growth_mb_an_hour: 0.05,
            // A row more or less is on its way: SMDR comes with a connection for each.
            files: 4,
            // SQLite's readers come and go with those who ask.
            threads: 4,
            // Carried over at 8 MB, and cut down to 32 MB at most.
            wal_mb: 32.0,
            // The kernel's buffers hold more than a hundred times that: whoever is held up has long been told.
            unread_bytes: 64 * 1024,
            // The tables of calls are written four times a second; a busy second has a hundred events.
            journal_behind: 500,
            // From the office's clock to the collector's: through a socket, on a machine with other work.
            length_s_a_call: 0.05,
            late_ms: 1_000,
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub about: &'static str,
    pub is_well: bool,
    pub says: String,
}

pub(crate) fn judge(
    samples: &[Sample],
    summary: &Summary,
    compared: &Compared,
    options: &Options,
) -> Vec<Verdict> {
    let bounds = &options.bounds;
    let later = &samples[samples.len() / 2..];
    let mut verdicts = vec![memory(later, bounds)];
    let spread = |of: fn(&Sample) -> usize| {
        let counts = later.iter().map(of);
        (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0))
    };
    let (fewest, most) = spread(|sample| sample.files);
    verdicts.push(Verdict {
        about: "files",
        is_well: most - fewest <= bounds.files,
        says: format!("{fewest} to {most} open in the second half, at most {} apart", bounds.files),
    });
    let (fewest, most) = spread(|sample| sample.threads);
    verdicts.push(Verdict {
        about: "threads",
        is_well: most - fewest <= bounds.threads,
        says: format!("{fewest} to {most} in the second half, at most {} apart", bounds.threads),
    });
    let wal_mb = samples.iter().map(|sample| sample.wal_mb).fold(0.0, f64::max);
    verdicts.push(Verdict {
        about: "log",
        is_well: wal_mb <= bounds.wal_mb,
        says: format!("the library's log had {wal_mb:.1} MB at most, {:.0} may be", bounds.wal_mb),
    });
    verdicts.extend(queues(samples, bounds));
    verdicts.push(pace(summary, bounds));
    verdicts.extend(figures(compared, bounds));
    verdicts
}

fn memory(later: &[Sample], bounds: &Bounds) -> Verdict {
    let points: Vec<(f64, f64)> = later.iter().map(|sample| (sample.hours, sample.own_mb)).collect();
    let growth = slope(&points);
    Verdict {
        about: "memory",
        is_well: growth <= bounds.growth_mb_an_hour,
        says: format!(
            "its own memory grows by {growth:+.3} MB an hour in the second half, {} may be",
            bounds.growth_mb_an_hour
        ),
    }
}

fn queues(samples: &[Sample], bounds: &Bounds) -> [Verdict; 2] {
    let unread = samples.iter().map(|sample| sample.unread_bytes).max().unwrap_or(0);
    let behind = samples.iter().map(|sample| sample.journal_behind).max().unwrap_or(0);
    let left = samples.last().map_or(0, |last| last.unread_bytes);
    [
        Verdict {
            about: "sockets",
            is_well: unread <= bounds.unread_bytes && left == 0,
            says: format!(
                "{unread} bytes waited at most, {} may; {left} wait at the end",
                bounds.unread_bytes
            ),
        },
        Verdict {
            about: "journal",
            is_well: behind <= bounds.journal_behind,
            says: format!(
                "{behind} entries waited for the tables of calls at most, {} may",
                bounds.journal_behind
            ),
        },
    ]
}

fn pace(summary: &Summary, bounds: &Bounds) -> Verdict {
    let rows = summary.rows;
    Verdict {
        about: "pace",
        is_well: summary.latest_step_ms <= bounds.late_ms && summary.unfinished == 0 && rows.dropped == 0,
        says: format!(
            "the office was {} ms behind its plan at most, {} may be; {} events, {} rows, {} lost",
            summary.latest_step_ms, bounds.late_ms, summary.events_sent, rows.delivered, rows.dropped
        ),
    }
}

fn figures(compared: &Compared, bounds: &Bounds) -> [Verdict; 3] {
    let first =
        |differences: &[String]| differences.first().map(|first| format!(": {first}")).unwrap_or_default();
    let furthest = compared.lengths.iter().map(Length::off_s).fold(0.0, f64::max);
    let differing = compared.lengths.iter().filter(|length| length.is_off(bounds.length_s_a_call)).count();
    [
        Verdict {
            about: "calls",
            is_well: compared.calls.is_empty(),
            says: format!(
                "{} of {} differ from the truth{}",
                compared.calls.len(),
                compared.true_calls,
                first(&compared.calls)
            ),
        },
        Verdict {
            about: "counts",
            is_well: compared.counts.is_empty(),
            says: format!(
                "{} of {} differ from the truth{}",
                compared.counts.len(),
                compared.counted,
                first(&compared.counts)
            ),
        },
        Verdict {
            about: "lengths",
            is_well: differing == 0,
            says: format!(
                "{differing} of {} sums are off by more than {A_MOMENT_S} s and {:.0} ms a call; the furthest by {:.0} ms",
                compared.lengths.len(),
                bounds.length_s_a_call * 1000.0,
                furthest * 1000.0
            ),
        },
    ]
}
