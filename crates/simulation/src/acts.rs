//! What people at a desk do: drawn from what the desk shows.

use keyrack_inventory::allotment::{AllotmentKind, NewAllotment, Terms};
use keyrack_inventory::command::{DetailsChange, NewStay, Reserve};
use keyrack_inventory::event::Party;
use keyrack_inventory::model::{BookingDetails, HoldStatus, StayRequest};
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_inventory::{
    AllotmentStatus, Catalogue, Command, CommandId, GuestId, Night, Reference, RoomNumber,
    RoomTypeCode, StayReference, StayStatus, Transition,
};
use uuid::Uuid;

use crate::dice::Dice;
use crate::file::File;
use crate::tables::is_own_hold;

/// How far ahead of the business date people book, in nights.
pub(crate) const AHEAD: i32 = 5;

#[derive(Clone, Copy)]
enum Wish {
    Reserve,
    WalkIn,
    Waitlist,
    PlaceHold,
    ReleaseHold,
    ConvertHold,
    ExtendHold,
    Step,
    Amend,
    Split,
    MoveNight,
    AddOutage,
    EndOutage,
    Limits,
    House,
    Conditions,
    StopType,
    OpenAllotment,
    PickUp,
    EndAllotment,
    NextDate,
    Undo,
}

const WISHES: [(usize, Wish); 22] = [
    (34, Wish::Reserve),
    (4, Wish::WalkIn),
    (1, Wish::Waitlist),
    (8, Wish::PlaceHold),
    (2, Wish::ReleaseHold),
    (4, Wish::ConvertHold),
    (1, Wish::ExtendHold),
    (18, Wish::Step),
    (9, Wish::Amend),
    (1, Wish::Split),
    (2, Wish::MoveNight),
    (4, Wish::AddOutage),
    (2, Wish::EndOutage),
    (5, Wish::Limits),
    (2, Wish::House),
    (1, Wish::Conditions),
    (1, Wish::StopType),
    (4, Wish::OpenAllotment),
    (7, Wish::PickUp),
    (1, Wish::EndAllotment),
    (1, Wish::NextDate),
    (2, Wish::Undo),
];

/// A command that somebody may give here, and whether he overrides conditions.
pub(crate) fn draw(dice: &mut Dice, file: &File) -> Option<(Command, bool)> {
    let catalogue = file.shown.catalogue.clone()?;
    let drawn = Drawing {
        dice,
        file,
        catalogue: &catalogue,
    };
    drawn.command()
}

struct Drawing<'a> {
    dice: &'a mut Dice,
    file: &'a File,
    catalogue: &'a Catalogue,
}

