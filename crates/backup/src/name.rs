//! What a member may be called: a place within a folder on every system, and never one outside of it.

/// Longest name, and longest part of one, in bytes: what common file systems take.
const NAME_BYTES_MAX: usize = 1_000;
const PART_BYTES_MAX: usize = 255;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A relative path with `/` between its parts, such as `recordings/2026/11/20/17.opus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberName(String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error("its name leads out of the folder.")]
    Leads,
    #[error("its name is none that every system takes.")]
    Strange,
}

impl MemberName {
    /// # Errors
    /// A name that leads out of its folder, or one that some system would take for something else.
    pub fn parse(name: &str) -> Result<Self, BadName> {
        if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..") {
            return Err(BadName::Leads);
        }
        if name.is_empty() || name.len() > NAME_BYTES_MAX || !name.split('/').all(is_plain) {
            return Err(BadName::Strange);
        }
        Ok(Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MemberName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

fn is_plain(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    !part.is_empty()
        && part.len() <= PART_BYTES_MAX
        && part != "."
        // Windows drops both at the end, so that two names would be one.
        && !part.ends_with(['.', ' '])
        && !part.chars().any(|letter| letter.is_control() || matches!(letter, '<' | '>' | '"' | '|' | '?' | '*'))
        && !DEVICES.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_library_are_taken() {
        for name in
            ["library.sqlite3", "settings.json", "recordings/2026/11/20/17.v1.opus", "pools/2/Zoë 1.wav"]
        {
            assert!(MemberName::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_refused() {
        for name in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "C:\\a",
            "C:a",
            "a\\..\\b",
            "..",
            "a/..",
            "\\\\server\\a",
            "a:b",
        ] {
            assert_eq!(MemberName::parse(name), Err(BadName::Leads), "{name}");
        }
    }

    #[test]
    fn a_name_that_some_system_takes_for_another_is_refused() {
        let long = "a".repeat(300);
        for name in
            ["", "a//b", "a/", "./a", "a.", "a ", "con", "NUL.txt", "a/Lpt1.wav", "a\0b", "a\nb", "a?", &long]
        {
            assert_eq!(MemberName::parse(name), Err(BadName::Strange), "{name:?}");
        }
    }
}
