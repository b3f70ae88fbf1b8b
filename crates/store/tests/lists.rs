//! Lists: whatever is asked, in whatever order, page by page, is what a naive look at every
//! reservation gives; and every statement goes through indexes (the reader asserts that itself in
//! builds for tests, so that asking is enough).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::model::{BookingDetails, Property, Reservation, RoomType, RoomTypeStatus};
use keyrack_inventory::{Command, CommandId, Instant, Night, NightRange, StayStatus, Transition};
use keyrack_store::{
    AuditFilter, Creation, Envelope, EventFilter, ReservationFilter, ReservationSort, Store,
};
use uuid::Uuid;

const START: &str = "2026-06-01";

fn day(number: i32) -> Night {
    START.parse::<Night>().unwrap().plus(number)
}

fn instant(minute: i64) -> Instant {
    let start: Instant = "2026-06-01T06:00:00Z".parse().unwrap();
    Instant::from_millis(start.millis() + minute * 60_000)
}

fn envelope(command: Command, minute: i64) -> Envelope {
    let id = Uuid::now_v7();
    Envelope {
        command_id: CommandId(id),
        request_hash: [1; 32],
        request_id: id,
        actor: ["Iris", "Rosa"][usize::from(minute % 3 == 0)].to_owned(),
        now: instant(minute),
        if_version: None,
        override_text: None,
        command,
        reason: None,
        causation: None,
        gives_back: false,
        guests: Vec::new(),
        texts: Vec::new(),
    }
}

/// Numbers that look random, and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % most
    }

    fn days(&mut self, most: u64) -> i32 {
        i32::try_from(self.below(most)).unwrap()
    }
}

fn room_type(code: &str, rank: u32) -> RoomType {
    RoomType {
        code: code.parse().unwrap(),
        name: code.parse().unwrap(),
        rank,
        rooms: 1_000,
        overbooking: 0,
        life: RoomTypeStatus::OnSale,
    }
}

/// A hundred and more reservations of every kind and status.
fn lived_in(path: &Path) -> Store {
    let store = Store::open(path, Creation::Create, Duration::from_secs(5)).unwrap();
    let property = Property {
        code: "H1".parse().unwrap(),
        name: "Hotel".parse().unwrap(),
        time_zone: "Europe/Lisbon".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        business_date: day(0),
        tentative_takes_none: false,
    };
    let mut chance = Chance(7);
    let done = |command: Command, minute: i64| {
        let applied = store.apply(&envelope(command, minute)).unwrap();
        applied
            .result
            .unwrap_or_else(|refusal| panic!("{refusal:?}"))
    };
    done(
        Command::OpenProperty {
            property,
            room_types: vec![room_type("A", 0), room_type("B", 1)],
        },
        0,
    );
    done(
        Command::OpenNights {
            from: day(0),
            to: day(400),
        },
        0,
    );
    for at in 0..130_i64 {
        let stays: Vec<NewStay> = (0..=chance.below(3))
            .map(|_| {
                // Some of one reservation lie further apart than the longest stay.
                let far = if chance.below(12) == 0 { 330 } else { 20 };
                let arrival = if chance.below(4) == 0 {
                    0
                } else {
                    chance.days(far)
                };
                NewStay {
                    cost: None,
                    request: StayRequest {
                        room_type: if chance.below(2) == 0 { "A" } else { "B" }
                            .parse()
                            .unwrap(),
                        arrival: day(arrival),
                        departure: day(arrival + 1 + chance.days(6)),
                        rooms: 1,
                    },
                    price: (chance.below(5) > 0)
                        .then(|| i64::try_from(chance.below(4)).unwrap() * 5_000),
                    assigned: None,
                }
            })
            .collect();
        let tentative = chance.below(5) == 0;
        let reserve = Reserve {
            stays,
            details: BookingDetails::default(),
            tentative,
            ..Reserve::default()
        };
        // Several of a minute: the number alone tells them apart.
        done(Command::Reserve(reserve), 1 + at / 4);
    }
    let steps = [
        (Transition::CheckIn, 7),
        (Transition::Cancel, 5),
        (Transition::NoShow, 6),
        (Transition::CheckOut, 2),
    ];
    for (transition, one_in) in steps {
        let ids = (1..=130).filter(|_| chance.below(one_in) == 0);
        let ids = ids
            .map(|number| format!("A{number}").parse().unwrap())
            .collect();
        // Those that cannot take the step are refused one by one.
        let command = Command::Transition {
            transition,
            ids,
            room: None,
            rooms: Vec::new(),
            reason: None,
        };
        store.apply(&envelope(command, 50)).unwrap();
    }
    for (at, minutes) in [(1, 5), (4, 60), (8, 30)] {
        let stays = vec![StayRequest {
            room_type: "A".parse().unwrap(),
            arrival: day(at),
            departure: day(at + 2),
            rooms: 2,
        }];
        let command = Command::PlaceHold {
            stays,
            minutes,
            reference: None,
        };
        done(command, 60);
        let (from, back_on) = (day(9 - at), day(12));
        let room_type = "B".parse().unwrap();
        let (rooms, service, reason, room) = (1, at == 4, None, None);
        let command = Command::AddOutage {
            room_type,
            from,
            back_on,
            rooms,
            service,
            reason,
            room,
        };
        done(command, 61);
    }
    store
}

