//! A forgotten passphrase: whoever is signed in to this computer's account takes the lock off, with CallDoc closed.

use super::{SETTING, TRIES};
use crate::clock::Clock;
use crate::keeping::{Deed, Keeping};
use crate::trouble::failure_of_store;
use contract::Failure;
use std::path::Path;
use store::Library;

pub(super) const HOW: &str = "Close CallDoc and run \"calldoc-cli lock reset\" from this computer's account.";

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    TakenOff,
    /// There was none.
    NotSet,
}

/// Takes the lock of a library off. That it was done is an entry of the audit log. Nothing else changes.
pub async fn reset(library: &Path, holder: &str) -> Result<Reset, Failure> {
    let (writer, reader) = Library::open_writer(library, holder).await.map_err(failure_of_store)?;
    let set = reader.office_setting(SETTING).await.map_err(failure_of_store)?;
    if set.is_some() {
        let deed = store::Deed {
            at: Clock::System.now(),
            who: Keeping::new().who().to_owned(),
            recording: None,
            what: serde_json::to_string(&Deed::LockReset).unwrap_or_default(),
        };
        let hand = writer.hand();
        hand.set_office_setting(SETTING, None, &[deed]).await.map_err(failure_of_store)?;
        hand.set_office_setting(TRIES, None, &[]).await.map_err(failure_of_store)?;
    }
    reader.close().await;
    writer.close().await.map_err(failure_of_store)?;
    Ok(if set.is_some() { Reset::TakenOff } else { Reset::NotSet })
}
