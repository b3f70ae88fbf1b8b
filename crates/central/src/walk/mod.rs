//! Walking a guest to a sister hotel: reserve there, then cancel here; where he cannot be let go here, what was reserved
//! there is given back.
//!
//! A walk is a saga (Garcia-Molina and Salem, 1987), kept in a table: each step is one transaction in one property, under
//! the lock of that property alone, with a command whose id derives from the walk's, so that it takes effect once.
//! Whoever dies between two steps leaves a walk that another process goes on with. docs/adr/0021 says why it is no single
//! transaction.

mod begin;
mod offers;
mod own;
mod steps;

use std::time::Duration;

use keyrack_inventory::stay::StayStatus;
use keyrack_inventory::{Command, CommandId, Instant, Refusal, ReservationId, ShortNumber};
use keyrack_wire::Label;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock;
use crate::error::CentralError;
use crate::ledger::{Ledger, Session};

pub use begin::{Asked, Begun, begin};
pub use offers::{Offer, offers};

/// How often it is looked for walks on which nobody works, and for how long they stood still then.
const LOOK: Duration = Duration::from_secs(5);
const STILL_MS: i64 = 5_000;
/// The longest delay between two tries, in milliseconds; the first is as long as a walk may stand still, and it doubles.
const STILL_AT_MOST_MS: i64 = 600_000;
/// After so many tries a walk is stuck.
pub const STUCK_TRIES: i32 = 3;
/// For how long a walk is told of that was left to people, in milliseconds.
pub const LEFT_MS: i64 = 86_400_000;

/// How far a walk has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkState {
    /// Nothing was done.
    Begun,
    /// It is reserved there.
    Reserved,
    /// It is cancelled here: the guest is there.
    Walked,
    /// It could not be reserved there; here everything is as it was.
    Refused,
    /// It does not go on: what was reserved there goes back.
    GivingBack,
    /// What was reserved there is cancelled; here everything is as it was.
    GivenBack,
    /// Neither could be cancelled, or something of it stands there besides: people have to see to it.
    Left,
}

impl WalkState {
    /// All of them.
    const ALL: [Self; 7] = [
        Self::Begun,
        Self::Reserved,
        Self::Walked,
        Self::Refused,
        Self::GivingBack,
        Self::GivenBack,
        Self::Left,
    ];

    /// Its name, in answers and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Reserved => "reserved",
            Self::Walked => "walked",
            Self::Refused => "refused",
            Self::GivingBack => "giving_back",
            Self::GivenBack => "given_back",
            Self::Left => "left",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether a step is left.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Begun | Self::Reserved | Self::GivingBack)
    }
}

/// Why a walk does not go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Why {
    /// A rule of the domain, in one of both properties.
    Rule(Box<Refusal>),
    /// The stay is not one that can be walked: it is an option, or its guest is in the house, gone, or waits for a room. Or no night of it is left
    /// on the date of the property to which he would go.
    Standing {
        /// `not_walkable`, or `nights_are_over`.
        code: String,
        /// Where the stay stands.
        status: String,
    },
}

impl Why {
    fn standing(code: &str, status: StayStatus) -> Self {
        let (code, status) = (code.to_owned(), status.as_str().to_owned());
        Self::Standing { code, status }
    }

    /// Its code.
    pub fn code(&self) -> &str {
        match self {
            Self::Rule(refusal) => refusal.code(),
            Self::Standing { code, .. } => code,
        }
    }
}

/// A walk.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The property that the guest leaves.
    pub from: i32,
    /// Its identity.
    pub id: Uuid,
    /// The property to which he goes.
    pub to: i32,
    /// What was asked.
    pub asked: Asked,
    /// In whose name.
    pub actor: Label,
    /// The reservation that he leaves.
    pub reservation: ReservationId,
    /// The stay in it, where one alone is walked.
    pub stay: Option<u16>,
    /// Its number.
    pub number: String,
    /// The version that it had as the walk began.
    pub version: i64,
    /// The command that reserves there.
    pub reserve: Command,
    /// How far it has come.
    pub state: WalkState,
    /// What was reserved there.
    pub made: Option<(ReservationId, ShortNumber)>,
    /// Why it did not go on.
    pub refusal: Option<Why>,
    /// When it began.
    pub began_at: Instant,
}

/// The commands of a walk, whose ids derive from its own.
#[derive(Clone, Copy)]
enum Step {
    Reserve,
    Cancel,
    GiveBack,
}

/// What all ids of a walk derive from. The same id out of another property is another walk.
fn root(from: i32, id: Uuid) -> CommandId {
    CommandId::derived(CommandId(id), from.unsigned_abs())
}

impl Walk {
    /// The id of a step's command.
    fn command(&self, step: Step) -> CommandId {
        let index = match step {
            Step::Reserve => 0,
            Step::Cancel => 1,
            Step::GiveBack => 2,
        };
        CommandId::derived(root(self.from, self.id), index)
    }
}

/// Takes every step that is left of a walk, and gives how far it has come then: no further where somebody else takes one.
///
/// # Errors
/// Where the database fails; what was done stands, and the walk goes on later.
pub async fn go_on(session: &mut Session, from: i32, id: Uuid) -> Result<Walk, CentralError> {
    while steps::step(session, from, id, clock::now()).await? {}
    let found = session.snapshot().await?.walk(from, id).await?;
    found.ok_or_else(|| CentralError::damaged("walk", id))
}

/// When a walk is due that was tried so often since it last went on.
pub fn due(now: Instant, tries: i32) -> Instant {
    let doubled = STILL_MS.checked_shl(tries.clamp(0, 20).unsigned_abs());
    let delay = doubled.unwrap_or(STILL_AT_MOST_MS).min(STILL_AT_MOST_MS);
    Instant::from_millis(now.millis() + delay)
}

/// Goes on with walks on which nobody works, for as long as the program runs.
pub async fn forever(ledger: Ledger) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(error) = left(&ledger, clock::now()).await {
            tracing::warn!(%error, "walks go on later");
        }
    }
}

/// Goes on with each walk that is due, and that no other process tries. One that does not go on is due later with each try.
///
/// # Errors
/// Where the database fails.
pub async fn left(ledger: &Ledger, now: Instant) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let found = session.snapshot().await?.walks_due(now).await?;
    for (from, id, tries) in found {
        let next = due(now, tries.saturating_add(1));
        let tx = session.begin().await?;
        let is_ours = tx.try_walk(from, id, now, next).await?;
        tx.commit().await?;
        if !is_ours {
            continue;
        }
        // One that fails holds up no other.
        match go_on(&mut session, from, id).await {
            Ok(walk) => {
                tracing::info!(walk = %id, state = walk.state.as_str(), "a walk went on");
            }
            Err(error) => tracing::warn!(walk = %id, %error, "a walk goes on later"),
        }
    }
    Ok(())
}
