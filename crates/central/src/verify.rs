//! Verify: what is stored is compared with what follows from it, by code that did not write it; and a
//! rebuild, which writes it anew.

mod rights;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use keyrack_inventory::{Instant, State};
use keyrack_wire::{EVENTS_AT_MOST, Fed};

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
    checks.extend(followed(tx.whole(id).await?, &folded.state));
    let columns = differences(
        tx.columns(id).await?,
        columns_of(&folded.state),
        |name, _| name.clone(),
    );
    checks.push(check("stays and columns follow", columns));
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

/// Each table beside what the fold came to.
fn followed(stored: Whole, state: &State) -> Vec<Check> {
    let cells = state.all_cells();
    let cells = cells.map(|(code, night, cell)| ((code, night), cell));
    let reservations = state.all_reservations().map(|found| (found.id, found));
    let holds = state.all_holds().map(|found| (found.id, found));
    let outages = state.all_outages().map(|found| (found.id, found));
    let allotments = state.all_allotments().map(|found| (found.id, found));
    let cells = differences(stored.cells, cells, |(code, night), _| {
        format!("{code} on {night}")
    });
    let limits = differences(stored.limits, state.all_house_limits(), |night, _| {
        night.to_string()
    });
    let reservations = differences(stored.reservations, reservations, |_, found| {
        found.number.to_string()
    });
    let holds = differences(stored.holds, holds, |_, found| found.number.to_string());
    let outages = differences(stored.outages, outages, |_, found| found.number.to_string());
    let allotments = differences(stored.allotments, allotments, |_, found| {
        found.number.to_string()
    });
    vec![
        check("cells follow from the feed", cells),
        check("limits of the house follow", limits),
        check("reservations follow", reservations),
        check("holds follow", holds),
        check("outages follow", outages),
        check("allotments follow", allotments),
    ]
}

/// Names of rows that are stored otherwise than they follow. What is the same is let go as it is met: nothing is
/// copied to be compared.
fn differences<K: Ord, V: PartialEq>(
    mut stored: BTreeMap<K, V>,
    follows: impl Iterator<Item = (K, impl Borrow<V>)>,
    name: impl Fn(&K, &V) -> String,
) -> Vec<String> {
    let other = follows.filter_map(|(key, value)| {
        let value = value.borrow();
        let is_same = stored.remove(&key).as_ref() == Some(value);
        (!is_same).then(|| name(&key, value))
    });
    let mut wrong: Vec<String> = other.collect();
    wrong.extend(stored.iter().map(|(key, value)| name(key, value)));
    wrong.sort_unstable();
    wrong
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
    let mut feed = Feed::of(tx, property.id);
    loop {
        let rows = tx.trail(property.id, seq, ROWS).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 || row.previous != hash {
                wrong.push(format!("row {} does not follow row {seq}", row.seq));
            }
            // What a row that was changed says of an entry is not followed: the rows behind it are looked at as before.
            if row.hash != row.computed {
                wrong.push(format!("row {} was changed", row.seq));
            } else if row.covers != feed.covered(&row).await? {
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

/// The feed, gone through once beside the trail: in the trail the numbers of entries only rise, so that a row whose
/// number does not covers nothing of the feed here, and is named.
struct Feed<'a> {
    tx: &'a Tx<'a>,
    property: i32,
    /// What is left of the page.
    page: std::vec::IntoIter<Fed>,
    /// The number of the last entry that was read.
    read: u64,
}

impl<'a> Feed<'a> {
    fn of(tx: &'a Tx<'a>, property: i32) -> Self {
        let (page, read) = (Vec::new().into_iter(), 0);
        Self {
            tx,
            property,
            page,
            read,
        }
    }

    /// The hash of the bytes that a row covers, as they are now.
    async fn covered(&mut self, row: &StoredRow) -> Result<[u8; 32], CentralError> {
        let mut covers = Covered::default();
        if let Some((sealed, answer)) = &row.queued {
            covers.queued(sealed.as_deref(), answer)?;
        }
        if let Some(number) = row.number {
            let first = if row.what == "genesis" { 1 } else { number };
            while let Some(entry) = self.next_up_to(number).await? {
                if entry.number >= first {
                    covers.entry(&entry)?;
                }
            }
        }
        Ok(covers.finish())
    }

    /// The next entry, where its number is not beyond that one.
    async fn next_up_to(&mut self, number: u64) -> Result<Option<Fed>, CentralError> {
        if self.page.as_slice().is_empty() && self.read < number {
            let page = self
                .tx
                .entries_after(self.property, self.read, EVENTS_AT_MOST)
                .await?;
            // Behind the last one there is nothing to be asked for again.
            self.read = page.last().map_or(u64::MAX, |last| last.number);
            self.page = page.into_iter();
        }
        let next = self.page.as_slice().first();
        let is_up_to = next.is_some_and(|next| next.number <= number);
        Ok(if is_up_to { self.page.next() } else { None })
    }
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
