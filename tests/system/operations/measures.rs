//! What is measured: it survives the process, and costs no second transaction.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::hotel::{Hotel, Run};

#[test]
fn sales_and_waits_are_counted_over_processes_and_forgotten_by_none() {
    let hotel = Hotel::small();
    let words = ["reserve", "A:2026-06-10:2026-06-12", "--guest", "Ada"];
    for run in hotel.at_once((0..10).map(|_| hotel.command(&words)).collect()) {
        run.ends(0);
    }
    hotel.done(&["availability", "2026-06-01", "2026-06-02"]);
    let health = hotel.done(&["health"]);
    let sale = &health["sale_latency_ms"];
    assert_eq!(sale["count"], 10);
    let figure = |name: &str| sale[name].as_f64().unwrap();
    assert!(
        figure("p50") > 0.0 && figure("p50") <= figure("p95") && figure("p95") <= figure("p99")
    );
    let waits = &health["lock_wait_ms"];
    assert!(waits["count"].as_u64().unwrap() >= 11, "{health}");
    let share = waits["share_over_50_ms"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&share), "{health}");
    // Asked again nothing is counted twice.
    assert_eq!(hotel.done(&["health"])["sale_latency_ms"]["count"], 10);
    for field in [
        "event_head",
        "file_bytes",
        "schema_version",
        "sqlite_version",
        "wal_bytes",
        "jobs_parked",
        "last_backup",
        "last_verify",
        "busy",
        "last_hour",
        "alerts",
        "ok",
        "at",
    ] {
        assert!(health.get(field).is_some(), "{field}: {health}");
    }
    let text = Run::of(hotel.plain(&["health"]).output().unwrap());
    assert!(text.stdout.contains("10 measured"), "{text:?}");
}

#[test]
fn who_gave_up_waiting_is_counted_although_nothing_could_be_written() {
    let hotel = Hotel::small();
    let stranger = hotel.bare();
    stranger.execute_batch("BEGIN IMMEDIATE").unwrap();
    let words = [
        "--wait",
        "1",
        "reserve",
        "A:2026-06-10:2026-06-12",
        "--guest",
        "Ada",
    ];
    let runs = hotel.at_once((0..6).map(|_| hotel.command(&words)).collect());
    for run in &runs {
        run.refused(5, "busy");
    }
    // Looking works, and says that it is not fresh.
    let stale = hotel.run(&["--wait", "1", "alerts", "list"]).ends(0);
    assert_eq!(stale["fresh"], false);
    stranger.execute_batch("ROLLBACK").unwrap();
    let health = hotel.done(&["health"]);
    assert_eq!(
        (&health["busy"], &health["last_hour"]["failed_sales"]),
        (&7.into(), &6.into())
    );
    let kinds = health["alerts"].as_array().unwrap();
    assert!(
        kinds.iter().any(|alert| alert["kind"] == "failed_sales"),
        "{health}"
    );
}

#[test]
fn what_was_measured_is_kept_for_eight_days() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    let hour = i64::try_from(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
            / 3_600,
    )
    .unwrap();
    for age in [23, 25, 190, 195] {
        let row = format!(
            "INSERT INTO metric VALUES ({}, 'sale', 1000, 5)",
            hour - age
        );
        hotel.bare().execute_batch(&row).unwrap();
    }
    let health = hotel.done(&["health"]);
    assert_eq!(health["sale_latency_ms"]["count"], 6, "those of a day");
    let left = "SELECT count(*) FROM metric WHERE name = 'sale' AND count = 5";
    assert_eq!(hotel.number(left), 3);
}

#[test]
fn what_cannot_be_measured_stops_no_sale() {
    let hotel = Hotel::small();
    let spool = format!("{}-measures", hotel.file.display());
    fs::remove_file(&spool).unwrap();
    fs::create_dir(&spool).unwrap();
    hotel.reserved("A:2026-06-10:2026-06-12");
    assert_eq!(hotel.done(&["health"])["sale_latency_ms"]["count"], 0);
    fs::remove_dir_all(format!("{spool}.folding")).unwrap_or_default();
    fs::write(format!("{spool}.folding"), "rubbish\n1 guest 5 5\n").unwrap();
    hotel.reserved("A:2026-06-10:2026-06-12");
    hotel.done(&["health"]);
    hotel.verified();
}
