//! Commands of one push are judged on what is loaded for all of them and written at its end. Whatever they do to
//! each other, that comes to the same rows as one by one; and one that cannot be stored takes none with it.

use keyrack_central::ledger::Ledger;
use keyrack_central::push;
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_inventory::{Command, CommandId, GuestId, Instant, RoomTypeCode, TextId, Transition};
use keyrack_wire::{Answer, Body, Fault, List, Notice, Parked, Push, Pushed, Sealed, Slot, Text};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::chance::{Chance, seed};
use crate::database::Database;
use crate::desk::{Desk, at, code, day, history, label, opening, reserve};
use crate::exchange::{opened, transition};
use crate::server::Server;
use crate::shares::sound;

/// Pushes, and places of the queue in each.
const PUSHES: u32 = 8;
const PLACES: usize = 45;

/// Everything that a push writes, but for when.
const ROWS: [(&str, &str); 17] = [
    ("cell", "*"),
    ("house_limit", "*"),
    ("reservation", "*"),
    ("stay", "*"),
    ("moved_night", "*"),
    ("reservation_change", "*"),
    ("hold", "*"),
    ("outage", "*"),
    ("allotment", "*"),
    ("entry", "*"),
    ("event", "*"),
    ("queued", "*"),
    ("audit", "*"),
    ("share", "*"),
    ("apart", "*"),
    ("deficit", "*"),
    (
        "deficit_entry",
        "night, pool, rooms, cause, command, desk, at",
    ),
];

/// Makes a database of that name with a copy of everything.
fn twin(database: &Database, name: &str) {
    let file = database.folder.path().join("twin.sql");
    std::fs::write(&file, database.copy()).unwrap();
    database.ask(&format!("CREATE DATABASE {name}"));
    database.load(&file, name);
}

fn rows(database: &Database, name: &str) -> Vec<(&'static str, String)> {
    let all = ROWS.iter().map(|(table, columns)| {
        let sql = format!("SELECT {columns} FROM {table} AS r ORDER BY r::text");
        (*table, database.ask_of(name, &sql))
    });
    let heads = "SELECT feed_head, audit_head, audit_hash, catalogue FROM property";
    all.chain([("property", database.ask_of(name, heads))])
        .collect()
}

/// Judges a push in the database of that name.
fn judged(database: &Database, name: &str, desk: &Desk, push: &Push, together: bool) -> Pushed {
    let address = database.address().replace("/postgres", &format!("/{name}"));
    let ledger = Ledger::new(&address, None, 1).unwrap();
    let now: Instant = at(desk.clock + 1);
    Runtime::new().unwrap().block_on(async {
        let mut session = ledger.session().await.unwrap();
        let tx = session.begin().await.unwrap();
        let property = tx.property_id("H1").await.unwrap();
        let row = tx.desk(property, desk.holder.desk).await.unwrap();
        let pushed = match together {
            true => push::together(&tx, &row, push, now).await,
            false => push::one_by_one(&tx, &row, push, now).await,
        };
        tx.commit().await.unwrap();
        pushed.unwrap()
    })
}

/// A queue of commands that are about each other.
struct Queue<'a> {
    desk: Desk<'a>,
    chance: Chance,
    /// The last number that the desk gave.
    given: u64,
    held: u64,
    sales: Vec<Sealed>,
    parked: Vec<Sealed>,
}

