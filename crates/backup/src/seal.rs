//! Encryption by a passphrase: Argon2id makes a key of it, and the body is sealed in chunks (STREAM), so that a file of any
//! size is written and read in little memory.
//!
//! Each backup has a salt of its own, so its key is used for one file only. What proves a chunk covers the head, the chunk's
//! number and whether it is the last: a file cut off, with chunks moved, or with another head is told.

use crate::Trouble;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

const CHUNK: usize = 64 * 1024;
const PROOF: usize = 16;
const NONCE: usize = 24;

/// RFC 9106, the recommendation for machines with little memory: 64 MiB and three passes, here on one lane. About a third
/// of a second.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// What a head may ask for at most, so that a made-up one cannot eat the machine.
const MEMORY_KIB_MAX: u32 = 512 * 1024;
const PASSES_MAX: u32 = 20;
const LANES_MAX: u32 = 16;

/// Shorter ones are found by trying all of them.
const LEAST_CHARACTERS: usize = 8;

/// Wiped from memory when dropped, never shown.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// For writing.
    ///
    /// # Errors
    /// One that is too short to keep anybody out.
    pub fn new(text: &str) -> Result<Self, Trouble> {
        if text.chars().count() < LEAST_CHARACTERS {
            return Err(Trouble::ShortPassphrase { least: LEAST_CHARACTERS });
        }
        Ok(Self::typed(text))
    }

    /// For reading: whatever was typed is tried.
    pub fn typed(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Passphrase(…)")
    }
}

/// How a backup is encrypted, as its head says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealing {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; 16],
    nonce: [u8; 20],
    /// By which a wrong passphrase is told from a damaged file; made with the key, and gives nothing of it away.
    check: [u8; 16],
}

impl Sealing {
    pub(crate) fn new(passphrase: &Passphrase) -> Result<(Self, Chunks), Trouble> {
        let random = |error: &dyn std::fmt::Display| Trouble::Sealing(error.to_string());
        let mut sealing = Self {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: <[u8; 16]>::try_generate().map_err(|error| random(&error))?,
            nonce: <[u8; 20]>::try_generate().map_err(|error| random(&error))?,
            check: [0; 16],
        };
        let made = sealing.stretch(passphrase)?;
        sealing.check.copy_from_slice(&made[32..]);
        let chunks = sealing.chunks(&made);
        Ok((sealing, chunks))
    }

    pub(crate) fn open(&self, passphrase: &Passphrase) -> Result<Chunks, Trouble> {
        if self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX || self.lanes > LANES_MAX {
            return Err(Trouble::Changed);
        }
        let made = self.stretch(passphrase)?;
        if made[32..] != self.check {
            return Err(Trouble::WrongPassphrase);
        }
        Ok(self.chunks(&made))
    }

    fn chunks(&self, made: &[u8; 48]) -> Chunks {
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&made[..32]);
        let cipher = XChaCha20Poly1305::new((&*key).into());
        Chunks { cipher, nonce: self.nonce, bound: [0; 32] }
    }

    /// 32 bytes of key, and 16 to check it by.
    fn stretch(&self, passphrase: &Passphrase) -> Result<Zeroizing<[u8; 48]>, Trouble> {
        let bad = |error: argon2::Error| Trouble::Sealing(error.to_string());
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(48)).map_err(|_| Trouble::Changed)?;
        let mut made = Zeroizing::new([0; 48]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.0.as_bytes(), &self.salt, &mut *made)
            .map_err(bad)?;
        Ok(made)
    }
}

/// Seals and opens the chunks of one backup.
pub(crate) struct Chunks {
    cipher: XChaCha20Poly1305,
    nonce: [u8; 20],
    /// Digest of the head.
    bound: [u8; 32],
}

impl Chunks {
    pub(crate) fn bound_to(self, head: [u8; 32]) -> Self {
        Self { bound: head, ..self }
    }

    fn seal(&self, number: u32, is_last: u8, plain: &[u8]) -> Option<Vec<u8>> {
        let aad = self.aad(number, is_last);
        self.cipher.encrypt(&self.nonce(number), Payload { msg: plain, aad: &aad }).ok()
    }

