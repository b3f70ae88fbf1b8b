//! Desks, and how they stand.

use keyrack_inventory::share::Holder;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{DeskId, Instant};
use keyrack_wire::{Hash, Label, Pull};
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::rows::{count, hash32, stored};
use crate::error::CentralError;

/// How long a desk counts as having nothing left after it said so, in milliseconds: it says so every 10 s.
pub const RESTS_MS: i64 = 60_000;

/// A desk.
#[derive(Clone, Debug)]
pub struct DeskRow {
    /// The property that it belongs to.
    pub property: i32,
    /// Who it is, and its epoch.
    pub holder: Holder,
    /// The letters of its short numbers.
    pub letters: Label,
    /// What it is called.
    pub name: Label,
    /// The number of its last command that is stored.
    pub last_seq: u64,
    /// The hash of that command.
    pub last_hash: Hash,
    /// The highest counts in its short numbers.
    pub counters: Counters,
    /// When it was last heard.
    pub seen_at: Option<Instant>,
    /// When it last said that nothing of its queue was left; nothing where it has said otherwise since.
    pub rested_at: Option<Instant>,
    /// Two copies of it were seen.
    pub is_forked: bool,
    /// A person has accepted one copy of it, and it was not heard since.
    pub is_awaited: bool,
    /// A token of it that another one followed was shown again, and no person has looked.
    pub is_reused: bool,
    /// It is not let in any more.
    pub is_revoked: bool,
    /// It was declared lost, and has not come back.
    pub is_lost: bool,
    /// The last epoch whose rights a person took back; 0 before any.
    pub lost_epoch: u32,
    /// The epoch of the feed in which its own epoch began.
    pub feed_epoch: u32,
    /// Up to which entry it is known to have followed the feed as it is here.
    pub followed: u64,
}

impl DeskRow {
    /// Whether it is granted anything: not before it is known who speaks for it.
    pub fn may_have_rights(&self) -> bool {
        !self.is_revoked && !self.is_forked && !self.is_awaited && !self.is_lost
    }

    /// How it stands, in a word.
    pub fn standing(&self) -> &'static str {
        let all = [
            (self.is_revoked, "revoked"),
            (self.is_lost, "lost"),
            (self.is_forked, "exists twice"),
            (self.is_reused, "token reused"),
        ];
        let first = all.into_iter().find(|(is, _)| *is);
        first.map_or("joined", |(_, word)| word)
    }
}

/// A desk that is taken in.
#[derive(Clone, Copy, Debug)]
pub struct NewDesk<'a> {
    /// Who it is.
    pub id: DeskId,
    /// What it is called.
    pub name: &'a str,
    /// The hash of its token.
    pub token: [u8; 32],
    /// The hash of its machine's fingerprint.
    pub fingerprint: [u8; 32],
}

macro_rules! desk_columns {
    ($rest:literal) => {
        concat!(
            "SELECT property, id, epoch, letters, name, last_seq, last_hash, last_reservation, last_hold,
                last_outage, last_allotment, seen_at, forked_at IS NOT NULL, revoked_at IS NOT NULL,
                lost_at IS NOT NULL, lost_epoch, rested_at, feed_epoch, is_awaited,
                token_reused_at IS NOT NULL, followed
             FROM desk ",
            $rest
        )
    };
}

fn desk(row: &Row) -> Result<DeskRow, CentralError> {
    let label =
        |text: String| Label::try_from(text).map_err(|error| CentralError::damaged("desk", error));
    let epoch: i32 = row.try_get(2)?;
    let lost_epoch: i32 = row.try_get(15)?;
    let feed_epoch: i32 = row.try_get(17)?;
    Ok(DeskRow {
        property: row.try_get(0)?,
        holder: Holder {
            desk: DeskId(row.try_get(1)?),
            epoch: u32::try_from(epoch).map_err(|error| CentralError::damaged("desk", error))?,
        },
        letters: label(row.try_get(3)?)?,
        name: label(row.try_get(4)?)?,
        last_seq: count(row, 5)?,
        last_hash: Hash(hash32(row, 6, "desk")?),
        counters: Counters {
            reservation: count(row, 7)?,
            hold: count(row, 8)?,
            outage: count(row, 9)?,
            allotment: count(row, 10)?,
        },
        seen_at: row.try_get::<_, Option<i64>>(11)?.map(Instant::from_millis),
        rested_at: row.try_get::<_, Option<i64>>(16)?.map(Instant::from_millis),
        is_forked: row.try_get(12)?,
        is_awaited: row.try_get(18)?,
        is_reused: row.try_get(19)?,
        is_revoked: row.try_get(13)?,
        is_lost: row.try_get(14)?,
        lost_epoch: u32::try_from(lost_epoch)
            .map_err(|error| CentralError::damaged("desk", error))?,
        feed_epoch: u32::try_from(feed_epoch)
            .map_err(|error| CentralError::damaged("desk", error))?,
        followed: count(row, 20)?,
    })
}

