//! One step of a schedule: somebody does something, or something happens to a message, a desk or time.

use keyrack_sync::{Heard, Outbox, Step, wait_ms};
use keyrack_wire::{Fault, List, Page, Protocol, Pull, Push, Pushed};
use serde_json::{from_slice, to_vec};

use crate::Mistake;
use crate::acts;
use crate::file::{Asked, Row, RowState, Told};
use crate::watch::{Deed, Happened};
use crate::world::{Given, Kind, Message, World};

#[derive(Clone, Copy)]
enum Action {
    Give,
    Push,
    Pull,
    Arrive,
    GiveUp,
    Clock,
    Cable,
    Crash,
    Copy,
    Restore,
    Lost,
    Anew,
    Discard,
    Retry,
    TakeBack,
    CopyCentre,
    RestoreCentre,
    Accept,
    Stale,
    Twin,
}

const ACTIONS: [(usize, Action); 20] = [
    (44, Action::Give),
    (16, Action::Push),
    (12, Action::Pull),
    (44, Action::Arrive),
    (3, Action::GiveUp),
    (6, Action::Clock),
    (3, Action::Cable),
    (2, Action::Crash),
    (3, Action::Copy),
    (2, Action::Restore),
    (1, Action::Lost),
    (2, Action::Anew),
    (1, Action::Discard),
    (2, Action::TakeBack),
    (6, Action::Retry),
    (3, Action::CopyCentre),
    (2, Action::RestoreCentre),
    (1, Action::Accept),
    (1, Action::Stale),
    (1, Action::Twin),
];

