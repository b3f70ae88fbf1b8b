//! Prices with their VAT, printed papers, and the audit pack of a date that ended.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::hotel::{Hotel, SMALL};

/// The text of a PDF, as a reader sees it.
#[track_caller]
fn text(pdf: &Path) -> String {
    let read = Command::new("pdftotext")
        .args(["-layout", pdf.to_str().unwrap(), "-"])
        .output()
        .expect("pdftotext is there: `make deps` installs poppler-utils");
    assert!(read.status.success(), "{read:?}");
    // What is set with one space or more is the same words.
    let text = String::from_utf8(read.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for part in words {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
}

fn place(hotel: &Hotel, name: &str) -> (PathBuf, String) {
    let path = hotel.folder.path().join(name);
    (path.clone(), path.to_str().unwrap().to_owned())
}

fn taxed() -> Hotel {
    let hotel = Hotel::small();
    hotel.done(&[
        "settings",
        "set",
        "vat_rates",
        "2024-01-01=6; 2026-06-12=7.5",
    ]);
    hotel.done(&["settings", "set", "tax_number", "PT501234567"]);
    hotel.done(&[
        "settings",
        "set",
        "hotel_address",
        "Avenida Central 12; 8000-001 Faro",
    ]);
    hotel
}

/// Ends the business date, with the hotel's clock on that date.
#[track_caller]
fn ended(hotel: &Hotel, date: &str) -> Value {
    let at = format!("{date}T22:00:00Z");
    hotel.done(&["--at", &at, "end-of-day"])
}

#[test]
fn amounts_are_those_of_each_nights_rate() {
    let hotel = taxed();
    // Two nights at 6 %, one at 7.5 %, two rooms.
    let made = hotel.done(&[
        "reserve",
        "B:2026-06-10:2026-06-13:2",
        "--guest",
        "Ada",
        "--price",
        "B=100.01",
        "--cost",
        "B=40",
    ]);
    let number = made["reservation"]["number"].as_str().unwrap().to_owned();
    let shown = hotel.done(&["reservation", "show", &number]);
    assert_eq!(
        shown["amounts"],
        json!({
            "by_rate": [
                {"rate": "6", "net": 37740, "vat": 2264, "gross": 40004},
                {"rate": "7.5", "net": 18607, "vat": 1395, "gross": 20002},
            ],
            "net": 56347, "vat": 3659, "gross": 60006, "cost": 24000,
        })
    );
    hotel.done(&["settings", "set", "prices_include_vat", "no"]);
    let shown = hotel.done(&["reservation", "show", &number]);
    assert_eq!(shown["amounts"]["net"], 60006);
    assert_eq!(shown["amounts"]["gross"], 60006 + 2400 + 1500);
    hotel.done(&["cancel", &format!("{number}/2")]);
    let shown = hotel.done(&["reservation", "show", &number]);
    assert_eq!(shown["amounts"]["net"], 30003);
    let bare = hotel.reserved("A:2026-06-10:2026-06-12");
    assert!(hotel.done(&["reservation", "show", &bare])["amounts"].is_null());
}

#[test]
fn settings_of_money_say_what_is_wrong_with_them() {
    let hotel = Hotel::small();
    for (key, value, why) in [
        ("vat_rates", "6", "there is no ="),
        ("vat_rates", "2024-02-30=6", "is not a date"),
        ("vat_rates", "2024-01-01=120", "0 to 100 per cent"),
        (
            "vat_rates",
            "2024-01-01=6; 2024-01-01=7",
            "the date is there twice",
        ),
        ("prices_include_vat", "perhaps", "on or off"),
        ("paper", "a5", "one of a4, letter"),
    ] {
        let error = hotel
            .run(&["settings", "set", key, value])
            .refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(why), "{message}");
    }
    hotel.done(&[
        "settings",
        "set",
        "vat_rates",
        "2027-01-01=7.5;2024-01-01=6",
    ]);
    let listed = hotel.done(&["settings", "list"]);
    let rows = listed["settings"].as_array().unwrap();
    let rates = rows.iter().find(|row| row["key"] == "vat_rates").unwrap();
    assert_eq!(rates["value"], "2024-01-01=6; 2027-01-01=7.5");
}

#[test]
fn a_confirmation_says_what_was_sold_and_nothing_that_is_internal() {
    let hotel = taxed();
    let made = hotel.done(&[
        "reserve",
        "B:2026-06-10:2026-06-13:2",
        "C:2026-06-10:2026-06-11",
        "--guest",
        "Jürgen Weiß 王 🏨",
        "--price",
        "B=1100.01",
        "--price",
        "C=2000",
        "--adults",
        "4",
        "--children",
        "1",
        "--note",
        "complains about everything",
        "--guarantee",
        "deposit received",
        "--tentative",
        "--option-until",
        "2026-06-05",
        "--email",
        "j@weiss.example",
    ]);
    let number = made["reservation"]["number"].as_str().unwrap().to_owned();
    let (path, name) = place(&hotel, "confirmation.pdf");
    let before = hotel.content();
    let written = hotel.done(&["reservation", "confirmation", &number, &name]);
    assert_eq!(written["bytes"], path.metadata().unwrap().len());
    assert_eq!(hotel.content(), before);
    let first = text(&path);
    says(
        &first,
        &[
            "Hotel Miramar",
            "Avenida Central 12",
            "8000-001 Faro",
            "PT501234567",
            "Provisional booking",
            &number,
            "Jürgen Weiß ? ?",
            "j@weiss.example",
            "4 adults, 1 child",
            "deposit received",
            "Fri 5 Jun 2026",
            "Twin",
            "Suite",
            "Wed 10 Jun 2026",
            "Sat 13 Jun 2026",
            "1,100.01",
            "3,300.03",
            "2,000.00",
            "VAT 6 %",
            "VAT 7.5 %",
            "8,600.06",
            "Page 1 of 1",
        ],
    );
    assert!(!first.contains("complains"), "{first}");
    let shown = hotel.done(&["reservation", "show", &number]);
    assert_eq!(shown["amounts"]["gross"], 860_006);

    // The same input gives the same bytes; what is there is not replaced unless that is asked for.
    let bytes = std::fs::read(&path).unwrap();
    let error = hotel
        .run(&["reservation", "confirmation", &number, &name])
        .refused(2, "bad_input");
    assert!(
        error["message"].as_str().unwrap().contains("--force"),
        "{error}"
    );
    std::fs::write(&path, "other").unwrap();
    hotel
        .run(&["reservation", "confirmation", &number, &name])
        .refused(2, "bad_input");
    assert_eq!(std::fs::read(&path).unwrap(), b"other");
    hotel.done(&["reservation", "confirmation", &number, &name, "--force"]);
    assert!(std::fs::read(&path).unwrap() == bytes, "the bytes differ");

    hotel.done(&["confirm", &number]);
    hotel.done(&["reservation", "confirmation", &number, &name, "--force"]);
    says(&text(&path), &["Booking confirmation"]);
    hotel.done(&["settings", "set", "paper", "letter"]);
    hotel.done(&["reservation", "confirmation", &number, &name, "--force"]);
    let info = Command::new("pdfinfo").arg(&path).output().unwrap();
    says(&String::from_utf8(info.stdout).unwrap(), &["612 x 792 pts"]);
}

#[test]
fn what_cannot_be_printed_leaves_no_file() {
    let hotel = Hotel::small();
    let number = hotel.reserved("A:2026-06-10:2026-06-12");
    let (path, name) = place(&hotel, "paper.pdf");
    hotel
        .run(&["reservation", "confirmation", "A99", &name])
        .refused(3, "unknown_reservation");
    hotel
        .run(&["reservation", "registration-card", "A99", &name])
        .refused(3, "unknown_reservation");
    let stay = format!("{number}/7");
    hotel
        .run(&["reservation", "registration-card", &stay, &name])
        .refused(3, "unknown_stay");
    hotel
        .run(&["reservation", "confirmation", &stay, &name])
        .refused(2, "bad_input");
    let (_, nowhere) = place(&hotel, "no-such-folder/paper.pdf");
    hotel
        .run(&["reservation", "confirmation", &number, &nowhere])
        .refused(2, "bad_input");
    let folder = hotel.folder.path().to_str().unwrap();
    hotel
        .run(&["reservation", "confirmation", &number, folder, "--force"])
        .refused(2, "bad_input");
    assert!(!path.exists());
    let left = std::fs::read_dir(hotel.folder.path()).unwrap().flatten();
    let unfinished =
        left.filter(|entry| entry.file_name().to_string_lossy().contains("unfinished"));
    assert_eq!(unfinished.count(), 0);
}

#[test]
fn a_registration_card_has_a_page_a_stay() {
    let hotel = taxed();
    let made = hotel.done(&[
        "reserve",
        "B:2026-06-01:2026-06-03:3",
        "--guest",
        "Γιώργος Щербаков",
    ]);
    let number = made["reservation"]["number"].as_str().unwrap().to_owned();
    hotel.done(&["check-in", &format!("{number}/2"), "--room", "204"]);
    hotel.done(&["cancel", &format!("{number}/3")]);
    let (path, name) = place(&hotel, "cards.pdf");
    hotel.done(&["reservation", "registration-card", &number, &name]);
    let all = text(&path);
    says(
        &all,
        &[
            "Γιώργος Щербаков",
            "Signature of the guest",
            "204",
            "Page 2 of 2",
        ],
    );
    let both = [format!("{number}/1"), format!("{number}/2")];
    says(&all, &[&both[0], &both[1]]);
    assert!(!all.contains(&format!("{number}/3")), "{all}");
    hotel.done(&[
        "reservation",
        "registration-card",
        &both[1],
        &name,
        "--force",
    ]);
    let one = text(&path);
    says(
        &one,
        &[&both[1], "Page 1 of 1", "Mon 1 Jun 2026", "Wed 3 Jun 2026"],
    );
    assert!(!one.contains(&both[0]), "{one}");
}

/// A date with one of everything. Gives what the pack must say.
fn eventful(hotel: &Hotel) -> Value {
    for (guest, price) in [
        ("Ada Moreau", "106"),
        ("Bo Lindqvist", "53"),
        ("Cy Walsh", "10.60"),
    ] {
        let price = format!("B={price}");
        let stay = "B:2026-06-01:2026-06-03";
        hotel.done(&[
            "reserve",
            stay,
            "--guest",
            guest,
            "--price",
            &price,
            "--walk-in",
        ]);
    }
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-02",
        "--guest",
        "Di Priceless",
        "--walk-in",
    ]);
    hotel.done(&["reserve", "C:2026-06-01:2026-06-02", "--guest", "Ed Noshow"]);
    hotel.done(&[
        "reserve",
        "C:2026-06-10:2026-06-12",
        "--guest",
        "Flo Cancelled",
    ]);
    hotel.done(&["cancel", "A6"]);
    hotel.done(&["reserve", "C:2026-06-10:2026-06-12", "--guest", "Gus Back"]);
    hotel.done(&["cancel", "A7"]);
    hotel.done(&["reinstate", "A7"]);
    hotel.done(&[
        "reserve",
        "B:2026-06-01:2026-06-01",
        "--guest",
        "Hal Dayuse",
        "--walk-in",
    ]);
    hotel.done(&["check-out", "A8"]);
    hotel.done(&[
        "outage",
        "add",
        "B:2026-06-01:2026-06-04:1",
        "--reason",
        "leak",
    ]);
    hotel.done(&[
        "allotment",
        "open",
        "Miller",
        "--kind",
        "elastic",
        "B:2026-06-20:2026-06-22:2",
    ]);
    json!({
        "house": {"room_type": "", "name": "House", "rooms": 100_008, "out_of_order": 1, "sold": 4,
            "unsold": 100_003, "occupancy": 0},
        "revenue": {"currency": "EUR", "net": 16_000, "vat": 960, "gross": 16_960,
            "by_rate": [{"rate": "6", "net": 16_000, "vat": 960, "gross": 16_960}],
            "rooms": 3, "without_price": 1, "average": 5_333},
    })
}

