//! Allotments: rooms kept back for a group, an agent or an airline, and what became of them.
//!
//! Per type and night an allotment has a total and a count of rooms picked up from it. What it keeps
//! back, `max(0, total - picked up)` where its kind deducts and while it is open, stands in the
//! cells as `blocked`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::civil::{Night, NightRange};
use crate::ids::{AllotmentId, RoomTypeCode, ShortNumber, TextId};
use crate::model::StayRequest;

/// What an allotment promises (docs/DOMAIN.md, the table of kinds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AllotmentKind {
    /// Keeps rooms back, and may take more from the house within its shoulder dates.
    Elastic,
    /// Keeps rooms back, and never takes more.
    NonElastic,
    /// Keeps rooms back beyond its cut-off: only a person releases it.
    Committed,
    /// Keeps nothing back: an intention.
    Tentative,
}

impl AllotmentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Elastic,
        Self::NonElastic,
        Self::Committed,
        Self::Tentative,
    ];

    /// The word used in JSON, the database and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Elastic => "elastic",
            Self::NonElastic => "non_elastic",
            Self::Committed => "committed",
            Self::Tentative => "tentative",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it keeps rooms back.
    pub fn deducts(self) -> bool {
        match self {
            Self::Elastic | Self::NonElastic | Self::Committed => true,
            Self::Tentative => false,
        }
    }

    /// Whether it may be picked up beyond its total, from the house.
    pub fn stretches(self) -> bool {
        match self {
            Self::Elastic => true,
            Self::NonElastic | Self::Committed | Self::Tentative => false,
        }
    }

    /// Whether the end of day releases it at its cut-off.
    pub fn cut_off_releases(self) -> bool {
        match self {
            Self::Elastic | Self::NonElastic | Self::Tentative => true,
            Self::Committed => false,
        }
    }
}

/// Where an allotment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AllotmentStatus {
    /// Keeps its rooms back.
    Open,
    /// Its rooms went back to the house; what was picked up stays booked.
    Released,
    /// The group does not come; what was picked up stays booked.
    Cancelled,
}

impl AllotmentStatus {
    /// The word used in JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Open, Self::Released, Self::Cancelled];
        all.into_iter().find(|status| status.as_str() == word)
    }
}

/// What was agreed with the group, and may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The rooms: the totals of requests that overlap add up.
    pub blocks: Vec<StayRequest>,
    /// The last business date on which it keeps its rooms; none where it never ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Night>,
    /// Nights before its first and after its last one within which an elastic one may be picked up.
    #[serde(default)]
    pub shoulder: u16,
}

impl Terms {
    /// Rooms of the type on the night.
    pub fn total(&self, code: RoomTypeCode, night: Night) -> u32 {
        let covers =
            |block: &&StayRequest| block.room_type == code && block.nights().contains(night);
        self.blocks
            .iter()
            .filter(covers)
            .map(|block| block.rooms)
            .sum()
    }

    /// Every type and night on which it has rooms, with how many, in order.
    pub fn totals(&self) -> BTreeMap<(RoomTypeCode, Night), u32> {
        totals(&self.blocks)
    }

    /// From its first night to the one after its last, its shoulders included.
    pub fn window(&self) -> Option<NightRange> {
        let first = self.blocks.iter().map(|block| block.arrival).min()?;
        let last = self.blocks.iter().map(|block| block.departure).max()?;
        let shoulder = i32::from(self.shoulder);
        Some(NightRange::new(first.plus(-shoulder), last.plus(shoulder)))
    }

    /// Whether it has rooms of the type at all.
    pub fn has(&self, code: RoomTypeCode) -> bool {
        self.blocks.iter().any(|block| block.room_type == code)
    }
}

/// Rooms kept back for a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Allotment {
    /// Its identity.
    pub id: AllotmentId,
    /// Its number.
    pub number: ShortNumber,
    /// How many changes it has seen, pick-ups included; 1 when opened.
    pub version: i64,
    /// Its name, as a free text.
    pub name: Option<TextId>,
    /// What it promises.
    pub kind: AllotmentKind,
    /// Where it stands.
    pub status: AllotmentStatus,
    /// What was agreed.
    pub terms: Terms,
    /// Rooms picked up, by type and night; no entry is none.
    #[serde(with = "picked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<PickedUp>"))]
    pub picked_up: BTreeMap<(RoomTypeCode, Night), u32>,
}

/// What was picked up of a type on a night, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PickedUp {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// Rooms.
    pub rooms: u32,
}

/// The map as a list, since the keys of a JSON object are texts.
mod picked {
    use super::*;
    use serde::{Deserializer, Serializer};

    type Map = BTreeMap<(RoomTypeCode, Night), u32>;

    pub fn serialize<S: Serializer>(map: &Map, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map.iter().map(|((room_type, night), rooms)| PickedUp {
            room_type: *room_type,
            night: *night,
            rooms: *rooms,
        }))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map, D::Error> {
        let list = Vec::<PickedUp>::deserialize(deserializer)?;
        let pairs = list.into_iter();
        Ok(pairs
            .map(|row| ((row.room_type, row.night), row.rooms))
            .collect())
    }
}

