//! Every kind's script, seen as the wire, as SMDR and as the truth.

mod handed_over;
mod many_ends;
mod promises;
mod rows;
mod wire;

use crate::kind::Kind;
use crate::leg::{Leg, Saying};
use crate::lengths::Lengths;
use crate::office::Size;
use crate::planner::Planner;
use crate::script::Script;
use crate::settings::LegFields;
use crate::truth::{self, Told};
use contract::published::Call;
use jiff::tz::TimeZone;
use model::At;
use model::fact::EndId;

const SEEDS: u64 = 12;
/// A summer's day, so that the zone's offset is two hours.
const START: At = At(1_750_000_000_400);

/// So many at once that not all are on the first line.
const BETWEEN_MS: u64 = 60_000;

/// Every kind with several seeds, at both lengths, in both offices.
fn each_script(mut check: impl FnMut(&Script, &str)) {
    for (lengths, size) in [(Lengths::Lively, Size::Small), (Lengths::Office, Size::Large)] {
        for seed in 0..SEEDS {
            let mut planner = Planner::new(size, seed, lengths, 1.0, LegFields::Always);
            for (place, kind) in Kind::ALL.into_iter().enumerate() {
                let script =
                    planner.call(kind, place as u64 * BETWEEN_MS).expect("the office serves so many");
                check(&script, &format!("{} {lengths:?} seed {seed}", kind.word()));
            }
        }
    }
}

/// Scripts of one kind, by their seeds.
fn scripts_of(kind: Kind) -> impl Iterator<Item = Script> {
    (0..SEEDS).map(move |seed| {
        let mut planner = Planner::new(Size::Small, seed, Lengths::Lively, 1.0, LegFields::Always);
        planner.call(kind, 0).expect("an empty office serves anyone")
    })
}

fn says(script: &Script) -> impl Iterator<Item = &Saying> {
    script.steps.iter().flat_map(|step| &step.says)
}

fn states(script: &Script) -> impl DoubleEndedIterator<Item = &Leg> {
    script.steps.iter().flat_map(|step| &step.says).filter_map(|saying| match saying {
        Saying::State(leg) => Some(&**leg),
        Saying::Left(_) | Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => None,
    })
}

fn ends_that_left(script: &Script, with_cause: u16) -> Vec<EndId> {
    says(script)
        .filter_map(|saying| match saying {
            Saying::Left(left) if left.cause == with_cause => Some(left.end),
            _ => None,
        })
        .collect()
}

fn times(script: &Script) -> Vec<At> {
    script.steps.iter().map(|step| START.plus_ms(step.at_ms as i64)).collect()
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("the rules are bundled")
}

fn truth_of(script: &Script) -> Call {
    let told = Told { by_devlink: true, by_smdr: true };
    truth::published(script, &times(script), &zone(), told)
}
