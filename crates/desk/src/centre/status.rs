//! How the desk stands with its centre.

use std::sync::atomic::Ordering;

use keyrack_store::CentreState;
use keyrack_words::Words;
use serde::Serialize;
use ts_rs::TS;

use super::keeping::{self, TokenPlace};
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// How long after the last answer a centre still counts as there, in milliseconds: an exchange
/// comes every 10 s at the latest.
const FRESH_MS: i64 = 15_000;

/// Whether the centre answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It answered just now.
    Online,
    /// It did not.
    Offline,
    /// It answers, and this desk's share is frozen until it has rejoined.
    Frozen,
    /// It answers, and does not let this desk in any more.
    LetGo,
}

/// Why an exchange failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Failing {
    /// As a code: `unreachable`, `distrusted`, `keyring`, `fault` and others.
    pub code: &'static str,
    /// For a person.
    pub message: String,
}

/// How a desk stands with its centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct CentreStatus {
    /// Where the centre answers.
    pub url: String,
    /// The property's code there.
    pub property: String,
    /// The letters of this desk.
    pub letters: String,
    /// Whether it answers.
    pub reach: Reach,
    /// Whether it is newer than this program, which cannot read what it says and has to be updated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub newer: bool,
    /// Why the last exchange failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing: Option<Failing>,
    /// When it last did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard: Option<keyrack_inventory::Instant>,
    /// Commands that wait for an answer.
    #[ts(type = "number")]
    pub queued: u64,
    /// Since when the oldest of them waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<keyrack_inventory::Instant>,
    /// Commands that wait for a person.
    #[ts(type = "number")]
    pub parked: u64,
    /// Items of the inbox that nobody has dealt with.
    #[ts(type = "number")]
    pub inbox: u64,
    /// Room nights that may be sold without the centre.
    #[ts(type = "number")]
    pub safe_room_nights: u64,
    /// The last entry of the feed that is here.
    #[ts(type = "number")]
    pub cursor: u64,
    /// Where this desk keeps what it shows the centre; nothing where the file that says so is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenPlace>,
}

impl Desk {
    /// How the desk stands with its centre; nothing where it has none.
    ///
    /// # Errors
    /// Where nobody who may is signed in, or the file fails.
    pub fn centre_status(&self) -> Result<Option<CentreStatus>, DeskError> {
        self.admit(Question::CentreStatus)?;
        self.centre_standing()
    }

    /// The same for the program that exchanges with the centre without a pause, at which nobody signs in: it names no
    /// guest and no sale.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn centre_standing(&self) -> Result<Option<CentreStatus>, DeskError> {
        let found = self.store.read(|reader| {
            let Some(centre) = reader.centre()? else {
                return Ok(None);
            };
            Ok(Some((
                centre,
                reader.queue_facts()?,
                reader.inbox(false)?.len(),
            )))
        })?;
        let Some((centre, facts, inbox)) = found else {
            return Ok(None);
        };
        let now = crate::Clock::System.now().millis();
        let fresh = centre.heard.is_some_and(|heard| now - heard < FRESH_MS);
        let failing = centre.failing.as_deref();
        let failing: Option<CentreRefusal> =
            failing.and_then(|text| serde_json::from_str(text).ok());
        let reach = match centre.state {
            _ if centre.let_go => Reach::LetGo,
            CentreState::Frozen => Reach::Frozen,
            _ if fresh && failing.is_none() => Reach::Online,
            _ => Reach::Offline,
        };
        let instant = keyrack_inventory::Instant::from_millis;
        Ok(Some(CentreStatus {
            url: centre.url,
            property: centre.property,
            letters: centre.letters,
            reach,
            newer: self.centre_is_newer.load(Ordering::Relaxed),
            failing: failing.map(|refusal| Failing {
                code: refusal.code(),
                message: DeskError::from(refusal).spoken(Words::here()),
            }),
            heard: centre.heard.map(instant),
            queued: facts.waiting,
            oldest: facts.oldest.map(instant),
            parked: facts.parked,
            inbox: inbox as u64,
            safe_room_nights: facts.rights_left,
            cursor: centre.cursor.number,
            token: keeping::standing(self.store.path(), reach != Reach::Online),
        }))
    }
}
