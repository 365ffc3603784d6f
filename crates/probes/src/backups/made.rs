//! Backups by somebody who knows the form (docs/backup.md) and may write anything in it: any names, any packed bytes, any
//! cuts, with every digest right.

use argon2::{Algorithm, Argon2, Params, Version};
use backup::About;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};
use std::io::Read;

/// Of what is [`sealed`].
pub(super) const SECRET: &str = "correct horse";

/// The longest block that a reader takes.
const BLOCK: usize = 64 * 1024;
/// More unpacked bytes than a probe reads.
const UNPACKED_MAX: u64 = 5 << 20;
const MEMBERS_MAX: usize = 16;

/// A member as an input spells it: a length and so much name, how it is coded, a length and so much content.
pub(super) struct Spelt<'a> {
    pub(super) name: &'a [u8],
    pub(super) coding: u8,
    pub(super) content: &'a [u8],
}

pub(super) fn members(input: &[u8]) -> Vec<Spelt<'_>> {
    let (mut rest, mut members) = (input, Vec::new());
    while members.len() < MEMBERS_MAX {
        let Some((length, after)) = rest.split_first() else { break };
        let (name, after) = after.split_at(after.len().min(usize::from(*length)));
        let Some(([coding, length], after)) = after.split_first_chunk() else { break };
        let (content, after) = after.split_at(after.len().min(usize::from(*length)));
        members.push(Spelt { name, coding: *coding, content });
        rest = after;
    }
    members
}

pub(super) fn about() -> About {
    About { app: "0.1.0".to_owned(), schema: 6, made_at_ms: 1_795_176_000_000, recordings: true }
}

pub(super) fn made(input: &[u8]) -> Vec<u8> {
    let (mut file, digest) = head("null");
    file.extend(body(input, digest));
    file.extend(b"CDBKUEND");
    file
}

/// The same in one sealed chunk, by a key that costs nothing to make.
pub(super) fn sealed(input: &[u8]) -> Vec<u8> {
    let (salt, nonce) = ([7; 16], [8; 20]);
    let params = Params::new(8, 1, 1, Some(48)).expect("allowed");
    let mut key = [0; 48];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(SECRET.as_bytes(), &salt, &mut key).expect("a key");
    let sealing = serde_json::json!({
        "memory_kib": 8, "passes": 1, "lanes": 1, "salt": salt, "nonce": nonce, "check": &key[32..],
    });
    let (mut file, digest) = head(&sealing.to_string());
    // The chunk's number, then: whether it is the last.
    let aad = [&digest[..], &[0; 4], &[1]].concat();
    let mut whole_nonce = [0; 24];
    whole_nonce[..20].copy_from_slice(&nonce);
    let cipher = XChaCha20Poly1305::new_from_slice(&key[..32]).expect("32 bytes");
    let plain = body(input, digest);
    let sealed = cipher.encrypt(&whole_nonce.into(), Payload { msg: &plain, aad: &aad });
    file.extend(sealed.expect("sealed"));
    file.extend(b"CDBKUEND");
    file
}

fn head(sealing: &str) -> (Vec<u8>, [u8; 32]) {
    let about = serde_json::to_string(&about()).expect("JSON");
    let json = format!("{{\"about\":{about},\"sealing\":{sealing}}}");
    let mut file = b"CDBACKUP\x01\0".to_vec();
    file.extend((json.len() as u32).to_le_bytes());
    file.extend(json.as_bytes());
    let digest: [u8; 32] = Sha256::digest(&file).into();
    file.extend(digest);
    (file, digest)
}

fn body(input: &[u8], head: [u8; 32]) -> Vec<u8> {
    let mut body = Vec::new();
    let (mut count, mut bytes) = (0_u32, 0);
    for Spelt { name, coding, content } in members(input) {
        body.push(b'M');
        body.extend((name.len() as u16).to_le_bytes());
        body.extend(name);
        body.push(coding % 2);
        // Cut where the rest of the coding's byte says.
        for block in content.chunks((usize::from(coding / 2) * 8 + 1).min(BLOCK)) {
            body.extend((block.len() as u32).to_le_bytes());
            body.extend(block);
        }
        body.extend(0_u32.to_le_bytes());
        let unpacked = if coding % 2 == 1 { inflated(content) } else { content.to_vec() };
        body.extend((unpacked.len() as u64).to_le_bytes());
        body.extend(Sha256::digest(&unpacked));
        (count, bytes) = (count + 1, bytes + unpacked.len() as u64);
    }
    body.push(b'E');
    body.extend(count.to_le_bytes());
    body.extend(bytes.to_le_bytes());
    let digest = Sha256::new_with_prefix(head).chain_update(&body).finalize();
    body.extend(digest);
    body
}

/// As much of it as can be.
fn inflated(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Whatever came before an error counts.
    let _ = DeflateDecoder::new(packed).take(UNPACKED_MAX).read_to_end(&mut bytes);
    bytes
}
