//! What is known of a recording before it has a call: from its name, its side file, its time.

use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::{At, Direction, SiteId};
use recordings::naming::{Named, PRESETS, Pattern, Towards, When};
use store::{RecordingSays, StartedBy};

/// When it began, and what its name and side file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) started_at: At,
    pub(crate) started_by: StartedBy,
    pub(crate) says: RecordingSays,
    /// By what its number is compared.
    pub(crate) number_key: Option<String>,
}

impl Desk {
    /// The patterns by which a source's names are read, in the order in which they are tried.
    pub(crate) async fn patterns(&self, naming: Option<i64>) -> Result<Vec<Pattern>, Failure> {
        let own = self.reader().namings().await.map_err(failure_of_store)?;
        let own = own.iter().map(|naming| (naming.id, naming.pattern.as_str()));
        let all = own.chain(PRESETS.iter().map(|preset| (preset.id, preset.pattern)));
        let wanted = all.filter(|(id, _)| naming.is_none_or(|naming| naming == *id));
        Ok(wanted.filter_map(|(_, pattern)| Pattern::new(pattern).ok()).collect())
    }

    /// `changed_at`: when the file was last written, by its own time.
    pub(crate) fn facts_of(
        &self,
        site: SiteId,
        file_name: &str,
        patterns: &[Pattern],
        side_file: Option<&[u8]>,
        changed_at: At,
        length_ms: i64,
    ) -> Facts {
        let name = patterns.iter().find_map(|pattern| pattern.read(file_name)).unwrap_or_default();
        let side = side_file.and_then(|bytes| recordings::side_file::read(bytes).ok()).unwrap_or_default();
        let zone = self.board().now().zone_of(site);
        let instant = |when: When| match when {
            When::Office(civil) => zone.instant_of(civil),
            When::Utc(ms) => Some(At(ms)),
        };
        let by_name = name.started.and_then(instant).map(|at| (at, StartedBy::FileName));
        let by_side = side.started.and_then(instant).map(|at| (at, StartedBy::SideFile));
        let (started_at, started_by) =
            by_side.or(by_name).unwrap_or((changed_at.plus_ms(-length_ms), StartedBy::FileTime));
        let says = says(file_name, side, name);
        let number_key = self.number_key(site, says.number.as_deref());
        Facts { started_at, started_by, says, number_key }
    }

    /// By what a number is compared: in E.164 where the site's country tells that, else its digits.
    pub(crate) fn number_key(&self, site: SiteId, number: Option<&str>) -> Option<String> {
        let number = number?;
        let key = self.board().now().names.key(site, number);
        key.or_else(|| {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            (!digits.is_empty()).then_some(digits)
        })
    }
}

/// The side file was written for this, so it goes before the name.
fn says(file_name: &str, side: Named, name: Named) -> RecordingSays {
    RecordingSays {
        file_name: file_name.to_owned(),
        extension: side.extension.or(name.extension),
        group: side.group.or(name.group),
        number: side.number.or(name.number),
        name: side.name.or(name.name),
        call_id: side.call_id.or(name.call_id),
        direction: side.towards.or(name.towards).map(direction),
    }
}

fn direction(towards: Towards) -> Direction {
    match towards {
        Towards::Inbound => Direction::Inbound,
        Towards::Outbound => Direction::Outbound,
        Towards::Internal => Direction::Internal,
    }
}

pub(crate) fn towards(direction: Direction) -> Towards {
    match direction {
        Direction::Inbound => Towards::Inbound,
        Direction::Outbound => Towards::Outbound,
        Direction::Internal => Towards::Internal,
    }
}
