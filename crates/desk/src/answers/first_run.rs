//! The way from a new library to the first call: finding the PBX, and what to set there.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::finding::{Search, address_towards, candidates, drive, own_addresses, usual_ports};
use contract::Failure;
use contract::first_run::{AskManagerSteps, FindPbx, ManagerSteps, PbxSearch, StopFindingPbx};
use contract::sites::{DevlinkSettings, SmdrMode, SmdrSettings};
use std::net::IpAddr;
use std::time::Duration;
use tokio::sync::oneshot;

/// A name that no server knows is given up after this.
const NAME: Duration = Duration::from_secs(2);
/// Any: nothing is connected.
const ANY_PORT: u16 = 9;

impl Answer<FindPbx> for Desk {
    async fn answer(&self, _ask: FindPbx) -> Result<PbxSearch, Failure> {
        let (tell, stop) = oneshot::channel();
        // A search that still goes on ends as its sender is dropped: the newest is the one somebody looks at.
        self.board().now().finding = Some(tell);
        let ports = usual_ports();
        let search = Search::among(candidates(&own_addresses()));
        Ok(drive(search, ports, stop).await.result(ports))
    }
}

impl Answer<StopFindingPbx> for Desk {
    async fn answer(&self, _ask: StopFindingPbx) -> Result<(), Failure> {
        self.board().now().finding = None;
        Ok(())
    }
}

impl Answer<AskManagerSteps> for Desk {
    async fn answer(&self, ask: AskManagerSteps) -> Result<ManagerSteps, Failure> {
        let this_computer = this_computer(pbx_of(&ask)).await;
        Ok(ManagerSteps {
            this_computer: this_computer.map(|address| address.to_string()),
            devlink: ask.devlink.as_ref().map(devlink_steps).unwrap_or_default(),
            smdr: ask.smdr.as_ref().map(|smdr| smdr_steps(smdr, this_computer)).unwrap_or_default(),
        })
    }
}

/// The PBX's address or name, as far as it was typed.
fn pbx_of(ask: &AskManagerSteps) -> Option<&str> {
    let devlink = ask.devlink.as_ref().map(|devlink| devlink.host.as_str());
    let smdr = ask.smdr.as_ref().and_then(|smdr| match smdr.mode {
        SmdrMode::Connect => Some(smdr.host.as_str()),
        SmdrMode::Listen => smdr.only_from.as_deref(),
    });
    devlink.into_iter().chain(smdr).map(str::trim).find(|host| !host.is_empty())
}

/// The address by which the PBX reaches this computer; without knowing the PBX, the one of the first private network.
async fn this_computer(pbx: Option<&str>) -> Option<IpAddr> {
    let towards = match pbx {
        Some(pbx) => resolved(pbx).await,
        None => None,
    };
    let by_way = towards.and_then(address_towards);
    by_way.or_else(|| own_addresses().into_iter().find(|own| own.is_private()).map(IpAddr::V4))
}

async fn resolved(host: &str) -> Option<IpAddr> {
    if let Ok(address) = host.parse() {
        return Some(address);
    }
    let found = tokio::time::timeout(NAME, tokio::net::lookup_host((host, ANY_PORT))).await;
    found.ok()?.ok()?.map(|address| address.ip()).next()
}

fn devlink_steps(devlink: &DevlinkSettings) -> Vec<String> {
    let transport = if devlink.tls { devlink3::Transport::Tls } else { devlink3::Transport::Tcp };
    devlink3::words::manager_steps(transport, devlink.port, &devlink.user)
}

/// Settings that cannot be right have no steps yet; the form says what is wrong with them.
fn smdr_steps(settings: &SmdrSettings, this_computer: Option<IpAddr>) -> Vec<String> {
    let read = match settings.mode {
        SmdrMode::Listen => smdr::Settings::listen(&settings.host, settings.port, None),
        SmdrMode::Connect => smdr::Settings::connect(&settings.host, settings.port),
    };
    read.map(|read| smdr::words::manager_steps(&read, this_computer)).unwrap_or_default()
}
