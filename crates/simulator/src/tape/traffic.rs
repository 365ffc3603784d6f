//! Which calls are made when: a busy office by day, a few calls by night, and the neighbours that were asked for.
//!
//! Everything here is planned time: milliseconds since an instant of the tape, at speed 1.

use super::settings::TapeSettings;
use super::wishes::{Stands, Wish, Wisher};
use super::{Neighbour, Neighbours};
use crate::dice::Dice;
use crate::kind::Kind;
use crate::lengths::Lengths;
use crate::office::{Office, Size};
use crate::planner::{Planner, Wanted};
use crate::schedule::CALLS_BY_HOUR;
use crate::script::Script;
use crate::truth::local;
use jiff::tz::TimeZone;
use model::At;

const HOUR_MS: f64 = 3_600_000.0;
/// Shortly before midnight, and before the clock is changed, calls come more often: some of them last over it.
const EDGE_MS: u64 = 4 * 60_000;
const EDGE_GAP_MS: f64 = 25_000.0;
const MINUTE_MS: usize = 60_000;
/// Calls at once at most.
const AT_ONCE: usize = 20;
const FIRST_CALL_MS: u64 = 700;
const PUT_OFF_MS: u64 = 500;
/// A tape that begins amid calls: so long before it the office opens, with calls in quick succession.
const WARM_UP_MS: u64 = 8 * 60_000;
const WARM_UP_GAP_MS: f64 = 25_000.0;
/// A tape that ends amid calls: so many come in quick succession, and it ends so long after the last one's start.
const LAST_CALLS: u32 = 12;
const LAST_GAP_MS: f64 = 6_000.0;
const STOPS_AFTER_MS: (u64, u64) = (8_000, 30_000);
/// One stretch of silence in so many calls; less on short tapes.
const CALLS_A_GAP: u32 = 260;
const GAP_BEGINS_AFTER_MS: (u64, u64) = (3_000, 60_000);
const GAP_MS: (u64, u64) = (100_000, 420_000);
/// A restart: from the last hang-up to the loss of the link, then to the link's return, then to the next call.
const RESTART_MS: [u64; 3] = [6_000, 75_000, 20_000];
/// Calls after a restart that count as its neighbours.
const AFTER_RESTART: u32 = 25;

/// A call, and what is to happen about that time.
pub(super) struct Arranged {
    pub(super) number: u64,
    pub(super) start_ms: u64,
    pub(super) script: Script,
    pub(super) neighbour: Option<Neighbour>,
    /// The other call of a pair.
    pub(super) partner: Option<(u64, Neighbour)>,
    pub(super) silences: Vec<Silence>,
    /// The last call of a tape that ends amid calls: when it ends.
    pub(super) stop_ms: Option<u64>,
}

/// A stretch of time in which a source says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    Devlink { from_ms: u64, to_ms: u64 },
    Smdr { from_ms: u64, to_ms: u64 },
}

pub(super) struct Traffic {
    planner: Planner,
    zone: TimeZone,
    zero: At,
    /// Where the tape begins.
    begins_ms: u64,
    kinds: Kinds,
    wisher: Wisher,
    wishes: Vec<Wish>,
    dice: Dice,
    calls: u32,
    made: u32,
    next_ms: u64,
    /// Ends of calls in progress.
    ends_ms: Vec<u64>,
    /// After this nothing is going on.
    quiet_from_ms: u64,
    /// A source is silent until then.
    silent_until_ms: u64,
    restarted_at: Option<u32>,
}

impl Traffic {
    pub(super) fn new(settings: &TapeSettings, zone: TimeZone) -> Self {
        let begins_ms = if settings.neighbours.in_progress_at_start { WARM_UP_MS } else { 0 };
        let planner = Planner::new(Size::Large, settings.seed, Lengths::Office, 1.0, settings.leg_fields);
        Self {
            planner,
            zone,
            zero: settings.begins.plus_ms(-whole(begins_ms)),
            begins_ms,
            kinds: Kinds::new(settings.kinds.clone()),
            wisher: Wisher { neighbours: settings.neighbours, kinds: settings.kinds.clone() },
            wishes: Vec::new(),
            dice: Dice::new(settings.seed ^ 0x7261_6666_6963),
            calls: settings.calls,
            made: 0,
            next_ms: FIRST_CALL_MS,
            ends_ms: Vec::new(),
            quiet_from_ms: 0,
            silent_until_ms: 0,
            restarted_at: None,
        }
    }

