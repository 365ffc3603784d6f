//! Records one simulated call as the fixtures of the desk's tests keep it:
//! `cargo run -p simulator --example record -- conference 7`.
//!
//! A line is the milliseconds since the beginning, what was said, and the bytes: rows as text, events as hexadecimal.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use model::Said;
use simulator::{Kind, LegFields, TapeSettings, tape};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let kind = words.next().and_then(|word| Kind::from_word(&word)).ok_or("which kind of call?")?;
    let seed = words.next().map_or(Ok(1), |word| word.parse())?;
    let settings = TapeSettings {
        seed,
        calls: 1,
        kinds: vec![kind],
        leg_fields: LegFields::Never,
        ..TapeSettings::default()
    };
    for spoken in tape(&settings)?.spoken {
        let ms = spoken.at - settings.begins;
        match spoken.said {
            Said::SmdrLines => {
                for line in String::from_utf8(spoken.bytes)?.lines() {
                    println!("{ms} rows {line}");
                }
            }
            Said::DevlinkEvent => {
                let hex: String = spoken.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                println!("{ms} event {hex}");
            }
            Said::DevlinkSnapshot => println!("{ms} snapshot"),
            Said::HuntList => {
                let text = String::from_utf8(spoken.bytes)?;
                println!("{ms} hunt_list {}", text.replace('\r', "\\r").replace('\n', "\\n"));
            }
            _ => {}
        }
    }
    Ok(())
}
