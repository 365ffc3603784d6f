//! The calls beside what was told of them.

use super::told::ToldCall;
use crate::program::said;
use crate::scenario::Seen;
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// What only a record that came later, or what was concluded with it, can change about a call that is over.
const BY_A_RECORD: [&str; 2] = ["smdr", "related"];

/// What was told since the last comparison, and the figures so far.
#[derive(Default)]
pub(super) struct Compared {
    told: BTreeMap<String, ToldCall>,
    lines: u64,
    calls: u64,
    to_the_letter: u64,
    more_since: u64,
    living: u64,
}

impl Compared {
    pub(super) fn tell(&mut self, calls: Vec<ToldCall>) {
        self.lines += calls.len() as u64;
        // The last word about each counts.
        self.told.extend(calls.into_iter().map(|call| (call.id.clone(), call)));
    }

    /// Every call that was told is there, as it was told last or with what came since.
    pub(super) async fn compare(&mut self, library: &Path, seen: &mut Seen) -> anyhow::Result<()> {
        let told = std::mem::take(&mut self.told);
        if told.is_empty() {
            return Ok(());
        }
        // Opening it catches up with the journal, as it does for whoever opens it next.
        let caught_up = said(library, &["check"])?;
        anyhow::ensure!(caught_up.code == Some(0), "check after a kill: {} {}", caught_up.out, caught_up.err);
        let look = desk::Look::open(library).await.map_err(|failure| anyhow::anyhow!(failure.message))?;
        for (id, told) in told {
            self.calls += 1;
            let kept = match look.call(&id).await {
                // By way of text, as it was told: numbers that are read from text differ in their last digit.
                Ok(kept) => {
                    serde_json::from_str::<Value>(&serde_json::to_string(&kept)?).context("a call as JSON")?
                }
                Err(failure) => {
                    seen.complain(format!("call {id} was told and is not there: {}", failure.message));
                    continue;
                }
            };
            match told.over {
                false => self.living += 1,
                true if kept == told.call => self.to_the_letter += 1,
                true if BY_A_RECORD.iter().any(|what| kept[what] != told.call[what]) => self.more_since += 1,
                true => seen
                    .complain(format!("call {id} is not as it was told: {}", difference(&told.call, &kept))),
            }
        }
        Ok(())
    }
}

fn difference(told: &Value, kept: &Value) -> String {
    let fields = told.as_object().into_iter().flatten();
    let changed = fields.filter(|(name, value)| kept[name.as_str()] != **value);
    changed.map(|(name, value)| format!("{name} {value} is now {}; ", kept[name.as_str()])).collect()
}

impl fmt::Display for Compared {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} lines told of {} calls: {} over and kept to the letter, {} with a record that came later, {} living then \
             and kept",
            self.lines, self.calls, self.to_the_letter, self.more_since, self.living
        )
    }
}