/// The `index`-th letters: A to Y, then AA, AB and so on. Those with Z are of what the centre makes
/// for a desk that asked.
fn letters(index: usize) -> String {
    let mut rest = index + 1;
    let mut text = Vec::new();
    while rest > 0 {
        rest -= 1;
        text.push(b'A' + u8::try_from(rest % 25).unwrap_or(0));
        rest /= 25;
    }
    text.iter().rev().map(|byte| char::from(*byte)).collect()
}

impl Tx<'_> {
    /// The desk that has the token.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn desk_by_token(&self, token: [u8; 32]) -> Result<Option<DeskRow>, CentralError> {
        let sql = desk_columns!("WHERE token_hash = $1");
        let row = self.row(sql, &[&token.as_slice()]).await?;
        row.as_ref().map(desk).transpose()
    }

    /// A desk of the property.
    ///
    /// # Errors
    /// Where there is none, or the database fails.
    pub async fn desk(&self, property: i32, id: DeskId) -> Result<DeskRow, CentralError> {
        let sql = desk_columns!("WHERE property = $1 AND id = $2");
        let row = self.row(sql, &[&property, &id.0]).await?;
        desk(&row.ok_or_else(|| CentralError::UnknownDesk(id.to_string()))?)
    }

    /// Every desk of the property, in the order of their letters.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn desks(&self, property: i32) -> Result<Vec<DeskRow>, CentralError> {
        let sql = desk_columns!("WHERE property = $1 ORDER BY length(letters), letters");
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(desk).collect()
    }

    /// Every desk of every property, in the same order.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn all_desks(&self) -> Result<Vec<DeskRow>, CentralError> {
        let sql = desk_columns!("ORDER BY property, length(letters), letters");
        let rows = self.rows(sql, &[]).await?;
        rows.iter().map(desk).collect()
    }

    /// Takes a desk in under the next free letters; the property is locked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_desk(
        &self,
        property: i32,
        new: NewDesk<'_>,
        now: Instant,
    ) -> Result<DeskRow, CentralError> {
        let taken = self.desks(property).await?.len();
        self.run(
            "INSERT INTO desk (property, id, letters, name, token_hash, fingerprint, enrolled_at,
                feed_epoch)
             SELECT $1, $2, $3, $4, $5, $6, $7, feed_epoch FROM property WHERE id = $1",
            &[
                &property,
                &new.id.0,
                &letters(taken),
                &new.name,
                &new.token.as_slice(),
                &new.fingerprint.as_slice(),
                &now.millis(),
            ],
        )
        .await?;
        self.desk(property, new.id).await
    }

    /// Writes how far the desk's queue and counts have come.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_desk(&self, row: &DeskRow, now: Instant) -> Result<(), CentralError> {
        let counters = row.counters;
        let epoch = i32::try_from(row.holder.epoch).unwrap_or(i32::MAX);
        self.run(
            "UPDATE desk SET epoch = $3, last_seq = $4, last_hash = $5, last_reservation = $6,
                last_hold = $7, last_outage = $8, last_allotment = $9, seen_at = $10,
                feed_epoch = $11
             WHERE property = $1 AND id = $2",
            &[
                &row.property,
                &row.holder.desk.0,
                &epoch,
                &stored(row.last_seq),
                &row.last_hash.0.as_slice(),
                &stored(counters.reservation),
                &stored(counters.hold),
                &stored(counters.outage),
                &stored(counters.allotment),
                &now.millis(),
                &i32::try_from(row.feed_epoch).unwrap_or(i32::MAX),
            ],
        )
        .await?;
        Ok(())
    }

    /// Notes that the desk was heard, whether nothing of its queue is left, and how far it has followed the feed, where
    /// what it has seen comes to the same here.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn desk_seen(
        &self,
        row: &DeskRow,
        asked: &Pull,
        at: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE desk AS d SET seen_at = $3::bigint,
                rested_at = CASE WHEN $4::boolean THEN $3::bigint END,
                followed = coalesce((SELECT e.number FROM entry AS e
                    WHERE e.property = d.property AND e.number = $5 AND e.chain = $6), followed)
            WHERE property = $1 AND id = $2";
        let rests = asked.waiting == 0;
        let (number, chain) = (stored(asked.after.number), asked.chain.map(|chain| chain.0));
        let chain = chain.as_ref().map(<[u8; 32]>::as_slice);
        let of = (row.property, row.holder.desk.0);
        self.run(sql, &[&of.0, &of.1, &at.millis(), &rests, &number, &chain])
            .await?;
        Ok(())
    }

    /// Two copies of the desk were seen: its epoch ends, and it is granted nothing more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_epoch(&self, row: &DeskRow, now: Instant) -> Result<(), CentralError> {
        let epoch = i32::try_from(row.holder.epoch).unwrap_or(i32::MAX);
        self.run(
            "UPDATE desk SET epoch = epoch + 1, last_seq = 0,
                last_hash = decode(repeat('00', 32), 'hex'), forked_at = coalesce(forked_at, $4)
             WHERE property = $1 AND id = $2 AND epoch = $3",
            &[&row.property, &row.holder.desk.0, &epoch, &now.millis()],
        )
        .await?;
        Ok(())
    }

    /// The desk may exist twice: it is granted nothing more until a person has looked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn fork_desk(
        &self,
        property: i32,
        id: DeskId,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE desk SET forked_at = coalesce(forked_at, $3)
            WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0, &now.millis()]).await?;
        Ok(())
    }

    /// A person said that what the desk still had is taken back, of its epochs up to one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn take_epochs_back(
        &self,
        property: i32,
        id: DeskId,
        epoch: u32,
    ) -> Result<(), CentralError> {
        let epoch = i32::try_from(epoch).unwrap_or(i32::MAX);
        let sql = "UPDATE desk SET lost_epoch = greatest(lost_epoch, $3)
            WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0, &epoch]).await?;
        Ok(())
    }

    /// The desk is lost: its epoch ends. It may come back in a new one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lose_desk(
        &self,
        property: i32,
        id: DeskId,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql =
            "UPDATE desk SET lost_at = coalesce(lost_at, $3), epoch = epoch + 1, last_seq = 0,
                last_hash = decode(repeat('00', 32), 'hex')
             WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0, &now.millis()]).await?;
        Ok(())
    }

    /// A desk that was lost or awaited is back.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn found_desk(&self, property: i32, id: DeskId) -> Result<(), CentralError> {
        let sql =
            "UPDATE desk SET lost_at = NULL, is_awaited = false WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0]).await?;
        Ok(())
    }

    /// A person looked after a desk that existed twice: one copy is left, and has rights again once it is heard.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn accept_desk(&self, property: i32, id: Uuid) -> Result<(), CentralError> {
        let sql = "UPDATE desk SET forked_at = NULL, is_awaited = forked_at IS NOT NULL,
                token_reused_at = NULL
            WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id]).await?;
        Ok(())
    }

    /// Lets the desk in no more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke_desk(
        &self,
        property: i32,
        id: Uuid,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql =
            "UPDATE desk SET revoked_at = coalesce(revoked_at, $3) WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id, &now.millis()]).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        let all = [0, 1, 24, 25, 26, 49, 50, 649, 650].map(letters);
        assert_eq!(all, ["A", "B", "Y", "AA", "AB", "AY", "BA", "YY", "AAA"]);
    }
}
