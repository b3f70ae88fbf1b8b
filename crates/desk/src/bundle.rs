//! A support bundle: what helps to understand a trouble from afar, and nothing of any guest.
//!
//! Invariants: nothing is taken from the tables that hold names and texts, and of what is free in its
//! form (differences that `verify` found) only the part that names the object goes in.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use keyrack_inventory::command::Permission;
use keyrack_store::StoreError;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::logs::log_files;
use crate::papers::{Existing, check_absent, create};

/// Commands that the bundle lists.
const COMMANDS: u32 = 1_000;
/// Log files that go in at most, the last ones.
const LOGS: usize = 6;

impl Desk {
    /// Writes a bundle, with the logs of a folder. Gives the names of what is in it.
    ///
    /// # Errors
    /// Where the database cannot be read, the bundle would replace a file that is to stay, or cannot be written.
    pub fn support_bundle(
        &self,
        to: &Path,
        existing: Existing,
        logs: Option<&Path>,
    ) -> Result<Vec<String>, DeskError> {
        let caller = self.admit(Question::SupportBundle)?;
        let place = to.display().to_string();
        let act = self.asked_file(&caller, ("support_bundle", &place), to)?;
        let act = act
            .by(Permission::Configure)
            .answering(json!({ "bundle": to }));
        check_absent(to, existing)?;
        // A file that cannot be written is one whose bundle is wanted.
        if let Err(error) = self.store.write(|batch| batch.act(&act)) {
            tracing::warn!(code = error.code(), "a support bundle could not be noted");
        }
        let unfinished = beside(to);
        let written = self
            .documents(logs)
            .and_then(|documents| write_all(&unfinished, &documents, logs));
        let names = written.and_then(|names| {
            std::fs::rename(&unfinished, to).map_err(|source| failed(to, source))?;
            Ok(names)
        });
        if names.is_err() {
            // The first error is the one to tell.
            let _left = std::fs::remove_file(&unfinished);
        }
        names
    }

    /// What the desk says of itself, by file name. A part that cannot be had says why.
    fn documents(&self, logs: Option<&Path>) -> Result<Vec<(&'static str, Value)>, DeskError> {
        let durations = logs.map(durations).unwrap_or_default();
        let rows = self.store.read(|reader| reader.row_counts());
        let commands = self.store.read(|reader| reader.last_commands(COMMANDS));
        let commands = commands.map(|commands| {
            let line = |command: keyrack_store::CommandTrace| {
                json!({
                    "seq": command.seq,
                    "command_id": command.id,
                    "request_id": command.request_id,
                    "kind": command.kind,
                    "outcome": command.outcome,
                    "events": command.events,
                    "instant": command.instant,
                    "business_date": command.business_date,
                    "duration_us": durations.get(&command.id.to_string()),
                })
            };
            commands.into_iter().map(line).collect::<Vec<_>>()
        });
        let about = json!({
            "program": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "machine": std::env::consts::ARCH,
            "at": self.clock.now(),
        });
        Ok(vec![
            ("about.json", about),
            ("health.json", part(self.health())),
            ("settings.json", part(self.settings())),
            ("rows.json", part(rows.map_err(DeskError::from))),
            ("jobs.json", part(self.jobs())),
            ("alerts.json", part(self.alerts(true))),
            (
                "verify.json",
                part(
                    self.store
                        .verify()
                        .map(objects_only)
                        .map_err(DeskError::from),
                ),
            ),
            ("commands.json", part(commands.map_err(DeskError::from))),
        ])
    }
}

/// A part of the bundle; where it cannot be had, why.
fn part(made: Result<impl Serialize, DeskError>) -> Value {
    match made {
        Ok(made) => serde_json::to_value(made).unwrap_or_default(),
        Err(error) => json!({ "error": error.code(), "why": error.for_the_log() }),
    }
}

/// What was checked, and of each difference the object alone: what follows its name may hold what
/// people typed.
fn objects_only(verification: keyrack_store::Verification) -> Value {
    let checks = verification.checks.into_iter().map(|check| {
        let object = |difference: &String| {
            let name = difference.split(':').next().unwrap_or_default();
            name.to_owned()
        };
        let objects: Vec<String> = check.differences.iter().map(object).collect();
        json!({ "name": check.name, "ok": check.ok, "differences": objects })
    });
    json!({ "ok": verification.ok, "checks": checks.collect::<Vec<_>>() })
}

/// How long commands took, by id, as the log says.
fn durations(logs: &Path) -> HashMap<String, u64> {
    let mut found = HashMap::new();
    for file in log_files(logs).iter().rev().take(LOGS) {
        let text = std::fs::read_to_string(&file.path).unwrap_or_default();
        let lines = text.lines().filter(|line| line.contains("\"command_id\""));
        for line in lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            if let (Some(id), Some(took)) =
                (line["command_id"].as_str(), line["duration_us"].as_u64())
            {
                found.insert(id.to_owned(), took);
            }
        }
    }
    found
}

fn write_all(
    to: &Path,
    documents: &[(&'static str, Value)],
    logs: Option<&Path>,
) -> Result<Vec<String>, DeskError> {
    let fail = |error: zip::result::ZipError| failed(to, io::Error::other(error));
    let file = create(to).map_err(|source| failed(to, source))?;
    let mut bundle = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut names = Vec::new();
    for (name, document) in documents {
        bundle.start_file(*name, options).map_err(fail)?;
        let text = format!("{document:#}\n");
        bundle
            .write_all(text.as_bytes())
            .map_err(|source| failed(to, source))?;
        names.push((*name).to_owned());
    }
    let files = logs.map(log_files).unwrap_or_default();
    for log in files.iter().rev().take(LOGS) {
        // A log that another process has removed meanwhile is not in it.
        let Ok(text) = std::fs::read(&log.path) else {
            continue;
        };
        let name = format!(
            "logs/{}",
            log.path.file_name().unwrap_or_default().display()
        );
        bundle.start_file(&name, options).map_err(fail)?;
        bundle
            .write_all(&text)
            .map_err(|source| failed(to, source))?;
        names.push(name);
    }
    let file = bundle.finish().map_err(fail)?;
    file.sync_all().map_err(|source| failed(to, source))?;
    Ok(names)
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".unfinished-{}", Uuid::now_v7()));
    PathBuf::from(name)
}

fn failed(path: &Path, source: io::Error) -> DeskError {
    let path = path.to_owned();
    StoreError::Io { path, source }.into()
}
