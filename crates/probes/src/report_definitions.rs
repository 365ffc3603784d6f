//! Shared report definitions.

mod day;

use day::{NOW, leaves, office};
use model::At;
use model::report::{Definition, Rows};
use reports::{Calendar, Leaf, Marks, Page, Plan, Run, Service, Stretch, read};
use std::sync::Arc;

const DAY_MS: i64 = 24 * 3_600 * 1_000;
/// Longer times only make more empty rows.
const DAYS_MAX: i64 = 10;
const ROWS_MAX: usize = 500;

/// What is wrong with a definition is told in a sentence; one that can be read is the same when written and read again; one
/// that can be run gives a table in which every row has a value for each column, no more rows than asked, made of the calls
/// that stand behind it.
pub fn report_definitions(data: &[u8]) {
    let definition = match read(&String::from_utf8_lossy(data)) {
        Ok(definition) => definition,
        Err(trouble) => {
            assert!(trouble.to_string().ends_with('.'), "a sentence: {trouble}");
            return;
        }
    };
    let json = serde_json::to_string_pretty(&definition).expect("JSON");
    match read(&json) {
        Ok(again) => assert_eq!(again, definition, "written and read again"),
        // Set out in lines it may have become too large.
        Err(trouble) => assert!(json.len() > data.len(), "{trouble}"),
    }
    match Plan::of(&definition, Service::default()) {
        Ok(plan) => run(&definition, &Arc::new(plan)),
        Err(trouble) => assert!(trouble.ends_with('.'), "a sentence: {trouble}"),
    }
}

fn run(definition: &Definition, plan: &Arc<Plan>) {
    let calendar = Calendar::new(jiff::tz::TimeZone::UTC);
    let stretch = match calendar.stretch(definition.period, NOW) {
        Ok(stretch) => stretch,
        Err(trouble) => {
            assert!(trouble.ends_with('.'), "a sentence: {trouble}");
            return;
        }
    };
    let _ = calendar.stretch_before(definition.period, NOW);
    let to = stretch.to.min(At(stretch.from.0 + DAYS_MAX * DAY_MS));
    let office = Arc::new(office());
    for stretch in [Stretch { to, ..stretch }, Stretch { from: At(NOW.0 - DAY_MS), to: At(NOW.0 + DAY_MS) }] {
        assert!(!calendar.words(stretch).is_empty(), "a time in words");
        let mut page = Page::new(plan, &office, stretch, &[], None, usize::MAX);
        for leaf in leaves() {
            page.take(leaf, &Marks::default()).expect("all columns are there");
        }
        let calls = page.into_calls().len();
        assert!(calls <= leaves().iter().map(Leaf::calls).sum(), "{calls} calls");
        let Rows::Summed { by, measures } = &definition.rows else { continue };
        let mut run = Run::new(plan, &office, stretch);
        for leaf in leaves() {
            run.take(leaf, &Marks::default()).expect("all columns are there");
        }
        let table = run.finish(ROWS_MAX);
        assert!(table.rows.len() <= ROWS_MAX, "{} rows", table.rows.len());
        assert_eq!(table.columns.len(), measures.len(), "a column for each figure");
        assert_eq!((table.keys.len(), table.totals.len()), (by.len(), measures.len()), "heads and totals");
        for row in &table.rows {
            assert_eq!(
                (row.key.len(), row.label.len()),
                (by.len(), by.len()),
                "a row says what it stands for"
            );
            assert_eq!(row.values.len(), measures.len(), "a value for each column");
        }
        assert!(
            table.made_of == 0 || calls > 0,
            "made of {} calls, of which none stands behind",
            table.made_of
        );
    }
}
