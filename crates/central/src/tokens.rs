//! Tokens of desks that follow each other: a new one is valid once it is shown, and the one before it is retired then.
//!
//! A desk keeps its new token before it asks for it, and asks for the same as often as it takes: whatever is lost on the
//! way, it has one that is valid. A retired token that is shown is a copy in the wrong hands.

use keyrack_inventory::Instant;
use keyrack_wire::{Fault, Protocol, Renew, Renewed};

use crate::epoch::told;
use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, DeskRow, OtherToken, Session};
use crate::secret;

/// How long a retired token still lets in: another process of the desk may have read it just before.
const GRACE_MS: i64 = 10 * 60 * 1_000;

/// Lets the desk show another token from now on. The same again changes nothing.
///
/// # Errors
/// Where the token is one of another desk or was retired, or the database fails.
pub async fn renew(
    session: &mut Session,
    desk: &DeskRow,
    asked: &Renew,
) -> Result<Renewed, CentralError> {
    let next = secret::hash(asked.next.reveal());
    let done = Renewed { protocol: Protocol };
    let tx = session.begin().await?;
    let property = tx.lock(desk.property).await?;
    if let Some(owner) = tx.desk_by_token(next).await? {
        let is_own = owner.holder.desk == desk.holder.desk;
        return if is_own {
            Ok(done)
        } else {
            Err(Fault::Malformed {}.into())
        };
    }
    match tx.other_token(next).await? {
        None => {}
        Some(OtherToken::Next(_, id)) if id == desk.holder.desk => return Ok(done),
        Some(_) => return Err(Fault::Malformed {}.into()),
    }
    let id = desk.holder.desk;
    tx.put_next_token(property.id, id, next).await?;
    tx.commit().await?;
    Ok(done)
}

/// The desk that shows a token which is not the present one of any: the one that follows, or one that was retired just
/// now.
///
/// # Errors
/// Where the database fails.
pub async fn shown(
    session: &mut Session,
    token: [u8; 32],
    now: Instant,
) -> Result<Option<DeskRow>, CentralError> {
    let tx = session.begin().await?;
    let Some(other) = tx.other_token(token).await? else {
        return Ok(None);
    };
    let (OtherToken::Next(property, id) | OtherToken::Retired(property, id, _)) = other;
    let mut property = tx.lock(property).await?;
    let desk = tx.desk(property.id, id).await?;
    let what = match other {
        OtherToken::Next(..) => {
            // Of two that show it at once the second one shows the present one.
            let is_new = tx.follow_token((property.id, id), token, now).await?;
            is_new.then_some("desk_token_followed")
        }
        OtherToken::Retired(_, _, at) if now.millis() - at.millis() < GRACE_MS => None,
        OtherToken::Retired(..) => {
            let is_new = tx.token_reused(property.id, id, now).await?;
            tracing::warn!(desk = %id, "a token that another one followed is shown");
            is_new.then_some("desk_token_reused")
        }
    };
    if let Some(what) = what {
        let act: AuditRow<'_> = told(&desk, what, now);
        tx.audit(&mut property, &act, Covered::default()).await?;
        tx.put_property(&property).await?;
    }
    tx.commit().await?;
    let is_let_in = match other {
        OtherToken::Next(..) => true,
        OtherToken::Retired(_, _, at) => now.millis() - at.millis() < GRACE_MS,
    };
    Ok(Some(desk).filter(|_| is_let_in))
}
