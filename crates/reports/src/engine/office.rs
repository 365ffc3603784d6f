//! What the engine is told of the office: its clock, its hours, its people, its rates.

use jiff::tz::TimeZone;
use model::At;
use model::report::{GroupRef, OfficeHours};
use std::sync::Arc;

/// The office that a report is of.
pub struct Office {
    pub zone: TimeZone,
    pub hours: OfficeHours,
    /// What phones do is known up to here.
    pub now: At,
    pub book: Box<dyn Book>,
}

/// What service level and short abandons mean here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Answered within so many seconds of arrival is in time.
    pub seconds: u32,
    /// Abandoned in less is a short abandon.
    pub short_seconds: u32,
    pub of: ServiceOf,
}

impl Default for Service {
    fn default() -> Self {
        Self { seconds: 20, short_seconds: 5, of: ServiceOf::Offered }
    }
}

/// What calls answered in time are divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServiceOf {
    #[default]
    Offered,
    Answered,
}

/// The directory and the rates. Asked once for each extension and number of a day, not for each call.
pub trait Book: Send + Sync {
    /// Who had an extension at an instant, and until when that is so.
    fn holder(&self, site: i64, extension: &str, at: At) -> Held;

    fn person(&self, id: i64) -> String;

    /// Of an extension that nobody is known to have had.
    fn extension(&self, site: i64, number: &str) -> String;

    fn group(&self, group: &GroupRef) -> String;

    fn site(&self, site: i64) -> String;

    /// Of a line, without its channel.
    fn trunk(&self, line: &str) -> String;

    /// As people write it. `compared` is E.164 where the number has that.
    fn number(&self, compared: &str) -> String {
        compared.to_owned()
    }

    /// What calls from a site to a number cost; `None` where there is no rate table. `given` is the number as it came,
    /// `compared` the same in E.164 where it has that.
    fn tariff(&self, site: i64, compared: &str, given: &str) -> Option<Arc<dyn Tariff>>;
}

/// Whose an extension is for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// `None`: nobody is known to have it.
    pub by: Option<i64>,
    /// From then on it may be another; `None`: for ever.
    pub until: Option<At>,
}

/// Rates for one number.
pub trait Tariff: Send + Sync {
    /// In 1/10,000 of the currency, for a call connected for so many seconds, begun ones included; `None` where some of
    /// its time has no rate.
    fn cost(&self, answered_at: At, seconds: u32) -> Option<i64>;

    fn currency(&self) -> &str;
}
