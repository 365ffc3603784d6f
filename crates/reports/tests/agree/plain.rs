//! Every figure once more, in plain loops over the calls: no columns, no sums kept on the way, nothing of the engine.

use crate::directory::{Directory, cost};
use crate::office::Added;
use model::figures::{Figures, agents, agents_rung, groups, missed_by};
use model::report::{Measure, Scope};
use model::{At, Call, Direction, Event, EventKind};
use reports::Book;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const SERVICE_MS: i64 = 20_000;
pub(crate) const SHORT_MS: i64 = 5_000;

/// Whose part in a call it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whose {
    Call,
    /// Extensions of one person on the call.
    Person(Vec<String>),
    Group(String),
}

/// One call, or one part in it.
#[derive(Clone)]
pub(crate) struct Part<'c> {
    pub(crate) call: &'c Call,
    pub(crate) added: Added,
    pub(crate) whose: Whose,
}

/// All that count, of calls that began in the time or not.
pub(crate) fn parts<'c>(calls: &'c [Call], added: &BTreeMap<i64, Added>, scope: Scope) -> Vec<Part<'c>> {
    let mut parts = Vec::new();
    for call in calls.iter().filter(|call| call.is_counted() && call.ended_at.is_some()) {
        let added = added.get(&call.id.0).cloned().unwrap_or_default();
        let whose = match scope {
            Scope::Call => vec![Whose::Call],
            Scope::Person => people(call).into_values().map(Whose::Person).collect(),
            Scope::Group => groups(call).into_iter().map(|group| Whose::Group(group.to_owned())).collect(),
        };
        parts.extend(whose.into_iter().map(|whose| Part { call, added: added.clone(), whose }));
    }
    parts
}

/// Who had a part, with the extensions: by the person's number, or by the extension where nobody had it.
fn people(call: &Call) -> BTreeMap<String, Vec<String>> {
    let made = call.caller_extension.as_deref().filter(|_| call.direction != Direction::Inbound);
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let all: BTreeSet<&str> = agents_rung(call).into_iter().chain(agents(call)).chain(made).collect();
    for extension in all {
        people.entry(person_of(call, extension)).or_default().push(extension.to_owned());
    }
    people
}

pub(crate) fn person_of(call: &Call, extension: &str) -> String {
    let held = Directory.holder(call.site.0, extension, call.started_at);
    held.by.map_or_else(|| Directory.extension(call.site.0, extension), |id| Directory.person(id))
}

