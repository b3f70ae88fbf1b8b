//! The protocol of shares, searched through: one cell, two desks, every order of what may happen.
//!
//! Messages are never taken out of the network, so each may come at any time, any number of times, or
//! never. The counts are the inventory's own ([`NightBook`], [`Right`]). Five mistakes that such a
//! protocol invites are planted in turn, and the search has to find what each of them oversells.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use keyrack_inventory::share::{Counts, Holder, NightBook, Right, Totals};
use keyrack_inventory::{Cell, DeskId, RoomTypeCode};
use stateright::{Checker, Model, Property};
use uuid::Uuid;

const ROOMS: u8 = 2;
const DESKS: usize = 2;
/// Most commands that one desk gives.
const COMMANDS: u8 = 3;
/// Most rooms that one desk is granted in an epoch.
const GRANTS: u32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    GrantAsDifference,
    ReturnDebitedWhenAcknowledged,
    CancelMintsRight,
    ShareTakenBackByTime,
    RestoredWithoutGuard,
}

/// A booking is known by the desk that made it and a number that no copy of its file gives again.
type Booking = (usize, u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Work {
    Sell(Booking),
    Cancel(Booking),
    GiveBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Message {
    /// The centre's grant: a total, or with the mistake a difference and which one it is.
    Grant {
        desk: usize,
        epoch: u32,
        granted: u32,
    },
    Push {
        desk: usize,
        epoch: u32,
        seq: u8,
        work: Work,
        totals: Totals,
    },
    ReturnStored {
        desk: usize,
        epoch: u32,
    },
}

/// A desk's file: all of it is lost when an older copy takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct File {
    epoch: u32,
    right: Right,
    seq: u8,
    bookings: BTreeSet<Booking>,
    returning: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Desk {
    file: File,
    copy: Option<File>,
    restored: bool,
    /// Commands given: the counter beside the file, and the source of numbers that never come twice.
    given: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    desks: [Desk; DESKS],
    network: BTreeSet<Message>,
    book: NightBook,
    sold: u8,
    booked: BTreeSet<Booking>,
    cancelled: BTreeSet<Booking>,
    last_seq: [[u8; 3]; DESKS],
    /// What guests were told, and may rely on.
    promised: BTreeSet<Booking>,
    /// A sale within its share was refused by the centre.
    refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Sell(usize),
    Cancel(usize, Booking),
    GiveBack(usize),
    Grant(usize),
    Deliver(Message),
    Copy(usize),
    Restore(usize),
    TakeBack(usize),
}

struct Protocol(Mistake);

fn kind() -> RoomTypeCode {
    "A".parse().unwrap()
}

fn holder(desk: usize, epoch: u32) -> Holder {
    let desk = DeskId(Uuid::from_u128(desk as u128));
    Holder { desk, epoch }
}

impl World {
    fn counts(&self) -> Counts {
        let cell = Cell {
            physical: i32::from(ROOMS),
            sold: i32::from(self.sold),
            version: 1,
            ..Cell::default()
        };
        Counts {
            cells: [(kind(), cell)].into(),
            house: None,
        }
    }

    fn right(&self, desk: usize) -> Right {
        let epoch = self.desks[desk].file.epoch;
        self.book.right(kind(), holder(desk, epoch))
    }

    /// A desk's command, committed to its file and sent.
    fn commit(&mut self, desk: usize, work: Work, totals: Totals) {
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

    fn sell(&mut self, desk: usize) {
        let booking = (desk, self.desks[desk].given);
        let file = &mut self.desks[desk].file;
        file.right.consume(1).unwrap();
        file.bookings.insert(booking);
        let totals = file.right.totals();
        self.promised.insert(booking);
        self.commit(desk, Work::Sell(booking), totals);
    }

    fn cancel(&mut self, desk: usize, booking: Booking, mistake: Mistake) {
        let file = &mut self.desks[desk].file;
        file.bookings.remove(&booking);
        let totals = file.right.totals();
        if mistake == Mistake::CancelMintsRight {
            file.right.grant(1).unwrap();
        }
        self.promised.remove(&booking);
        self.commit(desk, Work::Cancel(booking), totals);
    }

    fn give_back(&mut self, desk: usize, mistake: Mistake) {
        let file = &mut self.desks[desk].file;
        let mut right = file.right;
        right.give_back(1).unwrap();
        if mistake == Mistake::ReturnDebitedWhenAcknowledged {
            file.returning += 1;
        } else {
            file.right = right;
        }
        self.commit(desk, Work::GiveBack, right.totals());
    }

    fn grant(&mut self, desk: usize, mistake: Mistake) {
        let (epoch, counts) = (self.desks[desk].file.epoch, self.counts());
        let rooms = self
            .book
            .grant(kind(), holder(desk, epoch), 1, &counts)
            .unwrap();
        let granted = self.right(desk).totals().granted;
        if rooms > 0 || mistake == Mistake::GrantAsDifference {
            self.network.insert(Message::Grant {
                desk,
                epoch,
                granted,
            });
        }
    }

    fn deliver(&mut self, message: Message, mistake: Mistake) {
        match message {
            Message::Grant {
                desk,
                epoch,
                granted,
            } => {
                let file = &mut self.desks[desk].file;
                if file.epoch == epoch && mistake == Mistake::GrantAsDifference {
                    file.right.grant(1).unwrap();
                } else if file.epoch == epoch {
                    file.right.learn(granted);
                }
            }
            Message::ReturnStored { desk, epoch } => {
                let file = &mut self.desks[desk].file;
                if file.epoch == epoch && file.returning > 0 {
                    // With nothing left there is nothing to debit: by then the room was sold twice.
                    file.right.give_back(1).unwrap_or_default();
                    file.returning -= 1;
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
                self.refused |= self
                    .book
                    .follow(kind(), holder(desk, epoch), totals)
                    .is_err();
                self.apply(work);
                if work == Work::GiveBack && mistake == Mistake::ReturnDebitedWhenAcknowledged {
                    self.network.insert(Message::ReturnStored { desk, epoch });
                }
            }
        }
    }

    fn apply(&mut self, work: Work) {
        match work {
            Work::Sell(booking) => {
                self.sold += 1;
                self.booked.insert(booking);
            }
            Work::Cancel(booking) => {
                if self.booked.contains(&booking) && self.cancelled.insert(booking) {
                    self.sold -= 1;
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
        desk.restored = true;
        if is_older && mistake != Mistake::RestoredWithoutGuard {
            desk.file.epoch += 1;
            desk.file.right = Right::default();
            desk.file.seq = 0;
            desk.file.returning = 0;
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
            book: NightBook::default(),
            sold: 0,
            booked: BTreeSet::new(),
            cancelled: BTreeSet::new(),
            last_seq: [[0; 3]; DESKS],
            promised: BTreeSet::new(),
            refused: false,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        let one_restores = world
            .desks
            .iter()
            .any(|desk| desk.copy.is_some() || desk.restored);
        for (at, desk) in world.desks.iter().enumerate() {
            if desk.given < COMMANDS {
                if desk.file.right.left() > 0 {
                    actions.push(Action::Sell(at));
                }
                if desk.file.right.left() > desk.file.returning {
                    actions.push(Action::GiveBack(at));
                }
                let own = desk.file.bookings.iter();
                actions.extend(own.map(|booking| Action::Cancel(at, *booking)));
            }
            let right = world.right(at);
            if right.totals().granted < GRANTS && world.book.grantable(kind(), &world.counts()) > 0
            {
                actions.push(Action::Grant(at));
            }
            if !one_restores {
                actions.push(Action::Copy(at));
            }
            if desk.copy.is_some() {
                actions.push(Action::Restore(at));
            }
            if self.0 == Mistake::ShareTakenBackByTime && right.left() > 0 {
                actions.push(Action::TakeBack(at));
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
        match action {
            Action::Sell(desk) => next.sell(desk),
            Action::Cancel(desk, booking) => next.cancel(desk, booking, self.0),
            Action::GiveBack(desk) => next.give_back(desk, self.0),
            Action::Grant(desk) => next.grant(desk, self.0),
            Action::Deliver(message) => next.deliver(message, self.0),
            Action::Copy(desk) => next.desks[desk].copy = Some(next.desks[desk].file.clone()),
            Action::Restore(desk) => next.restore(desk, self.0),
            Action::TakeBack(desk) => {
                let epoch = next.desks[desk].file.epoch;
                next.book.write_off(holder(desk, epoch));
            }
        }
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is oversold", |_, world: &World| {
                world.promised.len() <= usize::from(ROOMS)
            }),
            Property::always("the pool is never negative", |_, world: &World| {
                world.book.is_sound(&world.counts())
            }),
            Property::always(
                "a sale within its share is never refused",
                |_, world: &World| !world.refused,
            ),
            Property::always("a command takes effect once", |_, world: &World| {
                usize::from(world.sold) == world.booked.difference(&world.cancelled).count()
            }),
            Property::sometimes(
                "every room is sold, one at each desk",
                |_, world: &World| {
                    let sells = |desk| world.promised.iter().any(|booking| booking.0 == desk);
                    sells(0) && sells(1)
                },
            ),
            Property::sometimes("a desk that rejoined sells again", |_, world: &World| {
                let rejoined = world.desks.iter().filter(|desk| desk.file.epoch > 0);
                rejoined
                    .into_iter()
                    .any(|desk| desk.file.right.totals().consumed > 0)
            }),
        ]
    }
}

#[test]
fn no_order_of_events_oversells_or_refuses_a_sale_within_a_share() {
    let checker = Protocol(Mistake::None)
        .checker()
        .threads(2)
        .spawn_bfs()
        .join();
    println!("{} states", checker.unique_state_count());
    checker.assert_properties();
}

#[test]
fn each_planted_mistake_is_found_to_oversell() {
    for mistake in [
        Mistake::GrantAsDifference,
        Mistake::ReturnDebitedWhenAcknowledged,
        Mistake::CancelMintsRight,
        Mistake::ShareTakenBackByTime,
        Mistake::RestoredWithoutGuard,
    ] {
        let oversold = BTreeSet::from(["nothing is oversold"]);
        let found = stateright::HasDiscoveries::AllOf(oversold.clone().into_iter().collect());
        let checker = Protocol(mistake).checker().threads(2).finish_when(found);
        let checker = checker.spawn_bfs().join();
        let path = checker.discovery("nothing is oversold");
        let steps = path.map(|path| path.into_actions());
        let steps = steps.unwrap_or_else(|| panic!("{mistake:?} is not found"));
        println!(
            "{mistake:?}: {} steps, {} states",
            steps.len(),
            checker.unique_state_count()
        );
    }
}
