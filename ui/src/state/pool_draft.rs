//! A folder for recordings while it is filled in, and how full one is.

use crate::words::say;
use contract::keeping::Pool;

const GIGABYTE: f64 = 1e9;

#[derive(Clone, Debug, PartialEq)]
pub struct PoolDraft {
    pool: Pool,
    pub name: String,
    pub folder: String,
    /// Empty: no limit.
    pub max_gigabytes: String,
    pub min_free_gigabytes: String,
}

impl PoolDraft {
    /// A new one, filled after all that are there.
    pub fn after(all: &[Pool]) -> Self {
        let order = all.iter().map(|pool| pool.order + 1).max().unwrap_or_default();
        Self {
            pool: Pool { order, ..Pool::default() },
            name: String::new(),
            folder: String::new(),
            max_gigabytes: String::new(),
            min_free_gigabytes: "5".to_owned(),
        }
    }

    pub fn of(pool: &Pool) -> Self {
        Self {
            name: pool.name.clone(),
            folder: pool.folder.clone(),
            max_gigabytes: pool.max_bytes.map(gigabytes).unwrap_or_default(),
            min_free_gigabytes: gigabytes(pool.min_free_bytes),
            pool: pool.clone(),
        }
    }

    /// A pool stays in the folder that it was made with.
    pub fn is_new(&self) -> bool {
        self.pool.id == 0
    }

    /// # Errors
    /// A sentence for the person.
    pub fn to_pool(&self) -> Result<Pool, &'static str> {
        if self.name.trim().is_empty() {
            return Err(say("Give it a name."));
        }
        if self.is_new() && self.folder.trim().is_empty() {
            return Err(say("Say which folder."));
        }
        let max_bytes = match self.max_gigabytes.trim() {
            "" => None,
            text => Some(
                bytes(text)
                    .filter(|bytes| *bytes > 0)
                    .ok_or(say("The limit is a number of gigabytes, or empty."))?,
            ),
        };
        let min_free_bytes = bytes(&self.min_free_gigabytes)
            .ok_or(say("Say how many gigabytes are to stay free; 0 for none."))?;
        Ok(Pool {
            name: self.name.trim().to_owned(),
            folder: self.folder.trim().to_owned(),
            max_bytes,
            min_free_bytes,
            ..self.pool.clone()
        })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn bytes(text: &str) -> Option<u64> {
    let gigabytes: f64 = text.trim().replace(',', ".").parse().ok()?;
    (0.0..=1e9).contains(&gigabytes).then_some((gigabytes * GIGABYTE) as u64)
}

#[allow(clippy::cast_precision_loss)]
fn gigabytes(bytes: u64) -> String {
    let text = format!("{:.1}", bytes as f64 / GIGABYTE);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// What is to be stored so that the pool stands one place earlier: those whose order changes, numbered from 1.
pub fn raised(all: &[Pool], id: i64) -> Vec<Pool> {
    let mut ordered = all.to_vec();
    if let Some(at) = ordered.iter().position(|pool| pool.id == id).filter(|at| *at > 0) {
        ordered.swap(at, at - 1);
    }
    let numbered = (1..).zip(ordered).filter(|(order, pool)| *order != pool.order);
    numbered.map(|(order, pool)| Pool { order, ..pool }).collect()
}

/// How much of what it may hold is used, 0 to 1: of its limit, or else of the disk. `None`: not known.
#[allow(clippy::cast_precision_loss)]
pub fn filled(pool: &Pool) -> Option<f64> {
    let by_disk = pool.free_bytes.map(|free| pool.used_bytes + free.saturating_sub(pool.min_free_bytes));
    let room = match (pool.max_bytes, by_disk) {
        (Some(most), Some(disk)) => most.min(disk),
        (Some(most), None) => most,
        (None, Some(disk)) => disk,
        (None, None) => return None,
    };
    Some(if room == 0 { 1.0 } else { (pool.used_bytes as f64 / room as f64).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_as_it_was() {
        let pool = Pool {
            id: 2,
            name: "Archive".into(),
            folder: "/srv/archive".into(),
            order: 2,
            max_bytes: Some(500_000_000_000),
            min_free_bytes: 2_500_000_000,
            ..Pool::default()
        };
        let draft = PoolDraft::of(&pool);
        assert_eq!(
            (draft.max_gigabytes.as_str(), draft.min_free_gigabytes.as_str()),
            ("500", "2.5"),
            "as people write it"
        );
        assert_eq!(draft.to_pool(), Ok(pool), "and back");
    }

    #[test]
    fn a_limit_is_a_number_or_nothing() {
        let mut draft = PoolDraft::after(&[]);
        assert!(draft.to_pool().is_err(), "it has no name");
        draft.name = "Disk".into();
        assert!(draft.to_pool().is_err(), "it has no folder");
        draft.folder = "/srv/disk".into();
        assert_eq!(draft.to_pool().map(|pool| pool.max_bytes), Ok(None), "no limit");
        draft.max_gigabytes = "many".into();
        assert!(draft.to_pool().is_err(), "not a number");
    }

    #[test]
    fn a_pool_goes_one_place_up_whatever_numbers_there_were() {
        let pool = |id, order| Pool { id, order, ..Pool::default() };
        let all = [pool(1, 0), pool(2, 0), pool(3, 7)];
        let mut now = all.to_vec();
        for stored in raised(&all, 3) {
            now.retain(|pool| pool.id != stored.id);
            now.push(stored);
        }
        now.sort_by_key(|pool| (pool.order, pool.id));
        let ids: Vec<i64> = now.iter().map(|pool| pool.id).collect();
        assert_eq!(ids, [1, 3, 2], "the last one passed the one above it");
        assert_eq!(raised(&now, 1), [], "the first has none above it, and nothing is stored");
    }

    #[test]
    fn a_new_pool_is_filled_last() {
        let all = [Pool { id: 1, order: 4, ..Pool::default() }];
        let mut draft = PoolDraft::after(&all);
        draft.name = "Disk".into();
        draft.folder = "/srv/disk".into();
        assert_eq!(draft.to_pool().map(|pool| pool.order), Ok(5), "after the one that is there");
    }

    #[test]
    fn the_bar_tells_what_is_used_of_what_may_be() {
        let mut pool = Pool { used_bytes: 50, max_bytes: Some(100), ..Pool::default() };
        assert_eq!(filled(&pool), Some(0.5), "of its limit");
        pool.free_bytes = Some(30);
        pool.min_free_bytes = 30;
        assert_eq!(filled(&pool), Some(1.0), "the disk has no more room, whatever the limit says");
        pool = Pool { used_bytes: 50, ..Pool::default() };
        assert_eq!(filled(&pool), None, "a disk that is not there has no bar");
    }
}
