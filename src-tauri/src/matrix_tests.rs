//! Every role against every command of the window, at the functions that the page calls.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use keyrack_desk::door::{Password, Role};
use keyrack_desk::sign_in::{LockState, SignInRequest};
use keyrack_desk::staff::StaffChange;
use keyrack_desk::start::OpenState;
use keyrack_desk::{Desk, Options};
use serde_json::{Value, json};
use tauri::Manager;
use tauri::async_runtime::block_on;
use tauri::ipc::Channel;
use tauri::test::MockRuntime;
use uuid::Uuid;

use crate::arguments::Wanted;
use crate::commands;
use crate::failure::Failure;
use crate::hotel::Hotel;

pub(crate) const PASSWORD: &str = "nine green lamps";

macro_rules! names {
    ($($command:ident)*) => { [$(stringify!($command)),*] };
}

/// What each command of the window needs: a word of docs/DOMAIN.md, or nothing. A command without a
/// row fails the test.
fn needs(name: &str, request: &Value) -> Option<&'static str> {
    match (name, request["command"]["kind"].as_str()) {
        (
            "open_state" | "open_sample" | "create_property" | "languages" | "speak" | "set_zoom"
            | "painted" | "documents" | "choose_file" | "stop_work" | "join_centre" | "try_centre",
            _,
        ) => None,
        ("lock_state" | "sign_in" | "sign_out" | "lock" | "touch", _) => None,
        ("property" | "grid" | "charts" | "changes" | "cell" | "day_sheet", _) => Some("look"),
        ("reservation" | "find_reservations" | "roles" | "settings", _) => Some("look"),
        ("allotments" | "allotment" | "waitlist" | "due", _) => Some("look"),
        ("alerts" | "health" | "verify" | "audit" | "cell_at", _) => Some("look"),
        ("print" | "jobs", _) => Some("look"),
        ("backups" | "back_up" | "run_jobs" | "retry_job", _) => Some("operate"),
        ("import_bookings" | "export_rows", _) => Some("configure"),
        ("centre" | "inbox", _) => Some("look"),
        ("acknowledge_alert" | "answer_inbox" | "take_alternative", _) => Some("sell"),
        ("discard_parked", _) => Some("operate"),
        ("sisters" | "walk", _) => Some("configure"),
        ("enrol", _) => Some("administer"),
        ("end_of_day", _) => Some("operate"),
        ("execute", Some(kind)) => {
            let mut rows = commands_of_the_inventory().into_iter();
            let row = rows.find(|(_, command)| command["kind"] == kind);
            Some(match row.expect("a row for each kind").0.as_str() {
                "sell" => "sell",
                "operate" => "operate",
                "configure" => "configure",
                other => panic!("{other} is no permission of a command"),
            })
        }
        ("staff" | "restore" | "change_staff" | "set_role" | "set_setting", _) => {
            Some("administer")
        }
        other => panic!("{other:?} has no row"),
    }
}

/// One command of each kind with its permission: the rows of the desk's own matrix, which fails where a
/// kind has none.
fn commands_of_the_inventory() -> Vec<(String, Value)> {
    let rows = include_str!("../../crates/desk/tests/files/commands.json");
    serde_json::from_str(rows).expect("rows of permission and command")
}

/// What is sent with each command that asks the hotel.
pub(crate) fn requests(name: &str) -> Vec<Value> {
    let execute = |command: Value| json!({ "command_id": Uuid::now_v7(), "command": command });
    match name {
        "grid" => vec![json!({"from": "2026-06-01", "nights": 3})],
        "charts" => vec![json!({"from": "2026-06-01", "nights": 3})],
        "changes" => vec![json!({"since": 0})],
        "cell" => vec![json!({"room_type": "house", "night": "2026-06-01"})],
        "day_sheet" => vec![json!({"night": "2026-06-01"})],
        "reservation" => vec![json!({"id": "A1"})],
        "find_reservations" => vec![json!({"text": "ada", "limit": 5})],
        "allotments" => vec![json!({"all": true})],
        "allotment" => vec![json!({"id": "A-G1"})],
        "due" => vec![json!({"decisions": {}})],
        "end_of_day" => vec![json!({"decisions": {}, "command_id": Uuid::now_v7()})],
        // In a folder that is not there, so that nothing is shown.
        "print" => vec![
            json!({"paper": "day", "list": "arrivals", "date": "2026-06-01",
            "to": "/nowhere/at/all/arrivals.pdf"}),
        ],
        "import_bookings" => vec![
            json!({"file": "/nowhere/a.csv", "mapping": "/nowhere/m.toml",
            "dry_run": true, "keep_good_rows": false}),
        ],
        "export_rows" => {
            vec![json!({"what": "reservations", "to": "/nowhere/at/all.csv", "replace": false})]
        }
        "restore" => vec![json!({"file": "/nowhere/at/all.keyrack"})],
        "retry_job" => vec![json!({"id": Uuid::now_v7()})],
        "change_staff" => vec![json!({"kind": "enable", "name": "nobody"})],
        "set_role" => {
            vec![json!({"role": "manager", "may": ["look", "sell", "operate", "configure"]})]
        }
        "set_setting" => vec![json!({"key": "idle_lock_minutes", "value": "5"})],
        "alerts" => vec![json!({"all": true})],
        "acknowledge_alert" | "answer_inbox" => vec![json!({"id": 1})],
        "take_alternative" => vec![
            json!({"command_id": Uuid::now_v7(), "id": 1, "room_type": "DBL",
            "arrival": "2026-06-01", "departure": "2026-06-02"}),
        ],
        "inbox" => vec![json!({"all": true})],
        "sisters" => vec![json!({"id": "A1"})],
        "walk" => vec![json!({"command_id": Uuid::now_v7(), "id": "A1", "to": "H2"})],
        "discard_parked" => vec![json!({"id": Uuid::now_v7(), "reason": "typed twice"})],
        // Where nothing listens.
        "enrol" => vec![json!({"url": "http://127.0.0.1:9", "name": "second",
            "code": "ABCDE-FGHJK-MNPQR-STUVW"})],
        "audit" => vec![json!({"limit": 5})],
        "cell_at" => {
            let at = "2026-06-01T12:00:00Z";
            vec![json!({"room_type": "house", "night": "2026-06-01", "at": at})]
        }
        "execute" => {
            let all = commands_of_the_inventory().into_iter();
            all.map(|(_, command)| execute(command)).collect()
        }
        _ => vec![Value::Null],
    }
}

