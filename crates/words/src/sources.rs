//! What the rooms outside the page say, read from their sources: the texts in quotes, and the standard reports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Texts in quotes, each with the file it is in.
pub(super) type Said = BTreeMap<String, String>;

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Of a file, or of all files below a folder; tests are left out.
pub(super) fn said_in(place: &str) -> Said {
    let mut said = Said::new();
    let mut places = vec![root().join(place)];
    while let Some(path) = places.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("the sources are there");
            places.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.components().any(|part| part.as_os_str().to_string_lossy().contains("tests"))
        {
            let source = std::fs::read_to_string(&path).expect("text");
            let own = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            said.extend(in_quotes(own).into_iter().map(|text| (text, file.clone())));
        }
    }
    said
}

/// The texts in quotes of a source, put together where they go over several lines.
pub(super) fn in_quotes(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.find('\n').map_or("", |end| &comment[end..]);
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap_or(raw.len());
            found.push(raw[..end].to_owned());
            rest = raw.get(end + 2..).unwrap_or_default();
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\") {
            rest = &rest[2..];
            rest = rest.find('\'').map_or("", |end| &rest[end + 1..]);
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let end = end_of(quoted);
            found.push(plain(&quoted[..end]));
            rest = quoted.get(end + 1..).unwrap_or_default();
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn end_of(quoted: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in quoted.char_indices() {
        match letter {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    quoted.len()
}

fn plain(quoted: &str) -> String {
    let mut text = String::new();
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('\n')) => while letters.next_if(|next| next.is_whitespace()).is_some() {},
            ('\\', Some('n')) => {
                text.push('\n');
                letters.next();
            }
            ('\\', Some('u')) => {
                let code: String = letters.by_ref().take_while(|letter| *letter != '}').skip(2).collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some(_)) => text.extend(letters.next()),
            (letter, _) => text.push(letter),
        }
    }
    text
}

/// The same with `{}` for whatever stands in braces, and once for places beside each other: as a text in a source and
/// its key in a catalogue can be compared, whatever the places are called.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((own, from_place)) = rest.split_once('{') {
        bare.push_str(own);
        let Some((_, after)) = from_place.split_once('}') else { break };
        if !bare.ends_with("{}") {
            bare.push_str("{}");
        }
        rest = after;
    }
    bare.push_str(rest);
    bare
}

/// [`bare`], and what is said where one place of it is filled with nothing or is another sentence.
pub(super) fn ways(text: &str) -> Vec<String> {
    let bare = bare(text);
    let without = bare.match_indices("{}").map(|(at, _)| format!("{}{}", &bare[..at], &bare[at + 2..]));
    let mut ways: Vec<String> = without.map(|way| way.trim().to_owned()).collect();
    ways.push(bare.trim().to_owned());
    ways.push(bare);
    ways
}

/// Name and question of each report that comes with the program.
pub(super) fn standard_reports() -> Said {
    let folder = root().join("crates/reports/standard");
    let mut said = Said::new();
    for entry in std::fs::read_dir(folder).expect("the standard reports are there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("text");
        // The index is a list of names.
        let Ok(definition) = serde_json::from_str::<model::report::Definition>(&text) else { continue };
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        said.insert(definition.name, file.clone());
        said.insert(definition.says, file);
    }
    said
}
