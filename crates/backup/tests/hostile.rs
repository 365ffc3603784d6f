//! Backups that were cut, changed or made up: each is told, and nothing of it reaches another folder.

use backup::{
    About, BackupReader, BackupWriter, Coding, Locked, MemberName, Passphrase, Trouble, look, unpack, verify,
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;

fn about() -> About {
    About { app: "0.1.0".into(), schema: 6, made_at_ms: 1_795_176_000_000, recordings: true }
}

fn name(text: &str) -> MemberName {
    MemberName::parse(text).expect("a good name")
}

fn write(members: &[(&str, Coding, &[u8])], passphrase: Option<&Passphrase>) -> Vec<u8> {
    let mut writer = BackupWriter::begin(Vec::new(), about(), passphrase).expect("begun");
    for (member, coding, bytes) in members {
        writer.add(&name(member), *coding, &mut &**bytes, &mut |_| ControlFlow::Continue(())).expect("added");
    }
    writer.finish().expect("finished").0
}

fn small(passphrase: Option<&Passphrase>) -> Vec<u8> {
    let database: Vec<u8> = (0..400_u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
    let members: [(&str, Coding, &[u8]); 3] = [
        ("library.sqlite3", Coding::Deflated, &database),
        ("settings.json", Coding::Deflated, b"{}"),
        ("recordings/1.opus", Coding::Stored, b"sound"),
    ];
    write(&members, passphrase)
}

fn check(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<(About, backup::Summary), Trouble> {
    verify(bytes, passphrase, &mut |_| ControlFlow::Continue(()))
}

fn secret() -> Passphrase {
    Passphrase::new("correct horse").expect("long enough")
}

#[test]
fn what_was_written_comes_back() {
    let big: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    for passphrase in [None, Some(secret())] {
        let members: [(&str, Coding, &[u8]); 4] = [
            ("library.sqlite3", Coding::Deflated, &big),
            ("recordings/2026/1.opus", Coding::Stored, &big[..65_536]),
            ("recordings/2026/2.opus", Coding::Stored, b""),
            ("settings.json", Coding::Deflated, b""),
        ];
        let bytes = write(&members, passphrase.as_ref());
        let folder = tempfile::tempdir().expect("a folder");
        let (said, summary) =
            unpack(&bytes[..], passphrase.as_ref(), folder.path(), &mut |_| ControlFlow::Continue(()))
                .expect("whole");
        assert_eq!(said, about(), "what it says of itself");
        assert_eq!(
            (summary.members, summary.bytes),
            (4, 1_265_536),
            "all members, counted as they are outside"
        );
        for (member, _, content) in members {
            assert_eq!(std::fs::read(folder.path().join(member)).expect("there"), content, "{member}");
        }
        let says = look(&bytes[..]).expect("a head").1;
        let expected = if passphrase.is_some() { Locked::ByPassphrase } else { Locked::Not };
        assert_eq!(says, expected, "whether a passphrase is needed is known before");
    }
}

#[test]
fn a_backup_cut_at_any_point_is_cut_short() {
    let bytes = small(None);
    for length in 1..bytes.len() {
        let trouble = check(&bytes[..length], None).expect_err("cut");
        assert!(matches!(trouble, Trouble::CutShort), "after {length} bytes: {trouble}");
    }
    assert!(matches!(check(&[], None), Err(Trouble::NoBackup)), "nothing is no backup");
}

#[test]
fn an_encrypted_backup_cut_at_any_point_is_cut_short() {
    let secret = secret();
    // Two chunks and a bit: the cut falls on a boundary of chunks too.
    let sound: Vec<u8> = (0..140_000_u32).map(|n| (n * 31 % 251) as u8).collect();
    let bytes = write(&[("recordings/1.opus", Coding::Stored, &sound)], Some(&secret));
    let head = bytes.len() - bytes.len() / 3;
    let near_end = bytes.len().saturating_sub(40)..bytes.len();
    for length in [9, 60, 70_000, 65_552 + 300, head].into_iter().chain(near_end.step_by(7)) {
        let trouble = check(&bytes[..length], Some(&secret)).expect_err("cut");
        assert!(matches!(trouble, Trouble::CutShort), "after {length} bytes: {trouble}");
    }
}

#[test]
fn a_byte_changed_anywhere_is_told() {
    let bytes = small(None);
    for at in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            assert!(check(&changed, None).is_err(), "byte {at}, bit {bit}");
        }
    }
    let mut longer = bytes;
    longer.push(0);
    assert!(matches!(check(&longer, None), Err(Trouble::Changed)), "nothing may follow the end");
}

#[test]
fn a_byte_of_an_encrypted_backup_changed_is_told() {
    let secret = secret();
    let bytes = small(Some(&secret));
    let body = bytes.len() - 200;
    for at in (0..bytes.len()).step_by(61).chain(body..body + 5).chain([bytes.len() - 9, bytes.len() - 1]) {
        let mut changed = bytes.clone();
        changed[at] ^= 4;
        assert!(check(&changed, Some(&secret)).is_err(), "byte {at}");
    }
}

#[test]
fn a_wrong_passphrase_is_told_from_damage() {
    let bytes = small(Some(&secret()));
    assert!(matches!(check(&bytes, None), Err(Trouble::NeedsPassphrase)), "none was given");
    for wrong in ["correct hors", "Correct horse", "correct horse ", ""] {
        let trouble = check(&bytes, Some(&Passphrase::typed(wrong))).expect_err("wrong");
        assert!(matches!(trouble, Trouble::WrongPassphrase), "{wrong:?}: {trouble}");
    }
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        !text.contains("library.sqlite3") && !text.contains("sound"),
        "no name and no content can be read"
    );
    assert!(matches!(Passphrase::new("short"), Err(Trouble::ShortPassphrase { .. })), "it would be guessed");
}