fn matches(filter: &ReservationFilter, one: &Reservation) -> bool {
    let any = |test: &dyn Fn(&keyrack_inventory::Stay) -> bool| one.stays.iter().any(test);
    let total = total(one);
    let touches = |stay: &keyrack_inventory::Stay| {
        let leaves = stay.leaves_on();
        filter
            .from
            .is_none_or(|from| leaves > from || (leaves == stay.arrival && stay.arrival >= from))
            && filter.to.is_none_or(|to| stay.arrival < to)
    };
    any(&touches)
        && filter
            .arriving
            .is_none_or(|date| any(&|stay| stay.arrival == date))
        && filter
            .departing
            .is_none_or(|date| any(&|stay| stay.leaves_on() == date))
        && (!filter.in_house || any(&|stay| stay.status == StayStatus::CheckedIn))
        && filter.status.is_none_or(|status| one.status() == status)
        && filter.min_total.is_none_or(|least| total >= least)
        && filter.max_total.is_none_or(|most| total <= most)
}

fn total(one: &Reservation) -> i64 {
    let price =
        |stay: &keyrack_inventory::Stay| stay.price.unwrap_or(0) * i64::from(stay.nights().len());
    let gone = [StayStatus::Cancelled, StayStatus::NoShow];
    let charged = one.stays.iter().filter(|stay| !gone.contains(&stay.status));
    charged.map(price).sum()
}

fn sort(by: ReservationSort, found: &mut [&Reservation]) {
    let count = |one: &Reservation| one.number.count();
    match by {
        ReservationSort::Newest => {
            found.sort_by_key(|one| Reverse((one.created_at, count(one))));
        }
        ReservationSort::HighestValue => found.sort_by_key(|one| Reverse((total(one), count(one)))),
        ReservationSort::Arrival => {
            found.sort_by_key(|one| (one.stays.iter().map(|stay| stay.arrival).min(), count(one)));
        }
    }
}

const SORTS: [ReservationSort; 3] = [
    ReservationSort::Newest,
    ReservationSort::HighestValue,
    ReservationSort::Arrival,
];

/// Every filter with and without every other one.
fn filters() -> Vec<ReservationFilter> {
    let mut all = vec![ReservationFilter::default()];
    let each: [&dyn Fn(&mut ReservationFilter); 8] = [
        &|filter| filter.from = Some(day(5)),
        &|filter| filter.to = Some(day(9)),
        &|filter| filter.arriving = Some(day(0)),
        &|filter| filter.departing = Some(day(3)),
        &|filter| filter.in_house = true,
        &|filter| filter.min_total = Some(10_000),
        &|filter| filter.max_total = Some(60_000),
        &|filter| filter.from = Some(day(300)),
    ];
    for narrow in each {
        for mut filter in all.clone() {
            narrow(&mut filter);
            all.push(filter);
        }
    }
    let statuses = StayStatus::ALL.into_iter().map(Some).chain([None]);
    let of = |status| {
        let with = move |filter: &ReservationFilter| ReservationFilter {
            status,
            ..filter.clone()
        };
        all.iter().map(with).collect::<Vec<_>>()
    };
    statuses.flat_map(of).collect()
}

