//! What the icon beside the clock shows: the state in words, and the calls now.

use crate::heard::Heard;
use crate::here::Here;
use crate::words::{live_line, source};
use contract::calls::CallRow;
use contract::links::{Lamp, LinkState, Source};
use model::At;
use std::collections::BTreeMap;

/// Lines of a menu that are still read.
const CALLS_SHOWN: usize = 8;

/// Everything the shell needs to paint it; equal views are not painted twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayView {
    pub mood: Mood,
    /// `Main office: DevLink3 is lost`
    pub says: String,
    /// How many calls go on.
    pub live: usize,
    /// The longest of them, a line each.
    pub calls: Vec<String>,
    pub pause: PauseItem,
    /// A newer version that can be installed.
    pub update: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Good,
    /// Something is lost.
    Trouble,
    /// Nothing is set up, or it is just beginning.
    Idle,
}

/// What the menu offers about notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PauseItem {
    Offer,
    /// With the words "until 14:30".
    Resume {
        until: String,
    },
}

/// What is known of the moment.
#[derive(Debug, Default)]
pub struct TrayBoard {
    calls: BTreeMap<String, CallRow>,
    lamps: BTreeMap<(i64, Source), Lamp>,
    /// A newer version that can be installed.
    pub update: Option<String>,
    no_library: bool,
    locked: bool,
}

impl TrayBoard {
    pub fn handle(&mut self, heard: &Heard) {
        match heard {
            Heard::Call(row) if row.ended_ms.is_some() => {
                self.calls.remove(&row.id);
            }
            Heard::Call(row) => {
                self.calls.insert(row.id.clone(), row.as_ref().clone());
            }
            Heard::CallGone(id) => {
                self.calls.remove(id);
            }
            Heard::Lamp(lamp) => {
                self.lamps.insert((lamp.site, lamp.source), lamp.clone());
            }
            Heard::Everything { calls, lamps } => {
                (self.locked, self.no_library) = (false, false);
                self.calls = calls.iter().map(|call| (call.row.id.clone(), call.row.clone())).collect();
                self.lamps = lamps.iter().map(|lamp| ((lamp.site, lamp.source), lamp.clone())).collect();
            }
            Heard::Locked => {
                (self.locked, self.no_library) = (true, false);
                self.calls.clear();
                self.lamps.clear();
            }
            Heard::NoLibrary { .. } => self.no_library = true,
            Heard::Upkeep { .. } => {}
        }
    }

    pub fn view(&self, here: &Here, paused_until: Option<At>) -> TrayView {
        let mut calls: Vec<&CallRow> = self.calls.values().collect();
        calls.sort_by_key(|row| row.started_ms);
        let (mood, says) = self.state();
        TrayView {
            mood,
            says,
            live: calls.len(),
            calls: calls.into_iter().take(CALLS_SHOWN).map(live_line).collect(),
            pause: match paused_until {
                Some(until) if here.is_today(until) => PauseItem::Resume { until: here.clock_time(until) },
                Some(_) => PauseItem::Resume { until: "tomorrow".to_owned() },
                None => PauseItem::Offer,
            },
            update: self.update.clone(),
        }
    }

    fn state(&self) -> (Mood, String) {
        if self.no_library {
            return (Mood::Trouble, "The library could not be opened".to_owned());
        }
        if self.locked {
            return (Mood::Good, "Locked; calls go on being collected".to_owned());
        }
        let lamps: Vec<&Lamp> = self.lamps.values().filter(|lamp| lamp.state != LinkState::Off).collect();
        let lost: Vec<&&Lamp> = lamps.iter().filter(|lamp| is_lost(lamp)).collect();
        match (lamps.as_slice(), lost.as_slice()) {
            ([], _) => (Mood::Idle, "Not connected to a phone system yet".to_owned()),
            (_, [one]) => (Mood::Trouble, format!("{}: {} is lost", one.site_name, source(one.source))),
            (all, []) if all.iter().any(|lamp| lamp.state == LinkState::Connecting) => {
                (Mood::Idle, "Connecting \u{2026}".to_owned())
            }
            ([one], []) => (Mood::Good, format!("Connected to {}", one.site_name)),
            (all, []) => (Mood::Good, format!("All {} sources deliver", all.len())),
            (all, many) => (Mood::Trouble, format!("{} of {} sources are lost", many.len(), all.len())),
        }
    }
}

