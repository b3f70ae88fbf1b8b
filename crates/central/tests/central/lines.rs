//! Lines: pokes across processes, encryption, and slow callers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use keyrack_sync::Link;
use keyrack_wire::{Cursor, Protocol, Pull, Secret};
use tokio::time::timeout;

use crate::database::Database;
use crate::desk::Desk;
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
    assert_eq!(timeout(SOON, pokes.next()).await, Ok(Some(3)));
    let heartbeat = timeout(Duration::from_secs(12), pokes.next()).await;
    assert_eq!(heartbeat, Ok(Some(3)), "the same again, as nothing moved");
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
    let message = Pull {
        protocol: Protocol,
        holder,
        after: Cursor {
            epoch: 1,
            number: 0,
        },
        chain: None,
        stored: None,
        waiting: 0,
    };
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
