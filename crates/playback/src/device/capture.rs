//! A device for tests: takes frames when it is told to, as fast as they come, and keeps them in memory.

use super::{Device, DeviceChoice, DeviceError, Devices, Loss, Pull};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const NAME: &str = "Capture";
/// Frames per pull, as a device with 10 ms blocks.
const BLOCK: usize = 480;
/// How long a block is waited for before silence is taken in its place.
const PATIENCE: Duration = Duration::from_millis(250);

/// The only device of its system. Clones are the same device.
#[derive(Clone, Default)]
pub struct CaptureDevice(Arc<Inner>);

#[derive(Default)]
struct Inner {
    socket: Mutex<Socket>,
    changed: Condvar,
}

#[derive(Default)]
struct Socket {
    unplugged: bool,
    latency: Option<Duration>,
    openings: u64,
    open: Option<Open>,
}

struct Open {
    pull: Box<dyn Pull>,
    lost: Box<dyn FnMut(Loss) + Send>,
}

impl CaptureDevice {
    /// The next frames, interleaved stereo at 48 kHz; nothing when it is not open. Waits for the decoder, never for time.
    pub fn pull(&self, frames: usize) -> Vec<f32> {
        let mut samples = vec![0.0; frames * 2];
        let mut taken = 0;
        for block in samples.chunks_mut(BLOCK * 2) {
            let mut socket = self.socket();
            let latency = socket.latency;
            let Some(open) = &mut socket.open else { break };
            open.pull.wait(BLOCK, PATIENCE);
            open.pull.pull(block, latency);
            taken += block.len();
        }
        samples.truncate(taken);
        samples
    }

    /// The next frames without waiting for the decoder, as a real device takes them.
    pub fn pull_at_once(&self, frames: usize) -> Vec<f32> {
        let mut samples = vec![0.0; frames * 2];
        let mut socket = self.socket();
        let latency = socket.latency;
        match &mut socket.open {
            Some(open) => open.pull.pull(&mut samples, latency),
            None => samples.clear(),
        }
        samples
    }

    pub fn is_open(&self) -> bool {
        self.socket().open.is_some()
    }

    /// How often it was opened so far.
    pub fn openings(&self) -> u64 {
        self.socket().openings
    }

    /// Returns whether it was opened in time.
    pub fn wait_open(&self, patience: Duration) -> bool {
        let closed = |socket: &mut Socket| socket.open.is_none();
        let waited = self.0.changed.wait_timeout_while(self.socket(), patience, closed);
        waited.is_ok_and(|(socket, _)| socket.open.is_some())
    }

    /// Every frame is heard this long after it is taken.
    pub fn set_latency(&self, latency: Duration) {
        self.socket().latency = Some(latency);
    }

    /// Goes away, whether open or not.
    pub fn unplug(&self) {
        let mut socket = self.socket();
        socket.unplugged = true;
        if let Some(mut open) = socket.open.take() {
            (open.lost)(Loss::Gone(DeviceError("The sound device was unplugged.".to_owned())));
        }
    }

    /// Takes no more frames, though it is there.
    pub fn get_stuck(&self) {
        if let Some(mut open) = self.socket().open.take() {
            (open.lost)(Loss::Stuck(DeviceError("The sound device does not answer.".to_owned())));
        }
    }

    pub fn plug_in(&self) {
        self.socket().unplugged = false;
    }

    fn socket(&self) -> MutexGuard<'_, Socket> {
        self.0.socket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Devices for CaptureDevice {
    fn names(&self) -> Vec<String> {
        if self.socket().unplugged { Vec::new() } else { vec![NAME.to_owned()] }
    }

    fn open(
        &self,
        choice: &DeviceChoice,
        pull: Box<dyn Pull>,
        lost: Box<dyn FnMut(Loss) + Send>,
    ) -> Result<Box<dyn Device>, DeviceError> {
        if !self.is_there(choice) {
            return Err(DeviceError("There is no such sound device.".to_owned()));
        }
        let mut socket = self.socket();
        socket.openings += 1;
        socket.open = Some(Open { pull, lost });
        self.0.changed.notify_all();
        Ok(Box::new(Opened { device: self.clone(), opening: socket.openings }))
    }

    fn is_there(&self, choice: &DeviceChoice) -> bool {
        match choice {
            DeviceChoice::Default => !self.socket().unplugged,
            DeviceChoice::Named(name) => self.names().contains(name),
        }
    }
}

impl std::fmt::Debug for CaptureDevice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CaptureDevice").field("open", &self.is_open()).finish()
    }
}

struct Opened {
    device: CaptureDevice,
    opening: u64,
}

impl Device for Opened {
    fn name(&self) -> &str {
        NAME
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut socket = self.device.socket();
        if socket.openings == self.opening {
            socket.open = None;
        }
    }
}
