//! The figures behind the pictures, in columns of a figure a night.

use keyrack_inventory::{Night, NightRange, RoomTypeCode};
use serde::Serialize;
use ts_rs::TS;

/// The figures of a range of nights, one of each column for each night. Nothing stands where a night was
/// not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Charts {
    /// The first night.
    pub from: Night,
    /// The hotel's own date.
    pub business_date: Night,
    /// Rooms that can be sold, of the whole house.
    pub capacity: Vec<i32>,
    /// Rooms sold.
    pub sold: Vec<i32>,
    /// Rooms sold as the date of a week ago began; nothing where the log does not go back so far.
    pub week_ago: Option<Vec<i32>>,
    /// Rooms sold on the night 52 weeks before.
    pub last_year: Vec<Option<i32>>,
    /// Rooms that could be sold on that night.
    pub last_year_capacity: Vec<Option<i32>>,
    /// Rooms of that night that were sold when the date of 52 weeks ago began; empty where the log does
    /// not go back so far.
    pub last_year_then: Vec<Option<i32>>,
    /// Stays that arrive.
    pub arrivals: Vec<i32>,
    /// Stays that leave.
    pub departures: Vec<i32>,
    /// What is left of each type, in ascending rank.
    pub room_types: Vec<ChartType>,
}

/// What is left of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChartType {
    /// Its code.
    pub code: RoomTypeCode,
    /// Its name.
    pub name: String,
    /// Rooms left, night by night.
    pub left: Vec<Option<i32>>,
}

impl Charts {
    pub(crate) fn empty(nights: NightRange, business_date: Night) -> Self {
        let none = vec![0; nights.len() as usize];
        Self {
            from: nights.from,
            business_date,
            capacity: none.clone(),
            sold: none,
            week_ago: None,
            last_year: Vec::new(),
            last_year_capacity: Vec::new(),
            last_year_then: Vec::new(),
            arrivals: Vec::new(),
            departures: Vec::new(),
            room_types: Vec::new(),
        }
    }
}
