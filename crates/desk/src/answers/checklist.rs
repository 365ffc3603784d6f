//! What each source has delivered since it was set up. What was delivered once is remembered: a list that is put away
//! must not come back because a journal was shortened.

use crate::answer::Answer;
use crate::board::SiteFacts;
use crate::desk::Desk;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::first_run::{AskChecklist, Checklist, ChecklistItem, ChecklistState, PutChecklistAway};
use contract::links::Source;
use model::SiteId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Under which name it is stored.
const SETTING: &str = "checklist";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    delivered: BTreeSet<(i64, Source)>,
    put_away: bool,
}

impl Answer<AskChecklist> for Desk {
    async fn answer(&self, _ask: AskChecklist) -> Result<Checklist, Failure> {
        let _entering = self.entering().lock().await;
        self.checklist().await
    }
}

impl Answer<PutChecklistAway> for Desk {
    async fn answer(&self, _ask: PutChecklistAway) -> Result<Checklist, Failure> {
        let _entering = self.entering().lock().await;
        let list = self.checklist().await?;
        if !list.done {
            return Err(invalid("The list stays until each source that is set up has delivered something."));
        }
        let mut kept = self.kept_checklist().await?.unwrap_or_default();
        kept.put_away = true;
        self.keep_checklist(&kept).await?;
        self.checklist().await
    }
}

impl Desk {
    async fn checklist(&self) -> Result<Checklist, Failure> {
        // An invented office has nothing to set up.
        if self.is_demo() {
            return Ok(Checklist { done: true, ..Checklist::default() });
        }
        let before = self.kept_checklist().await?;
        let mut kept = before.clone().unwrap_or_default();
        let with_recordings = self.sites_with_recorders().await?;
        let sites: Vec<SiteFacts> = self.board().now().active_sites().cloned().collect();
        let mut items = Vec::new();
        for site in &sites {
            for source in [Source::Devlink3, Source::Smdr, Source::Recordings] {
                let set_up = match source {
                    Source::Devlink3 => site.settings.devlink.is_some(),
                    Source::Smdr => site.settings.smdr.is_some(),
                    Source::Recordings => with_recordings.contains(&site.settings.id),
                };
                let state = self.checklist_state(site.settings.id, source, set_up, &mut kept).await?;
                items.push(item(site, source, state));
            }
        }
        let is_awaited = |item: &ChecklistItem| item.state == ChecklistState::Awaited;
        let done = !items.is_empty() && !items.iter().any(is_awaited);
        // A library in which all had come before anybody looked needs no list.
        if before.is_none() && done {
            kept.put_away = true;
        }
        if before.as_ref() != Some(&kept) && !items.is_empty() {
            self.keep_checklist(&kept).await?;
        }
        let is_over = done && kept.put_away;
        let shown = !items.is_empty() && !is_over;
        Ok(Checklist { items, shown, done })
    }

    async fn checklist_state(
        &self,
        site: SiteId,
        source: Source,
        set_up: bool,
        kept: &mut Kept,
    ) -> Result<ChecklistState, Failure> {
        if kept.delivered.contains(&(site.0, source)) {
            return Ok(ChecklistState::Delivered);
        }
        if !set_up {
            return Ok(ChecklistState::NotSetUp);
        }
        if !self.has_delivered(site, source).await? {
            return Ok(ChecklistState::Awaited);
        }
        kept.delivered.insert((site.0, source));
        Ok(ChecklistState::Delivered)
    }

    async fn has_delivered(&self, site: SiteId, source: Source) -> Result<bool, Failure> {
        if self.last_event(site, source).await?.is_some() {
            return Ok(true);
        }
        match source {
            // Of a log that was imported, too.
            Source::Smdr => self.reader().has_records(site).await.map_err(failure_of_store),
            Source::Devlink3 | Source::Recordings => Ok(false),
        }
    }

    async fn sites_with_recorders(&self) -> Result<BTreeSet<SiteId>, Failure> {
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        Ok(sources
            .into_iter()
            .filter(|source| source.removed_at.is_none())
            .map(|source| source.site)
            .collect())
    }

    async fn kept_checklist(&self) -> Result<Option<Kept>, Failure> {
        let json = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    async fn keep_checklist(&self, kept: &Kept) -> Result<(), Failure> {
        let json = serde_json::to_string(kept).unwrap_or_default();
        self.hand().set_office_setting(SETTING, Some(&json), &[]).await.map_err(failure_of_store)
    }
}

fn item(site: &SiteFacts, source: Source, state: ChecklistState) -> ChecklistItem {
    ChecklistItem {
        site: site.settings.id.0,
        site_name: site.settings.name.clone(),
        source,
        state,
        says: says(source, state).to_owned(),
    }
}

fn says(source: Source, state: ChecklistState) -> &'static str {
    match (source, state) {
        (Source::Devlink3, ChecklistState::Awaited) => {
            "Lift a phone's receiver: the first event comes at once."
        }
        (Source::Devlink3, ChecklistState::Delivered) => "Calls are seen while they ring.",
        (Source::Devlink3, ChecklistState::NotSetUp) => {
            "Not set up. With it, calls are seen while they ring."
        }
        (Source::Smdr, ChecklistState::Awaited) => {
            "Make a short call: its record comes within a minute of its end."
        }
        (Source::Smdr, ChecklistState::Delivered) => "Call records come in.",
        (Source::Smdr, ChecklistState::NotSetUp) => {
            "Not set up. With it, calls are kept also while CallDoc is closed."
        }
        (Source::Recordings, ChecklistState::Awaited) => {
            "Record a call: its file comes once the recorder has closed it."
        }
        (Source::Recordings, ChecklistState::Delivered) => "Recordings come in.",
        (Source::Recordings, ChecklistState::NotSetUp) => "Not set up. With it, calls can be heard again.",
    }
}
