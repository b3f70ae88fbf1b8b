//! The only SQLite of Keyrack.
//!
//! Invariants: one writer at a time in a process and, through [`gate`], in line among processes;
//! every write begins IMMEDIATE; a command's outcome, events, counts and audit row stand in one
//! transaction; what is counted is decided by the domain's fold and never here. Several processes on
//! one file are normal.

mod act;
mod alerts;
mod apply;
mod audit;
mod backup;
mod centre;
mod connection;
mod day_end;
mod disk;
mod envelope;
mod erase;
mod error;
pub mod gate;
mod guest;
mod heads;
mod health;
mod jobs;
mod listed;
mod load;
pub mod measure;
mod migrations;
mod origin;
mod plan;
pub mod private;
mod read;
mod rebuild;
mod record;
mod rows;
mod scratch;
mod seal;
mod setting;
mod spelling;
mod staff;
#[cfg(feature = "trace")]
pub mod trace;
mod verify;
mod watch;
mod weigh;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Clock};

use rusqlite::{Connection, TransactionBehavior};

pub use act::{Act, Asked, SYSTEM, Used};
pub use alerts::{AlertChanges, AlertEntry, WantedAlert};
pub use backup::{Copied, Restored};
pub use centre::{
    CORRECTION, Centre, CentreState, Followed, InboxEntry, InboxKind, Joining, Part, QueueFacts,
    Shown, Standing, Unsettled, Waiting,
};
pub use connection::Creation;
pub use day_end::DayEnd;
pub use envelope::{Applied, Envelope, GuestRow, Said, TextRow};
pub use erase::{ERASED_GUEST, Erased};
pub use error::StoreError;
pub use health::{CommandTrace, FileFacts, Outcomes, Upkeep, UpkeepKind};
pub use jobs::{Claim, Job, JobState, MOST_TRIES, NewJob};
pub use keyrack_inventory::{Event, Refusal};
pub use origin::HotelIn;
pub use read::{
    AllotmentEntry, AuditEntry, AuditFilter, CellChange, DayCounts, DueList, EventEntry,
    EventFilter, GroupRooms, GuestEntry, GuestFilter, GuestText, HoldEntry, KeptBack, Numbers,
    OutageEntry, Person, Reader, ReservationFilter, ReservationPage, ReservationSort, Scene,
    StayEntry, TransferFilter, TransferRow,
};
pub use rebuild::Rebuilt;
pub use scratch::sweep_copies;
pub use staff::{FailureEntry, SessionEntry, StaffEntry};
pub use verify::{Check, Verification};
pub use watch::Watch;
pub use weigh::Weighing;

use gate::{Gate, Pass, Refused};
use load::CatalogueCache;
use measure::Measures;

/// How long a writer waits in line where nothing else is set.
pub const DEFAULT_WAIT: Duration = Duration::from_secs(5);
/// Readers kept open for the next read.
const READERS_KEPT: usize = 4;

/// An open file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    wait: Duration,
    gate: Gate,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
    measures: Measures,
}

#[derive(Debug, Default)]
struct Writer {
    /// Dropped after a failure: what is in doubt is settled by the command id on a fresh one.
    connection: Option<Connection>,
    cache: CatalogueCache,
    noted: Option<centre::Count>,
}

impl Store {
    /// Opens the file, and brings its schema up to date.
    ///
    /// # Errors
    /// Where it is missing (unless it may be made), no database, another program's, newer than this
    /// program, or cannot be written.
    pub fn open(path: &Path, creation: Creation, wait: Duration) -> Result<Self, StoreError> {
        let gate = Gate::beside(path);
        let fresh = creation == Creation::Create
            && !path.try_exists().map_err(|source| StoreError::Io {
                path: path.to_owned(),
                source,
            })?;
        // Two processes that make the same file stand in line as well.
        let pass = fresh.then(|| enter(&gate, path, wait)).transpose()?;
        let connection = match connection::open(path, creation, wait) {
            Ok(connection) => Some(connection),
            // On a full disk what is there can still be looked at.
            Err(StoreError::Failed { .. } | StoreError::NotWritable { .. })
                if connection::is_readable(path, wait) =>
            {
                None
            }
            Err(error) => return Err(error),
        };
        drop(pass);
        Ok(Self {
            path: path.to_owned(),
            wait,
            gate,
            writer: Mutex::new(Writer {
                connection,
                cache: None,
                noted: None,
            }),
            readers: Mutex::new(Vec::new()),
            measures: Measures::beside(path),
        })
    }

