//! The PBX's name cannot be resolved, and later it can.

use super::pbx::grant;
use crate::collector::{Collector, words_of_both};
use crate::program::{cli_program, complaints, port_to_keep};
use crate::rows::{log, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::Command;
use std::time::Duration;
use tokio::net::TcpListener;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "names",
    fault: "the PBX's host name is known to nobody for a while",
    expected: "The collector says that the name is not known and tries again by itself; SMDR rows come in meanwhile. As soon as the \
               name is known, the link is up.",
    run,
};

const NAME: &str = "pbx.office.test";

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(resolve(setting))
}

async fn resolve(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let smdr = port_to_keep()?;
    let (hosts, switch) = (setting.path("hosts"), setting.path("nsswitch.conf"));
    std::fs::write(&hosts, "127.0.0.1 localhost\n")?;
    std::fs::write(&switch, "hosts: files\n")?;
    // The collector alone sees these instead of the computer's own.
    let mut command = Command::new("unshare");
    command.args([
        "-m",
        "sh",
        "-c",
        "mount --bind \"$1\" /etc/hosts && mount --bind \"$2\" /etc/nsswitch.conf && shift 2 && exec \"$@\"",
        "sh",
    ]);
    command.args([&hosts, &switch]).arg(cli_program()?).arg("--library").arg(&library);
    command.args(words_of_both(&format!("{NAME}:{}", listener.local_addr()?.port()), smdr));
    let collector =
        Collector::start(command, Some(smdr)).context("`unshare` cannot be run; it needs root")?;
    let mut pbx = collector.pbx()?;
    let unknown =
        collector.until(|| Ok(collector.said().contains("\"source\":\"devlink3\",\"state\":\"down\"")));
    let says = super::flood::sentence(&collector.said(), "\"source\":\"devlink3\",\"state\":\"down\"");
    seen.must(unknown.is_ok() && says.contains(NAME), || format!("it said: {}", collector.said()));
    pbx.write_all(&log(0..5))?;
    // In place: the collector's file is this one.
    let mut file = std::fs::File::options().append(true).open(&hosts)?;
    writeln!(file, "127.0.0.1 {NAME}")?;
    let granted = tokio::time::timeout(Duration::from_secs(120), grant(&listener)).await;
    seen.must(granted.is_ok(), || format!("the link did not come up: {}", collector.said()));
    let up = collector.until(|| Ok(collector.said().contains("\"source\":\"devlink3\",\"state\":\"up\"")));
    seen.must(up.is_ok(), || "it did not say that the link is up".to_owned());
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    must_hold(&library, 0..5, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!("\"{says}\"; up once the name was known");
    Ok(seen)
}
