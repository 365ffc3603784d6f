//! Why a table cannot be used, in words.

use crate::table::{Rate, Table};
use std::collections::HashSet;

const MINUTES_A_DAY: u16 = 24 * 60;
/// Rates that are kept: more than carriers list.
const RATES_MAX: usize = 50_000;
const BANDS_MAX: usize = 50;

/// The first thing that is wrong.
pub fn check(table: &Table) -> Result<(), String> {
    if table.name.trim().is_empty() {
        return Err("Give the rate table a name.".into());
    }
    if table.currency.len() != 3 || !table.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err("Enter the currency as its three letters, for instance EUR.".into());
    }
    if table.bands.len() > BANDS_MAX || table.rates.len() > RATES_MAX {
        return Err(format!("A table has at most {BANDS_MAX} time bands and {RATES_MAX} rates."));
    }
    let mut bands: HashSet<&str> = HashSet::new();
    for band in &table.bands {
        if band.name.trim().is_empty() {
            return Err("Give each time band a name.".into());
        }
        if !bands.insert(&band.name) {
            return Err(format!("There are two time bands called {}. Give one another name.", band.name));
        }
        if !band.days.contains(&true) {
            return Err(format!("Choose on which days the time band {} holds.", band.name));
        }
        if band.from_minute > MINUTES_A_DAY || band.to_minute > MINUTES_A_DAY {
            return Err(format!("The time band {} ends after midnight: times go up to 24:00.", band.name));
        }
    }
    let mut seen: HashSet<(&str, Option<&str>)> = HashSet::new();
    for rate in &table.rates {
        check_rate(rate)?;
        if let Some(band) = rate.band.as_deref().filter(|band| !bands.contains(band)) {
            return Err(format!("{} has the time band {band}, which is not in the table.", named(rate)));
        }
        if !seen.insert((&rate.prefix, rate.band.as_deref())) {
            let when = rate.band.as_ref().map(|band| format!(" in the time band {band}")).unwrap_or_default();
            return Err(format!("{} has two rates{when}. Remove one of them.", named(rate)));
        }
    }
    Ok(())
}

pub(crate) fn check_rate(rate: &Rate) -> Result<(), String> {
    let digits = rate.prefix.strip_prefix('+').unwrap_or(&rate.prefix);
    let is_prefix = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'#'));
    if !is_prefix || (rate.prefix.starts_with('+') && digits.is_empty()) || digits.len() > 20 {
        return Err(format!("\"{}\" is no prefix. Write digits, with + before a country code.", rate.prefix));
    }
    if rate.per_minute < 0 || rate.connect_fee < 0 || rate.minimum < 0 {
        return Err(format!("{} has an amount below zero.", named(rate)));
    }
    Ok(())
}

fn named(rate: &Rate) -> String {
    if rate.prefix.is_empty() {
        "The rate for everything else".into()
    } else {
        format!("Prefix {}", rate.prefix)
    }
}
