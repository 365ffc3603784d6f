//! What an office dials and hears is compared by one key, and what nobody could dial has none.

use numbers::Dialling;

#[test]
fn a_number_has_one_key_however_it_was_dialled_sent_or_typed() {
    let munich = Dialling::new(Some("DE"), "0, 9");
    for number in [
        "+498955501432",
        "+49 89 5550 1432",
        "+49 (0)89 5550-1432",
        "0049 89 5550 1432",
        "089/5550-1432",
        "498955501432",
        // With what is dialled to get a line, as some trunks show it.
        "008955501432",
        "9004989 5550 1432",
        "0089 5550 1432",
    ] {
        assert_eq!(munich.key(number).as_deref(), Some("+498955501432"), "{number}");
    }
    let london = Dialling::new(Some("GB"), "9");
    assert_eq!(london.key("902071838750").as_deref(), Some("+442071838750"), "nine for a line");
    let boston = Dialling::new(Some("US"), "9");
    for number in ["2015550123", "12015550123", "912015550123", "92015550123", "(201) 555-0123"] {
        assert_eq!(boston.key(number).as_deref(), Some("+12015550123"), "{number}");
    }
    let milan = Dialling::new(Some("IT"), "9");
    assert_eq!(milan.key("0236618300").as_deref(), Some("+390236618300"), "its zero is part of the number");
    assert_eq!(milan.key("90236618300").as_deref(), Some("+390236618300"), "behind a nine for a line");
}

#[test]
fn what_the_world_could_not_dial_has_no_key() {
    for country in ["DE", "GB", "US", "FR", "IT", "ES", "NO", "AU"] {
        let dialling = Dialling::new(Some(country), "9,0");
        for number in
            ["204", "2041", "112", "911", "999", "110", "*21#", "anonymous", "", "9", "0", "+", "+999123456"]
        {
            assert_eq!(dialling.key(number), None, "{number:?} in {country}");
        }
    }
    let munich = Dialling::new(Some("DE"), "0");
    for number in ["116117", "0112", "55501432", "00498955501432000000000", "+49", "+4911"] {
        assert_eq!(munich.key(number), None, "{number:?}");
    }
}

#[test]
fn without_a_country_nothing_has_a_key() {
    for dialling in [Dialling::default(), Dialling::new(None, "9"), Dialling::new(Some("Atlantis"), "9")] {
        assert_eq!(dialling.key("+498955501432"), None, "numbers are compared by their digits");
        assert_eq!(dialling.beginning("+49"), None, "typed ones too");
        assert_eq!(dialling.shown("+498955501432"), None, "and shown as they came");
    }
}

#[test]
fn the_beginning_of_a_number_that_is_being_typed_is_known_by_its_prefix() {
    let munich = Dialling::new(Some("DE"), "0");
    for (typed, beginning) in [
        ("089", Some("+4989")),
        ("089/55", Some("+498955")),
        ("0895550", Some("+49895550")),
        ("+49 89 5", Some("+49895")),
        ("0043 1", Some("+431")),
        ("55501432", None),
        ("0", None),
        ("00", None),
        ("Keller", None),
    ] {
        assert_eq!(munich.beginning(typed).as_deref(), beginning, "{typed}");
    }
    let boston = Dialling::new(Some("US"), "9");
    assert_eq!(boston.beginning("(201) 555-0123").as_deref(), Some("+12015550123"), "a whole number");
    assert_eq!(boston.beginning("555"), None, "could stand anywhere in one");
}
