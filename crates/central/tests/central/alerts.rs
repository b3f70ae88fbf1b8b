//! Alerts go out: each once, to a receiver that was down too, by one process of several, and the close after the opening.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Clock};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use keyrack_central::alerts::{Bounds, Mail, Targets, Webhook, deliver, look};
use keyrack_central::{Ledger, clock};
use keyrack_inventory::{Command, GuestId, Instant, Reference};
use keyrack_wire::{Guest, Line, List, Slot};
use serde_json::Value;
use sha2::Sha256;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::database::Database;
use crate::desk::{Desk, code, day, label, reserve};
use crate::exchange::opened;
use crate::server::{Server, run};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ADMIN: &str = "0f3c1a5e7b9d2468ace013579bdf02468ace1357";
const GUEST: &str = "Wilhelmina Featherstonehaugh";
const BOUNDS: Bounds = Bounds {
    silent_minutes: 60,
    verify_hours: 24,
};

/// A centre that looks by itself as it starts, and not again while a test does.
const QUIET: [&str; 4] = ["--admin-token", ADMIN, "--alert-seconds", "3600"];

/// What a receiver was sent, and how it answers.
#[derive(Default)]
struct Mailbox {
    /// The next so many requests fail.
    fails: usize,
    /// Each request: the message and whether it was taken.
    seen: Vec<(Value, bool)>,
}

/// A receiver of webhooks.
struct Receiver {
    address: String,
    mailbox: Arc<Mutex<Mailbox>>,
    _runtime: Runtime,
}

async fn receive(
    State(mailbox): State<Arc<Mutex<Mailbox>>>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(header("webhook-id"), told["id"].as_str().unwrap());
    let key = STANDARD
        .decode(SECRET.trim_start_matches("whsec_"))
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let signed = format!(
        "{}.{}.{body}",
        header("webhook-id"),
        header("webhook-timestamp")
    );
    mac.update(signed.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{signature}"));
    let mut mailbox = mailbox.lock().unwrap();
    let is_taken = mailbox.fails == 0;
    mailbox.fails = mailbox.fails.saturating_sub(1);
    mailbox.seen.push((told, is_taken));
    match is_taken {
        true => StatusCode::NO_CONTENT,
        false => StatusCode::BAD_GATEWAY,
    }
}

impl Receiver {
    fn start(fails: usize) -> Self {
        let runtime = Runtime::new().unwrap();
        let mailbox = Arc::new(Mutex::new(Mailbox {
            fails,
            ..Mailbox::default()
        }));
        let routes = Router::new().route("/alerts", post(receive));
        let routes = routes.with_state(Arc::clone(&mailbox));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.unwrap();
        let address = format!("http://{}/alerts", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, routes).await });
        Self {
            address,
            mailbox,
            _runtime: runtime,
        }
    }

    fn targets(&self) -> Targets {
        let secret = SECRET.parse().unwrap();
        Targets::new(
            vec![Webhook::new(&self.address, secret).unwrap()],
            Vec::new(),
        )
    }

    fn seen(&self) -> Vec<(Value, bool)> {
        self.mailbox.lock().unwrap().seen.clone()
    }
}

/// A centre that looks and sends when it is told to, at whatever time.
struct Centre {
    runtime: Runtime,
    ledger: Ledger,
}

impl Centre {
    fn of(database: &Database) -> Self {
        Self {
            runtime: Runtime::new().unwrap(),
            ledger: Ledger::new(&database.address(), None, 4).unwrap(),
        }
    }

    fn look(&self, targets: &Targets, now: Instant) {
        self.runtime.block_on(async {
            let mut session = self.ledger.session().await.unwrap();
            look(&mut session, targets, BOUNDS, now).await.unwrap();
        });
    }

    /// How many messages arrived.
    fn deliver(&self, targets: &Targets, now: Instant) -> usize {
        let each = targets.each().iter();
        each.map(|target| {
            let done = deliver(&self.ledger, target, || now);
            self.runtime.block_on(done).unwrap()
        })
        .sum()
    }
}

fn after(now: Instant, seconds: i64) -> Instant {
    Instant::from_millis(now.millis() + seconds * 1_000)
}

