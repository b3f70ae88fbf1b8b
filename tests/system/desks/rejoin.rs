//! Desks that go on in a new epoch: their file was an older copy or exists twice, they were lost, or the
//! centre was restored from a copy.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::proxy::{Proxy, Weather};
use super::world::{Centre, Desk, PROPERTY, settle};
use super::{Told, is_right, number, work};
use crate::chance::{Chance, short_or_long};
use crate::hotel::Hotel;

fn standing(desk: &Desk) -> Value {
    desk.run(&["sync", "status"]).1["centre"].clone()
}

/// Sells a night of a suite until nothing is left of it here; keeps what was told.
fn sell_out(desk: &Desk, day: u32, told: &mut Told) {
    let stay = format!("B:2026-06-{day:02}:2026-06-{:02}", day + 1);
    loop {
        let (status, sold) = desk.run(&["reserve", &stay, "--guest", "Ana Sousa"]);
        match status {
            0 => drop(told.confirmed.insert(number(&sold), desk.name)),
            4 => {
                told.asked.insert(number(&sold), desk.name);
                break;
            }
            _ => panic!("{}: {sold}", desk.name),
        }
    }
}

#[test]
fn an_older_copy_of_the_file_sells_nothing_out_of_its_share_and_rejoins() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 1);
    let second = Desk::another(&centre, "second", 2);
    settle(&[&first, &second]);
    let copy = first.hotel.folder.path().join("copy.keyrack");
    let copy = copy.to_str().unwrap();
    let mut told = Told::default();
    sell_out(&first, 19, &mut told);
    first.set(Weather::Cut);
    // One sale is queued in the copy and in the file; what comes after it, in the file alone.
    let stay = ["reserve", "B:2026-06-20:2026-06-21", "--guest", "Ana Sousa"];
    let (status, sold) = first.run(&stay);
    assert_eq!(status, 0, "{sold}");
    told.confirmed.insert(number(&sold), "first");
    assert_eq!(first.run(&["backup", copy]).0, 0);
    let later = ["reserve", "B:2026-06-22:2026-06-23", "--guest", "Ana Sousa"];
    let (status, sold) = first.run(&later);
    assert_eq!(status, 0, "{sold}");
    told.confirmed.insert(number(&sold), "first");
    first.set(Weather::Fair);
    assert!(first.sync());
    assert_eq!(first.run(&["restore", copy]).0, 0);
    // The counter beside the file is ahead of it: the same right is not there once more, and a number that
    // was given is not given again.
    first.set(Weather::Cut);
    let (status, sold) = first.run(&later);
    assert_eq!(status, 4, "{sold}");
    assert!(number(&sold).starts_with("ZZ"), "{sold}");
    assert_eq!(standing(&first)["reach"], "frozen");
    assert_eq!(standing(&first)["safe_room_nights"], 0);
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    assert_eq!(standing(&first)["reach"], "online");
    assert!(standing(&first)["safe_room_nights"].as_u64() > Some(0));
    is_right(&centre, &[&first, &second], &told);
    let (_, booked) = first.run(&["reservation", "list", "--limit", "100"]);
    let sold = booked["reservations"].as_array().unwrap().iter();
    let nights = sold.filter(|one| one["stays"][0]["arrival"] == "2026-06-22");
    assert_eq!(nights.count(), 2, "what the copy lost came back: {booked}");
}

#[test]
fn a_number_that_was_told_before_a_restore_is_nobody_elses_after_it() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 26);
    settle(&[&first]);
    let copy = first.hotel.folder.path().join("copy.keyrack");
    let copy = copy.to_str().unwrap();
    assert_eq!(first.run(&["backup", copy]).0, 0);
    first.set(Weather::Cut);
    let sold = |name: &str| {
        let (status, sold) = first.run(&["reserve", "A:2026-06-20:2026-06-21", "--guest", name]);
        assert_eq!(status, 0, "{sold}");
        number(&sold)
    };
    // Nobody but the guest has heard of it.
    let anna = sold("Anna Silva");
    let (status, restored) = first.run(&["restore", copy]);
    assert_eq!(status, 0, "{restored}");
    first.set(Weather::Fair);
    settle(&[&first]);
    let carl = sold("Carl Berg");
    assert_ne!(carl, anna);
    assert!(!carl.starts_with('Z'), "{carl}");
    settle(&[&first]);
    let kept = restored["replaced"].as_str().unwrap();
    assert_eq!(first.run(&["restore", kept]).0, 0);
    settle(&[&first]);
    for (number, name) in [(&anna, "Anna Silva"), (&carl, "Carl Berg")] {
        let (status, shown) = first.run(&["reservation", "show", number]);
        assert_eq!(status, 0, "{shown}");
        assert_eq!(shown["guest"]["name"], name, "{shown}");
    }
    is_right(&centre, &[&first], &Told::default());
}

