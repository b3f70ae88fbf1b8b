//! Scripts: one command or question a line, and after `=>` what it shall answer. Days are numbers:
//! day 1 is the first business date, `A:1:3:2` two rooms of A for the nights of the days 1 and 2.

use std::fmt::Write as _;

use keyrack_inventory::allotment::{NewAllotment, Terms, TermsChange};
use keyrack_inventory::command::{Detail, DetailsChange, GivenRoom, NewStay, Reserve};
use keyrack_inventory::event::{Party, ReservationMade};
use keyrack_inventory::ids::Numbered;
use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_inventory::stay::Stay;
use keyrack_inventory::{
    AllotmentKind, Cell, Command, Decision, Event, Night, NightRange, Outcome, Pool, Reason,
    ReasonCode, Refusal, ReservationId, ShortNumber, StayReference, Transition,
};
use keyrack_inventory::{cell, decide::Failed};

use super::world::{With, World, code, day, room_type};

/// The hotel of the scripts: 40 open nights of A (10 rooms, the lowest rank), B (5, and 1 beyond)
/// and C (3).
pub fn hotel_of_three() -> World {
    let mut world = World::new(vec![
        room_type("A", 1, 10, 0),
        room_type("B", 2, 5, 1),
        room_type("C", 3, 3, 0),
    ]);
    assert_eq!(answer(&mut world, "open 1..41"), "nights 120");
    world
}

/// Runs one case after the other, each in a hotel of its own, and compares every answer.
pub fn check_all(cases: &[(&str, &str)]) {
    let failed = cases
        .iter()
        .filter_map(|(case, script)| first_difference(case, script));
    let failed: Vec<String> = failed.collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Where a case goes another way than its script says.
fn first_difference(case: &str, script: &str) -> Option<String> {
    let mut world = hotel_of_three();
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (asked, expected) = line.split_once("=>").unwrap_or((line, ""));
        let got = answer(&mut world, asked.trim());
        if got.trim() != expected.trim() {
            return Some(format!("case \"{case}\": {line}\n    but got: {got}"));
        }
    }
    None
}

pub fn night(text: &str) -> Night {
    let iso = text.parse::<Night>();
    iso.unwrap_or_else(|_| day(text.parse().unwrap_or_else(|_| panic!("a day: {text}"))))
}

fn spoken(night: Night) -> String {
    match day(1).nights_until(night) + 1 {
        number @ -4_000..=4_000 => number.to_string(),
        _ => night.to_string(),
    }
}

fn range(text: &str) -> NightRange {
    let (from, to) = text
        .split_once("..")
        .unwrap_or_else(|| panic!("a range: {text}"));
    NightRange::new(night(from), night(to))
}

pub fn stay(text: &str) -> StayRequest {
    let parts: Vec<&str> = text.split(':').collect();
    StayRequest {
        room_type: code(parts[0]),
        arrival: night(parts[1]),
        departure: night(parts[2]),
        rooms: parts.get(3).map_or(1, |rooms| rooms.parse().unwrap()),
    }
}

/// The words of a line: plain ones, and those of the form `name=value`.
struct Words<'a> {
    plain: Vec<&'a str>,
    named: Vec<(&'a str, &'a str)>,
}

impl<'a> Words<'a> {
    fn of(line: &'a str) -> Self {
        let (named, plain): (Vec<&str>, Vec<&str>) =
            line.split_whitespace().partition(|word| word.contains('='));
        let named = named.into_iter().filter_map(|word| word.split_once('='));
        Self {
            plain,
            named: named.collect(),
        }
    }

    fn named(&self, name: &str) -> Option<&'a str> {
        self.named
            .iter()
            .find(|word| word.0 == name)
            .map(|word| word.1)
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.named(name)
            .map(|text| text.parse().ok().expect("a number"))
    }

    fn stays(&self) -> Vec<StayRequest> {
        let stays = self.plain[1..].iter().filter(|word| word.contains(':'));
        stays.map(|text| stay(text)).collect()
    }

    fn has(&self, word: &str) -> bool {
        self.plain.contains(&word)
    }

    fn at(&self, place: usize) -> &'a str {
        self.plain
            .get(place)
            .unwrap_or_else(|| panic!("word {place} of {:?}", self.plain))
    }
}

