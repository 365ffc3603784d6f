//! A run as a table: rows in order, totals, averages, and the period before beside it.

use super::axis::Kind;
use super::figures::Figures;
use super::formula::{Formula, What};
use super::labels::label;
use super::run::Run;
use model::report::{Column, Dimension, Key, Row, Sort, Table, Unit, Value};
use std::cmp::Ordering;

impl Run {
    /// At most `rows_max` rows, the first after sorting.
    pub fn finish(self, rows_max: usize) -> Table {
        table(Figures::of(self), None, rows_max)
    }

    /// With the figures of the period before beside each row: of the same values, and of the interval in the same place.
    pub fn finish_beside(self, before: Run, rows_max: usize) -> Table {
        table(Figures::of(self), Some(Figures::of(before)), rows_max)
    }
}

fn table(figures: Figures, before: Option<Figures>, rows_max: usize) -> Table {
    let plan = figures.run.look.plan.clone();
    let measures = 0..plan.measures.len();
    let all = figures.run.rows.shown();
    let averages = averages(&figures, &all);
    let count = all.len();
    let top = plan.definition.top.map_or(usize::MAX, |top| top as usize);
    let order = Order::of(&figures, plan.definition.sort);
    let given = order.first(all, rows_max.min(top));
    let mut before = before;
    let rows = given.iter().map(|slot| row(&figures, before.as_mut(), *slot as usize)).collect::<Vec<_>>();
    let totals = |figures: &Figures| measures.clone().map(|place| figures.value(place, None)).collect();
    Table {
        keys: plan.by.iter().map(|by| by.label().to_owned()).collect(),
        columns: plan
            .measures
            .iter()
            .map(|measure| Column {
                head: measure.label().to_owned(),
                unit: measure.unit(),
                measure: Some(*measure),
                field: None,
                formula: measure.formula(plan.scope).to_owned(),
            })
            .collect(),
        rows_left_off: (count - rows.len()) as u64,
        rows,
        totals: totals(&figures),
        totals_before: before.as_ref().map(totals).unwrap_or_default(),
        averages,
        made_of: figures.run.made_of,
    }
}

fn row(figures: &Figures, before: Option<&mut Figures>, slot: usize) -> Row {
    let plan = &figures.run.look.plan;
    let measures = 0..plan.measures.len();
    let keys = keys_of(figures, slot);
    let labels = plan.by.iter().zip(&keys);
    let look = &figures.run.look;
    let before = before.map(|before| {
        let place = place_before(figures, before, slot, &keys);
        let value = |measure| place.map_or(Value::None, |place| before.value(measure, Some(place)));
        measures.clone().map(value).collect::<Vec<Value>>()
    });
    Row {
        label: labels.map(|(by, key)| label(&look.office, &look.calendar, *by, key)).collect(),
        values: measures.map(|place| figures.value(place, Some(slot))).collect(),
        before: before.unwrap_or_default(),
        key: keys,
        call: None,
    }
}

fn keys_of(figures: &Figures, slot: usize) -> Vec<Key> {
    let rows = &figures.run.rows;
    rows.axes.iter().zip(rows.ids_of(slot)).map(|(axis, id)| axis.key(id)).collect()
}

/// Where the row is in the period before; `None`: that has no such interval.
fn place_before(figures: &Figures, before: &mut Figures, slot: usize, keys: &[Key]) -> Option<usize> {
    let ids = figures.run.rows.ids_of(slot);
    let rows = &mut before.run.rows;
    let mut places = Vec::with_capacity(2);
    for ((axis, id), key) in rows.axes.iter_mut().zip(ids).zip(keys) {
        let place = match (&axis.kind, key) {
            (Kind::Interval(buckets), Key::Span { .. }) => {
                Some(id).filter(|id| (*id as usize) < buckets.keys.len())
            }
            _ => axis.id_of(key),
        };
        places.push(place?);
    }
    let second = places.get(1).copied().unwrap_or(0);
    Some(rows.slot(places.first().copied().unwrap_or(0), second) as usize)
}

/// Counts, lengths and amounts have a mean of rows; a mean of means says nothing.
fn averages(figures: &Figures, rows: &[u32]) -> Vec<Value> {
    let plan = &figures.run.look.plan;
    let plain = plan.formulas.iter().enumerate().filter_map(|(place, formula)| match formula {
        Formula::Plain(sum) if matches!(plan.sums[*sum].what, What::Calls | What::Parts | What::Total(_)) => {
            Some((place, *sum))
        }
        _ => None,
    });
    // Of half a million rows each is gone to once, for all of them.
    let mut sums: Vec<(usize, usize, f64)> = plain.map(|(place, sum)| (place, sum, 0.0)).collect();
    for slot in rows {
        for (_, of, sum) in &mut sums {
            *sum += figures.run.cells.row(*of, *slot as usize) as f64;
        }
    }
    let average = |place: usize| match sums.iter().find(|(of, ..)| *of == place) {
        Some((.., sum)) => mean(plan.measures[place].unit(), *sum, rows.len(), None),
        None => average(figures, place, rows),
    };
    (0..plan.measures.len()).map(average).collect()
}

