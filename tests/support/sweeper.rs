//! Lets go the holds whose time is up, as a desk's timer does, and says how many, a line a sweep.
//!
//! `sweeper FILE FROM TO BEGUN` sweeps again and again while its clock goes from one instant to the
//! other, `SPEED` times as fast as time; it said the first at BEGUN, in milliseconds of Unix time, so
//! that the clocks of many sweepers agree. `sweeper FILE AT before` and `sweeper FILE AT after` sweep once and stop dead before the
//! commit, or after it, with `ready` as their last line: tests kill them there.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

use keyrack_inventory::{Command, CommandId, Instant, Outcome};
use keyrack_store::{Creation, Envelope, Store};
use uuid::Uuid;

/// Between two sweeps.
const PAUSE: Duration = Duration::from_millis(20);
/// How much faster than time the clock goes; the tests' own clocks agree.
const SPEED: i64 = 25;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [file, from, rest @ ..] = words.as_slice() else {
        return Err("sweeper FILE FROM TO BEGUN, or sweeper FILE AT before|after".into());
    };
    let wait = Duration::from_secs(30);
    let store = Store::open(Path::new(file), Creation::MustExist, wait)?;
    let from: Instant = from.parse()?;
    match rest {
        ["before"] => store.write(|batch| {
            batch.apply(&sweep(from))?;
            stop_dead()
        })?,
        ["after"] => {
            store.apply(&sweep(from))?;
            stop_dead()?;
        }
        [to, begun] => {
            let (to, begun): (Instant, i64) = (to.parse()?, begun.parse()?);
            loop {
                let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
                let since = (i64::try_from(unix.as_millis())? - begun) * SPEED;
                let now = Instant::from_millis((from.millis() + since).min(to.millis()));
                if let Ok(Outcome::Swept { holds }) = store.apply(&sweep(now))?.result {
                    println!("{holds}");
                }
                if now == to {
                    break;
                }
                std::thread::sleep(PAUSE);
            }
        }
        _ => return Err("sweeper FILE FROM TO BEGUN, or sweeper FILE AT before|after".into()),
    }
    Ok(())
}

fn sweep(now: Instant) -> Envelope {
    let id = Uuid::now_v7();
    Envelope {
        command_id: CommandId(id),
        request_hash: [0; 32],
        request_id: id,
        actor: format!("sweeper {}", std::process::id()),
        now,
        if_version: None,
        override_text: None,
        command: Command::SweepHolds { holds: Vec::new() },
        reason: None,
        causation: None,
        gives_back: false,
        guests: Vec::new(),
        texts: Vec::new(),
    }
}

/// Says that it is here, and goes no further.
fn stop_dead<T>() -> Result<T, keyrack_store::StoreError> {
    let mut out = std::io::stdout().lock();
    // Where nobody reads, nobody will end this program either.
    if writeln!(out, "ready").and_then(|()| out.flush()).is_err() {
        std::process::exit(1);
    }
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}
