//! The one door, whole: every role against every command and every question, and every way in which a
//! sign-in ends or locks, on clocks that the test moves.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyrack_desk::api::{
    CellRequest, ChangesRequest, ChartsRequest, Command, CommandRequest, DaySheetRequest,
    FindRequest, GridRequest, NewProperty, ReservationRequest,
};
use keyrack_desk::centre::{Invitation, SistersRequest, TokenStore, WalkRequest};
use keyrack_desk::day::Ending;
use keyrack_desk::door::{DoorRefusal, Moment, Password, Question, Role, Time, Why};
use keyrack_desk::guests::GuestQuery;
use keyrack_desk::papers::Existing;
use keyrack_desk::sign_in::{LockState, SignInRequest};
use keyrack_desk::staff::{RoleRow, StaffChange};
use keyrack_desk::transfer::{Export, Import};
use keyrack_desk::{Desk, DeskError, JobKind, Options, OtherHotel, replay};
use keyrack_inventory::command::Permission;
use keyrack_inventory::{CommandId, Instant, NightRange, Pool};
use keyrack_store::{AuditFilter, EventFilter, ReservationFilter};
use serde_json::{Value, json};
use uuid::Uuid;

const PASSWORD: &str = "nine green lamps";

/// Clocks that stand until the test moves them.
#[derive(Debug)]
struct Hands(Mutex<Moment>);

impl Hands {
    fn moved(&self, running: i64, wall: i64) {
        let mut now = self.0.lock().unwrap();
        now.running += Duration::from_secs(u64::try_from(running).unwrap());
        now.wall = Instant::from_millis(now.wall.millis() + wall * 1_000);
    }

    /// Both clocks go on.
    fn passed(&self, seconds: i64) {
        self.moved(seconds, seconds);
    }
}

impl Time for Hands {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }
}

struct House {
    folder: tempfile::TempDir,
    hands: Arc<Hands>,
    desk: Desk,
    file: PathBuf,
    /// Of whoever signed in last.
    token: Mutex<Option<String>>,
}

fn property() -> NewProperty {
    keyrack_desk::parse(json!({
        "name": "Hotel Miramar", "code": "MIRA", "time_zone": "Europe/Lisbon", "currency": "EUR",
        "business_date": "2026-06-01",
        "room_types": [{"code": "A", "name": "Double", "rooms": 50}, {"code": "B", "name": "Suite", "rooms": 5}],
    }))
    .unwrap()
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hotel.db");
        let start = Moment {
            running: Duration::from_secs(1_000),
            wall: "2026-06-01T08:00:00Z".parse().unwrap(),
        };
        let hands = Arc::new(Hands(Mutex::new(start)));
        let options = Self::options(&file, &hands);
        let nights = NightRange::new("2026-06-01".parse().unwrap(), "2026-09-01".parse().unwrap());
        let (desk, _) = Desk::create(&options, &property(), Some(nights), Uuid::now_v7()).unwrap();
        Self {
            folder,
            hands,
            desk,
            file,
            token: Mutex::new(None),
        }
    }

    fn options(file: &Path, hands: &Arc<Hands>) -> Options {
        Options {
            time: Arc::clone(hands) as Arc<dyn Time>,
            ..Options::new(file, "admin")
        }
    }

    /// A hotel with a member for each role, by its word, and nobody signed in.
    fn staffed() -> Self {
        let house = Self::new();
        house.add("admin", Role::Admin).unwrap();
        house.sign_in("admin");
        for role in Role::ALL {
            if role != Role::Admin {
                house.add(role.as_str(), role).unwrap();
            }
        }
        house.add("second", Role::Admin).unwrap();
        house.desk.sign_out().unwrap();
        house
    }

    fn add(&self, name: &str, role: Role) -> Result<(), DeskError> {
        let change = StaffChange::Add {
            name: name.parse().unwrap(),
            role,
            password: Password::new(PASSWORD),
        };
        self.desk.change_staff(&change).map(drop)
    }

    fn try_sign_in(&self, name: &str, password: &str) -> Result<(), DeskError> {
        let request = SignInRequest {
            name: name.to_owned(),
            password: Password::new(password),
        };
        let signed_in = self.desk.sign_in(&request, true)?;
        *self.token.lock().unwrap() = Some(signed_in.token);
        Ok(())
    }

    fn sign_in(&self, name: &str) {
        self.try_sign_in(name, PASSWORD).unwrap();
    }

    fn execute(&self, command: Command) -> Result<Value, DeskError> {
        let answer = self.desk.execute(&CommandRequest {
            command_id: Uuid::now_v7(),
            if_version: None,
            override_reason: None,
            command,
        })?;
        Ok(serde_json::to_value(answer).unwrap())
    }
}

