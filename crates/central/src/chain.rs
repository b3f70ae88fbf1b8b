//! Tokens of the chain: an administrator gives them to programs that look at every property, or walk
//! guests from one to another.
//!
//! They are stored as hashes. Each property's trail tells who may look at it.

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

/// A row in the trail of every property.
async fn told(tx: &Tx<'_>, what: &str, name: &str, now: Instant) -> Result<(), CentralError> {
    let row = AuditRow {
        at: now,
        desk: "",
        actor: "centre",
        what,
        accepted: true,
        number: None,
        place: None,
        detail: Some(name),
    };
    for id in tx.property_ids().await? {
        let mut property = tx.lock(id).await?;
        tx.audit(&mut property, &row, Covered::default()).await?;
        tx.put_property(&property).await?;
    }
    Ok(())
}
