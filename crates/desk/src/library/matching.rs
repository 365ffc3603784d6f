//! Which call each recording belongs to: looked through again when recordings come in, when calls end or change, and as a
//! whole after a rebuild. What was decided by hand stays.

use crate::desk::{Desk, WeakDesk};
use crate::happening::Happening;
use crate::library::facts::{Facts, towards};
use crate::trouble::failure_of_store;
use contract::Failure;
use model::figures::{agents, groups};
use model::{At, Call, CallId, RecordingMatch, SiteId};
use recordings::matching::{AROUND_MS, Heard, Matched, StartedBy, assign};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{MatchDecision, MatchWrite, Recording, RecordingSays};
use tokio::sync::Notify;

/// Recordings come in by the dozen, and calls change some times before they are over.
const DEBOUNCE: Duration = Duration::from_millis(700);
/// Looked through at once: so many recordings, with the calls of their time, are held in memory.
const SPAN_MS: i64 = 6 * 3_600_000;
/// Rows written in one transaction: live work gets its turn between two.
const WRITTEN_AT_ONCE: usize = 100;

#[derive(Default)]
pub(crate) struct Matching {
    due: Mutex<Due>,
    woken: Arc<Notify>,
    /// Held by the one who matches.
    matching: tokio::sync::Mutex<()>,
}

/// Times in which something changed.
#[derive(Debug, Default)]
struct Due {
    all: bool,
    spans: Vec<(At, At)>,
}

impl Matching {
    fn due_now(&self) -> MutexGuard<'_, Due> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A recording came that began then.
    pub(crate) fn due(&self, at: At) {
        self.due_in(at, at.plus_ms(1));
    }

    /// Something changed among the calls of a time.
    pub(crate) fn due_in(&self, from: At, to: At) {
        self.due_now().spans.push((from, to));
        self.woken.notify_one();
    }

    pub(crate) fn all_due(&self) {
        self.due_now().all = true;
        self.woken.notify_one();
    }

    /// Lets whoever waits see that the desk is closed.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    fn take(&self) -> Due {
        std::mem::take(&mut *self.due_now())
    }
}

impl Desk {
    /// Follows calls and recordings until the desk is closed.
    pub(crate) fn start_matching(&self) {
        let weak = self.weak();
        let mut happenings = self.happenings();
        tokio::spawn(async move {
            while let Some(happening) = happenings.next().await {
                let Some(desk) = weak.upgrade() else { return };
                let matching = &desk.library().matching;
                match happening.as_ref() {
                    Happening::Call(call) if !call.is_live() => {
                        matching.due_in(call.started_at, call.ended_at.unwrap_or(call.started_at));
                    }
                    // When it was is not told: the recordings that had it tell.
                    Happening::CallGone(call) => desk.free_recordings_of_gone_call(*call).await,
                    Happening::Much => matching.all_due(),
                    _ => {}
                }
            }
        });
        tokio::spawn(keep_matching(self.weak()));
    }

    /// Matches what is due, now.
    pub(crate) async fn match_what_is_due(&self) -> Result<(), Failure> {
        let matching = &self.library().matching;
        let _one_at_a_time = matching.matching.lock().await;
        let due = matching.take();
        let spans = if due.all { self.span_of_all().await? } else { due.spans };
        if spans.is_empty() {
            return Ok(());
        }
        self.settle().await?;
        let mut changed = 0;
        for (from, to) in joined(spans) {
            let mut at = from;
            while let Some(next) = self.reader().next_recording_from(at).await.map_err(failure_of_store)? {
                if next >= to {
                    break;
                }
                at = next.plus_ms(SPAN_MS).min(to);
                changed += self.match_between(next, at).await?;
            }
        }
        if changed > 0 {
            self.happen(Happening::Recordings);
            self.tell_intake().await;
        }
        Ok(())
    }

    /// Every recording's time, for a whole look.
    async fn span_of_all(&self) -> Result<Vec<(At, At)>, Failure> {
        let span = self.reader().span_of_recordings().await.map_err(failure_of_store)?;
        Ok(span
            .into_iter()
            .map(|(first, last)| (first.plus_ms(-AROUND_MS), last.plus_ms(AROUND_MS)))
            .collect())
    }

