//! The SMDR records of one call: they share its Call ID and its start, also after a transfer.

use model::fact::{Device, DeviceKind, Record, RecordDirection};
use model::{At, CallId, Event, Match, MatchMethod, Position, RecordRef, Related};
use serde::{Deserialize, Serialize};

/// Reason of a mobile twin's leg.
const MOBILE_TWIN: &str = "MT";
/// Call ids start again after a PBX restart: only together with the start do they name a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct GroupKey {
    pub(crate) started_at: At,
    pub(crate) call_id: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) key: GroupKey,
    pub(crate) segments: Vec<Segment>,
    pub(crate) place: Place,
    /// How the place with a call was found.
    pub(crate) matched: Option<Match>,
    pub(crate) join_due: Option<At>,
    /// While the records are a call of their own: the calls it belongs with.
    pub(crate) related: Vec<Related>,
    /// What other people did on it, as records of related calls tell.
    pub(crate) beside: Vec<Event>,
    /// By how much the PBX's clock was taken to be ahead when this was laid out or joined.
    pub(crate) ahead_ms: i64,
}

/// Where the records went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    Waiting,
    /// A call of their own.
    Alone,
    /// Joined with a call that DevLink3 told.
    With(CallId),
}

/// One record, in order of arrival.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub(crate) position: Position,
    pub(crate) connected_seconds: u32,
    pub(crate) ring_seconds: u32,
    pub(crate) hold_seconds: u32,
    pub(crate) park_seconds: u32,
    pub(crate) direction: RecordDirection,
    pub(crate) is_internal: bool,
    pub(crate) continues: bool,
    pub(crate) caller: String,
    pub(crate) called: String,
    pub(crate) dialled: String,
    pub(crate) account: String,
    pub(crate) party1: Party,
    pub(crate) party2: Party,
    pub(crate) cause: String,
    pub(crate) targeted: String,
    pub(crate) charge: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Party {
    pub(crate) kind: DeviceKind,
    pub(crate) number: String,
    pub(crate) name: String,
}

impl Segment {
    pub(crate) fn of(position: Position, record: &Record<'_>) -> Self {
        Self {
            position,
            connected_seconds: record.connected_seconds,
            ring_seconds: record.ring_seconds,
            hold_seconds: record.hold_seconds,
            park_seconds: record.park_seconds,
            direction: record.direction,
            is_internal: record.is_internal,
            continues: record.continues,
            caller: record.caller.clone().into_owned(),
            called: record.called_number.clone().into_owned(),
            dialled: record.dialled_number.clone().into_owned(),
            account: record.account.clone().into_owned(),
            party1: Party::of(&record.party1),
            party2: Party::of(&record.party2),
            cause: record.targeting_cause.clone().into_owned(),
            targeted: record.targeted_number.clone().into_owned(),
            charge: record.charge.as_ref().map(|charge| charge.amount_ten_thousandths),
        }
    }

    pub(crate) fn length_ms(&self) -> i64 {
        let seconds = [self.connected_seconds, self.ring_seconds, self.hold_seconds, self.park_seconds];
        seconds.into_iter().map(i64::from).sum::<i64>() * 1000
    }
}

impl Party {
    fn of(device: &Device<'_>) -> Self {
        Self {
            kind: device.kind,
            number: device.number.clone().into_owned(),
            name: device.name.clone().into_owned(),
        }
    }

    pub(crate) fn extension(&self) -> Option<&str> {
        (self.kind == DeviceKind::Extension && !self.number.is_empty()).then_some(self.number.as_str())
    }
}

impl Segment {
    /// Reason of the targeting cause: `Xfd`, `MT`.
    pub(crate) fn reason(&self) -> &str {
        self.cause.split_whitespace().nth(1).unwrap_or_default()
    }

    /// The PBX called a person's mobile beside the desk phone.
    pub(crate) fn is_twin(&self) -> bool {
        self.reason() == MOBILE_TWIN
    }

    /// The person the record is about.
    pub(crate) fn extension(&self) -> Option<&str> {
        self.party1.extension().or(self.party2.extension())
    }

    /// The conference it met. Each member has a channel of its own, `CO Channel 115.2`: what stands before the dot is the
    /// conference's.
    pub(crate) fn conference(&self) -> Option<&str> {
        let parties = [&self.party1, &self.party2];
        let channel = parties.into_iter().find(|party| party.kind == DeviceKind::Conference)?;
        let last_word = channel.name.rsplit(' ').next().unwrap_or_default();
        Some(last_word.split_once('.').map_or(channel.number.as_str(), |(conference, _)| conference))
    }
}

impl Group {
    pub(crate) fn new(key: GroupKey) -> Self {
        Self {
            key,
            segments: Vec::with_capacity(1),
            place: Place::Waiting,
            matched: None,
            join_due: None,
            related: Vec::new(),
            beside: Vec::new(),
            ahead_ms: 0,
        }
    }

    /// Of several records the last says that none follows: one that came before the others belongs behind them.
    pub(crate) fn push(&mut self, segment: Segment) {
        let overtook = self.segments.last().is_some_and(|last| !last.continues) && segment.continues;
        let place = self.segments.len() - usize::from(overtook);
        self.segments.insert(place, segment);
    }

    /// Records that are a call of their own.
    pub(crate) fn of(key: GroupKey, segments: Vec<Segment>, ahead_ms: i64) -> Self {
        Self { segments, ahead_ms, place: Place::Alone, ..Self::new(key) }
    }

    /// The id of the call that the records make by themselves.
    pub(crate) fn own_id(&self) -> CallId {
        let first = self.segments.iter().map(|segment| segment.position).min();
        CallId::begun_at(first.unwrap_or_default())
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.segments.last().is_some_and(|segment| !segment.continues)
    }

    pub(crate) fn record_refs(&self) -> impl Iterator<Item = RecordRef> + '_ {
        self.segments
            .iter()
            .map(|segment| RecordRef { position: segment.position, call_id: self.key.call_id })
    }

    pub(crate) fn len(&self) -> usize {
        self.segments.len()
    }

    pub(crate) fn length_ms(&self) -> i64 {
        self.segments.iter().map(Segment::length_ms).sum()
    }

    /// When each record began and ended by the PBX's clock.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (At, At)> + '_ {
        let mut at = self.key.started_at;
        self.segments.iter().map(move |segment| {
            let from = at;
            at = at.plus_ms(segment.length_ms());
            (from, at)
        })
    }

    /// When it began and ended by the PBX's clock.
    pub(crate) fn span(&self) -> (At, At) {
        (self.key.started_at, self.key.started_at.plus_ms(self.length_ms()))
    }

    /// Joined by likeness, which better evidence may undo.
    pub(crate) fn is_guess(&self) -> bool {
        matches!(self.place, Place::With(_))
            && self.matched.is_some_and(|matched| matched.method == MatchMethod::BestScore)
    }
}
