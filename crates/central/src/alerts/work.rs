//! Looks for what is amiss, and sends what is to be told.
//!
//! Any number of processes may do this on one database: one at a time looks, and a message is sent by who has claimed it.
//! Who dies over it leaves a claim that ends; then another sends the same message again.

use std::sync::Arc;
use std::time::Duration;

use keyrack_inventory::Instant;

use super::send::{Target, Told};
use super::{Bounds, Targets, wanted};
use crate::clock;
use crate::error::CentralError;
use crate::ledger::{AlertRow, Ledger, Session};
use crate::serve::Looks;

/// For how long a message is claimed, in milliseconds: longer than a try may take.
const CLAIM_MS: i64 = 60_000;
/// The delay after the first try, which doubles with each, and the longest, in milliseconds.
const DELAY_MS: i64 = 5_000;
const DELAY_AT_MOST_MS: i64 = 3_600_000;
/// An alert that closed is forgotten after so long, in milliseconds.
const KEPT_MS: i64 = 400 * 86_400_000;

/// Looks and sends for as long as the program runs, once in so many seconds; counts the looks that failed.
pub async fn forever(
    ledger: Ledger,
    targets: Targets,
    bounds: Bounds,
    every_seconds: u32,
    looks: Looks,
) {
    let targets = Arc::new(targets);
    let every = Duration::from_secs(every_seconds.into());
    for at in 0..targets.each().len() {
        tokio::spawn(send_forever(
            ledger.clone(),
            Arc::clone(&targets),
            at,
            every,
        ));
    }
    loop {
        let looked = match ledger.session().await {
            Ok(mut session) => look(&mut session, &targets, bounds, clock::now()).await,
            Err(error) => Err(error),
        };
        match looked {
            Ok(()) => looks.done(clock::now()),
            Err(error) => {
                looks.failed();
                tracing::warn!(%error, "alerts are looked for later");
            }
        }
        tokio::time::sleep(every).await;
    }
}

/// One that does not answer holds up no other.
async fn send_forever(ledger: Ledger, targets: Arc<Targets>, at: usize, every: Duration) {
    loop {
        let target = &targets.each()[at];
        if let Err(error) = deliver(&ledger, target, clock::now).await {
            tracing::warn!(%error, receiver = target.name(), "alerts are sent later");
        }
        tokio::time::sleep(every).await;
    }
}

/// Opens alerts of what is amiss, and closes those of what is not any more. Does nothing while another process looks.
///
/// # Errors
/// Where the database fails.
pub async fn look(
    session: &mut Session,
    targets: &Targets,
    bounds: Bounds,
    now: Instant,
) -> Result<(), CentralError> {
    let tx = session.begin().await?;
    if !tx.looks_alone().await? {
        return Ok(());
    }
    let names = targets.names();
    for stands in tx.standings(now).await? {
        let open = tx.open_alerts(Some(stands.id)).await?;
        let wanted = wanted(&stands, bounds, now);
        for what in &wanted {
            let same =
                |alert: &&AlertRow| alert.what.kind == what.kind && alert.what.desk == what.desk;
            match open.iter().find(same) {
                Some(alert) if !what.exceeds(alert) => {
                    tx.tell_opened(stands.id, alert.id, &names, now).await?;
                    if what.kind.is_told_again() {
                        tx.note_alert(stands.id, alert.id, what).await?;
                    }
                    continue;
                }
                Some(alert) => tx.close_alert(stands.id, alert.id, now).await?,
                None => {}
            }
            tx.open_alert(stands.id, what, &names, now).await?;
        }
        for alert in &open {
            let is_wanted = wanted
                .iter()
                .any(|what| what.kind == alert.what.kind && what.desk == alert.what.desk);
            if !is_wanted {
                tx.close_alert(stands.id, alert.id, now).await?;
            }
        }
    }
    tx.forget_alerts(Instant::from_millis(now.millis() - KEPT_MS))
        .await?;
    tx.commit().await
}

/// Sends every message to a target that is due, one after another, until one does not arrive. Gives how many did.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(
    ledger: &Ledger,
    target: &Target,
    now: impl Fn() -> Instant,
) -> Result<usize, CentralError> {
    let mut sent = 0;
    loop {
        let claimed = now();
        let until = Instant::from_millis(claimed.millis() + CLAIM_MS);
        let mut session = ledger.session().await?;
        let tx = session.begin().await?;
        let message = tx.claim_message(target.name(), claimed, until).await?;
        tx.commit().await?;
        // Nobody waits for a connection meanwhile.
        drop(session);
        let Some(message) = message else {
            return Ok(sent);
        };
        let arrived = target.send(&Told::of(&message)).await;
        let (property, id) = (message.property, message.id);
        let mut session = ledger.session().await?;
        let tx = session.begin().await?;
        match arrived {
            Ok(()) => {
                tx.message_sent(property, id, now()).await?;
                tx.commit().await?;
                sent += 1;
            }
            Err(error) => {
                let next = Instant::from_millis(now().millis() + delay_ms(message.tries));
                tx.message_waits(property, id, next).await?;
                tx.commit().await?;
                let (receiver, tries) = (target.name(), message.tries);
                tracing::warn!(receiver, %id, tries, %error, "an alert did not arrive");
                return Ok(sent);
            }
        }
    }
}

/// How long is waited after so many tries.
fn delay_ms(tries: u32) -> i64 {
    let doubled = DELAY_MS.checked_shl(tries.saturating_sub(1).min(20));
    doubled.unwrap_or(DELAY_AT_MOST_MS).min(DELAY_AT_MOST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_an_hour() {
        let all = [1, 2, 3, 10, 11, 40].map(delay_ms);
        assert_eq!(
            all,
            [5_000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000]
        );
    }
}
