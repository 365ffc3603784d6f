//! How long a key takes, and what the first one costs: `cargo run --release -p numbers --example speed`.

#![allow(clippy::print_stdout)]

use numbers::Dialling;
use std::hint::black_box;
use std::time::Instant;

const NUMBERS: u32 = 1_000_000;

fn main() {
    let before = memory_kb();
    let started = Instant::now();
    let munich = Dialling::new(Some("DE"), "0,9");
    black_box(munich.key("08955501432"));
    println!("first key: {:.1} ms, {} KB", started.elapsed().as_secs_f64() * 1e3, memory_kb() - before);
    let boston = Dialling::new(Some("US"), "9");
    let sao_paulo = Dialling::new(Some("BR"), "0");
    for (name, dialling, begin) in [
        ("DE, national", &munich, "0895550"),
        ("DE, international", &munich, "0044207183"),
        ("DE, plus", &munich, "+49895550"),
        ("DE, no number", &munich, "204"),
        ("US, ten digits", &boston, "201555"),
        ("BR, carrier codes", &sao_paulo, "01511961"),
    ] {
        let numbers: Vec<String> = (0..NUMBERS).map(|n| format!("{begin}{:04}", n % 10_000)).collect();
        let started = Instant::now();
        let keys = numbers.iter().filter_map(|number| black_box(dialling.key(number))).count();
        let each = started.elapsed().as_secs_f64() * 1e9 / f64::from(NUMBERS);
        println!("{name}: {each:.0} ns each, {keys} keys");
    }
    let before = memory_kb();
    let started = Instant::now();
    black_box(munich.shown("+498955501432"));
    println!(
        "first number shown: {:.2} ms, {} KB",
        started.elapsed().as_secs_f64() * 1e3,
        memory_kb() - before
    );
    let started = Instant::now();
    for _ in 0..1_000 {
        black_box(munich.shown("+498955501432"));
    }
    println!("shown again: {:.0} ns", started.elapsed().as_secs_f64() * 1e6);
}

fn memory_kb() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