pub(crate) struct Shell {
    app: tauri::App<MockRuntime>,
    pub(crate) hotel: Arc<Hotel>,
    folder: tempfile::TempDir,
}

impl Shell {
    /// A hotel with a member for each role, by its word, and nobody signed in.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hotel.db");
        let new = keyrack_desk::parse(json!({
            "name": "Hotel Miramar", "code": "MIRA", "time_zone": "Europe/Lisbon", "currency": "EUR",
            "business_date": "2026-06-01",
            "room_types": [{"code": "A", "name": "Double", "rooms": 50}],
        }));
        let options = Options::new(&file, "admin");
        let (desk, _) = Desk::create(&options, &new.unwrap(), None, Uuid::now_v7()).unwrap();
        let add = |role: Role| {
            let change = StaffChange::Add {
                name: role.as_str().parse().unwrap(),
                role,
                password: Password::new(PASSWORD),
            };
            desk.change_staff(&change).unwrap();
        };
        add(Role::Admin);
        let request = SignInRequest {
            name: "admin".to_owned(),
            password: Password::new(PASSWORD),
        };
        desk.sign_in(&request, false).unwrap();
        Role::ALL
            .into_iter()
            .filter(|role| *role != Role::Admin)
            .for_each(add);
        let hotel = Arc::new(Hotel::new(Wanted::Own(file.clone())));
        hotel.open(&file, false).unwrap();
        let app = tauri::test::mock_app();
        app.manage(Arc::clone(&hotel));
        Self { app, hotel, folder }
    }

    /// The hotel's file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("hotel.db")
    }

    /// Calls the function that the page would.
    pub(crate) fn call(&self, name: &str, request: Value) -> Result<(), Failure> {
        let hotel = || self.app.state::<Arc<Hotel>>();
        block_on(async {
            match name {
                "property" => commands::property(hotel()).await.map(drop),
                "grid" => commands::grid(hotel(), request).await.map(drop),
                "charts" => commands::charts(hotel(), request).await.map(drop),
                "changes" => commands::changes(hotel(), request).await.map(drop),
                "cell" => commands::cell(hotel(), request).await.map(drop),
                "day_sheet" => commands::day_sheet(hotel(), request).await.map(drop),
                "reservation" => commands::reservation(hotel(), request).await.map(drop),
                "find_reservations" => commands::find_reservations(hotel(), request)
                    .await
                    .map(drop),
                "allotments" => commands::allotments(hotel(), request).await.map(drop),
                "allotment" => commands::allotment(hotel(), request).await.map(drop),
                "waitlist" => commands::waitlist(hotel()).await.map(drop),
                "due" => commands::due(hotel(), request).await.map(drop),
                "end_of_day" => commands::end_of_day(hotel(), request).await.map(drop),
                "print" => commands::print(hotel(), request).await.map(drop),
                "import_bookings" => {
                    commands::import_bookings(hotel(), request, Channel::new(|_| Ok(())))
                        .await
                        .map(drop)
                }
                "export_rows" => commands::export_rows(hotel(), request, Channel::new(|_| Ok(())))
                    .await
                    .map(drop),
                "backups" => commands::backups(hotel()).await.map(drop),
                "back_up" => commands::back_up(hotel()).await.map(drop),
                "restore" => commands::restore(hotel(), request).await.map(drop),
                "jobs" => commands::jobs(hotel()).await.map(drop),
                "run_jobs" => commands::run_jobs(hotel()).await,
                "retry_job" => commands::retry_job(hotel(), request).await.map(drop),
                "execute" => commands::execute(hotel(), request).await.map(drop),
                "lock_state" => commands::lock_state(hotel()).await.map(drop),
                "touch" => commands::touch(hotel()).await,
                "lock" => commands::lock(hotel()).await,
                "sign_out" => commands::sign_out(hotel()).await,
                "sign_in" => commands::sign_in(hotel(), request).await.map(drop),
                "staff" => commands::staff(hotel()).await.map(drop),
                "change_staff" => commands::change_staff(hotel(), request).await.map(drop),
                "roles" => commands::roles(hotel()).await.map(drop),
                "set_role" => commands::set_role(hotel(), request).await.map(drop),
                "settings" => commands::settings(hotel()).await.map(drop),
                "set_setting" => commands::set_setting(hotel(), request).await.map(drop),
                "alerts" => commands::alerts(hotel(), request).await.map(drop),
                "acknowledge_alert" => commands::acknowledge_alert(hotel(), request)
                    .await
                    .map(drop),
                "centre" => commands::centre(hotel()).await.map(drop),
                "inbox" => commands::inbox(hotel(), request).await.map(drop),
                "answer_inbox" => commands::answer_inbox(hotel(), request).await.map(drop),
                "take_alternative" => commands::take_alternative(hotel(), request).await.map(drop),
                "discard_parked" => commands::discard_parked(hotel(), request).await.map(drop),
                "sisters" => commands::sisters(hotel(), request).await.map(drop),
                "walk" => commands::walk(hotel(), request).await.map(drop),
                "try_centre" => commands::try_centre(hotel()).await.map(drop),
                "enrol" => commands::enrol(hotel(), request, Channel::new(|_| Ok(())))
                    .await
                    .map(drop),
                "health" => commands::health(hotel()).await.map(drop),
                "verify" => commands::verify(hotel(), Channel::new(|_| Ok(())))
                    .await
                    .map(drop),
                "audit" => commands::audit(hotel(), request).await.map(drop),
                "cell_at" => commands::cell_at(hotel(), request).await.map(drop),
                other => panic!("{other} is not called"),
            }
        })
    }

    pub(crate) fn sign_in(&self, name: &str) {
        self.call("sign_in", json!({"name": name, "password": PASSWORD}))
            .unwrap();
    }
}

