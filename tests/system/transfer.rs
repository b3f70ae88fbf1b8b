//! Bookings of other systems brought in, and files for other programs.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chance::{Chance, share_of, short_or_long};
use crate::hotel::{Hotel, Run, new_id, sample};
use crate::people::{as_member, staffed, token};

/// Like what another hotel system writes.
const MAPPING: &str = r#"
delimiter = ";"
date_format = "%d.%m.%Y"
decimal_mark = ","
thousands_mark = "."

[columns]
external_number = "No"
name = "Guest"
phone = "Phone"
room_type = "Room"
arrival = "From"
departure = "To"
rooms = "Rooms"
price = "Price"
status = "State"
note = "Note"

[constants]
source = "OldPMS"

[room_types]
"Double room" = "A"
Twin = "B"

[statuses]
OK = "confirmed"
OPT = "tentative"
XX = "cancelled"
WL = "waitlisted"

[[skip]]
column = "State"
equals = "HOUSE"
"#;
const HEADER: &str = "No;Guest;Phone;Room;From;To;Rooms;Price;State;Note\n";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file of these rows beside the hotel's, with the mapping.
fn files(hotel: &Hotel, rows: &str) -> (PathBuf, PathBuf) {
    (
        hotel.write("bookings.csv", format!("{HEADER}{rows}")),
        hotel.write("mapping.toml", MAPPING),
    )
}

fn import(hotel: &Hotel, rows: &str, options: &[&str]) -> Run {
    let (bookings, mapping) = files(hotel, rows);
    import_file(hotel, &bookings, &mapping, options)
}

fn words<'a>(bookings: &'a Path, mapping: &'a Path, options: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["import", "reservations", text(bookings)];
    words.extend(["--mapping", text(mapping)]);
    words.extend(options);
    words
}

fn import_file(hotel: &Hotel, bookings: &Path, mapping: &Path, options: &[&str]) -> Run {
    hotel.run(&words(bookings, mapping, options))
}

fn export(hotel: &Hotel, what: &str, name: &str, options: &[&str]) -> PathBuf {
    let path = hotel.folder.path().join(name);
    let mut words = vec!["export", what, text(&path)];
    words.extend(options);
    hotel.done(&words);
    path
}

/// The rows of a file, by column.
fn table(path: &Path) -> Vec<Value> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let fields = names.iter().zip(row.iter());
        fields
            .map(|(name, cell)| (name.to_owned(), json!(cell)))
            .collect()
    });
    rows.map(Value::Object).collect()
}

/// Everything but the time it took.
fn figures(mut answer: Value) -> Value {
    assert!(answer["seconds"].as_f64().unwrap() >= 0.0);
    let fields = answer.as_object_mut().unwrap();
    for name in ["seconds", "command_id", "request_id"] {
        fields.remove(name).unwrap();
    }
    answer
}

#[test]
fn bookings_come_in_with_all_that_the_mapping_names() {
    let hotel = Hotel::small();
    let rows = "\
        7001;Ada Moreau;'+351 289 1;Double room;10.06.2026;12.06.2026;2;1.120,50;OK;late\n\
        7002;Bo Lind;;Twin;10.06.2026;11.06.2026;1;80;OPT;\n\
        7003;Cy Roy;;Twin;10.06.2026;11.06.2026;1;;XX;\n\
        7004;Di Sol;;C;10.06.2026;11.06.2026;;;WL;\n\
        7005;House;;Twin;10.06.2026;11.06.2026;1;;HOUSE;\n";
    let answer = import(&hotel, rows, &[]).ends(0);
    assert_eq!(
        figures(answer),
        json!({"read": 5, "added": 4, "already_there": 0, "skipped": 1, "bad": [], "bad_count": 0,
            "dry_run": false})
    );
    let shown = |number: &str| hotel.done(&["reservation", "show", number]);
    let ada = shown("A1");
    assert_eq!(ada["guest"]["name"], "Ada Moreau");
    assert_eq!(ada["guest"]["phone"], "+351 289 1");
    assert_eq!(
        (&ada["source"], &ada["external_number"]),
        (&json!("OldPMS"), &json!("7001"))
    );
    assert_eq!(ada["notes"], "late");
    let stays = ada["stays"].as_array().unwrap();
    assert_eq!(stays.len(), 2);
    assert_eq!(stays[0]["price"], 112_050);
    assert_eq!(shown("A2")["status"], "tentative");
    assert_eq!(shown("A3")["status"], "cancelled");
    assert_eq!(shown("A4")["status"], "waitlisted");
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 2);
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 1);
    assert_eq!(hotel.cell("C", "2026-06-10")["sold"], 0);
    hotel.verified();
}

