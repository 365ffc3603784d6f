//! What the PBX answers, by number.

/// Answer to a Test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestResult {
    Success,
    PayloadTooLong,
    /// The PBX has lost our framing: reconnect.
    IntegrityLost,
    /// A login on this connection failed before.
    EarlierLoginFailed,
    Other(u32),
}

/// Answer to an event request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventsResult {
    Success,
    /// Only the flags that come with it were accepted.
    Partial,
    UnknownFlag,
    InsufficientLicence,
    NotAvailable,
    Other(u32),
}

/// Answer to a file request. The number of *not found* is not published, so every other number is a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileResult {
    Success,
    Refused(u32),
}

impl TestResult {
    pub fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Success,
            0x8000_0001 => Self::PayloadTooLong,
            0x8000_0002 => Self::IntegrityLost,
            0x8000_0003 => Self::EarlierLoginFailed,
            other => Self::Other(other),
        }
    }

    pub fn number(self) -> u32 {
        match self {
            Self::Success => 0,
            Self::PayloadTooLong => 0x8000_0001,
            Self::IntegrityLost => 0x8000_0002,
            Self::EarlierLoginFailed => 0x8000_0003,
            Self::Other(number) => number,
        }
    }
}

impl EventsResult {
    pub fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Success,
            9 => Self::Partial,
            0x8000_0021 => Self::UnknownFlag,
            0x8000_0022 => Self::InsufficientLicence,
            0x8000_0023 => Self::NotAvailable,
            other => Self::Other(other),
        }
    }

    pub fn number(self) -> u32 {
        match self {
            Self::Success => 0,
            Self::Partial => 9,
            Self::UnknownFlag => 0x8000_0021,
            Self::InsufficientLicence => 0x8000_0022,
            Self::NotAvailable => 0x8000_0023,
            Self::Other(number) => number,
        }
    }
}

impl FileResult {
    pub fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Success,
            other => Self::Refused(other),
        }
    }

    pub fn number(self) -> u32 {
        match self {
            Self::Success => 0,
            Self::Refused(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_number_survives_both_ways() {
        for number in [0, 9, 0x8000_0001, 0x8000_0002, 0x8000_0003, 0x8000_0021, 0x8000_0022, 0x8000_0023, 77]
        {
            assert_eq!(TestResult::from_number(number).number(), number, "test {number:#x}");
            assert_eq!(EventsResult::from_number(number).number(), number, "events {number:#x}");
            assert_eq!(FileResult::from_number(number).number(), number, "file {number:#x}");
        }
    }
}
