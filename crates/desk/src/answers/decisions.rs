//! Decisions by hand: two calls joined, one parted, a decision taken back.

use crate::answer::Answer;
use crate::board::{Decided, Now};
use crate::desk::Desk;
use crate::recorder::Job;
use crate::trouble::{failure_of_store, invalid, not_found};
use crate::view;
use contract::Failure;
use contract::calls::CallRow;
use contract::decisions::{
    AskDecisions, AskNeighbours, Decided as Done, DecisionLine, JoinCalls, Part, PartCall, TakeBack,
};
use model::{At, Call, CallId, Decision, MatchMethod, SiteId};
use store::{CallFilter, CallSort, PageRequest};

/// How far around a call others are offered to be joined with it.
const NEIGHBOURS_MS: i64 = 15 * 60_000;
/// Calls looked at, and how many of them are offered.
const LOOKED_AT: u32 = 300;
const OFFERED: usize = 20;

impl Answer<JoinCalls> for Desk {
    async fn answer(&self, ask: JoinCalls) -> Result<Done, Failure> {
        let (first, second) = (self.ended_call(&ask.first).await?, self.ended_call(&ask.second).await?);
        if first.id == second.id {
            return Err(invalid("This is the same call. Choose another one to join it with."));
        }
        if first.site != second.site {
            return Err(invalid("The two calls are of different sites, so they cannot be one conversation."));
        }
        let decision = Decision::Join { first: first.id, second: second.id };
        self.decide(first.site, decision, &[first.id, second.id]).await
    }
}

impl Answer<PartCall> for Desk {
    async fn answer(&self, ask: PartCall) -> Result<Done, Failure> {
        let call = self.ended_call(&ask.id).await?;
        let decision = match ask.what {
            Part::Records => part_records(&call)?,
            Part::Related { other } => {
                let other = CallId::from_text(&other).ok_or_else(unknown_call)?;
                separate(&call, other)?
            }
        };
        self.decide(call.site, decision, &[call.id]).await
    }
}

fn part_records(call: &Call) -> Result<Decision, Failure> {
    if call.basis.matched.is_some_and(|matched| matched.method == MatchMethod::ByHand) {
        return Err(invalid("This call was joined by hand. Take that decision back instead."));
    }
    if call.basis.records.is_empty() || call.basis.devlink_facts == 0 {
        return Err(invalid("This call rests on one source alone, so there is nothing to part."));
    }
    Ok(Decision::Part { call: call.id, records: call.basis.records.clone() })
}

/// Either of the two may be the one that is shown.
fn separate(call: &Call, other: CallId) -> Result<Decision, Failure> {
    let related = call.related.iter().find(|related| related.id == other);
    match related.map(|related| related.relation.is_part()) {
        Some(true) => Ok(Decision::Separate { call: call.id, from: other }),
        Some(false) => Ok(Decision::Separate { call: other, from: call.id }),
        None => Err(invalid("The two calls do not belong together any more.")),
    }
}

impl Answer<TakeBack> for Desk {
    async fn answer(&self, ask: TakeBack) -> Result<Done, Failure> {
        let known = self.board().now().decisions.iter().find(|decided| decided.seq == ask.decision).cloned();
        let known = known.ok_or_else(|| not_found("This decision is not in the library."))?;
        if known.taken_back {
            return Err(invalid("This decision was taken back already."));
        }
        let ids: Vec<CallId> = known.calls.iter().map(|(id, _)| *id).collect();
        let site = self.site_of(ask.decision).await?;
        self.decide(site, Decision::TakeBack { decision: ask.decision }, &ids).await
    }
}

impl Answer<AskDecisions> for Desk {
    async fn answer(&self, _ask: AskDecisions) -> Result<Vec<DecisionLine>, Failure> {
        let at = self.clock().now();
        let now = self.board().now();
        Ok(now.decisions.iter().rev().map(|decided| line(&now, decided, at)).collect())
    }
}

