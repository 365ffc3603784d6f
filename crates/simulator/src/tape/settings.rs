//! How a tape is set up.

use crate::error::SimulatorError;
use crate::kind::Kind;
use crate::settings::{LegFields, SipTrack};
use jiff::tz::TimeZone;
use model::At;

/// Everything has a default: 2,000 calls of all kinds over two days, both sources, no neighbours.
#[derive(Clone, Debug, PartialEq)]
pub struct TapeSettings {
    pub seed: u64,
    pub calls: u32,
    /// When CallDoc begins to listen.
    pub begins: At,
    /// IANA zone of the PBX's clock.
    pub zone: String,
    /// Only these, in turn. Empty: all, in a mix that brings each within 150 calls.
    pub kinds: Vec<Kind>,
    pub leg_fields: LegFields,
    pub sip_track: SipTrack,
    /// Whether the tape has what DevLink3 says.
    pub devlink: bool,
    /// Whether it has SMDR rows.
    pub smdr: bool,
    /// By how much the PBX's clock is ahead (behind, if negative): SMDR rows carry its time.
    pub pbx_clock_ahead_ms: i64,
    pub neighbours: Neighbours,
}

/// What makes calls hard to tell apart, or to see. Shares are from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// Share of the inbound calls that are followed by another one of the same caller within ten seconds.
    pub same_caller_within_seconds: f64,
    /// Share of the calls with a double: another one of the same kind at the same time, to the same lengths.
    pub equal_lengths_at_once: f64,
    /// Share of the calls whose last person has the next call in the second in which it ends.
    pub back_to_back: f64,
    /// Share of the records whose rows come one to twenty minutes late.
    pub rows_late: f64,
    /// Share of the records whose rows come a second time.
    pub rows_twice: f64,
    /// Share of the records of several rows whose last row comes first, and of the others that are overtaken by later
    /// ones.
    pub rows_out_of_order: f64,
    /// The PBX restarts twice while nobody is on the phone, and hands out all its numbers again.
    pub ids_start_again: bool,
    /// Every few hundred calls some minutes without DevLink3.
    pub devlink_gaps: bool,
    /// Every few hundred calls some minutes whose rows are lost for good.
    pub smdr_gaps: bool,
    /// The tape begins amid calls.
    pub in_progress_at_start: bool,
    /// The tape ends amid calls.
    pub in_progress_at_stop: bool,
}

impl Neighbours {
    /// Everything at once: about half of the calls have something to them.
    pub fn all() -> Self {
        Self {
            same_caller_within_seconds: 0.05,
            equal_lengths_at_once: 0.05,
            back_to_back: 0.08,
            rows_late: 0.08,
            rows_twice: 0.05,
            rows_out_of_order: 0.08,
            ids_start_again: true,
            devlink_gaps: true,
            smdr_gaps: true,
            in_progress_at_start: true,
            in_progress_at_stop: true,
        }
    }
}

impl Default for TapeSettings {
    fn default() -> Self {
        Self {
            seed: 1,
            calls: 2_000,
            begins: TUESDAY_MORNING,
            zone: "Europe/Berlin".to_owned(),
            kinds: Vec::new(),
            leg_fields: LegFields::default(),
            sip_track: SipTrack::default(),
            devlink: true,
            smdr: true,
            pbx_clock_ahead_ms: 0,
            neighbours: Neighbours::default(),
        }
    }
}

/// 2026-09-08, half past seven in Berlin: two plain working days lie ahead.
const TUESDAY_MORNING: At = At::from_seconds(1_788_845_400);

impl TapeSettings {
    pub(super) fn time_zone(&self) -> Result<TimeZone, SimulatorError> {
        TimeZone::get(&self.zone).map_err(|_| SimulatorError::UnknownTimeZone { name: self.zone.clone() })
    }
}
