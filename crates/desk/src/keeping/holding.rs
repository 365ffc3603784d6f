//! Legal hold: what is held, nothing deletes.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::keeping::deed::Deed;
use crate::keeping::trash::{done, ids};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::recordings::{Done, HoldRecordings};

impl Answer<HoldRecordings> for Desk {
    async fn answer(&self, ask: HoldRecordings) -> Result<Done, Failure> {
        let ids = ids(&ask.ids)?;
        let why = ask.why.as_deref().map(str::trim);
        if why.is_some_and(str::is_empty) {
            return Err(invalid("Say why they are to be held: it is asked for later."));
        }
        let deed = match why {
            Some(why) => Deed::Held { why: why.to_owned() },
            None => Deed::Released,
        };
        // Nothing is deleted between the look at a hold and the deed.
        let _files = self.keeping().at_files.lock().await;
        let left = self.hand().hold(&ids, why, &self.deed(None, &deed)).await.map_err(failure_of_store)?;
        self.recordings_changed();
        Ok(done(&ids, &left))
    }
}
