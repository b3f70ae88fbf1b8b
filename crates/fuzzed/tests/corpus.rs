//! Every target over its corpus, and over seeded changes of it. `KEYRACK_SEED=n` makes the same changes again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../../tests/system/chance.rs"]
#[expect(dead_code, reason = "of the system tests; not all is needed here")]
mod chance;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use chance::{Chance, share_of, short_or_long};
use keyrack_fuzzed::TARGETS;

/// What often stands where something goes wrong.
const ODD: [&[u8]; 20] = [
    b"0",
    b"-1",
    b"9",
    b"18446744073709551615",
    b"-9223372036854775808",
    b"1e999",
    b"null",
    b"[]",
    b"{}",
    b"\"",
    b"\\u0000",
    b"\xff",
    b"\x00",
    b"\n",
    b";",
    b":",
    b"2026-02-29",
    b"9999-12-31",
    b"0001-01-01",
    "\u{202e}é".as_bytes(),
];

/// The files of a target: its own, and those of the protocol that the messages are tested with.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![crates.join("corpus").join(name)];
    if name == "messages" {
        folders.push(crates.join("../wire/tests/golden"));
    }
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 10, "{name} has {} files", files.len());
    files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect()
}

/// One to four changes of a file.
fn changed(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut pick = |most: usize| chance.below(most as u64) as usize;
    let mut bytes = corpus[pick(corpus.len())].clone();
    for _ in 0..=pick(4) {
        let at = pick(bytes.len() + 1);
        let end = at + pick(bytes.len() - at + 1).min(pick(40));
        match pick(6) {
            0 if !bytes.is_empty() => bytes[at.min(end.saturating_sub(1))] ^= 1 << pick(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            3 => {
                let other = &corpus[pick(corpus.len())];
                let from = pick(other.len() + 1);
                bytes.splice(at..end, other[from..].iter().copied());
            }
            4 => bytes.truncate(at),
            _ => drop(bytes.splice(at..end, ODD[pick(ODD.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn whatever_is_read_makes_nothing_panic_and_is_written_as_it_was_read() {
    let mut chance = Chance::new("changes of what is read");
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        let mut tries = corpus.clone();
        // Each bringing in is weighed by a hotel, which takes its time.
        let short = if name == "imports" { 300 } else { 2_000 };
        let changes = short_or_long(short, share_of(100_000));
        tries.extend((0..changes).map(|_| changed(&corpus, &mut chance)));
        for bytes in &tries {
            if catch_unwind(AssertUnwindSafe(|| target(bytes))).is_err() {
                panic!("{name} does not bear {:?}", String::from_utf8_lossy(bytes));
            }
        }
        println!("{name}: {} tries", tries.len());
        println!("figure: read.tried {} times", tries.len());
    }
    println!("figure: read.targets {}", TARGETS.len());
}

#[test]
fn each_target_reads_what_is_good_in_its_corpus_and_not_what_is_not() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        let read = corpus.iter().filter(|bytes| target(bytes)).count();
        assert!(read > 4, "{name} reads {read} of {}", corpus.len());
        assert!(
            corpus.len() - read > 4,
            "{name} reads {read} of {}",
            corpus.len()
        );
    }
}
