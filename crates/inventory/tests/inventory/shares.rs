//! Shares: tables of single steps, and sequences in which desks sell unheard, messages come late,
//! twice or never, and limits fall, against what was really promised.

use std::collections::BTreeMap;

use keyrack_inventory::share::{
    Cause, Claim, Counts, Entry, Holder, Moved, NightBook, Right, ShareFault, Totals, targets,
};
use keyrack_inventory::{Cell, CommandId, DeskId, HouseLimit, Pool, RoomTypeCode};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use uuid::Uuid;

use super::property::cases;
use super::world::code;

const TYPES: [&str; 2] = ["A", "B"];
const DESKS: u32 = 3;

fn holder(number: u32) -> Holder {
    let desk = DeskId(Uuid::from_u128(u128::from(number)));
    Holder { desk, epoch: 1 }
}

fn cell(physical: i32, sold: i32, overbooking: i32) -> Cell {
    Cell {
        physical,
        sold,
        overbooking,
        version: 1,
        ..Cell::default()
    }
}

fn counts(cells: [Cell; 2], house: Option<i32>) -> Counts {
    let house = house.map(|overbooking| HouseLimit {
        overbooking: Some(overbooking),
        version: 1,
        ..HouseLimit::default()
    });
    let cells = TYPES
        .iter()
        .zip(cells)
        .map(|(name, cell)| (code(name), cell));
    Counts {
        cells: cells.collect(),
        house,
    }
}

fn fact() -> Cause {
    Cause::Fact(CommandId(Uuid::from_u128(7)))
}

#[test]
fn a_right_only_grows_and_gives_no_more_than_it_has() {
    let mut right = Right::default();
    assert_eq!(
        right.consume(1),
        Err(ShareFault::Lacking { asked: 1, left: 0 })
    );
    right.learn(5);
    right.learn(3);
    assert_eq!(right.left(), 5, "an older total changes nothing");
    right.consume(2).unwrap();
    right.give_back(2).unwrap();
    assert_eq!(
        right.give_back(2),
        Err(ShareFault::Lacking { asked: 2, left: 1 })
    );
    let totals = right.totals();
    assert_eq!(
        (totals.granted, totals.consumed, totals.returned),
        (5, 2, 2)
    );

    let mut seen = Right::default();
    assert_eq!(
        seen.follow(2, 2),
        Err(ShareFault::NeverGranted { rooms: 4 })
    );
    seen.grant(5).unwrap();
    let moved = Moved {
        consumed: 2,
        returned: 2,
    };
    assert_eq!(seen.follow(2, 2), Ok(moved));
    assert_eq!(seen.follow(2, 2), Ok(Moved::default()), "twice is once");
    assert_eq!(seen.follow(1, 2), Err(ShareFault::WentBack));
    assert_eq!(seen.follow(u32::MAX, 2), Err(ShareFault::OutOfRange));
    assert_eq!(seen.totals(), totals, "what is refused changes nothing");
    assert_eq!(seen.grant(u32::MAX), Err(ShareFault::OutOfRange));
}

#[test]
fn a_right_that_used_more_than_it_was_granted_is_not_read() {
    let read = |text| serde_json::from_str::<Right>(text).map_err(|_| ());
    let kept = r#"{"granted":5,"consumed":2,"returned":3}"#;
    assert_eq!(serde_json::to_string(&read(kept).unwrap()).unwrap(), kept);
    for bad in [
        r#"{"granted":4,"consumed":2,"returned":3}"#,
        r#"{"granted":1,"consumed":4294967295,"returned":4294967295}"#,
        r#"{"granted":4,"consumed":-1,"returned":3}"#,
        r#"{"granted":4,"consumed":1,"returned":3,"earmarked":0}"#,
    ] {
        assert_eq!(read(bad), Err(()), "{bad}");
    }
}

