//! The simulated office: who works there, which groups they answer, which lines it has, who calls.
//!
//! All outside numbers lie in ranges that Germany's and the United Kingdom's regulators keep free for films and books.

mod tables;

use crate::dice::Dice;
use model::fact::{Equipment, NodeId};
use tables::{CALLERS, FAR_PEOPLE, LARGE_GROUPS, LINE_PEOPLE, MOBILES, PEOPLE, RANGES, SMALL_GROUPS};

pub(crate) const OFFICE_NAME: &str = "Simulated office";
/// 192.168.42.3, the node of the manual's own records: where the office's people and lines are.
pub(crate) const NODE: NodeId = NodeId(0xc0a8_2a03);
/// Two more nodes of the network: one with lines and a few people, one with people only.
pub(crate) const LINE_NODE: NodeId = NodeId(0xc0a8_2a01);
pub(crate) const FAR_NODE: NodeId = NodeId(0xc0a8_2a02);
pub(crate) const ACCESS_DIGIT: &str = "9";
pub(crate) const AUTO_ATTENDANT: &str = "Day Menu";
pub(crate) const EMERGENCY: &str = "112";
pub(crate) const EMERGENCY_LOCATION: &str = "Head office, floor 2";
/// Short code that leads to a colleague's mailbox, before the extension.
pub(crate) const MAILBOX_CODE: &str = "*17";
/// Group whose members are on two nodes.
pub(crate) const NETWORK_GROUP: &str = "390";
/// Outside parties of a large office; those beyond the named ones are in no directory.
const LARGE_CALLERS: usize = 240;
/// People of a small office.
const SMALL: usize = 10;
/// Extensions and groups beyond those of the tables.
const FIRST_MORE_EXTENSION: usize = 401;
const FIRST_MORE_GROUP: usize = 306;
/// People of one of those groups.
const TEAM: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) extension: String,
    pub(crate) name: String,
    pub(crate) node: NodeId,
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

/// One call at a time with the outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Channel {
    pub(crate) node: NodeId,
    pub(crate) trunk: Trunk,
    /// Counted from 1.
    pub(crate) number: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trunk {
    Isdn,
    Sip,
}

