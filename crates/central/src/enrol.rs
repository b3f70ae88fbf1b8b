//! Desks are taken in by one-time codes, and let go again.

use keyrack_inventory::{DeskId, Instant};
use keyrack_wire::{Enrol, Enrolled, Fault, Fingerprint, Protocol, Secret};
use uuid::Uuid;

use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, DeskRow, NewDesk, PropertyRow, Session, Tx};
use crate::{epoch, grants, secret};

/// How long a code may be used.
pub const CODE_MINUTES: u32 = 10;

/// A desk that was heard within this time, in milliseconds, is hardly lost.
const HEARD_MS: i64 = 600_000;

/// Adds a property without a history.
///
/// # Errors
/// Where its code is taken or no code, or the database fails.
pub async fn add_property(
    session: &mut Session,
    code: &str,
    now: Instant,
) -> Result<(), CentralError> {
    let tx = session.begin().await?;
    tx.add_property(code, now).await?;
    let id = tx.property_id(code).await?;
    let mut property = tx.lock(id).await?;
    act(&tx, &mut property, "property_added", None, now).await?;
    tx.put_property(&property).await?;
    tx.commit().await
}

/// A code by which one desk may join the property within ten minutes, or the desk of those letters gets another token;
/// behind it the fingerprint of the centre's own authority, where it has one.
///
/// # Errors
/// Where there is no such property or desk, that desk is let in no more, or the database fails.
pub async fn new_code(
    session: &mut Session,
    (property, letters): (&str, Option<&str>),
    fingerprint: Option<&Fingerprint>,
    now: Instant,
) -> Result<Secret, CentralError> {
    let tx = session.begin().await?;
    let id = tx.property_id(property).await?;
    let mut property = tx.lock(id).await?;
    let desk = match letters {
        Some(letters) => Some(lettered(&tx, id, letters).await?),
        None => None,
    };
    if let Some(revoked) = desk.as_ref().filter(|desk| desk.is_revoked) {
        return Err(CentralError::LetGo(revoked.letters.as_str().to_owned()));
    }
    let code = secret::code()?;
    tx.add_code(
        id,
        secret::hash(code.reveal()),
        desk.as_ref().map(|desk| desk.holder.desk),
        now.plus_minutes(CODE_MINUTES),
    )
    .await?;
    act(&tx, &mut property, "desk_code_given", desk.as_ref(), now).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    let Some(fingerprint) = fingerprint else {
        return Ok(code);
    };
    let both = format!("{}-{}", code.reveal(), fingerprint.as_str());
    Secret::try_from(both).map_err(|error| CentralError::damaged("enrol_code", error))
}

/// Takes a desk in.
///
/// # Errors
/// Where the code is not valid any more, or the database fails.
pub async fn enrol(
    session: &mut Session,
    asked: &Enrol,
    now: Instant,
) -> Result<Enrolled, CentralError> {
    let tx = session.begin().await?;
    // What is read aloud is typed in small letters too.
    let code = asked.code.reveal().to_ascii_uppercase();
    let used = tx.use_code(secret::hash(&code), now).await?;
    // A code of one desk is none of another's, and a new one's none of a desk that is here. Then it is not used up.
    let Some((id, _)) = used.filter(|(_, of)| *of == asked.desk) else {
        return Err(Fault::CodeNotValid {}.into());
    };
    let mut property = tx.lock(id).await?;
    if let Some(desk) = asked.desk {
        let enrolled = let_in_again(&tx, &mut property, desk, now).await?;
        tx.commit().await?;
        return Ok(enrolled);
    }
    if asked.has_history && property.catalogue.is_some() {
        return Err(Fault::NotEmpty {}.into());
    }
    let token = secret::token()?;
    let new = NewDesk {
        id: DeskId(Uuid::now_v7()),
        name: asked.name.as_str(),
        token: secret::hash(token.reveal()),
        fingerprint: secret::hash(asked.fingerprint.reveal()),
    };
    let desk = tx.add_desk(id, new, now).await?;
    act(&tx, &mut property, "desk_enrolled", Some(&desk), now).await?;
    grants::everywhere(&tx, &mut property).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(enrolled(property, desk, token))
}

fn enrolled(property: PropertyRow, desk: DeskRow, token: Secret) -> Enrolled {
    Enrolled {
        protocol: Protocol,
        cursor: property.cursor(),
        property: property.code,
        holder: desk.holder,
        letters: desk.letters,
        token,
    }
}

