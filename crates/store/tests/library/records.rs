//! Known records: what comes twice is known, and nothing else is.

use crate::kit::{Kit, office};
use model::At;
use store::{Changes, SeenRecord};

#[tokio::test]
async fn a_record_is_known_by_site_start_and_digest() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let seen = |at, digest| SeenRecord { site: kit.site, started_at: At(at), digest };
    let records = vec![seen(10, u128::MAX), seen(10, 1), seen(20, 2), seen(10, 1)];
    let changes = Changes { records, ..Changes::default() };
    kit.writer.commit(&[], &changes).await.expect("the same one twice is no error");
    kit.writer.commit(&[], &changes).await.expect("nor in the next commit");

    let asked = [(At(20), 2), (At(10), 2), (At(10), u128::MAX), (At(20), 1), (At(10), 1), (At(30), 3)];
    let known = kit.reader.known_records(kit.site, &asked).await.expect("asked");
    assert_eq!(known, [true, false, true, false, true, false], "in the order asked");
    let known = kit.reader.known_records(branch, &asked).await.expect("asked");
    assert_eq!(known, [false; 6], "another site has its own records");
    let known = kit.reader.known_records(kit.site, &[]).await.expect("asked");
    assert!(known.is_empty(), "nothing asked, nothing known");
    let known = kit.reader.known_records(kit.site, &[(At(21), 2)]).await.expect("asked");
    assert_eq!(known, [false], "later than all that are known");
}

#[tokio::test]
async fn thousands_are_asked_for_at_once() {
    let mut kit = Kit::new().await;
    let records: Vec<SeenRecord> =
        (0..1_500).map(|n| SeenRecord { site: kit.site, started_at: At(n * 2), digest: n as u128 }).collect();
    kit.writer.commit(&[], &Changes { records, ..Changes::default() }).await.expect("committed");
    let asked: Vec<(At, u128)> = (0..3_001).map(|n| (At(n), n as u128 / 2)).collect();
    let known = kit.reader.known_records(kit.site, &asked).await.expect("asked");
    let wanted: Vec<bool> = (0..3_001).map(|n| n % 2 == 0 && n < 3_000).collect();
    assert_eq!(known, wanted, "every second one");
}
