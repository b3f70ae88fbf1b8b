//! People at the desk: settings, acts in the audit trail, staff and sign-in, guests' data.

use serde_json::json;

use crate::hotel::{Hotel, Run};

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

/// A password that the rules let through.
const PASSWORD: &str = "nine green lamps";

/// Runs with this password on its way.
fn with_password(hotel: &Hotel, arguments: &[&str], password: &str) -> Run {
    let mut command = hotel.command(arguments);
    command.env("KEYRACK_PASSWORD", password);
    Run::of(command.output().unwrap())
}

/// Runs with this token.
pub fn as_member(hotel: &Hotel, token: &str, arguments: &[&str]) -> Run {
    let mut command = hotel.command(arguments);
    command.env("KEYRACK_TOKEN", token);
    command.env("KEYRACK_PASSWORD", PASSWORD);
    Run::of(command.output().unwrap())
}

/// Signs in, and gives the token.
#[track_caller]
pub fn token(hotel: &Hotel, name: &str) -> String {
    let made = with_password(hotel, &["sign-in", name], PASSWORD).ends(0);
    made["token"].as_str().unwrap().to_owned()
}

/// A hotel with an admin named Rosa, and one member for each other role; gives Rosa's token.
pub fn staffed() -> (Hotel, String) {
    let hotel = Hotel::small();
    with_password(
        &hotel,
        &["staff", "add", "Rosa", "--role", "admin"],
        PASSWORD,
    )
    .ends(0);
    let rosa = token(&hotel, "Rosa");
    for (name, role) in [
        ("Iris", "front_desk"),
        ("Nils", "night_audit"),
        ("Maja", "manager"),
    ] {
        as_member(&hotel, &rosa, &["staff", "add", name, "--role", role]).ends(0);
    }
    (hotel, rosa)
}

#[test]
fn the_first_member_is_an_admin_and_from_then_on_a_token_is_needed() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    let add = |role: &str, password: &str| {
        with_password(&hotel, &["staff", "add", "Rosa", "--role", role], password)
    };
    add("manager", PASSWORD).refused(3, "first_is_admin");
    for weak in [
        "short",
        "aaaaaaaaaaaa",
        "password12",
        "rosarosarosa",
        "Rosa12345",
    ] {
        add("admin", weak).refused(2, "bad_input");
    }
    let no_password = hotel.run(&["staff", "add", "Rosa", "--role", "admin"]);
    no_password.refused(2, "bad_input");
    with_password(&hotel, &["sign-in", "Rosa"], PASSWORD).refused(2, "bad_input");
    add("admin", PASSWORD).ends(0);
    // From now on a token is needed, for looking as for doing.
    for arguments in [
        &["availability", "2026-06-01", "2026-06-03"][..],
        &[
            "reserve",
            "A:2026-06-10:2026-06-12",
            "--guest",
            "Ada Moreau",
        ],
        &["verify"],
        &["staff", "list"],
        &["--actor", "Rosa", "settings", "list"],
    ] {
        let error = hotel.run(arguments).refused(3, "not_allowed");
        assert_eq!(error["why"], "sign_in", "{error}");
        assert_eq!(error["staff"], json!([]), "names are for members: {error}");
    }
    as_member(&hotel, "00ff", &["verify"]).refused(3, "not_allowed");
    let rosa = token(&hotel, "rosa");
    as_member(&hotel, &rosa, &["verify"]).ends(0);
    let made = as_member(
        &hotel,
        &rosa,
        &[
            "reserve",
            "A:2026-06-10:2026-06-12",
            "--guest",
            "Ada Moreau",
        ],
    );
    made.ends(0);
    assert_eq!(
        as_member(&hotel, &rosa, &["audit", "--action", "reserve"]).lines()[1]["actor"],
        "Rosa"
    );
    // A token is worth nothing after the sign-out.
    as_member(&hotel, &rosa, &["sign-out"]).ends(0);
    let error = as_member(&hotel, &rosa, &["verify"]).refused(3, "not_allowed");
    assert_eq!(error["why"], "ended");
    // It is not in the file, and neither is the password.
    let bytes = std::fs::read(&hotel.file).unwrap();
    for secret in [rosa.as_str(), PASSWORD] {
        assert!(
            !bytes
                .windows(secret.len())
                .any(|at| at == secret.as_bytes())
        );
    }
    let (hash, kept): (String, i64) = hotel
        .bare()
        .query_row(
            "SELECT password, (SELECT count(*) FROM session) FROM staff",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert!(
        hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"),
        "{hash}"
    );
    assert_eq!(kept, 0, "the session is gone");
}

