//! From the last byte of an event on the socket to the pushed update, at 100 events a second.

use crate::journal::{open, told};
use crate::office::payload;
use crate::table::{Table, spread};
use contract::Push;
use contract::sites::{DevlinkSettings, SaveSite, Site};
use desk::Answer;
use devlink3::frame::{Decoder, append};
use devlink3::message::{EventsResult, LoginReply, Request, Response};
use std::collections::HashMap;
use std::io::Write as _;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const EVENTS: usize = 1_000;
const BETWEEN: Duration = Duration::from_millis(10);

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let desk = open(folder.path()).await?;
    let mut pushes = desk.pushes();
    let devlink = DevlinkSettings {
        host: address.ip().to_string(),
        port: address.port(),
        user: "cti".to_owned(),
        ..DevlinkSettings::default()
    };
    let site = Site {
        name: "Bench".to_owned(),
        time_zone: "UTC".to_owned(),
        devlink: Some(devlink),
        ..Site::default()
    };
    let save = SaveSite { site, password: Some("any".to_owned()), forget_fingerprint: false };
    let pbx = tokio::spawn(play(listener));
    desk.answer(save).await.map_err(told)?;
    let mut pushed_at = HashMap::new();
    while pushed_at.len() < EVENTS {
        match tokio::time::timeout(Duration::from_secs(30), pushes.next()).await? {
            Some(Push::Call(call)) => {
                if let Some(number) = call.row.number {
                    pushed_at.entry(number).or_insert_with(Instant::now);
                }
            }
            Some(_) => {}
            None => anyhow::bail!("the desk closed"),
        }
    }
    let written_at = pbx.await??;
    desk.close().await.map_err(told)?;
    let mut waits: Vec<f64> = written_at
        .iter()
        .filter_map(|(number, written)| {
            Some(pushed_at.get(number)?.duration_since(*written).as_secs_f64() * 1e3)
        })
        .collect();
    waits.sort_by(f64::total_cmp);
    let p99 = waits[waits.len() * 99 / 100];
    let (median, ..) = spread(waits);
    let floor = synced_writes(folder.path())?;
    table.row(
        "Last byte on the socket to the pushed update, 100 events/s",
        format!("99 % under {p99:.1} ms, median {median:.1} ms"),
        "99 % under 30 ms",
        "writing 4 KiB and syncing it, 99 % of times",
        format!("{:.1}", p99 / floor),
    );
    Ok(())
}

/// A PBX that grants everything and then tells one new ringing call every ten milliseconds.
async fn play(listener: TcpListener) -> anyhow::Result<Vec<(String, Instant)>> {
    let (mut stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    tokio::spawn(async move {
        // The lists are asked for on connections of their own; this PBX has none.
        while let Ok((other, _)) = listener.accept().await {
            drop(other);
        }
    });
    greet(&mut stream).await?;
    tokio::time::sleep(Duration::from_millis(600)).await;
    let mut written = Vec::with_capacity(EVENTS);
    let mut beat = tokio::time::interval(BETWEEN);
    for call in 0..EVENTS {
        beat.tick().await;
        let mut frame = Vec::new();
        append(&payload(call, call, 0), &mut frame)?;
        stream.write_all(&frame).await?;
        written.push((format!("0170{call:07}"), Instant::now()));
    }
    // The link stays until everything was pushed.
    tokio::spawn(async move {
        let mut rest = [0; 256];
        while stream.read(&mut rest).await.is_ok_and(|count| count > 0) {}
    });
    Ok(written)
}

async fn greet(stream: &mut TcpStream) -> anyhow::Result<()> {
    let mut decoder = Decoder::default();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await?;
        anyhow::ensure!(count > 0, "the client left");
        decoder.push(&buffer[..count]);
        while let Some(payload) = decoder.next_payload()? {
            let (id, reply) = match Request::decode(payload)? {
                Request::UserName { id, .. } => (id, LoginReply::Sha1Challenge(&[7; 16])),
                Request::Sha1Answer { id, .. } => (id, LoginReply::Success { version: None, variant: None }),
                Request::Events { id, flags } => {
                    let granted = Response::Events { id, result: EventsResult::Success, flags };
                    stream.write_all(&granted.to_frame()?).await?;
                    return Ok(());
                }
                other => anyhow::bail!("the bench's PBX does not know {other:?}"),
            };
            stream.write_all(&Response::Login { id, reply }.to_frame()?).await?;
        }
    }
}

/// 99 % of times of the smallest durable write, in milliseconds.
fn synced_writes(folder: &std::path::Path) -> anyhow::Result<f64> {
    let mut file = std::fs::File::create(folder.join("floor"))?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() * 99 / 100])
}
