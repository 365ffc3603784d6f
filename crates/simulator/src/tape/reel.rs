//! Turns the tape: one agenda of virtual time, from which everything is said when it is due.

use super::line::{Line, Progress, Snapshot};
use super::press::Press;
use super::traffic::{Arranged, Silence, Traffic};
use super::{Neighbour, Seen, Spoken, TapeSettings, Truth};
use crate::dice::Dice;
use crate::error::SimulatorError;
use crate::script::Script;
use crate::truth::{self, Told};
use jiff::tz::TimeZone;
use model::{At, Said};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

/// A call's truth is told so long after its end: by then it shows whether another call is its neighbour.
const TRUTH_AFTER_MS: i64 = 12_000;
/// From the first snapshot to the lists of users and groups, which come on connections of their own.
const LISTS_AFTER_MS: i64 = 400;
/// What a link that breaks says.
const LOST: &str = "the PBX closed the connection";

/// A tape as it turns: for lengths that one would not want to have in memory as a whole.
pub struct Reel {
    traffic: Traffic,
    line: Line,
    press: Option<Press>,
    zone: TimeZone,
    begins: At,
    ends: Option<At>,
    agenda: BinaryHeap<Reverse<(At, u64, Todo)>>,
    entries: u64,
    playing: BTreeMap<u64, Playing>,
    ready: VecDeque<Piece>,
}

/// What comes off a reel.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Spoken(Spoken),
    /// Comes some time after the call's end, when all was said of it. Calls are numbered by their starts, from 0.
    Truth {
        number: u64,
        truth: Box<Truth>,
    },
}

struct Playing {
    script: Script,
    times: Vec<At>,
    step: usize,
    rows_due: usize,
    told: Told,
    seen: Seen,
    neighbour: Option<Neighbour>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Todo {
    Listen,
    Lists,
    LoseLink,
    Step { call: u64 },
    Rows { call: u64, record: usize, bytes: Vec<u8> },
    TellTruth { call: u64 },
}

impl Reel {
    pub fn new(settings: &TapeSettings) -> Result<Self, SimulatorError> {
        let zone = settings.time_zone()?;
        let line = if settings.devlink { Line::down(settings.sip_track) } else { Line::absent() };
        let press = settings.smdr.then(|| {
            let dice = Dice::new(settings.seed ^ 0x0070_7265_7373);
            Press::new(zone.clone(), settings.pbx_clock_ahead_ms, settings.neighbours, dice)
        });
        let mut reel = Self {
            traffic: Traffic::new(settings, zone.clone()),
            line,
            press,
            zone,
            begins: settings.begins,
            ends: None,
            agenda: BinaryHeap::new(),
            entries: 0,
            playing: BTreeMap::new(),
            ready: VecDeque::new(),
        };
        if settings.devlink {
            reel.enter(settings.begins, Todo::Listen);
            reel.enter(settings.begins.plus_ms(LISTS_AFTER_MS), Todo::Lists);
        }
        reel.plan_next_call();
        Ok(reel)
    }

    fn plan_next_call(&mut self) {
        let Some(arranged) = self.traffic.next_call() else {
            return;
        };
        let Arranged { number, start_ms, script, neighbour, partner, silences, stop_ms } = arranged;
        for silence in silences {
            self.fall_silent(silence);
        }
        self.ends = stop_ms.map(|stop_ms| self.traffic.at(stop_ms));
        let mut marked = neighbour;
        if let Some((of, neighbour)) = partner {
            match self.playing.get_mut(&of) {
                Some(other) => other.neighbour = Some(neighbour),
                None => marked = None,
            }
        }
        let times: Vec<At> = script.steps.iter().map(|step| self.traffic.at(start_ms + step.at_ms)).collect();
        let start = times.first().copied().unwrap_or_default();
        let seen = if start < self.begins { Seen::InProgressAtStart } else { Seen::Whole };
        let playing =
            Playing { script, times, step: 0, rows_due: 0, told: Told::default(), seen, neighbour: marked };
        self.playing.insert(number, playing);
        self.enter(start, Todo::Step { call: number });
    }

    fn fall_silent(&mut self, silence: Silence) {
        match silence {
            Silence::Devlink { from_ms, to_ms } => {
                let (from, to) = (self.traffic.at(from_ms), self.traffic.at(to_ms));
                self.enter(from, Todo::LoseLink);
                self.enter(to, Todo::Listen);
            }
            Silence::Smdr { from_ms, to_ms } => {
                let (from, to) = (self.traffic.at(from_ms), self.traffic.at(to_ms));
                if let Some(press) = &mut self.press {
                    press.lose(from, to);
                }
            }
        }
    }

    fn carry_out(&mut self, at: At, todo: Todo) {
        match todo {
            Todo::Listen => self.listen(at),
            Todo::Lists => {
                let office = self.traffic.office();
                let (users, groups) = (office.user_list(), office.hunt_list());
                self.speak(at, Said::UserList, users);
                self.speak(at, Said::HuntList, groups);
            }
            Todo::LoseLink => self.lose_link(at),
            Todo::Step { call } => self.step(at, call),
            Todo::Rows { call, record, bytes } => self.rows(at, call, record, bytes),
            Todo::TellTruth { call } => self.tell_truth(call),
        }
    }