#[test]
fn failed_sign_ins_wait_longer_each_time_in_every_process_and_never_for_good() {
    let (hotel, rosa) = staffed();
    let wrong = |name: &str| with_password(&hotel, &["sign-in", name], "nine green lamp");
    let first = wrong("Iris").refused(3, "sign_in_failed");
    assert_eq!(first["wait_seconds"], 1);
    // The machine's time, moved by hand in the file, for nobody waits for five minutes here.
    let moved = |seconds: i64| {
        let sql = "UPDATE sign_in_failure SET last_at = last_at - ?1 * 1000";
        assert!(hotel.bare().execute(sql, [seconds]).unwrap() > 0);
    };
    // The right one is not looked at either while the wait lasts, which no busy machine sits out here.
    moved(-60);
    let early = with_password(&hotel, &["sign-in", "Iris"], PASSWORD);
    early.refused(3, "sign_in_delayed");
    // Another name does not wait, and an unknown one is answered alike.
    let unknown = wrong("Nobody").refused(3, "sign_in_failed");
    assert_eq!(unknown["message"], first["message"]);
    moved(-60);
    wrong("Nobody").refused(3, "sign_in_delayed");
    for expected in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        moved(300);
        let error = wrong("Iris").refused(3, "sign_in_failed");
        assert_eq!(error["wait_seconds"], expected);
    }
    // `--at` sets the desk's clock, not the door's.
    let ahead = ["--at", "2036-01-01T00:00:00Z", "sign-in", "Iris"];
    with_password(&hotel, &ahead, PASSWORD).refused(3, "sign_in_delayed");
    // A clock that was set back by a year does not lock anybody out.
    moved(-31_536_000);
    let error = with_password(&hotel, &["sign-in", "Iris"], PASSWORD);
    assert_eq!(error.refused(3, "sign_in_delayed")["wait_seconds"], 300);
    moved(300);
    token(&hotel, "Iris");
    // A success forgets the failures.
    assert_eq!(
        wrong("Iris").refused(3, "sign_in_failed")["wait_seconds"],
        1
    );
    let told = as_member(&hotel, &rosa, &["audit", "--action", "sign_in_failed"]).lines();
    assert_eq!(told.len(), 13, "{told:?}");
    assert_eq!(told[1]["object"], "unknown", "what was typed is not kept");
    assert_eq!(told[11]["facts"]["failures"], 11);
    as_member(&hotel, &rosa, &["verify"]).ends(0);
}

#[test]
fn many_sign_ins_at_once_are_not_many_guesses() {
    let (hotel, _) = staffed();
    let guesses = (0..12).map(|guess| {
        let mut command = hotel.command(&["sign-in", "Iris"]);
        command.env("KEYRACK_PASSWORD", format!("a wrong guess {guess}"));
        command
    });
    let runs = hotel.at_once(guesses.collect());
    let looked_at = runs
        .iter()
        .filter(|run| run.json()["error"]["code"] == "sign_in_failed");
    let looked_at = looked_at.count();
    assert!(
        (1..=3).contains(&looked_at),
        "{looked_at} of 12 were looked at"
    );
}

