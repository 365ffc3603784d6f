//! Reports: runs, files, schedules, business hours, mail.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::spoken::say;
use contract::Failure;
use contract::calls::CallPage;
use contract::reports::{
    AskHours, AskMail, AskReportCalls, AskReportChoices, AskReports, AskSchedules, ExportReport,
    ExportedReport, HoursView, MailView, OwnReport, ReadReport, RemoveReport, RemoveSchedule, ReportChoices,
    ReportView, Reports, RunReport, RunScheduleNow, SaveHours, SaveMail, SaveReport, SaveSchedule, Schedules,
    ShareReport, StopReport, TestMail,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn reports(desk: State<'_, Opened>, ask: AskReports) -> Result<Reports, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_report(desk: State<'_, Opened>, ask: SaveReport) -> Result<Reports, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_report(desk: State<'_, Opened>, ask: RemoveReport) -> Result<Reports, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn read_report(desk: State<'_, Opened>, ask: ReadReport) -> Result<OwnReport, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn run_report(desk: State<'_, Opened>, ask: RunReport) -> Result<ReportView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn stop_report(desk: State<'_, Opened>, ask: StopReport) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn report_calls(desk: State<'_, Opened>, ask: AskReportCalls) -> Result<CallPage, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn report_choices(
    desk: State<'_, Opened>,
    ask: AskReportChoices,
) -> Result<ReportChoices, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn schedules(desk: State<'_, Opened>, ask: AskSchedules) -> Result<Schedules, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_schedule(desk: State<'_, Opened>, ask: SaveSchedule) -> Result<Schedules, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_schedule(
    desk: State<'_, Opened>,
    ask: RemoveSchedule,
) -> Result<Schedules, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn run_schedule_now(
    desk: State<'_, Opened>,
    ask: RunScheduleNow,
) -> Result<Schedules, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn mail(desk: State<'_, Opened>, ask: AskMail) -> Result<MailView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_mail(desk: State<'_, Opened>, ask: SaveMail) -> Result<MailView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn test_mail(desk: State<'_, Opened>, ask: TestMail) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn hours(desk: State<'_, Opened>, ask: AskHours) -> Result<HoursView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_hours(desk: State<'_, Opened>, ask: SaveHours) -> Result<HoursView, Failure> {
    desk.answer(ask).await
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn export_report(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ExportReport,
) -> Result<ExportedReport, Failure> {
    let ExportReport { run, definition, asked, format } = ask;
    let desk = desk.desk().await?;
    let name = desk.report_file_name(&definition, asked, format).await?;
    match Chooser::of(&app).new_file(say("Save the report"), &name).await {
        Some(place) => desk.export_report(run, &definition, asked, format, &place).await,
        None => Ok(ExportedReport::default()),
    }
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn share_report(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ShareReport,
) -> Result<ExportedReport, Failure> {
    let desk = desk.desk().await?;
    let name = desk.shared_report_name(&ask.definition);
    match Chooser::of(&app).new_file(say("Share the report"), &name).await {
        Some(place) => desk.share_report(&ask.definition, &place).await,
        None => Ok(ExportedReport::default()),
    }
}
