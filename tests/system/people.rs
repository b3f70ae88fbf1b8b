//! People at the desk: settings, acts in the audit trail, staff and sign-in, guests' data.

use serde_json::json;

use crate::hotel::Hotel;

#[test]
fn a_setting_is_listed_set_bounded_and_told_in_the_trail() {
    let hotel = Hotel::small();
    let find = |hotel: &Hotel, key: &str| {
        let listed = hotel.done(&["settings", "list"]);
        let rows = listed["settings"].as_array().unwrap().clone();
        let row = rows.iter().find(|row| row["key"] == key);
        row.unwrap_or_else(|| panic!("{key} in {rows:?}")).clone()
    };
    assert_eq!(find(&hotel, "idle_lock_minutes")["value"], 5);
    let set = hotel.done(&["settings", "set", "idle_lock_minutes", "15"]);
    assert_eq!(set["setting"]["value"], 15);
    let row = find(&hotel, "idle_lock_minutes");
    assert_eq!((&row["value"], &row["default"]), (&json!(15), &json!(5)));
    assert!(!row["meaning"].as_str().unwrap().is_empty(), "{row}");

    let before = hotel.content();
    for (key, value) in [
        ("idle_lock_minutes", "16"),
        ("idle_lock_minutes", "0"),
        ("idle_lock_minutes", "-1"),
        ("idle_lock_minutes", "soon"),
        ("idle_lock", "5"),
    ] {
        let error = hotel
            .run(&["settings", "set", key, value])
            .refused(2, "bad_input");
        assert!(error["message"].as_str().unwrap().contains(key), "{error}");
    }
    assert!(hotel.content() == before, "bad input changed something");

    let trail = hotel.run(&["audit", "--action", "setting_set"]).lines();
    assert_eq!(trail.len(), 1, "{trail:?}");
    let act = &trail[0];
    assert_eq!(act["actor"], "admin");
    assert_eq!(act["permission"], "administer");
    assert_eq!(act["object"], "idle_lock_minutes");
    assert_eq!((&act["before"], &act["after"]), (&json!(5), &json!(15)));
    assert_eq!(act["command_id"], json!(null));
    hotel.verified();
    // A command after an act stands in the same chain, and a rebuild leaves both alone.
    hotel.reserved("A:2026-06-10:2026-06-12");
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn an_act_that_was_changed_removed_inserted_or_moved_is_found() {
    let made = || {
        let hotel = Hotel::small();
        hotel.done(&["settings", "set", "idle_lock_minutes", "6"]);
        hotel.done(&["settings", "set", "idle_lock_minutes", "7"]);
        hotel.reserved("A:2026-06-10:2026-06-12");
        hotel.done(&["settings", "set", "idle_lock_minutes", "8"]);
        hotel.verified();
        hotel
    };
    let first = "(SELECT min(seq) FROM audit WHERE what = 'setting_set')";
    for change in [
        format!("UPDATE audit SET detail = replace(detail, '6', '9') WHERE seq = {first}"),
        format!("UPDATE audit SET detail = NULL WHERE seq = {first}"),
        format!("UPDATE audit SET actor = 'Iris' WHERE seq = {first}"),
        format!("UPDATE audit SET object = 'other' WHERE seq = {first}"),
        "UPDATE audit SET detail = '{}' WHERE what = 'reserve'".to_owned(),
        format!("DELETE FROM audit WHERE seq = {first}"),
        format!(
            "DELETE FROM audit WHERE seq = {first}; UPDATE audit SET seq = seq - 1 WHERE seq > {first} - 1"
        ),
        "INSERT INTO audit SELECT seq + 1, NULL, actor, permission, desk, what, object, reason_code,
            reason_text, override_text, instant, request, hash, hash, detail FROM audit
            ORDER BY seq DESC LIMIT 1"
            .to_owned(),
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)".to_owned(),
        "UPDATE audit SET seq = -1 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4;
         UPDATE audit SET seq = 4 WHERE seq = -1"
            .to_owned(),
    ] {
        let hotel = made();
        let before = hotel.content();
        hotel.bare().execute_batch(&change).unwrap();
        assert!(hotel.content() != before, "{change} changes nothing");
        let found = hotel.run(&["verify"]).ends(1);
        let checks = found["checks"].as_array().unwrap();
        let chain = checks.iter().find(|check| check["name"] == "audit_chain");
        assert_eq!(chain.unwrap()["ok"], false, "{change}: {found}");
    }
}
