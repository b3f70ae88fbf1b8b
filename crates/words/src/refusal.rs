//! Refusals as sentences for a person.

use keyrack_inventory::refusal::{Pool, Refusal, Restriction, StayFault, UndoFault};
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Night, RoomTypeCode};

use crate::Words;

impl Words {
    /// The sentence of a refusal; room types are called by their names.
    pub fn refusal(self, refusal: &Refusal, catalogue: &Catalogue) -> String {
        match refusal {
            Refusal::NoAvailability {
                room_type,
                night,
                required,
                available,
                alternatives,
                ..
            } => self
                .say("refused-no-availability")
                .with("pool", self.pool(room_type, catalogue))
                .with("available", *available)
                .with("required", *required)
                .with("night", self.night(*night))
                .with("alternatives", alternatives.len())
                .text(),
            Refusal::Restricted {
                restriction,
                room_type,
                night,
                nights,
            } => {
                let pool = self.pool(room_type, catalogue);
                self.restricted(pool, *restriction, *night, nights.unwrap_or(0))
            }
            Refusal::AllotmentExhausted {
                id,
                room_type,
                night,
                required,
                total,
                picked_up,
            } => self
                .say(if total < picked_up {
                    "refused-allotment-below-picked-up"
                } else {
                    "refused-allotment-exhausted"
                })
                .with("id", id.as_str())
                .with("type", named(*room_type, catalogue))
                .with("night", self.night(*night))
                .with("required", *required)
                .with("total", *total)
                .with("picked", *picked_up)
                .text(),
            Refusal::Undecided { date, by, count } => self
                .say("refused-undecided")
                .with("count", *count)
                .with("date", self.night(*date))
                .with("list", self.some_of(by, *count))
                .text(),
            Refusal::DesksMissing { date, desks } => self
                .say("refused-desks-missing")
                .with("date", self.night(*date))
                .with("count", desks.len())
                .with("desks", desks.join(", "))
                .text(),
            Refusal::TooEarly { date, local_date } => self
                .say(if date == local_date {
                    "refused-too-early-again"
                } else {
                    "refused-too-early"
                })
                .with("date", self.night(*date))
                .with("local", self.night(*local_date))
                .text(),
            Refusal::WrongBusinessDate {
                date,
                business_date,
            } => self
                .say("refused-wrong-business-date")
                .with("date", self.night(*date))
                .with("business", self.night(*business_date))
                .text(),
            Refusal::UnknownAllotment { id }
            | Refusal::UnknownRoomType { id }
            | Refusal::UnknownReservation { id }
            | Refusal::UnknownStay { id }
            | Refusal::UnknownHold { id }
            | Refusal::UnknownOutage { id }
            | Refusal::UnknownCommand { id } => {
                let message = format!("refused-{}", refusal.code().replace('_', "-"));
                self.say(&message).with("id", id.as_str()).text()
            }
            Refusal::InvalidStay { why, night, .. } => self.stay_fault(*why, *night, catalogue),
            Refusal::IllegalTransition {
                id,
                arrival: Some(arrival),
                ..
            } => self
                .say("refused-not-arrived")
                .with("id", id.as_str())
                .with("arrival", self.night(*arrival))
                .with("business", self.night(catalogue.property.business_date))
                .text(),
            Refusal::IllegalTransition { id, to, .. } if to == "split" => self
                .say("refused-split-alone")
                .with("id", id.as_str())
                .text(),
            Refusal::IllegalTransition {
                id,
                from,
                to,
                allowed,
                arrival: None,
            } => self
                .say("refused-illegal-transition")
                .with("id", id.as_str())
                .with("from", self.word(from))
                .with("to", self.word(to))
                .with("count", allowed.len())
                .with("allowed", self.choice(allowed))
                .text(),
            Refusal::HoldOfAnotherDesk { id, desk } => self
                .say("refused-hold-of-another-desk")
                .with("id", id.as_str())
                .with("desk", desk.as_str())
                .text(),
            Refusal::HoldExpired { id, .. } => self
                .say("refused-hold-expired")
                .with("id", id.as_str())
                .text(),
            Refusal::AlreadyReleased { id, status } => self
                .say("refused-already-released")
                .with("id", id.as_str())
                .with("status", self.word(status))
                .text(),
            Refusal::Stale { .. } => self.plain("refused-stale"),
            Refusal::IdempotencyConflict { id } => self
                .say("refused-idempotency-conflict")
                .with("id", id.to_string())
                .text(),
            Refusal::RoomOccupied { room, id } => self
                .say("refused-room-occupied")
                .with("room", room.to_string())
                .with("id", id.to_string())
                .text(),
            Refusal::OutageExceedsPhysical {
                night,
                physical,
                out_of_order,
                out_of_service,
            } => self
                .say(match out_of_service {
                    0 => "refused-outage-exceeds-physical",
                    _ => "refused-service-exceeds-physical",
                })
                .with("night", self.night(*night))
                .with("physical", *physical)
                .with("count", *out_of_order + *out_of_service)
                .text(),
            Refusal::RoomTypeInUse {
                room_type,
                by,
                count,
            } => self
                .say("refused-room-type-in-use")
                .with("type", named(*room_type, catalogue))
                .with("count", *count)
                .with("list", self.uses(by, *count))
                .text(),
            Refusal::DuplicateRoomType { room_type } => self
                .say("refused-duplicate-room-type")
                .with("type", room_type.to_string())
                .text(),
            Refusal::AlreadyInitialised { property } => self
                .say("refused-already-initialised")
                .with("property", property.to_string())
                .text(),
            Refusal::CannotUndo {
                what, object, why, ..
            } => {
                let by_hand = match what.as_deref() {
                    Some(what) if *why == UndoFault::NoInverse => {
                        self.say(&format!("by-hand-{what}")).known()
                    }
                    _ => None,
                };
                let object = object.as_deref().unwrap_or_default();
                let did = what.as_deref().map(|what| self.did(what, object));
                let why = self.plain(undo_fault(*why));
                let mut said = did.map_or(why.clone(), |did| format!("{did}: {why}"));
                if let Some(by_hand) = by_hand {
                    said.push(' ');
                    said.push_str(&by_hand);
                }
                said
            }
        }
    }