impl Answer<AskNeighbours> for Desk {
    async fn answer(&self, ask: AskNeighbours) -> Result<Vec<CallRow>, Failure> {
        let call = self.ended_call(&ask.id).await?;
        let end = call.ended_at.unwrap_or(call.started_at);
        let request = PageRequest {
            filter: CallFilter {
                from: Some(call.started_at.plus_ms(-NEIGHBOURS_MS)),
                to: Some(end.plus_ms(NEIGHBOURS_MS)),
                sites: vec![call.site],
                ..CallFilter::default()
            },
            sort: CallSort::OldestFirst,
            after: None,
            limit: LOOKED_AT,
        };
        let mut calls = self.reader().calls(&request).await.map_err(failure_of_store)?.calls;
        calls.retain(|other| other.id != call.id && !other.is_live());
        let distance = |other: &Call| {
            let after = other.started_at - end;
            let before = call.started_at - other.ended_at.unwrap_or(other.started_at);
            after.max(before).max(0)
        };
        let same_number = |other: &Call| {
            call.external_number.is_some()
                && (call.external_number == other.external_number
                    || (call.external_e164.is_some() && call.external_e164 == other.external_e164))
        };
        calls.sort_by_key(|other| (!same_number(other), distance(other), other.id));
        calls.truncate(OFFERED);
        let at = self.clock().now();
        let now = self.board().now();
        Ok(calls.iter().map(|other| view::row(other, &now.names, at)).collect())
    }
}

/// What was decided about a call, those taken back included.
pub(crate) fn of_call(now: &Now, call: &Call, at: At) -> Vec<DecisionLine> {
    let about = |decided: &&Decided| {
        call.basis.decisions.contains(&decided.seq) || decided.calls.iter().any(|(id, _)| *id == call.id)
    };
    now.decisions.iter().filter(about).map(|decided| line(now, decided, at)).collect()
}

fn line(now: &Now, decided: &Decided, at: At) -> DecisionLine {
    let zone = now.office_zone();
    let time = |nth: usize| match decided.calls.get(nth) {
        Some((_, Some(began))) => format!("the call of {}", zone.clock_time(*began, at)),
        _ => "a call".to_owned(),
    };
    let says = match &decided.decision {
        Decision::Join { .. } => format!("By hand: {} and {} are one conversation.", time(0), time(1)),
        Decision::Part { .. } => format!("By hand: the SMDR records are not {}'s.", time(0)),
        Decision::Separate { .. } => {
            format!("By hand: {} counts by itself, apart from {}.", time(0), time(1))
        }
        Decision::TakeBack { .. } => String::new(),
    };
    DecisionLine {
        decision: decided.seq,
        at_ms: decided.at.0,
        says,
        calls: decided.calls.iter().map(|(id, _)| id.to_text()).collect(),
        taken_back: decided.taken_back,
    }
}

impl Desk {
    /// A call that is over: what still goes on may yet show by itself what belongs together.
    async fn ended_call(&self, id: &str) -> Result<Call, Failure> {
        let call = self.call(id).await?;
        if call.is_live() {
            return Err(invalid("This call is still going on. Wait until it has ended."));
        }
        Ok(call)
    }

    async fn site_of(&self, entry: i64) -> Result<SiteId, Failure> {
        let entry = self.reader().entry(entry).await.map_err(failure_of_store)?;
        Ok(entry.ok_or_else(|| not_found("This decision is not in the library."))?.site)
    }

    /// Gives the first of `ids` that is a call now.
    async fn decide(&self, site: SiteId, decision: Decision, ids: &[CallId]) -> Result<Done, Failure> {
        let gone = self.reader().journal_gone().await.map_err(failure_of_store)?;
        if ids.iter().any(|id| gone.has(*id)) {
            return Err(invalid(
                "This call is older than the journal, which is kept as long as Settings > Privacy says. It stays as it is.",
            ));
        }
        let seq = self.job(|reply| Job::Decide { site, decision, reply }).await?;
        let calls = self.reader().calls_by_id(ids).await.map_err(failure_of_store)?;
        let shown = ids.iter().find(|id| calls.iter().any(|call| call.id == **id));
        let id = shown.copied().ok_or_else(unknown_call)?;
        Ok(Done { decision: seq, id: id.to_text() })
    }
}

fn unknown_call() -> Failure {
    not_found("There is no call with this id in the library.")
}
