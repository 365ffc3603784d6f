//! What is sent.

use crate::MailError;
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// A mail to one or more people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// `reports@example.com`, or with a name: `CallDoc <reports@example.com>`.
    pub from: String,
    pub to: Vec<String>,
    pub subject: String,
    pub text: String,
    pub attached: Option<Attached>,
}

/// A file that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub name: String,
    /// `application/pdf`; one that cannot be read goes as plain bytes.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Refused with words when it is no address.
pub fn check_address(text: &str) -> Result<(), MailError> {
    mailbox(text).map(|_| ())
}

fn mailbox(text: &str) -> Result<Mailbox, MailError> {
    text.trim().parse().map_err(|_| MailError::Address(text.trim().to_owned()))
}

impl Letter {
    pub(crate) fn message(&self) -> Result<Message, MailError> {
        if self.to.is_empty() {
            return Err(MailError::NoAddress);
        }
        let mut builder = Message::builder().from(mailbox(&self.from)?).subject(&self.subject);
        for to in &self.to {
            builder = builder.to(mailbox(to)?);
        }
        let text = SinglePart::plain(self.text.clone());
        let built = match &self.attached {
            None => builder.singlepart(text),
            Some(file) => {
                let kind = ContentType::parse(&file.media_type)
                    .unwrap_or(ContentType::parse(BYTES).map_err(refused)?);
                let part = Attachment::new(file.name.clone()).body(file.bytes.clone(), kind);
                builder.multipart(MultiPart::mixed().singlepart(text).singlepart(part))
            }
        };
        built.map_err(refused)
    }
}

const BYTES: &str = "application/octet-stream";

fn refused(error: impl std::fmt::Display) -> MailError {
    MailError::Refused(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &[&str]) -> Letter {
        Letter {
            from: "CallDoc <reports@example.com>".to_owned(),
            to: to.iter().map(|to| (*to).to_owned()).collect(),
            subject: "Abandoned calls – November".to_owned(),
            text: "The report is attached.".to_owned(),
            attached: Some(Attached {
                name: "Abandoned calls.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                bytes: b"%PDF-1.7 and so on".to_vec(),
            }),
        }
    }

    #[test]
    fn a_mail_carries_its_file() {
        let message = letter(&["ann@example.com", "Ben <ben@example.com>"]).message().expect("it is whole");
        let text = String::from_utf8(message.formatted()).expect("mail is text");
        assert!(text.contains("Content-Type: application/pdf"), "as what it is: {text}");
        assert!(text.contains("Abandoned calls.pdf"), "under its name: {text}");
        assert!(text.contains("ann@example.com") && text.contains("ben@example.com"), "to both: {text}");
    }

    #[test]
    fn what_is_no_address_is_said() {
        let wrong = letter(&["ann at example"]).message();
        assert_eq!(wrong.err(), Some(MailError::Address("ann at example".to_owned())), "which one it is");
        assert_eq!(letter(&[]).message().err(), Some(MailError::NoAddress), "somebody must get it");
    }

    #[test]
    fn a_line_break_in_a_subject_adds_no_line_to_the_head() {
        let mut sly = letter(&["ann@example.com"]);
        sly.subject = "Calls\r\nBcc: eve@example.com".to_owned();
        let sent = sly.message().map(|message| String::from_utf8_lossy(&message.formatted()).into_owned());
        let harmless = sent.map_or(true, |text| !text.lines().any(|line| line.starts_with("Bcc:")));
        assert!(harmless, "nobody else gets it");
    }
}
