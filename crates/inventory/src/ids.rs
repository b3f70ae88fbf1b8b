//! Typed identities, and the bounded texts that may stand in events.
//!
//! Ids that a command makes derive from its command id, so that the same command gives the same ids
//! wherever it is decided again. They keep the command id's leading time bits, which keeps rows made
//! together beside each other on disk.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use crate::letters::own_letters;

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $label:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The `index`-th identity of this kind that the command makes.
            pub fn derived(command: CommandId, index: u32) -> Self {
                Self(derive(command.0, $label, index))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

typed_id!(
    /// Names a command; made by the caller (a UUIDv7), it makes the command idempotent.
    CommandId, "command"
);
typed_id!(
    /// Names a reservation.
    ReservationId, "reservation"
);
typed_id!(
    /// Names a hold.
    HoldId, "hold"
);
typed_id!(
    /// Names an outage.
    OutageId, "outage"
);
typed_id!(
    /// Names an allotment.
    AllotmentId, "allotment"
);
typed_id!(
    /// Names a guest's row, which can be erased.
    GuestId, "guest"
);
typed_id!(
    /// Names a desk: one installation with its file. The first one's is made as it is enrolled.
    DeskId, "desk"
);
typed_id!(
    /// Names a free text, which stands in a table of its own and can be erased.
    TextId, "text"
);

/// Eight bytes of the command id (its time), eight of a hash; version 8 ("custom") of RFC 9562.
fn derive(command: Uuid, kind: &str, index: u32) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(command.as_bytes());
    hasher.update(kind.as_bytes());
    hasher.update(index.to_be_bytes());
    let hash = hasher.finalize();
    let mut bytes = [0_u8; 16];
    bytes[..6].copy_from_slice(&command.as_bytes()[..6]);
    bytes[6..].copy_from_slice(&hash[..10]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// A text that is not what its type allows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {rule}, which \"{text}\" is not")]
pub struct Malformed {
    /// What was being read, as a subject: "a room type's code".
    pub what: &'static str,
    /// The rule it breaks.
    pub rule: &'static str,
    /// What was given, cut at 80 characters.
    pub text: String,
}

impl Malformed {
    fn new(what: &'static str, rule: &'static str, text: &str) -> Self {
        Self {
            what,
            rule,
            text: text.chars().take(80).collect(),
        }
    }
}

const CODE_BYTES: usize = 12;

/// A room type's code, its identity: 1 to 12 letters, digits, `-` or `_`, and not `house`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomTypeCode {
    bytes: [u8; CODE_BYTES],
    len: u8,
}

impl RoomTypeCode {
    /// Below every code, for ranges over them.
    pub(crate) const LOWEST: Self = Self {
        bytes: [0; CODE_BYTES],
        len: 0,
    };
    /// Above every code, for ranges over them.
    pub(crate) const HIGHEST: Self = Self {
        bytes: [u8::MAX; CODE_BYTES],
        len: u8::MAX,
    };

    /// The code as text.
    pub fn as_str(&self) -> &str {
        let bytes = &self.bytes[..usize::from(self.len)];
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl FromStr for RoomTypeCode {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if text.is_empty() || text.len() > CODE_BYTES || !text.bytes().all(allowed) {
            let rule = "1 to 12 letters, digits, - or _";
            return Err(Malformed::new("a room type's code", rule, text));
        }
        if text.eq_ignore_ascii_case("house") {
            let rule = "any code but \"house\", which names the whole house";
            return Err(Malformed::new("a room type's code", rule, text));
        }
        let mut bytes = [0; CODE_BYTES];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self {
            bytes,
            len: text.len() as u8,
        })
    }
}

/// A short number that can be read aloud, unique without a network: a desk's letters and a counter.
/// Reservations are `A12`, holds `A-H12`, outages `A-O12`, allotments (groups) `A-G12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortNumber(Box<str>);

/// What a short number names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// A reservation.
    Reservation,
    /// A hold.
    Hold,
    /// An outage.
    Outage,
    /// An allotment.
    Allotment,
}

impl ShortNumber {
    /// The `count`-th number of the desk for this kind of object.
    pub fn new(desk: &str, kind: Numbered, count: u64) -> Self {
        let infix = match kind {
            Numbered::Reservation => "",
            Numbered::Hold => "-H",
            Numbered::Outage => "-O",
            Numbered::Allotment => "-G",
        };
        Self(format!("{desk}{infix}{count}").into_boxed_str())
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The counter in it.
    pub fn count(&self) -> u64 {
        let digits = self.0.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().unwrap_or(0)
    }
}

impl FromStr for ShortNumber {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let upper = text.to_ascii_uppercase();
        let digits = upper.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '-');
        let letters = &upper[..upper.len() - digits.len()];
        let well_formed = letters.starts_with(|c: char| c.is_ascii_uppercase())
            && letters.len() <= 8
            && (1..=18).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if well_formed {
            Ok(Self(upper.into_boxed_str()))
        } else {
            Err(Malformed::new(
                "a short number",
                "letters and a count, like A12",
                text,
            ))
        }
    }
}

