//! Which reservations commands and decisions are about.

use std::collections::BTreeSet;

use super::demand::Demand;
use super::{Decision, Outcome};
use crate::civil::Night;
use crate::command::Command;
use crate::event::Event;
use crate::ids::{Reference, ReservationId, ShortNumber};

impl Command {
    /// The reservations that it names.
    pub fn reservations(&self) -> Vec<&Reference<ReservationId>> {
        match self {
            Self::Transition { ids, .. }
            | Self::ReturnPickUp { ids, .. }
            | Self::LeaveWaitlist { ids, .. }
            | Self::KeepArrivals { ids } => ids.iter().map(|id| &id.reservation).collect(),
            Self::Amend { id, .. }
            | Self::Split { id }
            | Self::MoveNight { id, .. }
            | Self::GiveRoom { id, .. } => vec![&id.reservation],
            Self::SetDetails { id, .. } => vec![id],
            Self::OfferWaitlist { id, .. } => id.iter().map(|id| &id.reservation).collect(),
            _ => Vec::new(),
        }
    }
}

impl Command {
    /// The command as it was done: an undo names what it undid, and of several objects only those are
    /// left of which it was told that they are done; a sweep names the holds that it let go. Decided again elsewhere it means
    /// the same.
    pub fn as_done(&self, outcome: &Outcome, events: &[Event]) -> Self {
        let mut done = self.clone();
        match (&mut done, outcome) {
            (
                Self::Undo { command },
                Outcome::Undone {
                    command: undone, ..
                },
            ) => {
                *command = Some(*undone);
            }
            (Self::SweepHolds { holds }, Outcome::Swept { .. }) => {
                holds.extend(events.iter().filter_map(|event| match event {
                    Event::HoldEnded(ended) => Some(ended.hold),
                    _ => None,
                }));
            }
            (
                Self::Transition { ids, .. }
                | Self::ReturnPickUp { ids, .. }
                | Self::LeaveWaitlist { ids, .. }
                | Self::KeepArrivals { ids },
                Outcome::Batch { done, .. },
            ) => {
                // One that is named twice was done as often as it is told of.
                let mut left = done.clone();
                ids.retain(|id| {
                    let told = left.iter().position(|done| *done == id.to_string());
                    told.map(|at| left.remove(at)).is_some()
                });
            }
            _ => {}
        }
        done
    }
}

impl Outcome {
    /// The number of what was made or changed, where that has one.
    pub fn number(&self) -> Option<&ShortNumber> {
        match self {
            Self::Reservation { number, .. }
            | Self::Hold { number, .. }
            | Self::Outage { number, .. }
            | Self::Allotment { number, .. } => Some(number),
            _ => None,
        }
    }
}

impl Decision {
    /// Whether it does less than what was asked for: nothing, where all is so already, or not all of a list. Others may
    /// make it do more.
    pub fn does_less(&self) -> bool {
        let is_short = matches!(&self.outcome, Outcome::Batch { failed, .. } if !failed.is_empty());
        is_short || self.events.is_empty()
    }

    /// Whether stays take more rooms of an allotment than they give back, on that date or later: of those no desk has
    /// a share, and the centre has to be asked, as for a pick-up. What is a fact is not asked for.
    pub fn picks_up(&self, today: Night) -> bool {
        let mut demand = Demand::default();
        let changes = self.events.iter().filter_map(Event::stays_changed);
        for diff in changes.flat_map(|change| &change.stays) {
            demand.add_change(diff.before.as_ref(), diff.after.as_ref(), today);
        }
        demand.picks_up(today)
    }

    /// The reservations of which stays are changed that take rooms after it, or may. That a guest is
    /// here, has left, or does not come, is not among it.
    pub fn may_take_rooms_of(&self) -> BTreeSet<ReservationId> {
        let taking = self.events.iter().filter_map(|event| {
            let change = match event {
                Event::CheckedIn(_)
                | Event::RoomGiven(_)
                | Event::DetailsSet(_)
                | Event::CheckedOut(_)
                | Event::Cancelled(_)
                | Event::NoShow(_) => None,
                other => other.stays_changed(),
            }?;
            // What is amended is named whole, with stays that are left here as they are.
            let is_whole = matches!(event, Event::Amended(_));
            let mut after = change.stays.iter().filter_map(|diff| diff.after.as_ref());
            // Of a split one side is left with nothing here.
            let is_split = change.stays.iter().any(|diff| diff.after.is_none());
            let takes = is_whole || is_split || after.any(|stay| stay.status.is_open());
            takes.then_some(change.reservation)
        });
        taking.collect()
    }
}

