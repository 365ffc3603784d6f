//! How long recordings are kept.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::Deed;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::keeping::{
    AskRetention, PreviewRetention, Retention, RetentionPreview, RetentionRule, RunRetention, SaveRetention,
};
use contract::published::RetentionSummary;
use contract::recordings::{Done, Goes};
use model::{At, Direction, RecordingId};
use store::{Due, Reader, Recording};

const DAY_MS: i64 = 24 * 3_600_000;

/// Rows that a preview shows.
const SHOWN: usize = 200;

const RULES_MAX: usize = 100;

/// Under which name it is stored whether the rules are carried out daily.
const SETTING: &str = "retention";

#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Setting {
    automatic: bool,
}

impl Answer<AskRetention> for Desk {
    async fn answer(&self, _ask: AskRetention) -> Result<Retention, Failure> {
        let rules = self.reader().retention_rules().await.map_err(failure_of_store)?;
        Ok(Retention {
            rules: rules.into_iter().map(shown).collect(),
            automatic: self.retains_daily().await?,
        })
    }
}

impl Answer<SaveRetention> for Desk {
    async fn answer(&self, ask: SaveRetention) -> Result<Retention, Failure> {
        let _entering = self.entering().lock().await;
        let rules = checked(ask.retention.rules)?;
        let automatic = ask.retention.automatic;
        let deed = Deed::RetentionSet { rules: rules.iter().map(in_words).collect(), automatic };
        let setting = serde_json::to_string(&Setting { automatic }).unwrap_or_default();
        self.hand()
            .save_retention(&rules, (SETTING, &setting), &[self.deed(None, &deed)])
            .await
            .map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        self.answer(AskRetention {}).await
    }
}

impl Answer<PreviewRetention> for Desk {
    async fn answer(&self, ask: PreviewRetention) -> Result<RetentionPreview, Failure> {
        let rules = checked(ask.retention.rules)?;
        let now = self.clock().now();
        let due = self.reader().retention_due(&rules, now).await.map_err(failure_of_store)?;
        let ids: Vec<RecordingId> =
            due.iter().filter(|due| !due.held).take(SHOWN).map(|due| due.recording).collect();
        let mut recordings = self.reader().recordings_by_id(&ids).await.map_err(failure_of_store)?;
        recordings.sort_by_key(|recording| (recording.started_at, recording.id));
        Ok(RetentionPreview { rows: self.recording_rows(&recordings).await?, ..sums(&rules, &due) })
    }
}

impl Answer<RunRetention> for Desk {
    async fn answer(&self, _ask: RunRetention) -> Result<Done, Failure> {
        self.run_retention().await
    }
}

impl Desk {
    pub(crate) async fn retains_daily(&self) -> Result<bool, Failure> {
        let stored = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        let setting = stored.and_then(|stored| serde_json::from_str::<Setting>(&stored).ok());
        Ok(setting.unwrap_or_default().automatic)
    }

    /// Puts what is due into the trash, from where it can be taken back.
    pub(crate) async fn run_retention(&self) -> Result<Done, Failure> {
        let now = self.clock().now();
        let deed = |rule: &str| self.deed(None, &Deed::Trashed { rule: Some(rule.to_owned()) });
        let due = self.hand().run_retention(self.reader(), now, deed).await.map_err(failure_of_store)?;
        let held = due.iter().filter(|due| due.held).count() as u64;
        let done = due.len() as u64 - held;
        if done > 0 {
            self.note_deed(None, &Deed::RetentionRun { recordings: done, held }).await?;
            self.recordings_changed();
        }
        let left = (held > 0).then(|| match held {
            1 => "1 recording is under legal hold and stays.".to_owned(),
            _ => format!("{held} recordings are under legal hold and stay."),
        });
        Ok(Done { done: u32::try_from(done).unwrap_or(u32::MAX), left: left.into_iter().collect() })
    }

