//! Groups, the waitlist and decisions of the end of day.

use keyrack_inventory::Command as Domain;
use keyrack_inventory::allotment::{AllotmentKind, NewAllotment, Terms, TermsChange};
use keyrack_words::Words;

use super::{Beside, stay};
use crate::api::{AllotmentChange, Command};
use crate::error::DeskError;

/// The domain's command.
///
/// # Errors
/// Where a text is too long or missing.
pub(super) fn translate(command: &Command, beside: &mut Beside) -> Result<Domain, DeskError> {
    Ok(match command {
        Command::OpenAllotment(new) => {
            let name = beside.text("what-group-name", Some(&new.name))?;
            if name.is_none() {
                return Err(DeskError::said(Words::here().say("bad-group-name")));
            }
            let shoulder = new.shoulder.unwrap_or(0);
            if shoulder > 0 && new.allotment_kind != AllotmentKind::Elastic {
                return Err(DeskError::said(Words::here().say("bad-group-shoulder")));
            }
            Domain::OpenAllotment(NewAllotment {
                name,
                allotment_kind: new.allotment_kind,
                terms: Terms {
                    blocks: new.stays.iter().map(stay).collect(),
                    cut_off: new.cut_off,
                    shoulder,
                },
            })
        }
        Command::ChangeAllotment(AllotmentChange {
            id,
            stays,
            cut_off,
            shoulder,
        }) => Domain::ChangeAllotment {
            id: id.clone(),
            change: TermsChange {
                blocks: stays.as_ref().map(|stays| stays.iter().map(stay).collect()),
                cut_off: *cut_off,
                shoulder: *shoulder,
            },
        },
        Command::ReleaseAllotment { id } => Domain::ReleaseAllotment {
            id: id.clone(),
            cut_off: false,
        },
        Command::CancelAllotment { id } => Domain::CancelAllotment { id: id.clone() },
        Command::ReturnPickUp(steps) => Domain::ReturnPickUp {
            ids: steps.ids.clone(),
            reason: beside.reason(steps.reason.as_ref())?,
        },
        Command::OfferWaitlist { id, option_until } => Domain::OfferWaitlist {
            id: id.clone(),
            option_until: *option_until,
        },
        Command::LeaveWaitlist(steps) => Domain::LeaveWaitlist {
            ids: steps.ids.clone(),
            reason: beside.reason(steps.reason.as_ref())?,
        },
        Command::KeepArrivals { ids } => Domain::KeepArrivals { ids: ids.clone() },
        _ => unreachable!("the others are translated where they are told apart"),
    })
}
