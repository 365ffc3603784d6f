//! A link that comes and goes ten thousand times, over real sockets and with the waits passed over: nothing is told twice,
//! nothing is held on to.

mod support;

use devlink3::{Link, LinkState, Report, Transport};
use model::Said;
use std::time::Duration;
use support::{HANG_UP, Pbx, event, settings};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// Over all flaps after that.
const GROWTH_BYTES_MAX: u64 = 4 << 20;

#[tokio::test(start_paused = true)]
async fn flaps_tell_everything_once_and_cost_nothing() {
    flap_so_often(300, 100).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo test -p devlink3 --test flapping -- --ignored"]
async fn ten_thousand_flaps_tell_everything_once_and_cost_nothing() {
    flap_so_often(10_000, 1_000).await;
}

/// `warm_up` of them need what is needed for good: buffers, the allocator's own.
async fn flap_so_often(flaps: u32, warm_up: u32) {
    // Time stands still while somebody is at work, so that no time-out passes while a socket is.
    let awake = tokio::spawn(async {
        loop {
            tokio::task::yield_now().await;
        }
    });
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback");
    let port = listener.local_addr().expect("bound").port();
    let (sender, mut reports) = mpsc::channel(64);
    let link = Link::start(settings(port, Transport::Tcp), sender);
    let mut after_warm_up = (0, 0);
    for flap in 0..flaps {
        if flap == warm_up {
            after_warm_up = memory_and_files();
        }
        let mut pbx = next_connection(&listener).await;
        Pbx::new(&mut pbx).grant().await;
        let said = event(1, HANG_UP);
        pbx.write_all(&said).await.expect("sent");
        match flap % 3 {
            // In the middle of a frame, as a pulled cable does it.
            0 => pbx.write_all(&said[..said.len() / 2]).await.expect("sent"),
            // In good order.
            1 => pbx.shutdown().await.expect("ended"),
            // Without a word before.
            _ => {}
        }
        drop(pbx);
        let told = until_down(&mut reports).await;
        let journaled: Vec<Said> = told
            .iter()
            .filter_map(|report| match report {
                Report::Journal { said, .. } => Some(*said),
                _ => None,
            })
            .collect();
        let expected = [Said::DevlinkSnapshot, Said::DevlinkEvent, Said::DevlinkLost];
        assert_eq!(journaled, expected, "each once and in order, at flap {flap}");
    }
    let (bytes, files) = memory_and_files();
    assert_eq!(files, after_warm_up.1, "no file is left open");
    let grown = bytes.saturating_sub(after_warm_up.0);
    assert!(grown < GROWTH_BYTES_MAX, "memory grew by {grown} bytes over {} flaps", flaps - warm_up);
    link.stop().await;
    awake.abort();
}

/// Lets the link's waits pass until it tries again.
async fn next_connection(listener: &TcpListener) -> TcpStream {
    loop {
        tokio::select! {
            biased;
            accepted = listener.accept() => return accepted.expect("accepted").0,
            () = some_turns() => tokio::time::advance(Duration::from_secs(1)).await,
        }
    }
}

async fn some_turns() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

async fn until_down(reports: &mut mpsc::Receiver<Report>) -> Vec<Report> {
    let mut told = Vec::new();
    loop {
        let report = reports.recv().await.expect("the link goes on");
        let is_last = matches!(report, Report::State(LinkState::Down { .. }));
        told.push(report);
        if is_last {
            return told;
        }
    }
}

/// Resident memory of this process, and its open files; nothing where the system does not tell.
fn memory_and_files() -> (u64, usize) {
    const PAGE_BYTES: u64 = 4_096;
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0);
    let files = std::fs::read_dir("/proc/self/fd").map(Iterator::count).unwrap_or(0);
    (pages * PAGE_BYTES, files)
}
