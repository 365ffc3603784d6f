//! The service user's password, which is shown nowhere and wiped when dropped.

use crate::message::PaddedPassword;
use sha1::{Digest, Sha1};
use std::fmt;
use zeroize::Zeroizing;

/// Length of a SHA-1 challenge, and the most of a password that counts in the answer to it.
pub const CHALLENGE_BYTES: usize = 16;

/// A password. It has no `Display`, and its `Debug` prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    pub fn new(password: impl Into<String>) -> Self {
        Self(Zeroizing::new(password.into()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// SHA-1 over the challenge and the password's first 16 bytes of UTF-8, padded with zeros.
    pub fn answer(&self, challenge: &[u8; CHALLENGE_BYTES]) -> [u8; 20] {
        let mut hashed = Zeroizing::new([0; 2 * CHALLENGE_BYTES]);
        hashed[..CHALLENGE_BYTES].copy_from_slice(challenge);
        let length = self.0.len().min(CHALLENGE_BYTES);
        hashed[CHALLENGE_BYTES..CHALLENGE_BYTES + length].copy_from_slice(&self.0.as_bytes()[..length]);
        Sha1::digest(*hashed).into()
    }

    /// The password's first 32 bytes, padded with zeros, for a plain challenge over TLS.
    pub fn padded(&self) -> PaddedPassword {
        let mut padded = PaddedPassword(Zeroizing::new([0; 32]));
        let length = self.0.len().min(padded.0.len());
        padded.0[..length].copy_from_slice(&self.0.as_bytes()[..length]);
        padded
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_prints() {
        let password = Password::new("hunter2");
        assert!(
            !format!("{password:?} {:?}", password.padded()).contains("hunter2"),
            "not even for debugging"
        );
        assert!(!format!("{:?}", password.padded()).contains("104"), "nor as numbers");
    }
}
