//! The journal: everything in order, nothing changed, in bounded steps.

use crate::kit::{Kit, entry};
use model::{At, Said, SiteId};
use store::{Changes, EntryLimits, NewEntry, StoreError};

#[tokio::test]
async fn entries_come_back_as_they_were_said_and_in_order() {
    let mut kit = Kit::new().await;
    let said = [
        NewEntry { at: At(5), site: kit.site, said: Said::SmdrLines, bytes: b"a,b\0c\r\n".to_vec() },
        NewEntry { at: At(-3), site: kit.site, said: Said::DevlinkLost, bytes: Vec::new() },
        NewEntry { at: At(i64::MAX), site: kit.site, said: Said::UserList, bytes: vec![0xff; 100_000] },
    ];
    let first = kit.writer.commit(&said, &Changes::default()).await.expect("committed");
    assert_eq!(first, 2, "the kit's own entry is the first");
    assert_eq!(kit.writer.next_seq(), 5, "they are consecutive");

    let read = kit.reader.entries(1, EntryLimits::default()).await.expect("read");
    assert_eq!(read.len(), 3, "all of them");
    for (n, (read, said)) in read.iter().zip(&said).enumerate() {
        assert_eq!(read.seq, first + n as i64, "numbered in order");
        assert_eq!((read.at, read.site, read.said), (said.at, said.site, said.said), "when and where from");
        assert_eq!(read.bytes, said.bytes, "byte for byte");
    }
    assert_eq!(kit.reader.entry(3).await.expect("read"), Some(read[1].clone()), "one by its number");
    assert_eq!(kit.reader.entry(99).await.expect("read"), None, "none beyond the end");
    assert_eq!(kit.reader.last_seq().await.expect("read"), 4, "the end of the journal");
}

#[tokio::test]
async fn a_step_ends_at_the_first_limit_and_never_stands_still() {
    let mut kit = Kit::new().await;
    let long: Vec<NewEntry> = (0..10).map(|_| entry(kit.site, &"x".repeat(1_000))).collect();
    kit.writer.commit(&long, &Changes::default()).await.expect("committed");

    let by_rows = kit.reader.entries(0, EntryLimits { rows: 4, bytes: 1 << 20 }).await.expect("read");
    assert_eq!(by_rows.len(), 4, "as many rows as asked for");
    let by_bytes = kit.reader.entries(1, EntryLimits { rows: 100, bytes: 2_500 }).await.expect("read");
    assert_eq!(by_bytes.len(), 3, "it stops once the bytes are reached");
    let tiny = kit.reader.entries(1, EntryLimits { rows: 0, bytes: 0 }).await.expect("read");
    assert_eq!(tiny.len(), 1, "an entry longer than the limit is still read");
    let end = kit.reader.entries(11, EntryLimits::default()).await.expect("read");
    assert!(end.is_empty(), "the end of the journal");
}

#[tokio::test]
async fn every_number_of_entries_is_written_whole() {
    let mut kit = Kit::new().await;
    let mut total = 1;
    for count in [1, 2, 3, 7, 100, 511, 513, 1_000, 4_099] {
        let batch: Vec<NewEntry> = (0..count).map(|n| entry(kit.site, &format!("{count}:{n}"))).collect();
        kit.writer.commit(&batch, &Changes::default()).await.expect("committed");
        let limits = EntryLimits { rows: 10_000, bytes: 1 << 20 };
        let read = kit.reader.entries(total, limits).await.expect("read");
        let texts: Vec<&[u8]> = read.iter().map(|entry| entry.bytes.as_slice()).collect();
        let said: Vec<&[u8]> = batch.iter().map(|entry| entry.bytes.as_slice()).collect();
        assert_eq!(texts, said, "a batch of {count} is split into several statements");
        total += count as i64;
    }
}

#[tokio::test]
async fn a_commit_that_fails_leaves_nothing_and_the_writer_works_on() {
    let mut kit = Kit::new().await;
    let call = kit.call(1, 10).answered("204").make();
    let changes = Changes { calls: vec![call], ..Changes::default() };
    let batch = [entry(kit.site, "good"), entry(SiteId(77), "of no site")];
    let error = kit.writer.commit(&batch, &changes).await.expect_err("site 77 does not exist");
    assert!(matches!(error, StoreError::UnknownSite), "it says what is wrong: {error}");
    assert_eq!(kit.reader.last_seq().await.expect("read"), 1, "not even the good entry was written");
    assert!(kit.list(Default::default()).await.is_empty(), "and no call");

    let seq = kit.writer.commit(&[entry(kit.site, "next")], &Changes::default()).await.expect("committed");
    assert_eq!(seq, 2, "the number that failed is given to the next one");
}