#[test]
fn a_bad_row_is_told_with_its_line_its_column_and_the_reason_and_keeps_all_out() {
    let hotel = Hotel::small();
    let good = "1;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;";
    // The row, its column, its code, and a word of the reason.
    let cases = [
        (
            ";Ada;;Twin;10.06.2026;12.06.2026;1;;OK;",
            json!("No"),
            "bad_input",
            "external_number",
        ),
        (
            "2;;;Twin;10.06.2026;12.06.2026;1;;OK;",
            json!("Guest"),
            "bad_input",
            "no guest",
        ),
        (
            "2;Ada;;Twin;31.02.2026;12.06.2026;1;;OK;",
            json!("From"),
            "bad_input",
            "31.02.2026",
        ),
        (
            "2;Ada;;Twin;2026-06-10;12.06.2026;1;;OK;",
            json!("From"),
            "bad_input",
            "%d.%m.%Y",
        ),
        (
            "2;Ada;;Twin;;12.06.2026;1;;OK;",
            json!("From"),
            "bad_input",
            "no arrival",
        ),
        (
            "2;Ada;;Twin;10.06.2026;;1;;OK;",
            json!("To"),
            "bad_input",
            "no departure",
        ),
        (
            "2;Ada;;Twin;10.06.2026;09.06.2026;1;;OK;",
            json!("From"),
            "invalid_stay",
            "ends before it begins",
        ),
        (
            "2;Ada;;Twin;31.05.2026;12.06.2026;1;;OK;",
            json!("From"),
            "invalid_stay",
            "history",
        ),
        (
            "2;Ada;;Twin;10.08.2026;12.08.2026;1;;OK;",
            json!("From"),
            "invalid_stay",
            "not open",
        ),
        (
            "2;Ada;;No such;10.06.2026;12.06.2026;1;;OK;",
            json!("Room"),
            "bad_input",
            "No such",
        ),
        (
            "2;Ada;;Q;10.06.2026;12.06.2026;1;;OK;",
            json!("Room"),
            "unknown_room_type",
            "Q",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;-1;;OK;",
            json!("Rooms"),
            "bad_input",
            "-1",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;0;;OK;",
            json!("From"),
            "invalid_stay",
            "room",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;6;;OK;",
            json!(null),
            "no_availability",
            "Twin",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;5;;OK;",
            json!(null),
            "no_availability",
            "Twin",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;12.345,678;OK;",
            json!("Price"),
            "bad_input",
            "678",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;50.00;OK;",
            json!("Price"),
            "bad_input",
            "50.00",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;1.2.3;OK;",
            json!("Price"),
            "bad_input",
            "1.2.3",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;99.5,00;OK;",
            json!("Price"),
            "bad_input",
            "99.5,00",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;-3;OK;",
            json!("Price"),
            "bad_input",
            "-3",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;;MAYBE;",
            json!("State"),
            "bad_input",
            "MAYBE",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;4111 1111 1111 1111",
            json!("Note"),
            "bad_input",
            "card",
        ),
        (
            "2;4111111111111111;;Twin;10.06.2026;12.06.2026;1;;OK;",
            json!("Guest"),
            "bad_input",
            "card",
        ),
        (
            "2;Ada;;Twin;10.06.2026;12.06.2026;1;;OK",
            json!(null),
            "bad_input",
            "9 cells",
        ),
        (
            "1;Ada;;Twin;11.06.2026;12.06.2026;1;;OK;",
            json!(null),
            "already_there",
            "differs",
        ),
        (
            "1;Ada;;Twin;10.06.2026;12.06.2026;1;;XX;",
            json!(null),
            "already_there",
            "not cancelled",
        ),
    ];
    let before = hotel.content();
    for (row, column, code, word) in &cases {
        for options in [&[][..], &["--dry-run"]] {
            // Lines end in both ways.
            let end = if options.is_empty() { "\n" } else { "\r\n" };
            let (_, mapping) = files(&hotel, "");
            let rows = format!("{HEADER}{good}\n{row}\n").replace('\n', end);
            let run = import_file(&hotel, &hotel.write("rows.csv", rows), &mapping, options);
            let answer = run.ends(if options.is_empty() { 3 } else { 1 });
            assert_eq!(answer["bad_count"], 1, "{row}: {answer}");
            let bad = &answer["bad"][0];
            assert_eq!(bad["line"], 3, "{row}: {answer}");
            assert_eq!(&bad["column"], column, "{row}: {answer}");
            assert_eq!(bad["code"], *code, "{row}: {answer}");
            assert!(
                bad["reason"].as_str().unwrap().contains(word),
                "{row}: {answer}"
            );
        }
        assert!(hotel.content() == before, "{row} changed something");
    }
    // A night that is not sold, for a rule of its own.
    hotel.done(&[
        "limits",
        "set",
        "B",
        "2026-06-10",
        "2026-06-11",
        "--stop-sell",
        "on",
    ]);
    let answer = import(&hotel, &format!("{good}\n"), &[]).ends(3);
    assert_eq!(answer["bad"][0]["code"], "restricted", "{answer}");
    // More than a thousand are counted.
    let many: String = (0..1_200)
        .map(|at| format!("{at};;;Twin;;;;;;\n"))
        .collect();
    let answer = import(&hotel, &many, &[]).ends(3);
    assert_eq!(answer["bad"].as_array().unwrap().len(), 1_000);
    assert_eq!(answer["bad_count"], 1_200);
    println!("{} bad rows", cases.len() + 2);
    hotel.verified();
}

