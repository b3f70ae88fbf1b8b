//! The people of a reservation.

use crate::event::Event;
use crate::state::State;

/// Who went to a reservation of their own with a stay is no longer among those of the one that it left.
pub(super) fn leave(state: &mut State, event: &Event) {
    let Event::Split(split) = event else { return };
    let Some(people) = split.people else { return };
    if let Some(Some(reservation)) = state.reservations.get_mut(&split.change.reservation) {
        let details = &mut reservation.details;
        details.adults = details.adults.saturating_sub(people.adults);
        details.children = details.children.saturating_sub(people.children);
    }
}