/// Why a call was not let through; nothing where it was, whatever came of it then.
fn why(result: Result<(), Failure>) -> Option<&'static str> {
    result
        .err()
        .filter(|failure| failure.code == "not_allowed")
        .and_then(|failure| failure.why)
}

fn may(role: Role, permission: &str) -> bool {
    let all: &[&str] = match role {
        Role::FrontDesk => &["look", "sell"],
        Role::NightAudit => &["look", "sell", "operate"],
        Role::Manager => &["look", "sell", "operate", "configure"],
        Role::Admin => &["look", "sell", "operate", "configure", "administer"],
    };
    all.contains(&permission)
}

#[test]
fn every_role_may_call_the_commands_of_its_permissions_and_no_other() {
    let shell = Shell::new();
    let names: BTreeSet<&str> = command_table!(names).into_iter().collect();
    // They answer with the state alone, and need the application.
    let of_the_app = [
        "open_state",
        "open_sample",
        "create_property",
        "join_centre",
        "speak",
        "set_zoom",
        "painted",
        "documents",
        "choose_file",
        "stop_work",
    ];
    let mut pairs = 0;
    let call_all = |expected: &dyn Fn(&str) -> Option<&'static str>, pairs: &mut u32| {
        for name in names.iter().filter(|name| !of_the_app.contains(name)) {
            for request in requests(name) {
                let Some(permission) = needs(name, &request) else {
                    continue;
                };
                *pairs += 1;
                let found = why(shell.call(name, request));
                assert_eq!(found, expected(permission), "{name} needs {permission}");
            }
        }
    };
    for role in Role::ALL {
        shell.sign_in(role.as_str());
        assert!(matches!(shell.hotel.look(), OpenState::Ready { .. }));
        let expected = |permission: &str| (!may(role, permission)).then_some("permission");
        call_all(&expected, &mut pairs);
        shell.call("lock", Value::Null).unwrap();
        call_all(&|_| Some("locked"), &mut pairs);
        assert!(matches!(shell.hotel.look(), OpenState::SignIn { .. }));
    }
    // To look and to sell go together in every role as it comes; a role that may look alone sells nothing.
    shell.sign_in("admin");
    let looks = json!({"role": "front_desk", "may": ["look"]});
    shell.call("set_role", looks).unwrap();
    shell.call("lock", Value::Null).unwrap();
    shell.sign_in("front_desk");
    call_all(
        &|permission| (permission != "look").then_some("permission"),
        &mut pairs,
    );
    shell.call("sign_out", Value::Null).unwrap();
    call_all(&|_| Some("sign_in"), &mut pairs);
    let state = block_on(commands::lock_state(shell.app.state::<Arc<Hotel>>())).unwrap();
    assert!(matches!(state, LockState::SignIn { hotel } if hotel == "Hotel Miramar"));
    println!("{pairs} pairs of role and command of the window");
    assert!(pairs >= 9 * 50, "{pairs} pairs");
}
