//! Reports that go out by themselves. One task sees to it: it makes up for the times that were missed while CallDoc was
//! off, sends what is due, tries again what failed for the moment, and writes down each of it.

use super::files;
use super::post::MailFailure;
use super::times;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::trouble::{failure_of_store, invalid, not_found};
use contract::Failure;
use contract::reports::{Destination, ReportRef, Schedule, Schedules, Sent, SentState};
use model::At;
use model::report::Definition;
use std::path::Path;
use std::time::Duration;
use store::{SentReport, StoredSchedule};
use words::Language;

/// How much of the log is shown.
const SHOWN: u32 = 200;

/// Between two tries of a mail that did not go out; then it failed. The last is a day after the first.
const TRY_AGAIN_MS: [i64; 6] = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 6 * 3_600_000, 16 * 3_600_000];

/// The clock is looked at so often at least: it may be set, and a laptop may have slept.
const LOOK_MS: i64 = 60_000;

impl Desk {
    pub(crate) async fn schedules(&self) -> Result<Schedules, Failure> {
        let now = self.clock().now();
        let zone = self.office_zone();
        let sent = self.reader().sent_reports(SHOWN).await.map_err(failure_of_store)?;
        let mut schedules = Vec::new();
        for (stored, mut schedule) in self.stored_schedules().await? {
            schedule.next_ms = match schedule.on {
                true => times::next(schedule.every, &zone, now).map(|at| at.0),
                false => None,
            };
            schedule.last = sent.iter().find(|sent| sent.schedule == stored.id).map(shown);
            schedules.push(schedule);
        }
        schedules.sort_by_cached_key(|schedule| (schedule.name.to_lowercase(), schedule.id));
        Ok(Schedules { schedules, sent: sent.iter().map(shown).collect() })
    }

    pub(crate) async fn save_schedule(&self, schedule: Schedule) -> Result<(), Failure> {
        check(&schedule)?;
        self.definition_of(&schedule.report).await?;
        // Times before it was saved are not its own.
        let done_until = self.clock().now();
        let id = schedule.id;
        let bare = Schedule { next_ms: None, last: None, ..schedule };
        let json = serde_json::to_string(&bare).unwrap_or_default();
        self.hand()
            .save_schedule(&StoredSchedule { id, json, done_until })
            .await
            .map_err(failure_of_store)?;
        self.reporting().woken.notify_one();
        self.happen(Happening::Schedules);
        Ok(())
    }

    pub(crate) async fn remove_schedule(&self, id: i64) -> Result<(), Failure> {
        self.hand().remove_schedule(id).await.map_err(failure_of_store)?;
        self.happen(Happening::Schedules);
        Ok(())
    }

    /// Beside its times: one that fails is not tried again.
    pub(crate) async fn run_schedule_now(&self, id: i64) -> Result<(), Failure> {
        let found = self.stored_schedules().await?.into_iter().find(|(stored, _)| stored.id == id);
        let (stored, schedule) = found.ok_or_else(|| not_found("This schedule is not there any more."))?;
        let now = self.clock().now();
        let outcome = self.deliver(&schedule, now).await;
        let (state, says) = match outcome {
            Ok(says) => (store::SentState::Sent, says),
            Err(MailFailure::Now(failure) | MailFailure::Later(failure)) => {
                (store::SentState::Failed, failure.message)
            }
        };
        self.note(&stored, &schedule, now, state, 1, says).await
    }

    async fn stored_schedules(&self) -> Result<Vec<(StoredSchedule, Schedule)>, Failure> {
        let stored = self.reader().schedules().await.map_err(failure_of_store)?;
        let read = |stored: StoredSchedule| {
            let schedule: Schedule = serde_json::from_str(&stored.json).ok()?;
            let schedule = Schedule { id: stored.id, ..schedule };
            Some((stored, schedule))
        };
        Ok(stored.into_iter().filter_map(read).collect())
    }

    /// Sees to everything that is due now.
    pub async fn see_to_schedules(&self) -> Result<(), Failure> {
        let zone = self.office_zone();
        for (stored, schedule) in self.stored_schedules().await? {
            if !schedule.on {
                continue;
            }
            for due in times::missed(schedule.every, &zone, stored.done_until, self.clock().now()) {
                self.send_due(&stored, &schedule, due, 1).await?;
            }
        }
        self.try_again().await
    }