/// The reservations that events made or changed.
pub fn reservations_of(events: &[Event]) -> impl Iterator<Item = ReservationId> + '_ {
    events.iter().filter_map(|event| match event {
        Event::ReservationMade(made) => Some(made.reservation),
        other => other.stays_changed().map(|change| change.reservation),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::event::{SplitOff, StayDiff, StaysChanged};
    use crate::ids::CommandId;
    use crate::stay::{Ending, Stay, StayStatus};

    fn stay(status: StayStatus) -> Stay {
        let arrival = "2026-06-01".parse().unwrap();
        Stay {
            stay: 1,
            room_type: "A".parse().unwrap(),
            arrival,
            departure: arrival.plus(1),
            status,
            before: None,
            checked_in_on: None,
            checked_out_on: None,
            freed_from: None,
            assigned: None,
            room: None,
            price: None,
            option_until: None,
            takes_none: false,
            kept_on: None,
            kept_from: None,
            allotment: None,
            cost: None,
            moved: Vec::new(),
            ending: Ending::default(),
        }
    }

    fn decision(event: fn(StaysChanged) -> Event, after: Option<StayStatus>) -> Decision {
        let change = StaysChanged {
            reservation: ReservationId(Uuid::from_u128(7)),
            stays: vec![StayDiff {
                before: Some(stay(StayStatus::NeedsConfirmation)),
                after: after.map(stay),
            }],
            reason: None,
        };
        Decision {
            events: vec![event(change)],
            outcome: Outcome::Done,
        }
    }

    #[test]
    fn a_command_as_it_was_done_names_just_that() {
        let undone = CommandId(Uuid::from_u128(9));
        let outcome = Outcome::Undone {
            command: undone,
            kind: "reserve".to_owned(),
            reservation: None,
            hold: None,
            outage: None,
            allotment: None,
            room_type: None,
        };
        let undo = Command::Undo { command: None };
        let command = Some(undone);
        assert_eq!(undo.as_done(&outcome, &[]), Command::Undo { command });
        let leave = |ids: &[&str]| Command::LeaveWaitlist {
            ids: ids.iter().map(|id| id.parse().unwrap()).collect(),
            reason: None,
        };
        let partly = Outcome::Batch {
            done: vec!["A1".to_owned(), "A3/2".to_owned()],
            failed: Vec::new(),
        };
        let asked = leave(&["A1", "A2", "A3/2", "A3"]);
        assert_eq!(asked.as_done(&partly, &[]), leave(&["A1", "A3/2"]));
        assert_eq!(asked.as_done(&Outcome::Asked, &[]), asked);
    }

    #[test]
    fn what_may_take_rooms_is_told_from_what_happened_to_a_guest() {
        use StayStatus as S;
        let named = BTreeSet::from([ReservationId(Uuid::from_u128(7))]);
        let none = BTreeSet::new();
        let table = [
            (decision(Event::Amended, Some(S::NeedsConfirmation)), &named),
            (decision(Event::Confirmed, Some(S::Confirmed)), &named),
            (
                decision(
                    |change| {
                        let people = None;
                        Event::Split(SplitOff { change, people })
                    },
                    None,
                ),
                &named,
            ),
            // The others of its stays are named as they are to be.
            (decision(Event::Amended, Some(S::Cancelled)), &named),
            (decision(Event::CheckedIn, Some(S::CheckedIn)), &none),
            (decision(Event::Cancelled, Some(S::Cancelled)), &none),
        ];
        for (decision, expected) in table {
            assert_eq!(&decision.may_take_rooms_of(), expected, "{decision:?}");
            assert_eq!(reservations_of(&decision.events).count(), 1);
        }
    }

    #[test]
    fn one_that_is_named_twice_and_done_once_is_sent_on_once() {
        let id = |text: &str| text.parse().unwrap();
        let command = Command::KeepArrivals {
            ids: vec![id("A1"), id("A2"), id("A1")],
        };
        let outcome = Outcome::Batch {
            done: vec!["A1".to_owned()],
            failed: Vec::new(),
        };
        let done = Command::KeepArrivals {
            ids: vec![id("A1")],
        };
        assert_eq!(command.as_done(&outcome, &[]), done);
    }
}
