//! Reading a backup, member after member.

use crate::body::{BodyReader, DEFLATED, END, MEMBER, STORED, Unblocked};
use crate::head::Head;
use crate::seal::SealedReader;
use crate::{About, MemberName, Passphrase, Summary, Trouble};
use flate2::bufread::DeflateDecoder;
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, BufReader, Read};

/// What a backup says of itself, and whether a passphrase is needed for the rest. Reads the head only.
///
/// # Errors
/// When it is no backup, one of a newer form, or damaged within its head.
pub fn look(input: impl Read) -> Result<(About, Locked), Trouble> {
    let (head, _) = Head::read(&mut BufReader::new(input))?;
    let locked = if head.sealing.is_some() { Locked::ByPassphrase } else { Locked::Not };
    Ok((head.about, locked))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    Not,
    ByPassphrase,
}

/// Reads a backup once, from its beginning to its end.
pub struct BackupReader<R: Read> {
    about: About,
    body: BodyReader<R>,
    summary: Summary,
}

impl<R: Read> BackupReader<R> {
    /// A passphrase that is not needed is not looked at.
    ///
    /// # Errors
    /// As [`look`]; [`Trouble::NeedsPassphrase`] and [`Trouble::WrongPassphrase`].
    pub fn open(input: R, passphrase: Option<&Passphrase>) -> Result<Self, Trouble> {
        let mut input = BufReader::with_capacity(256 * 1024, input);
        let (head, digest) = Head::read(&mut input)?;
        let body = match head.sealing {
            None => BodyReader::plain(input, digest),
            Some(sealing) => {
                let chunks = sealing.open(passphrase.ok_or(Trouble::NeedsPassphrase)?)?;
                BodyReader::sealed(SealedReader::new(input, chunks.bound_to(digest)), digest)
            }
        };
        Ok(Self { about: head.about, body, summary: Summary::default() })
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// The next member; after the last one `None`, and then everything was there and is as it was written. A member is
    /// read to its end, and proven by [`Member::finish`], before the next one is asked for.
    pub fn next_member(&mut self) -> Result<Option<Member<'_, R>>, Trouble> {
        let [tag] = self.body.fixed()?;
        match tag {
            MEMBER => self.member().map(Some),
            END => {
                let members = u32::from_le_bytes(self.body.fixed()?);
                let bytes = u64::from_le_bytes(self.body.fixed()?);
                self.body.finish()?;
                if self.summary != (Summary { members, bytes }) {
                    return Err(Trouble::Changed);
                }
                Ok(None)
            }
            _ => Err(Trouble::Changed),
        }
    }

    /// Of the members that were read so far.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    fn member(&mut self) -> Result<Member<'_, R>, Trouble> {
        let length = u16::from_le_bytes(self.body.fixed()?);
        let mut name = vec![0; usize::from(length)];
        self.body.read_exact(&mut name).map_err(Trouble::read)?;
        let name = String::from_utf8(name).map_err(|_| Trouble::Changed)?;
        let name = MemberName::parse(&name)?;
        let [how] = self.body.fixed()?;
        let blocks = BufReader::new(Unblocked::new(&mut self.body));
        let content = match how {
            STORED => Content::Stored(blocks),
            DEFLATED => Content::Deflated(Box::new(DeflateDecoder::new(blocks))),
            _ => return Err(Trouble::Changed),
        };
        Ok(Member { name, content, digest: Sha256::new(), bytes: 0, summary: &mut self.summary })
    }
}

/// A member while it is read. What it gives is not proven before [`Member::finish`].
pub struct Member<'a, R: Read> {
    name: MemberName,
    content: Content<'a, R>,
    digest: Sha256,
    bytes: u64,
    summary: &'a mut Summary,
}

enum Content<'a, R: Read> {
    Stored(BufReader<Unblocked<'a, R>>),
    Deflated(Box<DeflateDecoder<BufReader<Unblocked<'a, R>>>>),
}

impl<R: Read> Member<'_, R> {
    pub fn name(&self) -> &MemberName {
        &self.name
    }

    /// Reads what was not read yet, and proves all of it. Gives the member's length.
    pub fn finish(mut self) -> Result<u64, Trouble> {
        io::copy(&mut self, &mut io::sink()).map_err(Trouble::read)?;
        let mut blocks = match self.content {
            Content::Stored(blocks) => blocks,
            Content::Deflated(deflated) => deflated.into_inner(),
        };
        let is_at_end =
            blocks.fill_buf().map_err(Trouble::read)?.is_empty() && blocks.get_mut().is_at_end()?;
        if !is_at_end {
            return Err(Trouble::Changed);
        }
        let body = blocks.into_inner().into_body();
        let bytes = u64::from_le_bytes(body.fixed()?);
        let digest: [u8; 32] = body.fixed()?;
        if bytes != self.bytes || digest != <[u8; 32]>::from(self.digest.finalize()) {
            return Err(Trouble::Changed);
        }
        self.summary.members = self.summary.members.checked_add(1).ok_or(Trouble::Changed)?;
        self.summary.bytes = self.summary.bytes.checked_add(bytes).ok_or(Trouble::Changed)?;
        Ok(bytes)
    }
}

impl<R: Read> Read for Member<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.content {
            Content::Stored(blocks) => blocks.read(out)?,
            Content::Deflated(deflated) => deflated.read(out)?,
        };
        self.digest.update(&out[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}
