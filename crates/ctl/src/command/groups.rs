//! Groups and the waitlist.

use keyrack_desk::api::{
    AllotmentChange, Command, Guest, NewAllotment, NewReservation, StayRequest, Steps,
};

use crate::args::{AllotmentCmd, WaitlistCmd};

/// The command; nothing where it only looks.
pub fn allotment(words: &AllotmentCmd) -> Option<Command> {
    Some(match words {
        AllotmentCmd::Open {
            name,
            kind,
            stays,
            cut_off,
            shoulder,
        } => Command::OpenAllotment(NewAllotment {
            name: name.clone(),
            allotment_kind: *kind,
            stays: stays.clone(),
            cut_off: *cut_off,
            shoulder: *shoulder,
        }),
        AllotmentCmd::PickUp { id, stay, guest } => Command::Reserve(NewReservation {
            allotment: Some(id.clone()),
            ..booking(stay, guest)
        }),
        AllotmentCmd::Return { ids, reason } => Command::ReturnPickUp(Steps {
            ids: ids.clone(),
            room: None,
            rooms: None,
            reason: reason.clone(),
        }),
        AllotmentCmd::Resize {
            id,
            stays,
            cut_off,
            shoulder,
        } => Command::ChangeAllotment(AllotmentChange {
            id: id.clone(),
            stays: (!stays.is_empty()).then(|| stays.clone()),
            cut_off: *cut_off,
            shoulder: *shoulder,
        }),
        AllotmentCmd::Release { id } => Command::ReleaseAllotment { id: id.clone() },
        AllotmentCmd::Cancel { id } => Command::CancelAllotment { id: id.clone() },
        AllotmentCmd::Show { .. } | AllotmentCmd::List { .. } => return None,
    })
}

/// The command; nothing where it only looks.
pub fn waitlist(words: &WaitlistCmd) -> Option<Command> {
    Some(match words {
        WaitlistCmd::Join {
            stay,
            guest,
            phone,
            email,
            note,
        } => {
            let mut new = booking(stay, guest);
            new.guest.phone.clone_from(phone);
            new.guest.email.clone_from(email);
            new.notes.clone_from(note);
            new.waitlist = Some(true);
            Command::Reserve(new)
        }
        WaitlistCmd::Offer { id, option_until } => Command::OfferWaitlist {
            id: id.clone(),
            option_until: *option_until,
        },
        WaitlistCmd::Leave { ids, reason } => Command::LeaveWaitlist(Steps {
            ids: ids.clone(),
            room: None,
            rooms: None,
            reason: reason.clone(),
        }),
        WaitlistCmd::List => return None,
    })
}

fn booking(stay: &StayRequest, guest: &str) -> NewReservation {
    let guest = Guest {
        name: guest.to_owned(),
        phone: None,
        email: None,
    };
    NewReservation::new(vec![stay.clone()], guest)
}
