//! Genesis: a history comes in, whole or not at all.

use keyrack_inventory::{Command, State, Transition};
use keyrack_wire::Fault;

use crate::database::Database;
use crate::desk::{Desk, asking, history, opening, reserve};
use crate::exchange::transition;
use crate::server::Server;

fn commands() -> Vec<Command> {
    let mut commands = opening(10, 60);
    for number in 1..=20 {
        commands.push(reserve("A", number, 3, 1));
    }
    commands.push(transition(Transition::Cancel, "A4"));
    commands.push(transition(Transition::CheckIn, "A1"));
    commands
}

fn same_cells(one: &State, other: &State) -> bool {
    let sorted = |state: &State| {
        let mut cells: Vec<_> = state
            .all_cells()
            .map(|(code, night, cell)| (code, night, *cell))
            .collect();
        cells.sort_by_key(|cell| (cell.0, cell.1));
        cells
    };
    sorted(one) == sorted(other)
}

#[test]
fn a_history_in_parts_comes_to_what_the_desk_had_and_numbers_go_on() {
    let database = Database::start(false);
    let server = Server::start(&database);
    server.said(&["property", "add", "H1"]);
    let mut desk = Desk::enrol(&server, "H1", "Front desk");
    let (state, entries) = history(&commands());
    let (first, rest) = entries.split_at(5);
    let other = Desk::enrol(&server, "H1", "Other");
    assert_eq!(desk.genesis(first, false).unwrap().number, 5);
    // An answer is lost, and a part left out.
    assert_eq!(desk.genesis(first, false).unwrap().number, 5);
    assert_eq!(
        desk.genesis(&rest[1..], true),
        Err(Fault::Gap { expected: 6 })
    );
    assert_eq!(other.genesis(first, false), Err(Fault::NotEmpty {}));
    assert_eq!(
        desk.page().unwrap().entries.as_slice(),
        [],
        "half a history is nobody's to read"
    );
    let total = entries.len() as u64;
    assert_eq!(desk.genesis(rest, true).unwrap().number, total);
    assert_eq!(
        desk.genesis(rest, true).unwrap().number,
        total,
        "the last part again"
    );
    assert_eq!(desk.genesis(first, false), Err(Fault::NotEmpty {}));
    let mut followed = desk.pull();
    followed
        .iter_mut()
        .zip(&entries)
        .for_each(|(fed, entry)| assert_eq!(fed, entry));
    assert!(same_cells(&desk.state, &state));
    assert_eq!(database.ask("SELECT sum(sold) FROM cell"), "57");
    let given = server.said(&["desk", "code", "H1"]);
    let with_history = keyrack_wire::Enrol {
        has_history: true,
        ..asking(&given, "Back office")
    };
    let refused: Result<keyrack_wire::Enrolled, Fault> =
        server.exchange("/v1/sync/enrol", None, &with_history);
    assert_eq!(refused, Err(Fault::NotEmpty {}));
    let taken: Result<keyrack_wire::Enrolled, Fault> =
        server.exchange("/v1/sync/enrol", None, &asking(&given, "Back office"));
    assert!(taken.is_ok(), "the code was not used up by it");
    let mut joined = Desk::enrol(&server, "H1", "Bar");
    joined.pull();
    assert!(same_cells(&joined.state, &state));
    let next = desk.sell("A", 30, 1);
    desk.answer(&next);
    let numbers = "SELECT number FROM reservation ORDER BY created_at DESC LIMIT 1";
    assert_eq!(database.ask(numbers), "A21");
}

#[test]
fn a_history_without_a_hotel_opens_nothing() {
    let database = Database::start(false);
    let server = Server::start(&database);
    server.said(&["property", "add", "H1"]);
    let desk = Desk::enrol(&server, "H1", "Front desk");
    assert_eq!(desk.genesis(&[], true), Err(Fault::Gap { expected: 1 }));
    let (_, mut entries) = history(&opening(10, 5));
    entries[1].events[0].version = 99;
    assert_eq!(desk.genesis(&entries, true), Err(Fault::Malformed {}));
    assert_eq!(database.ask("SELECT count(*) FROM entry"), "0");
}

#[test]
fn a_history_that_was_cut_off_goes_on_from_where_it_stood() {
    let database = Database::start(false);
    let server = Server::start(&database);
    server.said(&["property", "add", "H1"]);
    let desk = Desk::enrol(&server, "H1", "Front desk");
    let other = Desk::enrol(&server, "H1", "Other");
    let (_, entries) = history(&commands());
    assert_eq!(desk.genesis(&[], false), Err(Fault::Gap { expected: 1 }));
    let (first, rest) = entries.split_at(7);
    desk.genesis(first, false).unwrap();
    assert_eq!(desk.genesis(&[], false).unwrap().number, 7);
    assert_eq!(other.genesis(&[], false), Err(Fault::Gap { expected: 1 }));
    let total = entries.len() as u64;
    assert_eq!(desk.genesis(rest, true).unwrap().number, total);
    // The word that all is there was lost: the last entry alone tells.
    assert_eq!(desk.genesis(&[], false), Err(Fault::NotEmpty {}));
    let last = &entries[entries.len() - 1..];
    assert_eq!(desk.genesis(last, true).unwrap().number, total);
    assert_eq!(other.genesis(last, true), Err(Fault::NotEmpty {}));
    server.said(&["verify", "H1"]);
}
