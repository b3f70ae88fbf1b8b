//! What an asked command would take of the desk's own share goes up with it: the centre decides on what it has itself,
//! and a share is the desk's until it has given it back.

use std::collections::BTreeMap;

use keyrack_inventory::evolve::{evolve, wanted};
use keyrack_inventory::{Authority, Decision, Night, RoomTypeCode, State};
use keyrack_wire::RightUse;
use rusqlite::Connection;

use super::base::table_cell;
use super::share;
use crate::apply::decide_by;
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::load::{Asker, load};

/// Rights that one command gives back at most: a place of the queue has a bound.
const RIGHTS_AT_MOST: usize = 1_000;

/// Gives back what the command would take, of each night at most what is left; gives those rights. It is not this
/// desk's any more when the transaction ends, whatever becomes of the command.
pub(crate) fn give_back(
    connection: &Connection,
    now: &State,
    asker: Asker<'_>,
    envelope: &Envelope,
) -> Result<Vec<RightUse>, StoreError> {
    if !envelope.command.may_take_rooms() {
        return Ok(Vec::new());
    }
    let mut state = State::slice(now.catalogue().cloned(), now.counters());
    let decided = decide_by(connection, &mut state, asker, envelope, Authority::Promised)?;
    let Ok(decision) = decided else {
        return Ok(Vec::new());
    };
    let places = taken(connection, &mut state, asker, (envelope, &decision))?;
    let places = places.into_iter().take(RIGHTS_AT_MOST);
    let mut given = Vec::new();
    for ((code, night), rooms) in places {
        given.extend(share::give_back(connection, code, night, rooms)?);
    }
    Ok(given)
}

/// Rooms of each type and night that the decision takes, beyond those that are taken already.
fn taken(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    (envelope, decision): (&Envelope, &Decision),
) -> Result<BTreeMap<(RoomTypeCode, Night), u32>, StoreError> {
    let mut touched = Vec::new();
    for event in &decision.events {
        let mut wants = wanted(state, event);
        while !wants.is_empty() {
            load(connection, state, asker, &wants)?;
            wants = wanted(state, event);
        }
        touched.extend(evolve(state, event, envelope.now).cells);
    }
    let mut places = BTreeMap::new();
    for (code, night) in touched {
        let before = table_cell(connection, code, night)?.unwrap_or_default();
        let after = state.loaded_cell(code, night).copied().unwrap_or_default();
        if let Ok(rooms @ 1..) = u32::try_from(after.committed() - before.committed()) {
            places.insert((code, night), rooms);
        }
    }
    Ok(places)
}
