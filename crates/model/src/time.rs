//! Wall-clock instants and lengths of time, in milliseconds.

use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// A wall-clock instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    /// Milliseconds from `earlier` to `self`; 0 when `self` is the earlier one.
    pub fn ms_since(self, earlier: At) -> i64 {
        (self.0 - earlier.0).max(0)
    }

    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl Add<std::time::Duration> for At {
    type Output = At;
    fn add(self, length: std::time::Duration) -> At {
        self.plus_ms(i64::try_from(length.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Difference in milliseconds, negative when `other` is later.
impl Sub for At {
    type Output = i64;
    fn sub(self, other: At) -> i64 {
        self.0.saturating_sub(other.0)
    }
}