/// Why the door said no; nothing where it let through, whatever came of it then.
fn denied<T>(result: Result<T, DeskError>) -> Option<(Why, Option<Permission>)> {
    match result {
        Err(DeskError::Door(refusal)) => match *refusal {
            DoorRefusal::NotAllowed {
                why, permission, ..
            } => Some((why, permission)),
            _ => None,
        },
        _ => None,
    }
}

/// One command of each kind, as they cross, with the permission that docs/DOMAIN.md asks for.
fn commands() -> Vec<(Command, Permission)> {
    let rows: Vec<(Permission, Command)> =
        serde_json::from_str(include_str!("files/commands.json")).unwrap();
    rows.into_iter()
        .map(|(permission, command)| (command, permission))
        .collect()
}

/// Which kind it is. A new one does not compile until it is named here, and then fails the test below
/// until it has a row above.
fn kind(command: &Command) -> usize {
    match command {
        Command::Reserve(_) => 0,
        Command::Confirm(_) => 1,
        Command::CheckIn(_) => 2,
        Command::CheckOut(_) => 3,
        Command::ReverseCheckIn(_) => 4,
        Command::ReverseCheckOut(_) => 5,
        Command::Cancel(_) => 6,
        Command::NoShow(_) => 7,
        Command::Reinstate(_) => 8,
        Command::Amend { .. } => 9,
        Command::Split { .. } => 10,
        Command::MoveNight { .. } => 11,
        Command::PlaceHold { .. } => 12,
        Command::ExtendHold { .. } => 13,
        Command::ConvertHold { .. } => 14,
        Command::ReleaseHold { .. } => 15,
        Command::AddOutage(_) => 16,
        Command::EndOutage { .. } => 17,
        Command::SetLimits(_) => 18,
        Command::OpenNights { .. } => 19,
        Command::AddRoomType(_) => 20,
        Command::RenameRoomType { .. } => 21,
        Command::RankRoomType { .. } => 22,
        Command::SellRoomType { .. } => 23,
        Command::StopRoomType { .. } => 24,
        Command::ReactivateRoomType { .. } => 25,
        Command::RetireRoomType { .. } => 26,
        Command::Undo { .. } => 27,
        Command::OpenAllotment(_) => 28,
        Command::ChangeAllotment(_) => 29,
        Command::ReleaseAllotment { .. } => 30,
        Command::CancelAllotment { .. } => 31,
        Command::ReturnPickUp(_) => 32,
        Command::OfferWaitlist { .. } => 33,
        Command::LeaveWaitlist(_) => 34,
        Command::KeepArrivals { .. } => 35,
        Command::GiveRoom { .. } => 36,
        Command::SetDetails(_) => 37,
    }
}
const KINDS: usize = 38;

/// What docs/DOMAIN.md gives each role.
fn may(role: Role, permission: Permission) -> bool {
    use Permission::{Administer, Configure, Look, Operate, Sell};
    match role {
        Role::FrontDesk => matches!(permission, Look | Sell),
        Role::NightAudit => matches!(permission, Look | Sell | Operate),
        Role::Manager => matches!(permission, Look | Sell | Operate | Configure),
        Role::Admin => matches!(permission, Look | Sell | Operate | Configure | Administer),
    }
}

