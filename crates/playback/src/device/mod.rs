//! Where the sound goes: one trait for the machine's devices, a capture for tests, and none.

pub mod capture;
pub mod none;
pub mod rodio;

use std::time::Duration;

/// Which device to play on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeviceChoice {
    /// The system's, whichever that is at the moment.
    #[default]
    Default,
    Named(String),
}

/// The devices of one system.
pub trait Devices: Send + Sync {
    /// Names to choose from. Asks the system, which can take a moment.
    fn names(&self) -> Vec<String>;

    /// Starts to take frames from `pull` at once, until the device is dropped. `lost` is called when the device goes away
    /// by itself, from any thread.
    fn open(
        &self,
        choice: &DeviceChoice,
        pull: Box<dyn Pull>,
        lost: Box<dyn FnMut(Loss) + Send>,
    ) -> Result<Box<dyn Device>, DeviceError>;

    /// Whether `open` has a chance. Asks the system.
    fn is_there(&self, choice: &DeviceChoice) -> bool;
}

/// A device that takes frames. Dropping it releases it.
pub trait Device {
    fn name(&self) -> &str;
}

/// The device's side of the player.
pub trait Pull: Send {
    /// Fills `out` with interleaved stereo at 48 kHz: sound, or silence where there is none. Never waits.
    /// `latency` is how long after this call the first of these frames will be heard, where the device knows.
    fn pull(&mut self, out: &mut [f32], latency: Option<Duration>);

    /// For devices that run faster than time: returns when so many frames are ready, when no more will come, or after
    /// `patience`.
    fn wait(&self, frames: usize, patience: Duration);
}

/// How an open device came to take no more frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// It went away. Playing on another one by itself could be heard by people who should not.
    Gone(DeviceError),
    /// It only fails, as on a machine too busy for it: opening it again can help.
    Stuck(DeviceError),
}

/// Why no sound can be made, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DeviceError(pub String);
