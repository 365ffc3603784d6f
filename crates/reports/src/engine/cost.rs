//! What calls cost by the rates: looked up once for each number of a day.

use super::day::Day;
use super::flags::{COSTED, SOLD};
use super::office::Tariff;
use crate::leaf::Column;
use model::At;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Costs of a day's calls.
#[derive(Debug, Default)]
pub(crate) struct DayCosts {
    /// By call: place of the currency, and the amount.
    pub(crate) of: FxHashMap<u32, (u32, i64)>,
    pub(crate) currencies: Vec<String>,
}

impl DayCosts {
    /// Of the calls that passed the tests; marks those that have one.
    pub(crate) fn of(day: &mut Day<'_>) -> Self {
        let leaf = day.leaf;
        let (compared, given) = (leaf.texts(Column::Outside), leaf.texts(Column::OutsideGiven));
        let mut tariffs: FxHashMap<(i64, i64, i64), Option<Arc<dyn Tariff>>> = FxHashMap::default();
        let mut costs = Self::default();
        for call in day.range.clone() {
            if !day.ok[call] || day.flags[call] & SOLD == 0 {
                continue;
            }
            let [site, number, as_given] = [Column::Site, Column::Outside, Column::OutsideGiven]
                .map(|column| leaf.numbers(column)[call]);
            let as_came = given.get(as_given as usize, 0);
            if as_came.is_empty() {
                continue;
            }
            let tariff = tariffs.entry((site, number, as_given)).or_insert_with(|| {
                day.look.office.book.tariff(site, compared.get(number as usize, 0), as_came)
            });
            let Some(tariff) = tariff else { continue };
            let after_ms = leaf.numbers(Column::AnsweredAfter)[call];
            let connected_ms = (leaf.numbers(Column::Total)[call] - after_ms).max(0);
            // A second that has begun is charged.
            let seconds = u32::try_from((connected_ms + 999) / 1_000).unwrap_or(u32::MAX);
            let answered_at = At(day.started_at_ms(call) + after_ms);
            let Some(amount) = tariff.cost(answered_at, seconds) else { continue };
            let currency = costs.currency(tariff.currency());
            costs.of.insert(call as u32, (currency, amount));
            day.flags[call] |= COSTED;
        }
        costs
    }

    fn currency(&mut self, name: &str) -> u32 {
        let place = self.currencies.iter().position(|known| known == name).unwrap_or_else(|| {
            self.currencies.push(name.to_owned());
            self.currencies.len() - 1
        });
        place as u32
    }
}

/// Costs of each row, apart by currency: amounts of two currencies do not add up.
#[derive(Debug, Default)]
pub(crate) struct Costs {
    by_currency: Vec<Currency>,
}

#[derive(Debug, Default)]
pub(crate) struct Currency {
    pub(crate) name: String,
    rows: Vec<Charge>,
    total: Charge,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) amount: i64,
    pub(crate) calls: i64,
}

impl Charge {
    fn add(&mut self, other: Charge) {
        self.amount = self.amount.saturating_add(other.amount);
        self.calls += other.calls;
    }
}

impl Costs {
    pub(crate) fn add_rows(&mut self, day: &DayCosts, calls: &[u32], slots: &[u32]) {
        let places: Vec<usize> = day.currencies.iter().map(|name| self.place(name)).collect();
        for (call, slot) in calls.iter().zip(slots) {
            let Some((currency, amount)) = day.of.get(call) else { continue };
            let rows = &mut self.by_currency[places[*currency as usize]].rows;
            if rows.len() <= *slot as usize {
                rows.resize(*slot as usize + 1, Charge::default());
            }
            rows[*slot as usize].add(Charge { amount: *amount, calls: 1 });
        }
    }

    /// Each call once.
    pub(crate) fn add_total(&mut self, day: &DayCosts, calls: &[u32]) {
        let places: Vec<usize> = day.currencies.iter().map(|name| self.place(name)).collect();
        for (currency, amount) in calls.iter().filter_map(|call| day.of.get(call)) {
            let total = &mut self.by_currency[places[*currency as usize]].total;
            total.add(Charge { amount: *amount, calls: 1 });
        }
    }

    /// `slots`: where each row of the other is here.
    pub(crate) fn merge(&mut self, other: Costs, slots: &[u32]) {
        for theirs in other.by_currency {
            let place = self.place(&theirs.name);
            let own = &mut self.by_currency[place];
            own.total.add(theirs.total);
            for (row, charge) in theirs.rows.into_iter().enumerate() {
                let slot = slots[row] as usize;
                if own.rows.len() <= slot {
                    own.rows.resize(slot + 1, Charge::default());
                }
                own.rows[slot].add(charge);
            }
        }
    }

    /// Of a row, or the totals: each currency that some call has, by name.
    pub(crate) fn of(&self, row: Option<usize>) -> Vec<(&str, Charge)> {
        let charge = |of: &Currency| match row {
            None => of.total,
            Some(row) => of.rows.get(row).copied().unwrap_or_default(),
        };
        let mut all: Vec<(&str, Charge)> =
            self.by_currency.iter().map(|of| (of.name.as_str(), charge(of))).collect();
        all.retain(|(_, charge)| charge.calls > 0);
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    }

    fn place(&mut self, name: &str) -> usize {
        self.by_currency.iter().position(|known| known.name == name).unwrap_or_else(|| {
            self.by_currency.push(Currency { name: name.to_owned(), ..Currency::default() });
            self.by_currency.len() - 1
        })
    }
}
