//! What the simulated office says.

use super::Seeds;
use devlink3::event::{Event, Tuple};
use devlink3::frame;
use devlink3::message::{LoginReply, PaddedPassword, Request, Response, TestResult};
use flate2::Compression;
use flate2::write::GzEncoder;
use model::Said;
use simulator::{Neighbours, Spoken, TapeSettings, tape};
use std::error::Error;
use std::io::Write;

/// Each kind of call comes within 150.
const CALLS: u32 = 150;
const SEEDS: usize = 60;

fn spoken(wanted: Said) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let settings = TapeSettings { calls: CALLS, neighbours: Neighbours::all(), ..TapeSettings::default() };
    let of = |spoken: Spoken| (spoken.said == wanted).then_some(spoken.bytes);
    Ok(tape(&settings)?.spoken.into_iter().filter_map(of).collect())
}

/// Evenly out of all.
fn some(all: Vec<Vec<u8>>) -> impl Iterator<Item = Vec<u8>> {
    let step = all.len().div_ceil(SEEDS).max(1);
    all.into_iter().step_by(step)
}

fn numbered(of: &str, all: impl IntoIterator<Item = Vec<u8>>) -> Seeds {
    all.into_iter().enumerate().map(|(number, bytes)| (format!("{of}-{number:03}"), bytes)).collect()
}

fn framed(payloads: &[Vec<u8>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut stream = Vec::new();
    for payload in payloads {
        frame::append(payload, &mut stream)?;
    }
    Ok(stream)
}

pub(crate) fn frames() -> Result<Seeds, Box<dyn Error>> {
    let events: Vec<Vec<u8>> = some(spoken(Said::DevlinkEvent)?).collect();
    let streams = events.chunks(6).map(|payloads| Ok([vec![3], framed(payloads)?].concat()));
    let streams: Result<Vec<Vec<u8>>, Box<dyn Error>> = streams.collect();
    let mut seeds = numbered("events", streams?);
    for (name, header) in [
        ("not-a-frame", &b"\x03HTTP/1.1 400"[..]),
        ("too-short", &[3, 0x49, 0, 2]),
        ("too-long", &[0, 0x49, 0xff, 0x7f, 0xff]),
        ("long-form", &[2, 0x49, 0x80, 0, 9, 1, 2, 3, 4, 5]),
    ] {
        seeds.push((name.to_owned(), header.to_vec()));
    }
    Ok(seeds)
}

pub(crate) fn messages() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = numbered("event", some(spoken(Said::DevlinkEvent)?));
    seeds.extend(numbered("list", some(spoken(Said::HuntList)?).take(1)));
    let said = [
        Response::Test { id: 1, result: TestResult::Success, payload: b"ping" },
        Response::Login { id: 2, reply: LoginReply::Sha1Challenge(&[7; 16]) },
        Response::Login {
            id: 2,
            reply: LoginReply::Success { version: Some("11.1.2".into()), variant: Some("IP 500 V2".into()) },
        },
        Response::Login { id: 2, reply: LoginReply::LicenceMissing },
        Response::Events {
            id: 3,
            result: devlink3::message::EventsResult::Partial,
            flags: "-CallDelta3".into(),
        },
        Response::File {
            id: 4,
            result: devlink3::message::FileResult::Success,
            bytes: b"201,Ann Keller\r\n",
        },
    ];
    for (number, response) in said.iter().enumerate() {
        seeds.push((format!("response-{number}"), response.to_frame()?[3..].to_vec()));
    }
    let asked = [
        Request::Test { id: 1, payload: b"ping" },
        Request::UserName { id: 2, user: "cti".into(), application: Some("CallDoc".into()) },
        Request::Sha1Answer { id: 2, digest: [9; 20] },
        Request::PlainAnswer { id: 2, password: PaddedPassword([0; 32].into()) },
        Request::Events { id: 3, flags: "-CallDelta3 -CMExtn".into() },
        Request::ReadFile { id: 4, name: "nasystem/user_list".into() },
    ];
    for (number, request) in asked.iter().enumerate() {
        seeds.push((format!("request-{number}"), request.to_frame()?[3..].to_vec()));
    }
    Ok(seeds)
}

