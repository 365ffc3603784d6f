//! Decides which calls are made when, so that a phone or a trunk channel serves one call at a time.
//!
//! Everything here is planned time (milliseconds since the opening, at speed 1) and comes from the seed alone.

use crate::dice::Dice;
use crate::ids::Ids;
use crate::kind::Kind;
use crate::lengths::Lengths;
use crate::office::{FAR_NODE, LINE_NODE, NETWORK_GROUP, NODE, Office, Outside, Size};
use crate::scene::{Cast, LegsInRows};
use crate::script::Script;
use crate::scripts::{self, Channels, Elsewhere, Phones};
use crate::settings::LegFields;
use model::fact::NodeId;

/// A phone rests so long between two calls: people put the receiver down first.
const REST_MS: u64 = 1_000;
/// Rows without fields 31 to 34 among those of [`LegFields::Mostly`]: one call in so many.
const WITHOUT_LEGS: u64 = 10;
const VOICEMAIL_CHANNELS: u16 = 4;
/// Casts calls with people and trunk channels that are free.
#[derive(Clone, Debug)]
pub(crate) struct Planner {
    pub(crate) office: Office,
    dice: Dice,
    ids: Ids,
    lengths: Lengths,
    speed: f64,
    leg_fields: LegFields,
    phones_free_at_ms: Vec<u64>,
    channels_free_at_ms: Vec<u64>,
    voicemail: u16,
    days: Days,
    /// As the dice lay when the latest script was begun.
    lengths_of_latest: Dice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    Now,
    Past,
}

/// What is settled about a call before it is cast.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    pub(crate) outside: Option<Outside>,
    /// This person first, even if the receiver has only just been put down.
    pub(crate) phone: Option<usize>,
    /// Everything takes as long as these dice say.
    pub(crate) lengths_of: Option<Dice>,
}

impl Wanted {
    pub(crate) fn any(kind: Kind) -> Self {
        Self { kind, outside: None, phone: None, lengths_of: None }
    }
}

impl Planner {
    pub(crate) fn new(size: Size, seed: u64, lengths: Lengths, speed: f64, leg_fields: LegFields) -> Self {
        let mut dice = Dice::new(seed);
        let office = Office::new(size, &mut dice);
        Self {
            phones_free_at_ms: vec![0; office.people.len()],
            channels_free_at_ms: vec![0; office.channels.len()],
            office,
            lengths_of_latest: dice.clone(),
            dice,
            ids: Ids::new(),
            lengths,
            speed,
            leg_fields,
            voicemail: 0,
            days: Days::Now,
        }
    }

    /// Before the first call.
    pub(crate) fn open_sip_lines(&mut self) {
        self.office.open_sip_lines();
        self.channels_free_at_ms = vec![0; self.office.channels.len()];
    }

    pub(crate) fn dice(&mut self) -> &mut Dice {
        &mut self.dice
    }

    /// A call that starts at `at_ms`; `None` when no phone or channel is free for it then. Starts never go back.
    pub(crate) fn call(&mut self, kind: Kind, at_ms: u64) -> Option<Script> {
        self.call_as_wanted(&Wanted::any(kind), at_ms)
    }

    pub(crate) fn call_as_wanted(&mut self, wanted: &Wanted, at_ms: u64) -> Option<Script> {
        let cast = self.cast(wanted, at_ms)?;
        let mut same_lengths = wanted.lengths_of.clone();
        self.lengths_of_latest = self.dice.clone();
        let dice = same_lengths.as_mut().unwrap_or(&mut self.dice);
        let script = scripts::write(wanted.kind, &self.office, &cast, dice, self.lengths, &mut self.ids);
        for phone in &script.phones {
            let until_ms = match self.days {
                Days::Now => phone.until_ms,
                Days::Past => phone.in_history_until_ms,
            };
            self.phones_free_at_ms[phone.place] = at_ms + until_ms + REST_MS;
        }
        for channel in &script.channels {
            self.channels_free_at_ms[*channel] = at_ms + script.length_ms() + REST_MS;
        }
        Some(script)
    }

    /// By which a call of the same kind takes as long as the latest one.
    pub(crate) fn lengths_of_latest(&self) -> &Dice {
        &self.lengths_of_latest
    }

    /// A day of the past with chances and SMDR call ids of its own, so that it comes out the same whichever days were before.
    pub(crate) fn begin_day(&mut self, dice: Dice, first_record: u64) {
        self.days = Days::Past;
        self.dice = dice;
        self.ids = Ids::from_record(first_record);
        self.phones_free_at_ms.fill(0);
        self.channels_free_at_ms.fill(0);
    }

    /// The PBX restarts between two calls.
    pub(crate) fn restart(&mut self) {
        self.ids.start_again();
    }