/// How big it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Ten people and eight channels: easy to follow.
    Small,
    /// Forty people and thirty channels, for twenty calls at once.
    Large,
    /// So many people, with a channel for every three of them; ten are the small one.
    Of(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Office {
    size: Size,
    /// Those of [`NODE`] first, then the other nodes'.
    pub(crate) people: Vec<Person>,
    /// Of [`NODE`] alone.
    pub(crate) groups: Vec<Group>,
    pub(crate) outside: Vec<Outside>,
    pub(crate) channels: Vec<Channel>,
}

impl Office {
    /// The same people and groups for every seed, so that a library that grew over several runs stays one office; who
    /// calls depends on the seed.
    pub(crate) fn new(size: Size, dice: &mut Dice) -> Self {
        let (local, groups, callers) = match size {
            Size::Small | Size::Of(..=SMALL) => (SMALL, SMALL_GROUPS, CALLERS.len()),
            Size::Large => (PEOPLE.len(), LARGE_GROUPS, LARGE_CALLERS),
            Size::Of(people) if people < PEOPLE.len() => (people, SMALL_GROUPS, LARGE_CALLERS),
            Size::Of(people) => (people, LARGE_GROUPS, LARGE_CALLERS),
        };
        let on = |node| {
            move |(extension, name): &(&str, &str)| Person {
                extension: (*extension).to_owned(),
                name: (*name).to_owned(),
                node,
            }
        };
        let named = PEOPLE.iter().map(on(NODE)).chain((PEOPLE.len()..local).map(more_people)).take(local);
        let people = named.chain(LINE_PEOPLE.iter().map(on(LINE_NODE)));
        let people = people.chain(FAR_PEOPLE.iter().map(on(FAR_NODE))).collect();
        let groups = groups.iter().map(|(number, name, members)| Group {
            number: (*number).to_owned(),
            name: (*name).to_owned(),
            members: members.to_vec(),
        });
        let groups = groups.chain(more_groups(local)).collect();
        let outside = (0..callers)
            .map(|place| Outside {
                number: number_in(RANGES[place % RANGES.len()], dice),
                name: CALLERS.get(place).copied().unwrap_or_default().to_owned(),
            })
            .collect();
        Self { size, people, groups, outside, channels: channels(size) }
    }

    /// A small office has ISDN lines alone until then.
    pub(crate) fn open_sip_lines(&mut self) {
        if self.channels.iter().any(|channel| channel.trunk == Trunk::Sip) {
            return;
        }
        let (own, others): (Vec<_>, Vec<_>) =
            self.channels.drain(..).partition(|channel| channel.node == NODE);
        self.channels = on_both_lines(own.into_iter()).chain(others).collect();
    }

    /// Places of the people on a node.
    pub(crate) fn people_on(&self, node: NodeId) -> impl Iterator<Item = usize> {
        self.people.iter().enumerate().filter(move |(_, person)| person.node == node).map(|(place, _)| place)
    }

    /// DID digits that lead to an extension or a group.
    pub(crate) fn did_of(number: &str) -> String {
        format!("8{number}")
    }

    /// DID digits of the auto attendant.
    pub(crate) fn did_of_auto_attendant() -> String {
        "8900".to_owned()
    }

    /// Number of a person's mobile phone.
    pub(crate) fn mobile_of(place: usize) -> String {
        format!("{MOBILES}{:02}", place % 100)
    }

    /// The file `nasystem/user_list`. Avaya has not published the real layout: this one is comma separated, one user a
    /// line: quoted name, extension.
    pub(crate) fn user_list(&self) -> Vec<u8> {
        let mut text = String::new();
        for person in self.people.iter().filter(|person| self.lists(person.node)) {
            text.push_str(&format!("\"{}\",{}\r\n", person.name, person.extension));
        }
        text.into_bytes()
    }

    /// A small office looks like one without a network to everybody who does not ask for one.
    fn lists(&self, node: NodeId) -> bool {
        match self.size {
            Size::Small | Size::Of(_) => node == NODE,
            Size::Large => true,
        }
    }

    /// The file `nasystem/hunt_list`, laid out like the users' (equally unpublished), members at the end.
    pub(crate) fn hunt_list(&self) -> Vec<u8> {
        let network = Group {
            number: NETWORK_GROUP.to_owned(),
            name: "Both sites".to_owned(),
            members: self.people_on(LINE_NODE).chain(self.people_on(FAR_NODE)).collect(),
        };
        let mut text = String::new();
        for group in self.groups.iter().chain(self.lists(FAR_NODE).then_some(&network)) {
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

impl Channel {
    pub(crate) fn line(&self) -> u16 {
        match self.trunk {
            Trunk::Isdn => 5,
            Trunk::Sip => 17,
        }
    }

    /// `line.channel`.
    pub(crate) fn description(&self) -> String {
        format!("{}.{}", self.line(), self.number)
    }

    pub(crate) fn equipment(&self) -> Equipment {
        match self.trunk {
            Trunk::Isdn => Equipment::ISDN_TRUNK,
            Trunk::Sip => Equipment::SIP_TRUNK,
        }
    }

    /// 2 stands behind the ISDN trunk of the manual's records.
    pub(crate) fn equipment_type(&self) -> u16 {
        match self.trunk {
            Trunk::Isdn => 2,
            Trunk::Sip => 0,
        }
    }
}

/// Each node counts its lines for itself.
fn channels(size: Size) -> Vec<Channel> {
    let isdn = |node, count| (1..=count).map(move |number| Channel { node, trunk: Trunk::Isdn, number });
    match size {
        Size::Small | Size::Of(..=SMALL) => isdn(NODE, 8).chain(isdn(LINE_NODE, 4)).collect(),
        Size::Of(people) => isdn(NODE, lines_for(people)).chain(isdn(LINE_NODE, 4)).collect(),
        Size::Large => on_both_lines(isdn(NODE, 15)).chain(isdn(LINE_NODE, 6)).collect(),
    }
}

/// One for every three people, but eight at least.
fn lines_for(people: usize) -> u16 {
    u16::try_from(people / 3).unwrap_or(u16::MAX).max(8)
}

/// Those beyond the named ones: a first name of one and the last name of another.
fn more_people(place: usize) -> Person {
    let first = PEOPLE[place % PEOPLE.len()].1;
    let last = PEOPLE[(place * 7 + place / PEOPLE.len()) % PEOPLE.len()].1;
    let (first, last) = (first.split(' ').next(), last.split(' ').next_back());
    Person {
        extension: (FIRST_MORE_EXTENSION + place - PEOPLE.len()).to_string(),
        name: [first.unwrap_or_default(), last.unwrap_or_default()].join(" "),
        node: NODE,
    }
}

/// A group for every eight people beyond the named ones; fewer than four share the phones of none.
fn more_groups(people: usize) -> impl Iterator<Item = Group> {
    let members: Vec<usize> = (PEOPLE.len()..people).collect();
    let chunks = members.chunks(TEAM).filter(|members| members.len() >= TEAM / 2);
    let groups = chunks.enumerate().map(|(place, members)| Group {
        number: (FIRST_MORE_GROUP + place).to_string(),
        name: format!("Team {}", place + 1),
        members: members.to_vec(),
    });
    groups.collect::<Vec<_>>().into_iter()
}

/// Calls come on both kinds of lines in turn.
fn on_both_lines(isdn: impl Iterator<Item = Channel>) -> impl Iterator<Item = Channel> {
    isdn.flat_map(|channel| [channel.clone(), Channel { trunk: Trunk::Sip, ..channel }])
}

/// A range of numbers that belongs to nobody, as its first digits and how many follow.
#[derive(Clone, Copy)]
struct Range {
    prefix: &'static str,
    digits: usize,
}

fn number_in(range: Range, dice: &mut Dice) -> String {
    let mut number = range.prefix.to_owned();
    for _ in 0..range.digits {
        number.push(char::from_digit(dice.between(0, 9) as u32, 10).unwrap_or('0'));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::MAX_PEOPLE;
    use std::collections::HashSet;

    #[test]
    fn the_same_seed_gives_the_same_office() {
        let first = Office::new(Size::Small, &mut Dice::new(7));
        let second = Office::new(Size::Small, &mut Dice::new(7));
        let other = Office::new(Size::Small, &mut Dice::new(8));
        assert_eq!(first.outside, second.outside, "the outside numbers come from the seed alone");
        assert_ne!(first.outside, other.outside, "another seed means other numbers");
        assert_eq!(first.people, other.people, "who works there does not depend on the seed");
    }

    #[test]
    fn an_office_of_ten_is_the_small_one() {
        let small = Office::new(Size::Small, &mut Dice::new(3));
        let ten = Office::new(Size::Of(10), &mut Dice::new(3));
        assert_eq!((&ten.people, &ten.groups), (&small.people, &small.groups), "the same people and groups");
        assert_eq!((&ten.channels, &ten.outside), (&small.channels, &small.outside), "and lines");
    }

    #[test]
    fn everybody_of_the_largest_office_has_a_number_and_a_team() {
        for people in [11, 39, 40, 41, 200, MAX_PEOPLE] {
            let office = Office::new(Size::Of(people), &mut Dice::new(1));
            let numbers = office.people.iter().map(|person| &person.extension);
            let numbers: Vec<&String> =
                numbers.chain(office.groups.iter().map(|group| &group.number)).collect();
            let different: HashSet<&&String> = numbers.iter().collect();
            assert_eq!(different.len(), numbers.len(), "no number is given twice among {people}");
            assert!(
                numbers.iter().all(|number| number.len() == 3 && *number != NETWORK_GROUP),
                "{numbers:?}"
            );
            assert_eq!(office.people_on(NODE).count(), people, "as many as were asked for");
            let members = office.groups.iter().flat_map(|group| &group.members);
            assert!(members.max() < Some(&people), "groups have people of this office");
        }
    }

    #[test]
    fn the_lists_name_everybody_once() {
        let office = Office::new(Size::Small, &mut Dice::new(1));
        let users = String::from_utf8(office.user_list()).unwrap();
        assert_eq!(users.lines().count(), office.people_on(NODE).count(), "one line per user");
        assert!(users.contains("\"Ann Keller\",201"), "name, then extension");
        let groups = String::from_utf8(office.hunt_list()).unwrap();
        assert!(groups.contains("\"Support\",301,205,206,207,208"), "name, number, members");
    }
}