#[test]
fn a_mapping_or_a_file_that_cannot_be_read_is_bad_input_and_nothing_is_touched() {
    let hotel = Hotel::small();
    let before = hotel.content();
    let (bookings, _) = files(&hotel, "1;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;\n");
    let changed = |from: &str, to: &str| {
        assert!(MAPPING.contains(from), "{from}");
        MAPPING.replace(from, to)
    };
    let cases = [
        (changed("delimiter", "delimeter"), "delimeter"),
        (changed("price = ", "prise = "), "prise"),
        (changed("[[skip]]", "[[skip]]\nwhere = 1"), "where"),
        (changed("equals = \"HOUSE\"", ""), "equals"),
        (changed("external_number = \"No\"", ""), "external_number"),
        (changed("name = \"Guest\"", ""), "name"),
        (
            changed("name = \"Guest\"", "first_name = \"Guest\""),
            "last_name",
        ),
        (changed("room_type = \"Room\"", ""), "room_type"),
        (changed("departure = \"To\"", ""), "departure"),
        (
            changed(
                "departure = \"To\"",
                "departure = \"To\"\nnights = \"Rooms\"",
            ),
            "nights",
        ),
        (
            changed("price = \"Price\"", "price = \"Price\"\ntotal = \"Price\""),
            "total",
        ),
        (changed("\"Price\"", "\"Prize\""), "Prize"),
        (changed("\"Price\"", "[]"), "price"),
        (
            changed("column = \"State\"", "column = \"Status\""),
            "Status",
        ),
        (changed("\"%d.%m.%Y\"", "\"%d.%m.\""), "date_format"),
        (changed("\"%d.%m.%Y\"", "\"%d.%m.%Q\""), "date_format"),
        (
            changed("delimiter = \";\"", "delimiter = \";;\""),
            "delimiter",
        ),
        (
            changed("delimiter = \";\"", "delimiter = '\"'"),
            "delimiter",
        ),
        (
            changed("thousands_mark = \".\"", "thousands_mark = \",\""),
            "thousands_mark",
        ),
        (
            changed("delimiter = \";\"", "encoding = \"ebcdic\""),
            "ebcdic",
        ),
        (
            changed("OK = \"confirmed\"", "OK = \"checked_in\""),
            "checked_in",
        ),
        (changed("Twin = \"B\"", "Twin = \"house\""), "house"),
        (
            changed("source = \"OldPMS\"", "external_number = \"1\""),
            "external_number",
        ),
        (changed("[columns]", "[columns"), "mapping.toml"),
    ];
    for (mapping, word) in &cases {
        let mapping = hotel.write("mapping.toml", mapping);
        let run = import_file(&hotel, &bookings, &mapping, &[]);
        let error = run.refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(word), "{word}: {message}");
    }
    let nowhere = hotel.folder.path().join("nowhere");
    let mapping = hotel.write("mapping.toml", MAPPING);
    import_file(&hotel, &nowhere, &mapping, &[]).refused(2, "bad_input");
    import_file(&hotel, &bookings, &nowhere, &[]).refused(2, "bad_input");
    let twice = hotel.write("twice.csv", HEADER.replace("Phone", "Guest"));
    let error = import_file(&hotel, &twice, &mapping, &[]).refused(2, "bad_input");
    assert!(
        error["message"].as_str().unwrap().contains("twice"),
        "{error}"
    );
    let zipped = hotel.write("broken.csv.gz", "no gzip");
    import_file(&hotel, &zipped, &mapping, &[]).refused(2, "bad_input");
    // Read before the database is touched.
    let run = Hotel::none().run(&words(&nowhere, &mapping, &[]));
    run.refused(2, "bad_input");
    assert!(hotel.content() == before, "bad input changed something");
    println!("{} mappings that cannot be read", cases.len());
}

#[test]
fn letters_marks_and_zipped_files_are_read() {
    let hotel = Hotel::small();
    let row = "1;Jos\u{e9} Mu\u{f1}oz \u{80};;Twin;10.06.2026;12.06.2026;1;;OK;\n";
    let latin: Vec<u8> = format!("{HEADER}{row}").chars().map(|c| c as u8).collect();
    let (_, mapping) = files(&hotel, "");
    let bookings = hotel.write("latin.csv", &latin);
    let answer = import_file(&hotel, &bookings, &mapping, &[]).ends(3);
    assert_eq!(answer["bad"][0]["column"], "Guest", "{answer}");
    for (at, encoding) in ["latin1", "windows-1252"].iter().enumerate() {
        let mapping = hotel.write(
            "latin.toml",
            format!("encoding = \"{encoding}\"\n{MAPPING}"),
        );
        let answer = import_file(&hotel, &bookings, &mapping, &[]).ends(0);
        assert_eq!(answer["added"], 1 - at, "{encoding}: {answer}");
    }
    let shown = hotel.done(&["reservation", "show", "A1"]);
    assert_eq!(shown["guest"]["name"], "José Muñoz €");
    // A mark at the beginning, quoted cells of several lines, and packed.
    let row = "2;\"Moreau; Ada\";;Twin;10.06.2026;12.06.2026;1;;OK;\"two\r\nlines\"\r\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed
        .write_all(format!("\u{feff}{HEADER}{row}").as_bytes())
        .unwrap();
    let bookings = hotel.write("packed.csv.gz", packed.finish().unwrap());
    import_file(&hotel, &bookings, &mapping, &[]).ends(0);
    let shown = hotel.done(&["reservation", "show", "A2"]);
    assert_eq!(shown["guest"]["name"], "Moreau; Ada");
    hotel.verified();
}