    fn cast(&mut self, wanted: &Wanted, at_ms: u64) -> Option<Cast> {
        let needs = scripts::needs(wanted.kind);
        let channels = self.channels(needs.channels, at_ms)?;
        let (group, phones) = self.phones(needs.phones, wanted.phone, at_ms)?;
        let outside = match (&wanted.outside, wanted.kind) {
            (Some(outside), _) => outside.clone(),
            (None, Kind::Withheld) => Outside { number: String::new(), name: String::new() },
            (None, _) => self.anybody_outside(),
        };
        self.voicemail = self.voicemail % VOICEMAIL_CHANNELS + 1;
        let record_legs = match self.leg_fields {
            LegFields::Never => LegsInRows::Absent,
            LegFields::Always => LegsInRows::Present,
            LegFields::Mostly if self.dice.one_in(WITHOUT_LEGS) => LegsInRows::Absent,
            LegFields::Mostly => LegsInRows::Present,
        };
        Some(Cast {
            elsewhere: self.elsewhere(needs.elsewhere, &outside, &phones),
            second_group: self.second_group(needs.phones, &group),
            outside,
            channels,
            phones,
            group,
            voicemail: self.voicemail,
            speed: self.speed,
            record_legs,
        })
    }

    fn anybody_outside(&mut self) -> Outside {
        self.office.outside[self.dice.place(self.office.outside.len())].clone()
    }

    /// Nobody calls himself by way of the office.
    fn elsewhere(&mut self, elsewhere: Elsewhere, outside: &Outside, phones: &[usize]) -> Outside {
        match elsewhere {
            Elsewhere::Nowhere => Outside { number: String::new(), name: String::new() },
            Elsewhere::OwnMobile => Outside {
                number: Office::mobile_of(phones.first().copied().unwrap_or_default()),
                name: String::new(),
            },
            Elsewhere::Somebody => loop {
                let somebody = self.anybody_outside();
                if somebody.number != outside.number {
                    break somebody;
                }
            },
        }
    }

    fn second_group(&mut self, needed: Phones, group: &str) -> String {
        if !matches!(needed, Phones::OfSecondGroup { .. }) {
            return String::new();
        }
        let others: Vec<&str> = self
            .office
            .groups
            .iter()
            .map(|other| other.number.as_str())
            .filter(|other| *other != group)
            .collect();
        others.get(self.dice.place(others.len())).copied().unwrap_or_default().to_owned()
    }

    fn channels(&self, needed: Channels, at_ms: u64) -> Option<Vec<usize>> {
        let free = self.office.channels.iter().zip(&self.channels_free_at_ms).enumerate();
        let free =
            free.filter(|(_, (channel, free_at_ms))| channel.node == needed.node && **free_at_ms <= at_ms);
        let places: Vec<usize> = free.map(|(place, _)| place).take(needed.count).collect();
        (places.len() == needed.count).then_some(places)
    }

    fn phones(&mut self, needed: Phones, first: Option<usize>, at_ms: u64) -> Option<(String, Vec<usize>)> {
        match needed {
            Phones::None => {
                let place = self.dice.place(self.office.groups.len());
                Some((self.office.groups[place].number.clone(), Vec::new()))
            }
            Phones::Any(count) => {
                let mut places = self.free_on(NODE, at_ms);
                self.dice.shuffle(&mut places);
                if let Some(first) = first {
                    if self.phones_free_at_ms[first] > at_ms + REST_MS {
                        return None;
                    }
                    places.retain(|place| *place != first);
                    places.insert(0, first);
                }
                places.truncate(count);
                (places.len() == count).then(|| (String::new(), places))
            }
            Phones::OfGroup { least, most } | Phones::OfSecondGroup { least, most } => {
                let free = |place: &usize| self.phones_free_at_ms[*place] <= at_ms;
                let mut choices: Vec<(String, Vec<usize>)> = self
                    .office
                    .groups
                    .iter()
                    .map(|group| {
                        (group.number.clone(), group.members.iter().copied().filter(free).collect::<Vec<_>>())
                    })
                    .filter(|(_, members)| members.len() >= least)
                    .collect();
                if choices.is_empty() {
                    return None;
                }
                let (number, mut members) = choices.swap_remove(self.dice.place(choices.len()));
                self.dice.shuffle(&mut members);
                members.truncate(most);
                Some((number, members))
            }
            Phones::OfNetwork { at_line, far } => {
                let mut places = Vec::new();
                for (node, count) in [(LINE_NODE, at_line), (FAR_NODE, far)] {
                    let mut free = self.free_on(node, at_ms);
                    if free.len() < count {
                        return None;
                    }
                    self.dice.shuffle(&mut free);
                    places.extend(free.into_iter().take(count));
                }
                Some((NETWORK_GROUP.to_owned(), places))
            }
        }
    }

    fn free_on(&self, node: NodeId, at_ms: u64) -> Vec<usize> {
        self.office.people_on(node).filter(|place| self.phones_free_at_ms[*place] <= at_ms).collect()
    }
}
