//! Guests: who they are, everything kept of one, one forgotten.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use keyrack_inventory::command::Permission;
use keyrack_inventory::{GuestId, Instant, Night, Reference};
use keyrack_store::{GuestEntry, GuestFilter, Reader, StoreError, sweep_copies};
use keyrack_words::Words;
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use uuid::Uuid;

use crate::answers::ReservationCard;
use crate::desk::Desk;
use crate::door::{DoorRefusal, Question};
use crate::error::DeskError;
use crate::thresholds::Keeping;
use crate::{card, card_number, settings};

/// Characters of a reason.
const LONGEST_REASON: usize = 2_000;

/// A guest, as it crosses.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct GuestRow {
    /// Identity.
    #[ts(type = "Uuid")]
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// How many bookings.
    pub reservations: u32,
    /// When the last stay ends or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_departure: Option<Night>,
}

/// Which guests are asked for.
#[derive(Clone, Debug, Default)]
pub struct GuestQuery {
    /// Whose stays ended longer ago than guests are kept.
    pub past_retention: bool,
    /// Found by this text.
    pub find: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// Everything kept of a guest.
#[derive(Clone, Debug, Serialize)]
pub struct GuestExport {
    /// When it was written.
    pub exported_at: Instant,
    /// The hotel.
    pub property: String,
    /// The guest.
    pub guest: ExportedGuest,
    /// Their bookings, with what happened to them.
    pub reservations: Vec<ReservationCard>,
    /// Every text that stands of them: notes, guarantees, references of holds, reasons.
    pub texts: Vec<String>,
}

/// A guest in an export.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedGuest {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// What an export was.
#[derive(Clone, Debug, Serialize)]
pub struct Exported {
    /// Whose.
    pub guest: Uuid,
    /// Bookings in it.
    pub reservations: usize,
    /// Texts in it.
    pub texts: usize,
}

/// What an erasure was.
#[derive(Clone, Debug, Serialize)]
pub struct ErasedGuest {
    /// Whose.
    pub guest: Uuid,
    /// They were erased before, and nothing has come since: nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
    /// Their bookings, which stay.
    pub reservations: Vec<String>,
    /// Texts that went.
    pub texts: usize,
    /// Numbers in other systems that went.
    pub external_numbers: usize,
    /// Bookings of the same name, phone or e-mail under another guest, which stay as they are.
    pub others: Vec<String>,
}

impl Desk {
    /// Guests who are kept, the last one first.
    ///
    /// # Errors
    /// Where that is not allowed, or the file fails.
    pub fn guests(&self, query: &GuestQuery) -> Result<Vec<GuestRow>, DeskError> {
        self.admit(Question::Guests)?;
        Ok(self.store.read(|reader| {
            let days = settings::GUEST_RETENTION_DAYS.number(reader)?;
            let today = reader.catalogue()?.property.business_date;
            let days = i32::try_from(days).unwrap_or(i32::MAX);
            let filter = GuestFilter {
                find: query.find.clone(),
                gone_before: query.past_retention.then(|| today.plus(-days)),
                limit: query.limit,
            };
            Ok::<_, StoreError>(reader.guests(&filter)?.into_iter().map(row).collect())
        })?)
    }

    /// Writes everything kept of a guest to a new file, as JSON.
    ///
    /// # Errors
    /// Where that is not allowed, there is no such guest (refusals), the file is there already, or a
    /// file fails.
    pub fn export_guest(&self, named: &str, to: &Path) -> Result<Exported, DeskError> {
        let caller = self.admit(Question::ExportGuest)?;
        let id = self.guest_named(named)?;
        let export = self.store.read(|reader| self.everything(reader, id))?;
        let exported = Exported {
            guest: id.0,
            reservations: export.reservations.len(),
            texts: export.texts.len(),
        };
        let act = self.asked_file(&caller, ("guest_exported", &id.to_string()), to)?;
        let act = act
            .by(Permission::Configure)
            .answering(json!({ "exported": exported }))
            .fact("reservations", exported.reservations);
        let file = create_new(to)?;
        // Told before it leaves: an export that nobody hears of must not be.
        let told = self.store.write(|batch| batch.act(&act));
        if let Err(error) = told
            .map_err(DeskError::from)
            .and_then(|()| write(file, to, &export))
        {
            // The first error is the one to tell; what is left of the file says nothing, or is whole.
            let _left = std::fs::remove_file(to);
            return Err(error);
        }
        Ok(exported)
    }

