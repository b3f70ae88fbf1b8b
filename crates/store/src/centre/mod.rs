//! A desk that has a centre: its queue, its share, the base under what it shows, and the feed.
//!
//! Invariants: a command and its place in the queue stand in one transaction; rights are consumed in
//! the transaction that sells; what is shown is the base and, over it, the commands that the feed has
//! not yet brought back; the log is only ever appended to, and where the centre decided otherwise, a
//! correction is appended.

mod answers;
mod asked;
mod base;
mod counter;
mod decide;
mod follow;
mod given_back;
mod history;
mod inbox;
mod join;
mod level;
mod loading;
mod overlay;
mod parked;
mod people;
mod queue;
mod rebase;
mod rejoin;
mod sent;
mod settle;
mod share;
mod unsettled;

use keyrack_inventory::DeskId;
use keyrack_inventory::share::Holder;
use keyrack_wire::{Cursor, Granted, Hash, Trail};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::error::StoreError;
use crate::rows::uuid;

pub use answers::Standing;
pub use follow::{CORRECTION, Followed};
pub use history::Part;
pub use inbox::{InboxEntry, InboxKind};
pub use join::Joining;
pub use level::Shown;
pub use queue::{QueueFacts, Waiting};
pub use unsettled::Unsettled;

pub(crate) use base::capture;
pub(crate) use counter::{Count, ahead, guard, note};
pub(crate) use decide::decide;
pub(crate) use given_back::give_back;
pub(crate) use parked::park_if_hanging;
pub(crate) use queue::{enqueue, enqueue_erasure};
pub(crate) use share::{load_shares, use_rights};

/// How a desk stands with its centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CentreState {
    /// Its history goes up; nothing is written meanwhile.
    Joining,
    /// It follows, and sells out of its share.
    Joined,
    /// It follows, and sells nothing until it has rejoined.
    Frozen,
}

impl CentreState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Joining => "joining",
            Self::Joined => "joined",
            Self::Frozen => "frozen",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        let all = [Self::Joining, Self::Joined, Self::Frozen];
        let found = all.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| StoreError::damaged("centre", word))
    }
}

/// The centre that a file belongs to, and where the two stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Centre {
    /// Where it answers.
    pub url: String,
    /// The property's code there.
    pub property: String,
    /// Who this desk is there.
    pub holder: Holder,
    /// The letters with which its short numbers begin.
    pub letters: String,
    /// How it stands.
    pub state: CentreState,
    /// The last entry of the feed that is here.
    pub cursor: Cursor,
    /// The number of the last command whose events are all here.
    pub acked_seq: u64,
    /// The number of the last command that was queued.
    pub last_seq: u64,
    /// Its hash.
    pub last_hash: Hash,
    /// Whether the next page has to put rows right.
    pub dirty: bool,
    /// When the centre last answered, in milliseconds since 1970.
    pub heard: Option<i64>,
    /// Why the last exchange failed, as the desk wrote it; nothing where it went through.
    pub failing: Option<String>,
    /// Whether it failed because the centre lets this desk in no more.
    pub let_go: bool,
    /// While frozen: the epoch that has to be left behind.
    pub over_epoch: u32,
    /// Of the machine on which the file was last in use.
    pub fingerprint: String,
    /// What the feed comes to at the cursor, where that is known.
    pub chain: Option<Hash>,
    /// The epoch from which on the centre has all that it answered.
    pub since_epoch: u32,
    /// How far the centre's grants had come when its own were last told; nothing until they were, in this epoch.
    pub granted: Option<Granted>,
    /// Whether its own were told in this epoch, if by a centre that did not say how far.
    pub knows_grants: bool,
    /// The number of the last entry that the feed had when it joined.
    pub joined_number: u64,
    /// When a business date last ended, as a snapshot told; in milliseconds since 1970.
    pub day_ended: Option<i64>,
    /// How far the centre's trail had come when it was last told; nothing where it was not, of its present feed.
    pub trail: Option<Trail>,
    /// The log still has what an erasure that the centre told of took away.
    pub log_due: bool,
    /// The last number that another copy of the file may have given.
    pub numbers_after: u64,
}

