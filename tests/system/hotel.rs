//! A hotel in a folder of the test's own, and `keyrackctl` at work on it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

/// Three room types; few rooms, so that a test can sell one out, and one type that never is.
pub const SMALL: &str = r#"
name = "Hotel Miramar"
code = "MIRA"
time_zone = "Europe/Lisbon"
currency = "EUR"
business_date = "2026-06-01"

[[room_type]]
code = "A"
name = "Double"
rooms = 100000

[[room_type]]
code = "B"
name = "Twin"
rooms = 5

[[room_type]]
code = "C"
name = "Suite"
rooms = 3
overbooking = 1
"#;

/// The sample's files.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../samples")
        .join(name)
}

/// `keyrackctl`: of `KEYRACK_BIN`, or else built beside this test.
pub fn keyrackctl() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| built("keyrackctl", "keyrack-ctl"))
}

/// `keyrack-central`, likewise.
pub fn keyrack_central() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| built("keyrack-central", "keyrack-central"))
}

/// The program with the window, likewise.
pub fn keyrack() -> PathBuf {
    built("keyrack", "keyrack")
}

fn built(name: &str, package: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os("KEYRACK_BIN") {
        // Made absolute: tests run in the folder of their package.
        return Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder)
            .join(name);
    }
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", package]);
    cargo.arg("--target-dir").arg(profile.parent().unwrap());
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(status.success(), "{name} does not build");
    profile.join(name)
}

/// A hotel in a file that goes when the test ends.
pub struct Hotel {
    pub file: PathBuf,
    pub folder: TempDir,
}

/// What one run of `keyrackctl` gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one document on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no single JSON document ({error}): {self:?}"))
    }

    /// One document a line.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        let parsed = self.stdout.lines().map(serde_json::from_str);
        parsed
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("no object a line ({error}): {self:?}"))
    }

    /// Fails unless it ended with this status; gives the document.
    #[track_caller]
    pub fn ends(&self, status: i32) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// Fails unless it ended with this status and error code; gives the error.
    #[track_caller]
    pub fn refused(&self, status: i32, code: &str) -> Value {
        let document = self.ends(status);
        assert_eq!(document["error"]["code"], code, "{self:?}");
        document["error"].clone()
    }
}

impl Hotel {
    /// A folder without a file yet.
    pub fn none() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            file: folder.path().join("hotel.db"),
            folder,
        }
    }

    /// Hotel Miramar on 1 June 2026, with the nights of June and July open.
    pub fn small() -> Self {
        Self::with(SMALL)
    }

    /// Another hotel, with the same nights open.
    pub fn with(property: &str) -> Self {
        let hotel = Self::none();
        let property = hotel.write("property.toml", property);
        let property = property.to_str().unwrap();
        hotel.done(&["init", property, "--nights", "2026-06-01..2026-08-01"]);
        hotel
    }

    /// Writes a file beside the database.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A run with `--json` that is not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.plain(arguments);
        command.arg("--json");
        command
    }

    /// A run without `--json` that is not started yet.
    pub fn plain(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(keyrackctl());
        command.arg("--db").arg(&self.file).args(arguments);
        command.env_remove("KEYRACK_DB").stdin(Stdio::null());
        // A log is written where a test has made its folder.
        let logs = self.folder.path().join("logs");
        command.env("KEYRACK_LOG_DIR", "");
        // Whoever runs the tests has a keyring of their own.
        command.env("KEYRACK_TOKEN_STORE", "file");
        if logs.exists() {
            command.env("KEYRACK_LOG_DIR", logs);
        }
        command
            .env_remove("KEYRACK_TOKEN")
            .env_remove("KEYRACK_PASSWORD");
        command
    }

    /// Runs `keyrackctl --json`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Runs it and expects it to be done.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> Value {
        self.run(arguments).ends(0)
    }

    /// Starts all at once, and gives what each gave.
    pub fn at_once(&self, commands: Vec<Command>) -> Vec<Run> {
        let started: Vec<Child> = commands
            .into_iter()
            .map(|mut command| {
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        started
            .into_iter()
            .map(|child| Run::of(child.wait_with_output().unwrap()))
            .collect()
    }

    /// Verifies the file, which must be whole.
    #[track_caller]
    pub fn verified(&self) {
        let run = self.run(&["verify"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(run.json()["ok"], true, "{run:?}");
    }

    /// Reserves, and gives the number.
    #[track_caller]
    pub fn reserved(&self, stay: &str) -> String {
        let made = self.done(&["reserve", stay, "--guest", "Ada Moreau"]);
        made["reservation"]["number"].as_str().unwrap().to_owned()
    }

    /// A cell, as `availability` gives it.
    #[track_caller]
    pub fn cell(&self, room_type: &str, night: &str) -> Value {
        self.cell_with(room_type, night, &[])
    }

    /// A cell, with more options.
    #[track_caller]
    pub fn cell_with(&self, room_type: &str, night: &str, options: &[&str]) -> Value {
        let next: keyrack_inventory::Night = night.parse().unwrap();
        let next = next.plus(1).to_string();
        let mut arguments = vec!["availability", night, &next, "--type", room_type];
        arguments.extend(options);
        let found = self.done(&arguments);
        found["room_types"][0]["cells"][0].clone()
    }

    /// A connection of another program on the file, which checks nothing.
    pub fn bare(&self) -> Connection {
        let connection = Connection::open(&self.file).unwrap();
        connection.busy_timeout(Duration::from_secs(10)).unwrap();
        connection
            .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;")
            .unwrap();
        connection
    }

    /// One number that a query gives.
    pub fn number(&self, sql: &str) -> i64 {
        self.bare().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Everything that the file says, table by table: what must be the same where nothing changed.
    pub fn content(&self) -> String {
        content(&self.bare())
    }

    /// The same without the trail, in which a denial is told, and without measures.
    pub fn content_but_the_trail(&self) -> String {
        content_but(&self.bare(), &["audit", "act_count", "metric"])
    }
}

/// Everything that a database says, table by table.
pub fn content(connection: &Connection) -> String {
    content_but(connection, &[])
}

/// The same without some tables.
fn content_but(connection: &Connection, left_out: &[&str]) -> String {
    let mut names = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<(String, String)> = names
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut text = String::new();
    for (table, sql) in tables {
        if left_out.contains(&table.as_str()) {
            continue;
        }
        text.push_str(&format!("{sql}\n"));
        let mut statement = connection
            .prepare(&format!("SELECT * FROM \"{table}\""))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..columns {
                text.push_str(&format!("{:?};", row.get_ref(at).unwrap()));
            }
            text.push('\n');
        }
    }
    text
}

/// A command id for a test.
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}
