//! Guests and free texts. They stand beside the feed and are read as they are now; what was erased is
//! never written again.

use std::collections::BTreeSet;

use keyrack_inventory::{GuestId, Instant, ReservationId, TextId};
use keyrack_wire::{Body, Fed, Guest, Line, Text};
use serde_json::Value;
use uuid::Uuid;

use super::Tx;
use super::rows::stored;
use crate::error::CentralError;

/// Whether one of those ids stands in a reservation besides one. Each place has an index of its own.
const NAMED: &str = "SELECT EXISTS (SELECT 1 FROM reservation WHERE property = $1 AND id <> $2
        AND doc #>> '{details,guest}' IS NOT NULL AND doc #>> '{details,guest}' = ANY ($3))
    OR EXISTS (SELECT 1 FROM reservation WHERE property = $1 AND id <> $2
        AND doc #>> '{details,guarantee}' IS NOT NULL AND doc #>> '{details,guarantee}' = ANY ($3))
    OR EXISTS (SELECT 1 FROM reservation WHERE property = $1 AND id <> $2
        AND doc #>> '{details,notes}' IS NOT NULL AND doc #>> '{details,notes}' = ANY ($3))";

/// Every id that stands in the entries; those of people are among them.
pub fn named(entries: &[Fed]) -> Vec<Uuid> {
    let mut found = BTreeSet::new();
    for entry in entries {
        collect(&entry.payload, &mut found);
        for event in &entry.events {
            if let Ok(payload) = serde_json::from_str(&event.payload) {
                collect(&payload, &mut found);
            }
        }
        found.extend(
            entry
                .reason
                .and_then(|reason| reason.text)
                .map(|text| text.0),
        );
        found.extend(entry.override_text.map(|text| text.0));
    }
    found.into_iter().collect()
}

/// Every id that stands in a command.
pub fn named_in(payload: &Value) -> Vec<Uuid> {
    let mut found = BTreeSet::new();
    collect(payload, &mut found);
    found.into_iter().collect()
}

/// The guests that a command names.
pub fn guests_in(payload: &Value) -> Vec<Uuid> {
    match payload {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, part)| match part {
                Value::String(text) if name == "guest" => {
                    Uuid::try_parse(text).into_iter().collect()
                }
                _ => guests_in(part),
            })
            .collect(),
        Value::Array(list) => list.iter().flat_map(guests_in).collect(),
        _ => Vec::new(),
    }
}

/// The text with a space for the one character that PostgreSQL does not keep.
fn kept(text: &str) -> String {
    text.replace('\0', " ")
}

pub(super) fn collect(value: &Value, found: &mut BTreeSet<Uuid>) {
    match value {
        Value::String(text) if text.len() == 36 => found.extend(Uuid::try_parse(text).ok()),
        Value::Array(list) => list.iter().for_each(|part| collect(part, found)),
        Value::Object(fields) => fields.values().for_each(|part| collect(part, found)),
        _ => {}
    }
}