#[test]
fn the_same_file_twice_adds_nothing_whatever_the_file_is_called() {
    let hotel = Hotel::small();
    let rows = "1;Ada;;Twin;10.06.2026;12.06.2026;2;;OK;\n\
                1;Ada;;Twin;10.06.2026;12.06.2026;2;;OK;\n\
                2;Bo;;Twin;10.06.2026;12.06.2026;1;;XX;\n";
    let answer = import(&hotel, rows, &["--dry-run"]).ends(0);
    assert_eq!(
        (&answer["added"], &answer["already_there"]),
        (&json!(2), &json!(1))
    );
    let answer = import(&hotel, rows, &[]).ends(0);
    assert_eq!(
        (&answer["added"], &answer["already_there"]),
        (&json!(2), &json!(1))
    );
    let before = hotel.content();
    // Other names, other order: the key is the number alone.
    let other = "2;Bo B;;Twin;10.06.2026;12.06.2026;1;;XX;\n\
                 1;Ada Moreau;;Twin;10.06.2026;12.06.2026;2;;OK;\n";
    for (rows, there) in [(rows, 3), (other, 2)] {
        for options in [&[][..], &["--dry-run"], &["--keep-good-rows"]] {
            let answer = import(&hotel, rows, options).ends(0);
            assert_eq!(answer["added"], 0, "{answer}");
            assert_eq!(answer["already_there"], there, "{answer}");
        }
    }
    assert!(hotel.content() == before, "the same file changed something");
    // Another source is another booking; a booking made by hand counts as there.
    hotel.done(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        "Cy",
        "--source",
        "OldPMS",
        "--external-number",
        "3",
    ]);
    hotel.done(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        "Di",
        "--source",
        "Elsewhere",
        "--external-number",
        "4",
    ]);
    let rows = "3;Cy;;Twin;10.06.2026;12.06.2026;1;;OK;\n4;Di;;Twin;10.06.2026;12.06.2026;1;;OK;\n";
    let answer = import(&hotel, rows, &[]).ends(0);
    assert_eq!(
        (&answer["added"], &answer["already_there"]),
        (&json!(1), &json!(1))
    );
    // What the desk did since is told, and left alone.
    hotel.done(&["cancel", "A1"]);
    hotel.done(&["amend", "A5", "B:2026-06-14:2026-06-15"]);
    let rows = "1;Ada;;Twin;10.06.2026;12.06.2026;2;;OK;\n4;Di;;Twin;10.06.2026;12.06.2026;1;;OK;\n\
                5;Ed;;Twin;20.06.2026;22.06.2026;1;;OK;\n";
    let answer = import(&hotel, rows, &["--keep-good-rows"]).ends(0);
    assert_eq!(
        (&answer["added"], &answer["bad_count"]),
        (&json!(1), &json!(2))
    );
    assert!(
        answer["bad"][0]["reason"].as_str().unwrap().contains("A1"),
        "{answer}"
    );
    // What added nothing is no act that an undo would have to stop at.
    let number = hotel.reserved("B:2026-06-20:2026-06-21");
    import(&hotel, "2;Bo;;Twin;10.06.2026;12.06.2026;1;;XX;\n", &[]).ends(0);
    assert_eq!(
        hotel.done(&["undo"])["reservation"]["number"],
        number.as_str()
    );
    hotel.verified();
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_no_byte_of_the_content() {
    let hotel = Hotel::small();
    hotel.done(&[
        "hold",
        "place",
        "B:2026-06-10:2026-06-12:2",
        "--minutes",
        "1",
        "--at",
        "2026-06-01T08:00:00Z",
    ]);
    // Five twins: the first two rows take them all, the third sees that.
    let rows = "1;Ada;;Twin;10.06.2026;12.06.2026;3;;OK;\n2;Bo;;Twin;11.06.2026;13.06.2026;2;;OK;\n\
                3;Cy;;Twin;11.06.2026;12.06.2026;1;;OK;\n4;Di;;Twin;10.06.2026;11.06.2026;2;;OK;\n\
                5;Ed;;Twin;10.06.2026;11.06.2026;9;;XX;\n";
    let before = hotel.content();
    // By the machine's clock the hold is over.
    let weighed = import(&hotel, rows, &["--dry-run"]).ends(1);
    assert!(hotel.content() == before, "a dry run wrote something");
    assert_eq!(weighed["added"], 4, "{weighed}");
    assert_eq!(weighed["bad"][0]["line"], 4, "{weighed}");
    let done = import(&hotel, rows, &["--keep-good-rows"]).ends(0);
    for name in [
        "read",
        "added",
        "already_there",
        "skipped",
        "bad",
        "bad_count",
    ] {
        assert_eq!(weighed[name], done[name], "{name}");
    }
    assert_eq!(hotel.cell("B", "2026-06-10")["available"], 0);
    // Nobody has to wait for a dry run: it asks for no lock.
    let writer = hotel.bare();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = import(&hotel, rows, &["--dry-run", "--wait", "1"]).ends(1);
    assert_eq!(answer["already_there"], 4);
    writer.execute_batch("ROLLBACK").unwrap();
    hotel.verified();
}