/// A reference as people give it: an id, or a short number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference<Id> {
    /// By identity.
    Id(Id),
    /// By short number.
    Number(ShortNumber),
}

impl<Id: From<Uuid>> FromStr for Reference<Id> {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        if let Ok(id) = Uuid::try_parse(text) {
            return Ok(Self::Id(Id::from(id)));
        }
        text.parse()
            .map(Self::Number)
            .map_err(|_| Malformed::new("a reference", "an id or a short number like A12", text))
    }
}

impl<Id: fmt::Display> fmt::Display for Reference<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A reservation, or with `/N` its N-th stay alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StayReference {
    /// The reservation.
    pub reservation: Reference<ReservationId>,
    /// The stay's number in it, where one stay alone is meant.
    pub stay: Option<u16>,
}

impl FromStr for StayReference {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let Some((reservation, stay)) = text.split_once('/') else {
            return Ok(Self {
                reservation: text.parse()?,
                stay: None,
            });
        };
        let number = stay.parse::<u16>().ok().filter(|number| *number > 0);
        let rule = "a reservation and a stay's number, like A12/2";
        let stay = number.ok_or_else(|| Malformed::new("a stay", rule, text))?;
        Ok(Self {
            reservation: reservation.parse()?,
            stay: Some(stay),
        })
    }
}

impl fmt::Display for StayReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stay {
            Some(stay) => write!(f, "{}/{stay}", self.reservation),
            None => self.reservation.fmt(f),
        }
    }
}

macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $rule:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                let trimmed = text.trim();
                let count = trimmed.chars().count();
                if count == 0 || count > $max || trimmed.chars().any(char::is_control) {
                    return Err(Malformed::new($what, $rule, text));
                }
                Ok(Self(trimmed.into()))
            }
        }
    };
}

bounded_text!(
    /// A structured word of a booking (source, meal, external number): 1 to 64 characters.
    Token, "a short text", 64, "1 to 64 printable characters"
);
bounded_text!(
    /// A room type's or property's name: 1 to 80 characters.
    Name, "a name", 80, "1 to 80 printable characters"
);
bounded_text!(
    /// A room's number as it stands on the door: 1 to 16 characters.
    RoomNumber, "a room number", 16, "1 to 16 printable characters"
);

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

macro_rules! shows_str {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

shows_str!(RoomTypeCode, ShortNumber, Token, Name, RoomNumber);
as_text!(
    RoomTypeCode,
    ShortNumber,
    Token,
    Name,
    RoomNumber,
    StayReference,
    Reference<ReservationId>,
    Reference<HoldId>,
    Reference<OutageId>,
    Reference<AllotmentId>
);

impl fmt::Debug for RoomTypeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! from_uuid {
    ($($name:ident),*) => {$(
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

from_uuid!(
    CommandId,
    ReservationId,
    HoldId,
    OutageId,
    AllotmentId,
    GuestId,
    TextId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_differ_by_kind_and_index_and_repeat_by_command() {
        let command = CommandId(Uuid::now_v7());
        let first = ReservationId::derived(command, 0);
        assert_eq!(first, ReservationId::derived(command, 0));
        assert_ne!(first, ReservationId::derived(command, 1));
        assert_ne!(first.0, HoldId::derived(command, 0).0);
        assert_eq!(first.0.as_bytes()[..6], command.0.as_bytes()[..6]);
        assert_eq!(first.0.get_version_num(), 8);
    }

    #[test]
    fn references_read_ids_numbers_and_stays() {
        let plain: StayReference = "a12".parse().unwrap();
        assert_eq!(plain.to_string(), "A12");
        let second: StayReference = "A12/2".parse().unwrap();
        assert_eq!(second.stay, Some(2));
        let id = Uuid::now_v7();
        let by_id: StayReference = format!("{id}/3").parse().unwrap();
        assert_eq!(by_id.reservation, Reference::Id(ReservationId(id)));
        for bad in ["", "12", "A", "A12/0", "A12/x", "A12/", "A 12", "/1"] {
            assert!(bad.parse::<StayReference>().is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_are_bounded() {
        for good in ["A", "DBL", "sea-view_2"] {
            assert_eq!(good.parse::<RoomTypeCode>().unwrap().as_str(), good);
        }
        for bad in ["", "house", "HOUSE", "a b", "A:B", "thirteen-char", "é"] {
            assert!(bad.parse::<RoomTypeCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_name_their_kind() {
        assert_eq!(ShortNumber::new("A", Numbered::Hold, 7).as_str(), "A-H7");
        assert_eq!(ShortNumber::new("A", Numbered::Reservation, 42).count(), 42);
    }
}
