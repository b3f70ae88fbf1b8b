//! A centre on a PostgreSQL of its own, and desks with a network between.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::database::Database;
use super::proxy::{Proxy, Weather};
use crate::hotel::{Hotel, Run, keyrack_central};

/// Four doubles and two suites, on 1 June 2026.
pub const HOTEL: &str = r#"
name = "Hotel Miramar"
code = "MIRA"
time_zone = "Europe/Lisbon"
currency = "EUR"
business_date = "2026-06-01"

[[room_type]]
code = "A"
name = "Double"
rooms = 12

[[room_type]]
code = "B"
name = "Suite"
rooms = 4
overbooking = 1
"#;

/// The code of the property at the centre.
pub const PROPERTY: &str = "mira";

/// A centre that answers at one address, however often it is started.
pub struct Centre {
    pub database: Database,
    pub address: SocketAddr,
    /// The folder of an authority of its own, where it has one.
    pub own_tls: Option<TempDir>,
    process: Option<Child>,
}

impl Centre {
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// The same with an authority of its own.
    pub fn start_with(own_tls: Option<TempDir>) -> Self {
        let database = Database::start(true);
        let mut centre = Self {
            database,
            address: "127.0.0.1:0".parse().unwrap(),
            own_tls,
            process: None,
        };
        centre.up();
        centre.said(&["property", "add", PROPERTY]);
        centre
    }

    /// Starts the program, at the address that it had.
    pub fn up(&mut self) {
        let listen = self.address.to_string();
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(keyrack_central())
            .args(["serve", "--listen", &listen])
            .env("KEYRACK_DATABASE", self.database.address())
            .envs(self.tls())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let log: Value = serde_json::from_str(&line).unwrap_or_default();
                if log["message"] == "listening" {
                    let address = log["address"].as_str().unwrap().parse();
                    let _nobody_waits = tell.send(address.unwrap());
                }
                if log["level"] != "INFO" {
                    println!("centre: {line}");
                }
            }
        });
        self.process = Some(process);
        let heard = told.recv_timeout(Duration::from_secs(30));
        self.address = heard.expect("the centre does not start");
    }

    fn tls(&self) -> Option<(&str, &Path)> {
        let folder = self.own_tls.as_ref()?;
        Some(("KEYRACK_OWN_TLS", folder.path()))
    }

    /// The program dies in the middle of whatever it does.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub fn said(&self, arguments: &[&str]) -> String {
        let output = Command::new(keyrack_central())
            .args(arguments)
            .env("KEYRACK_DATABASE", self.database.address())
            .envs(self.tls())
            .output()
            .unwrap();
        let run = Run::of(output);
        assert_eq!(run.status, 0, "{run:?}");
        run.stdout.trim().to_owned()
    }

    /// A code with which one desk may join.
    pub fn code(&self) -> String {
        let said = self.said(&["desk", "code", PROPERTY]);
        said.lines().last().unwrap().trim().to_owned()
    }

    /// The centre's own check: its counts are the fold of its feed.
    pub fn is_sound(&self) {
        self.said(&["verify", PROPERTY]);
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A desk, and the network between it and the centre.
pub struct Desk {
    pub hotel: Hotel,
    pub proxy: Proxy,
    pub name: &'static str,
}

impl Desk {
    /// The desk that brings the property's history.
    pub fn first(centre: &Centre, seed: u64) -> Self {
        Self::first_of(centre, Hotel::with(HOTEL), seed)
    }

    /// The same of another property.
    pub fn first_of(centre: &Centre, hotel: Hotel, seed: u64) -> Self {
        Self::join(centre, hotel, "first", seed)
    }

    /// A desk that joins with a new file.
    pub fn another(centre: &Centre, name: &'static str, seed: u64) -> Self {
        Self::join(centre, Hotel::none(), name, seed)
    }

    fn join(centre: &Centre, hotel: Hotel, name: &'static str, seed: u64) -> Self {
        let proxy = Proxy::to(centre.address, seed);
        let url = format!("http://{}", proxy.address);
        let code = centre.code();
        hotel.done(&["enrol", &url, &code, "--name", name]);
        Self { hotel, proxy, name }
    }

    /// Runs a command, and gives its status and document.
    pub fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let output = self.hotel.command(arguments).output().unwrap();
        let run = Run::of(output);
        let document = serde_json::from_str(&run.stdout);
        (
            run.status,
            document.unwrap_or_else(|_| panic!("{arguments:?}: {run:?}")),
        )
    }

    pub fn set(&self, weather: Weather) {
        self.proxy.set(weather);
    }

    /// Exchanges; gives whether it went through.
    pub fn sync(&self) -> bool {
        let (status, document) = self.run(&["sync", "--once"]);
        assert!(status == 0 || status == 5, "{}: {document}", self.name);
        status == 0
    }

    pub fn queued(&self) -> u64 {
        let (_, document) = self.run(&["sync", "status"]);
        document["centre"]["queued"].as_u64().unwrap()
    }

    /// What the desk shows: counts and bookings, without the versions, which count its own changes.
    pub fn shown(&self) -> (Value, Value) {
        let (_, mut counts) = self.run(&["availability", "2026-06-01", "2026-07-01"]);
        unversioned(&mut counts);
        let (_, mut bookings) = self.run(&[
            "reservation",
            "list",
            "--sort",
            "arrival",
            "--limit",
            "1000",
        ]);
        unversioned(&mut bookings);
        (counts, bookings)
    }

    /// The file's own check.
    pub fn is_sound(&self) {
        let (status, document) = self.run(&["verify"]);
        assert_eq!(status, 0, "{}: {document}", self.name);
    }
}

impl Desk {
    /// The desk's rows are the centre's.
    pub fn is_level(&self) {
        let (status, document) = self.run(&["verify", "--against-centre"]);
        assert_eq!(status, 0, "{}: {document}", self.name);
    }
}

fn unversioned(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            // What each desk counts for itself: changes that it saw, and in which order.
            for own in ["version", "history", "request_id"] {
                fields.remove(own);
            }
            fields.values_mut().for_each(unversioned);
        }
        Value::Array(values) => values.iter_mut().for_each(unversioned),
        _ => {}
    }
}

/// Lets the desks exchange until nothing moves any more, and fails where that takes too long.
pub fn settle(desks: &[&Desk]) {
    for _ in 0..40 {
        let through = desks.iter().filter(|desk| desk.sync()).count();
        let queued: u64 = desks.iter().map(|desk| desk.queued()).sum();
        let cursors: Vec<Value> = desks
            .iter()
            .map(|desk| desk.run(&["sync", "status"]).1["centre"]["cursor"].clone())
            .collect();
        let level = cursors.iter().all(|cursor| *cursor == cursors[0]);
        if through == desks.len() && queued == 0 && level {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    for desk in desks {
        println!(
            "{}: {:?} {}",
            desk.name,
            desk.run(&["sync", "--once"]),
            desk.run(&["sync", "status"]).1
        );
    }
    panic!("the desks do not settle");
}
