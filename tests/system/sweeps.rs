//! Many processes that let holds go, place and convert them: each is let go once, by one of them, and
//! that is so wherever one of them is killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use keyrack_inventory::{Command as Domain, CommandId, Instant};
use keyrack_store::{Creation, Envelope, Store};
use serde_json::json;
use uuid::Uuid;

use crate::chance::Chance;
use crate::hotel::Hotel;

/// From here on a hold of the test's ends every 60 ms.
const FIRST_END: &str = "2026-06-01T10:00:00Z";
const APART_MS: i64 = 60;
/// How much faster than time the sweepers' clock goes.
const SPEED: i64 = 25;

fn after(millis: i64) -> Instant {
    let first: Instant = FIRST_END.parse().unwrap();
    Instant::from_millis(first.millis() + millis)
}

/// Holds that end one after the other, placed in one transaction.
fn place(hotel: &Hotel, holds: i64) {
    let wait = Duration::from_secs(5);
    let store = Store::open(&hotel.file, Creation::MustExist, wait).unwrap();
    let placed = store.write(|batch| {
        for at in 0..holds {
            let id = Uuid::now_v7();
            let command: Domain = serde_json::from_value(json!({
                "kind": "place_hold", "minutes": 60, "stays": [{
                    "room_type": "A", "arrival": format!("2026-06-{:02}", 10 + at % 9),
                    "departure": "2026-06-25", "rooms": 1 + at % 3,
                }],
            }))
            .unwrap();
            let applied = batch.apply(&Envelope {
                command_id: CommandId(id),
                request_hash: [1; 32],
                request_id: id,
                actor: "Iris".to_owned(),
                now: after(at * APART_MS - 3_600_000),
                if_version: None,
                override_text: None,
                command,
                reason: None,
                causation: None,
                gives_back: false,
                guests: Vec::new(),
                texts: Vec::new(),
            })?;
            assert!(applied.result.is_ok(), "{:?}", applied.result);
        }
        Ok(())
    });
    placed.unwrap();
}

fn sweeper(hotel: &Hotel, words: &[&str]) -> Child {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_sweeper")));
    command.arg(&hotel.file).args(words);
    command.stdout(Stdio::piped()).spawn().unwrap()
}

/// Sweeps over all the ends, by a clock that said the first end at an instant.
fn sweeping(hotel: &Hotel, holds: i64, begun: SystemTime) -> Child {
    let (from, to) = (after(0).to_string(), after(holds * APART_MS).to_string());
    let unix = begun.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let begun = unix.as_millis().to_string();
    sweeper(hotel, &[&from, &to, &begun])
}

/// Every hold of the test's was let go once: when, by whom and why is kept.
fn let_go_once(hotel: &Hotel, holds: i64) {
    let expired = "type = 'hold_ended' AND payload ->> 'status' = 'expired'";
    for (what, sql, expected) in [
        (
            "let go",
            format!("SELECT count(*) FROM event WHERE {expired}"),
            holds,
        ),
        (
            "holds let go",
            format!("SELECT count(DISTINCT payload ->> 'hold') FROM event WHERE {expired}"),
            holds,
        ),
        (
            "expired",
            "SELECT count(*) FROM hold WHERE status = 'expired'".to_owned(),
            holds,
        ),
        (
            "active",
            "SELECT count(*) FROM hold WHERE status = 'active'".to_owned(),
            0,
        ),
        (
            "let go before their time, or by nobody",
            format!(
                "SELECT count(*) FROM event AS e JOIN command AS c ON c.seq = e.command
                 JOIN audit AS a ON a.command = c.seq
                 JOIN hold AS h ON h.id = unhex(replace(e.payload ->> 'hold', '-', ''))
                 WHERE e.{expired} AND (c.instant < h.expires_at OR c.kind <> 'sweep_holds'
                    OR a.what <> 'sweep_holds' OR c.actor NOT LIKE 's%')"
            ),
            0,
        ),
        ("held", "SELECT sum(held) FROM cell".to_owned(), 0),
    ] {
        assert_eq!(hotel.number(&sql), expected, "{what}");
    }
    hotel.verified();
}

