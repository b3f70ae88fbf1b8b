//! Whatever the sequence of commands: counts equal the model's, nothing is oversold, and a refusal
//! for want of rooms is right. The world of the sequence proves beside it that versions rise exactly
//! for changed cells, that a slice decides as the whole does, and that stored events fold to the
//! same state.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher, RandomState};

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use super::model::{Group, HOUSE, Hold, Model, NIGHTS, Outage, Rule, Status, Stay, TYPES, Wish};
use super::script::{answer, hotel_of_three};
use super::world::{World, code, day};
use super::{CASES, FIGURE};

const STEPS: usize = 60;

#[test]
fn whatever_the_sequence_counts_are_right_and_nothing_is_oversold() {
    let seed = match std::env::var("KEYRACK_SEED") {
        Ok(given) => given.parse().expect("KEYRACK_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    };
    let mut bytes = [0_u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cases = cases();
    println!("{cases} sequences of commands: KEYRACK_SEED={seed}");
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let steps = vec(any::<[u8; 6]>(), STEPS);
    let tally = RefCell::new(BTreeMap::new());
    let result = runner.run(&steps, |steps| {
        let mut sequence = Sequence::new();
        for step in steps {
            sequence.step(step).map_err(|why| {
                let script = sequence.script.join("\n");
                TestCaseError::fail(format!("{why}\n{script}"))
            })?;
        }
        count(&sequence.script, &mut tally.borrow_mut());
        Ok(())
    });
    match result {
        Ok(()) => {
            println!("figure: {FIGURE} {cases} times");
            proves_something(seed, &tally.into_inner());
        }
        Err(TestError::Fail(why, steps)) => {
            panic!("KEYRACK_SEED={seed} fails: {why}\nsteps: {steps:?}")
        }
        Err(other) => panic!("KEYRACK_SEED={seed}: {other}"),
    }
}

/// So many sequences: `KEYRACK_SEQUENCES`, or those of `make torture`, or those of every run of the tests.
pub fn cases() -> u32 {
    if let Ok(given) = std::env::var("KEYRACK_SEQUENCES") {
        return given.parse().expect("KEYRACK_SEQUENCES is a number");
    }
    let long = std::env::var("KEYRACK_TORTURE").is_ok_and(|value| value == "1");
    if long { CASES.1 } else { CASES.0 }
}

/// How often each command was accepted, and each refusal came.
fn count(script: &[String], tally: &mut BTreeMap<String, u32>) {
    for (asked, said) in script.iter().filter_map(|line| line.split_once(" => ")) {
        let code = said.split(' ').next().filter(is_code);
        let word = code.or(asked.split(' ').next()).unwrap();
        *tally.entry(word.to_owned()).or_default() += 1;
    }
}

/// Whether the first word of an answer is a refusal's code.
fn is_code(word: &&str) -> bool {
    word.contains('_') || *word == "restricted" || *word == "undecided"
}

/// The sequences went everywhere: a generator that only draws what is refused proves nothing.
fn proves_something(seed: u64, tally: &BTreeMap<String, u32>) {
    for (word, least) in [
        ("reserve", 1_000),
        ("no_availability", 500),
        ("amend", 100),
        ("undo", 100),
        ("hold", 100),
        ("check-in", 50),
        ("check-out", 10),
        ("cancel", 20),
        ("no-show", 10),
        ("reinstate", 10),
        ("reverse-check-in", 10),
        ("move", 10),
        ("split", 10),
        ("outage", 50),
        ("end", 10),
        ("limit", 100),
        ("stop", 5),
        ("group", 50),
        ("resize", 10),
        ("let-go", 5),
        ("cut-off", 1),
        ("cancel-group", 1),
        ("return", 2),
        ("offer", 10),
        ("leave", 5),
        ("keep", 2),
        ("close", 3),
        ("restricted", 20),
        ("allotment_exhausted", 10),
        ("sweep", 50),
    ] {
        let times = tally.get(word).copied().unwrap_or(0);
        assert!(
            times >= least,
            "KEYRACK_SEED={seed}: {word} came {times} times: {tally:?}"
        );
    }
}

/// A command that the model understands, and the line that says it.
#[derive(Clone, Debug)]
enum Op {
    Reserve {
        wishes: Vec<Wish>,
        status: Status,
        hold: Option<usize>,
        group: Option<usize>,
        until: Option<i32>,
        fact: bool,
    },
    Hold {
        wishes: Vec<Wish>,
        minutes: i32,
    },
    Extend {
        hold: usize,
        minutes: i32,
    },
    Release {
        hold: usize,
    },
    Step {
        step: &'static str,
        ids: Vec<(String, Option<u16>)>,
    },
    AmendOne {
        key: (String, u16),
        wish: Wish,
    },
    AmendAll {
        number: String,
        wishes: Vec<Wish>,
    },
    Move {
        key: (String, u16),
        night: i32,
        room_type: usize,
    },
    Split {
        key: (String, u16),
    },
    Outage(Outage),
    End {
        outage: usize,
        to: i32,
    },
    Physical {
        room_type: usize,
        from: i32,
        to: i32,
        rooms: i32,
    },
    Overbooking {
        room_type: usize,
        from: i32,
        to: i32,
        rooms: i32,
    },
    House {
        from: i32,
        to: i32,
        /// None takes the limit away.
        rooms: Option<i32>,
    },
    Stop {
        room_type: usize,
    },
    Reactivate {
        room_type: usize,
    },
    Open(Group),
    Resize {
        group: usize,
        blocks: Vec<Wish>,
    },
    EndGroup {
        group: usize,
    },
    Offer {
        number: Option<String>,
        until: i32,
    },
    Keep {
        id: (String, Option<u16>),
    },
    Rules {
        pool: usize,
        from: i32,
        to: i32,
        rule: Rule,
    },
    Close,
    Date,
    Sweep,
    Undo {
        back: usize,
    },
}

/// Where the domain and the model disagree.
#[derive(Debug)]
struct Mismatch(String);

impl Mismatch {
    fn of(words: std::fmt::Arguments<'_>) -> Self {
        Self(words.to_string())
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

struct Sequence {
    world: World,
    model: Model,
    /// The model before and after each accepted command, beside the world's log.
    past: Vec<Option<(Model, Model)>>,
    script: Vec<String>,
}

impl Sequence {
    fn new() -> Self {
        let world = hotel_of_three();
        let past = world.log.iter().map(|_| None).collect();
        Self {
            world,
            model: Model::new(),
            past,
            script: Vec::new(),
        }
    }

    fn step(&mut self, bytes: [u8; 6]) -> Result<(), Mismatch> {
        let Some((line, op)) = self.concrete(bytes) else {
            return Ok(());
        };
        if let Op::Sweep = op {
            let minutes = 1 + i32::from(bytes[1] % 15);
            answer(&mut self.world, &format!("wait {minutes}"));
            self.model.minute += minutes;
            self.script.push(format!("wait {minutes}"));
        }
        let said = answer(&mut self.world, &line);
        self.script.push(format!("{line} => {said}"));
        let before = self.model.clone();
        let refused = self.world.log.last().is_some_and(|ran| !ran.accepted);
        if refused {
            self.check_refusal(&op, &said)?;
            self.past.push(None);
        } else {
            self.accept(&op, &said)?;
            self.past.push(Some((before, self.model.clone())));
        }
        self.check_cells()
    }

    /// Want of rooms is the refusal's reason only where the model lacks them too.
    fn check_refusal(&self, op: &Op, said: &str) -> Result<(), Mismatch> {
        let new = match op {
            Op::Reserve { wishes, .. } | Op::Hold { wishes, .. } => wishes.as_slice(),
            _ => &[],
        };
        let broken = |wish: &Wish| self.model.breaks(wish) || self.model.stopped[wish.room_type];
        if said.starts_with("restricted ") && !new.is_empty() && !new.iter().any(broken) {
            return Err(Mismatch::of(format_args!(
                "refused as {said}, which the model does not know"
            )));
        }
        if said.starts_with("undecided ") && !self.model.has_due() {
            return Err(Mismatch::of(format_args!("refused, but nothing is due")));
        }
        let Some(facts) = said.strip_prefix("no_availability ") else {
            return Ok(());
        };
        let mut after = self.model.clone();
        self.apply(&mut after, op, None);
        let lacking = self.model.lacks(&self.model.demand(&after));
        let first = lacking.iter().any(|lack| {
            facts
                .strip_prefix(lack.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_numeric))
        });
        let night = |lack: &str| {
            lack.split([' ', ':'])
                .nth(1)
                .unwrap()
                .parse::<i32>()
                .unwrap()
        };
        let earliest = lacking.iter().map(|lack| night(lack)).min();
        match first && Some(night(facts)) == earliest {
            true => Ok(()),
            false => Err(Mismatch::of(format_args!(
                "refused for {facts}, but the model lacks {lacking:?}"
            ))),
        }
    }

    /// Takes over what was accepted, and proves that there were rooms for it.
    fn accept(&mut self, op: &Op, said: &str) -> Result<(), Mismatch> {
        let singles: Vec<Op> = match op {
            Op::Step { step, ids } if ids.len() > 1 => {
                let done = said
                    .strip_prefix("done ")
                    .unwrap()
                    .split(';')
                    .next()
                    .unwrap();
                let done: Vec<&str> = done.split_whitespace().collect();
                let ids = ids.iter().filter(|id| done.contains(&written(id).as_str()));
                ids.map(|id| Op::Step {
                    step,
                    ids: vec![id.clone()],
                })
                .collect()
            }
            other => vec![other.clone()],
        };
        for op in singles {
            let mut after = self.model.clone();
            self.apply(&mut after, &op, Some(said));
            if !matches!(op, Op::Undo { .. }) {
                after.settle_with_house(&self.model);
            }
            self.check_conditions(&op, &after)?;
            let fact = matches!(op, Op::Reserve { fact: true, .. });
            let lacking = self.model.lacks(&self.model.demand(&after));
            if !fact && !lacking.is_empty() {
                return Err(Mismatch::of(format_args!(
                    "sold without rooms: {lacking:?}"
                )));
            }
            self.model = after;
            if let Op::AmendAll { number, wishes } = &op {
                self.take_over(number, wishes)?;
            }
        }
        Ok(())
    }

    /// What was accepted broke no condition, and took no more of a group than its kind lets it.
    fn check_conditions(&self, op: &Op, after: &Model) -> Result<(), Mismatch> {
        let (fact, group, new) = match op {
            Op::Reserve {
                wishes,
                status,
                hold,
                group,
                fact,
                ..
            } => {
                let asks = hold.is_none() && group.is_none() && *status != Status::Waiting;
                let new = if asks { wishes.as_slice() } else { &[] };
                (*fact, *group, new)
            }
            Op::Hold { wishes, .. } => (false, None, wishes.as_slice()),
            Op::Close if self.model.has_due() => {
                return Err(Mismatch::of(format_args!("ended a day with something due")));
            }
            _ => (false, None, &[][..]),
        };
        if !fact && new.iter().any(|wish| self.model.breaks(wish)) {
            return Err(Mismatch::of(format_args!("sold against a condition")));
        }
        let Some(group) = group else { return Ok(()) };
        let terms = &self.model.groups[group];
        for night in 1..=NIGHTS {
            for room_type in 0..3 {
                let picked = after.picked(group, room_type, night);
                let more = picked > self.model.picked(group, room_type, night);
                let beyond = picked > terms.total(room_type, night);
                if more && beyond && terms.kind != "elastic" {
                    return Err(Mismatch::of(format_args!(
                        "{picked} of a {} group on {night}",
                        terms.kind
                    )));
                }
                let from = terms.blocks.iter().map(|wish| wish.from).min().unwrap();
                let to = terms.blocks.iter().map(|wish| wish.to).max().unwrap();
                let window = from - terms.shoulder..to + terms.shoulder;
                if more && !window.contains(&night) {
                    return Err(Mismatch::of(format_args!("outside of the shoulders")));
                }
            }
        }
        Ok(())
    }

    /// After a swap of a whole reservation: its open stays are what was asked for; which of them
    /// got which number is read from the world.
    fn take_over(&mut self, number: &str, wishes: &[Wish]) -> Result<(), Mismatch> {
        let mut all = self.world.state.all_reservations();
        let found = all.find(|one| one.number.as_str() == number).unwrap();
        let date = |night| day(1).nights_until(night) + 1;
        let mut open: BTreeMap<(usize, i32, i32), i32> = BTreeMap::new();
        let mut stays = Vec::new();
        for stay in &found.stays {
            let kind = |code: &str| TYPES.iter().position(|known| *known == code).unwrap();
            let read = Stay {
                key: (number.to_owned(), stay.stay),
                room_type: kind(stay.room_type.as_str()),
                from: date(stay.arrival),
                to: date(stay.departure),
                status: Status::of_word(stay.status.as_str()),
                before: stay.before.map(|status| Status::of_word(status.as_str())),
                freed: stay.freed_from.map(date),
                moved: stay
                    .moved
                    .iter()
                    .map(|moved| (date(moved.night), kind(moved.room_type.as_str())))
                    .collect(),
                group: None,
                until: stay.option_until.map(date),
                kept: stay.kept_on.map(date),
                dropped: stay.ending.dropped,
                gone: BTreeSet::new(),
            };
            if read.status.is_open() {
                *open
                    .entry((read.room_type, read.from, read.to))
                    .or_default() += 1;
            }
            stays.push(read);
        }
        let mut asked: BTreeMap<(usize, i32, i32), i32> = BTreeMap::new();
        for wish in wishes {
            *asked
                .entry((wish.room_type, wish.from, wish.to))
                .or_default() += wish.rooms;
        }
        if open != asked {
            return Err(Mismatch::of(format_args!(
                "amended to {open:?}, not to {asked:?}"
            )));
        }
        self.model.stays.retain(|stay| stay.key.0 != number);
        self.model.stays.extend(stays);
        Ok(())
    }

    fn check_cells(&self) -> Result<(), Mismatch> {
        let model = &self.model;
        for night in 1..=NIGHTS {
            for (at, name) in TYPES.into_iter().enumerate() {
                let cell = self
                    .world
                    .state
                    .loaded_cell(code(name), day(night))
                    .unwrap();
                let counts = (
                    cell.physical,
                    cell.out_of_order,
                    cell.sold,
                    cell.held,
                    cell.blocked,
                    cell.overbooking,
                    rule_of(cell.restrictions),
                );
                let expected = (
                    model.physical[&(at, night)],
                    model.broken(at, night),
                    model.sold(at, night),
                    model.held(at, night),
                    model.blocked(at, night),
                    model.overbooking[&(at, night)],
                    model.rules.get(&(at, night)).copied().unwrap_or_default(),
                );
                if counts != expected {
                    return Err(Mismatch::of(format_args!(
                        "{name} {night}: {counts:?}, in the model {expected:?}"
                    )));
                }
            }
            let limit = self.world.state.loaded_house_limit(day(night));
            let rule = limit
                .map(|limit| rule_of(limit.restrictions))
                .unwrap_or_default();
            let expected = model
                .rules
                .get(&(HOUSE, night))
                .copied()
                .unwrap_or_default();
            if rule != expected {
                return Err(Mismatch::of(format_args!(
                    "the house's conditions on {night} are {rule:?}, in the model {expected:?}"
                )));
            }
            if limit.and_then(|limit| limit.overbooking) != model.house.get(&night).copied() {
                return Err(Mismatch::of(format_args!(
                    "the house's limit on {night} is {limit:?}"
                )));
            }
        }
        Ok(())
    }

    /// What the command does to the lists. `said` is there where it was accepted.
    fn apply(&self, model: &mut Model, op: &Op, said: Option<&str>) {
        match op {
            Op::Reserve {
                wishes,
                status,
                hold,
                group,
                until,
                ..
            } => {
                let number = said.unwrap_or("new").to_owned();
                let mut counter = 0;
                for wish in wishes {
                    for _ in 0..wish.rooms {
                        counter += 1;
                        let key = (number.clone(), counter);
                        model.stays.push(Stay {
                            group: *group,
                            until: *until,
                            ..new_stay(key, wish, *status)
                        });
                    }
                }
                if let Some(at) = hold {
                    model.holds[*at].active = false;
                }
            }
            Op::Hold { wishes, minutes } => model.holds.push(Hold {
                wishes: wishes.clone(),
                active: true,
                expires: model.minute + minutes,
            }),
            Op::Extend { hold, minutes } => model.holds[*hold].expires = model.minute + minutes,
            Op::Release { hold } => model.holds[*hold].active = false,
            Op::Sweep => {
                let now = model.minute;
                model
                    .holds
                    .iter_mut()
                    .for_each(|hold| hold.active &= hold.expires > now);
            }
            Op::Step { step, ids } => {
                let today = model.today;
                // A whole reservation is reinstated as it ended.
                let ended = |stay: &Stay| {
                    matches!(stay.status, Status::Cancelled | Status::NoShow) && !stay.dropped
                };
                let others = model.stays.iter().filter(|stay| ended(stay));
                let whole: BTreeSet<String> = others.map(|stay| stay.key.0.clone()).collect();
                for stay in &mut model.stays {
                    let left_out = *step == "reinstate" && stay.dropped;
                    let meant = |id: &(String, Option<u16>)| {
                        let all = id.1.is_none() && !(left_out && whole.contains(&id.0));
                        id.0 == stay.key.0 && (all || id.1 == Some(stay.key.1))
                    };
                    if ids.iter().any(meant) {
                        take_step(stay, step, today);
                    }
                }
            }
            Op::AmendOne { key, wish } => {
                let today = model.today;
                let stay = model
                    .stays
                    .iter_mut()
                    .find(|stay| stay.key == *key)
                    .unwrap();
                amend(stay, wish, today);
            }
            Op::AmendAll { number, wishes } => {
                let mine = |stay: &Stay| stay.key.0 == *number && stay.status.is_open();
                model.stays.retain(|stay| !mine(stay));
                let wishes = wishes
                    .iter()
                    .flat_map(|wish| (0..wish.rooms).map(move |_| wish));
                for (at, wish) in (1_000..).zip(wishes) {
                    model
                        .stays
                        .push(new_stay((number.clone(), at), wish, Status::Confirmed));
                }
            }
            Op::Move {
                key,
                night,
                room_type,
            } => {
                let stay = model
                    .stays
                    .iter_mut()
                    .find(|stay| stay.key == *key)
                    .unwrap();
                stay.moved.insert(*night, *room_type);
                if *room_type == stay.room_type {
                    stay.moved.remove(night);
                }
            }
            Op::Split { key } => {
                let stay = model
                    .stays
                    .iter_mut()
                    .find(|stay| stay.key == *key)
                    .unwrap();
                stay.key = (said.unwrap_or("new").to_owned(), 1);
            }
            Op::Outage(outage) => model.outages.push(outage.clone()),
            Op::End { outage, to } => model.outages[*outage].to = *to,
            Op::Physical {
                room_type,
                from,
                to,
                rooms,
            } => {
                let nights = (*from..*to).map(|night| ((*room_type, night), *rooms));
                model.physical.extend(nights);
            }
            Op::Overbooking {
                room_type,
                from,
                to,
                rooms,
            } => {
                let nights = (*from..*to).map(|night| ((*room_type, night), *rooms));
                model.overbooking.extend(nights);
            }
            Op::House { from, to, rooms } => {
                for night in *from..*to {
                    match rooms {
                        Some(rooms) => model.house.insert(night, *rooms),
                        None => model.house.remove(&night),
                    };
                }
            }
            Op::Stop { room_type } => model.stopped[*room_type] = true,
            Op::Reactivate { room_type } => model.stopped[*room_type] = false,
            Op::Open(group) => model.groups.push(group.clone()),
            Op::Resize { group, blocks } => {
                // Nights that are over, and of which the new rooms do not speak, keep theirs.
                let over = (1..model.today).flat_map(|night| (0..3).map(move |kind| (kind, night)));
                let group = &mut model.groups[*group];
                let had: Vec<_> = over.map(|at| (at, group.total(at.0, at.1))).collect();
                group.blocks.clone_from(blocks);
                group.given.clear();
                for ((kind, night), rooms) in had {
                    if rooms != 0 && group.total(kind, night) == 0 {
                        group.given.insert((kind, night), -rooms);
                    }
                }
            }
            Op::EndGroup { group } => model.groups[*group].open = false,
            Op::Offer { number, until } => {
                // Without a name the world says who it was.
                let meant = number.as_deref().or(said).unwrap_or_default();
                for stay in &mut model.stays {
                    if stay.key.0 == meant && stay.status == Status::Waiting {
                        stay.status = Status::Tentative;
                        stay.until = Some(*until);
                    }
                }
            }
            Op::Keep { id } => {
                let today = model.today;
                for stay in &mut model.stays {
                    let meant = id.0 == stay.key.0 && id.1.is_none_or(|one| one == stay.key.1);
                    if meant && stay.status == Status::Confirmed {
                        stay.kept = Some(today);
                    }
                }
            }
            Op::Rules {
                pool,
                from,
                to,
                rule,
            } => model
                .rules
                .extend((*from..*to).map(|night| ((*pool, night), *rule))),
            Op::Date | Op::Close => model.today += 1,
            Op::Undo { back } => {
                let (before, after) = self.past[self.past.len() - back].as_ref().unwrap();
                take_back(model, before, after);
            }
        }
    }
}

fn new_stay(key: (String, u16), wish: &Wish, status: Status) -> Stay {
    Stay {
        key,
        room_type: wish.room_type,
        from: wish.from,
        to: wish.to,
        status,
        before: None,
        freed: None,
        moved: BTreeMap::new(),
        group: None,
        until: None,
        kept: None,
        dropped: false,
        gone: BTreeSet::new(),
    }
}

fn rule_of(restrictions: keyrack_inventory::Restrictions) -> Rule {
    Rule {
        stop: restrictions.stop_sell,
        cta: restrictions.closed_to_arrival,
        ctd: restrictions.closed_to_departure,
        min: restrictions.min_stay.unwrap_or(0).into(),
        max: restrictions.max_stay.unwrap_or(0).into(),
    }
}

/// The step, where the stay's status allows it.
fn take_step(stay: &mut Stay, step: &str, today: i32) {
    let now = stay.status;
    match (step, now) {
        ("confirm", Status::Tentative | Status::Waiting) => {
            stay.status = Status::Confirmed;
            stay.until = None;
        }
        ("leave", Status::Waiting) => {
            stay.status = Status::Cancelled;
            stay.before = Some(now);
        }
        ("return", Status::Tentative | Status::Confirmed) if stay.group.is_some() => {
            stay.status = Status::Cancelled;
            stay.before = Some(now);
        }
        ("check-in", Status::Confirmed) if stay.from <= today => {
            stay.status = Status::In;
            if stay.kept == Some(today) {
                stay.kept = (stay.from < today).then_some(today - 1);
            }
        }
        ("reverse-check-in", Status::In) => stay.status = Status::Confirmed,
        ("check-out", Status::In) => {
            stay.status = Status::Out;
            stay.freed = (today < stay.to).then_some(today.max(stay.from));
        }
        ("reverse-check-out", Status::Out) => {
            stay.status = Status::In;
            stay.freed = None;
            stay.gone.clear();
        }
        ("cancel", Status::Waiting | Status::Tentative | Status::Confirmed) => {
            stay.status = Status::Cancelled;
            stay.before = Some(now);
        }
        ("no-show", Status::Confirmed) if stay.from <= today => {
            stay.status = Status::NoShow;
            stay.before = Some(now);
        }
        ("reinstate", Status::Cancelled | Status::NoShow) if stay.to >= today => {
            stay.status = stay.before.take().unwrap();
            stay.dropped = false;
            stay.gone.clear();
            if stay.status != Status::Waiting && stay.from < today {
                stay.kept = stay.kept.max(Some(today - 1));
            }
        }
        _ => {}
    }
}

/// Other dates or another type of one stay; a guest in house keeps what he slept.
fn amend(stay: &mut Stay, wish: &Wish, today: i32) {
    let same = (stay.room_type, stay.from, stay.to) == (wish.room_type, wish.from, wish.to);
    if same {
        stay.moved.retain(|night, _| *night < today);
        return;
    }
    let was = (stay.from, stay.to);
    (stay.from, stay.to) = (wish.from, wish.to);
    if wish.room_type != stay.room_type {
        if stay.status == Status::In {
            stay.moved.retain(|night, _| *night < today);
            for night in today.max(stay.from)..stay.to {
                stay.moved.insert(night, wish.room_type);
            }
        } else {
            // What is over of a guest who comes late stays where it was.
            let over = (was.0..today.min(was.1)).map(|night| (night, stay.type_on(night)));
            let over: Vec<(i32, usize)> = over.collect();
            stay.room_type = wish.room_type;
            stay.moved.clear();
            let elsewhere = over.into_iter().filter(|one| one.1 != wish.room_type);
            stay.moved.extend(elsewhere);
        }
    }
    let (from, to) = (stay.from, stay.to);
    stay.moved.retain(|night, _| (from..to).contains(night));
}

/// Puts back what a command changed; what it changed must be as it left it.
fn take_back(model: &mut Model, before: &Model, after: &Model) {
    for was in &after.stays {
        let earlier = before.stays.iter().find(|stay| stay.key == was.key);
        if earlier == Some(was) {
            continue;
        }
        let now = model
            .stays
            .iter_mut()
            .find(|stay| stay.key == was.key)
            .unwrap();
        assert_eq!(now, was, "a stay that changed since was taken back");
        *now = earlier.cloned().unwrap_or_else(|| Stay {
            status: Status::Cancelled,
            before: Some(if was.status == Status::In {
                Status::Confirmed
            } else {
                was.status
            }),
            dropped: true,
            ..was.clone()
        });
    }
    for (at, was) in after.holds.iter().enumerate() {
        match before.holds.get(at) {
            None => model.holds[at].active = false,
            Some(earlier) if earlier.active && !was.active => {
                // One whose time is over is not given back with the booking that it became.
                if earlier.expires > model.minute {
                    model.holds.push(earlier.clone());
                }
            }
            Some(earlier) if earlier.expires != was.expires => {
                model.holds[at].expires = earlier.expires;
            }
            Some(_) => {}
        }
    }
    for (at, was) in after.outages.iter().enumerate() {
        let earlier = before
            .outages
            .get(at)
            .map_or(was.from, |earlier| earlier.to);
        if earlier != was.to {
            assert_eq!(model.outages[at].to, was.to, "an outage that changed since");
            model.outages[at].to = earlier;
        }
    }
    for (at, was) in after.groups.iter().enumerate() {
        let Some(earlier) = before.groups.get(at) else {
            model.groups[at].open = false;
            continue;
        };
        if earlier.blocks != was.blocks || earlier.given != was.given {
            model.groups[at].blocks.clone_from(&earlier.blocks);
            model.groups[at].given.clone_from(&earlier.given);
        }
        if earlier.open != was.open {
            model.groups[at].open = earlier.open;
        }
    }
    // A night whose condition was set to what it was already did not change: never set is as good as none.
    let rule =
        |model: &Model, key: &(usize, i32)| model.rules.get(key).copied().unwrap_or_default();
    let changed = |key: &(usize, i32)| rule(before, key) != rule(after, key);
    let keys: Vec<_> = after.rules.keys().copied().filter(changed).collect();
    for key in keys {
        let earlier = before.rules.get(&key).copied().unwrap_or_default();
        model.rules.insert(key, earlier);
    }
    put_back(&mut model.physical, &before.physical, &after.physical);
    put_back(
        &mut model.overbooking,
        &before.overbooking,
        &after.overbooking,
    );
    put_back(&mut model.house, &before.house, &after.house);
    for at in 0..3 {
        if before.stopped[at] != after.stopped[at] {
            model.stopped[at] = before.stopped[at];
        }
    }
}

fn put_back<K: Ord + Copy + std::fmt::Debug>(
    now: &mut BTreeMap<K, i32>,
    before: &BTreeMap<K, i32>,
    after: &BTreeMap<K, i32>,
) {
    let mut keys: Vec<K> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| before.get(key) != after.get(key));
    for key in keys {
        assert_eq!(
            now.get(&key),
            after.get(&key),
            "a limit that changed since, at {key:?}"
        );
        match before.get(&key) {
            Some(earlier) => now.insert(key, *earlier),
            None => now.remove(&key),
        };
    }
}

fn written((number, stay): &(String, Option<u16>)) -> String {
    stay.map_or_else(|| number.clone(), |stay| format!("{number}/{stay}"))
}

/// Bytes into commands: half of them sales, in a few crowded nights, so that rooms run out.
impl Sequence {
    fn concrete(&self, bytes: [u8; 6]) -> Option<(String, Op)> {
        let [kind, a, b, c, d, e] = bytes;
        let found = match kind % 96 {
            64..=67 => self.open_group([a, b, c, d, e]),
            68..=75 => self.pick_up([a, b, c, d])?,
            76..=78 => self.change_group([a, b, c, d, e])?,
            79..=82 => self.rules([a, b, c, d, e]),
            83..=85 => {
                let wishes = vec![self.wish([a, b, c, d])];
                let line = format!("reserve {} waiting", texts(&wishes));
                (line, sale(wishes, Status::Waiting))
            }
            86..=87 => {
                let until = self.model.today + i32::from(b % 3);
                let waits = |stay: &&Stay| stay.status == Status::Waiting;
                let named = self
                    .model
                    .stays
                    .iter()
                    .rev()
                    .find(waits)
                    .filter(|_| a % 2 == 0);
                let number = named.map(|stay| stay.key.0.clone());
                let whom = number.as_deref().unwrap_or_default();
                (
                    format!("offer {whom} until={until}"),
                    Op::Offer { number, until },
                )
            }
            88..=89 => self.keep(a)?,
            90..=93 if self.model.today < 12 => (format!("close {}", self.model.today), Op::Close),
            94 | 95 => self.give_up([a, b])?,
            0..=15 => self.reserve([a, b, c, d, e]),
            16..=20 => {
                let wishes = self.wishes([a, b, c, d]);
                let minutes = 1 + i32::from(e % 30);
                let line = format!("hold {} minutes={minutes}", texts(&wishes));
                (line, Op::Hold { wishes, minutes })
            }
            21..=23 => self.convert([a, b, c, d])?,
            24 => {
                let hold = self.any_hold(a)?;
                let minutes = 1 + i32::from(b % 60);
                let line = format!("extend A-H{} minutes={minutes}", hold + 1);
                (line, Op::Extend { hold, minutes })
            }
            25 => {
                let hold = self.any_hold(a)?;
                (format!("release A-H{}", hold + 1), Op::Release { hold })
            }
            26 => ("sweep".to_owned(), Op::Sweep),
            27..=37 => self.life([a, b, c])?,
            38..=43 => self.amend_one([a, b, c, d])?,
            44..=46 => self.amend_all([a, b, c, d])?,
            47..=48 => {
                let stay = self.any_stay(a)?;
                let night = stay.from + i32::from(b % 5);
                let room_type = usize::from(c % 3);
                let key = stay.key.clone();
                let line = format!("move {}/{} {night} {}", key.0, key.1, TYPES[room_type]);
                (
                    line,
                    Op::Move {
                        key,
                        night,
                        room_type,
                    },
                )
            }
            49 => {
                let key = self.any_stay(a)?.key.clone();
                (format!("split {}/{}", key.0, key.1), Op::Split { key })
            }
            50..=51 => {
                let Wish {
                    room_type,
                    from,
                    to,
                    rooms,
                } = self.wish([a, b, c, d]);
                let service = e % 4 == 0;
                let word = if service { " service" } else { "" };
                let line = format!("outage {}:{from}:{to}:{rooms}{word}", TYPES[room_type]);
                (
                    line,
                    Op::Outage(Outage {
                        room_type,
                        from,
                        to,
                        rooms,
                        service,
                    }),
                )
            }
            52 => {
                let count = self.model.outages.len();
                let outage = usize::from(a).checked_rem(count)?;
                let to = self.model.outages[outage].from + i32::from(b % 6);
                (
                    format!("end A-O{} on={to}", outage + 1),
                    Op::End { outage, to },
                )
            }
            53..=56 => self.limit([a, b, c, d, e]),
            57 => {
                let room_type = usize::from(a % 3);
                let name = TYPES[room_type];
                match self.model.stopped[room_type] {
                    true => (format!("reactivate {name}"), Op::Reactivate { room_type }),
                    false if b % 4 == 0 => (format!("stop {name}"), Op::Stop { room_type }),
                    false => return None,
                }
            }
            58 if self.model.today < 12 => (format!("date {}", self.model.today + 1), Op::Date),
            58 => return None,
            _ => {
                let back = 1 + usize::from(a % 8);
                let at = self.past.len().checked_sub(back)?;
                self.past[at].as_ref()?;
                (format!("undo -{back}"), Op::Undo { back })
            }
        };
        Some(found)
    }

    fn wish(&self, [a, b, c, d]: [u8; 4]) -> Wish {
        let from = self.model.today + i32::from(a % 7);
        Wish {
            room_type: usize::from(b % 3),
            from,
            to: from + i32::from(c % 5),
            rooms: 1 + i32::from(d % 4),
        }
    }

    fn wishes(&self, [a, b, c, d]: [u8; 4]) -> Vec<Wish> {
        let mut wishes = vec![self.wish([a, b, c, d])];
        if d >= 128 {
            wishes.push(self.wish([b, c, d, a]));
        }
        wishes
    }

    fn reserve(&self, [a, b, c, d, e]: [u8; 5]) -> (String, Op) {
        let wishes = self.wishes([a, b, c, d]);
        let (words, status, fact) = match e % 8 {
            0 => (" tentative", Status::Tentative, false),
            1 => (" walk-in", Status::In, false),
            2 if c % 4 == 0 => (" walk-in override", Status::In, true),
            _ => ("", Status::Confirmed, false),
        };
        let line = format!("reserve {}{words}", texts(&wishes));
        (
            line,
            Op::Reserve {
                wishes,
                status,
                hold: None,
                group: None,
                until: None,
                fact,
            },
        )
    }

    fn open_group(&self, [a, b, c, d, e]: [u8; 5]) -> (String, Op) {
        let kind = ["elastic", "non_elastic", "committed", "tentative"][usize::from(e % 4)];
        let mut block = self.wish([a, b, c, d]);
        block.to = block.to.max(block.from + 1);
        let (cut_off, shoulder) = (self.model.today + i32::from(d % 3), i32::from(c % 3));
        let cut_off = cut_off.min(block.to);
        let line = format!(
            "group {kind} {} cutoff={cut_off} shoulder={shoulder}",
            block.text()
        );
        let given = BTreeMap::new();
        let group = Group {
            kind,
            open: true,
            blocks: vec![block],
            cut_off,
            shoulder,
            given,
        };
        (line, Op::Open(group))
    }

    fn any_group(&self, a: u8) -> Option<usize> {
        let count = self.model.groups.len();
        let back = usize::from(a).checked_rem(count)?;
        Some(count - 1 - back)
    }

    fn pick_up(&self, [a, b, c, d]: [u8; 4]) -> Option<(String, Op)> {
        let group = self.any_group(a)?;
        let mut wish = *self.model.groups[group].blocks.first()?;
        wish.from += i32::from(b % 4) - 1;
        wish.to = (wish.to + i32::from(c % 4) - 2).max(wish.from);
        wish.rooms = 1 + i32::from(d % 3);
        let words = if d >= 224 { " tentative" } else { "" };
        let line = format!("reserve {} group=A-G{}{words}", wish.text(), group + 1);
        let status = if d >= 224 {
            Status::Tentative
        } else {
            Status::Confirmed
        };
        let Op::Reserve { wishes, .. } = sale(vec![wish], status) else {
            return None;
        };
        let op = Op::Reserve {
            wishes,
            status,
            hold: None,
            group: Some(group),
            until: None,
            fact: false,
        };
        Some((line, op))
    }

    fn change_group(&self, [a, b, c, d, e]: [u8; 5]) -> Option<(String, Op)> {
        let group = self.any_group(a)?;
        let number = group + 1;
        Some(match e % 8 {
            0..=3 => {
                let mut block = *self.model.groups[group].blocks.first()?;
                block.rooms = 1 + i32::from(b % 6);
                block.to = (block.to + i32::from(c % 3) - 1).max(block.from + 1);
                let blocks = vec![block];
                let line = format!("resize A-G{number} {}", block.text());
                (line, Op::Resize { group, blocks })
            }
            4 => (format!("let-go A-G{number}"), Op::EndGroup { group }),
            5 | 6 => (format!("cut-off A-G{number}"), Op::EndGroup { group }),
            _ if d % 2 == 0 => (format!("cancel-group A-G{number}"), Op::EndGroup { group }),
            _ => return None,
        })
    }

    fn rules(&self, [a, b, c, d, e]: [u8; 5]) -> (String, Op) {
        let Wish {
            room_type,
            from,
            to,
            ..
        } = self.wish([a, b, c, d]);
        let pool = if e % 5 == 0 { HOUSE } else { room_type };
        let rule = Rule {
            stop: d % 8 == 0,
            cta: d % 8 == 1,
            ctd: d % 8 == 2,
            min: if d % 8 == 3 { 2 } else { 0 },
            max: if d % 8 == 4 { 3 } else { 0 },
        };
        let name = TYPES.get(pool).copied().unwrap_or("house");
        let word = |on: bool| if on { "on" } else { "off" };
        let line = format!(
            "limit {name} {from}..{to} stop={} cta={} ctd={} min={} max={}",
            word(rule.stop),
            word(rule.cta),
            word(rule.ctd),
            rule.min,
            rule.max
        );
        let op = Op::Rules {
            pool,
            from,
            to,
            rule,
        };
        (line, op)
    }

    /// One whose guest should have come, where there is one.
    fn keep(&self, a: u8) -> Option<(String, Op)> {
        let late = |stay: &&Stay| stay.status == Status::Confirmed && stay.from <= self.model.today;
        let late: Vec<&Stay> = self.model.stays.iter().filter(late).collect();
        let stay = late.get(usize::from(a).checked_rem(late.len())?)?;
        let id = (stay.key.0.clone(), Some(stay.key.1));
        Some((format!("keep {}", written(&id)), Op::Keep { id }))
    }

    /// Somebody who waits leaves the list, or a pick-up goes back to its group.
    fn give_up(&self, [a, b]: [u8; 2]) -> Option<(String, Op)> {
        let step = if a % 2 == 0 { "leave" } else { "return" };
        let wanted = |stay: &&Stay| match step {
            "leave" => stay.status == Status::Waiting,
            _ => stay.group.is_some() && stay.status.is_open(),
        };
        let found: Vec<&Stay> = self.model.stays.iter().filter(wanted).collect();
        let stay = found.get(usize::from(b).checked_rem(found.len())?)?;
        let ids = vec![(stay.key.0.clone(), Some(stay.key.1))];
        let line = format!("{step} {}", written(&ids[0]));
        Some((line, Op::Step { step, ids }))
    }

    fn convert(&self, [a, b, c, d]: [u8; 4]) -> Option<(String, Op)> {
        let hold = self.any_hold(a)?;
        let mut wishes = self.model.holds[hold].wishes.clone();
        match b % 4 {
            0 => wishes.push(self.wish([b, c, d, a])),
            1 => wishes[0].to += 1,
            2 => wishes[0].rooms += 1,
            _ => {}
        }
        let line = format!("reserve {} hold=A-H{}", texts(&wishes), hold + 1);
        let (status, hold, fact) = (Status::Confirmed, Some(hold), false);
        Some((
            line,
            Op::Reserve {
                wishes,
                status,
                hold,
                group: None,
                until: None,
                fact,
            },
        ))
    }

    fn any_hold(&self, a: u8) -> Option<usize> {
        usize::from(a).checked_rem(self.model.holds.len())
    }

    fn any_stay(&self, a: u8) -> Option<&Stay> {
        let at = usize::from(a).checked_rem(self.model.stays.len())?;
        // The later ones are the livelier ones.
        self.model.stays.get(self.model.stays.len() - 1 - at)
    }

    fn life(&self, [a, b, c]: [u8; 3]) -> Option<(String, Op)> {
        let steps = [
            "confirm",
            "check-in",
            "check-in",
            "check-out",
            "reverse-check-in",
            "reverse-check-out",
            "cancel",
            "no-show",
            "reinstate",
        ];
        let step = steps[usize::from(b) % steps.len()];
        let mut ids = Vec::new();
        for (at, byte) in [a, a.wrapping_add(1), c].into_iter().enumerate() {
            let key = &self.any_stay(byte)?.key;
            let id = (key.0.clone(), (c % 2 == 0).then_some(key.1));
            if (at == 0 || c >= 192) && !ids.contains(&id) {
                ids.push(id);
            }
        }
        let words: Vec<String> = ids.iter().map(written).collect();
        Some((
            format!("{step} {}", words.join(" ")),
            Op::Step { step, ids },
        ))
    }

    fn amend_one(&self, [a, b, c, d]: [u8; 4]) -> Option<(String, Op)> {
        let stay = self.any_stay(a)?;
        let room_type = if b % 3 == 0 {
            usize::from(c % 3)
        } else {
            stay.room_type
        };
        let from = if b % 5 == 0 { stay.from + 1 } else { stay.from };
        let wish = Wish {
            room_type,
            from,
            to: from + i32::from(d % 7),
            rooms: 1,
        };
        let key = stay.key.clone();
        let line = format!("amend {}/{} {}", key.0, key.1, wish.text());
        Some((line, Op::AmendOne { key, wish }))
    }

    /// A swap of a whole reservation, where no guest is in house and no night is moved: which stay
    /// becomes which wish makes no difference to the counts then.
    fn amend_all(&self, [a, b, c, d]: [u8; 4]) -> Option<(String, Op)> {
        let number = self.any_stay(a)?.key.0.clone();
        let stays = self.model.stays.iter().filter(|stay| stay.key.0 == number);
        let mut open = stays.filter(|stay| stay.status.is_open());
        let apart = [Status::In, Status::Waiting];
        if open.any(|stay| {
            apart.contains(&stay.status) || !stay.moved.is_empty() || stay.group.is_some()
        }) {
            return None;
        }
        let wishes = self.wishes([b, c, d, a]);
        let line = format!("amend {number} {}", texts(&wishes));
        Some((line, Op::AmendAll { number, wishes }))
    }

    fn limit(&self, [a, b, c, d, e]: [u8; 5]) -> (String, Op) {
        let Wish {
            room_type,
            from,
            to,
            ..
        } = self.wish([a, b, c, d]);
        let name = TYPES[room_type];
        match e % 3 {
            0 => {
                let rooms = i32::from(d % 8);
                let line = format!("limit {name} {from}..{to} physical={rooms}");
                (
                    line,
                    Op::Physical {
                        room_type,
                        from,
                        to,
                        rooms,
                    },
                )
            }
            1 => {
                let rooms = i32::from(d % 6) - 3;
                let line = format!("limit {name} {from}..{to} overbooking={rooms}");
                (
                    line,
                    Op::Overbooking {
                        room_type,
                        from,
                        to,
                        rooms,
                    },
                )
            }
            _ => {
                let rooms = Some(i32::from(d % 15) - 11).filter(|rooms| *rooms < 3);
                let limit = rooms.map(|rooms| format!("overbooking={rooms}"));
                let limit = limit.unwrap_or("unlimited".to_owned());
                let line = format!("limit house {from}..{to} {limit}");
                (line, Op::House { from, to, rooms })
            }
        }
    }
}

/// A sale of which nothing else is known.
fn sale(wishes: Vec<Wish>, status: Status) -> Op {
    Op::Reserve {
        wishes,
        status,
        hold: None,
        group: None,
        until: None,
        fact: false,
    }
}

fn texts(wishes: &[Wish]) -> String {
    wishes.iter().map(Wish::text).collect::<Vec<_>>().join(" ")
}
