//! The cell: what one room type holds on one night, and the formulas over it (docs/DOMAIN.md).

use serde::{Deserialize, Serialize};

use crate::restriction::Restrictions;

/// The counts of one room type on one night, in rooms. `version` counts the cell's changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Rooms that exist.
    pub physical: i32,
    /// Rooms that cannot be sold: the sum of the outages over the night.
    pub out_of_order: i32,
    /// Rooms of stays that take inventory.
    pub sold: i32,
    /// Rooms of active holds.
    pub held: i32,
    /// Rooms that allotments keep back.
    pub blocked: i32,
    /// Rooms that may be sold beyond the house; negative keeps rooms back.
    pub overbooking: i32,
    /// Conditions under which it is not sold.
    pub restrictions: Restrictions,
    /// How many changes the cell has seen; the first opens it.
    pub version: i64,
}

impl Cell {
    /// Rooms that can be slept in: `physical - out_of_order`.
    pub fn capacity(&self) -> i32 {
        self.physical - self.out_of_order
    }

    /// Rooms promised: `sold + held + blocked`.
    pub fn committed(&self) -> i32 {
        self.sold + self.held + self.blocked
    }

    /// Real rooms left, signed: `capacity - committed`.
    pub fn rooms_left(&self) -> i32 {
        self.capacity() - self.committed()
    }

    /// Rooms left with overbooking, signed: `rooms_left + overbooking`.
    pub fn free(&self) -> i32 {
        self.rooms_left().saturating_add(self.overbooking)
    }

    /// What may be sold: `max(0, free)`.
    pub fn available(&self) -> i32 {
        self.free().max(0)
    }

    /// Guests without a bed in this type if all come: `max(0, sold - capacity)`.
    pub fn walk_risk(&self) -> i32 {
        (self.sold - self.capacity()).max(0)
    }

    /// Adds another type's counts, for the house's row. Versions add up as well, so that the
    /// house's version rises whenever one of its cells changes.
    pub fn add(&mut self, other: &Self) {
        self.physical += other.physical;
        self.out_of_order += other.out_of_order;
        self.sold += other.sold;
        self.held += other.held;
        self.blocked += other.blocked;
        self.overbooking += other.overbooking;
        self.version += other.version;
    }

    /// The invariants of every cell, whatever happened to it.
    pub fn is_sound(&self) -> bool {
        self.physical >= 0
            && (0..=self.physical).contains(&self.out_of_order)
            && self.sold >= 0
            && self.held >= 0
            && self.blocked >= 0
            && self.version >= 1
    }
}

/// The house's row of a night: the sums of all types, with the house's own limit where it is set.
pub fn house(cells: impl Iterator<Item = Cell>, limit: Option<HouseLimit>) -> Cell {
    let mut sum = Cell::default();
    for cell in cells {
        sum.add(&cell);
    }
    if let Some(limit) = limit {
        sum.overbooking = limit.overbooking.unwrap_or(sum.overbooking);
        sum.restrictions = limit.restrictions;
        sum.version += limit.version;
    }
    sum
}

/// What is set for the whole house on one night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HouseLimit {
    /// Rooms that the house may sell beyond its capacity, in the place of the types' limits; nothing
    /// where the types alone decide.
    pub overbooking: Option<i32>,
    /// Conditions under which no type is sold.
    pub restrictions: Restrictions,
    /// How often it was set.
    pub version: i64,
}

/// House walk risk after upgrades: guests without a bed in their own type, less what types of
/// higher rank can take. `types` are (cell) in ascending rank.
pub fn house_walk_risk(types: &[Cell]) -> i32 {
    let mut spare = 0;
    let mut risk = 0;
    for cell in types.iter().rev() {
        let left = cell.capacity() - cell.sold;
        if left >= 0 {
            spare += left;
        } else {
            let moved = spare.min(-left);
            spare -= moved;
            risk += -left - moved;
        }
    }
    risk
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(physical: i32, out_of_order: i32, sold: i32, held: i32, overbooking: i32) -> Cell {
        Cell {
            physical,
            out_of_order,
            sold,
            held,
            blocked: 0,
            overbooking,
            version: 1,
            ..Cell::default()
        }
    }

    #[test]
    fn the_formulas_hold_in_every_corner() {
        // (cell, rooms_left, free, available, walk_risk)
        let table = [
            (cell(10, 0, 0, 0, 0), 10, 10, 10, 0),
            (cell(10, 2, 7, 1, 0), 0, 0, 0, 0),
            (cell(10, 2, 7, 1, 1), 0, 1, 1, 0),
            (cell(10, 0, 11, 0, 1), -1, 0, 0, 1),
            (cell(10, 4, 8, 0, 1), -2, -1, 0, 2),
            (cell(10, 0, 5, 0, -3), 5, 2, 2, 0),
            (cell(0, 0, 0, 0, 0), 0, 0, 0, 0),
        ];
        for (cell, rooms_left, free, available, walk_risk) in table {
            let got = (
                cell.rooms_left(),
                cell.free(),
                cell.available(),
                cell.walk_risk(),
            );
            assert_eq!(got, (rooms_left, free, available, walk_risk), "{cell:?}");
        }
    }

    #[test]
    fn the_house_sums_and_its_limit_replaces_the_types() {
        let types = [cell(10, 1, 4, 0, 2), cell(5, 0, 5, 1, 1)];
        let without = house(types.into_iter(), None);
        assert_eq!(
            (without.rooms_left(), without.overbooking, without.version),
            (4, 3, 2)
        );
        let limit = HouseLimit {
            overbooking: Some(0),
            version: 3,
            ..HouseLimit::default()
        };
        let with = house(types.into_iter(), Some(limit));
        assert_eq!((with.free(), with.version), (4, 5));
    }

    #[test]
    fn walk_risk_is_what_upgrades_cannot_take() {
        // Ascending rank: only a higher type takes guests of a lower one.
        assert_eq!(
            house_walk_risk(&[cell(2, 0, 4, 0, 0), cell(5, 0, 4, 0, 0)]),
            1
        );
        assert_eq!(
            house_walk_risk(&[cell(5, 0, 4, 0, 0), cell(2, 0, 4, 0, 0)]),
            2
        );
        assert_eq!(house_walk_risk(&[]), 0);
    }
}
