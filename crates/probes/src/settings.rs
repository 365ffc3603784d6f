//! Files with settings.

use contract::FailureCode;
use contract::portable::{ChangeKind, SettingsPart};
use portable::{Ids, PARTS, Piece, SettingsFile, is_not_here, plan};
use recordings::naming::Pattern;
use std::collections::BTreeSet;

/// What is wrong with a file is told in a sentence; what can be read is the same when written and read again; in a library
/// without anything everything is new and nothing in it is taken for something that is there; in the library that it came
/// from nothing would change.
pub fn settings(data: &[u8]) {
    let file = match SettingsFile::read(&String::from_utf8_lossy(data)) {
        Ok(file) => file,
        Err(failure) => {
            assert_eq!(failure.code, FailureCode::Invalid, "{}", failure.message);
            assert!(failure.message.ends_with('.'), "a sentence: {}", failure.message);
            return;
        }
    };
    let json = file.to_json();
    let again = SettingsFile::read(std::str::from_utf8(&json).expect("JSON is text")).expect("our own file");
    assert_eq!(again, file, "written and read again");
    assert_eq!(again.to_json(), json, "to the same bytes");
    assert!(file.in_words().starts_with("In it: ") && file.in_words().ends_with('.'), "a sentence");
    elsewhere(&file);
    at_home(&file);
    for report in &file.reports {
        assert!(report.definition.trouble().is_none_or(|trouble| trouble.ends_with('.')), "a sentence");
    }
    for naming in &file.namings {
        let _ = Pattern::new(&naming.pattern);
    }
    if let Some(hours) = &file.hours {
        let _ = reports::check_hours(&hours.hours);
    }
}

fn elsewhere(file: &SettingsFile) {
    let here = SettingsFile::empty("0", 0);
    let local = file.clone().with(&Ids::by_name(file, &here));
    let ids = local.sites.iter().map(|site| site.id).chain(local.people.iter().map(|person| person.id));
    assert!(ids.chain(local.namings.iter().map(|naming| naming.id)).all(|id| id == 0), "everything is new");
    let held = local.people.iter().flat_map(|person| &person.extensions).map(|held| held.site);
    let rated = local.rates.iter().flat_map(|table| table.sites.iter().copied());
    let sources = local.recording_sources.iter().map(|source| source.site);
    let numbers = local.numbers.iter().map(|number| number.site);
    for site in held.chain(rated).chain(sources).chain(numbers) {
        assert!(is_not_here(site), "phone system {site} is not here");
    }
    for part in PARTS {
        let planned = plan(part, &local, &here);
        assert_eq!(planned.same, 0, "nothing is here already");
        for change in planned.changes {
            assert_eq!((change.shown.kind, change.shown.part), (ChangeKind::Added, part), "all of it is new");
        }
    }
}

fn at_home(file: &SettingsFile) {
    let local = file.clone().with(&Ids::by_name(file, file));
    // Two of one name are one to the library that they came from.
    let names: BTreeSet<&str> = file.sites.iter().map(|site| site.name.as_str()).collect();
    let ids: BTreeSet<i64> = file.sites.iter().map(|site| site.id).collect();
    if (names.len(), ids.len()) != (file.sites.len(), file.sites.len()) {
        return;
    }
    let planned = plan(SettingsPart::PhoneSystem, &local, file);
    assert_eq!(
        (planned.changes.len(), planned.same as usize),
        (0, names.len()),
        "every phone system is here"
    );
    for part in [SettingsPart::Retention, SettingsPart::Encoding, SettingsPart::Mail] {
        assert!(plan(part, &local, file).changes.is_empty(), "{part:?} would not change");
    }
    for change in plan(SettingsPart::Rates, &local, file).changes {
        let Piece::Rates(table) = change.piece else { panic!("rates are planned as rates") };
        let is_known = |site: &i64| ids.contains(site) || is_not_here(*site);
        assert!(table.sites.iter().all(is_known), "only phone systems of the file: {:?}", table.sites);
    }
}
