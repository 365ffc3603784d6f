//! An office made up from a seed: calls of every kind over a year with two changes of clocks, what phones did, what
//! people added, who had which extension.

use model::{AgentState, At, Call, CallId, Direction, Ending, Event, EventKind, Related, Relation, SiteId};
use reports::{Leaf, Marks, Recorded, Scored, StateChange};
use std::collections::BTreeMap;

/// 2026 in Berlin.
pub(crate) const FROM: At = At(1_767_222_000_000);
pub(crate) const TO: At = At(1_798_758_000_000);
/// 2026-07-01T00:00 in Berlin: extension 202 of site 1 goes from person 2 to person 3, in the middle of a UTC day.
pub(crate) const HANDOVER: At = At(1_782_856_800_000);
const HOUR_MS: i64 = 3_600_000;

pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % n.unsigned_abs()) as i64
    }

    pub(crate) fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as i64) as usize]
    }
}

/// What people and recorders added to one call.
#[derive(Clone, Default)]
pub(crate) struct Added {
    pub(crate) tags: Vec<String>,
    pub(crate) recordings: u32,
    pub(crate) recorded_ms: i64,
    pub(crate) scorecards: u32,
    pub(crate) points: Vec<f64>,
    pub(crate) noted: bool,
}

pub(crate) struct Year {
    pub(crate) calls: Vec<Call>,
    pub(crate) states: Vec<StateChange>,
    pub(crate) begin: Vec<StateChange>,
    pub(crate) added: BTreeMap<i64, Added>,
    /// Each day's columns as bytes.
    pub(crate) stored: Vec<(i64, BTreeMap<u8, Vec<u8>>)>,
}

impl Year {
    pub(crate) fn of(seed: u64, calls: usize) -> Self {
        let mut dice = Dice::new(seed);
        let mut year = Year {
            calls: Vec::new(),
            states: Vec::new(),
            begin: Vec::new(),
            added: BTreeMap::new(),
            stored: Vec::new(),
        };
        for id in 0..calls as i64 {
            let started_at = start(&mut dice);
            let call = call(&mut dice, 1_000_000 + id * 65_536, started_at);
            if dice.one_in(3) {
                year.added.insert(call.id.0, added(&mut dice));
            }
            year.calls.push(call);
        }
        for (site, extension) in PHONES {
            year.add_states(&mut dice, site, extension);
        }
        year.states.sort_by_key(|change| change.at);
        let days = Leaf::day_of(FROM) - 1..=Leaf::day_of(TO);
        let stored =
            days.map(|day| (day, Leaf::of(day, &year.calls, &year.states).columns().into_iter().collect()));
        year.stored = stored.collect();
        year
    }

    pub(crate) fn marks(&self) -> Marks {
        let mut marks = Marks::default();
        for (id, added) in &self.added {
            let call = CallId(*id);
            added.tags.iter().for_each(|tag| marks.add_tag(call, tag));
            if added.recordings > 0 {
                let recorded = Recorded { recordings: added.recordings, length_ms: added.recorded_ms };
                marks.add_recordings(call, recorded);
            }
            if added.scorecards > 0 {
                let with_points = added.points.len() as u32;
                let shares = added.points.iter().sum();
                marks.add_scores(call, Scored { scorecards: added.scorecards, with_points, shares });
            }
            if added.noted {
                marks.add_note(call);
            }
        }
        marks
    }

    fn add_states(&mut self, dice: &mut Dice, site: i64, extension: &str) {
        let change =
            |at, state| StateChange { site: SiteId(site), extension: extension.to_owned(), at, state };
        if !dice.one_in(4) {
            self.begin.push(change(FROM, *dice.pick(&AgentState::ALL)));
        }
        let mut at = FROM.plus_ms(dice.below(40 * HOUR_MS));
        while at < TO.plus_ms(-1) {
            self.states.push(change(at, *dice.pick(&AgentState::ALL)));
            at = at.plus_ms(1 + dice.below(80 * HOUR_MS));
        }
    }
}

const PHONES: [(i64, &str); 7] =
    [(1, "201"), (1, "202"), (1, "203"), (1, "204"), (1, "205"), (2, "201"), (2, "301")];

/// Some at the turns of the clocks and of the year, most anywhere.
fn start(dice: &mut Dice) -> At {
    // 2026-03-29T01:00Z and 2026-10-25T01:00Z.
    let turns = [1_774_746_000_000, 1_792_890_000_000, FROM.0, TO.0 - 20 * HOUR_MS];
    if dice.one_in(4) {
        return At(dice.pick(&turns) - 3 * HOUR_MS + dice.below(12 * HOUR_MS));
    }
    At(FROM.0 - 12 * HOUR_MS + dice.below(TO.0 - FROM.0 + 24 * HOUR_MS))
}

struct Script<'d> {
    dice: &'d mut Dice,
    site: i64,
    at: At,
    events: Vec<Event>,
}

