//! A DevLink3 PBX by hand: lets anybody in, and then does what the scenario wants.

use anyhow::{Context, bail};
use devlink3::event::EventWriter;
use devlink3::frame::Decoder;
use devlink3::message::{EventsResult, LoginReply, Request, Response};
use model::fact::NodeId;
use std::borrow::Cow;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CHALLENGE: [u8; 16] = [7; 16];
const NODE: NodeId = NodeId(0xC0A8_2A03);

/// The PBX's side of a connection that was granted events.
pub(super) struct Granted {
    pub(super) stream: TcpStream,
}

/// The next connection that asks for events. Those that ask for files are refused them.
pub(super) async fn grant(listener: &TcpListener) -> anyhow::Result<Granted> {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        if let Some(granted) = login(stream).await? {
            return Ok(granted);
        }
    }
}

async fn login(mut stream: TcpStream) -> anyhow::Result<Option<Granted>> {
    let mut decoder = Decoder::default();
    loop {
        let Some(payload) = next(&mut stream, &mut decoder).await? else { return Ok(None) };
        let request = Request::decode(&payload).context("a request")?;
        let (answer, is_over) = match request {
            Request::UserName { id, .. } => {
                (Response::Login { id, reply: LoginReply::Sha1Challenge(&CHALLENGE) }, false)
            }
            Request::Sha1Answer { id, .. } => {
                let version = Some(Cow::Borrowed("Avaya IP500v2 11.1"));
                let reply = LoginReply::Success { version, variant: Some(Cow::Borrowed("Standard 1.0")) };
                (Response::Login { id, reply }, false)
            }
            Request::Events { id, flags } => (
                Response::Events { id, result: EventsResult::Success, flags: Cow::Owned(flags.into_owned()) },
                true,
            ),
            Request::ReadFile { .. } => return Ok(None),
            Request::Test { .. } | Request::PlainAnswer { .. } | Request::Unknown { .. } => {
                bail!("a PBX is not asked for that during a login")
            }
        };
        let frame = answer.to_frame().map_err(|error| anyhow::anyhow!("{error:?}"))?;
        stream.write_all(&frame).await?;
        if is_over {
            return Ok(Some(Granted { stream }));
        }
    }
}

async fn next(stream: &mut TcpStream, decoder: &mut Decoder) -> anyhow::Result<Option<Vec<u8>>> {
    let mut bytes = [0; 4_096];
    loop {
        if let Some(payload) = decoder.next_payload().map_err(|error| anyhow::anyhow!("{error}"))? {
            return Ok(Some(payload.to_vec()));
        }
        match stream.read(&mut bytes).await {
            Ok(0) | Err(_) => return Ok(None),
            Ok(count) => decoder.push(&bytes[..count]),
        }
    }
}

/// Event number `counter` (from 1) as a frame: the end of a call that nobody saw.
pub(super) fn event(counter: u32) -> anyhow::Result<Vec<u8>> {
    let mut event = EventWriter::new(NODE, counter);
    let text = format!("<CallLost>c0a82a03,c0a82a03{counter:08x},1,16</CallLost>");
    event.delta3(&text).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    event.to_frame().map_err(|error| anyhow::anyhow!("{error:?}"))
}

/// What stands in the journal of such a frame: without its header of three bytes.
pub(super) fn journaled(frame: &[u8]) -> &[u8] {
    &frame[3..]
}
