//! The calls beside what was told of them.

use super::told::{Standing, ToldCall};
use crate::child::Task;
use crate::program::said;
use crate::scenario::Seen;
use anyhow::Context;
use model::CallId;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use store::{CallFilter, CallSort, Library, PageRequest};

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
    gone: u64,
    /// What made them go was committed, and the kill came before it was told.
    gone_untold: u64,
}

impl Compared {
    pub(super) fn tell(&mut self, calls: Vec<ToldCall>) {
        self.lines += calls.len() as u64;
        // The last word about each counts. That one of which nothing was told is none is no news.
        for call in calls {
            if call.standing != Standing::Gone || self.told.contains_key(&call.id) {
                self.told.insert(call.id.clone(), call);
            }
        }
    }

    /// Every call that was told is there, as it was told last or with what came since; what was told to be gone is not.
    pub(super) async fn compare(&mut self, library: &Path, seen: &mut Seen) -> anyhow::Result<()> {
        let told = std::mem::take(&mut self.told);
        if told.is_empty() {
            return Ok(());
        }
        // Whoever opens it next for writing catches up with the journal, and with what was only waited for when the kill
        // came: a record that stands alone after some seconds is told at a time at which nothing is committed.
        let opened = Task::new(library, 0..0).run()?;
        anyhow::ensure!(opened.ended_well, "opening after a kill: {opened:?}");
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
                Err(_) if told.standing == Standing::Gone => {
                    self.gone += 1;
                    continue;
                }
                Err(failure) => {
                    let main = told.part_of().map(str::to_owned);
                    let was_part = match main {
                        Some(main) => look.call(&main).await.is_ok(),
                        None => false,
                    };
                    if was_part || calls_with_record(library, &id).await? == 1 {
                        self.gone_untold += 1;
                    } else {
                        let (message, call) = (failure.message, told.call);
                        seen.complain(format!("a call was told and is not there: {id} {message} {call}"));
                    }
                    continue;
                }
            };
            match told.standing {
                Standing::Gone => seen.complain(format!("a call was told to be gone and is there: {kept}")),
                Standing::Living => {
                    self.living += 1;
                    let same = BY_A_RECORD.iter().any(|what| kept[what] != told.call[what])
                        || ["direction", "started_at"].iter().all(|what| kept[what] == told.call[what]);
                    seen.must(same, || {
                        format!("a living call is another one now: {id} {}", difference(&told.call, &kept))
                    });
                }
                Standing::Over if kept == told.call => self.to_the_letter += 1,
                Standing::Over if BY_A_RECORD.iter().any(|what| kept[what] != told.call[what]) => {
                    self.more_since += 1;
                }
                Standing::Over => seen.complain(format!(
                    "a call is not as it was told: {id} {}",
                    difference(&told.call, &kept)
                )),
            }
        }
        Ok(())
    }
}

impl ToldCall {
    /// The call that it was told to be a consultation of, if nobody had been met on it: dialling that led nowhere while
    /// another call was held is part of that one.
    fn part_of(&self) -> Option<&str> {
        if self.standing != Standing::Living || self.call["answered"] == true {
            return None;
        }
        let related = self.call["related"].as_array()?.iter();
        let mut mains = related.filter(|related| related["relation"] == "consultation_of");
        mains.find_map(|related| related["id"].as_str())
    }
}

/// Calls that have the record by which the call with this id began.
async fn calls_with_record(library: &Path, id: &str) -> anyhow::Result<usize> {
    let id = CallId::from_text(id).context("a call's id")?;
    let reader = Library::open_reader(library).await?;
    let (mut found, mut after) = (0, None);
    loop {
        let (filter, sort) = (CallFilter::default(), CallSort::OldestFirst);
        let page = reader.calls(&PageRequest { filter, sort, after, limit: 500 }).await?;
        let has = |call: &&model::Call| {
            call.basis.records.iter().any(|record| CallId::begun_at(record.position) == id)
        };
        found += page.calls.iter().filter(has).count();
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    reader.close().await;
    Ok(found)
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
             and kept, {} told to be no call by themselves, {} found to be none by what was committed and not told",
            self.lines,
            self.calls,
            self.to_the_letter,
            self.more_since,
            self.living,
            self.gone,
            self.gone_untold
        )
    }
}
