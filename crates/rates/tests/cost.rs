//! What calls cost: by hand, and what must hold for any table and call.

use jiff::tz::TimeZone;
use model::At;
use proptest::prelude::*;
use rates::{Band, Charged, Number, Rate, Table, check, cost};

const WORKDAYS: [bool; 7] = [true, true, true, true, true, false, false];
const EVERY_DAY: [bool; 7] = [true; 7];

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

fn at(text: &str) -> At {
    let zoned =
        text.parse::<jiff::civil::DateTime>().expect("a time").in_tz("Europe/Berlin").expect("a zone");
    At(zoned.timestamp().as_millisecond())
}

fn rate(prefix: &str, band: Option<&str>, per_minute: i64) -> Rate {
    Rate { prefix: prefix.into(), band: band.map(str::to_owned), per_minute, ..Rate::default() }
}

fn band(name: &str, days: [bool; 7], from_minute: u16, to_minute: u16) -> Band {
    Band { name: name.into(), days, from_minute, to_minute }
}

fn table(bands: Vec<Band>, rates: Vec<Rate>) -> Table {
    Table { name: "Carrier".into(), currency: "EUR".into(), bands, rates }
}

const MOBILE: Number<'static> = Number { e164: Some("+491711234567"), dialled: "01711234567" };

fn charged(table: &Table, number: Number<'_>, time: &str, seconds: u32) -> Option<Charged> {
    assert_eq!(check(table), Ok(()), "the table can be used");
    cost(table, &berlin(), number, at(time), seconds)
}

fn amount(table: &Table, number: Number<'_>, time: &str, seconds: u32) -> Option<i64> {
    charged(table, number, time, seconds).map(|charged| charged.amount)
}

const MONDAY_NOON: &str = "2026-06-08T12:00";

#[test]
fn the_longest_prefix_that_fits_applies() {
    let rates = vec![
        rate("", None, 10_000),
        rate("+49", None, 600),
        rate("+49171", None, 1_800),
        rate("0171", None, 2_400),
        rate("01711", None, 3_000),
        rate("112", None, 0),
    ];
    let table = table(Vec::new(), rates);
    for (e164, dialled, wanted) in [
        (Some("+49891234567"), "0891234567", 600),
        (Some("+491721234567"), "01721234567", 600),
        (Some("+491711234567"), "01711234567", 1_800),
        (None, "01711234567", 3_000),
        (None, "01712234567", 2_400),
        (None, "112", 0),
        (Some("+12015550123"), "0012015550123", 10_000),
    ] {
        let number = Number { e164, dialled };
        assert_eq!(amount(&table, number, MONDAY_NOON, 60), Some(wanted), "{number:?}");
    }
    let only_germany = Table { rates: vec![rate("+49", None, 600)], ..table };
    let abroad = Number { e164: Some("+12015550123"), dialled: "0012015550123" };
    assert_eq!(
        amount(&only_germany, abroad, MONDAY_NOON, 60),
        None,
        "what has no rate has no cost, not none"
    );
}

#[test]
fn minimum_steps_fee_and_rounding_come_in_their_order() {
    let one = |rate: Rate| table(Vec::new(), vec![rate]);
    let plain = one(rate("", None, 190));
    for (seconds, wanted) in [(0, 0), (1, 3), (9, 29), (10, 32), (60, 190), (83, 263), (600, 1_900)] {
        assert_eq!(
            amount(&plain, MOBILE, MONDAY_NOON, seconds),
            Some(wanted),
            "{seconds} s, half up at the end"
        );
    }
    let minutes = one(Rate { step_seconds: 60, connect_fee: 500, ..rate("", None, 190) });
    let charged = charged(&minutes, MOBILE, MONDAY_NOON, 83).expect("a cost");
    assert_eq!(charged.amount, 880, "two whole minutes and the fee");
    assert_eq!(charged.says, "1:23 rounded up to 2:00, at 0.0190 EUR a minute, connect fee 0.05 EUR");
    let least = one(Rate { minimum_seconds: 30, step_seconds: 20, ..rate("", None, 600) });
    assert_eq!(amount(&least, MOBILE, MONDAY_NOON, 5), Some(400), "thirty seconds, in steps of twenty");
    let minimum = one(Rate { minimum: 1_000, connect_fee: 100, ..rate("", None, 600) });
    assert_eq!(amount(&minimum, MOBILE, MONDAY_NOON, 60), Some(1_000), "700 is less than it costs at least");
    assert_eq!(amount(&minimum, MOBILE, MONDAY_NOON, 120), Some(1_300), "1,300 is more");
}

