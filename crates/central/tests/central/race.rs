//! Desks that push at the same time, through two processes, for the same rooms.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use keyrack_wire::{Answer, COMMANDS_AT_MOST};

use crate::database::Database;
use crate::desk::{Desk, code, day, reserve};
use crate::exchange::opened;
use crate::pooler::Pooler;
use crate::server::Server;
use crate::shares::sound;

/// A desk that speaks to another process of the same centre.
pub fn through<'a>(server: &'a Server, desk: Desk<'_>) -> Desk<'a> {
    let Desk {
        token,
        holder,
        letters,
        cursor,
        last_seq,
        last_hash,
        state,
        rights,
        acked_seq,
        clock,
        next_id,
        again,
        chain,
        trail,
        granted,
        waiting,
        ..
    } = desk;
    Desk {
        server,
        token,
        holder,
        letters,
        cursor,
        last_seq,
        last_hash,
        state,
        rights,
        acked_seq,
        clock,
        next_id,
        again,
        chain,
        trail,
        granted,
        waiting,
    }
}

#[test]
fn a_race_for_the_last_rooms_sells_each_once_and_no_reader_steps_over_a_commit() {
    let database = Database::start(false);
    race(
        &database,
        &Server::start(&database),
        &Server::start(&database),
    );
}

#[test]
fn the_same_through_a_pooler_of_transactions() {
    let database = Database::start(false);
    let pooler = Pooler::start(&database);
    let direct = database.address();
    let pooled = pooler.address();
    let arguments = ["--database", &pooled, "--database-direct", &direct];
    let server = || Server::start_with(&direct, &arguments);
    let (server, other) = (server(), server());
    race(&database, &server, &other);
    let names = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'keyrack-central'";
    let connections = || database.ask(names).parse::<u32>().unwrap();
    // One that has just been closed is still counted for a moment.
    let settled = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        connections() <= 3 + 2
    });
    assert!(
        settled,
        "three of the pooler, and one of each process that hears what moved: {}",
        connections()
    );
}

fn race(database: &Database, server: &Server, other: &Server) {
    let first = opened(server, 12);
    let mut desks = vec![first];
    for name in ["Bar", "Spa", "Web"] {
        let mut desk = Desk::enrol(server, "H1", name);
        desk.pull();
        desks.push(through(other, desk));
    }
    let mut reader = Desk::enrol(server, "H1", "Reader");
    let is_over = AtomicBool::new(false);
    let confirmed: usize = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            // Following asserts that no number is missing.
            while !is_over.load(Ordering::Relaxed) {
                reader.pull();
            }
            reader.pull();
        });
        let work = desks.iter_mut().map(|desk| {
            scope.spawn(|| {
                let mut confirmed = 0;
                for _ in 0..8 {
                    let asked = desk.queue(&reserve("A", 3, 1, 1), true);
                    confirmed += usize::from(matches!(desk.answer(&asked), Answer::Applied { .. }));
                }
                confirmed
            })
        });
        let work: Vec<_> = work.collect();
        let confirmed = work.into_iter().map(|desk| desk.join().unwrap()).sum();
        is_over.store(true, Ordering::Relaxed);
        reading.join().unwrap();
        confirmed
    });
    let cell = *reader.state.loaded_cell(code("A"), day(3)).unwrap();
    assert_eq!(usize::try_from(cell.sold), Ok(confirmed));
    let out: i32 = database
        .ask("SELECT coalesce(sum(granted - consumed - returned), 0) FROM share WHERE night = 20607 AND room_type = 'A'")
        .parse()
        .unwrap();
    assert_eq!(cell.free(), out, "what is not sold stands in shares");
    sound(database);
    server.said(&["verify", "H1"]);
}

#[test]
fn a_whole_push_of_a_day_without_a_network_is_taken_at_once() {
    let database = Database::start(true);
    let server = Server::start(&database);
    let mut desk = opened(&server, 4_000);
    let mut sales = Vec::new();
    for at in 0..COMMANDS_AT_MOST {
        let arrival = 1 + i32::try_from(at % 50).unwrap();
        sales.push(desk.queue(&reserve("A", arrival, 3, 1), false));
    }
    let began = Instant::now();
    let pushed = desk.push(&sales.iter().collect::<Vec<_>>()).unwrap();
    println!("{} commands in {:?}", sales.len(), began.elapsed());
    assert_eq!(pushed.acked_seq, COMMANDS_AT_MOST as u64);
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "the database ends statements by then"
    );
    desk.pull();
    assert_eq!(database.ask("SELECT sum(sold) FROM cell"), "600");
}
