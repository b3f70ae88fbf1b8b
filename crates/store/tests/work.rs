//! Leases and alerts at their boundaries.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use keyrack_inventory::{Instant, Night, NightRange};
use keyrack_store::{
    AlertEntry, Claim, Creation, JobState, MOST_TRIES, NewJob, Store, WantedAlert,
};
use tempfile::TempDir;
use uuid::Uuid;

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let store = Store::open(&path, Creation::Create, Duration::from_secs(5)).unwrap();
    (folder, store)
}

fn at(minute: i64) -> Instant {
    Instant::from_millis(1_780_000_000_000 + minute * 60_000)
}

fn claim(by: &str, minute: i64) -> Claim<'_> {
    Claim {
        by,
        now: at(minute),
        until: at(minute + 5),
    }
}

fn schedule(store: &Store, id: u128, due: i64) -> bool {
    let new = NewJob {
        id: Uuid::from_u128(id),
        kind: "health",
        due: at(due),
        payload: None,
    };
    store
        .write(|batch| batch.schedule_job(&new, at(0)))
        .unwrap()
}

fn claimed(store: &Store, by: &str, minute: i64) -> Option<u128> {
    let job = store.write(|batch| batch.claim_due_job(&["health"], &claim(by, minute)));
    job.unwrap().map(|job| job.id.as_u128())
}

#[test]
fn the_same_job_is_scheduled_once_and_claimed_from_its_due_time_on_the_first_due_first() {
    let (_folder, store) = store();
    assert!(schedule(&store, 1, 10));
    assert!(!schedule(&store, 1, 3));
    assert!(schedule(&store, 2, 9));
    assert_eq!(claimed(&store, "a", 8), None);
    assert_eq!(claimed(&store, "a", 10), Some(2));
    assert_eq!(claimed(&store, "a", 10), Some(1));
    assert_eq!(claimed(&store, "a", 10), None);
    let other = store.write(|batch| batch.claim_due_job(&["backup"], &claim("b", 99)));
    assert_eq!(
        other.unwrap(),
        None,
        "a kind that one does not know is left alone"
    );
}

#[test]
fn who_lost_a_lease_finishes_renews_and_fails_nothing() {
    let (_folder, store) = store();
    let id = Uuid::from_u128(1);
    schedule(&store, 1, 0);
    assert_eq!(claimed(&store, "a", 0), Some(1));
    assert_eq!(claimed(&store, "b", 4), None, "the lease holds");
    // Renewed at four, it holds until nine.
    let renew =
        |by: &str, minute| store.write(|batch| batch.renew_job(id, &claim(by, minute), (3, 7)));
    assert!(renew("a", 4).unwrap());
    assert_eq!(claimed(&store, "b", 8), None);
    assert_eq!(claimed(&store, "b", 9), Some(1));
    assert!(!renew("a", 9).unwrap());
    let fail = |by: &str| store.write(|batch| batch.fail_job(id, by, at(10), "no"));
    assert_eq!(fail("a").unwrap(), None);
    let finish = |by: &str| store.write(|batch| batch.finish_job(id, by, at(9)));
    assert!(!finish("a").unwrap(), "another one has it");
    assert!(finish("b").unwrap());
    assert!(!finish("b").unwrap(), "done is done");
    assert_eq!(claimed(&store, "c", 100), None);
}

#[test]
fn a_job_is_parked_when_its_last_try_fails_or_dies() {
    for dies in [false, true] {
        let (_folder, store) = store();
        let id = Uuid::from_u128(1);
        schedule(&store, 1, 0);
        for turn in 0..i64::from(MOST_TRIES) {
            assert_eq!(claimed(&store, "a", turn * 10), Some(1), "try {turn}");
            if dies {
                continue;
            }
            let failed = store.write(|batch| batch.fail_job(id, "a", at(turn * 10 + 1), "no"));
            let last = turn + 1 == i64::from(MOST_TRIES);
            let expected = if last {
                JobState::Parked
            } else {
                JobState::Waiting
            };
            assert_eq!(failed.unwrap(), Some(expected));
        }
        assert_eq!(claimed(&store, "a", 1_000), None);
        let parked = store
            .read(|reader| reader.jobs(JobState::Parked, 9))
            .unwrap();
        assert_eq!((parked.len(), parked[0].tries), (1, MOST_TRIES));
        assert!(parked[0].error.is_some() && parked[0].claimed_by.is_none());
        assert_eq!(store.read(|reader| reader.jobs_parked()).unwrap(), 1);
        assert!(store.write(|batch| batch.retry_job(id, at(2_000))).unwrap());
        assert_eq!(claimed(&store, "a", 2_000), Some(1));
    }
}

fn night(day: i32) -> Night {
    Night::from_day_number(20_600 + day).unwrap()
}

