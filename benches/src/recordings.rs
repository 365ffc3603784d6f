//! A library of half a million recordings: pages of its list, filtered and searched, from the command to the rows that
//! the window shows.
//!
//! The library is filled through the store's own doors, so that each row, word and index is as an intake leaves it.

mod fill;

use crate::journal::{open, told};
use crate::table::{RUNS, Table, spread};
use contract::recordings::{AskRecordingTotals, AskRecordings, RecordingFilter, RecordingSort};
use contract::search::AskSearch;
use desk::{Answer, Desk};
use model::{At, Direction};
use std::time::Instant;

const RECORDINGS: i64 = 500_000;
/// Rows that the window asks for at once.
const PAGE: u32 = 100;
const WANTED_MS: f64 = 50.0;

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    fill::fill(folder.path(), RECORDINGS).await?;
    eprintln!("{RECORDINGS} recordings were put in within {:.0} s", begun.elapsed().as_secs_f64());
    let desk = open(folder.path()).await?;
    desk.settle().await.map_err(told)?;
    let plain = page(&desk, &RecordingFilter::default(), RecordingSort::NewestFirst).await?;
    for (what, filters) in [("list", lists()), ("filter", filters()), ("search", searches())] {
        let mut slowest = (0.0, "");
        let mut all = Vec::new();
        for (name, filter, sort) in &filters {
            let ms = page(&desk, filter, *sort).await?;
            eprintln!("  {what}, {name}: {ms:.1} ms");
            all.push(ms);
            if ms > slowest.0 {
                slowest = (ms, name);
            }
        }
        let count = all.len();
        let (median, ..) = spread(all);
        table.row(
            &format!("A page of a {what} of 500,000 recordings"),
            format!("{:.1} ms ({}); median of {count}: {median:.1} ms", slowest.0, slowest.1),
            "50 ms",
            &format!("the newest page: {plain:.1} ms"),
            format!("{:.2}", slowest.0 / plain),
        );
    }
    anywhere(&desk, table).await?;
    totals(&desk, table).await?;
    desk.close().await.map_err(told)
}