#[test]
fn every_filter_in_every_order_gives_page_by_page_what_a_naive_look_gives() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let everything = ReservationFilter {
        limit: 1_000,
        ..Default::default()
    };
    let all = store.read(|reader| {
        let ids = reader.reservations(&everything)?.ids;
        reader.reservations_by_id(&ids)
    });
    let all = all.unwrap();
    assert_eq!(all.len(), 130);
    let mut found_some = 0;
    store
        .read(|reader| {
            for mut filter in filters() {
                for by in SORTS {
                    filter.sort = by;
                    let mut expected: Vec<_> =
                        all.iter().filter(|one| matches(&filter, one)).collect();
                    sort(by, &mut expected);
                    found_some += u32::from(!expected.is_empty());
                    let expected: Vec<_> = expected.iter().map(|one| one.id).collect();
                    let mut listed = Vec::new();
                    filter.limit = 7;
                    filter.cursor = None;
                    loop {
                        assert!(filter.goes_on(), "{filter:?}");
                        let page = reader.reservations(&filter)?;
                        assert!(page.ids.len() <= 7);
                        listed.extend(page.ids);
                        filter.cursor = page.next;
                        if filter.cursor.is_none() {
                            break;
                        }
                    }
                    assert_eq!(listed, expected, "{filter:?}");
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(found_some > 1_000, "{found_some} of the lists have a row");
}

#[test]
fn a_cursor_belongs_to_its_filter_and_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let filter = ReservationFilter {
        limit: 5,
        from: Some(day(2)),
        ..Default::default()
    };
    let page = store.read(|reader| reader.reservations(&filter)).unwrap();
    let cursor = page.next;
    assert!(cursor.is_some());
    let same = ReservationFilter {
        cursor: cursor.clone(),
        limit: 50,
        ..filter.clone()
    };
    assert!(same.goes_on(), "the length of a page may change");
    for other in [
        ReservationFilter {
            from: Some(day(3)),
            ..same.clone()
        },
        ReservationFilter {
            sort: ReservationSort::Arrival,
            ..same.clone()
        },
        ReservationFilter {
            in_house: true,
            ..same.clone()
        },
        ReservationFilter {
            cursor: Some("12.A3".to_owned()),
            ..same.clone()
        },
        ReservationFilter {
            cursor: Some(String::new()),
            ..same.clone()
        },
        ReservationFilter {
            cursor: cursor.map(|cursor| cursor[1..].to_owned()),
            ..same
        },
    ] {
        assert!(!other.goes_on(), "{other:?}");
    }
}

#[test]
fn events_are_found_by_type_actor_and_number() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let listed = |filter: EventFilter| {
        let mut found = Vec::new();
        let read = store.read(|reader| {
            reader.events(&filter, |entry| {
                found.push((entry.seq, entry.event.event_type().to_owned(), entry.actor));
                Ok(ControlFlow::Continue(()))
            })
        });
        read.unwrap();
        found
    };
    let all = listed(EventFilter::default());
    assert!(all.len() > 150);
    for event_type in [
        None,
        Some("reservation_made"),
        Some("hold_placed"),
        Some("nothing"),
    ] {
        for actor in [None, Some("Iris"), Some("Rosa"), Some("Nobody")] {
            for since in [0, 1, 17, 90, 100_000] {
                for limit in [None, Some(1), Some(40)] {
                    let expected = all.iter().filter(|(seq, of, by)| {
                        *seq > since
                            && event_type.is_none_or(|wanted| wanted == of)
                            && actor.is_none_or(|wanted| wanted == by)
                    });
                    let most = limit.map_or(usize::MAX, |limit| limit as usize);
                    let expected: Vec<_> = expected.take(most).cloned().collect();
                    let filter = EventFilter {
                        since,
                        event_type: event_type.map(str::to_owned),
                        actor: actor.map(str::to_owned),
                        limit,
                    };
                    assert_eq!(listed(filter.clone()), expected, "{filter:?}");
                }
            }
        }
    }
}

#[test]
fn the_trail_is_found_by_object_actor_action_and_time_and_goes_on_from_its_last_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let listed = |filter: &AuditFilter| {
        let mut found = Vec::new();
        let read = store.read(|reader| {
            reader.audit(filter, |entry| {
                found.push(entry);
                Ok(ControlFlow::Continue(()))
            })
        });
        read.unwrap();
        found
    };
    let all = listed(&AuditFilter::default());
    assert_eq!(all.len(), 2 + 130 + 4 + 6);
    assert!(all.iter().all(|row| row.accepted && !row.events.is_empty()));
    let some = |word: &str| Some(word.to_owned());
    for object in [None, some("A7"), some("A-H1"), some("nothing")] {
        for actor in [None, some("Iris"), some("Nobody")] {
            for action in [None, some("reserve"), some("cancel")] {
                for ((from, to), newest_first) in
                    [(None, None), (Some(9), Some(30)), (Some(49), None)]
                        .into_iter()
                        .flat_map(|span| [(span, false), (span, true)])
                {
                    let mut filter = AuditFilter {
                        object: object.clone(),
                        actor: actor.clone(),
                        action: action.clone(),
                        from: from.map(instant),
                        to: to.map(instant),
                        limit: Some(11),
                        newest_first,
                        ..AuditFilter::default()
                    };
                    let expected = all.iter().filter(|row| {
                        object.as_ref().is_none_or(|object| row.object == *object)
                            && actor.as_ref().is_none_or(|actor| row.actor == *actor)
                            && action.as_ref().is_none_or(|action| row.what == *action)
                            && from.is_none_or(|from| row.instant >= instant(from))
                            && to.is_none_or(|to| row.instant < instant(to))
                    });
                    let mut expected: Vec<_> = expected.cloned().collect();
                    // The clock of the file was set back once: a span is in the order of the clock.
                    if object.is_none() && (from.is_some() || to.is_some()) {
                        expected.sort_by_key(|row| (row.instant, row.seq));
                    }
                    if newest_first {
                        expected.reverse();
                    }
                    let mut found = Vec::new();
                    loop {
                        let page = listed(&filter);
                        assert!(page.len() <= 11);
                        let Some(last) = page.last() else { break };
                        filter.after = last.seq;
                        found.extend(page);
                    }
                    assert_eq!(found, expected, "{filter:?}");
                }
            }
        }
    }
}

