//! The health list: the same thing once, and never more than the disk should bear.

use crate::kit::Kit;
use model::{At, Position};
use store::{Changes, HealthKind, HealthNote, Quarantined};

#[tokio::test]
async fn the_same_words_count_up_in_one_entry() {
    let mut kit = Kit::new().await;
    let note = |at, site, kind, says: &str| HealthNote { at: At(at), site, kind, says: says.into() };
    let site = Some(kit.site);
    let health = vec![
        note(10, site, HealthKind::Gap, "3 events were lost."),
        note(30, site, HealthKind::Gap, "3 events were lost."),
        note(20, site, HealthKind::Gap, "3 events were lost."),
        note(25, None, HealthKind::Gap, "3 events were lost."),
        note(26, None, HealthKind::Gap, "3 events were lost."),
        note(5, site, HealthKind::Link, "3 events were lost."),
    ];
    kit.writer.commit(&[], &Changes { health, ..Changes::default() }).await.expect("committed");
    let entries = kit.reader.health(10).await.expect("read");
    let shown: Vec<_> = entries
        .iter()
        .map(|entry| (entry.site, entry.kind, entry.first_at.0, entry.last_at.0, entry.times))
        .collect();
    let wanted = [
        (site, HealthKind::Gap, 10, 30, 3),
        (None, HealthKind::Gap, 25, 26, 2),
        (site, HealthKind::Link, 5, 5, 1),
    ];
    assert_eq!(shown, wanted, "by site, kind and words; the latest first");
    assert_eq!(kit.reader.health(1).await.expect("read").len(), 1, "as many as asked for");
}

#[tokio::test]
async fn a_source_that_never_says_the_same_twice_does_not_fill_the_disk() {
    let mut kit = Kit::new().await;
    let kinds = [
        HealthKind::Link,
        HealthKind::Quarantine,
        HealthKind::Protocol,
        HealthKind::Gap,
        HealthKind::Keychain,
        HealthKind::Library,
    ];
    let health: Vec<HealthNote> = (0..2_100)
        .map(|n: i64| HealthNote {
            at: At(n),
            site: None,
            kind: kinds[n as usize % kinds.len()],
            says: format!("{n}{}", "ä".repeat(10_000)),
        })
        .collect();
    kit.writer.commit(&[], &Changes { health, ..Changes::default() }).await.expect("committed");
    let entries = kit.reader.health(10_000).await.expect("read");
    assert_eq!(entries.len(), 2_000, "the oldest make room");
    assert_eq!(entries[0].last_at, At(2_099), "the latest is kept");
    assert_eq!(entries[0].kind, kinds[2_099 % 6], "with its kind");
    assert_eq!(entries[0].says.chars().count(), 500, "long words are cut, between characters");
}

#[tokio::test]
async fn what_was_not_understood_is_found_by_where_it_stands() {
    let mut kit = Kit::new().await;
    let at = |seq, index| Position { seq, index };
    let piece = |position, reason: &str| Quarantined { site: kit.site, position, reason: reason.into() };
    let quarantined = vec![piece(at(1, 4), "Only 3 fields."), piece(at(1, 2), "No date.")];
    let changes = Changes { quarantined, ..Changes::default() };
    kit.writer.commit(&[], &changes).await.expect("committed");
    kit.writer.commit(&[], &changes).await.expect("the same place twice is one piece");
    assert_eq!(kit.reader.quarantine_count().await.expect("counted"), 2, "two pieces");
    let latest = kit.reader.quarantined(1).await.expect("read");
    assert_eq!(latest, [piece(at(1, 4), "Only 3 fields.")], "the latest first");
}
