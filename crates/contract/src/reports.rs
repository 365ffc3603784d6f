//! Reports: what there is to run, a run, what is behind a figure, files, schedules, business hours.

use crate::calls::CallPage;
use crate::command::command;
use model::report::{Definition, Key, Measure, OfficeHours, Period, Table};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskReports {}

/// Everything there is to run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// In the order of their chapters.
    pub standard: Vec<StandardReport>,
    /// By name.
    pub own: Vec<OwnReport>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardReport {
    /// As on the command line: `abandoned-calls`.
    pub name: String,
    pub definition: Definition,
}

/// Made or changed by a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnReport {
    /// 0: not stored yet.
    pub id: i64,
    pub definition: Definition,
}

/// Answers with all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaveReport {
    pub report: OwnReport,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveReport {
    pub id: i64,
}

/// Takes in a definition that somebody shared: the text of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadReport {
    pub text: String,
}

/// Which time a report is run over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub period: Period,
    /// Beside the period before: the same stretch of the calendar, or as long.
    pub compared: bool,
}

/// Runs a definition, stored or not. The newest run of the window replaces one that is still going.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// Names the run, for its progress and to stop it.
    pub run: u64,
    pub definition: Definition,
    pub asked: Asked,
    /// Rows of the page: 1 to 5,000.
    pub limit: u32,
    /// Of a detail report: where the page before ended.
    pub after: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    pub from_ms: i64,
    pub to_ms: i64,
    /// The time in words, "1 to 30 November 2026".
    pub time: String,
    /// Of the period before, where it was asked for.
    pub before: Option<String>,
    /// What it looks at, as a sentence; empty: everything.
    pub filter: String,
    pub zone: String,
    pub table: Table,
    /// Of a detail report: give it as `after` for the next page.
    pub next: Option<String>,
    /// What a reader has to know: parts of the time for which nothing was heard.
    pub notes: Vec<String>,
    pub took_ms: u64,
}

/// Ends a run or an export that is going on; one that is over already is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopReport {
    pub run: u64,
}

/// The calls behind a figure of a run: of a row (all keys), or of the totals (none).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskReportCalls {
    pub definition: Definition,
    pub period: Period,
    pub key: Vec<Key>,
    /// Those that count in this figure; `None`: all of the row.
    pub measure: Option<Measure>,
    pub after: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    Csv,
    /// With the mark by which spreadsheets know UTF-8.
    CsvWithBom,
    Xlsx,
    Pdf,
    Json,
}

/// Runs a report into a file whose place the person chooses in the system's own window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportReport {
    pub run: u64,
    pub definition: Definition,
    pub asked: Asked,
    pub format: FileFormat,
}

/// `None`: the person changed their mind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedReport {
    pub file: Option<String>,
    pub rows: u64,
    pub bytes: u64,
}

/// Writes a definition to a file that can be shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareReport {
    pub definition: Definition,
}

/// Everything to choose from in the builder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskReportChoices {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportChoices {
    pub people: Vec<Choice>,
    pub groups: Vec<Choice>,
    pub sites: Vec<Choice>,
    pub trunks: Vec<Choice>,
    pub tags: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub key: Key,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSchedules {}

/// Answers with all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSchedule {
    pub schedule: Schedule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSchedule {
    pub id: i64,
}

/// Sends it now, beside its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunScheduleNow {
    pub id: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedules {
    pub schedules: Vec<Schedule>,
    /// The newest first, at most 200.
    pub sent: Vec<Sent>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub report: ReportRef,
    pub period: Period,
    pub compared: bool,
    pub format: FileFormat,
    pub every: Every,
    pub to: Destination,
    pub on: bool,
    /// Not stored with it.
    pub next_ms: Option<i64>,
    pub last: Option<Sent>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ReportRef {
    Standard { name: String },
    Own { id: i64 },
}

/// By the office's clock. A time that a change of clocks skips is the next there is; a doubled one is once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Every {
    Hour {
        minute: u8,
    },
    Day {
        minute_of_day: u16,
    },
    /// Monday to Friday.
    Workday {
        minute_of_day: u16,
    },
    /// 1 is Monday.
    Week {
        day: u8,
        minute_of_day: u16,
    },
    /// The last day of shorter months.
    Month {
        day: u8,
        minute_of_day: u16,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Destination {
    Folder { folder: String },
    Mail { to: Vec<String>, subject: String },
}

/// What became of one time of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub schedule: String,
    /// When it was due.
    pub due_ms: i64,
    pub at_ms: i64,
    pub state: SentState,
    /// Where to, or what went wrong and what comes next.
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentState {
    Sent,
    /// It is tried again.
    Waiting,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskMail {}

/// Through which server mail goes out. The password is in the keychain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Empty: without logging in.
    pub user: String,
    pub from: String,
    /// Not stored with it: whether the keychain has a password.
    pub password_kept: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    StartTls,
    Tls,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    pub server: Option<MailServer>,
}

/// `password`: `None` leaves it as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveMail {
    pub server: MailServer,
    pub password: Option<String>,
}

impl std::fmt::Debug for SaveMail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SaveMail").field("server", &self.server).finish_non_exhaustive()
    }
}

/// Sends a test through a server that may not be stored yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestMail {
    pub server: MailServer,
    pub password: Option<String>,
    pub to: String,
}

impl std::fmt::Debug for TestMail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TestMail").field("server", &self.server).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskHours {}

/// Hours of sites and groups, and what service level means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursView {
    pub hours: OfficeHours,
    pub service: Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Service level: answered within so many seconds.
    pub seconds: u32,
    /// Abandoned in less is a short abandon.
    pub short_seconds: u32,
    pub of: ServiceOf,
}

impl Default for Service {
    fn default() -> Self {
        Self { seconds: 20, short_seconds: 5, of: ServiceOf::Offered }
    }
}

/// What calls answered in time are divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceOf {
    #[default]
    Offered,
    Answered,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveHours {
    pub hours: OfficeHours,
    pub service: Service,
}

/// What a run or an export says while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProgress {
    pub run: u64,
    pub done: u64,
    pub of: u64,
}

command!(AskReports, "reports", Reports);
command!(SaveReport, "save_report", Reports);
command!(RemoveReport, "remove_report", Reports);
command!(ReadReport, "read_report", OwnReport);
command!(RunReport, "run_report", ReportView);
command!(StopReport, "stop_report", ());
command!(AskReportCalls, "report_calls", CallPage);
command!(ExportReport, "export_report", ExportedReport);
command!(ShareReport, "share_report", ExportedReport);
command!(AskReportChoices, "report_choices", ReportChoices);
command!(AskSchedules, "schedules", Schedules);
command!(SaveSchedule, "save_schedule", Schedules);
command!(RemoveSchedule, "remove_schedule", Schedules);
command!(RunScheduleNow, "run_schedule_now", Schedules);
command!(AskMail, "mail", MailView);
command!(SaveMail, "save_mail", MailView);
command!(TestMail, "test_mail", ());
command!(AskHours, "hours", HoursView);
command!(SaveHours, "save_hours", HoursView);
