//! Catalogues as gettext writes them: `msgid`, `msgstr`, comments. Read once, when the first text is asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The frame of the window and what is seen every day; the settings; the rooms one works in; files and letters.
pub(crate) const GERMAN: [&str; 4] = [
    include_str!("de/window.po"),
    include_str!("de/settings.po"),
    include_str!("de/work.po"),
    include_str!("de/files.po"),
];

/// What the desk says: reports and their figures; how things stand; what failed or is asked for; what was done; the icon
/// beside the clock and notifications.
pub(crate) const DESK: [&str; 5] = [
    include_str!("de/desk/reports.po"),
    include_str!("de/desk/standing.po"),
    include_str!("de/desk/refusals.po"),
    include_str!("de/desk/deeds.po"),
    include_str!("de/desk/beside.po"),
];

pub(crate) fn german() -> &'static HashMap<String, String> {
    static TEXTS: OnceLock<HashMap<String, String>> = OnceLock::new();
    TEXTS.get_or_init(|| GERMAN.into_iter().flat_map(read).collect())
}

/// The texts of a catalogue by their keys. A text that goes over several lines is put together.
pub(crate) fn read(po: &str) -> HashMap<String, String> {
    let mut texts = HashMap::new();
    let (mut id, mut text) = (String::new(), String::new());
    let mut now = Now::Nothing;
    let mut keep = |id: &mut String, text: &mut String| {
        let (id, text) = (std::mem::take(id), std::mem::take(text));
        if !id.is_empty() && !text.is_empty() {
            texts.insert(id, text);
        }
    };
    for line in po.lines().map(str::trim) {
        let (next, rest) = if let Some(rest) = line.strip_prefix("msgid ") {
            (Now::Id, rest)
        } else if let Some(rest) = line.strip_prefix("msgstr ") {
            (Now::Text, rest)
        } else {
            (now, line)
        };
        if next == Now::Id && now != Now::Id {
            keep(&mut id, &mut text);
        }
        now = next;
        let Some(quoted) = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { continue };
        match now {
            Now::Id => id.push_str(&plain(quoted)),
            Now::Text => text.push_str(&plain(quoted)),
            Now::Nothing => {}
        }
    }
    keep(&mut id, &mut text);
    texts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Now {
    Nothing,
    Id,
    Text,
}

fn plain(quoted: &str) -> String {
    quoted.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
}