#[test]
fn history_is_left_out_or_bad_and_never_made_up() {
    let hotel = Hotel::small();
    let rows =
        "1;Ada;;Twin;30.05.2026;02.06.2026;1;;OK;\n2;Bo;;Twin;01.06.2026;02.06.2026;1;;OK;\n";
    assert_eq!(import(&hotel, rows, &[]).ends(3)["added"], 0);
    let (bookings, _) = files(&hotel, rows);
    let mapping = hotel.write("history.toml", format!("history = true\n{MAPPING}"));
    let answer = import_file(&hotel, &bookings, &mapping, &[]).ends(0);
    assert_eq!(
        (&answer["added"], &answer["skipped"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 1);
}

#[test]
fn formulas_are_escaped_and_a_phone_comes_back_as_it_was() {
    let hotel = Hotel::small();
    let guests = [
        ("=HYPERLINK(1)", "+49 170 1234"),
        ("+Ada", "-5"),
        ("@SUM(A1)", "=1"),
        ("-2+3", "0049 170"),
        ("'t Hooft", "'+49"),
        ("Moreau, \"Ada\"", "+351,1"),
    ];
    for (name, phone) in guests {
        let stay = "A:2026-06-10:2026-06-12";
        hotel.done(&[
            "reserve",
            stay,
            &format!("--guest={name}"),
            &format!("--phone={phone}"),
            "--note",
            "\tindented",
            "--price",
            "A=12.50",
        ]);
    }
    hotel.done(&[
        "limits",
        "set",
        "A",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "-3",
    ]);
    let file = export(&hotel, "reservations", "out.csv", &[]);
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(
        written.lines().count() > 6 && written.contains("\r\n"),
        "{written}"
    );
    for row in table(&file) {
        for (column, cell) in row.as_object().unwrap() {
            let cell = cell.as_str().unwrap();
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{column}: {cell}"
            );
        }
        assert_eq!(row["total"], "25.00");
    }
    let guest = |row: &Value| {
        (
            row["guest"].as_str().unwrap().to_owned(),
            row["phone"].clone(),
        )
    };
    let rows = table(&file);
    assert!(
        rows.iter()
            .any(|row| guest(row) == ("'=HYPERLINK(1)".into(), json!("'+49 170 1234")))
    );
    assert!(
        rows.iter().any(|row| guest(row).0 == "'t Hooft"),
        "{rows:?}"
    );
    // Numbers stay numbers.
    let counts = export(&hotel, "availability", "counts.csv", &["--type", "A"]);
    let cells = table(&counts);
    let night = cells
        .iter()
        .find(|row| row["night"] == "2026-06-10")
        .unwrap();
    assert_eq!(night["overbooking"], "-3");

    let other = Hotel::small();
    import_file(&other, &file, &sample("export_mapping.toml"), &[]).ends(0);
    let listed = other.done(&["reservation", "list"]);
    let mut found: Vec<(String, String)> = listed["reservations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| {
            let of = |name: &str| card["guest"][name].as_str().unwrap().to_owned();
            (of("name"), of("phone"))
        })
        .collect();
    found.sort();
    let mut expected: Vec<(String, String)> = guests
        .map(|(name, phone)| (name.to_owned(), phone.to_owned()))
        .to_vec();
    expected.sort();
    assert_eq!(found, expected);
    other.verified();
}

#[test]
fn the_bookings_of_a_busy_hotel_make_the_same_availability_elsewhere() {
    let hotel = Hotel::small();
    let mut chance = Chance::new("a busy hotel");
    let mut numbers = Vec::new();
    for guest in 0..40 {
        let mut stays = Vec::new();
        for _ in 0..1 + chance.below(2) {
            let arrival = 1 + chance.below(24);
            let departure = arrival + chance.below(5);
            let code = ["A", "A", "B", "C"][usize::try_from(chance.below(4)).unwrap()];
            let rooms = 1 + chance.below(2);
            stays.push(format!(
                "{code}:2026-06-{arrival:02}:2026-06-{departure:02}:{rooms}"
            ));
        }
        let name = format!("Guest, \"{guest}\"\nof many");
        let mut words = vec!["reserve"];
        words.extend(stays.iter().map(String::as_str));
        words.extend(["--guest", &name, "--price", "A=99.90", "--meal", "BB"]);
        let tentative = ["--tentative", "--option-until", "2026-06-09"];
        if chance.below(4) == 0 {
            words.extend(tentative);
        }
        let made = hotel.run(&words);
        if made.status == 0 {
            let number = made.json()["reservation"]["number"]
                .as_str()
                .unwrap()
                .to_owned();
            match chance.below(5) {
                0 => drop(hotel.done(&["cancel", &number])),
                // Those who arrive today come; the others are refused.
                1 => drop(hotel.run(&["check-in", &number])),
                _ => {}
            }
            numbers.push(number);
        }
    }
    hotel.done(&[
        "waitlist",
        "join",
        "C:2026-06-10:2026-06-12",
        "--guest",
        "Who waits",
    ]);
    assert!(numbers.len() > 10, "{numbers:?}");
    let file = export(&hotel, "reservations", "busy.csv", &[]);
    let other = Hotel::small();
    let answer = import_file(&other, &file, &sample("export_mapping.toml"), &[]).ends(0);
    assert_eq!(answer["added"], table(&file).len(), "{answer}");
    let counts = |hotel: &Hotel, name: &str| {
        let file = export(hotel, "availability", name, &[]);
        let count = |row: &Value| {
            ["room_type", "night", "sold", "rooms_left", "available"].map(|name| row[name].clone())
        };
        table(&file).iter().map(count).collect::<Vec<_>>()
    };
    let (here, there) = (counts(&hotel, "here.csv"), counts(&other, "there.csv"));
    assert!(
        here.iter().any(|row| row[0] == "house" && row[2] != "0"),
        "nothing is sold"
    );
    assert_eq!(here, there);
    hotel.verified();
    other.verified();
}