/// Of figures that are no plain sums.
fn average(figures: &Figures, place: usize, rows: &[u32]) -> Value {
    let plan = &figures.run.look.plan;
    let means_something = match plan.formulas[place] {
        Formula::Handle { .. }
        | Formula::Numbers
        | Formula::Channels
        | Formula::PeakCalls
        | Formula::PeakQueue
        | Formula::Cost
        | Formula::CostedCalls
        | Formula::Charge { .. } => true,
        Formula::State(measure) => measure.unit() == Unit::Length,
        Formula::Plain(_)
        | Formula::Mean { .. }
        | Formula::Share { .. }
        | Formula::ShareOfCalls { .. }
        | Formula::Extreme(_)
        | Formula::PointShare { .. }
        | Formula::AverageHandle { .. }
        | Formula::Saturation
        | Formula::AverageCost => false,
    };
    if !means_something {
        return Value::None;
    }
    let (mut sum, mut count) = (0.0, 0);
    let mut currency: Option<String> = None;
    for slot in rows {
        let value = figures.value(place, Some(*slot as usize));
        if let Value::Money { currency: own, .. } = &value {
            if currency.as_ref().is_some_and(|known| known != own) {
                return Value::None;
            }
            currency = Some(own.clone());
        }
        match rank(&value) {
            Some(number) => {
                sum += number;
                count += 1;
            }
            None if value == Value::None => {}
            None => return Value::None,
        }
    }
    mean(plan.measures[place].unit(), sum, count, currency)
}

fn mean(unit: Unit, sum: f64, count: usize, currency: Option<String>) -> Value {
    if count == 0 {
        return Value::None;
    }
    let mean = sum / count as f64;
    match unit {
        Unit::Length => Value::Length(mean.round() as i64),
        Unit::Money => Value::Money { amount: mean.round() as i64, currency: currency.unwrap_or_default() },
        Unit::Count | Unit::Share | Unit::Number | Unit::At | Unit::Text => Value::Number(mean),
    }
}

/// By what values are ordered; `None` for what has no order.
fn rank(value: &Value) -> Option<f64> {
    match value {
        Value::Count(number) | Value::Length(number) | Value::At(number) => Some(*number as f64),
        Value::Share(number) | Value::Number(number) => Some(*number),
        Value::Money { amount, .. } => Some(*amount as f64),
        Value::None | Value::Text(_) => None,
    }
}

/// The order of rows.
struct Order<'f> {
    figures: &'f Figures,
    sort: Option<Sort>,
    /// For each axis whose values are called by other names, those names in lower case.
    names: Vec<Option<Vec<String>>>,
}

impl<'f> Order<'f> {
    fn of(figures: &'f Figures, sort: Option<Sort>) -> Self {
        let look = &figures.run.look;
        let names = figures.run.rows.axes.iter().map(|axis| match axis.dimension {
            Dimension::Person | Dimension::Group | Dimension::Site | Dimension::Trunk => {
                let name =
                    |id| label(&look.office, &look.calendar, axis.dimension, &axis.key(id)).to_lowercase();
                Some((0..axis.len() as u32).map(name).collect())
            }
            _ => None,
        });
        let sort = sort.filter(|sort| (sort.column as usize) < look.plan.measures.len());
        Self { figures, sort, names: names.collect() }
    }

    fn first(&self, slots: Vec<u32>, count: usize) -> Vec<u32> {
        let value = |slot: &u32| {
            let sort = self.sort?;
            rank(&self.figures.value(sort.column as usize, Some(*slot as usize)))
        };
        let mut ranked: Vec<(Option<f64>, u32)> = slots.iter().map(|slot| (value(slot), *slot)).collect();
        let compare = |a: &(Option<f64>, u32), b: &(Option<f64>, u32)| self.compare(a, b);
        if ranked.len() > count && count > 0 {
            ranked.select_nth_unstable_by(count, compare);
        }
        ranked.truncate(count);
        ranked.sort_unstable_by(compare);
        ranked.into_iter().map(|(_, slot)| slot).collect()
    }

    /// What has no value comes last, whichever way it goes; then by keys.
    fn compare(&self, a: &(Option<f64>, u32), b: &(Option<f64>, u32)) -> Ordering {
        let by_value = match (a.0, b.0) {
            (Some(a), Some(b)) if self.sort.is_some_and(|sort| sort.descending) => b.total_cmp(&a),
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_value.then_with(|| self.compare_keys(a.1, b.1))
    }

    fn compare_keys(&self, a: u32, b: u32) -> Ordering {
        let rows = &self.figures.run.rows;
        let (a, b) = (rows.ids_of(a as usize), rows.ids_of(b as usize));
        for (place, axis) in rows.axes.iter().enumerate() {
            let (a, b) = (a[place], b[place]);
            let order = match &axis.kind {
                Kind::Interval(_) => a.cmp(&b),
                Kind::Named(_) if a == b => Ordering::Equal,
                Kind::Named(keys) => {
                    let none = keys.is_none(a).cmp(&keys.is_none(b));
                    let name = |id: u32| self.names[place].as_ref().map(|names| names[id as usize].as_str());
                    none.then_with(|| name(a).cmp(&name(b))).then_with(|| keys.compare(a, b))
                }
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }
}