#[test]
fn a_call_over_a_border_costs_each_part_its_own_price_and_the_fee_once() {
    let bands = vec![band("Day", WORKDAYS, 8 * 60, 18 * 60)];
    let day = Rate { connect_fee: 500, label: "Mobile, day".into(), ..rate("+49171", Some("Day"), 1_800) };
    let table = table(bands, vec![day, rate("+49171", None, 600)]);
    let over = charged(&table, MOBILE, "2026-06-08T17:58:30", 240).expect("a cost");
    assert_eq!(over.amount, 500 + 90 * 1_800 / 60 + 150 * 600 / 60, "90 s by day, 150 s after");
    assert_eq!(over.label, "Mobile, day", "the rate at the answer is named");
    assert_eq!(over.says, "4:00: 1:30 at 0.18, 2:30 at 0.06 EUR a minute, connect fee 0.05 EUR");
    assert_eq!(amount(&table, MOBILE, "2026-06-13T12:00", 60), Some(600), "on a Saturday, without the fee");
}

#[test]
fn the_first_band_that_has_a_rate_for_the_prefix_applies() {
    let bands = vec![
        band("Holiday", [false, false, false, false, false, true, true], 0, 0),
        band("Evening", EVERY_DAY, 18 * 60, 0),
    ];
    let rates = vec![
        rate("+49", None, 600),
        rate("+49", Some("Evening"), 300),
        rate("+49171", Some("Holiday"), 100),
        rate("+49", Some("Holiday"), 50),
    ];
    let table = table(bands, rates);
    let fixed = Number { e164: Some("+49891234567"), dialled: "0891234567" };
    for (number, time, wanted) in [
        (fixed, "2026-06-08T12:00", 600),
        (fixed, "2026-06-08T20:00", 300),
        (fixed, "2026-06-13T20:00", 50),
        (MOBILE, "2026-06-13T12:00", 100),
        (MOBILE, "2026-06-08T12:00", 600),
    ] {
        assert_eq!(amount(&table, number, time, 60), Some(wanted), "{time}");
    }
}

#[test]
fn a_part_without_a_rate_leaves_the_call_without_a_cost() {
    let day = band("Day", EVERY_DAY, 8 * 60, 18 * 60);
    let table = table(vec![day], vec![rate("", Some("Day"), 600)]);
    assert_eq!(amount(&table, MOBILE, "2026-06-08T17:59", 60), Some(600), "all of it by day");
    assert_eq!(
        amount(&table, MOBILE, "2026-06-08T17:59", 61),
        None,
        "nobody knows what the last second costs"
    );
}

#[test]
fn what_cannot_be_used_is_said_in_words() {
    let good = || table(vec![band("Day", WORKDAYS, 0, 60)], vec![rate("+49", Some("Day"), 1)]);
    let cases: Vec<(Table, &str)> = vec![
        (Table { name: " ".into(), ..good() }, "name"),
        (Table { currency: "Euro".into(), ..good() }, "three letters"),
        (Table { bands: Vec::new(), ..good() }, "band Day, which is not"),
        (
            Table { bands: vec![band("Day", WORKDAYS, 0, 60), band("Day", EVERY_DAY, 0, 60)], ..good() },
            "two time bands",
        ),
        (Table { bands: vec![band("Day", [false; 7], 0, 60)], ..good() }, "which days"),
        (Table { bands: vec![band("Day", WORKDAYS, 0, 1_441)], ..good() }, "24:00"),
        (Table { bands: vec![band("", WORKDAYS, 0, 60)], ..good() }, "a name"),
        (table(Vec::new(), vec![rate("+49", None, 1), rate("+49", None, 2)]), "Prefix +49 has two rates"),
        (table(Vec::new(), vec![rate("", None, 1), rate("", None, 2)]), "everything else has two rates"),
        (table(Vec::new(), vec![rate("49x", None, 1)]), "no prefix"),
        (table(Vec::new(), vec![rate("+", None, 1)]), "no prefix"),
        (table(Vec::new(), vec![rate("+49", None, -1)]), "below zero"),
    ];
    for (bad, word) in cases {
        let says = check(&bad).expect_err("it cannot be used");
        assert!(says.contains(word), "{says}");
    }
}

