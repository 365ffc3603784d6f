//! When a notification is due, and what it says.
//!
//! Calls that end in a quick row are told together; a source is told only when it stays lost; in quiet hours calls are
//! not told at all (the history has them), and what still stands at their end is told then.

use crate::heard::Heard;
use crate::here::Here;
use crate::quiet::is_quiet;
use crate::words::{group, length, outside, source};
use contract::Place;
use contract::calls::{CallRow, Outcome};
use contract::computer::{NoticePrefs, QuietHours};
use contract::links::{Lamp, LinkState, Source};
use model::{At, Direction};
use std::collections::{BTreeMap, VecDeque};

/// A call that ended longer ago comes out of a log or a buffer, and is no news.
const NEWS_MS: i64 = 2 * 60_000;
/// Two notifications about calls are at least so far apart: a busy morning must not become a wall of them.
const APART_MS: i64 = 30_000;
/// A link that comes back within this time was not worth a word.
const LOST_MS: i64 = 60_000;
/// Calls change after their end (a record is joined to them); each is told once. More than end within [`NEWS_MS`].
const TOLD_CALLS: usize = 512;
/// What is held back in quiet hours: the newest few say enough.
const HELD: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub says: String,
    /// Where a click leads.
    pub place: Place,
}

#[derive(Debug, Default)]
pub struct Notices {
    prefs: NoticePrefs,
    quiet: QuietHours,
    paused_until: Option<At>,
    told_calls: VecDeque<String>,
    calls: Gathered,
    lost: BTreeMap<(i64, Source), Lost>,
    held: VecDeque<Notice>,
    due: Vec<Notice>,
}

/// Calls that wait to be told together.
#[derive(Debug, Default)]
struct Gathered {
    newest: Option<Notice>,
    count: u32,
    told_at: Option<At>,
}

#[derive(Debug)]
struct Lost {
    since: At,
    told: bool,
    lamp: Lamp,
}

impl Notices {
    pub fn choose(&mut self, prefs: NoticePrefs, quiet: QuietHours) {
        self.prefs = prefs;
        self.quiet = quiet;
    }

    pub fn pause(&mut self, until: Option<At>) {
        self.paused_until = until;
    }

    pub fn paused_until(&self, here: &Here) -> Option<At> {
        self.paused_until.filter(|until| *until > here.now)
    }

    pub fn handle(&mut self, here: &Here, heard: &Heard) {
        match heard {
            Heard::Call(row) => self.call(here, row),
            // What a call was about is not told after the lock is closed; what is lost is told when it is open again.
            Heard::Locked => self.calls.forget(),
            Heard::CallGone(_) => {}
            Heard::Lamp(lamp) => self.lamp(here, lamp),
            Heard::Everything { lamps, .. } => {
                self.lost.retain(|at, _| lamps.iter().any(|lamp| (lamp.site, lamp.source) == *at));
                for lamp in lamps {
                    self.lamp(here, lamp);
                }
            }
            Heard::NoLibrary { says } => {
                let title = "CallDoc collects nothing".to_owned();
                self.hold(Notice { title, says: says.clone(), place: Place::Health });
            }
            Heard::Upkeep { title, says, place } => {
                if self.prefs.upkeep {
                    self.hold(Notice { title: title.clone(), says: says.clone(), place: *place });
                }
            }
        }
        self.turn(here);
    }

    /// Makes due what is due by now.
    pub fn turn(&mut self, here: &Here) {
        if is_quiet(&self.quiet, self.paused_until, here).is_some() {
            self.calls.forget();
            return;
        }
        self.due.extend(self.held.drain(..));
        self.due.extend(self.calls.tell(here.now));
        if !self.prefs.links {
            return;
        }
        for lost in self.lost.values_mut() {
            if !lost.told && here.now >= lost.since.plus_ms(LOST_MS) {
                lost.told = true;
                self.due.push(lost_notice(&lost.lamp));
            }
        }
    }