    /// Whether a hotel was written at this place, whatever the file there is by now.
    pub fn has_been_at(path: &Path) -> bool {
        Gate::beside(path).was_used()
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Applies a command, once.
    ///
    /// # Errors
    /// Where the file is busy or fails. A rule's refusal is no error: see [`Applied`].
    pub fn apply(&self, envelope: &Envelope) -> Result<Applied, StoreError> {
        self.apply_and(envelope, |_, _| Ok(()))
    }

    /// Applies a command, once, and does something more in its transaction.
    ///
    /// # Errors
    /// Where the file is busy or fails, or `more` does.
    pub fn apply_and(
        &self,
        envelope: &Envelope,
        more: impl FnOnce(&mut Batch<'_>, &Applied) -> Result<(), StoreError>,
    ) -> Result<Applied, StoreError> {
        let sale = health::is_sale(envelope.command.kind());
        let asked = Clock::now();
        let applied = self.write(|batch| {
            let applied = batch.apply(envelope)?;
            more(batch, &applied)?;
            Ok(applied)
        });
        match &applied {
            Ok(_) if sale => self.measures.sold(asked.elapsed()),
            Err(_) if sale => self.measures.sale_failed(),
            _ => {}
        }
        applied
    }

    /// Applies several commands in one transaction, each for itself: a refused one stands as
    /// refused beside the others. All of them are durable when this returns, or none is.
    ///
    /// # Errors
    /// Where the file is busy or fails, or `work` does.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let asked = Clock::now();
        let mut writer = self.lock_writer();
        let done = enter(&self.gate, &self.path, self.wait).and_then(|pass| {
            let done = self.transact(&mut writer, asked, work);
            drop(pass);
            done
        });
        if matches!(done, Err(StoreError::Busy { .. })) {
            self.measures.was_busy();
        }
        if let Err(error) = &done
            && !matches!(error, StoreError::Busy { .. })
        {
            writer.connection = None;
        }
        done
    }

    fn transact<T>(
        &self,
        writer: &mut Writer,
        asked: Clock,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Writer {
            connection,
            cache,
            noted,
        } = writer;
        // What is read within the transaction is remembered only where it is committed: taken back,
        // its version would name another catalogue, that of whoever writes next.
        let mut read = cache.take();
        let connection = match connection {
            Some(connection) => connection,
            None => {
                let opened = connection::open(&self.path, Creation::MustExist, self.wait)?;
                connection.insert(opened)
            }
        };
        let started = Clock::now();
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| match connection::explain(&self.path, error) {
            StoreError::Busy { .. } => {
                let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                StoreError::Busy { waited_ms }
            }
            other => other,
        })?;
        self.measures.waited(asked.elapsed());
        centre::guard(&transaction, &self.path)?;
        connection::check_version(&transaction, read.as_ref().map(|(version, _)| *version))?;
        let mut batch = Batch {
            connection: &transaction,
            cache: &mut read,
            taken_back: false,
            folded: Vec::new(),
        };
        let made = work(&mut batch).map_err(|error| self.explain(error))?;
        let folded = std::mem::take(&mut batch.folded);
        let explained = |error| connection::explain(&self.path, error);
        if batch.taken_back {
            transaction.rollback().map_err(explained)?;
            return Ok(made);
        }
        let ahead = centre::ahead(&transaction, *noted)?;
        transaction.commit().map_err(explained)?;
        *cache = read;
        centre::note(&self.path, ahead, noted)?;
        for path in folded {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::debug!(kind = ?error.kind(), "what was measured cannot be removed");
            }
        }
        Ok(made)
    }

    fn explain(&self, error: StoreError) -> StoreError {
        connection::explained(&self.path, error)
    }

    fn lock_writer(&self) -> MutexGuard<'_, Writer> {
        // A panic while writing rolled its transaction back, and forgot what was read in it.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, in one snapshot of the file.
    ///
    /// # Errors
    /// Where the file fails, or `work` does.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let kept = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let (mut connection, shares) = match kept {
            Some(connection) => (connection, true),
            None => {
                let opened = connection::open_reader(&self.path, self.wait)?;
                let alone = connection::is_alone(&opened)?;
                (opened, !alone)
            }
        };
        // Read for itself, nothing tells the connection that the file was written elsewhere.
        let look = || (!shares).then(|| connection::stamp(&self.path));
        let stood = look();
        let made = {
            let transaction = connection.transaction()?;
            work(&Reader::new(&transaction)).map_err(|error| self.explain(error))
        };
        if look() != stood {
            return Err(StoreError::Busy { waited_ms: 0 });
        }
        let made = made?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        // Who has the file alone gives it back.
        if shares && readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        Ok(made)
    }
}

fn enter(gate: &Gate, path: &Path, wait: Duration) -> Result<Pass, StoreError> {
    gate.enter(wait).map_err(|refused| match refused {
        Refused::TimedOut => StoreError::Busy {
            waited_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        },
        Refused::Io(error) => StoreError::NotWritable {
            path: path.to_owned(),
            why: error.to_string(),
        },
    })
}

/// A transaction under way.
#[derive(Debug)]
pub struct Batch<'a> {
    connection: &'a Connection,
    cache: &'a mut CatalogueCache,
    taken_back: bool,
    /// Files whose content the database has, once this is committed.
    folded: Vec<PathBuf>,
}

impl Batch<'_> {
    /// Applies one command in it.
    ///
    /// # Errors
    /// Where the file fails; the whole transaction is then taken back.
    pub fn apply(&mut self, envelope: &Envelope) -> Result<Applied, StoreError> {
        apply::apply(self.connection, self.cache, envelope)
    }

    /// Applies commands that belong together, and leaves no trace of them where a rule refuses one:
    /// neither an outcome nor a row of the trail. For many commands of one origin, which tells
    /// itself what was refused.
    ///
    /// # Errors
    /// Where the file fails; the whole transaction is then taken back.
    pub fn attempt(&mut self, envelopes: &[Envelope]) -> Result<Result<(), Refusal>, StoreError> {
        self.savepoint("SAVEPOINT attempt")?;
        let mut refused = Ok(());
        for envelope in envelopes {
            if let Err(refusal) = self.apply(envelope)?.result {
                self.savepoint("ROLLBACK TO attempt")?;
                refused = Err(refusal);
                break;
            }
        }
        self.savepoint("RELEASE attempt")?;
        Ok(refused)
    }

    fn savepoint(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Nothing of this transaction shall stand: it is taken back when its work is done.
    pub fn take_back(&mut self) {
        self.taken_back = true;
    }

    /// Reads what stands in the transaction.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self.connection)
    }
}
