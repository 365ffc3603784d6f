//! How recordings come in: sources, what goes on, and what could not be read.

use crate::answer::Answer;
use crate::desk::{Desk, Start};
use crate::keeping::Deed;
use crate::keychain::{Kept, Keychain, Secret};
use crate::library::intake::names::last_part;
use crate::library::intake::remote::{account, passphrase_account, secret_of, trouble};
use crate::library::intake::{look, watch};
use crate::sources::password_state;
use crate::trouble::{failure_of_store, invalid, not_found};
use contract::intake::{
    AskIntake, AskIntakeSources, ForgetRefused, IntakePlace, IntakeSource, IntakeView, RemoveIntakeSource,
    RetryRefused, SaveIntakeSource, SavedIntakeSource, ScanNow, TestIntakeSource,
};
use contract::sites::{PasswordState, StepResult, TestReport, TestStep};
use contract::{Failure, FailureCode};
use model::SiteId;
use std::path::Path;

impl Answer<AskIntakeSources> for Desk {
    async fn answer(&self, _ask: AskIntakeSources) -> Result<Vec<IntakeSource>, Failure> {
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        let shown = sources.into_iter().filter(|source| source.removed_at.is_none());
        Ok(shown.map(|source| self.shown_source(source)).collect())
    }
}

impl Answer<SaveIntakeSource> for Desk {
    async fn answer(&self, ask: SaveIntakeSource) -> Result<SavedIntakeSource, Failure> {
        let _entering = self.entering().lock().await;
        let mut source = self.checked(&ask.source)?;
        let before = match source.id {
            0 => None,
            id => Some(
                self.reader()
                    .intake_source(id)
                    .await
                    .map_err(failure_of_store)?
                    .ok_or_else(unknown_source)?,
            ),
        };
        keep_host_key(&mut source, before.as_ref(), ask.forget_host_key);
        let notice = self.keep_secret(&source, ask.secret, ask.passphrase)?;
        let deed = Deed::SourceSaved {
            name: source.name.clone(),
            place: place_in_words(&source),
            remove_after: source.remove_after,
        };
        let deeds = [self.deed(None, &deed)];
        source.id = self.hand().save_intake_source(&source, &deeds).await.map_err(failure_of_store)?;
        self.watch_if_running(source.clone());
        self.happen(crate::happening::Happening::Settings);
        Ok(SavedIntakeSource { source: self.shown_source(source), notice })
    }
}

impl Answer<RemoveIntakeSource> for Desk {
    async fn answer(&self, ask: RemoveIntakeSource) -> Result<(), Failure> {
        let _entering = self.entering().lock().await;
        let source = self.reader().intake_source(ask.id).await.map_err(failure_of_store)?;
        let mut source = source.ok_or_else(unknown_source)?;
        source.removed_at = Some(self.clock().now());
        source.enabled = false;
        let deeds = [self.deed(None, &Deed::SourceRemoved { name: source.name.clone() })];
        self.hand().save_intake_source(&source, &deeds).await.map_err(failure_of_store)?;
        self.unwatch(source.id);
        if let store::IntakePlace::Sftp { host, port, user, .. } = &source.place
            && !self.is_still_needed(host, *port, user).await?
        {
            for account in [account(host, *port, user), passphrase_account(host, *port, user)] {
                if let Err(why) = self.keychain().remove(&account) {
                    tracing::warn!(%why, "the secret of a removed source stays in the keychain");
                }
            }
        }
        self.happen(crate::happening::Happening::Settings);
        Ok(())
    }
}

impl Answer<TestIntakeSource> for Desk {
    async fn answer(&self, ask: TestIntakeSource) -> Result<TestReport, Failure> {
        let source = self.checked(&ask.source)?;
        let steps = match &source.place {
            store::IntakePlace::Folder { folder } => vec![test_folder(folder).await],
            store::IntakePlace::Sftp { .. } => {
                let given = |text: Option<String>| text.filter(|text| !text.is_empty()).map(Secret::new);
                test_server(&source, self.keychain(), given(ask.secret), given(ask.passphrase)).await
            }
        };
        Ok(TestReport { steps })
    }
}

impl Answer<AskIntake> for Desk {
    async fn answer(&self, _ask: AskIntake) -> Result<IntakeView, Failure> {
        self.intake_view().await
    }
}

impl Answer<RetryRefused> for Desk {
    async fn answer(&self, ask: RetryRefused) -> Result<IntakeView, Failure> {
        self.retry_refused(&ask.ids).await?;
        self.intake_view().await
    }
}

impl Answer<ForgetRefused> for Desk {
    async fn answer(&self, ask: ForgetRefused) -> Result<IntakeView, Failure> {
        self.forget_refused(&ask.ids).await?;
        self.intake_view().await
    }
}

