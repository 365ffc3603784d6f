//! Tables as the engine gives them, of an office that does not exist.

use exports::{Format, Origin, Paper, whole};
use jiff::civil::date;
use jiff::tz::TimeZone;
use model::At;
use model::report::{Chart, ChartKind, Column, Field, Key, Measure, Row, Scope, Table, Unit, Value, Who};
use words::Language;

pub(crate) fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("the zone comes with the program")
}

pub(crate) fn at(day: i8, hour: i8, minute: i8) -> i64 {
    let wall = date(2026, 11, day).at(hour, minute, 9, 0);
    wall.to_zoned(berlin()).expect("an hour that there is").timestamp().as_millisecond()
}

pub(crate) fn measure(measure: Measure, scope: Scope) -> Column {
    Column {
        head: measure.label().to_owned(),
        unit: measure.unit(),
        measure: Some(measure),
        field: None,
        formula: measure.formula(scope).to_owned(),
    }
}

pub(crate) fn field(field: Field, unit: Unit) -> Column {
    let head = field.label().to_owned();
    Column { head, unit, measure: None, field: Some(field), formula: String::new() }
}

pub(crate) fn paper(title: &str, table: &Table) -> Paper {
    Paper {
        title: title.to_owned(),
        says: "What each person did on the phone: calls, misses, time.".to_owned(),
        office: "Hollerith & Söhne, Munich".to_owned(),
        time: "1 to 30 November 2026".to_owned(),
        before: None,
        filter: "Inbound calls of Sales, Monday to Friday, in business hours".to_owned(),
        zone: berlin(),
        made_at: At(at(30, 18, 33)),
        origin: Origin::Office,
        keys: table.keys.clone(),
        columns: table.columns.clone(),
        chart: None,
        notes: vec!["On 12 November from 10:05 to 10:40 nothing was heard of the phone system.".to_owned()],
        language: Language::English,
    }
}

pub(crate) fn bytes(format: Format, paper: Paper, table: &Table) -> Vec<u8> {
    whole(format, Vec::new(), paper, table).expect("it is written to memory").0
}

/// People with the figures of one month and of the month before.
pub(crate) fn people() -> Table {
    let names = [
        "Ann Keller",
        "Łukasz Wiśniewski",
        "Ελένη Παπαδοπούλου",
        "Екатерина Щербакова",
        "Ben Ott",
        "Chloë Dubois-Lefèvre",
        "Extension 231",
    ];
    let measures = [
        Measure::Presented,
        Measure::Answered,
        Measure::Missed,
        Measure::MissRate,
        Measure::TalkTime,
        Measure::AverageTalk,
        Measure::Cost,
        Measure::LastCall,
    ];
    let values = |seed: i64| {
        let (presented, missed) = (1_412 - seed * 131, 31 + seed * 17);
        let answered = presented - missed;
        vec![
            Value::Count(presented),
            Value::Count(answered),
            Value::Count(missed),
            Value::Share(missed as f64 / presented as f64),
            Value::Length(answered * (181_500 + seed * 7_300)),
            Value::Length(181_500 + seed * 7_300),
            Value::Money { amount: 123_450 * seed, currency: "EUR".to_owned() },
            Value::At(at(27, 9, i8::try_from(seed).expect("few people"))),
        ]
    };
    let rows = names.iter().enumerate().map(|(place, name)| {
        let seed = i64::try_from(place).expect("few people");
        Row {
            key: vec![Key::Who { who: Who::Person { id: seed + 1 } }],
            label: vec![(*name).to_owned()],
            values: values(seed),
            before: values(seed + 1),
            call: None,
        }
    });
    Table {
        keys: vec!["Person".to_owned()],
        columns: measures.iter().map(|of| measure(*of, Scope::Person)).collect(),
        rows: rows.collect(),
        totals: vec![
            Value::Count(6_901),
            Value::Count(6_327),
            Value::Count(574),
            Value::Share(0.0832),
            Value::Length(1_290_000_000),
            Value::Length(203_900),
            Value::Money { amount: 2_592_450, currency: "EUR".to_owned() },
            Value::None,
        ],
        totals_before: vec![
            Value::Count(6_000),
            Value::Count(5_527),
            Value::Count(473),
            Value::Share(0.0788),
            Value::Length(1_190_000_000),
            Value::Length(200_100),
            Value::Money { amount: 2_192_450, currency: "EUR".to_owned() },
            Value::None,
        ],
        averages: vec![
            Value::Count(986),
            Value::Count(904),
            Value::Count(82),
            Value::None,
            Value::None,
            Value::None,
            Value::None,
            Value::None,
        ],
        rows_left_off: 0,
        made_of: 6_901,
    }
}

