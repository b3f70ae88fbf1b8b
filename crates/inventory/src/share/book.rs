//! The centre's book of one night: the rights that are out, and the deficit.

use std::collections::BTreeMap;

use super::deficit::{Cause, Entry};
use super::right::{Holder, Moved, Right, ShareFault, Totals};
use crate::cell::{Cell, HouseLimit, house};
use crate::ids::RoomTypeCode;
use crate::refusal::Pool;

/// What the inventory counts on a night: every type's cell, and the house's limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The cells by type.
    pub cells: BTreeMap<RoomTypeCode, Cell>,
    /// What is set for the house.
    pub house: Option<HouseLimit>,
}

impl Counts {
    /// Rooms free to sell in the type, signed.
    fn free(&self, code: RoomTypeCode) -> i64 {
        self.cells.get(&code).map_or(0, |cell| cell.free().into())
    }

    /// Rooms free to sell in the house, signed; nothing where the types alone decide.
    fn house_free(&self) -> Option<i64> {
        let limit = self.house.filter(|limit| limit.overbooking.is_some())?;
        let cells = self.cells.values().copied();
        Some(house(cells, Some(limit)).free().into())
    }
}

/// Rights and deficits of one night. The house has no rights of its own: each of a type's carries
/// one of the house with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NightBook {
    rights: BTreeMap<(RoomTypeCode, Holder), Right>,
    deficits: BTreeMap<Pool, i64>,
    /// Rooms that commands promised which nobody can read: out until a person has decided.
    apart: BTreeMap<RoomTypeCode, u32>,
}

impl NightBook {
    /// A book as it was kept.
    pub fn kept(
        rights: impl IntoIterator<Item = ((RoomTypeCode, Holder), Right)>,
        deficits: impl IntoIterator<Item = (Pool, i64)>,
    ) -> Self {
        Self {
            rights: rights.into_iter().collect(),
            deficits: deficits.into_iter().collect(),
            apart: BTreeMap::new(),
        }
    }

    /// Keeps rooms of the type apart: they were promised by a command that is in no count.
    pub fn keep_apart(&mut self, code: RoomTypeCode, rooms: u32) {
        let apart = self.apart.entry(code).or_default();
        *apart = apart.saturating_add(rooms);
    }

    /// The holder's right in the type.
    pub fn right(&self, code: RoomTypeCode, holder: Holder) -> Right {
        self.rights
            .get(&(code, holder))
            .copied()
            .unwrap_or_default()
    }

