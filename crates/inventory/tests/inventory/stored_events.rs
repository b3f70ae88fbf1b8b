//! What a released version wrote is read for ever, and folds to what it folded to then.
//!
//! tests/files/events/ holds what stood in a file that such a version wrote: one payload of each
//! type, the whole log of the file, and its counts and objects as that version had stored them. A
//! new version adds files; those that are there never change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keyrack_inventory::{Event, Instant, State, evolve};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/events")
}

#[test]
fn a_stored_payload_of_every_type_and_released_version_is_read() {
    let mut expected = BTreeSet::new();
    for line in include_str!("../../../../docs/schema/released.sha256").lines() {
        expected.insert(line.split_once("  ").unwrap().1.to_owned());
    }
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".json") else {
            continue;
        };
        let (event_type, version) = stem.split_once(".v").unwrap();
        let payload = fs::read_to_string(&path).unwrap();
        let event = Event::from_stored(event_type, version.parse().unwrap(), &payload);
        let event = event.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(event.event_type(), event_type);
        // Written anew it is a payload of today's version, which says the same.
        let written = serde_json::to_string(&event).unwrap();
        let again = Event::from_stored(event_type, event.schema_version(), &written).unwrap();
        assert_eq!(again, event, "{name}");
        found.insert(name);
    }
    assert_eq!(found, expected, "each released version has a payload");
}

#[test]
fn a_stored_log_folds_to_what_it_folded_to_when_it_was_written() {
    let mut state = State::whole();
    let mut types = BTreeSet::new();
    let log = fs::read_to_string(folder().join("log.v1.tsv")).unwrap();
    for line in log.lines() {
        let columns: Vec<&str> = line.splitn(4, '\t').collect();
        let [instant, event_type, version, payload] = columns[..] else {
            panic!("four columns: {line}");
        };
        let event = Event::from_stored(event_type, version.parse().unwrap(), payload).unwrap();
        let instant = Instant::from_millis(instant.parse().unwrap());
        evolve(&mut state, &event, instant);
        types.insert(event_type.to_owned());
    }
    assert!(
        types.len() >= 27,
        "every type of the first version: {types:?}"
    );
    let stored = fs::read_to_string(folder().join("log.v1.txt")).unwrap();
    assert_eq!(said(&state), stored);
}

/// The state in the words of the stored one.
fn said(state: &State) -> String {
    let mut lines = Vec::new();
    let mut run: Option<(String, String, String)> = None;
    let mut cells: Vec<_> = state.all_cells().collect();
    cells.sort_by_key(|(code, night, _)| (*code, *night));
    let flush = |run: Option<(String, String, String)>, lines: &mut Vec<String>| {
        if let Some((first, last, counts)) = run {
            lines.push(format!("cell {first} to {last} {counts}"));
        }
    };
    for (code, night, cell) in cells {
        let counts = format!(
            "physical {} out_of_order {} sold {} held {} blocked {} overbooking {} version {}",
            cell.physical,
            cell.out_of_order,
            cell.sold,
            cell.held,
            cell.blocked,
            cell.overbooking,
            cell.version
        );
        let goes_on = run.as_ref().is_some_and(|(first, _, known)| {
            *known == counts && first.starts_with(&format!("{code} "))
        });
        if goes_on {
            run = run.map(|(first, _, counts)| (first, night.to_string(), counts));
        } else {
            let next = (format!("{code} {night}"), night.to_string(), counts);
            flush(run.replace(next), &mut lines);
        }
    }
    flush(run, &mut lines);
    let mut limits: Vec<_> = state.all_house_limits().collect();
    limits.sort_by_key(|(night, _)| *night);
    for (night, limit) in limits {
        let overbooking = limit.overbooking.expect("a limit of the file");
        let version = limit.version;
        lines.push(format!(
            "house {night} overbooking {overbooking} version {version}"
        ));
    }
    let mut reservations: Vec<_> = state.all_reservations().collect();
    reservations.sort_by_key(|one| one.number.count());
    for one in reservations {
        for stay in &one.stays {
            lines.push(format!(
                "stay {}/{} {} {} {} {} {} version {}",
                one.number,
                stay.stay,
                stay.room_type,
                stay.arrival,
                stay.departure,
                stay.leaves_on(),
                stay.status.as_str(),
                one.version
            ));
        }
    }
    let mut holds: Vec<_> = state.all_holds().collect();
    holds.sort_by_key(|one| one.number.count());
    for one in holds {
        lines.push(format!(
            "hold {} {} {} version {}",
            one.number,
            one.status.as_str(),
            one.expires_at.millis(),
            one.version
        ));
    }
    let mut outages: Vec<_> = state.all_outages().collect();
    outages.sort_by_key(|one| one.number.count());
    for one in outages {
        lines.push(format!(
            "outage {} {} {} {} {} {}",
            one.number,
            one.room_type,
            one.from,
            one.back_on,
            one.rooms,
            if one.service { "service" } else { "order" }
        ));
    }
    lines.join("\n") + "\n"
}