/// What one line answers in the world.
pub fn answer(world: &mut World, line: &str) -> String {
    let words = Words::of(line);
    if let Some(said) = question(world, &words) {
        return said;
    }
    let command = command(world, &words);
    let with = With {
        if_version: words.number("version"),
        override_given: words.has("override"),
    };
    match world.run(&command, with) {
        Ok(decision) => done(&decision),
        Err(refusal) => {
            speaks(world, &refusal);
            refused(&refusal)
        }
    }
}

/// Every refusal has a sentence, and survives being stored.
fn speaks(world: &World, refusal: &Refusal) {
    let stored = serde_json::to_value(refusal).unwrap();
    assert_eq!(stored["code"], refusal.code());
    assert_eq!(&serde_json::from_value::<Refusal>(stored).unwrap(), refusal);
    for language in keyrack_words::Language::ALL {
        let words = keyrack_words::Words::of(language);
        let said = words.refusal(refusal, world.state.catalogue().unwrap());
        assert!(said.ends_with('.') && said.len() > 10, "{said}");
    }
}

fn transition(word: &str) -> Option<Transition> {
    let snake = word.replace('-', "_");
    Transition::ALL
        .into_iter()
        .find(|step| step.as_str() == snake)
}

fn command(world: &World, words: &Words<'_>) -> Command {
    let first = words.at(0);
    if let Some(command) = of_groups(words) {
        return command;
    }
    if let Some(transition) = transition(first) {
        let ids = words.plain[1..].iter().filter(|word| **word != "override");
        return Command::Transition {
            transition,
            ids: ids.map(|id| id.parse().unwrap()).collect(),
            room: words.named("room").map(|room| room.parse().unwrap()),
            rooms: words.named("rooms").map(rooms).unwrap_or_default(),
            reason: words.named("reason").map(|_| Reason {
                code: ReasonCode::Guest,
                text: None,
            }),
        };
    }
    if let Some(command) = of_rooms(words) {
        return command;
    }
    match first {
        "reserve" => Command::Reserve(reserve(words)),
        "amend" => Command::Amend {
            id: words.at(1).parse().unwrap(),
            stays: words.stays(),
        },
        "split" => Command::Split {
            id: words.at(1).parse().unwrap(),
        },
        "move" => Command::MoveNight {
            id: words.at(1).parse().unwrap(),
            night: night(words.at(2)),
            room_type: code(words.at(3)),
        },
        "room" => Command::GiveRoom {
            id: words.at(1).parse().unwrap(),
            room: words.at(2).parse().unwrap(),
        },
        "details" => {
            let adults = words.number("adults");
            Command::SetDetails {
                id: words.at(1).parse().unwrap(),
                change: DetailsChange {
                    people: adults.map(|adults| Party {
                        adults,
                        children: 0,
                    }),
                    meal: words.named("meal").map(|meal| meal.parse().unwrap()),
                    without: words
                        .named("without")
                        .map(|_| Detail::Meal)
                        .into_iter()
                        .collect(),
                    ..DetailsChange::default()
                },
            }
        }
        "hold" => Command::PlaceHold {
            stays: words.stays(),
            minutes: words.number("minutes").unwrap_or(10),
            reference: None,
        },
        "extend" => Command::ExtendHold {
            id: words.at(1).parse().unwrap(),
            minutes: words.number("minutes").unwrap_or(10),
        },
        "convert" => Command::ConvertHold {
            id: words.at(1).parse().unwrap(),
            details: BookingDetails::default(),
        },
        "release" => Command::ReleaseHold {
            id: words.at(1).parse().unwrap(),
        },
        "sweep" => Command::SweepHolds { holds: Vec::new() },
        "outage" => {
            let wish = stay(words.at(1));
            Command::AddOutage {
                room_type: wish.room_type,
                from: wish.arrival,
                back_on: wish.departure,
                rooms: wish.rooms,
                service: words.has("service"),
                reason: None,
                room: words.named("room").map(|room| room.parse().unwrap()),
            }
        }
        "end" => Command::EndOutage {
            id: words.at(1).parse().unwrap(),
            on: words.named("on").map(night),
        },
        // `undo -2` names the last command but one.
        "undo" => Command::Undo {
            command: words
                .plain
                .get(1)
                .filter(|word| **word != "override")
                .map(|back| {
                    let back = back.trim_start_matches('-').parse::<usize>().unwrap();
                    world.log[world.log.len() - back].id
                }),
        },
        other => panic!("no such command: {other}"),
    }
}