impl Drawing<'_> {
    fn command(mut self) -> Option<(Command, bool)> {
        let wish = self.dice.weighed(&WISHES)?;
        let is_override = match wish {
            Wish::WalkIn => self.dice.once_in(2),
            _ => self.dice.once_in(20),
        };
        let command = match wish {
            Wish::Reserve | Wish::WalkIn | Wish::Waitlist => self.reserve(wish),
            Wish::PlaceHold => Command::PlaceHold {
                stays: self.requests(2),
                minutes: 1 + u32::try_from(self.dice.below(60)).unwrap_or(0),
                reference: None,
            },
            Wish::ReleaseHold | Wish::ConvertHold | Wish::ExtendHold => self.of_hold(wish)?,
            Wish::Step => self.step()?,
            Wish::Amend => self.amend()?,
            Wish::Split => {
                let id = self.stay(true)?;
                match self.is_in_house(&id) {
                    true => Command::GiveRoom {
                        id,
                        room: self.room(),
                    },
                    false => Command::Split { id },
                }
            }
            Wish::MoveNight => match self.file.log.len() % 3 {
                0 => self.details()?,
                _ => Command::MoveNight {
                    id: self.stay(true)?,
                    night: self.night(),
                    room_type: self.code(),
                },
            },
            Wish::AddOutage => {
                let from = self.night();
                Command::AddOutage {
                    room_type: self.code(),
                    from,
                    back_on: from.plus(self.dice.between(1, 3)),
                    rooms: 1,
                    service: false,
                    reason: None,
                    room: None,
                }
            }
            Wish::EndOutage => {
                let all: Vec<_> = self.file.shown.outages.keys().copied().collect();
                let id = Reference::Id(*self.dice.pick(&all)?);
                let on = Some(self.night());
                Command::EndOutage { id, on }
            }
            Wish::Limits | Wish::House | Wish::Conditions => self.limits(wish),
            Wish::StopType => {
                let code = self.code();
                match self.dice.once_in(3) {
                    true => Command::StopRoomType { code },
                    false => Command::ReactivateRoomType { code },
                }
            }
            Wish::OpenAllotment => self.open_allotment(),
            Wish::PickUp => self.pick_up()?,
            Wish::EndAllotment => {
                let id = Reference::Id(self.allotment()?);
                match self.dice.once_in(2) {
                    true => Command::CancelAllotment { id },
                    false => Command::ReleaseAllotment {
                        id,
                        cut_off: self.dice.once_in(2),
                    },
                }
            }
            Wish::NextDate => Command::SetBusinessDate {
                date: self.today().plus(1),
            },
            Wish::Undo => {
                let all: Vec<CommandId> = self.file.log.keys().copied().collect();
                let last = all.len().saturating_sub(6);
                let command = Some(*self.dice.pick(&all[last..])?);
                Command::Undo { command }
            }
        };
        Some((command, is_override))
    }

    fn today(&self) -> Night {
        self.catalogue.property.business_date
    }

    fn night(&mut self) -> Night {
        self.today().plus(self.dice.between(0, AHEAD - 1))
    }

    fn code(&mut self) -> RoomTypeCode {
        let types = &self.catalogue.room_types;
        types[self.dice.below(types.len())].code
    }

    fn request(&mut self, most: u32) -> StayRequest {
        let arrival = self.night();
        StayRequest {
            room_type: self.code(),
            arrival,
            departure: arrival.plus(1 + self.dice.between(0, 2).min(self.dice.between(0, 2))),
            rooms: match self.dice.once_in(5) {
                true => most,
                false => 1,
            },
        }
    }

    fn requests(&mut self, most: u32) -> Vec<StayRequest> {
        let several = if self.dice.once_in(6) { 2 } else { 1 };
        (0..several).map(|_| self.request(most)).collect()
    }

    fn reserve(&mut self, wish: Wish) -> Command {
        let walk_in = matches!(wish, Wish::WalkIn);
        let mut requests = self.requests(2);
        if walk_in {
            let nights = self.dice.between(1, 2);
            requests = vec![StayRequest {
                arrival: self.today(),
                departure: self.today().plus(nights),
                rooms: 1,
                ..requests[0]
            }];
        }
        Command::Reserve(Reserve {
            stays: requests.into_iter().map(new_stay).collect(),
            tentative: !walk_in && self.dice.once_in(12),
            walk_in,
            room: Some(self.room()).filter(|_| walk_in),
            waitlist: matches!(wish, Wish::Waitlist),
            ..Reserve::default()
        })
    }

    /// Something with a hold of the desk's own.
    fn of_hold(&mut self, wish: Wish) -> Option<Command> {
        let letters = &self.file.letters;
        let all = self.file.shown.holds.values();
        let own =
            all.filter(|hold| hold.status == HoldStatus::Active && is_own_hold(hold, letters));
        let own: Vec<_> = own.map(|hold| hold.id).collect();
        let id = Reference::Id(*self.dice.pick(&own)?);
        Some(match wish {
            Wish::ReleaseHold => Command::ReleaseHold { id },
            Wish::ConvertHold => Command::ConvertHold {
                id,
                details: BookingDetails::default(),
            },
            _ => Command::ExtendHold { id, minutes: 10 },
        })
    }

    /// Some reservation, or one stay of it alone.
    fn stay(&mut self, alone: bool) -> Option<StayReference> {
        let all: Vec<_> = self.file.shown.reservations.values().collect();
        let found = self.dice.pick(&all)?;
        let stays: Vec<u16> = found.stays.iter().map(|stay| stay.stay).collect();
        let of = self.dice.pick(&stays).copied();
        let alone = alone || self.dice.once_in(3);
        Some(StayReference {
            reservation: Reference::Id(found.id),
            stay: of.filter(|_| alone),
        })
    }

    /// Puts right what is known of some reservation beside its stays: the people, and who comes.
    fn details(&mut self) -> Option<Command> {
        let all: Vec<_> = self.file.shown.reservations.keys().copied().collect();
        let id = Reference::Id(*self.dice.pick(&all)?);
        let many = self.file.log.len();
        let adults = 1 + u16::try_from(many % 5).unwrap_or(0);
        let is_anothers = many.is_multiple_of(2);
        let guest = is_anothers.then(|| GuestId(Uuid::from_u128(many as u128)));
        let change = DetailsChange {
            guest,
            people: Some(Party {
                adults,
                children: 0,
            }),
            ..DetailsChange::default()
        };
        Some(Command::SetDetails { id, change })
    }

    /// One of three rooms, so that desks give the same one to different guests. It follows from what was done here: a
    /// schedule's dice stay as they are.
    fn room(&self) -> RoomNumber {
        let number = 101 + self.file.log.len() % 3;
        let room = number.to_string().parse();
        room.expect("three digits are a room's number")
    }

    fn is_in_house(&self, id: &StayReference) -> bool {
        let Reference::Id(of) = id.reservation else {
            return false;
        };
        let found = self.file.shown.reservations.get(&of);
        let stay = found.and_then(|found| found.stay(id.stay?));
        stay.is_some_and(|stay| stay.status == StayStatus::CheckedIn)
    }

    fn step(&mut self) -> Option<Command> {
        let steps = [
            (10, Transition::Cancel),
            (5, Transition::CheckIn),
            (4, Transition::CheckOut),
            (1, Transition::NoShow),
            (1, Transition::Confirm),
            (2, Transition::Reinstate),
            (1, Transition::ReverseCheckIn),
            (1, Transition::ReverseCheckOut),
        ];
        let transition = self.dice.weighed(&steps)?;
        let mut ids = vec![self.stay(false)?];
        if self.dice.once_in(8) {
            ids.extend(self.stay(false));
        }
        let is_one_guest = transition == Transition::CheckIn
            && matches!(ids.as_slice(), [StayReference { stay: Some(_), .. }]);
        Some(Command::Transition {
            transition,
            ids,
            room: Some(self.room()).filter(|_| is_one_guest),
            rooms: Vec::new(),
            reason: Some(keyrack_inventory::Reason {
                code: keyrack_inventory::ReasonCode::Error,
                text: None,
            }),
        })
    }

    /// Other nights, another type or more rooms; mostly close to what it was.
    fn amend(&mut self) -> Option<Command> {
        let id = self.stay(false)?;
        let Reference::Id(of) = id.reservation else {
            return None;
        };
        let found = self.file.shown.reservations.get(&of)?;
        let first = found.stays.iter().find(|stay| stay.status.is_open())?;
        let mut wish = StayRequest {
            room_type: first.room_type,
            arrival: first.arrival,
            departure: first.departure.plus(self.dice.between(-1, 2)),
            rooms: 1,
        };
        match self.dice.below(4) {
            0 => wish.room_type = self.code(),
            1 => wish.arrival = wish.arrival.plus(self.dice.between(-1, 1)),
            2 if id.stay.is_none() => wish.rooms = 2,
            _ => {}
        }
        let stays = vec![wish];
        Some(Command::Amend { id, stays })
    }

    fn limits(&mut self, wish: Wish) -> Command {
        let from = self.night();
        let to = from.plus(self.dice.between(1, 3));
        let mut limits = (None, None, RestrictionChange::default());
        match wish {
            Wish::Conditions => limits.2.stop_sell = Some(self.dice.once_in(2)),
            // One in five takes the house's limit away.
            Wish::House => limits.0 = Some(self.dice.between(-2, 2)).filter(|limit| *limit < 2),
            _ if self.dice.once_in(3) => limits.1 = Some(self.dice.between(1, 4)),
            _ => limits.0 = Some(self.dice.between(-2, 2)),
        }
        Command::SetLimits {
            room_type: match wish {
                Wish::House => None,
                _ => Some(self.code()),
            },
            from,
            to,
            overbooking: limits.0,
            no_overbooking: matches!(wish, Wish::House) && limits.0.is_none(),
            physical: limits.1,
            restrictions: limits.2,
        }
    }

    fn open_allotment(&mut self) -> Command {
        let kinds = [
            AllotmentKind::Elastic,
            AllotmentKind::NonElastic,
            AllotmentKind::Committed,
        ];
        let kind = kinds[self.dice.below(kinds.len())];
        let block = self.request(2);
        let cut_off = block.arrival.plus(-self.dice.between(0, 2));
        let cut_off = Some(cut_off).filter(|_| self.dice.once_in(2));
        Command::OpenAllotment(NewAllotment {
            allotment_kind: kind,
            name: None,
            terms: Terms {
                blocks: vec![block],
                cut_off,
                shoulder: 1,
            },
        })
    }

    fn allotment(&mut self) -> Option<keyrack_inventory::AllotmentId> {
        let all = self.file.shown.allotments.values();
        let open = all.filter(|one| one.status == AllotmentStatus::Open);
        let open: Vec<_> = open.map(|one| one.id).collect();
        self.dice.pick(&open).copied()
    }

    fn pick_up(&mut self) -> Option<Command> {
        let id = self.allotment()?;
        let block = *self.file.shown.allotments.get(&id)?.terms.blocks.first()?;
        let stays = vec![new_stay(StayRequest { rooms: 1, ..block })];
        Some(Command::Reserve(Reserve {
            stays,
            allotment: Some(Reference::Id(id)),
            ..Reserve::default()
        }))
    }
}

fn new_stay(request: StayRequest) -> NewStay {
    NewStay {
        request,
        price: None,
        cost: None,
        assigned: None,
    }
}
