//! Every refusal: its code, its stored form, its sentence.

use super::script::hotel_of_three;
use keyrack_inventory::Refusal;
use keyrack_words::{ENGLISH, Language, Words};

/// (stored form, sentence); the code is in the stored form.
const TABLE: [(&str, &str); 29] = [
    (
        r#"{"code":"no_availability","room_type":"A","night":"2017-06-05","required":2,"available":1,"alternatives":[],"in_other_shares":0}"#,
        "A has only 1 of 2 rooms left to sell on Mon 5 Jun 2017.",
    ),
    (
        r#"{"code":"no_availability","room_type":"house","night":"2017-06-05","required":2,"available":0,"alternatives":[{"room_type":"B","arrival":"2017-06-05","departure":"2017-06-06","available":3}],"in_other_shares":0}"#,
        "The house has nothing left to sell on Mon 5 Jun 2017. There are alternatives.",
    ),
    (
        r#"{"code":"restricted","restriction":"stopped","room_type":"A","night":"2017-06-05"}"#,
        "A is stopped: it is not sold.",
    ),
    (
        r#"{"code":"unknown_room_type","id":"X"}"#,
        "There is no room type \"X\".",
    ),
    (
        r#"{"code":"unknown_reservation","id":"A9"}"#,
        "There is no reservation \"A9\".",
    ),
    (
        r#"{"code":"unknown_stay","id":"A9/2"}"#,
        "There is no stay \"A9/2\".",
    ),
    (
        r#"{"code":"unknown_hold","id":"A-H9"}"#,
        "There is no hold \"A-H9\".",
    ),
    (
        r#"{"code":"unknown_outage","id":"A-O9"}"#,
        "There is no outage \"A-O9\".",
    ),
    (
        r#"{"code":"unknown_command","id":"7"}"#,
        "There is no command \"7\".",
    ),
    (
        r#"{"code":"invalid_stay","arrival":"2017-06-05","departure":"2017-06-04","rooms":1,"why":"departure_before_arrival"}"#,
        "The second date lies before the first: it ends before it begins.",
    ),
    (
        r#"{"code":"illegal_transition","id":"A1","from":"cancelled","to":"check_in","allowed":["reinstate"]}"#,
        "A1 is cancelled. Not possible: check in. Possible: reinstate.",
    ),
    (
        r#"{"code":"desks_missing","date":"2017-06-05","desks":["B","C"]}"#,
        "Desks B, C have not said that they have sent everything of Mon 5 Jun 2017. Wait until they have, or let a manager end the date without them.",
    ),
    (
        r#"{"code":"hold_of_another_desk","id":"A-H1","desk":"A"}"#,
        "Hold A-H1 was placed at desk A: only there can it be extended, released or booked.",
    ),
    (
        r#"{"code":"hold_expired","id":"A-H1","expired_at":"2017-06-01T12:10:00.000Z"}"#,
        "The time of hold A-H1 is up.",
    ),
    (
        r#"{"code":"already_released","id":"A-H1","status":"converted"}"#,
        "A-H1 has ended already: it is converted.",
    ),
    (
        r#"{"code":"stale","seen":1,"now":2}"#,
        "Somebody changed this since you looked. Look again and repeat.",
    ),
    (
        r#"{"code":"idempotency_conflict","id":"01900000-0000-7000-8000-000000000000"}"#,
        "Command 01900000-0000-7000-8000-000000000000 was used before for another request.",
    ),
    (
        r#"{"code":"room_occupied","room":"7","id":"A1"}"#,
        "Room 7 is taken by A1.",
    ),
    (
        r#"{"code":"outage_exceeds_physical","night":"2017-06-05","physical":10,"out_of_order":11}"#,
        "On Mon 5 Jun 2017 11 rooms would be out of order, and only 10 exist.",
    ),
    (
        r#"{"code":"outage_exceeds_physical","night":"2017-06-05","physical":1,"out_of_service":2}"#,
        "On Mon 5 Jun 2017 2 rooms would be out of service, and only 1 exists.",
    ),
    (
        r#"{"code":"illegal_transition","id":"A1","from":"confirmed","to":"check_in","allowed":["cancel"],"arrival":"2017-06-05"}"#,
        "A1 arrives on Mon 5 Jun 2017 and is not checked in before. Is the guest here today, on Thu 1 Jun 2017? \
         Then amend the arrival to Thu 1 Jun 2017, or book a walk-in.",
    ),
    (
        r#"{"code":"illegal_transition","id":"A1/1","from":"confirmed","to":"split","allowed":["cancel"]}"#,
        "A1/1 is the only stay of its booking: there is nothing to split it off from.",
    ),
    (
        r#"{"code":"allotment_exhausted","id":"A-G1","room_type":"A","night":"2017-06-05","required":2,"total":0,"picked_up":0}"#,
        "Group A-G1 keeps no room of the type A on Mon 5 Jun 2017. A night of its guest can be moved to that type, \
         which takes a room of the house.",
    ),
    (
        r#"{"code":"allotment_exhausted","id":"A-G1","room_type":"A","night":"2017-06-05","required":1,"total":1,"picked_up":2}"#,
        "Group A-G1 has 2 of the type A picked up on Mon 5 Jun 2017: it cannot have fewer. Return or cancel the others \
         first.",
    ),
    (
        r#"{"code":"room_type_in_use","room_type":"A","by":["A-G1","A-H2","A-O3","A1","A2"],"count":6}"#,
        "A cannot be retired from that night on: 6 things lie beyond it (bookings A1, A2; holds A-H2; outages A-O3; \
         groups A-G1 and more). Move, cancel or end that first.",
    ),
    (
        r#"{"code":"cannot_undo","what":"split","object":"A2","why":"no_inverse"}"#,
        "Split off A2: This cannot be undone: it has no inverse. To put it together again, cancel the part and add its \
         stay to the first booking with an amendment.",
    ),
    (
        r#"{"code":"duplicate_room_type","room_type":"A"}"#,
        "There is a room type \"A\" already.",
    ),
    (
        r#"{"code":"already_initialised","property":"H1"}"#,
        "This file holds the property H1 already.",
    ),
    (
        r#"{"code":"cannot_undo","why":"already_undone"}"#,
        "It was undone already.",
    ),
];