#[test]
fn every_role_may_give_the_commands_of_its_permissions_and_no_other() {
    let rows = commands();
    let kinds: BTreeMap<usize, ()> = rows
        .iter()
        .map(|(command, _)| (kind(command), ()))
        .collect();
    assert_eq!(kinds.len(), KINDS, "a row for every kind of command");
    let house = House::staffed();
    let mut pairs = 0;
    for role in Role::ALL {
        house.sign_in(role.as_str());
        for (command, permission) in &rows {
            let found = denied(house.execute(command.clone()));
            let expected =
                (!may(role, *permission)).then_some((Why::Permission, Some(*permission)));
            assert_eq!(found, expected, "{role} and {command:?}");
            pairs += 1;
            // With a reason to override, no less than to operate.
            let overriding = CommandRequest {
                command_id: Uuid::now_v7(),
                if_version: None,
                override_reason: Some("the manager knows".to_owned()),
                command: command.clone(),
            };
            let found = denied(house.desk.execute(&overriding)).is_none();
            let expected = may(role, *permission) && may(role, Permission::Operate);
            assert_eq!(found, expected, "{role} overriding with {command:?}");
        }
        house.desk.sign_out().unwrap();
        for (command, _) in &rows {
            assert_eq!(
                denied(house.execute(command.clone())).map(|no| no.0),
                Some(Why::SignIn)
            );
        }
    }
    assert_eq!(pairs, 4 * KINDS);
    println!("{pairs} pairs of role and command, and as many that override");
    house.sign_in("admin");
    let verified = house.desk.verify().unwrap();
    assert!(verified.ok, "{verified:?}");
}

/// What it takes to ask each question. A new one does not compile until it has its row.
fn takes(question: Question) -> (Option<Permission>, bool) {
    use Permission::{Administer, Configure, Look, Operate, Sell};
    match question {
        Question::LockState | Question::Timer | Question::ResetFromMachine | Question::Exchange => {
            (None, false)
        }
        Question::Property
        | Question::Counts
        | Question::Changes
        | Question::Cell
        | Question::DaySheet
        | Question::Reservation
        | Question::Paper
        | Question::Reservations
        | Question::Find
        | Question::Holds
        | Question::Outages
        | Question::Allotments
        | Question::Waitlist
        | Question::Due
        | Question::Events
        | Question::Audit
        | Question::Verify
        | Question::Settings
        | Question::Alerts
        | Question::Health
        | Question::Jobs
        | Question::CentreStatus
        | Question::Inbox
        | Question::Parked
        | Question::Roles => (Some(Look), false),
        Question::AcknowledgeAlert | Question::AnswerInbox => (Some(Sell), false),
        Question::Backup
        | Question::Rebuild
        | Question::RunJobs
        | Question::RetryParked
        | Question::DiscardParked
        | Question::EndOfDay => (Some(Operate), false),
        Question::EndOfDayWithout => (Some(Configure), false),
        Question::Guests
        | Question::Import
        | Question::Sisters
        | Question::Walk
        | Question::SupportBundle => (Some(Configure), false),
        Question::ExportGuest | Question::Export => (Some(Configure), true),
        Question::SetSetting | Question::Staff | Question::SetUp => (Some(Administer), false),
        Question::EraseGuest
        | Question::Restore
        | Question::Enrol
        | Question::KeepToken
        | Question::ChangeStaff
        | Question::SetRole => (Some(Administer), true),
    }
}

