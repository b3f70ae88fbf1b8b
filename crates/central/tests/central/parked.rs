//! Commands that a desk had to park: what they promised is kept apart, and nobody else sells it.

use keyrack_inventory::CommandId;
use keyrack_wire::{Answer, Notice, Parked, Pushed, Queued, Sealed, Slot};

use crate::database::Database;
use crate::desk::{Desk, label, reserve};
use crate::exchange::opened;
use crate::server::Server;
use crate::shares::sound;

const APART: &str = "SELECT coalesce(sum(rooms), 0) FROM apart";

/// A sale out of the share goes up as parked.
fn park(desk: &Desk, sale: &Sealed) -> Answer {
    let queued = sale.open().unwrap();
    let slot = Slot::Parked(Parked {
        seq: queued.seq,
        id: queued.id,
        hash: sale.hash(),
        parked: label("malformed"),
        rights: queued.rights,
        epoch: None,
    });
    let pushed: Pushed = desk
        .exchange("/v1/sync/push", &desk.push_message(vec![slot]))
        .unwrap();
    pushed.answers.as_slice()[0].result.clone()
}

/// The rooms of the third night that anybody can still have: of the centre, or out of a share.
fn to_be_had(database: &Database, desks: &mut [&mut Desk]) -> u32 {
    let mut had = 0;
    for desk in desks {
        desk.pull();
        while desk.left("A", 3) > 0 {
            let sale = desk.sell("A", 3, 1);
            assert!(matches!(desk.answer(&sale), Answer::Applied { .. }));
            had += 1;
            desk.pull();
        }
        loop {
            let asked = desk.queue(&reserve("A", 3, 1, 1), true);
            match desk.answer(&asked) {
                Answer::Applied { .. } => had += 1,
                Answer::Kept { .. } => break,
                other => panic!("{other:?}"),
            }
        }
    }
    sound(database);
    had
}

#[test]
fn what_a_parked_command_promised_is_sold_to_nobody_until_it_is_sent_again() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let sale = first.sell("A", 3, 2);
    assert!(matches!(park(&first, &sale), Answer::Parked { .. }));
    assert_eq!(park(&first, &sale), park(&first, &sale));
    assert_eq!(database.ask(APART), "2");
    // The next one on the same nights tells totals with the parked one's rooms in them.
    let next = first.sell("A", 3, 1);
    assert!(matches!(first.answer(&next), Answer::Applied { .. }));
    sound(&database);
    assert_eq!(to_be_had(&database, &mut [&mut first, &mut second]), 8);
    assert_eq!(database.ask("SELECT max(sold) FROM cell"), "9");

    first.next_id = Some(sale.open().unwrap().id);
    let again = first.queue(&reserve("A", 3, 2, 1), false);
    assert!(matches!(first.answer(&again), Answer::Applied { .. }));
    assert_eq!(database.ask(APART), "0");
    assert_eq!(database.ask("SELECT max(sold) FROM cell"), "10");
    assert_eq!(
        database.ask("SELECT coalesce(sum(rooms), 0) FROM deficit"),
        "0"
    );
    sound(&database);
    server.said(&["verify", "H1"]);
}

#[test]
fn what_a_parked_command_promised_is_free_again_once_it_is_given_up() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let sale = first.sell("A", 3, 1);
    park(&first, &sale);
    let listed = server.said(&["desk", "parked", "H1"]);
    let id: CommandId = sale.open().unwrap().id;
    assert!(
        listed.contains(&id.0.to_string()) && listed.contains("1 room nights"),
        "{listed}"
    );
    // Another desk cannot give it up.
    let stranger = second.tell(&Notice::LetGo { command: id });
    assert!(matches!(second.answer(&stranger), Answer::Applied { .. }));
    assert_eq!(database.ask(APART), "1");
    let given_up: Queued = first.tell(&Notice::LetGo { command: id }).open().unwrap();
    assert!(matches!(
        first.answer(&given_up.seal().unwrap()),
        Answer::Applied { .. }
    ));
    assert_eq!(database.ask(APART), "0");
    assert_eq!(to_be_had(&database, &mut [&mut first, &mut second]), 10);
    server.said(&["verify", "H1"]);
}
