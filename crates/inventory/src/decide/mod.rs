//! `decide`: a command becomes events, or is refused. One arm for each command.
//!
//! Errors come in this order, so that the same wrong command always gets the same answer: what is
//! unknown, what is wrong in itself, what its status forbids, what has changed since it was looked
//! at, what conditions forbid, and last what lacks rooms.

mod allotment;
mod alternatives;
mod amend;
mod authority;
mod calendar;
mod concerns;
mod day;
mod demand;
mod hold;
mod house;
mod lifecycle;
mod limits;
mod outage;
mod part;
mod reserve;
mod restrict;
mod room_type;
mod sale;
mod undo;
mod waitlist;

pub use authority::Authority;
pub use calendar::range_refusal;
pub use concerns::reservations_of;
pub use lifecycle::steps as lifecycle_steps;
pub use undo::has_inverse;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::civil::{Instant, Night};
use crate::command::Command;
use crate::event::Event;
use crate::evolve::{evolve, wanted};
use crate::ids::{
    AllotmentId, CommandId, HoldId, OutageId, ReservationId, RoomTypeCode, ShortNumber,
};
use crate::refusal::Refusal;
use crate::state::{Catalogue, Halt, Shares, State};
use crate::stay::Transition;

/// Nights that are kept open from the business date on: three years.
pub const HORIZON_NIGHTS: i32 = 1_096;
/// No night further than this from the business date is ever opened: ten years.
pub const FARTHEST_NIGHT: i32 = 3_660;
/// The longest stay, in nights.
pub const LONGEST_STAY: u32 = 366;
/// Most rooms of one stay request.
pub const MOST_ROOMS: u32 = 500;
/// Most rooms that a type has on a night, and most that a limit allows or keeps back. Sums over a
/// house stay far within an `i32`.
pub const HIGHEST_LIMIT: i32 = 1_000_000;

/// What a decision needs beside state and command; nothing here comes from a clock of this crate.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The command's id; ids that are made derive from it.
    pub command_id: CommandId,
    /// Now.
    pub now: Instant,
    /// The version that the caller saw: of the object named, or for stays and limits the highest
    /// cell version in the range.
    pub if_version: Option<i64>,
    /// Somebody who may overrides conditions, and lets a walk-in in beyond the limits.
    pub override_given: bool,
    /// What rooms are judged by.
    pub authority: Authority,
}

impl Context {
    /// Whether stop-sells, closed dates and lengths of stay are asked.
    fn asks_conditions(&self) -> bool {
        !self.override_given && self.authority.asks_conditions()
    }
}

/// Events to append, and what to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// In order; none where nothing had to change.
    pub events: Vec<Event>,
    /// What was made.
    pub outcome: Outcome,
}

/// What a command made; stored, and given again when the same command comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "made")]
pub enum Outcome {
    /// Nothing with an identity of its own.
    Done,
    /// Nights were opened.
    Nights {
        /// How many cells are new.
        opened: u64,
    },
    /// A reservation was made or changed.
    Reservation {
        /// Its identity.
        id: ReservationId,
        /// Its number.
        number: ShortNumber,
    },
    /// A hold was placed or changed.
    Hold {
        /// Its identity.
        id: HoldId,
        /// Its number.
        number: ShortNumber,
        /// Until when.
        expires_at: Instant,
    },
    /// An outage was placed or changed.
    Outage {
        /// Its identity.
        id: OutageId,
        /// Its number.
        number: ShortNumber,
    },
    /// An allotment was opened, changed or ended.
    Allotment {
        /// Its identity.
        id: AllotmentId,
        /// Its number.
        number: ShortNumber,
    },
    /// A business date ended.
    Day {
        /// The business date now.
        business_date: Night,
        /// How many cells are new.
        opened: u64,
    },
    /// A room type was added or changed.
    RoomType {
        /// Its code.
        code: RoomTypeCode,
    },
    /// Several objects, each for itself.
    Batch {
        /// Those that were done, as they were named.
        done: Vec<String>,
        /// Those that were refused.
        failed: Vec<Failed>,
    },
    /// Holds whose time was up were let go.
    Swept {
        /// How many.
        holds: u64,
    },
    /// The centre is asked, and answers later.
    Asked,
    /// A command was compensated.
    Undone {
        /// Which.
        command: CommandId,
        /// Its kind.
        kind: String,
        /// The reservation it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reservation: Option<ReservationId>,
        /// The hold it was about, or that stands in the place of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<HoldId>,
        /// The outage it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<OutageId>,
        /// The allotment it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        allotment: Option<AllotmentId>,
        /// The room type it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room_type: Option<RoomTypeCode>,
    },
}

/// One of several objects that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// As it was named.
    pub id: String,
    /// Why.
    pub error: Refusal,
}

