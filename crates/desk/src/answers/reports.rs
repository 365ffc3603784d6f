//! Reports, their schedules, business hours and mail.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::reporting::{counted_in, hours, read_report};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::calls::CallPage;
use contract::reports::{
    AskHours, AskMail, AskReportCalls, AskReportChoices, AskReports, AskSchedules, HoursView, MailView,
    OwnReport, ReadReport, RemoveReport, RemoveSchedule, ReportChoices, ReportView, Reports, RunReport,
    RunScheduleNow, SaveHours, SaveMail, SaveReport, SaveSchedule, Schedules, StopReport, TestMail,
};

/// Rows of a page at most.
const ROWS_MAX: u32 = 5_000;

impl Answer<AskReports> for Desk {
    async fn answer(&self, _ask: AskReports) -> Result<Reports, Failure> {
        self.all_reports().await
    }
}

impl Answer<SaveReport> for Desk {
    async fn answer(&self, ask: SaveReport) -> Result<Reports, Failure> {
        self.save_own_report(ask.report).await?;
        self.all_reports().await
    }
}

impl Answer<RemoveReport> for Desk {
    async fn answer(&self, ask: RemoveReport) -> Result<Reports, Failure> {
        self.hand().remove_report(ask.id).await.map_err(failure_of_store)?;
        self.all_reports().await
    }
}

impl Answer<ReadReport> for Desk {
    async fn answer(&self, ask: ReadReport) -> Result<OwnReport, Failure> {
        read_report(&ask.text)
    }
}

impl Answer<RunReport> for Desk {
    async fn answer(&self, ask: RunReport) -> Result<ReportView, Failure> {
        let going = self.going(ask.run);
        let reporter = self.reporter().await?;
        let limit = ask.limit.clamp(1, ROWS_MAX);
        reporter.view(&ask.definition, ask.asked, limit, ask.after, &going.watch()).await
    }
}

impl Answer<StopReport> for Desk {
    async fn answer(&self, ask: StopReport) -> Result<(), Failure> {
        self.reporting().stop(ask.run);
        Ok(())
    }
}

impl Answer<AskReportCalls> for Desk {
    async fn answer(&self, ask: AskReportCalls) -> Result<CallPage, Failure> {
        let reporter = self.reporter().await?;
        let stretch = reporter.stretch(ask.period, self.clock().now())?;
        let definition = counted_in(&ask.definition, ask.measure);
        let limit = ask.limit.clamp(1, 500);
        let watch = crate::reporting::Watch::nobody();
        let (ids, next) = reporter.ids(&definition, stretch, &ask.key, ask.after, limit, &watch).await?;
        let mut calls = self.reader().calls_by_id(&ids).await.map_err(failure_of_store)?;
        calls.sort_by_key(|call| ids.iter().position(|id| *id == call.id));
        Ok(CallPage { rows: self.call_rows(&calls).await?, next })
    }
}

impl Answer<AskReportChoices> for Desk {
    async fn answer(&self, _ask: AskReportChoices) -> Result<ReportChoices, Failure> {
        self.report_choices().await
    }
}

impl Answer<AskSchedules> for Desk {
    async fn answer(&self, _ask: AskSchedules) -> Result<Schedules, Failure> {
        self.schedules().await
    }
}

impl Answer<SaveSchedule> for Desk {
    async fn answer(&self, ask: SaveSchedule) -> Result<Schedules, Failure> {
        self.save_schedule(ask.schedule).await?;
        self.schedules().await
    }
}

impl Answer<RemoveSchedule> for Desk {
    async fn answer(&self, ask: RemoveSchedule) -> Result<Schedules, Failure> {
        self.remove_schedule(ask.id).await?;
        self.schedules().await
    }
}

impl Answer<RunScheduleNow> for Desk {
    async fn answer(&self, ask: RunScheduleNow) -> Result<Schedules, Failure> {
        self.run_schedule_now(ask.id).await?;
        self.schedules().await
    }
}

impl Answer<AskMail> for Desk {
    async fn answer(&self, _ask: AskMail) -> Result<MailView, Failure> {
        self.mail_view().await
    }
}

impl Answer<SaveMail> for Desk {
    async fn answer(&self, ask: SaveMail) -> Result<MailView, Failure> {
        self.save_mail(ask.server, ask.password).await?;
        self.mail_view().await
    }
}

impl Answer<TestMail> for Desk {
    async fn answer(&self, ask: TestMail) -> Result<(), Failure> {
        self.test_mail(ask.server, ask.password, ask.to).await
    }
}

impl Answer<AskHours> for Desk {
    async fn answer(&self, _ask: AskHours) -> Result<HoursView, Failure> {
        hours::read(self.reader()).await
    }
}

impl Answer<SaveHours> for Desk {
    async fn answer(&self, ask: SaveHours) -> Result<HoursView, Failure> {
        reports::check_hours(&ask.hours).map_err(invalid)?;
        let view = HoursView { hours: ask.hours, service: ask.service };
        hours::save(self.hand(), &view).await?;
        self.happen(Happening::Figures);
        hours::read(self.reader()).await
    }
}
