//! What whoever runs the centre has of it: measures, rules and pictures that name only measures there are,
//! and a page of their own.

use std::collections::BTreeSet;

use keyrack_wire::Fault;
use serde_json::{Value, json};

use crate::database::Database;
use crate::exchange::opened;
use crate::server::Server;

const TOKEN: &str = "0f3c1a5e7b9d2468ace013579bdf02468ace1357";

/// The names in a text that look like measures of this program.
fn measures_in(text: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.split(|letter| !is_part(letter))
        .filter(|word| word.starts_with("keyrack_"))
        .map(|word| word.trim_end_matches("_bucket").to_owned())
        .collect()
}

#[test]
fn every_measure_that_rules_and_pictures_name_is_there() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", TOKEN]);
    let mut desk = opened(&server, 10);
    let sale = desk.sell("A", 3, 1);
    desk.answer(&sale);
    for token in [None, Some(desk.token.as_str())] {
        let told = server.get("/metrics", token).body;
        assert!(told.contains("keyrack_requests_total"));
        assert!(!told.contains("H1"), "which hotels there are: {told}");
    }
    let told = server.get("/metrics", Some(TOKEN)).body;
    let there: BTreeSet<String> = told
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    let deploy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");
    for name in ["alerts.yml", "grafana/keyrack-centre.json"] {
        let text = std::fs::read_to_string(format!("{deploy}/{name}")).unwrap();
        let named = measures_in(&text);
        assert!(named.len() >= 5, "{name} names measures");
        for measure in named {
            assert!(there.contains(&measure), "{name} names {measure}");
        }
    }
    for line in [
        r#"keyrack_feed_head{property="H1"} 3"#,
        r#"keyrack_deficit_room_nights{property="H1"} 0"#,
        r#"keyrack_parked_commands{property="H1"} 0"#,
        "keyrack_alert_messages_waiting 0",
        "keyrack_alert_looks_failed_total 0",
        r#"keyrack_desks{property="H1",standing="joined"} 1"#,
        r#"keyrack_desk_silent_seconds{desk="A",property="H1"}"#,
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
}

#[test]
fn every_alert_is_explained() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let rules = std::fs::read_to_string(format!("{root}/deploy/alerts.yml")).unwrap();
    let guide = std::fs::read_to_string(format!("{root}/docs/CENTRE.md")).unwrap();
    let alerts: Vec<_> = rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- alert: "))
        .collect();
    assert!(alerts.len() >= 9);
    for alert in alerts {
        assert!(guide.contains(&format!("`{alert}`")), "{alert}");
    }
}

fn asked(server: &Server, path: &str, body: &Value) -> (u16, Value) {
    let reply = server.post(path, Some(TOKEN), body.to_string().as_bytes());
    (reply.status, serde_json::from_str(&reply.body).unwrap())
}

#[test]
fn the_administrators_page_shows_and_does_what_the_console_does() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", TOKEN]);
    let desk = opened(&server, 10);
    let page = server.get("/admin", None);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("H1"), "nothing is told without a token");
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    for path in ["/admin/page.js", "/admin/chain.js", "/admin/page.css"] {
        assert_eq!(server.get(path, None).status, 200);
    }
    let shown = server.get("/admin/api/properties", Some(TOKEN));
    let shown: Value = serde_json::from_str(&shown.body).unwrap();
    let property = &shown["properties"][0];
    assert_eq!(property["code"], "H1");
    assert_eq!(property["open"], true);
    assert_eq!(property["desks"][0]["letters"], "A");
    assert_eq!(property["desks"][0]["standing"], "joined");
    assert!(!shown.to_string().contains(desk.token.as_str()));

    let code = asked(&server, "/admin/api/code", &json!({"property": "H1"})).1;
    assert_eq!(code["code"].as_str().map(str::len), Some(29));
    let about = |deed: &str| json!({"property": "H1", "letters": "a", "deed": deed});
    let mut sure = about("lost");
    sure["sure"] = json!(true);
    let lost = asked(&server, "/admin/api/desk", &sure);
    assert_eq!(lost.0, 200, "{}", lost.1);
    assert_eq!(desk.page(), Err(Fault::EpochOver { current: 2 }));
    assert!(server.said(&["desk", "list", "H1"]).contains("lost"));

    let added = json!({"property": "H2"});
    assert_eq!(asked(&server, "/admin/api/property", &added).0, 200);
    let again = asked(&server, "/admin/api/property", &added);
    assert_eq!(again.0, 409);
    assert!(again.1["message"].as_str().unwrap().contains("already"));
    let unknown = asked(&server, "/admin/api/code", &json!({"property": "H9"}));
    assert_eq!(unknown.0, 404);
}

#[test]
fn nobody_else_is_let_in_at_the_administrators_page() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", TOKEN]);
    let desk = opened(&server, 10);
    for token in [None, Some(desk.token.as_str()), Some("")] {
        assert_eq!(server.get("/admin/api/properties", token).status, 401);
        let body = br#"{"property":"H1","letters":"A","deed":"lost"}"#;
        assert_eq!(server.post("/admin/api/desk", token, body).status, 401);
    }
    assert!(desk.page().is_ok(), "nothing was done");
    // And without a token in the settings there is nothing to be let in to.
    let plain = Server::start(&database);
    assert_eq!(plain.get("/admin", None).status, 404);
    assert_eq!(plain.get("/admin/api/properties", Some("")).status, 404);
}

