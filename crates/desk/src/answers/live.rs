//! Live: what goes on now, and each group's day so far.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use crate::view;
use contract::Failure;
use contract::live::{AskLive, GroupNow, Live, Person};
use model::{Call, EventKind, SiteId};
use std::collections::BTreeMap;
use store::{GroupFigures, Span};

/// Answered within this long counts for the service level, unless an office sets another.
pub(crate) const SERVICE_LEVEL_MS: i64 = 20_000;
/// An inbound call that nobody answered and that was over sooner counts apart.
pub(crate) const SHORT_ABANDON_MS: i64 = 5_000;

impl Answer<AskLive> for Desk {
    async fn answer(&self, _ask: AskLive) -> Result<Live, Failure> {
        self.settle().await?;
        let at = self.clock().now();
        let (from, to) = self.board().now().office_zone().day_of(at);
        let figures = self
            .reader()
            .group_figures(Span { from, to }, SERVICE_LEVEL_MS, SHORT_ABANDON_MS)
            .await
            .map_err(failure_of_store)?;
        let now = self.board().now();
        let mut calls: Vec<&Call> = now.calls.values().filter(|call| call.is_counted()).collect();
        calls.sort_by_key(|call| (call.started_at, call.id));
        let mut people: Vec<Person> = now
            .people
            .iter()
            .map(|((site, extension), status)| Person {
                site: site.0,
                extension: extension.clone(),
                name: now.names.extension(*site, extension).name,
                state: status.state,
                since_ms: status.since.0,
            })
            .collect();
        people.sort_by(|a, b| {
            (a.name.is_none(), &a.name, &a.extension).cmp(&(b.name.is_none(), &b.name, &b.extension))
        });
        let mut groups: BTreeMap<(SiteId, String), GroupNow> = BTreeMap::new();
        for site in now.active_sites() {
            for group in now.names.groups_of(site.settings.id) {
                groups.insert(
                    (site.settings.id, group.number.clone()),
                    empty(site.settings.id, group.number, group.name),
                );
            }
        }
        for figure in figures {
            let key = (figure.site, figure.number.clone());
            let name = now.names.group(figure.site, &figure.number).name;
            let group = groups.entry(key).or_insert_with(|| empty(figure.site, figure.number.clone(), name));
            add_figures(group, &figure);
        }
        for call in &calls {
            add_waiting(&mut groups, call);
        }
        let live =
            calls.iter().map(|call| now.marked(view::live_call(call, &now.names, at), call.id)).collect();
        Ok(Live { now_ms: at.0, calls: live, people, groups: groups.into_values().collect() })
    }
}

fn empty(site: SiteId, number: String, name: Option<String>) -> GroupNow {
    GroupNow {
        site: site.0,
        number,
        name,
        waiting: 0,
        longest_since_ms: None,
        answered_today: 0,
        abandoned_today: 0,
        service_level: None,
    }
}

fn add_figures(group: &mut GroupNow, figures: &GroupFigures) {
    group.answered_today = figures.answered;
    group.abandoned_today = figures.abandoned;
    if figures.offered > 0 {
        group.service_level = Some(f64::from(figures.within_service_level) / f64::from(figures.offered));
    }
}

/// A caller in the queue, or whose group's phones ring, is waiting.
fn add_waiting(groups: &mut BTreeMap<(SiteId, String), GroupNow>, call: &Call) {
    let Some(last) = call.events.iter().rfind(|event| !event.beside && event.ended_at.is_none()) else {
        return;
    };
    if !matches!(last.kind, EventKind::Queue | EventKind::Ringing) {
        return;
    }
    let Some(number) = &last.group else { return };
    let Some(group) = groups.get_mut(&(call.site, number.clone())) else { return };
    group.waiting += 1;
    let since = call
        .events
        .iter()
        .find(|event| event.group.as_ref() == Some(number))
        .map_or(call.started_at.0, |event| event.started_at.0);
    group.longest_since_ms = Some(group.longest_since_ms.map_or(since, |known| known.min(since)));
}
