//! What a file would change: each of its settings beside the one of the same name here. Pure.

use crate::{NumberName, SettingsFile};
use contract::directory::PersonEntry;
use contract::intake::{IntakeSource, Naming};
use contract::keeping::{Encoding, Retention};
use contract::portable::{ChangeKind, SettingsChange, SettingsPart};
use contract::rates::RateTable;
use contract::reports::{HoursView, MailServer, OwnReport, Schedule};
use contract::scorecards::Scorecard;
use contract::sites::Site;

/// In the order in which they are taken in: what others name comes before them.
pub const PARTS: [SettingsPart; 13] = [
    SettingsPart::PhoneSystem,
    SettingsPart::Person,
    SettingsPart::NumberName,
    SettingsPart::Rates,
    SettingsPart::Hours,
    SettingsPart::Scorecard,
    SettingsPart::Naming,
    SettingsPart::RecordingSource,
    SettingsPart::Retention,
    SettingsPart::Encoding,
    SettingsPart::Report,
    SettingsPart::Mail,
    SettingsPart::Schedule,
];

/// One setting, ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Site(Box<Site>),
    Person(PersonEntry),
    Number(NumberName),
    Rates(RateTable),
    Hours(HoursView),
    Scorecard(Scorecard),
    Naming(Naming),
    Source(IntakeSource),
    Retention(Retention),
    Encoding(Encoding),
    Report(Box<OwnReport>),
    Schedule(Schedule),
    Mail(MailServer),
}

/// A setting that would be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub shown: SettingsChange,
    pub piece: Piece,
}

/// What a part of a file would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Planned {
    pub changes: Vec<Change>,
    /// Settings that are here already as they are in the file.
    pub same: u32,
}

/// `file` is in this library's numbers.
pub fn plan(part: SettingsPart, file: &SettingsFile, here: &SettingsFile) -> Planned {
    match part {
        SettingsPart::PhoneSystem => beside(
            part,
            &file.sites,
            &here.sites,
            |site| site.name.clone(),
            |site, _| Piece::Site(Box::new(site)),
        ),
        SettingsPart::Person => beside(
            part,
            &file.people,
            &here.people,
            |person| person.name.clone(),
            |person, _| Piece::Person(person),
        ),
        SettingsPart::NumberName => {
            let key = |named: &NumberName| format!("{} {:?} {}", named.site, named.kind, named.number);
            let mut planned =
                beside(part, &file.numbers, &here.numbers, key, |named, _| Piece::Number(named));
            for change in &mut planned.changes {
                if let Piece::Number(named) = &change.piece {
                    change.shown.name = format!("{}: {}", named.number, named.name);
                }
            }
            planned
        }
        SettingsPart::Rates => beside(
            part,
            &file.rates,
            &here.rates,
            |table| table.name.clone(),
            |table, known| Piece::Rates(RateTable { id: known.map_or(0, |known| known.id), ..table }),
        ),
        SettingsPart::Hours => {
            single(part, "Business hours and service level", &file.hours, &here.hours, Piece::Hours)
        }
        SettingsPart::Scorecard => beside(
            part,
            &file.scorecards,
            &here.scorecards,
            |card| card.name.clone(),
            |card, known| Piece::Scorecard(Scorecard { id: known.map_or(0, |known| known.id), ..card }),
        ),
        SettingsPart::Naming => beside(
            part,
            &file.namings,
            &here.namings,
            |naming| naming.name.clone(),
            |naming, _| Piece::Naming(naming),
        ),
        SettingsPart::RecordingSource => beside(
            part,
            &file.recording_sources,
            &here.recording_sources,
            |source| source.name.clone(),
            |source, known| Piece::Source(IntakeSource { id: known.map_or(0, |known| known.id), ..source }),
        ),
        SettingsPart::Retention => {
            single(part, "How long recordings are kept", &file.retention, &here.retention, Piece::Retention)
        }
        SettingsPart::Encoding => {
            single(part, "How recordings are stored", &file.encoding, &here.encoding, Piece::Encoding)
        }
        SettingsPart::Report => beside(
            part,
            &file.reports,
            &here.reports,
            |report| report.definition.name.clone(),
            |report, _| Piece::Report(Box::new(report)),
        ),
        SettingsPart::Schedule => beside(
            part,
            &file.schedules,
            &here.schedules,
            |schedule| schedule.name.clone(),
            |schedule, known| Piece::Schedule(Schedule { id: known.map_or(0, |known| known.id), ..schedule }),
        ),
        SettingsPart::Mail => single(part, "Mail server", &file.mail, &here.mail, Piece::Mail),
        // The window takes its own over.
        SettingsPart::Window => Planned::default(),
    }
}

/// Each of a list beside the one of the same key here.
fn beside<T: Clone + PartialEq>(
    part: SettingsPart,
    file: &[T],
    here: &[T],
    key: impl Fn(&T) -> String,
    piece: impl Fn(T, Option<&T>) -> Piece,
) -> Planned {
    let mut planned = Planned::default();
    for one in file {
        let name = key(one);
        let known = here.iter().find(|known| key(known) == name);
        let made = piece(one.clone(), known);
        // Compared as they would be stored: numbers that only count rows are then the same.
        if known.is_some_and(|known| piece(known.clone(), Some(known)) == made) {
            planned.same += 1;
            continue;
        }
        let kind = if known.is_some() { ChangeKind::Replaced } else { ChangeKind::Added };
        planned.changes.push(Change { shown: SettingsChange { part, name, kind }, piece: made });
    }
    planned
}

/// A setting of which there is one.
fn single<T: Clone + PartialEq>(
    part: SettingsPart,
    name: &str,
    file: &Option<T>,
    here: &Option<T>,
    piece: impl Fn(T) -> Piece,
) -> Planned {
    let Some(wanted) = file else { return Planned::default() };
    if here.as_ref() == Some(wanted) {
        return Planned { same: 1, ..Planned::default() };
    }
    let kind = if here.is_some() { ChangeKind::Replaced } else { ChangeKind::Added };
    let shown = SettingsChange { part, name: name.to_owned(), kind };
    Planned { changes: vec![Change { shown, piece: piece(wanted.clone()) }], same: 0 }
}
