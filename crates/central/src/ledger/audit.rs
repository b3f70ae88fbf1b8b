//! The trail: one row a command or act, chained by hash over the stored bytes that it covers, so that a
//! changed, removed, inserted or reordered row is found.

use keyrack_inventory::share::Holder;
use keyrack_inventory::{DeskId, Instant};
use keyrack_wire::{Answer, Fed};
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
        let covers = covers.finish();
        let seq = property.audit_head + 1;
        let previous = property.audit_hash;
        let hash = chained(previous, seq, row, covers);
        let place = row.place;
        let epoch = place.map(|(holder, _)| i32::try_from(holder.epoch).unwrap_or(i32::MAX));
        self.run(
            "INSERT INTO audit (property, seq, at, desk, actor, what, accepted, number, queue_desk,
                queue_epoch, queue_seq, detail, covers, previous_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            &[
                &property.id,
                &stored(seq),
                &row.at.millis(),
                &row.desk,
                &row.actor,
                &row.what,
                &row.accepted,
                &row.number.map(stored),
                &place.map(|(holder, _)| holder.desk.0),
                &epoch,
                &place.map(|(_, seq)| stored(seq)),
                &row.detail,
                &covers.as_slice(),
                &previous.as_slice(),
                &hash.as_slice(),
            ],
        )
        .await?;
        property.audit_head = seq;
        property.audit_hash = hash;
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
