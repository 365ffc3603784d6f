//! Who may come in, and how many at once.

use crate::faults::Refusal;
use devlink3::message::LoginReply;
use devlink3::password::CHALLENGE_BYTES;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts who is in, and knows which logins are refused whatever they say.
#[derive(Clone, Debug)]
pub(crate) struct Desk(Arc<Mutex<Book>>);

#[derive(Debug)]
struct Book {
    seats: usize,
    refusals: VecDeque<Refusal>,
}

/// Held by a connection that has logged in.
#[derive(Debug)]
pub(crate) struct Seat(Desk);

/// Where a connection's login stands.
#[derive(Debug)]
pub(crate) enum Login {
    Stranger,
    Challenged { user: String, challenge: [u8; CHALLENGE_BYTES] },
    In { _seat: Seat },
    Refused,
}

impl Login {
    pub(crate) fn is_in(&self) -> bool {
        matches!(self, Login::In { .. })
    }
}

impl Desk {
    pub(crate) fn new(seats: usize, refusals: Vec<Refusal>) -> Self {
        Self(Arc::new(Mutex::new(Book { seats, refusals: refusals.into() })))
    }

    /// A refusal that was ordered for this login, whether or not the password is right.
    pub(crate) fn ordered_refusal(&self) -> Option<LoginReply<'static>> {
        self.book().refusals.pop_front().map(Refusal::reply)
    }

    /// `None`: the house is full.
    pub(crate) fn take_seat(&self) -> Option<Seat> {
        let mut book = self.book();
        book.seats = book.seats.checked_sub(1)?;
        Some(Seat(self.clone()))
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.book().seats += 1;
    }
}