/// Every room of the type A breaks, and one of them is sold.
fn broken(desk: &mut Desk) {
    let id = GuestId(Uuid::now_v7());
    let mut sale = reserve("A", 3, 1, 1);
    if let Command::Reserve(reserve) = &mut sale {
        reserve.details.guest = Some(id);
    }
    let used = desk.consume("A", 3, 1);
    let sale = desk.queue_with(&sale, false, used);
    let guest = Guest {
        id,
        name: Line::try_from(GUEST.to_owned()).unwrap(),
        phone: None,
        email: None,
    };
    let mut push = desk.push_message(vec![Slot::Command(sale)]);
    push.guests = List::try_from(vec![guest]).unwrap();
    let _: keyrack_wire::Pushed = desk.exchange("/v1/sync/push", &push).unwrap();
    let outage = Command::AddOutage {
        room_type: code("A"),
        from: day(3),
        back_on: day(4),
        rooms: 10,
        service: false,
        reason: None,
        room: None,
    };
    let outage = desk.queue(&outage, false);
    desk.answer(&outage);
}

fn mended(desk: &mut Desk) {
    let end = Command::EndOutage {
        id: Reference::Number("A-O1".parse().unwrap()),
        on: Some(day(3)),
    };
    let end = desk.queue(&end, false);
    desk.answer(&end);
}

#[test]
fn an_alert_is_told_once_it_can_be_and_closes_by_itself() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let receiver = Receiver::start(2);
    let (targets, now) = (receiver.targets(), clock::now());
    let centre = Centre::of(&database);
    centre.look(&targets, now);
    assert_eq!(centre.deliver(&targets, now), 0, "the receiver is down");
    // It is not sent again before its time, and opened once however often somebody looks.
    centre.look(&targets, after(now, 1));
    assert_eq!(centre.deliver(&targets, after(now, 4)), 0);
    assert_eq!(receiver.seen().len(), 1);
    // Another process goes on where the first one was.
    drop(centre);
    let centre = Centre::of(&database);
    assert_eq!(centre.deliver(&targets, after(now, 5)), 0);
    assert_eq!(centre.deliver(&targets, after(now, 14)), 0, "delays grow");
    assert_eq!(receiver.seen().len(), 2);
    assert_eq!(centre.deliver(&targets, after(now, 15)), 1);
    assert_eq!(
        centre.deliver(&targets, after(now, 90_000)),
        0,
        "it arrived"
    );
    mended(&mut desk);
    for seconds in [20, 21] {
        centre.look(&targets, after(now, seconds));
        centre.deliver(&targets, after(now, seconds));
    }
    let seen = receiver.seen();
    let told = |at: usize, field: &str| seen[at].0[field].as_str().unwrap_or("-").to_owned();
    let states: Vec<_> = (0..seen.len())
        .map(|at| (told(at, "state"), seen[at].1))
        .collect();
    let opened = |is_taken| ("opened".to_owned(), is_taken);
    assert_eq!(
        states,
        [
            opened(false),
            opened(false),
            opened(true),
            ("closed".to_owned(), true)
        ]
    );
    assert!((1..3).all(|at| told(at, "id") == told(0, "id")), "{seen:?}");
    assert_ne!(told(3, "id"), told(0, "id"));
    assert_eq!(told(3, "alert"), told(0, "alert"));
    assert_eq!(told(0, "kind"), "deficit");
    assert_eq!(told(0, "property"), "H1");
    let text = told(0, "text");
    let sentence = "H1 has promised 5 room nights more than there are. A on 2026-06-";
    assert!(text.starts_with(sentence), "which type and night: {text}");
    assert_eq!(seen[0].0["count"], 5);
    assert_ne!(told(3, "closed_at"), "-");
    for (message, _) in &seen {
        assert!(!message.to_string().contains("Wilhelmina"));
    }
    assert_eq!(
        database.ask("SELECT count(*) FROM guest"),
        "1",
        "there was a guest to tell of"
    );
}

