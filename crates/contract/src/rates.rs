//! Call cost by rate tables. Amounts are in 1/10,000 of the table's currency.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRates {}

/// What a carrier asks for outbound calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateTable {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// ISO 4217, for instance `EUR`.
    pub currency: String,
    /// Sites it applies to; empty: all that have no table of their own.
    pub sites: Vec<i64>,
    /// Names of times of the week, in the site's zone. The first that fits applies; outside all of them the rates
    /// without a band do.
    pub bands: Vec<TimeBand>,
    pub rates: Vec<Rate>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeBand {
    pub name: String,
    /// Monday first.
    pub days: [bool; 7],
    /// Minutes since midnight; `to` at or before `from` runs over midnight.
    pub from_minute: u16,
    pub to_minute: u16,
}

/// What a call to numbers with a prefix costs. The longest prefix that fits applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Digits as in E.164 with `+`, or as dialled; empty: everything else.
    pub prefix: String,
    /// For instance "Germany, mobile".
    pub label: String,
    /// Name of a [`TimeBand`]; `None`: whenever no band with a rate of its own fits.
    pub band: Option<String>,
    pub per_minute: i64,
    pub connect_fee: i64,
    /// The least that an answered call costs.
    pub minimum: i64,
    /// Seconds that are charged at least.
    pub minimum_seconds: u32,
    /// Talking is rounded up to whole steps of so many seconds; 0 and 1: by the second.
    pub step_seconds: u32,
}

/// Stores a table (a new one for id 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRates {
    pub table: RateTable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveRates {
    pub id: i64,
}

/// Reads rates from CSV. Columns by their headings: prefix, label, band, per_minute, connect_fee, minimum,
/// minimum_seconds, step_seconds; amounts as decimals of the currency. Nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRates {
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatesRead {
    pub rates: Vec<Rate>,
    pub bad: Vec<BadLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    /// Counted from 1, the heading included.
    pub line: u32,
    pub text: String,
    pub says: String,
}

/// What a call would cost by a table that need not be stored yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryRate {
    pub table: RateTable,
    pub site: i64,
    pub number: String,
    pub at_ms: i64,
    pub seconds: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    pub amount: i64,
    pub currency: String,
    /// Name of the table.
    pub table: String,
    /// The prefix and label that applied.
    pub prefix: String,
    pub label: String,
    /// How it came about, in words: "1:23 rounded up to 2:00, at 0.0190 EUR a minute, connect fee 0.05 EUR".
    pub says: String,
}

command!(AskRates, "rates", Vec<RateTable>);
command!(SaveRates, "save_rates", RateTable);
command!(RemoveRates, "remove_rates", ());
command!(ReadRates, "read_rates", RatesRead);
command!(TryRate, "try_rate", Option<Cost>);
