//! The fast part of each scenario that needs nothing but this computer: no mounts, no other account. Together well under
//! a minute; `cargo xtask faults` runs everything, in full.
#![cfg(target_os = "linux")]

use std::process::Command;

/// Fixed, so that what fails here fails again.
const SEED: &str = "7";

fn held(fault: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_faults"))
        .args(["--short", "--seed", SEED, fault])
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{fault} (calldoc-cli has to be built beside it): {said}");
}

macro_rules! scenarios {
    ($($test:ident: $fault:literal),* $(,)?) => {$(
        #[test]
        fn $test() {
            held($fault);
        }
    )*};
}

scenarios! {
    a_disk_with_errors_loses_nothing_and_doubles_nothing: "io-errors",
    a_power_cut_leaves_whole_commits: "power-cut",
    a_power_cut_while_the_form_changes_leaves_a_library: "power-cut-migration",
    a_power_cut_during_a_backup_leaves_no_bad_backup: "power-cut-backup",
    damaged_calls_are_made_anew: "damaged-calls",
    a_damaged_journal_is_told_and_restored: "damaged-journal",
    a_second_writer_is_told_who_holds_the_library: "held",
    a_sleeping_computer_loses_nothing_that_was_acknowledged: "sleep",
    a_crawling_pbx_is_waited_for: "slow",
}
