//! Through which server it goes.

use crate::{Letter, MailError};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Tokio1Executor};
use std::error::Error as _;
use std::time::Duration;

/// For each answer of the server: a server that greylists or scans takes some seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the connection is encrypted; one that cannot be is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Begins in the clear and turns to TLS before anything is said: port 587.
    StartTls,
    /// From the first byte: port 465.
    Tls,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Trusted besides what this computer trusts, as PEM.
    pub trusted: Vec<Vec<u8>>,
}

/// Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Returns when the server has taken it.
pub async fn send(server: &Server, login: Option<&Login>, letter: &Letter) -> Result<(), MailError> {
    let message = letter.message()?;
    let mut tls = TlsParameters::builder(server.host.clone());
    for pem in &server.trusted {
        let certificate = Certificate::from_pem(pem).map_err(|error| server.not_trusted(&error))?;
        tls = tls.add_root_certificate(certificate);
    }
    let tls = tls.build().map_err(|error| server.not_trusted(&error))?;
    let tls = match server.security {
        Security::StartTls => Tls::Required(tls),
        Security::Tls => Tls::Wrapper(tls),
    };
    let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let Some(login) = login {
        transport = transport.credentials(Credentials::new(login.user.clone(), login.password.clone()));
    }
    match tokio::time::timeout(PATIENCE * 3, transport.build().send(message)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(server.told(&error)),
        Err(_) => Err(MailError::Silent),
    }
}

/// The server's answers to a wrong login: 530, 534, 535, 538 of RFC 4954.
const LOGIN_REFUSED: [u16; 4] = [530, 534, 535, 538];

impl Server {
    fn told(&self, error: &Error) -> MailError {
        let why = why(error);
        if let Some(code) = error.status().map(u16::from) {
            return match code {
                code if LOGIN_REFUSED.contains(&code) => MailError::LoginRefused(why),
                400..500 => MailError::Later(why),
                _ => MailError::Refused(why),
            };
        }
        if error.is_timeout() {
            return MailError::Silent;
        }
        if error.is_tls() || why.contains("certificate") || why.contains("corrupt message") {
            return MailError::NotTrusted { host: self.host.clone(), why };
        }
        if error.is_client() && why.contains("STARTTLS") {
            return MailError::NoEncryption(self.host.clone());
        }
        if error.is_client() {
            return MailError::Refused(why);
        }
        MailError::Unreachable { host: self.host.clone(), port: self.port, why }
    }

    fn not_trusted(&self, error: &Error) -> MailError {
        MailError::NotTrusted { host: self.host.clone(), why: why(error) }
    }
}

/// The innermost reason, without its full stop.
fn why(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text.trim_end_matches('.').to_owned()
}
