//! The queue on its way up: against a centre that keeps outcomes, over a network that loses, repeats
//! and garbles, and against answers that no honest centre gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::convert::Infallible;

use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, DeskId, Instant, Night, Outcome};
use keyrack_sync::{Heard, LONGEST_MS, Outbox, Queue, SHORTEST_MS, Step, TRIES, wait_ms};
use keyrack_wire::{
    Answer, Answered, BYTES_AT_MOST, Fault, Hash, Label, List, Parked, Protocol, Pushed, Queued,
    Slot, Standing, Trail,
};
use proptest::prelude::*;
use uuid::Uuid;

fn holder() -> Holder {
    let desk = DeskId(Uuid::from_u128(1));
    Holder { desk, epoch: 1 }
}

fn label(text: &str) -> Label {
    Label::try_from(text.to_owned()).unwrap()
}

struct Waiting(BTreeMap<u64, Slot>);

impl Waiting {
    fn of(commands: u64, padding: usize) -> Self {
        let mut prev_hash = Hash::NONE;
        let sealed = (1..=commands).map(|seq| {
            let queued = Queued {
                id: CommandId(Uuid::from_u128(u128::from(seq))),
                desk: holder().desk,
                epoch: 1,
                seq,
                prev_hash,
                version: Queued::VERSION,
                kind: label("sweep_holds"),
                payload: serde_json::json!({"kind": "sweep_holds", "pad": "\"".repeat(padding)}),
                actor: label("Ana"),
                request: Uuid::nil(),
                reason: None,
                override_text: None,
                seen: 0,
                instant: Instant::from_millis(0),
                business_date: Night::from_day_number(20_000).unwrap(),
                outcome: Standing::Settled {
                    outcome: Outcome::Done,
                },
                rights: List::default(),
                again: None,
            };
            let sealed = queued.seal().unwrap();
            prev_hash = sealed.hash();
            (seq, Slot::Command(sealed))
        });
        Self(sealed.collect())
    }

    /// A person has to look at it: only its number and hash go up.
    fn park(&mut self, seq: u64) {
        let Some(Slot::Command(sealed)) = self.0.get(&seq) else {
            panic!("{seq} waits")
        };
        let parked = Parked {
            seq,
            id: sealed.open().unwrap().id,
            hash: sealed.hash(),
            parked: label("malformed"),
            rights: List::default(),
            epoch: None,
        };
        self.0.insert(seq, Slot::Parked(parked));
    }
}

impl Queue for Waiting {
    type Error = Infallible;

    fn slot(&self, seq: u64) -> Result<Option<Slot>, Infallible> {
        Ok(self.0.get(&seq).cloned())
    }

    fn beside(&self, _: u64) -> Result<usize, Infallible> {
        Ok(0)
    }
}

/// A queue in which one place cannot be read.
struct Damaged(Waiting, u64);

impl Queue for Damaged {
    type Error = u64;

    fn slot(&self, seq: u64) -> Result<Option<Slot>, u64> {
        match seq == self.1 {
            true => Err(seq),
            false => Ok(self.0.0.get(&seq).cloned()),
        }
    }

    fn beside(&self, _: u64) -> Result<usize, u64> {
        Ok(0)
    }
}

/// A centre that stores outcomes, gives them again, and cannot read one of the commands.
#[derive(Default)]
struct Centre {
    stored: Vec<Answered>,
    applied: u64,
    poison: Option<u64>,
}

impl Centre {
    fn push(&mut self, slots: &[Slot]) -> Heard {
        let mut opened = Vec::new();
        for slot in slots {
            opened.push(match slot {
                Slot::Command(sealed) => {
                    let queued = sealed.open().unwrap();
                    let outcome = Outcome::Done;
                    (
                        queued.seq,
                        queued.id,
                        sealed.hash(),
                        Answer::Applied { outcome },
                    )
                }
                Slot::Parked(parked) => {
                    let reason = parked.parked.clone();
                    (
                        parked.seq,
                        parked.id,
                        parked.hash,
                        Answer::Parked { reason },
                    )
                }
            });
        }
        let poisoned = |it: &(u64, _, _, Answer)| {
            Some(it.0) == self.poison && matches!(it.3, Answer::Applied { .. })
        };
        if opened.iter().any(poisoned) {
            return Heard::Fault(Fault::Malformed {});
        }
        let mut answers = Vec::new();
        for (seq, id, hash, result) in opened {
            let last = self.stored.len() as u64;
            if seq > last + 1 {
                return Heard::Fault(Fault::Gap { expected: last + 1 });
            }
            if seq == last + 1 {
                self.applied += u64::from(matches!(result, Answer::Applied { .. }));
                self.stored.push(Answered {
                    seq,
                    id,
                    hash,
                    result,
                });
            }
            let known = &self.stored[seq as usize - 1];
            if known.hash != hash {
                return Heard::Fault(Fault::Fork { seq });
            }
            answers.push(known.clone());
        }
        pushed(answers)
    }
}