/// Asks it, by the way that the window and keyrackctl take. A new one does not compile until it is
/// asked.
fn ask(house: &House, question: Question) -> Result<(), DeskError> {
    let desk = &house.desk;
    let night = "2026-06-10".parse().unwrap();
    let somewhere = house.folder.path().join(format!("{}.tmp", Uuid::now_v7()));
    match question {
        Question::LockState => desk.lock_state().map(drop),
        Question::Timer => desk
            .sweep()
            .and(desk.head().map(drop))
            .and(desk.look_after().map(drop))
            .and(desk.work().map(drop))
            .and(desk.watch().map(drop)),
        Question::ResetFromMachine => {
            let password = Password::new(PASSWORD);
            desk.reset_from_machine("second", &password).map(drop)
        }
        Question::Property => desk.property().map(drop),
        Question::Counts => {
            let grid = desk
                .grid(&GridRequest {
                    from: night,
                    nights: 3,
                })
                .map(drop);
            let counts = desk.counts(NightRange::new(night, night.plus(2))).map(drop);
            assert_eq!(grid.is_ok(), counts.is_ok());
            let (from, nights) = (night, 3);
            let charts = desk.charts(&ChartsRequest { from, nights }).map(drop);
            assert_eq!(grid.is_ok(), charts.is_ok());
            grid
        }
        Question::Changes => {
            let (since, generation) = (0, None);
            desk.changes(&ChangesRequest { since, generation })
                .map(drop)
        }
        Question::Cell => {
            let room_type = Pool::House;
            desk.cell(&CellRequest { room_type, night }).map(drop)
        }
        Question::DaySheet => desk.day_sheet(&DaySheetRequest { night }).map(drop),
        Question::Reservation => {
            let id = "A1".parse().unwrap();
            desk.reservation(&ReservationRequest { id }).map(drop)
        }
        Question::Paper => {
            let (id, card) = ("A1".parse().unwrap(), "A1/1".parse().unwrap());
            let to = house.folder.path().join("paper.pdf");
            let card = desk.registration_card(&card, &to, Existing::Replace);
            let confirmed = desk.confirmation(&id, &to, Existing::Replace).map(drop);
            assert_eq!(denied(card), denied(confirmed));
            desk.confirmation(&id, &to, Existing::Replace).map(drop)
        }
        Question::Reservations => desk.reservations(&ReservationFilter::default()).map(drop),
        Question::Find => {
            let (text, limit) = (String::new(), 5);
            desk.find_reservations(&FindRequest { text, limit })
                .map(drop)
        }
        Question::Holds => desk.holds(true).map(drop),
        Question::Outages => desk.outages(true).map(drop),
        Question::Allotments => {
            let one = denied(desk.allotment(&"A-G999".parse().unwrap()));
            assert_eq!(one, denied(desk.allotments(true)));
            desk.allotments(true).map(drop)
        }
        Question::Waitlist => desk.waitlist().map(drop),
        Question::Due => desk.due(&Default::default()).map(drop),
        Question::EndOfDay => desk.end_of_day(&Default::default()).map(drop),
        Question::EndOfDayWithout => {
            let without = vec!["B".to_owned()];
            let ending = Ending {
                without,
                ..Ending::default()
            };
            desk.end_of_day(&ending).map(drop)
        }
        Question::Events => desk
            .events(&EventFilter::default(), |_| ControlFlow::Continue(()))
            .map(drop),
        Question::Audit => desk.audit(&AuditFilter::default(), |_| ControlFlow::Continue(())),
        Question::Verify => desk.verify().map(drop),
        Question::Settings => desk.settings().map(drop),
        Question::Roles => desk.roles().map(drop),
        Question::Alerts => desk.alerts(true).map(drop),
        Question::Health => desk.health().map(drop),
        Question::Jobs => desk.jobs().map(drop),
        Question::CentreStatus => desk.centre_status().map(drop),
        Question::Inbox => desk.inbox(true).map(drop),
        Question::AnswerInbox => desk.answer_inbox(999).map(drop),
        Question::Parked => desk.parked().map(drop),
        Question::RetryParked => desk.retry_parked(CommandId(Uuid::now_v7())).map(drop),
        Question::DiscardParked => {
            let id = CommandId(Uuid::now_v7());
            desk.discard_parked(id, "asked for it").map(drop)
        }
        Question::Exchange => desk.exchange().map(drop),
        Question::Sisters => {
            let id = "A999".parse().unwrap();
            desk.sisters(&SistersRequest { id }).map(drop)
        }
        Question::Walk => {
            let request = WalkRequest {
                command_id: Uuid::now_v7(),
                id: "A999".parse().unwrap(),
                to: "H2".to_owned(),
                room_type: None,
            };
            desk.walk(&request).map(drop)
        }
        Question::KeepToken => desk.keep_token(TokenStore::File).map(drop),
        Question::Enrol => {
            let options = Options {
                token: house.token.lock().unwrap().clone(),
                ..House::options(&house.file, &house.hands)
            };
            let invitation = Invitation {
                url: "http://127.0.0.1:9".to_owned(),
                code: "ABCDE-FGHJK-MNPQR-STUVW".to_owned(),
                name: "desk".to_owned(),
                authority: None,
            };
            Desk::enrol(&options, &invitation, &mut |_| true).map(drop)
        }
        Question::AcknowledgeAlert => desk.acknowledge(999).map(drop),
        Question::RunJobs => {
            let id = Uuid::now_v7();
            let run = desk.run_job_of(JobKind::Health, id).map(drop);
            for other in [desk.run_job(id), desk.retry_job(id)] {
                assert_eq!(denied(other).is_some(), run.is_err());
            }
            assert_eq!(denied(desk.run_due_jobs()).is_some(), run.is_err());
            run
        }
        Question::SupportBundle => desk
            .support_bundle(&somewhere, Existing::Replace, None)
            .map(drop),
        Question::Backup => desk.backup(&somewhere, Existing::Replace).map(drop),
        Question::Rebuild => desk.rebuild().map(drop),
        Question::Guests => desk.guests(&GuestQuery::default()).map(drop),
        Question::ExportGuest => desk.export_guest("A999", &somewhere).map(drop),
        Question::Export => {
            let (since, from, to) = (0, None, None);
            let csv = somewhere.with_extension("csv");
            let export = Export::Events { since, from, to };
            desk.export(&export, &csv, false, &mut |_, _| true)
                .map(drop)
        }
        Question::Import => {
            let bookings = somewhere.with_extension("csv");
            let mapping = somewhere.with_extension("toml");
            let rows = "No,Guest,Arrival,Nights\n1,Ada,2026-06-10,1\n";
            std::fs::write(&bookings, rows).unwrap();
            let text = "[columns]\nexternal_number = \"No\"\nname = \"Guest\"\n\
                        arrival = \"Arrival\"\nnights = \"Nights\"\n\
                        [constants]\nroom_type = \"A\"\n";
            std::fs::write(&mapping, text).unwrap();
            let import = Import::read(&bookings, &mapping, false, false).unwrap();
            desk.import(&import, &mut |_, _| true).map(drop)
        }
        Question::EraseGuest => desk.erase_guest("A999", "asked for it").map(drop),
        Question::Restore => {
            // Of a desk's own, as keyrackctl restores; the same sign-in, brought along as a token.
            let signed_in = house.token.lock().unwrap().clone();
            let options = Options {
                token: signed_in,
                ..House::options(&house.file, &house.hands)
            };
            Desk::restore(&options, &somewhere, OtherHotel::Refuse).map(drop)
        }
        Question::SetSetting => desk.set_setting("idle_lock_minutes", "5").map(drop),
        Question::Staff => desk.staff().map(drop),
        Question::ChangeStaff => {
            let name = "nobody".to_owned();
            desk.change_staff(&StaffChange::Enable { name }).map(drop)
        }
        Question::SetRole => desk
            .set_role(&RoleRow {
                role: Role::NightAudit,
                may: vec![Permission::Look, Permission::Sell, Permission::Operate],
            })
            .map(drop),
        Question::SetUp => {
            let options = Options {
                token: house.token.lock().unwrap().clone(),
                ..House::options(&house.file, &house.hands)
            };
            let created = Desk::create(&options, &property(), None, Uuid::now_v7()).map(drop);
            let toml =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/resort_hotel.toml");
            let bookings = toml.with_file_name("resort_hotel_bookings.csv.gz");
            let as_of = Some("2015-06-01".parse().unwrap());
            let replayed = replay::replay(&options, &toml, &bookings, as_of, &mut |_| true);
            assert_eq!(
                denied(replayed).is_some(),
                matches!(created, Err(DeskError::Door(_)))
            );
            created
        }
    }
}

