//! A guest is walked to a sister hotel, and the desks of both show it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{Centre, Desk, HOTEL, PROPERTY, settle};
use crate::hotel::Hotel;

/// What the centre answers to a request with a token.
fn posted(address: SocketAddr, path: &str, token: &str, body: &Value) -> Value {
    let body = body.to_string();
    let mut line = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    line.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
}

#[test]
fn the_desks_of_both_hotels_show_a_guest_who_is_walked() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 71);
    let second = Desk::another(&centre, "second", 72);
    centre.said(&["property", "add", "sister"]);
    let sister = Hotel::with(
        &HOTEL
            .replace("Miramar", "Atlantico")
            .replace("MIRA", "ATLA"),
    );
    let code = centre.said(&["desk", "code", "sister"]);
    let url = format!("http://{}", centre.address);
    sister.done(&["enrol", &url, code.lines().last().unwrap()]);
    settle(&[&first, &second]);
    sister.done(&["sync", "--once"]);
    let guest = ["--guest", "Ana Reis", "--phone", "+351 21 000"];
    let words = [&["reserve", "A:2026-06-01:2026-06-03"][..], &guest].concat();
    let (status, made) = first.run(&words);
    assert_eq!(status, 0, "{made}");
    let left = super::number(&made);
    settle(&[&first, &second]);
    let token = centre.said(&["chain", "token", "duty", "--walks"]);
    centre.said(&["chain", "allow", PROPERTY, "sister"]);
    let path = format!("/v1/properties/{PROPERTY}/walks");
    let asked =
        json!({"id": Uuid::now_v7(), "reservation": left, "to": "sister", "room_type": "B"});
    let walked = posted(centre.address, &path, &token, &asked);
    assert_eq!(walked["state"], "walked", "{walked}");
    let number = walked["made"]["number"].as_str().unwrap();
    settle(&[&first, &second]);
    sister.done(&["sync", "--once"]);
    for desk in [&first, &second] {
        let (_, shown) = desk.run(&["reservation", "show", &left]);
        assert_eq!(shown["status"], "cancelled", "{}: {shown}", desk.name);
        desk.is_sound();
        desk.is_level();
    }
    let shown = sister.done(&["reservation", "show", number]);
    assert_eq!(shown["status"], "confirmed", "{shown}");
    assert!(shown.to_string().contains("Ana Reis"), "{shown}");
    // It is let in there as any other, and what that desk makes afterwards has numbers of its own.
    sister.done(&["check-in", number]);
    let next = sister.done(&["reserve", "A:2026-06-02:2026-06-03", "--guest", "Bo"]);
    assert!(super::number(&next).starts_with('A'), "{next}");
    sister.done(&["sync", "--once"]);
    sister.done(&["verify"]);
    sister.done(&["verify", "--against-centre"]);
    centre.is_sound();
    centre.said(&["verify", "sister"]);
}
