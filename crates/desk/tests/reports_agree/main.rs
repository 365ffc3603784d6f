//! Reports over a year of the simulated office, with two changes of clocks, beside the second computation in plain loops.

#[path = "../../../reports/tests/agree/directory.rs"]
#[allow(dead_code, reason = "shared with the engine's own tests")]
mod directory;
#[path = "../../../reports/tests/agree/figure.rs"]
mod figure;
#[path = "../../../reports/tests/agree/office.rs"]
#[allow(dead_code, reason = "shared with the engine's own tests")]
mod office;
#[path = "../../../reports/tests/agree/plain.rs"]
#[allow(dead_code, reason = "shared with the engine's own tests")]
mod plain;
#[path = "../../../reports/tests/agree/rows.rs"]
#[allow(dead_code, reason = "shared with the engine's own tests")]
mod rows;

use contract::directory::{Holding, NameSource, PersonEntry, SavePerson};
use contract::reports::{Asked, RunReport};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Clock, Desk, Opening, RunOnlyKeychain, Start};
use figure::figure;
use jiff::civil::date;
use model::report::{Definition, Dimension, Measure, Period, Scope, Value};
use model::{Call, SiteId};
use office::{FROM, HANDOVER, TO};
use plain::{Part, parts};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use store::{CallFilter, CallSort, Library, PageRequest};

/// A year of a simulated office whose people are those of the second computation.
async fn year(folder: &Path) -> Desk {
    let opening = Opening {
        library: folder.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::by_hand(TO)),
        spoken: desk::Language::English,
    };
    let desk = Desk::open(opening).await.expect("the library opens");
    let site = Site { name: "Office".to_owned(), time_zone: "Europe/Berlin".to_owned(), ..Site::default() };
    let saved =
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved");
    assert_eq!(saved.site.id, 1, "the site that the people are of");
    let handover = Some(HANDOVER.0);
    for (name, held) in [
        ("Person 1", vec![("201", None, None)]),
        ("Person 2", vec![("202", None, handover)]),
        ("Person 3", vec![("202", handover, None)]),
        ("Person 4", vec![("204", None, None), ("205", None, None)]),
    ] {
        let extensions = held.into_iter().map(|(extension, from_ms, to_ms)| Holding {
            site: 1,
            extension: extension.to_owned(),
            from_ms,
            to_ms,
        });
        let person = PersonEntry {
            id: 0,
            name: name.to_owned(),
            extensions: extensions.collect(),
            source: NameSource::Hand,
        };
        desk.answer(SavePerson { person }).await.expect("a person");
    }
    let rows = simulator::history(11, &directory::zone(), date(2026, 1, 1), date(2027, 1, 1));
    desk.import_smdr(SiteId(1), rows.as_slice(), |_| {}).await.expect("imported");
    desk
}

async fn calls(folder: &Path) -> Vec<Call> {
    let reader = Library::open_reader(folder).await.expect("a reader");
    let mut request =
        PageRequest { filter: CallFilter::default(), sort: CallSort::OldestFirst, after: None, limit: 500 };
    let mut calls = Vec::new();
    loop {
        let page = reader.calls(&request).await.expect("a page");
        calls.extend(page.calls);
        request.after = page.next;
        if request.after.is_none() {
            return calls;
        }
    }
}

/// Of calls alone: what phones did, what goes on at once, and what costs and recorders add have tests of their own.
fn of_calls(by: &[Dimension]) -> Vec<Measure> {
    let scope = Scope::of(by);
    let apart = [
        Measure::PeakCalls,
        Measure::PeakQueue,
        Measure::Saturation,
        Measure::HandleTime,
        Measure::AverageHandle,
        Measure::Cost,
        Measure::AverageCost,
        Measure::CostedCalls,
    ];
    let all = Measure::ALL.iter().copied();
    all.filter(|measure| {
        measure.is_known_of(scope, by) && !measure.is_of_states() && !apart.contains(measure)
    })
    .collect()
}

fn definition(by: &[Dimension], measures: &[Measure]) -> Definition {
    let json = serde_json::json!({
        "format": 1, "name": "Test", "says": "What the test asks.", "chapter": "calls",
        "rows": { "are": "summed", "by": by, "measures": measures },
    });
    serde_json::from_value(json).expect("a definition")
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Share(a), Value::Share(b)) => (a - b).abs() < 1e-6,
        _ => a == b,
    }
}

fn split<'p, 'c>(parts: &'p [Part<'c>], by: &[Dimension]) -> BTreeMap<Vec<String>, Vec<&'p Part<'c>>> {
    let mut split: BTreeMap<Vec<String>, Vec<&Part<'_>>> = BTreeMap::new();
    for part in parts {
        let mut words: Vec<Vec<String>> = vec![Vec::new()];
        for by in by {
            let own = rows::words(part, *by);
            let longer =
                |words: Vec<String>| own.iter().map(move |word| [words.clone(), vec![word.clone()]].concat());
            words = words.into_iter().flat_map(longer).collect();
        }
        for words in words {
            split.entry(words).or_default().push(part);
        }
    }
    split
}

#[tokio::test]
async fn every_measure_of_a_simulated_year_agrees_with_plain_loops() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("library");
    let desk = year(&place).await;
    let calls = calls(&place).await;
    assert!(calls.len() > 20_000, "a year of an office: {}", calls.len());
    let added = BTreeMap::new();
    for by in [
        &[][..],
        &[Dimension::Person],
        &[Dimension::OutsideNumber],
        &[Dimension::LocalNumber],
        &[Dimension::Direction],
        &[Dimension::Trunk],
        &[Dimension::EventSequence],
        &[Dimension::Hour],
        &[Dimension::Week],
        &[Dimension::DayOfWeek, Dimension::HourOfDay],
        &[Dimension::Person, Dimension::Month],
    ] {
        let measures = of_calls(by);
        let asked = Asked { period: Period::Custom { from_ms: FROM.0, to_ms: TO.0 }, compared: false };
        let ask =
            RunReport { run: 1, definition: definition(by, &measures), asked, limit: 5_000, after: None };
        let table = desk.answer(ask).await.expect("the report runs").table;
        let parts = parts(&calls, &added, Scope::of(by));
        let all = parts.iter().map(|part| part.call.id.0).collect::<BTreeSet<_>>().len();
        let wanted = split(&parts, by);
        let mut seen = 0;
        for row in &table.rows {
            let words: Vec<String> = by.iter().zip(&row.key).map(|(by, key)| rows::word(*by, key)).collect();
            let own = wanted.get(&words).cloned().unwrap_or_default();
            seen += usize::from(!own.is_empty());
            for (measure, value) in measures.iter().zip(&row.values) {
                let plainly = figure(*measure, &own, all);
                assert!(
                    same(value, &plainly),
                    "{measure:?} of {words:?} by {by:?}: {value:?}, plainly {plainly:?}"
                );
            }
        }
        if table.rows_left_off == 0 {
            assert_eq!(seen, wanted.len(), "by {by:?}: every row that calls are in is in the table");
        }
    }
}
