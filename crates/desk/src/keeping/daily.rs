//! What is done by the clock: once a day what has been in the trash for its time is deleted, and retention is carried out
//! where that is switched on; what is kept no longer (calls, journal, audit log, whole numbers) goes.

use crate::desk::{Desk, WeakDesk};
use crate::trouble::failure_of_store;
use contract::Failure;
use model::At;
use std::time::Duration;

const DAY_MS: i64 = 24 * 3_600_000;

/// Between two looks at the clock: a computer that slept finds out soon after.
const LOOK: Duration = Duration::from_secs(600);

/// Under which name it is stored when this was done last.
const SETTING: &str = "order_kept_at";

impl Desk {
    /// Looks at the clock now and then, as long as the desk lives.
    pub(crate) fn keep_order_daily(&self) {
        let desk: WeakDesk = self.weak();
        tokio::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            loop {
                looks.tick().await;
                let Some(desk) = desk.upgrade() else { break };
                desk.find_audit_witness_or_note().await;
                if let Err(failure) = desk.keep_order().await {
                    tracing::warn!(message = failure.message, "recordings could not be kept in order");
                }
            }
        });
    }

    /// Does what is due, at most once a day. Gives whether it was.
    pub(crate) async fn keep_order(&self) -> Result<bool, Failure> {
        let now = self.clock().now();
        let stored = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        let last = stored.and_then(|stored| stored.parse().ok()).map_or(At(i64::MIN), At);
        // A clock that was set back must not stop it for long.
        if last.0 <= now.0 && now - last < DAY_MS {
            return Ok(false);
        }
        self.empty_trash(now).await?;
        if self.retains_daily().await? {
            self.run_retention().await?;
        }
        self.keep_privacy().await?;
        let done = now.0.to_string();
        self.hand().set_office_setting(SETTING, Some(&done), &[]).await.map_err(failure_of_store)?;
        Ok(true)
    }
}
