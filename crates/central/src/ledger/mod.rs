//! The only SQL of the centre: PostgreSQL, static statements and bound parameters.
//!
//! Whatever changes a property locks its row first ([`Tx::lock`]), so that its commands stand in one
//! order and the feed's counter can never step over a commit.

mod alerts;
mod apart;
mod audit;
mod cells;
mod chain;
mod codes;
mod columns;
mod desks;
mod entries;
mod feed;
mod forget;
mod loads;
mod migrate;
mod objects;
mod overview;
mod people;
mod property;
mod queue;
mod reads;
mod records;
mod rows;
mod shares;
mod sisters;
mod tokens;
mod verified;
mod walks;
mod whole;
mod writes;

pub use alerts::{AlertMessage, AlertRow, AlertState};
pub use audit::{AuditRow, Covered, StoredRow, TrailRow};
pub use cells::sound;
pub use chain::{AsOf, ChainCell, ChainProperty, ChainToken};
pub use columns::{Columns, columns_of};
pub use desks::{DeskRow, NewDesk, RESTS_MS};
pub use entries::Accepted;
pub use loads::Asker;
pub use migrate::Readiness;
pub use overview::Overview;
pub use people::{guests_in, named, named_in};
pub use property::PropertyRow;
pub use queue::QueuedRow;
pub use reads::TrailLine;
pub use records::Records;
pub use shares::Changed;
pub use tokens::Other as OtherToken;
pub use whole::Whole;
pub use writes::{Changes, Noted};

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Transaction,
};
use tokio_postgres::types::ToSql;
use tokio_postgres::{NoTls, Row, Statement};

use crate::error::CentralError;

/// How long a request waits for a connection of the pool.
const WAIT: Duration = Duration::from_secs(5);

/// Nobody waits for ever: for the lock of a property, for a statement, for a program that went away.
const LIMITS: &str = "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '30s';
    SET LOCAL idle_in_transaction_session_timeout = '60s'";
/// The same for work that a person waits for at a console, or that takes in a whole history.
const LONG_LIMITS: &str = "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '10min';
    SET LOCAL idle_in_transaction_session_timeout = '10min'";

/// Connections to the database.
#[derive(Clone)]
pub struct Ledger {
    pool: Pool,
    direct: tokio_postgres::Config,
    statements: Statements,
}

/// Whether statements are kept from one transaction to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Statements {
    /// Each connection is one of the server's: what was prepared stays.
    Kept,
    /// A pooler of transactions is in between: the next transaction may meet another server process.
    OfTransaction,
}

/// A connection out of the pool.
pub struct Session(Object, Statements);

/// One transaction.
pub struct Tx<'a>(Transaction<'a>, Statements);

fn read(address: &str) -> Result<tokio_postgres::Config, CentralError> {
    let unread = |error: tokio_postgres::Error| CentralError::Address(error.to_string());
    let mut address = tokio_postgres::Config::from_str(address).map_err(unread)?;
    if address.get_application_name().is_none() {
        address.application_name("keyrack-central");
    }
    if address.get_connect_timeout().is_none() {
        address.connect_timeout(WAIT);
    }
    Ok(address)
}

impl Ledger {
    /// Reads the addresses; nothing is connected yet. Where there is a `direct` one, the other is taken for
    /// a pooler of transactions (PgBouncer), through which nobody hears what the database says.
    ///
    /// # Errors
    /// Where an address cannot be read.
    pub fn new(
        address: &str,
        direct: Option<&str>,
        connections: usize,
    ) -> Result<Self, CentralError> {
        let statements = match direct {
            None => Statements::Kept,
            Some(_) => Statements::OfTransaction,
        };
        let direct = read(direct.unwrap_or(address))?;
        let address = read(address)?;
        let recycling_method = RecyclingMethod::Fast;
        let manager = Manager::from_config(address, NoTls, ManagerConfig { recycling_method });
        let pool = Pool::builder(manager)
            .max_size(connections)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .build()
            .map_err(|error| CentralError::Address(error.to_string()))?;
        Ok(Self {
            pool,
            direct,
            statements,
        })
    }

    /// Where it is, with nothing in between.
    pub fn direct(&self) -> &tokio_postgres::Config {
        &self.direct
    }

    /// A connection.
    ///
    /// # Errors
    /// Where none can be had in time.
    pub async fn session(&self) -> Result<Session, CentralError> {
        Ok(Session(self.pool.get().await?, self.statements))
    }

    /// Connections in use, and how many there may be.
    pub fn in_use(&self) -> (usize, usize) {
        let status = self.pool.status();
        (
            status.size.saturating_sub(status.available),
            status.max_size,
        )
    }
}

impl Session {
    /// Begins a transaction that holds nobody up.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin(&mut self) -> Result<Tx<'_>, CentralError> {
        let transaction = self.0.transaction().await?;
        transaction.batch_execute(LIMITS).await?;
        Ok(Tx(transaction, self.1))
    }

    /// Begins a transaction that may take minutes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin_long(&mut self) -> Result<Tx<'_>, CentralError> {
        let transaction = self.0.transaction().await?;
        transaction.batch_execute(LONG_LIMITS).await?;
        Ok(Tx(transaction, self.1))
    }

    /// Begins a transaction that reads one state of everything.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn snapshot(&mut self) -> Result<Tx<'_>, CentralError> {
        let builder = self.0.build_transaction();
        let builder = builder.isolation_level(tokio_postgres::IsolationLevel::RepeatableRead);
        let transaction = builder.read_only(true).start().await?;
        transaction.batch_execute(LIMITS).await?;
        Ok(Tx(transaction, self.1))
    }
}

impl Tx<'_> {
    /// Makes it last.
    ///
    /// # Errors
    /// Where the database fails: then it may have lasted or not.
    pub async fn commit(self) -> Result<(), CentralError> {
        Ok(self.0.commit().await?)
    }

    /// A point to which a command that fails is taken back.
    pub async fn mark(&self) -> Result<(), CentralError> {
        Ok(self.0.batch_execute("SAVEPOINT command").await?)
    }

    /// Keeps what was done since the point.
    pub async fn keep(&self) -> Result<(), CentralError> {
        Ok(self.0.batch_execute("RELEASE SAVEPOINT command").await?)
    }

    /// Takes back what was done since the point.
    pub async fn take_back(&self) -> Result<(), CentralError> {
        Ok(self
            .0
            .batch_execute("ROLLBACK TO SAVEPOINT command")
            .await?)
    }

    async fn prepared(&self, sql: &str) -> Result<Statement, CentralError> {
        Ok(match self.1 {
            Statements::Kept => self.0.prepare_cached(sql).await?,
            Statements::OfTransaction => self.0.prepare(sql).await?,
        })
    }

    async fn rows(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, CentralError> {
        let statement = self.prepared(sql).await?;
        Ok(self.0.query(&statement, parameters).await?)
    }

    async fn row(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, CentralError> {
        let statement = self.prepared(sql).await?;
        Ok(self.0.query_opt(&statement, parameters).await?)
    }

    async fn run(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, CentralError> {
        let statement = self.prepared(sql).await?;
        Ok(self.0.execute(&statement, parameters).await?)
    }
}