#[test]
fn a_close_waits_for_its_opening_and_a_claim_of_a_dead_process_ends() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let receiver = Receiver::start(1);
    let (targets, now) = (receiver.targets(), clock::now());
    let centre = Centre::of(&database);
    centre.look(&targets, now);
    // A process claims the message and dies before it has sent it.
    let name = targets.names().remove(0);
    let claimed = centre.runtime.block_on(async {
        let mut session = centre.ledger.session().await.unwrap();
        let tx = session.begin().await.unwrap();
        let until = after(now, 60);
        let claimed = tx.claim_message(&name, now, until).await.unwrap();
        tx.commit().await.unwrap();
        claimed.unwrap()
    });
    mended(&mut desk);
    centre.look(&targets, after(now, 10));
    assert_eq!(centre.deliver(&targets, after(now, 59)), 0);
    assert!(
        receiver.seen().is_empty(),
        "the close is not told before the opening"
    );
    assert_eq!(
        centre.deliver(&targets, after(now, 60)),
        0,
        "the receiver is down"
    );
    assert_eq!(centre.deliver(&targets, after(now, 90)), 2);
    let seen = receiver.seen();
    let states: Vec<_> = seen
        .iter()
        .map(|(told, _)| told["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["opened", "opened", "closed"]);
    assert_eq!(seen[0].0["id"], claimed.id.to_string());
}

#[test]
fn whatever_is_amiss_is_named_with_its_desk_and_closed_when_it_is_over() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    first.pull();
    second.pull();
    let (targets, centre) = (Targets::default(), Centre::of(&database));
    let open = |now| {
        centre.look(&targets, now);
        database.ask(
            "SELECT coalesce(string_agg(kind || ' ' || desk, ', ' ORDER BY kind, desk), '') FROM alert
             WHERE closed_at IS NULL",
        )
    };
    let now = clock::now();
    assert_eq!(open(now), "");
    assert_eq!(open(after(now, 3_590)), "");
    assert_eq!(open(after(now, 3_660)), "desk_silent A, desk_silent B");
    server.said(&["desk", "lost", "H1", "B", "--yes"]);
    assert_eq!(open(after(now, 3_660)), "desk_lost B, desk_silent A");
    server.said(&["desk", "revoke", "H1", "B"]);
    assert_eq!(open(now), "");
    database.ask("UPDATE property SET wrong_checks = 2, compared_at = created_at");
    assert_eq!(open(now), "stored_wrong");
    let said = server.said(&["alert", "list"]);
    assert!(said.contains("2 checks failed"), "{said}");
    let shown = server.get("/admin/api/properties", Some(ADMIN)).body;
    assert!(shown.contains("2 checks failed"), "{shown}");
    database.ask("UPDATE property SET wrong_checks = 0");
    assert_eq!(open(after(now, 74 * 3_600)), "desk_silent A, not_compared");
    // A command that was parked counts for an hour.
    let parked = keyrack_wire::Parked {
        seq: 1,
        id: keyrack_inventory::CommandId(Uuid::now_v7()),
        hash: keyrack_wire::Hash([7; 32]),
        parked: label("malformed"),
        epoch: None,
        rights: List::default(),
    };
    let _: keyrack_wire::Pushed = first
        .exchange(
            "/v1/sync/push",
            &first.push_message(vec![Slot::Parked(parked)]),
        )
        .unwrap();
    let now = clock::now();
    assert_eq!(open(now), "commands_parked");
    assert_eq!(open(after(now, 3_599)), "commands_parked");
    assert_eq!(open(after(now, 3_601)), "desk_silent A");
    assert_eq!(
        database.ask("SELECT count(*) FROM alert_message"),
        "0",
        "nobody is told"
    );
}

/// Waits until it is so.
fn until(what: &str, is: impl Fn() -> bool) {
    let began = Clock::now();
    while !is() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_deficit_is_told_again_when_it_grows_and_not_of_nights_that_are_over() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let receiver = Receiver::start(0);
    let (targets, now) = (receiver.targets(), clock::now());
    let centre = Centre::of(&database);
    let told = |seconds| {
        centre.look(&targets, after(now, seconds));
        centre.deliver(&targets, after(now, seconds));
        let seen = receiver.seen();
        let told = seen.iter().map(|(told, _)| {
            let state = told["state"].as_str().unwrap().to_owned();
            (state, told["count"].as_u64().unwrap())
        });
        told.collect::<Vec<_>>()
    };
    let opened = |count| ("opened".to_owned(), count);
    let closed = |count| ("closed".to_owned(), count);
    assert_eq!(told(0), [opened(5)]);
    // As much on another night instead is another shortage.
    database.ask("UPDATE deficit SET night = night + 2");
    assert_eq!(told(10)[1..], [closed(5), opened(5)]);
    database.ask("UPDATE deficit SET rooms = 7");
    assert_eq!(told(20)[3..], [closed(5), opened(7)]);
    // Less is known, and not told of; more than that is.
    database.ask("UPDATE deficit SET rooms = 2");
    assert_eq!(told(30).len(), 5);
    database.ask("UPDATE deficit SET rooms = 3");
    assert_eq!(told(40)[5..], [closed(7), opened(3)]);
    let metrics = || {
        let text = server.get("/metrics", Some(ADMIN)).body;
        let line = text
            .lines()
            .find(|line| line.starts_with("keyrack_deficit_room_nights{"));
        line.unwrap().to_owned()
    };
    assert!(metrics().ends_with(" 3"), "{}", metrics());
    // The night is over, and its rooms with it.
    database.ask("UPDATE deficit SET night = night - 5");
    assert_eq!(told(50)[7..], [closed(3)]);
    assert!(metrics().ends_with(" 0"), "{}", metrics());
}

