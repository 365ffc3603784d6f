//! The keys made by rules are those of the library that the rules are taken from, for every country it knows.

use numbers::{Dialling, countries};
use phonenumber::Mode;
use phonenumber::metadata::{DATABASE, Descriptor, Metadata};

/// Examples of all kinds of numbers that can be dialled from abroad.
fn examples(metadata: &Metadata) -> Vec<&str> {
    let kinds = metadata.descriptors();
    let dialable: [Option<&Descriptor>; 9] = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
    ];
    dialable.into_iter().flatten().filter_map(Descriptor::example).collect()
}

/// Nobody there writes the national prefix.
fn is_written_bare(metadata: &Metadata) -> bool {
    metadata.formats().iter().all(|format| format.national_prefix().is_none())
}

#[test]
fn examples_of_every_country_have_the_librarys_own_key_however_they_are_written() {
    let mut differing = Vec::new();
    let (mut compared, mut misread) = (0, Vec::new());
    for (country, name) in countries::all() {
        let metadata = DATABASE.by_id(country).expect("a known country");
        let dialling = Dialling::new(Some(country), "");
        for example in examples(metadata) {
            let wanted = format!("+{}{example}", metadata.country_code());
            let number = phonenumber::parse(None, &wanted).expect("the library reads its own example");
            let mut forms = vec![wanted.clone()];
            if number.format().mode(Mode::E164).to_string() == wanted {
                let national = number.format().mode(Mode::National).to_string();
                // Where the library knows no way to write a number, it prints what follows the calling code.
                let prefix =
                    metadata.national_prefix().filter(|_| national == example && !is_written_bare(metadata));
                forms.push(format!("{}{national}", prefix.unwrap_or_default()));
                forms.push(number.format().mode(Mode::International).to_string());
            } else {
                misread.push(country);
            }
            for written in forms {
                compared += 1;
                let key = dialling.key(&written);
                if key.as_deref() != Some(wanted.as_str()) {
                    differing.push(format!("{name} ({country}): {written} gives {key:?}, not {wanted}"));
                }
            }
        }
    }
    assert!(compared > 3_000, "every country was tried: {compared}");
    assert!(differing.is_empty(), "{} of {compared} differ:\n{}", differing.len(), differing.join("\n"));
    misread.dedup();
    assert_eq!(
        misread,
        ["BY", "KZ", "LT", "RU"],
        "where the library takes a leading 8 for the national prefix"
    );
}

#[test]
fn numbers_called_from_abroad_have_the_same_key_everywhere() {
    for (here, international) in [("DE", "00"), ("US", "011"), ("JP", "010"), ("AU", "0011"), ("BR", "0014")]
    {
        let dialling = Dialling::new(Some(here), "");
        for (country, name) in countries::all() {
            let metadata = DATABASE.by_id(country).expect("a known country");
            for example in examples(metadata) {
                let wanted = format!("+{}{example}", metadata.country_code());
                let dialled = format!("{international}{}", &wanted[1..]);
                assert_eq!(dialling.key(&dialled).as_ref(), Some(&wanted), "{name}, from {here}");
            }
        }
    }
}