fn tables() -> impl Strategy<Value = Table> {
    let bands = proptest::collection::vec((any::<[bool; 7]>(), 0_u16..=1_440, 0_u16..=1_440), 0..4);
    let prefixes = proptest::sample::select(vec!["", "+49", "+49171", "0171", "+1"]);
    let numbers = (0_i64..5_000, 0_i64..5_000, 0_i64..5_000, 0_u32..120, 0_u32..120);
    let rates = proptest::collection::vec((prefixes, 0_usize..5, numbers), 0..8);
    (bands, rates).prop_map(|(bands, rates)| {
        let bands: Vec<Band> = bands
            .into_iter()
            .enumerate()
            .map(|(n, (mut days, from, to))| {
                days[0] = true;
                band(&n.to_string(), days, from, to)
            })
            .collect();
        let rates = rates.into_iter().map(|(prefix, band, (per_minute, fee, minimum, least, step))| Rate {
            connect_fee: fee,
            minimum,
            minimum_seconds: least,
            step_seconds: step,
            ..rate(prefix, bands.get(band).map(|band| band.name.as_str()), per_minute)
        });
        table(bands.clone(), rates.collect())
    })
}

/// A year with both changes of the clocks.
fn instants() -> impl Strategy<Value = At> {
    (0_i64..365 * 86_400).prop_map(|second| At(at("2026-01-01T00:00").0 + second * 1_000))
}

proptest! {
    #[test]
    fn a_cost_is_never_below_zero_and_never_falls_with_time(
        table in tables(),
        answered_at in instants(),
        seconds in 0_u32..200_000,
        more in 0_u32..10_000,
    ) {
        let shorter = cost(&table, &berlin(), MOBILE, answered_at, seconds);
        let longer = cost(&table, &berlin(), MOBILE, answered_at, seconds + more);
        if let (Some(shorter), Some(longer)) = (shorter, longer) {
            prop_assert!(shorter.amount >= 0, "{}", shorter.says);
            prop_assert!(longer.amount >= shorter.amount, "{} and then {}", shorter.says, longer.says);
        }
    }

    #[test]
    fn borders_between_equal_prices_change_nothing(
        plain in (0_i64..5_000, 0_i64..5_000, 0_i64..5_000, 0_u32..120, 0_u32..120),
        edges in proptest::collection::vec((any::<[bool; 7]>(), 0_u16..=1_440, 0_u16..=1_440), 0..4),
        answered_at in instants(),
        seconds in 0_u32..200_000,
    ) {
        let (per_minute, connect_fee, minimum, minimum_seconds, step_seconds) = plain;
        let everywhere = |band: Option<&str>| Rate {
            connect_fee,
            minimum,
            minimum_seconds,
            step_seconds,
            ..rate("", band, per_minute)
        };
        let bands: Vec<Band> =
            edges.into_iter().enumerate().map(|(n, (days, from, to))| band(&n.to_string(), days, from, to)).collect();
        let mut rates = vec![everywhere(None)];
        rates.extend(bands.iter().map(|band| everywhere(Some(&band.name))));
        let whole = cost(&table(Vec::new(), vec![everywhere(None)]), &berlin(), MOBILE, answered_at, seconds);
        let cut = cost(&table(bands, rates), &berlin(), MOBILE, answered_at, seconds);
        prop_assert_eq!(cut, whole, "to the words");
    }

    #[test]
    fn a_call_costs_what_its_seconds_cost_one_by_one(
        table in tables(),
        answered_at in instants(),
        seconds in 1_u32..400,
    ) {
        let bare = |factor: i64| Table {
            rates: table
                .rates
                .iter()
                .map(|known| rate(&known.prefix, known.band.as_deref(), known.per_minute * factor))
                .collect(),
            ..table.clone()
        };
        // Sixty times the price, so that a single second is rounded nowhere.
        let (once, sixtyfold) = (bare(1), bare(60));
        let one = |second: u32| {
            let at = answered_at.plus_ms(i64::from(second) * 1_000);
            cost(&sixtyfold, &berlin(), MOBILE, at, 1).map(|charged| charged.amount)
        };
        let each: Option<i64> = (0..seconds).map(one).sum();
        let whole = cost(&once, &berlin(), MOBILE, answered_at, seconds).map(|charged| charged.amount);
        prop_assert_eq!(whole, each.map(|sixtieths| (sixtieths + 30) / 60), "exactly, rounded once");
    }
}
