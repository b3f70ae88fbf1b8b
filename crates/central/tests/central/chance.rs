//! Several desks at once, in an order that chance makes: messages are lost, come twice and come late, and
//! at the end everybody has the same.

use keyrack_inventory::{State, Transition};
use keyrack_wire::{Answer, Hash, Sealed};

use crate::database::Database;
use crate::desk::{Desk, code, day, reserve};
use crate::exchange::{opened, transition};
use crate::server::Server;
use crate::shares::sound;

/// Numbers that a seed gives again.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    let given = std::env::var("KEYRACK_SEED")
        .ok()
        .and_then(|text| text.parse().ok());
    let clock = || {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
    };
    let seed = given.unwrap_or_else(|| u64::try_from(clock().as_nanos()).unwrap_or(1));
    println!("KEYRACK_SEED={seed}");
    seed.max(1)
}

fn cells(state: &State) -> Vec<String> {
    let cells = state.all_cells();
    let mut cells: Vec<String> = cells
        .map(|(code, night, cell)| format!("{code} {night} {cell:?}"))
        .collect();
    cells.sort();
    cells
}

/// What a desk has queued and not heard of.
struct Queue<'a> {
    desk: Desk<'a>,
    waiting: Vec<Sealed>,
    promised: usize,
}

impl Queue<'_> {
    fn work(&mut self, chance: &mut Chance) {
        let night = 2 + i32::try_from(chance.below(5)).unwrap();
        match chance.below(10) {
            0..=5 if self.desk.left("A", night) > 0 => {
                let sealed = self.desk.sell("A", night, 1);
                self.waiting.push(sealed);
                self.promised += 1;
            }
            6 | 7 => {
                let sealed = self.desk.queue(&reserve("A", night, 2, 2), true);
                self.waiting.push(sealed);
            }
            8 => {
                let number = format!(
                    "{}{}",
                    ["A", "B", "C"][chance.below(3) as usize],
                    1 + chance.below(9)
                );
                let sealed = self
                    .desk
                    .queue(&transition(Transition::Cancel, &number), false);
                self.waiting.push(sealed);
            }
            _ => {}
        }
    }

    /// Sends some of what waits; now and then the answer is lost.
    fn exchange(&mut self, chance: &mut Chance) {
        let some = usize::try_from(chance.below(4)).unwrap() + 1;
        let sent: Vec<&Sealed> = self.waiting.iter().take(some).collect();
        let pushed = self.desk.push(&sent).unwrap();
        if chance.below(3) > 0 {
            let answers = pushed.answers.as_slice();
            assert_eq!(answers.len(), sent.len());
            for (answered, sealed) in answers.iter().zip(&sent) {
                let is_promise = sealed.as_str().contains("\"settled\"")
                    && sealed.as_str().contains("\"reserve\"");
                let is_kept = matches!(answered.result, Answer::Applied { .. });
                assert!(
                    is_kept || !is_promise,
                    "a sale within the share was refused: {answered:?}"
                );
            }
            self.waiting.drain(..answers.len());
        }
        if chance.below(2) > 0 {
            self.desk.pull();
        }
    }
}

#[test]
fn in_whatever_order_messages_come_no_promise_is_broken_and_all_desks_end_the_same() {
    let mut chance = Chance(seed());
    let database = Database::start(false);
    let server = Server::start(&database);
    let first = opened(&server, 12);
    let mut queues = Vec::new();
    for desk in [
        first,
        Desk::enrol(&server, "H1", "Bar"),
        Desk::enrol(&server, "H1", "Spa"),
    ] {
        queues.push(Queue {
            desk,
            waiting: Vec::new(),
            promised: 0,
        });
    }
    queues.iter_mut().for_each(|queue| drop(queue.desk.pull()));
    let rounds = if std::env::var("KEYRACK_TORTURE").is_ok() {
        2_000
    } else {
        120
    };
    for round in 0..rounds {
        let at = usize::try_from(chance.below(3)).unwrap();
        queues[at].work(&mut chance);
        if chance.below(2) > 0 {
            queues[at].exchange(&mut chance);
        }
        if round % 20 == 0 {
            sound(&database);
        }
    }
    for queue in &mut queues {
        while !queue.waiting.is_empty() {
            queue.exchange(&mut chance);
        }
        assert_ne!(queue.desk.last_hash, Hash::NONE);
    }
    queues.iter_mut().for_each(|queue| drop(queue.desk.pull()));
    let told: Vec<Vec<String>> = queues
        .iter()
        .map(|queue| cells(&queue.desk.state))
        .collect();
    assert!(told[0] == told[1] && told[1] == told[2], "desks differ");
    println!("figure: network.rounds {rounds} times");
    for night in 1..10 {
        let cell = *queues[0]
            .desk
            .state
            .loaded_cell(code("A"), day(night))
            .unwrap();
        assert!(cell.free() >= 0, "night {night} is oversold: {cell:?}");
    }
    assert!(queues.iter().map(|queue| queue.promised).sum::<usize>() > 5);
    sound(&database);
    server.said(&["verify", "H1"]);
}
