//! A day of calls of every kind, and an office that knows nobody.

use model::call::{Direction, Ending, EventKind};
use model::report::{GroupRef, OfficeHours};
use model::{At, Call, CallId, Event, SiteId};
use reports::{Book, Held, Leaf, Office, Tariff};
use std::sync::{Arc, OnceLock};

/// 2026-09-08, noon in UTC.
pub(super) const NOW: At = At::from_seconds(1_788_868_800);

/// What calls consist of, in turn: each event with its length in seconds.
const COURSES: [&[(EventKind, i64)]; 8] = [
    &[(EventKind::Ringing, 7), (EventKind::Talking, 120)],
    &[(EventKind::Queue, 40), (EventKind::Ringing, 5), (EventKind::Talking, 60), (EventKind::Hold, 30)],
    &[(EventKind::Ringing, 25)],
    &[
        (EventKind::AutoAttendant, 12),
        (EventKind::Queue, 0),
        (EventKind::Overflow, 3),
        (EventKind::Voicemail, 20),
    ],
    &[
        (EventKind::Dialing, 9),
        (EventKind::Talking, 3_700),
        (EventKind::Transfer, 0),
        (EventKind::Conference, 50),
    ],
    &[(EventKind::Dialing, 4), (EventKind::Busy, 2)],
    &[(EventKind::Talking, 15), (EventKind::TransferHold, 8), (EventKind::Park, 70), (EventKind::Listen, 5)],
    &[(EventKind::Callback, 11), (EventKind::Talking, 1)],
];
const CALLS: i64 = 24;

/// The day of [`NOW`].
pub(super) fn leaves() -> &'static [Leaf] {
    static LEAVES: OnceLock<Vec<Leaf>> = OnceLock::new();
    LEAVES.get_or_init(|| {
        let calls: Vec<Call> = (0..CALLS).map(call).collect();
        vec![Leaf::of(Leaf::day_of(NOW), &calls, &[])]
    })
}

/// Every value that a call can lack is there in some and missing in others.
fn call(number: i64) -> Call {
    let some = |one_in: i64, text: &str| (number % one_in == 0).then(|| text.to_owned());
    let started_at = At(NOW.0 + (number - CALLS / 2) * 1_700_000);
    let mut at = started_at;
    let events: Vec<Event> = COURSES[number as usize % COURSES.len()]
        .iter()
        .map(|(kind, seconds)| {
            let begins = at;
            at = At(at.0 + seconds * 1_000);
            let agent = (*kind != EventKind::Queue).then(|| format!("20{}", number % 5));
            let group = some(2, "300");
            Event { kind: *kind, started_at: begins, ended_at: Some(at), agent, group, ..Event::default() }
        })
        .collect();
    Call {
        id: CallId(1_000_000 + number * 65_536),
        site: SiteId(1 + number % 2),
        direction: [Direction::Inbound, Direction::Outbound, Direction::Internal][number as usize % 3],
        started_at,
        start_known: true,
        ended_at: Some(at),
        external_number: (number % 3 != 2).then(|| format!("0301234{:03}", number % 7)),
        external_e164: some(3, "+49301234000"),
        external_name: some(4, "Ann Keller"),
        withheld: number % 11 == 0,
        dialed_number: some(2, "390664"),
        emergency: number % 13 == 0,
        account_code: some(5, "4711"),
        tag: some(6, "vip"),
        trunk: some(2, "5.1"),
        charge_ten_thousandths: (number % 7 == 0).then_some(618),
        ending: Some(Ending::CallingDrop),
        events,
        ..Call::default()
    }
}

pub(super) fn office() -> Office {
    Office { zone: jiff::tz::TimeZone::UTC, hours: OfficeHours::default(), now: NOW, book: Box::new(Nobody) }
}

struct Nobody;

impl Book for Nobody {
    fn holder(&self, _: i64, _: &str, _: At) -> Held {
        Held { by: None, until: None }
    }

    fn person(&self, id: i64) -> String {
        id.to_string()
    }

    fn extension(&self, _: i64, number: &str) -> String {
        number.to_owned()
    }

    fn group(&self, group: &GroupRef) -> String {
        group.number.clone()
    }

    fn site(&self, site: i64) -> String {
        site.to_string()
    }

    fn trunk(&self, line: &str) -> String {
        line.to_owned()
    }

    fn tariff(&self, _: i64, _: &str, _: &str) -> Option<Arc<dyn Tariff>> {
        None
    }
}