    /// What still uses a room type, by kind: its number tells of which kind a thing is.
    fn uses(self, by: &[String], count: u64) -> String {
        let kinds = [
            ("uses-bookings", ""),
            ("uses-holds", "-H"),
            ("uses-outages", "-O"),
            ("uses-groups", "-G"),
        ];
        let mut said = Vec::new();
        for (message, mark) in kinds {
            let is_one = |number: &&String| match mark {
                "" => !number.contains('-'),
                mark => number.contains(mark),
            };
            let numbers: Vec<&str> = by.iter().filter(is_one).map(String::as_str).collect();
            if !numbers.is_empty() {
                let list = numbers.join(", ");
                said.push(self.say(message).with("list", list).text());
            }
        }
        self.some_of_said(&said.join("; "), by.len(), count)
    }

    fn pool(self, pool: &Pool, catalogue: &Catalogue) -> String {
        match pool {
            Pool::RoomType(code) => named(*code, catalogue),
            Pool::House => self.plain("the-house"),
        }
    }

    fn restricted(
        self,
        pool: String,
        restriction: Restriction,
        night: Night,
        nights: u16,
    ) -> String {
        let message = match restriction {
            Restriction::Draft => "restricted-draft",
            Restriction::Stopped => "restricted-stopped",
            Restriction::Retired => "restricted-retired",
            Restriction::StopSell => "restricted-stop-sell",
            Restriction::ClosedToArrival => "restricted-closed-to-arrival",
            Restriction::ClosedToDeparture => "restricted-closed-to-departure",
            Restriction::MinStay => "restricted-min-stay",
            Restriction::MaxStay => "restricted-max-stay",
        };
        self.say(message)
            .with("pool", pool)
            .with("night", self.night(night))
            .with("nights", nights)
            .text()
    }

