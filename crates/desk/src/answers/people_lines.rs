//! Who is who on a day, and what each did: pure, so that it can be tried without a library.

use contract::people::Stretch;
use directory::{Book, Source, Span};
use model::{AgentState, At, Direction, SiteId};
use std::collections::{BTreeMap, BTreeSet};
use store::AgentOnCall;

/// A person, or an extension that nobody has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Person(i64),
    Extension(SiteId, String),
}

/// One line of the day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) name: Option<String>,
    /// With the part of the day for which it was theirs.
    pub(crate) extensions: Vec<(SiteId, String, Span)>,
    pub(crate) figures: Figures,
}

/// What a person did on the calls of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) calls: u32,
    pub(crate) talk_ms: i64,
    pub(crate) missed: u32,
    pub(crate) answered: u32,
    pub(crate) ring_ms: i64,
}

impl Figures {
    /// Mean ringing before the person answered.
    pub(crate) fn answer_ms(&self) -> Option<i64> {
        (self.answered > 0).then(|| (self.ring_ms + i64::from(self.answered) / 2) / i64::from(self.answered))
    }

    /// What several phones of one person did on one call.
    fn add(&mut self, parts: &[&AgentOnCall]) {
        let talked = parts.iter().any(|part| part.talked);
        let rang = parts.iter().any(|part| part.rang);
        let to_be_answered = parts.iter().any(|part| part.direction != Direction::Outbound);
        self.calls += u32::from(talked);
        self.talk_ms += parts.iter().map(|part| part.talk_ms).sum::<i64>();
        self.missed += u32::from(rang && !talked && to_be_answered);
        if rang && talked && to_be_answered {
            self.answered += 1;
            // Phones that ring side by side ring once.
            self.ring_ms += parts.iter().map(|part| part.ring_ms).max().unwrap_or(0);
        }
    }
}

/// The lines of a day: people who had an extension on it, and extensions of nobody that were seen on it, by a phone's
/// state or in a call.
pub(crate) fn lines(
    book: &Book,
    day: Span,
    phones: &[(SiteId, String)],
    parts: &[AgentOnCall],
) -> BTreeMap<Who, Line> {
    let mut lines: BTreeMap<Who, Line> = BTreeMap::new();
    for person in book.people().iter().filter(|person| person.source != Source::Pbx) {
        for held in person.holdings.iter().filter(|held| held.span.overlaps(day)) {
            let line = lines.entry(Who::Person(person.id)).or_default();
            line.name = Some(person.name.clone());
            line.extensions.push((held.site, held.extension.clone(), held.span.both(day)));
        }
    }
    let in_calls = parts.iter().map(|part| (part.site, part.extension.as_str()));
    let seen: BTreeSet<(SiteId, &str)> =
        phones.iter().map(|(site, extension)| (*site, extension.as_str())).chain(in_calls).collect();
    for (site, extension) in seen {
        let free = book.free_spans(site, extension, day);
        let Some(last) = free.last() else { continue };
        let line = lines.entry(Who::Extension(site, extension.to_owned())).or_default();
        let at = last.from.or(day.from).unwrap_or(At(0));
        line.name = book.extension_at(site, extension, at).map(str::to_owned);
        line.extensions.extend(free.iter().map(|span| (site, extension.to_owned(), *span)));
    }
    count(book, parts, &mut lines);
    lines
}

/// Parts stand by call: those of one person in one call are counted together.
fn count(book: &Book, parts: &[AgentOnCall], lines: &mut BTreeMap<Who, Line>) {
    for of_call in parts.chunk_by(|a, b| a.call == b.call) {
        let mut by_line: BTreeMap<Who, Vec<&AgentOnCall>> = BTreeMap::new();
        for part in of_call {
            let who = match book.person_at(part.site, &part.extension, part.started_at) {
                Some(person) => Who::Person(person.id),
                None => Who::Extension(part.site, part.extension.clone()),
            };
            by_line.entry(who).or_default().push(part);
        }
        for (who, parts) in by_line {
            if let Some(line) = lines.get_mut(&who) {
                line.figures.add(&parts);
            }
        }
    }
}

/// A phone's states with when it was the person's. Before the first state nothing is known.
pub(crate) type Phone<'p> = (Span, &'p [(At, AgentState)]);

