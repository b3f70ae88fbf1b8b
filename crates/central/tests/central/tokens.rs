//! Tokens that follow each other: whatever is lost on the way one is valid, and a copy of an old one is found out.

use keyrack_wire::{Fault, Protocol, Renew, Renewed, Secret};

use crate::database::Database;
use crate::desk::Desk;
use crate::exchange::opened;
use crate::server::Server;

fn renewed(server: &Server, shown: &str, next: &str) -> Result<Renewed, Fault> {
    let message = Renew {
        protocol: Protocol,
        next: Secret::try_from(next.to_owned()).unwrap(),
    };
    server.exchange("/v1/sync/token", Some(shown), &message)
}

#[test]
fn a_token_follows_another_and_one_that_was_followed_is_a_copy() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let other = Desk::enrol(&server, "H1", "Bar");
    let (first, second) = (desk.token.clone(), "5".repeat(64));
    let pull = serde_json::to_vec(&desk.pulling()).unwrap();
    let shown = |token: &str| server.post("/v1/sync/pull", Some(token), &pull).status;
    assert_eq!(shown(&second), 401, "not yet");
    // The answer may be lost: the same is asked for again, and the first one lets in until the second is shown.
    for _ in 0..3 {
        assert!(renewed(&server, &first, &second).is_ok());
        assert_eq!(shown(&first), 200);
    }
    // A desk that lost its file's last write asks for another one.
    let third = "6".repeat(64);
    assert!(renewed(&server, &first, &third).is_ok());
    assert_eq!(shown(&second), 401);
    assert_eq!(
        renewed(&server, &other.token, &first),
        Err(Fault::Malformed {}),
        "another desk's"
    );
    assert_eq!(shown(&third), 200);
    assert!(renewed(&server, &third, &third).is_ok(), "it has it");
    assert_eq!(
        renewed(&server, &third, &first),
        Err(Fault::Malformed {}),
        "it was retired"
    );
    // Another process of the desk may have read it just before.
    assert_eq!(shown(&first), 200);
    let listed = || server.said(&["desk", "list", "H1"]);
    assert!(!listed().contains("token reused"));
    database.ask("UPDATE retired_token SET retired_at = retired_at - 700000");
    assert_eq!(shown(&first), 401);
    assert_eq!(shown(&first), 401);
    assert!(listed().contains("token reused"), "{}", listed());
    let told = "SELECT count(*) FROM audit WHERE what = 'desk_token_reused' AND desk = 'A'";
    assert_eq!(database.ask(told), "1", "and once");
    assert_eq!(shown(&third), 200, "whoever has the present one goes on");
    server.said(&["desk", "accept", "H1", "A"]);
    assert!(!listed().contains("token reused"));
    server.said(&["verify", "H1"]);
    desk.token = third;
    let sale = desk.sell("A", 3, 1);
    desk.answer(&sale);
    server.said(&["desk", "revoke", "H1", "A"]);
    assert_eq!(shown(&desk.token), 401);
}