#[test]
fn two_encrypted_backups_of_the_same_have_nothing_in_common() {
    let (one, other) = (small(Some(&secret())), small(Some(&secret())));
    let tail = one.len() - 100;
    assert_ne!(one[tail..], other[tail..], "each has a key of its own");
}

#[test]
fn one_of_a_newer_form_and_one_that_is_none_are_refused_in_words() {
    let mut newer = small(None);
    newer[8] = 2;
    let trouble = check(&newer, None).expect_err("newer");
    assert!(matches!(trouble, Trouble::Newer { found: 2, known: 1 }), "{trouble}");
    assert!(trouble.to_string().contains("newer CallDoc"), "a manager understands it: {trouble}");
    for other in [&b"PK\x03\x04 some archive"[..], b"SQLite format 3\0", b"CDBACKUX"] {
        assert!(matches!(check(other, None), Err(Trouble::NoBackup)), "{other:?}");
    }
}

/// A plain body that says `names`, with digests as they must be: what an attacker would make.
fn made_up(names: &[&str]) -> Vec<u8> {
    let whole = write(&[], None);
    // The head is followed by the end: 1 + 4 + 8 of numbers, 32 of digest, 8 of mark.
    let head = whole[..whole.len() - 53].to_vec();
    let mut body = Vec::new();
    for name in names {
        body.push(b'M');
        body.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        body.extend(name.as_bytes());
        body.push(0);
        body.extend(4_u32.to_le_bytes());
        body.extend(b"evil");
        body.extend(0_u32.to_le_bytes());
        body.extend(4_u64.to_le_bytes());
        body.extend(Sha256::digest(b"evil"));
    }
    body.push(b'E');
    body.extend(u32::try_from(names.len()).expect("few").to_le_bytes());
    body.extend((names.len() as u64 * 4).to_le_bytes());
    let head_digest = &head[head.len() - 32..];
    let digest = Sha256::new().chain_update(head_digest).chain_update(&body).finalize();
    [&head[..], &body, &digest, b"CDBKUEND"].concat()
}

#[test]
fn a_name_that_leaves_the_folder_reaches_nothing() {
    assert!(check(&made_up(&["good.txt"]), None).is_ok(), "what is made up is well made");
    for bad in ["../out", "a/../../out", "/tmp/out", "..\\out", "C:out"] {
        let place = tempfile::tempdir().expect("a folder");
        let inner = place.path().join("inner");
        std::fs::create_dir(&inner).expect("made");
        let trouble = unpack(&made_up(&[bad])[..], None, &inner, &mut |_| ControlFlow::Continue(()))
            .expect_err("refused");
        assert!(matches!(trouble, Trouble::Name(_)), "{bad}: {trouble}");
        assert_eq!(
            std::fs::read_dir(place.path()).expect("listed").count(),
            1,
            "nothing beside the folder: {bad}"
        );
        assert_eq!(std::fs::read_dir(&inner).expect("listed").count(), 0, "nothing in it: {bad}");
    }
}