#[test]
fn grants_come_out_of_the_type_and_the_house() {
    // (cells, house limit, already out of B, asked of A, granted)
    let table = [
        ([cell(5, 0, 0), cell(5, 0, 0)], None, 0, 3, 3),
        ([cell(5, 4, 0), cell(5, 0, 0)], None, 0, 3, 1),
        ([cell(5, 4, 2), cell(5, 0, 0)], None, 0, 9, 3),
        ([cell(5, 6, 0), cell(5, 0, 0)], None, 0, 1, 0),
        ([cell(5, 0, 0), cell(5, 4, 0)], Some(-3), 0, 9, 3),
        ([cell(5, 0, 9), cell(5, 5, 0)], Some(1), 0, 9, 6),
        ([cell(5, 0, 0), cell(5, 0, 0)], Some(-6), 3, 9, 1),
        ([cell(5, 0, 0), cell(5, 0, 0)], None, 5, 9, 5),
    ];
    for (cells, house, out, asked, granted) in table {
        let counts = counts(cells, house);
        let mut book = NightBook::default();
        book.settle(&counts, fact());
        assert_eq!(book.grant(code("B"), holder(2), out, &counts), Ok(out));
        let got = book.grant(code("A"), holder(1), asked, &counts);
        assert_eq!(got, Ok(granted), "{counts:?}");
        assert_eq!(book.right(code("A"), holder(1)).left(), granted);
        assert!(book.is_sound(&counts), "{counts:?}");
    }
}

#[test]
fn a_fact_makes_just_its_shortage_and_free_rooms_pay_it_first() {
    let mut book = NightBook::default();
    let (a, b) = (Pool::RoomType(code("A")), Pool::RoomType(code("B")));
    let full = counts([cell(4, 1, 0), cell(4, 0, 0)], None);
    assert_eq!(book.grant(code("A"), holder(1), 3, &full), Ok(3));
    assert_eq!(book.settle(&full, fact()), vec![]);

    let broken = counts([cell(2, 1, 0), cell(4, 0, 0)], None);
    assert!(!book.is_sound(&broken));
    let raised = Entry {
        pool: a,
        rooms: 2,
        cause: fact(),
    };
    assert_eq!(book.settle(&broken, fact()), vec![raised]);
    assert!(book.is_sound(&broken));
    assert_eq!((book.deficit(a), book.deficit(b)), (2, 0));

    let mended = counts([cell(5, 1, 0), cell(4, 0, 0)], None);
    assert_eq!(book.grantable(code("A"), &mended), 1, "the rest pays");
    let paid = Entry {
        pool: a,
        rooms: -2,
        cause: Cause::Freed,
    };
    assert_eq!(book.settle(&mended, fact()), vec![paid]);
    assert_eq!(book.settle(&mended, fact()), vec![], "paid once");
}

#[test]
fn a_lost_desk_that_comes_back_is_believed_and_its_sales_are_explained() {
    let mut book = NightBook::default();
    let mut now = counts([cell(3, 0, 0), cell(0, 0, 0)], None);
    assert_eq!(book.grant(code("A"), holder(1), 2, &now), Ok(2));
    assert_eq!(book.write_off(holder(1)), 2);
    assert_eq!(
        book.grant(code("A"), holder(2), 3, &now),
        Ok(3),
        "free again"
    );

    let sold = Totals {
        granted: 2,
        consumed: 2,
        returned: 0,
    };
    let followed = book.follow(code("A"), holder(1), sold);
    assert_eq!(followed, Err(ShareFault::NeverGranted { rooms: 2 }));
    book.believe(code("A"), holder(1), sold).unwrap();
    now.cells.insert(code("A"), cell(3, 2, 0));
    let cause = Cause::LostDesk(holder(1).desk);
    let pool = Pool::RoomType(code("A"));
    let raised = Entry {
        pool,
        rooms: 2,
        cause,
    };
    assert_eq!(book.settle(&now, cause), vec![raised]);
    let liar = Totals {
        granted: 2,
        consumed: 3,
        returned: 0,
    };
    let believed = book.believe(code("A"), holder(1), liar);
    assert_eq!(believed, Err(ShareFault::NeverGranted { rooms: 1 }));
}