#[test]
fn a_file_whose_counter_is_not_beside_it_gives_no_number_again() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 16);
    settle(&[&first]);
    // The copy is made before anything was queued.
    let copy = first.hotel.folder.path().join("copy.keyrack");
    let copy = copy.to_str().unwrap();
    assert_eq!(first.run(&["backup", copy]).0, 0);
    first.set(Weather::Cut);
    let stay = ["reserve", "A:2026-06-20:2026-06-21", "--guest", "Ana Sousa"];
    let (status, sold) = first.run(&stay);
    assert_eq!(status, 0, "{sold}");
    let mut told = Told::default();
    told.confirmed.insert(number(&sold), "first");
    first.set(Weather::Fair);
    assert!(first.sync());
    first.set(Weather::Cut);
    assert_eq!(first.run(&["restore", copy]).0, 0);
    let counter = format!("{}-queued", first.hotel.file.display());
    std::fs::remove_file(counter).unwrap();
    let (status, sold) = first.run(&stay);
    assert_eq!(status, 4, "{sold}");
    assert!(number(&sold).starts_with("ZZ"), "{sold}");
    assert_eq!(standing(&first)["reach"], "frozen");
    first.set(Weather::Fair);
    settle(&[&first]);
    assert_eq!(standing(&first)["reach"], "online");
    is_right(&centre, &[&first], &told);
}

/// A copy of a desk's file on another machine, with a network of its own.
fn copied(centre: &Centre, first: &Desk, seed: u64) -> Desk {
    let hotel = Hotel::none();
    for beside in ["", "-wal", "-centre", "-queued"] {
        let name = |file: &std::path::Path| format!("{}{beside}", file.display());
        let (from, to) = (name(&first.hotel.file), name(&hotel.file));
        if std::path::Path::new(&from).exists() {
            std::fs::copy(&from, &to).unwrap();
        }
    }
    let proxy = Proxy::to(centre.address, seed);
    let url = format!("http://{}", proxy.address);
    let moved = "UPDATE centre SET url = ?1, fingerprint = 'of another machine'";
    hotel.bare().execute(moved, [url]).unwrap();
    Desk {
        hotel,
        proxy,
        name: "copy",
    }
}

#[test]
fn a_file_that_is_used_on_two_machines_oversells_nothing() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 3);
    let second = Desk::another(&centre, "second", 4);
    settle(&[&first, &second]);
    let copy = copied(&centre, &first, 5);
    let mut told = Told::default();
    for desk in [&first, &second, &copy] {
        desk.set(Weather::Cut);
    }
    // That it is on another machine is found out by the first thing that it is asked, without a network.
    for desk in [&first, &second, &copy] {
        sell_out(desk, 20, &mut told);
    }
    let by_copy = told.confirmed.values().filter(|desk| **desk == "copy");
    assert_eq!(by_copy.count(), 0, "another machine has no share");
    for desk in [&first, &second, &copy] {
        desk.set(Weather::Fair);
    }
    // Each of the two ends the other's epoch, once; nothing that either told is lost.
    assert!(copy.sync() && first.sync() && second.sync());
    assert_eq!(copy.run(&["sync", "--once"]).0, 3, "it exists twice");
    assert!(first.sync() && second.sync());
    centre.said(&["desk", "accept", "mira", "A"]);
    settle(&[&first, &second]);
    told.asked.retain(|number, _| !number.starts_with("ZZ"));
    is_right(&centre, &[&first, &second], &told);
}

