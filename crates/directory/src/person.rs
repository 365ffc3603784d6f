//! A person and the extensions they had.

use crate::Span;
use model::SiteId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// 0: not stored.
    pub id: i64,
    pub name: String,
    pub source: Source,
    pub holdings: Vec<Holding>,
}

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Pbx,
    Csv,
    Hand,
}

/// An extension and when it was a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub site: SiteId,
    pub extension: String,
    pub span: Span,
}

impl Holding {
    pub fn is_of(&self, site: SiteId, extension: &str) -> bool {
        self.site == site && self.extension == extension
    }
}
