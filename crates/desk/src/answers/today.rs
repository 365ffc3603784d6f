//! Today beside what is usual for the weekday.

use crate::answer::Answer;
use crate::answers::live::SHORT_ABANDON_MS;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use crate::view;
use contract::Failure;
use contract::today::{AskToday, DayFigures, NotCalledBack, Quarter, Today};
use model::At;
use std::collections::BTreeMap;
use store::{DayCounts, QuarterCounts, Span};

/// Weeks that say what is usual: two months, so that a holiday weighs little and last year nothing.
const WEEKS: i64 = 8;
const LISTED: u32 = 20;
const QUARTER_MS: i64 = 15 * 60_000;

impl Answer<AskToday> for Desk {
    async fn answer(&self, _ask: AskToday) -> Result<Today, Failure> {
        self.settle().await?;
        let now = self.clock().now();
        let zone = self.board().now().office_zone();
        let (day_start, day_end) = zone.day_of(now);
        let weeks: Vec<(At, At, At)> = (1..=WEEKS).map(|week| zone.weeks_before(now, week)).collect();
        let mut spans = vec![Span { from: day_start, to: day_end }];
        spans.extend(weeks.iter().map(|&(from, _, same_time)| Span { from, to: same_time }));
        spans.extend(weeks.iter().map(|&(from, to, _)| Span { from, to }));
        let counts = self.reader().day_counts(&spans, SHORT_ABANDON_MS).await.map_err(failure_of_store)?;
        let weeks_count = weeks.len();
        // A day without any call was no working day and says nothing of what is usual.
        let worked: Vec<usize> = (0..weeks_count)
            .filter(|week| {
                counts.get(1 + weeks_count + week).is_some_and(|day| day.inbound + day.outbound > 0)
            })
            .collect();
        let so_far = counts.first().map(|day| figures(day, 1.0)).unwrap_or_default();
        let by_now: Vec<&DayCounts> = worked.iter().filter_map(|week| counts.get(1 + week)).collect();
        let usual = (!by_now.is_empty()).then(|| mean(&by_now));

        let mut day_spans = vec![Span { from: day_start, to: day_end }];
        day_spans.extend(worked.iter().map(|&week| Span { from: weeks[week].0, to: weeks[week].1 }));
        let quarters =
            self.reader().quarter_counts(&day_spans, SHORT_ABANDON_MS).await.map_err(failure_of_store)?;
        let quarters = quarters_of_day(day_start, &quarters, &day_spans);

        let list = self
            .reader()
            .not_called_back(Span { from: day_start, to: day_end }, SHORT_ABANDON_MS, LISTED)
            .await
            .map_err(failure_of_store)?;
        let board = self.board().now();
        let not_called_back: Vec<NotCalledBack> = list
            .callers
            .iter()
            .map(|caller| NotCalledBack {
                call: view::row(&caller.call, &board.names, now),
                waited_ms: caller.waited_ms,
                times: caller.times,
            })
            .collect();
        let beyond = list.total.saturating_sub(u32::try_from(not_called_back.len()).unwrap_or(u32::MAX));
        Ok(Today {
            now_ms: now.0,
            day_start_ms: day_start.0,
            day_end_ms: day_end.0,
            so_far,
            usual,
            usual_days: u32::try_from(by_now.len()).unwrap_or(0),
            quarters,
            not_called_back,
            not_called_back_total: beyond,
        })
    }
}

fn mean(days: &[&DayCounts]) -> DayFigures {
    let sum = days.iter().fold(DayCounts::default(), |mut sum, day| {
        sum.inbound += day.inbound;
        sum.outbound += day.outbound;
        sum.answered += day.answered;
        sum.abandoned += day.abandoned;
        sum.short_abandons += day.short_abandons;
        sum.abandoned_on_hold += day.abandoned_on_hold;
        sum.waited_ms += day.waited_ms;
        sum.waits += day.waits;
        sum
    });
    figures(&sum, days.len() as f64)
}

/// Rates and means are over all calls of the days together, not means of means.
fn figures(counts: &DayCounts, days: f64) -> DayFigures {
    let offered = counts.answered + counts.abandoned - counts.abandoned_on_hold;
    DayFigures {
        inbound: counts.inbound as f64 / days,
        outbound: counts.outbound as f64 / days,
        answered: counts.answered as f64 / days,
        abandoned: counts.abandoned as f64 / days,
        short_abandons: counts.short_abandons as f64 / days,
        answer_rate: (offered > 0).then(|| counts.answered as f64 / offered as f64),
        mean_wait_ms: (counts.waits > 0).then(|| counts.waited_ms as f64 / counts.waits as f64),
    }
}

/// Today's quarter hours and, by how far into the day they are, the mean of the other days'.
fn quarters_of_day(day_start: At, counted: &[Vec<QuarterCounts>], spans: &[Span]) -> Vec<Quarter> {
    let place = |quarter: &QuarterCounts, from: At| quarter.start_at.ms_since(from) / QUARTER_MS;
    let today: BTreeMap<i64, &QuarterCounts> =
        counted.first().into_iter().flatten().map(|quarter| (place(quarter, day_start), quarter)).collect();
    let days = spans.len().saturating_sub(1);
    let mut usual: BTreeMap<i64, f64> = BTreeMap::new();
    for (quarters, span) in counted.iter().zip(spans).skip(1) {
        for quarter in quarters {
            let calls = quarter.answered + quarter.abandoned + quarter.other + quarter.short_abandons;
            *usual.entry(place(quarter, span.from)).or_default() += f64::from(calls) / days as f64;
        }
    }
    let first = today.keys().chain(usual.keys()).min().copied();
    let last = today.keys().chain(usual.keys()).max().copied();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    (first..=last)
        .map(|place| {
            let quarter = today.get(&place);
            Quarter {
                start_ms: day_start.plus_ms(place * QUARTER_MS).0,
                answered: quarter.map_or(0, |quarter| quarter.answered),
                abandoned: quarter.map_or(0, |quarter| quarter.abandoned),
                other: quarter.map_or(0, |quarter| quarter.other + quarter.short_abandons),
                usual: (days > 0).then(|| usual.get(&place).copied().unwrap_or(0.0)),
            }
        })
        .collect()
}
