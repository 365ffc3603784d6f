//! The handle: commands in, states out.

use crate::{Devices, PlayerCommand, PlayerState, Wish, driver};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// A player with its threads. They end, and the device is released, when it is dropped.
#[derive(Debug)]
pub struct Player {
    news: Sender<driver::News>,
}

impl Player {
    /// Starts a player without a recording. `on_state` is called with each state, from the player's thread, in order.
    /// Next and previous are left unheard: see [`Player::start_in_list`].
    pub fn start(devices: Arc<dyn Devices>, on_state: impl Fn(PlayerState) + Send + 'static) -> Player {
        Player::start_in_list(devices, on_state, |_| {})
    }

    /// As [`Player::start`], for a caller that has a list to walk along.
    pub fn start_in_list(
        devices: Arc<dyn Devices>,
        on_state: impl Fn(PlayerState) + Send + 'static,
        on_wish: impl Fn(Wish) + Send + 'static,
    ) -> Player {
        Player {
            news: driver::start(
                devices,
                driver::Listeners { on_state: Box::new(on_state), on_wish: Box::new(on_wish) },
            ),
        }
    }

    /// Never waits. Commands are carried out in order; what comes of each is told by the states.
    pub fn send(&self, command: PlayerCommand) {
        // The driver outlives every handle, so this cannot fail while there is somebody to tell.
        let _ = self.news.send(driver::News::Command(command));
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.news.send(driver::News::Stop);
    }
}