fn guests(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["guest"].as_str().unwrap().to_owned())
        .collect()
}

/// Fails with the part that differs.
#[track_caller]
fn same(found: &Value, expected: &Value) {
    for (part, value) in expected.as_object().unwrap() {
        assert_eq!(&found[part], value, "{part}");
    }
}

fn report(hotel: &Hotel, date: &str) -> (Value, PathBuf) {
    let folder = hotel.folder.path().join("hotel.db-day-ends").join(date);
    let json = std::fs::read(folder.join("report.json")).unwrap();
    (
        serde_json::from_slice(&json).unwrap(),
        folder.join("report.pdf"),
    )
}

#[test]
fn the_end_of_a_day_leaves_its_pack() {
    let hotel = taxed();
    let expected = eventful(&hotel);
    let done = ended(&hotel, "2026-06-01");
    let (found, pdf) = report(&hotel, "2026-06-01");
    assert_eq!(done["pack"], json!(pdf.parent().unwrap()));
    same(&found, &expected);
    let stayers = ["Ada Moreau", "Bo Lindqvist", "Cy Walsh", "Di Priceless"];
    assert_eq!(guests(&found["in_house"]), stayers);
    assert_eq!(guests(&found["arrivals"]).len(), 5);
    assert_eq!(guests(&found["departures"]), ["Hal Dayuse"]);
    assert_eq!(guests(&found["no_shows"]), ["Ed Noshow"]);
    assert_eq!(guests(&found["cancellations"]), ["Flo Cancelled"]);
    assert_eq!(found["outages"][0]["reason"], "leak");
    assert_eq!(found["groups"][0]["name"], "Miller");
    let words = text(&pdf);
    says(&words, &stayers);
    says(
        &words,
        &[
            "Mon 1 Jun 2026",
            "Ed Noshow",
            "Flo Cancelled",
            "leak",
            "Miller",
            "160.00",
            "9.60",
            "169.60",
            "Arrivals (5)",
            "without a price, which are not in these amounts: 1",
            "Page 1 of 2",
        ],
    );
    hotel.verified();
}