impl Allotment {
    /// Rooms picked up of the type on the night.
    pub fn picked(&self, code: RoomTypeCode, night: Night) -> u32 {
        self.picked_up.get(&(code, night)).copied().unwrap_or(0)
    }

    /// Rooms that it keeps back of the type on the night: what it adds to `blocked`.
    pub fn keeps(&self, code: RoomTypeCode, night: Night) -> i32 {
        let picked = self.picked(code, night);
        keeps(
            self.kind,
            self.status,
            self.terms.total(code, night),
            picked,
        )
    }

    /// Whether a pick-up that is given up now goes back to it, and not to the house: while it is
    /// open, up to its cut-off.
    pub fn takes_back(&self, business_date: Night) -> bool {
        let before = self
            .terms
            .cut_off
            .is_none_or(|cut_off| business_date <= cut_off);
        self.status == AllotmentStatus::Open && before
    }

    /// Whether the end of day of that date releases it.
    pub fn is_due(&self, date: Night) -> bool {
        let reached = self.terms.cut_off.is_some_and(|cut_off| cut_off <= date);
        self.status == AllotmentStatus::Open && self.kind.cut_off_releases() && reached
    }
}

/// Every type and night of the blocks, with how many rooms, in order.
pub(crate) fn totals(blocks: &[StayRequest]) -> BTreeMap<(RoomTypeCode, Night), u32> {
    let mut totals = BTreeMap::new();
    for block in blocks {
        for night in block.nights().iter() {
            *totals.entry((block.room_type, night)).or_default() += block.rooms;
        }
    }
    totals
}

/// `max(0, total - picked up)` where the kind deducts and the allotment is open.
pub fn keeps(kind: AllotmentKind, status: AllotmentStatus, total: u32, picked_up: u32) -> i32 {
    if !kind.deducts() || status != AllotmentStatus::Open {
        return 0;
    }
    i32::try_from(total.saturating_sub(picked_up)).unwrap_or(i32::MAX)
}

/// Opens an allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAllotment {
    /// Its name, as a free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TextId>,
    /// What it promises.
    pub allotment_kind: AllotmentKind,
    /// What was agreed.
    pub terms: Terms,
}

/// What of an allotment's terms shall change; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsChange {
    /// Its rooms, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<StayRequest>>,
    /// Its cut-off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Night>,
    /// Its shoulder, in nights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shoulder: Option<u16>,
}

/// An allotment was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllotmentOpened {
    /// Its identity.
    pub allotment: AllotmentId,
    /// Its number.
    pub number: ShortNumber,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TextId>,
    /// What it promises.
    pub allotment_kind: AllotmentKind,
    /// What was agreed.
    pub terms: Terms,
}

/// An allotment's terms were changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllotmentChanged {
    /// The allotment.
    pub allotment: AllotmentId,
    /// What was agreed before.
    pub before: Terms,
    /// What is agreed now.
    pub after: Terms,
}

/// An allotment was released or cancelled, or that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllotmentStatusSet {
    /// The allotment.
    pub allotment: AllotmentId,
    /// Where it stood.
    pub before: AllotmentStatus,
    /// Where it stands now.
    pub after: AllotmentStatus,
    /// Its rooms, whose nights are concerned.
    pub blocks: Vec<StayRequest>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of kinds: keeps rooms back, stretches, released at cut-off.
    #[test]
    fn each_kind_is_what_the_table_says() {
        use AllotmentKind as K;
        let table = [
            (K::Elastic, true, true, true),
            (K::NonElastic, true, false, true),
            (K::Committed, true, false, false),
            (K::Tentative, false, false, true),
        ];
        for (kind, deducts, stretches, releases) in table {
            let found = (kind.deducts(), kind.stretches(), kind.cut_off_releases());
            assert_eq!(found, (deducts, stretches, releases), "{kind:?}");
            assert_eq!(K::from_word(kind.as_str()), Some(kind));
        }
    }

    #[test]
    fn what_is_kept_back_is_never_negative_and_only_of_open_ones_that_deduct() {
        use AllotmentKind as K;
        use AllotmentStatus as S;
        // (kind, status, total, picked up, kept)
        let table = [
            (K::Elastic, S::Open, 8, 3, 5),
            (K::Elastic, S::Open, 8, 9, 0),
            (K::NonElastic, S::Open, 8, 8, 0),
            (K::Committed, S::Open, 8, 0, 8),
            (K::Tentative, S::Open, 8, 0, 0),
            (K::Elastic, S::Released, 8, 3, 0),
            (K::Committed, S::Cancelled, 8, 3, 0),
        ];
        for (kind, status, total, picked, kept) in table {
            assert_eq!(
                keeps(kind, status, total, picked),
                kept,
                "{kind:?} {status:?}"
            );
        }
    }
}