impl Part<'_> {
    pub(crate) fn figures(&self) -> Figures {
        Figures::of(self.call, self.call.started_at)
    }

    fn inbound(&self) -> bool {
        self.call.direction == Direction::Inbound
    }

    fn outbound(&self) -> bool {
        self.call.direction == Direction::Outbound
    }

    fn gave_up(&self) -> bool {
        let figures = self.figures();
        figures.abandoned && !figures.answered
    }

    fn short(&self) -> bool {
        self.gave_up() && self.figures().total_ms < SHORT_MS
    }

    fn offered(&self) -> bool {
        self.inbound() && !self.short()
    }

    fn main(&self) -> impl Iterator<Item = &Event> {
        self.call.events.iter().filter(|event| !event.beside)
    }

    fn main_of(&self, kind: EventKind) -> i64 {
        self.main().filter(|event| event.kind == kind).map(length).sum()
    }

    fn has_main(&self, kinds: &[EventKind]) -> bool {
        self.main().any(|event| kinds.contains(&event.kind))
    }

    /// Events of the person's phones.
    fn own(&self) -> Vec<&Event> {
        let Whose::Person(extensions) = &self.whose else { return Vec::new() };
        let is_own = |event: &&Event| event.agent.as_ref().is_some_and(|agent| extensions.contains(agent));
        self.call.events.iter().filter(is_own).collect()
    }

    fn own_of(&self, kinds: &[EventKind]) -> i64 {
        self.own().into_iter().filter(|event| kinds.contains(&event.kind)).map(length).sum()
    }

    fn own_has(&self, kinds: &[EventKind]) -> bool {
        self.own().iter().any(|event| kinds.contains(&event.kind))
    }

    /// Main events of the group.
    fn of_group(&self, kind: EventKind) -> Vec<&Event> {
        let Whose::Group(group) = &self.whose else { return Vec::new() };
        self.main().filter(|event| event.kind == kind && event.group.as_ref() == Some(group)).collect()
    }

    pub(crate) fn answered(&self) -> bool {
        match self.whose {
            Whose::Call | Whose::Group(_) => self.figures().answered,
            Whose::Person(_) => self.own_has(&[EventKind::Talking, EventKind::Conference]),
        }
    }

    fn rang(&self) -> bool {
        match self.whose {
            Whose::Call => self.has_main(&[EventKind::Ringing]),
            Whose::Person(_) => self.own_has(&[EventKind::Ringing]),
            Whose::Group(_) => !self.of_group(EventKind::Ringing).is_empty(),
        }
    }

    fn presented(&self) -> bool {
        match &self.whose {
            Whose::Call => true,
            Whose::Person(_) => self.rang(),
            Whose::Group(group) => self.call.events.iter().any(|event| {
                event.group.as_ref() == Some(group)
                    && matches!(event.kind, EventKind::Ringing | EventKind::Queue)
            }),
        }
    }

    pub(crate) fn missed(&self) -> bool {
        match &self.whose {
            Whose::Call | Whose::Group(_) => !missed_by(self.call).is_empty(),
            Whose::Person(_) => self.rang() && !self.answered() && !self.outbound(),
        }
    }

    fn held(&self) -> bool {
        let kinds = [EventKind::Hold, EventKind::TransferHold];
        match self.whose {
            Whose::Call | Whose::Group(_) => self.has_main(&kinds),
            Whose::Person(_) => self.own_has(&kinds),
        }
    }

    fn queued(&self) -> bool {
        match self.whose {
            Whose::Group(_) => !self.of_group(EventKind::Queue).is_empty(),
            Whose::Call | Whose::Person(_) => self.has_main(&[EventKind::Queue]),
        }
    }

    fn talk(&self) -> i64 {
        match self.whose {
            Whose::Person(_) => self.own_of(&[EventKind::Talking, EventKind::Conference]),
            Whose::Call | Whose::Group(_) => self.figures().talk_ms,
        }
    }

    fn ring(&self) -> i64 {
        match self.whose {
            Whose::Call => self.figures().ring_ms,
            Whose::Person(_) => self.own_of(&[EventKind::Ringing]),
            Whose::Group(_) => self.of_group(EventKind::Ringing).into_iter().map(length).sum(),
        }
    }

    fn hold(&self) -> i64 {
        match self.whose {
            Whose::Person(_) => self.own_of(&[EventKind::Hold, EventKind::TransferHold]),
            Whose::Call | Whose::Group(_) => self.figures().hold_ms,
        }
    }

    fn queue(&self) -> i64 {
        match self.whose {
            Whose::Group(_) => self.of_group(EventKind::Queue).into_iter().map(length).sum(),
            Whose::Call | Whose::Person(_) => self.figures().queue_ms,
        }
    }

    fn of_kind(&self, kind: EventKind) -> i64 {
        match self.whose {
            Whose::Person(_) => self.own_of(&[kind]),
            Whose::Call | Whose::Group(_) => self.main_of(kind),
        }
    }

    fn transfers(&self) -> i64 {
        let is = |event: &&Event| event.kind == EventKind::Transfer;
        match self.whose {
            Whose::Person(_) => self.own().into_iter().filter(is).count() as i64,
            Whose::Call | Whose::Group(_) => self.call.events.iter().filter(is).count() as i64,
        }
    }

    /// `None` where the figure is not made of it.
    fn speed(&self) -> Option<i64> {
        let answered_at = self.figures().answered_at;
        match &self.whose {
            Whose::Call | Whose::Group(_) if !self.inbound() => None,
            Whose::Call => {
                let before = |event: &&Event| matches!(event.kind, EventKind::Ringing | EventKind::Queue);
                answered_at.map(|at| self.main().filter(before).map(|event| until(event, at)).sum())
            }
            Whose::Group(_) => {
                let mut own = self.of_group(EventKind::Ringing);
                own.extend(self.of_group(EventKind::Queue));
                answered_at.map(|at| own.into_iter().map(|event| until(event, at)).sum())
            }
            Whose::Person(extensions) => {
                let of_phone = |extension: &String| -> i64 {
                    let own: Vec<&Event> = self
                        .own()
                        .into_iter()
                        .filter(|event| event.agent.as_ref() == Some(extension))
                        .collect();
                    let talks =
                        |event: &&&Event| matches!(event.kind, EventKind::Talking | EventKind::Conference);
                    let first = own.iter().filter(talks).map(|event| event.started_at).min();
                    let first = first.unwrap_or(At(i64::MAX));
                    let rings = own.iter().filter(|event| event.kind == EventKind::Ringing);
                    rings.map(|event| until(event, first)).sum()
                };
                (self.rang() && self.answered()).then(|| extensions.iter().map(of_phone).sum())
            }
        }
    }

    fn cost(&self) -> Option<i64> {
        let figures = self.figures();
        let after = figures.answered_at? - self.call.started_at;
        self.call.external_e164.as_ref().filter(|_| self.outbound())?;
        cost(figures.answered_at?, u32::try_from((figures.total_ms - after + 999) / 1_000).ok()?)
    }

    fn lost(&self) -> bool {
        let last = self.main().last();
        self.figures().abandoned
            && !self.short()
            && last.is_some_and(|last| {
                last.kind == EventKind::Queue || (last.kind == EventKind::Ringing && last.group.is_some())
            })
    }

    pub(crate) fn number(&self) -> Option<&str> {
        self.call.external_e164.as_deref().or(self.call.external_number.as_deref())
    }

    pub(crate) fn channel(&self) -> Option<&str> {
        self.call.trunk.as_deref().filter(|trunk| trunk.contains('.'))
    }

    /// Whether it is one of those that are counted, summed or divided by in a figure.
    pub(crate) fn counts_in(&self, measure: Measure) -> bool {
        let figures = self.figures();
        match measure {
            Measure::Inbound => self.inbound(),
            Measure::Outbound => self.outbound(),
            Measure::Internal => self.call.direction == Direction::Internal,
            Measure::Offered | Measure::AnswerRate | Measure::AbandonRate | Measure::ServiceLevel => {
                self.offered()
            }
            Measure::Presented | Measure::MissRate => self.presented(),
            Measure::Answered | Measure::AverageTalk | Measure::LongestTalk | Measure::AverageHandle => {
                self.answered()
            }
            Measure::Abandoned => figures.abandoned && !self.short(),
            Measure::AbandonedOnHold => figures.abandoned_on_hold,
            Measure::ShortAbandons => self.short(),
            Measure::LostInQueue => self.lost(),
            Measure::Unanswered => !figures.answered,
            Measure::Voicemail => figures.voicemail,
            Measure::Missed => self.missed(),
            Measure::Emergency => self.call.emergency,
            Measure::Conferences => match self.whose {
                Whose::Person(_) => self.own_has(&[EventKind::Conference]),
                Whose::Call | Whose::Group(_) => {
                    self.call.events.iter().any(|event| event.kind == EventKind::Conference)
                }
            },
            Measure::Queued | Measure::AverageQueue | Measure::LongestQueue => self.queued(),
            Measure::Recorded => self.added.recordings > 0,
            Measure::Scored => self.added.scorecards > 0,
            Measure::DistinctNumbers => self.number().is_some(),
            Measure::AverageRing | Measure::LongestRing => self.rang(),
            Measure::AverageHold | Measure::LongestHold => self.held(),
            Measure::AverageWait | Measure::LongestWait => self.inbound(),
            Measure::AverageAbandonWait => self.gave_up() && !self.short(),
            Measure::LongestAbandonWait => self.gave_up(),
            Measure::TimeToAnswer | Measure::LongestTimeToAnswer => {
                self.inbound() && figures.time_to_answer_ms.is_some()
            }
            Measure::SpeedOfAnswer | Measure::LongestSpeedOfAnswer => self.speed().is_some(),
            Measure::HandleTime => self.answered() || self.held(),
            Measure::Channels => self.channel().is_some(),
            Measure::PbxCharge => self.call.charge_ten_thousandths.is_some(),
            Measure::Cost | Measure::AverageCost | Measure::CostedCalls => self.cost().is_some(),
            Measure::AverageScore => !self.added.points.is_empty(),
            summed if self.is_summed(summed) => self.amount(summed) > 0,
            _ => true,
        }
    }

    pub(crate) fn is_summed(&self, measure: Measure) -> bool {
        matches!(
            measure,
            Measure::Transfers
                | Measure::TotalTime
                | Measure::TalkTime
                | Measure::InboundTalk
                | Measure::OutboundTalk
                | Measure::RingTime
                | Measure::HoldTime
                | Measure::TransferHoldTime
                | Measure::ParkTime
                | Measure::QueueTime
                | Measure::WaitTime
                | Measure::Recordings
                | Measure::RecordedTime
                | Measure::Scores
        )
    }

    /// What it adds to a sum, or is compared by for a longest.
    pub(crate) fn amount(&self, measure: Measure) -> i64 {
        let figures = self.figures();
        let if_so = |is: bool, amount: i64| if is { amount } else { 0 };
        match measure {
            Measure::Transfers => self.transfers(),
            Measure::TotalTime
            | Measure::AverageLength
            | Measure::LongestLength
            | Measure::AverageAbandonWait
            | Measure::LongestAbandonWait => figures.total_ms,
            Measure::TalkTime | Measure::AverageTalk | Measure::LongestTalk => self.talk(),
            Measure::InboundTalk => if_so(self.inbound(), self.talk()),
            Measure::OutboundTalk => if_so(self.outbound(), self.talk()),
            Measure::RingTime | Measure::AverageRing | Measure::LongestRing => self.ring(),
            Measure::HoldTime | Measure::AverageHold | Measure::LongestHold => self.hold(),
            Measure::TransferHoldTime => self.of_kind(EventKind::TransferHold),
            Measure::ParkTime => self.of_kind(EventKind::Park),
            Measure::QueueTime | Measure::AverageQueue | Measure::LongestQueue => self.queue(),
            Measure::WaitTime | Measure::AverageWait | Measure::LongestWait => {
                if_so(self.inbound(), figures.wait_ms)
            }
            Measure::TimeToAnswer | Measure::LongestTimeToAnswer => figures.time_to_answer_ms.unwrap_or(0),
            Measure::SpeedOfAnswer | Measure::LongestSpeedOfAnswer => self.speed().unwrap_or(0),
            Measure::HandleTime | Measure::AverageHandle => self.talk() + self.hold(),
            Measure::PbxCharge => self.call.charge_ten_thousandths.unwrap_or(0),
            Measure::Cost | Measure::AverageCost => self.cost().unwrap_or(0),
            Measure::Recordings => i64::from(self.added.recordings),
            Measure::RecordedTime => if_so(self.added.recordings > 0, self.added.recorded_ms),
            Measure::Scores => i64::from(self.added.scorecards),
            _ => 0,
        }
    }

    /// Answered in time, of a call from outside.
    pub(crate) fn served(&self) -> bool {
        self.inbound() && self.figures().time_to_answer_ms.is_some_and(|ms| ms <= SERVICE_MS)
    }

    pub(crate) fn answered_inbound(&self) -> bool {
        self.inbound() && self.figures().answered
    }
}

fn length(event: &Event) -> i64 {
    event.ended_at.map_or(0, |ended| ended.ms_since(event.started_at))
}

fn until(event: &Event, at: At) -> i64 {
    event.ended_at.map_or(0, |ended| ended.min(at).ms_since(event.started_at))
}
