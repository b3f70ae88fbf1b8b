//! A command as a desk queued it: written once, hashed, and never written anew.

use std::fmt;
use std::str::FromStr;

use keyrack_inventory::share::{Holder, Right, ShareFault, Totals};
use keyrack_inventory::{
    Command, CommandId, DeskId, Instant, Night, Outcome, Reason, RoomTypeCode, ShortNumber, TextId,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{BYTES_AT_MOST, Label, List, RIGHTS_AT_MOST};

/// SHA-256, in hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before a desk's first command of an epoch.
    pub const NONE: Self = Self([0; 32]);
}

/// What the desk answered its caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "standing", deny_unknown_fields)]
pub enum Standing {
    /// It is done: within the share, or a fact.
    Settled {
        /// What was made.
        outcome: Outcome,
    },
    /// The centre is asked; it counts nowhere until answered.
    Asking {
        /// What stands here meanwhile: a sale that needs confirmation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
    },
}

/// The desk's counts of a right after the command, as totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightUse {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// The counts, with what the desk knows to be granted.
    pub totals: Right,
}

/// A command that is queued once more in a later epoch than the one in which it was given: its desk has
/// rejoined, or the centre was restored from a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// The epoch in which it moved its rights.
    pub epoch: u32,
    /// A centre has answered it, or may have, which was restored from a copy since: whatever others changed
    /// meanwhile, it is not stale. One that was never sent is not sure.
    pub sure: bool,
}

/// A queued command, readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queued {
    /// Its identity.
    pub id: CommandId,
    /// Who queued it.
    pub desk: DeskId,
    /// In which epoch.
    pub epoch: u32,
    /// Its number in the epoch, from 1, without gaps.
    pub seq: u64,
    /// The hash of the one before it.
    pub prev_hash: Hash,
    /// The version of its payload.
    pub version: u32,
    /// Its kind.
    pub kind: Label,
    /// The command, in the shape of its version.
    pub payload: serde_json::Value,
    /// Who did it.
    pub actor: Label,
    /// Names the request in logs.
    pub request: Uuid,
    /// Why it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Why conditions are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_text: Option<TextId>,
    /// The number of the last entry of the feed that the desk had seen: what another desk changed
    /// since then, this one did not know.
    pub seen: u64,
    /// When, by the desk's clock: shown, and never decided by.
    pub instant: Instant,
    /// On which business date, by which it is judged.
    pub business_date: Night,
    /// What the caller was told.
    pub outcome: Standing,
    /// The rights that it moved.
    pub rights: List<RightUse, RIGHTS_AT_MOST>,
    /// Where it was queued in an earlier epoch before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

impl Queued {
    /// The version in which commands are written now.
    pub const VERSION: u32 = 1;

    /// The letters of what the centre makes for a desk that asked: the desk gave no number, and may
    /// have given its next one to something else meanwhile. No desk has letters that begin with Z.
    pub fn asked_letters(desk: &str) -> String {
        format!("Z{desk}")
    }

    /// The letters of what a desk made that is beyond doubt only once the centre has answered: another copy
    /// of the desk may have given its next number.
    pub fn unsettled_letters(desk: &str) -> String {
        format!("ZZ{desk}")
    }

    /// The letters of what it makes where it is laid over a base: what the centre made for a desk that asked
    /// keeps its own, and so does what was made in doubt; what comes again is not settled before the centre has
    /// answered.
    pub fn laid_letters(&self, desk: &str) -> String {
        let outcome = match &self.outcome {
            Standing::Settled { outcome } => Some(outcome),
            Standing::Asking { outcome } => outcome.as_ref(),
        };
        let (asked, unsettled) = (Self::asked_letters(desk), Self::unsettled_letters(desk));
        let letters = outcome.and_then(Outcome::number).map(ShortNumber::letters);
        match self.again {
            Some(again) if !again.sure => unsettled,
            _ if letters == Some(&unsettled) => unsettled,
            _ if letters == Some(&asked) => asked,
            _ => desk.to_owned(),
        }
    }

    /// Whose command it is.
    pub fn holder(&self) -> Holder {
        let (desk, epoch) = (self.desk, self.epoch);
        Holder { desk, epoch }
    }

    /// The epoch in which it moved its rights.
    pub fn rights_epoch(&self) -> u32 {
        self.again.map_or(self.epoch, |again| again.epoch)
    }

    /// The command itself.
    ///
    /// # Errors
    /// Where its version is unknown, it cannot be read, or is of another kind than it says.
    pub fn command(&self) -> Result<Command, Unsealed> {
        if self.version != Self::VERSION {
            return Err(Unsealed::Version(self.version));
        }
        let command: Command = serde_json::from_value(self.payload.clone())?;
        if command.kind() != self.kind.as_str() {
            return Err(Unsealed::Kind);
        }
        Ok(command)
    }

    /// Writes it, once and for good.
    ///
    /// # Errors
    /// Where it is too large to be sent.
    pub fn seal(&self) -> Result<Sealed, Unsealed> {
        Sealed::try_from(serde_json::to_string(self)?)
    }
}

/// The text of a queued command, byte for byte as it was hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Sealed(String);

/// Why a sealed command cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum Unsealed {
    /// It is too large.
    #[error("a command has {0} bytes, at most {BYTES_AT_MOST} are read")]
    TooLarge(usize),
    /// It is none.
    #[error("a queued command cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Its payload's version is unknown.
    #[error("version {0} of a command is not known here")]
    Version(u32),
    /// It says that it is something else.
    #[error("a queued command is of another kind than it says")]
    Kind,
    /// A right in it contradicts itself.
    #[error("a right contradicts itself: {0}")]
    Share(#[from] ShareFault),
}

impl Sealed {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its hash, by which a repetition is told from a fork.
    pub fn hash(&self) -> Hash {
        Hash(Sha256::digest(self.0.as_bytes()).into())
    }

    /// Reads it.
    ///
    /// # Errors
    /// Where it is no queued command.
    pub fn open(&self) -> Result<Queued, Unsealed> {
        Ok(serde_json::from_str(&self.0)?)
    }
}

impl TryFrom<String> for Sealed {
    type Error = Unsealed;

    fn try_from(text: String) -> Result<Self, Unsealed> {
        if text.len() > BYTES_AT_MOST {
            return Err(Unsealed::TooLarge(text.len()));
        }
        Ok(Self(text))
    }
}

impl RightUse {
    /// The counts of a right after it was used.
    ///
    /// # Errors
    /// Where more is used than granted.
    pub fn new(room_type: RoomTypeCode, night: Night, totals: Totals) -> Result<Self, Unsealed> {
        let totals = Right::try_from(totals)?;
        Ok(Self {
            room_type,
            night,
            totals,
        })
    }
}

/// A text that is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash has 64 hexadecimal digits in lower case")]
pub struct NoHash;

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NoHash),
        };
        if text.len() != 64 {
            return Err(NoHash);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
