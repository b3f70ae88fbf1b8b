//! Schedules from seeds: that nothing breaks, that a seed gives the same again, and that planted
//! mistakes are found. `KEYRACK_SCHEDULES` says how many, `KEYRACK_SEED` from which seed on; a single
//! one is told line by line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use keyrack_simulation::{Ended, Facts, Mistake, run, told};

/// In every run of the tests, and by `make torture`.
const SHORT: u64 = 10_000;
const LONG: u64 = 1_000_000;
/// Each planted mistake is found within so many schedules.
const FOUND_WITHIN: u64 = 3_000;
/// Failures that are told.
const TOLD: usize = 5;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a number, not {text}")),
    )
}

fn add(sum: &mut Facts, one: &Facts) {
    sum.steps += one.steps;
    sum.commands += one.commands;
    sum.promised += one.promised;
    sum.asked += one.asked;
    sum.applied += one.applied;
    sum.kept += one.kept;
    sum.refused += one.refused;
    sum.parked += one.parked;
    sum.disturbed += one.disturbed;
    sum.deaths += one.deaths;
    sum.restored += one.restored;
    sum.set_apart += one.set_apart;
    sum.rejoined += one.rejoined;
    sum.came_back += one.came_back;
    sum.centre_restored += one.centre_restored;
    sum.retried += one.retried;
    sum.corrected += one.corrected;
    sum.deficit += one.deficit;
}

/// Runs the schedules on all processors; gives what they had in them, and the first that broke something.
fn run_all(from: u64, count: u64) -> (Facts, Vec<(u64, Ended)>) {
    let next = AtomicU64::new(0);
    let gathered = Mutex::new((Facts::default(), Vec::new()));
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                let mut facts = Facts::default();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        break;
                    }
                    let ended = run(from + at, None);
                    add(&mut facts, &ended.facts);
                    if ended.violation.is_some() {
                        gathered.lock().unwrap().1.push((from + at, ended));
                    }
                }
                add(&mut gathered.lock().unwrap().0, &facts);
            });
        }
    });
    let (facts, mut broken) = gathered.into_inner().unwrap();
    broken.sort_by_key(|(seed, _)| *seed);
    (facts, broken)
}

#[test]
fn no_schedule_breaks_what_must_always_hold() {
    let seed = number("KEYRACK_SEED");
    let asked = number("KEYRACK_SCHEDULES");
    if let (Some(seed), None | Some(1)) = (seed, asked) {
        let ended = told(seed, None);
        ended.lines.iter().for_each(|line| println!("{line}"));
        println!("{:?}", ended.facts);
        assert_eq!(ended.violation, None, "KEYRACK_SEED={seed}");
        return;
    }
    let long = std::env::var_os("KEYRACK_TORTURE").is_some();
    let count = asked.unwrap_or(if long { LONG } else { SHORT });
    let (facts, broken) = run_all(seed.unwrap_or(0), count);
    println!("{count} schedules: {facts:?}");
    println!("figure: schedules.tried {count} times");
    for (seed, ended) in broken.iter().take(TOLD) {
        println!("KEYRACK_SEED={seed}: {:?}", ended.violation);
    }
    let seeds: Vec<u64> = broken.iter().map(|(seed, _)| *seed).collect();
    assert_eq!(
        seeds, [0_u64; 0],
        "of {count} schedules these broke something"
    );
    // A simulation in which nothing happens proves nothing.
    for (what, found) in [
        ("commands", facts.commands),
        ("promised", facts.promised),
        ("asked", facts.asked),
        ("applied", facts.applied),
        ("kept", facts.kept),
        ("refused", facts.refused),
        ("disturbed", facts.disturbed),
        ("deaths", facts.deaths),
    ] {
        assert!(found * 2 >= count, "{what}: {found} in {count} schedules");
    }
    for (what, found) in [
        ("parked", facts.parked),
        ("restored", facts.restored),
        ("set apart", facts.set_apart),
        ("rejoined", facts.rejoined),
        ("came back", facts.came_back),
        ("centre restored", facts.centre_restored),
        ("retried", facts.retried),
        ("corrected", facts.corrected),
        ("deficit", facts.deficit),
    ] {
        assert!(found * 50 >= count, "{what}: {found} in {count} schedules");
    }
}

#[test]
fn a_seed_gives_the_same_trace_to_the_byte() {
    for seed in [1, 7, 77, 4_711, u64::MAX] {
        let (one, other) = (told(seed, None), told(seed, None));
        assert_eq!(one.lines, other.lines, "KEYRACK_SEED={seed}");
        assert_eq!(one.hash, other.hash, "KEYRACK_SEED={seed}");
        assert_eq!(run(seed, None).hash, one.hash, "kept or not");
        assert_ne!(run(seed ^ 1, None).hash, one.hash);
    }
}

#[test]
fn each_planted_mistake_is_found() {
    for mistake in Mistake::ALL {
        let first = mistake.sought_from();
        let found = (first..first + FOUND_WITHIN).find_map(|seed| {
            let violation = run(seed, Some(mistake)).violation?;
            let is_it = mistake.breaks().contains(&violation.rule);
            is_it.then_some((seed, violation))
        });
        let (seed, violation) = found.unwrap_or_else(|| panic!("{mistake:?} is not found"));
        println!("{mistake:?}: {} schedules, {violation:?}", seed - first + 1);
    }
    println!("figure: schedules.mistakes_found {}", Mistake::ALL.len());
}
