//! Entries of the feed: commands that were accepted, with their events, in the bytes that rule.

use std::collections::BTreeMap;

use keyrack_inventory::state::PastCommand;
use keyrack_inventory::{Command, CommandId, Event, Instant, Outcome, RoomTypeCode};
use keyrack_wire::{Fed, FedEvent, Hash, Label};
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::rows::{count, hash32, night_at, of_text, stored, text_of};
use crate::error::CentralError;

/// How far back an undo without a name looks.
const UNDO_REACH: i64 = 2_000;

/// A command that was accepted before.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The number of its entry.
    pub number: u64,
    /// What was made.
    pub outcome: Outcome,
    /// The command, as it was written.
    pub payload: serde_json::Value,
}

impl Accepted {
    /// The command of an entry.
    pub fn of(entry: &Fed) -> Self {
        Self {
            number: entry.number,
            outcome: entry.outcome.clone(),
            payload: entry.payload.clone(),
        }
    }

    /// Whether it is that command, and not another one under the same id. An entry of an earlier version
    /// may be written otherwise and mean the same.
    pub fn is(&self, command: &Command) -> bool {
        serde_json::from_value(self.payload.clone()).is_ok_and(|known: Command| known == *command)
    }
}

pub(super) fn label(text: String) -> Result<Label, CentralError> {
    Label::try_from(text).map_err(|error| CentralError::damaged("entry", error))
}

fn accepted(row: &Row) -> Result<Accepted, CentralError> {
    Ok(Accepted {
        number: count(row, 0)?,
        outcome: of_text("entry", row.try_get(1)?)?,
        payload: of_text("entry", row.try_get(2)?)?,
    })
}

pub(super) fn fed(row: &Row) -> Result<Fed, CentralError> {
    let reason: Option<&str> = row.try_get(10)?;
    Ok(Fed {
        number: count(row, 0)?,
        id: CommandId(row.try_get(1)?),
        desk: label(row.try_get(2)?)?,
        actor: label(row.try_get(3)?)?,
        at: Instant::from_millis(row.try_get(4)?),
        business_date: night_at(row, 5)?,
        request: row.try_get(6)?,
        kind: label(row.try_get(7)?)?,
        payload: of_text("entry", row.try_get(8)?)?,
        outcome: of_text("entry", row.try_get(9)?)?,
        reason: reason.map(|text| of_text("entry", text)).transpose()?,
        override_text: row
            .try_get::<_, Option<Uuid>>(11)?
            .map(keyrack_inventory::TextId),
        events: Vec::new(),
    })
}

pub(super) fn fed_event(row: &Row) -> Result<(u64, FedEvent), CentralError> {
    let version: i32 = row.try_get(2)?;
    let event = FedEvent {
        name: label(row.try_get(1)?)?,
        version: u32::try_from(version).map_err(|error| CentralError::damaged("event", error))?,
        payload: row.try_get(3)?,
    };
    Ok((count(row, 0)?, event))
}

/// The columns of entries, one list each, so that a whole page is one statement.
#[derive(Default)]
struct Columns {
    number: Vec<i64>,
    id: Vec<Uuid>,
    desk: Vec<String>,
    actor: Vec<String>,
    at: Vec<i64>,
    business_date: Vec<i32>,
    request: Vec<Uuid>,
    kind: Vec<String>,
    payload: Vec<String>,
    outcome: Vec<String>,
    reason: Vec<Option<String>>,
    override_text: Vec<Option<Uuid>>,
    chain: Vec<Vec<u8>>,
}

impl Columns {
    fn add(&mut self, fed: &Fed) -> Result<(), CentralError> {
        let reason = fed.reason.as_ref();
        self.number.push(stored(fed.number));
        self.id.push(fed.id.0);
        self.desk.push(fed.desk.as_str().to_owned());
        self.actor.push(fed.actor.as_str().to_owned());
        self.at.push(fed.at.millis());
        self.business_date.push(fed.business_date.day_number());
        self.request.push(fed.request);
        self.kind.push(fed.kind.as_str().to_owned());
        self.payload.push(text_of("entry", &fed.payload)?);
        self.outcome.push(text_of("entry", &fed.outcome)?);
        self.reason
            .push(reason.map(|reason| text_of("entry", reason)).transpose()?);
        self.override_text
            .push(fed.override_text.map(|text| text.0));
        Ok(())
    }
}

