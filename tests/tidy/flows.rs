//! What can be done in the window is done there by a test with the mouse alone and by one with the keyboard alone, and
//! each asks the command line what came of it.

use std::collections::BTreeSet;

use crate::tree;

/// A flow, and the tests of the real window that go through it by mouse and by keyboard. Where both are one test it does
/// the one after the other.
const FLOWS: [(&str, &str, &str); 27] = [
    (
        "a booking",
        "rooms_are_sold_with_the_mouse",
        "rooms_are_sold_with_the_keyboard_alone",
    ),
    (
        "a walk-in",
        "a_walk_in_by_mouse_alone",
        "a_walk_in_by_keyboard_alone",
    ),
    (
        "check-in with a room's number, check-out, their reversals",
        "guests_come_stay_away_and_leave_by_mouse",
        "guests_come_stay_away_and_leave_by_keyboard_alone",
    ),
    (
        "no-show, reinstate, cancel",
        "guests_come_stay_away_and_leave_by_mouse",
        "guests_come_stay_away_and_leave_by_keyboard_alone",
    ),
    (
        "amend, upgrade, split, move a night",
        "changes_of_a_booking_by_mouse_alone",
        "changes_of_a_booking_by_keyboard_alone",
    ),
    (
        "several at once",
        "several_at_once_by_mouse_alone",
        "several_at_once_by_keyboard_alone",
    ),
    (
        "holds: placed, let go, booked",
        "holds_by_mouse_alone",
        "holds_by_keyboard_alone",
    ),
    (
        "groups: opened, picked up, returned, changed, let go",
        "groups_by_mouse_alone",
        "groups_by_keyboard_alone",
    ),
    (
        "restrictions and limits in the cell, and selling all the same",
        "limits_by_mouse_alone",
        "limits_by_keyboard_alone",
    ),
    (
        "outages",
        "outages_by_mouse_alone",
        "outages_by_keyboard_alone",
    ),
    (
        "the waitlist and its offers",
        "the_waitlist_by_mouse_alone",
        "the_waitlist_by_keyboard_alone",
    ),
    (
        "the end of the day",
        "the_day_ends_by_mouse_with_what_was_picked",
        "the_day_ends_by_keyboard_alone",
    ),
    (
        "undo and history",
        "taking_back_by_mouse_alone",
        "taking_back_by_keyboard_alone",
    ),
    (
        "explain, and a night through time",
        "explaining_a_night_by_mouse_alone",
        "explaining_a_night_by_keyboard_alone",
    ),
    (
        "search",
        "a_booking_is_found_by_name_and_by_number_by_mouse_and_by_keyboard",
        "a_booking_is_found_by_name_and_by_number_by_mouse_and_by_keyboard",
    ),
    (
        "the command bar",
        "what_is_found_is_held_with_one_key_or_the_mouse",
        "rooms_are_found_and_booked_by_typing_what_the_guest_says",
    ),
    (
        "papers",
        "papers_by_mouse_alone",
        "papers_by_keyboard_alone",
    ),
    (
        "pictures",
        "pictures_by_mouse_alone",
        "pictures_by_keyboard_alone",
    ),
    (
        "alerts",
        "alerts_by_mouse_alone",
        "alerts_by_keyboard_alone",
    ),
    (
        "health, the audit trail and its filters",
        "health_and_the_trail_by_mouse_alone",
        "health_and_the_trail_by_keyboard_alone",
    ),
    (
        "staff, sign-in, lock, change of user",
        "staff_and_the_door_by_mouse_alone",
        "staff_and_the_door_by_keyboard_alone",
    ),
    (
        "settings",
        "a_setting_is_set_by_keyboard_and_by_mouse_and_a_bad_one_is_refused",
        "a_setting_is_set_by_keyboard_and_by_mouse_and_a_bad_one_is_refused",
    ),
    (
        "import and export",
        "files_that_come_and_go_by_mouse_alone",
        "files_that_come_and_go_by_keyboard_alone",
    ),
    (
        "backup and restore",
        "backups_by_mouse_alone",
        "backups_by_keyboard_alone",
    ),
    (
        "the set-up of a hotel of one's own",
        "ones_own_hotel_is_set_up_and_opens",
        "a_hotel_of_ones_own_is_set_up_by_keys_alone_in_less_than_three_minutes",
    ),
    (
        "joining a centre",
        "joining_a_centre_by_mouse_alone",
        "joining_a_centre_by_keyboard_alone",
    ),
    (
        "the inbox",
        "a_declined_request_is_taken_elsewhere_from_the_inbox_by_mouse",
        "a_declined_request_is_taken_elsewhere_from_the_inbox_by_keyboard",
    ),
];

/// Those that go through a flow with the one hand and then with the other.
const BOTH: [&str; 3] = [
    "what_is_found_is_held_with_one_key_or_the_mouse",
    "a_booking_is_found_by_name_and_by_number_by_mouse_and_by_keyboard",
    "a_setting_is_set_by_keyboard_and_by_mouse_and_a_bad_one_is_refused",
];

