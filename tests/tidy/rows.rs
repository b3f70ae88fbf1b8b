//! What the domain's tables and the tests of the command line must have in them: every command, every
//! refusal and every fault has a row in a script of the inventory, and a test that asks `keyrackctl`.

use keyrack_inventory::Command;

use crate::tree::{self, Source};

/// A kind of command, the word that asks for it in a script of the inventory, and what asks for it of `keyrackctl`.
const COMMANDS: [(&str, &str, &str); 47] = [
    ("add_outage", "outage", "outage add"),
    ("add_room_type", "add", "room-type add"),
    ("amend", "amend", "amend"),
    ("cancel", "cancel", "cancel"),
    ("cancel_allotment", "cancel-group", "allotment cancel"),
    ("change_allotment", "resize", "allotment resize"),
    ("check_in", "check-in", "check-in"),
    ("check_out", "check-out", "check-out"),
    ("close_day", "close", "end-of-day"),
    ("confirm", "confirm", "confirm"),
    ("convert_hold", "convert", "hold convert"),
    ("cut_off_allotment", "cut-off", "end-of-day"),
    ("end_outage", "end", "outage end"),
    ("extend_hold", "extend", "hold extend"),
    ("give_room", "room", "reservation room"),
    ("join_waitlist", "reserve", "waitlist join"),
    ("keep_arrivals", "keep", "end-of-day --decide"),
    ("leave_waitlist", "leave", "waitlist leave"),
    ("move_night", "move", "reservation move"),
    ("no_show", "no-show", "no-show"),
    ("offer", "offer", "waitlist offer"),
    ("offer_waitlist", "offer", "waitlist offer"),
    ("open_allotment", "group", "allotment open"),
    ("open_nights", "open", "nights open"),
    ("open_property", "init", "init"),
    ("pick_up", "reserve", "allotment pick-up"),
    ("place_hold", "hold", "hold place"),
    ("rank_room_type", "rank", "room-type rank"),
    ("reactivate_room_type", "reactivate", "room-type reactivate"),
    ("reinstate", "reinstate", "reinstate"),
    ("release_allotment", "let-go", "allotment release"),
    ("release_hold", "release", "hold release"),
    ("rename_room_type", "rename", "room-type rename"),
    ("reserve", "reserve", "reserve"),
    ("retire_room_type", "retire", "room-type retire"),
    ("return_pick_up", "return", "allotment return"),
    ("reverse_check_in", "reverse-check-in", "reverse-check-in"),
    (
        "reverse_check_out",
        "reverse-check-out",
        "reverse-check-out",
    ),
    ("sell_room_type", "sell", "room-type sell"),
    ("set_business_date", "date", "replay"),
    ("set_details", "details", "reservation set-details"),
    ("set_limits", "limit", "limits set"),
    ("split", "split", "reservation split"),
    ("stop_room_type", "stop", "room-type stop"),
    ("sweep_holds", "sweep", "jobs run sweep"),
    ("undo", "undo", "undo"),
    ("walk_in", "reserve", "--walk-in"),
];

/// What the grammar of the command line lets nobody ask for.
const NOT_ASKED_FOR: [&str; 3] = [
    // Every command takes a stay or an id, and a limit out of range is bad input.
    "no_stay",
    "limit_out_of_range",
    // `waitlist join` takes no hold and no group.
    "waits_for_nothing",
];

/// What is decided outside of the inventory: by the store, by the desk's clock, by the centre.
const NO_ROW: [&str; 3] = ["idempotency_conflict", "too_early", "desks_missing"];

/// The text of the tests below `folder`, but for the list of all refusals, with the words of an argument list
/// as they stand on a command line.
fn tests_below(sources: &[Source], folder: &str) -> String {
    let of_tests = sources
        .iter()
        .filter(|source| source.path.starts_with(folder) && !source.path.ends_with("/refusals.rs"));
    let text = of_tests.flat_map(|source| source.text.split_whitespace());
    let text: Vec<&str> = text.collect();
    format!(
        " {} ",
        text.join(" ").replace("\", \"", " ").replace('"', " ")
    )
}

fn stands_in(text: &str, words: &str) -> bool {
    text.contains(&format!(" {words} "))
}

/// The stored names in the source of an enum or of a `code` function.
fn names_in<'a>(sources: &'a [Source], path: &str) -> impl Iterator<Item = &'a str> {
    let found = sources.iter().find(|source| source.path == path);
    found.expect("the file is there").text.lines()
}

fn snake(name: &str) -> String {
    let mut said = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !said.is_empty() {
            said.push('_');
        }
        said.push(letter.to_ascii_lowercase());
    }
    said
}

#[test]
fn every_command_has_a_row_and_a_test_of_keyrackctl() {
    let kinds = COMMANDS.map(|(kind, _, _)| kind);
    assert_eq!(kinds, Command::KINDS);
    let sources = tree::sources();
    let scripts = tests_below(&sources, "crates/inventory/tests/");
    let asked = tests_below(&sources, "tests/system/");
    for (kind, script, words) in COMMANDS {
        assert!(stands_in(&scripts, script), "no script asks for {kind}");
        assert!(stands_in(&asked, words), "no test asks for {words}");
    }
    assert!(!stands_in(&asked, "hold forever"));
}

#[test]
fn every_refusal_has_a_row_and_a_test_of_keyrackctl() {
    let sources = tree::sources();
    let codes = names_in(&sources, "crates/inventory/src/refusal.rs")
        .filter_map(|line| line.trim().strip_prefix("Self::"))
        .filter_map(|line| line.strip_suffix("\","))
        .filter_map(|line| line.split_once("=> \""))
        .map(|(_, code)| code.to_owned());
    let faults = names_in(&sources, "crates/inventory/src/refusal/fault.rs")
        .filter_map(|line| line.strip_prefix("    "))
        .filter_map(|line| line.strip_suffix(','))
        .filter(|name| name.chars().all(|letter| letter.is_ascii_alphabetic()))
        .map(snake);
    let all: Vec<String> = codes.chain(faults).collect();
    assert!(all.len() > 60, "only {} codes were found", all.len());
    let scripts = tests_below(&sources, "crates/inventory/tests/");
    let asked = tests_below(&sources, "tests/system/");
    let missing: Vec<String> = all
        .iter()
        .flat_map(|code| {
            let row = !stands_in(&scripts, code) && !NO_ROW.contains(&code.as_str());
            let row = row.then(|| format!("{code}: no row"));
            let test = !stands_in(&asked, code) && !NOT_ASKED_FOR.contains(&code.as_str());
            let test = test.then(|| format!("{code}: no test of keyrackctl"));
            row.into_iter().chain(test)
        })
        .collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