#[test]
fn an_export_is_narrowed_told_in_the_trail_and_replaces_only_with_force() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    hotel.reserved("B:2026-06-12:2026-06-14:2");
    let day_use = hotel.reserved("A:2026-06-20:2026-06-20");
    hotel.done(&["cancel", &day_use]);
    let rows = |options: &[&str]| {
        let path = export(
            &hotel,
            "reservations",
            "narrow.csv",
            &[options, &["--force"]].concat(),
        );
        let ids = table(&path)
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect();
        let mut ids: Vec<String> = ids;
        ids.sort();
        ids.join(" ")
    };
    assert_eq!(rows(&[]), "A1/1 A2/1 A2/2 A3/1");
    assert_eq!(rows(&["--from", "2026-06-12"]), "A2/1 A2/2 A3/1");
    assert_eq!(rows(&["--to", "2026-06-12"]), "A1/1");
    assert_eq!(
        rows(&["--from", "2026-06-11", "--to", "2026-06-13"]),
        "A1/1 A2/1 A2/2"
    );
    assert_eq!(rows(&["--status", "cancelled"]), "A3/1");

    let lines = |path: &Path| -> Vec<Value> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let stays = lines(&export(&hotel, "reservations", "stays.jsonl", &[]));
    assert_eq!(stays.len(), 4);
    assert_eq!(
        (&stays[0]["nights"], &stays[0]["phone"]),
        (&json!(2), &json!(null))
    );
    let all = lines(&export(&hotel, "events", "all.jsonl", &[]));
    assert_eq!(all, {
        let listed = hotel.run(&["events"]).lines();
        assert!(listed.len() == all.len() && all.len() > 3);
        listed
    });
    let since = all[1]["seq"].as_i64().unwrap().to_string();
    let later = lines(&export(
        &hotel,
        "events",
        "later.jsonl",
        &["--since", &since],
    ));
    assert_eq!(later, all[2..]);
    let night = ["--from", "2026-06-12", "--to", "2026-06-13"];
    let cells = table(&export(&hotel, "availability", "cells.csv", &night));
    let sold =
        |code: &str| cells.iter().find(|row| row["room_type"] == code).unwrap()["sold"].clone();
    assert_eq!(
        (cells.len(), sold("B"), sold("house")),
        (4, json!("2"), json!("2"))
    );
    let house = export(&hotel, "availability", "house.csv", &["--type", "house"]);
    assert!(table(&house).iter().all(|row| row["room_type"] == "house"));

    let before = std::fs::read(&house).unwrap();
    let there = ["export", "availability", text(&house)];
    let error = hotel.run(&there).refused(2, "bad_input");
    assert!(
        error["message"].as_str().unwrap().contains("--force"),
        "{error}"
    );
    assert_eq!(std::fs::read(&house).unwrap(), before);
    for (name, code) in [("x.xls", 2), ("x", 2), ("no/where.csv", 2)] {
        let path = hotel.folder.path().join(name);
        hotel
            .run(&["export", "events", text(&path)])
            .refused(code, "bad_input");
        assert!(!path.exists());
    }
    let path = hotel.folder.path().join("q.csv");
    hotel
        .run(&["export", "availability", text(&path), "--type", "Q"])
        .refused(3, "unknown_room_type");
    let left: Vec<_> = std::fs::read_dir(hotel.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part") || name == "q.csv")
        .collect();
    assert!(left.is_empty(), "{left:?}");

    let trail = hotel.run(&["audit", "--action", "exported"]).lines();
    assert_eq!(trail.len(), 10, "{trail:?}");
    assert_eq!(trail[0]["object"], "reservations");
    assert_eq!(trail[0]["facts"]["rows"], 4);
    assert_eq!(trail[0]["facts"]["format"], "csv");
    assert_eq!(trail[0]["permission"], "configure");
    hotel.verified();
}

#[test]
fn an_import_under_an_id_is_done_once_and_another_one_is_a_conflict() {
    let one = "1;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;\n";
    let rows = format!("{one}2;Bo;;Twin;10.06.2026;12.06.2026;9;;OK;\n");
    for (rows, options) in [(rows.as_str(), &["--keep-good-rows"][..]), (one, &[])] {
        let hotel = Hotel::small();
        let id = new_id();
        let (bookings, mapping) = files(&hotel, rows);
        let run = |bookings: &Path| {
            let mut all = vec!["--command-id", id.as_str()];
            all.extend(words(bookings, &mapping, options));
            hotel.run(&all)
        };
        let first = run(&bookings).ends(0);
        assert_eq!(
            (&first["added"], &first["command_id"]),
            (&json!(1), &json!(id))
        );
        assert!(first["request_id"].is_string(), "{first}");
        let before = hotel.content();
        let again = run(&bookings).ends(0);
        assert_eq!(
            (&again["repeated"], &again["added"]),
            (&json!(true), &json!(1))
        );
        let other = hotel.write(
            "other.csv",
            format!("{HEADER}3;Cy;;Twin;10.06.2026;12.06.2026;1;;OK;\n"),
        );
        run(&other).refused(3, "idempotency_conflict");
        assert_eq!(hotel.content(), before);
    }
}

#[test]
fn of_what_came_in_the_trail_has_figures_and_no_name() {
    let hotel = Hotel::small();
    let rows = "1;Zebedee Quill;+44 20 7946 0991;Twin;10.06.2026;12.06.2026;1;;OK;pillow\n\
                2;Yolanda Quill;;Twin;10.06.2026;12.06.2026;9;;OK;\n";
    import(&hotel, rows, &["--keep-good-rows"]).ends(0);
    let trail = hotel.run(&["audit", "--action", "imported"]).lines();
    assert_eq!(trail.len(), 1);
    let mut told = trail[0]["facts"].clone();
    let id = told.as_object_mut().unwrap().remove("command_id");
    assert!(id.is_some_and(|id| id.is_string()), "{trail:?}");
    let facts =
        json!({"file": "bookings.csv", "added": 1, "already_there": 0, "skipped": 0, "bad": 1});
    assert_eq!(told, facts);
    for command in ["audit", "events"] {
        let log = hotel.run(&[command]).stdout;
        for word in [
            "Zebedee",
            "Yolanda",
            "Quill",
            "pillow",
            "7946 0991",
            "79460991",
        ] {
            assert!(!log.contains(word), "{command} tells {word}");
        }
    }
    // What was refused leaves nothing at all.
    assert_eq!(
        hotel.number("SELECT count(*) FROM command WHERE accepted = 0"),
        0
    );
    assert_eq!(hotel.number("SELECT count(*) FROM guest"), 1);
}

