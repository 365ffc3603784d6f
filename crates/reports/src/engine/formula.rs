//! Each measure as what is summed up for it, and how the figure is made of the sums. The sentences of
//! [`Measure::formula`] say the same for people.

use super::flags::*;
use super::office::ServiceOf;
use crate::leaf::Column;
use model::report::{Measure, Scope};

/// One number that is kept for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Only what has one of these flags goes in.
    pub(crate) of: u64,
    pub(crate) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// In the totals each call once.
    Calls,
    /// In the totals each part of a call: what a mean over parts is divided by.
    Parts,
    Total(Source),
    Highest(Source),
    Lowest(Source),
}

impl What {
    /// `None`: it is counted, and no value asked for.
    pub(crate) fn source(self) -> Option<Source> {
        match self {
            What::Calls | What::Parts => None,
            What::Total(source) | What::Highest(source) | What::Lowest(source) => Some(source),
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Of the call: in the totals once for each call.
    Call(Column),
    /// Of the part.
    Part(Column),
    /// When it started, in milliseconds since 1970.
    StartedAt,
    Recordings,
    RecordedMs,
    Scorecards,
    /// Scorecards with points, and what they reached in billionths: whole numbers add up the same in any order.
    WithPoints,
    PointShares,
}

/// How a figure is made of the sums, named by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    Plain(usize),
    Mean {
        sum: usize,
        count: usize,
    },
    Share {
        part: usize,
        whole: usize,
    },
    /// Of all calls of the report.
    ShareOfCalls {
        calls: usize,
    },
    /// None where nothing went in.
    Extreme(usize),
    Charge {
        sum: usize,
        count: usize,
    },
    PointShare {
        sum: usize,
        count: usize,
    },
    Handle {
        talk: usize,
        hold: usize,
    },
    AverageHandle {
        talk: usize,
        hold: usize,
        count: usize,
    },
    Numbers,
    Channels,
    PeakCalls,
    PeakQueue,
    Saturation,
    Cost,
    AverageCost,
    CostedCalls,
    State(Measure),
}

/// Sums that a report needs, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums(pub(crate) Vec<Sum>);

impl Sums {
    fn add(&mut self, of: u64, what: What) -> usize {
        let sum = Sum { of, what };
        self.0.iter().position(|known| *known == sum).unwrap_or_else(|| {
            self.0.push(sum);
            self.0.len() - 1
        })
    }

    fn calls(&mut self, of: u64) -> Formula {
        Formula::Plain(self.add(of, What::Calls))
    }

    fn total(&mut self, of: u64, source: Source) -> Formula {
        Formula::Plain(self.add(of, What::Total(source)))
    }

    fn mean(&mut self, of: u64, source: Source) -> Formula {
        let sum = self.add(of, What::Total(source));
        // Divided by what was summed: each call once, or each part.
        let count = match source {
            Source::Part(_) => self.add(of, What::Parts),
            _ => self.add(of, What::Calls),
        };
        Formula::Mean { sum, count }
    }

    fn highest(&mut self, of: u64, source: Source) -> Formula {
        Formula::Extreme(self.add(of, What::Highest(source)))
    }

    fn share(&mut self, part: u64, whole: u64) -> Formula {
        Formula::Share { part: self.add(part, What::Calls), whole: self.add(whole, What::Calls) }
    }

