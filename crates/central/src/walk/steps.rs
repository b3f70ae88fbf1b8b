//! The steps of a walk, each in a transaction of its own.

use keyrack_inventory::model::Reservation;
use keyrack_inventory::stay::{StayStatus, Transition};
use keyrack_inventory::{
    Authority, Command, Instant, Outcome, Reason, ReasonCode, Reference, StayReference, TextId,
};
use keyrack_wire::{Body, Text};
use uuid::Uuid;

use super::begin::Copies;
use super::own::Own;
use super::{Step, Walk, WalkState, Why, root};
use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, Session, Tx};

/// Numbers that one epoch of the feed keeps for itself.
const NUMBERS_OF_EPOCH: u64 = 10_000;

/// Takes the next step of a walk. Gives whether there may be another one.
///
/// # Errors
/// Where the database fails, or a history is not here: then nothing was done.
pub(super) async fn step(
    session: &mut Session,
    from: i32,
    id: Uuid,
    now: Instant,
) -> Result<bool, CentralError> {
    let tx = session.begin().await?;
    let Some(mut walk) = tx.claim_walk(from, id).await? else {
        return Ok(false);
    };
    match walk.state {
        WalkState::Begun => reserve(&tx, &mut walk, now).await?,
        WalkState::Reserved => cancel(&tx, &mut walk, now).await?,
        WalkState::GivingBack => give_back(&tx, &mut walk, now).await?,
        WalkState::Walked | WalkState::Refused | WalkState::GivenBack | WalkState::Left => {}
    }
    tx.put_walk(&walk, now).await?;
    tx.commit().await?;
    Ok(walk.state.goes_on())
}

/// Reserves there, and takes along who the guest is.
async fn reserve(tx: &Tx<'_>, walk: &mut Walk, now: Instant) -> Result<(), CentralError> {
    let mut there = tx.lock(walk.to).await?;
    let here = tx.property(walk.from).await?;
    let detail = format!("walked from {} {}", here.code.as_str(), walk.number);
    let own = Own {
        id: walk.command(Step::Reserve),
        command: &walk.reserve,
        actor: &walk.actor,
        request: walk.id,
        authority: Authority::Counts,
        if_version: None,
        last_made: last_made(tx.last_made(walk.to).await?, there.feed_epoch),
        detail: &detail,
    };
    match own.give(tx, &mut there, now).await? {
        Ok(Outcome::Reservation { id, number }) => {
            copy_people(tx, walk).await?;
            walk.made = Some((id, number));
            walk.state = WalkState::Reserved;
            Ok(())
        }
        Ok(_) => Err(CentralError::damaged("walk", "it made no reservation")),
        Err(refusal) => {
            // The trail here is written under the lock of this property, in a step of its own.
            refused(tx, walk, walk.to, refusal.code(), now).await?;
            walk.refusal = Some(Why::Rule(Box::new(refusal)));
            walk.state = WalkState::GivingBack;
            Ok(())
        }
    }
}

/// The count in the last number that may have been given there. A copy from which the database was restored may lack some,
/// so each epoch of the feed begins its own.
fn last_made(known: u64, epoch: u32) -> u64 {
    known.max(u64::from(epoch.saturating_sub(1)) * NUMBERS_OF_EPOCH)
}

/// The guest and the texts of the booking, as they are known here now.
async fn copy_people(tx: &Tx<'_>, walk: &Walk) -> Result<(), CentralError> {
    let asked = Reference::Id(walk.reservation);
    let Some(found) = tx.reservation(walk.from, &asked).await? else {
        return Ok(());
    };
    let Command::Reserve(new) = &walk.reserve else {
        return Ok(());
    };
    let (details, copies) = (found.details, Copies::of(root(walk.from, walk.id)));
    if let Some(guest) = details.guest {
        let mut guests = tx.guests(walk.from, &[guest.0]).await?;
        for guest in &mut guests {
            guest.id = copies.guest;
        }
        tx.put_guests(walk.to, &guests).await?;
    }
    let texts = [
        (details.guarantee, new.details.guarantee),
        (details.notes, new.details.notes),
    ];
    for (text, copy) in texts {
        // What was not there as the walk began is not named by what is reserved.
        let (Some(text), Some(copy)) = (text, copy) else {
            continue;
        };
        let mut found = tx.texts(walk.from, &[text.0]).await?;
        for text in &mut found {
            text.id = copy;
        }
        tx.put_texts(walk.to, &found).await?;
    }
    Ok(())
}

