//! A hotel, its desks and its centre, as a schedule begins.

use keyrack_central::ledger::{DeskRow, PropertyRow};
use keyrack_central::push;
use keyrack_inventory::model::{Property, RoomType, RoomTypeStatus};
use keyrack_inventory::share::Holder;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{Command, CommandId, DeskId, Instant, Night};
use keyrack_wire::{Granted, Hash, Label, List, Protocol, Push, Queued, Slot, Standing};
use uuid::Uuid;

use crate::Mistake;
use crate::acts::AHEAD;
use crate::centre::{done, granted};
use crate::dice::Dice;
use crate::file::{File, label};
use crate::kept::{Kept, Memory};
use crate::trace::{Ended, Trace};
use crate::watch::{Happened, Watcher};
use crate::world::{BEGINS, Desk, World};

/// The first business date.
const FIRST: i32 = 20_454;
/// The desk that opens the hotel, and is heard of no more.
const OFFICE: u128 = 99;

pub(crate) fn run(
    seed: u64,
    mistake: Option<Mistake>,
    keeps: bool,
    watcher: Option<&mut dyn Watcher>,
) -> Ended {
    let mut dice = Dice::new(seed);
    let centre = opened(&mut dice);
    let mut world = World::new((dice, Trace::new(keeps)), centre, mistake, watcher);
    let desks = 2 + world.dice.below(3);
    for _ in 0..desks {
        world.join();
    }
    let steps = 30 + world.dice.below(60);
    world
        .trace
        .line(format!("seed {seed}: {desks} desks, {steps} steps"));
    // Mostly the desks have their shares before anything happens.
    if !world.dice.once_in(6) {
        world.begin();
    }
    for _ in 0..steps {
        world.step();
        if world.trace.violation.is_some() {
            return world.trace.end();
        }
    }
    world.heal();
    world.trace.end()
}

/// A centre with a hotel in it.
fn opened(dice: &mut Dice) -> Kept {
    let mut kept = Kept::empty(PropertyRow {
        id: 1,
        code: label("H1"),
        catalogue: None,
        genesis_desk: None,
        feed_epoch: 1,
        feed_head: 0,
        feed_from: 0,
        granted: Granted {
            number: 1,
            chain: Hash::NONE,
        },
        audit_head: 0,
        audit_hash: [0; 32],
    });
    let first = Night::from_day_number(FIRST).expect("a date");
    let room_types = room_types(dice);
    let mut commands = vec![
        Command::OpenProperty {
            property: property(first),
            room_types,
        },
        Command::OpenNights {
            from: first,
            to: first.plus(AHEAD + 4),
        },
    ];
    if dice.once_in(3) {
        commands.push(Command::SetLimits {
            room_type: None,
            from: first,
            to: first.plus(AHEAD),
            overbooking: Some(dice.between(-1, 1)),
            no_overbooking: false,
            physical: None,
            restrictions: keyrack_inventory::restriction::RestrictionChange::default(),
        });
    }
    let office = joined(&mut kept, OFFICE, "X");
    let mut prev_hash = Hash::NONE;
    let sealed = (1..).zip(&commands).map(|(seq, command)| {
        let queued = Queued {
            id: CommandId(Uuid::from_u128(u128::from(seq))),
            desk: office.holder.desk,
            epoch: 1,
            seq,
            prev_hash,
            version: Queued::VERSION,
            kind: label(command.kind()),
            payload: serde_json::to_value(command).expect("a command is written"),
            actor: label("Ana"),
            request: Uuid::nil(),
            reason: None,
            override_text: None,
            seen: 0,
            instant: Instant::from_millis(BEGINS),
            business_date: first,
            outcome: Standing::Asking { outcome: None },
            rights: List::default(),
            again: None,
        };
        let sealed = queued.seal().expect("a small command");
        prev_hash = sealed.hash();
        Slot::Command(sealed)
    });
    let message = Push {
        protocol: Protocol,
        holder: office.holder,
        trail: None,
        commands: List::try_from(sealed.collect::<Vec<_>>()).expect("three commands"),
        guests: List::default(),
        texts: List::default(),
    };
    let poison = std::collections::BTreeSet::new();
    let memory = Memory::begin(&kept, &poison, None);
    let now = Instant::from_millis(BEGINS);
    done(push::together(&memory, &office, &message, now)).expect("the hotel is opened");
    let mut kept = memory.end();
    // It was never granted anything that it could sell.
    kept.desks.remove(&office.holder.desk);
    kept.rights.clear();
    kept
}

fn property(business_date: Night) -> Property {
    Property {
        code: "H1".parse().expect("a code"),
        name: "Hotel".parse().expect("a name"),
        time_zone: "Europe/Lisbon".parse().expect("a zone"),
        currency: "EUR".parse().expect("a currency"),
        business_date,
        tentative_takes_none: false,
    }
}

fn room_types(dice: &mut Dice) -> Vec<RoomType> {
    let types = 1 + dice.below(3);
    let codes = ["DBL", "SGL", "STE"];
    (1_u32..)
        .zip(codes.into_iter().take(types))
        .map(|(rank, code)| RoomType {
            code: code.parse().expect("a code"),
            name: code.parse().expect("a name"),
            rank,
            rooms: dice.between(2, 9),
            overbooking: dice.between(-1, 1).min(dice.between(0, 1)),
            life: RoomTypeStatus::OnSale,
        })
        .collect()
}

fn joined(kept: &mut Kept, id: u128, letters: &str) -> DeskRow {
    let desk = DeskId(Uuid::from_u128(id));
    let row = DeskRow {
        property: 1,
        holder: Holder { desk, epoch: 1 },
        letters: label(letters),
        name: Label::try_from(format!("desk {letters}")).expect("a name"),
        last_seq: 0,
        last_hash: Hash::NONE,
        counters: Counters::default(),
        seen_at: None,
        rested_at: None,
        is_forked: false,
        is_awaited: false,
        is_reused: false,
        is_revoked: false,
        is_lost: false,
        lost_epoch: 0,
        feed_epoch: kept.property.feed_epoch,
        followed: 0,
    };
    kept.desks.insert(desk, row.clone());
    row
}

impl World<'_> {
    /// A desk is taken in, without anything in its file.
    pub(crate) fn join(&mut self) {
        let index = self.desks.len();
        let letters = char::from(b'A' + u8::try_from(index).unwrap_or(0)).to_string();
        let row = joined(&mut self.centre, index as u128 + 1, &letters);
        granted(&mut self.centre);
        // A copy of before does not know it.
        self.backup = None;
        let cursor = keyrack_wire::Cursor {
            epoch: self.centre.property.feed_epoch,
            number: 0,
        };
        let file = File::new(row.holder, &letters, cursor, self.mistake);
        let mut desk = Desk::new(file);
        if self.dice.once_in(6) {
            desk.skew = i64::from(self.dice.between(-72, 72)) * 3_600_000;
        }
        self.desks.push(desk);
        let joined = Happened::Joined(row.holder, &letters, self.centre.property.feed_epoch);
        self.tell(index, joined);
        self.trace.line(format!("{letters} joins"));
    }
}
