//! People's days: what each person's phones did, from left to right.

use crate::command::command;
use model::AgentState;
use serde::{Deserialize, Serialize};

/// A day of the office, 23 and 25 hours included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPeopleDay {
    /// Any instant of the day; `None`: today.
    pub at_ms: Option<i64>,
    /// Letters or digits of a name or extension.
    pub text: Option<String>,
    /// How many people to leave out, from the first by name.
    pub skip: u32,
}

/// At most [`PEOPLE_A_PAGE`] people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeopleDay {
    pub from_ms: i64,
    pub to_ms: i64,
    pub now_ms: i64,
    /// When the first and the last call of the day were, over all people, to draw the part of the day that matters.
    pub busy_from_ms: Option<i64>,
    pub busy_to_ms: Option<i64>,
    pub people: Vec<PersonDay>,
    /// How many match in all.
    pub total: u32,
}

pub const PEOPLE_A_PAGE: u32 = 50;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonDay {
    /// `None`: an extension without a person.
    pub person: Option<i64>,
    pub name: Option<String>,
    /// Those the person had on that day.
    pub extensions: Vec<SiteExtension>,
    /// Without gap from the day's beginning to its end or now. Where no source says, the state is unknown.
    pub stretches: Vec<Stretch>,
    /// Calls on which the person talked.
    pub calls: u32,
    pub talk_ms: i64,
    /// Calls that rang at the person who never talked on them.
    pub missed: u32,
    /// Mean ringing before the person answered; `None` when none was answered.
    pub answer_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteExtension {
    pub site: i64,
    pub extension: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    pub state: AgentState,
    pub from_ms: i64,
    pub to_ms: i64,
}

command!(AskPeopleDay, "people_day", PeopleDay);
