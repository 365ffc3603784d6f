//! Updates through Tauri's updater: the machine in `presence` says what to do, this does it and tells how it ended.

mod backup;
mod causes;

use crate::attendant::Attendant;
use crate::{prefs, start};
use causes::about;
use contract::computer::Channel;
use contract::updates::Release;
use presence::{Cause, Deed, Ended, Step};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Config, Manager, Url};
use tauri_plugin_updater::{Update, UpdaterExt};

type Outcome<T> = Result<T, (Cause, String)>;

/// A list of releases is small; a server that does not answer by then is not there.
const LOOKING: Duration = Duration::from_secs(30);
/// No byte for so long: the line is dead, even if nobody says so.
const STALLED: Duration = Duration::from_secs(60);
/// Several times the largest package there ever was. It is held in memory until it is verified.
const LARGEST_BYTES: u64 = 150 * 1024 * 1024;
/// A page that counts bytes need not hear of fewer.
const TOLD_BYTES: u64 = 256 * 1024;
/// Where the configured address names the channel.
const CHANNEL: &str = "{{channel}}";

/// What was found, and what was fetched of it.
#[derive(Default)]
pub(crate) struct Updates(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    found: Option<Update>,
    package: Option<Vec<u8>>,
}

impl Updates {
    fn kept<T>(&self, with: impl FnOnce(&mut Kept) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether this build names a key and a server. Without a key, nothing could be told from a forgery.
pub(crate) fn is_set_up(config: &Config) -> bool {
    let settings = config.plugins.0.get("updater");
    let key = settings.and_then(|settings| settings["pubkey"].as_str()).unwrap_or_default();
    !key.trim().is_empty() && !endpoints(config, Channel::Stable).is_empty()
}

/// Does a deed in the background, and tells the attendant how it ended.
pub(crate) fn begin(app: &AppHandle, deed: Deed) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let ended = match deed {
            Deed::Look(channel) => Ended::Looked(look(&app, channel).await),
            Deed::Fetch => Ended::Fetched(fetch(&app).await),
            Deed::BackUp { version } => Ended::BackedUp(backup::before_update(&app, &version).await),
            Deed::Install => Ended::Installed(install(&app).await),
            Deed::Restart => {
                prefs::leave_shown(&app);
                return app.request_restart();
            }
            Deed::Tell { .. } => return,
        };
        app.state::<Attendant>().update_ended(ended).await;
    });
}

async fn look(app: &AppHandle, channel: Channel) -> Outcome<Option<Release>> {
    let failed = |error: tauri_plugin_updater::Error| about(Step::Looking, &error);
    let ending = app.clone();
    let builder = app.updater_builder().timeout(LOOKING).on_before_exit(move || {
        // Windows' installer ends the program: the library is closed in order before.
        tauri::async_runtime::block_on(start::close(&ending));
        ending.cleanup_before_exit();
    });
    let builder = builder.endpoints(endpoints(app.config(), channel));
    let found = builder.map_err(failed)?.build().map_err(failed)?.check().await.map_err(failed)?;
    let release = found.as_ref().map(|update| Release {
        version: update.version.clone(),
        notes: update.body.clone().unwrap_or_default(),
        date: update.date.map(|date| date.date().to_string()),
    });
    app.state::<Updates>().kept(|kept| *kept = Kept { found, package: None });
    Ok(release)
}

/// Ends well only with a package that is signed by our key, for the version that was announced.
async fn fetch(app: &AppHandle) -> Outcome<()> {
    let Some(update) = app.state::<Updates>().kept(|kept| kept.found.clone()) else { return Err(gone()) };
    let done = Arc::new(AtomicU64::new(0));
    let too_large = tokio::sync::Notify::new();
    let mut told = 0;
    let on_chunk = |bytes: usize, of: Option<u64>| {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let now = done.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if now.max(of.unwrap_or(0)) > LARGEST_BYTES {
            too_large.notify_one();
        }
        if now - told >= TOLD_BYTES {
            told = now;
            app.state::<Attendant>().fetched_so_far(now, of);
        }
    };
    let package = tokio::select! {
        package = update.download(on_chunk, || {}) => package.map_err(|error| about(Step::Fetching, &error))?,
        () = too_large.notified() => {
            return Err((Cause::TooLarge, format!("more than {LARGEST_BYTES} bytes")));
        }
        () = stalled(&done) => {
            return Err((Cause::Cut, format!("no byte for {} seconds", STALLED.as_secs())));
        }
    };
    app.state::<Updates>().kept(|kept| kept.package = Some(package));
    Ok(())
}

/// Verified once more by the updater, right before the system's installer gets it. On Windows this does not come back:
/// the installer ends the program, and starts the new one.
async fn install(app: &AppHandle) -> Outcome<()> {
    let (found, package) = app.state::<Updates>().kept(|kept| (kept.found.clone(), kept.package.take()));
    let (Some(update), Some(package)) = (found, package) else { return Err(gone()) };
    // The installer may ask a person for a password, and takes its time.
    let installed = tauri::async_runtime::spawn_blocking(move || update.install(package));
    match installed.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(about(Step::Installing, &error)),
        Err(error) => Err((Cause::Other, error.to_string())),
    }
}

/// Ends when nothing more comes.
async fn stalled(done: &AtomicU64) {
    let mut seen = None;
    loop {
        let now = Some(done.load(Ordering::Relaxed));
        if seen == now {
            return;
        }
        seen = now;
        tokio::time::sleep(STALLED).await;
    }
}

/// The addresses of the configuration, for this channel. One that is no address is left out.
fn endpoints(config: &Config, channel: Channel) -> Vec<Url> {
    let word = match channel {
        Channel::Stable => "stable",
        Channel::Beta => "beta",
    };
    let settings = config.plugins.0.get("updater");
    let named = settings.and_then(|settings| settings["endpoints"].as_array()).into_iter().flatten();
    named
        .filter_map(|address| address.as_str())
        .filter_map(|address| address.replace(CHANNEL, word).parse().ok())
        .collect()
}

/// Between two steps nothing takes the package away; a defect of ours must still not install anything.
fn gone() -> (Cause, String) {
    (Cause::Other, "there is nothing to install".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{endpoints, is_set_up};
    use contract::computer::Channel;
    use tauri::Config;

    fn config(updater: &str) -> Config {
        let text = format!(r#"{{"identifier":"org.example.app","plugins":{{"updater":{updater}}}}}"#);
        serde_json::from_str(&text).expect("a configuration")
    }

    #[test]
    fn each_channel_has_its_own_list_of_releases() {
        let config =
            config(r#"{"pubkey":"a","endpoints":["https://example.com/{{channel}}.json", "no address"]}"#);
        let stable = endpoints(&config, Channel::Stable);
        assert_eq!(stable.len(), 1, "what is no address is left out");
        assert_eq!(stable[0].as_str(), "https://example.com/stable.json", "the stable one");
        assert_eq!(
            endpoints(&config, Channel::Beta)[0].as_str(),
            "https://example.com/beta.json",
            "and beta's"
        );
    }

    #[test]
    fn without_a_key_or_a_server_updates_are_not_set_up() {
        let address = r#"["https://example.com/{{channel}}.json"]"#;
        assert!(is_set_up(&config(&format!(r#"{{"pubkey":"a","endpoints":{address}}}"#))), "both are there");
        assert!(!is_set_up(&config(&format!(r#"{{"pubkey":" ","endpoints":{address}}}"#))), "no key");
        assert!(!is_set_up(&config(r#"{"pubkey":"a","endpoints":[]}"#)), "no server");
        assert!(!is_set_up(&config("null")), "nothing at all");
    }
}