impl Tx<'_> {
    /// Keeps guests as they are known now, but for those that were erased.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_guests(&self, property: i32, guests: &[Guest]) -> Result<(), CentralError> {
        if guests.is_empty() {
            return Ok(());
        }
        let line = |line: &Option<Line>| line.as_ref().map(|line| kept(line.as_str()));
        let ids: Vec<Uuid> = guests.iter().map(|guest| guest.id.0).collect();
        let names: Vec<String> = guests
            .iter()
            .map(|guest| kept(guest.name.as_str()))
            .collect();
        let phones: Vec<Option<String>> = guests.iter().map(|guest| line(&guest.phone)).collect();
        let emails: Vec<Option<String>> = guests.iter().map(|guest| line(&guest.email)).collect();
        self.run(
            "INSERT INTO guest (property, id, name, phone, email, seal)
             SELECT DISTINCT ON (g.id) $1, g.id, g.name, g.phone, g.email, sha256(convert_to(
                json_build_array($1::integer, g.id, g.name, g.phone, g.email)::text, 'UTF8'))
             FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
                AS g (id, name, phone, email, place)
             WHERE NOT EXISTS (SELECT 1 FROM erased AS e WHERE e.property = $1 AND e.id = g.id)
             ORDER BY g.id, g.place DESC
             ON CONFLICT (property, id) DO UPDATE
                SET name = excluded.name, phone = excluded.phone, email = excluded.email,
                    seal = excluded.seal",
            &[&property, &ids, &names, &phones, &emails],
        )
        .await?;
        Ok(())
    }

    /// Keeps texts, but for those that were erased.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_texts(&self, property: i32, texts: &[Text]) -> Result<(), CentralError> {
        if texts.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = texts.iter().map(|text| text.id.0).collect();
        let bodies: Vec<String> = texts.iter().map(|text| kept(text.body.as_str())).collect();
        self.run(
            "INSERT INTO free_text (property, id, body, seal)
             SELECT DISTINCT ON (t.id) $1, t.id, t.body, sha256(convert_to(
                json_build_array($1::integer, t.id, t.body)::text, 'UTF8'))
             FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS t (id, body, place)
             WHERE NOT EXISTS (SELECT 1 FROM erased AS e WHERE e.property = $1 AND e.id = t.id)
             ORDER BY t.id, t.place DESC
             ON CONFLICT (property, id) DO UPDATE SET body = excluded.body, seal = excluded.seal",
            &[&property, &ids, &bodies],
        )
        .await?;
        Ok(())
    }

    /// Every guest and every text of the property.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn people(&self, property: i32) -> Result<(Vec<Guest>, Vec<Text>), CentralError> {
        let sql = "SELECT id FROM guest WHERE property = $1 UNION ALL
            SELECT id FROM free_text WHERE property = $1";
        let rows = self.rows(sql, &[&property]).await?;
        let ids = rows.iter().map(|row| row.try_get(0));
        let ids: Vec<Uuid> = ids.collect::<Result<_, _>>()?;
        Ok((
            self.guests(property, &ids).await?,
            self.texts(property, &ids).await?,
        ))
    }

    /// The guests among the ids.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn guests(&self, property: i32, ids: &[Uuid]) -> Result<Vec<Guest>, CentralError> {
        let sql = "SELECT id, name, phone, email FROM guest WHERE property = $1 AND id = ANY($2)";
        let line = |text: String| {
            Line::try_from(text).map_err(|error| CentralError::damaged("guest", error))
        };
        let mut guests = Vec::new();
        for row in self.rows(sql, &[&property, &ids]).await? {
            guests.push(Guest {
                id: GuestId(row.try_get(0)?),
                name: line(row.try_get(1)?)?,
                phone: row.try_get::<_, Option<String>>(2)?.map(line).transpose()?,
                email: row.try_get::<_, Option<String>>(3)?.map(line).transpose()?,
            });
        }
        Ok(guests)
    }

    /// The texts among the ids.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn texts(&self, property: i32, ids: &[Uuid]) -> Result<Vec<Text>, CentralError> {
        let sql = "SELECT id, body FROM free_text WHERE property = $1 AND id = ANY($2)";
        let mut texts = Vec::new();
        for row in self.rows(sql, &[&property, &ids]).await? {
            let body: String = row.try_get(1)?;
            texts.push(Text {
                id: TextId(row.try_get(0)?),
                body: Body::try_from(body)
                    .map_err(|error| CentralError::damaged("free_text", error))?,
            });
        }
        Ok(texts)
    }

    /// What was erased since the feed stood at the number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erased_since(
        &self,
        property: i32,
        number: u64,
    ) -> Result<Vec<Uuid>, CentralError> {
        let sql = "SELECT id FROM erased WHERE property = $1 AND number >= $2 ORDER BY number, id";
        let rows = self.rows(sql, &[&property, &stored(number)]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Those of the ids that were erased.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erased_among(
        &self,
        property: i32,
        ids: &[Uuid],
    ) -> Result<Vec<Uuid>, CentralError> {
        let sql = "SELECT id FROM erased WHERE property = $1 AND id = ANY($2)";
        let rows = self.rows(sql, &[&property, &ids]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Whether a reservation besides that one names one of those guests or texts.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_named(
        &self,
        property: i32,
        besides: ReservationId,
        ids: &[Uuid],
    ) -> Result<bool, CentralError> {
        let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        let row = self.row(NAMED, &[&property, &besides.0, &ids]).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get(0))?)
    }

    /// Erases a guest or a text, for good. Gives whether there was one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase(
        &self,
        property: i32,
        id: Uuid,
        number: u64,
        now: Instant,
    ) -> Result<bool, CentralError> {
        let sql = "INSERT INTO erased (property, id, number, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING";
        self.run(sql, &[&property, &id, &stored(number), &now.millis()])
            .await?;
        let guests = self
            .run(
                "DELETE FROM guest WHERE property = $1 AND id = $2",
                &[&property, &id],
            )
            .await?;
        let sql = "DELETE FROM free_text WHERE property = $1 AND id = $2";
        Ok(guests + self.run(sql, &[&property, &id]).await? > 0)
    }
}
