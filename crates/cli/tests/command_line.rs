//! The command line as scripts use it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const ROWS: &str = "2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,1000013,0,E403,Ann,T9001,Line 1.2,0,0\r\n\
    2026/03/09 10:05:00,00:00:00,9,8004206,I,4324,4324,,0,1000014,0,E4324,Joe Bloggs,T9161,LINE 5.1,0,0\r\n\
    2026/03/09 10:06:00,00:00:44,4,4688,O,4207,4207,,1,1000015,0,E4688,Joe Bloggs,E4207,John Smith,0,0\r\n";

fn cli(library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calldoc-cli"));
    command.arg("--library").arg(library);
    command
}

fn json_lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

#[test]
fn imports_lists_checks_and_rebuilds() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("smdr.csv");
    std::fs::write(&log, ROWS).unwrap();
    let library = folder.path().join("library");
    let import = |expected: Value| {
        let output = cli(&library)
            .args(["--json", "import", "smdr", "--time-zone", "UTC"])
            .arg(&log)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(json_lines(&output), [expected], "the summary that cli.md promises");
    };
    import(serde_json::json!({"lines": 3, "records": 3, "duplicates": 0, "quarantined": 0, "calls": 3}));
    import(serde_json::json!({"lines": 3, "records": 0, "duplicates": 3, "quarantined": 0, "calls": 0}));

    let calls = json_lines(&cli(&library).args(["calls", "--json", "--all"]).output().unwrap());
    assert_eq!(calls.len(), 3, "three calls, newest first");
    assert_eq!(calls[0]["direction"], "internal", "the last row is the newest");
    let mut names: Vec<&str> = calls[0].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    let promised = [
        "abandoned",
        "abandoned_on_hold",
        "agents",
        "agents_rung",
        "answered",
        "answered_at",
        "dialed_number",
        "direction",
        "emergency",
        "ended_at",
        "events",
        "external_name",
        "external_number",
        "groups",
        "hold_s",
        "id",
        "match",
        "notes",
        "park_s",
        "queue_s",
        "recordings",
        "related",
        "ring_s",
        "site",
        "smdr",
        "sources",
        "started_at",
        "tags",
        "talk_s",
        "total_s",
        "voicemail",
    ];
    assert_eq!(names, promised, "every field of a call, and no other");
    assert_eq!(calls[2]["started_at"], "2026-03-09T10:00:00.000+00:00", "RFC 3339 with offset");

    let abandoned = json_lines(&cli(&library).args(["calls", "--json", "--abandoned"]).output().unwrap());
    assert_eq!(abandoned.len(), 1, "one caller gave up");
    let id = abandoned[0]["id"].as_str().unwrap();
    let one = json_lines(&cli(&library).args(["call", id, "--json"]).output().unwrap());
    assert_eq!(one, abandoned, "the same call by its id");

    let rebuilt = json_lines(&cli(&library).args(["rebuild", "--json"]).output().unwrap());
    assert_eq!((&rebuilt[0]["changed"], &rebuilt[0]["calls"]), (&0.into(), &3.into()), "nothing changes");
    assert!(cli(&library).arg("check").output().unwrap().status.success(), "the library is whole");
}

#[test]
fn failures_are_sentences_and_wrong_usage_is_two() {
    let folder = tempfile::tempdir().unwrap();
    let missing = cli(&folder.path().join("nowhere")).arg("calls").output().unwrap();
    assert_eq!(missing.status.code(), Some(1), "it failed");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no library in this folder"), "and says why");
    let wrong = cli(folder.path()).args(["calls", "--limit", "many"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2), "wrong usage");
    let no_file = cli(folder.path()).args(["import", "smdr", "absent.csv"]).output().unwrap();
    assert_eq!(no_file.status.code(), Some(1), "a file that is not there");
}

#[test]
fn what_collect_told_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    let mut collect = cli(folder.path())
        .args(["collect", "--events", "--time-zone", "UTC", "--smdr-listen", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(collect.stdout.take().unwrap()).lines();
    // The first event is that the port is open.
    let event: Value = serde_json::from_str(&told.next().unwrap().unwrap()).unwrap();
    assert_eq!(event["event"], "link.changed", "{event}");
    let mut pbx = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(pbx) => break pbx,
            Err(_) => std::thread::yield_now(),
        }
    };
    pbx.write_all(ROWS.as_bytes()).unwrap();
    let mut ended = Vec::new();
    for line in told.by_ref() {
        let event: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if event["event"] == "call.ended" {
            ended.push(event["call"].clone());
        }
        if ended.len() == 3 {
            break;
        }
    }
    collect.kill().unwrap();
    collect.wait().unwrap();
    let mut kept = json_lines(&cli(folder.path()).args(["calls", "--json", "--all"]).output().unwrap());
    kept.reverse();
    assert_eq!(kept, ended, "what was told the moment before the kill, to the letter");
}

