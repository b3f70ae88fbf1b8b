//! What the domain's types are called in TypeScript: all of them cross as text.

use ts_rs::{Config, TS};

use crate::command::ReasonCode;
use crate::model::HoldStatus;
use crate::{
    AllotmentId, AllotmentKind, AllotmentStatus, CommandId, HoldId, Instant, Name, Night, OutageId,
    Reference, ReservationId, Restrictions, RoomNumber, RoomTypeCode, ShortNumber, StayReference,
    StayStatus, Token, Transition,
};

macro_rules! text {
    ($($ty:ty => $name:literal),* $(,)?) => {$(
        impl TS for $ty {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &Config) -> String {
                $name.to_owned()
            }

            fn inline(cfg: &Config) -> String {
                Self::name(cfg)
            }
        }
    )*};
}

text! {
    Night => "CivilDate",
    Instant => "Instant",
    RoomTypeCode => "RoomTypeCode",
    CommandId => "Uuid",
    ReservationId => "Uuid",
    HoldId => "Uuid",
    OutageId => "Uuid",
    AllotmentId => "Uuid",
    ShortNumber => "string",
    Token => "string",
    Name => "string",
    RoomNumber => "string",
    StayReference => "string",
    Reference<ReservationId> => "string",
    Reference<HoldId> => "string",
    Reference<OutageId> => "string",
    Reference<AllotmentId> => "string",
    StayStatus => "StayStatus",
    Transition => "Transition",
    ReasonCode => "ReasonCode",
    HoldStatus => "HoldStatus",
    AllotmentKind => "AllotmentKind",
    Restrictions => "Restrictions",
    AllotmentStatus => "AllotmentStatus",
}

/// The declarations of those names.
pub const TYPESCRIPT: &str = r#"/** A civil date, "YYYY-MM-DD"; as a night, the one that begins on it. */
export type CivilDate = string;
/** An instant, RFC 3339, UTC. */
export type Instant = string;
export type RoomTypeCode = string;
export type Uuid = string;
export type StayStatus =
  | "waitlisted"
  | "tentative"
  | "needs_confirmation"
  | "confirmed"
  | "checked_in"
  | "checked_out"
  | "cancelled"
  | "no_show";
export type Transition =
  | "offer"
  | "confirm"
  | "check_in"
  | "check_out"
  | "reverse_check_in"
  | "reverse_check_out"
  | "cancel"
  | "no_show"
  | "reinstate";
/** Conditions under which a night is not sold; what is absent is off. */
export type Restrictions = {
  stop_sell?: boolean;
  closed_to_arrival?: boolean;
  closed_to_departure?: boolean;
  min_stay?: number;
  max_stay?: number;
};
export type AllotmentKind = "elastic" | "non_elastic" | "committed" | "tentative";
export type AllotmentStatus = "open" | "released" | "cancelled";
export type HoldStatus = "active" | "released" | "converted" | "expired";
export type ReasonCode =
  | "guest"
  | "no_payment"
  | "duplicate"
  | "overbooked"
  | "agent"
  | "weather"
  | "error"
  | "other";
"#;
