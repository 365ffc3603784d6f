//! The form of a schedule while it is filled in.

use super::report_list::word;
use crate::words::say;
use contract::reports::{Destination, Every, FileFormat, ReportRef, Schedule};
use model::report::Period;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleDraft {
    pub id: i64,
    pub name: String,
    pub report: Option<ReportRef>,
    pub period: Period,
    pub compared: bool,
    pub format: FileFormat,
    pub every: EveryKind,
    /// 1 is Monday.
    pub weekday: u8,
    pub day: String,
    /// `07:30`, as time fields write it.
    pub time: String,
    pub minute: String,
    pub way: Going,
    pub folder: String,
    /// One address a line, or separated by commas.
    pub addresses: String,
    pub subject: String,
    pub on: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EveryKind {
    Hour,
    Day,
    Workday,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    ToFolder,
    ByMail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Report,
    Time,
    Minute,
    Day,
    Folder,
    Addresses,
}

pub type Complaint = (Field, &'static str);

impl EveryKind {
    pub const ALL: [EveryKind; 5] =
        [EveryKind::Hour, EveryKind::Day, EveryKind::Workday, EveryKind::Week, EveryKind::Month];

    pub fn title(self) -> &'static str {
        match self {
            EveryKind::Hour => say("Every hour"),
            EveryKind::Day => say("Every day"),
            EveryKind::Workday => say("Monday to Friday"),
            EveryKind::Week => say("Every week"),
            EveryKind::Month => say("Every month"),
        }
    }
}

impl ScheduleDraft {
    pub fn empty() -> Self {
        Self {
            id: 0,
            name: String::new(),
            report: None,
            period: Period::LastWeek,
            compared: true,
            format: FileFormat::Pdf,
            every: EveryKind::Week,
            weekday: 1,
            day: "1".to_owned(),
            time: "07:00".to_owned(),
            minute: "0".to_owned(),
            way: Going::ToFolder,
            folder: String::new(),
            addresses: String::new(),
            subject: String::new(),
            on: true,
        }
    }

    /// A first one for a report that is looked at.
    pub fn about(report: ReportRef, title: &str, period: Period) -> Self {
        let period = match period {
            Period::Custom { .. } => Period::LastWeek,
            named => named,
        };
        Self { name: title.to_owned(), report: Some(report), period, ..Self::empty() }
    }

    pub fn of(schedule: &Schedule) -> Self {
        let mut draft = Self {
            id: schedule.id,
            name: schedule.name.clone(),
            report: Some(schedule.report.clone()),
            period: schedule.period,
            compared: schedule.compared,
            format: schedule.format,
            on: schedule.on,
            ..Self::empty()
        };
        match schedule.every {
            Every::Hour { minute } => {
                draft.every = EveryKind::Hour;
                draft.minute = minute.to_string();
            }
            Every::Day { minute_of_day } => draft.at(EveryKind::Day, minute_of_day),
            Every::Workday { minute_of_day } => draft.at(EveryKind::Workday, minute_of_day),
            Every::Week { day, minute_of_day } => {
                draft.at(EveryKind::Week, minute_of_day);
                draft.weekday = day;
            }
            Every::Month { day, minute_of_day } => {
                draft.at(EveryKind::Month, minute_of_day);
                draft.day = day.to_string();
            }
        }
        match &schedule.to {
            Destination::Folder { folder } => draft.folder.clone_from(folder),
            Destination::Mail { to, subject } => {
                draft.way = Going::ByMail;
                draft.addresses = to.join("\n");
                draft.subject.clone_from(subject);
            }
        }
        draft
    }

    /// # Errors
    /// What is wrong, field by field.
    pub fn to_schedule(&self) -> Result<Schedule, Vec<Complaint>> {
        let mut wrong = Vec::new();
        if self.name.trim().is_empty() {
            wrong.push((Field::Name, say("Give it a name: it stands in the log and in the file’s name.")));
        }
        if self.report.is_none() {
            wrong.push((Field::Report, say("Say which report.")));
        }
        let every = self.to_every().map_err(|complaint| wrong.push(complaint)).ok();
        let to = self.to_destination().map_err(|complaint| wrong.push(complaint)).ok();
        match (self.report.clone(), every, to) {
            (Some(report), Some(every), Some(to)) if wrong.is_empty() => Ok(Schedule {
                id: self.id,
                name: self.name.trim().to_owned(),
                report,
                period: self.period,
                compared: self.compared,
                format: self.format,
                every,
                to,
                on: self.on,
                next_ms: None,
                last: None,
            }),
            (Some(_) | None, Some(_) | None, Some(_) | None) => Err(wrong),
        }
    }

    /// Word of the report, as its choice spells it.
    pub fn report_word(&self) -> String {
        self.report.as_ref().map(word).unwrap_or_default()
    }

    fn at(&mut self, every: EveryKind, minute_of_day: u16) {
        self.every = every;
        self.time = time_text(minute_of_day);
    }

    fn to_every(&self) -> Result<Every, Complaint> {
        if self.every == EveryKind::Hour {
            let minute = self.minute.trim().parse::<u8>().ok().filter(|minute| *minute < 60);
            return minute
                .map(|minute| Every::Hour { minute })
                .ok_or((Field::Minute, say("A minute is a number from 0 to 59.")));
        }
        let minute_of_day = minute_of(&self.time).ok_or((Field::Time, say("Say at what time.")))?;
        let day = self.day.trim().parse::<u8>().ok().filter(|day| (1..=31).contains(day));
        Ok(match self.every {
            EveryKind::Hour | EveryKind::Day => Every::Day { minute_of_day },
            EveryKind::Workday => Every::Workday { minute_of_day },
            EveryKind::Week => Every::Week { day: self.weekday, minute_of_day },
            EveryKind::Month => {
                let day = day.ok_or((Field::Day, say("A day of the month is a number from 1 to 31.")))?;
                Every::Month { day, minute_of_day }
            }
        })
    }

    fn to_destination(&self) -> Result<Destination, Complaint> {
        match self.way {
            Going::ToFolder => {
                let folder = self.folder.trim();
                if folder.is_empty() {
                    return Err((Field::Folder, say("Say which folder.")));
                }
                Ok(Destination::Folder { folder: folder.to_owned() })
            }
            Going::ByMail => {
                let to = addresses(&self.addresses);
                if to.is_empty() {
                    return Err((Field::Addresses, say("Say to whom.")));
                }
                if !to.iter().all(|address| is_address(address)) {
                    return Err((Field::Addresses, say("One of these is no mail address.")));
                }
                Ok(Destination::Mail { to, subject: self.subject.trim().to_owned() })
            }
        }
    }
}

/// `7:30` as minutes since midnight.
pub fn minute_of(time: &str) -> Option<u16> {
    let (hours, minutes) = time.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.get(..2)?.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `07:30`, as time fields write it; midnight at the end of a day is 00:00.
pub fn time_text(minute: u16) -> String {
    let minute = minute % (24 * 60);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Something before and after one `@`, with a dot in what follows; whether it exists, only its server knows.
pub fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

fn addresses(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> ScheduleDraft {
        let mut draft = ScheduleDraft::about(
            ReportRef::Standard { name: "abandoned-calls".into() },
            "Abandoned calls",
            Period::LastWeek,
        );
        draft.folder = " /srv/reports ".into();
        draft
    }

    #[test]
    fn an_empty_form_says_what_is_missing() {
        let wrong = ScheduleDraft::empty().to_schedule().expect_err("nothing is filled in");
        let fields: Vec<Field> = wrong.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Name, Field::Report, Field::Folder], "three fields");
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was() {
        for every in [
            Every::Hour { minute: 5 },
            Every::Day { minute_of_day: 450 },
            Every::Workday { minute_of_day: 450 },
            Every::Week { day: 5, minute_of_day: 1_020 },
            Every::Month { day: 31, minute_of_day: 0 },
        ] {
            let mut schedule = filled().to_schedule().expect("all is filled in");
            schedule.every = every;
            let mail = Destination::Mail { to: vec!["ann@example.com".into()], subject: "Week".into() };
            schedule.to = mail;
            let again = ScheduleDraft::of(&schedule).to_schedule().expect("it was stored as it is");
            assert_eq!(again, schedule, "nothing is lost on the way");
        }
    }

    #[test]
    fn addresses_are_looked_at_before_they_are_stored() {
        let mut draft = filled();
        draft.way = Going::ByMail;
        draft.addresses = "ann@example.com; ben@example.com,\ncarla@example.com".into();
        let Destination::Mail { to, .. } = draft.to_schedule().expect("three addresses").to else {
            panic!("it goes by mail")
        };
        assert_eq!(to.len(), 3, "commas, semicolons and lines part them");
        for wrong in ["ann", "ann@", "@example.com", "ann@example", "a b@example.com", "a@b@c.de"] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_report_of_days_of_ones_own_is_scheduled_over_a_week() {
        let draft =
            ScheduleDraft::about(ReportRef::Own { id: 1 }, "Mine", Period::Custom { from_ms: 0, to_ms: 1 });
        assert_eq!(draft.period, Period::LastWeek, "the same days over and over say nothing");
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for minute in [0, 1, 450, 1_439] {
            assert_eq!(minute_of(&time_text(minute)), Some(minute), "{minute}");
        }
        assert_eq!(minute_of("24:00"), None, "there is no such time");
    }
}
