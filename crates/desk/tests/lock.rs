//! The lock: what the desk answers and pushes while it is closed, and how it opens.

mod office;

use contract::about::AskAbout;
use contract::calls::{AskCalls, CallFilter, CallSort};
use contract::live::AskLive;
use contract::lock::{AskLock, LockNow, LockState, NewLock, SetLock, StillHere, Unlock};
use contract::{FailureCode, Push};
use desk::lock::Reset;
use desk::{Clock, Desk, Opening};
use model::At;
use office::{calls, opening, quiet_site};
use std::path::Path;
use std::sync::Arc;

const PASSPHRASE: &str = "seven red kites";
const ROW: &[u8] =
    b"2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,1,0,E403,Ann,T9001,Line 1.2,0,0\r\n";

async fn open_at(library: &Path, clock: &Arc<Clock>) -> Desk {
    let opening = Opening { clock: Arc::clone(clock), ..opening(library) };
    Desk::open(opening).await.expect("opened")
}

fn clock() -> Arc<Clock> {
    Arc::new(Clock::by_hand(At(1_800_000_000_000)))
}

async fn set(desk: &Desk, idle_minutes: Option<u32>) {
    let set = NewLock::Passphrase { passphrase: PASSPHRASE.to_owned(), idle_minutes };
    desk.ask(SetLock { current: None, set }).await.expect("set");
}

fn unlock(passphrase: &str) -> Unlock {
    Unlock { passphrase: passphrase.to_owned() }
}

fn all_calls() -> AskCalls {
    AskCalls { filter: CallFilter::default(), sort: CallSort::NewestFirst, after: None, limit: 10 }
}

#[tokio::test]
async fn while_it_is_locked_nothing_is_answered_and_nothing_is_pushed_but_calls_are_collected() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = clock();
    let desk = open_at(folder.path(), &clock).await;
    let site = quiet_site(&desk).await;
    set(&desk, None).await;
    assert!(desk.ask(AskLive {}).await.is_ok(), "set is not yet locked");

    let mut pushes = desk.pushes();
    let view = desk.ask(LockNow {}).await.expect("locked");
    assert_eq!(view.state, LockState::Locked, "now it is");
    for code in [
        desk.ask(AskAbout {}).await.expect_err("refused").code,
        desk.ask(AskLive {}).await.expect_err("refused").code,
        desk.ask(all_calls()).await.expect_err("refused").code,
        desk.ask(StillHere {}).await.expect_err("refused").code,
        desk.is_open().expect_err("refused").code,
    ] {
        assert_eq!(code, FailureCode::Locked, "the door is closed to everything of the office");
    }
    let off = SetLock { current: Some(PASSPHRASE.to_owned()), set: NewLock::Off };
    assert!(desk.ask(off).await.is_err(), "and it is not taken off from outside");

    desk.import_smdr(site, ROW, |_| {}).await.expect("imported");
    desk.settle().await.expect("settled");
    assert_eq!(calls(folder.path()).await.len(), 1, "what comes is collected all the same");

    assert!(desk.ask(unlock("seven red kits")).await.is_err(), "a slip opens nothing");
    let view = desk.ask(unlock(PASSPHRASE)).await.expect("opened");
    assert_eq!(view.state, LockState::Open, "the passphrase does");
    assert_eq!(desk.ask(all_calls()).await.expect("answered").rows.len(), 1, "everything is there");
    desk.close().await.expect("closed");
    let mut told = Vec::new();
    while let Some(push) = pushes.next().await {
        told.push(push);
    }
    let locked = told.iter().position(|push| *push == Push::Lock(LockState::Locked)).expect("told");
    let opened = told.iter().position(|push| *push == Push::Lock(LockState::Open)).expect("told");
    assert_eq!(opened, locked + 1, "nothing between the two: {told:?}");
}

