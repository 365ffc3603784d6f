//! Whatever leads, a list shows the same recordings.

use super::*;
use crate::keeping::set_trashed;
use crate::recordings::{MatchDecision, MatchWrite, NewRecording, RecordingSays};
use crate::{Library, NumberFilter, Site, Tagged, TookIn, Writer};
use model::{At, CallId, Direction, RecordingMatch, SiteId};

const COUNT: i64 = 84;

fn number(n: i64) -> String {
    format!("+4420794600{}", 10 + n % 5)
}

/// Two begin at each time; lengths come again.
fn new(site: SiteId, n: i64) -> NewRecording {
    NewRecording {
        site,
        started_at: At(n / 2 * 10_000),
        length_ms: 1_000 + n % 7 * 1_000,
        says: RecordingSays {
            file_name: format!("call{n:02}.wav"),
            extension: Some((200 + n % 3).to_string()),
            ..RecordingSays::default()
        },
        original_sha256: vec![n as u8; 32],
        pool: 1,
        stored_file: format!("{n}.opus"),
        stored_bytes: 100,
        number_key: Some(number(n)),
        ..NewRecording::default()
    }
}

/// One in four has no call, one in thirteen is in the trash.
async fn filled(folder: &std::path::Path) -> (Writer, Reader) {
    let (mut writer, reader) = Library::open_writer(folder, "test").await.expect("a library");
    let site = writer.save_site(&Site::default()).await.expect("a site");
    let hand = writer.hand();
    let all: Vec<NewRecording> = (0..COUNT).map(|n| new(site, n)).collect();
    let took = hand.take_in_placed(&all).await.expect("taken in");
    for (n, took) in (0..).zip(took) {
        let TookIn::New(id) = took else { panic!("{n} is there already") };
        let one = MatchWrite {
            id,
            call: Some(CallId(1_000 + n)),
            matched: RecordingMatch::Score,
            direction: Some(if n % 3 == 0 { Direction::Outbound } else { Direction::Inbound }),
            number_key: Some(number(n)),
            group: (n % 2 == 0).then(|| "300".to_owned()),
            people: vec![(200 + n % 3).to_string()],
            ..MatchWrite::default()
        };
        if n % 4 != 0 {
            hand.match_recordings(MatchDecision::Rules, &[one], &[]).await.expect("matched");
        }
        if n % 5 == 0 {
            let call = Tagged::Call(vec![CallId(1_000 + n)]);
            let tagged = if n % 4 == 0 { Tagged::Recording(id) } else { call };
            hand.set_tags(&tagged, &["training".to_owned()], &[]).await.expect("tagged");
        }
        if n % 13 == 0 {
            let mut turn = hand.turn().await.expect("a turn");
            let mut transaction = crate::hand::begin(&mut turn).await.expect("begun");
            set_trashed(&mut transaction, id, Some(At(1))).await.expect("put into the trash");
            transaction.commit().await.expect("committed");
        }
    }
    (writer, reader)
}

/// A filter, and which recordings it means.
type Meant = (RecordingFilter, fn(i64) -> bool);

fn filters() -> Vec<Meant> {
    let all = RecordingFilter::default;
    let text = |text: &str| Some(text.to_owned());
    let typed = |begins: &[&str]| {
        let begins = begins.iter().map(|begin| (*begin).to_owned()).collect();
        Some(NumberFilter::Typed { text: String::new(), begins })
    };
    let exact = Some(NumberFilter::Exact(number(3)));
    let (from, to) = (Some(At(50_000)), Some(At(300_000)));
    vec![
        (all(), |_| true),
        (RecordingFilter { from, to, ..all() }, |n| (10..60).contains(&n)),
        (RecordingFilter { agent: text("201"), from, to, ..all() }, |n| n % 3 == 1 && (10..60).contains(&n)),
        (RecordingFilter { agent: text("201"), group: text("300"), ..all() }, |n| {
            n % 3 == 1 && n % 2 == 0 && n % 4 != 0
        }),
        (RecordingFilter { group: text("300"), unmatched: true, ..all() }, |_| false),
        (RecordingFilter { agent: text("202"), unmatched: true, ..all() }, |n| n % 3 == 2 && n % 4 == 0),
        (RecordingFilter { direction: Some(Direction::Internal), ..all() }, |_| false),
        (RecordingFilter { direction: Some(Direction::Outbound), agent: text("200"), ..all() }, |n| {
            n % 3 == 0 && n % 4 != 0
        }),
        (RecordingFilter { tag: text("Training"), ..all() }, |n| n % 5 == 0),
        (RecordingFilter { tag: text("training"), agent: text("200"), from, to, ..all() }, |n| {
            n % 15 == 0 && (10..60).contains(&n)
        }),
        (RecordingFilter { number: exact.clone(), ..all() }, |n| n % 5 == 3),
        (RecordingFilter { number: exact, group: text("300"), ..all() }, |n| {
            n % 5 == 3 && n % 2 == 0 && n % 4 != 0
        }),
        (RecordingFilter { number: typed(&["+442079460012", "+4420794600"]), ..all() }, |_| true),
        (RecordingFilter { number: typed(&["+442079460012", "+442079460014"]), from, to, ..all() }, |n| {
            (n % 5 == 2 || n % 5 == 4) && (10..60).contains(&n)
        }),
        (RecordingFilter { text: text("call1"), ..all() }, |n| n / 10 == 1),
        (RecordingFilter { text: text("call1"), agent: text("201"), min_ms: Some(3_000), ..all() }, |n| {
            n / 10 == 1 && n % 3 == 1 && n % 7 >= 2
        }),
    ]
}

