//! Every threshold at its boundary, and what makes a run.

use keyrack_inventory::{Cell, Instant, Night, NightRange};
use uuid::Uuid;

use super::{Facts, ParkedJob, TypeFacts, wanted};
use crate::thresholds::Thresholds;

fn day(number: i32) -> Night {
    let first: Night = "2026-06-01".parse().unwrap();
    first.plus(number)
}

fn cell(physical: i32, sold: i32) -> Cell {
    Cell {
        physical,
        sold,
        version: 1,
        ..Cell::default()
    }
}

fn facts() -> Facts {
    Facts {
        now: "2026-06-01T12:00:00Z".parse().unwrap(),
        today: day(0),
        types: Vec::new(),
        attempts: 0,
        refused: 0,
        failed_sales: 0,
        covered_since: None,
        backup_failed: None,
        verify_failed: None,
        parked: Vec::new(),
    }
}

fn selling(cells: Vec<Cell>) -> TypeFacts {
    TypeFacts {
        code: "A".parse().unwrap(),
        has_rooms: true,
        sold_before: day(400),
        cells: (0..).map(day).zip(cells).collect(),
    }
}

/// Kind, level, and the run as day numbers.
type Told = (String, &'static str, Option<(i32, i32)>);

fn told(facts: &Facts) -> Vec<Told> {
    let run = |nights: NightRange| {
        let number = |night: Night| day(0).nights_until(night);
        (number(nights.from), number(nights.to))
    };
    wanted(facts, &Thresholds::default())
        .into_iter()
        .map(|alert| (alert.kind, alert.level, alert.nights.map(run)))
        .collect()
}

fn first(facts: &Facts) -> Option<(String, &'static str)> {
    told(facts)
        .into_iter()
        .next()
        .map(|(kind, level, _)| (kind, level))
}

#[test]
fn a_type_whose_rooms_are_all_out_of_order_or_taken_away_for_the_night_is_sold_out() {
    let judged = |physical, out_of_order, has_rooms| {
        let mut facts = facts();
        let all = Cell {
            physical,
            out_of_order,
            ..Cell::default()
        };
        facts.types = vec![TypeFacts {
            cells: vec![(day(3), all)],
            has_rooms,
            ..selling(vec![])
        }];
        first(&facts)
    };
    let sold_out = || Some(("sold_out".to_owned(), "warning"));
    assert_eq!(judged(3, 3, true), sold_out());
    assert_eq!(judged(0, 0, true), sold_out());
    assert_eq!(judged(0, 0, false), None);
    assert_eq!(judged(2, 2, false), sold_out());
}

#[test]
fn rooms_left_are_judged_at_each_boundary() {
    // (capacity, rooms left, kind and level)
    let table = [
        (100, 11, None),
        (100, 10, Some(("low", "info"))),
        (100, 6, Some(("low", "info"))),
        (100, 5, Some(("low", "warning"))),
        (100, 1, Some(("low", "warning"))),
        (100, 0, Some(("sold_out", "warning"))),
        (100, -1, Some(("below_zero", "critical"))),
        // 20 % of 42 is 8.4, 10 % is 4.2.
        (42, 9, None),
        (42, 8, Some(("low", "info"))),
        (42, 5, Some(("low", "info"))),
        (42, 4, Some(("low", "warning"))),
        // 20 % of 13 is 2.6, rounded 3; 10 % is 1.3, rounded 1.
        (13, 4, None),
        (13, 3, Some(("low", "info"))),
        (13, 2, Some(("low", "info"))),
        (13, 1, Some(("low", "warning"))),
        // Half is rounded up: 10 % of 5 is one room; of 4 none.
        (5, 2, None),
        (5, 1, Some(("low", "warning"))),
        (4, 1, Some(("low", "info"))),
        (2, 1, None),
        // All of the rooms of the type were taken away for the night.
        (0, 0, Some(("sold_out", "warning"))),
    ];
    for (capacity, left, expected) in table {
        let mut facts = facts();
        facts.types = vec![TypeFacts {
            // Not tonight, so that nobody is without a bed.
            cells: vec![(day(3), cell(capacity, capacity - left))],
            ..selling(vec![])
        }];
        let expected = expected.map(|(kind, level)| (kind.to_owned(), level));
        assert_eq!(first(&facts), expected, "{left} of {capacity}");
    }
}

#[test]
fn what_is_out_of_order_held_or_blocked_counts_and_overbooking_does_not() {
    let taken = Cell {
        out_of_order: 10,
        held: 40,
        blocked: 46,
        overbooking: 50,
        ..cell(100, 0)
    };
    let mut facts = facts();
    facts.types = vec![selling(vec![taken])];
    assert_eq!(first(&facts), Some(("low".to_owned(), "warning")));
}

#[test]
fn a_type_that_is_not_sold_is_no_news_but_for_what_is_promised_beyond_it() {
    let mut facts = facts();
    let cells = vec![cell(10, 5), cell(10, 5), cell(10, 10), cell(10, 11)];
    facts.types = vec![TypeFacts {
        sold_before: day(2),
        ..selling(cells)
    }];
    assert_eq!(
        told(&facts),
        [("below_zero".to_owned(), "critical", Some((3, 4)))]
    );
}

#[test]
fn consecutive_nights_of_one_kind_are_one_alert_and_a_gap_makes_two() {
    let mut facts = facts();
    let mut cells: Vec<(Night, Cell)> = vec![
        (day(1), cell(100, 91)),
        (day(2), cell(100, 97)),
        (day(3), cell(100, 100)),
        (day(4), cell(100, 100)),
        (day(5), cell(100, 50)),
        (day(6), cell(100, 92)),
    ];
    // The night of day 7 is not open.
    cells.push((day(8), cell(100, 92)));
    facts.types = vec![TypeFacts {
        cells,
        ..selling(vec![])
    }];
    let run = |kind: &str, level, from, to| (kind.to_owned(), level, Some((from, to)));
    assert_eq!(
        told(&facts),
        [
            run("low", "warning", 1, 3),
            run("sold_out", "warning", 3, 5),
            run("low", "info", 6, 7),
            run("low", "info", 8, 9),
        ]
    );
    let low = &wanted(&facts, &Thresholds::default())[0];
    let worst = r#"{"blocked":0,"held":0,"night":"2026-06-03","out_of_order":0,"physical":100,"rooms_left":3,"sold":97}"#;
    assert_eq!(low.facts, worst);
}

#[test]
fn walk_risk_is_of_tonight_and_after_upgrades() {
    // (lower type sold, higher type sold) of ten each, tonight; rooms at risk
    for (low, high, risk) in [(12, 9, 1), (12, 8, 0), (9, 11, 1), (10, 10, 0)] {
        let mut facts = facts();
        let quiet = |sold| TypeFacts {
            sold_before: day(0),
            ..selling(vec![cell(10, sold), cell(10, 30)])
        };
        facts.types = vec![quiet(low), quiet(high)];
        let found = wanted(&facts, &Thresholds::default());
        let found = found.iter().find(|alert| alert.kind == "walk_risk");
        assert_eq!(
            found.map(|alert| alert.facts.clone()),
            (risk > 0).then(|| format!(r#"{{"rooms":{risk}}}"#)),
            "{low} {high}"
        );
    }
}

#[test]
fn an_hour_is_judged_by_its_failures_and_refusals() {
    // (attempts, refused, failed sales, kinds)
    let table: [(u64, u64, u64, &[&str]); 7] = [
        (0, 0, 5, &[]),
        (0, 0, 6, &["failed_sales"]),
        (19, 19, 0, &[]),
        (20, 2, 0, &[]),
        (20, 3, 0, &["refusals"]),
        (1000, 100, 0, &[]),
        (1000, 101, 6, &["failed_sales", "refusals"]),
    ];
    for (attempts, refused, failed_sales, expected) in table {
        let facts = Facts {
            attempts,
            refused,
            failed_sales,
            ..facts()
        };
        let kinds: Vec<String> = told(&facts).into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, expected, "{attempts} {refused} {failed_sales}");
    }
}

#[test]
fn a_backup_may_be_a_day_old_and_not_a_moment_more() {
    let now = facts().now.millis();
    for (age_ms, expected) in [(86_400_000, 0), (86_400_001, 1), (-5, 0)] {
        let facts = Facts {
            covered_since: Some(Instant::from_millis(now - age_ms)),
            ..facts()
        };
        assert_eq!(told(&facts).len(), expected, "{age_ms}");
    }
}

#[test]
fn what_failed_is_told_and_each_parked_job_for_itself() {
    let parked = |id: u128| ParkedJob {
        id: Uuid::from_u128(id),
        kind: "backup".to_owned(),
        error: None,
    };
    let facts = Facts {
        backup_failed: Some("a.keyrack".to_owned()),
        verify_failed: Some("chain".to_owned()),
        parked: vec![parked(1), parked(2)],
        ..facts()
    };
    let kinds: Vec<_> = told(&facts)
        .into_iter()
        .map(|(kind, level, _)| (kind, level))
        .collect();
    let expected = [
        ("backup_failed", "error"),
        ("verify_failed", "critical"),
        ("job_parked", "error"),
        ("job_parked", "error"),
    ];
    assert_eq!(
        kinds,
        expected.map(|(kind, level)| (kind.to_owned(), level))
    );
    let subjects: Vec<String> = wanted(&facts, &Thresholds::default())
        .into_iter()
        .map(|alert| alert.subject)
        .collect();
    assert_ne!(subjects[2], subjects[3]);
}
