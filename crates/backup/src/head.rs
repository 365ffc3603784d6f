//! What stands before the members, readable without a passphrase: what the file is, by whom, of when, and how it is
//! encrypted. A digest of its own tells a changed head before anybody is asked for a passphrase.

use crate::Trouble;
use crate::seal::Sealing;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

pub(crate) const MAGIC: &[u8; 8] = b"CDBACKUP";

/// Counts up when the form changes so that an older program cannot read it.
pub(crate) const FORM: u16 = 1;

/// More than any head has: what is longer was not written by CallDoc.
const HEAD_BYTES_MAX: u32 = 64 * 1024;

/// What a backup says of itself. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Version of the program that made it.
    pub app: String,
    /// Version of the database's schema.
    pub schema: i64,
    /// Milliseconds UTC.
    pub made_at_ms: i64,
    /// The files of recordings are in it.
    pub recordings: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) about: About,
    pub(crate) sealing: Option<Sealing>,
}

impl Head {
    /// Gives the digest that everything after it is bound to.
    pub(crate) fn write(&self, out: &mut impl Write) -> Result<[u8; 32], Trouble> {
        let json = serde_json::to_vec(self).map_err(|error| Trouble::Sealing(error.to_string()))?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORM.to_le_bytes());
        bytes.extend(u32::try_from(json.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(json);
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        bytes.extend(digest);
        out.write_all(&bytes).map_err(Trouble::written)?;
        Ok(digest)
    }

    pub(crate) fn read(input: &mut impl Read) -> Result<(Self, [u8; 32]), Trouble> {
        let mut magic = Vec::with_capacity(MAGIC.len());
        input.take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(Trouble::read)?;
        if magic != MAGIC {
            // The first bytes of a file that ends within them may well have been one.
            let is_begun = !magic.is_empty() && MAGIC.starts_with(&magic);
            return Err(if is_begun { Trouble::CutShort } else { Trouble::NoBackup });
        }
        let mut bytes = magic;
        let form = u16::from_le_bytes(take(input, &mut bytes)?);
        if form > FORM {
            return Err(Trouble::Newer { found: form, known: FORM });
        }
        if form == 0 {
            return Err(Trouble::Changed);
        }
        let length = u32::from_le_bytes(take(input, &mut bytes)?);
        if length > HEAD_BYTES_MAX {
            return Err(Trouble::Changed);
        }
        let json_at = bytes.len();
        bytes.resize(json_at + length as usize, 0);
        input.read_exact(&mut bytes[json_at..]).map_err(Trouble::read)?;
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let mut said = [0; 32];
        input.read_exact(&mut said).map_err(Trouble::read)?;
        if said != digest {
            return Err(Trouble::Changed);
        }
        let head = serde_json::from_slice(&bytes[json_at..]).map_err(|_| Trouble::Changed)?;
        Ok((head, digest))
    }
}

fn take<const N: usize>(input: &mut impl Read, bytes: &mut Vec<u8>) -> Result<[u8; N], Trouble> {
    let mut taken = [0; N];
    input.read_exact(&mut taken).map_err(Trouble::read)?;
    bytes.extend(taken);
    Ok(taken)
}
