//! The call list and one call opened.

use crate::answer::Answer;
use crate::answers::decisions;
use crate::desk::Desk;
use crate::joined::ids_of;
use crate::trouble::{failure_of_store, not_found};
use crate::view;
use contract::Failure;
use contract::calls::{
    AskCall, AskCalls, AskTotals, BasisView, CallFilter, CallPage, CallSort, CallTotals, CallView, RecordLine,
};
use model::figures::Figures;
use model::{At, Call, CallId};
use store::{NumberFilter, PageRequest};

impl Answer<AskCalls> for Desk {
    async fn answer(&self, ask: AskCalls) -> Result<CallPage, Failure> {
        self.settle().await?;
        let request = PageRequest {
            filter: self.filter(ask.filter).await?,
            sort: sort(ask.sort),
            after: ask.after,
            limit: ask.limit.clamp(1, 500),
        };
        let page = self.reader().calls(&request).await.map_err(failure_of_store)?;
        Ok(CallPage { rows: self.call_rows(&page.calls).await?, next: page.next })
    }
}

impl Answer<AskTotals> for Desk {
    async fn answer(&self, ask: AskTotals) -> Result<CallTotals, Failure> {
        self.settle().await?;
        let totals = self.filter(ask.filter).await?;
        let totals = self.reader().totals(&totals).await.map_err(failure_of_store)?;
        Ok(CallTotals {
            calls: totals.calls,
            answered: totals.answered,
            abandoned: totals.abandoned,
            mean_wait_ms: totals.mean_wait_ms,
        })
    }
}

impl Answer<AskCall> for Desk {
    async fn answer(&self, ask: AskCall) -> Result<CallView, Failure> {
        let call = self.call(&ask.id).await?;
        let records = self.record_lines(&call).await?;
        let related = self.related_calls(&call).await?;
        let cost = self.cost_of(&call).await?;
        let ids = ids_of(self.reader(), &call).await?;
        let recordings = self.recordings_of_calls(&with_parts(&ids, &call)).await?;
        let notes = self.notes_of_calls(&ids).await?;
        let scores = self.scores_of_calls(&ids).await?;
        let mut rows = self.call_rows(std::slice::from_ref(&call)).await?;
        let row = rows.pop().ok_or_else(unknown_call)?;
        let at = self.clock().now();
        let figures = Figures::of(&call, at);
        let now = self.board().now();
        Ok(CallView {
            row,
            site_name: now.site_name(call.site),
            dialed_number: call.dialed_number.clone(),
            trunk: call.trunk.as_deref().map(|trunk| now.names.trunk(call.site, trunk)),
            account_code: call.account_code.clone(),
            charge: call.charge_ten_thousandths,
            cost,
            ending: call.ending,
            talk_ms: figures.talk_ms,
            ring_ms: figures.ring_ms,
            hold_ms: figures.hold_ms,
            queue_ms: figures.queue_ms,
            park_ms: figures.park_ms,
            total_ms: figures.total_ms,
            spans: view::spans(&call, &now.names),
            events: view::event_lines(&call, &now.names),
            related: view::related(&call, &related, &now.names, &now.office_zone(), at),
            basis: BasisView {
                devlink_events: call.basis.devlink_facts,
                legs: call
                    .basis
                    .legs
                    .iter()
                    .map(|leg| format!("call {} on {}", leg.call, leg.node.address()))
                    .collect(),
                records,
                method: call.basis.matched.map(|matched| matched.method),
                confidence: call.basis.matched.map(|matched| matched.confidence),
                clock_ahead_ms: call
                    .basis
                    .matched
                    .map(|matched| matched.clock_ahead_ms)
                    .filter(|ahead| *ahead != 0),
            },
            decisions: decisions::of_call(&now, &call, at),
            recordings,
            notes,
            scores,
        })
    }
}

