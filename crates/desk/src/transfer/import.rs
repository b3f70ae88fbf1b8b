//! Bookings of another system, brought in.
//!
//! All of them or none: weighed on a snapshot first, so that a file with bad rows keeps nobody
//! waiting, then brought in by one transaction. Or the good ones alone, in transactions of up to a
//! thousand commands; cut off between two of them, it goes on where it was when it is run again.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant as Timer;

use keyrack_inventory::command::Permission;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{CommandId, Refusal};
use keyrack_store::{Act, Batch, Envelope, StoreError};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::bring::{Ground, Scales, command_id, stays_of};
use super::mapping::{self, Field, Mapping, Standing};
use super::rows::{self, BadRow, Draft, Row};
use super::sheet;
use super::{LOOK_EVERY, Progress};
use keyrack_words::Words;

use crate::api::{Command, CommandRequest, Steps};
use crate::desk::Desk;
use crate::door::{Caller, Question};
use crate::error::DeskError;
use crate::money::currency_digits;
use crate::request;
use keyrack_store::Asked;
use serde_json::json;

/// Commands of one transaction, where good rows are kept.
const MOST_COMMANDS: usize = 1_000;
/// Bad rows that are told one by one.
const MOST_TOLD: usize = 1_000;

/// A file to bring in, and how it is read.
#[derive(Clone, Debug)]
pub struct Import {
    path: PathBuf,
    mapping: Mapping,
    dry_run: bool,
    keep_good_rows: bool,
}

impl Import {
    /// Reads the mapping, and looks whether the file has its columns, before a database is touched.
    ///
    /// # Errors
    /// Where one of them is missing or cannot be read.
    pub fn read(
        path: &Path,
        mapping: &Path,
        dry_run: bool,
        keep_good_rows: bool,
    ) -> Result<Self, DeskError> {
        let mapping = mapping::read(mapping)?;
        sheet::check(path, &mapping)?;
        Ok(Self {
            path: path.to_owned(),
            mapping,
            dry_run,
            keep_good_rows,
        })
    }
}

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct Imported {
    /// Rows of the file.
    pub read: u64,
    /// Bookings that were made; in a dry run, that would be.
    pub added: u64,
    /// Rows whose booking was there, and is the same.
    pub already_there: u64,
    /// Rows that the mapping leaves out, and arrivals that are history.
    pub skipped: u64,
    /// Rows that do not come in, the first thousand.
    pub bad: Vec<BadRow>,
    /// How many there are.
    pub bad_count: u64,
    /// Lines of rows with the number of a booking whose guest was erased here, the first thousand. They do not come
    /// in: whether one is that booking or another under the same number, only a person can tell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<u64>>")]
    pub erased: Vec<u64>,
    /// How many there are.
    #[serde(skip_serializing_if = "is_none")]
    #[ts(optional, as = "Option<u64>")]
    pub erased_count: u64,
    /// Nothing was written.
    pub dry_run: bool,
    /// How long it took.
    pub seconds: f64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Imported {
    fn erased(&mut self, line: u64) {
        self.erased_count += 1;
        if self.erased.len() < MOST_TOLD {
            self.erased.push(line);
        }
    }

    fn bad(&mut self, row: BadRow) {
        self.bad_count += 1;
        if self.bad.len() < MOST_TOLD {
            self.bad.push(row);
        }
    }
}

impl Desk {
    /// Brings in the bookings of a file. Where some rows are bad, nothing comes in, unless the good
    /// ones shall.
    ///
    /// # Errors
    /// Where that is not allowed, the file cannot be read, the database is busy or fails, or
    /// `progress` wants to stop.
    pub fn import(&self, import: &Import, progress: Progress<'_>) -> Result<Imported, DeskError> {
        let started = Timer::now();
        let caller = self.admit(Question::Import)?;
        let asked = self.asked_act(&caller, "imported", "reservations")?.asked;
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        let digits = currency_digits(catalogue.property.currency.as_str());
        let rows = rows::read(&import.path, &import.mapping, digits)?;
        let mut run = Run {
            desk: self,
            import,
            caller: &caller,
            asked,
            catalogue: &catalogue,
            request_id: Uuid::now_v7(),
            tally: Imported::default(),
            stopped: false,
        };
        if import.keep_good_rows && !import.dry_run {
            run.good_rows(&rows, progress)?;
        } else {
            run.all_or_none(&rows, progress)?;
        }
        Ok(Imported {
            read: rows.len() as u64,
            dry_run: import.dry_run,
            seconds: started.elapsed().as_secs_f64(),
            ..run.tally
        })
    }
}

/// Whether more of a file comes in after a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    More,
    Last,
}

