//! What works and what does not, with advice: the same on every way of asking. What the health page shows beside the lamps
//! comes from here and from [`crate::health`].

pub(crate) mod recordings;

use crate::health::of_library;
use crate::keychain::{Keychain, KeychainTrouble, OsKeychain};
use crate::look::Look;
use crate::sources::{devlink, smdr};
pub use contract::health::{Finding, Verdict};
use contract::sites::{StepResult, TestStep};
use std::path::Path;

/// Below this much room a busy office would fill the disk within weeks.
const ROOM_BYTES: u64 = 1 << 30;

/// Whether sources of recordings are tried: those of a running CallDoc tell by themselves how they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    Now,
    ByThemselves,
}

/// Looks at everything. A source is tried with one connection of its own, as *Test connection* does; `CallDoc` may run
/// beside it.
pub async fn examine(library: &Path) -> Vec<Finding> {
    let mut findings = vec![disk(library), keychain(OsKeychain::check())];
    match Look::open(library).await {
        Ok(look) => {
            findings.insert(0, condition(&look).await);
            findings.extend(of_library(look.reader(), library, look.now(), look.sites()).await);
            for site in look.sites() {
                findings.extend(sources(site).await);
            }
            if look.sites().next().is_none() {
                let advice = "Add one in Settings > Phone system, or with calldoc-cli collect.";
                findings.push(finding("sites", Verdict::Warning, "No phone system is set up yet.", advice));
            }
            findings.extend(recordings::examine(look.reader(), library, Tried::Now).await);
        }
        Err(failure) => findings.insert(0, finding("library", Verdict::Bad, &failure.message, "")),
    }
    findings.push(recordings::audio().await);
    findings
}

async fn condition(look: &Look) -> Finding {
    match (look.complaints().await, look.counts().await) {
        (Ok(complaints), Ok(counts)) if complaints.is_empty() => {
            let says = format!(
                "The library is whole: {} calls, {} journal entries, {:.1} MB.",
                counts.calls,
                counts.journal_entries,
                counts.database_bytes as f64 / 1e6
            );
            finding("library", Verdict::Good, &says, "")
        }
        (Ok(complaints), _) => Finding {
            about: "library".to_owned(),
            verdict: Verdict::Bad,
            says: "The library is damaged.".to_owned(),
            advice: complaints,
        },
        (Err(failure), _) => finding("library", Verdict::Bad, &failure.message, ""),
    }
}

pub(crate) fn disk(library: &Path) -> Finding {
    // A library that is not there yet will be made on its parent's disk.
    let existing = library.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    match fs4::available_space(existing) {
        Ok(bytes) if bytes < ROOM_BYTES => {
            let says = format!("Only {} MB are free on the library's disk.", bytes >> 20);
            finding("disk", Verdict::Warning, &says, "Make room before it is full.")
        }
        Ok(bytes) => {
            let says = format!("{:.1} GB are free on the library's disk.", bytes as f64 / 1e9);
            finding("disk", Verdict::Good, &says, "")
        }
        Err(error) => {
            finding("disk", Verdict::Bad, &format!("The library's disk cannot be read: {error}."), "")
        }
    }
}

pub(crate) fn keychain(state: Result<(), KeychainTrouble>) -> Finding {
    match state {
        Ok(()) => finding("keychain", Verdict::Good, "Passwords are kept in this computer's keychain.", ""),
        Err(trouble) => {
            let advice = "CallDoc works without it; passwords must then be entered again after each start.";
            finding("keychain", Verdict::Warning, &trouble.to_string(), advice)
        }
    }
}

async fn sources(site: &store::Site) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(settings) = &site.devlink {
        let about = format!("{}: DevLink3", site.name);
        let known = OsKeychain::default().get(&devlink::account(settings)).ok().flatten();
        match known {
            Some((secret, _)) => {
                let steps = devlink::test(&devlink::settings(settings, secret.reveal())).await;
                findings.push(of_steps(about, &steps));
            }
            None => findings.push(finding(
                &about,
                Verdict::Warning,
                "The password of the service user is not in the keychain, so the link cannot be tried.",
                "Enter it in Settings > Phone system.",
            )),
        }
    }
    if let Some(settings) = &site.smdr {
        // Lines that a try would take from the PBX would be lost here: only a port is tried.
        match settings.mode {
            store::SmdrMode::Listen => {
                let (step, _) = smdr::test(settings, smdr::InUse::No).await;
                findings.push(of_steps(format!("{}: SMDR", site.name), &[step]));
            }
            store::SmdrMode::Connect => findings.push(finding(
                &format!("{}: SMDR", site.name),
                Verdict::Good,
                &format!(
                    "Records are fetched from {}, port {}; trying would take them away.",
                    settings.host, settings.port
                ),
                "",
            )),
        }
    }
    findings
}

/// The first step that is not good decides; the last one speaks where all are.
fn of_steps(about: String, steps: &[TestStep]) -> Finding {
    let worst = steps.iter().find(|step| step.result == StepResult::Bad);
    let decisive =
        worst.or_else(|| steps.iter().find(|step| step.result == StepResult::Warning)).or(steps.last());
    let verdict = match decisive.map(|step| step.result) {
        Some(StepResult::Bad) => Verdict::Bad,
        Some(StepResult::Warning | StepResult::Skipped) | None => Verdict::Warning,
        Some(StepResult::Good) => Verdict::Good,
    };
    Finding {
        about,
        verdict,
        says: decisive.map(|step| step.says.clone()).unwrap_or_default(),
        advice: decisive
            .filter(|_| verdict != Verdict::Good)
            .map(|step| step.mend.clone())
            .unwrap_or_default(),
    }
}

pub(crate) fn finding(about: &str, verdict: Verdict, says: &str, advice: &str) -> Finding {
    let advice = if advice.is_empty() { Vec::new() } else { vec![advice.to_owned()] };
    Finding { about: about.to_owned(), verdict, says: says.to_owned(), advice }
}