/// `A1/1:12,A1/2:13`.
fn rooms(given: &str) -> Vec<GivenRoom> {
    let given = given.split(',').map(|each| each.split_once(':').unwrap());
    let given = given.map(|(id, room)| GivenRoom {
        id: id.parse().unwrap(),
        room: room.parse().unwrap(),
    });
    given.collect()
}

fn reserve(words: &Words<'_>) -> Reserve {
    Reserve {
        stays: new_stays(words),
        details: BookingDetails {
            adults: 2,
            ..BookingDetails::default()
        },
        tentative: words.has("tentative"),
        option_until: words.named("until").map(night),
        hold: words.named("hold").map(|hold| hold.parse().unwrap()),
        allotment: words.named("group").map(|group| group.parse().unwrap()),
        walk_in: words.has("walk-in"),
        room: words.named("room").map(|room| room.parse().unwrap()),
        waitlist: words.has("waiting"),
    }
}

/// Groups, the waitlist and the end of day.
fn of_groups(words: &Words<'_>) -> Option<Command> {
    let ids = || -> Vec<StayReference> {
        let ids = words.plain[1..].iter().filter(|word| **word != "override");
        ids.map(|id| id.parse().unwrap()).collect()
    };
    let cut_off = words.named("cutoff").map(night);
    let found = match words.at(0) {
        "group" => Command::OpenAllotment(NewAllotment {
            name: None,
            allotment_kind: AllotmentKind::from_word(words.at(1)).expect("a kind"),
            terms: Terms {
                blocks: words.stays(),
                cut_off,
                shoulder: words.number("shoulder").unwrap_or(0),
            },
        }),
        "resize" => Command::ChangeAllotment {
            id: words.at(1).parse().unwrap(),
            change: TermsChange {
                blocks: Some(words.stays()).filter(|blocks| !blocks.is_empty()),
                cut_off,
                shoulder: words.number("shoulder"),
            },
        },
        "let-go" | "cut-off" => Command::ReleaseAllotment {
            id: words.at(1).parse().unwrap(),
            cut_off: words.at(0) == "cut-off",
        },
        "cancel-group" => Command::CancelAllotment {
            id: words.at(1).parse().unwrap(),
        },
        "return" => Command::ReturnPickUp {
            ids: ids(),
            reason: None,
        },
        "offer" => Command::OfferWaitlist {
            id: words.plain.get(1).map(|id| id.parse().unwrap()),
            option_until: words.named("until").map(night),
        },
        "leave" => Command::LeaveWaitlist {
            ids: ids(),
            reason: None,
        },
        "keep" => Command::KeepArrivals { ids: ids() },
        "close" => Command::CloseDay {
            without: Vec::new(),
            date: night(words.at(1)),
        },
        _ => return None,
    };
    Some(found)
}

fn restrictions(words: &Words<'_>) -> RestrictionChange {
    let switch = |name| words.named(name).map(|word| word == "on");
    RestrictionChange {
        stop_sell: switch("stop"),
        closed_to_arrival: switch("cta"),
        closed_to_departure: switch("ctd"),
        min_stay: words.number("min"),
        max_stay: words.number("max"),
    }
}

/// Where a group stands, and for each of its nights what it has and what is picked up.
fn group(world: &World, number: &str) -> String {
    let mut all = world.state.all_allotments();
    let found = all.find(|one| one.number.as_str() == number).unwrap();
    let mut nights = found.terms.totals();
    for key in found.picked_up.keys() {
        nights.entry(*key).or_default();
    }
    let mut said = found.status.as_str().to_owned();
    for ((code, night), total) in nights {
        let picked = found.picked(code, night);
        write!(said, " {code}{}={picked}/{total}", spoken(night)).unwrap();
    }
    said
}