    /// Forgets a guest: name, phone, e-mail, the texts of their bookings and their numbers in other systems. The
    /// bookings stay.
    ///
    /// # Errors
    /// Where that is not allowed, there is no such guest (refusals), no reason is given or one that would keep
    /// what is erased, or the file is busy or fails.
    pub fn erase_guest(&self, named: &str, reason: &str) -> Result<ErasedGuest, DeskError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            let needs = Words::here().say("bad-erasure-reason");
            return Err(DeskError::said(needs.with("most", LONGEST_REASON)));
        }
        card_number::refuse("what-erasure-reason", reason)?;
        let caller = self.admit(Question::EraseGuest)?;
        let id = self.guest_named(named)?;
        let asked = self.asked_act(&caller, "guest_erased", &id.to_string());
        if let Err(DeskError::DoneBefore(_)) = &asked {
            // Where the log could not be cleared then, it is now.
            self.store.clear_log()?;
        }
        let act = asked?;
        if self.store.read(|reader| reader.tells_of(id, reason))? {
            return Err(DeskError::said(Words::here().say("bad-erasure-names")));
        }
        let act = act
            .by(Permission::Administer)
            .because(Some(reason.to_owned()));
        let erased = self.store.erase_guest(id, act)?;
        let keeping = self.store.read(Keeping::read)?;
        sweep_copies(&self.backup_folder(&keeping));
        Ok(ErasedGuest {
            guest: id.0,
            already: erased.already,
            reservations: erased.reservations,
            texts: erased.texts,
            external_numbers: erased.external_numbers,
            others: erased.others,
        })
    }

    fn guest_named(&self, named: &str) -> Result<GuestId, DeskError> {
        let found = self.store.read(|reader| reader.guest_named(named))?;
        let unknown = || DoorRefusal::UnknownGuest {
            id: named.to_owned(),
        };
        found.ok_or_else(|| unknown().into())
    }

    fn everything(&self, reader: &Reader<'_>, id: GuestId) -> Result<GuestExport, StoreError> {
        let catalogue = reader.catalogue()?;
        let person = reader.person(Some(id))?;
        let mut reservations = Vec::new();
        for (reservation, _) in reader.reservations_of(id)? {
            if let Some(found) = reader.reservation(&Reference::Id(reservation))? {
                reservations.push(card::reservation(reader, &catalogue, &found)?);
            }
        }
        let texts = reader.texts_of(id)?.into_iter().map(|text| text.body);
        Ok(GuestExport {
            exported_at: self.door.now().wall,
            property: catalogue.property.name.to_string(),
            guest: ExportedGuest {
                id: id.0,
                name: person.name,
                phone: person.phone,
                email: person.email,
            },
            reservations,
            texts: texts.collect(),
        })
    }
}

fn row(entry: GuestEntry) -> GuestRow {
    GuestRow {
        id: entry.id.0,
        name: entry.person.name,
        phone: entry.person.phone,
        email: entry.person.email,
        reservations: entry.reservations,
        last_departure: entry.last_departure,
    }
}

/// Makes a file that only its owner reads, and that was not there.
fn create_new(to: &Path) -> Result<File, DeskError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(to).map_err(|error| unwritable(to, &error))
}

fn unwritable(to: &Path, error: &std::io::Error) -> DeskError {
    crate::papers::unwritable(to, error)
}

fn write(mut file: File, to: &Path, export: &GuestExport) -> Result<(), DeskError> {
    let failed = |error| unwritable(to, &error);
    let text = serde_json::to_string_pretty(export).map_err(DeskError::bad_input)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.write_all(b"\n").map_err(failed)?;
    file.sync_all().map_err(failed)
}