    fn stay_fault(self, why: StayFault, night: Option<Night>, catalogue: &Catalogue) -> String {
        let message = match (why, night) {
            (StayFault::NoStay, _) => "stay-no-stay",
            (StayFault::Rooms, _) => "stay-rooms",
            (StayFault::DepartureBeforeArrival, _) => "stay-departure-before-arrival",
            (StayFault::NoNight, _) => "stay-no-night",
            (StayFault::BeforeBusinessDate, _) => "stay-before-business-date",
            (StayFault::TooLong, _) => "stay-too-long",
            (StayFault::NotOpen, Some(_)) => "stay-not-open",
            (StayFault::NotOpen, None) => "stay-not-open-somewhere",
            (StayFault::AlreadyArrived, _) => "stay-already-arrived",
            (StayFault::AlreadySlept, Some(_)) => "stay-already-slept-on",
            (StayFault::AlreadySlept, None) => "stay-already-slept",
            (StayFault::LimitOutOfRange, _) => "stay-limit-out-of-range",
            (StayFault::HoldMinutes, _) => "stay-hold-minutes",
            (StayFault::WalkInArrivesToday, _) => "stay-walk-in-arrives-today",
            (StayFault::TooFar, _) => "stay-too-far",
            (StayFault::HouseHasNoRooms, _) => "stay-house-has-no-rooms",
            (StayFault::NotANightOfTheStay, _) => "stay-not-a-night-of-the-stay",
            (StayFault::LengthOutOfRange, _) => "stay-length-out-of-range",
            (StayFault::OutsideAllotment, Some(_)) => "stay-outside-allotment",
            (StayFault::OutsideAllotment, None) => "stay-outside-allotment-type",
            (StayFault::CutOffTooLate, _) => "stay-cut-off-too-late",
            (StayFault::OptionOutOfRange, _) => "stay-option-out-of-range",
            (StayFault::WaitsForNothing, _) => "stay-waits-for-nothing",
            (StayFault::PickedUpOrElse, _) => "stay-picked-up-or-else",
            (StayFault::NotDueYet, Some(_)) => "stay-not-due-yet-on",
            (StayFault::NotDueYet, None) => "stay-not-due-yet",
            (StayFault::OutageRooms, _) => "stay-outage-rooms",
            (StayFault::AllotmentRooms, _) => "stay-allotment-rooms",
            (StayFault::HoldOfOtherRooms, _) => "stay-hold-of-other-rooms",
            (StayFault::CutOffPast, _) => "stay-cut-off-past",
            (StayFault::OutageLonger, _) => "stay-outage-longer",
            (StayFault::ShoulderTooLong, _) => "stay-shoulder-too-long",
            (StayFault::NightIsOver, _) => "stay-night-is-over",
            (StayFault::SoldUntilThen, _) => "stay-sold-until-then",
            (StayFault::OneRoom, _) => "stay-one-room",
            (StayFault::RoomOfOne, _) => "stay-room-of-one",
        };
        let night = night.map(|night| self.night(night)).unwrap_or_default();
        self.say(message)
            .with("night", night)
            .with("business", self.night(catalogue.property.business_date))
            .text()
    }
}

fn named(code: RoomTypeCode, catalogue: &Catalogue) -> String {
    catalogue
        .room_type(code)
        .map_or_else(|| code.to_string(), |found| found.name.to_string())
}

fn undo_fault(why: UndoFault) -> &'static str {
    match why {
        UndoFault::NothingToUndo => "undo-nothing-to-undo",
        UndoFault::NoInverse => "undo-no-inverse",
        UndoFault::WasRefused => "undo-was-refused",
        UndoFault::AlreadyUndone => "undo-already-undone",
        UndoFault::ChangedSince => "undo-changed-since",
        UndoFault::DateMovedOn => "undo-date-moved-on",
    }
}
