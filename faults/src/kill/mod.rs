//! The collector is killed while the office telephones.
//!
//! Between the simulated PBX and the collector stand a relay for DevLink3 and the PBX's SMDR sender, both in this
//! process: they know to the byte what was sent, and ask TCP what the collector's kernel acknowledged. After a kill the
//! journal is compared with that, and the calls with what the collector said about them before it died.

mod compare;
pub(crate) mod journal;
pub(crate) mod relay;
pub(crate) mod rows;
mod told;

use crate::program::{cli, complaints};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use compare::Compared;
use journal::Journal;
use relay::Relay;
use rows::Rows;
use simulator::{Pace, Settings, Simulator};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;
use told::Telling;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "kill",
    fault: "the collector gets SIGKILL at random moments (500 times on one library), with DevLink3 and SMDR under load",
    expected: "The journal holds, of each DevLink3 connection, an unbroken beginning of what the PBX sent, to the letter \
               and once; of each SMDR delivery likewise. No call that was told is missing or less than was told. What TCP \
               acknowledged in the last moment and was not committed is not there: DevLink3 makes up for it with the next \
               snapshot, SMDR cannot. check finds nothing, rebuild changes nothing.",
    run,
};

/// From a start to its kill: during opening and catching up, during the login, under load.
const LIVES_MS: std::ops::Range<u64> = 0..2_500;
/// Some fifty calls a second, as many as the office has phones for.
const PACE: Pace = Pace::CallsPerHour(6_000.0);
const SPEED: f64 = 30.0;

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(kill(setting, setting.times(5, 500)))
}

async fn kill(setting: &Setting, kills: usize) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let library = setting.path("library");
    let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let (rows, smdr) = Rows::start().await?;
    let office = Simulator::start(Settings {
        devlink3: Some(any_port),
        smdr_to: Some(smdr),
        seed: setting.seed,
        pace: PACE,
        speed: SPEED,
        ..Settings::default()
    })
    .await?;
    let relay = Relay::start(office.devlink3_addr().context("DevLink3 is served")?).await?;
    let mut journal = Journal::default();
    let mut compared = Compared::default();
    for number in 0..kills {
        let lives = Duration::from_millis(dice.u64(LIVES_MS));
        let mut collector = collect(&library, relay.addr(), rows.receiver())?;
        let telling = Telling::listen(&mut collector)?;
        tokio::time::sleep(lives).await;
        collector.kill()?;
        collector.wait()?;
        compared.tell(telling.all()?);
        journal.heard(relay.conversations().await, rows.deliveries().await);
        // Sometimes the next collector finds what the kill left, sometimes it was looked at before.
        if dice.u8(..3) == 0 || number + 1 == kills {
            journal.compare(&library, &mut seen).await?;
            compared.compare(&library, &mut seen).await?;
        }
        if (number + 1).is_multiple_of(25) {
            eprintln!("  {} kills: {journal}; {compared}", number + 1);
        }
    }
    office.stop().await;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.must(journal.has_something(), || "there was no load".to_owned());
    seen.says = format!("{kills} kills: {journal}; {compared}");
    Ok(seen)
}

fn collect(library: &Path, devlink3: SocketAddr, smdr: SocketAddr) -> anyhow::Result<Child> {
    let mut collector = cli(library)?
        .args(["collect", "--events", "--site", "Office", "--time-zone", "Europe/Berlin"])
        .args(["--devlink3", &devlink3.to_string(), "--user", "cti", "--password-stdin"])
        .args(["--smdr-listen", &smdr.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdin = collector.stdin.take().context("stdin was asked for")?;
    stdin.write_all(b"password\n")?;
    Ok(collector)
}