#[test]
fn two_copies_that_never_spoke_in_one_epoch_leave_rooms_to_the_others() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 8);
    let second = Desk::another(&centre, "second", 9);
    settle(&[&first, &second]);
    let copy = copied(&centre, &first, 10);
    let out = "SELECT sum(granted - consumed - returned) FROM share
        WHERE desk = (SELECT id FROM desk WHERE letters = 'A')";
    let epoch = "SELECT epoch FROM desk WHERE letters = 'A'";
    assert!(copy.sync() && first.sync());
    let taken = centre.database.ask(out);
    assert_eq!(centre.database.ask(epoch), "3");
    for _ in 0..4 {
        let (status, told) = copy.run(&["sync", "--once"]);
        assert_eq!(status, 3, "{told}");
        assert_eq!(told["error"]["fault"]["code"], "exists_twice", "{told}");
        assert!(first.sync(), "who is in the epoch goes on, without a share");
        assert_eq!(centre.database.ask(out), taken, "nothing more is granted");
        assert_eq!(centre.database.ask(epoch), "3", "and no epoch begins");
    }
    let stay = ["reserve", "A:2026-06-20:2026-06-21", "--guest", "Ana"];
    assert_eq!(copy.run(&stay).0, 4, "it is kept as a request");
    for desk in [&first, &copy] {
        assert_eq!(standing(desk)["safe_room_nights"], 0);
    }
    let standings = "SELECT count(*) FROM desk WHERE forked_at IS NOT NULL";
    assert_eq!(centre.database.ask(standings), "1");
    let (status, sold) = second.run(&["reserve", "A:2026-06-20:2026-06-21", "--guest", "Ana"]);
    assert_eq!(status, 0, "{sold}");
    centre.said(&["desk", "accept", "mira", "A"]);
    settle(&[&copy, &second]);
    assert!(standing(&copy)["safe_room_nights"].as_u64() > Some(0));
    is_right(&centre, &[&copy, &second], &Told::default());
}

#[test]
fn a_lost_desk_that_comes_back_keeps_what_it_promised() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 6);
    let second = Desk::another(&centre, "second", 7);
    settle(&[&first, &second]);
    let mut told = Told::default();
    let hold = [
        "hold",
        "place",
        "A:2026-06-20:2026-06-21",
        "--minutes",
        "60",
    ];
    let (status, held) = first.run(&hold);
    assert_eq!(status, 0, "{held}");
    settle(&[&first, &second]);
    first.set(Weather::Cut);
    let id = held["hold"]["number"].as_str().unwrap().to_owned();
    let (status, sold) = first.run(&["hold", "convert", &id, "--guest", "Ana Sousa"]);
    assert_eq!(status, 0, "{sold}");
    told.confirmed.insert(number(&sold), "first");
    sell_out(&first, 20, &mut told);
    let (_, refused) = second.run(&["hold", "release", &id]);
    assert_eq!(
        refused["error"]["code"], "hold_of_another_desk",
        "{refused}"
    );
    centre.said(&["desk", "lost", "mira", "A", "--yes"]);
    assert!(second.sync());
    sell_out(&second, 20, &mut told);
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    is_right(&centre, &[&first, &second], &told);
    let causes = "SELECT DISTINCT cause FROM deficit_entry WHERE rooms > 0";
    assert_eq!(centre.database.ask(causes), "lost_desk");
    assert!(standing(&first)["safe_room_nights"].as_u64() > Some(0));
}

/// The copy takes the place of what the centre has.
fn put_back(centre: &mut Centre, copy: &[u8]) {
    centre.kill();
    centre.database.restore(copy);
    centre.up();
}

#[test]
fn what_was_never_sent_is_no_surer_once_the_centre_was_restored() {
    let (centre, [first, second], told, booked) = two_changes_over_a_restored_centre(|_, _| {});
    let (_, shown) = second.run(&["reservation", "show", &booked]);
    assert_eq!(
        shown["stays"][0]["arrival"], "2026-06-14",
        "of two changes the first applied stands: {shown}"
    );
    let (_, inbox) = second.run(&["inbox", "list"]);
    assert_eq!(inbox["inbox"][0]["refusal"]["code"], "stale", "{inbox}");
    is_right(&centre, &[&first, &second], &told);
}