fn new_stays(words: &Words<'_>) -> Vec<NewStay> {
    let new = |request| NewStay {
        request,
        price: words.number("price"),
        cost: words.number("cost"),
        assigned: words.named("assigned").map(code),
    };
    words.stays().into_iter().map(new).collect()
}

fn of_rooms(words: &Words<'_>) -> Option<Command> {
    let found = match words.at(0) {
        "open" => {
            let NightRange { from, to } = range(words.at(1));
            Command::OpenNights { from, to }
        }
        "date" => Command::SetBusinessDate {
            date: night(words.at(1)),
        },
        "limit" => {
            let NightRange { from, to } = range(words.at(2));
            Command::SetLimits {
                room_type: Some(words.at(1)).filter(|word| *word != "house").map(code),
                from,
                to,
                overbooking: words.number("overbooking"),
                no_overbooking: words.has("unlimited"),
                physical: words.number("physical"),
                restrictions: restrictions(words),
            }
        }
        "add" => Command::AddRoomType {
            code: code(words.at(1)),
            name: words.at(1).parse().unwrap(),
            rank: words.number("rank"),
            rooms: words.number("rooms").unwrap_or(4),
            overbooking: words.number("overbooking").unwrap_or(0),
        },
        "rename" => Command::RenameRoomType {
            code: code(words.at(1)),
            name: words.at(2).parse().unwrap(),
        },
        "rank" => Command::RankRoomType {
            code: code(words.at(1)),
            rank: words.at(2).parse().unwrap(),
        },
        "sell" => Command::SellRoomType {
            code: code(words.at(1)),
        },
        "stop" => Command::StopRoomType {
            code: code(words.at(1)),
        },
        "retire" => Command::RetireRoomType {
            code: code(words.at(1)),
            from: Some(night(words.at(2))),
        },
        "reactivate" => Command::ReactivateRoomType {
            code: code(words.at(1)),
        },
        "init" => Command::OpenProperty {
            property: super::world::hotel(),
            room_types: words.plain[1..]
                .iter()
                .map(|text| room_type(text, 1, words.number("rooms").unwrap_or(5), 0))
                .collect(),
        },
        _ => return None,
    };
    Some(found)
}

/// Questions, which change nothing but the clock.
fn question(world: &mut World, words: &Words<'_>) -> Option<String> {
    let of_cells = |of: fn(&Cell) -> i64| {
        let said = range(words.at(2)).iter().map(|night| match words.at(1) {
            "house" => {
                let types = &world.state.catalogue().unwrap().room_types;
                let cells = types
                    .iter()
                    .filter_map(|one| world.state.loaded_cell(one.code, night));
                of(&cell::house(
                    cells.copied(),
                    world.state.loaded_house_limit(night),
                ))
                .to_string()
            }
            name => match world.state.loaded_cell(code(name), night) {
                Some(cell) => of(cell).to_string(),
                None => "closed".to_owned(),
            },
        });
        said.collect::<Vec<_>>().join(" ")
    };
    let said = match words.at(0) {
        "wait" => {
            world.now = world.now.plus_minutes(words.at(1).parse().unwrap());
            String::new()
        }
        "desk" => {
            world.sit_down_at(words.at(1));
            String::new()
        }
        "made" => made(world, words),
        "sold" => of_cells(|cell| cell.sold.into()),
        "group?" => group(world, words.at(1)),
        "blocked" => of_cells(|cell| cell.blocked.into()),
        "bits" => of_cells(|cell| cell.restrictions.bits().into()),
        "held" => of_cells(|cell| cell.held.into()),
        "broken" => of_cells(|cell| cell.out_of_order.into()),
        "physical" => of_cells(|cell| cell.physical.into()),
        "overbooking" => of_cells(|cell| cell.overbooking.into()),
        "left" => of_cells(|cell| cell.rooms_left().into()),
        "free" => of_cells(|cell| cell.free().into()),
        "available" => of_cells(|cell| cell.available().into()),
        "versions" => of_cells(|cell| cell.version),
        "stays" => stays(world, words.at(1)),
        "life" => {
            let found = world
                .state
                .catalogue()
                .unwrap()
                .room_type(code(words.at(1)));
            let found = found.unwrap();
            format!("{} {} {}", found.name, found.rank, found.life.as_str())
        }
        "hold?" => {
            let found = world
                .state
                .all_holds()
                .find(|hold| hold.number.as_str() == words.at(1));
            found.unwrap().status.as_str().to_owned()
        }
        "version" => {
            let number = words.at(1);
            let mut all = world.state.all_reservations();
            let found = all.find(|one| one.number.as_str() == number);
            found.unwrap().version.to_string()
        }
        "events" => {
            let last = world.log.last().unwrap();
            let names = last.events.iter().map(|event| event.event_type());
            names.collect::<Vec<_>>().join(" ")
        }
        _ => return None,
    };
    Some(said)
}

