//! A desk's file in memory: what it shows, its share, and its queue in final bytes.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use keyrack_inventory::corrected::Rows;
use keyrack_inventory::decide::reservations_of;
use keyrack_inventory::share::{Holder, Right};
use keyrack_inventory::state::PastCommand;
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Decision, Event, Instant, Outcome, Refusal,
    ReservationId, TextId,
};
use keyrack_sync::Queue;
use keyrack_wire::{
    Answer, Answered, Cursor, Granted, Hash, Label, List, Notice, Parked, Queued, RightUse, Sealed,
    Slot, Standing, Trail,
};
use uuid::Uuid;

use crate::Mistake;
use crate::tables::{Asker, Place, Tables};

/// How a place of the queue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowState {
    Waiting,
    Parked { told: bool },
    Applied,
    Kept,
    Refused,
}

/// A place of the queue.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) sealed: Sealed,
    pub(crate) queued: Arc<Queued>,
    pub(crate) hash: Hash,
    pub(crate) state: RowState,
    /// Whether the feed has brought it back.
    pub(crate) in_base: bool,
    /// Why only its number, hash and rights go up, where they do.
    pub(crate) parked: Option<Label>,
    /// What the centre answered last.
    pub(crate) answer: Option<Answer>,
    /// Whether it has ever left the file.
    pub(crate) sent: bool,
}

impl Row {
    /// How it goes up where it is parked: without its bytes, with the rights that it moved.
    pub(crate) fn place(&self) -> Option<Parked> {
        Some(Parked {
            seq: self.queued.seq,
            id: self.queued.id,
            hash: self.hash,
            parked: self.parked.clone()?,
            rights: self.queued.rights.clone(),
            epoch: self.queued.again.map(|again| again.epoch),
        })
    }
}

/// A place of the queue: the epoch, and the number in it.
pub(crate) type Spot = (u32, u64);

/// All that is gone when an older copy takes its place.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) holder: Holder,
    pub(crate) letters: String,
    pub(crate) is_frozen: bool,
    pub(crate) cursor: Cursor,
    pub(crate) acked_seq: u64,
    pub(crate) last_seq: u64,
    pub(crate) last_hash: Hash,
    /// Whether the next page has to put rows right.
    pub(crate) dirty: bool,
    /// What the commands came to that were laid over the base before, by their ids.
    pub(crate) laid: BTreeMap<CommandId, Vec<Event>>,
    /// The last number that another copy of the file may have given.
    pub(crate) numbers_after: u64,
    pub(crate) rights: BTreeMap<Place, Right>,
    pub(crate) queue: BTreeMap<Spot, Row>,
    /// Places whose command was queued again, and whether the centre knows them as parked.
    pub(crate) places: BTreeMap<Spot, (Parked, bool)>,
    /// While frozen: the epoch that has to be left behind.
    pub(crate) over_epoch: u32,
    /// What the feed comes to at the cursor.
    pub(crate) chain: Option<Hash>,
    /// The epoch from which on the centre has all that it answered.
    pub(crate) since_epoch: u32,
    /// How far the centre's grants had come when its own were last told; nothing until they were, in this epoch.
    pub(crate) granted: Option<Granted>,
    /// How far the centre's trail had come when it was last told.
    pub(crate) trail: Option<Trail>,
    /// A command that waits is about something that the base does not know yet.
    pub(crate) unfit: bool,
    pub(crate) base: Tables,
    pub(crate) shown: Tables,
    /// The rows of the base over which commands of this desk lie.
    pub(crate) over: Rows,
    /// The events of what was given here.
    pub(crate) log: BTreeMap<CommandId, Vec<Event>>,
    pub(crate) past: BTreeMap<CommandId, PastCommand>,
    /// Which command undid which.
    pub(crate) undid: BTreeMap<CommandId, CommandId>,
    pub(crate) conflicts: u64,
    /// Rows that were put right.
    pub(crate) corrections: u64,
    /// How often something was committed to it.
    pub(crate) commits: u64,
    /// With a mistake planted: what is given back once the centre has answered.
    pub(crate) returning: BTreeMap<u64, Vec<(Place, u32)>>,
    pub(crate) mistake: Option<Mistake>,
}

