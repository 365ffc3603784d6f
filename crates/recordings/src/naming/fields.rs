//! The fields that a name can say.

use jiff::civil::DateTime;

/// What a file's name, or its side file, says. Nothing here is checked against the office: who has which extension is for
/// those who know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub started: Option<When>,
    pub extension: Option<String>,
    /// The outside party's, as written.
    pub number: Option<String>,
    pub group: Option<String>,
    /// Of a person.
    pub name: Option<String>,
    pub call_id: Option<String>,
    pub towards: Option<Towards>,
    /// Field and value, in the order of the name.
    pub fields: Vec<(String, String)>,
}

/// An instant as it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// By the clock on the wall of the office.
    Office(DateTime),
    /// Milliseconds UTC.
    Utc(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    Inbound,
    Outbound,
    Internal,
}

/// Longest number within an office. An outside number is longer nearly everywhere.
const EXTENSION_DIGITS_MAX: usize = 7;

impl Named {
    /// Puts the parties that `from` and `to` say where they belong: the one that is an extension, and the one that is
    /// not.
    pub(crate) fn settle_parties(&mut self, from: Option<&str>, to: Option<&str>) {
        let (Some(from), Some(to)) = (from, to) else {
            if let Some(alone) = from.or(to) {
                self.take_party(alone);
            }
            return;
        };
        match (is_extension(from), is_extension(to)) {
            (true, true) => {
                self.towards.get_or_insert(Towards::Internal);
                self.extension.get_or_insert_with(|| from.to_owned());
                self.number.get_or_insert_with(|| to.to_owned());
            }
            (true, false) => {
                self.towards.get_or_insert(Towards::Outbound);
                self.take_party(from);
                self.take_party(to);
            }
            (false, _) => {
                self.towards.get_or_insert(Towards::Inbound);
                self.take_party(from);
                self.take_party(to);
            }
        }
    }

    fn take_party(&mut self, party: &str) {
        if is_extension(party) {
            self.extension.get_or_insert_with(|| party.to_owned());
        } else if digits(party) > 0 {
            self.number.get_or_insert_with(|| party.to_owned());
        }
    }

    /// A field that names a person or a group by number or by name.
    pub(super) fn take_who(&mut self, who: &str) {
        if is_extension(who) {
            self.extension.get_or_insert_with(|| who.to_owned());
        } else {
            self.name.get_or_insert_with(|| who.to_owned());
        }
    }
}

pub(super) fn is_extension(text: &str) -> bool {
    !text.is_empty() && text.len() <= EXTENSION_DIGITS_MAX && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
