//! A hotel of the test's own, and `keyrackctl` at work on it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::session::programs;
use crate::{Outcome, failure};

/// Three room types and few rooms, so that a test can sell one out by hand.
const SMALL: &str = r#"
name = "Hotel Miramar"
code = "MIRA"
time_zone = "Europe/Lisbon"
currency = "EUR"
business_date = "2026-06-01"

[[room_type]]
code = "SGL"
name = "Single"
rooms = 2

[[room_type]]
code = "DBL"
name = "Double"
rooms = 5
overbooking = 1

[[room_type]]
code = "STE"
name = "Suite"
rooms = 1
"#;

/// The room types of a hotel that is wider than a screen.
const WIDE_TYPES: usize = 60;

/// A hotel in a file that goes when the test ends.
pub struct Hotel {
    file: PathBuf,
    _folder: TempDir,
}

/// What one run of `keyrackctl --json` gave.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// The document on standard output.
    pub json: Value,
}

impl Run {
    fn done(self, arguments: &[&str]) -> Outcome<Value> {
        if self.status != 0 {
            return failure(format!("keyrackctl {arguments:?} ended with {self:?}"));
        }
        Ok(self.json)
    }
}

impl Hotel {
    /// Hotel Miramar on 1 June 2026: 2 singles, 5 doubles with one more by overbooking, 1 suite.
    pub fn small() -> Outcome<Self> {
        Self::of(SMALL)
    }

    /// Sixty room types of 40 rooms each on 1 June 2017, the date of the sample hotel: `T01`, the `Standard double`, to
    /// `T60`.
    pub fn wide() -> Outcome<Self> {
        let mut property =
            "name = \"Hotel Amplo\"\ncode = \"WIDE\"\ntime_zone = \"Europe/Lisbon\"\n\
            currency = \"EUR\"\nbusiness_date = \"2017-06-01\"\n"
                .to_owned();
        for number in 1..=WIDE_TYPES {
            let name = match number {
                1 => "Standard double".to_owned(),
                number => format!("Room type {number}"),
            };
            property.push_str(&format!(
                "\n[[room_type]]\ncode = \"T{number:02}\"\nname = \"{name}\"\nrooms = 40\n"
            ));
        }
        Self::of(&property)
    }

    fn of(written: &str) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let property = folder.path().join("property.toml");
        std::fs::write(&property, written)?;
        let hotel = Self {
            file: folder.path().join("hotel.db"),
            _folder: folder,
        };
        let property = property
            .to_str()
            .ok_or("the folder's name is not readable text")?;
        hotel.done(&["init", property])?;
        Ok(hotel)
    }

    /// A file that is not there yet: a desk that joins a centre makes it.
    pub fn none() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self {
            file: folder.path().join("hotel.db"),
            _folder: folder,
        })
    }

    /// A copy of the sample hotel as of 1 June 2017, which `KEYRACK_TEST_SAMPLE` names.
    pub fn sample() -> Outcome<Self> {
        let built = std::env::var_os("KEYRACK_TEST_SAMPLE")
            .ok_or("KEYRACK_TEST_SAMPLE names no built sample hotel; use `make test`")?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("sample.db");
        std::fs::copy(built, &file)?;
        Ok(Self {
            file,
            _folder: folder,
        })
    }

    /// The hotel's file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Runs `keyrackctl --json` with `arguments` on this hotel.
    pub fn run(&self, arguments: &[&str]) -> Outcome<Run> {
        self.run_with(arguments, &[])
    }

    /// Signs a member of the staff in, and does with their token what is to be done.
    pub fn as_member(&self, name: &str, password: &str, arguments: &[&str]) -> Outcome<Value> {
        let signed_in = self.run_with(&["sign-in", name], &[("KEYRACK_PASSWORD", password)])?;
        let token = signed_in.json["token"].as_str().ok_or("no token")?;
        let run = self.run_with(arguments, &[("KEYRACK_TOKEN", token)])?;
        run.done(arguments)
    }

    fn run_with(&self, arguments: &[&str], beside: &[(&str, &str)]) -> Outcome<Run> {
        let output = Command::new(programs()?.join("keyrackctl"))
            .env("KEYRACK_LOG_DIR", "")
            .env("KEYRACK_TOKEN_STORE", "file")
            .envs(beside.iter().copied())
            .arg("--db")
            .arg(&self.file)
            .arg("--json")
            .args(arguments)
            .output()
            .map_err(|error| format!("keyrackctl does not start: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let json = serde_json::from_str(&text).map_err(|error| {
            let said = String::from_utf8_lossy(&output.stderr);
            format!("keyrackctl {arguments:?} printed no JSON ({error}): {text}{said}")
        })?;
        Ok(Run {
            status: output.status.code().unwrap_or(-1),
            json,
        })
    }

    /// Runs `keyrackctl --json` and expects it to be done.
    pub fn done(&self, arguments: &[&str]) -> Outcome<Value> {
        self.run(arguments)?.done(arguments)
    }

    /// One count of one cell, as the command line gives it.
    pub fn count(&self, room_type: &str, night: &str, next: &str, count: &str) -> Outcome<i64> {
        let answer = self.done(&["availability", night, next, "--type", room_type])?;
        answer["room_types"][0]["cells"][0][count]
            .as_i64()
            .ok_or_else(|| format!("availability gave no {count}: {answer}").into())
    }

    /// Checks that every count is the fold of its events.
    pub fn verify(&self) -> Outcome {
        let verdict = self.done(&["verify"])?;
        if verdict["ok"] != true {
            return failure(format!("verify found differences: {verdict}"));
        }
        Ok(())
    }
}
