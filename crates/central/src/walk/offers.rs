//! Where guests of a property may be walked to, and what the centre may reserve there.

use keyrack_inventory::model::RoomTypeStatus;
use keyrack_inventory::{Night, NightRange, RoomTypeCode};

use crate::error::CentralError;
use crate::ledger::Tx;

/// A type of a sister hotel.
#[derive(Clone, Debug)]
pub struct OfferedType {
    /// Its code there.
    pub code: RoomTypeCode,
    /// What it is called.
    pub name: String,
    /// Rooms that the centre may reserve on every one of the nights; what stands in a desk's share there is not among them.
    pub rooms: u32,
}

/// A property to which guests may be walked.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its business date: nights before that are over there.
    pub business_date: Night,
    /// Its types, in their order.
    pub room_types: Vec<OfferedType>,
}

/// What sisters have on the nights that are not over there. One whose history is not here has nothing to offer.
///
/// # Errors
/// Where the database fails.
pub async fn offers(
    tx: &Tx<'_>,
    from: i32,
    nights: NightRange,
) -> Result<Vec<Offer>, CentralError> {
    let mut found = Vec::new();
    for id in tx.sisters_of(from).await? {
        let sister = tx.property(id).await?;
        let Some(catalogue) = &sister.catalogue else {
            continue;
        };
        let hotel = &catalogue.property;
        let first = nights.from.max(hotel.business_date).day_number();
        let days: Vec<i32> = (first..nights.to.day_number()).collect();
        let counts = tx.counts(id, &days).await?;
        let books = tx.books(id, &days).await?;
        let rooms = |code: RoomTypeCode| {
            let each = books.iter().map(|(night, book)| {
                let counts = counts.get(night);
                counts.map_or(0, |counts| book.grantable(code, counts))
            });
            each.min().unwrap_or(0)
        };
        let sells = |life: &RoomTypeStatus| books.keys().all(|night| life.sells_on(*night));
        let types = catalogue.room_types.iter();
        let types = types.filter(|each| sells(&each.life));
        found.push(Offer {
            code: sister.code.as_str().to_owned(),
            name: hotel.name.to_string(),
            business_date: hotel.business_date,
            room_types: types
                .map(|each| OfferedType {
                    code: each.code,
                    name: each.name.to_string(),
                    rooms: rooms(each.code),
                })
                .collect(),
        });
    }
    Ok(found)
}