    fn listen(&mut self, at: At) {
        if !self.line.is_down() {
            return;
        }
        let Snapshot { answer, states } = self.line.snapshot();
        self.speak(at, Said::DevlinkSnapshot, answer);
        for Progress { call, bytes } in states {
            if let Some(playing) = call.and_then(|call| self.playing.get_mut(&call)) {
                playing.told.by_devlink = true;
            }
            self.speak(at, Said::DevlinkEvent, bytes);
        }
    }

    fn lose_link(&mut self, at: At) {
        self.line.lose();
        if !self.line.is_down() {
            return;
        }
        self.speak(at, Said::DevlinkLost, LOST.as_bytes().to_vec());
        for playing in self.playing.values_mut().filter(|playing| playing.is_going_on()) {
            playing.seen = playing.seen.min(Seen::DevlinkGap);
        }
    }

    fn step(&mut self, at: At, call: u64) {
        if self.playing.get(&call).is_some_and(|playing| playing.step == 0) {
            self.plan_next_call();
        }
        let Some(mut playing) = self.playing.remove(&call) else {
            return;
        };
        // Before the tape begins the line is down as well, and nothing is missing.
        if self.line.is_down() && at >= self.begins && playing.step <= playing.script.over {
            playing.seen = playing.seen.min(Seen::DevlinkGap);
        }
        let step = playing.step;
        playing.step += 1;
        if let Some(step) = playing.script.steps.get(step) {
            for saying in &step.says {
                if let Some(bytes) = self.line.say(call, saying) {
                    playing.told.by_devlink = true;
                    self.speak(at, Said::DevlinkEvent, bytes);
                }
            }
        }
        self.print_records(at, call, &mut playing, step);
        match playing.times.get(step + 1).copied() {
            Some(next) => self.enter(next, Todo::Step { call }),
            None => {
                self.line.forget(call);
                if playing.rows_due == 0 {
                    self.enter(at.plus_ms(TRUTH_AFTER_MS), Todo::TellTruth { call });
                }
            }
        }
        self.playing.insert(call, playing);
    }

    /// Rows of the records that are complete with this step.
    fn print_records(&mut self, at: At, call: u64, playing: &mut Playing, step: usize) {
        let Some(press) = &mut self.press else {
            return;
        };
        let mut prints = Vec::new();
        for (place, record) in playing.script.records.iter().enumerate() {
            if record.to != step {
                continue;
            }
            let (rows, neighbour) = press.print(&playing.script, record, &playing.times, at);
            playing.rows_due += rows.len();
            playing.neighbour = playing.neighbour.or(neighbour);
            prints.extend(rows.into_iter().map(|print| (place, print)));
        }
        for (record, print) in prints {
            self.enter(print.at, Todo::Rows { call, record, bytes: print.bytes });
        }
    }

    fn rows(&mut self, at: At, call: u64, record: usize, bytes: Vec<u8>) {
        let lost = at < self.begins || self.press.as_ref().is_some_and(|press| press.is_lost(at));
        let Some(playing) = self.playing.get_mut(&call) else {
            return;
        };
        playing.rows_due -= 1;
        if lost {
            playing.seen = playing.seen.min(Seen::SmdrGap);
        } else {
            playing.told.by_smdr |= record == 0;
        }
        if playing.rows_due == 0 && playing.has_ended() {
            self.enter(at.plus_ms(TRUTH_AFTER_MS), Todo::TellTruth { call });
        }
        if !lost {
            self.speak(at, Said::SmdrLines, bytes);
        }
    }

    fn tell_truth(&mut self, call: u64) {
        let Some(playing) = self.playing.remove(&call) else {
            return;
        };
        let Playing { script, times, told, seen, neighbour, .. } = playing;
        let truth = Truth {
            call: truth::published(&script, &times, &self.zone, told),
            kind: script.kind,
            seen,
            neighbour,
        };
        self.ready.push_back(Piece::Truth { number: call, truth: Box::new(truth) });
    }

    /// The tape is over: what was not said never will be.
    fn stop(&mut self) {
        self.agenda.clear();
        let left: Vec<u64> = self.playing.keys().copied().collect();
        for call in left {
            if let Some(playing) = self.playing.get_mut(&call)
                && (!playing.has_ended() || playing.rows_due > 0)
            {
                playing.seen = playing.seen.min(Seen::InProgressAtStop);
            }
            self.tell_truth(call);
        }
    }

    fn speak(&mut self, at: At, said: Said, bytes: Vec<u8>) {
        self.ready.push_back(Piece::Spoken(Spoken { at, said, bytes }));
    }

    fn enter(&mut self, at: At, todo: Todo) {
        self.entries += 1;
        self.agenda.push(Reverse((at, self.entries, todo)));
    }
}

impl Iterator for Reel {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            let Reverse((at, _, todo)) = self.agenda.pop()?;
            if self.ends.is_some_and(|end| at > end) {
                self.stop();
            } else {
                self.carry_out(at, todo);
            }
        }
    }
}

impl Playing {
    fn has_ended(&self) -> bool {
        self.step == self.script.steps.len()
    }

    /// It has begun and is not over.
    fn is_going_on(&self) -> bool {
        (1..=self.script.over).contains(&self.step)
    }
}