    pub(super) fn office(&self) -> &Office {
        &self.planner.office
    }

    /// The instant of planned time.
    pub(super) fn at(&self, planned_ms: u64) -> At {
        self.zero.plus_ms(whole(planned_ms))
    }

    /// The next call in order of start. Calls that were over before the tape begins are made, and not given.
    pub(super) fn next_call(&mut self) -> Option<Arranged> {
        while self.made < self.calls {
            let mut silences: Vec<Silence> = self.restart_when_due().into_iter().collect();
            let (start_ms, script, wish) = self.make_one();
            let end_ms = start_ms + script.length_ms();
            self.quiet_from_ms = self.quiet_from_ms.max(end_ms);
            self.ends_ms.push(end_ms);
            if start_ms + script.call_ms() <= self.begins_ms {
                continue;
            }
            let number = u64::from(self.made);
            self.made += 1;
            silences.extend(self.silences_about(start_ms));
            if wish.is_none() {
                let stands = Stands { number, start_ms, zero: self.zero };
                let Self { wisher, planner, dice, .. } = self;
                let lengths = planner.lengths_of_latest();
                self.wishes.extend(wisher.wish(dice, &planner.office, stands, &script, lengths));
            }
            return Some(self.arranged(number, start_ms, script, wish, silences));
        }
        None
    }

    fn arranged(
        &mut self,
        number: u64,
        start_ms: u64,
        script: Script,
        wish: Option<Wish>,
        silences: Vec<Silence>,
    ) -> Arranged {
        let partner = wish
            .filter(|wish| wish.neighbour != Neighbour::EqualLengths || wish.length_ms == script.call_ms())
            .map(|wish| (wish.of, wish.neighbour));
        let fresh = self.restarted_at.is_some_and(|at| self.made <= at + AFTER_RESTART);
        let neighbour = partner.map(|(_, neighbour)| neighbour).or(fresh.then_some(Neighbour::IdsStartAgain));
        let ends_here = self.made == self.calls && self.wisher.neighbours.in_progress_at_stop;
        let stop_ms = ends_here.then(|| start_ms + self.dice.between(STOPS_AFTER_MS.0, STOPS_AFTER_MS.1));
        Arranged { number, start_ms, script, neighbour, partner, silences, stop_ms }
    }

    /// A wish when it is due, else a call of the mix when somebody is free for it.
    fn make_one(&mut self) -> (u64, Script, Option<Wish>) {
        let mut kind = self.kinds.next(&mut self.dice);
        loop {
            self.wait_for_an_end();
            if let Some(wish) = self.take_wish_before(self.next_ms) {
                if let Some(script) = self.planner.call_as_wanted(&wish.wanted, wish.at_ms) {
                    self.kinds.put_back(kind);
                    return (wish.at_ms, script, Some(wish));
                }
                continue;
            }
            let start_ms = self.next_ms;
            if let Some(script) = self.planner.call_as_wanted(&Wanted::any(kind), start_ms) {
                self.next_ms = start_ms + self.gap_ms(start_ms);
                return (start_ms, script, None);
            }
            self.next_ms += PUT_OFF_MS;
            kind = self.kinds.instead_of(kind, &mut self.dice);
        }
    }

    fn wait_for_an_end(&mut self) {
        self.ends_ms.retain(|end_ms| *end_ms > self.next_ms);
        if self.ends_ms.len() >= AT_ONCE {
            self.next_ms = self.ends_ms.iter().copied().min().unwrap_or(self.next_ms);
        }
    }

    fn take_wish_before(&mut self, before_ms: u64) -> Option<Wish> {
        let (place, _) = self
            .wishes
            .iter()
            .enumerate()
            .filter(|(_, wish)| wish.at_ms <= before_ms)
            .min_by_key(|(_, wish)| wish.at_ms)?;
        Some(self.wishes.remove(place))
    }