#[test]
fn eight_sweep_a_thousand_holds_while_eight_place_and_convert() {
    const HOLDS: i64 = 1_000;
    const TURNS: usize = 10;
    let hotel = Hotel::small();
    place(&hotel, HOLDS);
    let begun = SystemTime::now();
    let sweepers: Vec<Child> = (0..8).map(|_| sweeping(&hotel, HOLDS, begun)).collect();
    thread::scope(|scope| {
        for desk in 0..8 {
            let hotel = &hotel;
            scope.spawn(move || {
                for turn in 0..TURNS {
                    // From 10 ms to a second and more until it is due: sweepers and desks go for the same
                    // holds, and each gets some of them.
                    let due_in = [250, 2_000, 8_000, 32_000][(turn + desk) % 4];
                    let now = || begun.elapsed().unwrap().as_millis() as i64 * SPEED;
                    let placing = after(now() + due_in - 60_000).to_string();
                    let stay = "A:2026-07-10:2026-07-11";
                    let words = ["--at", &placing, "hold", "place", stay, "--minutes", "1"];
                    let placed = hotel.run(&words);
                    let hold = placed.ends(0)["hold"]["number"]
                        .as_str()
                        .unwrap()
                        .to_owned();
                    let at = after(now()).to_string();
                    let words = ["--at", &at, "hold", "convert", &hold, "--guest", "Ada"];
                    let converted = hotel.run(&words);
                    if converted.status != 0 {
                        // It was due before its guest was found.
                        converted.refused(3, "hold_expired");
                    }
                }
            });
        }
    });
    let mut by_sweepers = Vec::new();
    for sweeper in sweepers {
        let output = sweeper.wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let swept = text.lines().map(|line| line.parse::<i64>().unwrap());
        by_sweepers.push(swept.sum::<i64>());
    }
    // What was placed and not converted ends as well.
    sweeper(
        &hotel,
        &[
            &after(7_200_000).to_string(),
            &after(7_200_000).to_string(),
            "0",
        ],
    )
    .wait()
    .unwrap();
    let placed = hotel.number("SELECT count(*) FROM hold");
    let converted = hotel.number("SELECT count(*) FROM hold WHERE status = 'converted'");
    println!("each swept {by_sweepers:?}; {placed} placed, {converted} converted");
    assert!(converted > 0, "some of what is placed is converted");
    assert!(converted < 8 * TURNS as i64, "and some is let go before");
    let swept = by_sweepers.iter().filter(|swept| **swept > 0);
    assert!(swept.count() > 1, "{by_sweepers:?}");
    let ended = "SELECT count(*) FROM event WHERE type = 'hold_ended'";
    assert_eq!(hotel.number(ended), placed, "each hold ended, and once");
    let_go_once(&hotel, placed - converted);
}

/// Waits until it stands where it is to be killed.
fn killed_there(mut child: Child) {
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_sweeper_that_is_killed_before_its_commit_let_nothing_go_and_after_it_all() {
    const HOLDS: i64 = 40;
    let hotel = Hotel::small();
    place(&hotel, HOLDS);
    let end = after(HOLDS * APART_MS).to_string();
    let before = hotel.content();
    killed_there(sweeper(&hotel, &[&end, "before"]));
    assert_eq!(hotel.content(), before, "nothing of it is there");
    hotel.verified();
    killed_there(sweeper(&hotel, &[&end, "after"]));
    let_go_once(&hotel, HOLDS);
    let again = sweeper(&hotel, &[&end, &end, "0"])
        .wait_with_output()
        .unwrap();
    assert_eq!(String::from_utf8(again.stdout).unwrap(), "0\n");
    let_go_once(&hotel, HOLDS);
}

#[test]
fn sweepers_that_are_killed_at_any_moment_let_each_hold_go_once_between_them() {
    const HOLDS: i64 = 300;
    let mut chance = Chance::new("sweepers that are killed");
    let hotel = Hotel::small();
    place(&hotel, HOLDS);
    for _ in 0..6 {
        let children: Vec<Child> = (0..4)
            .map(|_| sweeping(&hotel, HOLDS, SystemTime::now()))
            .collect();
        for mut child in children {
            thread::sleep(chance.moment(Duration::from_millis(25)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        hotel.verified();
    }
    let status = sweeping(&hotel, HOLDS, SystemTime::now()).wait().unwrap();
    assert!(status.success());
    let_go_once(&hotel, HOLDS);
}

#[test]
fn what_is_due_at_once_is_let_go_five_hundred_at_a_time_the_oldest_first_before_the_next_sale() {
    const HOLDS: i64 = 1_200;
    let hotel = Hotel::small();
    place(&hotel, HOLDS);
    let at = after(HOLDS * APART_MS).to_string();
    let stay = "A:2026-07-10:2026-07-11";
    hotel.done(&["--at", &at, "reserve", stay, "--guest", "Ada"]);
    let bare = hotel.bare();
    let sql = "SELECT c.events, min(h.expires_at), max(h.expires_at) FROM command AS c
        JOIN event AS e ON e.command = c.seq
        JOIN hold AS h ON h.id = unhex(replace(e.payload ->> 'hold', '-', ''))
        WHERE c.kind = 'sweep_holds' GROUP BY c.seq ORDER BY c.seq";
    let mut statement = bare.prepare(sql).unwrap();
    let sweeps: Vec<(i64, i64, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let sizes: Vec<i64> = sweeps.iter().map(|sweep| sweep.0).collect();
    assert_eq!(sizes, [500, 500, 200]);
    assert!(
        sweeps.windows(2).all(|two| two[0].2 < two[1].1),
        "{sweeps:?}"
    );
    let_go_once(&hotel, HOLDS);
}
