//! Makes the keys of calls anew after their site's country or access digits have changed: in the background, the latest
//! calls first, and from where it stopped after a restart.

use crate::desk::{Desk, WeakDesk};
use crate::happening::Happening;
use crate::keys::dialling;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::CallId;
use store::KeysDue;

/// Calls of one transaction: commits of what comes in meanwhile wait some milliseconds.
const CALLS_AT_ONCE: u32 = 500;

impl Desk {
    /// Returns at once.
    pub(crate) fn key_calls_anew(&self) {
        let desk = self.weak();
        tokio::spawn(async move {
            if let Err(failure) = keep_keying(&desk).await {
                tracing::warn!(detail = ?failure.detail, "numbers are not all comparable yet: {}", failure.message);
            }
        });
    }

    /// The next calls of the first site that has some. Returns whether more may be due.
    async fn key_some(&self) -> Result<bool, Failure> {
        let due = self.reader().keys_due().await.map_err(failure_of_store)?;
        let Some(due) = due.first().copied() else { return Ok(false) };
        self.key_calls(due).await?;
        Ok(true)
    }

    async fn key_calls(&self, due: KeysDue) -> Result<(), Failure> {
        let sites = self.reader().sites_now();
        let Some(site) = sites.iter().find(|site| site.id == due.site) else { return Ok(()) };
        let dialling = dialling(site);
        let rows = self.reader().numbers_due(due, CALLS_AT_ONCE).await.map_err(failure_of_store)?;
        let next = rows.last().filter(|_| rows.len() >= CALLS_AT_ONCE as usize).map(|last| last.call);
        let keys: Vec<(CallId, Option<String>)> = rows
            .into_iter()
            .map(|row| (row.call, dialling.key(&row.external_number), row.external_e164))
            .filter(|(_, key, known)| key != known)
            .map(|(call, key, _)| (call, key))
            .collect();
        self.hand().set_keys(due, &keys, next).await.map_err(failure_of_store)?;
        Ok(())
    }
}

/// One at a time: whoever comes later finds what the one before has left.
async fn keep_keying(desk: &WeakDesk) -> Result<(), Failure> {
    let Some(keying) = desk.upgrade().map(|desk| desk.keying()) else { return Ok(()) };
    let _turn = keying.lock().await;
    // Calls that were keyed before the change are in the table first.
    match desk.upgrade() {
        Some(desk) => desk.settle().await?,
        None => return Ok(()),
    }
    let mut any = false;
    while let Some(desk) = desk.upgrade() {
        if !desk.key_some().await? {
            if any {
                desk.happen(Happening::Much);
            }
            return Ok(());
        }
        any = true;
        drop(desk);
        tokio::task::yield_now().await;
    }
    Ok(())
}
