//! Settings: how long calls, the journal and the audit log are kept, and how long numbers are whole; previews of them.

use super::shorten::SHORTENED;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::Deed;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::privacy::{
    AskPrivacy, KeepTimes, Over, PreviewPrivacy, Privacy, PrivacyDone, PrivacyPreview, RunPrivacy,
    SavePrivacy,
};
use model::At;

/// Under which name they are stored.
const SETTING: &str = "keep_times";

/// Rows of an SMDR buffer, and recordings of a recorder that was away, come days late and still find their calls.
const DAYS_MIN: u32 = 7;

/// Ten years and more is for ever.
const DAYS_MAX: u32 = 36_500;

const DAY_MS: i64 = 24 * 3_600_000;

impl Answer<AskPrivacy> for Desk {
    async fn answer(&self, _ask: AskPrivacy) -> Result<Privacy, Failure> {
        let gone = self.reader().journal_gone().await.map_err(failure_of_store)?;
        let begins = self.reader().journal_begins().await.map_err(failure_of_store)?;
        Ok(Privacy {
            times: self.keep_times().await?,
            journal_from_ms: begins.map(|at| at.0),
            settled_until_ms: (gone.through_seq > 0).then_some(gone.through_at.0),
        })
    }
}

impl Answer<SavePrivacy> for Desk {
    async fn answer(&self, ask: SavePrivacy) -> Result<Privacy, Failure> {
        let times = checked(ask.times)?;
        let stored = serde_json::to_string(&times).unwrap_or_default();
        let deed = self.deed(None, &Deed::KeepTimesSet { times: in_words(&times) });
        {
            let _entering = self.entering().lock().await;
            self.hand()
                .set_office_setting(SETTING, Some(&stored), &[deed])
                .await
                .map_err(failure_of_store)?;
        }
        self.happen(Happening::Settings);
        self.answer(AskPrivacy {}).await
    }
}

impl Answer<PreviewPrivacy> for Desk {
    async fn answer(&self, ask: PreviewPrivacy) -> Result<PrivacyPreview, Failure> {
        let times = checked(ask.times)?;
        self.settle().await?;
        self.preview(&times).await
    }
}

impl Answer<RunPrivacy> for Desk {
    async fn answer(&self, _ask: RunPrivacy) -> Result<PrivacyDone, Failure> {
        self.settle().await?;
        self.keep_privacy().await
    }
}

impl Desk {
    pub(super) async fn keep_times(&self) -> Result<KeepTimes, Failure> {
        let stored = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default())
    }

    async fn preview(&self, times: &KeepTimes) -> Result<PrivacyPreview, Failure> {
        let now = self.clock().now();
        let mut preview = PrivacyPreview::default();
        let mut settled = self.reader().journal_gone().await.map_err(failure_of_store)?;
        if let Some(before) = over_before(now, times.journal_days) {
            match self.reader().journal_cut(before).await.map_err(failure_of_store)? {
                Some(cut) => {
                    preview.journal = shown(cut.over);
                    settled = cut.through;
                }
                None if settled.through_seq == 0 => preview.notes.push(
                    "The journal is not cut where a call is going on, or where it is not older than that."
                        .to_owned(),
                ),
                None => {}
            }
        }
        let through = settled.through_seq;
        if let Some(before) = over_before(now, times.calls_days) {
            preview.calls = shown(self.reader().calls_over(before, through).await.map_err(failure_of_store)?);
        }
        if let Some(before) = over_before(now, times.whole_numbers_days) {
            let over = self.reader().numbers_over(before, through, SHORTENED).await;
            preview.numbers = Over { bytes: 0, ..shown(over.map_err(failure_of_store)?) };
        }
        if let Some(before) = over_before(now, times.audit_days) {
            let end = self.reader().audit_end(before, u32::MAX).await.map_err(failure_of_store)?;
            preview.audit = end.map(|end| shown(end.over)).unwrap_or_default();
        }
        Ok(preview)
    }
}

/// `None`: kept for ever.
pub(super) fn over_before(now: At, days: Option<u32>) -> Option<At> {
    days.map(|days| now.plus_ms(-(i64::from(days) * DAY_MS)))
}

fn shown(over: store::Over) -> Over {
    Over { count: over.count, oldest_ms: over.oldest.map(|at| at.0), bytes: over.bytes }
}

fn checked(times: KeepTimes) -> Result<KeepTimes, Failure> {
    let named = [
        ("Calls", times.calls_days),
        ("The journal", times.journal_days),
        ("The audit log", times.audit_days),
        ("Whole numbers", times.whole_numbers_days),
    ];
    for (name, days) in named {
        if let Some(days) = days.filter(|days| !(DAYS_MIN..=DAYS_MAX).contains(days)) {
            return Err(invalid(format!(
                "{name}: {days} days cannot be. Enter {DAYS_MIN} to {DAYS_MAX} days, or nothing for ever."
            )));
        }
    }
    for (days, what) in [(times.calls_days, "calls"), (times.whole_numbers_days, "whole numbers")] {
        let Some(days) = days else { continue };
        if times.journal_days.is_none_or(|journal| journal > days) {
            return Err(invalid(format!(
                "The journal could bring {what} back. Keep it for {days} days at most, as you keep {what}."
            )));
        }
    }
    Ok(times)
}

fn in_words(times: &KeepTimes) -> String {
    let for_days = |days: Option<u32>| days.map_or("for ever".to_owned(), |days| format!("{days} days"));
    format!(
        "calls {}, journal {}, audit log {}, whole numbers {}",
        for_days(times.calls_days),
        for_days(times.journal_days),
        for_days(times.audit_days),
        for_days(times.whole_numbers_days)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_is_kept_no_longer_than_what_it_could_bring_back() {
        let times = |calls, journal, numbers| {
            checked(KeepTimes {
                calls_days: calls,
                journal_days: journal,
                audit_days: None,
                whole_numbers_days: numbers,
            })
        };
        assert!(times(None, None, None).is_ok(), "everything for ever");
        assert!(times(None, Some(30), None).is_ok(), "the journal alone");
        assert!(times(Some(365), Some(365), Some(30)).is_err(), "it would bring whole numbers back");
        assert!(times(Some(365), None, None).is_err(), "and calls, where it is kept for ever");
        assert!(times(Some(365), Some(30), Some(30)).is_ok(), "not when it goes first");
        let says = times(None, None, Some(90)).expect_err("refused").message;
        assert!(says.contains("90 days at most"), "what to enter is told: {says}");
        assert!(times(None, Some(1), None).is_err(), "late rows need some days");
    }
}
