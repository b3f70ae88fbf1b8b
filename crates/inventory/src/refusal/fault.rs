//! What is wrong, where one code has several reasons.

use serde::{Deserialize, Serialize};

/// What is wrong with a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StayFault {
    /// No stay was named.
    NoStay,
    /// Rooms are not 1 to 500.
    Rooms,
    /// The departure lies before the arrival, or the end of another range before its beginning.
    DepartureBeforeArrival,
    /// No night lies in the range.
    NoNight,
    /// The arrival lies before the business date.
    BeforeBusinessDate,
    /// More than 366 nights.
    TooLong,
    /// A night is not open.
    NotOpen,
    /// The guest has arrived: the arrival stays as it was.
    AlreadyArrived,
    /// A guest in house has slept the nights up to the business date.
    AlreadySlept,
    /// Rooms or a limit that no hotel has.
    LimitOutOfRange,
    /// A hold lasts 1 to 60 minutes.
    HoldMinutes,
    /// Who walks in arrives on the business date.
    WalkInArrivesToday,
    /// More than ten years from the business date.
    TooFar,
    /// The house has no rooms of its own: rooms are set by type.
    HouseHasNoRooms,
    /// The night is not one of the stay's.
    NotANightOfTheStay,
    /// A minimum or maximum stay is 1 to 366 nights, and the one not above the other.
    LengthOutOfRange,
    /// The allotment has no rooms of the type, or not so far from its nights.
    OutsideAllotment,
    /// The cut-off lies after the allotment's last night.
    CutOffTooLate,
    /// An option ends on the business date or later.
    OptionOutOfRange,
    /// Who waits keeps no hold, no allotment, and does not walk in.
    WaitsForNothing,
    /// Rooms are picked up, and not held or waited for at once.
    PickedUpOrElse,
    /// The guest is not expected yet.
    NotDueYet,
    /// An outage has 1 to 500 rooms.
    OutageRooms,
    /// An allotment keeps 1 to 500 rooms of a type on a night.
    AllotmentRooms,
    /// The stays take other rooms than the hold's, and leave some of those.
    HoldOfOtherRooms,
    /// A cut-off lies on the business date or later.
    CutOffPast,
    /// Who ends an outage makes it no longer.
    OutageLonger,
    /// An allotment's shoulder is at most as long as a stay.
    ShoulderTooLong,
    /// A night before the business date stays as it was.
    NightIsOver,
    /// A type that is stopped would be sold until a later night from which on it is retired.
    SoldUntilThen,
    /// One stay of a reservation is one room.
    OneRoom,
    /// A room's number is given to one stay, and several were named.
    RoomOfOne,
}

/// A condition under which a type is not sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restriction {
    /// The type is a draft.
    Draft,
    /// The type is stopped.
    Stopped,
    /// The type is retired from that night on.
    Retired,
    /// Nothing is sold on the night.
    StopSell,
    /// Nobody new arrives on the night.
    ClosedToArrival,
    /// Nobody new departs on the date.
    ClosedToDeparture,
    /// Who arrives on the night stays longer.
    MinStay,
    /// Who arrives on the night stays shorter.
    MaxStay,
}

/// Why something cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoFault {
    /// The actor has done nothing that could be undone.
    NothingToUndo,
    /// The command has no inverse.
    NoInverse,
    /// It was refused, so there is nothing to take back.
    WasRefused,
    /// It was undone before.
    AlreadyUndone,
    /// What it changed was changed again since.
    ChangedSince,
    /// The business date has moved on from it: its hour has passed.
    DateMovedOn,
}
