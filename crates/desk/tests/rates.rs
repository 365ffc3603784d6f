//! What calls cost by the rates of their site.

mod office;

use contract::FailureCode;
use contract::calls::{AskCall, AskCalls, CallFilter, CallSort, CallView};
use contract::rates::{AskRates, Rate, RateTable, ReadRates, RemoveRates, SaveRates, TimeBand, TryRate};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Desk};
use model::SiteId;
use office::open;

/// Outbound and answered (83 s, over 18:00), outbound and unanswered, inbound.
const ROWS: &[u8] = b"\
2026/03/09 17:59:00,00:01:23,5,201,O,901711234567,901711234567,,0,1000013,0,E201,Ann,T9001,Line 1.1,0,0,,,,,0.4500,EUR,\r\n\
2026/03/09 19:00:00,00:00:00,9,201,O,901711234567,901711234567,,0,1000014,0,E201,Ann,T9001,Line 1.1,0,0\r\n\
2026/03/09 20:00:00,00:01:00,9,01711234567,I,201,5678,,0,1000015,0,E201,Ann,T9001,Line 1.1,0,0\r\n";

async fn munich(desk: &Desk, name: &str) -> SiteId {
    let site = Site {
        name: name.to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        access_digits: "9".to_owned(),
        country: Some("DE".to_owned()),
        ..Site::default()
    };
    let saved =
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved");
    SiteId(saved.site.id)
}

fn table(name: &str, sites: Vec<i64>, per_minute: i64) -> RateTable {
    let evening = TimeBand { name: "Evening".to_owned(), days: [true; 7], from_minute: 1_080, to_minute: 0 };
    let mobile = Rate {
        prefix: "+49171".to_owned(),
        label: "Mobile".to_owned(),
        per_minute,
        connect_fee: 500,
        ..Rate::default()
    };
    let later = Rate { band: Some("Evening".to_owned()), per_minute: per_minute / 2, ..mobile.clone() };
    RateTable {
        id: 0,
        name: name.to_owned(),
        currency: "eur".to_owned(),
        sites,
        bands: vec![evening],
        rates: vec![mobile, later],
    }
}

async fn views(desk: &Desk) -> Vec<CallView> {
    let ask =
        AskCalls { filter: CallFilter::default(), sort: CallSort::OldestFirst, after: None, limit: 100 };
    let mut views = Vec::new();
    for row in desk.answer(ask).await.expect("a page").rows {
        views.push(desk.answer(AskCall { id: row.id }).await.expect("a call"));
    }
    views
}

#[tokio::test]
async fn an_outbound_call_that_was_answered_costs_what_its_sites_table_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = munich(&desk, "Office").await;
    desk.import_smdr(site, ROWS, |_| {}).await.expect("imported");
    let before = views(&desk).await;
    assert!(before.iter().all(|view| view.cost.is_none()), "no table, no cost");

    let all = desk.answer(SaveRates { table: table("All", Vec::new(), 6_000) }).await.expect("saved");
    assert_eq!(all.currency, "EUR", "as currencies are written");
    let answered = views(&desk).await.remove(0);
    let cost = answered.cost.expect("it was answered");
    // It rang from 17:59:00 for five seconds: 55 s before 18:00 and 28 s after.
    assert_eq!(cost.amount, 500 + (55 * 6_000 + 28 * 3_000) / 60, "{}", cost.says);
    assert_eq!((cost.table.as_str(), cost.prefix.as_str()), ("All", "+49171"), "by what it was reckoned");
    assert!(cost.says.starts_with("1:23: 0:55 at 0.60, 0:28 at 0.30 EUR a minute"), "{}", cost.says);

    let own = desk.answer(SaveRates { table: table("Own", vec![site.0], 12_000) }).await.expect("saved");
    let costs: Vec<Option<String>> =
        views(&desk).await.into_iter().map(|view| view.cost.map(|cost| cost.table)).collect();
    assert_eq!(
        costs,
        [Some("Own".to_owned()), None, None],
        "a table of its own stands first; others cost nothing"
    );
    desk.answer(RemoveRates { id: own.id }).await.expect("removed");
    desk.close().await.expect("closed");
    let desk = open(folder.path()).await;
    assert_eq!(desk.answer(AskRates {}).await.expect("tables"), [all], "the other is kept, whole");
    assert_eq!(
        views(&desk).await[0].cost.as_ref().map(|cost| cost.table.as_str()),
        Some("All"),
        "and applies"
    );
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_table_that_cannot_be_used_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let (site, branch) = (munich(&desk, "Office").await, munich(&desk, "Branch").await);
    desk.answer(SaveRates { table: table("All", Vec::new(), 1) }).await.expect("saved");
    desk.answer(SaveRates { table: table("Office's", vec![site.0], 1) }).await.expect("saved");
    let twice = |mut table: RateTable| {
        table.rates.push(table.rates[0].clone());
        table
    };
    for (bad, word) in [
        (table("", Vec::new(), 1), "a name"),
        (twice(table("Twice", vec![branch.0], 1)), "two rates"),
        (table("Second for all", Vec::new(), 1), "All already applies to all"),
        (table("Second for one", vec![branch.0, site.0], 1), "Office's already applies to Office"),
        (RateTable { bands: Vec::new(), ..table("No band", vec![branch.0], 1) }, "band Evening"),
    ] {
        let refused = desk.answer(SaveRates { table: bad }).await.expect_err("refused");
        assert_eq!(refused.code, FailureCode::Invalid, "{}", refused.message);
        assert!(refused.message.contains(word), "{}", refused.message);
    }
    assert_eq!(desk.answer(AskRates {}).await.expect("tables").len(), 2, "nothing of it was stored");
    let gone = desk.answer(RemoveRates { id: 77 }).await.expect_err("no such table");
    assert_eq!(gone.code, FailureCode::NotFound, "{}", gone.message);
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_table_can_be_read_from_a_file_and_tried_before_it_is_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = munich(&desk, "Office").await;
    let text = "prefix;label;per_minute;step_seconds\n+49;Germany;0,02;60\n+49171;Mobile;x;60\n".to_owned();
    let read = desk.answer(ReadRates { text }).await.expect("read");
    assert_eq!((read.rates.len(), read.bad.len()), (1, 1), "{read:?}");
    assert_eq!(read.bad[0].line, 3, "with the line: {}", read.bad[0].says);
    let table = RateTable {
        name: "Draft".to_owned(),
        currency: "EUR".to_owned(),
        rates: read.rates,
        ..RateTable::default()
    };
    let attempt = |number: &str| TryRate {
        table: table.clone(),
        site: site.0,
        number: number.to_owned(),
        at_ms: 1_773_050_400_000,
        seconds: 61,
    };
    let cost = desk.answer(attempt("9 0171 1234567")).await.expect("tried").expect("a rate fits");
    assert_eq!((cost.amount, cost.label.as_str()), (400, "Germany"), "{}", cost.says);
    assert_eq!(desk.answer(attempt("0012015550123")).await.expect("tried"), None, "no rate fits");
    let nothing = desk.answer(attempt(" ")).await.expect_err("no number");
    assert_eq!(nothing.code, FailureCode::Invalid, "{}", nothing.message);
    assert!(desk.answer(AskRates {}).await.expect("tables").is_empty(), "nothing was stored");
    desk.close().await.expect("closed");
}
