//! A desk as the centre sees one: it decides with the domain, queues, pushes and pulls.

use std::collections::BTreeMap;

use keyrack_inventory::command::NewStay;
use keyrack_inventory::command::Reserve;
use keyrack_inventory::model::{BookingDetails, Property, RoomType, RoomTypeStatus, StayRequest};
use keyrack_inventory::share::{Holder, Right};
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Decision, Halt, Instant, Night, Refusal, RoomTypeCode,
    State, decide, evolve,
};
use keyrack_wire::{
    Again, Answer, Cursor, Enrol, Enrolled, Fault, Fed, FedEvent, Genesis, Granted, Hash, Label,
    List, Notice, Page, Protocol, Pull, Push, Pushed, Queued, RightUse, Sealed, Secret, Slot,
    Standing, Taken, Trail,
};
use uuid::Uuid;

use crate::server::Server;

pub fn day(number: i32) -> Night {
    "2026-06-01".parse::<Night>().unwrap().plus(number - 1)
}

pub fn code(text: &str) -> RoomTypeCode {
    text.parse().unwrap()
}

pub fn label(text: &str) -> Label {
    Label::try_from(text.to_owned()).unwrap()
}

/// An instant of the tests' own clock.
pub fn at(minutes: u32) -> Instant {
    Instant::from_millis(1_780_300_000_000).plus_minutes(minutes)
}

fn room_type(text: &str, rank: u32, rooms: i32) -> RoomType {
    RoomType {
        code: code(text),
        name: text.parse().unwrap(),
        rank,
        rooms,
        overbooking: 0,
        life: RoomTypeStatus::OnSale,
    }
}

/// A hotel with `rooms` rooms of the type A and 4 of the type B, open for `nights` nights.
pub fn opening(rooms: i32, nights: i32) -> Vec<Command> {
    let property = Property {
        code: "H1".parse().unwrap(),
        name: "Hotel".parse().unwrap(),
        time_zone: "Europe/Lisbon".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        business_date: day(1),
        tentative_takes_none: false,
    };
    let room_types = vec![room_type("A", 1, rooms), room_type("B", 2, 4)];
    let open = Command::OpenProperty {
        property,
        room_types,
    };
    let (from, to) = (day(1), day(1).plus(nights));
    vec![open, Command::OpenNights { from, to }]
}

pub fn reserve(room: &str, arrival: i32, nights: i32, rooms: u32) -> Command {
    let request = StayRequest {
        room_type: code(room),
        arrival: day(arrival),
        departure: day(arrival + nights),
        rooms,
    };
    let stay = NewStay {
        request,
        price: Some(9_000),
        cost: None,
        assigned: None,
    };
    let details = BookingDetails {
        adults: 2,
        ..BookingDetails::default()
    };
    Command::Reserve(Reserve {
        stays: vec![stay],
        details,
        ..Reserve::default()
    })
}

/// Decides as a desk does that takes its own word for it.
pub fn decided(
    state: &State,
    id: CommandId,
    now: Instant,
    command: &Command,
) -> Result<Decision, Refusal> {
    let context = Context {
        command_id: id,
        now,
        if_version: None,
        override_given: false,
        authority: Authority::Promised,
    };
    match decide(state, &context, command) {
        Ok(decision) => Ok(decision),
        Err(Halt::Refused(refusal)) => Err(*refusal),
        Err(Halt::Missing(wants)) => panic!("a whole state lacks {wants:?}"),
    }
}

/// The feed's entry that a decision makes.
pub fn entry(
    number: u64,
    id: CommandId,
    now: Instant,
    command: &Command,
    decision: &Decision,
) -> Fed {
    let event = |event: &keyrack_inventory::Event| FedEvent {
        name: label(event.event_type()),
        version: event.schema_version(),
        payload: serde_json::to_string(event).unwrap(),
    };
    Fed {
        number,
        id,
        desk: label("A"),
        actor: label("Ana"),
        at: now,
        business_date: day(1),
        request: Uuid::now_v7(),
        kind: label(command.kind()),
        payload: serde_json::to_value(command).unwrap(),
        outcome: decision.outcome.clone(),
        reason: None,
        override_text: None,
        events: decision.events.iter().map(event).collect(),
    }
}

/// The history of a hotel that had no centre.
pub fn history(commands: &[Command]) -> (State, Vec<Fed>) {
    let mut state = State::whole();
    let mut entries = Vec::new();
    for (command, number) in commands.iter().zip(1..) {
        let (id, now) = (
            CommandId(Uuid::now_v7()),
            at(u32::try_from(number).unwrap()),
        );
        let decision = decided(&state, id, now, command).unwrap();
        for event in &decision.events {
            evolve(&mut state, event, now);
        }
        entries.push(entry(number, id, now, command, &decision));
    }
    (state, entries)
}

