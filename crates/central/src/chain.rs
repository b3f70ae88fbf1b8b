//! What an administrator lets happen between properties: tokens of the chain, for programs that look at every property or
//! walk guests from one to another, and which property walks guests to which.
//!
//! Tokens are stored as hashes. Each property's trail tells who may look at it.

use keyrack_inventory::Instant;
use keyrack_wire::Secret;

use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, Session, Tx};
use crate::secret;

/// Makes a token of the chain, which is told once. It looks, and walks guests only where it may.
///
/// # Errors
/// Where the name is taken or none, or the database fails.
pub async fn new_token(
    session: &mut Session,
    name: &str,
    may_walk: bool,
    now: Instant,
) -> Result<Secret, CentralError> {
    let token = secret::token()?;
    let tx = session.begin().await?;
    let hash = secret::hash(token.reveal());
    tx.add_chain_token(name, hash, may_walk, now).await?;
    told(&tx, "chain_token_given", name, now).await?;
    tx.commit().await?;
    Ok(token)
}

/// Lets in no more who shows the token of that name.
///
/// # Errors
/// Where there is none, or the database fails.
pub async fn revoke_token(
    session: &mut Session,
    name: &str,
    now: Instant,
) -> Result<(), CentralError> {
    let tx = session.begin().await?;
    if !tx.revoke_chain_token(name, now).await? {
        return Err(CentralError::UnknownChainToken(name.to_owned()));
    }
    told(&tx, "chain_token_revoked", name, now).await?;
    tx.commit().await
}

/// Lets guests of one property be walked to another, or no more. Walks that have begun go on.
///
/// # Errors
/// Where one of both is unknown, both are one, nothing was allowed that ends, or the database fails.
pub async fn allow_walks(
    session: &mut Session,
    (from, to): (&str, &str),
    is_allowed: bool,
    now: Instant,
) -> Result<(), CentralError> {
    let tx = session.begin().await?;
    let (own, other) = (tx.property_id(from).await?, tx.property_id(to).await?);
    if own == other {
        return Err(CentralError::OwnSister(from.to_owned()));
    }
    let what = match is_allowed {
        true => "walks_allowed",
        false => "walks_ended",
    };
    // Who locks several takes them in the order of their keys.
    let both = [own.min(other), own.max(other)];
    told_in(&tx, &both, (what, &format!("{from} to {to}")), now).await?;
    match is_allowed {
        true => tx.add_sister(own, other, now).await?,
        false if tx.remove_sister(own, other).await? => {}
        false => return Err(CentralError::NoSister(from.to_owned(), to.to_owned())),
    }
    tx.commit().await
}

/// A row in the trail of every property.
async fn told(tx: &Tx<'_>, what: &str, name: &str, now: Instant) -> Result<(), CentralError> {
    let all = tx.property_ids().await?;
    told_in(tx, &all, (what, name), now).await
}

async fn told_in(
    tx: &Tx<'_>,
    properties: &[i32],
    (what, detail): (&str, &str),
    now: Instant,
) -> Result<(), CentralError> {
    let row = AuditRow {
        at: now,
        desk: "",
        actor: "centre",
        what,
        accepted: true,
        number: None,
        place: None,
        detail: Some(detail),
    };
    for id in properties {
        let mut property = tx.lock(*id).await?;
        tx.audit(&mut property, &row, Covered::default()).await?;
        tx.put_property(&property).await?;
    }
    Ok(())
}
