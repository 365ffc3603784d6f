//! What is over goes: the journal first, then what rests on it, some rows at a time, so that live calls get their turn.

use super::Work;
use super::times::over_before;
use crate::desk::Desk;
use crate::keeping::Deed;
use crate::recorder::Job;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::privacy::PrivacyDone;
use model::{At, Entry, Said, SiteId};
use std::collections::HashMap;
use store::{EntryLimits, SeenRecord};

/// Entries of the journal, calls and states that go in one transaction: some milliseconds.
const JOURNAL_AT_A_TIME: EntryLimits = EntryLimits { rows: 1_000, bytes: 2 << 20 };
const CALLS_AT_A_TIME: u32 = 100;
const STATES_AT_A_TIME: u32 = 500;
const AUDIT_AT_A_TIME: u32 = 2_000;

impl Desk {
    /// Carries out the times that are stored. What is cut off goes on the next time.
    pub(crate) async fn keep_privacy(&self) -> Result<PrivacyDone, Failure> {
        let _turn = self.keeping().at_privacy.lock().await;
        let now = self.clock().now();
        let times = self.keep_times().await?;
        let mut done = PrivacyDone::default();
        if let Some(before) = over_before(now, times.journal_days) {
            done.journal_entries = self.end_journal(before).await?;
        }
        if let Some(before) = over_before(now, times.calls_days) {
            done.calls = self.end_calls(before).await?;
        }
        if let Some(before) = over_before(now, times.whole_numbers_days) {
            done.shortened = self.shorten_numbers(before).await?;
        }
        if done != PrivacyDone::default() {
            self.hand().forget_unused_words(None).await.map_err(failure_of_store)?;
            let PrivacyDone { calls, journal_entries, shortened, .. } = done;
            self.note_deed(None, &Deed::KeepTimesRun { calls, journal_entries, shortened }).await?;
            self.happen(crate::happening::Happening::Much);
        }
        if let Some(before) = over_before(now, times.audit_days) {
            done.audit_entries = self.end_audit(before).await?;
        }
        Ok(done)
    }

    async fn end_journal(&self, before: At) -> Result<u64, Failure> {
        let cut = self.reader().journal_cut(before).await.map_err(failure_of_store)?;
        if let Some(cut) = cut {
            self.hand().end_journal(cut.through).await.map_err(failure_of_store)?;
            self.job(|reply| Job::Privacy(Work::LetGo { through: cut.through, reply })).await?;
        }
        // Also what a run that was cut off has left.
        let gone = self.reader().journal_gone().await.map_err(failure_of_store)?;
        let (mut after, mut removed) = (0, 0);
        loop {
            let entries = self.reader().entries(after, JOURNAL_AT_A_TIME).await.map_err(failure_of_store)?;
            let Some(last) = entries.iter().map(|entry| entry.seq).rfind(|seq| *seq <= gone.through_seq)
            else {
                break;
            };
            after = last;
            let going: Vec<&Entry> =
                entries.iter().filter(|entry| gone.takes(entry.seq, entry.said)).collect();
            if going.is_empty() {
                continue;
            }
            let records = self.records_in(going.iter().copied());
            self.hand().remove_journal(last, &records).await.map_err(failure_of_store)?;
            removed += going.len() as u64;
            tokio::task::yield_now().await;
        }
        Ok(removed)
    }

    /// By which rows are known when they come again.
    pub(super) fn records_in<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> Vec<SeenRecord> {
        let mut clocks: HashMap<SiteId, smdr::SiteClock> = HashMap::new();
        let mut records = Vec::new();
        for entry in entries.filter(|entry| entry.said == Said::SmdrLines) {
            let site = entry.site;
            let clock = match clocks.entry(site) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(free) => {
                    let zone =
                        self.board().now().sites.get(&site).map(|site| site.settings.time_zone.clone());
                    let clock = zone.and_then(|zone| smdr::SiteClock::new(&zone).ok());
                    let Some(clock) = clock.or_else(|| smdr::SiteClock::new("UTC").ok()) else { continue };
                    free.insert(clock)
                }
            };
            clock.rows_came(entry.at);
            let mut found = Vec::new();
            smdr::facts(&entry.bytes, clock, |_, line| match line {
                smdr::Line::Record(record) => found.push((record.started_at, record.digest)),
                smdr::Line::Complaint { raw, .. } => {
                    records.push(crate::import::unreadable(site, crate::import::digest(raw)));
                }
                smdr::Line::Skipped => {}
            });
            records.extend(found.into_iter().map(|(started_at, digest)| SeenRecord {
                site,
                started_at: clock.known_by(started_at),
                digest,
            }));
        }
        records
    }

    async fn end_calls(&self, before: At) -> Result<u64, Failure> {
        let mut removed = 0;
        loop {
            let some =
                self.hand().remove_old_calls(before, CALLS_AT_A_TIME).await.map_err(failure_of_store)?;
            removed += some;
            if some < u64::from(CALLS_AT_A_TIME) {
                break;
            }
            tokio::task::yield_now().await;
        }
        let gone = self.reader().journal_gone().await.map_err(failure_of_store)?;
        // What phones did is made of the journal too.
        let before = At(before.0.min(gone.through_at.0));
        loop {
            let some =
                self.hand().remove_old_states(before, STATES_AT_A_TIME).await.map_err(failure_of_store)?;
            if some < u64::from(STATES_AT_A_TIME) {
                break;
            }
            tokio::task::yield_now().await;
        }
        if removed > 0 {
            self.recordings_changed();
        }
        Ok(removed)
    }

    async fn end_audit(&self, before: At) -> Result<u64, Failure> {
        let mut removed = 0;
        while let Some(end) =
            self.reader().audit_end(before, AUDIT_AT_A_TIME).await.map_err(failure_of_store)?
        {
            let deed = Deed::AuditShortened { entries: end.over.count, hash: end.hash.clone() };
            self.hand().shorten_audit(&end, &self.deed(None, &deed)).await.map_err(failure_of_store)?;
            removed += end.over.count;
            if end.over.count < u64::from(AUDIT_AT_A_TIME) {
                break;
            }
            tokio::task::yield_now().await;
        }
        Ok(removed)
    }
}