const TRAIL: Trail = Trail {
    number: 1,
    hash: Hash([1; 32]),
};

fn pushed(answers: Vec<Answered>) -> Heard {
    let acked_seq = answers.last().map_or(0, |last| last.seq);
    let answers = List::try_from(answers).unwrap();
    Heard::Pushed(Pushed {
        protocol: Protocol,
        answers,
        acked_seq,
        trail: TRAIL,
    })
}

#[test]
fn a_queue_goes_up_in_order_one_request_at_a_time() {
    let (queue, mut centre) = (Waiting::of(450, 0), Centre::default());
    let mut outbox = Outbox::new(holder(), 0);
    let mut sizes = Vec::new();
    while let Some(push) = outbox.next(&queue).unwrap() {
        assert_eq!(outbox.next(&queue).unwrap(), None, "one request in flight");
        sizes.push(push.len());
        let heard = centre.push(&push);
        assert!(matches!(outbox.hear(heard), Step::Store(..)));
    }
    assert_eq!(
        (sizes, outbox.stored(), centre.applied),
        (vec![200, 200, 50], 450, 450)
    );
    assert_eq!(
        outbox.hear(Heard::Nothing),
        Step::Again,
        "an echo changes nothing"
    );
}

#[test]
fn a_push_fits_into_a_message_with_its_escaping() {
    let queue = Waiting::of(40, 9_000);
    let mut outbox = Outbox::new(holder(), 0);
    let push = outbox.next(&queue).unwrap().unwrap();
    let bytes = serde_json::to_vec(&push).unwrap().len() + 200;
    assert!(push.len() > 1, "{bytes}");
    assert!(bytes <= BYTES_AT_MOST, "{bytes}");
}

