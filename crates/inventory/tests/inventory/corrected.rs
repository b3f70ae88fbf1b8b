//! What a desk shows gives way to what the centre has.

use std::sync::Arc;

use keyrack_inventory::corrected::{RowCorrected, Rows, corrections};
use keyrack_inventory::model::{Hold, HoldStatus};
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Catalogue, Command, Event, HoldId, Instant, Reference, ShortNumber, State, evolve,
};
use uuid::Uuid;

use crate::script::night;
use crate::world::hotel;

fn hold(id: u128, number: &str) -> Hold {
    Hold {
        id: HoldId(Uuid::from_u128(id)),
        number: number.parse().unwrap(),
        version: 1,
        stays: Vec::new(),
        status: HoldStatus::Active,
        expires_at: Instant::from_millis(0),
        reference: None,
    }
}

fn state(holds: &[Hold]) -> State {
    let catalogue = Arc::new(Catalogue {
        property: hotel(),
        desk: "A".to_owned(),
        room_types: Vec::new(),
    });
    let mut state = State::slice(Some(catalogue), Counters::default());
    for hold in holds {
        state.put_hold(&Reference::Id(hold.id), Some(hold.clone()));
    }
    state
}

fn corrected(shown: &[Hold], ruled: &[Hold]) -> Vec<(HoldId, ShortNumber, HoldStatus)> {
    let holds = shown.iter().chain(ruled).map(|hold| hold.id).collect();
    let rows = Rows {
        holds,
        ..Rows::default()
    };
    let events = corrections(&state(shown), &state(ruled), &rows).into_iter();
    let rows = events.map(|event| match event {
        Event::RowCorrected(RowCorrected::Hold { hold }) => (hold.id, hold.number, hold.status),
        other => panic!("{other:?}"),
    });
    rows.collect()
}

#[test]
fn what_the_centre_has_no_more_gives_its_number_up_before_another_gets_it() {
    // The one that keeps the number is first by its identity, and second in what is put right.
    let (kept, lost) = (hold(1, "ZB-H1"), hold(2_000_001, "ZB-H1"));
    let found = corrected(std::slice::from_ref(&lost), std::slice::from_ref(&kept));
    let numbers: Vec<_> = found.iter().map(|row| row.1.to_string()).collect();
    assert_eq!(numbers, ["ZZZB-H1000001", "ZB-H1"]);
    assert_eq!((found[0].0, found[0].2), (lost.id, HoldStatus::Released));
    assert_eq!((found[1].0, found[1].2), (kept.id, HoldStatus::Active));
    // Put right once, it stays so.
    let given_up = Hold {
        number: found[0].1.clone(),
        status: HoldStatus::Released,
        ..lost
    };
    assert_eq!(corrected(&[given_up, kept.clone()], &[kept]), []);
}

#[test]
fn what_this_desk_or_the_centre_counts_on_from_keeps_its_number() {
    for number in ["A-H1", "ZZA-H1", "Z-H10001"] {
        let found = corrected(&[hold(7, number)], &[]);
        assert_eq!(found[0].1.as_str(), number);
        assert_eq!(found[0].2, HoldStatus::Released);
    }
    for (number, given_up) in [
        ("ZA-H1", "ZZZA-H1000007"),
        ("B-H20", "ZZZB-H20000007"),
        ("ZZB-H3", "ZZZB-H3000007"),
        ("ZAB-H999999999999999999", "ZZZAB-H999999999999000007"),
    ] {
        let found = corrected(&[hold(7, number)], &[]);
        assert_eq!(found[0].1.as_str(), given_up);
        assert_eq!(given_up.parse(), Ok(found[0].1.clone()));
    }
}

#[test]
fn nobody_counts_on_from_a_number_that_was_given_up() {
    let mut here = state(&[hold(7, "B-H20")]);
    let rows = Rows {
        holds: [hold(7, "B-H20").id].into(),
        ..Rows::default()
    };
    for event in corrections(&here, &state(&[]), &rows) {
        evolve(&mut here, &event, Instant::from_millis(0));
    }
    assert_eq!(here.counters().hold, 0);
    let kept = hold(8, "B-H21");
    let corrected = Event::RowCorrected(RowCorrected::Hold { hold: kept });
    evolve(&mut here, &corrected, Instant::from_millis(0));
    assert_eq!(here.counters().hold, 21);
}

#[test]
fn a_limit_that_waits_is_about_its_nights_though_it_changes_none_of_them() {
    let limits = |room_type| Command::SetLimits {
        room_type,
        from: night("2026-07-10"),
        to: night("2026-07-12"),
        overbooking: Some(0),
        no_overbooking: false,
        physical: None,
        restrictions: RestrictionChange::default(),
    };
    let code = "DBL".parse().unwrap();
    let nights = [night("2026-07-10"), night("2026-07-11")];
    let of_type = Rows::set_by(&limits(Some(code)));
    assert_eq!(of_type.cells, nights.map(|night| (code, night)).into());
    let of_house = Rows::set_by(&limits(None));
    assert_eq!(of_house.house, nights.into());
    let others = Rows {
        cells: [(code, nights[1])].into(),
        ..Rows::default()
    };
    assert!(others.meets(&of_type));
    assert!(!others.meets(&of_house));
}
