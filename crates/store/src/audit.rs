//! The audit trail: one row a command or act, chained by hash over the stored bytes of the command,
//! its events and the row itself, so that a changed, removed, inserted or reordered row is found.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::error::StoreError;

/// Where a chain begins.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// What stands in a row of the trail beside its place in the chain.
#[derive(Clone, Debug)]
pub(crate) struct AuditRow<'a> {
    /// Nothing where it is an act.
    pub command: Option<i64>,
    pub actor: &'a str,
    pub permission: &'a str,
    pub desk: &'a str,
    pub what: &'a str,
    pub object: &'a str,
    pub reason_code: Option<&'a str>,
    pub reason_text: Option<[u8; 16]>,
    pub override_text: Option<[u8; 16]>,
    pub instant: i64,
    pub request: [u8; 16],
    /// What an act says of itself, JSON.
    pub detail: Option<&'a str>,
}

/// A hash over fields of known length: no two different lists of fields give the same bytes.
pub(crate) struct Fields(Sha256);

impl Fields {
    pub fn new(previous: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        Self(hasher)
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub fn number(&mut self, number: i64) {
        self.bytes(&number.to_be_bytes());
    }

    pub fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => self.bytes(bytes),
            None => self.0.update(u64::MAX.to_be_bytes()),
        }
    }

    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// A stored row, whatever its columns: the bytes that SQLite keeps, column by column.
    pub fn row(&mut self, row: &Row<'_>, columns: std::ops::Range<usize>) -> rusqlite::Result<()> {
        use rusqlite::types::ValueRef;
        for at in columns {
            match row.get_ref(at)? {
                ValueRef::Null => self.optional(None),
                ValueRef::Integer(number) => self.number(number),
                ValueRef::Real(number) => self.bytes(&number.to_be_bytes()),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => self.bytes(bytes),
            }
        }
        Ok(())
    }

    pub fn audit(&mut self, row: &AuditRow<'_>) {
        match row.command {
            Some(command) => self.number(command),
            None => self.optional(None),
        }
        for text in [row.actor, row.permission, row.desk, row.what, row.object] {
            self.text(text);
        }
        self.optional(row.reason_code.map(str::as_bytes));
        self.optional(row.reason_text.as_ref().map(<[u8; 16]>::as_slice));
        self.optional(row.override_text.as_ref().map(<[u8; 16]>::as_slice));
        self.number(row.instant);
        self.bytes(&row.request);
        self.detail(row.detail.map(str::as_bytes));
    }

    /// Fed only where there is one: rows from before there were acts keep their hashes, and one that
    /// gained or lost a detail has another.
    pub fn detail(&mut self, detail: Option<&[u8]>) {
        if let Some(detail) = detail {
            self.bytes(detail);
        }
    }
}

/// The end of the chain: the last row's number and hash.
pub(crate) fn head(connection: &Connection) -> Result<(i64, [u8; 32]), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    let found = statement
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or((0, GENESIS)))
}

/// Appends a row whose hash covers what `fields` was fed.
pub(crate) fn append(
    connection: &Connection,
    row: &AuditRow<'_>,
    (last, previous): (i64, [u8; 32]),
    fields: Fields,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO audit (seq, command, actor, permission, desk, what, object, reason_code,
            reason_text, override_text, instant, request, previous_hash, hash, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    statement.execute(params![
        last + 1,
        row.command,
        row.actor,
        row.permission,
        row.desk,
        row.what,
        row.object,
        row.reason_code,
        row.reason_text,
        row.override_text,
        row.instant,
        row.request,
        previous,
        fields.finish(),
        row.detail,
    ])?;
    Ok(())
}
