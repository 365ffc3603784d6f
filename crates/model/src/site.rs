//! A site: one IP Office (or one network of them) with its own clock, extensions and call ids.

use serde::{Deserialize, Serialize};

/// Row number of a site in the library. Call ids and extensions mean something only within a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub i64);
