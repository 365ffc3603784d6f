//! Rate tables: whole, replaced as a whole, and which one is a site's.

use crate::kit::{Kit, office};
use model::SiteId;
use store::{Rate, RateBand, RateTable, StoreError};

fn full(sites: Vec<SiteId>) -> RateTable {
    let band = RateBand {
        name: "Night".into(),
        days: [true, false, true, false, true, false, true],
        from_minute: 1_080,
        to_minute: 480,
    };
    let rate = Rate {
        prefix: "+49".into(),
        label: "Germany, \"mobile\"".into(),
        band: Some("Night".into()),
        per_minute: 190,
        connect_fee: 500,
        minimum: 1_000,
        minimum_seconds: 30,
        step_seconds: 60,
    };
    let rest = Rate { label: "Else".into(), per_minute: i64::MAX, ..Rate::default() };
    RateTable {
        id: 0,
        name: "Carrier".into(),
        currency: "EUR".into(),
        sites,
        bands: vec![band],
        rates: vec![rate, rest],
    }
}

#[tokio::test]
async fn a_table_comes_back_with_its_sites_bands_and_rates_in_order() {
    let kit = Kit::new().await;
    let hand = kit.writer.hand();
    let mut table = full(vec![kit.site]);
    table.id = hand.save_rates(&table).await.expect("entered");
    assert_eq!(kit.reader.rate_tables().await.expect("read"), [table.clone()], "every field survives");

    table.rates.remove(0);
    table.rates.extend((0..3_000).map(|n| Rate { prefix: n.to_string(), ..Rate::default() }));
    table.bands.clear();
    table.currency = "CHF".into();
    assert_eq!(hand.save_rates(&table).await.expect("changed"), table.id, "it keeps its id");
    assert_eq!(kit.reader.rate_tables().await.expect("read"), [table.clone()], "changed in place");

    hand.remove_rates(table.id).await.expect("removed");
    assert_eq!(kit.reader.rate_tables().await.expect("read"), [], "gone");
    for refused in [hand.remove_rates(table.id).await.err(), hand.save_rates(&table).await.err()] {
        assert!(matches!(refused, Some(StoreError::UnknownRates)), "{refused:?}");
    }
    assert_eq!(kit.reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "with all of it");
}

#[tokio::test]
async fn a_sites_own_table_stands_before_the_one_for_all() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let hand = kit.writer.hand();
    assert_eq!(kit.reader.rate_table_of(kit.site).await.expect("read"), None, "none at first");
    let own = hand.save_rates(&full(vec![branch])).await.expect("entered");
    assert_eq!(
        kit.reader.rate_table_of(kit.site).await.expect("read"),
        None,
        "another site's is not for all"
    );
    let all = hand.save_rates(&full(Vec::new())).await.expect("entered");
    for (site, wanted) in [(kit.site, all), (branch, own)] {
        let table = kit.reader.rate_table_of(site).await.expect("read").expect("a table");
        assert_eq!(table.id, wanted, "site {}", site.0);
    }
}
