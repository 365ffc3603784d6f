use super::*;

fn draft() -> (HoursDraft, u32) {
    let view = HoursView { hours: OfficeHours::default(), service: Service::default() };
    let mut draft = HoursDraft::of(&view, 2026);
    let key = draft.add_place(1, None);
    (draft, key)
}

fn put(draft: &mut HoursDraft, place: u32, day: usize, spans: &[(&str, &str)]) {
    let spans =
        spans.iter().map(|(from, to)| SpanDraft { key: 0, from: (*from).into(), to: (*to).into() }).collect();
    draft.place_mut(place).expect("the place is there").week[day] = spans;
}

#[test]
fn a_new_place_is_open_on_workdays() {
    let (draft, _) = draft();
    let saved = draft.to_save().expect("nothing is wrong with it");
    let week = &saved.hours.of[0].hours.week;
    assert_eq!(week[0], [Open { from_minute: 540, to_minute: 1_020 }], "nine to five");
    assert!(week[5].is_empty() && week[6].is_empty(), "closed at the weekend");
}

#[test]
fn a_lunch_break_splits_the_day() {
    let (mut draft, key) = draft();
    put(&mut draft, key, 0, &[("13:00", "17:00"), ("08:00", "12:00")]);
    let saved = draft.to_save().expect("the two do not overlap");
    let monday: Vec<u16> = saved.hours.of[0].hours.week[0].iter().map(|open| open.from_minute).collect();
    assert_eq!(monday, [480, 780], "in order of time");
}

#[test]
fn times_that_overlap_are_refused_in_words() {
    let (mut draft, key) = draft();
    put(&mut draft, key, 2, &[("08:00", "12:00"), ("11:00", "17:00")]);
    let wrong = draft.to_save().expect_err("an hour is there twice");
    assert_eq!(wrong, ["Wednesday: two times overlap."], "it says which day");
}

#[test]
fn a_night_shift_ends_on_the_next_day() {
    let (mut draft, key) = draft();
    put(&mut draft, key, 4, &[("22:00", "06:00")]);
    let saved = draft.to_save().expect("Saturday is closed");
    assert_eq!(
        saved.hours.of[0].hours.week[4],
        [Open { from_minute: 1_320, to_minute: 360 }],
        "the end is before the beginning"
    );
    put(&mut draft, key, 5, &[("05:00", "12:00")]);
    assert!(draft.to_save().is_err(), "five to six would be there twice");
}

#[test]
fn around_the_clock_is_midnight_to_midnight() {
    let (mut draft, key) = draft();
    put(&mut draft, key, 0, &[("00:00", "00:00")]);
    let saved = draft.to_save().expect("a whole day");
    assert_eq!(saved.hours.of[0].hours.week[0], [Open { from_minute: 0, to_minute: 1_440 }], "all of it");
}

#[test]
fn holidays_of_every_year_have_no_year() {
    let (mut draft, key) = draft();
    draft.add_date(key, "2026-12-25".into());
    let place = draft.place_mut(key).expect("the place is there");
    place.days[0].repeats = Repeats::EveryYear;
    let saved = draft.to_save().expect("a date is all it needs");
    assert_eq!(saved.hours.of[0].hours.days[0].date, "12-25", "as the contract spells it");
    let view = HoursView { hours: saved.hours.clone(), service: saved.service };
    let again = HoursDraft::of(&view, 2027);
    assert_eq!(again.of[0].days[0].date, "2027-12-25", "shown in the year one is in");
    assert_eq!(again.to_save().map(|save| save.hours), Ok(saved.hours), "nothing is lost on the way");
}

#[test]
fn seconds_that_cannot_be_are_refused() {
    let (mut draft, _) = draft();
    draft.service_seconds = "soon".into();
    draft.short_seconds = "0".into();
    assert_eq!(draft.to_save().expect_err("neither is a number of seconds").len(), 2, "both are said");
}