    /// When retention takes a recording, by which rule.
    pub(crate) async fn goes(&self, recording: &Recording) -> Result<Option<Goes>, Failure> {
        if recording.hold_reason.is_some() || recording.trashed_at.is_some() {
            return Ok(None);
        }
        let rules = self.reader().retention_rules().await.map_err(failure_of_store)?;
        let place = self.reader().rule_of(&rules, recording.id).await.map_err(failure_of_store)?;
        let rule = place.and_then(|place| rules.get(place));
        Ok(rule.and_then(|rule| {
            let at_ms = recording.started_at.plus_ms(i64::from(rule.keep_days?) * DAY_MS).0;
            Some(Goes { at_ms, rule: rule.name.clone() })
        }))
    }
}

/// What the stored rules would take now, for those who print it.
pub(crate) async fn summary(reader: &Reader, now: At) -> Result<RetentionSummary, Failure> {
    let rules = reader.retention_rules().await.map_err(failure_of_store)?;
    let due = reader.retention_due(&rules, now).await.map_err(failure_of_store)?;
    let sums = sums(&rules, &due);
    let ids = due.iter().filter(|due| !due.held).map(|due| due.recording.0.to_string());
    Ok(RetentionSummary {
        recordings: sums.recordings,
        bytes: sums.bytes,
        held: sums.held,
        ids: ids.collect(),
    })
}

/// Everything but the rows.
fn sums(rules: &[store::RetentionRule], due: &[Due]) -> RetentionPreview {
    let mut preview = RetentionPreview {
        by_rule: rules.iter().map(|rule| (rule.name.clone(), 0, 0)).collect(),
        held: due.iter().filter(|due| due.held).count() as u64,
        ..RetentionPreview::default()
    };
    for due in due.iter().filter(|due| !due.held) {
        preview.recordings += 1;
        preview.bytes += due.bytes;
        if let Some((_, recordings, bytes)) = preview.by_rule.get_mut(due.rule) {
            *recordings += 1;
            *bytes += due.bytes;
        }
    }
    preview
}

fn checked(rules: Vec<RetentionRule>) -> Result<Vec<store::RetentionRule>, Failure> {
    if rules.len() > RULES_MAX {
        return Err(invalid(format!("At most {RULES_MAX} rules.")));
    }
    let filled =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut checked: Vec<store::RetentionRule> = Vec::with_capacity(rules.len());
    for (rule, n) in rules.into_iter().zip(1..) {
        let name = rule.name.trim().to_owned();
        if name.is_empty() {
            return Err(invalid(format!("Give rule {n} a name.")));
        }
        if rule.keep_days == Some(0) {
            return Err(invalid(format!(
                "\"{name}\" keeps recordings for no time at all: enter a day at least."
            )));
        }
        if checked.iter().any(|other| other.name.to_lowercase() == name.to_lowercase()) {
            return Err(invalid(format!("Two rules are named \"{name}\".")));
        }
        checked.push(store::RetentionRule {
            name,
            direction: rule.direction,
            group: filled(rule.group),
            tag: filled(rule.tag),
            unmatched: rule.unmatched,
            keep_days: rule.keep_days,
        });
    }
    Ok(checked)
}

fn shown(rule: store::RetentionRule) -> RetentionRule {
    RetentionRule {
        name: rule.name,
        direction: rule.direction,
        group: rule.group,
        tag: rule.tag,
        unmatched: rule.unmatched,
        keep_days: rule.keep_days,
    }
}

/// "Sales: outbound, group 300, 90 days"
fn in_words(rule: &store::RetentionRule) -> String {
    let mut parts = Vec::new();
    parts.extend(rule.direction.map(|direction| match direction {
        Direction::Inbound => "inbound".to_owned(),
        Direction::Outbound => "outbound".to_owned(),
        Direction::Internal => "internal".to_owned(),
    }));
    parts.extend(rule.group.as_ref().map(|group| format!("group {group}")));
    parts.extend(rule.tag.as_ref().map(|tag| format!("tag {tag}")));
    parts.extend(rule.unmatched.then(|| "unmatched".to_owned()));
    parts.push(match rule.keep_days {
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
        None => "for ever".to_owned(),
    });
    format!("{}: {}", rule.name, parts.join(", "))
}
