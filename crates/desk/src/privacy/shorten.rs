//! Outside numbers lose their last three digits once they are old: enough is left to see where calls come from, and not
//! from whom.

use super::Work;
use crate::desk::Desk;
use crate::recorder::Job;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::{At, Call, CallId, Direction, RecordingId};
use std::sync::Arc;

/// In the place of the digits that go. No digit, so that a shortened number is known and looks like one.
pub(super) const SHORTENED: &str = "xxx";

/// Shorter ones are extensions, emergency and service numbers.
const DIGITS_MIN: usize = 6;

/// Calls in one transaction: some milliseconds.
const AT_A_TIME: u32 = 100;

/// Under which name it is stored how far this was done: the highest id of a call.
const SETTING: &str = "numbers_shortened";

impl Desk {
    /// Gives how many calls and recordings it changed.
    pub(super) async fn shorten_numbers(&self, before: At) -> Result<u64, Failure> {
        let stored = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        let mut calls_done: i64 = stored.and_then(|stored| stored.parse().ok()).unwrap_or_default();
        let mut shortened = 0;
        let mut last = CallId(calls_done);
        let young = self.reader().first_settled_from(last, before).await.map_err(failure_of_store)?;
        loop {
            let ids = self.reader().settled_calls(last, before, AT_A_TIME).await.map_err(failure_of_store)?;
            let Some(end) = ids.last().copied() else { break };
            last = end;
            let change = Arc::new(shorten);
            shortened += self.job(|reply| Job::Privacy(Work::Rewrite { calls: ids, change, reply })).await?;
            // Younger calls between older ones are come back to.
            if young.is_none_or(|young| end < young) {
                calls_done = end.0;
                self.note_shortened(calls_done).await?;
            }
        }
        Ok(shortened + self.shorten_recordings(before, calls_done).await?)
    }

    async fn shorten_recordings(&self, before: At, calls_done: i64) -> Result<u64, Failure> {
        let gone = self.reader().journal_gone().await.map_err(failure_of_store)?;
        let mut last = RecordingId(0);
        let mut shortened = 0;
        loop {
            let ids =
                self.reader().numbered_recordings(last, before, AT_A_TIME).await.map_err(failure_of_store)?;
            let Some(end) = ids.last().copied() else { break };
            last = end;
            let recordings = self.reader().recordings_by_id(&ids).await.map_err(failure_of_store)?;
            for recording in recordings {
                // One whose call still has its whole number would be given it again.
                if recording.call.is_some_and(|call| !gone.has(call) || call.0 > calls_done) {
                    continue;
                }
                let number = recording
                    .number
                    .as_deref()
                    .map(|number| shortened_number(number).unwrap_or(number.to_owned()));
                let said = recording.says.number.as_deref();
                let said = said.map(|number| shortened_number(number).unwrap_or(number.to_owned()));
                let file_name = shortened_within(&recording.says.file_name);
                let same = number == recording.number
                    && said == recording.says.number
                    && file_name == recording.says.file_name;
                if !same {
                    self.hand()
                        .set_recording_number(recording.id, number.as_deref(), said.as_deref(), &file_name)
                        .await
                        .map_err(failure_of_store)?;
                    shortened += 1;
                }
            }
            tokio::task::yield_now().await;
        }
        if shortened > 0 {
            self.recordings_changed();
            self.recall_tags_due().await;
        }
        Ok(shortened)
    }

    async fn note_shortened(&self, calls: i64) -> Result<(), Failure> {
        let done = calls.to_string();
        self.hand().set_office_setting(SETTING, Some(&done), &[]).await.map_err(failure_of_store)
    }
}

/// The number dialled on an inbound call is the office's own.
fn shorten(call: &mut Call) -> bool {
    let before = call.clone();
    let cut = |slot: &mut Option<String>| {
        if let Some(short) = slot.as_deref().and_then(shortened_number) {
            *slot = Some(short);
        }
    };
    cut(&mut call.external_number);
    if call.external_number != before.external_number {
        call.external_e164 = None;
    }
    if call.direction != Direction::Inbound {
        cut(&mut call.dialed_number);
    }
    for event in &mut call.events {
        cut(&mut event.party);
    }
    *call != before
}

/// `None`: it stays as it is.
fn shortened_number(number: &str) -> Option<String> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits < DIGITS_MIN || number.ends_with(SHORTENED) {
        return None;
    }
    let cut = number.char_indices().rev().filter(|(_, letter)| letter.is_ascii_digit()).nth(2)?.0;
    Some(format!("{}{SHORTENED}", &number[..cut]))
}

/// Numbers in the name of a file. Times of day and dates are written with as many digits: a recorder's clock has eight or
/// fourteen of them, beginning with the year.
fn shortened_within(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let length =
            rest[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len() - start);
        let run = &rest[start..start + length];
        out.push_str(&rest[..start]);
        let is_time = matches!(length, 6 | 8 | 14) && (length == 6 || run.starts_with("20"));
        match shortened_number(run).filter(|_| !is_time) {
            Some(short) => out.push_str(&short),
            None => out.push_str(run),
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_loses_its_last_three_digits_once() {
        assert_eq!(shortened_number("08955501432").as_deref(), Some("08955501xxx"), "national");
        assert_eq!(shortened_number("+498955501432").as_deref(), Some("+498955501xxx"), "with its country");
        assert_eq!(shortened_number("08955501xxx"), None, "not twice");
        assert_eq!(shortened_number("204"), None, "extensions stay");
        assert_eq!(shortened_number("112"), None, "emergency numbers too");
    }

    #[test]
    fn the_offices_own_number_stays() {
        let mut call = Call {
            external_number: Some("08955501432".into()),
            external_e164: Some("+498955501432".into()),
            dialed_number: Some("0301234567".into()),
            ..Call::default()
        };
        assert!(shorten(&mut call), "it changes");
        assert_eq!(call.dialed_number.as_deref(), Some("0301234567"), "what the caller dialled is ours");
        assert_eq!(call.external_number.as_deref(), Some("08955501xxx"), "the caller's is cut");
        assert_eq!(call.external_e164, None, "in whatever form");
        assert!(!shorten(&mut call), "once");
    }

    #[test]
    fn a_file_keeps_its_time() {
        assert_eq!(
            shortened_within("20261121_101500_204_08955501432.wav"),
            "20261121_101500_204_08955501xxx.wav",
            "date, time and extension stay"
        );
    }
}
