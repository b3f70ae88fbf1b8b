//! Bookings of guests who were erased.

use keyrack_inventory::Command as Domain;
use keyrack_store::{ERASED_GUEST, Envelope, StoreError};
use keyrack_words::Words;

use crate::desk::Desk;
use crate::error::DeskError;

impl Desk {
    /// Refuses to put right what is known of a booking whose guest was erased: it would bring back who asked to be
    /// forgotten.
    pub(crate) fn check_forgotten(&self, envelope: &Envelope) -> Result<(), DeskError> {
        let Domain::SetDetails { id, .. } = &envelope.command else {
            return Ok(());
        };
        let forgotten = self.store.read(|reader| {
            if reader.used(envelope.command_id)?.is_some() {
                return Ok::<_, StoreError>(None);
            }
            let Some(found) = reader.reservation(id)? else {
                return Ok(None);
            };
            let person = reader.person(found.details.guest)?;
            Ok((person.name == ERASED_GUEST).then_some(found.number))
        })?;
        match forgotten {
            None => Ok(()),
            Some(number) => {
                let said = Words::here().say("bad-forgotten");
                Err(DeskError::said(said.with("number", number.to_string())))
            }
        }
    }
}