    /// Recordings that began in a time. Those around it are looked at too, because they compete for the same calls.
    async fn match_between(&self, from: At, to: At) -> Result<usize, Failure> {
        let (around_from, around_to) = (from.plus_ms(-AROUND_MS), to.plus_ms(AROUND_MS));
        let recordings =
            self.reader().recordings_to_match(around_from, around_to).await.map_err(failure_of_store)?;
        let last = recordings.iter().map(|one| one.started_at.plus_ms(one.length_ms)).max();
        let calls_to = last.unwrap_or(around_to).plus_ms(AROUND_MS);
        let calls = self
            .reader()
            .calls_going_on(around_from.plus_ms(-AROUND_MS), calls_to)
            .await
            .map_err(failure_of_store)?;
        let now = self.clock().now();
        let matched = tokio::task::spawn_blocking(move || {
            let mut recordings = recordings;
            let groups = Groups::of(&calls);
            recordings.iter_mut().for_each(|one| groups.settle(&mut one.says));
            let heard: Vec<Heard> = recordings.iter().map(heard).collect();
            let matched = assign(&heard, &calls, now);
            (recordings, calls, matched)
        });
        let Ok((recordings, calls, matched)) = matched.await else { return Ok(0) };
        let mut writes = Vec::new();
        for (recording, matched) in recordings.iter().zip(matched) {
            // Those at the rim have rivals that were not looked at.
            let within = recording.started_at >= from && recording.started_at < to;
            if !within {
                continue;
            }
            let call = matched.as_ref().and_then(|matched| calls.iter().find(|call| call.id == matched.call));
            let write = self.of_match(recording, matched.as_ref(), call);
            if !same(recording, &write) {
                writes.push(write);
            }
        }
        let mut changed = 0;
        for some in writes.chunks(WRITTEN_AT_ONCE) {
            let written = self
                .hand()
                .match_recordings(MatchDecision::Rules, some, &[])
                .await
                .map_err(failure_of_store)?;
            changed += written.len();
            self.library().retagging.due(written);
        }
        Ok(changed)
    }

    /// What a recording has of its call; without one, what its name says.
    pub(crate) fn of_match(
        &self,
        recording: &Recording,
        matched: Option<&Matched>,
        call: Option<&Call>,
    ) -> MatchWrite {
        let says = &recording.says;
        let Some(call) = call else {
            return MatchWrite {
                id: recording.id,
                direction: says.direction,
                number: says.number.clone(),
                number_key: self.number_key(recording.site, says.number.as_deref()),
                name: self.outside_name(recording, &[]),
                group: says.group.clone(),
                people: says.extension.iter().cloned().collect(),
                ..MatchWrite::default()
            };
        };
        let number = call.external_number.clone();
        let key = call.external_e164.clone();
        // The group whose recording it is; else the last one that the call saw before it was recorded.
        let group = says.group.clone().or_else(|| groups(call).last().map(|group| (*group).to_owned()));
        let people: Vec<String> = match &says.extension {
            Some(extension) => vec![extension.clone()],
            None => agents(call).into_iter().map(str::to_owned).collect(),
        };
        MatchWrite {
            id: recording.id,
            call: Some(call.id),
            matched: matched.map_or(RecordingMatch::ByHand, |matched| matched.method),
            confidence: matched.map(|matched| matched.confidence),
            reasons: matched.map(|matched| matched.reasons.clone()).unwrap_or_default(),
            direction: Some(call.direction),
            number_key: key.or_else(|| self.number_key(recording.site, number.as_deref())),
            number,
            name: call.external_name.clone().or_else(|| self.outside_name(recording, &people)),
            group,
            people,
        }
    }

    /// The name that came with the file, unless it is that of a person of the office: recorders name either.
    fn outside_name(&self, recording: &Recording, people: &[String]) -> Option<String> {
        let says = &recording.says;
        let now = self.board().now();
        let is_of = |extension: &String| {
            let known = now.names.extension_at(recording.site, extension, recording.started_at);
            known.name.is_some() && known.name == says.name
        };
        let inside = says.extension.iter().chain(people).any(is_of);
        says.name.clone().filter(|_| !inside)
    }

