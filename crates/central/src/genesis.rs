//! Genesis: the first desk's history comes in, and everything else is folded from it. A rebuild is the
//! same fold over what is there.

use std::collections::BTreeSet;

use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::{DeskId, Event, Instant, Outcome, State, evolve};
use keyrack_wire::{EVENTS_AT_MOST, Fault, Genesis, Hash, Label, Protocol, Taken};

use crate::error::CentralError;
use crate::ledger::{AuditRow, Changes, Covered, DeskRow, Noted, PropertyRow, Session, Tx};
use crate::{grants, let_go};

/// Takes a part of a history; with the last part the property opens.
///
/// # Errors
/// A [`Fault`] that the desk is told, or a failure after which nothing was done.
pub async fn take(
    session: &mut Session,
    desk: &DeskRow,
    part: &Genesis,
    now: Instant,
) -> Result<Taken, CentralError> {
    let tx = session.begin_long().await?;
    let mut property = tx.lock(desk.property).await?;
    let mut desk = tx.desk(property.id, desk.holder.desk).await?;
    if desk.is_revoked {
        return Err(Fault::Unauthorised {}.into());
    }
    if property.catalogue.is_some() {
        return repeated(&tx, &property, &desk, part).await;
    }
    let unfit = |error: CentralError| match error.is_of_the_command() {
        true => Fault::Malformed {}.into(),
        false => error,
    };
    append(&tx, &mut property, &desk, part)
        .await
        .map_err(unfit)?;
    let number = property.feed_head;
    if part.last {
        open(&tx, &mut property, &mut desk, now)
            .await
            .map_err(unfit)?;
    }
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(Taken {
        protocol: Protocol,
        number,
    })
}

/// The last part again, because its answer was lost: it is there already. Anything else is too late.
async fn repeated(
    tx: &Tx<'_>,
    property: &PropertyRow,
    desk: &DeskRow,
    part: &Genesis,
) -> Result<Taken, CentralError> {
    let is_his = property.genesis_desk == Some(desk.holder.desk.0) && part.last;
    let last = part.entries.as_slice().last();
    if let Some(last) = last.filter(|_| is_his)
        && let Some(known) = tx.accepted(property.id, last.id).await?
        && known.number == last.number
    {
        let (protocol, number) = (Protocol, known.number);
        return Ok(Taken { protocol, number });
    }
    Err(Fault::NotEmpty {}.into())
}

async fn append(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    desk: &DeskRow,
    part: &Genesis,
) -> Result<(), CentralError> {
    let entries = part.entries.as_slice();
    let id = desk.holder.desk.0;
    if entries.first().is_some_and(|first| first.number == 1) {
        // It begins, or begins again. Another desk's that was begun is not thrown away for it.
        if let Some(other) = property.genesis_desk.filter(|other| *other != id)
            && !tx.desk(property.id, DeskId(other)).await?.is_revoked
        {
            return Err(Fault::NotEmpty {}.into());
        }
        tx.forget_entries(property.id).await?;
        property.feed_head = 0;
        property.genesis_desk = Some(id);
    } else if property.genesis_desk != Some(id) {
        return Err(Fault::Gap { expected: 1 }.into());
    }
    let expected = property.feed_head + 1;
    // A part that comes twice is there already.
    let known = entries
        .iter()
        .take_while(|entry| entry.number < expected)
        .count();
    let new = &entries[known..];
    if new
        .iter()
        .zip(expected..)
        .any(|(entry, number)| entry.number != number)
    {
        return Err(Fault::Gap { expected }.into());
    }
    for entry in new {
        for event in &entry.events {
            event.event().map_err(|_| Fault::Malformed {})?;
        }
    }
    tx.add_entries(property.id, new).await?;
    tx.put_guests(property.id, part.guests.as_slice()).await?;
    tx.put_texts(property.id, part.texts.as_slice()).await?;
    property.feed_head += new.len() as u64;
    Ok(())
}

