//! The one way screens ask: busy, failure, asking again, and answers to older questions dropped.

use super::ask;
use contract::{Command, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Waiting shorter than this shows nothing: a skeleton that flashes is more disturbing than a short stillness.
const SKELETON_AFTER: Duration = Duration::from_millis(150);

/// A question of one kind, asked any number of times. Cheap to copy.
pub struct Asking<C: Command + Send + Sync + 'static>
where
    C::Reply: Send + Sync,
{
    /// The latest answer; stays while a newer question is asked.
    pub answer: RwSignal<Option<C::Reply>>,
    /// Why the latest question failed.
    pub failure: RwSignal<Option<Failure>>,
    pub busy: RwSignal<bool>,
    /// Busy for long enough that it is worth showing.
    pub slow: RwSignal<bool>,
    turns: StoredValue<Turns<C>>,
    hooks: StoredValue<Hooks<C>>,
}

/// What happens with each question when it is sent, and with each answer before it is shown.
struct Hooks<C: Command + Send + Sync + 'static>
where
    C::Reply: Send + Sync,
{
    sent: Option<Callback<C>>,
    answered: Option<Callback<(C, C::Reply)>>,
}

impl<C: Command + Send + Sync + 'static> Clone for Asking<C>
where
    C::Reply: Send + Sync,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Command + Send + Sync + 'static> Copy for Asking<C> where C::Reply: Send + Sync {}

impl<C> Default for Asking<C>
where
    C: Command + Clone + Send + Sync + 'static,
    C::Reply: Clone + Send + Sync,
{
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Asking<C>
where
    C: Command + Clone + Send + Sync + 'static,
    C::Reply: Clone + Send + Sync,
{
    pub fn new() -> Self {
        Self {
            answer: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            slow: RwSignal::new(false),
            turns: StoredValue::new(Turns::default()),
            hooks: StoredValue::new(Hooks { sent: None, answered: None }),
        }
    }

    /// Hands every question to `sent` the moment it leaves.
    #[must_use]
    pub fn on_sent(self, sent: impl Fn(C) + Send + Sync + 'static) -> Self {
        self.hooks.update_value(|hooks| hooks.sent = Some(Callback::new(sent)));
        self
    }

    /// Hands every answer that is still wanted to `answered`, with its question.
    #[must_use]
    pub fn on_answer(self, answered: impl Fn((C, C::Reply)) + Send + Sync + 'static) -> Self {
        self.hooks.update_value(|hooks| hooks.answered = Some(Callback::new(answered)));
        self
    }

    /// Asks now. The answer to any older question is dropped when it comes.
    pub fn ask(self, request: C) {
        let Some(turn) = self.turns.try_update_value(|turns| turns.begin(request.clone())) else { return };
        let _ = self.busy.try_set(true);
        if let Some(Some(sent)) = self.hooks.try_with_value(|hooks| hooks.sent) {
            sent.run(request.clone());
        }
        set_timeout(move || self.show_slow(turn), SKELETON_AFTER);
        spawn_local(async move {
            let outcome = ask(&request).await;
            self.settle(turn, request, outcome);
        });
    }

    /// Asks the latest question again.
    pub fn again(self) {
        if let Some(Some(request)) = self.turns.try_with_value(|turns| turns.latest.clone()) {
            self.ask(request);
        }
    }

    /// Asks now, or once the running question is answered. However often this is called meanwhile, it is asked once:
    /// pushes in a quick row must not pile up questions.
    pub fn ask_soon(self, request: C) {
        if self.busy.try_get_untracked().unwrap_or(false) {
            self.turns.try_update_value(|turns| turns.due = Some(request));
            return;
        }
        self.ask(request);
    }

    /// Forgets answer and failure; an answer on its way is dropped.
    pub fn forget(self) {
        self.turns.try_update_value(Turns::forget);
        let _ = self.busy.try_set(false);
        let _ = self.slow.try_set(false);
        let _ = self.failure.try_set(None);
        let _ = self.answer.try_set(None);
    }

    fn show_slow(self, turn: u64) {
        let still = self.turns.try_with_value(|turns| turns.is_latest(turn)).unwrap_or(false);
        if still && self.busy.try_get_untracked().unwrap_or(false) {
            let _ = self.slow.try_set(true);
        }
    }

    fn settle(self, turn: u64, request: C, outcome: Result<C::Reply, Failure>) {
        if !self.turns.try_with_value(|turns| turns.is_latest(turn)).unwrap_or(false) {
            return;
        }
        change(self.busy, false);
        change(self.slow, false);
        match outcome {
            Ok(reply) => {
                if let Some(Some(answered)) = self.hooks.try_with_value(|hooks| hooks.answered) {
                    answered.run((request, reply.clone()));
                }
                change(self.failure, None);
                let _ = self.answer.try_set(Some(reply));
            }
            Err(failure) => {
                let _ = self.failure.try_set(Some(failure));
            }
        }
        if let Some(Some(due)) = self.turns.try_update_value(|turns| turns.due.take()) {
            self.ask(due);
        }
    }
}

/// Tells those who listen only what is new: a list is not drawn anew because it did not fail once more.
fn change<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|known| *known != value) == Some(true) {
        let _ = signal.try_set(value);
    }
}

/// Which question is the latest.
#[derive(Debug)]
struct Turns<C> {
    begun: u64,
    latest: Option<C>,
    due: Option<C>,
}

impl<C> Default for Turns<C> {
    fn default() -> Self {
        Self { begun: 0, latest: None, due: None }
    }
}

impl<C> Turns<C> {
    fn begin(&mut self, request: C) -> u64 {
        self.begun += 1;
        self.latest = Some(request);
        self.due = None;
        self.begun
    }

    fn is_latest(&self, turn: u64) -> bool {
        self.begun == turn
    }

    /// A question may hold a password, so it is not kept longer than it is wanted.
    fn forget(&mut self) {
        self.begun += 1;
        self.latest = None;
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_an_older_question_is_not_the_latest() {
        let mut turns = Turns::default();
        let older = turns.begin("calls of today");
        let newer = turns.begin("calls of yesterday");
        assert!(!turns.is_latest(older), "a newer question was asked since");
        assert!(turns.is_latest(newer), "nothing was asked since");
        assert_eq!(turns.latest, Some("calls of yesterday"), "asking again repeats the newest");
    }

    #[test]
    fn a_new_question_makes_one_that_is_due_needless() {
        let mut turns = Turns { due: Some("totals"), ..Turns::default() };
        turns.begin("totals");
        assert_eq!(turns.due, None, "the new question already asks for the newest state");
    }
}