#[test]
fn the_same_name_twice_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let trouble = unpack(&made_up(&["a", "a"])[..], None, folder.path(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(trouble, Err(Trouble::Twice)), "refused: {trouble:?}");
}

#[test]
fn whoever_watches_may_stop_it() {
    let sound = vec![7_u8; 300_000];
    let mut writer = BackupWriter::begin(Vec::new(), about(), None).expect("begun");
    let mut told = 0;
    let mut watch = |bytes| {
        told += bytes;
        if told >= 100_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = writer.add(&name("a"), Coding::Stored, &mut &sound[..], &mut watch);
    assert!(matches!(stopped, Err(Trouble::Stopped)), "it stops: {stopped:?}");
    assert!(told < 300_000, "at once");
    let bytes = write(&[("a", Coding::Stored, &sound)], None);
    let verified = verify(&bytes[..], None, &mut |_| ControlFlow::Break(()));
    assert!(matches!(verified, Err(Trouble::Stopped)), "reading back too");
}

#[test]
fn a_bomb_is_measured_before_anything_of_it_is_written() {
    let mut writer = BackupWriter::begin(Vec::new(), about(), None).expect("begun");
    let mut zeros = std::io::Read::take(std::io::repeat(0), 8 << 20);
    let go_on = &mut |_| ControlFlow::Continue(());
    writer.add(&name("library.sqlite3"), Coding::Deflated, &mut zeros, go_on).expect("added");
    let bomb = writer.finish().expect("finished").0;
    assert!(bomb.len() < 128 * 1024, "8 MB in {} bytes", bomb.len());
    let (_, summary) = check(&bomb, None).expect("whole");
    assert_eq!(summary.bytes, 8 << 20, "reading it back says what it would take on disk");

    let folder = tempfile::tempdir().expect("a folder");
    let mut left: u64 = 1 << 20;
    let mut bounded = |bytes: u64| match left.checked_sub(bytes) {
        Some(less) => {
            left = less;
            ControlFlow::Continue(())
        }
        None => ControlFlow::Break(()),
    };
    let stopped = unpack(&bomb[..], None, folder.path(), &mut bounded);
    assert!(matches!(stopped, Err(Trouble::Stopped)), "{stopped:?}");
    let written = std::fs::metadata(folder.path().join("library.sqlite3")).expect("begun").len();
    assert!(
        written <= (1 << 20) + 64 * 1024,
        "{written} bytes: it grows on disk piece by piece, never in memory"
    );
}

#[test]
fn a_full_disk_is_named() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.0 < bytes.len() {
                return Err(std::io::ErrorKind::StorageFull.into());
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = BackupWriter::begin(Full(100_000), about(), None).expect("begun");
    let full = writer
        .add(&name("a"), Coding::Stored, &mut &vec![1; 200_000][..], &mut |_| ControlFlow::Continue(()));
    assert!(matches!(full, Err(Trouble::DiskFull)), "{full:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut whole = small(None);
        whole.truncate(whole.len() - 53);
        whole.extend(&bytes);
        prop_assert!(check(&whole, None).is_err(), "nobody hits a digest by chance");
        prop_assert!(check(&bytes, None).is_err(), "nor a head");
    }

    #[test]
    fn members_of_any_size_come_back(sizes in proptest::collection::vec(0_usize..200_000, 0..4), deflate: bool) {
        let coding = if deflate { Coding::Deflated } else { Coding::Stored };
        let names: Vec<String> = (0..sizes.len()).map(|n| format!("m/{n}")).collect();
        let contents: Vec<Vec<u8>> =
            sizes.iter().map(|size| (0..*size).map(|n| (n * 7 % 255) as u8).collect()).collect();
        let members: Vec<(&str, Coding, &[u8])> =
            names.iter().zip(&contents).map(|(name, content)| (name.as_str(), coding, &content[..])).collect();
        let bytes = write(&members, None);
        let mut reader = BackupReader::open(&bytes[..], None).expect("opened");
        let mut read = 0;
        while let Some(mut member) = reader.next_member().expect("whole") {
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut member, &mut content).expect("read");
            prop_assert_eq!(&content, &contents[read], "as it was written");
            member.finish().expect("proven");
            read += 1;
        }
        prop_assert_eq!(read, sizes.len(), "all of them");
    }
}