impl Answer<ScanNow> for Desk {
    async fn answer(&self, _ask: ScanNow) -> Result<IntakeView, Failure> {
        self.scan_now().await?;
        self.intake_view().await
    }
}

impl Desk {
    /// Whether another source reads from the same server as the same user.
    async fn is_still_needed(&self, host: &str, port: u16, user: &str) -> Result<bool, Failure> {
        let wanted = account(host, port, user);
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        Ok(sources.iter().filter(|source| source.removed_at.is_none()).any(|source| match &source.place {
            store::IntakePlace::Sftp { host, port, user, .. } => account(host, *port, user) == wanted,
            store::IntakePlace::Folder { .. } => false,
        }))
    }

    fn shown_source(&self, source: store::IntakeSource) -> IntakeSource {
        let place = match source.place {
            store::IntakePlace::Folder { folder } => IntakePlace::Folder { folder },
            store::IntakePlace::Sftp { host, port, user, folder, host_key, by_key } => {
                let known = self.keychain().get(&account(&host, port, &user)).ok().flatten();
                let secret = known.map_or(PasswordState::Missing, |(_, kept)| password_state(kept));
                IntakePlace::Sftp { host, port, user, folder, host_key, by_key, secret }
            }
        };
        IntakeSource {
            id: source.id,
            site: source.site.0,
            name: source.name,
            place,
            naming: source.naming,
            remove_after: source.remove_after,
            every_seconds: source.every_seconds,
            enabled: source.enabled,
        }
    }

    /// What a person entered, as it is stored.
    fn checked(&self, source: &IntakeSource) -> Result<store::IntakeSource, Failure> {
        let name = source.name.trim().to_owned();
        if name.is_empty() {
            return Err(invalid("Give the source a name."));
        }
        let site = SiteId(source.site);
        if !self.board().now().active_sites().any(|facts| facts.settings.id == site) {
            return Err(invalid("Choose the phone system whose calls are recorded there."));
        }
        let place = match &source.place {
            IntakePlace::Folder { folder } => {
                let folder = folder.trim().to_owned();
                if !Path::new(&folder).is_absolute() {
                    return Err(invalid("Enter the whole name of the folder, from its beginning."));
                }
                if self.is_own_folder(Path::new(&folder)) {
                    return Err(invalid(
                        "This folder is the library's own. Choose the one that recordings come into.",
                    ));
                }
                store::IntakePlace::Folder { folder }
            }
            IntakePlace::Sftp { host, port, user, folder, host_key, by_key, .. } => {
                let (host, user) = (host.trim().to_owned(), user.trim().to_owned());
                if host.is_empty() || user.is_empty() || *port == 0 {
                    return Err(invalid("Enter the server's name or address, its port and the user."));
                }
                store::IntakePlace::Sftp {
                    host,
                    port: *port,
                    user,
                    folder: folder.trim().to_owned(),
                    host_key: host_key.clone(),
                    by_key: *by_key,
                }
            }
        };
        Ok(store::IntakeSource {
            id: source.id,
            site,
            name,
            place,
            naming: source.naming,
            remove_after: source.remove_after,
            every_seconds: source.every_seconds.clamp(2, 24 * 3600),
            enabled: source.enabled,
            removed_at: None,
        })
    }

    /// What is stored would be found as new, for ever.
    fn is_own_folder(&self, folder: &Path) -> bool {
        let own = &self.library().folder;
        let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let (own, folder) = (whole(own), whole(folder));
        own.starts_with(&folder) || folder.starts_with(&own)
    }

    fn keep_secret(
        &self,
        source: &store::IntakeSource,
        secret: Option<String>,
        passphrase: Option<String>,
    ) -> Result<Option<String>, Failure> {
        let store::IntakePlace::Sftp { host, port, user, by_key, .. } = &source.place else {
            return Ok(None);
        };
        let Some(secret) = secret.filter(|secret| !secret.is_empty()).map(Secret::new) else {
            return Ok(None);
        };
        let passphrase = passphrase.filter(|text| !text.is_empty()).map(Secret::new);
        secret_of(*by_key, &secret, passphrase.as_ref()).map_err(|error| invalid(error.to_string()))?;
        let refused = |why: crate::keychain::KeychainTrouble| Failure {
            code: FailureCode::Keychain,
            message: why.to_string(),
            detail: None,
        };
        let kept = self.keychain().put(&account(host, *port, user), &secret).map_err(refused)?;
        if let Some(passphrase) = passphrase {
            self.keychain().put(&passphrase_account(host, *port, user), &passphrase).map_err(refused)?;
        }
        Ok((kept == Kept::ThisRunOnly).then(|| {
            "There is no keychain on this computer that CallDoc can use, so the secret is kept until CallDoc ends and \
             must be entered again then."
                .to_owned()
        }))
    }