/// What a person asks for.
pub(crate) struct Asked {
    pub(crate) id: CommandId,
    pub(crate) command: Command,
    pub(crate) is_override: bool,
    /// Whether what it would take of the share is given back with it, where it is asked.
    pub(crate) gives_back: bool,
    pub(crate) at: Instant,
}

/// What came of it.
pub(crate) struct Told {
    pub(crate) result: Result<Outcome, Refusal>,
    /// It counts here at once.
    pub(crate) is_settled: bool,
    /// Rooms out of the share that are promised by it.
    pub(crate) promised: Vec<(Place, u32)>,
    /// The share covers all that it takes.
    pub(crate) is_backed: bool,
    /// Its number in the queue, where it is in it.
    pub(crate) seq: Option<u64>,
}

impl File {
    pub(crate) fn new(
        holder: Holder,
        letters: &str,
        cursor: Cursor,
        mistake: Option<Mistake>,
    ) -> Self {
        Self {
            holder,
            letters: letters.to_owned(),
            is_frozen: false,
            cursor,
            acked_seq: 0,
            last_seq: 0,
            last_hash: Hash::NONE,
            dirty: false,
            laid: BTreeMap::new(),
            numbers_after: 0,
            rights: BTreeMap::new(),
            queue: BTreeMap::new(),
            places: BTreeMap::new(),
            over_epoch: 0,
            chain: None,
            since_epoch: holder.epoch,
            granted: None,
            trail: None,
            unfit: false,
            base: Tables::default(),
            shown: Tables::default(),
            over: Rows::default(),
            log: BTreeMap::new(),
            past: BTreeMap::new(),
            undid: BTreeMap::new(),
            conflicts: 0,
            corrections: 0,
            commits: 0,
            returning: BTreeMap::new(),
            mistake,
        }
    }

