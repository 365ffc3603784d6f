//! The form of the mail server while it is filled in. The password is beside it and never comes back.

use super::schedule_draft::is_address;
use crate::words::say;
use contract::reports::{MailSecurity, MailServer, SaveMail, TestMail};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailDraft {
    pub host: String,
    pub port: String,
    pub security: MailSecurity,
    pub user: String,
    pub from: String,
    pub password_kept: bool,
    /// Whom a test goes to.
    pub test_to: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Host,
    Port,
    From,
    TestTo,
}

pub type Complaint = (Field, &'static str);

impl MailDraft {
    pub fn of(server: Option<&MailServer>) -> Self {
        let Some(server) = server else {
            return Self {
                host: String::new(),
                port: usual_port(MailSecurity::StartTls).to_string(),
                security: MailSecurity::StartTls,
                user: String::new(),
                from: String::new(),
                password_kept: false,
                test_to: String::new(),
            };
        };
        Self {
            host: server.host.clone(),
            port: server.port.to_string(),
            security: server.security,
            user: server.user.clone(),
            from: server.from.clone(),
            password_kept: server.password_kept,
            test_to: String::new(),
        }
    }

    /// The port follows, unless another one was typed.
    pub fn set_security(&mut self, security: MailSecurity) {
        if self.port == usual_port(self.security).to_string() {
            self.port = usual_port(security).to_string();
        }
        self.security = security;
    }

    /// # Errors
    /// What is wrong, field by field.
    pub fn to_server(&self) -> Result<MailServer, Vec<Complaint>> {
        let mut wrong = Vec::new();
        if self.host.trim().is_empty() {
            wrong.push((Field::Host, say("Say which server.")));
        }
        let port = self.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
        if port.is_none() {
            wrong.push((Field::Port, say("A port is a number from 1 to 65535.")));
        }
        if !is_address(self.from.trim()) {
            wrong.push((Field::From, say("Type the address that reports come from.")));
        }
        match port {
            Some(port) if wrong.is_empty() => Ok(MailServer {
                host: self.host.trim().to_owned(),
                port,
                security: self.security,
                user: self.user.trim().to_owned(),
                from: self.from.trim().to_owned(),
                password_kept: self.password_kept,
            }),
            Some(_) | None => Err(wrong),
        }
    }

    /// # Errors
    /// As [`Self::to_server`].
    pub fn to_save(&self, typed: &str) -> Result<SaveMail, Vec<Complaint>> {
        Ok(SaveMail { server: self.to_server()?, password: secret(typed) })
    }

    /// # Errors
    /// As [`Self::to_server`], and when nobody is named that the test goes to.
    pub fn to_test(&self, typed: &str) -> Result<TestMail, Vec<Complaint>> {
        let server = self.to_server();
        let to = self.test_to.trim();
        if is_address(to) {
            return Ok(TestMail { server: server?, password: secret(typed), to: to.to_owned() });
        }
        let mut wrong = server.err().unwrap_or_default();
        wrong.push((Field::TestTo, say("Type the address that the test goes to.")));
        Err(wrong)
    }
}

pub fn security_title(security: MailSecurity) -> &'static str {
    match security {
        MailSecurity::StartTls => "STARTTLS",
        MailSecurity::Tls => "TLS",
    }
}

/// RFC 8314: submission on 587 with STARTTLS, on 465 with TLS from the start.
fn usual_port(security: MailSecurity) -> u16 {
    match security {
        MailSecurity::StartTls => 587,
        MailSecurity::Tls => 465,
    }
}

/// Nothing typed keeps what is known.
fn secret(typed: &str) -> Option<String> {
    (!typed.is_empty()).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> MailDraft {
        let mut draft = MailDraft::of(None);
        draft.host = " mail.example.com ".into();
        draft.from = "reports@example.com".into();
        draft
    }

    #[test]
    fn an_empty_form_says_what_is_missing() {
        let wrong = MailDraft::of(None).to_server().expect_err("nothing is filled in");
        let fields: Vec<Field> = wrong.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Host, Field::From], "the port is there already");
    }

    #[test]
    fn the_port_follows_the_way_unless_one_was_typed() {
        let mut draft = filled();
        draft.set_security(MailSecurity::Tls);
        assert_eq!(draft.port, "465", "the usual one of TLS");
        draft.port = "2525".into();
        draft.set_security(MailSecurity::StartTls);
        assert_eq!(draft.port, "2525", "what was typed stays");
    }

    #[test]
    fn a_known_password_need_not_be_typed_again() {
        let save = filled().to_save("").expect("all is filled in");
        assert_eq!(save.password, None, "the known one is kept");
        assert_eq!(save.server.host, "mail.example.com", "without blanks around it");
    }

    #[test]
    fn a_test_needs_somebody_to_go_to() {
        let mut draft = filled();
        let wrong = draft.to_test("secret").expect_err("nobody is named");
        assert_eq!(wrong, [(Field::TestTo, "Type the address that the test goes to.")], "only that");
        draft.test_to = "ann@example.com".into();
        assert!(draft.to_test("secret").is_ok(), "now it can be sent");
    }
}
