//! What a desk does where its own queue or token is no good any more: it says so, and does not try the same for ever.

use serde_json::Value;

use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

fn standing(desk: &Desk) -> Value {
    desk.run(&["sync", "status"]).1["centre"].clone()
}

#[test]
fn a_place_of_the_queue_that_cannot_be_read_is_told_and_holds_up_nothing_before_it() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 18);
    settle(&[&first]);
    first.set(Weather::Cut);
    for name in ["Ana Sousa", "Rui Costa"] {
        let (status, sold) = first.run(&["reserve", "A:2026-06-03:2026-06-04", "--guest", name]);
        assert_eq!(status, 0, "{sold}");
    }
    assert_eq!(first.queued(), 2);
    let file = rusqlite::Connection::open(&first.hotel.file).unwrap();
    let sealed: String = file
        .query_row(
            "SELECT sealed FROM queue ORDER BY seq DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    // As a notice, which lies over nothing: what comes down does not meet it.
    let put = |sealed: &str, in_base: bool| {
        let sql =
            "UPDATE queue SET sealed = ?1, in_base = ?2 WHERE seq = (SELECT max(seq) FROM queue)";
        assert_eq!(file.execute(sql, (sealed, in_base)).unwrap(), 1);
    };
    put("{}", true);
    first.set(Weather::Fair);
    let (status, said) = first.run(&["sync", "--once"]);
    assert_eq!(
        (status, said["error"]["code"].as_str()),
        (5, Some("storage")),
        "{said}"
    );
    let standing_now = standing(&first);
    assert_eq!(
        standing_now["queued"], 1,
        "what stands before it went up: {standing_now}"
    );
    assert_eq!(standing_now["reach"], "offline", "{standing_now}");
    assert_eq!(standing_now["failing"]["code"], "storage", "{standing_now}");
    put(&sealed, false);
    settle(&[&first]);
    let well = standing(&first);
    assert_eq!(
        (&well["reach"], &well["failing"]),
        (&"online".into(), &Value::Null),
        "{well}"
    );
    centre.is_sound();
    first.is_level();
}

#[test]
fn a_revoked_desk_tries_the_token_before_once() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 19);
    settle(&[&first]);
    let file = format!("{}-centre", first.hotel.file.display());
    let kept = || -> Value { serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap() };
    let mut aged = kept();
    aged["since"] = 1.into();
    std::fs::write(&file, aged.to_string()).unwrap();
    assert!(first.sync());
    let new = kept();
    assert_eq!(new["before"], aged["token"]);
    centre.said(&["desk", "revoke", "mira", "A"]);
    for _ in 0..3 {
        let (status, said) = first.run(&["sync", "--once"]);
        assert_ne!(status, 0, "{said}");
        let now = kept();
        assert_eq!(
            (&now["token"], &now["before"]),
            (&new["token"], &Value::Null)
        );
        assert_eq!(standing(&first)["reach"], "let_go");
    }
    let shown = "SELECT count(*) FROM audit WHERE what = 'desk_token_reused'";
    assert_eq!(centre.database.ask(shown), "0");
}