/// A desk.
pub struct Desk<'a> {
    pub server: &'a Server,
    pub token: String,
    pub holder: Holder,
    pub letters: String,
    pub cursor: Cursor,
    pub last_seq: u64,
    pub last_hash: Hash,
    /// What the feed came to.
    pub state: State,
    pub rights: BTreeMap<(RoomTypeCode, Night), Right>,
    pub acked_seq: u64,
    pub clock: u32,
    /// The id of what is queued next, where it is not to be a new one.
    pub next_id: Option<CommandId>,
    /// Where what is queued next was queued in an earlier epoch before.
    pub again: Option<Again>,
    /// What the feed comes to at its cursor.
    pub chain: Option<Hash>,
    /// How far it says that the trail had come with its last answers.
    pub trail: Option<Trail>,
    /// How far it says that the grants had come when it was last told of its own.
    pub granted: Option<Granted>,
    /// What it says of its queue.
    pub waiting: u64,
}

impl<'a> Desk<'a> {
    pub fn enrol(server: &'a Server, property: &str, name: &str) -> Self {
        let given = server.said(&["desk", "code", property]);
        let enrolled: Enrolled = server
            .exchange("/v1/sync/enrol", None, &asking(&given, name))
            .unwrap();
        Self {
            server,
            token: enrolled.token.reveal().to_owned(),
            holder: enrolled.holder,
            letters: enrolled.letters.as_str().to_owned(),
            cursor: Cursor {
                number: 0,
                ..enrolled.cursor
            },
            last_seq: 0,
            last_hash: Hash::NONE,
            state: State::whole(),
            rights: BTreeMap::new(),
            acked_seq: 0,
            clock: 1_000,
            next_id: None,
            again: None,
            chain: None,
            trail: None,
            granted: None,
            waiting: 0,
        }
    }

