//! What follows the head: members, each in blocks with its length and digest after it, and the end. Plain or sealed.

use crate::Trouble;
use crate::seal::{END_MARK, SealedReader, SealedWriter};
use sha2::{Digest, Sha256};
use std::io::{self, BufReader, Read, Write};

/// Stands before a member.
pub(crate) const MEMBER: u8 = b'M';
/// Stands before what is said of all of them.
pub(crate) const END: u8 = b'E';

/// As it is.
pub(crate) const STORED: u8 = 0;
/// Raw deflate.
pub(crate) const DEFLATED: u8 = 1;

/// Bytes of a member that are written, and held, at once.
pub(crate) const BLOCK: usize = 64 * 1024;

enum Outlet<W: Write> {
    Plain(W),
    Sealed(Box<SealedWriter<W>>),
}

/// Writes the body and reckons its digest.
pub(crate) struct BodyWriter<W: Write> {
    outlet: Outlet<W>,
    digest: Sha256,
}

impl<W: Write> BodyWriter<W> {
    pub(crate) fn plain(out: W, head: [u8; 32]) -> Self {
        Self { outlet: Outlet::Plain(out), digest: Sha256::new_with_prefix(head) }
    }

    pub(crate) fn sealed(out: SealedWriter<W>, head: [u8; 32]) -> Self {
        Self { outlet: Outlet::Sealed(Box::new(out)), digest: Sha256::new_with_prefix(head) }
    }

    /// The digest of the head and of everything written so far, and the mark of the end.
    pub(crate) fn finish(mut self) -> Result<W, Trouble> {
        let digest: [u8; 32] = self.digest.clone().finalize().into();
        self.write_all(&digest).map_err(Trouble::written)?;
        let out = match self.outlet {
            Outlet::Sealed(sealed) => sealed.finish(),
            Outlet::Plain(mut out) => out.write_all(END_MARK).map(|()| out),
        };
        let mut out = out.map_err(Trouble::written)?;
        out.flush().map_err(Trouble::written)?;
        Ok(out)
    }
}

impl<W: Write> Write for BodyWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.outlet {
            Outlet::Plain(out) => out.write(bytes)?,
            Outlet::Sealed(out) => out.write(bytes)?,
        };
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A member's bytes, cut into blocks: each with its length before it, and one of no length at the end.
pub(crate) struct Blocks<'a, W: Write> {
    out: &'a mut BodyWriter<W>,
    block: Vec<u8>,
}

impl<'a, W: Write> Blocks<'a, W> {
    pub(crate) fn new(out: &'a mut BodyWriter<W>) -> Self {
        Self { out, block: Vec::with_capacity(BLOCK) }
    }

    pub(crate) fn end(mut self) -> io::Result<()> {
        self.put()?;
        self.out.write_all(&0_u32.to_le_bytes())
    }

    fn put(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let length = u32::try_from(self.block.len()).map_err(io::Error::other)?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

impl<W: Write> Write for Blocks<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == BLOCK {
            self.put()?;
        }
        let taken = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Inlet<R: Read> {
    Plain(BufReader<R>),
    Sealed(Box<SealedReader<BufReader<R>>>),
}

/// Reads the body and reckons its digest.
pub(crate) struct BodyReader<R: Read> {
    inlet: Inlet<R>,
    digest: Sha256,
}

impl<R: Read> BodyReader<R> {
    pub(crate) fn plain(input: BufReader<R>, head: [u8; 32]) -> Self {
        Self { inlet: Inlet::Plain(input), digest: Sha256::new_with_prefix(head) }
    }

    pub(crate) fn sealed(input: SealedReader<BufReader<R>>, head: [u8; 32]) -> Self {
        Self { inlet: Inlet::Sealed(Box::new(input)), digest: Sha256::new_with_prefix(head) }
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Trouble> {
        let mut bytes = [0; N];
        self.read_exact(&mut bytes).map_err(Trouble::read)?;
        Ok(bytes)
    }

    /// After the end's own numbers: whether the digest is that of everything before it, and nothing follows.
    pub(crate) fn finish(&mut self) -> Result<(), Trouble> {
        let digest: [u8; 32] = self.digest.clone().finalize().into();
        if self.fixed::<32>()? != digest {
            return Err(Trouble::Changed);
        }
        if matches!(self.inlet, Inlet::Plain(_)) && self.fixed::<8>()? != *END_MARK {
            return Err(Trouble::Changed);
        }
        match self.read(&mut [0]).map_err(Trouble::read)? {
            0 => Ok(()),
            _ => Err(Trouble::Changed),
        }
    }
}

impl<R: Read> Read for BodyReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.inlet {
            Inlet::Plain(input) => input.read(out)?,
            Inlet::Sealed(input) => input.read(out)?,
        };
        self.digest.update(&out[..read]);
        Ok(read)
    }
}

/// A member's blocks as one piece.
pub(crate) struct Unblocked<'a, R: Read> {
    input: &'a mut BodyReader<R>,
    left: usize,
    is_over: bool,
}

impl<'a, R: Read> Unblocked<'a, R> {
    pub(crate) fn new(input: &'a mut BodyReader<R>) -> Self {
        Self { input, left: 0, is_over: false }
    }

    pub(crate) fn into_body(self) -> &'a mut BodyReader<R> {
        self.input
    }

    /// Whether all of it was read; reads on to the member's end.
    pub(crate) fn is_at_end(&mut self) -> Result<bool, Trouble> {
        Ok(self.read(&mut [0]).map_err(Trouble::read)? == 0)
    }
}

impl<R: Read> Read for Unblocked<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.is_over {
            let mut length = [0; 4];
            self.input.read_exact(&mut length)?;
            self.left = u32::from_le_bytes(length) as usize;
            self.is_over = self.left == 0;
            if self.left > BLOCK {
                return Err(Trouble::Changed.through());
            }
        }
        if self.is_over || out.is_empty() {
            return Ok(0);
        }
        let wanted = out.len().min(self.left);
        let read = self.input.read(&mut out[..wanted])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read;
        Ok(read)
    }
}