#[test]
fn every_role_may_ask_the_questions_of_its_permissions_and_no_other() {
    let house = House::staffed();
    let mut pairs = 0;
    for role in Role::ALL {
        house.sign_in(role.as_str());
        for question in Question::ALL.iter().copied() {
            let (permission, fresh) = takes(question);
            let found = denied(ask(&house, question));
            let allowed = permission.is_none_or(|permission| may(role, permission));
            let expected = (!allowed).then_some((Why::Permission, permission));
            assert_eq!(found, expected, "{role} and {question:?}");
            pairs += 1;
            // Five minutes later what cannot be taken back needs another sign-in.
            if allowed && fresh {
                house.sign_in(role.as_str());
                house.hands.passed(299);
                assert_eq!(
                    denied(ask(&house, question)),
                    None,
                    "{role} and {question:?}"
                );
                house.desk.touch().unwrap();
                house.hands.passed(1);
                let found = denied(ask(&house, question));
                assert_eq!(
                    found,
                    Some((Why::Fresh, permission)),
                    "{role} and {question:?}"
                );
                house.sign_in(role.as_str());
            }
        }
        house.desk.sign_out().unwrap();
    }
    for question in Question::ALL.iter().copied() {
        *house.token.lock().unwrap() = None;
        let found = denied(ask(&house, question)).map(|no| no.0);
        let expected = takes(question).0.map(|_| Why::SignIn);
        assert_eq!(found, expected, "nobody and {question:?}");
        // The reset above ended nobody's session but "second"'s.
    }
    assert_eq!(pairs, 4 * Question::ALL.len());
    println!("{pairs} pairs of role and question");
}

