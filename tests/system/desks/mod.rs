//! Several desks and a centre: on and off the network, over a bad one, and through deaths.

#[path = "../../../crates/central/tests/central/database.rs"]
mod database;
mod day;
mod details;
mod erasing;
mod inbox;
mod joining;
mod keyring;
mod parked;
pub mod proxy;
mod rejoin;
mod requests;
mod rights;
mod trouble;
mod walk_asked;
mod walking;
pub mod world;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use serde_json::Value;

use crate::chance::{Chance, share_of, short_or_long};
use proxy::Weather;
use world::{Centre, Desk, settle};

/// What a desk told a guest.
#[derive(Debug, Default)]
struct Told {
    /// Bookings that were confirmed at once, by number, and at which desk.
    confirmed: BTreeMap<String, &'static str>,
    /// Requests that wait for the centre.
    asked: BTreeMap<String, &'static str>,
}

fn number(document: &Value) -> String {
    document["reservation"]["number"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Sells, cancels, moves and takes rooms out, at random; keeps what was told.
fn work(desk: &Desk, chance: &mut Chance, told: &mut Told, steps: u64) {
    for _ in 0..steps {
        let (room, day) = (["A", "B"][chance.below(2) as usize], 1 + chance.below(6));
        let stay = format!(
            "{room}:2026-06-{:02}:2026-06-{:02}",
            9 + day,
            10 + day + chance.below(3)
        );
        let own: Vec<String> = told
            .confirmed
            .iter()
            .filter(|(_, at)| **at == desk.name)
            .map(|(number, _)| number.clone())
            .collect();
        let one = (!own.is_empty()).then(|| own[chance.below(own.len() as u64) as usize].clone());
        match (chance.below(10), one) {
            (0, Some(number)) => {
                desk.run(&["cancel", &number, "--reason", "guest"]);
            }
            (1, Some(number)) => {
                desk.run(&["amend", &number, &stay]);
            }
            (2, _) if chance.below(3) == 0 => {
                let outage = format!("{room}:2026-06-{:02}:2026-06-{:02}:1", 9 + day, 11 + day);
                desk.run(&["outage", "add", &outage, "--reason", "a pipe broke"]);
            }
            (3, _) => {
                desk.run(&["hold", "place", &stay, "--minutes", "60"]);
            }
            _ => {
                let (status, document) = desk.run(&["reserve", &stay, "--guest", "Ana Sousa"]);
                match status {
                    0 => drop(told.confirmed.insert(number(&document), desk.name)),
                    4 => drop(told.asked.insert(number(&document), desk.name)),
                    3 => {}
                    _ => panic!("{}: {document}", desk.name),
                }
            }
        }
    }
}

/// At rest every desk shows the same, nothing that was told is lost, and no night is sold beyond what
/// may be sold but by a deficit that its ledger explains.
fn is_right(centre: &Centre, desks: &[&Desk], told: &Told) {
    let first = desks[0].shown();
    for desk in desks {
        assert_eq!(desk.shown(), first, "{} shows something else", desk.name);
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
    let bookings = first.1["reservations"].as_array().unwrap();
    let known: BTreeMap<&str, &Value> = bookings
        .iter()
        .map(|booking| (booking["number"].as_str().unwrap(), booking))
        .collect();
    for number in told.confirmed.keys().chain(told.asked.keys()) {
        assert!(known.contains_key(number.as_str()), "{number} is lost");
    }
    let unconfirmed = |number: &&String| known[number.as_str()]["status"] == "needs_confirmation";
    let broken: Vec<&String> = told.confirmed.keys().filter(unconfirmed).collect();
    assert!(broken.is_empty(), "promised and taken back: {broken:?}");
    let oversold = centre.database.ask(
        "SELECT count(*) FROM cell AS c
         LEFT JOIN deficit AS d ON d.property = c.property AND d.night = c.night AND d.pool = c.room_type
         WHERE c.sold + c.held + c.blocked
            > c.physical - c.out_of_order + c.overbooking + coalesce(d.rooms, 0)",
    );
    assert_eq!(oversold, "0", "nights are oversold");
    let unexplained = centre.database.ask(
        "SELECT count(*) FROM deficit AS d WHERE d.rooms <> (SELECT coalesce(sum(e.rooms), 0)
            FROM deficit_entry AS e WHERE e.property = d.property AND e.night = d.night
                AND e.pool = d.pool)",
    );
    assert_eq!(unexplained, "0", "deficits that nothing explains");
}

/// Each sale beyond a share has its answer at the desk that made it.
fn are_answered(desks: &[&Desk], told: &Told) {
    for desk in desks {
        let (_, inbox) = desk.run(&["inbox", "list", "--all"]);
        let items = inbox["inbox"].as_array().unwrap();
        let (_, list) = desk.run(&["reservation", "list", "--limit", "1000"]);
        let known = list["reservations"].as_array().unwrap();
        for (number, _) in told.asked.iter().filter(|(_, at)| **at == desk.name) {
            let booking = known.iter().find(|one| one["number"] == **number).unwrap();
            let about = |item: &&Value| item["object"] == **number;
            let word = match booking["status"].as_str().unwrap() {
                "needs_confirmation" => "declined",
                _ => "confirmed",
            };
            let mut answers = items.iter().filter(about);
            assert!(
                answers.any(|item| item["kind"] == word),
                "{}: {number} is {}, and the inbox has {inbox}",
                desk.name,
                booking["status"]
            );
        }
    }
}

#[test]
fn three_desks_sell_without_the_network_and_agree_when_it_is_back() {
    let mut chance = Chance::new("three desks without a network");
    let centre = Centre::start();
    let first = Desk::first(&centre, chance.below(u64::MAX));
    let second = Desk::another(&centre, "second", chance.below(u64::MAX));
    let third = Desk::another(&centre, "third", chance.below(u64::MAX));
    let desks = [&first, &second, &third];
    settle(&desks);
    let mut told = Told::default();
    for _ in 0..short_or_long(3, share_of(30)) {
        desks.iter().for_each(|desk| desk.set(Weather::Cut));
        for desk in desks {
            work(desk, &mut chance, &mut told, 14);
            assert!(!desk.sync(), "the cable is out");
        }
        desks.iter().for_each(|desk| desk.set(Weather::Fair));
        // They come back in any order.
        let mut order = desks;
        order.rotate_left(chance.below(3) as usize);
        let healed = std::time::Instant::now();
        settle(&order);
        println!(
            "figure: network.agree {:.1} s",
            healed.elapsed().as_secs_f64()
        );
        is_right(&centre, &desks, &told);
    }
    assert!(!told.asked.is_empty(), "nothing was sold beyond a share");
    are_answered(&desks, &told);
}

#[test]
fn a_network_that_loses_repeats_and_garbles_changes_nothing_in_the_end() {
    let mut chance = Chance::new("a bad network");
    let centre = Centre::start();
    let first = Desk::first(&centre, chance.below(u64::MAX));
    let second = Desk::another(&centre, "second", chance.below(u64::MAX));
    let third = Desk::another(&centre, "third", chance.below(u64::MAX));
    let desks = [&first, &second, &third];
    let mut told = Told::default();
    desks.iter().for_each(|desk| desk.set(Weather::Foul));
    for _ in 0..short_or_long(12, share_of(200).max(12)) {
        // Now and then one is cut off, and comes back into the same weather.
        let desk = desks[chance.below(3) as usize];
        let is_out = chance.below(4) == 0;
        desk.set(if is_out { Weather::Cut } else { Weather::Foul });
        work(desk, &mut chance, &mut told, 3);
        assert!(!desk.sync() || !is_out, "the cable is out");
        desk.set(Weather::Foul);
        desks[chance.below(3) as usize].sync();
    }
    let met: u64 = desks
        .iter()
        .map(|desk| desk.proxy.misfortunes.load(Ordering::SeqCst))
        .sum();
    assert!(met > 5, "the weather was fair: {met}");
    desks.iter().for_each(|desk| desk.set(Weather::Fair));
    let healed = std::time::Instant::now();
    settle(&desks);
    println!(
        "figure: network.agree {:.1} s",
        healed.elapsed().as_secs_f64()
    );
    println!("figure: network.misfortunes {met} times");
    // A request that was overtaken may still arrive.
    std::thread::sleep(std::time::Duration::from_millis(700));
    settle(&desks);
    is_right(&centre, &desks, &told);
    are_answered(&desks, &told);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_centre_or_its_database_dies() {
    let mut chance = Chance::new("deaths of the centre");
    let deaths = short_or_long(6, share_of(1_000));
    // Now and then a new house, since rooms run out.
    for before in (0..deaths).step_by(50) {
        println!("{before} of {deaths} deaths");
        is_right_after_deaths(&mut chance, (deaths - before).min(50));
    }
    println!("figure: centre_dies.tried {deaths} times");
}

/// Lets the centre or its database die so often while two desks send.
fn is_right_after_deaths(chance: &mut Chance, deaths: u64) {
    let mut centre = Centre::start();
    let first = Desk::first(&centre, chance.below(u64::MAX));
    let second = Desk::another(&centre, "second", chance.below(u64::MAX));
    let mut told = Told::default();
    for round in 0..deaths {
        for desk in [&first, &second] {
            desk.set(Weather::Cut);
            work(desk, chance, &mut told, 6);
            desk.set(Weather::Fair);
        }
        let mut pushes = Vec::new();
        for desk in [&first, &second] {
            let mut command = desk.hotel.command(&["sync", "--once"]);
            command.stdout(std::process::Stdio::null());
            pushes.push(command.spawn().unwrap());
        }
        std::thread::sleep(chance.moment(std::time::Duration::from_millis(60)));
        if round % 3 == 2 {
            centre.database.crash();
        } else {
            centre.kill();
        }
        for mut push in pushes {
            push.wait().unwrap();
        }
        if round % 3 != 2 {
            centre.up();
        }
    }
    settle(&[&first, &second]);
    is_right(&centre, &[&first, &second], &told);
}

#[test]
fn an_id_that_one_desk_refused_and_another_accepted_stops_nobody() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 2);
    let second = Desk::another(&centre, "second", 3);
    settle(&[&first, &second]);
    let id = "019731c0-0000-7000-8000-000000000001";
    let walk_in = [
        "reserve",
        "B:2026-06-01:2026-06-02:4",
        "--guest",
        "Ana",
        "--walk-in",
        "--command-id",
        id,
    ];
    assert_eq!(second.run(&walk_in).0, 3, "beyond the share");
    let stay = [
        "reserve",
        "A:2026-06-02:2026-06-03",
        "--guest",
        "Ana",
        "--command-id",
        id,
    ];
    assert_eq!(first.run(&stay).0, 0);
    settle(&[&first, &second]);
    assert_eq!(first.shown(), second.shown());
    second.is_sound();
    second.is_level();
}

#[test]
fn one_id_with_other_content_at_two_desks_is_put_before_a_person() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 4);
    let second = Desk::another(&centre, "second", 5);
    settle(&[&first, &second]);
    let id = "019731c0-0000-7000-8000-000000000002";
    for (desk, stay) in [
        (&first, "A:2026-06-02:2026-06-03"),
        (&second, "A:2026-06-05:2026-06-06"),
    ] {
        desk.set(Weather::Cut);
        let sale = ["reserve", stay, "--guest", "Ana", "--command-id", id];
        assert_eq!(desk.run(&sale).0, 0, "within the share");
        desk.set(Weather::Fair);
    }
    assert!(first.sync());
    settle(&[&first, &second]);
    let (_, inbox) = second.run(&["inbox", "list"]);
    let item = &inbox["inbox"][0];
    assert_eq!(item["kind"], "refused", "{inbox}");
    assert_eq!(item["refusal"]["code"], "idempotency_conflict", "{inbox}");
    // There is no request to take another stay for.
    let (id, stay) = (item["id"].to_string(), "A:2026-06-07:2026-06-08");
    let (status, nothing) = second.run(&["inbox", "take", &id, stay]);
    assert_eq!(status, 2, "{nothing}");
    let said = nothing["error"]["message"].as_str().unwrap();
    assert!(said.contains(&format!("Item {id} is no request")), "{said}");
    assert_eq!(first.shown(), second.shown());
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
}

#[test]
fn an_undo_looks_behind_nothing_that_the_centre_is_asked() {
    let centre = Centre::start();
    let desk = Desk::first(&centre, 6);
    settle(&[&desk]);
    let (_, sold) = desk.run(&["reserve", "A:2026-06-05:2026-06-06", "--guest", "Ana"]);
    let number = sold["reservation"]["number"].as_str().unwrap().to_owned();
    desk.set(Weather::Cut);
    // More than there are.
    let (status, asked) = desk.run(&["amend", &number, "A:2026-06-05:2026-06-06:30"]);
    assert_eq!(status, 4, "{asked}");
    let (status, undone) = desk.run(&["undo"]);
    assert_eq!(status, 3, "{undone}");
    assert_eq!(undone["error"]["code"], "cannot_undo", "{undone}");
    desk.set(Weather::Fair);
}
