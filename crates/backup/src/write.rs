//! Writing a backup, member after member.

use crate::body::{BLOCK, Blocks, BodyWriter, DEFLATED, END, MEMBER, STORED};
use crate::head::Head;
use crate::seal::{SealedWriter, Sealing};
use crate::{About, MemberName, Passphrase, Trouble};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;

/// How a member is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As it is: sound is compressed already.
    Stored,
    Deflated,
}

/// What a backup holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub members: u32,
    /// Of the members, as they are outside.
    pub bytes: u64,
}

/// Without [`BackupWriter::finish`], what was written counts as cut short.
pub struct BackupWriter<W: Write> {
    body: BodyWriter<W>,
    summary: Summary,
}

impl<W: Write> BackupWriter<W> {
    /// With a passphrase, about a third of a second passes before the first byte.
    ///
    /// # Errors
    /// When it cannot be written, or the system gives no random numbers.
    pub fn begin(mut out: W, about: About, passphrase: Option<&Passphrase>) -> Result<Self, Trouble> {
        let sealed = passphrase.map(Sealing::new).transpose()?;
        let (sealing, chunks) = sealed.unzip();
        let head = Head { about, sealing }.write(&mut out)?;
        let body = match chunks {
            Some(chunks) => BodyWriter::sealed(SealedWriter::new(out, chunks.bound_to(head)), head),
            None => BodyWriter::plain(out, head),
        };
        Ok(Self { body, summary: Summary::default() })
    }

    /// Adds all that `from` gives. `watch` is told bytes as they are read, and may stop it. Gives the member's length.
    ///
    /// # Errors
    /// [`Trouble::Member`] when `from` cannot be read; the backup cannot be gone on with after any error.
    pub fn add(
        &mut self,
        name: &MemberName,
        coding: Coding,
        from: &mut impl Read,
        watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<u64, Trouble> {
        let written = Trouble::written;
        let length =
            u16::try_from(name.as_str().len()).map_err(|_| Trouble::Name(crate::BadName::Strange))?;
        self.body.write_all(&[MEMBER]).map_err(written)?;
        self.body.write_all(&length.to_le_bytes()).map_err(written)?;
        self.body.write_all(name.as_str().as_bytes()).map_err(written)?;
        let how = match coding {
            Coding::Stored => STORED,
            Coding::Deflated => DEFLATED,
        };
        self.body.write_all(&[how]).map_err(written)?;
        let mut blocks = Blocks::new(&mut self.body);
        let (bytes, digest) = match coding {
            Coding::Stored => copy(from, &mut blocks, watch)?,
            Coding::Deflated => {
                // The fastest: the database shrinks to a third with it, and hardly further with more work.
                let mut deflated = DeflateEncoder::new(&mut blocks, Compression::fast());
                let copied = copy(from, &mut deflated, watch)?;
                deflated.finish().map_err(written)?;
                copied
            }
        };
        blocks.end().map_err(written)?;
        self.body.write_all(&bytes.to_le_bytes()).map_err(written)?;
        self.body.write_all(&digest).map_err(written)?;
        self.summary.members += 1;
        self.summary.bytes += bytes;
        Ok(bytes)
    }

    /// Gives back what it was written to; it is for the caller to bring it to the disk.
    pub fn finish(mut self) -> Result<(W, Summary), Trouble> {
        let mut end = vec![END];
        end.extend(self.summary.members.to_le_bytes());
        end.extend(self.summary.bytes.to_le_bytes());
        self.body.write_all(&end).map_err(Trouble::written)?;
        Ok((self.body.finish()?, self.summary))
    }
}

fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(u64, [u8; 32]), Trouble> {
    let mut buffer = vec![0; BLOCK];
    let mut digest = Sha256::new();
    let mut bytes = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, digest.finalize().into())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Trouble::Member(error)),
        };
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read]).map_err(Trouble::written)?;
        bytes += read as u64;
        if watch(read as u64).is_break() {
            return Err(Trouble::Stopped);
        }
    }
}