    /// What is to be shown now.
    pub fn take(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.due)
    }

    /// When [`Notices::turn`] is wanted next, if nothing is heard before.
    pub fn next_deadline(&self, here: &Here) -> Option<At> {
        let lost = self.lost.values().filter(|lost| self.prefs.links && !lost.told);
        let links = lost.map(|lost| lost.since.plus_ms(LOST_MS)).min();
        let held = (!self.held.is_empty()).then_some(here.now);
        let first = links.into_iter().chain(self.calls.deadline()).chain(held).min()?;
        Some(is_quiet(&self.quiet, self.paused_until, here).map_or(first, |end| end.max(first)))
    }

    fn call(&mut self, here: &Here, row: &CallRow) {
        let Some(ended_ms) = row.ended_ms else { return };
        let is_news = here.now.ms_since(At(ended_ms)) <= NEWS_MS && row.direction == Direction::Inbound;
        let Some(notice) = self.about_call(row).filter(|_| is_news) else { return };
        if self.told_calls.contains(&row.id) {
            return;
        }
        if self.told_calls.len() == TOLD_CALLS {
            self.told_calls.pop_front();
        }
        self.told_calls.push_back(row.id.clone());
        self.calls.newest = Some(notice);
        self.calls.count += 1;
    }

    /// `None`: nothing that a person wants to be told.
    fn about_call(&self, row: &CallRow) -> Option<Notice> {
        let who = outside(row);
        let group = group(row);
        let (wanted, title, says) = match row.outcome {
            Outcome::Abandoned { after_ms, .. } => {
                let waited = length(after_ms);
                let says = match group {
                    Some(group) => format!("{who} waited {waited} for {group} and hung up."),
                    None => format!("{who} waited {waited} and hung up."),
                };
                (self.prefs.abandoned, "A caller gave up", says)
            }
            Outcome::Voicemail { .. } => {
                let says = match group {
                    Some(group) => format!("{who} called {group}."),
                    None => format!("{who} called."),
                };
                (self.prefs.missed, "A caller reached voicemail", says)
            }
            Outcome::NoAnswer => {
                let says = match group {
                    Some(group) => format!("{who} for {group}: nobody answered."),
                    None => format!("{who}: nobody answered."),
                };
                (self.prefs.missed, "Missed call", says)
            }
            Outcome::Busy => {
                let says = match group {
                    Some(group) => format!("{who} for {group}: everybody was busy."),
                    None => format!("{who}: everybody was busy."),
                };
                (self.prefs.missed, "Missed call", says)
            }
            Outcome::Live { .. } | Outcome::Answered { .. } | Outcome::Unseen => return None,
        };
        wanted.then(|| Notice { title: title.to_owned(), says, place: Place::Calls })
    }

    fn lamp(&mut self, here: &Here, lamp: &Lamp) {
        let at = (lamp.site, lamp.source);
        match lamp.state {
            LinkState::Down | LinkState::Stopped => {
                let new = Lost { since: here.now, told: false, lamp: lamp.clone() };
                self.lost.entry(at).or_insert(new).lamp = lamp.clone();
            }
            // On its way: neither lost anew nor back.
            LinkState::Connecting => {}
            LinkState::Up | LinkState::Degraded | LinkState::Off => {
                let told = self.lost.remove(&at).is_some_and(|lost| lost.told);
                let is_quiet = is_quiet(&self.quiet, self.paused_until, here).is_some();
                if told && self.prefs.links && lamp.state != LinkState::Off && !is_quiet {
                    self.due.push(back_notice(lamp));
                }
            }
        }
    }

    fn hold(&mut self, notice: Notice) {
        if self.held.contains(&notice) {
            return;
        }
        if self.held.len() == HELD {
            self.held.pop_front();
        }
        self.held.push_back(notice);
    }
}

impl Gathered {
    fn deadline(&self) -> Option<At> {
        self.newest.as_ref().map(|_| self.told_at.map_or(At(0), |told| told.plus_ms(APART_MS)))
    }

    fn tell(&mut self, now: At) -> Option<Notice> {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return None;
        }
        let mut notice = self.newest.take()?;
        if self.count > 1 {
            let before = self.count - 1;
            notice.title = format!("{} callers reached nobody", self.count);
            notice.says = match before {
                1 => format!("{} And one call before.", notice.says),
                _ => format!("{} And {before} calls before.", notice.says),
            };
        }
        self.count = 0;
        self.told_at = Some(now);
        Some(notice)
    }

    fn forget(&mut self) {
        self.newest = None;
        self.count = 0;
    }
}

fn lost_notice(lamp: &Lamp) -> Notice {
    let advice = lamp.advice.as_ref().map(|advice| format!(" {advice}")).unwrap_or_default();
    Notice {
        title: format!("{}: {} is lost", lamp.site_name, source(lamp.source)),
        says: format!("{}{advice}", lamp.says),
        place: Place::Health,
    }
}

fn back_notice(lamp: &Lamp) -> Notice {
    Notice {
        title: format!("{}: {} is back", lamp.site_name, source(lamp.source)),
        says: lamp.says.clone(),
        place: Place::Health,
    }
}

#[cfg(test)]
#[path = "notices_tests.rs"]
mod tests;