    pub(crate) fn formula(&mut self, measure: Measure, scope: Scope, service: ServiceOf) -> Formula {
        let lengths = Lengths::of(scope);
        match measure {
            Measure::Calls => self.calls(ALL),
            Measure::Inbound => self.calls(INBOUND),
            Measure::Outbound => self.calls(OUTBOUND),
            Measure::Internal => self.calls(INTERNAL),
            Measure::Offered => self.calls(OFFERED),
            Measure::Presented => self.calls(lengths.presented),
            Measure::Answered => self.calls(lengths.answered),
            Measure::Abandoned => self.calls(ABANDONED),
            Measure::AbandonedOnHold => self.calls(ON_HOLD),
            Measure::ShortAbandons => self.calls(SHORT),
            Measure::LostInQueue => self.calls(LOST),
            Measure::Unanswered => self.calls(UNANSWERED),
            Measure::Voicemail => self.calls(VOICEMAIL),
            Measure::Missed => self.calls(lengths.missed),
            Measure::Emergency => self.calls(EMERGENCY),
            Measure::Conferences => self.calls(lengths.conference),
            Measure::Transfers => self.total(ALL, lengths.transfers),
            Measure::Queued => self.calls(lengths.queued),
            Measure::Recorded => self.calls(RECORDED),
            Measure::Scored => self.calls(SCORED),
            Measure::DistinctNumbers => Formula::Numbers,
            Measure::AnswerRate => self.share(ANSWERED_IN, OFFERED),
            Measure::MissRate => self.share(PART_MISSED, PART_RANG),
            Measure::AbandonRate => self.share(ABANDONED, OFFERED),
            Measure::ServiceLevel => match service {
                ServiceOf::Offered => self.share(SERVED, OFFERED),
                ServiceOf::Answered => self.share(SERVED, ANSWERED_IN),
            },
            Measure::ShareOfCalls => Formula::ShareOfCalls { calls: self.add(ALL, What::Calls) },
            Measure::TotalTime => self.total(ALL, Source::Call(Column::Total)),
            Measure::AverageLength => self.mean(ALL, Source::Call(Column::Total)),
            Measure::LongestLength => self.highest(ALL, Source::Call(Column::Total)),
            Measure::TalkTime => self.total(ALL, lengths.talk),
            Measure::AverageTalk => self.mean(lengths.answered, lengths.talk),
            Measure::LongestTalk => self.highest(lengths.answered, lengths.talk),
            Measure::InboundTalk => self.total(INBOUND, lengths.talk),
            Measure::OutboundTalk => self.total(OUTBOUND, lengths.talk),
            Measure::RingTime => self.total(ALL, lengths.ring),
            Measure::AverageRing => self.mean(lengths.rang, lengths.ring),
            Measure::LongestRing => self.highest(lengths.rang, lengths.ring),
            Measure::HoldTime => self.total(ALL, lengths.hold),
            Measure::AverageHold => self.mean(lengths.held, lengths.hold),
            Measure::LongestHold => self.highest(lengths.held, lengths.hold),
            Measure::TransferHoldTime => self.total(ALL, lengths.transfer_hold),
            Measure::ParkTime => self.total(ALL, lengths.park),
            Measure::QueueTime => self.total(ALL, lengths.queue),
            Measure::AverageQueue => self.mean(lengths.queued, lengths.queue),
            Measure::LongestQueue => self.highest(lengths.queued, lengths.queue),
            Measure::WaitTime => self.total(INBOUND, Source::Call(Column::Wait)),
            Measure::AverageWait => self.mean(INBOUND, Source::Call(Column::Wait)),
            Measure::LongestWait => self.highest(INBOUND, Source::Call(Column::Wait)),
            Measure::AverageAbandonWait => self.mean(GAVE_UP, Source::Call(Column::Total)),
            Measure::LongestAbandonWait => self.highest(GAVE_UP_EVER, Source::Call(Column::Total)),
            Measure::TimeToAnswer => self.mean(TIMED, Source::Call(Column::AnsweredAfter)),
            Measure::LongestTimeToAnswer => self.highest(TIMED, Source::Call(Column::AnsweredAfter)),
            Measure::SpeedOfAnswer => self.mean(lengths.picked_up, lengths.speed),
            Measure::LongestSpeedOfAnswer => self.highest(lengths.picked_up, lengths.speed),
            Measure::HandleTime => Formula::Handle {
                talk: self.add(ALL, What::Total(lengths.talk)),
                hold: self.add(ALL, What::Total(lengths.hold)),
            },
            Measure::AverageHandle => Formula::AverageHandle {
                talk: self.add(ALL, What::Total(lengths.talk)),
                hold: self.add(ALL, What::Total(lengths.hold)),
                count: self.add(PART_TALKED, What::Parts),
            },
            Measure::LoggedInTime
            | Measure::IdleTime
            | Measure::BusyTime
            | Measure::AfterCallWork
            | Measure::DoNotDisturb
            | Measure::LoggedOutTime
            | Measure::UnknownTime
            | Measure::Occupancy
            | Measure::FirstLogin
            | Measure::LastLogin => Formula::State(measure),
            Measure::FirstCall => Formula::Extreme(self.add(ALL, What::Lowest(Source::StartedAt))),
            Measure::LastCall => self.highest(ALL, Source::StartedAt),
            Measure::PeakCalls => Formula::PeakCalls,
            Measure::PeakQueue => Formula::PeakQueue,
            Measure::Channels => Formula::Channels,
            Measure::Saturation => Formula::Saturation,
            Measure::PbxCharge => Formula::Charge {
                sum: self.add(CHARGED, What::Total(Source::Call(Column::Charge))),
                count: self.add(CHARGED, What::Calls),
            },
            Measure::Cost => Formula::Cost,
            Measure::AverageCost => Formula::AverageCost,
            Measure::CostedCalls => Formula::CostedCalls,
            Measure::Recordings => self.total(RECORDED, Source::Recordings),
            Measure::RecordedTime => self.total(RECORDED, Source::RecordedMs),
            Measure::Scores => self.total(SCORED, Source::Scorecards),
            Measure::AverageScore => Formula::PointShare {
                sum: self.add(SCORED, What::Total(Source::PointShares)),
                count: self.add(SCORED, What::Total(Source::WithPoints)),
            },
        }
    }