#[test]
fn a_pack_is_made_good_with_the_figures_of_its_date() {
    let hotel = taxed();
    eventful(&hotel);
    ended(&hotel, "2026-06-01");
    let (first, pdf) = report(&hotel, "2026-06-01");
    let bytes = std::fs::read(&pdf).unwrap();
    // On the day after, guests leave and come, a rate changes, and a name is in the house anew.
    hotel.done(&["check-out", "A1"]);
    hotel.done(&[
        "reserve",
        "B:2026-06-02:2026-06-04",
        "--guest",
        "Ida Later",
        "--walk-in",
    ]);
    hotel.done(&["cancel", "A7"]);
    hotel.done(&[
        "settings",
        "set",
        "vat_rates",
        "2024-01-01=6; 2026-06-02=20",
    ]);
    // As a process leaves it that died after the date had ended.
    std::fs::remove_dir_all(pdf.parent().unwrap()).unwrap();
    hotel
        .bare()
        .execute("UPDATE day_end SET pack = NULL", [])
        .unwrap();
    let due = hotel.run(&["--at", "2026-06-02T22:00:00Z", "end-of-day", "--dry-run"]);
    assert!([0, 1].contains(&due.status), "{due:?}");
    same(&report(&hotel, "2026-06-01").0, &first);
    assert!(std::fs::read(&pdf).unwrap() == bytes, "the bytes differ");
    // Jobs make it good as well.
    std::fs::remove_dir_all(pdf.parent().unwrap()).unwrap();
    hotel
        .bare()
        .execute("UPDATE day_end SET pack = NULL", [])
        .unwrap();
    hotel.run(&["jobs", "run"]);
    same(&report(&hotel, "2026-06-01").0, &first);
    assert_eq!(
        hotel.number("SELECT count(*) FROM day_end WHERE pack IS NOT NULL"),
        1
    );
}

