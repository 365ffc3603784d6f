//! The simulated office: who works there, which groups they answer, who calls them.
//!
//! All outside numbers lie in ranges that Germany's and the United Kingdom's regulators keep free for films and books.

use crate::dice::Dice;
use model::fact::NodeId;

pub(crate) const OFFICE_NAME: &str = "Simulated office";
/// 192.168.42.3, the node of the manual's own records.
pub(crate) const NODE: NodeId = NodeId(0xc0a8_2a03);
pub(crate) const TRUNK_LINE: u16 = 5;
/// Calls with outside parties that the office can have at once.
pub(crate) const TRUNK_CHANNELS: usize = 8;
pub(crate) const ACCESS_DIGIT: &str = "9";
pub(crate) const AUTO_ATTENDANT: &str = "Day Menu";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) extension: String,
    pub(crate) name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) number: String,
    pub(crate) name: String,
    /// Places in [`Office::people`].
    pub(crate) members: Vec<usize>,
}

/// Someone outside, with the number as the trunk delivers it (no access digit).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outside {
    pub(crate) number: String,
    /// Name in the PBX's directory; empty where it has none.
    pub(crate) name: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) people: Vec<Person>,
    pub(crate) groups: Vec<Group>,
    pub(crate) outside: Vec<Outside>,
}

impl Office {
    /// The same people and groups for every seed, so that a library that grew over several runs stays one office; who
    /// calls depends on the seed.
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let people = PEOPLE
            .iter()
            .map(|(extension, name)| Person { extension: (*extension).to_owned(), name: (*name).to_owned() })
            .collect();
        let groups = GROUPS
            .iter()
            .map(|(number, name, members)| Group {
                number: (*number).to_owned(),
                name: (*name).to_owned(),
                members: members.to_vec(),
            })
            .collect();
        let outside = CALLERS
            .iter()
            .enumerate()
            .map(|(place, name)| Outside {
                number: number_in(RANGES[place % RANGES.len()], dice),
                name: (*name).to_owned(),
            })
            .collect();
        Self { people, groups, outside }
    }

    /// DID digits that lead to an extension or a group.
    pub(crate) fn did_of(number: &str) -> String {
        format!("8{number}")
    }

    /// DID digits of the auto attendant.
    pub(crate) fn did_of_auto_attendant() -> String {
        "8900".to_owned()
    }

    /// The file `nasystem/user_list`. Avaya has not published the real layout: this one is comma separated, one user a
    /// line: quoted name, extension.
    pub(crate) fn user_list(&self) -> Vec<u8> {
        let mut text = String::new();
        for person in &self.people {
            text.push_str(&format!("\"{}\",{}\r\n", person.name, person.extension));
        }
        text.into_bytes()
    }

    /// The file `nasystem/hunt_list`, laid out like the users' (equally unpublished), members at the end.
    pub(crate) fn hunt_list(&self) -> Vec<u8> {
        let mut text = String::new();
        for group in &self.groups {
            text.push_str(&format!("\"{}\",{}", group.name, group.number));
            for member in &group.members {
                text.push(',');
                text.push_str(&self.people[*member].extension);
            }
            text.push_str("\r\n");
        }
        text.into_bytes()
    }
}

/// A range of numbers that belongs to nobody, as its first digits and how many follow.
#[derive(Clone, Copy)]
struct Range {
    prefix: &'static str,
    digits: usize,
}

/// Bundesnetzagentur: numbers for media use; Ofcom: 01632 960xxx, "no area".
const RANGES: [Range; 6] = [
    Range { prefix: "08999998", digits: 3 },
    Range { prefix: "03023125", digits: 3 },
    Range { prefix: "06990009", digits: 3 },
    Range { prefix: "04066969", digits: 3 },
    Range { prefix: "0221471", digits: 4 },
    Range { prefix: "00441632960", digits: 3 },
];

fn number_in(range: Range, dice: &mut Dice) -> String {
    let mut number = range.prefix.to_owned();
    for _ in 0..range.digits {
        number.push(char::from_digit(dice.between(0, 9) as u32, 10).unwrap_or('0'));
    }
    number
}

const PEOPLE: [(&str, &str); 10] = [
    ("201", "Ann Keller"),
    ("202", "Ben Schuster"),
    ("203", "Clara Vogt"),
    ("204", "David Okafor"),
    ("205", "Eva Lindner"),
    ("206", "Farid Nasser"),
    ("207", "Greta Sommer"),
    ("208", "Hanna Brandt"),
    ("209", "Igor Petrov"),
    ("210", "Jörg Weiß"),
];

const GROUPS: [(&str, &str, &[usize]); 3] =
    [("300", "Sales", &[0, 1, 2, 3]), ("301", "Support", &[4, 5, 6, 7]), ("302", "Service", &[2, 7, 8, 9])];

/// One without a name after every few with one: not everybody is in the directory. One holds a comma, as real
/// directories do.
const CALLERS: [&str; 30] = [
    "Bäckerei Huber",
    "Petra Lang",
    "Autohaus Reiter",
    "",
    "Studio Nord",
    "Hill & Sons",
    "Zahnarztpraxis Dr. Roth",
    "",
    "Möller, Katrin",
    "Tischlerei Brunner",
    "Weber Elektro",
    "Marsh Logistics",
    "",
    "Hotel Seeblick",
    "Claudia Ernst",
    "Druckerei Falk",
    "",
    "Fairweather Ltd",
    "Kanzlei Böhm",
    "Stefan Ott",
    "Gärtnerei Linde",
    "",
    "Praxis am Markt",
    "Oakfield School",
    "Reisebüro Sonne",
    "Thomas Adler",
    "",
    "Schreinerei Kraus",
    "Optik Berger",
    "Whitby Foods",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_office() {
        let first = Office::new(&mut Dice::new(7));
        let second = Office::new(&mut Dice::new(7));
        let other = Office::new(&mut Dice::new(8));
        assert_eq!(first.outside, second.outside, "the outside numbers come from the seed alone");
        assert_ne!(first.outside, other.outside, "another seed means other numbers");
        assert_eq!(first.people, other.people, "who works there does not depend on the seed");
    }

    #[test]
    fn the_lists_name_everybody_once() {
        let office = Office::new(&mut Dice::new(1));
        let users = String::from_utf8(office.user_list()).unwrap();
        assert_eq!(users.lines().count(), office.people.len(), "one line per user");
        assert!(users.contains("\"Ann Keller\",201"), "name, then extension");
        let groups = String::from_utf8(office.hunt_list()).unwrap();
        assert!(groups.contains("\"Support\",301,205,206,207,208"), "name, number, members");
    }
}