struct Run<'a> {
    desk: &'a Desk,
    import: &'a Import,
    caller: &'a Caller,
    asked: Option<Asked>,
    catalogue: &'a Catalogue,
    /// One for the whole run.
    request_id: Uuid,
    tally: Imported,
    stopped: bool,
}

impl Run<'_> {
    fn all_or_none(&mut self, rows: &[Row], progress: Progress<'_>) -> Result<(), DeskError> {
        let store = &self.desk.store;
        let alone = if self.import.dry_run { 1 } else { 2 };
        let total = rows.len() as u64 * alone;
        store.read(|reader| {
            let mut scales = Scales {
                reader,
                weighing: reader.weighing()?,
                brought: HashMap::new(),
            };
            self.rows(&mut scales, rows, (0, total), progress)
        })?;
        let stopped = || DeskError::stopped("stopped-import");
        if self.stopped {
            return Err(stopped());
        }
        if self.import.dry_run || self.tally.bad_count > 0 {
            if !self.import.dry_run {
                self.tally.added = 0;
            }
            return Ok(());
        }
        self.tally = Imported::default();
        store.write(|batch| {
            self.rows(batch, rows, (rows.len() as u64, total), progress)?;
            // The world may have moved on since the rows were weighed.
            if self.stopped || self.tally.bad_count > 0 {
                self.tally.added = 0;
                batch.take_back();
                return Ok(());
            }
            self.tell(batch, &Imported::default(), Part::Last)
        })?;
        if self.stopped {
            return Err(stopped());
        }
        Ok(())
    }

    fn good_rows(&mut self, rows: &[Row], progress: Progress<'_>) -> Result<(), DeskError> {
        let total = rows.len() as u64;
        // No row takes more than two commands.
        let parts = rows.chunks(MOST_COMMANDS / 2);
        let last = parts.len().saturating_sub(1) as u64;
        for (place, part) in (0_u64..).zip(parts) {
            let before = self.tally.clone();
            let done = place * (MOST_COMMANDS as u64 / 2);
            self.desk.store.write(|batch| {
                self.rows(batch, part, (done, total), progress)?;
                if self.stopped {
                    batch.take_back();
                    return Ok(());
                }
                let part = if place == last {
                    Part::Last
                } else {
                    Part::More
                };
                self.tell(batch, &before, part)
            })?;
            if self.stopped {
                let part = Words::here().say("stopped-import-part");
                let said = part.with("added", before.added.to_string());
                return Err(DeskError::Stopped(said.text()));
            }
        }
        Ok(())
    }

    /// Puts into the trail what this transaction brought in: figures and the file's name.
    ///
    /// The last part is told under the id by which the whole was asked for: a run that was cut off before
    /// goes on where it was when the same is asked again.
    fn tell(&self, batch: &mut Batch<'_>, before: &Imported, part: Part) -> Result<(), StoreError> {
        let now = &self.tally;
        let ends = part == Part::Last && now.added > 0;
        if now.added == before.added && !ends {
            return Ok(());
        }
        let file = self.import.path.file_name().unwrap_or_default();
        let act = self.desk.act(self.caller, "imported", "reservations");
        let act = Act {
            request_id: self.request_id,
            asked: self.asked.filter(|_| part == Part::Last),
            ..act.by(Permission::Configure)
        };
        let act = act
            .fact("file", file.to_string_lossy())
            .fact("added", now.added - before.added)
            .fact("already_there", now.already_there - before.already_there)
            .fact("skipped", now.skipped - before.skipped)
            .fact("bad", now.bad_count - before.bad_count);
        let erased = now.erased_count - before.erased_count;
        let act = match erased {
            0 => act,
            erased => act.fact("erased", erased),
        };
        let known = now.already_there + now.erased_count;
        let read = now.added + known + now.skipped + now.bad_count;
        batch.act(&act.answering(json!(Imported {
            read,
            ..now.clone()
        })))
    }

    fn rows(
        &mut self,
        ground: &mut impl Ground,
        rows: &[Row],
        (done, total): (u64, u64),
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<(), StoreError> {
        for (at, row) in (done..).zip(rows) {
            if at.is_multiple_of(LOOK_EVERY) && !progress(at, total) {
                self.stopped = true;
                return Ok(());
            }
            match row {
                Row::Draft(draft) => self.draft(ground, draft)?,
                Row::Bad(bad) => self.tally.bad(bad.clone()),
                Row::Skipped => self.tally.skipped += 1,
            }
        }
        progress(done + rows.len() as u64, total);
        Ok(())
    }

    fn draft(&mut self, ground: &mut impl Ground, draft: &Draft) -> Result<(), StoreError> {
        let bad = |column, reason, code| BadRow {
            line: draft.line,
            column,
            reason,
            code,
        };
        if let Some(there) = ground.there(draft)? {
            if there.erased {
                self.tally.erased(draft.line);
                return Ok(());
            }
            match there.differs(draft) {
                None => self.tally.already_there += 1,
                Some(reason) => self.tally.bad(bad(None, reason, "already_there")),
            }
            return Ok(());
        }
        let today = self.catalogue.property.business_date;
        if draft.stay.arrival < today {
            if self.import.mapping.history {
                self.tally.skipped += 1;
                return Ok(());
            }
            let words = Words::here();
            let reason = words
                .say("row-history")
                .with("arrival", words.night(draft.stay.arrival))
                .with("business", words.night(today))
                .text();
            let column = self.column_of(Field::Arrival);
            self.tally.bad(bad(column, reason, "invalid_stay"));
            return Ok(());
        }
        let envelopes = match self.envelopes(draft) {
            Ok(envelopes) => envelopes,
            Err(error) => {
                self.tally.bad(bad(None, error.to_string(), error.code()));
                return Ok(());
            }
        };
        match ground.bring(draft, &envelopes)? {
            Ok(()) => self.tally.added += 1,
            Err(refusal) => {
                let column = self.column(&refusal);
                let reason = Words::here().refusal(&refusal, self.catalogue);
                self.tally.bad(bad(column, reason, refusal.code()));
            }
        }
        Ok(())
    }

    /// The column that a refusal is about, where it is about one.
    fn column(&self, refusal: &Refusal) -> Option<String> {
        match refusal {
            Refusal::UnknownRoomType { .. } => self.column_of(Field::RoomType),
            Refusal::InvalidStay { .. } => self.column_of(Field::Arrival),
            _ => None,
        }
    }

    fn column_of(&self, field: Field) -> Option<String> {
        let columns = self.import.mapping.columns.get(&field)?;
        Some(columns.names().join(" + "))
    }

    /// The commands that make the booking.
    fn envelopes(&self, draft: &Draft) -> Result<Vec<Envelope>, DeskError> {
        let id = command_id(self.catalogue.property.code.as_str(), draft);
        let mut commands = vec![(id, Command::Reserve(draft.new.clone()))];
        if draft.standing == Standing::Cancelled {
            let steps = Steps {
                ids: vec![stays_of(id)],
                room: None,
                rooms: None,
                reason: None,
            };
            commands.push((CommandId::derived(id, 1), Command::Cancel(steps)));
        }
        let envelope = |(id, command): (CommandId, Command)| {
            let request = CommandRequest {
                command_id: id.0,
                if_version: None,
                override_reason: None,
                command,
            };
            let made = request::envelope(&request, self.desk.clock.now(), self.request_id)?;
            let actor = self.caller.name().to_owned();
            Ok(Envelope { actor, ..made })
        };
        commands.into_iter().map(envelope).collect()
    }
}
