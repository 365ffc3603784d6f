//! The call list, paged, and one call opened.

use crate::command::command;
use crate::decisions::DecisionLine;
use crate::notes::Note;
use crate::rates::Cost;
use crate::recordings::RecordingRow;
use crate::scorecards::ScoreLine;
use model::{Direction, Ending, EventKind, MatchMethod, Relation};
use serde::{Deserialize, Serialize};

/// Which calls. Filters are joined by AND; `None` and `false` leave a filter out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallFilter {
    /// Start at or after.
    pub from_ms: Option<i64>,
    /// Start before.
    pub to_ms: Option<i64>,
    pub direction: Option<Direction>,
    /// Digits anywhere in the outside party's or the dialled number.
    pub number: Option<String>,
    /// Extension that rang or talked.
    pub agent: Option<String>,
    /// Hunt group that the call saw.
    pub group: Option<String>,
    /// Free text over names and numbers, notes and tags.
    pub text: Option<String>,
    pub answered: bool,
    pub abandoned: bool,
    /// Some phone rang and its person never talked.
    pub missed: bool,
    pub voicemail: bool,
    pub min_seconds: Option<u32>,
    /// With a recording.
    pub recorded: bool,
    /// With a note.
    pub noted: bool,
    pub tag: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallSort {
    #[default]
    NewestFirst,
    OldestFirst,
    LongestFirst,
    ShortestFirst,
}

/// A page of calls that match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskCalls {
    pub filter: CallFilter,
    pub sort: CallSort,
    /// Where the page before ended.
    pub after: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallPage {
    pub rows: Vec<CallRow>,
    /// Give it as `after` for the next page; `None` at the end.
    pub next: Option<String>,
}

/// Totals of all calls that match, asked for after the first rows are shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskTotals {
    pub filter: CallFilter,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallTotals {
    pub calls: u64,
    pub answered: u64,
    pub abandoned: u64,
    /// Mean of what inbound callers waited.
    pub mean_wait_ms: Option<i64>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRow {
    pub id: String,
    pub site: i64,
    pub direction: Direction,
    pub started_ms: i64,
    /// False: it was already going when it was first seen.
    pub start_known: bool,
    pub answered_ms: Option<i64>,
    /// `None` while it lives.
    pub ended_ms: Option<i64>,
    /// Outside number, or the caller's extension on internal calls.
    pub number: Option<String>,
    /// The outside number as people of the site's country write it; `None`: as `number`.
    pub shown_number: Option<String>,
    pub name: Option<String>,
    pub withheld: bool,
    pub talked: Vec<Named>,
    pub rung: Vec<Named>,
    pub groups: Vec<Named>,
    pub outcome: Outcome,
    pub emergency: bool,
    /// How many recordings it has.
    pub recordings: u32,
    /// How many notes it has, those of its recordings included.
    pub notes: u32,
    pub tags: Vec<String>,
}

/// A number within the office and its name, where one is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub number: String,
    pub name: Option<String>,
}

/// What became of the call; the screen words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    /// Still going; its state now.
    Live {
        state: EventKind,
    },
    /// `after_ms` is unknown where the beginning was not seen.
    Answered {
        after_ms: Option<i64>,
        transferred: bool,
    },
    /// `during` is the last thing that happened (queue, ringing, hold, auto attendant).
    Abandoned {
        after_ms: i64,
        during: EventKind,
    },
    Voicemail {
        length_ms: i64,
    },
    /// Outbound or internal, nobody answered.
    NoAnswer,
    Busy,
    /// It ended while the link was down.
    Unseen,
}

/// One call with its events and what they rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCall {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallView {
    pub row: CallRow,
    pub site_name: String,
    pub dialed_number: Option<String>,
    pub trunk: Option<String>,
    pub account_code: Option<String>,
    /// What the PBX itself charged, in 1/10,000 of its currency.
    pub charge: Option<i64>,
    /// By the rate table of the site, on outbound calls that were answered.
    pub cost: Option<Cost>,
    pub ending: Option<Ending>,
    pub talk_ms: i64,
    pub ring_ms: i64,
    pub hold_ms: i64,
    pub queue_ms: i64,
    pub park_ms: i64,
    pub total_ms: i64,
    /// Main events in order, without gaps: the call bar.
    pub spans: Vec<Span>,
    /// Everything that happened, in order, further phones that rang included.
    pub events: Vec<EventLine>,
    pub related: Vec<RelatedCall>,
    pub basis: BasisView,
    /// What was decided by hand about it, in order; those taken back included.
    pub decisions: Vec<DecisionLine>,
    /// In order of time.
    pub recordings: Vec<RecordingRow>,
    /// In the order of what they are about, then of writing.
    pub notes: Vec<Note>,
    pub scores: Vec<ScoreLine>,
}

/// One stretch of the call bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub kind: EventKind,
    pub started_ms: i64,
    /// `None` while it lasts.
    pub ended_ms: Option<i64>,
    pub agent: Option<Named>,
    pub group: Option<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    pub kind: EventKind,
    pub started_ms: i64,
    pub ended_ms: Option<i64>,
    /// Beside the main event of its time.
    pub beside: bool,
    pub agent: Option<Named>,
    pub group: Option<Named>,
    pub party: Option<Named>,
    pub device: Option<String>,
    /// In words, where it is worth saying.
    pub cause: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedCall {
    pub id: String,
    pub relation: Relation,
    /// In a few words: "10:43:02, Ann Keller asked Ben Ortiz, 0:21". `None`: it is not in the library.
    pub says: Option<String>,
}

/// What a call rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BasisView {
    pub devlink_events: u32,
    /// "call 3 on 192.168.42.3"
    pub legs: Vec<String>,
    pub records: Vec<RecordLine>,
    pub method: Option<MatchMethod>,
    /// 0 to 1, where two sources were joined.
    pub confidence: Option<f32>,
    /// By how much the PBX's clock was ahead when they were joined (behind, if negative), where it matters.
    pub clock_ahead_ms: Option<i64>,
}

/// An SMDR record as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    pub call_id: u64,
    pub text: String,
}

command!(AskCalls, "calls", CallPage);
command!(AskTotals, "call_totals", CallTotals);
command!(AskCall, "call", CallView);