#[test]
fn every_refusal_is_stored_and_spoken() {
    let world = hotel_of_three();
    let catalogue = world.state.catalogue().unwrap();
    for (stored, spoken) in TABLE {
        let refusal: Refusal = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&refusal).unwrap(), stored);
        assert!(
            stored.starts_with(&format!("{{\"code\":\"{}\"", refusal.code())),
            "{stored}"
        );
        assert_eq!(ENGLISH.refusal(&refusal, catalogue), spoken);
        for language in Language::ALL {
            let said = Words::of(language).refusal(&refusal, catalogue);
            assert!(said.ends_with('.'), "{language:?}: {said}");
        }
    }
}

#[test]
fn every_fault_has_a_sentence_of_its_own() {
    let faults = [
        "no_stay",
        "rooms",
        "departure_before_arrival",
        "no_night",
        "before_business_date",
        "too_long",
        "not_open",
        "already_arrived",
        "already_slept",
        "limit_out_of_range",
        "hold_minutes",
        "too_far",
        "house_has_no_rooms",
        "not_a_night_of_the_stay",
        "walk_in_arrives_today",
        "length_out_of_range",
        "outside_allotment",
        "cut_off_too_late",
        "option_out_of_range",
        "waits_for_nothing",
        "picked_up_or_else",
        "not_due_yet",
        "outage_rooms",
        "allotment_rooms",
        "hold_of_other_rooms",
        "cut_off_past",
        "outage_longer",
        "one_room",
        "room_of_one",
    ];
    let undo = [
        "nothing_to_undo",
        "no_inverse",
        "was_refused",
        "already_undone",
        "changed_since",
    ];
    let stays = faults.map(|why| format!(r#"{{"code":"invalid_stay","why":"{why}"}}"#));
    let undos = undo.map(|why| format!(r#"{{"code":"cannot_undo","why":"{why}"}}"#));
    let world = hotel_of_three();
    let catalogue = world.state.catalogue().unwrap();
    for language in Language::ALL {
        let mut said = std::collections::BTreeSet::new();
        for stored in stays.iter().chain(&undos) {
            let refusal: Refusal = serde_json::from_str(stored).unwrap();
            assert!(
                said.insert(Words::of(language).refusal(&refusal, catalogue)),
                "{language:?}: {stored} is spoken as another is"
            );
        }
    }
}
