//! Each call that changes a file fails once: what was asked for is done, or it is said that it failed; asked
//! again by its id it is done once; and nothing is half done.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use keyrack_store::{Creation, Store};

use super::image::{self, Files};
use super::recorder::{Recorder, fail_at};
use super::script::{Ask, COPY, asks};
use super::{in_memory, scratch};
use crate::chance::{Chance, share_of, short_or_long};
use crate::hotel::{Hotel, Run, content, new_id};

/// How a call fails.
const KINDS: [&str; 4] = ["eio", "enospc", "short", "torn"];

/// What the file says, without what each look at it counts.
fn said(hotel: &Hotel) -> String {
    content(&hotel.bare())
}

fn put_back(files: &Files, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else {
            std::fs::remove_file(path).unwrap();
        }
    }
    image::write(files, folder);
}

/// The lines that one of two texts has alone.
fn changes<'a>(before: &'a str, after: &'a str) -> Vec<&'a str> {
    let lines = |text: &'a str| text.lines().collect::<BTreeSet<_>>();
    lines(before)
        .symmetric_difference(&lines(after))
        .copied()
        .collect()
}

/// What came of the faults of one kind of work.
#[derive(Default, Debug)]
struct Count {
    tried: u64,
    failed: u64,
    done_all_the_same: u64,
    unknown_and_done: u64,
}

/// One fault, from the state that `files` holds. Whether there was a call of that number.
fn once(
    hotel: &Hotel,
    files: &Files,
    ask: &Ask,
    number: u64,
    kind: &str,
    count: &mut Count,
) -> bool {
    let what = format!("{}, {kind} at call {number}", ask.name);
    put_back(files, hotel.folder.path());
    let before = said(hotel);
    let id = new_id();
    let mut words = vec!["--command-id", id.as_str()];
    words.extend(ask.words.iter().map(String::as_str));
    let mut command = hotel.command(&words);
    let elsewhere = scratch();
    let hit = elsewhere.path().join("hit");
    fail_at(&mut command, hotel.folder.path(), number, kind);
    command.env("KEYRACK_DISK_HIT", &hit);
    let run = Run::of(command.output().unwrap());
    assert!(!run.stderr.contains("panicked"), "{what}: {run:?}");
    let was_hit = hit.exists();
    if !was_hit {
        assert_eq!(run.status, 0, "{what}: {run:?}");
        return false;
    }
    count.tried += 1;
    // A restore that failed may have put the content back, and not yet forgotten which backups know more.
    let half = ask.name == "restore" && run.status == 5;
    if !half {
        is_whole(hotel, &what);
    }
    match run.status {
        0 => count.done_all_the_same += 1,
        5 => {
            let error = run.refused(5, "storage");
            let message = error["message"].as_str().unwrap();
            assert!(message.len() > 20, "{what}: {error}");
            count.failed += 1;
        }
        _ => panic!("{what}: {run:?}"),
    }
    let between = said(hotel);
    // Asked again: done now, or done before.
    let again = hotel.run(&words).ends(0);
    assert_eq!(again["command_id"], id.as_str(), "{what}: {again}");
    let repeated = again["repeated"] == true;
    if run.status == 0 {
        assert!(repeated, "{what}: it was done, and is done again: {again}");
    } else if repeated {
        count.unknown_and_done += 1;
    } else if !["backup", "restore"].contains(&ask.name) {
        let changed = changes(&before, &between);
        assert!(
            changed.is_empty(),
            "{what}: it failed, was not done, and changed {changed:#?}"
        );
    }
    // An end of day that went through without its files makes them when it is asked for again.
    if repeated && !ask.name.starts_with("end of day") {
        let after = said(hotel);
        let changed = changes(&between, &after);
        assert!(
            changed.is_empty(),
            "{what}: asked again, it changed {changed:#?}"
        );
    }
    is_whole(hotel, &what);
    if ask.name == "backup" {
        let copied = Store::verify_backup(&hotel.folder.path().join(COPY)).unwrap();
        assert!(copied.verification.ok, "{what}: {copied:?}");
    }
    true
}

fn is_whole(hotel: &Hotel, what: &str) {
    let store = Store::open(&hotel.file, Creation::MustExist, Duration::from_secs(5)).unwrap();
    let verified = store.verify().unwrap();
    assert!(verified.ok, "{what}: {verified:?}");
}

/// Each kind of work, with each call of every so many that fails so; `kind` gives how, by the turn.
fn all(name: &str, seed: u64, stride: u64, kind: impl Fn(usize) -> &'static str) {
    let mut chance = Chance::from(seed);
    let (hotel, beside) = (in_memory(), scratch());
    let started = Instant::now();
    // One kind of work alone, to look at it.
    let only = std::env::var("KEYRACK_ASK").ok();
    for ask in &asks(hotel.folder.path(), beside.path()) {
        let words: Vec<&str> = ask.words.iter().map(String::as_str).collect();
        if only.as_ref().is_some_and(|only| only != ask.name) {
            hotel.done(&words);
            continue;
        }
        let files = image::read(hotel.folder.path());
        let mut count = Count::default();
        let mut number = 1 + chance.below(stride);
        for turn in chance.below(4) as usize.. {
            if !once(&hotel, &files, ask, number, kind(turn), &mut count) {
                break;
            }
            number += 1 + chance.below(2 * stride - 1);
        }
        let seconds = started.elapsed().as_secs();
        println!("{name}: {}: {count:?}, {seconds} s so far", ask.name);
        println!("figure: writes.tried {} times", count.tried);
        put_back(&files, hotel.folder.path());
        hotel.done(&words);
    }
}

#[test]
fn each_write_that_fails_once_leaves_nothing_half_done_and_the_id_settles_what_is_unknown() {
    let mut chance = Chance::new("writes that fail");
    if short_or_long(true, false) {
        return all("some", chance.below(u64::MAX), 90, |turn| KINDS[turn % 4]);
    }
    let stride = (1_000 / share_of(1_000)).max(1);
    std::thread::scope(|scope| {
        for kind in KINDS {
            let seed = chance.below(u64::MAX);
            scope.spawn(move || all(kind, seed, stride, |_| kind));
        }
    });
    // 1 where each call failed, of each kind of work and in each way.
    println!("figure: writes.one_call_of {stride}");
}

/// What a restore does last is to forget the backups that know more than what it put back.
#[test]
fn a_restore_that_fails_at_its_end_is_not_called_done_and_is_whole_when_it_is_asked_for_again() {
    let (hotel, beside) = (in_memory(), scratch());
    let all = asks(hotel.folder.path(), beside.path());
    let at = all.iter().position(|ask| ask.name == "restore").unwrap();
    let (before, restore) = (&all[..at], &all[at]);
    let done = |ask: &Ask| {
        let words: Vec<&str> = ask.words.iter().map(String::as_str).collect();
        let mut command = hotel.command(&words);
        let recorder = Recorder::of(hotel.folder.path(), &beside.path().join("log"));
        recorder.watch(&mut command);
        Run::of(command.output().unwrap()).ends(0);
        recorder.take().len() as u64
    };
    for ask in before {
        done(ask);
    }
    let files = image::read(hotel.folder.path());
    let calls = done(restore);
    let mut count = Count::default();
    for number in (calls - 12..calls + 24).step_by(3) {
        once(&hotel, &files, restore, number, "eio", &mut count);
    }
    println!("restore: {count:?}");
    assert!(count.failed > 0 && count.done_all_the_same > 0, "{count:?}");
}
