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
/// looked at.
///
/// # Errors
/// Where the database fails; what was claimed is looked at after the same time again.
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
        let checks = verify::verify(session, &code).await?;
        let wrong: Vec<_> = checks
            .iter()
            .filter(|check| !check.wrong.is_empty())
            .collect();
        for check in &wrong {
            tracing::error!(property = %code, check = check.name, wrong = ?check.wrong, "what is stored does not follow from the feed");
        }
        let tx = session.begin().await?;
        tx.note_verification(&code, wrong.len()).await?;
        tx.commit().await?;
        tracing::info!(property = %code, wrong = wrong.len(), "what is stored was compared with the feed");
        looked += 1;
    }
}