#[test]
fn whoever_is_told_from_now_on_hears_of_what_is_open_and_nobody_of_a_close_alone() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let (receiver, other) = (Receiver::start(0), Receiver::start(0));
    let (centre, now) = (Centre::of(&database), clock::now());
    centre.look(&Targets::default(), now);
    // Settings are added, or another process has them.
    centre.look(&receiver.targets(), after(now, 10));
    centre.look(&receiver.targets(), after(now, 11));
    centre.deliver(&receiver.targets(), after(now, 11));
    assert_eq!(receiver.seen().len(), 1);
    assert_eq!(receiver.seen()[0].0["state"], "opened");
    // Whoever looks as it closes has another list.
    mended(&mut desk);
    centre.look(&other.targets(), after(now, 20));
    centre.deliver(&other.targets(), after(now, 20));
    assert!(other.seen().is_empty(), "it never heard of that");
    centre.deliver(&receiver.targets(), after(now, 20));
    assert_eq!(receiver.seen()[1].0["state"], "closed");
}

#[test]
fn what_desks_may_sell_is_not_read_to_look_for_alerts() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let centre = Centre::of(&database);
    database.ask("ALTER TABLE share RENAME TO away");
    centre.look(&Targets::default(), clock::now());
    assert_eq!(database.ask("SELECT kind FROM alert"), "deficit");
}

#[test]
fn of_two_centres_one_sends_each_message() {
    let database = Database::start(false);
    let receiver = Receiver::start(3);
    let told = [
        ["--webhook", receiver.address.as_str()],
        ["--webhook-secret", SECRET],
        ["--alert-seconds", "1"],
    ]
    .concat();
    let server = Server::start_with(&database.address(), &told);
    let _other = Server::start_with(&database.address(), &told);
    let mut desks = Vec::new();
    for name in ["H1", "H2", "H3", "H4"] {
        let mut desk = match name {
            "H1" => opened(&server, 10),
            _ => crate::chain::another(&server, name, 10),
        };
        broken(&mut desk);
        desks.push(desk);
    }
    let sent = || database.ask("SELECT count(*) FROM alert_message WHERE sent_at IS NOT NULL");
    until("every opening arrives", || sent() == "4");
    desks.iter_mut().for_each(mended);
    until("every close arrives", || sent() == "8");
    std::thread::sleep(Duration::from_secs(3));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (told, is_taken) in receiver.seen() {
        let id = told["id"].as_str().unwrap().to_owned();
        *taken.entry(id).or_default() += usize::from(is_taken);
    }
    assert_eq!(taken.len(), 8);
    assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    assert_eq!(database.ask("SELECT count(*) FROM alert"), "4");
}

/// To whom, and the message.
type Mails = Arc<Mutex<Vec<(Vec<String>, String)>>>;

/// A mail server that turns the first callers away. Gives what it took.
fn mail_server(mut turned_away: usize) -> (u16, Mails) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let takes = Arc::clone(&taken);
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let mut line = line.unwrap();
            if turned_away > 0 {
                turned_away -= 1;
                line.write_all(b"421 come back later\r\n").unwrap();
                continue;
            }
            let mut read = BufReader::new(line.try_clone().unwrap()).lines();
            let (mut to, mut text, mut is_text) = (Vec::new(), String::new(), false);
            line.write_all(b"220 mail\r\n").unwrap();
            while let Some(Ok(said)) = read.next() {
                let answer = match said.split(' ').next().unwrap() {
                    "." if is_text => {
                        is_text = false;
                        takes.lock().unwrap().push((to.clone(), text.clone()));
                        to.clear();
                        "250 taken"
                    }
                    _ if is_text => {
                        text.push_str(&said);
                        text.push('\n');
                        continue;
                    }
                    "RCPT" if said.contains("gone@") => "550 nobody of that name",
                    "RCPT" => {
                        to.push(said);
                        "250 known"
                    }
                    "DATA" => {
                        is_text = true;
                        "354 go on"
                    }
                    "QUIT" => "221 done",
                    _ => "250 mail",
                };
                if line.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
                    break;
                }
            }
        }
    });
    (port, taken)
}