#[test]
fn a_library_goes_into_one_file_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("smdr.csv");
    std::fs::write(&log, ROWS).unwrap();
    let library = folder.path().join("library");
    let run = |words: &[&str], stdin: &str| {
        let mut command = cli(&library);
        command.args(words).arg("--json").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(run(&["import", "smdr", "--time-zone", "UTC", log.to_str().unwrap()], "").status.success());
    let file = folder.path().join("one.calldoc-backup");
    let name = file.to_str().unwrap();
    let made = run(&["backup", name, "--recordings", "--passphrase-stdin"], "correct horse\n");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let made = &json_lines(&made)[0];
    assert_eq!(
        (&made["encrypted"], &made["missing_files"]),
        (&true.into(), &0.into()),
        "the summary: {made}"
    );
    assert_eq!(made["bytes"], std::fs::metadata(&file).unwrap().len(), "of the whole file");
    let twice = run(&["backup", name], "");
    assert_eq!(twice.status.code(), Some(1), "nothing is written over");
    assert!(String::from_utf8_lossy(&twice.stderr).contains("Nothing is written over"), "as a sentence");

    let wrong = run(&["restore", name, "--passphrase-stdin"], "wrong horse\n");
    assert_eq!(wrong.status.code(), Some(1), "a wrong passphrase opens nothing");
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("not the passphrase"), "as a sentence");
    let later = folder.path().join("later.csv");
    let row = ROWS.lines().next().unwrap().replace("2026/03/09", "2026/03/10").replace("1000013", "1000099");
    std::fs::write(&later, row).unwrap();
    assert!(run(&["import", "smdr", later.to_str().unwrap()], "").status.success(), "a call comes after it");
    assert_eq!(json_lines(&run(&["calls", "--all"], "")).len(), 4, "it is in the library");
    let back = run(&["restore", name, "--passphrase-stdin"], "correct horse\n");
    assert!(back.status.success(), "{}", String::from_utf8_lossy(&back.stderr));
    let back = &json_lines(&back)[0];
    assert_eq!((&back["in_place"], &back["complaints"]), (&true.into(), &serde_json::json!([])), "{back}");
    let aside = back["aside"].as_str().unwrap();
    assert!(Path::new(aside).join("library.sqlite3").is_file(), "the library before it is kept: {aside}");
    let checked = run(&["check"], "");
    assert!(checked.status.success(), "the restored library is whole");
    assert_eq!(json_lines(&run(&["calls", "--all"], "")).len(), 3, "with its calls");
}

#[test]
fn a_name_that_would_play_with_the_terminal_is_printed_plain() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("smdr.csv");
    // Clears the screen, and sets the window's title.
    let rows = ROWS.replace("John Smith", "\u{1b}[2JJohn \u{1b}]0;owned\u{7}\u{9b}31mSmith");
    std::fs::write(&log, rows.replace("Line 1.2", "\u{1b}[2JLine")).unwrap();
    let library = folder.path().join("library");
    let import = ["import", "smdr", "--time-zone", "UTC"];
    assert!(cli(&library).args(import).arg(&log).output().unwrap().status.success());
    let calls = json_lines(&cli(&library).args(["calls", "--json", "--all"]).output().unwrap());
    let shown = calls.iter().map(|call| vec!["call", call["id"].as_str().unwrap()]);
    let report = vec!["report", "agent-call-summary", "--from", "2026-01-01", "--to", "2027-01-01"];
    let mut named = 0;
    for words in shown.chain([vec!["calls"], report, vec!["check"]]) {
        let output = cli(&library).args(&words).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success(), "{words:?}: {said}");
        let strange: Vec<char> = said.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(strange.is_empty(), "{words:?} prints {strange:?}: {said:?}");
        named += usize::from(said.contains("owned"));
    }
    assert!(named > 0, "the name itself is shown");
}