#[test]
fn the_policy_keeps_a_part_and_gives_the_last_room_to_one() {
    let claims = |sales: &[u32]| -> Vec<Claim> {
        let sales = sales.iter().zip(1..);
        sales
            .map(|(sales, number)| Claim {
                holder: holder(number),
                sales: *sales,
            })
            .collect()
    };
    // (rooms, nights ahead, sales, targets)
    let table: [(u32, u32, &[u32], &[u32]); 12] = [
        (0, 0, &[5, 5], &[0, 0]),
        (1, 0, &[0, 0], &[1, 0]),
        (1, 400, &[0, 3], &[0, 1]),
        (8, 0, &[0, 0], &[2, 2]),
        (8, 15, &[0, 0], &[1, 1]),
        (8, 91, &[0, 0], &[1, 1]),
        (12, 0, &[8, 2], &[4, 2]),
        (10, 40, &[12, 0, 0, 0], &[1, 1, 1, 1]),
        (6, 40, &[12, 0, 0, 0], &[1, 0, 0, 0]),
        (7, 0, &[0, 9, 0], &[1, 1, 1]),
        (1_000, 0, &[0, 0, 0], &[10, 10, 10]),
        (8, 0, &[], &[]),
    ];
    for (rooms, ahead, sales, wanted) in table {
        assert_eq!(
            targets(rooms, ahead, &claims(sales)),
            wanted,
            "{rooms} {ahead} {sales:?}"
        );
    }
    for rooms in 0..200 {
        for ahead in [0, 14, 15, 90, 91, 1_000] {
            let sum: u32 = targets(rooms, ahead, &claims(&[u32::MAX, 0, 9]))
                .iter()
                .sum();
            assert!(sum <= rooms, "{rooms} {ahead}: {sum}");
        }
    }
}

/// The centre, the desks as they see themselves, and what was promised to guests.
struct Rooms {
    counts: Counts,
    book: NightBook,
    ledger: Vec<Entry>,
    desks: BTreeMap<(RoomTypeCode, u32), Right>,
    /// Messages with grants as they were sent; any may arrive at any time, any number of times.
    sent: Vec<(RoomTypeCode, u32, u32)>,
    promised: BTreeMap<RoomTypeCode, i64>,
}

impl Rooms {
    fn new() -> Self {
        Self {
            counts: counts([cell(6, 0, 1), cell(4, 0, 0)], Some(0)),
            book: NightBook::default(),
            ledger: Vec::new(),
            desks: BTreeMap::new(),
            sent: Vec::new(),
            promised: TYPES.iter().map(|name| (code(name), 0)).collect(),
        }
    }