/// What a person with these phones did from `from` to `to`, without gap: of several phones, the one that asks most.
pub(crate) fn stretches(phones: &[Phone<'_>], from: At, to: At) -> Vec<Stretch> {
    let limits = phones.iter().flat_map(|(span, states)| {
        let states = states.iter().map(|(since, _)| *since);
        states.chain(span.from).chain(span.to)
    });
    let mut borders: Vec<At> = limits.filter(|at| from < *at && *at < to).collect();
    borders.extend([from, to]);
    borders.sort_unstable();
    borders.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    for pair in borders.windows(2) {
        let [begin, end] = pair else { continue };
        let state = phones.iter().map(|phone| state_at(*phone, *begin)).max_by_key(rank).unwrap_or_default();
        match stretches.last_mut() {
            Some(last) if last.state == state => last.to_ms = end.0,
            Some(_) | None => stretches.push(Stretch { state, from_ms: begin.0, to_ms: end.0 }),
        }
    }
    stretches
}

fn state_at((span, states): Phone<'_>, at: At) -> AgentState {
    let place = states.partition_point(|(since, _)| *since <= at);
    let state = place.checked_sub(1).and_then(|place| states.get(place)).map(|(_, state)| *state);
    state.filter(|_| span.contains(at)).unwrap_or_default()
}

/// How much a state asks of a person.
fn rank(state: &AgentState) -> u8 {
    match state {
        AgentState::Talking => 9,
        AgentState::Dialing => 8,
        AgentState::Hold => 7,
        AgentState::Ringing => 6,
        AgentState::Parked => 5,
        AgentState::AfterCallWork => 4,
        AgentState::DoNotDisturb => 3,
        AgentState::Idle => 2,
        AgentState::LoggedOut => 1,
        AgentState::Unknown => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(stretches: &[Stretch]) -> Vec<(AgentState, i64, i64)> {
        stretches.iter().map(|stretch| (stretch.state, stretch.from_ms, stretch.to_ms)).collect()
    }

    #[test]
    fn a_day_has_no_gap_and_nothing_is_guessed() {
        let states =
            [(At(-50), AgentState::Idle), (At(10), AgentState::Talking), (At(20), AgentState::Unknown)];
        let day = stretches(&[(Span::ALWAYS, &states)], At(0), At(100));
        assert_eq!(
            shown(&day),
            [(AgentState::Idle, 0, 10), (AgentState::Talking, 10, 20), (AgentState::Unknown, 20, 100)],
            "from the state at midnight on, and unknown until the end"
        );
        let late = stretches(&[(Span::ALWAYS, &states[1..2])], At(0), At(100));
        assert_eq!(late[0].state, AgentState::Unknown, "before the first word nothing is known");
        let nobody = stretches(&[], At(0), At(100));
        assert_eq!(shown(&nobody), [(AgentState::Unknown, 0, 100)], "no source, no state");
        assert_eq!(stretches(&[], At(100), At(100)), [], "a day that has yet to come");
    }

    #[test]
    fn of_several_phones_the_busiest_tells_and_each_only_while_it_is_theirs() {
        let desk = [(At(0), AgentState::Idle), (At(30), AgentState::Ringing), (At(40), AgentState::Idle)];
        let home = [(At(0), AgentState::LoggedOut), (At(35), AgentState::Talking)];
        let until_fifty = Span { from: None, to: Some(At(50)) };
        let day = stretches(&[(Span::ALWAYS, &desk), (until_fifty, &home)], At(0), At(100));
        assert_eq!(
            shown(&day),
            [
                (AgentState::Idle, 0, 30),
                (AgentState::Ringing, 30, 35),
                (AgentState::Talking, 35, 50),
                (AgentState::Idle, 50, 100),
            ],
            "the talking at home is somebody else's from fifty on"
        );
    }

    fn states() -> impl Strategy<Value = Vec<(At, AgentState)>> {
        let state = (0_u8..10).prop_map(|code| AgentState::from_code(code).unwrap_or_default());
        proptest::collection::btree_map((-20_i64..120).prop_map(At), state, 0..20)
            .prop_map(|states| states.into_iter().collect())
    }

    proptest! {
        #[test]
        fn every_instant_belongs_to_one_stretch(phones in proptest::collection::vec(states(), 0..4)) {
            let phones: Vec<Phone<'_>> = phones.iter().map(|states| (Span::ALWAYS, states.as_slice())).collect();
            let day = stretches(&phones, At(0), At(100));
            prop_assert_eq!((day[0].from_ms, day[day.len() - 1].to_ms), (0, 100), "the whole day");
            for pair in day.windows(2) {
                prop_assert_eq!(pair[0].to_ms, pair[1].from_ms, "no gap, no overlap");
                prop_assert_ne!(pair[0].state, pair[1].state, "neighbours differ");
            }
            for at in 0..100 {
                let busiest = phones.iter().map(|phone| state_at(*phone, At(at))).max_by_key(rank);
                let stretch = day.iter().find(|stretch| stretch.from_ms <= at && at < stretch.to_ms);
                prop_assert_eq!(stretch.map(|stretch| stretch.state), Some(busiest.unwrap_or_default()), "at {}", at);
            }
        }
    }
}