#[test]
fn a_file_without_staff_asks_nobody() {
    let house = House::new();
    assert!(matches!(
        house.desk.lock_state().unwrap(),
        LockState::NoStaff
    ));
    house.hands.passed(100_000);
    for question in Question::ALL.iter().copied() {
        // From the first reset on there would be staff, were there somebody to reset.
        assert_eq!(denied(ask(&house, question)), None, "{question:?}");
    }
    assert!(matches!(
        house.desk.lock_state().unwrap(),
        LockState::NoStaff
    ));
}

fn is_locked(house: &House) -> bool {
    matches!(house.desk.lock_state().unwrap(), LockState::Locked { .. })
}

#[test]
fn a_desk_that_nobody_touches_locks_and_only_a_sign_in_opens_it() {
    let house = House::staffed();
    house.sign_in("manager");
    let LockState::In {
        locks_in_seconds, ..
    } = house.desk.lock_state().unwrap()
    else {
        panic!("signed in");
    };
    assert_eq!(locks_in_seconds, 300);
    house.hands.passed(299);
    // Looking is no sign of life: a window looks by itself.
    ask(&house, Question::Property).unwrap();
    assert!(!is_locked(&house));
    // A command is one, and so is a touch.
    house.execute(commands()[0].0.clone()).unwrap();
    house.hands.passed(299);
    house.desk.touch().unwrap();
    house.hands.passed(299);
    assert!(!is_locked(&house));
    house.hands.passed(1);
    assert!(is_locked(&house));
    // Locked, every command and question is refused but those that anybody may ask.
    for (command, _) in commands() {
        assert_eq!(
            denied(house.execute(command)).map(|no| no.0),
            Some(Why::Locked)
        );
    }
    for question in Question::ALL.iter().copied() {
        if matches!(
            question,
            Question::Restore | Question::SetUp | Question::Enrol
        ) {
            continue; // Asked with a token and from no window, which do not lock.
        }
        let expected = takes(question).0.map(|_| Why::Locked);
        assert_eq!(
            denied(ask(&house, question)).map(|no| no.0),
            expected,
            "{question:?}"
        );
    }
    // Neither a touch nor a clock that was set back opens it, nor a wrong password.
    house.desk.touch().unwrap();
    house.hands.moved(0, -86_400);
    assert!(is_locked(&house));
    assert!(house.try_sign_in("manager", "seven red lamps").is_err());
    assert!(is_locked(&house));
    house.hands.moved(0, 86_400 + 5);
    house.sign_in("manager");
    assert!(!is_locked(&house));
    house.desk.lock();
    assert!(is_locked(&house), "at once");
}

#[test]
fn sleep_counts_and_a_clock_set_back_prolongs_nothing() {
    let house = House::staffed();
    house.sign_in("manager");
    // The machine slept, and only the wall clock knows.
    house.hands.moved(1, 400);
    assert!(is_locked(&house));
    house.sign_in("manager");
    // Set back by an hour just before the limit: the other clock goes on.
    house.hands.passed(290);
    house.hands.moved(0, -3_600);
    house.hands.passed(9);
    assert!(!is_locked(&house));
    house.hands.passed(1);
    assert!(is_locked(&house));
    // A fresh sign-in ages by the other clock as well.
    house.sign_in("admin");
    house.hands.passed(200);
    house.hands.moved(0, -150);
    house.desk.touch().unwrap();
    house.hands.passed(120);
    let found = denied(ask(&house, Question::SetRole)).map(|no| no.0);
    assert_eq!(found, Some(Why::Fresh), "by the running clock");
}

