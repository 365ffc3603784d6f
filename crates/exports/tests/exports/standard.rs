//! Every standard report can be read, run and named.

use model::report::{Chapter, Definition, Rows};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/standard"))
}

fn order() -> Vec<String> {
    let text = std::fs::read_to_string(folder().join("index.json")).expect("the index is there");
    serde_json::from_str(&text).expect("the index is a list of names")
}

fn all() -> BTreeMap<String, Definition> {
    let read = |name: String| {
        let text =
            std::fs::read_to_string(folder().join(format!("{name}.json"))).expect("named in the index");
        let definition = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, definition)
    };
    order().into_iter().map(read).collect()
}

#[test]
fn every_standard_report_can_be_run() {
    for (name, definition) in all() {
        assert_eq!(definition.trouble(), None, "{name} can be run as it is");
        assert!(definition.says.ends_with('.') && definition.says.len() > 20, "{name} says what it answers");
        if let (Some(sort), Rows::Summed { measures, .. }) = (definition.sort, &definition.rows) {
            assert!((sort.column as usize) < measures.len(), "{name} is sorted by a column it has");
        }
        if let Some(chart) = &definition.chart {
            let Rows::Summed { measures, by } = &definition.rows else {
                panic!("{name}: details have no chart")
            };
            assert!(!by.is_empty(), "{name}: one row alone is no chart");
            assert!(!chart.measures.is_empty(), "{name} draws something");
            let unit = chart.measures[0].unit();
            for drawn in &chart.measures {
                assert!(measures.contains(drawn), "{name} draws a measure it has: {drawn:?}");
                assert_eq!(drawn.unit(), unit, "{name} draws on one axis");
            }
        }
    }
}

#[test]
fn there_are_enough_in_every_chapter_and_names_differ() {
    let all = all();
    assert!(all.len() >= 44, "at least 44 standard reports: {}", all.len());
    for chapter in Chapter::ALL {
        let of = all.values().filter(|definition| definition.chapter == chapter).count();
        assert!(of >= 3, "{chapter:?} has something to choose from: {of}");
    }
    let titles: BTreeSet<&str> = all.values().map(|definition| definition.name.as_str()).collect();
    assert_eq!(titles.len(), all.len(), "no two reports have one name");
}

#[test]
fn the_index_and_the_folder_agree() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "index")
        .collect();
    let order = order();
    assert_eq!(
        order.iter().cloned().collect::<BTreeSet<_>>(),
        files,
        "every file is in the index and the other way"
    );
    assert_eq!(order.len(), files.len(), "none is named twice");
    let chapters: Vec<Chapter> = order.iter().map(|name| all()[name].chapter).collect();
    assert!(chapters.is_sorted(), "the index goes by chapters");
}
