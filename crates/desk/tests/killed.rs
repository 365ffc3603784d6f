//! What was told survives a kill, whole.

mod office;

use desk::Happening;
use office::{calls, free_port, listening_site, open};
use std::io::Write;
use std::net::TcpStream;

const ROW: &str =
    "2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,1000013,0,E403,Ann,T9001,Line 1.2,0,0\r\n";

#[test]
fn a_call_that_was_told_is_there_after_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let desk = open(folder.path()).await;
        let port = free_port();
        let mut happenings = desk.happenings();
        listening_site(&desk, port).await;
        let mut pbx = loop {
            if let Ok(pbx) = TcpStream::connect(("127.0.0.1", port)) {
                break pbx;
            }
            tokio::task::yield_now().await;
        };
        pbx.write_all(ROW.as_bytes()).expect("sent");
        while let Some(happening) = happenings.next().await {
            if matches!(*happening, Happening::Call(_)) {
                break;
            }
        }
        // The desk is forgotten in mid-flight, with its projection not written: no destructor tidies up.
        std::mem::forget(desk);
    });
    runtime.shutdown_background();

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let desk = loop {
            // The killed desk's lock goes with its last task.
            match desk::Desk::open(office::opening(folder.path())).await {
                Ok(desk) => break desk,
                Err(failure) => assert!(failure.message.contains("already open"), "{}", failure.message),
            }
            tokio::task::yield_now().await;
        };
        let told = calls(folder.path()).await;
        assert_eq!(told.len(), 1, "the call is there once: {told:#?}");
        assert_eq!((told[0].ring_s, told[0].talk_s), (7.0, 5.0), "whole");
        desk.close().await.expect("closed");
    });
}
