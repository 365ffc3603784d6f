//! Running the sources without a window.

use crate::args::{Collect, SiteArgs};
use crate::library::{Place, told};
use crate::table::plain;
use anyhow::{Context, anyhow};
use contract::published::{Agent, Gone, Link, LiveEvent, What};
use contract::sites::{AskSites, DevlinkSettings, SaveSite, Site, SmdrMode, SmdrSettings};
use desk::{Answer, Desk, Happening, Keychain, OsKeychain, RunOnlyKeychain, Start};
use model::{CallId, SiteId};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Calls that were told already.
#[derive(Debug, Default)]
struct Seen {
    begun: Latest,
    ended: Latest,
}

/// Calls that may be heard of again: their records come within minutes, and a PBX buffers a few thousand.
const LATEST: usize = 10_000;

/// The latest calls; ids grow.
#[derive(Debug, Default)]
struct Latest(BTreeSet<CallId>);

impl Latest {
    /// Whether it is there for the first time.
    fn insert(&mut self, id: CallId) -> bool {
        let first = self.0.insert(id);
        if self.0.len() > LATEST {
            self.0.pop_first();
        }
        first
    }
}

/// What was collected.
#[derive(Debug, Default, Serialize)]
struct Collected {
    calls: u64,
    answered: u64,
    abandoned: u64,
    journal_entries: u64,
}

