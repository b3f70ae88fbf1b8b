//! The protocol of shares, searched through: one type, one or two nights, two desks, every order of what
//! may happen.
//!
//! Messages are never taken out of the network, so each may come at any time, any number of times, or
//! never. The counts are the inventory's own ([`NightBook`], [`Right`]). Mistakes that such a protocol
//! invites are planted in turn, and the search has to find what each of them oversells.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::share::{Counts, Holder, NightBook, Right, Totals};
use keyrack_inventory::{Cell, DeskId, RoomTypeCode};
use stateright::{Checker, Model, Property};
use uuid::Uuid;

const DESKS: usize = 2;
const NIGHTS: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    GrantAsDifference,
    ReturnDebitedWhenAcknowledged,
    CancelMintsRight,
    ShareTakenBackByTime,
    RestoredWithoutGuard,
    CloneWithoutGuard,
    ParkedRightsDropped,
    ReleaseMintsRight,
    OldHoldConverted,
}

/// How large a search is, and what happens in it.
#[derive(Clone, Copy, Debug)]
struct Size {
    name: &'static str,
    rooms: u8,
    nights: usize,
    /// Most commands that one desk gives.
    commands: u8,
    /// Most rooms of a night that one desk is granted in an epoch.
    grants: u32,
    holds: bool,
    /// Commands that the centre cannot read.
    poison: bool,
    /// Copies of a file: put back later, or used beside it.
    copies: bool,
}

const ONE_NIGHT: Size = Size {
    name: "one night, copies",
    rooms: 2,
    nights: 1,
    commands: 3,
    grants: 2,
    holds: false,
    poison: false,
    copies: true,
};
const TWO_NIGHTS: Size = Size {
    name: "stays of two nights",
    rooms: 1,
    nights: 2,
    copies: false,
    ..ONE_NIGHT
};
const HOLDS: Size = Size {
    name: "one night, holds, parked commands and copies",
    holds: true,
    poison: true,
    ..ONE_NIGHT
};
const TWO_NIGHTS_HELD: Size = Size {
    name: "two nights, holds, parked commands and copies",
    rooms: 1,
    nights: 2,
    commands: 2,
    ..HOLDS
};
/// For the long run.
const LARGE: Size = Size {
    name: "two nights, holds, parked commands, three commands a desk",
    copies: false,
    commands: 3,
    ..TWO_NIGHTS_HELD
};

