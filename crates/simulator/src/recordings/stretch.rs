//! Which stretches of a call are recorded.

use super::turns::turns;
use super::{By, Codec, Naming, Recorded, Run};
use contract::published::{Call, Event};
use model::{At, EventKind};

/// Two events of one person so close together are one stay in the call.
const TOGETHER_MS: i64 = 1_500;
/// What is shorter than this leaves no file.
const SHORTEST_MS: i64 = 400;
/// Voicemail Pro's limit.
const LONGEST_MS: i64 = 60 * 60_000;
/// A group's recording begins so much earlier than the user's.
const GROUP_FIRST_MS: i64 = 180;

/// One person in a call, from the first word to the last.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) by: By,
    extension: String,
    group: Option<String>,
    party: Option<String>,
    /// When the tape ran.
    runs: Vec<(At, At)>,
}

/// Users' in order of their starts, each followed by its group's.
pub(super) fn stretches(call: &Call) -> Vec<Stretch> {
    let mut extensions: Vec<&str> = Vec::new();
    for event in call.events.iter().filter(|event| is_talk(event.kind)) {
        if let Some(agent) = event.agent.as_deref().filter(|agent| !extensions.contains(agent)) {
            extensions.push(agent);
        }
    }
    let mut found: Vec<Stretch> =
        extensions.into_iter().flat_map(|extension| stays(call, extension)).collect();
    found.retain(|stretch| stretch.length_ms() >= SHORTEST_MS);
    found.sort_by_key(|stretch| stretch.runs.first().map(|(from, _)| *from));
    found
        .into_iter()
        .flat_map(|stretch| [stretch.of_group(), Some(stretch)].into_iter().flatten().rev())
        .collect()
}

/// A person may leave a call and come back into it.
fn stays(call: &Call, extension: &str) -> Vec<Stretch> {
    let mut events: Vec<(At, At, &Event)> = call
        .events
        .iter()
        .filter(|event| event.agent.as_deref() == Some(extension))
        .filter(|event| is_talk(event.kind) || is_pause(event.kind))
        .filter_map(|event| {
            let from = instant(&event.started_at)?;
            Some((from, from.plus_ms((event.duration_s * 1_000.0).round() as i64), event))
        })
        .collect();
    events.sort_by_key(|(from, ..)| *from);
    let mut stays: Vec<Stretch> = Vec::new();
    let mut until = None;
    for (from, to, event) in events {
        let goes_on = until.is_some_and(|until| from - until <= TOGETHER_MS);
        until = Some(until.filter(|until| goes_on && *until > to).unwrap_or(to));
        if is_pause(event.kind) {
            continue;
        }
        match stays.last_mut().filter(|_| goes_on) {
            Some(stay) => stay.add(from, to, event),
            None => stays.push(Stretch::begin(extension, from, to, event)),
        }
    }
    stays
}

fn is_talk(kind: EventKind) -> bool {
    matches!(kind, EventKind::Talking | EventKind::Conference)
}

fn is_pause(kind: EventKind) -> bool {
    matches!(kind, EventKind::Hold | EventKind::TransferHold | EventKind::Park)
}

impl Stretch {
    fn begin(extension: &str, from: At, to: At, event: &Event) -> Self {
        Self {
            by: By::User,
            extension: extension.to_owned(),
            group: event.group.clone(),
            party: event.party.clone(),
            runs: vec![(from, to)],
        }
    }

    fn add(&mut self, from: At, to: At, event: &Event) {
        self.group = self.group.take().or_else(|| event.group.clone());
        match self.runs.last_mut() {
            Some((_, until)) if from - *until <= 0 => *until = (*until).max(to),
            Some(_) | None => self.runs.push((from, to)),
        }
    }

    fn length_ms(&self) -> i64 {
        self.runs.iter().map(|(from, to)| *to - *from).sum()
    }

    fn of_group(&self) -> Option<Self> {
        self.group.as_ref()?;
        let mut runs = self.runs.clone();
        if let Some((from, _)) = runs.first_mut() {
            *from = from.plus_ms(-GROUP_FIRST_MS);
        }
        Some(Self {
            by: By::Group,
            extension: self.extension.clone(),
            group: self.group.clone(),
            party: self.party.clone(),
            runs,
        })
    }

    pub(super) fn recorded(
        self,
        call: &Call,
        naming: Naming,
        codec: Codec,
        channels: u8,
        voice_seed: u64,
    ) -> Recorded {
        let started_at = self.runs.first().map_or(At(0), |(from, _)| *from);
        let mut left = LONGEST_MS;
        let mut runs = Vec::new();
        for (from, to) in &self.runs {
            let length = (*to - *from).min(left);
            left -= length;
            if length > 0 {
                let from_ms = whole(*from - started_at);
                runs.push(Run { from_ms, to_ms: from_ms + whole(length) });
            }
        }
        let length_ms = runs.iter().map(|run| run.to_ms - run.from_ms).sum();
        let ended_at = runs.last().map_or(started_at, |run| started_at.plus_ms(run.to_ms as i64));
        Recorded {
            file_name: String::new(),
            side_file: None,
            call: call.id.clone(),
            by: self.by,
            started_at,
            ended_at,
            runs,
            length_ms,
            extension: self.extension,
            group: self.group.filter(|_| self.by == By::Group),
            number: call.external_number.clone().or(self.party).filter(|number| !number.is_empty()),
            direction: call.direction,
            naming,
            codec,
            channels,
            turns: turns(voice_seed, length_ms),
            voice_seed,
        }
    }
}

pub(super) fn instant(text: &str) -> Option<At> {
    text.parse::<jiff::Timestamp>().ok().map(|timestamp| At(timestamp.as_millisecond()))
}

fn whole(ms: i64) -> u64 {
    u64::try_from(ms).unwrap_or(0)
}
