//! Groups and the waitlist, to look at.

use keyrack_inventory::{
    AllotmentId, Command as Domain, Reference, Refusal, ReservationId, StayReference,
};
use keyrack_store::StoreError;
use uuid::Uuid;

use crate::answers::{AllotmentCard, AllotmentRow, WaitingRow};
use crate::card;
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::DeskError;

impl Desk {
    /// Allotments: open ones, or all of them.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn allotments(&self, all: bool) -> Result<Vec<AllotmentRow>, DeskError> {
        self.admit(Question::Allotments)?;
        let found = self.store.read(|reader| reader.allotments(all))?;
        Ok(found.iter().map(card::allotment).collect())
    }

    /// An allotment, whole.
    ///
    /// # Errors
    /// Where there is none (a refusal), or the file fails.
    pub fn allotment(&self, id: &Reference<AllotmentId>) -> Result<AllotmentCard, DeskError> {
        self.admit(Question::Allotments)?;
        let (found, catalogue) = self.store.read(|reader| {
            let Some(entry) = reader.allotment(id)? else {
                return Ok((None, reader.catalogue()?));
            };
            let stays = reader.picked_up(entry.allotment.id)?;
            let found = AllotmentCard {
                allotment: card::allotment(&entry),
                nights: card::allotment_nights(&entry.allotment),
                picked_up_by: stays.into_iter().map(card::sheet_row).collect(),
            };
            Ok((Some(found), reader.catalogue()?))
        })?;
        found.ok_or_else(|| refused(Refusal::UnknownAllotment { id: id.to_string() }, &catalogue))
    }

    /// Who waits, the oldest first, and whether each could be offered its rooms now.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn waitlist(&self) -> Result<Vec<WaitingRow>, DeskError> {
        let caller = self.admit(Question::Waitlist)?;
        let rows = self.store.read(|reader| {
            let mut known: Option<(ReservationId, bool)> = None;
            let mut rows = Vec::new();
            for entry in reader.waiting()? {
                let id = entry.reservation;
                let fits = match known {
                    Some((same, fits)) if same == id => fits,
                    _ => self.fits(caller.name(), reader, id)?,
                };
                known = Some((id, fits));
                let stay = card::sheet_row(entry);
                rows.push(WaitingRow { stay, fits });
            }
            Ok(rows)
        })?;
        Ok(rows)
    }

    fn fits(
        &self,
        actor: &str,
        reader: &keyrack_store::Reader<'_>,
        id: ReservationId,
    ) -> Result<bool, StoreError> {
        let offer = Domain::OfferWaitlist {
            id: Some(StayReference {
                reservation: Reference::Id(id),
                stay: None,
            }),
            option_until: None,
        };
        let asked = self.envelope(actor, Uuid::nil(), "offer", offer);
        Ok(reader.weigh(&asked)?.is_ok())
    }
}
