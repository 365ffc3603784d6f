use super::*;

fn head() -> HeadDraft {
    HeadDraft { name: "Telekom".into(), currency: "eur".into(), ..HeadDraft::default() }
}

fn evening() -> BandDraft {
    let days = [true, true, true, true, true, false, false];
    BandDraft { name: "Evening".into(), days, from: "18:00".into(), to: "8:00".into() }
}

fn rate(prefix: &str, per_minute: &str) -> RateDraft {
    RateDraft { prefix: prefix.into(), per_minute: per_minute.into(), ..RateDraft::default() }
}

fn places(complaints: &[Complaint]) -> Vec<Place> {
    complaints.iter().map(|complaint| complaint.place).collect()
}

#[test]
fn a_filled_form_becomes_a_table() {
    let mut german = rate("+49 30", "0,019");
    german.band = "Evening".into();
    german.step_seconds = "60".into();
    let table = table(&head(), &[evening()], &[german, rate("", "0.29")]).unwrap();
    assert_eq!(table.currency, "EUR", "currencies are written in capitals");
    let first = &table.rates[0];
    assert_eq!((first.prefix.as_str(), first.per_minute), ("+4930", 190), "without the blank, exactly");
    assert_eq!(first.band.as_deref(), Some("Evening"), "at that time");
    assert_eq!((first.step_seconds, first.minimum), (60, 0), "what was not typed is not asked for");
    assert_eq!((table.bands[0].from_minute, table.bands[0].to_minute), (1_080, 480), "over midnight");
}

#[test]
fn a_stored_table_comes_back_as_it_was() {
    let mut whole = rate("+1", "0.0001");
    whole.label = "North America".into();
    whole.connect_fee = "0.05".into();
    whole.minimum = "0.10".into();
    whole.minimum_seconds = "30".into();
    let stored = table(&head(), &[evening()], &[whole]).unwrap();
    let bands: Vec<BandDraft> = stored.bands.iter().map(BandDraft::of).collect();
    let rates: Vec<RateDraft> = stored.rates.iter().map(RateDraft::of).collect();
    assert_eq!(
        table(&HeadDraft::of(&stored), &bands, &rates),
        Ok(stored),
        "opening and saving changes nothing"
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_where() {
    let wrong = RateDraft { per_minute: "cheap".into(), minimum_seconds: "1.5".into(), ..rate("+49x", "") };
    let nameless = BandDraft { name: String::new(), ..evening() };
    let mut late = rate("1", "1");
    late.band = "Night".into();
    let complaints = table(&HeadDraft::default(), &[nameless], &[wrong, late]).unwrap_err();
    assert_eq!(
        places(&complaints),
        [
            Place::Name,
            Place::Currency,
            Place::Band(0),
            Place::Rate(0, Column::Prefix),
            Place::Rate(0, Column::PerMinute),
            Place::Rate(0, Column::MinimumSeconds),
            Place::Rate(1, Column::Band),
        ],
        "in the order of the form"
    );
}

#[test]
fn a_line_into_which_nothing_was_typed_does_not_count() {
    let table_of = |rates: &[RateDraft]| table(&head(), &[], rates);
    assert_eq!(table_of(&[rate("", "0.1"), RateDraft::default()]).unwrap().rates.len(), 1, "left out");
    assert_eq!(places(&table_of(&[RateDraft::default()]).unwrap_err()), [Place::Rates], "none is left then");
}

#[test]
fn two_times_of_the_week_need_two_names() {
    let complaints = table(&head(), &[evening(), evening()], &[rate("", "0.1")]).unwrap_err();
    assert_eq!(places(&complaints), [Place::Band(1)], "rates could not tell them apart");
}

#[test]
fn times_are_read_as_a_page_gives_them() {
    for (text, minute) in [("18:00", Some(1_080)), ("8:05:00", Some(485)), ("24:00", None), ("noon", None)] {
        assert_eq!(minute_of(text), minute, "{text:?}");
    }
}

#[test]
fn a_length_is_typed_as_on_a_phone_or_in_seconds() {
    for (text, seconds) in [("1:23", Some(83)), ("90", Some(90)), ("0:75", None), ("long", None), ("", None)]
    {
        assert_eq!(seconds_of(text), seconds, "{text:?}");
    }
}
