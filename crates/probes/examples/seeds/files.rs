//! Files that people and recorders hand over.

use super::Seeds;
use contract::directory::{Holding, NumberKind, PersonEntry};
use contract::intake::{IntakePlace, IntakeSource, Naming};
use contract::keeping::{Encoding, Retention, RetentionRule};
use contract::rates::{Rate, RateTable, TimeBand};
use contract::reports::{MailSecurity, MailServer, OwnReport};
use contract::scorecards::{Question, QuestionKind, Scorecard};
use contract::sites::{DevlinkSettings, PasswordState, Site};
use model::report::{Condition, Definition, GroupRef, Period, Rows, Who};
use portable::{NumberName, SettingsFile};
use recordings::naming::PRESETS;

pub(crate) fn file_names() -> Seeds {
    let names = [
        "[Ann Keller]_204-0301234567_20261121093000(17).wav",
        "204_0301234567_20261121093000_4711.opus",
        "Sales_204_anonymous_20261121093000.mp3",
        "204_+49301234567_2026-11-21_09-30-05.flac",
        "20261121-093005_204_0301234567.wav",
        "Ann Keller 0301234567 2026-11-21 09.30.05.wav",
        "recordings/2026/11/21/17.v1.opus",
    ];
    let own = [
        "{any}_{epoch}_{direction?}",
        "{time:DD.MM.YY hh.mm.ss AM} {extension}*",
        "{time_utc:YYYY-MM-DDTHH-mm-ssZ}_{from}_{to}",
        "{group}{who}{name}",
        "{unknown}",
        "{time}",
        "}{",
    ];
    let patterns = PRESETS.iter().map(|preset| preset.pattern).chain(own);
    let names = names.iter().cycle();
    let said = [
        "call_1795249805_in.wav",
        "21.11.26 09.30.05 PM 204 x",
        "2026-11-21T09-30-05Z_204_0301234567",
        "../../etc/passwd",
        "C:\\a.wav",
        "con",
        "a/./b",
    ];
    let pairs = patterns.zip(names.map(|name| (*name).to_owned()));
    let own = own.iter().zip(said).map(|(pattern, name)| format!("{pattern}\n{name}"));
    let all = pairs.map(|(pattern, name)| format!("{pattern}\n{name}")).chain(own);
    all.enumerate().map(|(number, text)| (format!("name-{number:02}"), text.into_bytes())).collect()
}

pub(crate) fn side_files() -> Seeds {
    let texts = [
        r#"<?xml version="1.0"?><!-- by a recorder --><Recording><Call><CallID>4711</CallID><StartTime>2026-11-21T09:30:05+01:00</StartTime><Direction>Incoming</Direction></Call><Party><Extension>204</Extension><AgentName>Ann &amp; Co</AgentName></Party><CallerID>+49 30 1234567</CallerID><HuntGroup><![CDATA[Sales <North>]]></HuntGroup></Recording>"#,
        r#"<meta><field name="Call ID" value="17"/><field key="Start_Time" value="21.11.2026 09:30:05"/><call from="204" to="0301234567"/></meta>"#,
        r#"{"meta":{"parties":[{"extension":204}],"startedAt":1795249805},"remoteNumber":"030 1234567","ok":true,"no":null}"#,
        r#"[{"date":"2026/11/21"},{"time":"09:30:05"},{"caller":"204"},{"called":"0301234567"},{"type":"out"}]"#,
        r#"<!DOCTYPE a [<!ENTITY b "bb">]><a><name>&c;&lt;</name><b/></a>"#,
        "\u{feff}<a x='1'>t<b>20261121T093005</b></a>",
    ];
    texts
        .iter()
        .enumerate()
        .map(|(number, text)| (format!("side-{number}"), text.as_bytes().to_vec()))
        .collect()
}

pub(crate) fn report_definitions() -> Seeds {
    let standard = reports::standard().iter();
    let compact = |definition: &Definition| serde_json::to_vec(definition).unwrap_or_default();
    let mut seeds: Seeds =
        standard.map(|one| (format!("standard-{}", one.name), compact(&one.definition))).collect();
    let Some(first) = reports::standard().first() else { return seeds };
    for (number, condition) in conditions().into_iter().enumerate() {
        let period = Period::Custom { from_ms: 1_788_800_000_000, to_ms: 1_788_900_000_000 };
        let definition = Definition { conditions: vec![condition], period, ..first.definition.clone() };
        seeds.push((format!("condition-{number}"), compact(&definition)));
    }
    seeds
}

fn conditions() -> Vec<Condition> {
    vec![
        Condition::People {
            any_of: vec![Who::Person { id: 1 }, Who::Extension { site: 1, number: "204".into() }],
        },
        Condition::Groups { any_of: vec![GroupRef { site: 1, number: "300".into() }] },
        Condition::Sites { any_of: vec![1, 2] },
        Condition::Tags { any_of: vec!["vip".into()] },
        Condition::Trunks { any_of: vec!["5".into()] },
        Condition::Answered { yes: true },
        Condition::Missed { yes: false },
    ]
}