#[test]
fn a_poisoned_command_is_found_by_halving_and_parked_after_its_tries() {
    let mut queue = Waiting::of(100, 0);
    let mut centre = Centre {
        poison: Some(37),
        ..Centre::default()
    };
    let mut outbox = Outbox::new(holder(), 0);
    let mut waits = 0;
    let parked = loop {
        let push = outbox.next(&queue).unwrap().unwrap();
        match outbox.hear(centre.push(&push)) {
            Step::Park(seq) => break seq,
            Step::Wait => waits += 1,
            Step::Store(..) | Step::Again => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((parked, outbox.stored(), centre.applied), (37, 36, 36));
    assert_eq!(waits, TRIES - 1);
    // What stands behind it does not wait for a person.
    queue.park(37);
    while let Some(push) = outbox.next(&queue).unwrap() {
        assert!(matches!(outbox.hear(centre.push(&push)), Step::Store(..)));
    }
    assert_eq!((outbox.stored(), centre.applied), (100, 99));
    assert_eq!(outbox.stopped(), None);
}

#[test]
fn a_place_that_cannot_be_read_is_no_end_of_the_queue() {
    let (queue, mut centre) = (Damaged(Waiting::of(9, 0), 4), Centre::default());
    let mut outbox = Outbox::new(holder(), 0);
    let push = outbox.next(&queue).unwrap().unwrap();
    assert_eq!(push.len(), 3, "what stands before it goes up");
    assert!(matches!(outbox.hear(centre.push(&push)), Step::Store(..)));
    assert_eq!(outbox.next(&queue), Err(4));
    assert_eq!(outbox.next(&queue), Err(4), "nothing is in flight");
    let behind = Damaged(queue.0, 100);
    assert_eq!(outbox.next(&behind).unwrap().unwrap().len(), 6);
}

#[test]
fn failures_of_the_network_are_no_tries() {
    let queue = Waiting::of(1, 0);
    let mut outbox = Outbox::new(holder(), 0);
    for heard in [Heard::Nothing, Heard::Fault(Fault::Busy {})]
        .into_iter()
        .cycle()
        .take(100)
    {
        assert!(outbox.next(&queue).unwrap().is_some());
        assert_eq!(outbox.hear(heard), Step::Wait);
    }
    assert_eq!((outbox.stored(), outbox.stopped()), (0, None));
}

#[test]
fn every_fault_leads_to_its_step() {
    let cursor = keyrack_wire::Cursor {
        epoch: 1,
        number: 1,
    };
    // (fault, step, last number stored afterwards)
    let table = [
        (Fault::Gap { expected: 3 }, Step::Restored, 5),
        (Fault::Gap { expected: 0 }, Step::Wait, 5),
        (Fault::Gap { expected: 6 }, Step::Wait, 5),
        (Fault::Gap { expected: u64::MAX }, Step::Wait, 5),
        (Fault::Restored {}, Step::Restored, 5),
        (Fault::Fork { seq: 6 }, Step::Rejoin(1), 5),
        (Fault::EpochOver { current: 4 }, Step::Rejoin(4), 5),
        (
            Fault::Unauthorised {},
            Step::Stop(Fault::Unauthorised {}),
            5,
        ),
        (Fault::ExistsTwice {}, Step::Stop(Fault::ExistsTwice {}), 5),
        (Fault::CodeNotValid {}, Step::Wait, 5),
        (Fault::CursorGone { from: cursor }, Step::Wait, 5),
        (Fault::NotEmpty {}, Step::Wait, 5),
        (Fault::TooLarge {}, Step::Again, 5),
    ];
    let queue = Waiting::of(9, 0);
    for (fault, step, stored) in table {
        let mut outbox = Outbox::new(holder(), 5);
        assert!(outbox.next(&queue).unwrap().is_some());
        assert_eq!(outbox.hear(Heard::Fault(fault)), step, "{fault:?}");
        assert_eq!(outbox.stored(), stored, "{fault:?}");
        let goes_on = !matches!(step, Step::Rejoin(_) | Step::Restored | Step::Stop(_));
        assert_eq!(outbox.next(&queue).unwrap().is_some(), goes_on, "{fault:?}");
    }
}

#[test]
fn an_answer_to_something_else_stores_nothing() {
    let (queue, mut centre) = (Waiting::of(3, 0), Centre::default());
    let mut outbox = Outbox::new(holder(), 0);
    let push = outbox.next(&queue).unwrap().unwrap();
    let Heard::Pushed(good) = centre.push(&push) else {
        panic!("pushed")
    };
    let good = good.answers.into_vec();
    let other_hash = Answered {
        hash: Hash([9; 32]),
        ..good[0].clone()
    };
    for answers in [vec![], vec![other_hash.clone()], vec![good[1].clone()]] {
        assert_eq!(outbox.hear(pushed(answers)), Step::Wait);
        assert!(outbox.next(&queue).unwrap().is_some());
        assert_eq!(outbox.stored(), 0);
    }
    let partly = vec![
        good[0].clone(),
        Answered {
            seq: 2,
            ..other_hash
        },
    ];
    assert_eq!(
        outbox.hear(pushed(partly)),
        Step::Store(vec![good[0].clone()], TRAIL)
    );
    assert_eq!(outbox.stored(), 1);
}

#[test]
fn waits_lie_between_their_bounds_and_honour_the_centre() {
    for dice in [0, 1, u32::MAX / 2, u32::MAX] {
        assert!(
            (SHORTEST_MS..=LONGEST_MS).contains(&wait_ms(dice, None)),
            "{dice}"
        );
        assert_eq!(wait_ms(dice, Some(60_000)), 60_000);
    }
    assert_eq!(
        (wait_ms(0, Some(5)), wait_ms(u32::MAX, None)),
        (SHORTEST_MS, LONGEST_MS)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_network_does_each_command_takes_effect_once(
        commands in 1_u64..400, chances in prop::collection::vec(0_u8..6, 0..80), loses_up_to in 0_u64..100
    ) {
        let (queue, mut centre) = (Waiting::of(commands, 0), Centre::default());
        let mut outbox = Outbox::new(holder(), 0);
        let mut kept = BTreeMap::new();
        let mut before: Option<Vec<Slot>> = None;
        let mut chances = chances.into_iter();
        let mut restored = false;
        let mut requests = 0;
        while let Some(push) = outbox.next(&queue).unwrap() {
            requests += 1;
            prop_assert!(requests < 2_000, "the queue sticks");
            let heard = match chances.next().unwrap_or(0) {
                1 => Heard::Nothing,
                2 => { centre.push(&push); Heard::Nothing }
                3 => { centre.push(&push); centre.push(&push) }
                4 => before.as_ref().map_or(Heard::Nothing, |before| centre.push(before)),
                5 if !restored => {
                    // The centre comes back from an older copy of itself.
                    restored = true;
                    let left = centre.stored.len().saturating_sub(loses_up_to as usize);
                    centre.applied -= (centre.stored.len() - left) as u64;
                    centre.stored.truncate(left);
                    centre.push(&push)
                }
                _ => centre.push(&push),
            };
            if let Step::Store(answers, _) = outbox.hear(heard) {
                kept.extend(answers.into_iter().map(|answer| (answer.seq, answer)));
            }
            before = Some(push);
            if outbox.stopped() == Some(&Step::Restored) {
                prop_assert!(restored, "nothing was lost");
                // The desk rejoins, and sends what the centre lacks.
                outbox = Outbox::new(holder(), centre.stored.len() as u64);
            }
        }
        prop_assert_eq!(outbox.stopped(), None);
        prop_assert_eq!(outbox.stored(), commands);
        prop_assert_eq!(kept.len() as u64, commands);
        if !restored {
            prop_assert_eq!(centre.applied, commands);
        }
    }
}
