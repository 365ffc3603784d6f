//! A CSV file of people: what each of its lines would change, and why it cannot be taken.

use crate::check::{check_holding, refusal};
use crate::sheet::{self, Row};
use crate::{Holding, Office, Person, Source, Span};
use model::{At, SiteId};

const COLUMNS: [&str; 5] = ["name", "extension", "site", "from", "to"];

/// What a file would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the file.
    pub lines: Vec<Line>,
    /// People to be stored: new ones with id 0, and those that change, as they are afterwards.
    pub people: Vec<Person>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1, the heading included.
    pub line: u32,
    pub text: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Added,
    /// What changes, in words.
    Changed(String),
    Same,
    /// Why it can't be taken, and what to do.
    Bad(String),
}

/// `stored` are the people of the directory. Lines see what the lines before them do.
pub fn read_csv(text: &str, stored: &[Person], office: &impl Office) -> Plan {
    let (heading, rows) = sheet::read(text);
    let columns = COLUMNS.map(|name| heading.iter().position(|column| column == name));
    if columns[0].is_none() || columns[1].is_none() {
        return Plan { lines: vec![without_heading(text)], people: Vec::new() };
    }
    let mut people = stored.to_vec();
    let lines = rows
        .into_iter()
        .map(|row| {
            let verdict = match row.trouble(heading.len()) {
                Some(trouble) => Verdict::Bad(trouble),
                None => take(&row, &columns, &mut people, office).unwrap_or_else(Verdict::Bad),
            };
            Line { line: row.line, text: row.text, verdict }
        })
        .collect();
    let changed = people.into_iter().enumerate().filter(|(place, person)| stored.get(*place) != Some(person));
    Plan { lines, people: changed.map(|(_, person)| person).collect() }
}

fn without_heading(text: &str) -> Line {
    let first = text.lines().next().unwrap_or_default().to_owned();
    let says = "The first line must name the columns: name and extension, and if wanted site, from and to.";
    Line { line: 1, text: first, verdict: Verdict::Bad(says.into()) }
}

fn take(
    row: &Row,
    columns: &[Option<usize>; 5],
    people: &mut Vec<Person>,
    office: &impl Office,
) -> Result<Verdict, String> {
    let [name, extension, site, from, to] = columns.map(|column| row.cell(column));
    if name.is_empty() {
        return Err("The name is missing.".into());
    }
    if extension.is_empty() {
        return Err("The extension is missing.".into());
    }
    let span = Span { from: date(from, office)?, to: date(to, office)? };
    let wanted = Holding { site: site_of(site, office)?, extension: extension.to_owned(), span };
    check_holding(&wanted, office)?;
    let mut of_that_name = people.iter().enumerate().filter(|(_, person)| person.name == name);
    let person = of_that_name.next().map(|(place, _)| place);
    if of_that_name.next().is_some() {
        return Err(format!("There are several people called {name}. Change them by hand."));
    }
    if person.is_some_and(|place| people[place].holdings.contains(&wanted)) {
        return Ok(Verdict::Same);
    }
    let handed_over = hand_over(&wanted, person, people, office)?;
    let Some(place) = person else {
        people.push(Person { id: 0, name: name.to_owned(), source: Source::Csv, holdings: vec![wanted] });
        return Ok(handed_over.map_or(Verdict::Added, Verdict::Changed));
    };
    let holdings = &mut people[place].holdings;
    let says =
        match holdings.iter_mut().find(|held| held.is_of(wanted.site, extension) && held.span.overlaps(span))
        {
            Some(held) => {
                held.span = span;
                format!("{name} has extension {extension} {} now.", when(span, office))
            }
            None => {
                holdings.push(wanted);
                format!("{name} has extension {extension} too.")
            }
        };
    Ok(Verdict::Changed(handed_over.unwrap_or(says)))
}

/// Where the line tells from when on, whoever has the extension until further notice has it until then. Otherwise it is
/// refused: nobody loses an extension for the past by a file.
fn hand_over(
    wanted: &Holding,
    person: Option<usize>,
    people: &mut [Person],
    office: &impl Office,
) -> Result<Option<String>, String> {
    let clash =
        people.iter().enumerate().filter(|(place, _)| Some(*place) != person).find_map(|(place, other)| {
            let meets = |theirs: &Holding| {
                wanted.is_of(theirs.site, &theirs.extension) && theirs.span.overlaps(wanted.span)
            };
            Some((place, other.holdings.iter().position(meets)?))
        });
    let Some((other, theirs)) = clash else { return Ok(None) };
    let name = people[other].name.clone();
    let theirs = &mut people[other].holdings[theirs];
    let goes_on = |from: &At| theirs.span.to.is_none() && theirs.span.from.is_none_or(|since| since < *from);
    let Some(from) = wanted.span.from.filter(goes_on) else {
        return Err(refusal(wanted, &name, theirs.span, office));
    };
    theirs.span.to = Some(from);
    Ok(Some(format!("Extension {} goes over from {name} on {}.", wanted.extension, office.date(from))))
}

fn when(span: Span, office: &impl Office) -> String {
    match (span.from, span.to) {
        (None, None) => "without dates".to_owned(),
        (Some(from), None) => format!("from {}", office.date(from)),
        (None, Some(to)) => format!("until {}", office.date(to)),
        (Some(from), Some(to)) => format!("from {} to {}", office.date(from), office.date(to)),
    }
}

fn date(text: &str, office: &impl Office) -> Result<Option<At>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let unread = || format!("\"{text}\" is no date. Write it as 2026-06-30.");
    office.start_of(text).map(Some).ok_or_else(unread)
}

fn site_of(text: &str, office: &impl Office) -> Result<SiteId, String> {
    let sites = office.sites();
    if text.is_empty() {
        return match sites.as_slice() {
            [(site, _)] => Ok(*site),
            [] => Err("There is no phone system yet. Set one up first.".into()),
            _ => Err("There are several phone systems: name one in the column site.".into()),
        };
    }
    let wanted = text.to_lowercase();
    let found = sites.iter().find(|(_, name)| name.to_lowercase() == wanted);
    found.map(|(site, _)| *site).ok_or_else(|| format!("There is no phone system called {text}."))
}
