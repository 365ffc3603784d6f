//! What can go wrong, in words for the manager of an office.

use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MailError {
    #[error("“{0}” is no mail address.")]
    Address(String),

    #[error("Nobody is to get the mail: enter an address.")]
    NoAddress,

    #[error("The mail server {host} cannot be reached on port {port}: {why}.")]
    Unreachable { host: String, port: u16, why: String },

    #[error(
        "The mail server {host} cannot be trusted: {why}. Check its name, and whether the port is the one for this kind of encryption."
    )]
    NotTrusted { host: String, why: String },

    /// Nothing was sent without encryption.
    #[error("The mail server {0} offers no encryption on this port. Try TLS on port 465, or another port.")]
    NoEncryption(String),

    #[error("The mail server refused the user name or the password: {0}.")]
    LoginRefused(String),

    #[error("The mail server refused the mail: {0}.")]
    Refused(String),

    /// It may take it later.
    #[error("The mail server does not take the mail now: {0}.")]
    Later(String),

    #[error("The mail server did not answer in time.")]
    Silent,
}

impl MailError {
    /// Trying again later may help without a person.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Later(_) | Self::Silent => true,
            Self::Address(_)
            | Self::NoAddress
            | Self::NotTrusted { .. }
            | Self::NoEncryption(_)
            | Self::LoginRefused(_)
            | Self::Refused(_) => false,
        }
    }
}