#[test]
fn an_export_needs_a_manager_and_a_fresh_sign_in_and_an_import_a_manager() {
    let (hotel, rosa) = staffed();
    as_member(
        &hotel,
        &rosa,
        &["reserve", "A:2026-06-10:2026-06-12", "--guest", "Ada"],
    )
    .ends(0);
    let maja = token(&hotel, "Maja");
    let path = hotel.folder.path().join("out.csv");
    let out = ["export", "reservations", text(&path)];
    as_member(&hotel, &maja, &out).ends(0);
    let trail = as_member(&hotel, &rosa, &["audit", "--action", "exported"]).lines();
    assert_eq!(trail[0]["actor"], "Maja");
    let (bookings, mapping) = files(&hotel, "1;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;\n");
    let words = words(&bookings, &mapping, &[]);
    as_member(&hotel, &maja, &words).ends(0);
    // An hour later.
    hotel
        .bare()
        .execute_batch("UPDATE session SET signed_in_at = signed_in_at - 3600000")
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    let error = as_member(&hotel, &maja, &out).refused(3, "not_allowed");
    assert_eq!(error["why"], "fresh");
    assert!(!path.exists());
    as_member(&hotel, &maja, &words).ends(0);
    let nils = token(&hotel, "Nils");
    for words in [&out[..], &words] {
        let error = as_member(&hotel, &nils, words).refused(3, "not_allowed");
        assert_eq!(error["why"], "permission");
    }
}

/// Rows of one-night stays over June, all of which fit.
fn many(rows: u32) -> String {
    let row = |at: u32| {
        let day = at % 27 + 1;
        format!(
            "{at};Guest {at};;Double room;{day:02}.06.2026;{:02}.06.2026;1;10;OK;\n",
            day + 1
        )
    };
    (0..rows).map(row).collect()
}

/// Starts it, and waits until it says on standard error that it is so far.
fn started(hotel: &Hotel, words: &[&str], lines: usize) -> std::process::Child {
    let mut command = hotel.command(words);
    let mut child = command
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    for _ in 0..lines {
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.contains('%'), "{line:?}");
    }
    // It goes on to speak, and finds somebody who listens.
    std::thread::spawn(move || said.read_to_string(&mut String::new()));
    child
}

#[test]
fn an_import_that_was_killed_is_made_whole_by_another_and_none_is_there_twice() {
    let rows = short_or_long(4_000, u32::try_from(share_of(40_000).max(4_000)).unwrap());
    let mut chance = Chance::new("kills of an import");
    for options in [&["--keep-good-rows"][..], &[]] {
        let hotel = Hotel::small();
        let (bookings, mapping) = files(&hotel, &many(rows));
        let words = words(&bookings, &mapping, options);
        let count = || hotel.number("SELECT count(*) FROM reservation");
        let kills = short_or_long(4, share_of(20).max(4));
        let mut seen = Vec::new();
        for _ in 0..kills {
            // Of two rounds, the one that weighs and the one that writes, the later.
            let lines = if options.is_empty() { 6 } else { 2 };
            let mut child = started(&hotel, &words, lines);
            std::thread::sleep(chance.moment(Duration::from_millis(1_500)));
            child.kill().unwrap();
            child.wait().unwrap();
            seen.push(count());
            if count() == i64::from(rows) {
                break;
            }
        }
        if options.is_empty() {
            let whole = |there: &i64| *there == 0 || *there == i64::from(rows);
            assert!(seen.iter().all(whole), "half of it is there: {seen:?}");
        } else {
            let batches = |there: &i64| there % 500 == 0 || *there == i64::from(rows);
            assert!(seen.iter().all(batches), "{seen:?}");
            assert!(seen[0] > 0, "{seen:?}");
        }
        let there = count();
        let answer = hotel.done(&words);
        assert_eq!(answer["added"], i64::from(rows) - there, "{answer}");
        assert_eq!(answer["already_there"], there, "{answer}");
        assert_eq!(count(), i64::from(rows));
        let twice = "SELECT count(*) - count(DISTINCT external_number) FROM reservation";
        assert_eq!(hotel.number(twice), 0);
        hotel.verified();
        println!("{options:?}: killed with {seen:?} of {rows} there, then whole");
    }
}

#[test]
fn ctrl_c_leaves_nothing_half_done() {
    let hotel = Hotel::small();
    let (bookings, mapping) = files(&hotel, &many(4_000));
    let interrupt = |words: &[&str], lines: usize| {
        let child = started(&hotel, words, lines);
        let id = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        Run::of(child.wait_with_output().unwrap())
    };
    let count = || hotel.number("SELECT count(*) FROM reservation");
    for (options, lines) in [(&["--dry-run"][..], 1), (&[], 2), (&[], 6)] {
        let error = interrupt(&words(&bookings, &mapping, options), lines).refused(5, "cancelled");
        assert!(
            error["message"].as_str().unwrap().contains("Nothing"),
            "{error}"
        );
        assert_eq!(count(), 0);
    }
    let keeping = words(&bookings, &mapping, &["--keep-good-rows"]);
    let error = interrupt(&keeping, 3).refused(5, "cancelled");
    let there = count();
    assert!(there > 0 && there % 500 == 0, "{there}");
    let said = format!("{there} bookings were brought in");
    assert!(
        error["message"].as_str().unwrap().contains(&said),
        "{error}"
    );
    assert_eq!(hotel.done(&keeping)["added"], 4_000 - there);

    let path = hotel.folder.path().join("out.jsonl");
    // An export is short: where it was whole before it was asked to stop, another is tried.
    let stopped = (0..20).find_map(|_| {
        let run = interrupt(&["export", "reservations", text(&path), "--force"], 1);
        if run.status == 0 {
            std::fs::remove_file(&path).unwrap();
        }
        (run.status != 0).then_some(run)
    });
    let error = stopped.unwrap().refused(5, "cancelled");
    assert!(
        error["message"].as_str().unwrap().contains("No file"),
        "{error}"
    );
    let left = std::fs::read_dir(hotel.folder.path()).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left.filter(|name| name.contains("out.jsonl")).collect();
    assert!(left.is_empty(), "{left:?}");
    hotel.verified();
}

