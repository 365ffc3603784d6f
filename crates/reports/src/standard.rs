//! The reports that come with the program: definitions as anybody could write them, in files of their own.

use model::report::Definition;
use std::sync::OnceLock;

/// A report under the name by which the command line and schedules know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    pub name: &'static str,
    pub definition: Definition,
}

/// All of them, in the order in which they are shown.
pub fn standard() -> &'static [Standard] {
    static ALL: OnceLock<Vec<Standard>> = OnceLock::new();
    ALL.get_or_init(|| {
        // Each is read in a test: none is left out here.
        let read = |(name, text): &(&'static str, &str)| {
            Some(Standard { name, definition: serde_json::from_str(text).ok()? })
        };
        FILES.iter().filter_map(read).collect()
    })
}

macro_rules! files {
    ($($name:literal)*) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../standard/", $name, ".json"))),)*];
    };
}

files! {
    "call-details"
    "base-system-totals"
    "abandoned-calls"
    "lost-call-summary"
    "calls-not-answered"
    "emergency-calls"
    "calls-by-direction"
    "calls-by-caller-id"
    "calls-by-external-party"
    "calls-by-local-number"
    "external-number-summary"
    "conference-calls"
    "event-sequence"
    "final-event-summary"
    "cradle-to-grave"
    "tag-summary"
    "account-code-summary"
    "site-summary"
    "calls-out-of-hours"
    "agent-call-summary"
    "agent-call-volume"
    "agent-inbound-summary"
    "agent-outbound-summary"
    "agent-performance"
    "agent-talking-summary"
    "agent-transfer-summary"
    "agent-missed-calls"
    "missed-call-details"
    "agent-summary-by-group"
    "agent-event-summary"
    "agent-time-card"
    "agent-occupancy"
    "group-summary"
    "group-presented-calls"
    "group-abandoned-calls"
    "queued-calls"
    "queue-volume"
    "service-level-by-interval"
    "service-level-by-group"
    "group-summary-by-agent"
    "group-peaks"
    "trunk-usage-by-time"
    "trunk-usage-summary"
    "trunk-saturation"
    "cost-by-agent"
    "cost-by-department"
    "cost-by-external-number"
    "cost-by-month"
    "cost-details"
    "recording-summary"
    "scorecards-by-agent"
    "scorecards-by-group"
    "recorded-calls"
    "volume-by-quarter-hour"
    "volume-by-hour"
    "volume-by-day"
    "performance-by-day"
    "performance-by-hour-of-day"
    "volume-by-day-of-week"
    "heat-map"
    "trend-by-week"
    "trend-by-month"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Plan, Service};
    use std::collections::BTreeSet;

    #[test]
    fn every_standard_report_can_be_run() {
        for (name, text) in FILES {
            let definition: Definition = serde_json::from_str(text).expect(name);
            assert_eq!(definition.trouble(), None, "{name}");
            assert!(Plan::of(&definition, Service::default()).is_ok(), "{name} has a plan");
            assert!(definition.says.ends_with(['.', '?']), "{name} says in a sentence what it answers");
        }
        assert_eq!(standard().len(), FILES.len(), "none is left out");
    }

    #[test]
    fn names_are_told_apart_and_there_are_enough() {
        let names: BTreeSet<&str> = standard().iter().map(|report| report.name).collect();
        assert_eq!(names.len(), standard().len(), "one name for each");
        let titles: BTreeSet<&str> =
            standard().iter().map(|report| report.definition.name.as_str()).collect();
        assert_eq!(titles.len(), standard().len(), "and one title");
        assert!(names.len() >= 40, "the field has some 40 reports that people look for");
    }

    #[test]
    fn every_file_is_in_the_list_and_the_list_is_the_index() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("standard");
        let index =
            std::fs::read_to_string(folder.join("index.json")).expect("the index of standard reports");
        let index: Vec<String> = serde_json::from_str(&index).expect("a list of names");
        assert_eq!(index, FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "in the same order");
        let files = std::fs::read_dir(folder).expect("the folder of standard reports");
        let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
        let listed: BTreeSet<String> = index.iter().map(|name| format!("{name}.json")).collect();
        let there: BTreeSet<String> = names.filter(|name| name != "index.json").collect();
        assert_eq!(there, listed, "nothing lies there that is not listed");
    }
}
