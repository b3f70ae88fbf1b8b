//! Reconciliation: every so often what is stored of each property is compared with what follows from its feed, without
//! anybody asking.
//!
//! Of several processes one looks at a property: who claims it by noting when it was looked at last.

use std::time::Duration;

use keyrack_inventory::Instant;

use crate::error::CentralError;
use crate::ledger::{Ledger, Session};
use crate::{clock, verify};

/// How often it is looked whether a property is due.
const LOOK: Duration = Duration::from_secs(60);

/// Looks at each property once in so many hours, for as long as the program runs.
pub async fn forever(ledger: Ledger, hours: u32) {
    loop {
        match ledger.session().await {
            Ok(mut session) => {
                if let Err(error) = due(&mut session, hours, clock::now()).await {
                    tracing::warn!(%error, "what is stored is compared with the feed later");
                }
            }
            Err(error) => tracing::warn!(%error, "what is stored is compared with the feed later"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Looks at every property that is due, one after another, and keeps how many of its checks failed. Gives how many were
/// looked at; one that cannot be read is told of in the log, and looked at after the same time again.
///
/// # Errors
/// Where none can be claimed.
pub async fn due(session: &mut Session, hours: u32, now: Instant) -> Result<usize, CentralError> {
    let before = Instant::from_millis(now.millis() - i64::from(hours) * 3_600_000);
    let mut looked = 0;
    loop {
        let tx = session.begin().await?;
        let claimed = tx.claim_verification(before, now).await?;
        tx.commit().await?;
        let Some(code) = claimed else {
            return Ok(looked);
        };
        match compare(session, &code, now).await {
            Ok(checks) => {
                let wrong = checks
                    .iter()
                    .filter(|check| !check.wrong.is_empty())
                    .count();
                tracing::info!(property = %code, wrong, "what is stored was compared with the feed");
                looked += 1;
            }
            Err(error) => {
                tracing::error!(property = %code, %error, "what is stored cannot be compared with the feed");
            }
        }
    }
}

/// Compares one property, and keeps how many checks failed, for measures and alerts: who asks by hand finds what everybody
/// should be told of.
///
/// # Errors
/// Where there is no such property, or the database fails.
pub async fn compare(
    session: &mut Session,
    code: &str,
    now: Instant,
) -> Result<Vec<verify::Check>, CentralError> {
    let checks = verify::verify(session, code).await?;
    let is_wrong = |check: &&verify::Check| !check.wrong.is_empty();
    let wrong: Vec<_> = checks.iter().filter(is_wrong).collect();
    for check in &wrong {
        let (name, rows) = (check.name, &check.wrong);
        tracing::error!(property = %code, check = name, wrong = ?rows, "what is stored does not follow from the feed");
    }
    let tx = session.begin().await?;
    tx.note_verification(code, wrong.len(), now).await?;
    tx.commit().await?;
    Ok(checks)
}
