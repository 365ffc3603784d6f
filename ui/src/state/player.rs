//! The player as the window knows it: what it does, where it is, and the ways to steer it.

use super::player_keys::{PlayerKey, changed};
use crate::ipc::Asking;
use contract::Failure;
use contract::calls::{AskCall, CallView};
use contract::player::{AskPlayer, Play, PlayerSettings, PlayerView, Steer, Steering};
use contract::recordings::{AskPeaks, Peaks};
use leptos::prelude::*;
use std::collections::VecDeque;

/// As many ids as the desk takes for next and previous.
const MOST_LISTED: usize = 1_000;

/// Waveforms that are kept, so that one that is drawn anew is not asked for again.
const MOST_PEAKS: usize = 12;

#[derive(Clone, Copy)]
pub struct Player {
    pub view: RwSignal<PlayerView>,
    pub position_ms: RwSignal<i64>,
    /// Which recording is loaded.
    pub loaded: Memo<Option<String>>,
    pub playing: Memo<bool>,
    /// Where a loop begins that has no end yet.
    pub loop_from_ms: RwSignal<Option<i64>>,
    /// The note's little form is open.
    pub noting: RwSignal<bool>,
    /// Counts what made waveforms untrue.
    pub redrawn: RwSignal<u32>,
    asking: Asking<AskPlayer>,
    play: Asking<Play>,
    steer: Asking<Steer>,
    /// For what is told many times in a row while one drags; only the latest counts.
    drag: Asking<Steer>,
    of_call: Asking<AskCall>,
    peaks: StoredValue<VecDeque<(AskPeaks, Peaks)>>,
}

impl Player {
    pub fn new() -> Self {
        let view = RwSignal::new(PlayerView::default());
        let position_ms = RwSignal::new(0);
        let play = Asking::<Play>::new();
        let of_call = Asking::new().on_answer(move |(_, call): (AskCall, CallView)| {
            let list: Vec<String> = call.recordings.iter().map(|row| row.id.clone()).collect();
            if let Some(id) = list.first().cloned() {
                play.ask(Play { id, at_ms: None, list });
            }
        });
        Self {
            view,
            position_ms,
            loaded: Memo::new(move |_| view.with(|view| view.recording.as_ref().map(|row| row.id.clone()))),
            playing: Memo::new(move |_| view.with(|view| view.playing)),
            loop_from_ms: RwSignal::new(None),
            noting: RwSignal::new(false),
            redrawn: RwSignal::new(0),
            asking: Asking::new().on_answer(move |(_, next): (AskPlayer, PlayerView)| {
                change(position_ms, next.position_ms);
                change(view, next);
            }),
            play,
            of_call,
            steer: Asking::new(),
            drag: Asking::new(),
            peaks: StoredValue::new(VecDeque::new()),
        }
    }

    pub fn ask(self) {
        self.asking.ask(AskPlayer {});
    }

    pub fn hear(self, view: &PlayerView) {
        change(self.position_ms, view.position_ms);
        change(self.view, view.clone());
    }

    pub fn move_to(self, position_ms: i64) {
        self.position_ms.set(position_ms);
    }

    pub fn is_loaded(self, id: &str) -> bool {
        self.loaded.with(|loaded| loaded.as_deref() == Some(id))
    }

    /// Plays a recording; `list` is what the person looks at, for next and previous.
    pub fn play(self, id: &str, at_ms: Option<i64>, list: &[String]) {
        self.forget_failures();
        self.loop_from_ms.set(None);
        self.play.ask(Play { id: id.to_owned(), at_ms, list: around(list, id, MOST_LISTED) });
    }

    /// Plays it, or pauses it when it is the one that plays.
    pub fn play_or_pause(self, id: &str, list: &[String]) {
        if self.loaded.with_untracked(|loaded| loaded.as_deref() == Some(id)) {
            self.steer(Steering::Toggle);
        } else {
            self.play(id, None, list);
        }
    }

    /// Goes to an instant of a recording and plays from there.
    pub fn play_from(self, id: &str, at_ms: i64, list: &[String]) {
        let is_on = self.loaded.with_untracked(|loaded| loaded.as_deref() == Some(id));
        if is_on && self.playing.get_untracked() {
            self.steer(Steering::SeekTo { position_ms: at_ms });
        } else {
            self.play(id, Some(at_ms), list);
        }
    }

    /// Plays the first recording of a call, of which only the call is known.
    pub fn play_call(self, call: &str) {
        if self.view.with_untracked(|view| {
            view.recording.as_ref().is_some_and(|row| row.call.as_deref() == Some(call))
        }) {
            return self.steer(Steering::Toggle);
        }
        self.forget_failures();
        self.of_call.ask(AskCall { id: call.to_owned() });
    }