/// A desk that is here has lost what it shows: it gets another token, and goes on where it stood.
async fn let_in_again(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    id: DeskId,
    now: Instant,
) -> Result<Enrolled, CentralError> {
    let desk = tx.desk(property.id, id).await?;
    if desk.is_revoked {
        return Err(Fault::Unauthorised {}.into());
    }
    let token = secret::token()?;
    tx.replace_token(property.id, id, secret::hash(token.reveal()))
        .await?;
    act(tx, property, "desk_let_in_again", Some(&desk), now).await?;
    tx.put_property(property).await?;
    Ok(enrolled(property.clone(), desk, token))
}

/// The desk of those letters.
async fn lettered(tx: &Tx<'_>, property: i32, letters: &str) -> Result<DeskRow, CentralError> {
    let desks = tx.desks(property).await?;
    let found = desks
        .into_iter()
        .find(|desk| desk.letters.as_str() == letters);
    found.ok_or_else(|| CentralError::UnknownDesk(letters.to_owned()))
}

/// What a person may decide about a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not let in any more. Its rights stay out.
    Revoke,
    /// It is lost: its holds are let go, and what is left of its rights goes back to the pool. Should it come
    /// back, it begins a new epoch, and what it sold stands.
    Lost {
        /// Whoever says so knows that it was heard of late.
        sure: bool,
    },
    /// It existed twice, and one copy is left: it may have rights again, and what was left of its earlier epochs
    /// goes back to the pool.
    Accept,
}

/// Carries a verdict out. Gives how many rights went back to the pool.
///
/// # Errors
/// Where there is no such desk, or the database fails.
pub async fn judge(
    session: &mut Session,
    property: &str,
    letters: &str,
    verdict: Verdict,
    now: Instant,
) -> Result<u32, CentralError> {
    let tx = session.begin().await?;
    let id = tx.property_id(property).await?;
    let mut property = tx.lock(id).await?;
    let desk = lettered(&tx, id, letters).await?;
    let mut rooms = 0;
    let what = match verdict {
        Verdict::Revoke => {
            tx.revoke_desk(id, desk.holder.desk.0, now).await?;
            "desk_revoked"
        }
        Verdict::Lost { sure } => {
            let heard = desk.seen_at.map(|at| (now.millis() - at.millis()).max(0));
            if let Some(ago) = heard.filter(|ago| !sure && *ago < HEARD_MS) {
                let (letters, seconds) = (letters.to_owned(), ago / 1_000);
                return Err(CentralError::StillHeard { letters, seconds });
            }
            rooms = epoch::lose(&tx, &mut property, &desk, now).await?;
            "desk_lost"
        }
        Verdict::Accept if desk.is_revoked => {
            return Err(CentralError::LetGo(letters.to_owned()));
        }
        Verdict::Accept => {
            rooms = epoch::accept(&tx, &property, &desk, now).await?;
            "desk_accepted"
        }
    };
    act(&tx, &mut property, what, Some(&desk), now).await?;
    grants::everywhere(&tx, &mut property).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(rooms)
}

/// Erases a guest or a text: it is gone here, goes from every desk with its next page, and is never kept
/// again, whoever brings it. Gives whether it was here.
///
/// # Errors
/// Where there is no such property, or the database fails.
pub async fn erase(
    session: &mut Session,
    property: &str,
    id: Uuid,
    now: Instant,
) -> Result<bool, CentralError> {
    let tx = session.begin().await?;
    let key = tx.property_id(property).await?;
    let mut property = tx.lock(key).await?;
    // Who erases here sees all that there is.
    let (told, at) = ((property.feed_head, ""), (property.feed_head, now));
    let was_there = tx.erase_whole(key, &[id], told, at).await?;
    act(&tx, &mut property, "erased", None, now).await?;
    tx.put_property(&property).await?;
    tx.commit().await?;
    Ok(was_there)
}

async fn act(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    what: &str,
    desk: Option<&DeskRow>,
    now: Instant,
) -> Result<(), CentralError> {
    let row = AuditRow {
        at: now,
        desk: desk.map_or("", |desk| desk.letters.as_str()),
        actor: "centre",
        what,
        accepted: true,
        number: None,
        place: None,
        detail: desk.map(|desk| desk.name.as_str()),
    };
    tx.audit(property, &row, Covered::default()).await
}
