//! The rows printed in the manuals and seen live give the calls one would tell by hand.

mod office;

use contract::published::Call;
use model::{Direction, EventKind};
use office::{calls, open, quiet_site};

const MANUAL: &[u8] = include_bytes!("fixtures/manual.csv");
const LIVE: &[u8] = include_bytes!("fixtures/live-2017.csv");

async fn imported(rows: &'static [u8]) -> (tempfile::TempDir, Vec<Call>, contract::published::ImportSummary) {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = quiet_site(&desk).await;
    let summary = desk.import_smdr(site, rows, |_| {}).await.expect("imported");
    desk.close().await.expect("closed");
    let calls = calls(folder.path()).await;
    (folder, calls, summary)
}

fn by_record(calls: &[Call], id: u64) -> &Call {
    calls
        .iter()
        .find(|call| call.smdr.contains(&id))
        .unwrap_or_else(|| panic!("no call rests on record {id}"))
}

fn kinds(call: &Call) -> Vec<EventKind> {
    call.events.iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn the_manuals_rows_give_the_calls_one_would_tell_by_hand() {
    let (_folder, calls, summary) = imported(MANUAL).await;
    assert_eq!((summary.records, summary.quarantined), (10, 0), "every row of the manual is read");
    assert_eq!(summary.calls, 8, "and the summary counts calls, not rows");
    assert_eq!(calls.len(), 8, "ten rows are eight calls: {calls:#?}");

    let lost = by_record(&calls, 1_000_014_155);
    assert!(lost.abandoned && !lost.answered, "rang nine seconds, nobody came");
    assert_eq!(
        (lost.ring_s, lost.agents_rung.as_slice()),
        (9.0, ["4324".to_owned()].as_slice()),
        "at Joe Bloggs"
    );

    let voicemail = by_record(&calls, 28);
    assert_eq!(voicemail.direction, Direction::Internal, "the manual prints Is Internal as I");
    assert!(voicemail.voicemail && !voicemail.answered, "voicemail is no person");

    let sent_on = by_record(&calls, 1_000_014_160);
    assert!(sent_on.answered && sent_on.voicemail, "answered by 4750, then sent to voicemail");
    assert_eq!((sent_on.talk_s, sent_on.total_s), (13.0, 52.0), "13 talked; 7 + 13 + 11 + 21 in all");
    assert_eq!(sent_on.external_number.as_deref(), Some("01707392200"), "one caller all along");
    assert_eq!(sent_on.smdr, [1_000_014_160], "two records under one id");

    let direct = by_record(&calls, 1_000_013);
    assert_eq!((direct.ring_s, direct.talk_s), (7.0, 5.0), "ring 7 s, connected 5 s");
    assert_eq!(direct.dialed_number.as_deref(), Some("390664"), "the DDI digits");

    let internal = by_record(&calls, 1_000_013_898);
    assert_eq!(internal.agents, ["4688", "4207"], "both talked, the caller first");
    assert_eq!(
        kinds(internal),
        [EventKind::Ringing, EventKind::Talking, EventKind::Talking],
        "4207 rang, both talked"
    );

    let twinned = by_record(&calls, 1_000_037);
    assert_eq!(twinned.direction, Direction::Internal, "between two extensions");

    let proposed = by_record(&calls, 1_000_044);
    assert_eq!(proposed.direction, Direction::Outbound, "203 calls 9416 outside");
    assert_eq!(proposed.agents, ["203", "207"], "and hands over to 207");
    assert_eq!(
        proposed.events.iter().filter(|event| event.kind == EventKind::Transfer).count(),
        1,
        "by a transfer"
    );
    assert_eq!(by_record(&calls, 1_000_043).hold_s, 11.0, "207 was held for eleven seconds meanwhile");
}

#[tokio::test]
async fn a_live_row_with_charges_is_an_outbound_call() {
    let (_folder, calls, _) = imported(LIVE).await;
    let call = &calls[0];
    assert_eq!((calls.len(), call.direction), (1, Direction::Outbound), "one call, outbound");
    assert_eq!((call.talk_s, call.total_s), (38.0, 47.0), "38 s connected after 9 s");
    assert_eq!(call.agents, ["12"], "by Zim12");
}

#[tokio::test]
async fn importing_twice_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = quiet_site(&desk).await;
    let with_a_bad_line = [MANUAL, b"2008/99/99 nonsense,1,2\r\n"].concat();
    let first = desk.import_smdr(site, with_a_bad_line.as_slice(), |_| {}).await.expect("imported");
    let entries = desk.reader().last_seq().await.expect("seq");
    let before = calls(folder.path()).await;
    let second = desk.import_smdr(site, with_a_bad_line.as_slice(), |_| {}).await.expect("imported again");
    assert_eq!(
        (first.records, first.duplicates, first.quarantined),
        (10, 0, 1),
        "taken in, one line set aside"
    );
    assert_eq!((second.records, second.duplicates, second.calls), (0, 11, 0), "all known already");
    assert_eq!(desk.reader().last_seq().await.expect("seq"), entries, "nothing was written");
    desk.close().await.expect("closed");
    assert_eq!(calls(folder.path()).await, before, "the calls are the same");
}

#[tokio::test]
async fn rebuild_gives_the_same_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = quiet_site(&desk).await;
    desk.import_smdr(site, MANUAL, |_| {}).await.expect("imported");
    let before = calls(folder.path()).await;
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "rebuild is the identity");
    assert_eq!(rebuilt.calls, 8, "all eight calls");
    desk.close().await.expect("closed");
    assert_eq!(calls(folder.path()).await, before, "to the letter, ids included");
}
