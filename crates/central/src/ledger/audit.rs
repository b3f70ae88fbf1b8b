//! The trail: one row a command or act, chained by hash over the stored bytes that it covers, so that a
//! changed, removed, inserted or reordered row is found.

use keyrack_inventory::share::Holder;
use keyrack_inventory::{DeskId, Instant};
use keyrack_wire::{Answer, Fed, Hash};
use sha2::{Digest, Sha256};
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::property::PropertyRow;
use super::rows::{count, hash32, of_text, stored, text_of};
use crate::error::CentralError;

/// What a row of the trail tells.
#[derive(Clone, Copy, Debug)]
pub struct AuditRow<'a> {
    /// When, by the centre's clock.
    pub at: Instant,
    /// The letters of the desk; nothing where it was done at the centre.
    pub desk: &'a str,
    /// Who.
    pub actor: &'a str,
    /// What.
    pub what: &'a str,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The entry that it made.
    pub number: Option<u64>,
    /// The place in a desk's queue that it came from.
    pub place: Option<(Holder, u64)>,
    /// What an act says of itself.
    pub detail: Option<&'a str>,
}

/// A hash over fields of known length: no two different lists of fields give the same bytes.
#[derive(Default)]
pub struct Covered(Sha256);

impl Covered {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn number(&mut self, number: i64) {
        self.bytes(&number.to_be_bytes());
    }

    fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => self.bytes(bytes),
            None => self.0.update(u64::MAX.to_be_bytes()),
        }
    }

    /// The bytes of an entry and its events.
    ///
    /// # Errors
    /// Where it cannot be written as text, which no entry that was read from text is.
    pub fn entry(&mut self, fed: &Fed) -> Result<(), CentralError> {
        self.number(stored(fed.number));
        self.bytes(fed.id.0.as_bytes());
        for text in [fed.desk.as_str(), fed.actor.as_str(), fed.kind.as_str()] {
            self.bytes(text.as_bytes());
        }
        self.number(fed.at.millis());
        self.number(fed.business_date.day_number().into());
        self.bytes(fed.request.as_bytes());
        self.bytes(text_of("entry", &fed.payload)?.as_bytes());
        self.bytes(text_of("entry", &fed.outcome)?.as_bytes());
        let reason = fed
            .reason
            .as_ref()
            .map(|reason| text_of("entry", reason))
            .transpose()?;
        self.optional(reason.as_deref().map(str::as_bytes));
        self.optional(
            fed.override_text
                .as_ref()
                .map(|text| text.0.as_bytes().as_slice()),
        );
        for event in &fed.events {
            self.bytes(event.name.as_str().as_bytes());
            self.number(event.version.into());
            self.bytes(event.payload.as_bytes());
        }
        Ok(())
    }

    /// The bytes of a place in a desk's queue and of its answer.
    ///
    /// # Errors
    /// As [`Covered::entry`].
    pub fn queued(&mut self, sealed: Option<&str>, answer: &Answer) -> Result<(), CentralError> {
        self.optional(sealed.map(str::as_bytes));
        self.bytes(text_of("queued", answer)?.as_bytes());
        Ok(())
    }

    /// The hash.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The hash of a row: of the one before it, of its own columns, and of what it covers.
pub(super) fn chained(
    previous: [u8; 32],
    seq: u64,
    row: &AuditRow<'_>,
    covers: [u8; 32],
) -> [u8; 32] {
    let mut fields = Covered::default();
    fields.bytes(&previous);
    fields.number(stored(seq));
    fields.number(row.at.millis());
    for text in [row.desk, row.actor, row.what] {
        fields.bytes(text.as_bytes());
    }
    fields.number(row.accepted.into());
    fields.number(row.number.map_or(-1, stored));
    match row.place {
        Some((holder, seq)) => {
            fields.bytes(holder.desk.0.as_bytes());
            fields.number(holder.epoch.into());
            fields.number(stored(seq));
        }
        None => fields.optional(None),
    }
    fields.optional(row.detail.map(str::as_bytes));
    fields.bytes(&covers);
    fields.finish()
}