#[tokio::test]
async fn whatever_leads_a_list_shows_the_same_recordings() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_writer, reader) = filled(folder.path()).await;
    for (filter, wanted) in filters() {
        let wanted: Vec<i64> = (0..COUNT).filter(|n| n % 13 != 0 && wanted(*n)).collect();
        for sort in [
            RecordingSort::NewestFirst,
            RecordingSort::OldestFirst,
            RecordingSort::LongestFirst,
            RecordingSort::ShortestFirst,
        ] {
            let mut sorted = wanted.clone();
            let by_time = matches!(sort, RecordingSort::NewestFirst | RecordingSort::OldestFirst);
            sorted.sort_by_key(|n| (if by_time { n / 2 } else { n % 7 }, *n));
            if matches!(sort, RecordingSort::NewestFirst | RecordingSort::LongestFirst) {
                sorted.reverse();
            }
            let mut snapshot = reader.snapshot().await.expect("a snapshot");
            let conditions = Conditions::of(&mut snapshot, &filter).await.expect("conditions");
            let chosen = conditions.lead(&mut snapshot, goal(sort)).await.expect("a lead");
            let mut leads = conditions.possible(goal(sort));
            leads.extend([goal(sort).walk(), chosen]);
            for lead in leads {
                let mut found = Vec::new();
                let mut after = None;
                loop {
                    let mut query = page_query(&conditions, lead, sort, after, 6);
                    let rows = query.build().fetch_all(&mut *snapshot).await.expect("a page");
                    for row in rows.iter().take(6) {
                        let file: String = row.get("stored_file");
                        found.push(file.trim_end_matches(".opus").parse::<i64>().expect("a number"));
                        after = Some(Cursor { key: row.get("sorted_by"), id: row.get("id") });
                    }
                    if rows.len() <= 6 {
                        break;
                    }
                }
                assert_eq!(found, sorted, "{lead:?} leads, {sort:?}: {filter:?}");
            }
        }
        let totals = reader.recording_totals(&filter).await.expect("totals");
        let length: i64 = wanted.iter().map(|n| 1_000 + n % 7 * 1_000).sum();
        let unmatched = wanted.iter().filter(|n| *n % 4 == 0).count() as u64;
        let counted = (totals.recordings, totals.length_ms, totals.unmatched);
        assert_eq!(counted, (wanted.len() as u64, length, unmatched), "the totals: {filter:?}");
    }
}

#[tokio::test]
async fn a_text_is_looked_for_in_the_trash_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_writer, reader) = filled(folder.path()).await;
    let filter = RecordingFilter { text: Some("call26".into()), trashed: true, ..RecordingFilter::default() };
    let request = RecordingPageRequest { filter, limit: 100, ..RecordingPageRequest::default() };
    let page = reader.recordings(&request).await.expect("a page");
    let files: Vec<&str> = page.recordings.iter().map(|one| one.says.file_name.as_str()).collect();
    assert_eq!(files, ["call26.wav"], "the others in the trash have other names");
}

/// Rows lie far apart, entries side by side.
#[tokio::test]
async fn leads_find_the_entry_of_a_recording_instead_of_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_writer, reader) = filled(folder.path()).await;
    let (agent, group) = (Some("201".to_owned()), Some("300".to_owned()));
    let filter = RecordingFilter { agent, group, unmatched: true, ..RecordingFilter::default() };
    let mut snapshot = reader.snapshot().await.expect("a snapshot");
    let conditions = Conditions::of(&mut snapshot, &filter).await.expect("conditions");
    for lead in [Lead::People, Lead::Group, Lead::Unmatched] {
        let query = page_query(&conditions, lead, RecordingSort::LongestFirst, None, 100).into_sql();
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", query.as_str()));
        let rows = sqlx::query(explained).fetch_all(&mut *snapshot).await.expect("a plan");
        let plan: String = rows.iter().map(|row| row.get::<String, _>("detail") + "\n").collect();
        let entry = "SEARCH r USING INDEX recordings_by_start (started_at=?";
        assert!(plan.contains(entry), "{lead:?}: {plan}");
    }
}