impl Tx<'_> {
    /// Appends entries with their events.
    ///
    /// # Errors
    /// Where a number or an id is there already, or the database fails.
    pub async fn add_entries(&self, property: i32, entries: &[Fed]) -> Result<(), CentralError> {
        let mut columns = Columns::default();
        let before = entries.first().map_or(0, |first| first.number - 1);
        let mut chain = self.chain(property, before).await?.unwrap_or(Hash::NONE);
        for entry in entries {
            let chained = entry.chained(chain);
            chain = chained.map_err(|error| CentralError::damaged("entry", error))?;
            columns.add(entry)?;
            columns.chain.push(chain.0.to_vec());
        }
        self.run(
            "INSERT INTO entry (property, number, id, desk, actor, at, business_date, request, kind,
                payload, outcome, reason, override_text, chain)
             SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::bigint[],
                $7::integer[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[],
                $14::bytea[])",
            &[
                &property,
                &columns.number,
                &columns.id,
                &columns.desk,
                &columns.actor,
                &columns.at,
                &columns.business_date,
                &columns.request,
                &columns.kind,
                &columns.payload,
                &columns.outcome,
                &columns.reason,
                &columns.override_text,
                &columns.chain,
            ],
        )
        .await?;
        self.add_events(property, entries).await
    }

    async fn add_events(&self, property: i32, entries: &[Fed]) -> Result<(), CentralError> {
        let (mut number, mut position, mut version) = (Vec::new(), Vec::new(), Vec::new());
        let (mut name, mut payload) = (Vec::new(), Vec::new());
        for entry in entries {
            for (at, event) in (0_i32..).zip(&entry.events) {
                number.push(stored(entry.number));
                position.push(at);
                name.push(event.name.as_str());
                version.push(i32::try_from(event.version).unwrap_or(i32::MAX));
                payload.push(event.payload.as_str());
            }
        }
        self.run(
            "INSERT INTO event (property, number, position, name, version, payload)
             SELECT $1, * FROM unnest($2::bigint[], $3::integer[], $4::text[], $5::integer[], $6::text[])",
            &[&property, &number, &position, &name, &version, &payload],
        )
        .await?;
        Ok(())
    }

    /// The number and outcome of the entry that a command made, if it was accepted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn accepted(
        &self,
        property: i32,
        id: CommandId,
    ) -> Result<Option<Accepted>, CentralError> {
        let sql = "SELECT number, outcome, payload FROM entry WHERE property = $1 AND id = $2";
        let row = self.row(sql, &[&property, &id.0]).await?;
        row.as_ref().map(accepted).transpose()
    }

    /// The commands among those ids that were accepted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn accepted_among(
        &self,
        property: i32,
        ids: &[CommandId],
    ) -> Result<Vec<(CommandId, Accepted)>, CentralError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let sql = "SELECT number, outcome, payload, id FROM entry
            WHERE property = $1 AND id = ANY($2)";
        let rows = self.rows(sql, &[&property, &ids]).await?;
        let read = |row: &Row| Ok((CommandId(row.try_get(3)?), accepted(row)?));
        rows.iter().map(read).collect()
    }

    /// What the feed comes to with the entry of that number, where that is known.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chain(&self, property: i32, number: u64) -> Result<Option<Hash>, CentralError> {
        if number == 0 {
            return Ok(Some(Hash::NONE));
        }
        let sql = "SELECT chain FROM entry WHERE property = $1 AND number = $2
            AND chain IS NOT NULL";
        let row = self.row(sql, &[&property, &stored(number)]).await?;
        row.map(|row| Ok(Hash(hash32(&row, 0, "entry")?)))
            .transpose()
    }

    /// What the feed comes to with each entry after one number up to another, where that is known.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chains(
        &self,
        property: i32,
        (after, to): (u64, u64),
    ) -> Result<BTreeMap<u64, Hash>, CentralError> {
        let sql = "SELECT number, chain FROM entry
            WHERE property = $1 AND number > $2 AND number <= $3 AND chain IS NOT NULL";
        let rows = self
            .rows(sql, &[&property, &stored(after), &stored(to)])
            .await?;
        let chain = |row: &Row| Ok((count(row, 0)?, Hash(hash32(row, 1, "entry")?)));
        rows.iter().map(chain).collect()
    }

    /// When a business date last ended, as the feed tells.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn day_ended(&self, property: i32) -> Result<Option<Instant>, CentralError> {
        let sql = "SELECT at FROM entry WHERE property = $1 AND kind = 'close_day'
            ORDER BY number DESC LIMIT 1";
        let row = self.row(sql, &[&property]).await?;
        let at = row.map(|row| row.try_get(0)).transpose()?;
        Ok(at.map(Instant::from_millis))
    }

    /// Notes which entry undid the command.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_undone(
        &self,
        property: i32,
        undone: CommandId,
        by: u64,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE entry SET undone_by = $3 WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &undone.0, &stored(by)]).await?;
        Ok(())
    }

    pub(super) async fn past(
        &self,
        property: i32,
        id: CommandId,
    ) -> Result<Option<PastCommand>, CentralError> {
        let sql =
            "SELECT number, kind, undone_by IS NOT NULL FROM entry WHERE property = $1 AND id = $2";
        let Some(row) = self.row(sql, &[&property, &id.0]).await? else {
            let sql = "SELECT 1 FROM queued WHERE property = $1 AND id = $2 LIMIT 1";
            let refused = self.row(sql, &[&property, &id.0]).await?;
            return Ok(refused.map(|_| PastCommand {
                kind: String::new(),
                accepted: false,
                undone: false,
                events: Vec::new(),
            }));
        };
        let number = count(&row, 0)?;
        let mut events = Vec::new();
        for (_, event) in self.events(property, (number, number)).await? {
            events.push(event.event()?);
        }
        Ok(Some(PastCommand {
            kind: row.try_get(1)?,
            accepted: true,
            undone: row.try_get(2)?,
            events,
        }))
    }

    /// The events of the command that retired the type last. Looked for from the feed's end.
    pub(super) async fn retirement(
        &self,
        property: i32,
        code: RoomTypeCode,
    ) -> Result<Option<Vec<Event>>, CentralError> {
        let sql = "SELECT number FROM event
             WHERE property = $1 AND name = 'room_type_changed'
               AND payload::jsonb #>> '{after,code}' = $2
               AND payload::jsonb #>> '{after,life,status}' = 'retired'
               AND payload::jsonb #>> '{before,life,status}' <> 'retired'
             ORDER BY number DESC, position DESC LIMIT 1";
        let Some(row) = self.row(sql, &[&property, &code.as_str()]).await? else {
            return Ok(None);
        };
        let number = count(&row, 0)?;
        let events = self.events(property, (number, number)).await?;
        let events = events.iter().map(|(_, event)| event.event());
        Ok(Some(events.collect::<Result<_, _>>()?))
    }

    pub(super) async fn last_undoable(
        &self,
        property: i32,
        desk: &str,
        actor: &str,
    ) -> Result<Option<CommandId>, CentralError> {
        let row = self
            .row(
                "SELECT e.id FROM entry AS e
                 WHERE e.property = $1 AND e.desk = $2 AND e.actor = $3 AND e.undone_by IS NULL
                   AND e.number > (SELECT feed_head FROM property WHERE id = $1) - $4
                   AND e.kind NOT IN ('undo', 'sweep_holds', 'open_property', 'open_nights',
                        'add_room_type', 'split', 'set_business_date', 'close_day')
                   AND EXISTS (SELECT 1 FROM event AS v WHERE v.property = $1 AND v.number = e.number)
                 ORDER BY e.number DESC LIMIT 1",
                &[&property, &desk, &actor, &UNDO_REACH],
            )
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.map(CommandId))
    }

    /// The events of the entries from the first number to the last, in order.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn events(
        &self,
        property: i32,
        (first, last): (u64, u64),
    ) -> Result<Vec<(u64, FedEvent)>, CentralError> {
        let rows = self
            .rows(
                "SELECT number, name, version, payload FROM event
                 WHERE property = $1 AND number BETWEEN $2 AND $3 ORDER BY number, position",
                &[&property, &stored(first), &stored(last)],
            )
            .await?;
        rows.iter().map(fed_event).collect()
    }

    /// Forgets a history that began to come in and was not finished.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_entries(&self, property: i32) -> Result<(), CentralError> {
        self.run("DELETE FROM entry WHERE property = $1", &[&property])
            .await?;
        Ok(())
    }
}
