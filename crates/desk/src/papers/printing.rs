//! Papers as they are asked for: which one, of what, and where to.

use std::path::Path;

use keyrack_inventory::{Night, Reference, ReservationId, StayReference};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lists::{DayLists, DayPaper, day_lists};
use super::{Existing, House, Paper, face, save};
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;

/// Which paper is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "paper", rename_all = "snake_case", deny_unknown_fields)]
pub enum PrintRequest {
    /// A list of a day.
    Day {
        /// Which.
        list: DayPaper,
        /// The day.
        date: Night,
        /// The file, with its whole path.
        to: String,
    },
    /// The confirmation of a reservation.
    Confirmation {
        /// The reservation's number or id.
        #[ts(type = "string")]
        id: Reference<ReservationId>,
        /// The file, with its whole path.
        to: String,
    },
    /// The registration cards of a reservation's stays, a page each.
    RegistrationCard {
        /// The reservation's number or id, with a stay's number after a slash where one alone is meant.
        #[ts(type = "string")]
        id: StayReference,
        /// The file, with its whole path.
        to: String,
    },
}

impl PrintRequest {
    /// The file that is wanted.
    pub fn to(&self) -> &str {
        match self {
            Self::Day { to, .. }
            | Self::Confirmation { to, .. }
            | Self::RegistrationCard { to, .. } => to,
        }
    }
}

impl Desk {
    /// Writes the paper that is asked for. A paper takes the place of another paper, and of no other file.
    ///
    /// # Errors
    /// Where there is no such reservation (a refusal), the place is none or holds something else, or a
    /// file fails.
    pub fn print(&self, request: &PrintRequest) -> Result<Paper, DeskError> {
        self.admit(Question::Paper)?;
        let to = Path::new(request.to());
        if !to.is_absolute() {
            let typed = request.to();
            let part = Words::here().say("bad-no-whole-path");
            return Err(DeskError::said(part.with("typed", format!("{typed:?}"))));
        }
        match request {
            PrintRequest::Day { list, date, .. } => self.day_paper(*list, *date, to),
            PrintRequest::Confirmation { id, .. } => self.confirmation(id, to, Existing::Paper),
            PrintRequest::RegistrationCard { id, .. } => {
                self.registration_card(id, to, Existing::Paper)
            }
        }
    }

    fn day_paper(&self, list: DayPaper, date: Night, to: &Path) -> Result<Paper, DeskError> {
        self.admit(Question::Paper)?;
        let now = self.clock.now();
        let (house, lists) = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let house = House::read(reader, &catalogue)?;
            let lists = DayLists::read(reader, &catalogue, list, date, now)?;
            Ok((house, lists))
        })?;
        let (pdf, lacking) = face::watched(|| day_lists(&house, &lists));
        let pdf = pdf?;
        save(to, &pdf, Existing::Paper)?;
        let bytes = pdf.len();
        Ok(Paper { bytes, lacking })
    }
}
