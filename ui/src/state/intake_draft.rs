//! The form of a source of recordings while it is filled in.

use crate::words::say;
use contract::intake::{IntakePlace, IntakeSource, SaveIntakeSource, TestIntakeSource};
use contract::sites::PasswordState;

/// Nobody waits for recordings that often, and a share is not to be looked through all the time.
const SHORTEST_SECONDS: u32 = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Folder,
    Sftp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeDraft {
    pub id: i64,
    pub site: i64,
    pub name: String,
    pub kind: Kind,
    pub folder: String,
    pub host: String,
    pub port: String,
    pub user: String,
    pub by_key: bool,
    pub secret: String,
    pub passphrase: String,
    pub secret_state: PasswordState,
    pub host_key: Option<String>,
    pub forget_host_key: bool,
    pub naming: Option<i64>,
    pub remove_after: bool,
    pub every_seconds: String,
    pub enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Folder,
    Host,
    Port,
    User,
    Secret,
    Every,
}

pub type Complaint = (Field, &'static str);

impl IntakeDraft {
    pub fn empty(site: i64, kind: Kind) -> Self {
        Self {
            id: 0,
            site,
            name: String::new(),
            kind,
            folder: String::new(),
            host: String::new(),
            port: "22".to_owned(),
            user: String::new(),
            by_key: false,
            secret: String::new(),
            passphrase: String::new(),
            secret_state: PasswordState::Missing,
            host_key: None,
            forget_host_key: false,
            naming: None,
            remove_after: false,
            every_seconds: if kind == Kind::Folder { "60" } else { "300" }.to_owned(),
            enabled: true,
        }
    }

    pub fn of(source: &IntakeSource) -> Self {
        let kind = match source.place {
            IntakePlace::Folder { .. } => Kind::Folder,
            IntakePlace::Sftp { .. } => Kind::Sftp,
        };
        let mut draft = Self {
            id: source.id,
            name: source.name.clone(),
            naming: source.naming,
            remove_after: source.remove_after,
            every_seconds: source.every_seconds.to_string(),
            enabled: source.enabled,
            ..Self::empty(source.site, kind)
        };
        match &source.place {
            IntakePlace::Folder { folder } => draft.folder = folder.clone(),
            IntakePlace::Sftp { host, port, user, folder, host_key, by_key, secret } => {
                draft.host = host.clone();
                draft.port = port.to_string();
                draft.user = user.clone();
                draft.folder = folder.clone();
                draft.host_key = host_key.clone();
                draft.by_key = *by_key;
                draft.secret_state = *secret;
            }
        }
        draft
    }

    /// # Errors
    /// What is wrong, field by field.
    pub fn to_source(&self) -> Result<IntakeSource, Vec<Complaint>> {
        let mut complaints = Vec::new();
        let mut needs = |field, text: &str, says| {
            if text.trim().is_empty() {
                complaints.push((field, says));
            }
        };
        needs(Field::Name, &self.name, say("Give it a name, for instance that of the recorder."));
        needs(Field::Folder, &self.folder, say("Say which folder."));
        if self.kind == Kind::Sftp {
            needs(Field::Host, &self.host, say("Say which server."));
            needs(Field::User, &self.user, say("Say as which user."));
            if self.secret_state == PasswordState::Missing {
                let says =
                    if self.by_key { say("Paste the private key.") } else { say("Type the password.") };
                needs(Field::Secret, &self.secret, says);
            }
        }
        let port = self.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
        if self.kind == Kind::Sftp && port.is_none() {
            complaints.push((Field::Port, say("A port is a number from 1 to 65535.")));
        }
        let every = self.every_seconds.trim().parse::<u32>().ok().filter(|every| *every >= SHORTEST_SECONDS);
        if every.is_none() {
            complaints.push((Field::Every, say("At least 10 seconds.")));
        }
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let folder = self.folder.trim().to_owned();
        let place = match self.kind {
            Kind::Folder => IntakePlace::Folder { folder },
            Kind::Sftp => IntakePlace::Sftp {
                host: self.host.trim().to_owned(),
                port: port.unwrap_or(22),
                user: self.user.trim().to_owned(),
                folder,
                host_key: self.host_key.clone(),
                by_key: self.by_key,
                secret: self.secret_state,
            },
        };
        Ok(IntakeSource {
            id: self.id,
            site: self.site,
            name: self.name.trim().to_owned(),
            place,
            naming: self.naming,
            remove_after: self.remove_after,
            every_seconds: every.unwrap_or(SHORTEST_SECONDS),
            enabled: self.enabled,
        })
    }

    pub fn to_save(&self, source: IntakeSource) -> SaveIntakeSource {
        let (secret, passphrase) = self.secrets();
        SaveIntakeSource { source, secret, passphrase, forget_host_key: self.forget_host_key }
    }

    pub fn to_test(&self, source: IntakeSource) -> TestIntakeSource {
        let (secret, passphrase) = self.secrets();
        TestIntakeSource { source, secret, passphrase }
    }

    /// What was typed; nothing keeps what is known.
    fn secrets(&self) -> (Option<String>, Option<String>) {
        let typed = |text: &String| (!text.is_empty()).then(|| text.clone());
        (typed(&self.secret), typed(&self.passphrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_says_what_is_missing() {
        let folder = IntakeDraft::empty(1, Kind::Folder).to_source().expect_err("nothing is filled in");
        assert_eq!(
            folder.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            [Field::Name, Field::Folder],
            "two fields"
        );
        let server = IntakeDraft::empty(1, Kind::Sftp).to_source().expect_err("nothing is filled in");
        assert_eq!(server.len(), 5, "a server needs its address, a user and a password as well");
    }

    #[test]
    fn a_new_source_removes_nothing() {
        let mut draft = IntakeDraft::empty(1, Kind::Folder);
        draft.name = "VRL".into();
        draft.folder = " /srv/vrl ".into();
        let source = draft.to_source().expect("all is filled in");
        assert!(!source.remove_after, "unless a person says so");
        assert_eq!(
            source.place,
            IntakePlace::Folder { folder: "/srv/vrl".into() },
            "without blanks around it"
        );
    }

    #[test]
    fn a_known_password_need_not_be_typed_again_and_is_not_sent() {
        let place = IntakePlace::Sftp {
            host: "192.168.42.10".into(),
            port: 22,
            user: "calldoc".into(),
            folder: "/opt".into(),
            host_key: Some("SHA256:x".into()),
            by_key: false,
            secret: PasswordState::InKeychain,
        };
        let stored = IntakeSource {
            id: 2,
            site: 1,
            name: "Voicemail Pro".into(),
            place,
            naming: Some(1),
            remove_after: true,
            every_seconds: 300,
            enabled: false,
        };
        let draft = IntakeDraft::of(&stored);
        let source = draft.to_source().expect("it was stored as it is");
        assert_eq!(source, stored, "nothing is lost on the way");
        assert_eq!(draft.to_save(source).secret, None, "the known one is kept");
    }

    #[test]
    fn a_folder_is_not_looked_through_all_the_time() {
        let mut draft = IntakeDraft::empty(1, Kind::Folder);
        draft.every_seconds = "1".into();
        let complaints = draft.to_source().expect_err("too often");
        assert!(complaints.iter().any(|(field, _)| *field == Field::Every), "and it says so");
    }
}
