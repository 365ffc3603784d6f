//! The library on disk: the journal of what the sources said, and the calls made of it, in SQLite.
//!
//! [`Library`] opens a folder. The one [`Writer`] commits what was said together with what was concluded from it, in one
//! transaction; any number of [`Reader`]s, in this process and others, see whole commits only. The schema and the
//! reasons for it: docs/library.md.
//!
//! Deliberately absent: rules about calls (`correlate`), what figures mean (`model::figures`), the clock, passwords.

mod audit;
mod basis;
mod bulk;
mod changes;
mod check;
mod copy;
mod error;
mod figures;
mod filter;
mod found;
mod hand;
mod keeping;
mod library;
mod list;
mod lock;
mod marked;
mod marks;
mod mend;
mod number;
mod office;
mod people_day;
mod privacy;
mod reader;
mod recordings;
mod report_marks;
mod retention;
mod search;
mod standing;
mod steady;
mod tables;
mod today;
mod writer;

pub use audit::witness::AuditKey;
pub use audit::{AuditCheck, AuditEntry, Deed};
pub use changes::{
    Changes, Checkpoint, DatedName, HealthKind, HealthNote, NameKind, NameSeen, NewEntry, Quarantined,
    SeenRecord, ToldBy,
};
pub use check::LibraryCounts;
pub use error::StoreError;
pub use figures::GroupFigures;
pub use filter::CallFilter;
pub use hand::Hand;
pub use keeping::{Doomed, Files, Left, OriginalNow, Replacement};
pub use library::{Library, make_private};
pub use list::{CallPage, CallSort, CallTotals, PageRequest};
pub use marks::CallMarks;
pub use number::NumberFilter;
pub use office::{Named, Unmapped};
pub use people_day::{AgentOnCall, DayOfCalls};
pub use privacy::{AuditEnd, Gone, JournalCut, NumberRows, Over};
pub use reader::Reader;
pub use recordings::{
    Became, Begun, IntakeFile, IntakePlace, IntakeSource, IntakeToday, MatchDecision, MatchWrite, Naming,
    NewIntakeFile, NewRecording, Recording, RecordingFilter, RecordingPage, RecordingPageRequest,
    RecordingSays, RecordingSort, RecordingTotals, SeenFile, StartedBy, StoredState, TookIn, Version,
    VersionWhy,
};
pub use report_marks::CallScore;
pub use retention::{Due, RetentionRule};
pub use search::{Found, OutsideParty};
pub use standing::{StoredSizes, Waiting};
pub use tables::backups::{Backup, BackupState, BackupWhy};
pub use tables::health::HealthEntry;
pub use tables::journal::EntryLimits;
pub use tables::keys::{KeyDue, KeysDue};
pub use tables::leaves::{DAY_MS, DayFacts, LeafColumn, StaleDay};
pub use tables::names::{GivenName, Nameable, PbxName};
pub use tables::notes::Note;
pub use tables::outside::DayWords;
pub use tables::people::{Holding, Person, PersonSource};
pub use tables::pools::{Pool, PoolUse};
pub use tables::rates::{Rate, RateBand, RateTable};
pub use tables::reports::{SentReport, SentState, Stored, StoredSchedule};
pub use tables::scorecards::{NamedScore, Score, Scorecard};
pub use tables::seen::SeenKind;
pub use tables::sites::{DevlinkSettings, Site, SmdrMode, SmdrSettings, Transport};
pub use tables::tags::Tagged;
pub use today::{DayCounts, NotCalledBack, NotCalledBackList, QuarterCounts, Span};
pub use writer::Writer;
