//! The disk says now and then that it could not do something.

use crate::child::{Task, When};
use crate::program::complaints;
use crate::rows::{calls, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use faulty::disk::{Effect, Fault, Operation};
use std::collections::BTreeSet;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "io-errors",
    fault: "the n-th read, write, sync, truncation or opening of a file fails, once or several times in a row, while the \
            library is opened and while it takes in rows",
    expected: "The opening is refused in words, or goes on; what comes in waits until it could be written. Each row stands in \
               the journal once and is a call, without a rebuild. check finds nothing, rebuild changes nothing.",
    run,
};

/// Rows of one round.
const ROWS: u64 = 12;
/// What one round asks of the disk is some hundred operations.
const WITHIN: u64 = 160;

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(fail(setting))
}

async fn fail(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let (mut met, mut refused, mut sentences) = (0, 0, BTreeSet::new());
    let library = setting.path("library");
    let mut taken = 0;
    let mut failures = 0;
    let rounds = setting.times(10, 200);
    for round in 0..rounds {
        let operation = Operation::ALL[round % Operation::ALL.len()];
        let within = match operation {
            // A process opens, syncs and truncates less often than it reads and writes.
            Operation::Open | Operation::Truncate => 8,
            Operation::Sync => 2 * ROWS,
            Operation::Read | Operation::Write => WITHIN,
        };
        let fault = Fault {
            operation: Some(operation),
            after: dice.u64(..within),
            times: [1, 2, 5][dice.usize(..3)],
            effect: if dice.u8(..4) == 0 { Effect::Full } else { Effect::Error },
        };
        let when = if dice.bool() { When::Opening } else { When::Running };
        let rows = taken..taken + ROWS;
        let task = Task { fault: Some(fault), when, ..Task::new(&library, rows.clone()) };
        let told = task.run()?;
        met += u64::from(told.failed > 0);
        failures += told.failed;
        sentences.extend(told.health.iter().chain(&told.refused).cloned());
        let said = || format!("round {round}, {fault:?} {when:?}: {told:?}");
        match told.kept_below {
            Some(kept) => {
                seen.must(kept == rows.end, || format!("not all was taken: {}", said()));
                taken = rows.end;
                must_hold(&library, 0..taken, &mut seen).await?;
                let calls = calls(&library).await?;
                seen.must(calls == taken, || format!("{calls} calls of {taken} rows: {}", said()));
            }
            None => {
                refused += 1;
                seen.must(!told.refused.is_empty(), || format!("it ended without a word: {}", said()));
            }
        }
        if !seen.is_held() {
            break;
        }
    }
    seen.must(met > 0, || "no fault was met".to_owned());
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{rounds} rounds, {met} of them with errors ({failures} in all): {refused} openings refused, {taken} rows taken in, \
         each once. Told: {}",
        sentences.into_iter().collect::<Vec<_>>().join(" / ")
    );
    Ok(seen)
}