/// A reservation in a status that no command of today gives.
fn made(world: &mut World, words: &Words<'_>) -> String {
    let counter = world.state.counters().reservation + 1;
    let number = ShortNumber::new("A", Numbered::Reservation, counter);
    let request = words.stays()[0];
    let stay = serde_json::json!({
        "stay": 1, "room_type": request.room_type, "status": words.at(1),
        "arrival": request.arrival, "departure": request.departure,
    });
    world.happen(&Event::ReservationMade(ReservationMade {
        reservation: ReservationId(uuid::Uuid::from_u128(counter.into())),
        number: number.clone(),
        details: BookingDetails::default(),
        stays: vec![serde_json::from_value(stay).unwrap()],
        hold: None,
        split_from: None,
    }));
    number.to_string()
}

fn stays(world: &World, number: &str) -> String {
    let mut all = world.state.all_reservations();
    let found = all.find(|one| one.number.as_str() == number).unwrap();
    found
        .stays
        .iter()
        .map(one_stay)
        .collect::<Vec<_>>()
        .join(", ")
}

fn one_stay(stay: &Stay) -> String {
    let mut said = format!(
        "{} {}:{}:{} {}",
        stay.stay,
        stay.room_type,
        spoken(stay.arrival),
        spoken(stay.departure),
        stay.status.as_str()
    );
    for moved in &stay.moved {
        write!(said, " {}={}", spoken(moved.night), moved.room_type).unwrap();
    }
    for (name, date) in [
        ("until", stay.option_until),
        ("freed", stay.freed_from),
        ("kept", stay.kept_on),
    ] {
        if let Some(date) = date {
            write!(said, " {name} {}", spoken(date)).unwrap();
        }
    }
    if let Some(room) = &stay.room {
        write!(said, " room {room}").unwrap();
    }
    said
}

fn done(decision: &Decision) -> String {
    let said = match &decision.outcome {
        Outcome::Done => "done".to_owned(),
        Outcome::Nights { opened } => format!("nights {opened}"),
        Outcome::Reservation { number, .. }
        | Outcome::Hold { number, .. }
        | Outcome::Allotment { number, .. }
        | Outcome::Outage { number, .. } => number.to_string(),
        Outcome::Day {
            business_date,
            opened,
        } => format!("day {} nights {opened}", spoken(*business_date)),
        Outcome::RoomType { code } => code.to_string(),
        Outcome::Batch { done, failed } => {
            let one = |one: &Failed| format!("{}: {}", one.id, refused(&one.error));
            let failed = failed.iter().map(one).collect::<Vec<_>>().join("; ");
            format!("done {}; failed {failed}", done.join(" "))
        }
        Outcome::Swept { holds } => format!("swept {holds}"),
        Outcome::Undone { kind, .. } => format!("undone {kind}"),
        Outcome::Asked => "asked".to_owned(),
    };
    let silent = matches!(
        decision.outcome,
        Outcome::Batch { .. } | Outcome::Swept { .. }
    );
    if decision.events.is_empty() && !silent {
        format!("{said}, unchanged")
    } else {
        said
    }
}