impl Queue<'_> {
    fn below(&mut self, most: u64) -> i32 {
        i32::try_from(self.chance.below(most)).unwrap()
    }

    fn night(&mut self) -> i32 {
        1 + self.below(8)
    }

    /// A reservation that was made, or is asked for; in this push more often than not.
    fn number(&mut self) -> String {
        let back = self.chance.below(6.min(self.given.max(1)));
        format!("A{}", self.given.saturating_sub(back).max(1))
    }

    fn queue(&mut self, command: &Command) -> Slot {
        Slot::Command(self.desk.queue(command, false))
    }

    fn sale(&mut self) -> Option<Sealed> {
        let (night, room) = (self.night(), ["A", "B"][self.chance.below(2) as usize]);
        let has = (night..night + 2).all(|night| self.desk.left(room, night) > 0);
        has.then(|| {
            self.given += 1;
            self.desk.sell(room, night, 2)
        })
    }

    fn slot(&mut self) -> Option<Slot> {
        let night = self.night();
        Some(match self.chance.below(24) {
            0..=6 => {
                let sale = self.sale()?;
                self.sales.push(sale.clone());
                Slot::Command(sale)
            }
            7 => {
                let asked = reserve("A", night, 2, 2);
                Slot::Command(self.desk.queue(&asked, true))
            }
            8 | 9 => {
                let number = self.number();
                self.queue(&transition(Transition::Cancel, &number))
            }
            10 | 11 => {
                let ids = vec![self.number().parse().unwrap()];
                let room = Some(
                    ["101", "102"][self.chance.below(2) as usize]
                        .parse()
                        .unwrap(),
                );
                let transition = Transition::CheckIn;
                let reason = None;
                self.queue(&Command::Transition {
                    transition,
                    ids,
                    room,
                    rooms: Vec::new(),
                    reason,
                })
            }
            12 => {
                let number = self.number();
                self.queue(&transition(Transition::CheckOut, &number))
            }
            13 => {
                let id = self.number().parse().unwrap();
                let stays = vec![StayRequest {
                    room_type: code("A"),
                    arrival: day(night),
                    departure: day(night + 1),
                    rooms: 1,
                }];
                self.queue(&Command::Amend { id, stays })
            }
            14 => {
                if self.desk.left("A", night) == 0 {
                    return None;
                }
                self.held += 1;
                Slot::Command(self.desk.hold("A", night, 1))
            }
            15 => {
                let id = format!("A-H{}", 1 + self.chance.below(self.held.max(1)));
                let id = id.parse().unwrap();
                self.queue(&Command::ReleaseHold { id })
            }
            16 => {
                let command: Option<CommandId> = {
                    let at = self.chance.below(self.sales.len() as u64 + 1) as usize;
                    self.sales.get(at).map(|sale| sale.open().unwrap().id)
                };
                self.queue(&Command::Undo { command })
            }
            17 => self.queue(&Command::AddOutage {
                room_type: code("A"),
                from: day(night),
                back_on: day(night + 2),
                rooms: 1,
                service: false,
                reason: None,
                room: None,
            }),
            18 => {
                // More nights than are looked at together, or a few.
                let nights = [2, 130][self.chance.below(2) as usize];
                let room_type: Option<RoomTypeCode> = [Some(code("A")), None][night as usize % 2];
                self.queue(&Command::SetLimits {
                    room_type,
                    from: day(night),
                    to: day(night + nights),
                    overbooking: Some(night % 3),
                    no_overbooking: false,
                    physical: None,
                    restrictions: RestrictionChange::default(),
                })
            }
            19 => {
                // The same once more, under another number.
                let at = self.chance.below(self.sales.len() as u64 + 1) as usize;
                let first = self.sales.get(at)?.open().unwrap();
                self.desk.next_id = Some(first.id);
                let command = first.command().unwrap();
                self.queue(&command)
            }
            20 => {
                let sale = self.sale()?;
                let queued = sale.open().unwrap();
                self.parked.push(sale.clone());
                Slot::Parked(Parked {
                    seq: queued.seq,
                    id: queued.id,
                    hash: sale.hash(),
                    parked: label("malformed"),
                    rights: queued.rights,
                    epoch: None,
                })
            }
            21 => {
                let sale = self.parked.pop()?.open().unwrap();
                self.desk.next_id = Some(sale.id);
                let command = sale.command().unwrap();
                self.queue(&command)
            }
            22 => {
                let command = self.parked.pop()?.open().unwrap().id;
                Slot::Command(self.desk.tell(&Notice::LetGo { command }))
            }
            _ => {
                let key = (code("A"), day(night));
                let right = self.desk.rights.get_mut(&key)?;
                right.give_back(1).ok()?;
                let used = keyrack_wire::RightUse::new(key.0, key.1, right.totals()).unwrap();
                Slot::Command(self.desk.tell_with(&Notice::ReturnShare {}, vec![used]))
            }
        })
    }
}