fn is_lost(lamp: &Lamp) -> bool {
    matches!(lamp.state, LinkState::Down | LinkState::Stopped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::here::clock;
    use crate::words::row;
    use contract::calls::Outcome;
    use model::EventKind;

    fn lamp(source: Source, state: LinkState) -> Heard {
        Heard::Lamp(Lamp {
            site: 1,
            site_name: "Main office".to_owned(),
            source,
            state,
            says: String::new(),
            advice: None,
            since_ms: 0,
            last_event_ms: None,
        })
    }

    fn says(board: &TrayBoard) -> (Mood, String) {
        let view = board.view(&clock("2026-11-20T12:00"), None);
        (view.mood, view.says)
    }

    #[test]
    fn the_state_is_said_in_words() {
        let mut board = TrayBoard::default();
        assert_eq!(says(&board).0, Mood::Idle, "nothing is set up");
        board.handle(&lamp(Source::Devlink3, LinkState::Up));
        board.handle(&lamp(Source::Recordings, LinkState::Off));
        assert_eq!(says(&board), (Mood::Good, "Connected to Main office".to_owned()), "off does not count");
        board.handle(&lamp(Source::Smdr, LinkState::Connecting));
        assert_eq!(says(&board).1, "Connecting …", "one is on its way");
        board.handle(&lamp(Source::Smdr, LinkState::Stopped));
        assert_eq!(says(&board), (Mood::Trouble, "Main office: SMDR is lost".to_owned()), "which one");
        board.handle(&lamp(Source::Devlink3, LinkState::Down));
        assert_eq!(says(&board).1, "2 of 2 sources are lost", "all of them");
    }

    #[test]
    fn a_library_that_cannot_be_opened_shows_beside_the_clock() {
        let mut board = TrayBoard::default();
        board.handle(&Heard::NoLibrary { says: "It is locked.".to_owned() });
        assert_eq!(says(&board).0, Mood::Trouble, "nothing is collected, and nobody may be looking");
        board.handle(&Heard::Everything { calls: Vec::new(), lamps: Vec::new() });
        assert_eq!(says(&board).0, Mood::Idle, "a restored one is open");
    }

    #[test]
    fn nobody_reads_beside_the_clock_who_calls_while_it_is_locked() {
        let mut board = TrayBoard::default();
        let ringing = Outcome::Live { state: EventKind::Ringing };
        board.handle(&Heard::Call(Box::new(row("1", ringing, None))));
        board.handle(&Heard::Locked);
        let view = board.view(&clock("2026-11-20T12:00"), None);
        assert!(view.calls.is_empty(), "a lock that leaves names beside the clock is none: {:?}", view.calls);
        assert!(view.says.contains("go on being collected"), "and it is said what goes on: {}", view.says);
        board.handle(&Heard::Everything { calls: Vec::new(), lamps: Vec::new() });
        assert_eq!(says(&board).0, Mood::Idle, "opened again, it says how things stand");
    }

    #[test]
    fn calls_come_go_and_are_joined() {
        let mut board = TrayBoard::default();
        let ringing = Outcome::Live { state: EventKind::Ringing };
        for id in ["1", "2", "3"] {
            board.handle(&Heard::Call(Box::new(row(id, ringing, None))));
        }
        board.handle(&Heard::Call(Box::new(row("1", Outcome::Busy, Some(5)))));
        board.handle(&Heard::CallGone("2".to_owned()));
        let view = board.view(&clock("2026-11-20T12:00"), None);
        assert_eq!(view.live, 1, "one ended, one turned out to be part of another");
        assert_eq!(view.calls, ["0123456789 → Sales, ringing"], "and one rings");
    }

    #[test]
    fn a_long_menu_is_cut_but_all_calls_are_counted() {
        let mut board = TrayBoard::default();
        let ringing = Outcome::Live { state: EventKind::Ringing };
        for id in 0..20 {
            board.handle(&Heard::Call(Box::new(row(&id.to_string(), ringing, None))));
        }
        let view = board.view(&clock("2026-11-20T12:00"), None);
        assert_eq!((view.live, view.calls.len()), (20, 8), "twenty go on, eight are listed");
    }

    #[test]
    fn a_pause_says_when_it_ends() {
        let (board, noon) = (TrayBoard::default(), clock("2026-11-20T12:00"));
        let until = |text| board.view(&noon, Some(clock(text).now)).pause;
        assert_eq!(until("2026-11-20T13:00"), PauseItem::Resume { until: "13:00".to_owned() }, "today");
        assert_eq!(until("2026-11-21T07:00"), PauseItem::Resume { until: "tomorrow".to_owned() }, "later");
        assert_eq!(board.view(&noon, None).pause, PauseItem::Offer, "nothing is held back");
    }
}