    fn step(&mut self, [action, kind, desk, rooms]: [u8; 4]) -> Result<(), String> {
        let kind = code(TYPES[usize::from(kind) % TYPES.len()]);
        let desk = u32::from(desk) % DESKS + 1;
        let rooms = u32::from(rooms) % 4 + 1;
        let fault = |fault: ShareFault| fault.to_string();
        let (mut cause, mut may_fall_short) = (Cause::Freed, false);
        match action % 10 {
            0 | 1 => {
                self.book
                    .grant(kind, holder(desk), rooms, &self.counts)
                    .map_err(fault)?;
                let total = self.book.right(kind, holder(desk)).totals().granted;
                self.sent.push((kind, desk, total));
            }
            2 | 3 => {
                if let Some((kind, desk, total)) =
                    self.sent.get(rooms as usize * 7 % self.sent.len().max(1))
                {
                    self.desks.entry((*kind, *desk)).or_default().learn(*total);
                }
            }
            4 => {
                if self
                    .desks
                    .entry((kind, desk))
                    .or_default()
                    .consume(rooms)
                    .is_ok()
                {
                    *self.promised.entry(kind).or_default() += i64::from(rooms);
                }
            }
            5 => drop(self.desks.entry((kind, desk)).or_default().give_back(rooms)),
            6 => {
                let totals = self.desks.entry((kind, desk)).or_default().totals();
                let moved = self
                    .book
                    .follow(kind, holder(desk), totals)
                    .map_err(fault)?;
                self.cell(kind).sold += i32::try_from(moved.consumed).unwrap();
            }
            7 => {
                let rooms = rooms.min(self.book.grantable(kind, &self.counts));
                self.cell(kind).sold += i32::try_from(rooms).unwrap();
                *self.promised.entry(kind).or_default() += i64::from(rooms);
            }
            8 => {
                let freed = self.cell(kind).sold.min(i32::try_from(rooms).unwrap());
                self.cell(kind).sold -= freed;
                *self.promised.entry(kind).or_default() -= i64::from(freed);
            }
            _ => {
                (cause, may_fall_short) = (fact(), true);
                self.cell(kind).physical = i32::try_from(rooms * 2).unwrap();
            }
        }
        let entries = self.book.settle(&self.counts, cause);
        if !may_fall_short && entries.iter().any(|entry| entry.rooms > 0) {
            return Err(format!("a deficit without a fact: {entries:?}"));
        }
        self.ledger.extend(entries);
        self.check()
    }

    fn cell(&mut self, kind: RoomTypeCode) -> &mut Cell {
        self.counts.cells.get_mut(&kind).unwrap()
    }

    fn check(&self) -> Result<(), String> {
        if !self.book.is_sound(&self.counts) {
            return Err(format!(
                "a pool is negative: {:?} {:?}",
                self.book, self.counts
            ));
        }
        let explained = |pool| -> i64 {
            let of = self.ledger.iter().filter(|entry| entry.pool == pool);
            of.map(|entry| entry.rooms).sum()
        };
        let mut house = (0, 0);
        for (kind, cell) in &self.counts.cells {
            let pool = Pool::RoomType(*kind);
            let may = i64::from(cell.physical + cell.overbooking) + explained(pool);
            if self.promised[kind] > may {
                return Err(format!(
                    "{kind}: {} promised, {may} may be",
                    self.promised[kind]
                ));
            }
            house = (
                house.0 + self.promised[kind],
                house.1 + i64::from(cell.physical),
            );
        }
        if house.0 > house.1 + explained(Pool::House) {
            return Err(format!("the house: {} promised of {}", house.0, house.1));
        }
        for ((kind, desk), right) in &self.desks {
            let (told, kept) = (
                right.totals(),
                self.book.right(*kind, holder(*desk)).totals(),
            );
            if told.granted > kept.granted || told.consumed < kept.consumed {
                return Err(format!("a right is not conserved: {told:?} {kept:?}"));
            }
        }
        Ok(())
    }
}

#[test]
fn whatever_is_lost_or_late_promises_stay_within_rooms_and_explained_deficits() {
    use std::hash::{BuildHasher, Hasher};
    let seed = match std::env::var("KEYRACK_SEED") {
        Ok(given) => given.parse().expect("KEYRACK_SEED is a number"),
        Err(_) => std::hash::RandomState::new().build_hasher().finish(),
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&u64::to_le_bytes(seed));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cases = cases();
    println!("{cases} sequences of shares: KEYRACK_SEED={seed}");
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let steps = vec(any::<[u8; 4]>(), 200);
    let result = TestRunner::new_with_rng(config, rng).run(&steps, |steps| {
        let mut rooms = Rooms::new();
        for step in steps {
            rooms.step(step).map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    if let Err(TestError::Fail(why, steps)) = result {
        panic!("KEYRACK_SEED={seed}: {why}\n{steps:?}");
    }
    assert!(result.is_ok(), "KEYRACK_SEED={seed}: {result:?}");
}
