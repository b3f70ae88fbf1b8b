//! Verify: what is stored is compared with what follows from it, by code that did not write it; and a
//! rebuild, which writes it anew.

mod rights;

use std::collections::BTreeMap;
use std::fmt::Debug;

use keyrack_inventory::Instant;

use crate::error::CentralError;
use crate::genesis::{fold, write_folded};
use crate::ledger::{AuditRow, Covered, PropertyRow, Session, StoredRow, Tx, Whole};

/// How many rows of the trail are read at once.
const ROWS: i64 = 500;
/// How many differences one check names.
const NAMED: usize = 5;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// What is wrong with it; nothing where all is well.
    pub wrong: Vec<String>,
}

/// Looks at everything of a property, in one state of it.
///
/// # Errors
/// Where there is no such property, or the database fails.
pub async fn verify(session: &mut Session, code: &str) -> Result<Vec<Check>, CentralError> {
    let tx = session.snapshot().await?;
    let id = tx.property_id(code).await?;
    let property = tx.property(id).await?;
    let mut checks = vec![trail(&tx, &property).await?];
    let missing = tx.missing_entries(id, property.feed_head).await?;
    let missing = (missing > 0).then(|| format!("{missing} numbers have no entry"));
    checks.push(check(
        "the feed has every number",
        missing.into_iter().collect(),
    ));
    if property.catalogue.is_none() {
        return Ok(checks);
    }
    let folded = fold(&tx, id).await?;
    let same = folded.state.catalogue() == property.catalogue.as_ref();
    let differs = (!same).then(|| "the property or its types differ".to_owned());
    checks.push(check(
        "the catalogue follows from the feed",
        differs.into_iter().collect(),
    ));
    let (stored, follows) = (tx.whole(id).await?, Whole::of(&folded.state));
    checks.push(check(
        "cells follow from the feed",
        differences(&stored.cells, &follows.cells),
    ));
    checks.push(check(
        "limits of the house follow",
        differences(&stored.limits, &follows.limits),
    ));
    let differ = differences(&stored.reservations, &follows.reservations);
    checks.push(check("reservations follow", differ));
    checks.push(check(
        "holds follow",
        differences(&stored.holds, &follows.holds),
    ));
    checks.push(check(
        "outages follow",
        differences(&stored.outages, &follows.outages),
    ));
    checks.push(check(
        "allotments follow",
        differences(&stored.allotments, &follows.allotments),
    ));
    checks.push(check(
        "rooms sold are those of the stays",
        tx.cells_that_miscount(id).await?,
    ));
    checks.push(check("rights are covered", uncovered(&tx, id).await?));
    let below = rights::below_what_was_told(&tx, &property).await?;
    checks.push(check("rights are what desks told", below));
    checks.push(check(
        "deficits are explained",
        tx.unexplained_deficits(id).await?,
    ));
    Ok(checks)
}

fn check(name: &'static str, mut wrong: Vec<String>) -> Check {
    if wrong.len() > NAMED {
        let more = wrong.len() - NAMED;
        wrong.truncate(NAMED);
        wrong.push(format!("and {more} more"));
    }
    Check { name, wrong }
}

/// Names of rows that are stored otherwise than they follow.
fn differences<K: Ord + Debug, V: PartialEq>(
    stored: &BTreeMap<K, V>,
    follows: &BTreeMap<K, V>,
) -> Vec<String> {
    let beside = stored.keys().filter(|key| !follows.contains_key(key));
    let other = follows
        .iter()
        .filter(|(key, value)| stored.get(key) != Some(value));
    other
        .map(|(key, _)| key)
        .chain(beside)
        .map(|key| format!("{key:?}"))
        .collect()
}

/// Nights on which free rooms and the deficit do not cover the rights that are out.
async fn uncovered(tx: &Tx<'_>, property: i32) -> Result<Vec<String>, CentralError> {
    let nights = tx.booked_nights(property).await?;
    let counts = tx.counts(property, &nights).await?;
    let books = tx.books(property, &nights).await?.into_iter();
    let short = books.filter(|(night, book)| {
        counts
            .get(night)
            .is_some_and(|counts| !book.is_sound(counts))
    });
    Ok(short.map(|(night, _)| night.to_string()).collect())
}

/// The trail's chain, and the bytes that its rows cover.
async fn trail(tx: &Tx<'_>, property: &PropertyRow) -> Result<Check, CentralError> {
    let mut wrong = Vec::new();
    let (mut seq, mut hash) = (0, [0; 32]);
    loop {
        let rows = tx.trail(property.id, seq, ROWS).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 || row.previous != hash {
                wrong.push(format!("row {} does not follow row {seq}", row.seq));
            }
            if row.hash != row.computed {
                wrong.push(format!("row {} was changed", row.seq));
            }
            if row.covers != covered(tx, property.id, &row).await? {
                wrong.push(format!("what row {} covers was changed", row.seq));
            }
            (seq, hash) = (row.seq, row.hash);
        }
    }
    if (seq, hash) != (property.audit_head, property.audit_hash) {
        wrong.push(format!(
            "the trail ends at {seq}, and should at {}",
            property.audit_head
        ));
    }
    Ok(check("the trail is whole", wrong))
}

/// The hash of the bytes that a row covers, as they are now.
async fn covered(tx: &Tx<'_>, property: i32, row: &StoredRow) -> Result<[u8; 32], CentralError> {
    let mut covers = Covered::default();
    if let Some((sealed, answer)) = &row.queued {
        covers.queued(sealed.as_deref(), answer)?;
    }
    let Some(number) = row.number else {
        return Ok(covers.finish());
    };
    let mut after = if row.what == "genesis" { 0 } else { number - 1 };
    while after < number {
        let entries = tx
            .entries_after(property, after, keyrack_wire::EVENTS_AT_MOST)
            .await?;
        let Some(last) = entries.last() else {
            break;
        };
        after = last.number;
        for entry in entries.iter().filter(|entry| entry.number <= number) {
            covers.entry(entry)?;
        }
    }
    Ok(covers.finish())
}

/// Writes everything anew that follows from the feed. Rights, deficits and people stay as they are.
///
/// # Errors
/// Where there is no such property, or the database fails; then nothing was changed.
pub async fn rebuild(
    session: &mut Session,
    code: &str,
    now: Instant,
) -> Result<usize, CentralError> {
    let tx = session.begin_long().await?;
    let id = tx.property_id(code).await?;
    let mut property = tx.lock(id).await?;
    let folded = write_folded(&tx, &mut property).await?;
    let act = AuditRow {
        at: now,
        desk: "",
        actor: "centre",
        what: "rebuilt",
        accepted: true,
        number: None,
        place: None,
        detail: None,
    };
    tx.audit(&mut property, &act, Covered::default()).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(folded.state.all_cells().count())
}