pub(crate) fn delta3() -> Result<Seeds, Box<dyn Error>> {
    let mut texts = Vec::new();
    for payload in spoken(Said::DevlinkEvent)? {
        for tuple in Event::parse(&payload)?.tuples {
            if let Tuple::CallDelta3(text) = tuple? {
                texts.push(text.to_vec());
            }
        }
    }
    let mut seeds = numbered("record", some(texts));
    for (name, text) in [
        (
            "quoted",
            "<Detail><Call>c0a82a03,9,,,,0,,,,,,,,,,,\"menu, key 1\",7</Call><PartyA>c0a82a0300000001,1,19,0,1,0,1,0,0,5,0,17.1,,0,0,,,,,,,017,0,2,\"Keller, \"Ann\" <x>\",c0a82a0300000009</PartyA></Detail>",
        ),
        ("refused", "<AttemptReject>c0a82a03,c0a82a03000003fe,Ann,dnd,992</AttemptReject>"),
        ("link", "<LinkLost>c0a82a03,c0a82a0300000413,0,126,991,7</LinkLost><?xml?><New/>"),
    ] {
        seeds.push((name.to_owned(), text.into()));
    }
    Ok(seeds)
}

fn rows() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for fixture in [
        &include_bytes!("../../../smdr/tests/fixtures/outbound_with_charges_and_legs.csv")[..],
        include_bytes!("../../../smdr/tests/fixtures/external_inbound.csv"),
        include_bytes!("../../../smdr/tests/fixtures/internal_twinning.csv"),
        include_bytes!("../../../smdr/tests/fixtures/transfer_to_outside_proposed_and_done.csv"),
        include_bytes!("../../../smdr/tests/fixtures/answered_by_voicemail_with_letter_i.csv"),
    ] {
        rows.push(fixture.to_vec());
    }
    rows.extend(some(spoken(Said::SmdrLines)?));
    Ok(rows)
}

pub(crate) fn smdr_lines() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = numbered("rows", rows()?);
    for (name, line) in [
        ("header", &b"Call Start,Connected Time,Ring Time\r\n"[..]),
        ("comma-in-name", b"2026/03/09 14:05:00,00:00:05,7,0123,I,403,390664,,0,1000013,0,E403,Keller, Ann,T9001,Line 1.2,0,0\r\n"),
        ("windows-1252", b"2026/10/25 02:30:00,00:00:05,7,0123,I,403,390664,,0,1000013,0,E403,J\xf6rg,T9001,Line 1.2,0,0\r\n"),
    ] {
        seeds.push((name.to_owned(), line.to_vec()));
    }
    Ok(seeds)
}

pub(crate) fn cuts() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = Seeds::new();
    let cut = |lengths: &[u8], stream: &[u8]| [&[lengths.len() as u8][..], lengths, stream].concat();
    let events: Vec<Vec<u8>> = some(spoken(Said::DevlinkEvent)?).collect();
    for (number, payloads) in events.chunks(4).take(6).enumerate() {
        seeds.push((format!("frames-{number}"), cut(&[1, 40, 3], &framed(payloads)?)));
    }
    let rows = rows()?;
    for (number, rows) in rows.chunks(3).take(6).enumerate() {
        seeds.push((format!("lines-{number}"), cut(&[7, 0, 90], &rows.concat())));
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&rows[..8].concat())?;
    seeds.push(("gzip".to_owned(), cut(&[2, 9], &packed.finish()?)));
    seeds.push(("mark".to_owned(), cut(&[0], b"\xef\xbb\xbfCall Start,\n# said\n2026/\n")));
    seeds.push(("overlong".to_owned(), cut(&[200], b"a\xfe\x40\n\0b\xfe\x3f\xfe\x01\nc\n\xfe\x90")));
    seeds.push(("long-frame".to_owned(), cut(&[255, 9], b"\x49\x81\x00\x04\xfe\xff\xfe\x01\x49\x00\x04z")));
    Ok(seeds)
}