#[test]
fn commands_that_go_up_together_come_to_what_they_come_to_one_by_one() {
    let database = Database::start(false);
    let server = Server::start(&database);
    server.said(&["property", "add", "H1"]);
    let desk = Desk::enrol(&server, "H1", "Front desk");
    let (_, entries) = history(&opening(9, 200));
    desk.genesis(&entries, true).unwrap();
    let mut other = Desk::enrol(&server, "H1", "Bar");
    other.pull();
    let mut queue = Queue {
        desk,
        chance: Chance(seed()),
        given: 0,
        held: 0,
        sales: Vec::new(),
        parked: Vec::new(),
    };
    let (mut applied, mut refused) = (0, 0);
    for round in 0..PUSHES {
        queue.desk.pull();
        let mut slots = Vec::new();
        while slots.len() < PLACES {
            slots.extend(queue.slot());
        }
        let push = queue.desk.push_message(slots);
        let name = format!("twin{round}");
        twin(&database, &name);
        let together = judged(&database, "postgres", &queue.desk, &push, true);
        let alone = judged(&database, &name, &queue.desk, &push, false);
        assert_eq!(together, alone);
        for ((table, ours), (_, theirs)) in rows(&database, "postgres")
            .into_iter()
            .zip(rows(&database, &name))
        {
            assert_eq!(ours, theirs, "{table} after push {round}");
        }
        for answer in together.answers.as_slice() {
            applied += u32::from(matches!(answer.result, Answer::Applied { .. }));
            refused += u32::from(matches!(answer.result, Answer::Refused { .. }));
        }
        sound(&database);
    }
    assert!(applied > 100 && refused > 20, "{applied} and {refused}");
    server.said(&["verify", "H1"]);
}

#[test]
fn a_command_that_cannot_be_stored_takes_none_of_those_beside_it() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    database.ask(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE check_violation; END $$",
    );
    for (at, table) in ["queued", "entry", "reservation"].into_iter().enumerate() {
        let night = 2 * i32::try_from(at).unwrap();
        let sales = [1, 1, 2].map(|stay| desk.sell("A", night + 1, stay));
        let spoiled = sales[1].open().unwrap();
        let is_it = match table {
            "queued" => format!("NEW.id = '{}'", spoiled.id.0),
            "entry" => format!("NEW.id = '{}'", spoiled.id.0),
            _ => format!("NEW.number = 'A{}'", spoiled.seq),
        };
        database.ask(&format!(
            "CREATE TRIGGER spoil BEFORE INSERT ON {table} FOR EACH ROW WHEN ({is_it})
                EXECUTE FUNCTION spoil()"
        ));
        let before = database.ask("SELECT sum(sold) FROM cell");
        let pushed = desk.push(&[&sales[0], &sales[1], &sales[2]]).unwrap();
        assert_eq!(pushed.answers.as_slice().len(), 1, "{table}");
        assert_eq!(pushed.acked_seq, spoiled.seq - 1);
        let sold: i32 = database.ask("SELECT sum(sold) FROM cell").parse().unwrap();
        assert_eq!(sold, before.parse::<i32>().unwrap() + 1);
        let rest = desk.push(&[&sales[1], &sales[2]]);
        assert_eq!(rest, Err(Fault::Malformed {}));
        database.ask(&format!("DROP TRIGGER spoil ON {table}"));
        let rest = desk.push(&[&sales[1], &sales[2]]).unwrap();
        assert_eq!(rest.answers.as_slice().len(), 2);
        sound(&database);
        server.said(&["verify", "H1"]);
    }
}

#[test]
fn a_guest_who_is_erased_between_two_commands_of_a_push_is_erased_for_the_later_one() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let guest = GuestId(Uuid::now_v7());
    let notes = [TextId(Uuid::now_v7()), TextId(Uuid::now_v7())];
    let sale = |desk: &mut Desk, note: TextId| {
        let mut command = reserve("A", 3, 1, 1);
        if let Command::Reserve(reserve) = &mut command {
            reserve.details.guest = Some(guest);
            reserve.details.notes = Some(note);
        }
        Slot::Command(desk.queue(&command, true))
    };
    let first = sale(&mut desk, notes[0]);
    let ids = List::try_from(vec![guest.0]).unwrap();
    let erased = Slot::Command(desk.tell(&Notice::Erase { ids }));
    let later = sale(&mut desk, notes[1]);
    let text = |id: TextId| Text {
        id,
        body: Body::try_from("a note".to_owned()).unwrap(),
    };
    let message = Push {
        texts: List::try_from(notes.map(text).to_vec()).unwrap(),
        ..desk.push_message(vec![first, erased, later])
    };
    let pushed: Pushed = desk.exchange("/v1/sync/push", &message).unwrap();
    assert_eq!(pushed.answers.as_slice().len(), 3);
    let kept = database.ask("SELECT id FROM free_text");
    assert_eq!(kept, "", "of the booking before and of the one after it");
    let erased = database.ask("SELECT count(*) FROM erased");
    assert_eq!(erased, "3");
}
