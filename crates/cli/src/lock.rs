//! The lock of the window, for whoever forgot its passphrase.

use crate::args::Lock;
use crate::library::{Place, told};
use desk::lock::{Reset, reset};
use std::process::ExitCode;

pub(crate) async fn lock(place: &Place, what: &Lock) -> anyhow::Result<ExitCode> {
    match what {
        Lock::Reset => {
            let done = reset(&place.folder, "calldoc-cli lock reset").await.map_err(told)?;
            let taken_off = done == Reset::TakenOff;
            place.print(&serde_json::json!({ "taken_off": taken_off }), || match done {
                Reset::TakenOff => {
                    "The lock is off. Set another passphrase in Settings > Privacy.".to_owned()
                }
                Reset::NotSet => "This library has no lock.".to_owned(),
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
