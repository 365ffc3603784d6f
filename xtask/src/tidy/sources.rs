//! What sources may do: how long a file may be, who asks the clock, who touches files.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// At this length a file has a second idea in it.
const LONGEST_FILE: usize = 400;

const SKIPPED_FOLDERS: &[&str] = &["target", "gen", "dist", "node_modules", ".git"];

/// How the clock can be asked.
const CLOCKS: &[&str] = &[
    "SystemTime::now(",
    "Instant::now(",
    "Timestamp::now(",
    "Zoned::now(",
    "Date::now(",
    "performance().now(",
];

/// Who may ask it, each with the reason. Everybody else is handed `now`, so that tests can turn the clock by hand.
const MAY_ASK_THE_CLOCK: &[(&str, &str)] = &[
    ("crates/desk/src/clock.rs", "the one place where the product asks"),
    ("crates/playback/src/driver.rs", "the driver: reads the time and hands it to the player's machine"),
    (
        "crates/devlink3/src/link",
        "the driver: reads the time off its own sockets and hands it to the session",
    ),
    ("crates/smdr/src/collector", "the driver: stamps rows as they arrive"),
    ("crates/smdr/src/probe.rs", "tries a connection for a person, with a deadline on the socket"),
    ("crates/desk/src/finding/drive.rs", "the driver: says how long a search has gone on"),
    ("crates/simulator/", "is a PBX, which has a clock of its own"),
    ("crates/cli/src/", "measures for its progress bar and closing line"),
    ("ui/src/state/office.rs", "the window's clock, for running times between pushes"),
    ("xtask/", "says how long its steps took"),
    ("e2e/", "waits for the window until a deadline"),
    ("benches/", "measures"),
    ("soak/", "measures"),
    ("faults/", "makes faults at moments of its choosing, and waits for what follows until a deadline"),
];

/// How text becomes markup, or a program. Names of callers must not.
const MARKUP: &[&str] =
    &["inner_html", "outer_html", "insert_adjacent_html", "document_write", "eval(", "Function::new"];

/// Who may write markup, each with the reason.
const MAY_WRITE_MARKUP: &[(&str, &str)] = &[
    (
        "ui/src/screens/people/row.rs",
        "a drawing of three hundred boxes, made of numbers and of words of ours",
    ),
    ("ui/src/parts/chart.rs", "a hundred stripes and bars, made of numbers; its table's texts are escaped"),
];

/// Folders of packages that only hold nouns and must build for the page.
const NOUNS: &[&str] = &["crates/model/src/", "crates/contract/src/"];
/// Addresses are nouns too; sockets are not.
const NOT_FOR_NOUNS: &[&str] =
    &["std::fs", "std::net::Tcp", "std::net::Udp", "std::thread", "std::process", "std::env"];

pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in sources(root)? {
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("{} is not text", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        judge(&name, &text, &mut complaints);
    }
    Ok(complaints)
}

/// `name` is relative to the root, with forward slashes.
fn judge(name: &str, text: &str, complaints: &mut Vec<String>) {
    let length = text.lines().count();
    if length > LONGEST_FILE {
        complaints.push(format!("{name} has {length} lines; look for the second idea in it"));
    }
    if !name.ends_with(".rs") {
        return;
    }
    for (line, code) in product_code(name, text) {
        let asks = CLOCKS.iter().find(|clock| code.contains(**clock));
        if let Some(clock) = asks
            && !MAY_ASK_THE_CLOCK.iter().any(|(who, _)| name.starts_with(who))
        {
            complaints.push(format!("{name}:{line} asks the clock ({clock})): take `now` as a parameter"));
        }
        if let Some(markup) =
            MARKUP.iter().find(|markup| name.starts_with("ui/src/") && code.contains(**markup))
            && !MAY_WRITE_MARKUP.iter().any(|(who, _)| name == *who)
        {
            complaints.push(format!(
                "{name}:{line} writes markup ({markup}): a caller's name would be read as HTML"
            ));
        }
        if !NOUNS.iter().any(|noun| name.starts_with(noun)) {
            continue;
        }
        if let Some(outside) = NOT_FOR_NOUNS.iter().find(|outside| code.contains(**outside)) {
            complaints.push(format!("{name}:{line} uses {outside}; nouns know no world around them"));
        }
    }
}

/// Numbered lines without comments, up to the tests at the bottom; none of a file that is a test or an example as a whole.
fn product_code<'a>(name: &str, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let is_test = name.contains("/tests/") || name.contains("/examples/") || name.ends_with("/tests.rs");
    let lines = if is_test { "" } else { text };
    lines
        .lines()
        .take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"))
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

/// Everything that people write and read: Rust, styles, SQL, scripts.
fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                if !SKIPPED_FOLDERS.contains(&name.as_str()) {
                    folders.push(entry.path());
                }
                continue;
            }
            if [".rs", ".css", ".js", ".sql"].iter().any(|ending| name.ends_with(ending)) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::judge;

    fn judged(name: &str, text: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        judge(name, text, &mut complaints);
        complaints
    }

    #[test]
    fn a_room_that_asks_the_clock_is_told() {
        let complaints = judged("crates/correlate/src/join.rs", "let now = std::time::Instant::now();\n");
        assert_eq!(complaints.len(), 1, "correlate is handed `now`: {complaints:?}");
    }

    #[test]
    fn text_that_becomes_markup_is_told() {
        for code in ["<div inner_html=name />", "node.set_inner_html(&name);", "js_sys::eval(&text)"] {
            assert_eq!(judged("ui/src/parts/name.rs", code).len(), 1, "{code}");
            assert!(judged("crates/desk/src/names.rs", code).is_empty(), "elsewhere it means nothing");
        }
        assert!(judged("ui/src/parts/name.rs", "<span>{name}</span>").is_empty(), "text stays text");
    }

    #[test]
    fn the_clock_may_be_asked_in_its_place_and_in_tests() {
        let asked = "let now = SystemTime::now();\n";
        assert!(judged("crates/desk/src/clock.rs", asked).is_empty(), "this is the place");
        assert!(judged("crates/store/tests/journal.rs", asked).is_empty(), "tests do as they like");
        let below = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{ {asked} }}\n");
        assert!(judged("crates/store/src/writer.rs", &below).is_empty(), "tests at the bottom as well");
    }

    #[test]
    fn a_comment_about_the_clock_asks_nothing() {
        let complaints = judged("crates/correlate/src/lib.rs", "//! Never calls Instant::now().\n");
        assert!(complaints.is_empty(), "words are not code: {complaints:?}");
    }

    #[test]
    fn a_long_file_is_told() {
        assert_eq!(judged("ui/styles/all.css", &"a\n".repeat(401)).len(), 1, "401 lines are one too many");
        assert!(judged("ui/styles/all.css", &"a\n".repeat(400)).is_empty(), "400 are not");
    }

    #[test]
    fn nouns_that_touch_files_are_told() {
        let complaints = judged("crates/model/src/call.rs", "use std::fs::File;\n");
        assert_eq!(complaints.len(), 1, "model builds for the page: {complaints:?}");
    }
}
