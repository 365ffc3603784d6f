//! Sealed files, their keys, and what becomes of them when someone meddles.

use recordings::place::{Verdict, copy, hash, place, verify};
use recordings::seal::{RecoveryTypo, SealError, SealedReader, SealedWriter, reseal, sealed_with};
use recordings::{Key, Unreadable};
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

const HEAD: usize = 48;
const CHUNK: usize = 64 * 1024 + 16;

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 7 + at / 251) as u8).collect()
}

fn sealed(content: &[u8], key: &Key) -> Vec<u8> {
    let mut writer = SealedWriter::new(Vec::new(), key).expect("a writer");
    for piece in content.chunks(10_007) {
        writer.write_all(piece).expect("written");
    }
    writer.finish().expect("finished")
}

fn opened(bytes: &[u8], key: &Key) -> Result<Vec<u8>, String> {
    let mut reader = SealedReader::open(Cursor::new(bytes), key).map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    reader.read_to_end(&mut all).map_err(|error| error.to_string())?;
    Ok(all)
}

#[test]
fn what_was_sealed_comes_back_from_any_place() {
    let key = Key::generate().expect("a key");
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000] {
        let plain = content(length);
        let bytes = sealed(&plain, &key);
        assert_eq!(opened(&bytes, &key).as_deref(), Ok(plain.as_slice()), "{length} bytes");
        let mut reader = SealedReader::open(Cursor::new(&bytes), &key).expect("a sealed file");
        assert_eq!(
            reader.seek(SeekFrom::End(0)).expect("the end"),
            length as u64,
            "its length is the content's"
        );
        for at in [0, length / 3, length / 2, length.saturating_sub(5)] {
            reader.seek(SeekFrom::Start(at as u64)).expect("a place");
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest).expect("the rest");
            assert_eq!(rest, plain[at..], "{length} bytes from {at} on");
        }
    }
    let plain = content(1_000);
    assert_ne!(sealed(&plain, &key), sealed(&plain, &key), "the same content never gives the same bytes");
}

#[test]
fn meddling_is_told() {
    let key = Key::from_bytes([3; 32]);
    let bytes = sealed(&content(300_000), &key);
    let tampered = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.clone();
        change(&mut bytes);
        opened(&bytes, &key)
    };
    assert!(tampered(&|_| {}).is_ok(), "untouched it opens");
    for at in [14, 30, 45, HEAD, HEAD + 70_000, bytes.len() - 1] {
        assert!(tampered(&|bytes| bytes[at] ^= 1).is_err(), "a flipped bit at {at}");
    }
    for length in [10, HEAD, HEAD + 5, HEAD + CHUNK, HEAD + 2 * CHUNK, bytes.len() - 1] {
        assert!(tampered(&|bytes| bytes.truncate(length)).is_err(), "cut after {length} bytes");
    }
    let swap = |bytes: &mut Vec<u8>| {
        let (first, second) = bytes[HEAD..].split_at_mut(CHUNK);
        first.swap_with_slice(&mut second[..CHUNK]);
    };
    assert!(tampered(&swap).is_err(), "two chunks in each other's place");
    assert!(tampered(&|bytes| drop(bytes.drain(HEAD..HEAD + CHUNK))).is_err(), "a chunk taken out");
    assert!(tampered(&|bytes| bytes.extend([0; 40])).is_err(), "something added");
    let other = sealed(&content(300_000), &key);
    let mixed = |bytes: &mut Vec<u8>| bytes[HEAD..HEAD + CHUNK].copy_from_slice(&other[HEAD..HEAD + CHUNK]);
    assert!(tampered(&mixed).is_err(), "a chunk of another file under the same key");
}

#[test]
fn a_wrong_key_and_a_plain_file_are_told_apart() {
    let (key, other) = (Key::from_bytes([3; 32]), Key::from_bytes([4; 32]));
    let bytes = sealed(b"sound", &key);
    let error = SealedReader::open(Cursor::new(&bytes), &other).expect_err("the wrong key");
    let SealError::WrongKey { needs, given } = error else { panic!("not the key: {error}") };
    assert_eq!((needs, given), (key.fingerprint(), other.fingerprint()), "which is needed, which was given");
    let error = SealedReader::open(Cursor::new(b"OggS and more"), &key).expect_err("not sealed");
    assert!(matches!(error, SealError::NotSealed), "{error}");
    assert!(!format!("{key:?}").contains("3, 3"), "a key is not shown");
}

