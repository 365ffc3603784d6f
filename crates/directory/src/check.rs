//! Why a person cannot be stored, in words.

use crate::{Holding, Office, Person, Span};

/// Longest name and extension that are kept, in characters.
const NAME_MAX: usize = 100;
const EXTENSION_MAX: usize = 20;

/// `others` are all stored people; the one with the same id is left out. An extension belongs to one person at a time.
pub fn check(person: &Person, others: &[Person], office: &impl Office) -> Result<(), String> {
    if person.name.trim().is_empty() {
        return Err("Enter the person's name.".into());
    }
    if person.name.chars().count() > NAME_MAX {
        return Err(format!("This name is too long: at most {NAME_MAX} characters are kept."));
    }
    for (place, holding) in person.holdings.iter().enumerate() {
        check_holding(holding, office)?;
        let earlier = &person.holdings[..place];
        if earlier.iter().any(|other| clash(holding, other)) {
            return Err(format!(
                "Extension {} is listed twice for the same time. Remove one of the two.",
                holding.extension
            ));
        }
        if let Some((other, theirs)) = taken(holding, person.id, others) {
            return Err(refusal(holding, &other.name, theirs.span, office));
        }
    }
    Ok(())
}

pub(crate) fn check_holding(holding: &Holding, office: &impl Office) -> Result<(), String> {
    let extension = holding.extension.as_str();
    if extension.is_empty() {
        return Err("Enter the extension.".into());
    }
    if extension.chars().count() > EXTENSION_MAX
        || extension.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(format!("\"{extension}\" is no extension. Enter its number, for instance 204."));
    }
    if !office.sites().iter().any(|(site, _)| *site == holding.site) {
        return Err(format!("Choose the phone system of extension {extension}."));
    }
    if holding.span.is_empty() {
        return Err(format!(
            "Extension {extension} would end before it begins. Change one of the two dates."
        ));
    }
    Ok(())
}

/// Who has the extension at some time of the holding.
fn taken<'o>(holding: &Holding, id: i64, others: &'o [Person]) -> Option<(&'o Person, &'o Holding)> {
    others
        .iter()
        .filter(|other| id == 0 || other.id != id)
        .find_map(|other| Some((other, other.holdings.iter().find(|theirs| clash(holding, theirs))?)))
}

fn clash(a: &Holding, b: &Holding) -> bool {
    a.is_of(b.site, &b.extension) && a.span.overlaps(b.span)
}

pub(crate) fn refusal(holding: &Holding, name: &str, span: Span, office: &impl Office) -> String {
    let site = if office.sites().len() > 1 {
        format!(" of {}", office.site_name(holding.site))
    } else {
        String::new()
    };
    let when = match (span.from, span.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" since {}", office.date(from)),
        (None, Some(to)) => format!(" until {}", office.date(to)),
        (Some(from), Some(to)) => format!(" from {} to {}", office.date(from), office.date(to)),
    };
    format!(
        "Extension {}{site} belongs to {name}{when}. End it there first, or choose other dates.",
        holding.extension
    )
}
