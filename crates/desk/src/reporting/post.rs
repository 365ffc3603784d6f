//! The office's mail server: its settings in the library, its password in the keychain.

use crate::desk::Desk;
use crate::keychain::{KeychainTrouble, Secret};
use crate::trouble::{failure_of_store, invalid};
use contract::reports::{MailSecurity, MailServer, MailView};
use contract::{Failure, FailureCode};
use mail::{Letter, Login, MailError, Security, Server};

const SETTING: &str = "mail";
const ACCOUNT: &str = "mail server";

impl Desk {
    pub(crate) async fn mail_view(&self) -> Result<MailView, Failure> {
        let json = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        let mut server: Option<MailServer> = json.and_then(|json| serde_json::from_str(&json).ok());
        if let Some(server) = &mut server {
            server.password_kept = matches!(self.keychain().get(ACCOUNT), Ok(Some(_)));
        }
        Ok(MailView { server })
    }

    /// An empty password forgets the one that is kept.
    pub(crate) async fn save_mail(
        &self,
        server: MailServer,
        password: Option<String>,
    ) -> Result<(), Failure> {
        check(&server)?;
        match password.as_deref() {
            Some("") => self.keychain().remove(ACCOUNT).map_err(|trouble| failure_of_keychain(&trouble))?,
            Some(password) => {
                self.keychain()
                    .put(ACCOUNT, &Secret::new(password))
                    .map_err(|trouble| failure_of_keychain(&trouble))?;
            }
            None => {}
        }
        let server = MailServer { password_kept: false, ..server };
        let json = serde_json::to_string(&server).unwrap_or_default();
        self.hand().set_office_setting(SETTING, Some(&json), &[]).await.map_err(failure_of_store)
    }

    /// Through the stored server.
    pub(crate) async fn send_mail(
        &self,
        to: Vec<String>,
        subject: String,
        text: String,
        attached: mail::Attached,
    ) -> Result<(), MailFailure> {
        let view = self.mail_view().await.map_err(MailFailure::Now)?;
        let server = view.server.ok_or_else(|| {
            MailFailure::Now(invalid("No mail server is set up. Enter one in Settings > Reports and mail."))
        })?;
        let password = self.kept_password().map_err(MailFailure::Later)?;
        let letter = Letter { from: server.from.clone(), to, subject, text, attached: Some(attached) };
        send(&server, password.as_deref(), &letter).await.map_err(|error| match error.may_pass() {
            true => MailFailure::Later(failure_of_mail(&error)),
            false => MailFailure::Now(failure_of_mail(&error)),
        })
    }

    /// Through a server that may not be stored yet; without a password, with the one that is kept.
    pub(crate) async fn test_mail(
        &self,
        server: MailServer,
        password: Option<String>,
        to: String,
    ) -> Result<(), Failure> {
        check(&server)?;
        let password = match password {
            Some(password) => Some(password),
            None => self.kept_password()?,
        };
        let language = self.spoken();
        let letter = Letter {
            from: server.from.clone(),
            to: vec![to],
            subject: language.say("Test mail of CallDoc").to_owned(),
            text: language.say("CallDoc can send reports through this mail server.\n").to_owned(),
            attached: None,
        };
        send(&server, password.as_deref(), &letter).await.map_err(|error| failure_of_mail(&error))
    }

    fn kept_password(&self) -> Result<Option<String>, Failure> {
        let kept = self.keychain().get(ACCOUNT).map_err(|trouble| failure_of_keychain(&trouble))?;
        Ok(kept.map(|(secret, _)| secret.reveal().to_owned()))
    }
}

/// Why a mail did not go out.
pub(crate) enum MailFailure {
    /// A person has to see to it.
    Now(Failure),
    /// It may go out by itself when it is tried again.
    Later(Failure),
}

async fn send(server: &MailServer, password: Option<&str>, letter: &Letter) -> Result<(), MailError> {
    let through = Server {
        host: server.host.trim().to_owned(),
        port: server.port,
        security: match server.security {
            MailSecurity::StartTls => Security::StartTls,
            MailSecurity::Tls => Security::Tls,
        },
        trusted: Vec::new(),
    };
    let login = (!server.user.is_empty())
        .then(|| Login { user: server.user.clone(), password: password.unwrap_or_default().to_owned() });
    mail::send(&through, login.as_ref(), letter).await
}

fn check(server: &MailServer) -> Result<(), Failure> {
    if server.host.trim().is_empty() {
        return Err(invalid("Enter the name of the mail server."));
    }
    if server.port == 0 {
        return Err(invalid("Enter the mail server's port, usually 587 or 465."));
    }
    mail::check_address(&server.from).map_err(|error| invalid(format!("Sender: {error}")))
}

fn failure_of_mail(error: &MailError) -> Failure {
    invalid(error.to_string())
}

fn failure_of_keychain(trouble: &KeychainTrouble) -> Failure {
    Failure { code: FailureCode::Keychain, message: trouble.to_string(), detail: None }
}