    /// Watches a folder for recordings from now on, with the settings that it has, or as a source of its own.
    pub async fn watch_folder(&self, site: SiteId, folder: &Path) -> Result<(), Failure> {
        let text = folder.to_string_lossy().into_owned();
        let known = self.reader().intake_sources().await.map_err(failure_of_store)?;
        let place = store::IntakePlace::Folder { folder: text.clone() };
        let known = known.into_iter().find(|source| source.removed_at.is_none() && source.place == place);
        let source = match known {
            Some(known) => known,
            None => {
                let source = IntakeSource {
                    id: 0,
                    site: site.0,
                    name: last_part(&text).to_owned(),
                    place: IntakePlace::Folder { folder: text },
                    naming: None,
                    remove_after: false,
                    every_seconds: 10,
                    enabled: true,
                };
                let save =
                    SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
                let id = self.answer(save).await?.source.id;
                let stored = self.reader().intake_source(id).await.map_err(failure_of_store)?;
                stored.ok_or_else(unknown_source)?
            }
        };
        self.watch_source(store::IntakeSource { enabled: true, ..source });
        Ok(())
    }

    fn watch_if_running(&self, source: store::IntakeSource) {
        if self.start() != Start::Nothing {
            self.watch_source(source);
        }
    }
}

/// A key that is pinned stays so as long as it is the same server; another one is agreed to by forgetting it.
fn keep_host_key(source: &mut store::IntakeSource, before: Option<&store::IntakeSource>, forget: bool) {
    let store::IntakePlace::Sftp { host, port, host_key, .. } = &mut source.place else { return };
    let pinned = match before.map(|before| &before.place) {
        Some(store::IntakePlace::Sftp { host: was, port: at, host_key, .. }) if was == host && at == port => {
            host_key.clone()
        }
        _ => None,
    };
    *host_key = if forget { None } else { host_key.take().or(pinned) };
}

/// Logs in and lists, with the secrets that are given, else with those of the keychain.
pub(crate) async fn test_server(
    source: &store::IntakeSource,
    keychain: &dyn Keychain,
    secret: Option<Secret>,
    passphrase: Option<Secret>,
) -> Vec<TestStep> {
    let store::IntakePlace::Sftp { host, port, user, folder, host_key, by_key } = &source.place else {
        return Vec::new();
    };
    let known = |account: String| keychain.get(&account).ok().flatten().map(|(secret, _)| secret);
    let secret = secret.or_else(|| known(account(host, *port, user)));
    let passphrase = passphrase.or_else(|| known(passphrase_account(host, *port, user)));
    let log_in = format!("Log in to {host}");
    let Some(secret) = secret else {
        return vec![step(
            &log_in,
            StepResult::Bad,
            "Enter the password or the private key first.".to_owned(),
        )];
    };
    let server = sftp::Server { host: host.clone(), port: *port, user: user.clone() };
    let opened = match secret_of(*by_key, &secret, passphrase.as_ref()) {
        Ok(secret) => sftp::Connection::open(&server, &secret, host_key.as_deref()).await,
        Err(error) => Err(error),
    };
    let list = format!("List {}", if folder.is_empty() { "the folder" } else { folder.as_str() });
    match opened {
        Err(error) => vec![
            step(&log_in, StepResult::Bad, trouble(error).says),
            step(&list, StepResult::Skipped, "Not tried.".to_owned()),
        ],
        Ok(connection) => {
            let logged_in = format!("Logged in. The server's key is {}.", connection.host_key());
            let listed = match connection.list(folder).await {
                Ok(files) => step(&list, StepResult::Good, format!("There are {} files.", files.len())),
                Err(error) => step(&list, StepResult::Bad, trouble(error).says),
            };
            connection.close().await;
            vec![step(&log_in, StepResult::Good, logged_in), listed]
        }
    }
}

pub(crate) async fn test_folder(folder: &str) -> TestStep {
    let path = Path::new(folder).to_owned();
    let looked = tokio::task::spawn_blocking(move || look::look(&path)).await;
    let title = "Look into the folder";
    match looked {
        Ok(Ok(found)) => {
            step(title, StepResult::Good, format!("There are {} recordings in it now.", found.len()))
        }
        Ok(Err(error)) => step(title, StepResult::Bad, watch::why_not(&error)),
        Err(_) => step(title, StepResult::Skipped, "Not tried.".to_owned()),
    }
}

fn step(title: &str, result: StepResult, says: String) -> TestStep {
    TestStep { title: title.to_owned(), result, says, mend: Vec::new() }
}

fn place_in_words(source: &store::IntakeSource) -> String {
    match &source.place {
        store::IntakePlace::Folder { folder } => folder.clone(),
        store::IntakePlace::Sftp { host, port, user, folder, .. } => format!("{user}@{host}:{port} {folder}"),
    }
}

fn unknown_source() -> Failure {
    not_found("This source is not in the library.")
}