/// One row a day.
pub(crate) fn days(count: i8) -> Table {
    let measures =
        [Measure::Inbound, Measure::Outbound, Measure::Internal, Measure::AnswerRate, Measure::TalkTime];
    let rows = (1..=count).map(|day| {
        let from = date(2026, 11, 1).checked_add(jiff::Span::new().days(i64::from(day) - 1)).expect("a day");
        let open = !matches!(from.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
        let calls = if open { 180 + i64::from(day) * 37 % 90 } else { 4 };
        let from_ms = from.to_zoned(berlin()).expect("a midnight").timestamp().as_millisecond();
        Row {
            key: vec![Key::Span { from_ms, to_ms: from_ms + 86_400_000 }],
            label: vec![from.strftime("%a %-d %b").to_string()],
            values: vec![
                Value::Count(calls),
                Value::Count(calls / 2),
                Value::Count(calls / 5),
                if open { Value::Share(0.82 + f64::from(day % 7) / 50.0) } else { Value::None },
                Value::Length(calls * 174_000),
            ],
            ..Row::default()
        }
    });
    Table {
        keys: vec!["Day".to_owned()],
        columns: measures.iter().map(|of| measure(*of, Scope::Call)).collect(),
        rows: rows.collect(),
        totals: vec![
            Value::Count(4_000),
            Value::Count(2_000),
            Value::Count(800),
            Value::Share(0.87),
            Value::None,
        ],
        ..Table::default()
    }
}

/// Days of the week down, hours across.
pub(crate) fn week() -> Table {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut rows = Vec::new();
    for (place, name) in names.iter().enumerate() {
        for hour in 7..20_u8 {
            let middle = 30 - i64::from(hour.abs_diff(10)) * 3 - i64::from(hour.abs_diff(15));
            let calls = if place < 5 { (middle + i64::try_from(place).expect("a week")).max(0) } else { 0 };
            rows.push(Row {
                key: vec![Key::DayOfWeek { day: place as u8 + 1 }, Key::HourOfDay { hour }],
                label: vec![(*name).to_owned(), format!("{hour}:00")],
                values: vec![Value::Count(calls)],
                ..Row::default()
            });
        }
    }
    Table {
        keys: vec!["Day of week".to_owned(), "Hour of day".to_owned()],
        columns: vec![measure(Measure::Calls, Scope::Call)],
        rows,
        totals: vec![Value::Count(1_400)],
        ..Table::default()
    }
}

/// One row a call, with texts that want room.
pub(crate) fn details(count: u32) -> Table {
    let columns = vec![
        field(Field::StartedAt, Unit::At),
        field(Field::Direction, Unit::Text),
        field(Field::OutsideName, Unit::Text),
        field(Field::OutsideNumber, Unit::Text),
        field(Field::People, Unit::Text),
        field(Field::Groups, Unit::Text),
        field(Field::Outcome, Unit::Text),
        field(Field::TimeToAnswer, Unit::Length),
        field(Field::Talk, Unit::Length),
        field(Field::Total, Unit::Length),
        field(Field::Notes, Unit::Text),
    ];
    let rows = (0..count).map(|number| {
        let long = number % 7 == 3;
        let notes = if long {
            "Wants an offer for twelve desks by Friday, and asked to be called back on the mobile after five; see the letter of last week"
        } else {
            ""
        };
        Row {
            values: vec![
                Value::At(at(2, 8, 0) + i64::from(number) * 61_000),
                Value::Text(if number % 3 == 0 { "out" } else { "in" }.to_owned()),
                Value::Text(if long { "Wohnungsbaugenossenschaft Oberbayern eG" } else { "Müller GmbH" }.to_owned()),
                Value::Text(format!("+49 89 5550{:04}", number % 10_000)),
                Value::Text(if long { "Ann Keller, Ben Ott" } else { "Łukasz Wiśniewski" }.to_owned()),
                Value::Text("Sales".to_owned()),
                Value::Text(if long { "Answered in 14 s, transferred" } else { "Answered after 6 s" }.to_owned()),
                Value::Length(6_400),
                Value::Length(181_500 + i64::from(number) * 900),
                Value::Length(190_000 + i64::from(number) * 900),
                Value::Text(notes.to_owned()),
            ],
            call: Some(format!("1-{number}")),
            ..Row::default()
        }
    });
    Table { columns, rows: rows.collect(), made_of: u64::from(count), ..Table::default() }
}

pub(crate) fn drawn(mut paper: Paper, kind: ChartKind, measures: &[Measure]) -> Paper {
    paper.chart = Some(Chart { kind, measures: measures.to_vec() });
    paper
}

pub(crate) fn compared(mut paper: Paper) -> Paper {
    paper.before = Some("1 to 31 October 2026".to_owned());
    paper
}
