//! The form of a rate table as its parts see it: each line a signal of its own, so that typing into one of a thousand
//! rates draws one line anew.

use crate::state::rates_draft::{BandDraft, Column, Complaint, HeadDraft, Place, RateDraft, table};
use contract::rates::{Rate, RateTable};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct RatesForm {
    pub head: RwSignal<HeadDraft>,
    pub bands: RwSignal<Vec<Line<BandDraft>>>,
    pub rates: RwSignal<Vec<Line<RateDraft>>>,
    pub complaints: RwSignal<Vec<(Spot, String)>>,
    next_key: StoredValue<u32>,
}

/// A line with a key that stays while others come and go.
#[derive(Clone)]
pub struct Line<T: Send + Sync + 'static> {
    pub key: u32,
    pub draft: ArcRwSignal<T>,
}

/// Where something is wrong; lines by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    Name,
    Currency,
    Rates,
    Band(u32),
    Rate(u32, Column),
}

impl RatesForm {
    pub fn of(stored: &RateTable) -> Self {
        let form = Self {
            head: RwSignal::new(HeadDraft::of(stored)),
            bands: RwSignal::new(Vec::new()),
            rates: RwSignal::new(Vec::new()),
            complaints: RwSignal::new(Vec::new()),
            next_key: StoredValue::new(0),
        };
        for band in &stored.bands {
            form.add_band(BandDraft::of(band));
        }
        form.add_rates(&stored.rates);
        if stored.rates.is_empty() {
            form.add_rate(RateDraft::default());
        }
        form
    }

    pub fn add_band(self, band: BandDraft) {
        let line = self.line(band);
        self.bands.update(|bands| bands.push(line));
    }

    pub fn add_rate(self, rate: RateDraft) {
        let line = self.line(rate);
        self.rates.update(|rates| rates.push(line));
    }

    /// After those that are there; lines into which nothing was typed make room.
    pub fn add_rates(self, rates: &[Rate]) {
        let lines: Vec<_> = rates.iter().map(|rate| self.line(RateDraft::of(rate))).collect();
        self.rates.update(|known| {
            known.retain(|line| !line.draft.with_untracked(RateDraft::is_blank));
            known.extend(lines);
        });
    }

    pub fn complaint(self, spot: Spot) -> Option<String> {
        self.complaints.with(|all| all.iter().find(|(at, _)| *at == spot).map(|(_, says)| says.clone()))
    }

    /// What was just changed is judged anew when one saves.
    pub fn forgive(self, spot: Spot) {
        if self.complaints.with_untracked(|all| all.iter().any(|(at, _)| *at == spot)) {
            self.complaints.update(|all| all.retain(|(at, _)| *at != spot));
        }
    }

    /// The table as typed; `None` when something is wrong, which then stands in `complaints`.
    pub fn checked(self) -> Option<RateTable> {
        let bands: Vec<BandDraft> = self.bands.with_untracked(|bands| plain(bands));
        let rates: Vec<RateDraft> = self.rates.with_untracked(|rates| plain(rates));
        match self.head.with_untracked(|head| table(head, &bands, &rates)) {
            Ok(table) => {
                self.complaints.set(Vec::new());
                Some(table)
            }
            Err(complaints) => {
                let placed = complaints.into_iter().map(|complaint| self.placed(complaint)).collect();
                self.complaints.set(placed);
                None
            }
        }
    }

    fn placed(self, complaint: Complaint) -> (Spot, String) {
        let band_key =
            |at: usize| self.bands.with_untracked(|bands| bands.get(at).map_or(0, |line| line.key));
        let rate_key =
            |at: usize| self.rates.with_untracked(|rates| rates.get(at).map_or(0, |line| line.key));
        let spot = match complaint.place {
            Place::Name => Spot::Name,
            Place::Currency => Spot::Currency,
            Place::Rates => Spot::Rates,
            Place::Band(at) => Spot::Band(band_key(at)),
            Place::Rate(at, column) => Spot::Rate(rate_key(at), column),
        };
        (spot, complaint.says)
    }

    fn line<T: Send + Sync + 'static>(self, draft: T) -> Line<T> {
        let key = self.next_key.try_update_value(|key| {
            *key += 1;
            *key
        });
        Line { key: key.unwrap_or_default(), draft: ArcRwSignal::new(draft) }
    }
}

fn plain<T: Clone + Send + Sync + 'static>(lines: &[Line<T>]) -> Vec<T> {
    lines.iter().map(|line| line.draft.get_untracked()).collect()
}
