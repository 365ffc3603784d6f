//! The key of a library, and its form on paper.

use chacha20poly1305::aead::Generate;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Letters and digits that are not taken for one another when read from paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Each group is 20 bits and a check: 32 bytes of key and 3 by which the whole is checked.
const GROUPS: usize = 14;
const DATA: usize = 4;
const GROUP: usize = DATA + 1;
const WHOLE: usize = 3;

/// The key of a library. Wiped from memory when dropped, never shown.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

/// What is wrong with a recovery text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryTypo {
    #[error("A recovery key has {expected} groups of characters; this one has {found}.")]
    Length { expected: usize, found: usize },
    #[error("Group {group} has {found} characters instead of {expected}.")]
    GroupLength { group: usize, expected: usize, found: usize },
    #[error("Group {group} contains \"{character}\", which is in no recovery key.")]
    Character { group: usize, character: char },
    #[error("Group {group} has a typing mistake, or stands in the wrong place.")]
    Group { group: usize },
    #[error("Each group is well formed, but they do not belong together.")]
    Whole,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Key({})", self.fingerprint())
    }
}

impl Key {
    /// A new key from the system's random numbers.
    pub fn generate() -> Result<Self, std::io::Error> {
        let bytes = <[u8; 32]>::try_generate().map_err(std::io::Error::other)?;
        Ok(Self::from_bytes(bytes))
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// For the keychain only.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Eight hexadecimal digits by which a key is known without giving it away.
    pub fn fingerprint(&self) -> String {
        hex(&self.print())
    }

    pub(super) fn print(&self) -> [u8; 4] {
        let digest = digest("fingerprint", self.expose());
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// The key in groups to be written down, each with a check of its own.
    pub fn recovery_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(32 + WHOLE));
        bytes.extend_from_slice(self.expose());
        bytes.extend_from_slice(&digest("recovery", self.expose())[..WHOLE]);
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (GROUP + 1)));
        for group in 0..GROUPS {
            if group > 0 {
                text.push('-');
            }
            let values: [u8; DATA] = std::array::from_fn(|place| five_bits(&bytes, group * DATA + place));
            for value in values.into_iter().chain([check(group, &values)]) {
                text.push(char::from(ALPHABET[usize::from(value)]));
            }
        }
        text
    }

    /// Reads a recovery text as people type it: any case, spaces or dashes between the groups, O for 0, I and L for 1.
    pub fn from_recovery_text(text: &str) -> Result<Self, RecoveryTypo> {
        let mut groups: Vec<&str> = text
            .split(|one: char| one.is_whitespace() || one == '-')
            .filter(|group| !group.is_empty())
            .collect();
        // Typed without anything between the groups.
        if let [all] = groups[..]
            && all.is_ascii()
            && all.len() == GROUPS * GROUP
        {
            groups = (0..GROUPS).map(|group| &all[group * GROUP..(group + 1) * GROUP]).collect();
        }
        if groups.len() != GROUPS {
            return Err(RecoveryTypo::Length { expected: GROUPS, found: groups.len() });
        }
        let mut bytes = Zeroizing::new([0; 32 + WHOLE]);
        for (at, group) in groups.into_iter().enumerate() {
            let values = read_group(at, group)?;
            for (place, &value) in values.iter().enumerate() {
                put_five_bits(&mut *bytes, at * DATA + place, value);
            }
        }
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&bytes[..32]);
        if digest("recovery", &key)[..WHOLE] != bytes[32..] {
            return Err(RecoveryTypo::Whole);
        }
        Ok(Self(key))
    }
}

fn read_group(at: usize, group: &str) -> Result<[u8; DATA], RecoveryTypo> {
    let number = at + 1;
    let mut values = Zeroizing::new(Vec::with_capacity(GROUP));
    for character in group.chars() {
        let read = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let value = ALPHABET.iter().position(|&known| char::from(known) == read);
        values.push(value.ok_or(RecoveryTypo::Character { group: number, character })? as u8);
    }
    let Ok([data @ .., said]) = <[u8; GROUP]>::try_from(values.as_slice()) else {
        return Err(RecoveryTypo::GroupLength { group: number, expected: GROUP, found: values.len() });
    };
    if check(at, &data) == said { Ok(data) } else { Err(RecoveryTypo::Group { group: number }) }
}

/// A check over the field of 32 elements: one wrong character, two exchanged ones and a group in a wrong place all show.
fn check(group: usize, values: &[u8; DATA]) -> u8 {
    let double = |value: u8| (value << 1) ^ (if value & 16 == 0 { 0 } else { 0x25 });
    double(values.iter().fold(group as u8 + 1, |sum, value| double(sum) ^ value))
}

fn five_bits(bytes: &[u8], place: usize) -> u8 {
    (0..5).fold(0, |value, bit| {
        let at = place * 5 + bit;
        value << 1 | (bytes[at / 8] >> (7 - at % 8)) & 1
    })
}

fn put_five_bits(bytes: &mut [u8], place: usize, value: u8) {
    for bit in 0..5 {
        let at = place * 5 + bit;
        bytes[at / 8] |= (value >> (4 - bit) & 1) << (7 - at % 8);
    }
}

fn digest(purpose: &str, key: &[u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update("calldoc recordings ")
        .chain_update(purpose)
        .chain_update(key)
        .finalize()
        .into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