/// What is kept for a guest, by the desk that did it and a number that no copy of its file gives again.
type Kept = (usize, u8);
/// Nights, as bits.
type Nights = u8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Work {
    Sell(Kept, Nights),
    Hold(Kept, Nights),
    /// A hold becomes a booking.
    Convert(Kept),
    /// A booking or a hold is let go.
    Cancel(Kept),
    GiveBack,
    /// A sale that the centre cannot read: its number and its rights alone.
    Parked(Nights),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Message {
    /// The centre's grant: a total, or with the mistake a difference and which one it is.
    Grant {
        desk: usize,
        epoch: u32,
        night: usize,
        granted: u32,
    },
    Push {
        desk: usize,
        epoch: u32,
        seq: u8,
        work: Work,
        totals: [Totals; NIGHTS],
    },
    ReturnStored {
        desk: usize,
        epoch: u32,
        night: usize,
    },
}

/// A desk's file: all of it is lost when an older copy takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct File {
    epoch: u32,
    rights: [Right; NIGHTS],
    seq: u8,
    /// What it keeps for guests, and whether that is a hold.
    kept: BTreeMap<Kept, (Nights, bool)>,
    returning: [u32; NIGHTS],
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Desk {
    file: File,
    copy: Option<File>,
    /// A copy that is in use on another machine.
    twin: Option<File>,
    copied: bool,
    /// Commands given: the counter beside the file, and the source of numbers that never come twice.
    given: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    desks: [Desk; DESKS],
    network: BTreeSet<Message>,
    books: [NightBook; NIGHTS],
    sold: [u8; NIGHTS],
    held: [u8; NIGHTS],
    /// Rooms of commands that were never read, kept apart.
    apart: [u8; NIGHTS],
    /// Bookings and holds at the centre, and whether it is a hold.
    known: BTreeMap<Kept, (Nights, bool)>,
    gone: BTreeSet<Kept>,
    last_seq: [[u8; 3]; DESKS],
    /// What guests were told, and may rely on.
    promised: BTreeMap<Kept, Nights>,
    /// A sale within its share was refused by the centre.
    refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Sell(usize, Nights),
    SellPoison(usize, Nights),
    Hold(usize, Nights),
    Convert(usize, Kept),
    Cancel(usize, Kept),
    GiveBack(usize, usize),
    Grant(usize, usize),
    Deliver(Message),
    Copy(usize),
    Restore(usize),
    Clone(usize),
    SellAtTwin(usize, Nights),
    TakeBack(usize),
}

struct Protocol(Mistake, Size);

fn kind() -> RoomTypeCode {
    "A".parse().unwrap()
}

fn holder(desk: usize, epoch: u32) -> Holder {
    let desk = DeskId(Uuid::from_u128(desk as u128));
    Holder { desk, epoch }
}

fn each(nights: Nights) -> impl Iterator<Item = usize> {
    (0..NIGHTS).filter(move |night| nights & (1 << night) != 0)
}

impl File {
    fn covers(&self, nights: Nights) -> bool {
        each(nights).all(|night| self.rights[night].left() > 0)
    }

    fn consume(&mut self, nights: Nights) {
        each(nights).for_each(|night| self.rights[night].consume(1).unwrap());
    }

    fn totals(&self) -> [Totals; NIGHTS] {
        self.rights.map(Right::totals)
    }

    fn mint(&mut self, nights: Nights) {
        each(nights).for_each(|night| self.rights[night].grant(1).unwrap());
    }
}

impl World {
    fn counts(&self, night: usize, size: Size) -> Counts {
        let cell = Cell {
            physical: i32::from(size.rooms),
            sold: i32::from(self.sold[night]),
            held: i32::from(self.held[night]),
            blocked: i32::from(self.apart[night]),
            version: 1,
            ..Cell::default()
        };
        Counts {
            cells: [(kind(), cell)].into(),
            house: None,
        }
    }

    fn right(&self, desk: usize, night: usize) -> Right {
        let epoch = self.desks[desk].file.epoch;
        self.books[night].right(kind(), holder(desk, epoch))
    }

    /// A desk's command, committed to its file and sent.
    fn commit(&mut self, desk: usize, work: Work, totals: [Totals; NIGHTS]) {
        let file = &mut self.desks[desk].file;
        file.seq += 1;
        let (epoch, seq) = (file.epoch, file.seq);
        self.desks[desk].given += 1;
        self.network.insert(Message::Push {
            desk,
            epoch,
            seq,
            work,
            totals,
        });
    }

    /// Rooms are promised out of the share.
    fn keep(
        &mut self,
        desk: usize,
        nights: Nights,
        work: impl FnOnce(Kept) -> Work,
        is_hold: bool,
    ) {
        let kept = (desk, self.desks[desk].given);
        let file = &mut self.desks[desk].file;
        file.consume(nights);
        file.kept.insert(kept, (nights, is_hold));
        let totals = file.totals();
        self.promised.insert(kept, nights);
        self.commit(desk, work(kept), totals);
    }

    fn convert(&mut self, desk: usize, kept: Kept) {
        let file = &mut self.desks[desk].file;
        if let Some((nights, is_hold)) = file.kept.get_mut(&kept) {
            *is_hold = false;
            self.promised.insert(kept, *nights);
        }
        let totals = file.totals();
        self.commit(desk, Work::Convert(kept), totals);
    }

    fn cancel(&mut self, desk: usize, kept: Kept, mistake: Mistake) {
        let file = &mut self.desks[desk].file;
        let (nights, is_hold) = file.kept.remove(&kept).unwrap();
        let totals = file.totals();
        let mints = match is_hold {
            true => mistake == Mistake::ReleaseMintsRight,
            false => mistake == Mistake::CancelMintsRight,
        };
        if mints {
            file.mint(nights);
        }
        self.promised.remove(&kept);
        self.commit(desk, Work::Cancel(kept), totals);
    }

    fn give_back(&mut self, desk: usize, night: usize, mistake: Mistake) {
        let file = &mut self.desks[desk].file;
        let before = file.rights[night];
        file.rights[night].give_back(1).unwrap();
        let totals = file.totals();
        if mistake == Mistake::ReturnDebitedWhenAcknowledged {
            file.returning[night] += 1;
            file.rights[night] = before;
        }
        self.commit(desk, Work::GiveBack, totals);
    }

    fn grant(&mut self, desk: usize, night: usize, mistake: Mistake, size: Size) {
        let (epoch, counts) = (self.desks[desk].file.epoch, self.counts(night, size));
        let of = holder(desk, epoch);
        let rooms = self.books[night].grant(kind(), of, 1, &counts).unwrap();
        let granted = self.right(desk, night).totals().granted;
        if rooms > 0 || mistake == Mistake::GrantAsDifference {
            self.network.insert(Message::Grant {
                desk,
                epoch,
                night,
                granted,
            });
        }
    }

    fn deliver(&mut self, message: Message, mistake: Mistake) {
        match message {
            Message::Grant {
                desk,
                epoch,
                night,
                granted,
            } => {
                let file = &mut self.desks[desk].file;
                if file.epoch == epoch && mistake == Mistake::GrantAsDifference {
                    file.rights[night].grant(1).unwrap();
                } else if file.epoch == epoch {
                    file.rights[night].learn(granted);
                }
            }
            Message::ReturnStored { desk, epoch, night } => {
                let file = &mut self.desks[desk].file;
                if file.epoch == epoch && file.returning[night] > 0 {
                    // With nothing left there is nothing to debit: by then the room was sold twice.
                    file.rights[night].give_back(1).unwrap_or_default();
                    file.returning[night] -= 1;
                }
            }
            Message::Push {
                desk,
                epoch,
                seq,
                work,
                totals,
            } => {
                let last = &mut self.last_seq[desk][epoch as usize];
                if seq != *last + 1 {
                    return;
                }
                *last = seq;
                let of = holder(desk, epoch);
                for (night, (book, totals)) in self.books.iter_mut().zip(totals).enumerate() {
                    let moved = book.follow(kind(), of, totals);
                    self.refused |= moved.is_err();
                    let returned = moved.is_ok_and(|moved| moved.returned > 0);
                    if returned && mistake == Mistake::ReturnDebitedWhenAcknowledged {
                        self.network
                            .insert(Message::ReturnStored { desk, epoch, night });
                    }
                }
                self.apply(work, mistake);
            }
        }
    }

    fn apply(&mut self, work: Work, mistake: Mistake) {
        match work {
            Work::Sell(kept, nights) => {
                each(nights).for_each(|night| self.sold[night] += 1);
                self.known.insert(kept, (nights, false));
            }
            Work::Hold(kept, nights) => {
                each(nights).for_each(|night| self.held[night] += 1);
                self.known.insert(kept, (nights, true));
            }
            Work::Convert(kept) => {
                if let Some((nights, is_hold)) = self.known.get_mut(&kept)
                    && *is_hold
                    && !self.gone.contains(&kept)
                {
                    *is_hold = false;
                    for night in each(*nights) {
                        self.held[night] -= 1;
                        self.sold[night] += 1;
                    }
                }
            }
            Work::Cancel(kept) => {
                if let Some((nights, is_hold)) = self.known.get(&kept).copied()
                    && self.gone.insert(kept)
                {
                    let counted = if is_hold {
                        &mut self.held
                    } else {
                        &mut self.sold
                    };
                    each(nights).for_each(|night| counted[night] -= 1);
                }
            }
            Work::Parked(nights) => {
                if mistake != Mistake::ParkedRightsDropped {
                    each(nights).for_each(|night| self.apart[night] += 1);
                }
            }
            Work::GiveBack => {}
        }
    }

    fn restore(&mut self, desk: usize, mistake: Mistake) {
        let desk = &mut self.desks[desk];
        let copy = desk.copy.take().unwrap();
        let is_older = copy.seq < desk.file.seq || copy.epoch < desk.file.epoch;
        desk.file = copy;
        if is_older && mistake != Mistake::RestoredWithoutGuard {
            desk.file.epoch += 1;
            desk.file.rights = Default::default();
            desk.file.seq = 0;
            desk.file.returning = Default::default();
            // What it held may have been let go since the copy was made.
            if mistake != Mistake::OldHoldConverted {
                desk.file.kept.retain(|_, (_, is_hold)| !*is_hold);
            }
        }
    }

    /// A copy is used on another machine, whose fingerprint is another: it has no share.
    fn clone_file(&mut self, desk: usize, mistake: Mistake) {
        let desk = &mut self.desks[desk];
        let mut twin = desk.copy.take().unwrap();
        if mistake != Mistake::CloneWithoutGuard {
            twin.rights = Default::default();
        }
        desk.twin = Some(twin);
    }

    fn sell_at_twin(&mut self, desk: usize, nights: Nights) {
        let kept = (desk, self.desks[desk].given);
        self.desks[desk].given += 1;
        if let Some(twin) = &mut self.desks[desk].twin {
            twin.consume(nights);
        }
        self.promised.insert(kept, nights);
    }

    fn promised_on(&self, night: usize) -> usize {
        let on = self
            .promised
            .values()
            .filter(|nights| **nights & (1 << night) != 0);
        on.count()
    }

    fn kept_at_centre(&self, night: usize, hold: bool) -> usize {
        let known = self.known.iter().filter(|(kept, (nights, is_hold))| {
            *is_hold == hold && nights & (1 << night) != 0 && !self.gone.contains(kept)
        });
        known.count()
    }
}

impl Protocol {
    fn desk_actions(&self, at: usize, world: &World, actions: &mut Vec<Action>) {
        let (desk, size) = (&world.desks[at], self.1);
        let file = &desk.file;
        for nights in 1..(1 << size.nights) {
            if !file.covers(nights) {
                continue;
            }
            actions.push(Action::Sell(at, nights));
            if size.poison {
                actions.push(Action::SellPoison(at, nights));
            }
            if size.holds {
                actions.push(Action::Hold(at, nights));
            }
        }
        for night in 0..size.nights {
            if file.rights[night].left() > file.returning[night] {
                actions.push(Action::GiveBack(at, night));
            }
        }
        for (kept, (_, is_hold)) in &file.kept {
            actions.push(Action::Cancel(at, *kept));
            if *is_hold {
                actions.push(Action::Convert(at, *kept));
            }
        }
        if let Some(twin) = &desk.twin {
            let sold = (1..(1 << size.nights)).filter(|nights| twin.covers(*nights));
            actions.extend(sold.map(|nights| Action::SellAtTwin(at, nights)));
        }
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            desks: Default::default(),
            network: BTreeSet::new(),
            books: Default::default(),
            sold: [0; NIGHTS],
            held: [0; NIGHTS],
            apart: [0; NIGHTS],
            known: BTreeMap::new(),
            gone: BTreeSet::new(),
            last_seq: [[0; 3]; DESKS],
            promised: BTreeMap::new(),
            refused: false,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        let size = self.1;
        let one_was_copied = world.desks.iter().any(|desk| desk.copied);
        for (at, desk) in world.desks.iter().enumerate() {
            if desk.given < size.commands {
                self.desk_actions(at, world, actions);
            }
            for night in 0..size.nights {
                let right = world.right(at, night);
                let counts = world.counts(night, size);
                let grantable = world.books[night].grantable(kind(), &counts);
                if right.totals().granted < size.grants && grantable > 0 {
                    actions.push(Action::Grant(at, night));
                }
                if self.0 == Mistake::ShareTakenBackByTime && right.left() > 0 {
                    actions.push(Action::TakeBack(at));
                }
            }
            if size.copies && !one_was_copied {
                actions.push(Action::Copy(at));
            }
            if desk.copy.is_some() {
                actions.push(Action::Restore(at));
                actions.push(Action::Clone(at));
            }
        }
        actions.extend(
            world
                .network
                .iter()
                .map(|message| Action::Deliver(*message)),
        );
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = world.clone();
        let (mistake, size) = (self.0, self.1);
        match action {
            Action::Sell(desk, nights) => {
                next.keep(desk, nights, |kept| Work::Sell(kept, nights), false);
            }
            Action::SellPoison(desk, nights) => {
                next.keep(desk, nights, |_| Work::Parked(nights), false);
            }
            Action::Hold(desk, nights) => {
                next.keep(desk, nights, |kept| Work::Hold(kept, nights), true);
            }
            Action::Convert(desk, kept) => next.convert(desk, kept),
            Action::Cancel(desk, kept) => next.cancel(desk, kept, mistake),
            Action::GiveBack(desk, night) => next.give_back(desk, night, mistake),
            Action::Grant(desk, night) => next.grant(desk, night, mistake, size),
            Action::Deliver(message) => next.deliver(message, mistake),
            Action::Copy(desk) => {
                next.desks[desk].copy = Some(next.desks[desk].file.clone());
                next.desks[desk].copied = true;
            }
            Action::Restore(desk) => next.restore(desk, mistake),
            Action::Clone(desk) => next.clone_file(desk, mistake),
            Action::SellAtTwin(desk, nights) => next.sell_at_twin(desk, nights),
            Action::TakeBack(desk) => {
                let epoch = next.desks[desk].file.epoch;
                for book in &mut next.books {
                    book.write_off(holder(desk, epoch));
                }
            }
        }
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is oversold", |model: &Self, world: &World| {
                (0..NIGHTS).all(|night| world.promised_on(night) <= usize::from(model.1.rooms))
            }),
            Property::always(
                "the pool is never negative",
                |model: &Self, world: &World| {
                    (0..NIGHTS)
                        .all(|night| world.books[night].is_sound(&world.counts(night, model.1)))
                },
            ),
            Property::always(
                "a sale within its share is never refused",
                |_, world: &World| !world.refused,
            ),
            Property::always("a command takes effect once", |_, world: &World| {
                (0..NIGHTS).all(|night| {
                    usize::from(world.sold[night]) == world.kept_at_centre(night, false)
                        && usize::from(world.held[night]) == world.kept_at_centre(night, true)
                })
            }),
            Property::sometimes(
                "every room is sold, some of it at each desk",
                |_, world: &World| {
                    let sells = |desk| world.promised.keys().any(|kept| kept.0 == desk);
                    sells(0) && sells(1)
                },
            ),
        ]
    }
}

