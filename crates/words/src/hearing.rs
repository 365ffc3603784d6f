//! Finds the German for a sentence that the desk put together: the same sentence, or one with places in braces that the
//! desk filled.
//!
//! A place whose name begins with `count` takes a number and nothing else. One whose name begins with `says` is itself
//! something that the desk says and is looked up again, and one that begins with `known` must be found so; every other
//! place stays as it came, because people may have typed what stands there. Of several sentences that fit, the one with
//! the most letters of its own is the right one.

use super::catalogue;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Sentences in sentences in sentences: more than the desk ever says, and an end for what refers to itself.
const DEEPEST: u8 = 4;

pub(crate) fn german() -> &'static Hearing {
    static HEARING: OnceLock<Hearing> = OnceLock::new();
    HEARING.get_or_init(|| {
        let desk = catalogue::DESK.into_iter().flat_map(catalogue::read);
        Hearing::of(desk, Some(catalogue::german()))
    })
}

pub(crate) struct Hearing {
    exact: HashMap<String, String>,
    /// What the window itself says, where the desk says the same.
    window: Option<&'static HashMap<String, String>>,
    /// By the letter they begin with; `None`: with a place.
    templates: HashMap<Option<char>, Vec<Template>>,
}

struct Template {
    english: Vec<Part>,
    german: Vec<Part>,
    own_letters: usize,
}

/// What may stand in a place that is not itself looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Places {
    WithinASentence,
    Anything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Own(String),
    Place(String),
}

impl Hearing {
    pub(crate) fn of(
        texts: impl IntoIterator<Item = (String, String)>,
        window: Option<&'static HashMap<String, String>>,
    ) -> Self {
        let mut exact = HashMap::new();
        let mut templates: HashMap<Option<char>, Vec<Template>> = HashMap::new();
        for (english, german) in texts {
            let parts = parts(&english);
            if !parts.iter().any(|part| matches!(part, Part::Place(_))) {
                exact.insert(english, german);
                continue;
            }
            let own_letters = parts.iter().map(Part::own_letters).sum();
            let first = match parts.first() {
                Some(Part::Own(text)) => text.chars().next(),
                Some(Part::Place(_)) | None => None,
            };
            let template = Template { english: parts, german: self::parts(&german), own_letters };
            templates.entry(first).or_default().push(template);
        }
        for all in templates.values_mut() {
            all.sort_by_key(|template| std::cmp::Reverse(template.own_letters));
        }
        Self { exact, window, templates }
    }

    pub(crate) fn exact(&self, english: &str) -> Option<&str> {
        let found = self.exact.get(english).or_else(|| self.window?.get(english));
        found.map(String::as_str)
    }

    /// `None`: no catalogue has it.
    pub(crate) fn hear(&self, english: &str) -> Option<String> {
        self.at_depth(english, 0)
    }

    /// A sentence as it is; else several, one behind the other; else one with a whole sentence in a place, as the name of
    /// a folder may be.
    fn at_depth(&self, english: &str, depth: u8) -> Option<String> {
        self.sentence(english, Places::WithinASentence, depth).or_else(|| {
            let several = english.match_indices(". ").find_map(|(at, _)| {
                let (first, rest) = (&english[..=at], &english[at + 2..]);
                let first = self.sentence(first, Places::WithinASentence, depth)?;
                let rest = self.at_depth(rest, depth).unwrap_or_else(|| rest.to_owned());
                Some(format!("{first} {rest}"))
            });
            several.or_else(|| self.sentence(english, Places::Anything, depth))
        })
    }

    fn sentence(&self, english: &str, places: Places, depth: u8) -> Option<String> {
        if let Some(german) = self.exact(english) {
            return Some(german.to_owned());
        }
        let first = english.chars().next()?;
        let found = [Some(first), None].into_iter().filter_map(|first| {
            self.templates.get(&first)?.iter().find_map(|template| {
                let mut given = Vec::new();
                let fits =
                    template.ends_like(english) && fits(&template.english, english, places, &mut given);
                let german = fits.then(|| self.refilled(&template.german, &given, depth)).flatten()?;
                Some((template.own_letters, german))
            })
        });
        found.max_by_key(|(own_letters, _)| *own_letters).map(|(_, german)| german)
    }

    /// `None`: what must be known is not.
    fn refilled(&self, german: &[Part], given: &[(&str, &str)], depth: u8) -> Option<String> {
        german
            .iter()
            .map(|part| match part {
                Part::Own(text) => Some(text.clone()),
                Part::Place(name) => {
                    let value = given.iter().find(|(known, _)| known == name).map_or("", |(_, value)| *value);
                    let again = is_said(name) && depth < DEEPEST;
                    match again.then(|| self.at_depth(value, depth + 1)).flatten() {
                        None if name.starts_with("known") => None,
                        None => Some(value.to_owned()),
                        heard => heard,
                    }
                }
            })
            .collect()
    }
}

/// Itself something that the desk says.
fn is_said(place: &str) -> bool {
    place.starts_with("says") || place.starts_with("known")
}

impl Template {
    /// Most that do not fit are known by their end, before places are tried.
    fn ends_like(&self, english: &str) -> bool {
        match self.english.last() {
            Some(Part::Own(own)) => english.ends_with(own.as_str()),
            Some(Part::Place(_)) | None => true,
        }
    }
}

impl Part {
    fn own_letters(&self) -> usize {
        match self {
            Part::Own(text) => text.len(),
            Part::Place(_) => 0,
        }
    }
}

/// A text cut at its places: `Port {port}.` is its own, a place, its own.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((own, from_place)) = rest.split_once('{') {
        let Some((name, after)) = from_place.split_once('}') else { break };
        if !own.is_empty() {
            parts.push(Part::Own(own.to_owned()));
        }
        parts.push(Part::Place(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Own(rest.to_owned()));
    }
    parts
}

/// Whether the text is these parts with something in each place, and what. The shortest that fits stands in a place.
fn fits<'a>(parts: &'a [Part], text: &'a str, places: Places, given: &mut Vec<(&'a str, &'a str)>) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Own(own), rest @ ..] => {
            text.strip_prefix(own.as_str()).is_some_and(|after| fits(rest, after, places, given))
        }
        [Part::Place(name), rest @ ..] => match rest.first() {
            None => {
                given.push((name, text));
                places.take(name, text)
            }
            // Where one place begins beside another cannot be told: all of it stands in the last.
            Some(Part::Place(_)) => fits(rest, text, places, given),
            Some(Part::Own(own)) => text.match_indices(own.as_str()).any(|(at, _)| {
                let known = given.len();
                given.push((name, &text[..at]));
                let fits = places.take(name, &text[..at]) && fits(rest, &text[at..], places, given);
                if !fits {
                    given.truncate(known);
                }
                fits
            }),
        },
    }
}

impl Places {
    fn take(self, name: &str, value: &str) -> bool {
        if value.is_empty() {
            return false;
        }
        if name.starts_with("count") {
            return value.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
        }
        self == Places::Anything || is_said(name) || !value.contains(". ")
    }
}
