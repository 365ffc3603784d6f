//! Pools: folders, on one disk or several, filled in order.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::{Deed, size};
use crate::keeping::files::mark_pool;
use crate::keeping::off_thread;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::keeping::{AskPools, Pool, RemovePool, SavePool};
use std::path::{Path, PathBuf};
use store::PoolUse;

/// The library's own pool is never removed.
const OWN: i64 = 1;

impl Answer<AskPools> for Desk {
    async fn answer(&self, _ask: AskPools) -> Result<Vec<Pool>, Failure> {
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut shown = Vec::with_capacity(pools.len());
        for pool in pools {
            let used = self.reader().pool_use(pool.id).await.map_err(failure_of_store)?;
            let free = self.free_in(&pool).await?;
            let trouble = match free {
                None => Some("The folder cannot be reached now: its disk may be away.".to_owned()),
                Some(free) => why_full(&pool, used, free, 0),
            };
            shown.push(Pool {
                id: pool.id,
                name: pool.name,
                folder: pool.folder,
                order: u32::try_from(pool.place).unwrap_or_default(),
                max_bytes: pool.max_bytes,
                min_free_bytes: pool.min_free_bytes,
                used_bytes: used.bytes,
                recordings: used.recordings,
                free_bytes: free,
                trouble,
            });
        }
        Ok(shown)
    }
}

impl Answer<SavePool> for Desk {
    async fn answer(&self, ask: SavePool) -> Result<Vec<Pool>, Failure> {
        let _entering = self.entering().lock().await;
        let pool = trimmed(ask.pool);
        let known = self.reader().pools().await.map_err(failure_of_store)?;
        check(&pool, &known)?;
        let folder = PathBuf::from(&pool.folder);
        if !pool.folder.is_empty() {
            let marked = off_thread(move || mark_pool(&folder)).await?;
            marked.map_err(|why| invalid(format!("CallDoc cannot write into this folder: {why}.")))?;
        }
        let deed = Deed::PoolSaved {
            name: pool.name.clone(),
            folder: pool.folder.clone(),
            order: pool.place,
            max_bytes: pool.max_bytes,
            min_free_bytes: pool.min_free_bytes,
        };
        self.hand().save_pool(&pool, &[self.deed(None, &deed)]).await.map_err(failure_of_store)?;
        // There may be room now for what waits.
        self.library().intake.wake();
        self.happen(Happening::Settings);
        self.answer(AskPools {}).await
    }
}

impl Answer<RemovePool> for Desk {
    async fn answer(&self, ask: RemovePool) -> Result<Vec<Pool>, Failure> {
        let _entering = self.entering().lock().await;
        if ask.id == OWN {
            return Err(invalid("The library's own pool stays: move it behind the others instead."));
        }
        let pool = self.pool(ask.id).await?;
        let deed = Deed::PoolRemoved { name: pool.name.clone(), folder: pool.folder.clone() };
        let deeds = [self.deed(None, &deed)];
        if !self.hand().remove_pool(ask.id, &deeds).await.map_err(failure_of_store)? {
            return Err(invalid(format!(
                "There are recordings in {}. Only a pool with nothing in it can be removed; those in the trash count.",
                pool.name
            )));
        }
        self.happen(Happening::Settings);
        self.answer(AskPools {}).await
    }
}

impl Desk {
    /// The first pool with room for so many bytes; why there is none, as a sentence.
    pub(crate) async fn pool_for(&self, bytes: u64) -> Result<i64, String> {
        self.room_for(bytes).await.map_err(|failure| failure.message)
    }

    async fn room_for(&self, bytes: u64) -> Result<i64, Failure> {
        let mut why = Vec::new();
        for pool in self.reader().pools().await.map_err(failure_of_store)? {
            let Some(free) = self.free_in(&pool).await? else {
                why.push(format!("{} cannot be reached", pool.name));
                continue;
            };
            // What is in it is counted only where that is limited.
            let used = match pool.max_bytes {
                Some(_) => self.reader().pool_use(pool.id).await.map_err(failure_of_store)?,
                None => PoolUse::default(),
            };
            match why_full(&pool, used, free, bytes) {
                None => return Ok(pool.id),
                Some(full) => why.push(format!("{}: {}", pool.name, full.trim_end_matches('.'))),
            }
        }
        Err(invalid(format!("No pool has room for more recordings ({}).", why.join("; "))))
    }

    /// `None`: it cannot be reached.
    async fn free_in(&self, pool: &store::Pool) -> Result<Option<u64>, Failure> {
        if !self.is_there(pool) {
            return Ok(None);
        }
        let folder = self.library().folder_of(pool);
        Ok(off_thread(move || fs4::available_space(folder)).await?.ok())
    }
}

/// Why nothing more may go into a pool.
fn why_full(pool: &store::Pool, used: PoolUse, free: u64, bytes: u64) -> Option<String> {
    if let Some(max) = pool.max_bytes.filter(|max| used.bytes.saturating_add(bytes) > *max) {
        return Some(format!("It is full: {} of at most {}.", size(used.bytes), size(max)));
    }
    if free < pool.min_free_bytes.saturating_add(bytes) {
        let floor = size(pool.min_free_bytes);
        return Some(format!("Its disk is nearly full: {} free, of which {floor} stay free.", size(free)));
    }
    None
}

fn trimmed(pool: Pool) -> store::Pool {
    store::Pool {
        id: pool.id,
        name: pool.name.trim().to_owned(),
        folder: if pool.id == OWN { String::new() } else { pool.folder.trim().to_owned() },
        place: i64::from(pool.order),
        max_bytes: pool.max_bytes,
        min_free_bytes: pool.min_free_bytes,
    }
}

fn check(pool: &store::Pool, known: &[store::Pool]) -> Result<(), Failure> {
    if pool.name.is_empty() {
        return Err(invalid("Give the pool a name."));
    }
    if pool.id != OWN && !Path::new(&pool.folder).is_absolute() {
        return Err(invalid("Choose the folder in which the pool's recordings are to be stored."));
    }
    if pool.max_bytes == Some(0) {
        return Err(invalid("A pool of at most nothing takes nothing. Leave the limit empty for none."));
    }
    let others = || known.iter().filter(|other| other.id != pool.id);
    if let Some(other) = others().find(|other| !pool.folder.is_empty() && other.folder == pool.folder) {
        return Err(invalid(format!("{} is in this folder already.", other.name)));
    }
    if others().any(|other| other.name.to_lowercase() == pool.name.to_lowercase()) {
        return Err(invalid("Another pool has this name."));
    }
    if let Some(before) = known.iter().find(|before| before.id == pool.id)
        && before.folder != pool.folder
    {
        return Err(invalid("A pool stays in its folder. Make another pool for another folder."));
    }
    if pool.id != 0 && !known.iter().any(|before| before.id == pool.id) {
        return Err(failure_of_store(store::StoreError::UnknownPool));
    }
    Ok(())
}
