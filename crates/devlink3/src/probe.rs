//! "Test connection": the same steps as a real connection, each with its result. It takes one of the PBX's few
//! connections for as long as it lasts, and a wrong password counts there as one.

use crate::flags::Flags;
use crate::link::{Settings, Transport, connect, now};
use crate::pin::Fingerprint;
use crate::session::{Input, Output, Session};
use crate::state::{Granted, LinkState, PbxInfo};
use crate::trouble::Trouble;
use connect::Stream;
use std::net::IpAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// In the order in which they are tried. [`StepKind::Secure`] is left out without TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Resolve,
    Reach,
    Secure,
    LogIn,
    AskForEvents,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeStep {
    pub kind: StepKind,
    pub result: ProbeResult,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeResult {
    Good(Found),
    /// It works, with less than was asked for.
    Warning(Found),
    Bad(Trouble),
    /// Not tried because a step before it failed.
    Skipped,
}

/// What a step found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Addresses(Vec<IpAddr>),
    Reached,
    Certificate { shown: Fingerprint, pinned_before: Pinned },
    LoggedIn(PbxInfo),
    Events(Granted),
}

/// Whether the certificate was known before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    Known,
    FirstSeen,
}

/// Tries the settings once, without storing anything.
pub async fn probe(settings: &Settings) -> Vec<ProbeStep> {
    let mut found = Vec::new();
    let trouble = steps(settings, &mut found).await.err();
    let mut all = vec![StepKind::Resolve, StepKind::Reach];
    if settings.transport == Transport::Tls {
        all.push(StepKind::Secure);
    }
    all.extend([StepKind::LogIn, StepKind::AskForEvents]);
    let mut results = found.into_iter().map(judge).chain(trouble.map(ProbeResult::Bad));
    all.into_iter()
        .map(|kind| ProbeStep { kind, result: results.next().unwrap_or(ProbeResult::Skipped) })
        .collect()
}

async fn steps(settings: &Settings, found: &mut Vec<Found>) -> Result<(), Trouble> {
    let addresses = connect::resolve(&settings.host, settings.port).await?;
    found.push(Found::Addresses(addresses.iter().map(std::net::SocketAddr::ip).collect()));
    let tcp = connect::reach(&addresses).await?;
    found.push(Found::Reached);
    let stream: Stream = match settings.transport {
        Transport::Tcp => Box::new(tcp),
        Transport::Tls => {
            let (stream, shown) = connect::secure(tcp, &settings.host, settings.pinned).await?;
            let pinned_before = if settings.pinned.is_some() { Pinned::Known } else { Pinned::FirstSeen };
            found.push(Found::Certificate { shown, pinned_before });
            stream
        }
    };
    converse(stream, settings, found).await
}

async fn converse(mut stream: Stream, settings: &Settings, found: &mut Vec<Found>) -> Result<(), Trouble> {
    let mut session = Session::new(now(), settings.credentials(), settings.flags);
    let mut buffer = vec![0; 16 * 1024];
    loop {
        while let Some(output) = session.next_output() {
            match output {
                Output::Send(bytes) => {
                    let sent = stream.write_all(&Zeroizing::new(bytes)).await;
                    sent.map_err(|error| connect::trouble_of(&error))?;
                    stream.flush().await.map_err(|error| connect::trouble_of(&error))?;
                }
                Output::State(LinkState::LoggedIn(pbx)) => found.push(Found::LoggedIn(pbx)),
                Output::State(LinkState::Up(granted)) => {
                    found.push(Found::Events(granted));
                    // The settings are known to be good; how the PBX takes the farewell does not matter.
                    let _ = stream.shutdown().await;
                    return Ok(());
                }
                Output::Close(trouble) => return Err(trouble),
                Output::State(_) | Output::Journal { .. } | Output::Noted(_) => {}
            }
        }
        let left = session
            .next_deadline()
            .map_or(connect::STEP_WITHIN, |deadline| deadline.saturating_duration_since(now()));
        match timeout(left, stream.read(&mut buffer)).await {
            Ok(Ok(0)) => session.handle(now(), Input::Closed),
            Ok(Ok(count)) => session.handle(now(), Input::Received(&buffer[..count])),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                session.handle(now(), Input::Closed);
            }
            Ok(Err(error)) => return Err(connect::trouble_of(&error)),
            Err(_) => session.handle(now(), Input::Tick),
        }
    }
}

fn judge(found: Found) -> ProbeResult {
    match &found {
        Found::Events(granted) if granted.refused != Flags::NONE => ProbeResult::Warning(found),
        Found::Events(_)
        | Found::Addresses(_)
        | Found::Reached
        | Found::Certificate { .. }
        | Found::LoggedIn(_) => ProbeResult::Good(found),
    }
}