    pub fn exchange<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        message: &impl serde::Serialize,
    ) -> Result<T, Fault> {
        self.server.exchange(path, Some(&self.token), message)
    }

    pub fn genesis(&self, entries: &[Fed], last: bool) -> Result<Taken, Fault> {
        let part = Genesis {
            protocol: Protocol,
            entries: List::try_from(entries.to_vec()).unwrap(),
            guests: List::default(),
            texts: List::default(),
            last,
        };
        self.exchange("/v1/sync/genesis", &part)
    }

    /// A command in its final bytes, the next of the queue. The desk answers its caller by its own
    /// state: as done, or as asked.
    pub fn queue(&mut self, command: &Command, asks: bool) -> Sealed {
        self.queue_with(command, asks, Vec::new())
    }

    pub fn queue_with(&mut self, command: &Command, asks: bool, rights: Vec<RightUse>) -> Sealed {
        self.clock += 1;
        let id = self.next_id.take();
        let (id, now) = (
            id.unwrap_or_else(|| CommandId(Uuid::now_v7())),
            at(self.clock),
        );
        self.state.put_desk(&self.letters);
        let outcome = decided(&self.state, id, now, command).map(|decision| decision.outcome);
        if let Ok(keyrack_inventory::Outcome::Reservation { number, .. }) = &outcome {
            let mut counters = self.state.counters();
            counters.reservation = counters.reservation.max(number.count());
            self.state.put_counters(counters);
        }
        let outcome = match (asks, outcome) {
            (true, outcome) => Standing::Asking {
                outcome: outcome.ok(),
            },
            (false, outcome) => Standing::Settled {
                outcome: outcome.unwrap_or(keyrack_inventory::Outcome::Done),
            },
        };
        let payload = serde_json::to_value(command).unwrap();
        self.seal(id, (label(command.kind()), payload), outcome, rights)
    }

    /// Something that is no command, the next of the queue.
    pub fn tell(&mut self, notice: &Notice) -> Sealed {
        self.tell_with(notice, Vec::new())
    }

    pub fn tell_with(&mut self, notice: &Notice, rights: Vec<RightUse>) -> Sealed {
        self.clock += 1;
        let (id, payload) = (
            CommandId(Uuid::now_v7()),
            serde_json::to_value(notice).unwrap(),
        );
        let outcome = keyrack_inventory::Outcome::Done;
        let outcome = Standing::Settled { outcome };
        self.seal(id, (label(notice.kind()), payload), outcome, rights)
    }

    fn seal(
        &mut self,
        id: CommandId,
        (kind, payload): (Label, serde_json::Value),
        outcome: Standing,
        rights: Vec<RightUse>,
    ) -> Sealed {
        let queued = Queued {
            id,
            desk: self.holder.desk,
            epoch: self.holder.epoch,
            seq: self.last_seq + 1,
            prev_hash: self.last_hash,
            version: Queued::VERSION,
            kind,
            payload,
            actor: label("Ana"),
            request: Uuid::now_v7(),
            reason: None,
            override_text: None,
            seen: self.cursor.number,
            instant: at(self.clock),
            business_date: day(1),
            outcome,
            rights: List::try_from(rights).unwrap(),
            again: self.again.take(),
        };
        let sealed = queued.seal().unwrap();
        self.last_seq += 1;
        self.last_hash = sealed.hash();
        sealed
    }

    /// Goes on in the epoch after one, without a share.
    pub fn rejoin(&mut self, over: u32) {
        self.holder.epoch = over + 1;
        self.granted = None;
        (self.last_seq, self.last_hash) = (0, Hash::NONE);
        self.rights.clear();
    }

    /// A command of an earlier epoch once more, in this one.
    pub fn queue_again(&mut self, first: &Sealed, sure: bool) -> Sealed {
        let first = first.open().unwrap();
        self.again = Some(Again {
            epoch: first.rights_epoch(),
            sure,
        });
        let rights = first.rights.into_vec();
        self.seal(first.id, (first.kind, first.payload), first.outcome, rights)
    }

    /// A sale out of the share: every night's right is consumed.
    pub fn sell(&mut self, room: &str, arrival: i32, nights: i32) -> Sealed {
        let used = self.consume(room, arrival, nights);
        self.queue_with(&reserve(room, arrival, nights, 1), false, used)
    }

    /// A hold out of the share.
    pub fn hold(&mut self, room: &str, arrival: i32, nights: i32) -> Sealed {
        let used = self.consume(room, arrival, nights);
        let stay = StayRequest {
            room_type: code(room),
            arrival: day(arrival),
            departure: day(arrival + nights),
            rooms: 1,
        };
        let command = Command::PlaceHold {
            stays: vec![stay],
            minutes: 60,
            reference: None,
        };
        self.queue_with(&command, false, used)
    }

    /// Gives back all that is left of the share of a night.
    pub fn give_back(&mut self, room: &str, night: i32) -> Vec<RightUse> {
        let key = (code(room), day(night));
        let right = self.rights.get_mut(&key).expect("a right of every night");
        right.give_back(right.left()).unwrap();
        vec![RightUse::new(key.0, key.1, right.totals()).unwrap()]
    }

    pub fn consume(&mut self, room: &str, arrival: i32, nights: i32) -> Vec<RightUse> {
        let mut used = Vec::new();
        for night in arrival..arrival + nights {
            let key = (code(room), day(night));
            let right = self.rights.get_mut(&key).expect("a right of every night");
            right.consume(1).unwrap();
            used.push(RightUse::new(key.0, key.1, right.totals()).unwrap());
        }
        used
    }

    pub fn push_message(&self, slots: Vec<Slot>) -> Push {
        Push {
            protocol: Protocol,
            holder: self.holder,
            trail: self.trail,
            commands: List::try_from(slots).unwrap(),
            guests: List::default(),
            texts: List::default(),
        }
    }

    pub fn push(&self, commands: &[&Sealed]) -> Result<Pushed, Fault> {
        let slots = commands
            .iter()
            .map(|sealed| Slot::Command((*sealed).clone()))
            .collect();
        self.exchange("/v1/sync/push", &self.push_message(slots))
    }

    /// The answer to the only command of a push.
    pub fn answer(&self, command: &Sealed) -> Answer {
        let pushed = self.push(&[command]).unwrap();
        let answers = pushed.answers.into_vec();
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].hash, command.hash());
        answers[0].result.clone()
    }

    /// What it asks of the feed.
    pub fn pulling(&self) -> Pull {
        Pull {
            protocol: Protocol,
            holder: self.holder,
            after: self.cursor,
            chain: self.chain,
            trail: self.trail,
            granted: self.granted,
            waiting: self.waiting,
        }
    }

    pub fn page(&self) -> Result<Page, Fault> {
        self.exchange("/v1/sync/pull", &self.pulling())
    }

    /// Follows the feed to its end.
    pub fn pull(&mut self) -> Vec<Fed> {
        let mut followed = Vec::new();
        loop {
            let page = self.page().unwrap();
            for fed in page.entries.into_vec() {
                assert_eq!(fed.number, self.cursor.number + 1, "the feed has no gaps");
                for event in &fed.events {
                    evolve(&mut self.state, &event.event().unwrap(), fed.at);
                }
                self.cursor.number = fed.number;
                followed.push(fed);
            }
            assert_eq!(page.cursor, self.cursor);
            self.chain = page.chain;
            if let Some(rest) = page.rest {
                for grant in rest.grants.into_vec() {
                    let right = self
                        .rights
                        .entry((grant.room_type, grant.night))
                        .or_default();
                    right.learn(grant.granted);
                }
                self.granted = Some(rest.granted);
                self.acked_seq = rest.acked_seq;
                return followed;
            }
        }
    }

    pub fn sold(&self, room: &str, night: i32) -> i32 {
        self.state.loaded_cell(code(room), day(night)).unwrap().sold
    }

    pub fn left(&self, room: &str, night: i32) -> u32 {
        self.rights
            .get(&(code(room), day(night)))
            .map_or(0, |right| right.left())
    }
}

pub fn asking(given: &str, name: &str) -> Enrol {
    Enrol {
        protocol: Protocol,
        code: Secret::try_from(given.to_owned()).unwrap(),
        name: label(name),
        fingerprint: Secret::try_from(format!("fingerprint-of-{}", name.replace(' ', "-")))
            .unwrap(),
        has_history: false,
        desk: None,
    }
}
