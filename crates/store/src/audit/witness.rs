//! What lies outside of the library and vouches for its audit log: a secret in the system's keychain. With each addition, the
//! newest entry's number and hash are put under a code (HMAC-SHA-256) that only those who have the secret can make, in the
//! same transaction. Who writes the chain anew or cuts it off with its count cannot make that code.
//!
//! One row of `office_settings` for each secret, because a library may be written on several computers. What the row vouches
//! for is looked at before it is moved on: once it does not hold, it stays where it is and goes on telling.

use crate::audit::{BEGINNING, hex, newest};
use crate::hand::begin;
use crate::tables::office_settings;
use crate::{Hand, Reader, StoreError};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;
use std::sync::{Arc, PoisonError, RwLock};
use zeroize::Zeroizing;

/// What names of its rows begin with; the secret's fingerprint follows.
const ROWS: &str = "audit_witness:";

const FORM: &[u8] = b"CallDoc audit witness 1\n";

/// The secret. Printing it prints nothing of it.
#[derive(Clone)]
pub struct AuditKey(Zeroizing<[u8; 32]>);

impl AuditKey {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// By which it is known without being given away.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::new().chain_update(b"CallDoc audit key\n").chain_update(&self.0[..]).finalize();
        hex(&digest[..8])
    }

    fn code(&self, n: i64, unseen: i64, hash: &[u8]) -> Result<Hmac<Sha256>, StoreError> {
        let code = Hmac::<Sha256>::new_from_slice(&self.0[..]);
        let mut code = code.map_err(|_| StoreError::damaged("the key of the audit log has no length"))?;
        code.update(FORM);
        code.update(&n.to_be_bytes());
        code.update(&unseen.to_be_bytes());
        code.update(hash);
        Ok(code)
    }

    fn row(&self) -> String {
        format!("{ROWS}{}", self.fingerprint())
    }
}

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("AuditKey(…)")
    }
}

/// The secret as long as it is at hand, shared by those who write and those who check.
#[derive(Clone, Debug, Default)]
pub(crate) struct Witness(Arc<RwLock<Option<AuditKey>>>);

impl Witness {
    fn key(&self) -> Option<AuditKey> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, key: Option<AuditKey>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = key;
    }
}

/// What a row says.
struct Seen {
    n: i64,
    /// Entries up to `n` that were written without the secret.
    unseen: i64,
    code: Vec<u8>,
}

impl Reader {
    /// Fingerprints of the secrets that ever vouched for this log.
    pub async fn audit_witnesses(&self) -> Result<Vec<String>, StoreError> {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT name FROM office_settings WHERE name LIKE ? || '%' ORDER BY name")
                .bind(ROWS)
                .fetch_all(&mut *self.snapshot().await?)
                .await?;
        Ok(names.iter().filter_map(|name| name.strip_prefix(ROWS)).map(str::to_owned).collect())
    }

    /// Goes by this secret from now on, as does the writer that it came with.
    pub fn call_audit_witness(&self, key: AuditKey) {
        self.witness.set(Some(key));
    }
}

impl Hand {
    /// A new secret: what is written from now on is vouched for by it. Of what is there already it knows nothing.
    pub async fn begin_audit_witness(&self, key: &AuditKey) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let (n, hash) = newest(&mut transaction).await?;
        write(&mut transaction, key, (n, &hash), n).await?;
        transaction.commit().await?;
        self.witness.set(Some(key.clone()));
        Ok(())
    }

    /// It could not be kept: as if it had never been.
    pub async fn drop_audit_witness(&self, key: &AuditKey) -> Result<(), StoreError> {
        self.witness.set(None);
        self.set_office_setting(&key.row(), None, &[]).await
    }
}

/// The first entry that some secret's row tells of: those before it can go. `None`: there is no such row.
pub(crate) async fn vouched_from(connection: &mut SqliteConnection) -> Result<Option<i64>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT value FROM office_settings WHERE name LIKE ? || '%'")
        .bind(ROWS)
        .fetch_all(connection)
        .await?;
    let told = rows.iter().map(|row| serde_json::from_str::<serde_json::Value>(row).ok()?["n"].as_i64());
    // A row that cannot be read keeps everything.
    Ok(told.map(|n| n.unwrap_or(0)).min())
}

/// After entries were added to what ended with `last` before.
pub(super) async fn see(
    connection: &mut SqliteConnection,
    witness: &Witness,
    last: i64,
    newest: (i64, &[u8]),
) -> Result<(), StoreError> {
    let Some(key) = witness.key() else { return Ok(()) };
    let Some(seen) = read(connection, &key).await? else { return Ok(()) };
    if !holds(connection, &key, &seen).await? {
        return Ok(());
    }
    write(connection, &key, newest, seen.unseen + (last - seen.n)).await
}

/// How many entries up to `last` were written without the secret; `None`: it is not at hand. Else what is wrong, from which
/// entry on.
pub(super) async fn ask(
    connection: &mut SqliteConnection,
    witness: &Witness,
    last: i64,
) -> Result<Result<Option<u64>, (i64, String)>, StoreError> {
    let Some(key) = witness.key() else { return Ok(Ok(None)) };
    let Some(seen) = read(connection, &key).await? else {
        return Ok(Err((last, "What vouches for it was taken out of the library.".to_owned())));
    };
    if seen.n > last || !holds(connection, &key, &seen).await? {
        let says = "The log was written anew or cut off: it is not the one that this computer's keychain vouches for.";
        return Ok(Err((seen.n.min(last + 1), says.to_owned())));
    }
    Ok(Ok(Some((seen.unseen + (last - seen.n)).cast_unsigned())))
}

async fn read(connection: &mut SqliteConnection, key: &AuditKey) -> Result<Option<Seen>, StoreError> {
    let stored = office_settings::get(connection, &key.row()).await?;
    let stored: Option<serde_json::Value> = stored.and_then(|stored| serde_json::from_str(&stored).ok());
    Ok(stored.and_then(|stored| {
        Some(Seen {
            n: stored["n"].as_i64()?,
            unseen: stored["unseen"].as_i64()?,
            code: bytes(stored["code"].as_str()?)?,
        })
    }))
}

async fn write(
    connection: &mut SqliteConnection,
    key: &AuditKey,
    (n, hash): (i64, &[u8]),
    unseen: i64,
) -> Result<(), StoreError> {
    let code = key.code(n, unseen, hash)?.finalize().into_bytes();
    let row = serde_json::json!({ "n": n, "unseen": unseen, "code": hex(&code) }).to_string();
    office_settings::set(connection, &key.row(), Some(&row)).await
}

/// Whether the entry that a row tells of is there as it was.
async fn holds(connection: &mut SqliteConnection, key: &AuditKey, seen: &Seen) -> Result<bool, StoreError> {
    let hash: Option<Vec<u8>> = match seen.n {
        0 => Some(BEGINNING.to_vec()),
        n => {
            sqlx::query_scalar("SELECT hash FROM audit WHERE n = ?")
                .bind(n)
                .fetch_optional(connection)
                .await?
        }
    };
    let Some(hash) = hash else { return Ok(false) };
    Ok(key.code(seen.n, seen.unseen, &hash)?.verify_slice(&seen.code).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}