#[test]
fn the_limit_is_a_setting_of_at_most_fifteen_minutes() {
    let house = House::staffed();
    house.sign_in("admin");
    assert!(house.desk.set_setting("idle_lock_minutes", "16").is_err());
    house.desk.set_setting("idle_lock_minutes", "15").unwrap();
    house.hands.passed(899);
    assert!(!is_locked(&house));
    house.hands.passed(1);
    assert!(is_locked(&house));
}

#[test]
fn what_another_process_takes_away_is_gone_at_once() {
    let house = House::staffed();
    house.sign_in("manager");
    ask(&house, Question::Guests).unwrap();
    let other = Desk::open(&House::options(&house.file, &house.hands)).unwrap();
    let request = SignInRequest {
        name: "admin".to_owned(),
        password: Password::new(PASSWORD),
    };
    other.sign_in(&request, false).unwrap();
    let role = StaffChange::Role {
        name: "manager".to_owned(),
        role: Role::FrontDesk,
    };
    other.change_staff(&role).unwrap();
    let found = denied(ask(&house, Question::Guests));
    assert_eq!(found, Some((Why::Permission, Some(Permission::Configure))));
    ask(&house, Question::Property).unwrap();
    let name = "manager".to_owned();
    other.change_staff(&StaffChange::Disable { name }).unwrap();
    assert_eq!(
        denied(ask(&house, Question::Property)).map(|no| no.0),
        Some(Why::Ended)
    );
    assert!(matches!(
        house.desk.lock_state().unwrap(),
        LockState::SignIn { .. }
    ));
}

#[test]
fn a_refused_member_is_told_in_the_trail_and_one_who_only_looks_is_not() {
    let house = House::staffed();
    house.sign_in("front_desk");
    assert!(denied(ask(&house, Question::SetSetting)).is_some());
    let outage = commands().swap_remove(10).0;
    assert!(denied(house.execute(outage)).is_some());
    house.desk.sign_out().unwrap();
    assert!(denied(ask(&house, Question::SetSetting)).is_some());
    house.sign_in("admin");
    let mut told = Vec::new();
    let filter = AuditFilter {
        action: Some("not_allowed".to_owned()),
        ..AuditFilter::default()
    };
    house
        .desk
        .audit(&filter, |row| {
            told.push((row.actor, row.object, row.permission));
            ControlFlow::Continue(())
        })
        .unwrap();
    let row = |object: &str, permission: &str| {
        (
            "front_desk".to_owned(),
            object.to_owned(),
            permission.to_owned(),
        )
    };
    assert_eq!(
        told,
        [
            row("set_setting", "administer"),
            row("add_outage", "operate")
        ]
    );
}

/// Every method of a desk that the window or keyrackctl can call names its question to the door.
#[test]
fn no_method_of_a_desk_goes_around_the_door() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // What says nothing of the hotel's: which file, which clock; and how a desk comes to be.
    let free = ["open", "path", "clock"];
    let (mut found, mut around) = (0, Vec::new());
    for entry in std::fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for block in text.split("\nimpl Desk {").skip(1) {
            let block = block.split("\n}\n").next().unwrap();
            for method in block.split("\n    pub fn ").skip(1) {
                let name = method.split(['(', '<']).next().unwrap();
                found += 1;
                let body = method.split("\n    }").next().unwrap();
                let asks = [
                    "admit(Question::",
                    "admit(&store,Question::",
                    "admit_command(",
                    "open_to_all(Question::",
                ];
                let names = asks.iter().any(|ask| {
                    let tight: String = body.split_whitespace().collect();
                    tight.contains(ask)
                });
                if !names && !free.contains(&name) {
                    around.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(found >= 30, "{found} methods");
    assert_eq!(around, [""; 0], "methods that ask no door");
}