/// The sample's bookings as another system would write them: a number, a name, dates, a total.
fn bookings_of_the_sample(rows: usize) -> String {
    let packed = std::fs::File::open(sample("resort_hotel_bookings.csv.gz")).unwrap();
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(packed));
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    let columns = [
        "arrival_date_year",
        "arrival_date_month",
        "arrival_date_day_of_month",
        "reserved_room_type",
        "adults",
        "meal",
        "market_segment",
        "adr",
        "reservation_status",
    ];
    let places = columns.map(at);
    let nights = ["stays_in_weekend_nights", "stays_in_week_nights"].map(at);
    let mut text = format!("number,guest,{},nights\n", columns.join(","));
    for (line, record) in reader.records().take(rows).enumerate() {
        let record = record.unwrap();
        let cells: Vec<&str> = places.iter().map(|place| record[*place].trim()).collect();
        let stay: u32 = nights
            .iter()
            .map(|place| record[*place].trim().parse::<u32>().unwrap())
            .sum();
        text.push_str(&format!(
            "R{line},Guest {line},{},{stay}\n",
            cells.join(",")
        ));
    }
    text
}

const SAMPLE_MAPPING: &str = r#"
date_format = "%Y %B %d"
[columns]
external_number = "number"
name = "guest"
arrival = ["arrival_date_year", "arrival_date_month", "arrival_date_day_of_month"]
nights = "nights"
room_type = "reserved_room_type"
adults = "adults"
meal = "meal"
source = "market_segment"
price = "adr"
status = "reservation_status"
[statuses]
"Check-Out" = "confirmed"
"Canceled" = "cancelled"
"No-Show" = "cancelled"
"#;

#[test]
fn the_bookings_of_a_real_hotel_come_in_and_go_out() {
    let hotel = Hotel::none();
    let rows = short_or_long(4_000, 40_060);
    hotel.done(&["init", text(&opened_for_the_sample(&hotel))]);
    let bookings = hotel.write("real.csv", bookings_of_the_sample(rows));
    let mapping = hotel.write("real.toml", SAMPLE_MAPPING);
    let weighed = import_file(&hotel, &bookings, &mapping, &["--dry-run"]);
    let weighed = weighed.json();
    let started = Instant::now();
    let done = import_file(&hotel, &bookings, &mapping, &["--keep-good-rows"]).ends(0);
    let took = started.elapsed();
    for name in ["read", "added", "already_there", "skipped", "bad_count"] {
        assert_eq!(weighed[name], done[name], "{name}");
    }
    assert_eq!(done["read"], rows);
    assert!(
        done["added"].as_u64().unwrap() > done["bad_count"].as_u64().unwrap() * 5,
        "{done}"
    );
    let file = export(&hotel, "reservations", "out.csv", &[]);
    assert_eq!(table(&file).len() as u64, done["added"].as_u64().unwrap());
    println!(
        "{rows} rows weighed in {:.1} s, {} brought in and {} bad in {:.1} s",
        weighed["seconds"].as_f64().unwrap(),
        done["added"],
        done["bad_count"],
        took.as_secs_f64()
    );
    hotel.verified();
}

/// The sample's property, on the date of its first arrival.
fn opened_for_the_sample(hotel: &Hotel) -> PathBuf {
    let property = std::fs::read_to_string(sample("resort_hotel.toml")).unwrap();
    let lines = property.lines().map(|line| match line.split_once('=') {
        Some((key, _)) if key.trim() == "business_date" => "business_date = \"2015-07-01\"",
        _ => line,
    });
    hotel.write("resort.toml", lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_booking_of_which_rooms_were_cancelled_here_is_not_the_one_in_the_file() {
    let hotel = Hotel::small();
    let row = "1;Ada;;Twin;10.06.2026;12.06.2026;3;;OK;\n";
    let cancelled = "1;Ada;;Twin;10.06.2026;12.06.2026;3;;XX;\n";
    assert_eq!(import(&hotel, row, &[]).ends(0)["added"], 1);
    hotel.done(&["cancel", "A1/1", "A1/2"]);
    for row in [row, cancelled] {
        let answer = import(&hotel, row, &["--dry-run"]).ends(1);
        assert_eq!(answer["bad"][0]["code"], "already_there", "{answer}");
        let reason = answer["bad"][0]["reason"].as_str().unwrap();
        assert!(reason.contains("here it is 1 × B"), "{reason}");
    }
    let rest = "1;Ada;;Twin;10.06.2026;12.06.2026;1;;OK;\n";
    assert_eq!(import(&hotel, rest, &[]).ends(0)["already_there"], 1);
    hotel.done(&["cancel", "A1"]);
    assert_eq!(import(&hotel, cancelled, &[]).ends(0)["already_there"], 1);
}
