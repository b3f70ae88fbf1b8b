//! Lines: pokes across processes, encryption, and slow callers.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use keyrack_inventory::share::Holder;
use keyrack_sync::Link;
use keyrack_wire::{Cursor, Fingerprint, Protocol, Pull, Secret, parted};
use tokio::time::timeout;

use crate::database::Database;
use crate::desk::{Desk, asking};
use crate::exchange::opened;
use crate::server::Server;

const SOON: Duration = Duration::from_secs(5);

fn secret(text: &str) -> Option<Secret> {
    Some(Secret::try_from(text.to_owned()).unwrap())
}

#[tokio::test]
async fn a_poke_comes_at_once_whichever_process_took_the_push() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let other = Server::start(&database);
    let link = Link::new(&other.base, None, secret(&desk.token)).unwrap();
    let mut pokes = link.pokes().await.unwrap();
    assert_eq!(
        timeout(SOON, pokes.next()).await,
        Ok(Some(2)),
        "the head at once"
    );
    let sale = desk.sell("A", 3, 1);
    desk.answer(&sale);
    let mut poke = timeout(SOON, pokes.next()).await;
    // On a slow machine the first heartbeat may come before it.
    if poke == Ok(Some(2)) {
        poke = timeout(SOON, pokes.next()).await;
    }
    assert_eq!(poke, Ok(Some(3)));
    let heartbeat = timeout(Duration::from_secs(12), pokes.next()).await;
    assert_eq!(heartbeat, Ok(Some(3)), "the same again, as nothing moved");
}

fn pulling(holder: Holder) -> Pull {
    Pull {
        protocol: Protocol,
        holder,
        after: Cursor {
            epoch: 1,
            number: 0,
        },
        chain: None,
        trail: None,
        granted: None,
        waiting: 0,
    }
}

#[tokio::test]
async fn desks_of_other_machines_are_spoken_to_by_tls_with_the_given_certificate() {
    let database = Database::start(false);
    let (token, holder) = {
        let plain = Server::start(&database);
        plain.said(&["property", "add", "H1"]);
        let desk = Desk::enrol(&plain, "H1", "Front desk");
        (desk.token, desk.holder)
    };
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (
        folder.path().join("chain.pem"),
        folder.path().join("key.pem"),
    );
    std::fs::write(&chain, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let (chain, key) = (chain.to_str().unwrap(), key.to_str().unwrap());
    let arguments = ["--certificate", chain, "--key", key];
    let server = Server::start_with(&database.address(), &arguments);
    let url = server.base.replace("http://127.0.0.1", "https://localhost");
    let message = pulling(holder);
    let pem = made.cert.pem();
    let link = Link::new(&url, Some(pem.as_bytes()), secret(&token)).unwrap();
    assert!(link.pull(&message).await.is_ok());
    let stranger = Link::new(&url, None, secret(&token)).unwrap();
    assert!(
        stranger.pull(&message).await.is_err(),
        "a certificate that nobody vouches for"
    );
    let wrong = Server::refused(&database.address(), &["--certificate", key, "--key", key]);
    assert!(wrong.contains("there is no certificate in it"), "{wrong}");
}

#[tokio::test]
async fn a_centre_without_a_certificate_vouches_for_itself_and_its_code_says_by_what_it_is_known() {
    let database = Database::start(false);
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (folder.path().join("own"), folder.path().join("other"));
    let [own, other] = [&own, &other].map(|path| ["--own-tls", path.to_str().unwrap()]);
    let server = Server::start_with(&database.address(), &own);
    server.said(&["property", "add", "H1"]);
    let given = server.said(&[&own[..], &["desk", "code", "H1"]].concat());
    let (code, known) = parted(&given);
    let known = known.expect("a fingerprint behind the code");
    let over_tls = |server: &Server| server.base.replace("http://", "https://");
    let url = over_tls(&server);
    let asked = asking(&code, "Front desk");
    // Plain HTTP is told what to do, and gets nothing else.
    let plain = server.get("/health", None);
    assert_eq!(plain.status, 400);
    assert!(plain.body.contains("https://"), "{}", plain.body);
    let stranger = Link::new(&url, None, None).unwrap();
    assert!(stranger.enrol(&asked).await.is_err(), "nobody vouches");
    let wrong = Link::pinned(&url, Fingerprint::of(b"another"), None).unwrap();
    assert!(
        wrong.enrol(&asked).await.is_err(),
        "it is another authority"
    );
    let link = Link::pinned(&url, known.clone(), None).unwrap();
    let enrolled = link.enrol(&asked).await.unwrap();

    // It is the same after a restart, and another centre is another.
    drop(server);
    let again = Server::start_with(&database.address(), &own);
    let token = Some(enrolled.token);
    let pull = pulling(enrolled.holder);
    let link = Link::pinned(&over_tls(&again), known.clone(), token.clone()).unwrap();
    assert!(link.pull(&pull).await.is_ok());
    let another = Server::start_with(&database.address(), &other);
    let link = Link::pinned(&over_tls(&another), known, token).unwrap();
    assert!(link.pull(&pull).await.is_err());
}

#[test]
fn a_caller_who_says_nothing_is_hung_up_on() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let address = server.base.strip_prefix("http://").unwrap();
    let mut line = TcpStream::connect(address).unwrap();
    line.write_all(b"POST /v1/sync/push HTTP/1.1\r\nHost: h\r\n")
        .unwrap();
    line.set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let began = Instant::now();
    let mut said = Vec::new();
    line.read_to_end(&mut said).unwrap();
    assert!(
        began.elapsed() > Duration::from_secs(8),
        "a slow caller has ten seconds"
    );
}