    async fn try_again(&self) -> Result<(), Failure> {
        let waiting = self.reader().waiting_reports().await.map_err(failure_of_store)?;
        if waiting.is_empty() {
            return Ok(());
        }
        let schedules = self.stored_schedules().await?;
        for sent in waiting {
            if again_at(&sent) > self.clock().now() {
                continue;
            }
            if let Some((stored, schedule)) = schedules.iter().find(|(stored, _)| stored.id == sent.schedule)
            {
                self.send_due(stored, schedule, sent.due_at, sent.tries + 1).await?;
            }
        }
        Ok(())
    }

    async fn send_due(
        &self,
        stored: &StoredSchedule,
        schedule: &Schedule,
        due: At,
        tries: u32,
    ) -> Result<(), Failure> {
        let (state, says) = match self.deliver(schedule, due).await {
            Ok(says) => (store::SentState::Sent, says),
            Err(MailFailure::Later(failure)) if (tries as usize) <= TRY_AGAIN_MS.len() => {
                (store::SentState::Waiting, format!("{} It is tried again.", failure.message))
            }
            Err(MailFailure::Now(failure) | MailFailure::Later(failure)) => {
                (store::SentState::Failed, failure.message)
            }
        };
        self.note(stored, schedule, due, state, tries, says).await
    }

    async fn note(
        &self,
        stored: &StoredSchedule,
        schedule: &Schedule,
        due_at: At,
        state: store::SentState,
        tries: u32,
        says: String,
    ) -> Result<(), Failure> {
        let at = self.clock().now();
        let sent =
            SentReport { schedule: stored.id, name: schedule.name.clone(), due_at, at, state, tries, says };
        self.hand().note_sent(&sent, due_at).await.map_err(failure_of_store)?;
        self.happen(Happening::Schedules);
        Ok(())
    }

    /// Makes the report as of the time it was due and sends it. Gives where to, as a sentence.
    async fn deliver(&self, schedule: &Schedule, due: At) -> Result<String, MailFailure> {
        let definition = self.definition_of(&schedule.report).await.map_err(MailFailure::Now)?;
        let (spoken, in_file) = (self.spoken(), files::language(schedule.format, self.spoken()));
        let of_file = heard(&definition, &schedule.report, in_file);
        let file = self
            .report_file(&of_file, schedule.period, schedule.compared, schedule.format, due)
            .await
            .map_err(MailFailure::Now)?;
        let name = files::file_name(&of_file.name, &in_file.hear(&file.time), schedule.format);
        match &schedule.to {
            Destination::Folder { folder } => {
                let place =
                    files::put(Path::new(folder), &name, &file.bytes).await.map_err(MailFailure::Later)?;
                Ok(format!("Saved as {place}."))
            }
            Destination::Mail { to, subject } => {
                let told = heard(&definition, &schedule.report, spoken);
                let (subject, text) = letter(&told, &spoken.hear(&file.time), subject);
                let attached = mail::Attached {
                    name,
                    media_type: files::media_type(schedule.format).to_owned(),
                    bytes: file.bytes,
                };
                self.send_mail(to.clone(), subject, text, attached).await?;
                Ok(format!("Sent to {}.", to.join(", ")))
            }
        }
    }

    /// When something is due next, at most a minute from now.
    async fn next_look(&self) -> Duration {
        let now = self.clock().now();
        let zone = self.office_zone();
        let schedules = self.stored_schedules().await.unwrap_or_default();
        let due = schedules.iter().filter(|(_, schedule)| schedule.on);
        let due =
            due.filter_map(|(stored, schedule)| times::next(schedule.every, &zone, stored.done_until)).min();
        let wait_ms = due.map_or(LOOK_MS, |due| due.ms_since(now)).clamp(0, LOOK_MS);
        // What failed to be written down is not tried in a circle.
        Duration::from_millis(wait_ms.max(1_000).unsigned_abs())
    }

    /// Runs until the desk is closed.
    pub(super) fn keep_schedules(&self) {
        let weak = self.weak();
        let woken = std::sync::Arc::clone(&self.reporting().woken);
        tokio::spawn(async move {
            loop {
                let Some(desk) = weak.upgrade() else { return };
                if let Err(failure) = desk.see_to_schedules().await {
                    tracing::warn!(message = failure.message, "scheduled reports could not be seen to");
                }
                let wait = desk.next_look().await;
                drop(desk);
                let _ = tokio::time::timeout(wait, woken.notified()).await;
            }
        });
    }
}