fn wanted(level: &'static str, nights: Option<(i32, i32)>) -> WantedAlert {
    WantedAlert {
        kind: "low".to_owned(),
        level,
        audience: "manager".to_owned(),
        subject: "A".to_owned(),
        nights: nights.map(|(from, to)| NightRange::new(night(from), night(to))),
        facts: "{}".to_owned(),
    }
}

fn look(store: &Store, minute: i64, wanted: &[WantedAlert]) -> Vec<AlertEntry> {
    store
        .write(|batch| batch.reconcile_alerts(wanted, at(minute)))
        .unwrap();
    let mut open = store.read(|reader| reader.open_alerts()).unwrap();
    open.sort_by_key(|alert| alert.nights.map(|nights| nights.from));
    open
}

/// A run of nights, by day numbers.
type Run = (i32, i32);
/// What happens, the run before, the runs after, and which of them has the same alert.
type Case = (&'static str, Run, &'static [Run], &'static [bool]);

#[test]
fn a_run_keeps_its_alert_while_it_shares_a_night_with_what_it_was() {
    let table: [Case; 8] = [
        ("the same", (3, 6), &[(3, 6)], &[true]),
        ("grown", (3, 6), &[(1, 9)], &[true]),
        ("shrunk", (3, 6), &[(4, 5)], &[true]),
        ("moved on", (3, 6), &[(5, 8)], &[true]),
        ("the next night is another run", (3, 6), &[(6, 8)], &[false]),
        ("the night before too", (3, 6), &[(1, 3)], &[false]),
        (
            "fallen in two: the earlier part",
            (3, 9),
            &[(3, 5), (7, 9)],
            &[true, false],
        ),
        ("gone", (3, 6), &[], &[]),
    ];
    for (what, before, after, same) in table {
        let (_folder, store) = store();
        let first = look(&store, 0, &[wanted("warning", Some(before))]);
        let after: Vec<_> = after
            .iter()
            .map(|run| wanted("warning", Some(*run)))
            .collect();
        let open = look(&store, 1, &after);
        let found: Vec<bool> = open.iter().map(|alert| alert.id == first[0].id).collect();
        assert_eq!(found, same, "{what}");
        let old = store
            .read(|reader| reader.alert(first[0].id))
            .unwrap()
            .unwrap();
        assert_eq!(old.closed.is_none(), same.contains(&true), "{what}");
        assert_eq!(old.opened, at(0), "{what}");
    }
}

#[test]
fn of_two_runs_that_become_one_the_older_alert_stays() {
    let (_folder, store) = store();
    let later = look(&store, 0, &[wanted("warning", Some((7, 9)))])[0].id;
    look(
        &store,
        1,
        &[
            wanted("warning", Some((3, 5))),
            wanted("warning", Some((7, 9))),
        ],
    );
    let open = look(&store, 2, &[wanted("warning", Some((3, 9)))]);
    assert_eq!((open.len(), open[0].id), (1, later));
}

#[test]
fn alerts_of_another_kind_or_subject_or_without_nights_are_others() {
    let (_folder, store) = store();
    let first = look(&store, 0, &[wanted("warning", Some((3, 6)))])[0].id;
    for other in [
        WantedAlert {
            kind: "sold_out".to_owned(),
            ..wanted("warning", Some((3, 6)))
        },
        WantedAlert {
            subject: "B".to_owned(),
            ..wanted("warning", Some((3, 6)))
        },
        wanted("warning", None),
    ] {
        let open = look(&store, 1, &[other]);
        assert_eq!(open.len(), 1);
        assert_ne!(open[0].id, first);
        look(&store, 2, &[]);
    }
}

#[test]
fn an_acknowledgement_stands_until_it_gets_worse_and_is_no_longer_possible_when_closed() {
    let (_folder, store) = store();
    let id = look(&store, 0, &[wanted("warning", Some((3, 6)))])[0].id;
    let ack = |by: &str, minute| store.write(|batch| batch.acknowledge_alert(id, by, at(minute)));
    assert!(ack("rosa", 1).unwrap().is_some());
    let seen = ack("ines", 2).unwrap().unwrap().acknowledged;
    assert_eq!(seen, Some((at(1), "rosa".to_owned())));
    let stands = |minute, level| {
        look(&store, minute, &[wanted(level, Some((3, 7)))])[0]
            .acknowledged
            .is_some()
    };
    assert!(stands(3, "warning"));
    assert!(!stands(4, "critical"));
    ack("ines", 5).unwrap();
    assert!(stands(6, "critical"));
    assert!(stands(7, "warning"), "better asks nobody");
    look(&store, 8, &[]);
    let closed = ack("rosa", 9).unwrap().unwrap();
    assert_eq!(closed.acknowledged, Some((at(5), "ines".to_owned())));
    assert_eq!(closed.closed, Some(at(8)));
}
