//! The machine's devices, through rodio.
//!
//! Of rodio the device layer (cpal) is used and not its mixer: a mixer's sources are never told when a frame will be
//! heard, and the position needs that.

mod feed;

use super::{Device, DeviceChoice, DeviceError, Devices, Loss, Pull};
use crate::SAMPLE_RATE;
use feed::Feed;
use rodio::cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use rodio::cpal::{
    self, BufferSize, ErrorKind, FromSample, SampleFormat, SizedSample, Stream, SupportedStreamConfig,
};

/// Frames per call: 32 ms. Two of them are what the device holds: with less a busy machine is late for it, with more a
/// seek is slow.
const BLOCK: u32 = 1536;
const STUCK: &str = "The sound device does not answer any more. Playing is paused.";

/// The output devices of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RodioDevices;

impl Devices for RodioDevices {
    fn names(&self) -> Vec<String> {
        hush();
        named(&cpal::default_host()).into_iter().map(|(name, _)| name).collect()
    }

    fn open(
        &self,
        choice: &DeviceChoice,
        pull: Box<dyn Pull>,
        lost: Box<dyn FnMut(Loss) + Send>,
    ) -> Result<Box<dyn Device>, DeviceError> {
        hush();
        let (name, device) = find(choice)?;
        let config = config_of(&device).map_err(|error| cannot_open(&name, &error))?;
        let stream = open(&device, &config, pull, lost).map_err(|error| cannot_open(&name, &error))?;
        Ok(Box::new(Opened { name, _stream: stream }))
    }

    fn is_there(&self, choice: &DeviceChoice) -> bool {
        hush();
        find(choice).is_ok_and(|(_, device)| config_of(&device).is_ok())
    }
}

/// Dropping the stream stops it.
struct Opened {
    name: String,
    _stream: Stream,
}

impl Device for Opened {
    fn name(&self) -> &str {
        &self.name
    }
}

fn cannot_open(name: &str, error: &cpal::Error) -> DeviceError {
    let why = match error.kind() {
        ErrorKind::DeviceBusy => "another program has it",
        ErrorKind::PermissionDenied => "the system does not allow it",
        ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => {
            "it is not there, or its sound server is not running"
        }
        _ => "the system refuses it",
    };
    DeviceError(format!("No sound: the device “{name}” cannot be opened ({why})."))
}

fn find(choice: &DeviceChoice) -> Result<(String, cpal::Device), DeviceError> {
    let host = cpal::default_host();
    match choice {
        DeviceChoice::Default => {
            let device = host.default_output_device();
            let device =
                device.ok_or_else(|| DeviceError("This computer has no sound device.".to_owned()))?;
            Ok((device.to_string(), device))
        }
        DeviceChoice::Named(wanted) => {
            let found = named(&host).into_iter().find(|(name, _)| name == wanted);
            found.ok_or_else(|| DeviceError(format!("The sound device “{wanted}” is not there.")))
        }
    }
}

/// Devices that can play, each under a name of its own.
fn named(host: &cpal::Host) -> Vec<(String, cpal::Device)> {
    let mut found: Vec<(String, cpal::Device)> = Vec::new();
    for device in host.devices().into_iter().flatten() {
        let Ok(description) = device.description() else { continue };
        let driver = description.driver().unwrap_or_default();
        if !description.supports_output() || driver == "null" {
            continue;
        }
        let mut name = description.name().to_owned();
        if found.iter().any(|(other, _)| *other == name) {
            name = format!("{name} ({driver})");
        }
        if !found.iter().any(|(other, _)| *other == name) {
            found.push((name, device));
        }
    }
    found
}

/// The device's own way, at our rate where it can.
fn config_of(device: &cpal::Device) -> Result<SupportedStreamConfig, cpal::Error> {
    let default = device.default_output_config()?;
    let alike = |range: &cpal::SupportedStreamConfigRange| {
        range.channels() == default.channels() && range.sample_format() == default.sample_format()
    };
    let ours = device
        .supported_output_configs()?
        .filter(alike)
        .find_map(|range| range.try_with_sample_rate(SAMPLE_RATE));
    Ok(ours.unwrap_or(default))
}