/// A refusal's code and facts.
pub fn refused(refusal: &Refusal) -> String {
    let facts = match refusal {
        Refusal::NoAvailability {
            room_type,
            night,
            required,
            available,
            alternatives,
            ..
        } => {
            let pool = match room_type {
                Pool::RoomType(code) => code.to_string(),
                Pool::House => "house".to_owned(),
            };
            let mut said = format!("{pool} {}: {required} of {available}", spoken(*night));
            for other in alternatives {
                let (arrival, departure) = (spoken(other.arrival), spoken(other.departure));
                let (code, rooms) = (other.room_type, other.available);
                let over = match other.overbooked {
                    0 => String::new(),
                    over => format!("-{over}"),
                };
                write!(said, " {code}:{arrival}:{departure}({rooms}{over})").unwrap();
            }
            said
        }
        Refusal::Restricted {
            restriction,
            room_type,
            night,
            nights,
        } => {
            let word = serde_json::to_value(restriction).unwrap();
            let length = nights.map_or_else(String::new, |nights| format!(" {nights}"));
            let word = word.as_str().unwrap();
            format!("{word} {room_type} {}{length}", spoken(*night))
        }
        Refusal::AllotmentExhausted {
            room_type,
            night,
            required,
            total,
            picked_up,
            ..
        } => {
            let night = spoken(*night);
            format!("{room_type} {night}: {required} of {total} less {picked_up}")
        }
        Refusal::Undecided { date, by, count } => {
            format!("{} {count}: {}", spoken(*date), by.join(" "))
        }
        Refusal::DesksMissing { date, desks } => format!("{} {}", spoken(*date), desks.join(" ")),
        Refusal::TooEarly { date, local_date } => {
            format!("{} is {}", spoken(*date), spoken(*local_date))
        }
        Refusal::WrongBusinessDate {
            date,
            business_date,
        } => format!("{} is {}", spoken(*date), spoken(*business_date)),
        Refusal::UnknownRoomType { id }
        | Refusal::UnknownReservation { id }
        | Refusal::UnknownStay { id }
        | Refusal::UnknownHold { id }
        | Refusal::UnknownOutage { id }
        | Refusal::UnknownAllotment { id }
        | Refusal::UnknownCommand { id } => id.clone(),
        Refusal::InvalidStay { why, night, .. } => {
            let word = serde_json::to_value(why).unwrap();
            let word = word.as_str().unwrap().to_owned();
            night.map_or(word.clone(), |night| format!("{word} {}", spoken(night)))
        }
        Refusal::IllegalTransition {
            from,
            to,
            allowed,
            arrival,
            ..
        } => {
            let before =
                arrival.map_or(String::new(), |night| format!(" before {}", spoken(night)));
            format!("{from} to {to} [{}]{before}", allowed.join(" "))
        }
        Refusal::HoldOfAnotherDesk { id, desk } => format!("{id} {desk}"),
        Refusal::HoldExpired { id, .. } => id.clone(),
        Refusal::AlreadyReleased { id, status } => format!("{id} {status}"),
        Refusal::Stale { seen, now } => format!("{seen} {now}"),
        Refusal::IdempotencyConflict { id } => id.to_string(),
        Refusal::RoomOccupied { room, id } => format!("{room} {id}"),
        Refusal::OutageExceedsPhysical {
            night,
            physical,
            out_of_order,
            out_of_service,
        } => {
            let out = out_of_order + out_of_service;
            let service = if *out_of_service > 0 {
                " in service"
            } else {
                ""
            };
            format!("{}: {out} of {physical}{service}", spoken(*night))
        }
        Refusal::RoomTypeInUse {
            room_type,
            by,
            count,
        } => {
            format!("{room_type} {count}: {}", by.join(" "))
        }
        Refusal::DuplicateRoomType { room_type } => room_type.to_string(),
        Refusal::AlreadyInitialised { property } => property.clone(),
        Refusal::CannotUndo { why, .. } => serde_json::to_value(why)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned(),
    };
    format!("{} {facts}", refusal.code())
}
