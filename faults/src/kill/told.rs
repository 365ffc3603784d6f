//! What the collector said before it died: whole lines only, because what the kill cut was not said.

use anyhow::Context;
use serde_json::Value;
use std::io::Read;
use std::process::Child;
use std::thread::JoinHandle;

pub(super) struct Telling(JoinHandle<std::io::Result<Vec<u8>>>);

impl Telling {
    /// Reads the collector's stdout beside it, so that it never waits for us.
    pub(super) fn listen(collector: &mut Child) -> anyhow::Result<Self> {
        let mut out = collector.stdout.take().context("stdout was asked for")?;
        Ok(Self(std::thread::spawn(move || {
            let mut bytes = Vec::new();
            out.read_to_end(&mut bytes)?;
            Ok(bytes)
        })))
    }

    /// Every call as it was told, in order.
    pub(super) fn all(self) -> anyhow::Result<Vec<ToldCall>> {
        let bytes = self.0.join().map_err(|_| anyhow::anyhow!("the listener panicked"))??;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let mut calls = Vec::new();
        for line in String::from_utf8_lossy(&bytes[..whole]).lines() {
            let mut event: Value = serde_json::from_str(line).with_context(|| format!("no event: {line}"))?;
            let standing = match event["event"].as_str() {
                Some("call.ended") => Standing::Over,
                Some("call.started" | "call.changed") => Standing::Living,
                Some("call.gone") => Standing::Gone,
                _ => continue,
            };
            let call = event["call"].take();
            let id = call["id"].as_str().context("a call without an id")?.to_owned();
            calls.push(ToldCall { id, standing, call });
        }
        Ok(calls)
    }
}

#[derive(Debug)]
pub(super) struct ToldCall {
    pub(super) id: String,
    pub(super) standing: Standing,
    pub(super) call: Value,
}

/// What was said of it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Living,
    Over,
    /// It is no call by itself.
    Gone,
}