pub(crate) fn settings() -> Seeds {
    let full = furnished();
    let with = |fill: &dyn Fn(&mut SettingsFile)| {
        let mut file = SettingsFile::empty("0.1.0", 1_795_249_805_000);
        fill(&mut file);
        file
    };
    let files = [
        ("full", full.clone()),
        ("empty", with(&|_| {})),
        ("sites", with(&|file| file.sites.clone_from(&full.sites))),
        ("people", with(&|file| file.people.clone_from(&full.people))),
        ("rates", with(&|file| file.rates.clone_from(&full.rates))),
        ("reports", with(&|file| file.reports.clone_from(&full.reports))),
        ("sources", with(&|file| file.recording_sources.clone_from(&full.recording_sources))),
        ("namings", with(&|file| file.namings.clone_from(&full.namings))),
        ("mail", with(&|file| file.mail.clone_from(&full.mail))),
    ];
    let compact = |file: &SettingsFile| serde_json::to_vec(file).unwrap_or_default();
    let mut seeds: Seeds = files.iter().map(|(name, file)| ((*name).to_owned(), compact(file))).collect();
    seeds.push(("newer".to_owned(), br#"{"calldoc_settings":2}"#.to_vec()));
    seeds
}

/// Everything that a person can enter, once.
fn furnished() -> SettingsFile {
    let text = str::to_owned;
    let devlink =
        DevlinkSettings { host: text("127.0.0.1"), port: 50_797, user: text("cti"), ..Default::default() };
    let site = Site {
        id: 3,
        name: text("Munich"),
        time_zone: text("Europe/Berlin"),
        devlink: Some(devlink),
        ..Site::default()
    };
    let held = Holding { site: 3, extension: text("204"), from_ms: None, to_ms: Some(7) };
    let person = PersonEntry { id: 5, name: text("Ann"), extensions: vec![held], ..PersonEntry::default() };
    let band = TimeBand { name: text("night"), days: [true; 7], from_minute: 1_320, to_minute: 360 };
    let rate = Rate { prefix: text("+49"), per_minute: 190, ..Rate::default() };
    let rates = RateTable {
        id: 2,
        name: text("Carrier"),
        currency: text("EUR"),
        sites: vec![3],
        bands: vec![band],
        rates: vec![rate],
    };
    let question = Question { id: 1, text: text("Greeting"), kind: QuestionKind::YesNo };
    let sftp = IntakePlace::Sftp {
        host: text("127.0.0.1"),
        port: 22,
        user: text("rec"),
        folder: text("/out"),
        host_key: None,
        by_key: false,
        secret: PasswordState::Missing,
    };
    let source = |place| IntakeSource {
        id: 4,
        site: 3,
        name: text("Recorder"),
        place,
        naming: Some(6),
        remove_after: false,
        every_seconds: 60,
        enabled: true,
    };
    let rule = RetentionRule {
        name: text("Sales"),
        direction: None,
        group: Some(text("300")),
        tag: None,
        unmatched: false,
        keep_days: Some(90),
    };
    let own = reports::standard().first().map(|one| {
        let mut definition = one.definition.clone();
        definition.name = text("Ours");
        definition.conditions = conditions();
        if let Rows::Summed { measures, .. } = &mut definition.rows {
            measures.truncate(2);
        }
        OwnReport { id: 8, definition }
    });
    SettingsFile {
        sites: vec![site],
        people: vec![person],
        numbers: vec![NumberName {
            site: 3,
            kind: NumberKind::Group,
            number: text("300"),
            name: text("Sales"),
        }],
        rates: vec![rates],
        scorecards: vec![Scorecard {
            name: text("Service"),
            questions: vec![question],
            ..Scorecard::default()
        }],
        namings: vec![Naming {
            id: 6,
            name: text("Ours"),
            pattern: text(PRESETS[0].pattern),
            built_in: false,
        }],
        recording_sources: vec![source(sftp), source(IntakePlace::Folder { folder: text("/recordings") })],
        retention: Some(Retention { rules: vec![rule], automatic: false }),
        encoding: Some(Encoding { kilobits: 24, keep_original: true }),
        reports: own.into_iter().collect(),
        mail: Some(MailServer {
            host: text("127.0.0.1"),
            port: 587,
            security: MailSecurity::StartTls,
            user: text("office"),
            from: text("office@example.com"),
            password_kept: false,
        }),
        preferences: vec![(text("theme"), text("dark"))],
        ..SettingsFile::empty("0.1.0", 1_795_249_805_000)
    }
}

/// By the letters of `probes::backups`: how it becomes a file, which byte changes, then members.
pub(crate) fn backups() -> Seeds {
    let member = |name: &str, coding: u8, content: &[u8]| {
        [&[name.len() as u8][..], name.as_bytes(), &[coding, content.len() as u8], content].concat()
    };
    let packed: &[u8] = &[0x4b, 0x4c, 0x4c, 0x84, 0x22, 0x00];
    let good = [
        member("library.sqlite3", 1, packed),
        member("recordings/1.opus", 8, b"sound of some length"),
        member("settings.json", 0, b"{}"),
    ]
    .concat();
    let bad = [member("../a", 0, b"x"), member("a", 0, b"y"), member("A", 3, packed), member("a/b", 0, b"")]
        .concat();
    let mut seeds = Seeds::new();
    for how in 1..=3_u8 {
        for (what, members) in [("good", &good), ("bad", &bad)] {
            for (place, change) in [(0_u16, 0_u8), (90, 1), (300, 0x80)] {
                let [high, low] = place.to_be_bytes();
                let input = [&[how, high, low, change][..], members].concat();
                seeds.push((format!("{what}-{how}-{place}"), input));
            }
        }
    }
    seeds.push(("raw".to_owned(), b"\0\0\0\0CDBACKUP\x01\0\x02\0\0\0{}".to_vec()));
    seeds
}
