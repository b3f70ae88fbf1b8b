//! The end of a business date where several desks work: the centre rolls it, once, when all of them have sent.

use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

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
    assert_eq!(first.run(&["end-of-day"]).0, 5);
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
