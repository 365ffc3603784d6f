//! A number is the same however it was dialled, sent or typed.

mod office;

use contract::calls::{AskCall, AskCalls, CallFilter, CallPage, CallSort};
use contract::search::AskSearch;
use contract::sites::{AskCountries, AskSites, SaveSite, Site};
use desk::{Answer, Desk};
use model::SiteId;
use office::open;

/// One caller in three ways of writing and one who was called back, then another caller whose number only begins alike.
const ROWS: &[u8] = b"\
2026/03/09 10:00:00,00:00:30,5,+498955501432,I,200,5678,,0,1000013,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:10:00,00:00:30,5,08955501432,I,200,5678,,0,1000014,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:20:00,00:00:30,5,201,O,900498955501432,900498955501432,,0,1000015,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:30:00,00:00:30,5,00442071838750,I,200,5678,,0,1000016,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:40:00,00:00:30,5,08955501439,I,200,5678,,0,1000017,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:50:00,00:00:30,5,201,O,9112,9112,,0,1000018,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n";

async fn site(desk: &Desk, site: Site) -> Site {
    desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved").site
}

fn munich() -> Site {
    Site {
        name: "Office".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        access_digits: "0, 9".to_owned(),
        country: Some("DE".to_owned()),
        ..Site::default()
    }
}

async fn page(desk: &Desk, number: &str) -> CallPage {
    let filter = CallFilter { number: Some(number.to_owned()), ..CallFilter::default() };
    desk.answer(AskCalls { filter, sort: CallSort::OldestFirst, after: None, limit: 100 })
        .await
        .expect("a page")
}

async fn starts(desk: &Desk, number: &str) -> Vec<i64> {
    page(desk, number).await.rows.iter().map(|row| row.started_ms).collect()
}

/// Waits until the calls that are there have the keys of their site's country.
async fn keyed(desk: &Desk) {
    while !desk.reader().keys_due().await.expect("read").is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn however_a_number_is_typed_it_finds_the_same_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = SiteId(site(&desk, munich()).await.id);
    desk.import_smdr(site, ROWS, |_| {}).await.expect("imported");
    let whole = starts(&desk, "+498955501432").await;
    assert_eq!(whole.len(), 3, "two calls of the caller, and the call back");
    for typed in ["+49 89 5550 1432", "0049 89 5550 1432", "089/5550-1432", "55501432", "+49 (0)89 55501432"]
    {
        assert_eq!(starts(&desk, typed).await, whole, "{typed}");
    }
    assert_eq!(starts(&desk, "089 555").await.len(), 4, "what is typed so far");
    assert_eq!(starts(&desk, "5550143").await.len(), 4, "digits anywhere");
    assert_eq!(starts(&desk, "112").await.len(), 1, "what has no key is found by its digits");

    let shown: Vec<Option<String>> =
        page(&desk, "").await.rows.into_iter().map(|row| row.shown_number).collect();
    let munich = Some("089 55501432".to_owned());
    let london = Some("+44 20 7183 8750".to_owned());
    let other = Some("089 55501439".to_owned());
    assert_eq!(
        shown,
        [munich.clone(), munich.clone(), munich, london, other, None],
        "as people there write them"
    );

    for typed in ["+49 89 5550 1432", "089 5550 1432", "55501432"] {
        let found = desk.answer(AskSearch { text: typed.to_owned() }).await.expect("searched");
        assert_eq!(found.numbers.len(), 1, "one party, however it is written: {typed}: {:?}", found.numbers);
        assert_eq!(found.calls.len(), 3, "{typed}");
    }
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_country_that_is_chosen_later_holds_for_the_calls_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let without = site(&desk, Site { country: None, ..munich() }).await;
    desk.import_smdr(SiteId(without.id), ROWS, |_| {}).await.expect("imported");
    assert_eq!(starts(&desk, "089 5550 1432").await.len(), 1, "digits by digits");
    let with = site(&desk, Site { country: Some("DE".to_owned()), ..without.clone() }).await;
    assert_eq!(with.country.as_deref(), Some("DE"), "it is kept");
    keyed(&desk).await;
    assert_eq!(starts(&desk, "089 5550 1432").await.len(), 3, "old calls too");
    let view =
        desk.answer(AskCall { id: page(&desk, "+44207").await.rows[0].id.clone() }).await.expect("a call");
    assert_eq!(view.row.shown_number.as_deref(), Some("+44 20 7183 8750"), "as people write it");

    site(&desk, Site { country: Some("GB".to_owned()), ..with.clone() }).await;
    keyed(&desk).await;
    let london = page(&desk, "020 7183 8750").await;
    assert_eq!(london.rows.len(), 1, "by the new country's rules");
    assert_eq!(london.rows[0].shown_number.as_deref(), Some("020 7183 8750"), "and as people there write it");

    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "a rebuild gives the same keys");
    site(&desk, Site { country: None, ..with }).await;
    keyed(&desk).await;
    assert_eq!(
        starts(&desk, "089 5550 1432").await.len(),
        1,
        "and without a country it is digits by digits again"
    );
    desk.close().await.expect("closed");

    let desk = open(folder.path()).await;
    let sites = desk.answer(AskSites {}).await.expect("sites");
    assert_eq!(sites[0].country, None, "as it was saved last");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn what_cannot_be_dialled_with_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let countries = desk.answer(AskCountries {}).await.expect("countries");
    assert!(countries.all.contains(&("DE".to_owned(), "Germany".to_owned())), "to choose from");
    for (bad, word) in [
        (Site { country: Some("Germany".to_owned()), ..munich() }, "is no country"),
        (Site { access_digits: "9, nine".to_owned(), ..munich() }, "nine"),
    ] {
        let save = SaveSite { site: bad, password: None, forget_fingerprint: false };
        let refused = desk.answer(save).await.expect_err("refused");
        assert!(refused.message.contains(word), "{}", refused.message);
    }
    assert_eq!(desk.answer(AskSites {}).await.expect("sites"), [], "nothing was stored");
    desk.close().await.expect("closed");
}
