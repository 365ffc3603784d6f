//! Figures as the person's system writes numbers and the office's clock shows moments. The browser knows both.

use super::clock::{self, Style};
use super::money::spoken;
use super::value_words::Writing;

#[derive(Clone, Debug)]
pub struct Local {
    pub zone: String,
}

impl Writing for Local {
    fn whole(&self, number: i64) -> String {
        let sign = if number < 0 { "−" } else { "" };
        format!("{sign}{}", clock::number(number.unsigned_abs()))
    }

    fn decimal(&self, number: f64) -> String {
        clock::one_decimal(number)
    }

    fn money(&self, amount: i64, currency: &str) -> String {
        spoken(amount, currency)
    }

    fn moment(&self, at_ms: i64) -> String {
        clock::text(&self.zone, Style::DayAndSecond, at_ms)
    }
}