#[test]
fn mail_goes_to_everybody_named_once_the_server_takes_it() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &QUIET);
    let mut desk = opened(&server, 10);
    broken(&mut desk);
    let (port, taken) = mail_server(1);
    // One of them has left.
    let to = [
        "gone@hotel.example",
        "Duty <duty@hotel.example>",
        "it@hotel.example",
    ];
    let to = to.map(str::to_owned);
    let address = format!("smtp://127.0.0.1:{port}");
    let mail = Mail::each(&address, "Keyrack <keyrack@hotel.example>", &to).unwrap();
    let targets = Targets::new(Vec::new(), mail);
    let (centre, now) = (Centre::of(&database), clock::now());
    centre.look(&targets, now);
    assert_eq!(centre.deliver(&targets, now), 2, "one is turned away");
    assert_eq!(centre.deliver(&targets, after(now, 5)), 0);
    mended(&mut desk);
    centre.look(&targets, after(now, 10));
    assert_eq!(centre.deliver(&targets, after(now, 10)), 2);
    let listed = server.said(&["alert", "list"]);
    assert_eq!(listed.matches("not arrived").count(), 1, "{listed}");
    assert!(listed.contains(": 1 messages"), "{listed}");
    let taken = taken.lock().unwrap();
    let to: Vec<_> = taken.iter().flat_map(|(to, _)| to).collect();
    let [duty, it] = ["duty", "it"].map(|who| format!("RCPT TO:<{who}@hotel.example>"));
    assert_eq!(to, [&duty, &it, &duty, &it]);
    let ids =
        database.ask("SELECT string_agg(id::text, ' ') FROM alert_message WHERE state = 'opened'");
    let (_, text) = &taken[0];
    let line = text
        .lines()
        .find(|line| line.starts_with("Message-ID"))
        .unwrap();
    let id = line
        .trim_start_matches("Message-ID: <")
        .trim_end_matches("@hotel.example>");
    assert!(ids.contains(id) && !id.is_empty(), "{line}");
    for part in [
        "H1 has promised 5 room nights more than there are.".to_owned(),
        "What: deficit (opened)".to_owned(),
    ] {
        assert!(text.contains(&part), "{part} in {text}");
    }
    assert!(taken[2].1.contains("deficit (closed)"), "{}", taken[2].1);
    assert!(taken.iter().all(|(_, text)| !text.contains("Wilhelmina")));
}

#[test]
fn whoever_is_told_is_tried_out_and_what_cannot_be_used_is_said() {
    let receiver = Receiver::start(0);
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let to = [
        "--webhook",
        receiver.address.as_str(),
        "--webhook-secret",
        SECRET,
    ];
    let tried = run(nowhere, &[&["alert", "test"], to.as_slice()].concat());
    assert!(tried.status.success(), "{tried:?}");
    assert_eq!(receiver.seen()[0].0["state"], "test");
    receiver.mailbox.lock().unwrap().fails = 1;
    let tried = run(nowhere, &[&["alert", "test"], to.as_slice()].concat());
    assert_eq!(tried.status.code(), Some(1));
    let said = String::from_utf8(tried.stdout).unwrap();
    assert!(said.contains("502") && !said.contains("/alerts"), "{said}");
    for (arguments, why) in [
        (
            [
                "--webhook",
                "https://hooks.example",
                "--webhook-secret",
                "x",
            ],
            "whsec_",
        ),
        (
            [
                "--webhook",
                "http://hooks.example",
                "--webhook-secret",
                SECRET,
            ],
            "https://",
        ),
        (
            [
                "--mail",
                "smtp://mail.example",
                "--mail-from",
                "a@b.example",
            ],
            "tls=required",
        ),
        (
            [
                "--mail",
                "smtps://mail.example",
                "--mail-from",
                "a@b.example",
            ],
            "nobody",
        ),
        (
            ["--mail-from", "a@b.example", "--mail-to", "a@b.example"],
            "together",
        ),
    ] {
        let said = Server::refused(nowhere, &arguments);
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
}
