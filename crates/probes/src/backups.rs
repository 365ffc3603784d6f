//! Backups.

mod made;

use backup::{
    BackupReader, BackupWriter, Coding, Locked, MemberName, Passphrase, Summary, Trouble, look, unpack,
    verify,
};
use made::{SECRET, about, made, members, sealed};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Unpacked bytes after which a probe stops reading: a packed file of this size may hold a thousand times as much.
const UNPACKED_MAX: u64 = 4 << 20;

/// The first byte chooses how the rest becomes a file: as it is, as members with right digests, the same encrypted, or
/// written by the product. The next three change a byte of it.
///
/// Reading, checking and unpacking agree; what is unpacked lies in the folder, is as many files and bytes as were counted,
/// and nothing is beside it; what the product wrote comes back; no byte of a whole backup can be changed unnoticed.
pub fn backups(data: &[u8]) {
    let Some(([how, high, low, change], rest)) = data.split_first_chunk() else { return };
    let passphrase = Passphrase::typed(SECRET);
    let mut file = match how % 4 {
        0 => rest.to_vec(),
        1 => made(rest),
        2 => sealed(rest),
        _ => written(rest),
    };
    let is_whole = tried(&file, &passphrase);
    if is_whole && *change != 0 {
        let place = usize::from(u16::from_be_bytes([*high, *low])) % file.len();
        file[place] ^= change;
        assert!(!tried(&file, &passphrase), "byte {place} was changed by {change:#04x}");
    }
}

/// Whether it is a whole backup.
fn tried(file: &[u8], passphrase: &Passphrase) -> bool {
    let looked = look(file);
    let passphrase = match &looked {
        Ok((_, Locked::ByPassphrase)) => {
            let without = verify(file, None, &mut |_| ControlFlow::Continue(()));
            assert!(matches!(without, Err(Trouble::NeedsPassphrase)), "it cannot be read without");
            Some(passphrase)
        }
        Ok((_, Locked::Not)) | Err(_) => None,
    };
    let verified = verify(file, passphrase, &mut bounded());
    if let (Ok((said, _)), Ok((about, _))) = (&looked, &verified) {
        assert_eq!(said, about, "what it says of itself");
    }
    assert!(looked.is_ok() || verified.is_err(), "a file without a head is none");
    let place = tempfile::tempdir().expect("a place");
    let folder = place.path().join("in");
    std::fs::create_dir(&folder).expect("a folder");
    let unpacked = unpack(file, passphrase, &folder, &mut bounded());
    let beside = std::fs::read_dir(place.path()).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is unpacked beside the folder");
    match (verified, unpacked) {
        (Ok((_, summary)), Ok(_)) => {
            assert_eq!(there(&folder), summary, "as many files and bytes as were counted");
            true
        }
        // Names can be in each other's way, on the disk only.
        (Ok(_), Err(Trouble::Twice | Trouble::NotWritten(_))) => true,
        (Ok(_), Err(trouble)) => panic!("checked, but not unpacked: {trouble}"),
        (Err(trouble), Ok(_)) => panic!("unpacked, but not whole: {trouble}"),
        (Err(trouble), Err(_)) => {
            assert!(!trouble.to_string().is_empty(), "{trouble:?} is told");
            assert!(!matches!(trouble, Trouble::Unreadable(_)), "no fault of the disk: {trouble}");
            false
        }
    }
}

fn bounded() -> impl FnMut(u64) -> ControlFlow<()> {
    let mut read = 0;
    move |bytes| {
        read += bytes;
        if read > UNPACKED_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// What lies below a folder.
fn there(folder: &Path) -> Summary {
    let mut summary = Summary::default();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let metadata = entry.metadata().expect("of an entry");
            if metadata.is_dir() {
                open.push(entry.path());
            } else {
                summary.members += 1;
                summary.bytes += metadata.len();
            }
        }
    }
    summary
}

/// By the product, and read back.
fn written(rest: &[u8]) -> Vec<u8> {
    let mut wanted: BTreeMap<MemberName, Vec<u8>> = BTreeMap::new();
    let mut writer = BackupWriter::begin(Vec::new(), about(), None).expect("begun");
    for member in members(rest) {
        let Ok(name) = MemberName::parse(&String::from_utf8_lossy(member.name)) else { continue };
        let coding = if member.coding % 2 == 0 { Coding::Stored } else { Coding::Deflated };
        if wanted.insert(name.clone(), member.content.to_vec()).is_some() {
            continue;
        }
        let bytes = writer.add(&name, coding, &mut &*member.content, &mut |_| ControlFlow::Continue(()));
        assert_eq!(bytes.expect("added"), member.content.len() as u64, "all of it");
    }
    let (file, summary) = writer.finish().expect("finished");
    assert_eq!(summary.members as usize, wanted.len(), "all members");
    let mut reader = BackupReader::open(file.as_slice(), None).expect("our own file");
    while let Some(mut member) = reader.next_member().expect("whole") {
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut content).expect("whole");
        let name = member.name().clone();
        member.finish().expect("proven");
        // Of a name that came twice the first was written.
        assert!(wanted.remove(&name).is_some_and(|_| is_first(rest, &name, &content)), "{name} comes back");
    }
    assert!(wanted.is_empty(), "nothing is lost: {wanted:?}");
    file
}

fn is_first(rest: &[u8], name: &MemberName, content: &[u8]) -> bool {
    let found =
        members(rest).into_iter().find(|member| String::from_utf8_lossy(member.name) == name.as_str());
    found.is_some_and(|member| member.content == content)
}