    /// The call that one recording seems to belong to, looked at by itself.
    pub(crate) async fn call_of(
        &self,
        site: SiteId,
        source: Option<i64>,
        facts: &Facts,
        length_ms: i64,
    ) -> Result<Option<Call>, Failure> {
        let from = facts.started_at.plus_ms(-AROUND_MS);
        let to = facts.started_at.plus_ms(length_ms + AROUND_MS);
        let calls = self.reader().calls_going_on(from, to).await.map_err(failure_of_store)?;
        let mut says = facts.says.clone();
        Groups::of(&calls).settle(&mut says);
        let heard = heard_by(site, source, (facts.started_at, facts.started_by), length_ms, &says);
        let matched = assign(&[heard], &calls, self.clock().now()).pop().flatten();
        Ok(matched.and_then(|matched| calls.into_iter().find(|call| call.id == matched.call)))
    }

    /// A call that is gone leaves its recordings to be matched anew.
    async fn free_recordings_of_gone_call(&self, call: CallId) {
        if self.settle().await.is_err() {
            return;
        }
        match self.reader().recordings_of_gone_call(call).await {
            Ok(times) => {
                for at in times {
                    self.library().matching.due(at);
                }
            }
            Err(error) => tracing::warn!(%error, "recordings of a call that is gone could not be found"),
        }
    }
}

/// The groups of some calls: a file name does not say whether the number in it is a person's or a group's.
#[derive(Default)]
pub(crate) struct Groups {
    numbers: HashSet<String>,
}

impl Groups {
    pub(crate) fn of(calls: &[Call]) -> Self {
        let events = || calls.iter().flat_map(|call| &call.events);
        let agents: HashSet<&str> = events().filter_map(|event| event.agent.as_deref()).collect();
        let numbers = events().filter_map(|event| event.group.as_deref());
        Self { numbers: numbers.filter(|group| !agents.contains(group)).map(str::to_owned).collect() }
    }

    pub(crate) fn settle(&self, says: &mut RecordingSays) {
        if says.group.is_none() && says.extension.as_ref().is_some_and(|number| self.numbers.contains(number))
        {
            says.group = says.extension.take();
        }
    }
}

async fn keep_matching(weak: WeakDesk) {
    let Some(woken) = weak.upgrade().map(|desk| Arc::clone(&desk.library().matching.woken)) else { return };
    loop {
        woken.notified().await;
        tokio::time::sleep(DEBOUNCE).await;
        let Some(desk) = weak.upgrade() else { return };
        if desk.library().intake.cancel.is_cancelled() {
            return;
        }
        if let Err(failure) = desk.match_what_is_due().await {
            tracing::warn!(message = failure.message, "recordings could not be matched");
        }
    }
}

/// What is known of a recording for matching it.
pub(crate) fn heard(recording: &Recording) -> Heard {
    let started = (recording.started_at, recording.started_by);
    heard_by(recording.site, recording.source, started, recording.length_ms, &recording.says)
}

fn heard_by(
    site: SiteId,
    source: Option<i64>,
    (started_at, started_by): (At, store::StartedBy),
    length_ms: i64,
    says: &RecordingSays,
) -> Heard {
    Heard {
        site,
        source,
        started_at,
        started_by: match started_by {
            store::StartedBy::FileName => StartedBy::Name,
            store::StartedBy::SideFile => StartedBy::SideFile,
            store::StartedBy::FileTime => StartedBy::FileTime,
        },
        length_ms,
        extension: says.extension.clone(),
        number: says.number.clone(),
        group: says.group.clone(),
        call_id: says.call_id.clone(),
        towards: says.direction.map(towards),
    }
}

/// Whether a row says already what is to be written.
fn same(row: &Recording, write: &MatchWrite) -> bool {
    let close = |a: Option<f32>, b: Option<f32>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 0.001,
        (a, b) => a.is_none() && b.is_none(),
    };
    row.call == write.call
        && row.matched == write.matched
        && close(row.confidence, write.confidence)
        && row.reasons == write.reasons
        && row.direction == write.direction
        && row.number == write.number
        && row.number_key == write.number_key
        && row.name == write.name
        && row.group == write.group
}

/// Spans that touch are one.
fn joined(mut spans: Vec<(At, At)>) -> Vec<(At, At)> {
    for span in &mut spans {
        *span = (span.0.plus_ms(-AROUND_MS), span.1.plus_ms(AROUND_MS));
    }
    spans.sort_unstable();
    let mut joined: Vec<(At, At)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