#[tokio::test]
async fn nobody_at_the_window_closes_it_and_a_start_finds_it_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = clock();
    let desk = open_at(folder.path(), &clock).await;
    set(&desk, Some(10)).await;
    clock.turn_to(clock.now().plus_ms(9 * 60_000));
    desk.ask(StillHere {}).await.expect("somebody is there");
    clock.turn_to(clock.now().plus_ms(9 * 60_000));
    assert!(desk.ask(AskAbout {}).await.is_ok(), "ten minutes are not over since");
    clock.turn_to(clock.now().plus_ms(60_000));
    let refused = desk.ask(AskAbout {}).await.expect_err("forgotten");
    assert_eq!(refused.code, FailureCode::Locked, "asking is no sign of a person: pushes make the page ask");
    desk.ask(unlock(PASSPHRASE)).await.expect("opened");
    desk.close().await.expect("closed");

    let desk = open_at(folder.path(), &clock).await;
    let view = desk.ask(AskLock {}).await.expect("asked");
    assert_eq!((view.state, view.idle_minutes), (LockState::Locked, Some(10)), "a start is no way around it");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn wrong_passphrases_slow_down_also_over_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = clock();
    let desk = open_at(folder.path(), &clock).await;
    set(&desk, None).await;
    desk.ask(LockNow {}).await.expect("locked");
    for _ in 0..4 {
        desk.ask(unlock("wrong wrong wrong")).await.expect_err("wrong");
        clock.turn_to(clock.now().plus_ms(5_000));
    }
    let view = desk.ask(AskLock {}).await.expect("asked");
    assert_eq!(view.wait_seconds, 5, "ten seconds after the fourth, of which five went by");
    let early = desk.ask(unlock(PASSPHRASE)).await.expect_err("too early");
    assert!(early.message.contains("Wait 5 seconds"), "even the right one waits: {}", early.message);
    desk.close().await.expect("closed");
    let desk = open_at(folder.path(), &clock).await;
    assert!(desk.ask(unlock(PASSPHRASE)).await.is_err(), "a restart does not shorten it");
    clock.turn_to(clock.now().plus_ms(5_000));
    desk.ask(unlock(PASSPHRASE)).await.expect("the wait is over");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn changing_it_asks_for_the_passphrase_and_short_ones_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open_at(folder.path(), &clock()).await;
    let short = NewLock::Passphrase { passphrase: "kite".to_owned(), idle_minutes: None };
    assert!(desk.ask(SetLock { current: None, set: short }).await.is_err(), "it would be guessed");
    set(&desk, None).await;
    assert!(
        desk.ask(SetLock { current: None, set: NewLock::Off }).await.is_err(),
        "whoever sits there must know it"
    );
    let wrong = SetLock { current: Some("seven red kits".to_owned()), set: NewLock::Off };
    assert!(desk.ask(wrong).await.is_err(), "and know it right");
    let idle =
        SetLock { current: Some(PASSPHRASE.to_owned()), set: NewLock::Idle { idle_minutes: Some(30) } };
    assert_eq!(desk.ask(idle).await.expect("changed").idle_minutes, Some(30), "the passphrase stays");
    let off = SetLock { current: Some(PASSPHRASE.to_owned()), set: NewLock::Off };
    assert_eq!(desk.ask(off).await.expect("off").state, LockState::None, "it is gone");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_forgotten_passphrase_is_taken_off_on_the_command_line_with_an_entry_in_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = clock();
    let desk = open_at(folder.path(), &clock).await;
    set(&desk, None).await;
    assert!(desk::lock::reset(folder.path(), "test").await.is_err(), "not while CallDoc is open");
    desk.close().await.expect("closed");
    assert_eq!(desk::lock::reset(folder.path(), "test").await, Ok(Reset::TakenOff), "with it closed");
    assert_eq!(desk::lock::reset(folder.path(), "test").await, Ok(Reset::NotSet), "there is none any more");
    let desk = open_at(folder.path(), &clock).await;
    let audit = contract::keeping::AskAudit { recording: None, before: None, limit: 10 };
    let lines = desk.ask(audit).await.expect("open again").lines;
    assert!(lines[0].says.contains("command line"), "it is written down: {lines:?}");
    desk.close().await.expect("closed");
}