#[test]
fn staff_is_changed_by_admins_and_somebody_can_always_administer() {
    let (hotel, rosa) = staffed();
    let run = |arguments: &[&str]| as_member(&hotel, &rosa, arguments);
    let listed = run(&["staff", "list"]).ends(0);
    assert_eq!(listed["staff"].as_array().unwrap().len(), 4);
    assert!(!listed.to_string().contains("argon2"), "{listed}");
    run(&["staff", "add", "IRIS", "--role", "manager"]).refused(3, "duplicate_staff");
    run(&["staff", "role", "Nobody", "manager"]).refused(3, "unknown_staff");
    run(&["staff", "disable", "Rosa"]).refused(3, "last_admin");
    run(&["staff", "role", "Rosa", "manager"]).refused(3, "last_admin");
    run(&["roles", "set", "admin", "look", "sell"]).refused(3, "admin_administers");

    // Disabled, a member is out at once, with a token in hand; enabled, they sign in again.
    let iris = token(&hotel, "Iris");
    let look = ["availability", "2026-06-01", "2026-06-03"];
    as_member(&hotel, &iris, &look).ends(0);
    run(&["staff", "disable", "Iris"]).ends(0);
    assert_eq!(
        as_member(&hotel, &iris, &look).refused(3, "not_allowed")["why"],
        "ended"
    );
    with_password(&hotel, &["sign-in", "Iris"], PASSWORD).refused(3, "sign_in_failed");
    run(&["staff", "enable", "Iris"]).ends(0);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let iris = token(&hotel, "Iris");

    // A role counts from the next call on, in a session that goes on.
    let limits = [
        "limits",
        "set",
        "B",
        "2026-06-01",
        "2026-06-03",
        "--overbooking",
        "1",
    ];
    let error = as_member(&hotel, &iris, &limits).refused(3, "not_allowed");
    assert_eq!(error["permission"], "configure");
    assert_eq!(error["roles"], json!(["manager", "admin"]));
    assert_eq!(error["staff"], json!(["Maja", "Rosa"]));
    run(&["staff", "role", "Iris", "manager"]).ends(0);
    as_member(&hotel, &iris, &limits).ends(0);
    run(&["staff", "role", "Iris", "front_desk"]).ends(0);
    as_member(&hotel, &iris, &["undo"]).refused(3, "not_allowed");
    run(&["roles", "set", "front_desk", "look", "sell", "configure"]).ends(0);
    as_member(&hotel, &iris, &["undo"]).ends(0);

    // Another admin, and Rosa may go.
    run(&["staff", "role", "Maja", "admin"]).ends(0);
    run(&["staff", "disable", "Rosa"]).ends(0);
    run(&["verify"]).refused(3, "not_allowed");
    let maja = token(&hotel, "Maja");
    let trail = as_member(&hotel, &maja, &["audit", "--object", "Iris"]).lines();
    let what: Vec<&str> = trail
        .iter()
        .map(|row| row["what"].as_str().unwrap())
        .collect();
    for act in [
        "staff_added",
        "staff_disabled",
        "staff_enabled",
        "staff_role_set",
        "sign_in",
    ] {
        assert!(what.contains(&act), "{act} in {what:?}");
    }
    let role = trail
        .iter()
        .find(|row| row["what"] == "staff_role_set")
        .unwrap();
    assert_eq!(role["before"]["role"], "front_desk");
    assert_eq!(role["after"]["role"], "manager");
    as_member(&hotel, &maja, &["verify"]).ends(0);
}

#[test]
fn a_forgotten_password_is_reset_from_the_machine_itself_and_the_trail_tells() {
    let (hotel, rosa) = staffed();
    let reset = with_password(&hotel, &["staff", "reset", "Rosa"], "four blue doors");
    reset.ends(0);
    let error = as_member(&hotel, &rosa, &["verify"]).refused(3, "not_allowed");
    assert_eq!(error["why"], "ended", "what was signed in has ended");
    with_password(&hotel, &["sign-in", "Rosa"], PASSWORD).refused(3, "sign_in_failed");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let made = with_password(&hotel, &["sign-in", "Rosa"], "four blue doors").ends(0);
    let rosa = made["token"].as_str().unwrap();
    let told = as_member(&hotel, rosa, &["audit", "--action", "staff_password_reset"]).lines();
    assert_eq!(told[0]["actor"], "machine");
    assert_eq!(told[0]["object"], "Rosa");
    with_password(&hotel, &["staff", "reset", "Nobody"], PASSWORD).refused(3, "unknown_staff");
}