#[test]
fn a_recovery_text_brings_the_key_back_and_says_which_typo() {
    let key = Key::generate().expect("a key");
    let text = key.recovery_text();
    let back = Key::from_recovery_text(&text).expect("the same text");
    assert_eq!(back.expose(), key.expose(), "the same key");
    let typed = format!("  {} ", text.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "L"));
    assert_eq!(
        Key::from_recovery_text(&typed).expect("as typed").expose(),
        key.expose(),
        "as people type it"
    );
    assert!(Key::from_recovery_text(&text.replace('-', "")).is_ok(), "in one piece");
    // Every single wrong character, and two exchanged ones, are told with their group.
    for at in (0..text.len()).filter(|at| at % 6 != 5) {
        for wrong in "0189AZ".chars().filter(|&wrong| !text[at..].starts_with(wrong)) {
            let mut typed = text.to_string();
            typed.replace_range(at..=at, &wrong.to_string());
            let typo = Key::from_recovery_text(&typed).expect_err("a typing mistake");
            assert_eq!(typo, RecoveryTypo::Group { group: at / 6 + 1 }, "character {at} as {wrong}");
        }
    }
    let mut groups: Vec<&str> = text.split('-').collect();
    groups.swap(2, 5);
    assert!(
        Key::from_recovery_text(&groups.join("-")).is_err() || groups[2] == groups[5],
        "two groups exchanged"
    );
    let typo = Key::from_recovery_text(&text[6..]).expect_err("too short");
    assert_eq!(typo, RecoveryTypo::Length { expected: 14, found: 13 }, "a group left out");
    let typo = Key::from_recovery_text(&text.replacen(&text[3..4], "u", 1)).expect_err("a letter of no key");
    assert!(matches!(typo, RecoveryTypo::Character { character: 'u', .. }), "{typo}");
}

#[test]
fn a_seal_is_put_on_changed_and_taken_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let (one, two) = (Key::from_bytes([1; 32]), Key::from_bytes([2; 32]));
    let plain = content(200_000);
    std::fs::write(path("plain"), &plain).expect("a file");
    let put_on = reseal(&path("plain"), &path("one"), None, Some(&one)).expect("sealed");
    assert_eq!(put_on, hash(&path("one")).expect("a hash"), "hash and length as on disk");
    assert_eq!(sealed_with(&path("one")).expect("a file"), Some(one.fingerprint()), "it says its key");
    reseal(&path("one"), &path("two"), Some(&one), Some(&two)).expect("under another key");
    reseal(&path("two"), &path("back"), Some(&two), None).expect("taken off");
    assert_eq!(std::fs::read(path("back")).expect("a file"), plain, "nothing is lost");
    assert_eq!(sealed_with(&path("back")).expect("a file"), None, "it is plain");
    let error = reseal(&path("two"), &path("no"), Some(&one), None).expect_err("the wrong key");
    assert!(
        matches!(error, Unreadable::Sealed(SealError::WrongKey { .. })) && !path("no").exists(),
        "{error}"
    );
}

#[test]
fn files_are_placed_once_and_looked_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("working"), b"sound").expect("a file");
    let (sha256, _) = hash(&path("working")).expect("a hash");
    place(&path("working"), &path("final")).expect("placed");
    assert!(!path("working").exists(), "it was moved");
    assert!(matches!(verify(&path("final"), &sha256), Verdict::Same), "it is unchanged");
    std::fs::write(path("working"), b"other").expect("a file");
    let error = place(&path("working"), &path("final")).expect_err("something stands there");
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "never overwritten");
    assert!(path("working").exists(), "and what should go there is kept");
    assert!(matches!(verify(&path("final"), &sha256), Verdict::Same), "nor is what stands there touched");
    std::fs::write(path("final"), b"sounD").expect("a file");
    assert!(matches!(verify(&path("final"), &sha256), Verdict::Changed { .. }), "a changed byte is told");
    assert!(matches!(verify(&path("gone"), &sha256), Verdict::Missing), "a missing file is told");
    assert!(matches!(verify(folder.path(), &sha256), Verdict::Unreadable(_)), "a folder is no recording");
    let copied = copy(&path("final"), &path("copy")).expect("copied");
    assert_eq!(copied, hash(&path("final")).expect("a hash"), "the copy has the original's hash");
}
