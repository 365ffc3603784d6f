//! Today's figures beside what is usual for the weekday.

use crate::calls::CallRow;
use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskToday {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Today {
    pub now_ms: i64,
    pub day_start_ms: i64,
    pub day_end_ms: i64,
    pub so_far: DayFigures,
    /// Mean of the same weekday up to the same time of day, over the weeks that have calls; `None` without any.
    pub usual: Option<DayFigures>,
    /// Over how many such days.
    pub usual_days: u32,
    /// Quarter hours from the first with calls (today or usually) to the last.
    pub quarters: Vec<Quarter>,
    /// Inbound calls that were abandoned and not called back since, nor came again and were answered; latest first.
    pub not_called_back: Vec<NotCalledBack>,
    /// How many there are beyond those listed.
    pub not_called_back_total: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DayFigures {
    pub inbound: f64,
    pub outbound: f64,
    pub answered: f64,
    /// Short abandons left out.
    pub abandoned: f64,
    pub short_abandons: f64,
    /// Of inbound calls that were answered or abandoned, short abandons left out, 0 to 1.
    pub answer_rate: Option<f64>,
    /// Mean of what inbound callers waited before the first talking, or before they gave up.
    pub mean_wait_ms: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quarter {
    pub start_ms: i64,
    pub answered: u32,
    pub abandoned: u32,
    /// Other inbound calls (voicemail, still going).
    pub other: u32,
    pub usual: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotCalledBack {
    /// The latest of this caller's abandoned calls.
    pub call: CallRow,
    pub waited_ms: i64,
    pub times: u32,
}

command!(AskToday, "today", Today);