/// What was said during a consultation, to a mobile twin or on a conference leg was said during this call, and is heard on
/// its axis.
fn with_parts(ids: &[CallId], call: &Call) -> Vec<CallId> {
    let parts = call.related.iter().filter(|related| related.relation.opposite().is_part());
    ids.iter().copied().chain(parts.map(|related| related.id)).collect()
}

impl Desk {
    /// A call with everything known of it: one in progress as it is this moment.
    pub async fn call(&self, id: &str) -> Result<Call, Failure> {
        let id = CallId::from_text(id).ok_or_else(unknown_call)?;
        if let Some(call) = self.board().now().calls.get(&id) {
            return Ok(call.clone());
        }
        self.settle().await?;
        self.reader().call(id).await.map_err(failure_of_store)?.ok_or_else(unknown_call)
    }

    /// Those of the calls that belong with it that are in the library, or in progress.
    async fn related_calls(&self, call: &Call) -> Result<Vec<Call>, Failure> {
        if call.related.is_empty() {
            return Ok(Vec::new());
        }
        let mut calls: Vec<Call> = {
            let now = self.board().now();
            call.related.iter().filter_map(|related| now.calls.get(&related.id).cloned()).collect()
        };
        let ended: Vec<CallId> = call.related.iter().map(|related| related.id).collect();
        calls.extend(self.reader().calls_by_id(&ended).await.map_err(failure_of_store)?);
        Ok(calls)
    }

    /// A number that was typed is looked for by what it may mean where the sites are.
    async fn filter(&self, filter: CallFilter) -> Result<store::CallFilter, Failure> {
        let mut filter = self::filter(filter);
        if filter.noted || filter.recorded || filter.tag.is_some() || filter.text.is_some() {
            filter.joined = self.joined().await?;
        }
        if let Some(NumberFilter::Anywhere(text)) = filter.number.take() {
            let begins = self.board().now().names.beginnings(&text);
            filter.number = Some(NumberFilter::Typed { text, begins });
        }
        Ok(filter)
    }

    /// The SMDR rows a call rests on, as they came.
    async fn record_lines(&self, call: &Call) -> Result<Vec<RecordLine>, Failure> {
        let mut lines = Vec::new();
        for record in &call.basis.records {
            let Some(entry) = self.reader().entry(record.position.seq).await.map_err(failure_of_store)?
            else {
                continue;
            };
            let line = entry
                .bytes
                .split(|byte| *byte == b'\n')
                .nth(record.position.index as usize)
                .unwrap_or_default();
            let text = smdr::encoding::text(line).trim_matches(['\r', '\0', ' ']).to_owned();
            lines.push(RecordLine { call_id: record.call_id, text });
        }
        Ok(lines)
    }
}

pub(crate) fn unknown_call() -> Failure {
    not_found("There is no call with this id in the library.")
}

pub(crate) fn filter(filter: CallFilter) -> store::CallFilter {
    let filled =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    store::CallFilter {
        from: filter.from_ms.map(At),
        to: filter.to_ms.map(At),
        sites: Vec::new(),
        direction: filter.direction,
        number: filled(filter.number).map(NumberFilter::Anywhere),
        agent: filled(filter.agent),
        group: filled(filter.group),
        text: filled(filter.text),
        answered: filter.answered,
        abandoned: filter.abandoned,
        missed: filter.missed,
        voicemail: filter.voicemail,
        min_ms: filter.min_seconds.map(|seconds| i64::from(seconds) * 1000),
        recorded: filter.recorded,
        noted: filter.noted,
        tag: filled(filter.tag),
        joined: Vec::new(),
    }
}

pub(crate) fn sort(sort: CallSort) -> store::CallSort {
    match sort {
        CallSort::NewestFirst => store::CallSort::NewestFirst,
        CallSort::OldestFirst => store::CallSort::OldestFirst,
        CallSort::LongestFirst => store::CallSort::LongestFirst,
        CallSort::ShortestFirst => store::CallSort::ShortestFirst,
    }
}
