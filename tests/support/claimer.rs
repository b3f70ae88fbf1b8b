//! Claims a job as the desk does, says so, and then works at it for ever: what the system tests kill.
//!
//! `claimer FILE JOB INSTANT` claims the job of that id at that instant.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use keyrack_inventory::Instant;
use keyrack_store::{Claim, Creation, Store};
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, job, instant] = arguments.as_slice() else {
        return Err("claimer FILE JOB INSTANT".into());
    };
    let (job, now): (Uuid, Instant) = (job.parse()?, instant.parse()?);
    let wait = keyrack_store::DEFAULT_WAIT;
    let store = Store::open(Path::new(file), Creation::MustExist, wait)?;
    let claim = Claim {
        by: "the claimer",
        now,
        until: now.plus_minutes(5),
    };
    let claimed = store.write(|batch| batch.claim_job(job, &claim))?;
    println!(
        "{}",
        if claimed.is_some() {
            "claimed"
        } else {
            "refused"
        }
    );
    std::io::stdout().flush()?;
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}
