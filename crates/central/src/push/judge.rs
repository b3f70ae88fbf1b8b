//! One command: decided by the domain, folded, written, and answered.

use std::collections::BTreeSet;

use keyrack_inventory::decide::decide;
use keyrack_inventory::{
    Authority, Command, Context, Decision, Event, Halt, Night, Outcome, Refusal, State,
};
use keyrack_wire::{Answer, Fault, Fed, Label, Queued, Sealed};

use super::Work;
use super::meaning::{asks, catalogue, highest, is_fact, resolved};
use crate::entry;
use crate::error::CentralError;
use crate::ledger::{Asker, AuditRow, Covered, DeskRow, QueuedRow, RESTS_MS, Records};

/// A decision with the state that it was made on.
struct Decided {
    state: State,
    decision: Decision,
    /// Why it is kept as a request, where the centre has no rooms for it.
    lacking: Option<Refusal>,
}

/// Why a command waits that comes again: what it is about is not known here.
const WAITS: &str = "waits";

/// Whether it was answered as done by a centre that was restored from a copy since, or may have been.
fn is_sure(queued: &Queued) -> bool {
    queued.again.is_some_and(|again| again.sure)
}

impl<R: Records> Work<'_, R> {
    /// Judges a command that is the next of its queue, and stores everything that comes of it.
    pub(super) async fn judge(
        &mut self,
        queued: &Queued,
        command: Command,
        sealed: &Sealed,
    ) -> Result<Answer, CentralError> {
        let command = resolved(queued, command);
        if asks(queued) {
            self.given_back(queued).await?;
        }
        let mut nights = BTreeSet::new();
        let (answer, entry) = match self.answer(queued, &command).await? {
            Ok(decided) => {
                let (entry, changed) = self
                    .write(queued, &command, decided.state, &decided.decision)
                    .await?;
                nights.extend(changed);
                let outcome = decided.decision.outcome;
                let answer = match decided.lacking {
                    None => Answer::Applied { outcome },
                    Some(refusal) => Answer::Kept { outcome, refusal },
                };
                (answer, Some(entry))
            }
            // Refused; or accepted before, under another number or epoch: the same id, the same outcome.
            Err(answer) => (answer, None),
        };
        self.settled(queued, &answer, nights).await?;
        self.keep_answer(queued, sealed, &answer, entry.as_ref())
            .await?;
        Ok(answer)
    }

    /// Decides; what is not decided in its favour is an answer already.
    async fn answer(
        &self,
        queued: &Queued,
        command: &Command,
    ) -> Result<Result<Decided, Answer>, CentralError> {
        let (property, id) = (self.property.id, queued.id);
        let asked = (self.desk.holder.desk, id);
        if let Some(known) = self.tx.accepted(property, id).await? {
            let first = self.tx.first_answer(property, asked).await?;
            return Ok(Err(match (known.is(command), first) {
                (true, Some(first)) => first,
                (true, None) => Answer::Applied {
                    outcome: known.outcome,
                },
                (false, _) => Answer::Refused {
                    refusal: Refusal::IdempotencyConflict { id },
                },
            }));
        }
        // What was refused to the desk in an earlier epoch is refused in this one, unless it has been told
        // otherwise since.
        if queued.again.is_some_and(|again| !again.sure)
            && let Some(refused) = self.tx.first_answer(property, asked).await?
        {
            return Ok(Err(refused));
        }
        if self.property.catalogue.is_none() && !matches!(command, Command::OpenProperty { .. }) {
            // Its history is still on its way.
            return Err(Fault::Busy {}.into());
        }
        if let Command::CloseDay { date, without } = command {
            let desks = self.missing(without).await?;
            if !desks.is_empty() && !is_sure(queued) {
                let refusal = Refusal::DesksMissing { date: *date, desks };
                return Ok(Err(Answer::Refused { refusal }));
            }
        }
        let asks = asks(queued);
        let authority = if asks {
            Authority::Counts
        } else {
            Authority::Promised
        };
        let mut lacking = None;
        let mut state = self.slice(queued, command).await?;
        let mut decided = self.decide(&mut state, queued, command, authority).await?;
        if let Err(refusal @ Refusal::NoAvailability { .. }) = &decided
            && asks
            && matches!(command, Command::Reserve(_))
        {
            lacking = Some(refusal.clone());
            state = self.slice(queued, command).await?;
            decided = self
                .decide(&mut state, queued, command, Authority::Beyond)
                .await?;
        }
        let decision = match decided {
            Ok(decision) => decision,
            // Another desk may still bring what it is about.
            Err(refusal) if is_sure(queued) && refusal.is_unknown() => {
                let reason = Label::try_from(WAITS.to_owned());
                let reason = reason.map_err(|error| CentralError::damaged("queued", error))?;
                return Ok(Err(Answer::Parked { reason }));
            }
            Err(refusal) => return Ok(Err(Answer::Refused { refusal })),
        };
        if let Some(refusal) = self.overtaken(queued, command, &decision).await? {
            return Ok(Err(Answer::Refused { refusal }));
        }
        Ok(Ok(Decided {
            state,
            decision,
            lacking,
        }))
    }

    /// Desks that have not said lately that nothing of their queue is left, and that nobody named. This is no
    /// rule of safety: what a desk sends after the date was ended is judged by the date that it carries.
    async fn missing(&self, without: &[String]) -> Result<Vec<String>, CentralError> {
        let desks = self.tx.desks(self.property.id).await?.into_iter();
        let rests = |desk: &DeskRow| {
            let since = desk.rested_at.map(|at| self.now.millis() - at.millis());
            since.is_some_and(|since| since < RESTS_MS)
        };
        let missing = desks.filter(|desk| {
            let named = without
                .iter()
                .any(|letters| letters == desk.letters.as_str());
            let counts = !desk.is_revoked && !desk.is_lost && desk.letters != self.desk.letters;
            counts && !named && !rests(desk)
        });
        Ok(missing
            .map(|desk| desk.letters.as_str().to_owned())
            .collect())
    }

    fn asker<'a>(&'a self, queued: &'a Queued) -> Asker<'a> {
        Asker {
            property: self.property.id,
            letters: self.desk.letters.as_str(),
            actor: queued.actor.as_str(),
            at: queued.instant,
        }
    }

    /// Decides, loading what is missing until it can be decided.
    async fn decide(
        &self,
        state: &mut State,
        queued: &Queued,
        command: &Command,
        authority: Authority,
    ) -> Result<Result<Decision, Refusal>, CentralError> {
        let asks = authority != Authority::Promised;
        let context = Context {
            command_id: queued.id,
            now: if asks { self.now } else { queued.instant },
            if_version: None,
            override_given: queued.override_text.is_some(),
            authority,
        };
        loop {
            match decide(state, &context, command) {
                Ok(decision) => return Ok(Ok(decision)),
                Err(Halt::Refused(refusal)) => return Ok(Err(*refusal)),
                Err(Halt::Missing(wants)) => {
                    self.tx.load(state, self.asker(queued), &wants).await?;
                    if asks {
                        entry::load_rights(
                            self.tx,
                            self.property.id,
                            self.desk.holder,
                            state,
                            &wants,
                        )
                        .await?;
                    }
                }
            }
        }
    }

    /// Another desk changed the reservation, and this one had not seen it; a phone that was put right overtakes no
    /// cancellation, and none overtakes it. What happened to a guest is a
    /// fact and is taken all the same; so is what a centre answered that was restored from a copy since.
    async fn overtaken(
        &self,
        queued: &Queued,
        command: &Command,
        decision: &Decision,
    ) -> Result<Option<Refusal>, CentralError> {
        if is_fact(command) || is_sure(queued) {
            return Ok(None);
        }
        let changed = decision.events.iter().filter_map(|event| {
            let is_details = matches!(event, Event::DetailsSet(_));
            Some((event.stays_changed()?.reservation, is_details))
        });
        for of in changed {
            let (property, letters) = (self.property.id, self.desk.letters.as_str());
            let by = self
                .tx
                .changed_by_others(property, of, queued.seen, letters)
                .await?;
            if let Some(now) = by {
                let seen = i64::try_from(queued.seen).unwrap_or(i64::MAX);
                return Ok(Some(Refusal::Stale { seen, now }));
            }
        }
        Ok(None)
    }

    /// Folds the events, writes what changed, and appends the entry to the feed.
    async fn write(
        &mut self,
        queued: &Queued,
        command: &Command,
        mut state: State,
        decision: &Decision,
    ) -> Result<(Fed, BTreeSet<Night>), CentralError> {
        let (tx, property) = (self.tx, self.property.id);
        let asker = self.asker(queued);
        let changes = entry::folded(tx, &mut state, asker, decision, queued.instant).await?;
        if changes.catalogue {
            self.property.catalogue =
                catalogue(self.property.catalogue.clone(), queued, &decision.events);
        }
        tx.write(property, &changes, &state).await?;
        let number = self.property.feed_head + 1;
        let fed = self.fed(number, queued, command, decision)?;
        tx.add_entries(property, std::slice::from_ref(&fed)).await?;
        let noted = changes.noted(number, self.desk.letters.as_str());
        if !noted.is_empty() {
            tx.note_changes(property, &noted).await?;
        }
        for noted in &noted {
            let found = state.loaded_reservation(noted.reservation);
            let guest = found.and_then(|found| found.details.guest);
            self.described.extend(guest.map(|guest| guest.0));
        }
        let before = decision.events.iter().filter_map(|event| match event {
            Event::DetailsSet(set) => set.before.guest.map(|guest| guest.0),
            _ => None,
        });
        self.described.extend(before);
        if let Outcome::Undone {
            command: undone, ..
        } = &decision.outcome
        {
            tx.note_undone(property, *undone, number).await?;
        }
        self.desk.counters = highest(self.desk.counters, state.counters());
        self.property.feed_head = number;
        Ok((fed, changes.nights()))
    }

    fn fed(
        &self,
        number: u64,
        queued: &Queued,
        command: &Command,
        decision: &Decision,
    ) -> Result<Fed, CentralError> {
        Ok(Fed {
            number,
            id: queued.id,
            desk: self.desk.letters.clone(),
            actor: queued.actor.clone(),
            at: queued.instant,
            business_date: queued.business_date,
            request: queued.request,
            kind: queued.kind.clone(),
            payload: serde_json::to_value(command).map_err(entry::unwritten)?,
            outcome: decision.outcome.clone(),
            reason: queued.reason,
            override_text: queued.override_text,
            events: entry::fed_events(decision)?,
        })
    }

    /// Stores the answer for good, with a row of the trail over all the bytes.
    pub(super) async fn keep_answer(
        &mut self,
        queued: &Queued,
        sealed: &Sealed,
        answer: &Answer,
        entry: Option<&Fed>,
    ) -> Result<(), CentralError> {
        let number = entry.map(|entry| entry.number);
        let row = QueuedRow {
            holder: self.desk.holder,
            seq: queued.seq,
            id: queued.id,
            hash: sealed.hash(),
            sealed: Some(sealed.as_str().to_owned()),
            answer: answer.clone(),
            number,
            stored_at: self.now,
        };
        self.tx.add_queued(self.property.id, &[row]).await?;
        let mut covers = Covered::default();
        covers.queued(Some(sealed.as_str()), answer)?;
        if let Some(entry) = entry {
            covers.entry(entry)?;
        }
        let act = AuditRow {
            at: self.now,
            desk: self.desk.letters.as_str(),
            actor: queued.actor.as_str(),
            what: queued.kind.as_str(),
            accepted: matches!(answer, Answer::Applied { .. } | Answer::Kept { .. }),
            number,
            place: Some((self.desk.holder, queued.seq)),
            detail: None,
        };
        self.tx.audit(&mut self.property, &act, covers).await
    }
}