/// A row of the trail in its place.
#[derive(Clone, Debug)]
pub struct TrailRow {
    seq: u64,
    at: Instant,
    desk: String,
    actor: String,
    what: String,
    accepted: bool,
    number: Option<u64>,
    place: Option<(Holder, u64)>,
    detail: Option<String>,
    covers: [u8; 32],
    previous: [u8; 32],
    hash: [u8; 32],
}

impl TrailRow {
    /// Its hash.
    pub fn hash(&self) -> Hash {
        Hash(self.hash)
    }
}

impl AuditRow<'_> {
    /// The row behind the last one of the property's trail; the head in `property` moves with it.
    pub fn follows(&self, property: &mut PropertyRow, covers: Covered) -> TrailRow {
        let covers = covers.finish();
        let (seq, previous) = (property.audit_head + 1, property.audit_hash);
        let hash = chained(previous, seq, self, covers);
        property.audit_head = seq;
        property.audit_hash = hash;
        TrailRow {
            seq,
            at: self.at,
            desk: self.desk.to_owned(),
            actor: self.actor.to_owned(),
            what: self.what.to_owned(),
            accepted: self.accepted,
            number: self.number,
            place: self.place,
            detail: self.detail.map(str::to_owned),
            covers,
            previous,
            hash,
        }
    }
}

impl Tx<'_> {
    /// Appends a row to the property's trail; the head in `property` moves with it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit(
        &self,
        property: &mut PropertyRow,
        row: &AuditRow<'_>,
        covers: Covered,
    ) -> Result<(), CentralError> {
        let row = row.follows(property, covers);
        self.add_trail(property.id, &[row]).await
    }

    /// The hash of the trail's row of that number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn trail_hash(
        &self,
        property: i32,
        number: u64,
    ) -> Result<Option<Hash>, CentralError> {
        let sql = "SELECT hash FROM audit WHERE property = $1 AND seq = $2";
        let found = self.row(sql, &[&property, &stored(number)]).await?;
        found
            .map(|row| Ok(Hash(hash32(&row, 0, "audit")?)))
            .transpose()
    }

    /// Appends rows that follow the last one of the property's trail.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_trail(&self, property: i32, rows: &[TrailRow]) -> Result<(), CentralError> {
        let places = rows.iter().map(|row| row.place);
        let epochs = places.clone().map(|place| place.map(|(of, _)| of.epoch));
        let epochs: Vec<Option<i32>> = epochs
            .map(|epoch| epoch.map(|epoch| i32::try_from(epoch).unwrap_or(i32::MAX)))
            .collect();
        let queues = places.clone().map(|place| place.map(|(of, _)| of.desk.0));
        let queues: Vec<Option<Uuid>> = queues.collect();
        let seqs = places.map(|place| place.map(|(_, seq)| stored(seq)));
        let seqs: Vec<Option<i64>> = seqs.collect();
        let text = |of: fn(&TrailRow) -> &str| -> Vec<&str> { rows.iter().map(of).collect() };
        let bytes = |of: fn(&TrailRow) -> &[u8; 32]| -> Vec<&[u8]> {
            rows.iter().map(|row| of(row).as_slice()).collect()
        };
        let rows_at: Vec<i64> = rows.iter().map(|row| stored(row.seq)).collect();
        let at: Vec<i64> = rows.iter().map(|row| row.at.millis()).collect();
        let accepted: Vec<bool> = rows.iter().map(|row| row.accepted).collect();
        let numbers: Vec<Option<i64>> = rows.iter().map(|row| row.number.map(stored)).collect();
        let details: Vec<Option<&str>> = rows.iter().map(|row| row.detail.as_deref()).collect();
        self.run(
            "INSERT INTO audit (property, seq, at, desk, actor, what, accepted, number, queue_desk,
                queue_epoch, queue_seq, detail, covers, previous_hash, hash)
             SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                $7::boolean[], $8::bigint[], $9::uuid[], $10::integer[], $11::bigint[], $12::text[],
                $13::bytea[], $14::bytea[], $15::bytea[])",
            &[
                &property,
                &rows_at,
                &at,
                &text(|row| &row.desk),
                &text(|row| &row.actor),
                &text(|row| &row.what),
                &accepted,
                &numbers,
                &queues,
                &epochs,
                &seqs,
                &details,
                &bytes(|row| &row.covers),
                &bytes(|row| &row.previous),
                &bytes(|row| &row.hash),
            ],
        )
        .await?;
        Ok(())
    }
}

