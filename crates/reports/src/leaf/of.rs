//! Calls of a day, as a leaf. Every figure comes from [`model::figures`], so that reports agree with the rest of the app.

use super::column::{Column, ColumnSet};
use super::parts::{self, Names};
use super::texts::Dictionary;
use super::{DAY_MS, Leaf, NO_CHARGE, mark};
use model::figures::Figures;
use model::{AgentState, At, Call, Direction, Event, EventKind, SiteId};

/// A phone went into a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChange {
    pub site: SiteId,
    pub extension: String,
    pub at: At,
    pub state: AgentState,
}

impl Leaf {
    /// Of everything that began on the day. Calls that still live, and those that are not counted, are left out; so is
    /// what began on another day.
    pub fn of(day: i64, calls: &[Call], states: &[StateChange]) -> Leaf {
        let mut calls: Vec<&Call> = calls
            .iter()
            .filter(|call| call.is_counted() && !call.is_live() && Leaf::day_of(call.started_at) == day)
            .collect();
        calls.sort_by_key(|call| (call.started_at, call.id));
        let mut draft = Draft::new(day);
        for call in &calls {
            draft.add_call(call);
        }
        let mut states: Vec<&StateChange> =
            states.iter().filter(|change| Leaf::day_of(change.at) == day).collect();
        states.sort_by_key(|change| change.at);
        for change in states {
            draft.add_state(change);
        }
        draft.finish(calls.len())
    }
}

/// A leaf in the making.
pub(super) struct Draft {
    day: i64,
    numbers: Vec<Vec<i64>>,
    dictionaries: Vec<Dictionary>,
}

impl Draft {
    fn new(day: i64) -> Self {
        let dictionaries = Column::ALL.iter().map(|column| Dictionary::new(column.arity()));
        Self { day, numbers: vec![Vec::new(); Column::COUNT], dictionaries: dictionaries.collect() }
    }

    pub(super) fn push(&mut self, column: Column, value: i64) {
        self.numbers[usize::from(column.id())].push(value);
    }

    pub(super) fn code(&mut self, column: Column, entry: &[&str]) -> i64 {
        self.dictionaries[usize::from(column.id())].place(entry)
    }

    fn push_text(&mut self, column: Column, entry: &[&str]) {
        let code = self.code(column, entry);
        self.push(column, code);
    }

    fn add_call(&mut self, call: &Call) {
        let figures = Figures::of(call, call.started_at);
        self.add_facts(call);
        self.add_figures(call, &figures);
        self.add_texts(call);
        let site = call.site.0.to_string();
        parts::add(self, call, &figures, &Names { site: &site });
    }

    fn add_facts(&mut self, call: &Call) {
        self.push(Column::Id, call.id.0);
        self.push(Column::Start, call.started_at.0 - self.day * DAY_MS);
        self.push(Column::Site, call.site.0);
        self.push(Column::Charge, call.charge_ten_thousandths.unwrap_or(NO_CHARGE));
        let kinds = call.events.iter().fold(0, |kinds, event| kinds | 1 << event.kind.code());
        self.push(Column::Kinds, kinds);
        let transfers = call.events.iter().filter(|event| event.kind == EventKind::Transfer).count();
        self.push(Column::Transfers, transfers as i64);
    }

    fn add_figures(&mut self, call: &Call, figures: &Figures) {
        let until = call.ended_at.unwrap_or(call.started_at);
        self.push(Column::Marks, marks(call, figures));
        self.push(Column::Total, figures.total_ms);
        self.push(Column::Talk, figures.talk_ms);
        self.push(Column::Ring, figures.ring_ms);
        self.push(Column::Hold, figures.hold_ms);
        let transfer_hold = main_events(call)
            .filter(|event| event.kind == EventKind::TransferHold)
            .map(|event| length(event, until));
        self.push(Column::TransferHold, transfer_hold.sum());
        self.push(Column::Queue, figures.queue_ms);
        self.push(Column::Park, figures.park_ms);
        self.push(Column::Wait, figures.wait_ms);
        let answered_after = figures.answered_at.map_or(-1, |at| at.ms_since(call.started_at));
        self.push(Column::AnsweredAfter, answered_after);
        let speed = figures.answered_at.map_or(-1, |answered_at| {
            let before = main_events(call)
                .filter(|event| matches!(event.kind, EventKind::Ringing | EventKind::Queue))
                .map(|event| length_before(event, until, answered_at));
            before.sum()
        });
        self.push(Column::Speed, speed);
    }

