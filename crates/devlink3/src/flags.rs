//! Flags of an event request.

use std::fmt;

/// What one asks for besides Delta3, which needs no flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// Events of every node of the network.
    Scn,
    SipTrack,
    CmExtn,
    /// Legacy Delta2 in place of Delta3.
    Cd2,
    /// Calls only once they were connected.
    Conn,
    /// Delta2 as UTF-8.
    Text,
}

impl Flag {
    pub const ALL: [Flag; 6] = [Flag::Scn, Flag::SipTrack, Flag::CmExtn, Flag::Cd2, Flag::Conn, Flag::Text];

    /// As spelt on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Flag::Scn => "-SCN",
            Flag::SipTrack => "-SIPTrack",
            Flag::CmExtn => "-CMExtn",
            Flag::Cd2 => "-CD2",
            Flag::Conn => "-CONN",
            Flag::Text => "-TEXT",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of flags. Displays as on the wire, separated by blanks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    pub const NONE: Flags = Flags(0);

    /// What CallDoc asks of one PBX: Delta3, the SIP Call-IDs and what phones say of themselves.
    pub fn usual() -> Self {
        Self::NONE.with(Flag::SipTrack).with(Flag::CmExtn)
    }

    /// The flags in a text. Words not known here come back beside them.
    pub fn parse(text: &str) -> (Self, Vec<&str>) {
        let mut flags = Self::NONE;
        let mut unknown = Vec::new();
        for word in text.split_ascii_whitespace() {
            match Flag::ALL.into_iter().find(|flag| flag.word().eq_ignore_ascii_case(word)) {
                Some(flag) => flags = flags.with(flag),
                None => unknown.push(word),
            }
        }
        (flags, unknown)
    }

    pub fn with(self, flag: Flag) -> Self {
        Self(self.0 | flag.bit())
    }

    pub fn without(self, flag: Flag) -> Self {
        Self(self.0 & !flag.bit())
    }

    pub fn contains(self, flag: Flag) -> bool {
        self.0 & flag.bit() != 0
    }

    /// Those of `self` that are not in `other`.
    pub fn minus(self, other: Flags) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those of `self` that are in `other` too.
    pub fn and(self, other: Flags) -> Self {
        Self(self.0 & other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.contains(*flag))
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, flag) in self.iter().enumerate() {
            if number > 0 {
                out.write_str(" ")?;
            }
            out.write_str(flag.word())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_and_written_as_on_the_wire() {
        let flags = Flags::usual().with(Flag::Scn);
        assert_eq!(flags.to_string(), "-SCN -SIPTrack -CMExtn", "separated by blanks");
        assert_eq!(Flags::parse(&flags.to_string()), (flags, vec![]), "and back");
        assert_eq!(Flags::parse(" -scn  -New").1, ["-New"], "unknown words are told");
    }
}
