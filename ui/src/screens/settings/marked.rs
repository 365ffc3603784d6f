//! A sentence with something set apart in it: a command, a key, the headings of a file.

use leptos::prelude::*;

/// What stands in braces is drawn by `draw`, which is given its name.
pub fn marked(text: &'static str, draw: impl Fn(&'static str) -> AnyView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        parts.push(before.into_any());
        parts.push(draw(name));
        rest = after;
    }
    parts.push(rest.into_any());
    parts
}