#[test]
fn what_lists_are_found_by_is_checked_and_written_anew_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lists.db");
    let store = lived_in(&path);
    assert!(store.verify().unwrap().ok);
    let dump = || {
        let connection = rusqlite::Connection::open(&path).unwrap();
        let mut text = String::new();
        for table in [
            "cell",
            "house_limit",
            "reservation",
            "stay",
            "moved_night",
            "hold",
            "hold_stay",
            "outage",
            "room_type",
            "cell_event",
            "reservation_event",
            "hold_event",
            "outage_event",
            "undone",
        ] {
            let mut statement = connection
                .prepare(&format!("SELECT * FROM {table}"))
                .unwrap();
            let columns = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let cells = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
                text.push_str(&format!(
                    "{table} {}\n",
                    cells.collect::<Vec<_>>().join(" ")
                ));
            }
        }
        text
    };
    let before = dump();
    store.rebuild().unwrap();
    assert_eq!(dump(), before);
    for (sql, names) in [
        (
            "UPDATE reservation SET serial = 900 WHERE number = 'A7'",
            "reservation A7, as it is listed",
        ),
        (
            "UPDATE reservation SET total = total + 1 WHERE number = 'A7'",
            "reservation A7, as it is listed",
        ),
        (
            "UPDATE reservation SET first_arrival = 0 WHERE number = 'A7'",
            "reservation A7, as it is listed",
        ),
        (
            "UPDATE reservation SET last_leaving = 0 WHERE number = 'A7'",
            "reservation A7, as it is listed",
        ),
        (
            "DELETE FROM hold_event WHERE event = (SELECT max(event) FROM hold_event)",
            "hold A-H3 went",
        ),
        ("DELETE FROM outage_event", "outage A-O1 went"),
        (
            "INSERT INTO outage_event SELECT outage, 1 FROM outage_event LIMIT 1",
            "rows of outage_event",
        ),
    ] {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(sql).unwrap();
        let found = store.verify().unwrap();
        let said = found.checks.iter().flat_map(|check| &check.differences);
        assert!(
            said.clone().any(|said| said.contains(names)),
            "{sql}: {found:?}"
        );
        store.rebuild().unwrap();
        assert_eq!(dump(), before, "{sql}");
    }
}

