//! What stands before the chunks, and how a chunk is sealed.

use super::{Key, SealError};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

pub(super) const MAGIC: &[u8] = b"CallDocSealed";
const VERSION: u8 = 1;
pub(super) const LENGTH: usize = 48;
pub(super) const CHUNK: usize = 64 * 1024;
pub(super) const PROOF: usize = 16;
const NONCE: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) fingerprint: [u8; 4],
    pub(super) nonce: [u8; NONCE],
}

impl Head {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, SealError> {
        if !bytes.starts_with(MAGIC) {
            return Err(SealError::NotSealed);
        }
        let bytes: &[u8; LENGTH] = bytes.first_chunk().ok_or(SealError::Damaged)?;
        let head = Self {
            fingerprint: [bytes[16], bytes[17], bytes[18], bytes[19]],
            nonce: std::array::from_fn(|place| bytes[20 + place]),
        };
        if head.bytes() == *bytes { Ok(head) } else { Err(SealError::Damaged) }
    }

    pub(super) fn bytes(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        bytes[..MAGIC.len()].copy_from_slice(MAGIC);
        bytes[MAGIC.len()] = VERSION;
        bytes[16..20].copy_from_slice(&self.fingerprint);
        bytes[20..20 + NONCE].copy_from_slice(&self.nonce);
        bytes
    }
}

/// Seals and opens the chunks of one file.
pub(super) struct Chunks {
    cipher: XChaCha20Poly1305,
    head: Head,
}

impl Chunks {
    pub(super) fn new(key: &Key, head: Head) -> Self {
        Self { cipher: XChaCha20Poly1305::new(key.expose().into()), head }
    }

    pub(super) fn seal(&self, number: u32, last: bool, plain: &[u8]) -> Option<Vec<u8>> {
        let bound = self.bound(number, last);
        self.cipher.encrypt(&self.nonce(number), Payload { msg: plain, aad: &bound }).ok()
    }

    pub(super) fn open(&self, number: u32, last: bool, sealed: &[u8]) -> Option<Vec<u8>> {
        let bound = self.bound(number, last);
        self.cipher.decrypt(&self.nonce(number), Payload { msg: sealed, aad: &bound }).ok()
    }

    fn nonce(&self, number: u32) -> XNonce {
        let mut nonce = [0; NONCE + 4];
        nonce[..NONCE].copy_from_slice(&self.head.nonce);
        nonce[NONCE..].copy_from_slice(&number.to_le_bytes());
        nonce.into()
    }

    fn bound(&self, number: u32, last: bool) -> [u8; LENGTH + 5] {
        let mut bound = [0; LENGTH + 5];
        bound[..LENGTH].copy_from_slice(&self.head.bytes());
        bound[LENGTH..LENGTH + 4].copy_from_slice(&number.to_le_bytes());
        bound[LENGTH + 4] = u8::from(last);
        bound
    }
}

impl std::fmt::Debug for Chunks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Chunks").field("head", &self.head).finish_non_exhaustive()
    }
}
