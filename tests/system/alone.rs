//! What needs the machine for itself: many processes at once, and processes that are killed. The
//! runner starts nothing beside a test of this module.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::{Chance, share_of, short_or_long};
use crate::hotel::Hotel;

fn busy_desk(hotel: &Hotel, seed: u64) -> Command {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_busy-desk")));
    command.arg(&hotel.file).arg(seed.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

#[test]
fn fifty_processes_for_the_last_five_rooms_sell_exactly_five() {
    let hotel = Hotel::small();
    let asked = ["reserve", "B:2026-06-10:2026-06-13", "--guest", "Ada"];
    let started = Instant::now();
    let runs = hotel.at_once((0..50).map(|_| hotel.command(&asked)).collect());
    let took = started.elapsed().as_millis();
    let ended = |status| runs.iter().filter(|run| run.status == status).count();
    let (sold, refused) = (ended(0), ended(3));
    println!("figure: load.last_rooms_sold {sold}");
    println!(
        "figure: load.neither_sold_nor_refused {}",
        50 - sold - refused
    );
    println!("figure: load.last_rooms_answered {took} ms");
    for run in runs.iter().filter(|run| run.status != 0) {
        let error = run.refused(3, "no_availability");
        let facts = (
            &error["room_type"],
            &error["night"],
            &error["required"],
            &error["available"],
        );
        assert_eq!(
            facts,
            (&"B".into(), &"2026-06-10".into(), &1.into(), &0.into())
        );
    }
    assert_eq!(sold, 5);
    for night in ["2026-06-10", "2026-06-11", "2026-06-12"] {
        assert_eq!(hotel.cell("B", night)["sold"], 5);
    }
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 5);
    hotel.verified();
}

/// Kills a working desk after `delay`; gives the lines that it had printed whole.
fn killed(
    mut child: Child,
    first: &mut String,
    mut out: BufReader<ChildStdout>,
    delay: Duration,
) -> Vec<String> {
    let until = Instant::now() + delay;
    while Instant::now() < until {
        thread::sleep(Duration::from_micros(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = std::mem::take(first);
    out.read_to_string(&mut rest).unwrap();
    // A line without its end was not said.
    let whole = rest.rfind('\n').map_or("", |end| &rest[..end]);
    whole.lines().map(str::to_owned).collect()
}

/// Hotels in which desks are killed side by side: as many on each machine, so that a seed tries the same everywhere.
const HOTELS: u64 = 2;

/// So many kills of desks that work on a file of their own; gives how many changes they had acknowledged.
fn kills_of(kills: u64, seed: u64) -> u64 {
    println!("{kills} kills from {seed}");
    let mut hotel = Hotel::small();
    let mut chance = Chance::from(seed);
    let mut acknowledged = 0;
    for kill in 0..kills {
        // Now and then a new file, since each grows and is verified whole after each kill.
        if kill % 100 == 99 {
            hotel = Hotel::small();
        }
        if kill % 1_000 == 999 {
            println!("{} of {kills} kills from {seed}", kill + 1);
        }
        let mut child = busy_desk(&hotel, chance.below(1 << 40)).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        // Every third dies while it opens the file, the others while they work.
        if kill % 3 != 0 {
            out.read_line(&mut first).unwrap();
            assert!(!first.is_empty(), "it never began to work");
        }
        let lines = killed(
            child,
            &mut first,
            out,
            chance.moment(Duration::from_millis(40)),
        );
        acknowledged += lines.len() as u64;
        are_there(&hotel, kill, &lines);
        hotel.verified();
    }
    acknowledged
}

/// What a desk said that it had done is in its file.
fn are_there(hotel: &Hotel, kill: u64, lines: &[String]) {
    let connection = hotel.bare();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let [what, command, reservation] = words.as_slice() else {
            panic!("{line:?}");
        };
        let there: i64 = connection
            .query_row(
                "SELECT count(*) FROM command, reservation WHERE hex(command.id) = upper(?1)
                 AND accepted = 1 AND reservation.id = unhex(?2)
                 AND (?3 = 'reserved' OR reservation.status = ?3)",
                [command, reservation, what],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(
            there, 1,
            "kill {kill}: {line} was acknowledged, and is lost"
        );
    }
}

#[test]
fn what_a_killed_desk_acknowledged_is_there_and_the_file_verifies() {
    let mut chance = Chance::new("kills of a desk");
    let each = short_or_long(30, share_of(10_000)).div_ceil(HOTELS);
    let acknowledged: u64 = thread::scope(|scope| {
        let seeds = (0..HOTELS).map(|_| chance.below(u64::MAX));
        let working: Vec<_> = seeds
            .map(|seed| scope.spawn(move || kills_of(each, seed)))
            .collect();
        working.into_iter().map(|work| work.join().unwrap()).sum()
    });
    let kills = each * HOTELS;
    println!("figure: kill.tried {kills} times");
    println!("figure: kill.acknowledged {acknowledged}");
    assert!(acknowledged > kills, "too few commands for a proof");
}

/// Waits for the lock, and what was done.
struct Load {
    waits_us: Vec<u64>,
    seconds: u64,
}

impl Load {
    fn run(hotel: &Hotel, desks: u64, seconds: u64) -> Self {
        let children: Vec<Child> = (0..desks)
            .map(|desk| {
                busy_desk(hotel, desk)
                    .arg(seconds.to_string())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let mut waits_us = Vec::new();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "a desk gave up");
            let text = String::from_utf8(output.stdout).unwrap();
            let last = text.lines().last().unwrap();
            let list = last.strip_prefix("waits ").unwrap();
            let waits: Vec<u64> = serde_json::from_str(list).unwrap();
            assert!(!waits.is_empty(), "a desk starved");
            waits_us.extend(waits);
        }
        waits_us.sort_unstable();
        Self { waits_us, seconds }
    }

    fn percentile_ms(&self, percent: usize) -> f64 {
        let at = (self.waits_us.len() * percent / 100).min(self.waits_us.len() - 1);
        self.waits_us[at] as f64 / 1_000.0
    }

    fn per_second(&self) -> f64 {
        self.waits_us.len() as f64 / self.seconds as f64
    }
}

#[test]
fn eight_desks_at_one_file_wait_at_most_a_second_for_it() {
    let seconds = short_or_long(3, 10);
    let alone = Load::run(&Hotel::small(), 1, seconds);
    let hotel = Hotel::small();
    let together = Load::run(&hotel, 8, seconds);
    for (what, load) in [("1 desk", &alone), ("8 desks", &together)] {
        println!(
            "{what}, {seconds} s: {:.0} commands a second, lock wait p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
            load.per_second(),
            load.percentile_ms(50),
            load.percentile_ms(99),
            load.percentile_ms(100),
        );
    }
    let throughput = together.per_second() / alone.per_second();
    println!("figure: load.wait_p99 {} ms", together.percentile_ms(99));
    println!("figure: load.wait_worst {} ms", together.percentile_ms(100));
    println!("figure: load.throughput {throughput} x");
    assert!(
        together.percentile_ms(100) <= 1_000.0,
        "somebody waited for more than a second"
    );
    hotel.verified();
}

#[test]
fn a_program_that_ignores_the_line_makes_nobody_fail() {
    let hotel = Hotel::small();
    let asked = ["reserve", "A:2026-06-10:2026-06-13", "--guest", "Ada"];
    let stop = AtomicBool::new(false);
    let runs = thread::scope(|scope| {
        scope.spawn(|| {
            let stranger = hotel.bare();
            while !stop.load(Ordering::Relaxed) {
                stranger
                    .execute_batch("BEGIN IMMEDIATE; UPDATE guest SET phone = phone; COMMIT")
                    .unwrap();
            }
        });
        let mut runs = Vec::new();
        for _round in 0..5 {
            runs.extend(hotel.at_once((0..8).map(|_| hotel.command(&asked)).collect()));
        }
        stop.store(true, Ordering::Relaxed);
        runs
    });
    for run in &runs {
        run.ends(0);
    }
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 40);
    hotel.verified();
}
