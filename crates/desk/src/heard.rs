//! When a source said something last, also before this start.

use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::links::{Lamp, Source};
use model::{Said, SiteId};

impl Desk {
    /// All lamps, each with its last event; what is found in the library is kept on the board.
    pub(crate) async fn lamps(&self) -> Result<Vec<Lamp>, Failure> {
        let known: Vec<_> = self.board().now().lamps.keys().copied().collect();
        for (site, source) in known {
            self.last_event(site, source).await?;
        }
        Ok(self.board().now().lamps.values().cloned().collect())
    }

    /// The last event of a source, in milliseconds; none if it has said nothing for long, or never.
    pub(crate) async fn last_event(&self, site: SiteId, source: Source) -> Result<Option<i64>, Failure> {
        let key = (site, source);
        let seen = self.board().now().lamps.get(&key).and_then(|lamp| lamp.last_event_ms);
        let found = match source {
            Source::Devlink3 | Source::Smdr if seen.is_some() => return Ok(seen),
            Source::Devlink3 | Source::Smdr => self.reader().last_said(site, &said_by(source)).await,
            // Recordings come by several ways, and none of them is the journal.
            Source::Recordings => self.reader().last_taken_in(site).await,
        };
        let found_ms = found.map_err(failure_of_store)?.map(|at| at.0);
        if let Some(lamp) = self.board().now().lamps.get_mut(&key) {
            // What came while the library was read is newer.
            lamp.last_event_ms = lamp.last_event_ms.max(found_ms);
        }
        Ok(seen.max(found_ms))
    }
}

/// Whose own word an entry of the journal is: the one list of it.
pub(crate) fn source_of(said: Said) -> Option<Source> {
    match said {
        Said::DevlinkEvent | Said::DevlinkSnapshot => Some(Source::Devlink3),
        Said::SmdrLines => Some(Source::Smdr),
        Said::DevlinkLost | Said::DevlinkGap | Said::UserList | Said::HuntList | Said::Decision => None,
    }
}

/// The kinds of entry that are a source's own word.
pub(crate) fn said_by(source: Source) -> Vec<Said> {
    let all = (1..=u8::MAX).map_while(Said::from_code);
    all.filter(|said| source_of(*said) == Some(source)).collect()
}

#[cfg(test)]
mod tests {
    use super::said_by;
    use contract::links::Source;
    use model::Said;

    #[test]
    fn a_source_speaks_by_its_own_entries_alone() {
        assert_eq!(said_by(Source::Devlink3), [Said::DevlinkEvent, Said::DevlinkSnapshot], "not by its loss");
        assert_eq!(said_by(Source::Smdr), [Said::SmdrLines], "its rows");
        assert_eq!(said_by(Source::Recordings), [], "recordings are not in the journal");
    }
}