#[test]
fn what_cannot_be_taken_back_needs_a_sign_in_of_the_last_minutes_and_a_session_ends() {
    let (hotel, rosa) = staffed();
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    as_member(&hotel, &rosa, &["backup", copy]).ends(0);
    let aged = |minutes: i64| {
        let sql = "UPDATE session SET signed_in_at = signed_in_at - ?1 * 60000";
        assert!(hotel.bare().execute(sql, [minutes]).unwrap() > 0);
    };
    let fresh = [
        &["staff", "role", "Iris", "manager"][..],
        &["roles", "set", "manager", "look", "sell"],
        &["restore", copy],
    ];
    aged(5);
    for arguments in fresh {
        let error = as_member(&hotel, &rosa, arguments).refused(3, "not_allowed");
        assert_eq!(error["why"], "fresh", "{arguments:?}");
    }
    // The desk's clock set back makes no sign-in fresh, nor does one that lies in the future.
    let back = [
        "--at",
        "2020-01-01T00:00:00Z",
        "staff",
        "role",
        "Iris",
        "manager",
    ];
    as_member(&hotel, &rosa, &back).refused(3, "not_allowed");
    aged(-20);
    as_member(&hotel, &rosa, fresh[0]).refused(3, "not_allowed");
    aged(16);
    as_member(&hotel, &rosa, fresh[0]).ends(0);
    as_member(&hotel, &rosa, fresh[1]).ends(0);
    // Everything else goes on for hours, and then ends.
    aged(60);
    as_member(&hotel, &rosa, &["verify"]).ends(0);
    as_member(&hotel, &rosa, &["settings", "set", "sign_in_hours", "1"]).ends(0);
    hotel
        .bare()
        .execute("UPDATE session SET expires_at = signed_in_at + 1", [])
        .unwrap();
    let error = as_member(&hotel, &rosa, &["verify"]).refused(3, "not_allowed");
    assert_eq!(error["why"], "ended");
    let rosa = token(&hotel, "Rosa");
    let lasts = "SELECT max(expires_at - signed_in_at) FROM session";
    assert_eq!(hotel.number(lasts), 3_600_000, "as it was set");
    as_member(&hotel, &rosa, &["restore", copy]).ends(0);
    // What was restored knows nothing of this sign-in, but its trail tells of the restore.
    as_member(&hotel, &rosa, &["verify"]).refused(3, "not_allowed");
    let rosa = token(&hotel, "Rosa");
    let told = as_member(&hotel, &rosa, &["audit", "--action", "restore"]).lines();
    assert_eq!(told[0]["actor"], "Rosa");
}

#[test]
fn an_admins_script_acts_in_anothers_name_and_nobody_elses_does() {
    let (hotel, rosa) = staffed();
    let reserve = [
        "--actor",
        "Iris",
        "reserve",
        "A:2026-06-10:2026-06-12",
        "--guest",
        "Ada",
    ];
    as_member(&hotel, &rosa, &reserve).ends(0);
    let audit = |action: &str| as_member(&hotel, &rosa, &["audit", "--action", action]).lines();
    let made = &audit("reserve")[0];
    assert_eq!(made["actor"], "Iris");
    let acted = &audit("acted_for")[0];
    assert_eq!(
        (&acted["actor"], &acted["facts"]["run_by"]),
        (&json!("Iris"), &json!("Rosa"))
    );
    assert_eq!(acted["request_id"], made["request_id"]);
    // In Iris's name no more than Iris may.
    let limits = [
        "--actor",
        "Iris",
        "limits",
        "set",
        "B",
        "2026-06-01",
        "2026-06-03",
        "--overbooking",
        "1",
    ];
    as_member(&hotel, &rosa, &limits).refused(3, "not_allowed");
    as_member(&hotel, &rosa, &["--actor", "Nobody", "verify"]).refused(3, "not_allowed");
    let maja = token(&hotel, "Maja");
    let error = as_member(&hotel, &maja, &reserve).refused(3, "not_allowed");
    assert_eq!(error["why"], "behalf");
    as_member(&hotel, &maja, &["--actor", "Maja", "verify"]).ends(0);
}
