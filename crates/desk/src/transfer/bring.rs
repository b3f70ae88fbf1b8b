//! One booking of another system on its way in: whether it is there already, and what the rules say.

use std::collections::HashMap;

use keyrack_inventory::model::Reservation;
use keyrack_inventory::{
    CommandId, Night, Refusal, ReservationId, RoomTypeCode, Stay, StayReference, StayStatus, Token,
};
use keyrack_store::{Batch, Envelope, Reader, StoreError, Weighing};
use keyrack_words::Words;
use sha2::{Digest, Sha256};

use super::mapping::Standing;
use super::rows::Draft;

/// A stay as two systems compare it.
type Span = (RoomTypeCode, Night, Night);

/// A booking of a number in another system, as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct There {
    /// Its number here, where it has one already.
    number: Option<String>,
    spans: Vec<Span>,
    cancelled: bool,
    /// Its guest was erased here: nobody knows any more what it was.
    pub erased: bool,
}

impl There {
    /// Of all reservations that have the number: one that was split is several.
    fn of(found: &[Reservation]) -> Option<Self> {
        let first = found.first()?;
        let stays = || found.iter().flat_map(|reservation| &reservation.stays);
        let gone = |stay: &&Stay| stay.status == StayStatus::Cancelled;
        let cancelled = stays().all(|stay| gone(&stay));
        // Of one that was cancelled in part, the rest is what is here.
        let mut spans: Vec<Span> = stays()
            .filter(|stay| cancelled || !gone(stay))
            .map(|stay| (stay.room_type, stay.arrival, stay.departure))
            .collect();
        spans.sort_unstable();
        Some(Self {
            number: Some(first.number.to_string()),
            spans,
            cancelled,
            erased: false,
        })
    }

    /// What the file has of the row's number. One whose guest was erased does not come in, whatever the row says: an
    /// old file of another system brings nobody back.
    fn known(reader: &Reader<'_>, draft: &Draft) -> Result<Option<Self>, StoreError> {
        let (source, number) = (draft.source.as_ref(), &draft.number);
        let found = Self::of(&reader.by_external_number(source, number)?);
        // Another booking may have been given the number since, by hand.
        let is_another = found
            .as_ref()
            .is_none_or(|found| found.differs(draft).is_some());
        if is_another && reader.is_forgotten(source.map(Token::as_str), number.as_str())? {
            return Ok(Some(Self {
                erased: true,
                ..Self::of_draft(draft)
            }));
        }
        Ok(found)
    }

    fn of_draft(draft: &Draft) -> Self {
        let stay = &draft.stay;
        let span = (stay.room_type, stay.arrival, stay.departure);
        Self {
            number: None,
            spans: vec![span; stay.rooms as usize],
            cancelled: draft.standing == Standing::Cancelled,
            erased: false,
        }
    }

    /// How it differs from the row, for a person; nothing where it does not.
    pub fn differs(&self, draft: &Draft) -> Option<String> {
        let new = Self::of_draft(draft);
        if (&self.spans, self.cancelled) == (&new.spans, new.cancelled) {
            return None;
        }
        let words = Words::here();
        let number = self.number.clone();
        let number = number.unwrap_or_else(|| words.plain("row-earlier"));
        let first = self.spans.first().copied();
        let here = match (first, self.cancelled) {
            _ if self.spans == new.spans && self.cancelled => words.plain("row-cancelled-here"),
            _ if self.spans == new.spans => words.plain("row-not-cancelled-here"),
            (Some((code, arrival, departure)), _) => words
                .say("row-here")
                .with("rooms", self.spans.len())
                .with("type", code.to_string())
                .with("arrival", words.night(arrival))
                .with("departure", words.night(departure))
                .text(),
            (None, _) => words.plain("row-no-stay-here"),
        };
        let differs = words.say("row-differs").with("number", number);
        Some(differs.with("here", here).text())
    }
}

/// Where bookings come in.
pub(super) trait Ground {
    /// What is there of the row's number.
    fn there(&mut self, draft: &Draft) -> Result<Option<There>, StoreError>;
    /// Brings it in, all of its commands or none.
    fn bring(
        &mut self,
        draft: &Draft,
        envelopes: &[Envelope],
    ) -> Result<Result<(), Refusal>, StoreError>;
}

impl Ground for Batch<'_> {
    fn there(&mut self, draft: &Draft) -> Result<Option<There>, StoreError> {
        There::known(&self.reader(), draft)
    }

    fn bring(
        &mut self,
        _: &Draft,
        envelopes: &[Envelope],
    ) -> Result<Result<(), Refusal>, StoreError> {
        self.attempt(envelopes)
    }
}

/// A snapshot of the file, and what would have come in: nothing is written.
pub(super) struct Scales<'a> {
    pub reader: &'a Reader<'a>,
    pub weighing: Weighing<'a>,
    pub brought: HashMap<(Option<Token>, Token), There>,
}

impl Ground for Scales<'_> {
    fn there(&mut self, draft: &Draft) -> Result<Option<There>, StoreError> {
        let key = (draft.source.clone(), draft.number.clone());
        if let Some(brought) = self.brought.get(&key) {
            return Ok(Some(brought.clone()));
        }
        There::known(self.reader, draft)
    }

    fn bring(
        &mut self,
        draft: &Draft,
        envelopes: &[Envelope],
    ) -> Result<Result<(), Refusal>, StoreError> {
        // Of several the later ones only take back what the first one made.
        for envelope in envelopes {
            if let Err(refusal) = self.weighing.weigh(envelope)? {
                return Ok(Err(refusal));
            }
        }
        let key = (draft.source.clone(), draft.number.clone());
        self.brought.insert(key, There::of_draft(draft));
        Ok(Ok(()))
    }
}

/// The command of a booking: of the property, the source and the number there, whatever file it
/// stands in and wherever in it.
pub(super) fn command_id(property: &str, draft: &Draft) -> CommandId {
    let source = draft.source.as_ref().map_or("", Token::as_str);
    let mut hasher = Sha256::new();
    for part in ["import", property, source, draft.number.as_str()] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let hash = hasher.finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    // No file says when a booking was made, so all of them are of one time.
    CommandId(uuid::Builder::from_unix_timestamp_millis(0, &random).into_uuid())
}

/// The stays that a booking's command makes.
pub(super) fn stays_of(command: CommandId) -> StayReference {
    StayReference {
        reservation: keyrack_inventory::Reference::Id(ReservationId::derived(command, 0)),
        stay: None,
    }
}