/// What a test calls that a hand at the keyboard cannot do.
const OF_THE_MOUSE: [&str; 7] = [
    "page.click",
    ".drag",
    "page.fill(",
    "page.scroll_to(",
    "select_by_label(",
    ".focus()",
    "Mouse).await",
];
/// What a test calls that a hand at the mouse does not, beyond writing into a field.
const OF_THE_KEYS: [&str; 3] = ["page.press(", "page.tab_to(", "Keys).await"];

/// The function of this name with its body, from a file of tests.
fn body<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("async fn {name}("))?;
    rest.split_once("\n}\n").map(|(body, _)| body)
}

/// What a test does with one hand: its own body and those of the functions of its file that it hands its page or that
/// hand to, and so on from each of them, all without what they do with the other hand.
fn with_one_hand(texts: &[String], name: &str, hand: &str, other: &str) -> String {
    let Some(text) = texts.iter().find(|text| body(text, name).is_some()) else {
        return String::new();
    };
    let names = text.split("async fn ").skip(1);
    let names: Vec<&str> = names.filter_map(|rest| rest.split('(').next()).collect();
    let (mut met, mut open) = (BTreeSet::from([name]), vec![name]);
    let mut does = String::new();
    while let Some(body) = open.pop().and_then(|name| body(text, name)) {
        let kept = without(body, other);
        let called = names.iter().filter(|name| calls(&kept, name, hand));
        open.extend(called.filter(|name| met.insert(name)));
        does.push_str(&kept);
    }
    does
}

/// The body without what it does with the other hand.
fn without(body: &str, other: &str) -> String {
    let mut kept = String::new();
    let mut rest = body;
    let other = format!("{other} =>");
    while let Some((before, arm)) = rest.split_once(&other) {
        kept.push_str(before);
        rest = after_the_arm(arm);
    }
    kept + rest
}

/// Whether a body calls the function of this name with its page, or with the hand alone.
fn calls(body: &str, name: &str, hand: &str) -> bool {
    let part_of_a_name = |sign: char| sign.is_alphanumeric() || "_.:".contains(sign);
    let call = format!("{name}(");
    body.match_indices(&call).any(|(at, _)| {
        let given = arguments(&body[at + call.len()..]);
        let mut words = given.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        !body[..at].ends_with(part_of_a_name)
            && (given.trim() == hand || words.any(|word| word == "page"))
    })
}

/// What stands before the bracket that closes.
fn arguments(call: &str) -> &str {
    let mut depth = 1;
    let end = call.find(|sign: char| {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        depth == 0
    });
    end.map_or(call, |end| &call[..end])
}

/// What comes after an arm of a match, which ends with its brace, or with the comma behind its expression.
fn after_the_arm(arm: &str) -> &str {
    let mut depth = 0;
    for (at, sign) in arm.char_indices() {
        match sign {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        let braced = arm.trim_start().starts_with('{') && sign == '}';
        if depth < 0 || (depth == 0 && (sign == ',' || braced)) {
            return &arm[at..];
        }
    }
    ""
}

#[test]
fn every_flow_of_the_window_has_a_test_by_mouse_and_one_by_keyboard() {
    let sources = tree::sources();
    let texts: Vec<String> = sources
        .iter()
        .filter(|source| source.path.starts_with("tests/window/"))
        .map(|source| source.text.clone())
        .collect();
    let mut wrong = Vec::new();
    for (flow, by_mouse, by_keyboard) in FLOWS {
        for name in BTreeSet::from([by_mouse, by_keyboard]) {
            if !texts.iter().any(|text| body(text, name).is_some()) {
                wrong.push(format!("{flow}: there is no test {name}"));
            }
        }
        // One that is called so holds to it: it goes through the flow with that hand, and with no other.
        let hands = [
            (
                by_keyboard,
                &["keyboard", "by_keys"][..],
                "Keys",
                "Mouse",
                &OF_THE_MOUSE[..],
            ),
            (by_mouse, &["mouse"][..], "Mouse", "Keys", &OF_THE_KEYS[..]),
        ];
        for (name, called, hand, other, forbidden) in hands {
            if !called.iter().any(|word| name.contains(word)) || BOTH.contains(&name) {
                continue;
            }
            let does = with_one_hand(&texts, name, hand, other);
            for word in forbidden.iter().filter(|word| does.contains(**word)) {
                wrong.push(format!("{flow}: {name} has {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(
        !texts
            .iter()
            .any(|text| body(text, "holds_by_telepathy_alone").is_some())
    );
}

#[test]
fn what_a_flow_does_with_the_wrong_hand_is_found_in_what_it_calls() {
    let file = "async fn sells_by_keyboard() -> Outcome {
    sells(Keys).await
}
async fn sells(hand: Hand) -> Outcome {
    let page = &session.page();
    let other = desks(&(cable, 1), page).await?;
    match hand {
        Mouse => by_click(page).await?,
        Keys => {}
    }
}
async fn by_click(page: &Page) -> Outcome {
    page.click(\"button\")
}
async fn desks(cable: &Cable, page: &Page) -> Outcome {
    rooms(page, 2).await
}
async fn rooms(page: &Page, count: u8) -> Outcome {
    page.fill(\"Rooms\")
}
";
    let does = with_one_hand(&[file.to_owned()], "sells_by_keyboard", "Keys", "Mouse");
    assert!(does.contains("page.fill("), "{does}");
    assert!(!does.contains("page.click("), "{does}");
}
