//! A carrier's rates.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// ISO 4217, for instance `EUR`.
    pub currency: String,
    /// The first that fits applies.
    pub bands: Vec<Band>,
    pub rates: Vec<Rate>,
}

/// A time of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Band {
    pub name: String,
    /// Monday first.
    pub days: [bool; 7],
    /// Minutes since midnight; `to` at or before `from` runs over midnight, into the day after.
    pub from_minute: u16,
    pub to_minute: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Digits as in E.164 with `+`, or as dialled; empty: everything else.
    pub prefix: String,
    pub label: String,
    /// Name of a [`Band`]; `None`: whenever no band with a rate of its own fits.
    pub band: Option<String>,
    pub per_minute: i64,
    pub connect_fee: i64,
    pub minimum: i64,
    pub minimum_seconds: u32,
    /// 0 and 1: by the second.
    pub step_seconds: u32,
}
