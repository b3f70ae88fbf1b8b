//! The schema, step by step, forward only.

use sha2::{Digest, Sha256};

use super::Session;
use crate::error::CentralError;

/// The steps in order. A released one is never edited.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_rejoin.sql"),
    include_str!("migrations/0003_doubles.sql"),
    include_str!("migrations/0004_awaited.sql"),
    include_str!("migrations/0005_tokens.sql"),
    include_str!("migrations/0006_verified.sql"),
    include_str!("migrations/0007_chain.sql"),
    include_str!("migrations/0008_alerts.sql"),
    include_str!("migrations/0009_walks.sql"),
    include_str!("migrations/0010_granted.sql"),
    include_str!("migrations/0011_sisters.sql"),
    include_str!("migrations/0012_deficits.sql"),
    include_str!("migrations/0013_tries.sql"),
    include_str!("migrations/0014_let_in_again.sql"),
    include_str!("migrations/0015_named.sql"),
    include_str!("migrations/0016_followed.sql"),
    include_str!("migrations/0017_seals.sql"),
    include_str!("migrations/0018_details.sql"),
];

/// Whether desks can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// They can.
    Ready,
    /// The schema is not this program's.
    OtherSchema,
    /// The database is a standby: it follows another one, and takes nothing.
    Standby,
    /// The database takes nothing that is written.
    ReadOnly,
}

/// Names the lock under which one process at a time brings the schema up: the letters of "keyrack".
const LOCK: i64 = 0x6b_65_79_72_61_63_6b;

impl Session {
    /// Brings the schema up to what this program knows, and says how many steps that took.
    ///
    /// # Errors
    /// Where the database fails, a step was edited, or the schema is newer than the program.
    pub async fn migrate(&mut self) -> Result<usize, CentralError> {
        let tx = self.begin_long().await?;
        tx.run("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
        let table = "CREATE TABLE IF NOT EXISTS schema_step (
            step integer PRIMARY KEY, hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now())";
        tx.0.batch_execute(table).await?;
        let known = i32::try_from(STEPS.len()).unwrap_or(i32::MAX);
        let done = tx
            .rows("SELECT step, hash FROM schema_step ORDER BY step", &[])
            .await?;
        for (at, row) in done.iter().enumerate() {
            let found: i32 = row.try_get(0)?;
            let hash: Vec<u8> = row.try_get(1)?;
            let same = STEPS
                .get(at)
                .is_some_and(|step| Sha256::digest(step).as_slice() == hash);
            if !same {
                return Err(CentralError::Schema { found, known });
            }
        }
        for (at, step) in STEPS.iter().enumerate().skip(done.len()) {
            tx.0.batch_execute(step).await?;
            let number = i32::try_from(at + 1).unwrap_or(i32::MAX);
            let hash = Sha256::digest(step).to_vec();
            let sql = "INSERT INTO schema_step (step, hash) VALUES ($1, $2)";
            tx.run(sql, &[&number, &hash]).await?;
        }
        tx.commit().await?;
        Ok(STEPS.len() - done.len())
    }

    /// Whether the database answers, takes what is written, and has the schema that this program knows.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn readiness(&mut self) -> Result<Readiness, CentralError> {
        let tx = self.begin().await?;
        let sql = "SELECT count(*), pg_is_in_recovery(),
            current_setting('transaction_read_only')::boolean FROM schema_step";
        let Some(row) = tx.row(sql, &[]).await? else {
            return Ok(Readiness::OtherSchema);
        };
        let found: i64 = row.try_get(0)?;
        Ok(match (row.try_get(1)?, row.try_get(2)?) {
            (true, _) => Readiness::Standby,
            (false, true) => Readiness::ReadOnly,
            _ if usize::try_from(found) == Ok(STEPS.len()) => Readiness::Ready,
            _ => Readiness::OtherSchema,
        })
    }
}