impl Script<'_> {
    fn main(&mut self, kind: EventKind, agent: Option<&str>, group: Option<&str>) {
        let long = if self.dice.one_in(60) { 30 * HOUR_MS } else { 90_000 };
        let length = if self.dice.one_in(12) { 0 } else { self.dice.below(long) };
        self.event(kind, agent, group, length, false);
        self.at = self.at.plus_ms(length);
    }

    fn event(
        &mut self,
        kind: EventKind,
        agent: Option<&str>,
        group: Option<&str>,
        length: i64,
        beside: bool,
    ) {
        self.events.push(Event {
            kind,
            started_at: self.at,
            ended_at: Some(self.at.plus_ms(length)),
            beside,
            agent: agent.map(str::to_owned),
            group: group.map(str::to_owned),
            ..Event::default()
        });
    }

    fn extension(&mut self) -> &'static str {
        if self.site == 1 {
            self.dice.pick::<&str>(&["201", "202", "203", "204", "205"])
        } else {
            self.dice.pick::<&str>(&["201", "301"])
        }
    }

    fn ring(&mut self, group: Option<&str>) -> &'static str {
        let first = self.extension();
        let before = self.at;
        self.main(EventKind::Ringing, Some(first), group);
        let length = self.at - before;
        for _ in 0..self.dice.below(3) {
            let other = self.extension();
            let now = std::mem::replace(&mut self.at, before);
            self.event(EventKind::Ringing, Some(other), group, length, true);
            self.at = now;
        }
        if self.dice.one_in(3) { self.extension() } else { first }
    }

    fn talk(&mut self, agent: &str) {
        let before = self.at;
        let kind = if self.dice.one_in(12) { EventKind::Conference } else { EventKind::Talking };
        self.main(kind, Some(agent), None);
        if kind == EventKind::Conference {
            let other = self.extension();
            let (now, length) = (self.at, self.at - before);
            self.at = before;
            self.event(kind, Some(other), None, length, true);
            self.at = now;
        }
        if self.dice.one_in(5) {
            let hold = *self.dice.pick(&[EventKind::Hold, EventKind::TransferHold, EventKind::Park]);
            self.main(hold, Some(agent), None);
            if self.dice.one_in(2) {
                self.main(EventKind::Talking, Some(agent), None);
            }
        }
    }

    fn inbound(&mut self) {
        if self.dice.one_in(4) {
            self.main(EventKind::AutoAttendant, None, None);
        }
        for _ in 0..=self.dice.below(2) {
            let group = *self.dice.pick(&[None, Some("600"), Some("601"), Some("602")]);
            if group.is_some() && self.dice.one_in(2) {
                self.main(EventKind::Queue, None, group);
                if self.dice.one_in(4) {
                    return;
                }
            }
            let agent = self.ring(group);
            if self.dice.one_in(4) {
                continue;
            }
            self.talk(agent);
            if self.dice.one_in(5) {
                self.main(EventKind::TransferHold, Some(agent), None);
                self.event(EventKind::Transfer, Some(agent), None, 0, true);
                let next = self.ring(None);
                self.talk(next);
            }
            return;
        }
        if self.dice.one_in(3) {
            self.main(EventKind::Voicemail, None, None);
        }
    }

    fn made(&mut self, caller: &str) {
        self.main(EventKind::Dialing, Some(caller), None);
        if !self.dice.one_in(3) {
            self.talk(caller);
        }
    }
}

fn call(dice: &mut Dice, id: i64, started_at: At) -> Call {
    let site = 1 + i64::from(dice.one_in(4));
    let direction = *dice.pick(&[
        Direction::Inbound,
        Direction::Inbound,
        Direction::Inbound,
        Direction::Outbound,
        Direction::Internal,
    ]);
    let mut script = Script { dice, site, at: started_at, events: Vec::new() };
    let caller = script.extension();
    match direction {
        Direction::Inbound => script.inbound(),
        Direction::Outbound => script.made(caller),
        Direction::Internal => {
            script.main(EventKind::Ringing, None, None);
            if !script.dice.one_in(4) {
                let other = script.ring(None);
                script.talk(other);
            }
        }
    }
    let (ended_at, events) = (script.at, std::mem::take(&mut script.events));
    let number = format!("+4989{}", 500 + dice.below(25));
    let outside = direction != Direction::Internal && !dice.one_in(9);
    let text =
        |dice: &mut Dice, of: &[&str]| Some((*dice.pick(of)).to_owned()).filter(|text| !text.is_empty());
    Call {
        id: CallId(id),
        site: SiteId(site),
        direction,
        started_at,
        start_known: !dice.one_in(10),
        ended_at: Some(ended_at).filter(|_| !dice.one_in(40)),
        external_number: outside.then(|| number.replace("+49", "0")),
        external_e164: (outside && !dice.one_in(3)).then(|| number.clone()),
        external_name: text(dice, &["", "Ann Keller", "Bäcker Ölmann", "ann keller"]).filter(|_| outside),
        withheld: direction == Direction::Inbound && !outside,
        dialed_number: text(dice, &["", "55501432", "55501433"]),
        caller_extension: (direction != Direction::Inbound).then(|| caller.to_owned()),
        emergency: dice.one_in(50),
        account_code: text(dice, &["", "", "1001", "1002"]),
        tag: text(dice, &["", "", "VIP", "Support"]),
        trunk: text(dice, &["", "Line 1.1", "Line 1.2", "Line 1.3", "Line 2.1", "Line 3"]),
        charge_ten_thousandths: dice.one_in(3).then(|| dice.below(90_000)),
        ending: *dice.pick(&[
            Some(Ending::CallingDrop),
            Some(Ending::ReceivingDrop),
            None,
            Some(Ending::Unseen),
        ]),
        events,
        related: if dice.one_in(30) {
            vec![Related { id: CallId(1), relation: Relation::ConsultationOf }]
        } else {
            vec![Related { id: CallId(2), relation: Relation::Consultation }]
        },
        ..Call::default()
    }
}

fn added(dice: &mut Dice) -> Added {
    let points = (0..dice.below(3)).map(|_| dice.below(101) as f64 / 100.0).collect::<Vec<_>>();
    Added {
        tags: ["vip", "Order", "Complaint"]
            .iter()
            .filter(|_| dice.one_in(3))
            .map(|tag| (*tag).to_owned())
            .collect(),
        recordings: dice.below(3) as u32,
        recorded_ms: dice.below(500_000),
        scorecards: points.len() as u32 + u32::from(dice.one_in(4)),
        points,
        noted: dice.one_in(2),
    }
}
