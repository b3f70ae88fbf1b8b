//! What no page would ask: each command of the window answers it, nothing panics, and what could not be read or was
//! not done changed nothing.
//!
//! From a seed; `KEYRACK_ODD_REQUESTS` says how many.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use keyrack_desk::door::Password;
use keyrack_desk::sign_in::SignInRequest;
use keyrack_desk::trail::AuditRequest;
use keyrack_desk::{Desk, Options};
use serde_json::Value;

use crate::matrix_tests::{PASSWORD, Shell, requests};

#[path = "../../tests/support/spoil.rs"]
mod spoil;

use spoil::spoiled;

const REQUESTS: u64 = 2_000;

macro_rules! names {
    ($($command:ident)*) => { [$(stringify!($command)),*] };
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

/// How far the file came: its events, and the trail, in which every other deed stands.
fn kept(desk: &Desk) -> String {
    let newest = AuditRequest {
        limit: 1,
        ..AuditRequest::default()
    };
    let head = desk.property().unwrap().head;
    format!("{head} {:?}", desk.audit_page(&newest).unwrap())
}

#[test]
fn what_nobody_would_ask_the_window_is_answered_and_changes_nothing() {
    let shell = Shell::new();
    shell.sign_in("admin");
    let desk = Desk::open(&Options::new(&shell.file(), "admin")).unwrap();
    let request = SignInRequest {
        name: "admin".to_owned(),
        password: Password::new(PASSWORD),
    };
    desk.sign_in(&request, false).unwrap();
    // A wrong sign-in is noted, and the hash of a password takes its time.
    let asking: Vec<(&str, Value)> = command_table!(names)
        .into_iter()
        .filter(|name| *name != "sign_in")
        .flat_map(|name| {
            requests(name)
                .into_iter()
                .map(move |request| (name, request))
        })
        .filter(|(_, request)| !request.is_null())
        .collect();
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_nanos() as u64;
    let seed = number("KEYRACK_SEED").unwrap_or(clock).max(1);
    println!("KEYRACK_SEED={seed}");
    let mut state = seed;
    let mut below = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % most as u64) as usize
    };
    let tried = number("KEYRACK_ODD_REQUESTS").unwrap_or(REQUESTS);
    let mut codes: BTreeMap<String, u32> = BTreeMap::new();
    let mut before = kept(&desk);
    for _ in 0..tried {
        let (name, request) = &asking[below(asking.len())];
        let mut request = spoiled(request, &mut below);
        if below(3) == 0 {
            request = spoiled(&request, &mut below);
        }
        let asked = format!("{name} {request}");
        let answer = shell.call(name, request);
        let now = kept(&desk);
        let code = answer.map_or_else(|failure| failure.code, |()| "done".to_owned());
        assert_ne!(code, "unexpected", "it stumbled over {asked}");
        if code != "done" {
            assert_eq!(now, before, "{code}, and it changed something: {asked}");
        }
        if code == "not_allowed" {
            shell.sign_in("admin");
        }
        before = kept(&desk);
        *codes.entry(code).or_default() += 1;
    }
    println!("{codes:?}");
    println!("figure: malformed_window.tried {tried} times");
    let count = |code: &str| codes.get(code).copied().unwrap_or(0);
    // Some of it is understood, and most is not.
    assert!(
        count("bad_input") > count("done") && count("done") > 0,
        "{codes:?}"
    );
}
