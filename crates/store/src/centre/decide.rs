//! Deciding at a desk that has a centre: within its share at once, beyond it by asking.

use keyrack_inventory::command::Command;
use keyrack_inventory::{Authority, Decision, Outcome, Refusal, State};
use keyrack_wire::Queued;
use rusqlite::Connection;

use super::asked::is_asked_about;
use super::{Centre, CentreState};
use crate::apply::decide_by;
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::load::Asker;

/// A decision, and whether the centre has still to be asked.
pub(crate) struct Decided {
    pub result: Result<Decision, Refusal>,
    /// The centre decides: what stands here meanwhile is no promise.
    pub asking: bool,
}

/// Decides the command. A sale beyond the share is made as one that needs confirmation; another
/// command beyond it changes nothing until the centre has answered, nor does one that may take rooms for
/// a reservation of which something is asked already.
pub(crate) fn decide(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    centre: &Centre,
    envelope: &Envelope,
) -> Result<Decided, StoreError> {
    if centre.state == CentreState::Joining {
        return Err(StoreError::Joining);
    }
    if envelope.command.is_the_centres() {
        return Ok(asked());
    }
    // Another copy of this desk may have given the next number.
    let unsettled = centre.is_in_doubt();
    if unsettled {
        state.put_desk(&Queued::unsettled_letters(&centre.letters));
    }
    let decided = decide_here(connection, state, asker, centre, envelope);
    if unsettled {
        state.put_desk(&centre.letters);
    }
    decided
}

/// Decides on the desk's own share.
fn decide_here(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    centre: &Centre,
    envelope: &Envelope,
) -> Result<Decided, StoreError> {
    let settled = |result| Decided {
        result,
        asking: false,
    };
    match decide_by(connection, state, asker, envelope, Authority::Share)? {
        Err(refusal @ Refusal::NoAvailability { .. }) => {
            if !may_ask(&envelope.command) {
                return Ok(settled(Err(refusal)));
            }
            if !is_request(&envelope.command) {
                return Ok(asked());
            }
            let result = decide_by(connection, state, asker, envelope, Authority::Beyond)?;
            let asking = result.is_ok();
            Ok(Decided { result, asking })
        }
        // What an older copy holds may have been let go since it was made.
        Ok(_) if centre.is_in_doubt() && converts(&envelope.command) => Ok(asked()),
        // Of a group's rooms none has a share: another desk may have picked this one up.
        Ok(decision) if picks_up(state, &decision) => Ok(asked()),
        // The centre may have made another thing of it by the time that it hears of this.
        Ok(decision) if is_asked_about(connection, &decision)? => Ok(asked()),
        result => Ok(settled(result)),
    }
}

fn picks_up(state: &State, decision: &Decision) -> bool {
    let today = state.catalogue().map(|known| known.property.business_date);
    today.is_some_and(|today| decision.picks_up(today))
}

/// Nothing changes here until the centre has answered.
fn asked() -> Decided {
    Decided {
        result: Ok(Decision {
            events: Vec::new(),
            outcome: Outcome::Asked,
        }),
        asking: true,
    }
}

/// A walk-in stands at the desk and is not kept waiting; several at once are not half asked.
fn may_ask(command: &Command) -> bool {
    match command {
        Command::Reserve(reserve) => !reserve.walk_in,
        _ => true,
    }
}

/// Whether it books what a hold keeps, which takes no right anew.
fn converts(command: &Command) -> bool {
    match command {
        Command::ConvertHold { .. } => true,
        Command::Reserve(reserve) => reserve.hold.is_some(),
        _ => false,
    }
}

/// Whether it is made as a request that stands here until it is answered.
fn is_request(command: &Command) -> bool {
    matches!(command, Command::Reserve(reserve) if reserve.hold.is_none())
}