fn open(
    device: &cpal::Device,
    config: &SupportedStreamConfig,
    pull: Box<dyn Pull>,
    lost: Box<dyn FnMut(Loss) + Send>,
) -> Result<Stream, cpal::Error> {
    let feed = Feed::new(pull, config.channels(), config.sample_rate());
    let mut wanted = config.config();
    wanted.buffer_size = match config.buffer_size() {
        cpal::SupportedBufferSize::Range { min, max } => {
            BufferSize::Fixed(BLOCK.clamp(*min, (*max).max(*min)))
        }
        cpal::SupportedBufferSize::Unknown => BufferSize::Default,
    };
    let stream = match config.sample_format() {
        SampleFormat::F32 => stream::<f32>(device, wanted, feed, lost),
        SampleFormat::F64 => stream::<f64>(device, wanted, feed, lost),
        SampleFormat::I8 => stream::<i8>(device, wanted, feed, lost),
        SampleFormat::I16 => stream::<i16>(device, wanted, feed, lost),
        SampleFormat::I24 => stream::<cpal::I24>(device, wanted, feed, lost),
        SampleFormat::I32 => stream::<i32>(device, wanted, feed, lost),
        SampleFormat::U8 => stream::<u8>(device, wanted, feed, lost),
        SampleFormat::U16 => stream::<u16>(device, wanted, feed, lost),
        SampleFormat::U32 => stream::<u32>(device, wanted, feed, lost),
        _ => return Err(ErrorKind::UnsupportedConfig.into()),
    }?;
    stream.play()?;
    Ok(stream)
}

fn stream<T: SizedSample + FromSample<f32> + Send + 'static>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut feed: Feed,
    mut lost: Box<dyn FnMut(Loss) + Send>,
) -> Result<Stream, cpal::Error> {
    let mut block: Vec<f32> = Vec::new();
    let take = move |out: &mut [T], info: &cpal::OutputCallbackInfo| {
        let time = info.timestamp();
        block.resize(out.len(), 0.0);
        feed.fill(&mut block, time.playback.checked_duration_since(time.callback));
        for (to, sample) in out.iter_mut().zip(&block) {
            *to = T::from_sample(*sample);
        }
    };
    let mut errors = Errors::default();
    let complain = move |error: cpal::Error| {
        if let Some(loss) = errors.end(error.kind()) {
            lost(loss);
        }
    };
    device.build_output_stream::<T, _, _>(config, take, complain, None)
}

/// Tells an error that passes from a device that is gone.
#[derive(Default)]
struct Errors {
    others: u32,
    told: bool,
}

impl Errors {
    /// Some systems say of a device that is gone only that something failed, over and over.
    const TOO_MANY: u32 = 20;

    /// The device's end, once.
    fn end(&mut self, kind: ErrorKind) -> Option<Loss> {
        let words = |words: &str| DeviceError(words.to_owned());
        let loss = match kind {
            // A late block, a device that the system changed for another, a wish for priority refused.
            ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => return None,
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable | ErrorKind::PermissionDenied => {
                Loss::Gone(words("The sound device went away. Playing is paused."))
            }
            ErrorKind::StreamInvalidated => Loss::Stuck(words(STUCK)),
            _ if self.others < Errors::TOO_MANY => {
                self.others += 1;
                return None;
            }
            _ => Loss::Stuck(words(STUCK)),
        };
        (!std::mem::replace(&mut self.told, true)).then_some(loss)
    }
}

/// ALSA writes to the terminal what it could not find while it looks. This takes it away for the calling thread.
#[cfg(target_os = "linux")]
fn hush() {
    drop(alsa::Output::local_error_handler());
}

#[cfg(not(target_os = "linux"))]
fn hush() {}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, Errors, Loss};

    #[test]
    fn a_device_that_is_gone_is_told_once() {
        let mut errors = Errors::default();
        let end = errors.end(ErrorKind::DeviceNotAvailable);
        assert!(matches!(end, Some(Loss::Gone(_))), "this is its end: {end:?}");
        assert_eq!(errors.end(ErrorKind::DeviceNotAvailable), None, "which is told once");
    }

    #[test]
    fn a_late_block_is_no_end_however_often() {
        let mut errors = Errors::default();
        assert!(
            (0..1000).all(|_| errors.end(ErrorKind::Xrun).is_none()),
            "a busy machine is not a lost device"
        );
    }

    #[test]
    fn a_device_that_only_ever_fails_is_stuck() {
        let mut errors = Errors::default();
        let ends: Vec<Loss> = (0..1000).filter_map(|_| errors.end(ErrorKind::BackendError)).collect();
        assert!(matches!(ends[..], [Loss::Stuck(_)]), "it does not recover by itself: {ends:?}");
    }
}