    /// Every right, in the order of types and holders.
    pub fn rights(&self) -> impl Iterator<Item = (RoomTypeCode, Holder, Right)> + '_ {
        let rights = self.rights.iter();
        rights.map(|((code, holder), right)| (*code, *holder, *right))
    }

    /// Puts a right in the place of the one that was known, as a ledger has it.
    pub fn put_right(&mut self, code: RoomTypeCode, holder: Holder, right: Right) {
        self.rights.insert((code, holder), right);
    }

    /// Puts a deficit in the place of the one that was known, as a ledger has it.
    pub fn put_deficit(&mut self, pool: Pool, rooms: i64) {
        self.deficits.insert(pool, rooms);
    }

    /// The deficit of the pool: rooms promised beyond what may be sold.
    pub fn deficit(&self, pool: Pool) -> i64 {
        self.deficits.get(&pool).copied().unwrap_or(0)
    }

    /// Rooms that may be granted or sold by the centre: of the type and of the house, the smaller.
    pub fn grantable(&self, code: RoomTypeCode, counts: &Counts) -> u32 {
        let mut rooms = self.unpaid(Pool::RoomType(code), counts);
        if counts.house_free().is_some() {
            rooms = rooms.min(self.unpaid(Pool::House, counts));
        }
        u32::try_from(rooms.max(0)).unwrap_or(u32::MAX)
    }

    /// Grants at most `wanted` rooms, out of the pool, and says how many. Free rooms pay the deficit
    /// first: what pays is told by [`NightBook::settle`], and is not granted here.
    ///
    /// # Errors
    /// [`ShareFault::OutOfRange`] where the right's total would not fit; then nothing changes.
    pub fn grant(
        &mut self,
        code: RoomTypeCode,
        holder: Holder,
        wanted: u32,
        counts: &Counts,
    ) -> Result<u32, ShareFault> {
        let rooms = wanted.min(self.grantable(code, counts));
        if rooms > 0 {
            self.rights
                .entry((code, holder))
                .or_default()
                .grant(rooms)?;
        }
        Ok(rooms)
    }

    /// Follows a desk's counts. The rooms that it sold have to be in the counts of the inventory
    /// before the book is settled: a right that becomes a sale moves no pool.
    ///
    /// # Errors
    /// As [`Right::follow`]; then nothing changes.
    pub fn follow(
        &mut self,
        code: RoomTypeCode,
        holder: Holder,
        totals: Totals,
    ) -> Result<Moved, ShareFault> {
        let mut right = self.right(code, holder);
        let moved = right.follow(totals.consumed, totals.returned)?;
        if moved != Moved::default() {
            self.rights.insert((code, holder), right);
        }
        Ok(moved)
    }

    /// Takes a desk's word for what it was granted: after a restore, and after it was declared lost.
    /// Its sales stand; what they lack is for [`NightBook::settle`] to name.
    ///
    /// # Errors
    /// As [`Right::follow`], where the desk's counts contradict themselves; then nothing changes.
    pub fn believe(
        &mut self,
        code: RoomTypeCode,
        holder: Holder,
        totals: Totals,
    ) -> Result<Moved, ShareFault> {
        let mut right = self.right(code, holder);
        right.learn(totals.granted);
        let moved = right.follow(totals.consumed, totals.returned)?;
        self.rights.insert((code, holder), right);
        Ok(moved)
    }

    /// Writes off what is left of a holder's rights, and says how many rooms: by a person's word
    /// alone, for a desk that is lost.
    pub fn write_off(&mut self, holder: Holder) -> u32 {
        let rights = self.rights.iter_mut().filter(|((_, of), _)| *of == holder);
        rights.map(|(_, right)| right.write_off()).sum()
    }

    /// Puts the deficits right after the counts or the rights moved: a pool that fell short raises
    /// its deficit by just that, and free rooms pay a deficit before anybody is granted them. Gives
    /// the lines for the ledger.
    pub fn settle(&mut self, counts: &Counts, cause: Cause) -> Vec<Entry> {
        let types = counts.cells.keys().map(|code| Pool::RoomType(*code));
        let mut entries = Vec::new();
        for pool in types.chain([Pool::House]) {
            let short = -self.unpaid(pool, counts);
            let owed = self.deficit(pool);
            let rooms = short - owed;
            let rooms = if owed + rooms > 0 { rooms } else { -owed };
            if rooms != 0 {
                self.deficits.insert(pool, owed + rooms);
                let cause = if rooms > 0 { cause } else { Cause::Freed };
                entries.push(Entry { pool, rooms, cause });
            }
        }
        entries
    }

    /// Whether every pool, with its deficit, covers what is out.
    pub fn is_sound(&self, counts: &Counts) -> bool {
        let types = counts.cells.keys().map(|code| Pool::RoomType(*code));
        types
            .chain([Pool::House])
            .all(|pool| self.unpaid(pool, counts) + self.deficit(pool) >= 0)
    }

    /// Free rooms less the rights that are out, without the deficit: what the deficit has to cover
    /// where it is negative. A house without a limit of its own never falls short.
    fn unpaid(&self, pool: Pool, counts: &Counts) -> i64 {
        let free = match pool {
            Pool::RoomType(code) => Some(counts.free(code)),
            Pool::House => counts.house_free(),
        };
        free.map_or(0, |free| free - self.out(pool))
    }

    /// Rights that are out, of a type or of all, and what is kept apart.
    fn out(&self, pool: Pool) -> i64 {
        let of = |code| pool == Pool::House || pool == Pool::RoomType(code);
        let rights = self.rights.iter().filter(|((code, _), _)| of(*code));
        let rights: i64 = rights.map(|(_, right)| i64::from(right.left())).sum();
        let apart = self.apart.iter().filter(|(code, _)| of(**code));
        rights + apart.map(|(_, rooms)| i64::from(*rooms)).sum::<i64>()
    }
}
