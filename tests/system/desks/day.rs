//! The end of a business date where several desks work: the centre rolls it, once, when all of them have sent.

use std::path::Path;

use keyrack_inventory::Night;

use super::proxy::Weather;
use super::world::{Centre, Desk, HOTEL, settle};
use crate::hotel::Hotel;

/// What the file notes of dates that ended: the date, by whom, and whether its audit pack is there.
fn ended(desk: &Desk) -> Vec<(String, String, bool)> {
    // Packs are made good with whatever is asked of the day.
    date(desk);
    let file = desk.hotel.bare();
    let sql =
        "SELECT date(business_date * 86400, 'unixepoch'), ended_by, pack FROM day_end ORDER BY 1";
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        let pack: Option<String> = row.get(2)?;
        let is_there = pack.is_some_and(|pack| Path::new(&pack).join("report.pdf").exists());
        Ok((row.get(0)?, row.get(1)?, is_there))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn date(desk: &Desk) -> String {
    let (_, document) = desk.run(&["end-of-day", "--dry-run"]);
    document["business_date"].as_str().unwrap().to_owned()
}

#[test]
fn a_date_ends_once_when_every_desk_has_sent_or_a_manager_names_who_is_missing() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 1);
    let second = Desk::another(&centre, "second", 2);
    settle(&[&first, &second]);
    let ended = first.run(&["end-of-day"]);
    assert_eq!(
        (ended.0, &ended.1["business_date"]),
        (0, &"2026-06-02".into()),
        "{}",
        ended.1
    );
    settle(&[&first, &second]);
    assert_eq!(date(&second), "2026-06-02");
    // The other one is cut off with something to send.
    second.set(Weather::Cut);
    let stay = ["reserve", "A:2026-06-12:2026-06-13", "--guest", "Ana Sousa"];
    assert_eq!(second.run(&stay).0, 0);
    second.set(Weather::Fair);
    centre
        .database
        .ask("UPDATE desk SET rested_at = NULL WHERE letters = 'B'");
    let (status, refused) = first.run(&["end-of-day"]);
    assert_eq!(status, 3, "{refused}");
    assert_eq!(refused["error"]["code"], "desks_missing", "{refused}");
    assert_eq!(refused["error"]["desks"][0], "B", "{refused}");
    assert_eq!(date(&first), "2026-06-02");
    let ended = first.run(&["end-of-day", "--without", "b"]);
    assert_eq!(
        (ended.0, &ended.1["business_date"]),
        (0, &"2026-06-03".into()),
        "{}",
        ended.1
    );
    // Without the centre no date ends. What was asked for is answered when it is back: the other desk has
    // still not been heard.
    first.set(Weather::Cut);
    let (status, asked) = first.run(&["end-of-day"]);
    assert_eq!((status, &asked["error"]["code"]), (4, &"day_asked".into()));
    // Asked again it still waits, and is not asked twice.
    assert_eq!(first.run(&["end-of-day"]).0, 4);
    assert_eq!(first.queued(), 1);
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    assert_eq!(date(&first), "2026-06-03");
    let ended = first.run(&["end-of-day"]);
    assert_eq!(ended.0, 0, "{}", ended.1);
    settle(&[&first, &second]);
    let both = [date(&first), date(&second)];
    assert_eq!(both, ["2026-06-04", "2026-06-04"]);
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
}

#[test]
fn a_date_is_noted_at_every_desk_whichever_asked_for_its_end_and_however_late_the_answer_is() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 3);
    let second = Desk::another(&centre, "second", 4);
    settle(&[&first, &second]);
    first.set(Weather::Cut);
    assert_eq!(first.run(&["end-of-day"]).0, 4, "nobody answers");
    assert_eq!(ended(&first), []);
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    let notes = [ended(&first), ended(&second)];
    for desk in &notes {
        assert_eq!(desk.len(), 1, "{notes:?}");
        assert_eq!(desk[0].0, "2026-06-01");
        assert!(desk[0].2, "the audit pack is made");
    }
    assert_eq!(notes[0], notes[1]);
    assert_eq!([date(&first), date(&second)], ["2026-06-02", "2026-06-02"]);
    // It was not today's, so the next one may end as well; who joins after them has nothing to make good.
    let next = second.run(&["end-of-day"]);
    assert_eq!(next.0, 0, "{}", next.1);
    settle(&[&first, &second]);
    assert_eq!(ended(&first).len(), 2);
    let third = Desk::another(&centre, "third", 5);
    settle(&[&first, &second, &third]);
    assert_eq!(date(&third), "2026-06-03");
    assert_eq!(
        ended(&third),
        [],
        "what ended before is the history of others"
    );
    for desk in [&first, &second, &third] {
        desk.is_sound();
    }
}

#[test]
fn an_end_is_noted_by_its_place_in_the_feed_whatever_the_clocks_of_two_desks_say() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 6);
    settle(&[&first]);
    let second = Desk::another(&centre, "second", 7);
    settle(&[&first, &second]);
    let end = first.run(&["end-of-day"]);
    assert_eq!(end.0, 0, "{}", end.1);
    // The clock of the desk that ended it is a day behind that of the one that joined.
    centre
        .database
        .ask("UPDATE entry SET at = at - 86400000 WHERE kind = 'close_day'");
    settle(&[&first, &second]);
    assert_eq!(date(&second), "2026-06-02");
    let notes: Vec<String> = ended(&second).into_iter().map(|note| note.0).collect();
    assert_eq!(notes, ["2026-06-01"]);
    second.is_sound();
}

#[test]
fn a_date_that_a_snapshot_moved_on_ends_no_second_time_by_a_script() {
    let centre = Centre::start();
    let now = std::time::SystemTime::now();
    let days = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() / 86_400;
    let night = |days: u64| Night::from_day_number(i32::try_from(days).unwrap()).unwrap();
    let (yesterday, today) = (night(days - 1).to_string(), night(days).to_string());
    let property = HOTEL.replace("2026-06-01", &yesterday);
    let property = property.replace("Europe/Lisbon", "Etc/UTC");
    let hotel = Hotel::none();
    let file = hotel.write("property.toml", property);
    let nights = format!("{yesterday}..{}", night(days + 30));
    hotel.done(&["init", file.to_str().unwrap(), "--nights", &nights]);
    let first = Desk::first_of(&centre, hotel, 8);
    let second = Desk::another(&centre, "second", 9);
    settle(&[&first, &second]);
    let end = first.run(&["end-of-day"]);
    assert_eq!(end.0, 0, "{}", end.1);
    // The feed goes on in another epoch: what the other desk has not seen comes to it as rows.
    centre.database.ask("UPDATE property SET feed_epoch = 2");
    settle(&[&first, &second]);
    assert_eq!(date(&second), today);
    let (status, again) = second.run(&["end-of-day"]);
    assert_eq!(status, 3, "{again}");
    assert_eq!(again["error"]["code"], "too_early", "{again}");
    second.is_sound();
}
