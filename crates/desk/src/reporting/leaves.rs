//! The leaves of a stretch of days: as they were kept, or made anew.

use super::run::Unreadable;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use reports::{ColumnSet, Leaf, StateChange, leaf};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::{DAY_MS, DayFacts, DayWords, Hand, Reader, StaleDay};

/// Under this name the library knows by which version of `reports` its leaves were written.
const SETTING: &str = "report leaves";
/// How often the task in the background looks for days that changed.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// Leaves of changed days that are held in memory: today's and yesterday's are asked for over and over.
const HELD: usize = 4;

/// A leaf on its way to the engine.
pub(super) enum Given {
    Kept { day: i64, columns: Vec<(u8, Vec<u8>)> },
    Made(Arc<Leaf>),
}

impl Given {
    pub(super) fn leaf(self, wanted: ColumnSet) -> Result<Arc<Leaf>, Unreadable> {
        match self {
            Given::Made(leaf) => Ok(leaf),
            Given::Kept { day, columns } => {
                let column =
                    |id| columns.iter().find(|(column, _)| *column == id).map(|(_, bytes)| bytes.as_slice());
                Leaf::read(day, wanted, column).map(Arc::new).map_err(|_| Unreadable)
            }
        }
    }
}

/// Leaves of days that changed, by day, with the changes they are of.
#[derive(Default)]
pub(crate) struct Leaves {
    held: Mutex<BTreeMap<i64, (i64, Arc<Leaf>)>>,
}

impl Leaves {
    /// Those of `days`, in order; days without anything are left out. What had to be made of a day that is over is kept
    /// through `hand`.
    pub(super) async fn of(
        &self,
        reader: &Reader,
        hand: Option<&Hand>,
        days: Range<i64>,
        wanted: ColumnSet,
        now_day: i64,
    ) -> Result<Vec<Given>, Failure> {
        let columns: Vec<u8> = wanted.columns().map(|column| column.id()).collect();
        let (kept, stale) = reader.leaves(days, &columns).await.map_err(failure_of_store)?;
        let mut by_day: BTreeMap<i64, Given> = BTreeMap::new();
        for column in kept {
            let given = by_day.entry(column.day).or_insert_with(|| Given::Kept {
                day: column.day,
                columns: Vec::with_capacity(columns.len()),
            });
            if let Given::Kept { columns, .. } = given {
                columns.push((column.column, column.bytes));
            }
        }
        for changed in stale {
            let leaf = match self.held(changed) {
                Some(leaf) => leaf,
                None => self.make(reader, hand, changed.day, now_day).await?,
            };
            by_day.insert(changed.day, Given::Made(leaf));
        }
        Ok(by_day.into_values().collect())
    }

    fn held(&self, changed: StaleDay) -> Option<Arc<Leaf>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&changed.day)
            .filter(|(changes, _)| *changes == changed.changes)
            .map(|(_, leaf)| Arc::clone(leaf))
    }

    /// From the calls, as they are now.
    async fn make(
        &self,
        reader: &Reader,
        hand: Option<&Hand>,
        day: i64,
        now_day: i64,
    ) -> Result<Arc<Leaf>, Failure> {
        let (facts, stale) = reader.day_facts(day).await.map_err(failure_of_store)?;
        let (leaf, words) = leaf_of(day, facts).await?;
        let leaf = Arc::new(leaf);
        let Some(stale) = stale else { return Ok(leaf) };
        match hand.filter(|_| day < now_day) {
            // What cannot be kept (a full disk, a library that another program writes) is made again the next time.
            Some(hand) => drop(hand.keep_leaf(stale, &leaf.columns(), &words).await),
            None => {
                let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                held.insert(day, (stale.changes, Arc::clone(&leaf)));
                while held.len() > HELD {
                    held.pop_first();
                }
            }
        }
        Ok(leaf)
    }
}

async fn leaf_of(day: i64, facts: DayFacts) -> Result<(Leaf, DayWords), Failure> {
    let made = tokio::task::spawn_blocking(move || {
        let states: Vec<StateChange> = facts
            .states
            .into_iter()
            .map(|(site, status)| StateChange {
                site,
                extension: status.extension,
                at: status.since,
                state: status.state,
            })
            .collect();
        (Leaf::of(day, &facts.calls, &states), DayWords::of(&facts.calls))
    });
    made.await.map_err(|_| crate::trouble::closed())
}

impl Desk {
    /// Leaves that another version wrote are made anew.
    pub(super) async fn know_leaves(&self) -> Result<(), Failure> {
        let version = leaf::FORMAT.to_string();
        let known = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        if known.as_deref() == Some(version.as_str()) {
            return Ok(());
        }
        self.hand().forget_leaves().await.map_err(failure_of_store)?;
        self.hand().set_office_setting(SETTING, Some(&version), &[]).await.map_err(failure_of_store)
    }

    /// Makes the leaves of days that are over and have changed, the latest first. Returns how many.
    pub async fn make_leaves(&self) -> Result<u64, Failure> {
        let now_day = self.clock().now().0.div_euclid(DAY_MS);
        let stale = self.reader().stale_days(i64::from(i32::MIN)..now_day).await.map_err(failure_of_store)?;
        let mut made = 0;
        for day in stale.into_iter().rev() {
            self.reporting().leaves.make(self.reader(), Some(self.hand()), day.day, now_day).await?;
            made += 1;
        }
        Ok(made)
    }

    pub(super) fn keep_leaves(&self) {
        let weak = self.weak();
        tokio::spawn(async move {
            loop {
                let Some(desk) = weak.upgrade() else { return };
                if let Err(failure) = desk.make_leaves().await {
                    tracing::warn!(
                        message = failure.message,
                        "what reports are reckoned from could not be kept"
                    );
                }
                drop(desk);
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        });
    }
}