/// Processes that die at any moment of the end of day: the date ends once, and its pack is there in the
/// end, whole.
#[test]
fn a_killed_end_of_day_is_made_good() {
    let hotel = taxed();
    eventful(&hotel);
    let (mut killed, mut ends, mut date) = (
        0,
        0,
        "2026-06-01".parse::<keyrack_inventory::Night>().unwrap(),
    );
    // The first one is left to end, and tells how long that takes on this machine; the others are killed
    // at every part of it, the earliest before anything is done.
    let mut span = std::time::Duration::ZERO;
    for turn in 0..25_u32 {
        let at = format!("{date}T22:00:00Z");
        let mut command = hotel.command(&["--at", &at, "end-of-day"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let started = std::time::Instant::now();
        let mut child = command.spawn().unwrap();
        if turn == 0 {
            assert!(child.wait().unwrap().success());
            span = started.elapsed();
        } else {
            std::thread::sleep(span * (turn % 12) / 12);
            child.kill().unwrap();
        }
        killed += u64::from(!child.wait().unwrap().success());
        let ended = hotel.number("SELECT count(*) FROM day_end");
        let moved = hotel.number("SELECT business_date FROM property");
        assert_eq!(
            moved,
            i64::from(
                "2026-06-01"
                    .parse::<keyrack_inventory::Night>()
                    .unwrap()
                    .day_number()
            ) + ended
        );
        if ended > ends {
            (ends, date) = (ended, date.plus(1));
            // What is due on the next date may ask for a word: those in the house leave.
            hotel.run(&["check-out", "A1", "A2", "A3", "A4"]);
        }
    }
    hotel.done(&["jobs", "run"]);
    assert_eq!(
        hotel.number("SELECT count(*) FROM day_end WHERE pack IS NULL"),
        0
    );
    for day in 0..ends {
        let date = "2026-06-01"
            .parse::<keyrack_inventory::Night>()
            .unwrap()
            .plus(i32::try_from(day).unwrap());
        let (found, pdf) = report(&hotel, &date.to_string());
        assert_eq!(found["business_date"], date.to_string());
        says(&text(&pdf), &["Revenue of the night", "Open groups (1)"]);
    }
    hotel.verified();
    println!("{killed} killed, {ends} dates ended");
    assert!(
        killed > 0 && ends > 0,
        "{killed} killed, {ends} dates ended"
    );
}

#[test]
fn a_folder_that_cannot_be_written_stops_no_end_of_day() {
    let hotel = Hotel::small();
    let file = hotel.write("in-the-way", "");
    hotel.done(&["settings", "set", "day_end_folder", file.to_str().unwrap()]);
    let done = ended(&hotel, "2026-06-01");
    assert!(done["pack"].is_null(), "{done}");
    assert_eq!(done["business_date"], "2026-06-02");
    let (folder, name) = place(&hotel, "packs");
    hotel.done(&["settings", "set", "day_end_folder", &name]);
    hotel.done(&["--at", "2026-06-02T22:00:00Z", "end-of-day"]);
    assert!(folder.join("2026-06-01/report.pdf").is_file());
    assert!(folder.join("2026-06-02/report.json").is_file());
}

#[test]
fn a_house_of_seven_hundred_rooms_fills_pages_under_repeated_headings() {
    let hotel = Hotel::with(&SMALL.replace("rooms = 5", "rooms = 700"));
    let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwe von Hohenlohe-Schillingsfürst";
    for part in 0..7 {
        let guest = format!("{part} {long}");
        hotel.done(&[
            "reserve",
            "B:2026-06-01:2026-06-02:100",
            "--guest",
            &guest,
            "--price",
            "B=80",
            "--walk-in",
        ]);
    }
    ended(&hotel, "2026-06-01");
    let (found, pdf) = report(&hotel, "2026-06-01");
    assert_eq!(found["in_house"].as_array().unwrap().len(), 700);
    assert_eq!(found["revenue"]["gross"], 5_600_000);
    let words = text(&pdf);
    let pages = words.matches("Audit pack 1 Jun 2026").count() + 1;
    assert!(pages > 20, "{pages} pages");
    says(
        &words,
        &[
            &format!("Page {pages} of {pages}"),
            "In house (700)",
            "A7/100",
            "…",
        ],
    );
    assert!(!words.contains(long), "a long name was not cut");
    assert!(words.matches("NUMBER GUEST ROOM TYPE").count() >= pages - 1);
}