    fn open(&self, number: u32, is_last: u8, sealed: &[u8]) -> Option<Vec<u8>> {
        let aad = self.aad(number, is_last);
        self.cipher.decrypt(&self.nonce(number), Payload { msg: sealed, aad: &aad }).ok()
    }

    fn nonce(&self, number: u32) -> XNonce {
        let mut nonce = [0; NONCE];
        nonce[..20].copy_from_slice(&self.nonce);
        nonce[20..].copy_from_slice(&number.to_le_bytes());
        nonce.into()
    }

    fn aad(&self, number: u32, is_last: u8) -> [u8; 37] {
        let mut aad = [0; 37];
        aad[..32].copy_from_slice(&self.bound);
        aad[32..36].copy_from_slice(&number.to_le_bytes());
        aad[36] = is_last;
        aad
    }
}

/// Stands after the last byte of every backup, so that one that was cut is told from one that was changed.
pub(crate) const END_MARK: &[u8; 8] = b"CDBKUEND";

const MORE_COMES: u8 = 0;
const LAST: u8 = 1;

/// Seals what is written. Without [`SealedWriter::finish`] the file counts as cut off.
pub(crate) struct SealedWriter<W> {
    out: W,
    chunks: Chunks,
    number: u32,
    waiting: Zeroizing<Vec<u8>>,
}

impl<W: Write> SealedWriter<W> {
    pub(crate) fn new(out: W, chunks: Chunks) -> Self {
        Self { out, chunks, number: 0, waiting: Zeroizing::new(Vec::with_capacity(CHUNK)) }
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.seal(LAST)?;
        self.out.write_all(END_MARK)?;
        Ok(self.out)
    }

    fn seal(&mut self, is_last: u8) -> io::Result<()> {
        let sealed = self.chunks.seal(self.number, is_last, &self.waiting);
        let sealed = sealed.ok_or_else(|| io::Error::other("a chunk could not be encrypted"))?;
        self.out.write_all(&sealed)?;
        self.number = self.number.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        self.waiting.clear();
        Ok(())
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until it is known that it is not the last.
        if self.waiting.len() == CHUNK && !bytes.is_empty() {
            self.seal(MORE_COMES)?;
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// Nothing: a chunk is sealed once, when it is full or the last.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what was sealed, chunk after chunk. Nothing of a chunk is given out before it is proven.
pub(crate) struct SealedReader<R> {
    input: R,
    chunks: Chunks,
    number: u32,
    /// The sealed bytes that follow what is open now: at least one more chunk, unless the last was opened.
    ahead: Vec<u8>,
    open: Zeroizing<Vec<u8>>,
    given: usize,
    is_over: bool,
}

impl<R: Read> SealedReader<R> {
    pub(crate) fn new(input: R, chunks: Chunks) -> Self {
        let ahead = Vec::with_capacity(CHUNK + PROOF + END_MARK.len() + 1);
        Self { input, chunks, number: 0, ahead, open: Zeroizing::default(), given: 0, is_over: false }
    }

    fn next(&mut self) -> io::Result<()> {
        // One byte more than a last chunk and the mark after it tells that more comes.
        let wanted = (CHUNK + PROOF + END_MARK.len() + 1 - self.ahead.len()) as u64;
        (&mut self.input).take(wanted).read_to_end(&mut self.ahead)?;
        let is_last = self.ahead.len() <= CHUNK + PROOF + END_MARK.len();
        if is_last && !self.ahead.ends_with(END_MARK) {
            return Err(Trouble::CutShort.through());
        }
        let (length, place) = match is_last {
            true => (self.ahead.len() - END_MARK.len(), LAST),
            false => (CHUNK + PROOF, MORE_COMES),
        };
        let opened = self.chunks.open(self.number, place, &self.ahead[..length]);
        self.open = Zeroizing::new(opened.ok_or_else(|| Trouble::Changed.through())?);
        self.given = 0;
        self.number = self.number.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        self.is_over = is_last;
        self.ahead.drain(..length);
        Ok(())
    }
}

impl<R: Read> Read for SealedReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.open.len() {
            if self.is_over {
                return Ok(0);
            }
            self.next()?;
        }
        let taken = out.len().min(self.open.len() - self.given);
        out[..taken].copy_from_slice(&self.open[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}
