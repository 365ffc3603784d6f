//! What names of files say.

use jiff::civil::datetime;
use proptest::prelude::*;
use recordings::naming::{PRESETS, Pattern, Towards, When};

fn read(pattern: &str, name: &str) -> recordings::naming::Named {
    Pattern::new(pattern).expect("a pattern").read(name).expect("the pattern fits the name")
}

fn wrong(pattern: &str) -> (usize, String) {
    let error = Pattern::new(pattern).expect_err("a pattern with a mistake");
    (error.at, error.says)
}

#[test]
fn a_name_in_the_manner_of_3cx_says_all_that_it_says() {
    let named = read(
        "[{name?}]_{from}-{to}_{time:YYYYMMDDHHmmss}({call_id})",
        "[Ann Keller]_204-0301234567_20261121093005(17).wav",
    );
    assert_eq!(named.extension.as_deref(), Some("204"), "the short one is the extension");
    assert_eq!(named.number.as_deref(), Some("0301234567"), "the long one is outside");
    assert_eq!(named.towards, Some(Towards::Outbound), "from the extension to the outside");
    assert_eq!(
        named.started,
        Some(When::Office(datetime(2026, 11, 21, 9, 30, 5, 0))),
        "by the office's clock"
    );
    assert_eq!(named.call_id.as_deref(), Some("17"), "the id in brackets");
    assert_eq!(named.name.as_deref(), Some("Ann Keller"), "the name in square brackets");
    let fields: Vec<&str> = named.fields.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["name", "from", "to", "time", "call_id"], "shown in the order of the name");
}

#[test]
fn an_inbound_call_has_its_extension_on_the_other_side() {
    let named = read("{from}-{to}_{time:YYYYMMDDHHmmss}", "+493012345678-204_20261121093005.WAV");
    assert_eq!(named.towards, Some(Towards::Inbound), "from outside to the extension");
    assert_eq!(named.number.as_deref(), Some("+493012345678"), "a plus belongs to the number");
    assert_eq!(named.extension.as_deref(), Some("204"), "whose phone it is");
}

#[test]
fn a_withheld_number_is_none() {
    let named = read("{extension}_{number}_{time:YYYYMMDDHHmmss}", "204_Anonymous_20261121093005.wav");
    assert_eq!(named.number, None, "a word stands where the number is missing");
    assert_eq!(named.extension.as_deref(), Some("204"), "the rest is read all the same");
}

#[test]
fn times_of_other_clocks_are_read() {
    let utc = read("{time_utc:YYYY-MM-DDTHH-mm-ssZ}", "2026-11-21T08-30-05Z.opus");
    assert_eq!(utc.started, Some(When::Utc(1_795_249_805_000)), "said to be UTC");
    let epoch = read("{extension}-{epoch}", "204-1795249805.mp3");
    assert_eq!(epoch.started, Some(When::Utc(1_795_249_805_000)), "seconds since 1970");
    let noon = read("{time:MM-DD-YYYY hh.mm.ss AM}", "11-21-2026 12.05.09 PM.wav");
    assert_eq!(noon.started, Some(When::Office(datetime(2026, 11, 21, 12, 5, 9, 0))), "noon is 12 PM");
    let midnight = read("{time:MM-DD-YYYY hh.mm.ss AM}", "11-21-2026 12.05.09 am.wav");
    assert_eq!(midnight.started, Some(When::Office(datetime(2026, 11, 21, 0, 5, 9, 0))), "midnight is 12 AM");
}

#[test]
fn digits_that_are_no_time_are_no_time() {
    let pattern = Pattern::new("{time:YYYYMMDDHHmmss}").expect("a pattern");
    assert_eq!(pattern.read("20261321093005.wav"), None, "there is no month 13");
    assert_eq!(pattern.read("20260230093005.wav"), None, "February has no 30th");
    assert_eq!(pattern.read("2026112109300.wav"), None, "a digit is missing");
}

