//! A system without sound.

use super::{Device, DeviceChoice, DeviceError, Devices, Loss, Pull};

/// Never opens. For machines that shall stay silent, and to try what the window says then.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDevice;

impl Devices for NoDevice {
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn open(
        &self,
        _choice: &DeviceChoice,
        _pull: Box<dyn Pull>,
        _lost: Box<dyn FnMut(Loss) + Send>,
    ) -> Result<Box<dyn Device>, DeviceError> {
        Err(DeviceError("This computer has no sound device.".to_owned()))
    }

    fn is_there(&self, _choice: &DeviceChoice) -> bool {
        false
    }
}