#[test]
fn a_desk_that_was_heard_of_late_is_lost_by_a_second_word_alone_and_a_revoked_one_is_not_accepted()
{
    let database = Database::start(false);
    let server = Server::start(&database);
    let desk = opened(&server, 10);
    let refused = server.run(&["desk", "lost", "H1", "A"]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("seconds ago") && said.contains("--yes"),
        "{said}"
    );
    assert_eq!(
        database.ask("SELECT count(*) FROM audit WHERE what = 'desk_lost'"),
        "0"
    );
    // The administrator's page asks first; who asks without it says so too.
    let paged = Server::start_with(&database.address(), &["--admin-token", TOKEN]);
    let lost = json!({"property": "H1", "letters": "A", "deed": "lost"});
    let (status, told) = asked(&paged, "/admin/api/desk", &lost);
    assert_eq!(
        (status, &told["code"]),
        (409, &json!("still_heard")),
        "{told}"
    );
    assert!(
        told["message"]
            .as_str()
            .unwrap()
            .contains(r#""sure": true"#),
        "{told}"
    );
    assert_eq!(
        database.ask("SELECT count(*) FROM audit WHERE what = 'desk_lost'"),
        "0"
    );
    server.said(&["desk", "lost", "H1", "A", "--yes"]);
    assert_eq!(
        database.ask("SELECT count(*) FROM audit WHERE what = 'desk_lost'"),
        "1"
    );
    drop(desk);
    server.said(&["desk", "revoke", "H1", "A"]);
    let refused = server.run(&["desk", "accept", "H1", "A"]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("revoked"), "{said}");
    // Two codes that differ in capital letters alone are one to whoever reads them aloud.
    let refused = server.run(&["property", "add", "h1"]);
    assert!(!refused.status.success());
    assert_eq!(database.ask("SELECT count(*) FROM property"), "1");
}

#[test]
fn what_is_said_to_who_reads_no_more_ends_quietly_and_what_cannot_be_written_is_said() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let _desk = opened(&server, 10);
    let listed = server.said(&["property", "list"]);
    let heads = database.ask("SELECT feed_head FROM property");
    assert_eq!(
        listed.trim_end(),
        format!("H1\tHotel\tdesks 1\tentries {heads}")
    );
    let to = |arguments: &[&str], out: std::process::Stdio| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_keyrack-central"));
        command
            .args(arguments)
            .env("KEYRACK_DATABASE", database.address());
        command.stdout(out).stderr(std::process::Stdio::piped());
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    for arguments in [
        &["desk", "list", "H1"][..],
        &["verify", "H1"],
        &["property", "list"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, said) = to(arguments, writer.into());
        assert_eq!((code, said.as_str()), (Some(0), ""), "{arguments:?}");
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let (code, said) = to(arguments, full.into());
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains("what is said cannot be written: "), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn why_there_is_no_database_is_said_and_one_that_takes_nothing_is_not_ready() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    for (from, to, why) in [
        (
            "/postgres",
            "/elsewhere",
            "database \"elsewhere\" does not exist",
        ),
        ("//keyrack@", "//nobody@", "role \"nobody\" does not exist"),
        (
            "//keyrack@",
            "//nobody:geheim@",
            "role \"nobody\" does not exist",
        ),
    ] {
        let address = database.address().replacen(from, to, 1);
        let output = crate::server::run(&address, &["property", "list"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(why) && !said.contains("geheim"), "{said}");
    }
    let untold = server.run(&[
        "alert",
        "test",
        "--webhook",
        "http://127.0.0.1:1/geheim",
        "--webhook-secret",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]);
    let said = String::from_utf8(untold.stdout).unwrap();
    assert!(
        said.contains("Connection refused") && !said.contains("geheim"),
        "{said}"
    );
    assert_eq!(server.get("/ready", None).status, 200);
    // A line that was cut is found out when it is used.
    let ready = |server: &Server| {
        for _ in 0..50 {
            let reply = server.get("/ready", None);
            let body: Value = serde_json::from_str(&reply.body).unwrap();
            if body["status"] != "no_database" {
                return (reply.status, body["status"].as_str().unwrap().to_owned());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the database does not come back");
    };
    let drop_lines = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'keyrack-central'";
    database.ask("ALTER DATABASE postgres SET default_transaction_read_only = on");
    database.ask(drop_lines);
    assert_eq!(ready(&server), (503, "read_only".to_owned()));
    let sale = desk.sell("A", 3, 1);
    assert_eq!(desk.push(&[&sale]).unwrap_err(), Fault::Busy {});
    database.ask(
        "BEGIN READ WRITE; ALTER DATABASE postgres RESET default_transaction_read_only; COMMIT",
    );
    database.ask(drop_lines);
    assert_eq!(ready(&server), (200, "ready".to_owned()));
    desk.answer(&sale);
}