#[test]
fn digits_of_other_scripts_are_no_extension() {
    let pattern = Pattern::new("{extension}_{any}").expect("a pattern");
    let fits = |name: &str| pattern.read(name).is_some();
    assert!(fits("204_x"), "as a PBX writes it");
    // No phone has it, and no record would ever meet it.
    assert!(!fits("\u{662}\u{660}\u{664}_x"), "Arabic-Indic digits");
}

#[test]
fn a_dot_in_the_name_stays_and_only_the_ending_goes() {
    let named = read("{group}.{extension}", "Sales.North.204.flac");
    assert_eq!(named.group.as_deref(), Some("Sales.North"), "the last dot but one is part of the group");
}

#[test]
fn mistakes_in_a_pattern_are_told_with_their_place() {
    assert_eq!(wrong("").1, "The pattern is empty.");
    assert_eq!(wrong("abc_{extension").0, 4, "the brace that is never closed");
    assert_eq!(wrong("abc}").0, 3, "the brace that closes nothing");
    let (at, says) = wrong("{extension}_{colour}");
    assert_eq!(at, 12, "the field that is not known");
    assert!(says.contains("{colour}") && says.contains("extension"), "names it and what there is: {says}");
    assert!(wrong("{time}").1.contains("YYYYMMDDHHmmss"), "shows a form");
    assert!(wrong("{time:YYYYMM}").1.contains("hour"), "says what the time lacks");
    assert!(wrong("{time:YYYYQQ}").1.contains('Q'), "names the letter");
    assert!(wrong("{extension}{extension}").1.contains("second time"), "a field stands once");
    assert!(wrong("plain").1.contains("no field"), "a pattern without fields says nothing");
    assert_eq!(wrong(&"x".repeat(400)).0, 200, "too long");
}

#[test]
fn every_preset_is_a_pattern_and_has_an_id_of_its_own() {
    let mut ids: Vec<i64> = PRESETS.iter().map(|preset| preset.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), PRESETS.len(), "ids are told apart");
    assert!(ids.iter().all(|id| *id < 0), "and from those of people");
    for preset in PRESETS {
        assert!(Pattern::new(preset.pattern).is_ok(), "{}", preset.name);
    }
}

#[test]
fn a_pattern_made_to_be_large_is_refused_before_it_takes_memory() {
    let (at, says) = wrong(&format!("{}{{extension}}", "*".repeat(180)));
    assert_eq!(at, 0, "as a whole");
    assert!(says.contains("too complicated"), "{says}");
}

#[test]
fn a_name_made_to_be_slow_is_not() {
    let pattern = Pattern::new("{any}_{any}_{any}_{any}_{any}_{name}_{group}x").expect("a pattern");
    let begun = std::time::Instant::now();
    assert_eq!(pattern.read(&"_".repeat(1_000)), None, "it does not fit");
    assert!(begun.elapsed().as_secs() < 2, "linear in the length of the name");
    assert_eq!(pattern.read(&"a".repeat(100_000)), None, "too long to be a name");
}

proptest! {
    #[test]
    fn any_pattern_and_any_name_end_without_a_panic(pattern in ".{0,60}", name in ".{0,120}") {
        if let Ok(pattern) = Pattern::new(&pattern) {
            let _ = pattern.read(&name);
        }
    }

    #[test]
    fn what_a_preset_wrote_it_reads(extension in 100_u32..9999, number in 100_000_000_u64..9_999_999_999, second in 0_u32..60) {
        let name = format!("{extension}_0{number}_202611210930{second:02}.wav");
        let named = read("{extension}_{number}_{time:YYYYMMDDHHmmss}", &name);
        prop_assert_eq!(named.extension, Some(extension.to_string()));
        prop_assert_eq!(named.number, Some(format!("0{number}")));
        prop_assert_eq!(named.started, Some(When::Office(datetime(2026, 11, 21, 9, 30, second as i8, 0))));
    }
}