/// A line that brings an answer in ten parts over so long; gives its address, and counts what came over it.
fn slow_line(to: &str, long: Duration) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (to, carried) = (to.replace("http://", ""), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&carried);
    std::thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let server = TcpStream::connect(to).unwrap();
        let (mut asks, mut hears) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || drop(std::io::copy(&mut asks, &mut hears)));
        let (mut server, mut client) = (server, client);
        let mut answer = vec![0; 1_000_000];
        let mut count = 0;
        server
            .set_read_timeout(Some(Duration::from_secs(1)))
            .unwrap();
        while let Ok(more @ 1..) = server.read(&mut answer[count..]) {
            count += more;
        }
        counted.store(count, Ordering::SeqCst);
        for part in answer[..count].chunks(count.div_ceil(10)) {
            std::thread::sleep(long / 10);
            client.write_all(part).unwrap();
        }
        drop(client.shutdown(Shutdown::Both));
    });
    (address, carried)
}

#[tokio::test]
async fn a_snapshot_comes_packed_and_as_slowly_as_the_line_is() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let desk = opened(&server, 10);
    // Longer than any other answer may take, by `make torture`.
    let is_long = std::env::var_os("KEYRACK_TORTURE").is_some();
    let long = Duration::from_secs(if is_long { 45 } else { 2 });
    let (address, carried) = slow_line(&server.base, long);
    let link = Link::new(&address, None, secret(&desk.token)).unwrap();
    let snapshot = link.snapshot(&desk.pulling()).await.unwrap();
    assert_eq!(snapshot.cells.as_slice().len(), 120);
    let plain = serde_json::to_vec(&snapshot).unwrap().len();
    let carried = carried.load(Ordering::SeqCst);
    assert!(carried * 4 < plain, "{carried} bytes for {plain}");
}

#[tokio::test]
async fn a_desk_that_is_revoked_hears_no_more_on_the_line_that_it_has() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let desk = opened(&server, 10);
    let link = Link::new(&server.base, None, secret(&desk.token)).unwrap();
    let mut pokes = link.pokes().await.unwrap();
    assert_eq!(timeout(SOON, pokes.next()).await, Ok(Some(2)));
    server.said(&["desk", "revoke", "H1", "A"]);
    let began = Instant::now();
    // Pokes of the revocation itself may still come.
    while let Ok(Some(_)) = timeout(Duration::from_secs(60), pokes.next()).await {}
    assert!(began.elapsed() < Duration::from_secs(30), "its line ends");
    assert!(link.pokes().await.is_err());
}

#[test]
fn who_asks_too_much_is_turned_away_and_a_desk_is_counted_as_itself() {
    let database = Database::start(false);
    let few = ["--desk-requests", "4", "--address-requests", "2"];
    let server = Server::start_with(&database.address(), &few);
    server.said(&["property", "add", "H1"]);
    // One of the ten that the address has saved.
    let desk = Desk::enrol(&server, "H1", "Front desk");
    let pull = serde_json::to_vec(&desk.pulling()).unwrap();
    let asked = |token: &str, times: usize| -> Vec<u16> {
        let replies = (0..times).map(|_| server.post("/v1/sync/pull", Some(token), &pull));
        replies.map(|reply| reply.status).collect()
    };
    let count = |statuses: &[u16], of: u16| statuses.iter().filter(|one| **one == of).count();
    assert_eq!(asked(&desk.token, 1), [200], "the address has let it in");
    // Guessing costs the address, whatever is guessed; the database is asked no more.
    let mut guessed = Vec::new();
    for guess in 0..40 {
        guessed.extend(asked(&format!("{guess:064}"), 1));
    }
    assert!((6..=16).contains(&count(&guessed, 401)), "{guessed:?}");
    assert!(count(&guessed, 429) >= 24, "{guessed:?}");
    let reply = server.post("/v1/sync/pull", Some("guessed"), &pull);
    assert_eq!(reply.status, 429);
    let wait: u64 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait), "{wait}");
    let fault: keyrack_wire::Fault = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(fault, keyrack_wire::Fault::Busy {});
    // The desk at the same address goes on, and has its own measure.
    let statuses = asked(&desk.token, 60);
    assert!(count(&statuses, 200) >= 19, "{statuses:?}");
    assert!(count(&statuses, 429) >= 10, "{statuses:?}");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(asked(&desk.token, 3), [200; 3], "and is let in again");
    assert_eq!(server.get("/health", None).status, 200);
}