#[test]
fn what_was_sold_when_a_date_began_is_what_was_counted_then() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let nights = NightRange::new(day(0), day(60));
    let sold = || {
        let mut all = vec![0; 60];
        let read = store.read(|reader| {
            for code in ["A", "B"] {
                reader.each_cell(code.parse().unwrap(), nights, |night, cell| {
                    all[usize::try_from(day(0).nights_until(night)).unwrap()] += cell.sold;
                })?;
            }
            Ok(())
        });
        read.unwrap();
        all
    };
    let began = |date| store.read(|reader| reader.began(date)).unwrap();
    assert_eq!(
        began(day(0)),
        None,
        "nothing is known before the first date"
    );
    let date = |number: i32, minute| {
        let command = Command::SetBusinessDate { date: day(number) };
        let applied = store.apply(&envelope(command, minute)).unwrap();
        applied.result.unwrap();
    };
    let mut before = Vec::new();
    let mut chance = Chance(11);
    for (number, minute) in [(1, 70), (2, 71), (5, 72)] {
        before.push((number, sold()));
        date(number, minute);
        let ids = (1..=130).filter(|_| chance.below(9) == 0);
        let ids = ids.map(|number| format!("A{number}").parse().unwrap());
        let command = Command::Transition {
            transition: Transition::Cancel,
            ids: ids.collect(),
            room: None,
            rooms: Vec::new(),
            reason: None,
        };
        store.apply(&envelope(command, minute)).unwrap();
    }
    let now = sold();
    assert_ne!(now, before[2].1, "something was cancelled on the last date");
    for (number, then) in before {
        let began = began(day(number)).unwrap();
        let grown = store.read(|reader| reader.sold_since(nights, began));
        let back: Vec<i32> = now
            .iter()
            .zip(grown.unwrap())
            .map(|(now, by)| now - by)
            .collect();
        assert_eq!(back, then, "as date {number} began");
    }
    assert_eq!(
        began(day(4)),
        began(day(5)),
        "a date that was skipped began with the next"
    );
    assert_eq!(began(day(6)), None, "no date begins before it comes");
}

#[test]
fn the_arrivals_of_a_date_are_counted_as_they_are_listed_with_those_who_are_late() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("lists.db"));
    let counted = || {
        store
            .read(|reader| reader.days(NightRange::new(day(-3), day(40))))
            .unwrap()
    };
    let before = counted();
    let due = store.read(|reader| reader.arrivals(day(0))).unwrap();
    let due = due
        .iter()
        .filter(|entry| entry.stay.status == StayStatus::Confirmed);
    let ids = due.map(|entry| {
        let stay = format!("{}/{}", entry.number, entry.stay.stay);
        stay.parse().unwrap()
    });
    let keep = Command::KeepArrivals { ids: ids.collect() };
    let kept = store.apply(&envelope(keep, 70)).unwrap();
    assert!(kept.result.is_ok(), "{:?}", kept.result);
    let after = counted();
    assert!(after[4].arrivals > before[4].arrivals, "some are late");
    let takes_a_room = |status| {
        matches!(
            status,
            StayStatus::Tentative
                | StayStatus::Confirmed
                | StayStatus::CheckedIn
                | StayStatus::CheckedOut
        )
    };
    for (number, counts) in (-3..).zip(&after) {
        let listed = store.read(|reader| reader.arrivals(day(number))).unwrap();
        let listed = listed
            .iter()
            .filter(|entry| takes_a_room(entry.stay.status));
        assert_eq!(listed.count() as i32, counts.arrivals, "day {number}");
    }
}

#[test]
fn a_check_tells_how_far_it_is_and_one_that_is_stopped_says_nothing_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(&folder.path().join("hotel.keyrack"));

    let mut told = Vec::new();
    let found = store.verify_heard(|done, total| {
        told.push((done, total));
        true
    });
    let found = found.unwrap().unwrap();
    assert!(found.ok, "{found:?}");
    // Each row of the trail and each event was walked over once, and the last that is told is all of them.
    let rows = store.read(|reader| {
        let mut rows = 0_u64;
        reader.events(&EventFilter::default(), |_| {
            rows += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        reader.audit(&AuditFilter::default(), |_| {
            rows += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    });
    let rows = rows.unwrap();
    assert!(rows > 100, "{rows}");
    assert_eq!(told.last(), Some(&(rows, rows)));
    assert!(told.is_sorted());

    // The check and who tells of it are on threads of their own: one that was slow to begin tries again.
    let ends_early = (0..100).any(|_| {
        let mut walked = 0;
        let stopped = store.verify_heard(|done, _| {
            walked = done;
            false
        });
        assert!(stopped.unwrap().is_none());
        walked < rows
    });
    assert!(ends_early, "a check that was stopped went to its end");
    // What was interrupted leaves the file, and who reads it next, as they were.
    assert_eq!(store.verify().unwrap().checks.len(), found.checks.len());
    assert!(store.verify().unwrap().ok);
}