pub(crate) async fn collect(place: &Place, args: Collect) -> anyhow::Result<ExitCode> {
    // A password from stdin is for this run; it is not put anywhere.
    let keychain: Arc<dyn Keychain> = if args.password_stdin {
        Arc::new(RunOnlyKeychain::default())
    } else {
        Arc::new(OsKeychain::default())
    };
    let given = args.devlink3.is_some() || args.smdr_listen.is_some() || args.smdr_connect.is_some();
    let start = if given { Start::Nothing } else { Start::Sources };
    let password = args.password_stdin.then(password_from_stdin).transpose()?;
    let desk = place.open_with("collect", keychain, start).await?;
    let entries_before = desk.reader().last_seq().await.unwrap_or(0);
    let mut happenings = desk.happenings();
    if given {
        start_given(&desk, &args, password).await?;
    } else if args.recordings.is_empty() && desk.answer(AskSites {}).await.map_err(told)?.is_empty() {
        desk.close().await.map_err(told)?;
        return Err(anyhow!(
            "There is nothing to collect: the library has no phone system, and none was named. \
             Use --devlink3, --smdr-listen or --smdr-connect."
        ));
    }
    if !args.recordings.is_empty() {
        let site = site_for(&desk, &args.site).await?;
        for folder in &args.recordings {
            let whole = std::path::absolute(folder)
                .with_context(|| format!("The folder {} cannot be found.", folder.display()))?;
            desk.watch_folder(site, &whole).await.map_err(told)?;
        }
    }
    let mut seen = Seen::default();
    let mut collected = Collected::default();
    let stop = stopped(args.for_seconds);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            happening = happenings.next() => match happening {
                Some(happening) => tell(&desk, &happening, &mut seen, &mut collected, args.events)?,
                None => break,
            },
        }
    }
    desk.settle_recordings().await.map_err(told)?;
    desk.settle().await.map_err(told)?;
    let entries = desk.reader().last_seq().await.unwrap_or(entries_before);
    collected.journal_entries = u64::try_from(entries - entries_before).unwrap_or(0);
    desk.close().await.map_err(told)?;
    let text = format!(
        "{} calls ended: {} answered, {} abandoned. {} journal entries.",
        collected.calls, collected.answered, collected.abandoned, collected.journal_entries
    );
    if place.json {
        println!("{}", serde_json::to_string(&collected)?);
    } else {
        eprintln!("{text}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The site that input belongs to: the one named, else the only one, else a new one.
pub(crate) async fn site_for(desk: &Desk, args: &SiteArgs) -> anyhow::Result<SiteId> {
    let site = chosen_site(desk, args).await?;
    save(desk, site, None).await
}

async fn chosen_site(desk: &Desk, args: &SiteArgs) -> anyhow::Result<Site> {
    let sites = desk.answer(AskSites {}).await.map_err(told)?;
    let mut site = match (&args.site, sites.as_slice()) {
        (Some(name), sites) => sites.iter().find(|site| site.name == *name).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, []) => None,
        (None, _) => return Err(anyhow!("The library has several sites: say which one with --site NAME.")),
    }
    .unwrap_or_else(|| Site {
        name: args.site.clone().unwrap_or_else(|| "Office".to_owned()),
        time_zone: desk::zones::here(),
        access_digits: String::new(),
        ..Site::default()
    });
    if let Some(zone) = &args.time_zone {
        site.time_zone.clone_from(zone);
    }
    if let Some(digits) = &args.access_digits {
        site.access_digits.clone_from(digits);
    }
    Ok(site)
}

async fn start_given(desk: &Desk, args: &Collect, password: Option<String>) -> anyhow::Result<()> {
    let mut site = chosen_site(desk, &args.site).await?;
    if let Some(address) = &args.devlink3 {
        let (host, port) = host_and_port(address)?;
        let before = site.devlink.take().filter(|known| known.host == host && known.port == port);
        site.devlink = Some(DevlinkSettings {
            host,
            port,
            tls: args.tls,
            user: args.user.clone().unwrap_or_default(),
            fingerprint: args.fingerprint.clone().or(before.and_then(|known| known.fingerprint)),
            ..DevlinkSettings::default()
        });
    }
    if let Some(address) = args.smdr_listen {
        let (host, port) = (address.ip().to_string(), address.port());
        let only_from = args.smdr_only_from.map(|address| address.to_string());
        site.smdr = Some(SmdrSettings { mode: SmdrMode::Listen, host, port, only_from });
    }
    if let Some(address) = &args.smdr_connect {
        let (host, port) = host_and_port(address)?;
        site.smdr = Some(SmdrSettings { mode: SmdrMode::Connect, host, port, only_from: None });
    }
    save(desk, site, password).await.map(|_| ())
}

async fn save(desk: &Desk, site: Site, password: Option<String>) -> anyhow::Result<SiteId> {
    let given_for_this_run = password.is_some();
    let saved = desk.answer(SaveSite { site, password, forget_fingerprint: false }).await.map_err(told)?;
    // A password from stdin is for this run only, as asked: no keychain is missed.
    if let Some(notice) = saved.notice.filter(|_| !given_for_this_run) {
        eprintln!("{notice}");
    }
    Ok(SiteId(saved.site.id))
}

fn host_and_port(address: &str) -> anyhow::Result<(String, u16)> {
    let wrong = || anyhow!("\"{address}\" is no HOST:PORT, for instance 192.168.42.1:50797.");
    let (host, port) = address.rsplit_once(':').ok_or_else(wrong)?;
    let port = port.parse().map_err(|_| wrong())?;
    Ok((host.trim_matches(['[', ']']).to_owned(), port))
}

pub(crate) fn password_from_stdin() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("The password could not be read from stdin.")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn stopped(for_seconds: Option<u64>) {
    let time = async {
        match for_seconds {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = time => {}
        () = told_to_stop() => {}
    }
}

/// Ctrl-C, or the end a service manager asks for.
pub(crate) async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a way to be told, it runs until it is ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn tell(
    desk: &Desk,
    happening: &Happening,
    seen: &mut Seen,
    collected: &mut Collected,
    events: bool,
) -> anyhow::Result<()> {
    match happening {
        Happening::Lamp(lamp) if !events => eprintln!("{}", plain(&lamp.says)),
        Happening::Health(entry) => eprintln!("{}", plain(&entry.says)),
        _ => {}
    }
    let event = event_of(desk, happening, seen, collected);
    if let Some(event) = event.filter(|_| events) {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, &event)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

/// What is told of it, if anything; calls that ended are counted.
fn event_of(
    desk: &Desk,
    happening: &Happening,
    seen: &mut Seen,
    collected: &mut Collected,
) -> Option<LiveEvent> {
    let now = desk.clock().now();
    let (site, what) = match happening {
        Happening::Call(call) => {
            let (name, zone) = desk.site_name_and_zone(call.site);
            let published = Box::new(desk::publish::call(call, &name, &zone, now));
            let first = seen.begun.insert(call.id);
            // An ended call may change once more, when its record comes; it is counted once.
            if !call.is_live() && call.is_counted() && seen.ended.insert(call.id) {
                collected.calls += 1;
                collected.answered += u64::from(published.answered);
                collected.abandoned += u64::from(published.abandoned);
            }
            let what = match (call.is_live(), first) {
                (false, _) => What::CallEnded { call: published },
                (true, true) => What::CallStarted { call: published },
                (true, false) => What::CallChanged { call: published },
            };
            (call.site, what)
        }
        // Told also of what this run has not told of: the one before it may have.
        Happening::CallGone(id) => (SiteId::default(), What::CallGone { call: Gone { id: id.to_text() } }),
        Happening::Agent(site, status) => {
            let (name, zone) = desk.site_name_and_zone(*site);
            let agent = Agent {
                extension: status.extension.clone(),
                name: desk.extension_name(*site, &status.extension),
                site: name,
                state: status.state,
                since: zone.rfc3339(status.since),
            };
            (*site, What::AgentChanged { agent })
        }
        Happening::Lamp(lamp) => {
            let link = Link {
                site: lamp.site_name.clone(),
                source: lamp.source,
                state: lamp.state,
                says: lamp.says.clone(),
            };
            (SiteId(lamp.site), What::LinkChanged { link })
        }
        _ => return None,
    };
    let (_, zone) = desk.site_name_and_zone(site);
    Some(LiveEvent { at: zone.rfc3339(now), what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{At, Call, CallId};

    #[tokio::test]
    async fn a_call_that_was_told_and_turns_out_to_be_none_is_told_to_be_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let opening = desk::Opening {
            library: folder.path().to_owned(),
            demo: false,
            keychain: Arc::new(RunOnlyKeychain::default()),
            holder: "test".to_owned(),
            sources: Start::Nothing,
            clock: Arc::new(desk::Clock::by_hand(At(1_773_050_600_000))),
            spoken: desk::Language::English,
        };
        let desk = Desk::open(opening).await.expect("opened");
        let (mut seen, mut collected) = (Seen::default(), Collected::default());
        let mut told = |happening: Happening| {
            let event = event_of(&desk, &happening, &mut seen, &mut collected).expect("something to tell");
            serde_json::to_value(event).expect("JSON")
        };
        let dialling = Call { id: CallId(4_096), ..Call::default() };
        let begun = told(Happening::Call(Box::new(dialling)));
        let gone = told(Happening::CallGone(CallId(4_096)));
        assert_eq!(begun["event"], "call.started", "dialling while another call is held looks like a call");
        assert_eq!(gone["event"], "call.gone", "and was part of transferring that one");
        assert_eq!(gone["call"]["id"], begun["call"]["id"], "by the same id");
        assert_eq!(collected.calls, 0, "it is no call that ended");
        desk.close().await.expect("closed");
    }
}
