//! Verify: what is stored is compared with what follows from it, by code that did not write it; and a
//! rebuild, which writes it anew.

mod rights;

use std::collections::BTreeMap;

use keyrack_inventory::Instant;

use crate::error::CentralError;
use crate::genesis::{Folded, fold, write_folded};
use crate::ledger::{AuditRow, Covered, PropertyRow, Session, StoredRow, Tx, Whole, columns_of};

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
    checks.push(check("the feed comes to what was kept", broken(&folded)));
    let same = folded.state.catalogue() == property.catalogue.as_ref();
    let differs = (!same).then(|| "the property or its types differ".to_owned());
    checks.push(check(
        "the catalogue follows from the feed",
        differs.into_iter().collect(),
    ));
    checks.extend(rows_follow(&tx, id, &folded).await?);
    checks.push(check("guests are sealed", tx.broken_seals(id).await?));
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

/// Rows, and the columns by which they are found, against the fold.
async fn rows_follow(
    tx: &Tx<'_>,
    property: i32,
    folded: &Folded,
) -> Result<Vec<Check>, CentralError> {
    let (stored, follows) = (tx.whole(property).await?, Whole::of(&folded.state));
    let cells = differences(&stored.cells, &follows.cells, |(code, night), _| {
        format!("{code} on {night}")
    });
    let limits = differences(&stored.limits, &follows.limits, |night, _| {
        night.to_string()
    });
    let reservations = differences(&stored.reservations, &follows.reservations, |_, found| {
        found.number.to_string()
    });
    let holds = differences(&stored.holds, &follows.holds, |_, found| {
        found.number.to_string()
    });
    let outages = differences(&stored.outages, &follows.outages, |_, found| {
        found.number.to_string()
    });
    let allotments = differences(&stored.allotments, &follows.allotments, |_, found| {
        found.number.to_string()
    });
    let columns = differences(
        &tx.columns(property).await?,
        &columns_of(&folded.state),
        |name, _| name.clone(),
    );
    Ok(vec![
        check("cells follow from the feed", cells),
        check("limits of the house follow", limits),
        check("reservations follow", reservations),
        check("holds follow", holds),
        check("outages follow", outages),
        check("allotments follow", allotments),
        check("stays and columns follow", columns),
    ])
}

/// Entries with which the feed does not come to what was kept beside them.
fn broken(folded: &Folded) -> Vec<String> {
    let entries = folded.broken.iter();
    entries.map(|number| format!("entry {number}")).collect()
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
fn differences<K: Ord, V: PartialEq>(
    stored: &BTreeMap<K, V>,
    follows: &BTreeMap<K, V>,
    name: impl Fn(&K, &V) -> String,
) -> Vec<String> {
    let beside = stored.iter().filter(|(key, _)| !follows.contains_key(key));
    let other = follows
        .iter()
        .filter(|(key, value)| stored.get(key) != Some(value));
    other
        .chain(beside)
        .map(|(key, value)| name(key, value))
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

/// Who has a property written anew although its trail is broken, and why.
#[derive(Clone, Copy, Debug)]
pub struct AllTheSame<'a> {
    /// Who.
    pub actor: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// Writes everything anew that follows from the feed, and deficits as the sums of their entries. Rights and people stay as
/// they are. What a broken trail or feed says is written nowhere, unless somebody has a reason.
///
/// # Errors
/// Where there is no such property, its trail is broken, or the database fails; then nothing was changed.
pub async fn rebuild(
    session: &mut Session,
    code: &str,
    all_the_same: Option<AllTheSame<'_>>,
    now: Instant,
) -> Result<usize, CentralError> {
    let tx = session.begin_long().await?;
    let id = tx.property_id(code).await?;
    let mut property = tx.lock(id).await?;
    let mut wrong = trail(&tx, &property).await?.wrong;
    let missing = tx.missing_entries(id, property.feed_head).await?;
    wrong.extend((missing > 0).then(|| format!("{missing} numbers of the feed have no entry")));
    if all_the_same.is_none() && !wrong.is_empty() {
        return Err(broken_trail(code, wrong));
    }
    let folded = fold(&tx, id).await?;
    wrong.extend(check("", broken(&folded)).wrong);
    if all_the_same.is_none() && !wrong.is_empty() {
        return Err(broken_trail(code, wrong));
    }
    write_folded(&tx, &mut property, &folded).await?;
    tx.sum_deficits(id).await?;
    let detail = all_the_same.map(|who| format!("of a broken trail: {}", who.reason));
    let act = AuditRow {
        at: now,
        desk: "",
        actor: all_the_same.map_or("centre", |who| who.actor),
        what: "rebuilt",
        accepted: true,
        number: None,
        place: None,
        detail: detail.as_deref(),
    };
    tx.audit(&mut property, &act, Covered::default()).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(folded.state.all_cells().count())
}

fn broken_trail(code: &str, wrong: Vec<String>) -> CentralError {
    let (code, wrong) = (code.to_owned(), wrong.join("; "));
    CentralError::BrokenTrail { code, wrong }
}
