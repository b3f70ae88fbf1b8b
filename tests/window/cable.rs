//! A centre with a database of its own, and a cable to it that can be pulled out.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyrack_tests::{Outcome, failure, programs};
use serde_json::Value;

#[expect(dead_code, reason = "the tests of the centre use more of it")]
#[path = "../../crates/central/tests/central/database.rs"]
mod database;

use database::Database;

/// The code of the property at the centre.
const PROPERTY: &str = "mira";

/// A running centre.
pub struct Centre {
    database: Database,
    process: Child,
    pub address: SocketAddr,
}

impl Centre {
    pub fn start() -> Outcome<Self> {
        let database = Database::start(false);
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(programs()?.join("keyrack-central"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("KEYRACK_DATABASE", database.address())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = process.stderr.take().ok_or("the centre says nothing")?;
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        let address = lines.find_map(|line| {
            let log: Value = serde_json::from_str(&line).ok()?;
            let listens = log["message"] == "listening";
            listens.then(|| log["address"].as_str()?.parse().ok())?
        });
        // What it says later is read too: a full pipe would stop it.
        thread::spawn(move || lines.for_each(drop));
        let centre = Self {
            database,
            process,
            address: address.ok_or("the centre does not listen")?,
        };
        centre.says(&["property", "add", PROPERTY])?;
        Ok(centre)
    }

    /// Another property, to which guests of the first one may be walked, and a code with which its desk joins.
    pub fn sister(&self, property: &str) -> Outcome<String> {
        self.says(&["property", "add", property])?;
        self.says(&["chain", "allow", PROPERTY, property])?;
        let said = self.says(&["desk", "code", property])?;
        Ok(said.lines().last().unwrap_or_default().trim().to_owned())
    }

    fn says(&self, arguments: &[&str]) -> Outcome<String> {
        let output = Command::new(programs()?.join("keyrack-central"))
            .args(arguments)
            .env("KEYRACK_DATABASE", self.database.address())
            .output()?;
        if !output.status.success() {
            return failure(format!("keyrack-central {arguments:?}: {output:?}"));
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// A desk that does not come back.
    pub fn revoke(&self, letters: &str) -> Outcome {
        self.says(&["desk", "revoke", PROPERTY, letters]).map(drop)
    }

    /// A code with which one desk may join.
    pub fn code(&self) -> Outcome<String> {
        let said = self.says(&["desk", "code", PROPERTY])?;
        Ok(said.lines().last().unwrap_or_default().trim().to_owned())
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The way of one desk to the centre. Pulled out, it ends what goes through it and lets nothing in.
pub struct Cable {
    pub address: SocketAddr,
    newer: Arc<AtomicBool>,
    out: Arc<AtomicBool>,
    ends: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    pub fn to(centre: SocketAddr) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let cable = Self {
            address: listener.local_addr()?,
            newer: Arc::default(),
            out: Arc::default(),
            ends: Arc::default(),
            open: Arc::default(),
        };
        let (out, ends) = (Arc::clone(&cable.out), Arc::clone(&cable.ends));
        let open = Arc::clone(&cable.open);
        let newer = Arc::clone(&cable.newer);
        thread::spawn(move || {
            while !ends.load(Ordering::SeqCst) {
                match listener.accept() {
                    Ok((desk, _)) if !out.load(Ordering::SeqCst) => {
                        // One connection that fails is as good as one that is cut.
                        drop(carry(desk, centre, &open, &newer));
                    }
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        thread::sleep(Duration::from_millis(5));
                    }
                    _ => {}
                }
            }
        });
        Ok(cable)
    }

    pub fn pull_out(&self) {
        self.out.store(true, Ordering::SeqCst);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for end in open.drain(..) {
            drop(end.shutdown(Shutdown::Both));
        }
    }

    /// From now on the centre at its end is one of a later protocol.
    pub fn leads_to_a_newer_centre(&self, newer: bool) {
        self.newer.store(newer, Ordering::SeqCst);
    }

    pub fn put_in(&self) {
        self.out.store(false, Ordering::SeqCst);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        self.pull_out();
    }
}

fn carry(
    desk: TcpStream,
    centre: SocketAddr,
    open: &Mutex<Vec<TcpStream>>,
    newer: &Arc<AtomicBool>,
) -> std::io::Result<()> {
    desk.set_nonblocking(false)?;
    let server = TcpStream::connect(centre)?;
    let mut kept = open.lock().unwrap_or_else(PoisonError::into_inner);
    kept.extend([desk.try_clone()?, server.try_clone()?]);
    let asks = (desk.try_clone()?, server.try_clone()?, ASKED);
    for (from, to, change) in [asks, (server, desk, ANSWERED)] {
        let newer = Arc::clone(newer);
        thread::spawn(move || {
            let (mut from, mut to) = (from, to);
            drop(pass_on(&mut from, &mut to, change, &newer));
            drop(to.shutdown(Shutdown::Write));
        });
    }
    Ok(())
}

/// What of a newer centre goes through otherwise: each answer has the number of its protocol, and none is packed.
type Change = (&'static [u8], &'static [u8]);
const ASKED: Change = (b"gzip", b"none");
const ANSWERED: Change = (b"\"protocol\":1", b"\"protocol\":2");

fn pass_on(
    from: &mut TcpStream,
    to: &mut TcpStream,
    (was, is): Change,
    newer: &AtomicBool,
) -> std::io::Result<()> {
    let mut part = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut part)?;
        if read == 0 {
            return Ok(());
        }
        if newer.load(Ordering::SeqCst) {
            put_in_place(&mut part[..read], was, is);
        }
        to.write_all(&part[..read])?;
    }
}

/// Writes `is` wherever `was` stands; both are of one length.
fn put_in_place(part: &mut [u8], was: &[u8], is: &[u8]) {
    let mut at = 0;
    while at + was.len() <= part.len() {
        if part[at..].starts_with(was) {
            part[at..at + is.len()].copy_from_slice(is);
        }
        at += 1;
    }
}
