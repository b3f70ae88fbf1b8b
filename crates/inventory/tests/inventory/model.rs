//! A naive model of the inventory: lists of stays, holds and outages, from which every count is
//! added up anew each time it is asked for. It shares no code with the fold or the sale.

use std::collections::{BTreeMap, BTreeSet};

pub const TYPES: [&str; 3] = ["A", "B", "C"];
/// Open nights are 1 to this one.
pub const NIGHTS: i32 = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Waiting,
    Tentative,
    Confirmed,
    In,
    Out,
    Cancelled,
    NoShow,
}

impl Status {
    pub fn of_word(word: &str) -> Self {
        match word {
            "waitlisted" => Self::Waiting,
            "tentative" => Self::Tentative,
            "confirmed" => Self::Confirmed,
            "checked_in" => Self::In,
            "checked_out" => Self::Out,
            "cancelled" => Self::Cancelled,
            "no_show" => Self::NoShow,
            other => panic!("no status {other}"),
        }
    }

    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Tentative | Self::Confirmed | Self::In
        )
    }

    fn was_in(self) -> bool {
        matches!(self, Self::In | Self::Out)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The reservation's number and the stay's in it.
    pub key: (String, u16),
    pub room_type: usize,
    pub from: i32,
    pub to: i32,
    pub status: Status,
    pub before: Option<Status>,
    pub freed: Option<i32>,
    pub moved: BTreeMap<i32, usize>,
    /// The group from which it was picked up, by its place in the list.
    pub group: Option<usize>,
    /// The last date of an option.
    pub until: Option<i32>,
    /// The date on which it was decided that the guest is still expected.
    pub kept: Option<i32>,
    /// It was taken out of its reservation by an amendment, or by an undo.
    pub dropped: bool,
    /// Rooms that went to the house when it ended.
    pub gone: BTreeSet<(usize, i32)>,
}

impl Stay {
    pub fn leaves(&self) -> i32 {
        self.freed.unwrap_or(self.to).min(self.to)
    }

    pub fn type_on(&self, night: i32) -> usize {
        *self.moved.get(&night).unwrap_or(&self.room_type)
    }

    fn takes(&self, room_type: usize, night: i32) -> bool {
        let none = [Status::Waiting, Status::Cancelled, Status::NoShow];
        let counts = !none.contains(&self.status);
        let there = self.from <= night && night < self.leaves();
        counts && there && self.type_on(night) == room_type
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub room_type: usize,
    pub from: i32,
    pub to: i32,
    pub rooms: i32,
}

impl Wish {
    pub fn text(&self) -> String {
        format!(
            "{}:{}:{}:{}",
            TYPES[self.room_type], self.from, self.to, self.rooms
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub wishes: Vec<Wish>,
    pub active: bool,
    pub expires: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub room_type: usize,
    pub from: i32,
    pub to: i32,
    pub rooms: i32,
    pub service: bool,
}

/// A group's rooms: which kinds deduct, stretch and are cut off is said again here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub kind: &'static str,
    pub open: bool,
    pub blocks: Vec<Wish>,
    pub cut_off: i32,
    pub shoulder: i32,
    /// Rooms that went to the house because they were given up after the cut-off.
    pub given: BTreeMap<(usize, i32), i32>,
}

impl Group {
    pub fn total(&self, room_type: usize, night: i32) -> i32 {
        let over = self
            .blocks
            .iter()
            .filter(|wish| wish.room_type == room_type && wish.from <= night && night < wish.to);
        let given = self.given.get(&(room_type, night)).copied().unwrap_or(0);
        over.map(|wish| wish.rooms).sum::<i32>() - given
    }
}

/// Conditions of one night of a type, or of the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub stop: bool,
    pub cta: bool,
    pub ctd: bool,
    pub min: i32,
    pub max: i32,
}

/// The house among the types.
pub const HOUSE: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub today: i32,
    pub minute: i32,
    pub physical: BTreeMap<(usize, i32), i32>,
    pub overbooking: BTreeMap<(usize, i32), i32>,
    pub house: BTreeMap<i32, i32>,
    pub stopped: [bool; 3],
    pub stays: Vec<Stay>,
    pub holds: Vec<Hold>,
    pub outages: Vec<Outage>,
    pub groups: Vec<Group>,
    pub rules: BTreeMap<(usize, i32), Rule>,
}

/// Rooms asked for, by night and type.
pub type Demand = BTreeMap<(i32, usize), i32>;