fn search(size: Size) {
    let checker = Protocol(Mistake::None, size).checker().threads(2);
    let checker = checker.spawn_bfs().join();
    let states = checker.unique_state_count();
    println!("{}: {states} states", size.name);
    checker.assert_properties();
    println!("figure: model.states {states} times");
}

#[test]
fn no_order_of_events_oversells_one_night() {
    search(ONE_NIGHT);
}

#[test]
fn no_order_of_events_oversells_two_nights() {
    search(TWO_NIGHTS);
}

#[test]
fn no_order_of_events_oversells_what_is_held_parked_or_copied() {
    search(HOLDS);
}

#[test]
fn no_order_of_events_oversells_two_nights_that_are_held_or_parked() {
    search(TWO_NIGHTS_HELD);
}

#[test]
fn no_order_of_events_oversells_with_everything_at_once() {
    if std::env::var_os("KEYRACK_TORTURE").is_some() {
        search(LARGE);
    }
}

#[test]
fn each_planted_mistake_is_found_to_oversell() {
    let mut found_mistakes = BTreeSet::new();
    for (mistake, size) in [
        (Mistake::GrantAsDifference, ONE_NIGHT),
        (Mistake::ReturnDebitedWhenAcknowledged, ONE_NIGHT),
        (Mistake::CancelMintsRight, ONE_NIGHT),
        (Mistake::ShareTakenBackByTime, ONE_NIGHT),
        (Mistake::RestoredWithoutGuard, ONE_NIGHT),
        (Mistake::CloneWithoutGuard, ONE_NIGHT),
        (Mistake::ParkedRightsDropped, HOLDS),
        (Mistake::ReleaseMintsRight, HOLDS),
        (Mistake::OldHoldConverted, HOLDS),
        (Mistake::GrantAsDifference, TWO_NIGHTS),
        (Mistake::CancelMintsRight, TWO_NIGHTS),
        (Mistake::ParkedRightsDropped, TWO_NIGHTS_HELD),
    ] {
        let oversold = BTreeSet::from(["nothing is oversold"]);
        let found = stateright::HasDiscoveries::AllOf(oversold.into_iter().collect());
        let checker = Protocol(mistake, size).checker().threads(2);
        let checker = checker.finish_when(found).spawn_bfs().join();
        let path = checker.discovery("nothing is oversold");
        let steps = path.map(|path| path.into_actions());
        let steps = steps.unwrap_or_else(|| panic!("{mistake:?} is not found with {}", size.name));
        println!(
            "{mistake:?}, {}: {} steps, {} states",
            size.name,
            steps.len(),
            checker.unique_state_count()
        );
        found_mistakes.insert(format!("{mistake:?}"));
    }
    println!("figure: model.mistakes_found {}", found_mistakes.len());
}