    fn asker<'a>(&'a self, now: Instant) -> Asker<'a> {
        Asker {
            letters: &self.letters,
            now,
            rights: Some(&self.rights),
            past: &self.past,
        }
    }

    /// Does what a person asks for; what is due of the desk's own holds is let go before.
    pub(crate) fn give(&mut self, asked: &Asked) -> Vec<(Asked, Told)> {
        let mut done = Vec::new();
        let sweeps = matches!(asked.command, Command::SweepHolds { .. });
        if !sweeps && !self.shown.due_holds(&self.letters, asked.at).is_empty() {
            let sweep = Asked {
                id: CommandId::derived(asked.id, 1_000),
                command: Command::SweepHolds { holds: Vec::new() },
                is_override: false,
                gives_back: false,
                at: asked.at,
            };
            let told = self.perform(&sweep);
            done.push((sweep, told));
        }
        let told = self.perform(asked);
        let asked = Asked {
            command: asked.command.clone(),
            ..*asked
        };
        done.push((asked, told));
        done
    }

    fn perform(&mut self, asked: &Asked) -> Told {
        let refused = |refusal| Told {
            result: Err(refusal),
            is_settled: false,
            promised: Vec::new(),
            is_backed: true,
            seq: None,
        };
        let (decision, asking) = match self.decide(asked) {
            Ok(decided) => decided,
            Err(refusal) => return refused(refusal),
        };
        let before = self.shown.clone();
        let mut state = self.shown.slice();
        let asker = Asker {
            letters: &self.letters,
            now: asked.at,
            rights: None,
            past: &self.past,
        };
        let rows = self
            .shown
            .fold(&mut state, asker, &decision.events, asked.at);
        self.commits += 1;
        self.log.insert(asked.id, decision.events.clone());
        self.remember(asked, &decision);
        let result = Ok(decision.outcome.clone());
        if decision.events.is_empty() && !asking {
            return Told {
                result,
                is_settled: true,
                promised: Vec::new(),
                is_backed: true,
                seq: None,
            };
        }
        self.over.merge(&rows);
        self.over.merge(&Rows::set_by(&asked.command));
        let (used, promised, is_backed) = match asking && asked.gives_back {
            true => (self.give_back(&before, asked), Vec::new(), true),
            false => self.use_rights(&before, &rows),
        };
        if self.mistake == Some(Mistake::CancelMintsRight) && asked.command.kind() == "cancel" {
            self.mint(&before, &rows);
        }
        self.enqueue(asked, &decision, asking, used);
        self.park_if_hanging(asked.id);
        Told {
            result,
            is_settled: !asking,
            promised,
            is_backed,
            seq: Some(self.last_seq),
        }
    }

    /// Whether another copy of the file may have given the next number, or let go what is held here.
    fn is_in_doubt(&self) -> bool {
        let has_heard = self.granted.is_some() || self.since_epoch == self.holder.epoch;
        self.is_frozen || !has_heard
    }

    /// Within the share at once, beyond it by asking: as a desk that has a centre does.
    fn decide(&self, asked: &Asked) -> Result<(Decision, bool), Refusal> {
        let nothing = || Decision {
            events: Vec::new(),
            outcome: Outcome::Asked,
        };
        if asked.command.is_the_centres() {
            return Ok((nothing(), true));
        }
        let by = |authority| {
            let context = Context {
                command_id: asked.id,
                now: asked.at,
                if_version: None,
                override_given: asked.is_override,
                authority,
            };
            let mut state = self.shown.slice();
            state.put_counters(self.shown.counters.after(self.numbers_after));
            if self.is_in_doubt() {
                // Another copy of this desk may have given the next number.
                state.put_desk(&Queued::unsettled_letters(&self.letters));
            }
            let asker = self.asker(asked.at);
            self.shown
                .decide(&mut state, asker, &context, &asked.command)
        };
        match by(Authority::Share) {
            Err(refusal @ Refusal::NoAvailability { .. }) => match &asked.command {
                Command::Reserve(reserve) if reserve.walk_in => Err(refusal),
                Command::Reserve(reserve) if reserve.hold.is_none() => {
                    Ok((by(Authority::Beyond)?, true))
                }
                _ => Ok((nothing(), true)),
            },
            Ok(_) if self.is_in_doubt() && asked.command.kind() == "convert_hold" => {
                Ok((nothing(), true))
            }
            Ok(decision) if self.picks_up(&decision) => Ok((nothing(), true)),
            Ok(decision) if self.is_asked_about(&decision) => Ok((nothing(), true)),
            other => Ok((other?, false)),
        }
    }

    /// Whether the decision takes a room of a group, which is the centre's to give.
    fn picks_up(&self, decision: &Decision) -> bool {
        let catalogue = self.shown.catalogue.as_ref();
        let today = catalogue.map(|known| known.property.business_date);
        today.is_some_and(|today| decision.picks_up(today))
    }

    /// Whether the decision may take rooms for a reservation of which something is asked.
    fn is_asked_about(&self, decision: &Decision) -> bool {
        let taking = decision.may_take_rooms_of();
        let asked = self.queue.values().filter(|row| {
            let asks = matches!(row.queued.outcome, Standing::Asking { .. });
            asks && !row.in_base && row.state != RowState::Refused
        });
        let mut about = asked.flat_map(|row| self.about(&row.queued));
        !taking.is_empty() && about.any(|id| taking.contains(&id))
    }

    fn about(&self, queued: &Queued) -> Vec<ReservationId> {
        if let Standing::Asking {
            outcome: Some(Outcome::Reservation { id, .. }),
        } = &queued.outcome
        {
            return vec![*id];
        }
        let command = queued.command().expect("what was queued is read");
        if let Command::Undo { command: Some(id) } = &command {
            let past = self
                .past
                .get(id)
                .map(|past| reservations_of(&past.events).collect());
            return past.unwrap_or_default();
        }
        let named = command.reservations().into_iter();
        let found = named.filter_map(|asked| self.shown.reservation(asked));
        found.map(|found| found.id).collect()
    }

    pub(crate) fn remember(&mut self, asked: &Asked, decision: &Decision) {
        let past = PastCommand {
            kind: asked.command.kind().to_owned(),
            accepted: true,
            undone: false,
            events: decision.events.clone(),
        };
        self.past.insert(asked.id, past);
        if let Outcome::Undone { command, .. } = &decision.outcome
            && let Some(past) = self.past.get_mut(command)
        {
            past.undone = true;
            self.undid.insert(*command, asked.id);
        }
    }

    /// Consumes the rights of what was just promised; gives their totals, the rooms promised, and
    /// whether the share covers all of them.
    fn use_rights(
        &mut self,
        before: &Tables,
        rows: &Rows,
    ) -> (Vec<RightUse>, Vec<(Place, u32)>, bool) {
        let (mut used, mut promised, mut is_backed) = (Vec::new(), Vec::new(), true);
        let catalogue = self.shown.catalogue.as_ref();
        let today = catalogue.map(|known| known.property.business_date);
        for place in &rows.cells {
            let committed =
                |tables: &Tables| tables.cells.get(place).map_or(0, |cell| cell.committed());
            let more = committed(&self.shown) - committed(before);
            let Ok(more) = u32::try_from(more) else {
                continue;
            };
            if more == 0 {
                continue;
            }
            let right = self.rights.entry(*place).or_default();
            let rooms = more.min(right.left());
            // A night that is over asks for no room (docs/DOMAIN.md, a stay's life).
            is_backed &= rooms == more || today.is_some_and(|today| place.1 < today);
            promised.push((*place, rooms));
            if rooms == 0 || self.mistake == Some(Mistake::SoldWithoutRight) {
                continue;
            }
            right.consume(rooms).expect("no more than is left");
            used.push(told(*place, *right));
        }
        (used, promised, is_backed)
    }

    /// Gives back what an asked command would take of the share; gives those rights.
    fn give_back(&mut self, before: &Tables, asked: &Asked) -> Vec<RightUse> {
        if !asked.command.may_take_rooms() {
            return Vec::new();
        }
        let context = Context {
            command_id: asked.id,
            now: asked.at,
            if_version: None,
            override_given: asked.is_override,
            authority: Authority::Promised,
        };
        let mut after = before.clone();
        let mut state = after.slice();
        let asker = self.asker(asked.at);
        let Ok(decision) = after.decide(&mut state, asker, &context, &asked.command) else {
            return Vec::new();
        };
        let rows = after.fold(&mut state, asker, &decision.events, asked.at);
        let committed =
            |tables: &Tables, place| tables.cells.get(place).map_or(0, |cell| cell.committed());
        let mut given = Vec::new();
        for place in &rows.cells {
            let more = committed(&after, place) - committed(before, place);
            let right = self.rights.entry(*place).or_default();
            let rooms = u32::try_from(more).unwrap_or(0).min(right.left());
            if rooms == 0 {
                continue;
            }
            let held = *right;
            right.give_back(rooms).expect("no more than is left");
            given.push(told(*place, *right));
            if self.mistake == Some(Mistake::GivenBackAndKept) {
                *right = held;
            }
        }
        given
    }

    fn mint(&mut self, before: &Tables, rows: &Rows) {
        for place in &rows.cells {
            let committed =
                |tables: &Tables| tables.cells.get(place).map_or(0, |cell| cell.committed());
            if let Ok(freed) = u32::try_from(committed(before) - committed(&self.shown)) {
                let right = self.rights.entry(*place).or_default();
                right.grant(freed).expect("a hotel has few rooms");
            }
        }
    }

    fn enqueue(&mut self, asked: &Asked, decision: &Decision, asking: bool, rights: Vec<RightUse>) {
        let outcome = &decision.outcome;
        let standing = match asking {
            false => Standing::Settled {
                outcome: outcome.clone(),
            },
            true => Standing::Asking {
                outcome: Some(outcome.clone()).filter(|outcome| *outcome != Outcome::Asked),
            },
        };
        let command = asked.command.as_done(outcome, &decision.events);
        let payload = serde_json::to_value(&command).expect("a command is written");
        let is_override = asked.is_override;
        self.insert(
            asked.id,
            asked.command.kind(),
            payload,
            (standing, asked.at, is_override),
            rights,
        );
    }

    /// Queues something that is no command: that rights are given back, or a command given up.
    pub(crate) fn enqueue_notice(
        &mut self,
        id: CommandId,
        now: Instant,
        notice: &Notice,
        rights: Vec<RightUse>,
    ) {
        let outcome = Outcome::Done;
        let standing = (Standing::Settled { outcome }, now, false);
        let payload = serde_json::to_value(notice).expect("a notice is written");
        self.insert(id, notice.kind(), payload, standing, rights);
        // It changes no row, and no entry of the feed will bring it back.
        if let Some(row) = self.queue.get_mut(&(self.holder.epoch, self.last_seq)) {
            row.in_base = true;
        }
        self.commits += 1;
    }

    fn insert(
        &mut self,
        id: CommandId,
        kind: &str,
        payload: serde_json::Value,
        (outcome, instant, is_override): (Standing, Instant, bool),
        rights: Vec<RightUse>,
    ) {
        let catalogue = self
            .shown
            .catalogue
            .as_ref()
            .expect("the desk follows a property");
        self.push_back(Queued {
            id,
            desk: self.holder.desk,
            epoch: self.holder.epoch,
            seq: self.last_seq + 1,
            prev_hash: self.last_hash,
            version: Queued::VERSION,
            kind: label(kind),
            payload,
            actor: label("Ana"),
            request: Uuid::nil(),
            reason: None,
            override_text: is_override.then_some(TextId(Uuid::nil())),
            seen: self.cursor.number,
            instant,
            business_date: catalogue.property.business_date,
            outcome,
            rights: List::try_from(rights).expect("a hotel of a schedule has few nights"),
            again: None,
        });
    }

    /// Puts a command at the end of the queue.
    pub(crate) fn push_back(&mut self, queued: Queued) {
        let sealed = queued.seal().expect("a command of a schedule is small");
        self.last_seq = queued.seq;
        self.last_hash = sealed.hash();
        let row = Row {
            hash: sealed.hash(),
            sealed,
            queued: Arc::new(queued),
            state: RowState::Waiting,
            in_base: false,
            parked: None,
            answer: None,
            sent: false,
        };
        self.queue.insert((self.holder.epoch, self.last_seq), row);
    }

    /// Everything up to this number is answered.
    pub(crate) fn answered_up_to(&self) -> u64 {
        let first = (self.holder.epoch, 0);
        let open = self.queue.range(first..).find(|(_, row)| {
            let gone = row.state == RowState::Refused && row.answer.is_none();
            gone || matches!(
                row.state,
                RowState::Waiting | RowState::Parked { told: false }
            )
        });
        let left = self.places.range(first..).find(|(_, (_, told))| !told);
        let spots = [open.map(|(at, _)| at.1), left.map(|(at, _)| at.1)];
        let first = spots.into_iter().flatten().min();
        first.map_or(self.last_seq, |seq| seq - 1)
    }

    /// Stores the centre's answers.
    pub(crate) fn answered(&mut self, answers: &[Answered], trail: Trail) {
        self.trail = Some(trail);
        for answered in answers {
            let spot = (self.holder.epoch, answered.seq);
            if let Some((_, told)) = self.places.get_mut(&spot) {
                *told = true;
            }
            let Some(row) = self.queue.get_mut(&spot) else {
                continue;
            };
            if row.hash == answered.hash && row.state == RowState::Refused {
                row.answer.get_or_insert_with(|| answered.result.clone());
            }
            let is_open = matches!(row.state, RowState::Waiting | RowState::Parked { .. });
            if row.hash != answered.hash || !is_open {
                continue;
            }
            row.state = match &answered.result {
                Answer::Applied { .. } => RowState::Applied,
                Answer::Kept { .. } => RowState::Kept,
                Answer::Refused { .. } => RowState::Refused,
                Answer::Parked { .. } => RowState::Parked { told: true },
            };
            if let Answer::Parked { reason } = &answered.result {
                row.parked = Some(reason.clone());
            }
            row.answer = Some(answered.result.clone());
            self.dirty |= row.state == RowState::Refused;
            for (place, rooms) in self.returning.remove(&answered.seq).unwrap_or_default() {
                let right = self.rights.entry(place).or_default();
                let rooms = rooms.min(right.left());
                right.give_back(rooms).expect("no more than is left");
            }
        }
        self.commits += 1;
    }

    /// Nothing is sold out of the share any more.
    pub(crate) fn freeze(&mut self, over: u32) {
        self.is_frozen = true;
        self.over_epoch = self.over_epoch.max(over);
        self.give_up();
        self.commits += 1;
    }

    pub(crate) fn give_up(&mut self) {
        for right in self.rights.values_mut() {
            let left = right.left();
            right
                .give_back(left)
                .expect("what is left can be given back");
        }
    }

    /// Learns what the centre granted, and gives up what is unused beyond what it should keep.
    pub(crate) fn learn(&mut self, grants: &[keyrack_wire::Grant]) -> Vec<RightUse> {
        let mut returned = Vec::new();
        let mut later = Vec::new();
        for grant in grants {
            let place = (grant.room_type, grant.night);
            let right = self.rights.entry(place).or_default();
            match self.mistake {
                Some(Mistake::GrantAsDifference) => {
                    right.grant(grant.granted).expect("a hotel has few rooms");
                }
                _ => right.learn(grant.granted),
            }
            let beyond = right.left().saturating_sub(grant.keep);
            if beyond == 0 {
                continue;
            }
            let mut after = *right;
            after.give_back(beyond).expect("no more than is left");
            returned.push(told(place, after));
            match self.mistake {
                Some(Mistake::ReturnDebitedWhenAnswered) => later.push((place, beyond)),
                _ => *right = after,
            }
        }
        if !later.is_empty() {
            self.returning.insert(self.last_seq + 1, later);
        }
        returned
    }
}

fn told((code, night): Place, right: Right) -> RightUse {
    RightUse::new(code, night, right.totals()).expect("a right is a right")
}

pub(crate) fn label(text: &str) -> Label {
    Label::try_from(text.to_owned()).expect("labels of a schedule are short")
}

pub(crate) fn payload(event: &Event) -> String {
    serde_json::to_string(event).expect("an event is written")
}

impl Queue for File {
    type Error = Infallible;

    fn slot(&self, seq: u64) -> Result<Option<Slot>, Infallible> {
        let spot = (self.holder.epoch, seq);
        let Some(row) = self.queue.get(&spot) else {
            let place = self.places.get(&spot);
            return Ok(place.map(|(place, _)| Slot::Parked(place.clone())));
        };
        Ok(Some(match row.place() {
            Some(place) => Slot::Parked(place),
            None => Slot::Command(row.sealed.clone()),
        }))
    }

    fn beside(&self, _: u64) -> Result<usize, Infallible> {
        Ok(0)
    }
}
