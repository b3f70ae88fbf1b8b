//! Imports and exports: long work that shows how far it is, and that Ctrl-C stops.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyrack_desk::transfer::{Export, Import, Imported, exportable};
use keyrack_desk::{Desk, DeskError, Options};
use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::args::{ExportCmd, ImportCmd};
use crate::output::{Output, status};
use crate::show::in_order;

/// Lines of bad rows that a person is shown.
const SHOWN: usize = 20;

/// How far the work is, and whether somebody asked to stop it.
struct Progress {
    terminal: bool,
    shown: u64,
    asked: Arc<AtomicBool>,
}

impl Progress {
    fn new() -> Result<Self, DeskError> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&asked))
                .map_err(|error| DeskError::Machine(format!("signals cannot be heard: {error}")))?;
        }
        Ok(Self {
            terminal: io::stderr().is_terminal(),
            shown: 0,
            asked,
        })
    }

    /// Shows it; whether to go on.
    fn step(&mut self, done: u64, total: u64) -> bool {
        let percent = done * 100 / total.max(1);
        // On a terminal one line that changes; elsewhere a line every ten per cent.
        let line = format!("{percent:3} %  {done} of {total} rows");
        if self.terminal && percent > self.shown {
            eprint!("\r{line}");
            // A progress line that cannot be shown stops no work.
            let _unseen = io::stderr().flush();
            self.shown = percent;
        } else if percent >= self.shown + 10 {
            eprintln!("{line}");
            self.shown = percent;
        }
        !self.asked.load(Ordering::Relaxed)
    }

    fn end(&self) {
        if self.terminal && self.shown > 0 {
            eprintln!();
        }
    }
}

/// Writes a file.
pub fn export(options: &Options, output: &Output, words: &ExportCmd) -> Result<u8, DeskError> {
    let to = words.to();
    // Whether a file is there is asked once it is known that this was not done before.
    exportable(&to.file, true)?;
    let (from, before) = (to.from, to.before);
    in_order(from, before)?;
    let export = match words {
        ExportCmd::Reservations { status, .. } => Export::Reservations {
            from,
            to: before,
            status: *status,
        },
        ExportCmd::Availability { room_type, .. } => Export::Availability {
            from,
            to: before,
            pool: *room_type,
        },
        ExportCmd::Events { since, .. } => Export::Events {
            since: *since,
            from,
            to: before,
        },
    };
    let desk = Desk::open(options)?;
    let mut progress = Progress::new()?;
    let exported = desk.export(&export, &to.file, to.force, &mut |done, total| {
        progress.step(done, total)
    });
    progress.end();
    let exported = exported?;
    let document = json!({
        "exported": exported.what, "rows": exported.rows, "format": exported.format,
        "file": to.file, "seconds": exported.seconds,
    });
    Ok(output.done(&document, || {
        format!("{} rows written to {}", exported.rows, to.file.display())
    }))
}

/// Brings bookings in.
pub fn import(options: &Options, output: &Output, words: &ImportCmd) -> Result<u8, DeskError> {
    let ImportCmd::Reservations {
        file,
        mapping,
        dry_run,
        keep_good_rows,
    } = words;
    let import = Import::read(file, mapping, *dry_run, *keep_good_rows)?;
    let desk = Desk::open(options)?;
    let mut progress = Progress::new()?;
    let imported = desk.import(&import, &mut |done, total| progress.step(done, total));
    progress.end();
    let imported = imported?;
    output.done(&imported, || sentences(&imported, *keep_good_rows));
    Ok(match (imported.bad_count, dry_run, keep_good_rows) {
        (0, _, _) => status::DONE,
        (_, true, _) => status::FOUND,
        (_, false, true) => status::DONE,
        (_, false, false) => status::REFUSED,
    })
}

fn sentences(imported: &Imported, keep_good_rows: bool) -> String {
    let would = if imported.dry_run { "would be " } else { "" };
    let mut text = format!(
        "{} rows read: {} {would}added, {} already there, {} left out, {} bad.",
        imported.read, imported.added, imported.already_there, imported.skipped, imported.bad_count
    );
    if imported.erased_count > 0 {
        let lines: Vec<String> = imported
            .erased
            .iter()
            .take(SHOWN)
            .map(u64::to_string)
            .collect();
        let more = if imported.erased_count > SHOWN as u64 {
            ", ..."
        } else {
            ""
        };
        text.push_str(&format!(
            "\n  {} with the number of a booking whose guest was erased here, and not brought in: line {}{more}. \
             Where one is another booking under the same number, book it by hand.",
            imported.erased_count,
            lines.join(", ")
        ));
    }
    for row in imported.bad.iter().take(SHOWN) {
        let column = row.column.as_ref();
        let column = column.map_or(String::new(), |name| format!(", {name}"));
        text.push_str(&format!("\n  line {}{column}: {}", row.line, row.reason));
    }
    if imported.bad_count > SHOWN as u64 {
        text.push_str("\n  ... and more; --json tells the first 1,000.");
    }
    if imported.bad_count > 0 && !imported.dry_run && !keep_good_rows {
        text.push_str("\nNothing was brought in. Put the rows right, or give --keep-good-rows.");
    }
    text
}
