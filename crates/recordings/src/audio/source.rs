//! The original as a stream: hashed and counted on its way, and stopped when someone asks.

use crate::{Cancel, Sha256, Unreadable};
use sha2::{Digest, Sha256 as Hasher};
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A reader that hashes and counts what goes through it. Clones read on in the same file.
#[derive(Debug)]
pub struct Source<R> {
    state: Arc<Mutex<State<R>>>,
    cancel: Cancel,
}

#[derive(Debug)]
struct State<R> {
    inner: R,
    hasher: Hasher,
    bytes: u64,
}

impl<R> Clone for Source<R> {
    fn clone(&self) -> Self {
        Self { state: Arc::clone(&self.state), cancel: self.cancel.clone() }
    }
}

impl<R: Read> Source<R> {
    pub fn new(inner: R, cancel: Cancel) -> Self {
        let state = State { inner, hasher: Hasher::new(), bytes: 0 };
        Self { state: Arc::new(Mutex::new(state)), cancel }
    }

    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes that went through so far.
    pub fn bytes_read(&self) -> u64 {
        self.state().bytes
    }

    /// Of what went through so far.
    pub fn sha256(&self) -> Sha256 {
        self.state().hasher.clone().finalize().into()
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        let mut state = self.state();
        let read = state.inner.read(out)?;
        state.hasher.update(&out[..read]);
        state.bytes += read as u64;
        Ok(read)
    }
}

/// A stream whose first bytes were looked at.
pub(super) struct Start {
    bytes: Vec<u8>,
    given: usize,
    rest: Box<dyn Read + Send + Sync>,
}

impl Start {
    pub(super) fn read(
        mut reader: impl Read + Send + Sync + 'static,
        length: usize,
    ) -> Result<Self, Unreadable> {
        let mut bytes = Vec::new();
        (&mut reader).take(length as u64).read_to_end(&mut bytes).map_err(Unreadable::Io)?;
        Ok(Self { bytes, given: 0, rest: Box::new(reader) })
    }

    pub(super) fn seen(&self) -> &[u8] {
        &self.bytes
    }
}

impl Read for Start {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.bytes.len() {
            return self.rest.read(out);
        }
        let waiting = &self.bytes[self.given..];
        let count = waiting.len().min(out.len());
        out[..count].copy_from_slice(&waiting[..count]);
        self.given += count;
        Ok(count)
    }
}
