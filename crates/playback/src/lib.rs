//! The player: what is heard, from where, how fast.
//!
//! Three things kept apart. The machine decides, and knows neither threads nor sound: commands and what was heard go
//! in, orders and states come out. The worker turns a recording into frames a little ahead of the ear, each with the
//! place in the recording that it comes from. The [`device`] takes frames and asks nothing.
//!
//! Deliberately absent: files, formats and keys (whoever loads a recording hands in [`Samples`]), the list that next
//! and previous walk along ([`Wish`]), and wall-clock time: a position is counted in frames that the device took.

mod chain;
mod command;
pub mod device;
mod driver;
mod machine;
mod outlet;
mod player;
#[cfg(test)]
mod rig;
mod ring;
mod samples;
mod shared;
mod state;
mod worker;

pub use command::{Channel, PlayerCommand, Span, Wish};
pub use device::{Device, DeviceChoice, DeviceError, Devices, Loss};
pub use device::{capture::CaptureDevice, none::NoDevice, rodio::RodioDevices};
pub use player::Player;
pub use samples::{Loaded, SAMPLE_RATE, Samples, SourceError};
pub use state::{DeviceState, PlayerState};