impl World<'_> {
    pub(crate) fn step(&mut self) {
        self.trace.facts.steps += 1;
        let Some(action) = self.dice.weighed(&ACTIONS) else {
            return;
        };
        let desk = self.dice.below(self.desks.len());
        match action {
            Action::Give => self.give(desk),
            Action::Push => self.send_push(desk),
            Action::Pull => self.send_pull(desk),
            Action::Arrive => self.something_arrives(),
            Action::GiveUp => self.give_up(desk),
            Action::Clock => {
                let minutes = match self.dice.below(4) {
                    0 => 45,
                    1 => 5,
                    _ => 0,
                };
                self.now += minutes * 60_000 + i64::from(self.dice.between(1, 12_000));
            }
            Action::Cable => {
                let online = !self.desks[desk].is_online;
                self.desks[desk].is_online = online;
                self.say(desk, if online { "is online" } else { "is cut off" });
            }
            Action::Crash => self.crash(desk),
            Action::Copy => {
                self.desks[desk].copy = Some(self.desks[desk].file.clone());
                self.tell(desk, Happened::Copied);
                self.say(desk, "has its file copied");
            }
            Action::Restore => self.restore(desk),
            Action::Lost => {
                if self.dice.once_in(6) && !self.desks[desk].is_out && self.live() > 2 {
                    self.say(desk, "is declared lost");
                    self.declare_lost(desk);
                }
            }
            Action::Anew => {
                if self.dice.once_in(6) {
                    self.set_up_anew(desk);
                }
            }
            Action::Discard => self.discard(desk, true),
            Action::Retry => self.retry(desk),
            Action::TakeBack => self.take_back(desk),
            Action::CopyCentre => self.copy_centre(),
            Action::RestoreCentre => self.restore_centre(),
            Action::Accept => self.accept(desk),
            Action::Stale => self.goes_stale(desk),
            Action::Twin => self.twin_speaks(desk),
        }
    }

    pub(crate) fn say(&mut self, desk: usize, what: &str) {
        let letters = &self.desks[desk].file.letters;
        let line = format!("{letters} {what}");
        self.trace.line(line);
    }

    fn live(&self) -> usize {
        let live = self
            .desks
            .iter()
            .filter(|desk| !desk.is_out && !desk.file.is_frozen);
        live.count()
    }

    /// Somebody gives a command at a desk. The desk may die before it is committed.
    fn give(&mut self, desk: usize) {
        let Some((command, is_override)) = acts::draw(&mut self.dice, &self.desks[desk].file)
        else {
            return;
        };
        let asked = Asked {
            id: self.next_id(),
            command,
            is_override,
            gives_back: self.desks[desk].is_online,
            at: self.desk_time(desk),
        };
        if self.dice.once_in(60) {
            self.say(desk, "dies before it commits");
            self.trace.facts.deaths += 1;
            self.desks[desk].dies();
            return;
        }
        self.do_give(desk, &asked);
    }

    pub(crate) fn do_give(&mut self, desk: usize, asked: &Asked) {
        let done = self.desks[desk].file.give(asked);
        self.desks[desk].committed();
        let several = done.len();
        for (at, (asked, told)) in done.into_iter().enumerate() {
            let deed = Deed {
                id: asked.id,
                command: &asked.command,
                is_override: asked.is_override,
                gives_back: asked.gives_back,
                at: asked.at,
                result: &told.result,
            };
            // What is shown is that after the last of them.
            self.tell_deed(desk, deed, at + 1 == several);
            self.note(desk, &asked, told);
        }
        self.look_at_desk(desk);
    }

    fn note(&mut self, desk: usize, asked: &Asked, told: Told) {
        let kind = asked.command.kind();
        let facts = &mut self.trace.facts;
        facts.commands += 1;
        let Some(seq) = told.seq else {
            let what = match &told.result {
                Ok(_) => "nothing to do".to_owned(),
                Err(refusal) => format!("refused: {refusal:?}"),
            };
            self.say(desk, &format!("{kind}: {what}"));
            return;
        };
        facts.promised += u64::from(told.is_settled && !told.promised.is_empty());
        facts.asked += u64::from(!told.is_settled);
        let sells = matches!(kind, "reserve" | "place_hold" | "convert_hold");
        if self.desks[desk].file.is_frozen && told.is_settled && sells {
            self.trace.violated(
                10,
                format!("{kind} {} was promised by a frozen desk", asked.id),
            );
        }
        let word = if told.is_settled { "done" } else { "asked" };
        let line = format!("{kind} {} as {seq}: {word} {:?}", asked.id, told.promised);
        self.say(desk, &line);
        self.trace.line(format!("    {:?}", asked.command));
        if !self.is_calm && self.dice.once_in(40) {
            self.poison.insert(asked.id);
            self.say(desk, &format!("{seq} is poison"));
        }
        let holder = self.desks[desk].file.holder;
        let given = Given {
            desk: holder.desk,
            epoch: holder.epoch,
            kind: kind.to_owned(),
            is_settled: told.is_settled,
            promised: told.promised,
            is_backed: told.is_backed,
            is_override: asked.is_override,
        };
        if !given.promised.is_empty() && !self.is_given_up(desk) {
            self.open.insert(asked.id);
        }
        self.given.insert(asked.id, given);
    }

    /// The desk sends what stands at the head of its queue.
    pub(crate) fn send_push(&mut self, index: usize) {
        let now = self.now;
        let desk = &mut self.desks[index];
        let may = desk.is_online && !desk.is_out && !desk.file.is_frozen && desk.snapshot.is_none();
        if !may || desk.asks() || now < desk.not_before {
            return;
        }
        let holder = desk.file.holder;
        let stored = desk.file.answered_up_to();
        let outbox = desk
            .outbox
            .get_or_insert_with(|| Outbox::new(holder, stored));
        let Ok(Some(slots)) = outbox.next(&desk.file) else {
            return;
        };
        let count = slots.len();
        let first = outbox.stored() + 1;
        self.leaves(index, first..first + count as u64);
        let is_silent = self.tells_no_trail();
        let push = Push {
            protocol: Protocol,
            holder,
            trail: self.desks[index].file.trail.filter(|_| !is_silent),
            commands: List::try_from(slots).expect("the outbox keeps its bounds"),
            guests: List::default(),
            texts: List::default(),
        };
        let request = self.next_request();
        self.desks[index].pushing = Some(request);
        self.say(index, &format!("pushes {count} as request {request}"));
        self.send(
            index,
            Kind::Push,
            request,
            to_vec(&push).expect("a push is written"),
        );
    }

    /// Places of the queue leave the file. A restored centre is told to be sure of those that left it before, and
    /// of no others.
    fn leaves(&mut self, index: usize, places: std::ops::Range<u64>) {
        let is_noted = !self.has(Mistake::SentNotNoted);
        let desk = &mut self.desks[index];
        let (epoch, doubts) = (desk.file.holder.epoch, desk.doubts);
        let is_restored = epoch > 1 && epoch == desk.file.since_epoch;
        let mut wrong = None;
        for row in places.clone().map(|seq| (epoch, seq)) {
            let Some(row) = desk.file.queue.get_mut(&row) else {
                continue;
            };
            row.sent |= is_noted;
            let (id, again) = (row.queued.id, row.queued.again);
            let first = *self.left.entry(id).or_insert(epoch);
            let must_be_asked = row.queued.kind.as_str() == "close_day";
            match again {
                Some(again) if again.sure && first == epoch && !doubts => {
                    wrong = Some(format!("{id} was never sent, and is told to be sure"));
                }
                Some(again) if !again.sure && first < epoch && is_restored && !must_be_asked => {
                    wrong = Some(format!("{id} was sent before, and is told to be unsure"));
                }
                _ => {}
            }
        }
        desk.file.commits += 1;
        self.tell(index, Happened::Sends(places.start..=places.end - 1));
        if let Some(what) = wrong {
            self.trace.violated(5, what);
        }
    }

    /// The desk asks for what comes after its cursor.
    pub(crate) fn send_pull(&mut self, index: usize) {
        let desk = &self.desks[index];
        if !desk.is_online || desk.is_out || desk.asks() {
            return;
        }
        let kind = match desk.snapshot {
            // A frozen desk asks whether the centre is there, and goes on in a new epoch first.
            Some(_) if !desk.file.is_frozen => Kind::Snapshot,
            _ => Kind::Pull,
        };
        let is_silent = self.tells_no_trail();
        let waits = |row: &&Row| row.state == RowState::Waiting;
        let pull = Pull {
            protocol: Protocol,
            holder: desk.file.holder,
            after: desk.file.cursor,
            chain: desk
                .file
                .chain
                .filter(|_| !self.has(Mistake::RestoreUnnoticed)),
            trail: desk.file.trail.filter(|_| !is_silent),
            granted: match self.mistake {
                Some(Mistake::GrantsSteppedOver) => {
                    desk.file.granted.or(Some(self.centre.property.granted))
                }
                Some(Mistake::LostGrantsUnnoticed) => None,
                _ => desk.file.granted,
            },
            waiting: desk.file.queue.values().filter(waits).count() as u64,
        };
        let request = self.next_request();
        self.desks[index].pulling = Some(request);
        self.say(
            index,
            &format!(
                "asks for a {kind:?} after {} as request {request}",
                pull.after.number
            ),
        );
        self.send(
            index,
            kind,
            request,
            to_vec(&pull).expect("a pull is written"),
        );
    }

    fn tells_no_trail(&self) -> bool {
        self.has(Mistake::RestoreUnnoticed) || self.has(Mistake::LostGrantsUnnoticed)
    }

    fn send(&mut self, desk: usize, kind: Kind, request: u64, bytes: Vec<u8>) {
        self.wire.push(Message {
            to_centre: true,
            desk,
            request,
            kind,
            is_well: true,
            bytes,
        });
    }

    /// Some message arrives, is lost, garbled, or comes a second time later.
    fn something_arrives(&mut self) {
        if self.wire.is_empty() {
            return;
        }
        let at = self.dice.below(self.wire.len());
        let fate = self.dice.below(24);
        let is_late = at > 0;
        let mut message = match fate {
            0 | 1 => self.wire[at].clone(),
            _ => self.wire.remove(at),
        };
        self.trace.facts.disturbed += u64::from(fate < 6 || is_late);
        match fate {
            2 | 3 => {
                self.trace
                    .line(format!("message {} is lost", message.request));
                return;
            }
            4 => message.bytes.truncate(message.bytes.len() / 2),
            5 => message.bytes = b"<html>502</html>".to_vec(),
            _ => {}
        }
        self.deliver(&message);
    }

    pub(crate) fn deliver(&mut self, message: &Message) {
        let way = if message.to_centre { "up" } else { "down" };
        self.trace
            .line(format!("message {} goes {way}", message.request));
        self.trace.bytes(&message.bytes);
        if message.to_centre {
            self.arrives(message);
        } else {
            self.comes_back(message);
        }
    }

    /// An answer comes back; where nothing waits for it any more, nobody hears it.
    fn comes_back(&mut self, message: &Message) {
        let desk = &mut self.desks[message.desk];
        let waits = match message.kind {
            Kind::Push => &mut desk.pushing,
            Kind::Pull | Kind::Snapshot => &mut desk.pulling,
        };
        if *waits != Some(message.request) || !desk.is_online {
            return;
        }
        *waits = None;
        match message.kind {
            Kind::Push => {
                let heard = match message.is_well {
                    true => from_slice::<Pushed>(&message.bytes).ok().map(Heard::Pushed),
                    false => from_slice(&message.bytes).ok().map(Heard::Fault),
                };
                self.hear(message.desk, heard.unwrap_or(Heard::Nothing));
            }
            // A frozen desk has heard that the centre is there, and goes on in a new epoch.
            Kind::Pull | Kind::Snapshot if desk.file.is_frozen => {
                let is_read = match message.is_well {
                    true => from_slice::<Page>(&message.bytes).is_ok(),
                    false => from_slice::<Fault>(&message.bytes).is_ok(),
                };
                if is_read && !self.is_turned_away(message) && !is_doubled(message) {
                    self.rejoin(message.desk);
                }
            }
            Kind::Snapshot => {
                if let (true, Ok(snapshot)) = (message.is_well, from_slice(&message.bytes)) {
                    self.take_snapshot(message.desk, &snapshot);
                } else {
                    let _ = self.is_turned_away(message);
                }
            }
            Kind::Pull if message.is_well => {
                if let Ok(page) = from_slice::<Page>(&message.bytes) {
                    self.follow(message.desk, &page);
                }
            }
            Kind::Pull if self.is_turned_away(message) => {}
            Kind::Pull => match from_slice(&message.bytes) {
                Ok(Fault::CursorGone { from }) => {
                    let desk = &mut self.desks[message.desk];
                    desk.snapshot = Some(from.epoch != desk.file.cursor.epoch);
                }
                Ok(Fault::EpochOver { current }) => self.freeze(message.desk, current),
                _ => {}
            },
        }
    }

    fn hear(&mut self, index: usize, heard: Heard) {
        let dice = u32::try_from(self.dice.next() >> 32).unwrap_or(0);
        let now = self.now;
        let blocks = self.has(Mistake::PoisonBlocks);
        let desk = &mut self.desks[index];
        let Some(outbox) = &mut desk.outbox else {
            return;
        };
        match outbox.hear(heard) {
            Step::Store(answers, trail) => {
                desk.file.answered(&answers, trail);
                let last = answers.last().map_or(0, |last| last.seq);
                let at = self.instant();
                self.tell(index, Happened::Answered(&answers, trail, at));
                self.say(index, &format!("has answers up to {last}"));
            }
            Step::Again => {}
            Step::Wait => {
                let wait = i64::try_from(wait_ms(dice, None)).unwrap_or(0);
                desk.not_before = now + wait;
            }
            Step::Park(_) if blocks => {}
            Step::Park(seq) => {
                desk.file.park(seq);
                self.trace.facts.parked += 1;
                self.say(index, &format!("parks {seq}"));
                self.tell(index, Happened::Parked(seq));
            }
            Step::Rejoin(over) => self.freeze(index, over),
            // With its next question the centre finds out that it was restored from a copy.
            Step::Restored => desk.outbox = None,
            Step::Stop(Fault::ExistsTwice {}) => {
                desk.outbox = None;
                self.say(index, "exists twice, and waits for a person");
            }
            Step::Stop(_) => {
                desk.is_out = true;
                self.say(index, "is let in no more");
            }
        }
        self.desks[index].committed();
        self.look_at_desk(index);
    }

    fn follow(&mut self, index: usize, page: &Page) {
        let id = self.next_id();
        let now = self.desk_time(index);
        let was_frozen = self.desks[index].file.is_frozen;
        let named = self.desks[index].file.named(page);
        let before = self.desks[index].file.corrections;
        self.desks[index].file.follow(page, now, id);
        self.desks[index].committed();
        let file = &self.desks[index].file;
        self.trace.facts.corrected += file.corrections.saturating_sub(before);
        let (cursor, froze) = (file.cursor.number, file.is_frozen && !was_frozen);
        self.say(index, &format!("follows up to {cursor}"));
        self.tell(index, Happened::Followed(page, now));
        if froze {
            self.desks[index].doubts = true;
            self.say(index, "is frozen: the centre has more of it than its file");
        }
        self.look_at_followed(index);
        let desk = &mut self.desks[index];
        if let Some(named) = named
            && desk.file.retry_what_waits(&named)
        {
            desk.committed();
            self.say(index, "sends again what waits");
            self.tell(index, Happened::WaitsAgain(&named));
        }
    }

    /// The desk waits no longer for an answer.
    pub(crate) fn give_up(&mut self, index: usize) {
        let desk = &mut self.desks[index];
        desk.pulling = None;
        if desk.pushing.take().is_some() {
            self.say(index, "waits no longer for its push");
            self.hear(index, Heard::Nothing);
        }
    }

    fn crash(&mut self, index: usize) {
        self.say(index, "dies");
        self.trace.facts.deaths += 1;
        let forgets = self.has(Mistake::QueueNotDurable);
        let desk = &mut self.desks[index];
        desk.dies();
        if forgets {
            desk.file.forget_last();
        }
    }
}

/// Whether the centre waits for a person to say which copy of the desk goes on.
fn is_doubled(message: &Message) -> bool {
    let said = from_slice::<Fault>(&message.bytes);
    !message.is_well && matches!(said, Ok(Fault::ExistsTwice {}))
}