    fn gap_ms(&mut self, at_ms: u64) -> u64 {
        let Neighbours { in_progress_at_stop, .. } = self.wisher.neighbours;
        let mean = if at_ms < self.begins_ms {
            WARM_UP_GAP_MS
        } else if in_progress_at_stop && self.made + LAST_CALLS >= self.calls {
            LAST_GAP_MS
        } else if self.is_at_an_edge(at_ms) {
            EDGE_GAP_MS
        } else {
            let hour = local(self.at(at_ms), &self.zone).hour();
            let calls = f64::from(CALLS_BY_HOUR[usize::try_from(hour).unwrap_or_default() % 24]);
            // Calls that are made because of others come on top.
            HOUR_MS / calls * (1.0 + self.wisher.share())
        };
        let gap_ms = self.dice.gap(mean) as u64 + 1;
        let mut minutes = (at_ms..at_ms + gap_ms).step_by(MINUTE_MS).skip(1);
        minutes.find(|minute_ms| self.is_at_an_edge(*minute_ms)).map_or(gap_ms, |minute_ms| minute_ms - at_ms)
    }

    fn is_at_an_edge(&self, at_ms: u64) -> bool {
        let now = local(self.at(at_ms), &self.zone);
        let soon = local(self.at(at_ms + EDGE_MS), &self.zone);
        now.date() != soon.date() || now.offset() != soon.offset()
    }

    /// Twice, after a third and two thirds of the calls: everybody hangs up, then the PBX is away for a minute.
    fn restart_when_due(&mut self) -> Option<Silence> {
        let due = self.wisher.neighbours.ids_start_again
            && self.made > 0
            && [self.calls / 3, self.calls / 3 * 2].contains(&self.made)
            && self.restarted_at != Some(self.made);
        if !due {
            return None;
        }
        self.restarted_at = Some(self.made);
        self.wishes.clear();
        self.planner.restart();
        let from_ms = self.next_ms.max(self.quiet_from_ms) + RESTART_MS[0];
        let to_ms = from_ms + RESTART_MS[1];
        self.next_ms = to_ms + RESTART_MS[2];
        self.silent_until_ms = to_ms;
        Some(Silence::Devlink { from_ms, to_ms })
    }

    /// DevLink3 and SMDR fall silent in turn, so that hardly a call is in both.
    fn silences_about(&mut self, start_ms: u64) -> Option<Silence> {
        let Neighbours { devlink_gaps, smdr_gaps, .. } = self.wisher.neighbours;
        let every = CALLS_A_GAP.min(self.calls / 2).max(4);
        let devlink = devlink_gaps && self.made % every == every / 4;
        let smdr = smdr_gaps && self.made % every == every / 4 * 3;
        if !(devlink || smdr) || start_ms < self.silent_until_ms {
            return None;
        }
        let from_ms = start_ms + self.dice.between(GAP_BEGINS_AFTER_MS.0, GAP_BEGINS_AFTER_MS.1);
        let to_ms = from_ms + self.dice.between(GAP_MS.0, GAP_MS.1);
        self.silent_until_ms = to_ms;
        if !devlink {
            return Some(Silence::Smdr { from_ms, to_ms });
        }
        self.quiet_from_ms = self.quiet_from_ms.max(to_ms);
        Some(Silence::Devlink { from_ms, to_ms })
    }
}

/// Which kind is next.
struct Kinds {
    /// Taken in turn; empty: all, dealt from a deck, so that each comes as often as its weight says.
    asked_for: Vec<Kind>,
    turn: usize,
    deck: Vec<Kind>,
}

/// Cards of a kind in the deck at least.
const FEWEST_CARDS: u32 = 2;

impl Kinds {
    fn new(asked_for: Vec<Kind>) -> Self {
        Self { asked_for, turn: 0, deck: Vec::new() }
    }

    fn next(&mut self, dice: &mut Dice) -> Kind {
        if !self.asked_for.is_empty() {
            self.turn += 1;
            return self.asked_for[(self.turn - 1) % self.asked_for.len()];
        }
        if self.deck.is_empty() {
            for kind in Kind::ALL {
                self.deck.extend(std::iter::repeat_n(kind, kind.weight().max(FEWEST_CARDS) as usize));
            }
            dice.shuffle(&mut self.deck);
        }
        self.deck.pop().unwrap_or(Kind::InboundDirect)
    }

    /// Nobody is free for `kind`: another one meanwhile, but where they are taken in turn.
    fn instead_of(&mut self, kind: Kind, dice: &mut Dice) -> Kind {
        if !self.asked_for.is_empty() {
            return kind;
        }
        self.deck.insert(0, kind);
        self.next(dice)
    }

    /// It was not its turn yet.
    fn put_back(&mut self, kind: Kind) {
        if self.asked_for.is_empty() {
            self.deck.push(kind);
        } else {
            self.turn -= 1;
        }
    }
}

fn whole(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