/// Cancels here what the walk began with, if nobody has changed it since.
async fn cancel(tx: &Tx<'_>, walk: &mut Walk, now: Instant) -> Result<(), CentralError> {
    let mut here = tx.lock(walk.from).await?;
    let told = made(walk)?;
    let id = walk.command(Step::Cancel);
    let text = TextId::derived(id, 0);
    let command = Command::Transition {
        transition: Transition::Cancel,
        ids: vec![StayReference {
            reservation: Reference::Id(walk.reservation),
            stay: walk.stay,
        }],
        room: None,
        rooms: Vec::new(),
        reason: Some(Reason {
            code: walk.asked.reason,
            text: Some(text),
        }),
    };
    let detail = format!("walked to {told}");
    let own = Own {
        id,
        command: &command,
        actor: &walk.actor,
        request: walk.id,
        authority: Authority::Promised,
        if_version: Some(walk.version),
        last_made: 0,
        detail: &detail,
    };
    match own.give(tx, &mut here, now).await? {
        Ok(_) => {
            // A code and a number are in no language.
            let body = Body::try_from(told);
            let body = body.map_err(|error| CentralError::damaged("free_text", error))?;
            tx.put_texts(walk.from, &[Text { id: text, body }]).await?;
            walk.state = WalkState::Walked;
        }
        Err(refusal) => {
            refused(tx, walk, walk.from, refusal.code(), now).await?;
            walk.refusal = Some(Why::Rule(Box::new(refusal)));
            walk.state = WalkState::GivingBack;
        }
    }
    Ok(())
}

/// Cancels what was reserved there, and takes back who the guest is: he does not come. Where a booking there names him besides,
/// as one that was split off, he stays known, and people have to see to it. Where nothing was reserved, only the trail here is
/// left to write.
async fn give_back(tx: &Tx<'_>, walk: &mut Walk, now: Instant) -> Result<(), CentralError> {
    let Some((made, _)) = walk.made.clone() else {
        let code = walk.refusal.as_ref().map_or("", Why::code);
        refused(tx, walk, walk.from, code, now).await?;
        walk.state = WalkState::Refused;
        return Ok(());
    };
    let mut there = tx.lock(walk.to).await?;
    let asked = Reference::Id(made);
    let command = Command::Transition {
        transition: Transition::Cancel,
        ids: vec![StayReference {
            reservation: asked.clone(),
            stay: None,
        }],
        room: None,
        rooms: Vec::new(),
        reason: Some(Reason {
            code: ReasonCode::Error,
            text: None,
        }),
    };
    let here = tx.property(walk.from).await?;
    let detail = format!("not walked from {} {}", here.code.as_str(), walk.number);
    let own = Own {
        id: walk.command(Step::GiveBack),
        command: &command,
        actor: &walk.actor,
        request: walk.id,
        authority: Authority::Promised,
        if_version: None,
        last_made: 0,
        detail: &detail,
    };
    let given = own.give(tx, &mut there, now).await?;
    let found = tx.reservation(walk.to, &asked).await?;
    let is_over = |found: &Reservation| found.status() == StayStatus::Cancelled;
    match given {
        // A desk there may have cancelled it already.
        Err(refusal) if !found.as_ref().is_none_or(is_over) => {
            refused(tx, walk, walk.to, refusal.code(), now).await?;
            tracing::error!(walk = %walk.id, code = refusal.code(), "a walk is left to people");
            walk.state = WalkState::Left;
        }
        _ => {
            // Whoever put right there who comes put it right of this guest.
            let of_them = tx.whole_guests(walk.to, &copied(walk), (0, "")).await?;
            let mut elsewhere = of_them.bookings.iter().filter(|id| **id != made);
            let ids: Vec<Uuid> = of_them.ids.iter().copied().collect();
            if elsewhere.next().is_some() || tx.is_named(walk.to, made, &ids).await? {
                refused(tx, walk, walk.to, "named_elsewhere", now).await?;
                tracing::error!(walk = %walk.id, "a walk is left to people");
                walk.state = WalkState::Left;
                return Ok(());
            }
            for id in ids {
                tx.erase(walk.to, id, there.feed_head, now).await?;
            }
            walk.state = WalkState::GivenBack;
        }
    }
    Ok(())
}

/// The rows of people and texts that the walk made there; what a desk there wrote since is its own.
fn copied(walk: &Walk) -> Vec<Uuid> {
    let Command::Reserve(new) = &walk.reserve else {
        return Vec::new();
    };
    let texts = [new.details.guarantee, new.details.notes];
    let texts = texts.into_iter().flatten().map(|text| text.0);
    let guest = new.details.guest.map(|guest| guest.0);
    guest.into_iter().chain(texts).collect()
}

/// What was reserved there, by the property's code and its number.
fn made(walk: &Walk) -> Result<String, CentralError> {
    let made = walk.made.as_ref();
    let (_, number) = made.ok_or_else(|| CentralError::damaged("walk", "nothing is reserved"))?;
    Ok(format!("{} {number}", walk.asked.to))
}

/// A row in the trail of one of both: the walk does not go on, and why.
async fn refused(
    tx: &Tx<'_>,
    walk: &Walk,
    property: i32,
    code: &str,
    now: Instant,
) -> Result<(), CentralError> {
    let mut row = tx.lock(property).await?;
    let detail = format!("{} to {}: {code}", walk.number, walk.asked.to);
    let act = AuditRow {
        at: now,
        desk: "",
        actor: walk.actor.as_str(),
        what: "walk_refused",
        accepted: false,
        number: None,
        place: None,
        detail: Some(&detail),
    };
    tx.audit(&mut row, &act, Covered::default()).await?;
    tx.put_property(&row).await
}
