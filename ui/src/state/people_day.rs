//! A person's day as it is known now: the desk's answer, and what was pushed since.

use contract::live::Person;
use contract::people::{PersonDay, SiteExtension, Stretch};
use model::AgentState;

/// More pushes than this between two answers are not worth keeping: the next answer has them.
const MOST_HEARD: usize = 4_096;

/// States that were pushed since the latest answer was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    since_answer: Vec<Person>,
    since_asked: Option<Vec<Person>>,
}

impl Heard {
    /// Call this when the day is asked for.
    pub fn asked(&mut self) {
        self.since_asked = Some(Vec::new());
    }

    /// The answer has everything that was known when it was made; what came since it was asked for may be missing.
    pub fn answered(&mut self) {
        self.since_answer = self.since_asked.take().unwrap_or_default();
    }

    pub fn take(&mut self, person: &Person) {
        for heard in self.since_asked.iter_mut().chain([&mut self.since_answer]) {
            if heard.len() < MOST_HEARD {
                heard.push(person.clone());
            }
        }
    }

    fn of<'a>(&'a self, day: &'a PersonDay) -> impl Iterator<Item = &'a Person> {
        self.since_answer
            .iter()
            .filter(|person| day.extensions.iter().any(|known| same_extension(person, known)))
    }
}

/// The stretches of a day that is still running: continued by what was pushed, and grown to `now_ms`. `state_now` tells
/// the state of an extension as it is known live; it stands in for extensions of which nothing was pushed.
pub fn running(
    day: &PersonDay,
    heard: &Heard,
    now_ms: i64,
    state_now: impl Fn(i64, &str) -> Option<AgentState>,
) -> Vec<Stretch> {
    let mut stretches = day.stretches.clone();
    let mut states: Vec<Option<AgentState>> = vec![None; day.extensions.len()];
    for (state, known) in states.iter_mut().zip(&day.extensions) {
        let silent = !heard.of(day).any(|person| same_extension(person, known));
        *state = silent.then(|| state_now(known.site, &known.extension)).flatten();
    }
    for person in heard.of(day) {
        for (state, known) in states.iter_mut().zip(&day.extensions) {
            if same_extension(person, known) {
                *state = Some(person.state);
            }
        }
        if let Some(state) = busiest(states.iter().flatten().copied()) {
            turn(&mut stretches, state, person.since_ms.min(now_ms));
        }
    }
    if let Some(last) = stretches.last_mut() {
        last.to_ms = now_ms.max(last.from_ms);
    }
    stretches
}

/// Of several phones of one person, the one that says most of what the person does.
pub fn busiest(states: impl Iterator<Item = AgentState>) -> Option<AgentState> {
    states.max_by_key(|state| match state {
        AgentState::Unknown => 0,
        AgentState::LoggedOut => 1,
        AgentState::Idle => 2,
        AgentState::DoNotDisturb => 3,
        AgentState::AfterCallWork => 4,
        AgentState::Parked => 5,
        AgentState::Ringing => 6,
        AgentState::Hold => 7,
        AgentState::Dialing => 8,
        AgentState::Talking => 9,
    })
}

/// Whether the push is about this extension.
pub fn same_extension(person: &Person, extension: &SiteExtension) -> bool {
    person.site == extension.site && person.extension == extension.extension
}

/// Lets another state begin at an instant. What began before the last stretch did is already in the answer.
fn turn(stretches: &mut Vec<Stretch>, state: AgentState, at_ms: i64) {
    let Some(last) = stretches.last_mut() else { return };
    if last.state == state || at_ms < last.from_ms {
        return;
    }
    last.to_ms = at_ms;
    stretches.push(Stretch { state, from_ms: at_ms, to_ms: at_ms });
}

/// What a person is on while in this state is a call, so there is one to show.
pub fn is_on_a_call(state: AgentState) -> bool {
    match state {
        AgentState::Dialing
        | AgentState::Ringing
        | AgentState::Talking
        | AgentState::Hold
        | AgentState::Parked => true,
        AgentState::Unknown
        | AgentState::Idle
        | AgentState::AfterCallWork
        | AgentState::DoNotDisturb
        | AgentState::LoggedOut => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(extensions: &[&str], parts: &[(AgentState, i64, i64)]) -> PersonDay {
        let extensions = extensions.iter().map(|e| SiteExtension { site: 1, extension: (*e).into() });
        let stretches = parts.iter().map(|(state, from_ms, to_ms)| Stretch {
            state: *state,
            from_ms: *from_ms,
            to_ms: *to_ms,
        });
        PersonDay { extensions: extensions.collect(), stretches: stretches.collect(), ..PersonDay::default() }
    }

    fn pushed(extension: &str, state: AgentState, since_ms: i64) -> Person {
        Person { site: 1, extension: extension.into(), name: None, state, since_ms }
    }

    fn told(stretches: &[Stretch]) -> Vec<(AgentState, i64, i64)> {
        stretches.iter().map(|stretch| (stretch.state, stretch.from_ms, stretch.to_ms)).collect()
    }

    #[test]
    fn the_open_stretch_grows_by_the_clock() {
        let day = day(&["204"], &[(AgentState::Unknown, 0, 50), (AgentState::Idle, 50, 90)]);
        let grown = running(&day, &Heard::default(), 120, |_, _| None);
        assert_eq!(
            told(&grown),
            [(AgentState::Unknown, 0, 50), (AgentState::Idle, 50, 120)],
            "nothing was asked"
        );
    }

    #[test]
    fn pushes_go_on_where_the_answer_ends() {
        let day = day(&["204"], &[(AgentState::Idle, 0, 90)]);
        let mut heard = Heard::default();
        heard.take(&pushed("207", AgentState::Hold, 95));
        heard.take(&pushed("204", AgentState::Ringing, 100));
        heard.take(&pushed("204", AgentState::Talking, 104));
        assert_eq!(
            told(&running(&day, &heard, 120, |_, _| None)),
            [(AgentState::Idle, 0, 100), (AgentState::Ringing, 100, 104), (AgentState::Talking, 104, 120)],
            "in order, and of this person only"
        );
    }

    #[test]
    fn an_answer_takes_in_what_was_pushed_before_it_was_asked_for() {
        let mut heard = Heard::default();
        heard.take(&pushed("204", AgentState::Ringing, 100));
        heard.asked();
        heard.take(&pushed("204", AgentState::Talking, 104));
        heard.take(&pushed("204", AgentState::Hold, 110));
        heard.answered();
        let parts = [(AgentState::Ringing, 100, 104), (AgentState::Talking, 104, 105)];
        let told = told(&running(&day(&["204"], &parts), &heard, 120, |_, _| None));
        assert_eq!(
            told[1..],
            [(AgentState::Talking, 104, 110), (AgentState::Hold, 110, 120)],
            "what the answer has stands once, and what came after is not lost"
        );
    }

    #[test]
    fn of_two_phones_the_busier_one_counts() {
        let day = day(&["204", "304"], &[(AgentState::Idle, 0, 90)]);
        let mut heard = Heard::default();
        heard.take(&pushed("204", AgentState::Talking, 100));
        heard.take(&pushed("304", AgentState::Ringing, 105));
        heard.take(&pushed("204", AgentState::Idle, 110));
        let told = told(&running(&day, &heard, 120, |_, _| Some(AgentState::Idle)));
        assert_eq!(
            told[1..],
            [(AgentState::Talking, 100, 110), (AgentState::Ringing, 110, 120)],
            "ringing shows once the talking is over"
        );
    }
}