#[test]
fn what_the_centre_applied_while_the_process_that_sent_it_died_is_as_sure_as_what_was_answered() {
    let dies_while_it_waits = |centre: &Centre, second: &Desk| {
        second.set(Weather::Silent);
        let moved = "SELECT count(*) FROM queued";
        let before = centre.database.ask(moved);
        let mut sync = second.hotel.command(&["sync", "--once"]);
        let mut sync = sync.stdout(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        while centre.database.ask(moved) == before {
            assert!(started.elapsed() < Duration::from_secs(20), "nothing came");
            std::thread::sleep(Duration::from_millis(10));
        }
        sync.kill().unwrap();
        sync.wait().unwrap();
        second.set(Weather::Cut);
    };
    let (centre, [first, second], told, booked) =
        two_changes_over_a_restored_centre(dies_while_it_waits);
    let (_, shown) = second.run(&["reservation", "show", &booked]);
    assert_eq!(
        shown["stays"][0]["arrival"], "2026-06-12",
        "what was applied once stands: {shown}"
    );
    let (_, inbox) = second.run(&["inbox", "list"]);
    assert_eq!(inbox["inbox"], serde_json::json!([]), "{inbox}");
    is_right(&centre, &[&first, &second], &told);
}

/// A desk off the network moves a booking, and `then` something becomes of that; the centre is restored from a
/// copy of before, and another desk moves the same booking first.
fn two_changes_over_a_restored_centre(
    then: impl FnOnce(&Centre, &Desk),
) -> (Centre, [Desk; 2], Told, String) {
    let mut centre = Centre::start();
    let first = Desk::first(&centre, 11);
    let second = Desk::another(&centre, "second", 12);
    settle(&[&first, &second]);
    let mut told = Told::default();
    let sell = ["reserve", "A:2026-06-10:2026-06-11", "--guest", "Ana Sousa"];
    let booked = number(&first.run(&sell).1);
    told.confirmed.insert(booked.clone(), "first");
    settle(&[&first, &second]);
    let copy = centre.database.copy();
    for desk in [&first, &second] {
        told.confirmed.insert(number(&desk.run(&sell).1), desk.name);
        settle(&[&first, &second]);
    }
    second.set(Weather::Cut);
    let (status, moved) = second.run(&["amend", &booked, "A:2026-06-12:2026-06-13"]);
    assert_eq!(status, 0, "{moved}");
    then(&centre, &second);
    put_back(&mut centre, &copy);
    // The other desk finds it out, and changes the same booking.
    assert!(first.sync());
    let (status, moved) = first.run(&["amend", &booked, "A:2026-06-14:2026-06-15"]);
    assert_eq!(status, 0, "{moved}");
    assert!(first.sync());
    second.set(Weather::Fair);
    settle(&[&first, &second]);
    (centre, [first, second], told, booked)
}

#[test]
fn what_waits_for_something_that_is_lost_for_good_is_put_before_a_person_once() {
    let mut centre = Centre::start();
    let first = Desk::first(&centre, 13);
    let second = Desk::another(&centre, "second", 14);
    settle(&[&first, &second]);
    // A desk that the copy does not know makes a booking, and another one changes it.
    let copy = centre.database.copy();
    let third = Desk::another(&centre, "third", 15);
    settle(&[&first, &second, &third]);
    let sell = ["reserve", "A:2026-06-10:2026-06-11", "--guest", "Ana Sousa"];
    let booked = number(&third.run(&sell).1);
    settle(&[&first, &second, &third]);
    let (status, changed) = second.run(&["cancel", &booked, "--reason", "guest"]);
    assert_eq!(status, 0, "{changed}");
    settle(&[&first, &second, &third]);
    put_back(&mut centre, &copy);
    let waits = "SELECT count(*) FROM queued WHERE answer LIKE '%\"waits\"%'";
    let others_sell = |times: u32| {
        for day in 0..times {
            let stay = format!("A:2026-06-{:02}:2026-06-{:02}", 12 + day, 13 + day);
            let (status, sold) = first.run(&["reserve", &stay, "--guest", "Ana Sousa"]);
            assert_eq!(status, 0, "{sold}");
            settle(&[&first, &second]);
        }
        centre.database.ask(waits).parse::<u32>().unwrap()
    };
    let tried = others_sell(6);
    assert!((1..=4).contains(&tried), "{tried} times");
    assert_eq!(others_sell(4), tried, "it is tried no more");
    let open = || {
        let (_, inbox) = second.run(&["inbox", "list"]);
        let items = inbox["inbox"].as_array().unwrap().clone();
        let parked = items.into_iter().filter(|item| item["kind"] == "parked");
        parked
            .map(|item| item["id"].to_string())
            .collect::<Vec<_>>()
    };
    let items = open();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(second.run(&["inbox", "answer", &items[0]]).0, 0);
    others_sell(2);
    assert_eq!(open(), Vec::<String>::new());
    let parked = second.run(&["parked", "list"]).1;
    let command = parked["parked"][0]["id"].as_str().unwrap();
    let given_up = second.run(&["parked", "discard", command, "--reason", "lost for good"]);
    assert_eq!(given_up.0, 0, "{}", given_up.1);
    settle(&[&first, &second]);
    is_right(&centre, &[&first, &second], &Told::default());
}

#[test]
fn a_centre_that_was_restored_from_a_copy_gets_again_what_was_lost() {
    let mut chance = Chance::new("a centre from a copy");
    let mut centre = Centre::start();
    let first = Desk::first(&centre, chance.below(u64::MAX));
    let second = Desk::another(&centre, "second", chance.below(u64::MAX));
    let third = Desk::another(&centre, "third", chance.below(u64::MAX));
    let desks = [&first, &second, &third];
    settle(&desks);
    let mut told = Told::default();
    for _ in 0..short_or_long(2, 20) {
        for desk in desks {
            work(desk, &mut chance, &mut told, 5);
        }
        settle(&desks);
        let copy = centre.database.copy();
        for _ in 0..2 {
            for desk in desks {
                work(desk, &mut chance, &mut told, 4);
                desk.sync();
            }
        }
        // One of them has sold something that nobody has heard of.
        let silent = desks[chance.below(3) as usize];
        silent.set(Weather::Cut);
        work(silent, &mut chance, &mut told, 4);
        put_back(&mut centre, &copy);
        silent.set(Weather::Fair);
        let mut order = desks;
        order.rotate_left(chance.below(3) as usize);
        // Who comes first goes on selling before the others are back.
        assert!(order[0].sync());
        work(order[0], &mut chance, &mut told, 3);
        settle(&order);
        is_right(&centre, &desks, &told);
        for desk in desks {
            assert_eq!(standing(desk)["reach"], "online");
            assert!(standing(desk)["safe_room_nights"].as_u64() > Some(0));
        }
    }
}

#[test]
fn of_a_restored_centre_that_lost_grants_alone_nothing_is_sold_twice_once_it_is_told() {
    sells_nothing_twice_over_lost_grants(|centre| {
        let said = centre.said(&["property", "restored", PROPERTY]);
        assert!(said.contains("epoch 2"), "{said}");
    });
}

#[test]
fn a_desk_finds_out_a_restored_centre_that_lost_grants_alone() {
    sells_nothing_twice_over_lost_grants(|_| {});
}

/// What was a lost desk's goes to another one; a copy of before takes the place of the centre's database, and `then`
/// somebody says so, or does not.
fn sells_nothing_twice_over_lost_grants(then: impl Fn(&Centre)) {
    let mut centre = Centre::start();
    let first = Desk::first(&centre, 71);
    let second = Desk::another(&centre, "second", 72);
    let desks = [&first, &second];
    settle(&desks);
    let copy = centre.database.copy();
    // What the second could sell goes to the first: no entry of the feed tells of that.
    let letters = standing(&second)["letters"].clone();
    centre.said(&["desk", "lost", PROPERTY, letters.as_str().unwrap(), "--yes"]);
    let before = standing(&first)["safe_room_nights"].as_u64();
    assert!(first.sync());
    assert!(standing(&first)["safe_room_nights"].as_u64() > before);
    put_back(&mut centre, &copy);
    then(&centre);
    settle(&desks);
    assert_eq!(centre.database.ask("SELECT feed_epoch FROM property"), "2");
    let mut told = Told::default();
    for desk in desks {
        desk.set(Weather::Cut);
        sell_out(desk, 19, &mut told);
    }
    // Of five suites.
    assert!((1..=5).contains(&told.confirmed.len()), "{told:?}");
    for desk in desks {
        desk.set(Weather::Fair);
    }
    settle(&desks);
    is_right(&centre, &desks, &told);
    assert_eq!(
        centre
            .database
            .ask("SELECT count(*) FROM deficit WHERE rooms > 0"),
        "0"
    );
}

#[test]
fn a_token_is_followed_by_another_and_a_restored_centre_that_knows_the_one_before_alone_lets_in() {
    let mut centre = Centre::start();
    let first = Desk::first(&centre, 17);
    settle(&[&first]);
    let file = format!("{}-centre", first.hotel.file.display());
    let kept = || -> Value { serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap() };
    let old = kept();
    assert!(first.sync());
    assert_eq!(kept(), old, "it is not due");
    let copy = centre.database.copy();
    // It was shown for long enough.
    let mut aged = old.clone();
    aged["since"] = 1.into();
    std::fs::write(&file, aged.to_string()).unwrap();
    // The answer does not come: the one that was asked for is kept, and asked for again.
    first.set(Weather::After(2));
    let _whether_it_went_through = first.sync();
    first.set(Weather::Fair);
    assert!(first.sync());
    let new = kept();
    assert_ne!(new["token"], old["token"]);
    assert_eq!(new["before"], old["token"]);
    assert_eq!(new["next"], Value::Null);
    for _ in 0..2 {
        assert!(first.sync(), "the new one lets in");
    }
    let told = "SELECT count(*) FROM audit WHERE what = 'desk_token_followed'";
    assert_eq!(centre.database.ask(told), "1");
    put_back(&mut centre, &copy);
    settle(&[&first]);
    assert_eq!(kept()["token"], old["token"]);
    assert_eq!(standing(&first)["reach"], "online");
    is_right(&centre, &[&first], &Told::default());
}