type Asked = (&'static str, RecordingFilter, RecordingSort);

fn lists() -> Vec<Asked> {
    let all = RecordingFilter::default;
    let middle = fill::BEGIN.plus_ms(RECORDINGS / 2 * fill::EVERY_MS);
    vec![
        ("newest", all(), RecordingSort::NewestFirst),
        ("oldest", all(), RecordingSort::OldestFirst),
        ("longest", all(), RecordingSort::LongestFirst),
        ("shortest", all(), RecordingSort::ShortestFirst),
        ("up to a day", RecordingFilter { to_ms: Some(middle.0), ..all() }, RecordingSort::NewestFirst),
        ("longest of a month", of_a_month(middle), RecordingSort::LongestFirst),
    ]
}

fn of_a_month(from: At) -> RecordingFilter {
    RecordingFilter {
        from_ms: Some(from.0),
        to_ms: Some(from.plus_ms(30 * 86_400_000).0),
        ..RecordingFilter::default()
    }
}

fn filters() -> Vec<Asked> {
    let all = RecordingFilter::default;
    let text = |text: &str| Some(text.to_owned());
    let few = RecordingFilter { agent: text("204"), group: text("303"), unmatched: true, ..all() };
    let filters = [
        ("person", RecordingFilter { agent: text("207"), ..all() }),
        ("group", RecordingFilter { group: text("302"), ..all() }),
        ("person and group", RecordingFilter { agent: text("207"), group: text("302"), ..all() }),
        ("outbound", RecordingFilter { direction: Some(Direction::Outbound), ..all() }),
        (
            "internal, of which there is none",
            RecordingFilter { direction: Some(Direction::Internal), ..all() },
        ),
        ("number", RecordingFilter { number: text("020 7946 1234"), ..all() }),
        ("end of a number", RecordingFilter { number: text("461234"), ..all() }),
        ("three digits", RecordingFilter { number: text("123"), ..all() }),
        ("over ten minutes", RecordingFilter { min_seconds: Some(600), ..all() }),
        ("unmatched", RecordingFilter { unmatched: true, ..all() }),
        ("tag", RecordingFilter { tag: text("complaint"), ..all() }),
        ("rare tag", RecordingFilter { tag: text("training"), ..all() }),
        ("tag and person", RecordingFilter { tag: text("complaint"), agent: text("207"), ..all() }),
        ("noted", RecordingFilter { noted: true, ..all() }),
        ("on hold", RecordingFilter { held: true, ..all() }),
        ("in the trash", RecordingFilter { trashed: true, ..all() }),
        ("damaged", RecordingFilter { damaged: true, ..all() }),
        ("few of a person and a group", few),
    ];
    by_time_and_length(filters.into_iter().collect())
}

fn searches() -> Vec<Asked> {
    let texts = [
        ("a name", "keller 17"),
        ("a part of a file's name", "20250301"),
        ("one file", "207_02079461234"),
        ("in every name", "wav"),
        ("two letters", "ke"),
        ("digits", "9461234"),
        ("words of notes", "invoice twice"),
        ("a tag", "complaint"),
        ("nowhere", "quicksilver"),
        ("two words, both frequent", "keller customer"),
    ];
    let of = |text: &str| RecordingFilter { text: Some(text.to_owned()), ..RecordingFilter::default() };
    by_time_and_length(texts.into_iter().map(|(name, text)| (name, of(text))).collect())
}

fn by_time_and_length(filters: Vec<(&'static str, RecordingFilter)>) -> Vec<Asked> {
    let by_length =
        filters.clone().into_iter().map(|(name, filter)| (name, filter, RecordingSort::LongestFirst));
    let by_time = filters.into_iter().map(|(name, filter)| (name, filter, RecordingSort::NewestFirst));
    by_time.chain(by_length).collect()
}

/// The median of some runs, in milliseconds, of the first page or the one after it, whichever takes longer.
async fn page(desk: &Desk, filter: &RecordingFilter, sort: RecordingSort) -> anyhow::Result<f64> {
    let mut first = Vec::new();
    let mut second = vec![0.0];
    for _ in 0..RUNS {
        let ask = AskRecordings { filter: filter.clone(), sort, after: None, limit: PAGE };
        let begun = Instant::now();
        let page = desk.answer(ask).await.map_err(told)?;
        first.push(begun.elapsed().as_secs_f64() * 1e3);
        if let Some(after) = page.next {
            let ask = AskRecordings { filter: filter.clone(), sort, after: Some(after), limit: PAGE };
            let begun = Instant::now();
            desk.answer(ask).await.map_err(told)?;
            second.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    Ok(spread(first).0.max(spread(second).0))
}

/// The search field at the top of the window.
async fn anywhere(desk: &Desk, table: &mut Table) -> anyhow::Result<()> {
    let mut slowest = (0.0, "");
    for text in ["keller", "9461234", "invoice", "ke", "12", "quicksilver"] {
        let mut each = Vec::new();
        for _ in 0..RUNS {
            let begun = Instant::now();
            desk.answer(AskSearch { text: text.to_owned() }).await.map_err(told)?;
            each.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        let (median, ..) = spread(each);
        eprintln!("  search from anywhere for {text}: {median:.1} ms");
        if median > slowest.0 {
            slowest = (median, text);
        }
    }
    table.row(
        "Search from anywhere, with as many calls",
        format!("{:.1} ms ({})", slowest.0, slowest.1),
        "50 ms",
        "the bound",
        format!("{:.2}", slowest.0 / WANTED_MS),
    );
    Ok(())
}

/// Asked for after the rows are shown.
async fn totals(desk: &Desk, table: &mut Table) -> anyhow::Result<()> {
    let mut each = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let ask = AskRecordingTotals { filter: RecordingFilter::default() };
        let totals = desk.answer(ask).await.map_err(told)?;
        each.push(begun.elapsed().as_secs_f64() * 1e3);
        anyhow::ensure!(totals.recordings.cast_signed() > RECORDINGS * 9 / 10, "all of them are counted");
    }
    let (median, least, most) = spread(each);
    table.row(
        "Totals of 500,000 recordings, after the rows",
        format!("{median:.1} ms ({least:.1} to {most:.1})"),
        "-",
        "the bound of a page",
        format!("{:.2}", median / WANTED_MS),
    );
    Ok(())
}