/// All of the history is here: what it comes to is written, and shares are granted out of it.
async fn open(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    desk: &mut DeskRow,
    now: Instant,
) -> Result<(), CentralError> {
    let folded = fold(tx, property.id).await?;
    write_folded(tx, property, &folded).await?;
    if folded.state.catalogue().is_none() {
        return Err(Fault::Malformed {}.into());
    }
    // Numbers go on from where the history ends, under the same letters.
    desk.counters = folded.state.counters();
    tx.put_desk(desk, now).await?;
    let detail = format!("entries 1 to {}", property.feed_head);
    let act = AuditRow {
        at: now,
        desk: desk.letters.as_str(),
        actor: "centre",
        what: "genesis",
        accepted: true,
        number: Some(property.feed_head),
        place: None,
        detail: Some(&detail),
    };
    tx.audit(property, &act, folded.covers).await?;
    // What was held under other letters is nobody's to let go any more.
    let holds = folded.state.all_holds();
    let held = holds.filter(|hold| hold.status == HoldStatus::Active);
    let letters: BTreeSet<&str> = held.map(|hold| hold.number.desk()).collect();
    for letters in letters
        .into_iter()
        .filter(|of| *of != desk.letters.as_str())
    {
        let letters = Label::try_from(letters.to_owned());
        let letters = letters.map_err(|error| CentralError::damaged("hold", error))?;
        let_go::holds(tx, property, &letters, now).await?;
    }
    grants::everywhere(tx, property).await
}

/// What a fold over the whole feed comes to.
pub struct Folded {
    /// Everything.
    pub state: State,
    /// The bytes of every entry.
    pub covers: Covered,
    /// Entries with which the feed does not come to what was kept beside them.
    pub broken: Vec<u64>,
    /// Which entries changed which reservation, with the letters of their desks.
    noted: Vec<Noted>,
    /// Which command was undone by which entry.
    undone: Vec<(keyrack_inventory::CommandId, u64)>,
}

/// Folds the feed from its first entry to its last.
///
/// # Errors
/// Where an event is not known to this program, or the database fails.
pub async fn fold(tx: &Tx<'_>, property: i32) -> Result<Folded, CentralError> {
    let mut folded = Folded {
        state: State::whole(),
        covers: Covered::default(),
        broken: Vec::new(),
        noted: Vec::new(),
        undone: Vec::new(),
    };
    let (mut after, mut chain) = (0, Hash::NONE);
    loop {
        let entries = tx.entries_after(property, after, EVENTS_AT_MOST).await?;
        let Some(last) = entries.last() else {
            return Ok(folded);
        };
        let chains = tx.chains(property, (after, last.number)).await?;
        after = last.number;
        for entry in &entries {
            folded.covers.entry(entry)?;
            let comes_to = entry.chained(chain);
            let comes_to = comes_to.map_err(|error| CentralError::damaged("entry", error))?;
            // Of the first entries of an old feed none is kept: it begins with the first that has one.
            let kept = chains.get(&entry.number).copied();
            if kept.is_some_and(|kept| kept != comes_to) {
                folded.broken.push(entry.number);
            }
            chain = kept.unwrap_or(Hash::NONE);
            let mut changes = Changes::default();
            for event in &entry.events {
                let event: Event = event.event()?;
                changes.add(&evolve(&mut folded.state, &event, entry.at));
            }
            let noted = changes.noted(entry.number, entry.desk.as_str());
            folded.noted.extend(noted);
            if let Outcome::Undone { command, .. } = &entry.outcome {
                folded.undone.push((*command, entry.number));
            }
        }
    }
}

/// Writes everything anew that follows from the feed, as it was folded.
///
/// # Errors
/// Where the database fails.
pub async fn write_folded(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    folded: &Folded,
) -> Result<(), CentralError> {
    tx.clear_folded(property.id).await?;
    tx.write(
        property.id,
        &Changes::everything(&folded.state),
        &folded.state,
    )
    .await?;
    for some in folded.noted.chunks(EVENTS_AT_MOST) {
        tx.note_changes(property.id, some).await?;
    }
    for (command, by) in &folded.undone {
        tx.note_undone(property.id, *command, *by).await?;
    }
    property.catalogue = folded.state.catalogue().cloned();
    Ok(())
}