    pub fn steer(self, to: Steering) {
        self.forget_failures();
        self.steer.ask(Steer { to });
    }

    /// As `steer`, for what changes while one drags. The window follows the hand; the desk hears of where it rests.
    pub fn drag_to(self, position_ms: i64) {
        self.position_ms.set(position_ms);
        self.drag.ask_soon(Steer { to: Steering::SeekTo { position_ms } });
    }

    /// The settings are shown as chosen before the desk has answered, so that the next key builds on them.
    pub fn set(self, settings: PlayerSettings) {
        self.view.update(|view| view.settings = settings);
        self.drag.ask_soon(Steer { to: Steering::Settings(settings) });
    }

    pub fn loop_over(self, span_ms: Option<(i64, i64)>) {
        self.loop_from_ms.set(None);
        self.steer(Steering::Loop { span_ms });
    }

    /// A key that was pressed on no field and no button.
    pub fn press(self, key: PlayerKey) {
        if let Some(settings) = changed(self.view.with_untracked(|view| view.settings), key) {
            return self.set(settings);
        }
        let position_ms = self.position_ms.get_untracked();
        match key {
            PlayerKey::Toggle => self.steer(Steering::Toggle),
            PlayerKey::By(seconds) => self.steer(Steering::SeekBy { ms: seconds * 1_000 }),
            PlayerKey::ToStart => self.steer(Steering::SeekTo { position_ms: 0 }),
            PlayerKey::LoopFrom => self.loop_from_ms.set(Some(position_ms)),
            PlayerKey::LoopTo => {
                let from_ms = self.loop_from_ms.get_untracked().unwrap_or(0);
                if from_ms < position_ms {
                    self.loop_over(Some((from_ms, position_ms)));
                }
            }
            PlayerKey::NoLoop => self.loop_over(None),
            PlayerKey::Previous => self.steer(Steering::Previous),
            PlayerKey::Next => self.steer(Steering::Next),
            PlayerKey::Note => self.noting.set(true),
            PlayerKey::Slower
            | PlayerKey::Faster
            | PlayerKey::SkipSilence
            | PlayerKey::Channels
            | PlayerKey::Loudness => {}
        }
    }

    /// Why the last thing that was wanted of it did not happen.
    pub fn failure(self) -> Option<Failure> {
        self.play
            .failure
            .get()
            .or_else(|| self.of_call.failure.get())
            .or_else(|| self.steer.failure.get())
            .or_else(|| self.drag.failure.get())
    }

    pub fn forget_failures(self) {
        change(self.play.failure, None);
        change(self.of_call.failure, None);
        change(self.steer.failure, None);
        change(self.drag.failure, None);
    }

    pub fn known_peaks(self, asked: &AskPeaks) -> Option<Peaks> {
        self.peaks
            .with_value(|all| all.iter().find(|(known, _)| known == asked).map(|(_, peaks)| peaks.clone()))
    }

    pub fn keep_peaks(self, asked: AskPeaks, peaks: Peaks) {
        self.peaks.update_value(|all| {
            all.retain(|(known, _)| *known != asked);
            all.push_back((asked, peaks));
            if all.len() > MOST_PEAKS {
                all.pop_front();
            }
        });
    }

    /// The sound of a recording was changed.
    pub fn forget_peaks(self) {
        self.peaks.update_value(VecDeque::clear);
        self.redrawn.update(|count| *count += 1);
    }
}

impl Default for Player {
    fn default() -> Self {
        Self::new()
    }
}

fn change<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}

/// At most so many of a list, those around `id`.
fn around(list: &[String], id: &str, most: usize) -> Vec<String> {
    let at = list.iter().position(|known| known == id).unwrap_or_default();
    let end = (at + most / 2).max(most).min(list.len());
    let begin = end.saturating_sub(most);
    list[begin..end].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_and_previous_know_the_rows_around_the_one_that_plays() {
        let list: Vec<String> = (0..5_000).map(|n| n.to_string()).collect();
        let middle = around(&list, "2500", 1_000);
        assert_eq!((middle.len(), middle[0].as_str()), (1_000, "2000"), "as many before as after");
        let first = around(&list, "3", 1_000);
        assert_eq!((first.len(), first[0].as_str()), (1_000, "0"), "nothing stands before the first");
        let last = around(&list, "4999", 1_000);
        assert_eq!(last.last().map(String::as_str), Some("4999"), "the last one is among them");
        assert_eq!(around(&list[..3], "1", 1_000).len(), 3, "a short list is given whole");
    }
}