    fn add_texts(&mut self, call: &Call) {
        let number = call.external_number.as_deref().unwrap_or_default();
        let compared = call.external_e164.as_deref().unwrap_or(number);
        let name = call.external_name.as_deref().unwrap_or_default();
        self.push_text(Column::Outside, &[compared]);
        self.push_text(Column::OutsideGiven, &[number]);
        self.push_text(Column::OutsideName, &[name]);
        for (column, text) in [
            (Column::Dialled, &call.dialed_number),
            (Column::Trunk, &call.trunk),
            (Column::Account, &call.account_code),
            (Column::Tag, &call.tag),
        ] {
            self.push_text(column, &[text.as_deref().unwrap_or_default()]);
        }
        let sequence: String = main_events(call).map(|event| letter(event.kind)).collect();
        self.push_text(Column::Sequence, &[&sequence]);
    }

    fn add_state(&mut self, change: &StateChange) {
        self.push_text(Column::StateExtension, &[&change.site.0.to_string(), &change.extension]);
        self.push(Column::StateStart, change.at.0 - self.day * DAY_MS);
        self.push(Column::State, i64::from(change.state.code()));
    }

    fn finish(mut self, calls: usize) -> Leaf {
        let any = self.numbers[usize::from(Column::Marks.id())].iter().fold(0, |any, marks| any | marks);
        self.push(Column::AnyMarks, any);
        Leaf {
            day: self.day,
            has: ColumnSet::ALL,
            calls,
            numbers: self.numbers,
            texts: self.dictionaries.into_iter().map(Dictionary::into_texts).collect(),
        }
    }
}

/// Stands for a kind of event in a sequence.
pub(crate) fn letter(kind: EventKind) -> char {
    char::from(b'a' + kind.code())
}

pub(crate) fn kind_of(letter: char) -> Option<EventKind> {
    EventKind::from_code(
        (letter as u32).checked_sub(u32::from(b'a')).and_then(|code| u8::try_from(code).ok())?,
    )
}

pub(super) fn main_events(call: &Call) -> impl Iterator<Item = &Event> {
    call.events.iter().filter(|event| !event.beside)
}

pub(super) fn length(event: &Event, until: At) -> i64 {
    event.ended_at.unwrap_or(until).ms_since(event.started_at)
}

/// As much of it as went by before an instant.
pub(super) fn length_before(event: &Event, until: At, before: At) -> i64 {
    event.ended_at.unwrap_or(until).min(before).ms_since(event.started_at)
}

fn marks(call: &Call, figures: &Figures) -> i64 {
    let last = main_events(call).last();
    let lost = figures.abandoned
        && last.is_some_and(|event| match event.kind {
            EventKind::Queue => true,
            EventKind::Ringing => event.group.is_some(),
            _ => false,
        });
    let has = |kinds: &[EventKind]| main_events(call).any(|event| kinds.contains(&event.kind));
    let direction = match call.direction {
        Direction::Inbound => 0,
        Direction::Outbound => 1,
        Direction::Internal => 2,
    };
    let marks = [
        (mark::START_KNOWN, call.start_known),
        (mark::WITHHELD, call.withheld),
        (mark::EMERGENCY, call.emergency),
        (mark::ANSWERED, figures.answered),
        (mark::ABANDONED, figures.abandoned),
        (mark::ON_HOLD, figures.abandoned_on_hold),
        (mark::VOICEMAIL, figures.voicemail),
        (mark::MISSED, !model::figures::missed_by(call).is_empty()),
        (mark::LOST, lost),
        (mark::CONFERENCE, call.events.iter().any(|event| event.kind == EventKind::Conference)),
        (mark::RANG, has(&[EventKind::Ringing])),
        (mark::HELD, has(&[EventKind::Hold, EventKind::TransferHold])),
        (mark::QUEUED, has(&[EventKind::Queue])),
    ];
    marks.into_iter().filter(|(_, is)| *is).fold(direction, |marks, (bit, _)| marks | bit)
}