    /// Flags of what counts in a figure, and what of it has to be above zero.
    pub(crate) fn counted(&self, formula: Formula) -> (u64, Option<Source>) {
        let of = |place: usize| self.0[place].of;
        match formula {
            Formula::Plain(place) => match self.0[place].what {
                What::Total(source) => (of(place), Some(source)),
                What::Calls | What::Parts | What::Highest(_) | What::Lowest(_) => (of(place), None),
            },
            Formula::Mean { count, .. } | Formula::Charge { count, .. } => (of(count), None),
            Formula::Share { whole, .. } => (of(whole), None),
            Formula::Extreme(place) => (of(place), None),
            Formula::PointShare { count, .. } => (of(count), Some(Source::WithPoints)),
            Formula::Handle { .. } => (PART_TALKED | PART_HELD, None),
            Formula::AverageHandle { .. } => (PART_TALKED, None),
            Formula::Numbers => (NUMBERED, None),
            Formula::Channels => (CHANNELLED, None),
            Formula::Cost | Formula::AverageCost | Formula::CostedCalls => (COSTED, None),
            Formula::ShareOfCalls { .. }
            | Formula::PeakCalls
            | Formula::PeakQueue
            | Formula::Saturation
            | Formula::State(_) => (ALL, None),
        }
    }
}

/// Flags and lengths that are another for a part than for the whole call.
struct Lengths {
    presented: u64,
    answered: u64,
    missed: u64,
    conference: u64,
    queued: u64,
    rang: u64,
    held: u64,
    picked_up: u64,
    talk: Source,
    ring: Source,
    hold: Source,
    transfer_hold: Source,
    park: Source,
    queue: Source,
    speed: Source,
    transfers: Source,
}

impl Lengths {
    fn of(scope: Scope) -> Self {
        let call = Self {
            presented: ALL,
            answered: ANSWERED,
            missed: MISSED,
            conference: CONFERENCE,
            queued: QUEUED,
            rang: RANG,
            held: HELD,
            picked_up: ANSWERED_IN,
            talk: Source::Call(Column::Talk),
            ring: Source::Call(Column::Ring),
            hold: Source::Call(Column::Hold),
            transfer_hold: Source::Call(Column::TransferHold),
            park: Source::Call(Column::Park),
            queue: Source::Call(Column::Queue),
            speed: Source::Call(Column::Speed),
            transfers: Source::Call(Column::Transfers),
        };
        match scope {
            Scope::Call => call,
            Scope::Person => Self {
                presented: PART_RANG,
                answered: PART_TALKED,
                missed: PART_MISSED,
                conference: PART_CONFERENCE,
                queued: QUEUED,
                rang: PART_RANG,
                held: PART_HELD,
                picked_up: PART_PICKED_UP,
                talk: Source::Part(Column::PersonTalk),
                ring: Source::Part(Column::PersonRing),
                hold: Source::Part(Column::PersonHold),
                transfer_hold: Source::Part(Column::PersonTransferHold),
                park: Source::Part(Column::PersonPark),
                queue: Source::Call(Column::Queue),
                speed: Source::Part(Column::PersonRingBefore),
                transfers: Source::Part(Column::PersonTransfers),
            },
            Scope::Group => Self {
                presented: PART_PRESENTED,
                queued: PART_QUEUED,
                rang: PART_RANG,
                ring: Source::Part(Column::GroupRing),
                queue: Source::Part(Column::GroupQueue),
                speed: Source::Part(Column::GroupSpeed),
                ..call
            },
        }
    }
}
