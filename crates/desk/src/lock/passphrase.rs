//! A passphrase as the library keeps it: its Argon2id hash, from which it cannot be read back.

use argon2::{Algorithm, Argon2, Params, Version};
use recordings::Key;
use serde::{Deserialize, Serialize};

/// OWASP's choice for Argon2id: 19 MB of memory and two passes, some tenths of a second.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hashed {
    salt: Vec<u8>,
    hash: Vec<u8>,
    memory_kib: u32,
    passes: u32,
}

impl Hashed {
    /// Takes some tenths of a second. `None` where the system gives no random numbers or no memory.
    pub(crate) fn of(passphrase: &str) -> Option<Self> {
        let salt = Key::generate().ok()?.expose()[..SALT_BYTES].to_vec();
        let hash = hash(passphrase, &salt, MEMORY_KIB, PASSES)?;
        Some(Self { salt, hash, memory_kib: MEMORY_KIB, passes: PASSES })
    }

    /// As long as [`Hashed::of`].
    pub(crate) fn is(&self, passphrase: &str) -> bool {
        let Some(hash) = hash(passphrase, &self.salt, self.memory_kib, self.passes) else { return false };
        // Every byte is looked at, so that the time tells nothing.
        let differ = hash.iter().zip(&self.hash).fold(0, |differ, (one, other)| differ | (one ^ other));
        hash.len() == self.hash.len() && differ == 0
    }
}

fn hash(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Option<Vec<u8>> {
    let params = Params::new(memory_kib, passes, 1, Some(HASH_BYTES)).ok()?;
    let mut hash = vec![0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut hash)
        .ok()?;
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::Hashed;

    #[test]
    fn a_passphrase_is_known_again_and_stands_nowhere() {
        let hashed = Hashed::of("correct horse").expect("hashed");
        assert!(hashed.is("correct horse"), "the same opens");
        assert!(!hashed.is("correct horse "), "another does not");
        let stored = serde_json::to_string(&hashed).expect("JSON");
        assert!(!stored.contains("horse"), "it is not in what is stored: {stored}");
        let again = Hashed::of("correct horse").expect("hashed");
        assert_ne!(again, hashed, "two offices with one passphrase have different hashes");
    }
}
