//! The heartbeat of a job under way.

use std::time::{Duration, Instant as Timer};

use keyrack_store::NewJob;

use super::*;
use crate::api::NewProperty;
use crate::options::Options;

const BEAT: Duration = Duration::from_millis(5);

fn desk(folder: &std::path::Path) -> Desk {
    let property: NewProperty = crate::parse(serde_json::json!({
        "name": "Small", "code": "S", "time_zone": "Europe/Lisbon", "currency": "EUR",
        "business_date": "2026-06-01",
        "room_types": [{"code": "B", "name": "Double", "rooms": 2}],
    }))
    .unwrap();
    let options = Options::new(&folder.join("hotel.db"), "clerk");
    let made = Desk::create(&options, &property, None, Uuid::now_v7());
    made.unwrap().0
}

/// A job that "us" holds, until when.
fn held(desk: &Desk) -> (Uuid, Instant) {
    let id = Uuid::now_v7();
    let new = NewJob {
        id,
        kind: "health",
        due: Instant::from_millis(0),
        payload: None,
    };
    let claimed = desk.store.write(|batch| {
        batch.schedule_job(&new, Instant::from_millis(0))?;
        batch.claim_job(id, &desk.claim("us"))
    });
    (id, claimed.unwrap().unwrap().lease_until.unwrap())
}

#[test]
fn a_lease_is_renewed_while_the_work_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    let (id, until) = held(&desk);
    let begun = Timer::now();
    let renewed = thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let desk = &desk;
        scope.spawn(move || desk.renew(id, "us", BEAT, &ended));
        let renewed = loop {
            let lease = desk.job(id).unwrap().lease_until.unwrap();
            if lease > until || begun.elapsed() > Duration::from_secs(10) {
                break lease > until;
            }
            thread::sleep(BEAT);
        };
        drop(done);
        renewed
    });
    assert!(renewed);
}

#[test]
fn a_heart_stops_when_the_job_is_somebody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    let (id, _) = held(&desk);
    let now = desk.clock.now();
    let finished = desk.store.write(|batch| batch.finish_job(id, "us", now));
    assert!(finished.unwrap());
    let (_done, ended) = mpsc::channel::<()>();
    desk.renew(id, "us", BEAT, &ended);
    assert_eq!(desk.job(id).unwrap().state, JobState::Done);
}
