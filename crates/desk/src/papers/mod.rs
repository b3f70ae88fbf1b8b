//! Printed papers, as PDF: a booking's confirmation, the registration card of a stay, the lists of a
//! day, and the audit pack of a business date.

mod booking;
mod face;
mod figures;
mod file;
mod lists;
mod pack;
mod printing;
mod sheet;
mod table;

use std::path::Path;

use keyrack_inventory::model::Reservation;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Night, Reference, Refusal, RoomTypeCode, StayReference};
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;
use serde::Serialize;

use crate::answers::ReservationCard;
use crate::card;
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::DeskError;
use crate::money::{Rate, Taxes, currency_digits, written};
use crate::settings;
use sheet::{Format, Frame};

pub use file::Existing;
pub(crate) use file::{about, check_absent, check_folder, create, save, sync_folder, unwritable};
pub use lists::DayPaper;
pub(crate) use pack::{PackSource, audit_pack};
pub use printing::PrintRequest;

/// A paper that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Its size in bytes.
    pub bytes: usize,
    /// The characters that the typeface lacks, each once; a question mark stands in their place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lacking: String,
}

/// What a paper says of the hotel.
pub(crate) struct House {
    name: String,
    address: Vec<String>,
    tax_number: String,
    currency: String,
    digits: u8,
    business_date: Night,
    room_types: Vec<(RoomTypeCode, String)>,
    taxes: Taxes,
    format: Format,
}

impl House {
    pub fn read(reader: &Reader<'_>, catalogue: &Catalogue) -> Result<Self, StoreError> {
        let property = &catalogue.property;
        let address = settings::HOTEL_ADDRESS.text(reader)?;
        let lines = address.split(';').map(|line| line.trim().to_owned());
        let types = catalogue.room_types.iter();
        Ok(Self {
            name: property.name.to_string(),
            address: lines.filter(|line| !line.is_empty()).collect(),
            tax_number: settings::TAX_NUMBER.text(reader)?,
            currency: property.currency.to_string(),
            digits: currency_digits(property.currency.as_str()),
            business_date: property.business_date,
            room_types: types
                .map(|known| (known.code, known.name.to_string()))
                .collect(),
            taxes: Taxes::read(reader)?,
            format: Format::named(&settings::PAPER.text(reader)?),
        })
    }

    fn type_name(&self, code: RoomTypeCode) -> String {
        let known = self.room_types.iter().find(|(known, _)| *known == code);
        known.map_or_else(|| code.to_string(), |(_, name)| name.clone())
    }

    fn amount(&self, amount: i64) -> String {
        in_words(&written(amount, self.digits))
    }

    /// `VAT 7.5 %`.
    fn vat(&self, rate: Rate) -> String {
        let vat = Words::here().say("paper-vat-rate");
        vat.with("rate", in_words(&rate.to_string())).text()
    }

    /// What stands before the sum: `Total EUR`.
    fn total(&self) -> String {
        let total = Words::here().say("paper-total");
        total.with("currency", self.currency.as_str()).text()
    }

    fn tax_line(&self) -> String {
        let line = Words::here().say("paper-tax-number");
        line.with("number", self.tax_number.as_str()).text()
    }

    /// `EUR 1,234.50`.
    fn money(&self, amount: i64) -> String {
        format!("{} {}", self.currency, self.amount(amount))
    }

    fn frame(&self, title: &str, date: Night) -> Frame {
        let mut foot = vec![self.name.clone()];
        if !self.tax_number.is_empty() {
            foot.push(self.tax_line());
        }
        Frame {
            running: format!("{} · {title}", self.name),
            foot: foot.join(" · "),
            title: title.to_owned(),
            author: self.name.clone(),
            date,
        }
    }
}

/// A message of the papers, in the language of this process.
fn say(id: &str) -> String {
    Words::here().plain(id)
}

/// A heading with how many stand below it.
fn counted(id: &str, count: usize) -> String {
    format!("{} ({count})", say(id))
}

/// A number with the marks of the language: `1,234.50` is `1.234,50` in German.
fn in_words(number: &str) -> String {
    let (group, decimal) = Words::here().language().marks();
    let mark = |letter| match letter {
        ',' => group,
        '.' => decimal,
        other => other,
    };
    number.chars().map(mark).collect()
}

/// A date as papers say it: `Wed 10 Jun 2026`.
fn long(date: Night) -> String {
    Words::here().night(date)
}

/// A date in a table: `10 Jun 2026`.
fn short(date: Night) -> String {
    short_of(date.date())
}

fn short_of(date: chrono::NaiveDate) -> String {
    Words::here().date(date)
}

impl Desk {
    /// Writes the confirmation of a reservation.
    ///
    /// # Errors
    /// Where there is no such reservation (a refusal), the file is there and is not to be replaced, or
    /// a file fails.
    pub fn confirmation(
        &self,
        id: &Reference<keyrack_inventory::ReservationId>,
        to: &Path,
        existing: Existing,
    ) -> Result<Paper, DeskError> {
        self.admit(Question::Paper)?;
        let (house, card, _) = self.booking(id)?;
        let (pdf, lacking) = face::watched(|| booking::confirmation(&house, &card));
        let pdf = pdf?;
        save(to, &pdf, existing)?;
        let bytes = pdf.len();
        Ok(Paper { bytes, lacking })
    }

    /// Writes the registration cards of a reservation's stays, a page each, or of one stay.
    ///
    /// # Errors
    /// Where there is no such reservation or stay (a refusal), the file is there and is not to be
    /// replaced, or a file fails.
    pub fn registration_card(
        &self,
        id: &StayReference,
        to: &Path,
        existing: Existing,
    ) -> Result<Paper, DeskError> {
        self.admit(Question::Paper)?;
        let (house, card, found) = self.booking(&id.reservation)?;
        let stays: Vec<_> = match id.stay {
            Some(number) => found
                .stays
                .iter()
                .filter(|stay| stay.stay == number)
                .collect(),
            None => {
                let here = |stay: &&keyrack_inventory::Stay| stay.status.is_open();
                let open: Vec<_> = found.stays.iter().filter(here).collect();
                if open.is_empty() {
                    found.stays.iter().collect()
                } else {
                    open
                }
            }
        };
        if stays.is_empty() {
            let catalogue = self.store.read(|reader| reader.catalogue())?;
            let id = id.to_string();
            return Err(refused(Refusal::UnknownStay { id }, &catalogue));
        }
        let (pdf, lacking) = face::watched(|| booking::registration_cards(&house, &card, &stays));
        let pdf = pdf?;
        save(to, &pdf, existing)?;
        let bytes = pdf.len();
        Ok(Paper { bytes, lacking })
    }

    fn booking(
        &self,
        id: &Reference<keyrack_inventory::ReservationId>,
    ) -> Result<(House, ReservationCard, Reservation), DeskError> {
        let (catalogue, found) = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let Some(found) = reader.reservation(id)? else {
                return Ok((catalogue, None));
            };
            let card = card::reservation(reader, &catalogue, &found)?;
            let house = House::read(reader, &catalogue)?;
            Ok((catalogue, Some((house, card, found))))
        })?;
        let unknown = || {
            let id = id.to_string();
            refused(Refusal::UnknownReservation { id }, &catalogue)
        };
        found.ok_or_else(unknown)
    }
}