/// Decides a command.
///
/// # Errors
/// [`Halt::Refused`] where a rule says no; [`Halt::Missing`] where the state has to be loaded
/// further before it can be decided.
pub fn decide(state: &State, context: &Context, command: &Command) -> Result<Decision, Halt> {
    match command {
        Command::OpenProperty {
            property,
            room_types,
        } => calendar::open_property(state, property, room_types),
        Command::SetBusinessDate { date } => calendar::set_business_date(state, *date),
        Command::OpenNights { from, to } => calendar::open_nights(state, *from, *to),
        Command::SetLimits {
            room_type,
            from,
            to,
            overbooking,
            no_overbooking,
            physical,
            restrictions,
        } => {
            let limits = limits::Limits {
                overbooking: *overbooking,
                no_overbooking: *no_overbooking,
                physical: *physical,
                restrictions: *restrictions,
            };
            limits::set_limits(state, context, *room_type, (*from, *to), limits)
        }
        Command::AddRoomType {
            code,
            name,
            rank,
            rooms,
            overbooking,
        } => room_type::add(state, *code, name, *rank, (*rooms, *overbooking)),
        Command::RenameRoomType { code, name } => room_type::rename(state, *code, name),
        Command::RankRoomType { code, rank } => room_type::rank(state, *code, *rank),
        Command::SellRoomType { code } => room_type::sell(state, *code),
        Command::StopRoomType { code } => room_type::stop(state, *code),
        Command::RetireRoomType { code, from } => {
            let today = catalogue(state).property.business_date;
            room_type::retire(state, *code, from.unwrap_or(today))
        }
        Command::ReactivateRoomType { code } => room_type::reactivate(state, *code),
        Command::Reserve(request) => reserve::reserve(state, context, request),
        Command::Transition {
            transition,
            ids,
            room,
            rooms,
            reason,
        } => {
            let step = lifecycle::Step {
                room: room.as_ref(),
                rooms,
                ..lifecycle::Step::new(*transition, *reason)
            };
            lifecycle::transition(state, context, &step, ids)
        }
        Command::Amend { id, stays } => amend::amend(state, context, id, stays),
        Command::Split { id } => part::split(state, context, id),
        Command::MoveNight {
            id,
            night,
            room_type,
        } => part::move_night(state, context, id, *night, *room_type),
        Command::GiveRoom { id, room } => part::give_room(state, context, id, room),
        Command::SetDetails { id, change } => part::set_details(state, context, id, change),
        Command::PlaceHold {
            stays,
            minutes,
            reference,
        } => hold::place(state, context, stays, *minutes, *reference),
        Command::ExtendHold { id, minutes } => hold::extend(state, context, id, *minutes),
        Command::ConvertHold { id, details } => reserve::convert(state, context, id, details),
        Command::ReleaseHold { id } => hold::release(state, context, id),
        Command::SweepHolds { holds } => hold::sweep(state, context, holds),
        Command::AddOutage {
            room_type,
            from,
            back_on,
            rooms,
            service,
            reason,
            room,
        } => {
            let wish = outage::Wish {
                room_type: *room_type,
                from: *from,
                back_on: *back_on,
                rooms: *rooms,
                service: *service,
                reason: *reason,
                room: room.clone(),
            };
            outage::add(state, context, wish)
        }
        Command::EndOutage { id, on } => outage::end(state, id, *on),
        Command::OpenAllotment(new) => allotment::open(state, context, new),
        Command::ChangeAllotment { id, change } => allotment::change(state, context, id, change),
        Command::ReleaseAllotment { id, cut_off } => {
            allotment::release(state, context, id, *cut_off)
        }
        Command::CancelAllotment { id } => allotment::cancel(state, context, id),
        Command::ReturnPickUp { ids, reason } => {
            let step = lifecycle::Step::new(Transition::Cancel, *reason);
            let only = Some(lifecycle::Only::PickedUp);
            lifecycle::transition(state, context, &lifecycle::Step { only, ..step }, ids)
        }
        Command::OfferWaitlist { id, option_until } => {
            waitlist::offer(state, context, id.as_ref(), *option_until)
        }
        Command::LeaveWaitlist { ids, reason } => {
            let step = lifecycle::Step::new(Transition::Cancel, *reason);
            let only = Some(lifecycle::Only::Waiting);
            lifecycle::transition(state, context, &lifecycle::Step { only, ..step }, ids)
        }
        Command::KeepArrivals { ids } => day::keep(state, context, ids),
        Command::CloseDay { date, .. } => day::close(state, *date),
        Command::Undo { command } => undo::undo(state, context, *command),
    }
}

/// The property and its types; every command but the first needs them.
fn catalogue(state: &State) -> Arc<Catalogue> {
    let found = state.catalogue().cloned();
    found.expect("the store opens no file without a property for other commands")
}

/// Refuses where the object has changed since the caller looked.
fn check_version(context: &Context, now: i64) -> Result<(), Halt> {
    match context.if_version {
        Some(seen) if seen != now => Err(Refusal::Stale { seen, now }.into()),
        _ => Ok(()),
    }
}

/// Folds an event into the state, for what is decided next in the same command. What the command took of a share since
/// `begun`, it cannot take again.
fn advance(state: &mut State, begun: &State, context: &Context, event: &Event) -> Result<(), Halt> {
    let wants = wanted(state, event);
    if !wants.is_empty() {
        return Err(Halt::Missing(wants));
    }
    let touched = evolve(state, event, context.now);
    if context.authority != Authority::Share {
        return Ok(());
    }
    for (code, night) in touched.cells {
        let committed = |state: &State| state.loaded_cell(code, night).map_or(0, Cell::committed);
        let taken = (committed(state) - committed(begun)).max(0);
        let shares = begun.shares(code, night);
        let left = shares.left - taken;
        state.put_shares(code, night, Shares { left, ..shares });
    }
    Ok(())
}

/// The first night of a range that is not open for the type.
fn first_closed(
    state: &State,
    code: RoomTypeCode,
    nights: crate::civil::NightRange,
) -> Result<Option<Night>, Halt> {
    state.need_cells(code, nights)?;
    Ok(nights
        .iter()
        .find(|night| state.loaded_cell(code, *night).is_none()))
}
