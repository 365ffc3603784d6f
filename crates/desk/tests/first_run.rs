//! From an empty library to the first word of each source.

mod office;

use contract::first_run::{
    AskChecklist, AskManagerSteps, Checklist, ChecklistState, PutChecklistAway, StopFindingPbx,
};
use contract::links::{AskLinks, Source};
use contract::sites::{DevlinkSettings, SmdrMode, SmdrSettings};
use desk::{Answer, Desk, Opening, Start};
use model::Said;
use office::{listening_site, open, opening, quiet_site};
use std::path::Path;

const ROW: &[u8] =
    b"2026/03/09 20:00:00,00:01:00,9,01711234567,I,201,5678,,0,1000015,0,E201,Ann,T9001,Line 1.1,0,0\r\n";

async fn list(desk: &Desk) -> Checklist {
    desk.answer(AskChecklist {}).await.expect("a list")
}

fn state(list: &Checklist, source: Source) -> ChecklistState {
    list.items.iter().find(|item| item.source == source).expect("each source has a line").state
}

#[tokio::test]
async fn the_checklist_stays_until_each_source_that_is_set_up_has_delivered() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    assert!(!list(&desk).await.shown, "without a phone system there is nothing to wait for");

    let site = listening_site(&desk, office::free_port()).await;
    let before = list(&desk).await;
    assert!(before.shown && !before.done, "SMDR is set up and silent: {before:?}");
    assert_eq!(state(&before, Source::Smdr), ChecklistState::Awaited, "its first record is awaited");
    assert_eq!(state(&before, Source::Devlink3), ChecklistState::NotSetUp, "DevLink3 holds nothing up");
    let refused = desk.answer(PutChecklistAway {}).await.expect_err("not before it is done");
    assert!(refused.message.contains("delivered"), "and why: {}", refused.message);

    desk.said(site, Said::SmdrLines, ROW.to_vec()).await.expect("taken");
    desk.settle().await.expect("settled");
    let after = list(&desk).await;
    assert!(after.shown && after.done, "the record came; the list says so: {after:?}");
    assert!(!desk.answer(PutChecklistAway {}).await.expect("now it may go").shown, "it is put away");
    desk.close().await.expect("closed");

    let desk = open(folder.path()).await;
    assert!(!list(&desk).await.shown, "and stays away over a restart");
}

#[tokio::test]
async fn a_library_that_had_everything_before_needs_no_checklist() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let site = listening_site(&desk, office::free_port()).await;
    desk.said(site, Said::SmdrLines, ROW.to_vec()).await.expect("taken");
    desk.settle().await.expect("settled");
    assert!(!list(&desk).await.shown, "nobody is told to wait for what has come");
}

#[tokio::test]
async fn when_a_source_spoke_last_is_known_after_a_restart_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = with_sources(folder.path()).await;
    let site = listening_site(&desk, office::free_port()).await;
    assert_eq!(last_event(&desk).await, None, "nothing yet");
    desk.said(site, Said::SmdrLines, ROW.to_vec()).await.expect("taken");
    desk.settle().await.expect("settled");
    let last = last_event(&desk).await;
    assert!(last.is_some(), "its record came");
    desk.close().await.expect("closed");

    let desk = with_sources(folder.path()).await;
    assert_eq!(last_event(&desk).await, last, "the library knows");
    desk.close().await.expect("closed");
}

async fn with_sources(library: &Path) -> Desk {
    let opening = Opening { sources: Start::Sources, ..opening(library) };
    Desk::open(opening).await.expect("the library opens")
}

async fn last_event(desk: &Desk) -> Option<i64> {
    // The collector lights its lamp as it begins, beside the opening of the library.
    for _ in 0..10_000 {
        let lamps = desk.answer(AskLinks {}).await.expect("lamps");
        if let Some(lamp) = lamps.iter().find(|lamp| lamp.source == Source::Smdr) {
            return lamp.last_event_ms;
        }
        tokio::task::yield_now().await;
    }
    panic!("the collector lights no lamp");
}

#[tokio::test]
async fn a_site_without_any_source_is_never_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    quiet_site(&desk).await;
    let list = list(&desk).await;
    assert!(list.items.iter().all(|item| item.state == ChecklistState::NotSetUp), "{list:?}");
}

#[tokio::test]
async fn the_steps_have_this_computers_address_and_the_port_filled_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let devlink = DevlinkSettings {
        host: "127.0.0.1".into(),
        port: 50_796,
        tls: true,
        user: "reader".into(),
        ..DevlinkSettings::default()
    };
    let smdr = SmdrSettings { mode: SmdrMode::Listen, host: "0.0.0.0".into(), port: 1_151, only_from: None };
    let ask = AskManagerSteps { devlink: Some(devlink), smdr: Some(smdr) };
    let steps = desk.answer(ask).await.expect("steps");
    assert_eq!(steps.this_computer.as_deref(), Some("127.0.0.1"), "as a PBX on this computer would reach it");
    let smdr = steps.smdr.join("\n");
    assert!(smdr.contains("127.0.0.1") && smdr.contains("1151"), "what to type in the SMDR tab: {smdr}");
    let devlink = steps.devlink.join("\n");
    assert!(
        devlink.contains("\"reader\"") && devlink.contains("Telephony APIs"),
        "and for DevLink3: {devlink}"
    );
}

#[tokio::test]
async fn stopping_a_search_when_none_goes_on_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    // A button that is pressed as the search ends by itself.
    desk.answer(StopFindingPbx {}).await.expect("nothing is amiss");
}