impl Centre {
    /// Whether another copy of the file may have given the next number, or let go what is held here: it is frozen, is let
    /// in no more, or has left an epoch behind and has not heard since of all that the centre has.
    pub(crate) fn is_in_doubt(&self) -> bool {
        let has_heard = self.knows_grants || self.since_epoch == self.holder.epoch;
        self.state == CentreState::Frozen || self.let_go || !has_heard
    }
}

/// Refuses what is written while a history goes up.
pub(crate) fn check_joined(connection: &Connection) -> Result<(), StoreError> {
    match load(connection)? {
        Some(centre) if centre.state == CentreState::Joining => Err(StoreError::Joining),
        _ => Ok(()),
    }
}

/// The centre of the file, where it has one.
pub(crate) fn load(connection: &Connection) -> Result<Option<Centre>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT url, property, desk, epoch, letters, state, feed_epoch, cursor, acked_seq, last_seq,
            last_hash, dirty, heard, over_epoch, fingerprint, chain,
            since_epoch, grants_at, joined_number, log_due, day_ended, grants_chain,
            trail_number, trail_hash, failing, numbers_after, let_go FROM centre",
    )?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let state: String = row.get(5)?;
    Ok(Some(Centre {
        url: row.get(0)?,
        property: row.get(1)?,
        holder: Holder {
            desk: DeskId(uuid(row, 2)?),
            epoch: row.get(3)?,
        },
        letters: row.get(4)?,
        state: CentreState::from_word(&state)?,
        cursor: Cursor {
            epoch: row.get(6)?,
            number: row.get(7)?,
        },
        acked_seq: row.get(8)?,
        last_seq: row.get(9)?,
        last_hash: Hash(row.get(10)?),
        dirty: row.get(11)?,
        heard: row.get(12)?,
        over_epoch: row.get(13)?,
        fingerprint: row.get(14)?,
        chain: row.get::<_, Option<[u8; 32]>>(15)?.map(Hash),
        since_epoch: row.get(16)?,
        knows_grants: row.get::<_, u64>(17)? > 0,
        granted: match row.get::<_, Option<[u8; 32]>>(21)? {
            Some(chain) => Some(Granted {
                number: row.get(17)?,
                chain: Hash(chain),
            }),
            None => None,
        },
        joined_number: row.get(18)?,
        log_due: row.get(19)?,
        day_ended: row.get(20)?,
        trail: match row.get::<_, Option<[u8; 32]>>(23)? {
            Some(hash) => Some(Trail {
                number: row.get(22)?,
                hash: Hash(hash),
            }),
            None => None,
        },
        failing: row.get(24)?,
        numbers_after: row.get(25)?,
        let_go: row.get(26)?,
    }))
}

/// Writes the row of the centre anew.
fn save(connection: &Connection, centre: &Centre) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO centre (id, url, property, desk, epoch, letters, state, feed_epoch,
            cursor, acked_seq, last_seq, last_hash, dirty, heard, over_epoch, fingerprint, chain,
            since_epoch, grants_at, joined_number, log_due, day_ended, grants_chain,
            trail_number, trail_hash, failing, numbers_after, let_go)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
            ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
    )?;
    statement.execute(params![
        centre.url,
        centre.property,
        centre.holder.desk.0.as_bytes(),
        centre.holder.epoch,
        centre.letters,
        centre.state.as_str(),
        centre.cursor.epoch,
        centre.cursor.number,
        centre.acked_seq,
        centre.last_seq,
        centre.last_hash.0,
        centre.dirty,
        centre.heard,
        centre.over_epoch,
        centre.fingerprint,
        centre.chain.map(|chain| chain.0),
        centre.since_epoch,
        match centre.granted {
            Some(granted) => granted.number,
            None => centre.knows_grants.into(),
        },
        centre.joined_number,
        centre.log_due,
        centre.day_ended,
        centre.granted.map(|granted| granted.chain.0),
        centre.trail.map(|trail| trail.number),
        centre.trail.map(|trail| trail.hash.0),
        centre.failing,
        centre.numbers_after,
        centre.let_go,
    ])?;
    Ok(())
}

/// Whether the command of that id is in the queue: one of this desk's own.
fn is_own(connection: &Connection, id: Uuid) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM queue WHERE id = ?1")?;
    let found: Option<i64> = statement
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}
