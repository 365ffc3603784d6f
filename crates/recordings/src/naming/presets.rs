//! Patterns that come with the program. Makers publish none, so these are the manners met most; each can be copied and
//! changed.

/// A preset; its id is negative, so that it never meets one that a person made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    pub id: i64,
    pub name: &'static str,
    pub pattern: &'static str,
}

/// In the order in which they are tried: those that say most, and fit least by accident, first.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: -1,
        name: "3CX: [Name]_from-to_time(id)",
        pattern: "[{name?}]_{from}-{to}_{time:YYYYMMDDHHmmss}({call_id})",
    },
    Preset {
        id: -2,
        name: "Extension, number, time and call id",
        pattern: "{extension}_{number}_{time:YYYYMMDDHHmmss}_{call_id}",
    },
    Preset {
        id: -3,
        name: "Group, extension, number and time",
        pattern: "{group}_{extension}_{number}_{time:YYYYMMDDHHmmss}",
    },
    Preset {
        id: -4,
        name: "Extension, number and time",
        pattern: "{extension}_{number}_{time:YYYYMMDDHHmmss}",
    },
    Preset {
        id: -5,
        name: "Extension, number, date and time of day",
        pattern: "{extension}_{number}_{time:YYYY-MM-DD_HH-mm-ss}",
    },
    Preset {
        id: -6,
        name: "Time, extension and number",
        pattern: "{time:YYYYMMDD-HHmmss}_{extension}_{number}",
    },
    Preset { id: -7, name: "Voicemail Pro: user or group, time", pattern: "{who}_{time:YYYYMMDDHHmmss}" },
    Preset {
        id: -8,
        name: "Voicemail Pro: user or group, caller, date and time of day",
        pattern: "{who} {number} {time:YYYY-MM-DD HH.mm.ss}",
    },
    Preset { id: -9, name: "Time alone", pattern: "{time:YYYYMMDDHHmmss}" },
];