/// Subject and text of the mail that brings a report.
fn letter(told: &Definition, time: &str, subject: &str) -> (String, String) {
    let subject = match subject.trim() {
        "" => format!("{}: {time}", told.name),
        subject => subject.to_owned(),
    };
    (subject, format!("{}\n\n{}\n{time}\n", told.name, told.says))
}

/// One's own reports are called what somebody called them.
fn heard(definition: &Definition, report: &ReportRef, language: Language) -> Definition {
    let mut definition = definition.clone();
    match report {
        ReportRef::Standard { name: _ } => {
            definition.name = language.hear(definition.name);
            definition.says = language.hear(definition.says);
        }
        ReportRef::Own { id: _ } => {}
    }
    definition
}

/// When a mail that did not go out is tried again.
fn again_at(sent: &SentReport) -> At {
    let place = (sent.tries as usize).saturating_sub(1).min(TRY_AGAIN_MS.len() - 1);
    sent.at.plus_ms(TRY_AGAIN_MS[place])
}

fn check(schedule: &Schedule) -> Result<(), Failure> {
    if schedule.name.trim().is_empty() {
        return Err(invalid("Give the schedule a name."));
    }
    match &schedule.to {
        Destination::Folder { folder } if folder.trim().is_empty() => {
            Err(invalid("Choose the folder that the report goes to."))
        }
        Destination::Folder { folder } if !Path::new(folder).is_dir() => {
            Err(invalid(format!("There is no folder “{folder}” now.")))
        }
        Destination::Folder { .. } => Ok(()),
        Destination::Mail { to, .. } if to.is_empty() => Err(invalid("Enter an address the report goes to.")),
        Destination::Mail { to, .. } => {
            to.iter().try_for_each(|to| mail::check_address(to)).map_err(|error| invalid(error.to_string()))
        }
    }
}

fn shown(sent: &SentReport) -> Sent {
    Sent {
        schedule: sent.name.clone(),
        due_ms: sent.due_at.0,
        at_ms: sent.at.0,
        state: match sent.state {
            store::SentState::Sent => SentState::Sent,
            store::SentState::Waiting => SentState::Waiting,
            store::SentState::Failed => SentState::Failed,
        },
        says: sent.says.clone(),
    }
}

impl Desk {
    pub(crate) async fn definition_of(
        &self,
        report: &ReportRef,
    ) -> Result<model::report::Definition, Failure> {
        let gone = || not_found("The report of this schedule is not there any more.");
        match report {
            ReportRef::Standard { name } => {
                let found = reports::standard().iter().find(|standard| standard.name == *name);
                found.map(|standard| standard.definition.clone()).ok_or_else(gone)
            }
            ReportRef::Own { id } => {
                let own = self.own_reports().await?;
                own.into_iter().find(|own| own.id == *id).map(|own| own.definition).ok_or_else(gone)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{heard, letter};
    use contract::reports::ReportRef;
    use words::Language;

    #[test]
    fn a_mail_says_in_the_offices_language_what_it_brings() {
        let german = Language::German;
        let standard = reports::standard().iter().find(|standard| standard.name == "group-summary");
        let definition = standard.expect("it comes with the program").definition.clone();
        let time = german.hear("2 November 2026");
        let told = heard(&definition, &ReportRef::Standard { name: "group-summary".to_owned() }, german);
        let (subject, text) = letter(&told, &time, " ");
        assert_eq!(subject, "Gruppen im Überblick: 2. November 2026", "what it is and of when");
        assert!(
            text.starts_with("Gruppen im Überblick\n\n"),
            "by the name that the window has for it: {text}"
        );
        assert!(!text.contains(&definition.says), "with its question in German too: {text}");
        assert!(text.ends_with("\n2. November 2026\n"), "and of when: {text}");
        let own = heard(&definition, &ReportRef::Own { id: 1 }, german);
        assert_eq!(own.name, "Group summary", "one's own is called what somebody called it");
        assert_eq!(letter(&told, &time, "Montag").0, "Montag", "a subject that was chosen stays");
    }
}