impl Model {
    pub fn new() -> Self {
        let mut model = Self {
            today: 1,
            minute: 0,
            physical: BTreeMap::new(),
            overbooking: BTreeMap::new(),
            house: BTreeMap::new(),
            stopped: [false; 3],
            stays: Vec::new(),
            holds: Vec::new(),
            outages: Vec::new(),
            groups: Vec::new(),
            rules: BTreeMap::new(),
        };
        for night in 1..=NIGHTS {
            for (room_type, (rooms, beyond)) in [(10, 0), (5, 1), (3, 0)].into_iter().enumerate() {
                model.physical.insert((room_type, night), rooms);
                model.overbooking.insert((room_type, night), beyond);
            }
        }
        model
    }

    pub fn sold(&self, room_type: usize, night: i32) -> i32 {
        let takes = |stay: &&Stay| stay.takes(room_type, night);
        i32::try_from(self.stays.iter().filter(takes).count()).unwrap()
    }

    pub fn held(&self, room_type: usize, night: i32) -> i32 {
        let active = self.holds.iter().filter(|hold| hold.active);
        let wishes = active.flat_map(|hold| &hold.wishes);
        let over = wishes
            .filter(|wish| wish.room_type == room_type && wish.from <= night && night < wish.to);
        over.map(|wish| wish.rooms).sum()
    }

    /// Rooms picked up from a group.
    pub fn picked(&self, group: usize, room_type: usize, night: i32) -> i32 {
        let mine = |stay: &&Stay| stay.group == Some(group) && stay.takes(room_type, night);
        i32::try_from(self.stays.iter().filter(mine).count()).unwrap()
    }

    fn keeps(&self, at: usize, room_type: usize, night: i32) -> i32 {
        let group = &self.groups[at];
        if !group.open || group.kind == "tentative" {
            return 0;
        }
        (group.total(room_type, night) - self.picked(at, room_type, night)).max(0)
    }

    pub fn blocked(&self, room_type: usize, night: i32) -> i32 {
        let all = 0..self.groups.len();
        all.map(|at| self.keeps(at, room_type, night)).sum()
    }

    /// What bookings that end give up after the cut-off goes to the house, and not back to the group; what
    /// they take again comes from the house.
    pub fn settle_with_house(&mut self, before: &Self) {
        for at in 0..before.groups.len() {
            if !before.groups[at].open {
                continue;
            }
            let is_late = before.today > before.groups[at].cut_off;
            for night in 1..=NIGHTS {
                for room_type in 0..3 {
                    let was = before.picked(at, room_type, night);
                    let is = self.picked(at, room_type, night);
                    let total = self.groups[at].total(room_type, night);
                    let kept = (total - was).max(0);
                    let mine = |stay: &&Stay| {
                        stay.group == Some(at)
                            && stay.status.is_open()
                            && stay.takes(room_type, night)
                    };
                    let ended = before.stays.iter().filter(mine);
                    let ended = ended.filter(|stay| self.is_over(&stay.key, (room_type, night)));
                    let ended: Vec<_> = ended.map(|stay| stay.key.clone()).collect();
                    let back = self.stays.iter().filter(mine).filter(|stay| {
                        let was = before.stays.iter().find(|was| was.key == stay.key);
                        was.is_some_and(|was| was.gone.contains(&(room_type, night)))
                    });
                    let back = i32::try_from(back.count()).unwrap().min(is - was);
                    let given = i32::try_from(ended.len()).unwrap().min(was - is);
                    let settled = if given > 0 && is_late {
                        total.min(was - given + kept)
                    } else {
                        total + back.max(0)
                    };
                    let fewer = usize::try_from(total - settled).unwrap_or(0);
                    for key in ended.iter().take(fewer) {
                        let stay = self.stays.iter_mut().find(|stay| stay.key == *key).unwrap();
                        stay.gone.insert((room_type, night));
                    }
                    // A group of which nothing changed stays equal to what it was.
                    if settled != total {
                        let given = self.groups[at].given.entry((room_type, night));
                        *given.or_default() += total - settled;
                    }
                }
            }
        }
    }

    /// Whether the stay is over, and takes the night no more.
    fn is_over(&self, key: &(String, u16), (room_type, night): (usize, i32)) -> bool {
        let there = self.stays.iter().find(|stay| stay.key == *key);
        there.is_some_and(|stay| !stay.status.is_open() && !stay.takes(room_type, night))
    }

