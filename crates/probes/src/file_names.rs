//! Names of recordings, the patterns that read them, and names within a backup.

use backup::MemberName;
use recordings::naming::{Named, PRESETS, Pattern};
use recordings::peaks;
use std::path::{Component, Path};
use std::sync::OnceLock;

/// The first line is a pattern, the rest a name. What a pattern reads stands in the name, with and without a sound file's
/// ending alike; what is wrong with a pattern is told in words and by place; a name that a backup may hold never leads out
/// of its folder.
pub fn file_names(data: &[u8]) {
    static KNOWN: OnceLock<Vec<Pattern>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        PRESETS.iter().map(|preset| Pattern::new(preset.pattern).expect("a preset can be read")).collect()
    });
    let text = String::from_utf8_lossy(data);
    let (first, name) = text.split_once('\n').unwrap_or(("", &text));
    for pattern in known {
        reads(pattern, name);
    }
    match Pattern::new(first) {
        Ok(pattern) => reads(&pattern, name),
        Err(wrong) => {
            assert!(wrong.at <= first.chars().count(), "character {} of {first:?}", wrong.at);
            assert!(wrong.says.ends_with('.'), "a sentence: {}", wrong.says);
        }
    }
    stays(name);
}

fn reads(pattern: &Pattern, name: &str) {
    let named = pattern.read(name);
    if !name.is_empty() && name.len() < 1_000 && !has_ending(name) {
        assert_eq!(pattern.read(&format!("{name}.wav")), named, "the ending of {name:?} says nothing");
    }
    let Some(named) = named else { return };
    let Named { extension, number, group, name: person, call_id, fields, .. } = &named;
    let said = [extension, number, group, person, call_id];
    for value in said.into_iter().flatten().chain(fields.iter().map(|(_, value)| value)) {
        assert!(!value.is_empty() && name.contains(value), "{value:?} stands in {name:?}");
    }
    if let Some(extension) = extension {
        assert!(extension.len() <= 7 && extension.bytes().all(|byte| byte.is_ascii_digit()), "{extension:?}");
    }
    assert_eq!(pattern.read(name), Some(named), "read twice, read alike");
}

fn has_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["wav", "opus", "ogg", "oga", "mp3", "flac"].contains(&ending.as_str()))
}

fn stays(name: &str) {
    let folder = Path::new("library");
    if let Ok(member) = MemberName::parse(name) {
        assert_eq!(member.as_str(), name, "a name stays as it is");
        let path = folder.join(name);
        assert!(path.starts_with(folder), "{} lies in its folder", path.display());
        let parts: Vec<Component<'_>> = path.components().collect();
        assert!(parts.iter().all(|part| matches!(part, Component::Normal(_))), "{name:?} goes down only");
        assert_eq!(parts.len(), 1 + name.split('/').count(), "each part of {name:?} is a part of the path");
        let other = name.contains(['\\', ':', '\0']) || name.chars().any(char::is_control);
        assert!(!other, "{name:?} means the same on every system");
        let beside = peaks::beside(&path);
        assert_eq!(beside.parent(), path.parent(), "peaks lie beside their recording");
    }
}
