//! The fast part of `cargo xtask soak`: a few busy minutes of a large office through a real collector.
#![cfg(target_os = "linux")]

use soak::{Bounds, Options, soak};
use std::path::PathBuf;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "in real time: beside other work the simulated office falls behind, and its figures say nothing"]
async fn busy_minutes_of_200_people_leave_no_queue_and_the_true_figures() {
    let options = Options {
        program: PathBuf::from(env!("CARGO_BIN_EXE_calldoc-cli")),
        hours: 0.07,
        speed: 50.0,
        people: 200,
        calls_a_person: 40.0,
        from_hour: 9,
        seed: 7,
        sample_every: Duration::from_secs(20),
        // So short, memory has only begun to settle: that is for the whole day to say.
        bounds: Bounds { growth_mb_an_hour: f64::INFINITY, ..Bounds::default() },
        keep: None,
    };
    let outcome = soak(&options, &mut |_| {}).await.expect("the office and the collector run");
    assert!(outcome.compared.true_calls > 20, "there were calls: {}", outcome.compared.true_calls);
    let bad: Vec<_> = outcome.verdicts.iter().filter(|verdict| !verdict.is_well).collect();
    assert!(bad.is_empty(), "{bad:#?}\n{}\n{:#?}", outcome.table, outcome.compared);
}