    /// Whether a new stay breaks a condition.
    pub fn breaks(&self, wish: &Wish) -> bool {
        let rule = |pool, night| self.rules.get(&(pool, night)).copied().unwrap_or_default();
        [wish.room_type, HOUSE].into_iter().any(|pool| {
            let arrival = rule(pool, wish.from);
            let length = wish.to - wish.from;
            let short = length > 0 && length < arrival.min;
            let long = arrival.max > 0 && length > arrival.max;
            let departs = length > 0 && rule(pool, wish.to).ctd;
            let last = wish.to.max(wish.from + 1);
            let stopped = (wish.from..last).any(|night| rule(pool, night).stop);
            arrival.cta || short || long || departs || stopped
        })
    }

    /// Whether something is left to be decided today.
    pub fn has_due(&self) -> bool {
        let today = self.today;
        let due = |stay: &Stay| match stay.status {
            Status::In => stay.to <= today,
            Status::Confirmed => stay.from <= today && stay.kept != Some(today),
            Status::Waiting => stay.from <= today,
            Status::Tentative => {
                stay.from <= today || stay.until.is_some_and(|until| until <= today)
            }
            Status::Out | Status::Cancelled | Status::NoShow => false,
        };
        let cut = |group: &Group| group.open && group.kind != "committed" && group.cut_off <= today;
        self.stays.iter().any(due) || self.groups.iter().any(cut)
    }

    pub fn broken(&self, room_type: usize, night: i32) -> i32 {
        let over = self.outages.iter().filter(|outage| {
            let there = outage.from <= night && night < outage.to;
            !outage.service && outage.room_type == room_type && there
        });
        over.map(|outage| outage.rooms).sum()
    }

    fn left(&self, room_type: usize, night: i32) -> i32 {
        let taken = self.sold(room_type, night) + self.held(room_type, night);
        let taken = taken + self.blocked(room_type, night);
        self.physical[&(room_type, night)] - self.broken(room_type, night) - taken
    }

    /// What the type may sell.
    pub fn available(&self, room_type: usize, night: i32) -> i32 {
        (self.left(room_type, night) + self.overbooking[&(room_type, night)]).max(0)
    }

    /// What the house may sell, where its limit is set.
    pub fn house_available(&self, night: i32) -> Option<i32> {
        let limit = self.house.get(&night)?;
        let left: i32 = (0..3).map(|room_type| self.left(room_type, night)).sum();
        Some((left + limit).max(0))
    }

    /// What `after` takes more than `self`, without what guests in house take as a fact.
    pub fn demand(&self, after: &Self) -> Demand {
        let mut in_house = Vec::new();
        for now in after.stays.iter().filter(|now| now.status == Status::In) {
            let before = self.stays.iter().find(|before| before.key == now.key);
            in_house.extend(
                before
                    .filter(|before| *before != now)
                    .map(|before| (before, now)),
            );
        }
        let mut demand = Demand::new();
        // Of nights that are over nothing is asked any more.
        for night in self.today..=NIGHTS {
            for room_type in 0..3 {
                let taken = |model: &Self| {
                    let people = model.sold(room_type, night) + model.held(room_type, night);
                    people + model.blocked(room_type, night)
                };
                let facts = in_house.iter();
                let facts = facts.filter(|(before, now)| {
                    before.from <= self.today && is_fact(before, now, room_type, night)
                });
                let facts = i32::try_from(facts.count()).unwrap();
                demand.insert((night, room_type), taken(after) - taken(self) - facts);
            }
        }
        demand
    }

    /// The first night that lacks rooms for the demand: type or house, required, available.
    pub fn lacks(&self, demand: &Demand) -> Vec<String> {
        let mut lacking = Vec::new();
        for ((night, room_type), rooms) in demand.iter().filter(|entry| *entry.1 > 0) {
            let available = self.available(*room_type, *night);
            if available < *rooms {
                lacking.push(format!(
                    "{} {night}: {rooms} of {available}",
                    TYPES[*room_type]
                ));
            }
            let all: i32 = (0..3).map(|other| demand[&(*night, other)]).sum();
            if let Some(available) = self.house_available(*night).filter(|rooms| *rooms < all) {
                lacking.push(format!("house {night}: {all} of {available}"));
            }
        }
        lacking
    }
}

/// An in-house guest who stays longer where he is takes the night without asking; who was checked
/// in before the arrival is not in the house.
fn is_fact(before: &Stay, now: &Stay, room_type: usize, night: i32) -> bool {
    let longer = night >= before.leaves() && now.takes(room_type, night);
    let stays_on = before.status.was_in() && now.status == Status::In;
    let his = [before.type_on(night), before.type_on(before.leaves() - 1)];
    stays_on && longer && his.contains(&room_type)
}