/// A row of the trail as it is stored.
#[derive(Clone, Debug)]
pub struct StoredRow {
    /// Its number.
    pub seq: u64,
    /// What was done.
    pub what: String,
    /// The entry whose bytes it covers.
    pub number: Option<u64>,
    /// The bytes of the place in a desk's queue that it covers, and of its answer.
    pub queued: Option<(Option<String>, Answer)>,
    /// The hash over what it covers.
    pub covers: [u8; 32],
    /// The hash before it.
    pub previous: [u8; 32],
    /// Its own.
    pub hash: [u8; 32],
    /// Its own as its columns have it.
    pub computed: [u8; 32],
}

fn stored_row(row: &Row) -> Result<StoredRow, CentralError> {
    const TABLE: &str = "audit";
    let (desk, actor, what, detail): (&str, &str, &str, Option<&str>) = (
        row.try_get(2)?,
        row.try_get(3)?,
        row.try_get(4)?,
        row.try_get(10)?,
    );
    let number = row.try_get::<_, Option<i64>>(6)?;
    let number = number.map(|number| u64::try_from(number).unwrap_or(u64::MAX));
    let place = match row.try_get::<_, Option<Uuid>>(7)? {
        Some(desk) => {
            let epoch: i32 = row.try_get(8)?;
            let epoch =
                u32::try_from(epoch).map_err(|error| CentralError::damaged(TABLE, error))?;
            let desk = DeskId(desk);
            Some((Holder { desk, epoch }, count(row, 9)?))
        }
        None => None,
    };
    let told = AuditRow {
        at: Instant::from_millis(row.try_get(1)?),
        desk,
        actor,
        what,
        accepted: row.try_get(5)?,
        number,
        place,
        detail,
    };
    let (seq, covers) = (count(row, 0)?, hash32(row, 11, TABLE)?);
    let previous = hash32(row, 12, TABLE)?;
    let answer: Option<&str> = row.try_get(15)?;
    let answer = answer.map(|text| of_text("queued", text)).transpose()?;
    let sealed: Option<String> = row.try_get(14)?;
    Ok(StoredRow {
        seq,
        what: what.to_owned(),
        number,
        queued: answer.map(|answer| (sealed, answer)),
        covers,
        previous,
        hash: hash32(row, 13, TABLE)?,
        computed: chained(previous, seq, &told, covers),
    })
}

impl Tx<'_> {
    /// The rows of the trail after the number, at most so many, with the bytes that they cover.
    ///
    /// # Errors
    /// Where a column cannot be, or the database fails.
    pub async fn trail(
        &self,
        property: i32,
        after: u64,
        most: i64,
    ) -> Result<Vec<StoredRow>, CentralError> {
        let rows = self
            .rows(
                "SELECT a.seq, a.at, a.desk, a.actor, a.what, a.accepted, a.number, a.queue_desk,
                    a.queue_epoch, a.queue_seq, a.detail, a.covers, a.previous_hash, a.hash,
                    q.sealed, q.answer
                 FROM audit AS a LEFT JOIN queued AS q ON q.property = a.property
                    AND q.desk = a.queue_desk AND q.epoch = a.queue_epoch AND q.seq = a.queue_seq
                 WHERE a.property = $1 AND a.seq > $2 ORDER BY a.seq LIMIT $3",
                &[&property, &stored(after), &most],
            )
            .await?;
        rows.iter().map(stored_row).collect()
    }
}
