//! Rows of detail reports: a call's or an event's fields as values.

use crate::names::Names;
use crate::view;
use contract::calls::Outcome;
use model::figures::{Figures, agents, agents_rung, groups};
use model::report::{Column, Field, Row, Unit, Value};
use model::{At, Call, Direction, Event, EventKind};
use reports::{Book, Tariff};

/// What is known of a call beside the call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) recordings: u32,
    pub(crate) notes: u32,
    pub(crate) tags: Vec<String>,
}

/// Makes rows of calls.
pub(crate) struct Details<'b> {
    pub(crate) fields: &'b [Field],
    pub(crate) names: &'b Names,
    pub(crate) book: &'b dyn Book,
    pub(crate) now: At,
}

pub(crate) fn columns(fields: &[Field]) -> Vec<Column> {
    let column = |field: &Field| Column {
        head: field.label().to_owned(),
        unit: unit(*field),
        measure: None,
        field: Some(*field),
        formula: String::new(),
    };
    fields.iter().map(column).collect()
}

fn unit(field: Field) -> Unit {
    match field {
        Field::StartedAt | Field::AnsweredAt | Field::EndedAt | Field::EventStart => Unit::At,
        Field::Total
        | Field::Talk
        | Field::Ring
        | Field::Hold
        | Field::Queue
        | Field::Park
        | Field::TransferHold
        | Field::Wait
        | Field::TimeToAnswer
        | Field::EventLength => Unit::Length,
        Field::Recordings | Field::Notes => Unit::Count,
        Field::PbxCharge | Field::Cost => Unit::Money,
        Field::Direction
        | Field::Site
        | Field::OutsideNumber
        | Field::OutsideName
        | Field::DialledNumber
        | Field::CallerExtension
        | Field::People
        | Field::Rung
        | Field::Groups
        | Field::Outcome
        | Field::Trunk
        | Field::AccountCode
        | Field::Tags
        | Field::Emergency
        | Field::EventSequence
        | Field::CallId
        | Field::Event
        | Field::EventPerson
        | Field::EventGroup
        | Field::EventParty
        | Field::EventDevice
        | Field::EventCause => Unit::Text,
    }
}

