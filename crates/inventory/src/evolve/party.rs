//! The people of a reservation, and what else is known of it beside its stays.

use super::Touched;
use crate::event::Event;
use crate::state::State;

/// Who went to a reservation of their own with a stay is no longer among those of the one that it left; what was put
/// right stands in the place of what was known.
pub(super) fn change(state: &mut State, event: &Event, touched: &mut Touched) {
    match event {
        Event::Split(split) => {
            let Some(people) = split.people else { return };
            if let Some(Some(reservation)) = state.reservations.get_mut(&split.change.reservation) {
                let details = &mut reservation.details;
                details.adults = details.adults.saturating_sub(people.adults);
                details.children = details.children.saturating_sub(people.children);
                touched.details = true;
            }
        }
        Event::DetailsSet(set) => {
            if let Some(Some(reservation)) = state.reservations.get_mut(&set.change.reservation) {
                reservation.put_details(&set.after);
                touched.details = true;
            }
        }
        _ => {}
    }
}
