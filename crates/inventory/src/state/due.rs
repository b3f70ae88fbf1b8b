//! Who waits, and what is due at the end of a business date.

use super::*;

/// What a list names at most.
const NAMED: usize = 20;

/// Whether the stay must be decided before the business date can end (docs/DOMAIN.md): a guest who
/// should have left, one who should have come, and what was only promised for so long.
pub fn is_due(stay: &Stay, date: Night) -> bool {
    match stay.status {
        StayStatus::CheckedIn => stay.departure <= date,
        StayStatus::Confirmed => stay.arrival <= date && stay.kept_on != Some(date),
        StayStatus::NeedsConfirmation | StayStatus::Waitlisted => stay.arrival <= date,
        StayStatus::Tentative => {
            stay.arrival <= date || stay.option_until.is_some_and(|until| until <= date)
        }
        StayStatus::CheckedOut | StayStatus::Cancelled | StayStatus::NoShow => false,
    }
}

impl State {
    /// The reservations with stays that wait, the oldest first.
    pub(crate) fn waiting(&self) -> Result<Vec<&Reservation>, Halt> {
        if !self.whole {
            let ids = self.waiting.as_ref();
            let ids = ids.ok_or_else(|| Halt::Missing(vec![Want::Waiting]))?;
            return Ok(ids
                .iter()
                .filter_map(|id| self.loaded_reservation(*id))
                .collect());
        }
        let waits = |found: &&Reservation| {
            let mut stays = found.stays.iter();
            stays.any(|stay| stay.status == StayStatus::Waitlisted)
        };
        let mut waiting: Vec<&Reservation> = self.all_reservations().filter(waits).collect();
        waiting.sort_by_key(|found| (found.created_at, found.id));
        waiting.truncate(WAITING_AT_MOST);
        Ok(waiting)
    }

    /// What is due on the date and not decided.
    pub(crate) fn due(&self, date: Night) -> Result<DueItems, Halt> {
        if !self.whole {
            let known = self.due.get(&date).cloned();
            return known.ok_or_else(|| Halt::Missing(vec![Want::Due(date)]));
        }
        let mut named: Vec<String> = Vec::new();
        for found in self.all_reservations() {
            let due = found.stays.iter().filter(|stay| is_due(stay, date));
            named.extend(due.map(|stay| format!("{}/{}", found.number, stay.stay)));
        }
        let allotments = self.all_allotments().filter(|found| found.is_due(date));
        named.extend(allotments.map(|found| found.number.to_string()));
        named.sort();
        let count = named.len() as u64;
        named.truncate(NAMED);
        Ok(DueItems { named, count })
    }
}