impl Details<'_> {
    pub(crate) fn call(&self, call: &Call, beside: &Beside) -> Row {
        let figures = Figures::of(call, self.now);
        let values = self.fields.iter().map(|field| self.of_call(*field, call, &figures, beside)).collect();
        Row { values, call: Some(call.id.to_text()), ..Row::default() }
    }

    /// A row for each event, in order.
    pub(crate) fn events<'c>(&'c self, call: &'c Call, beside: &'c Beside) -> impl Iterator<Item = Row> + 'c {
        let figures = Figures::of(call, self.now);
        call.events.iter().map(move |event| {
            let value = |field: &Field| match field.is_of_event() {
                true => self.of_event(*field, call, event),
                false => self.of_call(*field, call, &figures, beside),
            };
            Row {
                values: self.fields.iter().map(value).collect(),
                call: Some(call.id.to_text()),
                ..Row::default()
            }
        })
    }

    fn of_call(&self, field: Field, call: &Call, figures: &Figures, beside: &Beside) -> Value {
        let at = call.started_at;
        let person = |number: &str| self.names.extension_at(call.site, number, at);
        let people = |numbers: Vec<&str>| {
            let names = numbers.into_iter().map(|number| {
                let named = person(number);
                named.name.unwrap_or(named.number)
            });
            text(names.collect::<Vec<_>>().join(", "))
        };
        match field {
            Field::StartedAt => Value::At(at.0),
            Field::AnsweredAt => figures.answered_at.map_or(Value::None, |at| Value::At(at.0)),
            Field::EndedAt => call.ended_at.map_or(Value::None, |at| Value::At(at.0)),
            Field::Direction => text(direction(call.direction)),
            Field::Site => text(self.book.site(call.site.0)),
            Field::OutsideNumber if call.withheld => text("withheld"),
            Field::OutsideNumber => {
                let written = self.names.written(call.site, call.external_e164.as_deref());
                written.or_else(|| call.external_number.clone()).map_or(Value::None, Value::Text)
            }
            Field::OutsideName => some(call.external_name.as_deref()),
            Field::DialledNumber => some(call.dialed_number.as_deref()),
            Field::CallerExtension => some(call.caller_extension.as_deref()),
            Field::People => people(agents(call)),
            Field::Rung => people(agents_rung(call)),
            Field::Groups => {
                let named = groups(call).into_iter().map(|number| {
                    let named = self.names.group_at(call.site, number, at);
                    named.name.unwrap_or(named.number)
                });
                text(named.collect::<Vec<_>>().join(", "))
            }
            Field::Outcome => text(outcome(view::outcome(call, figures))),
            Field::Total => Value::Length(figures.total_ms),
            Field::Talk => Value::Length(figures.talk_ms),
            Field::Ring => Value::Length(figures.ring_ms),
            Field::Hold => Value::Length(figures.hold_ms),
            Field::Queue => Value::Length(figures.queue_ms),
            Field::Park => Value::Length(figures.park_ms),
            Field::TransferHold => Value::Length(self.transfer_hold_ms(call)),
            Field::Wait => Value::Length(figures.wait_ms),
            Field::TimeToAnswer => figures.time_to_answer_ms.map_or(Value::None, Value::Length),
            Field::Trunk => {
                call.trunk.as_deref().map_or(Value::None, |trunk| text(self.names.trunk(call.site, trunk)))
            }
            Field::AccountCode => some(call.account_code.as_deref()),
            Field::Tags => {
                let all = call.tag.iter().chain(&beside.tags).map(String::as_str);
                text(all.collect::<Vec<_>>().join(", "))
            }
            Field::Emergency => {
                if call.emergency {
                    text("emergency")
                } else {
                    Value::None
                }
            }
            Field::Recordings => Value::Count(beside.recordings.into()),
            Field::Notes => Value::Count(beside.notes.into()),
            Field::PbxCharge => call
                .charge_ten_thousandths
                .map_or(Value::None, |amount| Value::Money { amount, currency: String::new() }),
            Field::Cost => self.cost(call, figures),
            Field::EventSequence => {
                let main = call.events.iter().filter(|event| !event.beside);
                text(main.map(|event| words(event.kind)).collect::<Vec<_>>().join(", "))
            }
            Field::CallId => text(call.id.to_text()),
            Field::Event
            | Field::EventStart
            | Field::EventLength
            | Field::EventPerson
            | Field::EventGroup
            | Field::EventParty
            | Field::EventDevice
            | Field::EventCause => Value::None,
        }
    }

    fn of_event(&self, field: Field, call: &Call, event: &Event) -> Value {
        let at = event.started_at;
        let until = event.ended_at.or(call.ended_at).unwrap_or(self.now);
        let named = |named: contract::calls::Named| text(named.name.unwrap_or(named.number));
        match field {
            Field::Event => text(words(event.kind)),
            Field::EventStart => Value::At(at.0),
            Field::EventLength => Value::Length(until.ms_since(at)),
            Field::EventPerson => event
                .agent
                .as_deref()
                .map_or(Value::None, |number| named(self.names.extension_at(call.site, number, at))),
            Field::EventGroup => event
                .group
                .as_deref()
                .map_or(Value::None, |number| named(self.names.group_at(call.site, number, at))),
            Field::EventParty => some(event.party.as_deref()),
            Field::EventDevice => some(event.device.as_deref()),
            Field::EventCause => match (view::cause_in_words(event), event.cause) {
                (Some(says), _) => text(says),
                (None, Some(cause)) => text(cause.to_string()),
                (None, None) => Value::None,
            },
            _ => Value::None,
        }
    }

    fn transfer_hold_ms(&self, call: &Call) -> i64 {
        let until = call.ended_at.unwrap_or(self.now);
        let held = call.events.iter().filter(|event| !event.beside && event.kind == EventKind::TransferHold);
        held.map(|event| event.ended_at.unwrap_or(until).ms_since(event.started_at)).sum()
    }

    fn cost(&self, call: &Call, figures: &Figures) -> Value {
        let (Some(answered_at), Some(ended_at)) = (figures.answered_at, call.ended_at) else {
            return Value::None;
        };
        let Some(number) = call.external_number.as_deref().filter(|_| call.direction == Direction::Outbound)
        else {
            return Value::None;
        };
        let compared = call.external_e164.as_deref().unwrap_or(number);
        let Some(tariff) = self.book.tariff(call.site.0, compared, number) else { return Value::None };
        // A second that has begun is charged.
        let seconds = u32::try_from((ended_at.ms_since(answered_at) + 999) / 1_000).unwrap_or(u32::MAX);
        let currency = Tariff::currency(tariff.as_ref()).to_owned();
        tariff.cost(answered_at, seconds).map_or(Value::None, |amount| Value::Money { amount, currency })
    }
}

fn text(text: impl Into<String>) -> Value {
    let text: String = text.into();
    if text.is_empty() { Value::None } else { Value::Text(text) }
}

fn some(text: Option<&str>) -> Value {
    text.map_or(Value::None, |text| Value::Text(text.to_owned()))
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
    }
}

fn words(kind: EventKind) -> String {
    kind.word().replace('_', " ")
}

fn outcome(outcome: Outcome) -> String {
    let seconds = |ms: i64| format!("{} s", ms / 1_000);
    match outcome {
        Outcome::Live { state } => format!("in progress: {}", words(state)),
        Outcome::Answered { after_ms, transferred } => {
            let after = after_ms.map_or_else(String::new, |ms| format!(" after {}", seconds(ms)));
            let then = if transferred { ", transferred" } else { "" };
            format!("answered{after}{then}")
        }
        Outcome::Abandoned { after_ms, during } => {
            format!("abandoned after {}, {}", seconds(after_ms), words(during))
        }
        Outcome::Voicemail { length_ms } => format!("voicemail, {}", seconds(length_ms)),
        Outcome::NoAnswer => "no answer".to_owned(),
        Outcome::Busy => "busy".to_owned(),
        Outcome::Unseen => "end not seen".to_owned(),
    }
}
