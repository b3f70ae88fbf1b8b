//! Guests' data: found, exported, forgotten to the last byte, and nowhere it has no business to be.

use std::fs;
use std::path::Path;

use keyrack_desk::api::FindRequest;
use keyrack_desk::{Desk, Options};
use serde_json::{Value, json};

use crate::hotel::{Hotel, Run};

/// What is known of a guest who is to be forgotten; words that stand nowhere else.
const NAME: &str = "Zoë Quillfeather-Überwald";
const PHONE: &str = "+49 (170) 98765-4321";
const EMAIL: &str = "zoe.quillfeather@vexilloid.example";
const NUMBER: &str = "BDC-Quetzalcoatl-77";
const TEXTS: [&str; 5] = [
    "Peanutbrittle allergy",
    "Kreditbrief Sparkassenhaus",
    "Harpsichord in the room",
    "Godmother Wilhelmintraud fell ill",
    "Chambermaidsupper promised",
];
/// Pieces of it, as they stand in the file and as an index would have them.
const CANARIES: [&str; 25] = [
    "Quetzalcoatl",
    "Zoë",
    "zoe",
    "Quillfeather",
    "quillfeather",
    "quillf",
    "Überwald",
    "uberwald",
    "überwald",
    "uberw",
    "+49 (170) 98765-4321",
    "4917098765",
    "1709876543",
    "98765432",
    "9876543",
    "vexilloid",
    "vexill",
    "Peanutbrittle",
    "Sparkassenhaus",
    "Harpsichord",
    "Wilhelmintraud",
    "Chambermaidsupper",
    "peanutb",
    "harpsich",
    "wilhelm",
];

/// The bytes of a file, read by a process of its own: SQLite's locks fall when any part of a process
/// that holds the database open opens and closes it beside.
fn bytes_of(path: &Path) -> Vec<u8> {
    let read = std::process::Command::new("cat")
        .arg(path)
        .output()
        .unwrap();
    assert!(read.status.success(), "{read:?}");
    read.stdout
}

/// The database, every file beside it, and the logs.
fn files(hotel: &Hotel) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let beside = fs::read_dir(hotel.folder.path()).unwrap();
    let logs = fs::read_dir(hotel.folder.path().join("logs"));
    for entry in beside.chain(logs.into_iter().flatten()) {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_file() && (name.starts_with("hotel.db") || name.ends_with(".jsonl")) {
            found.push((name, bytes_of(&path)));
        }
    }
    found
}

/// The canaries that some file holds, with the file's name.
fn seen(hotel: &Hotel) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for (name, bytes) in files(hotel) {
        for canary in CANARIES {
            if bytes
                .windows(canary.len())
                .any(|at| at == canary.as_bytes())
            {
                found.push((name.clone(), canary));
            }
        }
    }
    found
}

/// A booking that was a hold, was changed and cancelled with reasons, among a hundred others; gives
/// its number.
fn known_well(hotel: &Hotel) -> String {
    let crowd = |from: usize| {
        let property = keyrack_desk::Options::new(&hotel.file, "admin");
        let desk = Desk::open(&property).unwrap();
        for at in from..from + 150 {
            let request = json!({
                "command_id": uuid::Uuid::now_v7(),
                "command": {"kind": "reserve",
                    "stays": [{"room_type": "A", "arrival": "2026-06-10", "departure": "2026-06-12", "rooms": 1}],
                    "guest": {"name": format!("Guest {at} Zimmermann"), "phone": format!("+351 9{at:08}")},
                    "notes": format!("Note number {at} about nothing in particular")},
            });
            desk.execute(&keyrack_desk::parse(request).unwrap())
                .unwrap();
        }
    };
    crowd(0);
    let stay = "A:2026-06-10:2026-06-12";
    let hold = hotel.done(&["hold", "place", stay, "--reference", TEXTS[2]]);
    let hold = hold["hold"]["number"].as_str().unwrap();
    let made = hotel.done(&[
        "reserve",
        stay,
        "--hold",
        hold,
        "--guest",
        NAME,
        "--phone",
        PHONE,
        "--email",
        EMAIL,
        "--note",
        TEXTS[0],
        "--guarantee",
        TEXTS[1],
        "--external-number",
        NUMBER,
        "--override",
        TEXTS[4],
    ]);
    let number = made["reservation"]["number"].as_str().unwrap().to_owned();
    hotel.done(&[
        "cancel",
        &number,
        "--reason",
        &format!("guest:{}", TEXTS[3]),
    ]);
    crowd(150);
    hotel.done(&["reinstate", &number]);
    number
}

#[test]
fn an_erased_guest_is_in_no_byte_of_any_file_and_the_booking_stays() {
    let hotel = Hotel::small();
    let logs = hotel.folder.path().join("logs");
    fs::create_dir(&logs).unwrap();
    let number = known_well(&hotel);
    let before = seen(&hotel);
    for canary in ["Quillfeather", "quillfeather", "vexilloid", "1709876543"] {
        assert!(
            before.iter().any(|(_, found)| *found == canary),
            "{canary} in {before:?}"
        );
    }
    for text in TEXTS {
        let bytes = bytes_of(&hotel.file);
        assert!(
            bytes.windows(text.len()).any(|at| at == text.as_bytes()),
            "{text}"
        );
    }
    // By the hash of what was asked for with his name, that name could be guessed.
    let hashes =
        "SELECT lower(hex(c.request_hash)) FROM command AS c JOIN audit AS a ON a.command = c.seq
        WHERE a.object = ?1";
    let asked: Vec<String> = {
        let bare = hotel.bare();
        let mut statement = bare.prepare(hashes).unwrap();
        let rows = statement.query_map([&number], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(asked.len() > 2, "{asked:?}");
    // A window that is open all the while, with readers of its own.
    let open = Desk::open(&Options::new(&hotel.file, "admin")).unwrap();
    let find = |text: &str| {
        let (text, limit) = (text.to_owned(), 10);
        open.find_reservations(&FindRequest { text, limit })
            .unwrap()
    };
    assert_eq!(find("quillfeather").len(), 1);

    hotel
        .run(&["guest", "erase", &number])
        .refused(2, "bad_input");
    // What is refused, cannot be read or is only looked for is logged as well, without what was said.
    hotel
        .run(&["guest", "erase", &number, "--reason", "Quillfeather wrote"])
        .refused(2, "bad_input");
    hotel
        .run(&[
            "reserve",
            "X:2026-06-10:2026-06-12",
            "--guest",
            NAME,
            "--email",
            EMAIL,
        ])
        .refused(3, "unknown_room_type");
    hotel.done(&["reservation", "list", "--guest", "quillfeather"]);
    let logged: Vec<String> = files(&hotel)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.ends_with(".jsonl"))
        .collect();
    assert!(!logged.is_empty());
    let text = bytes_of(&logs.join(&logged[0]));
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("unknown_room_type") && text.contains("bad_input"),
        "{text}"
    );
    let erased = hotel.done(&["guest", "erase", &number, "--reason", "asked for it"]);
    assert_eq!(erased["erased"]["reservations"], json!([number]));
    assert_eq!(erased["erased"]["texts"], 5, "{erased}");
    assert_eq!(seen(&hotel), [], "while a window is open");
    for hash in &asked {
        let bytes: Vec<u8> = (0..32)
            .map(|at| u8::from_str_radix(&hash[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        for (name, content) in files(&hotel) {
            assert!(
                !content.windows(32).any(|at| at == bytes),
                "{hash} in {name}"
            );
        }
    }

    let card = hotel.done(&["reservation", "show", &number]);
    assert_eq!(card["guest"]["name"], "Erased guest");
    assert_eq!(
        (&card["notes"], &card["guarantee"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(card["external_number"], Value::Null);
    for text in ["quillfeather", "+49 170 98765", EMAIL, "zoe"] {
        assert_eq!(find(text).len(), 0, "{text}");
    }
    assert_eq!(find(&number).len(), 1, "by number still");
    assert_eq!(
        find("Zimmermann 299").len(),
        1,
        "others are found as before"
    );
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 301);
    drop(open);
    hotel.verified();
    hotel.done(&["rebuild"]);
    hotel.verified();
    assert_eq!(seen(&hotel), []);
    let trail = hotel.run(&["audit", "--action", "guest_erased"]).lines();
    assert_eq!(trail[0]["reason"], "asked for it");
    assert_eq!(trail[0]["object"], erased["erased"]["guest"]);
    // Again without harm, and it is said that nothing was left to do.
    let before = hotel.content();
    let again = hotel.done(&[
        "guest",
        "erase",
        &number,
        "--reason",
        "the guest asked again",
    ]);
    assert_eq!(
        (&again["erased"]["texts"], &again["erased"]["already"]),
        (&json!(0), &json!(true))
    );
    assert_eq!(hotel.content(), before);
    let plain = hotel
        .plain(&["guest", "erase", &number, "--reason", "once more"])
        .output()
        .unwrap();
    let said = String::from_utf8(plain.stdout).unwrap();
    assert!(said.starts_with("Already erased"), "{said}");
}

#[test]
fn what_an_erasure_took_out_of_the_log_is_told_and_any_other_change_is_found() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    let number = known_well(&hotel);
    let erased = hotel.done(&["guest", "erase", &number, "--reason", "asked for it"]);
    assert_eq!(erased["erased"]["external_numbers"], 1);
    hotel.verified();
    let one = "SELECT min(command) FROM redacted";
    let changes = [
        // The redacted command itself, and its event.
        format!("UPDATE command SET actor = 'x' WHERE seq = ({one})"),
        format!(
            "UPDATE event SET payload = replace(payload, '\"adults\":2', '\"adults\":3') WHERE command = ({one})"
        ),
        "UPDATE redacted SET hash = zeroblob(32)".to_owned(),
        "DELETE FROM redacted".to_owned(),
        // Another one, passed off as one from which an erasure took something.
        "UPDATE command SET actor = 'x' WHERE seq = 2;
         INSERT INTO redacted SELECT 2, hash FROM redacted LIMIT 1"
            .to_owned(),
        // One that is as it was, noted with what it gives: no erasure tells of it.
        "INSERT INTO redacted SELECT command, hash FROM audit WHERE command = 2".to_owned(),
    ];
    for change in changes {
        let copy = hotel.folder.path().join("tampered.db");
        let _gone = fs::remove_file(&copy);
        hotel.done(&["backup", copy.to_str().unwrap()]);
        let tampered = Hotel {
            file: copy.clone(),
            folder: tempfile::tempdir().unwrap(),
        };
        tampered.verified();
        let connection = tampered.bare();
        let before: i64 = connection.total_changes().try_into().unwrap();
        connection.execute_batch(&change).unwrap();
        assert!(
            i64::try_from(connection.total_changes()).unwrap() > before,
            "{change}"
        );
        drop(connection);
        let found = tampered.run(&["verify"]).ends(1);
        let chain = found["checks"].as_array().unwrap().iter();
        let mut chain = chain.filter(|check| check["name"] == "audit_chain");
        assert_eq!(chain.next().unwrap()["ok"], false, "{change}: {found}");
    }
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn an_old_file_of_another_system_brings_no_erased_guest_back() {
    let hotel = Hotel::small();
    let csv = "nr,name,type,from,to\nX1,Ada Quillfeather,A,2026-06-10,2026-06-11\n\
               X2,Bo Lind,A,2026-06-10,2026-06-11\n";
    let csv = hotel.write("bookings.csv", csv);
    let mapping = hotel.write(
        "mapping.toml",
        "[columns]\nexternal_number = \"nr\"\nname = \"name\"\nroom_type = \"type\"\narrival = \"from\"\n\
         departure = \"to\"\n[constants]\nsource = \"Web\"\n",
    );
    let (csv, mapping) = (csv.to_str().unwrap(), mapping.to_str().unwrap());
    let import = || hotel.done(&["import", "reservations", csv, "--mapping", mapping]);
    assert_eq!(import()["added"], 2);
    hotel.done(&["guest", "erase", "A1", "--reason", "asked for it"]);
    let again = import();
    assert_eq!(
        (&again["added"], &again["already_there"]),
        (&json!(0), &json!(1)),
        "{again}"
    );
    // Whether it is that booking or another one under its number only a person can tell, so it is told.
    assert_eq!(
        (&again["erased"], &again["erased_count"]),
        (&json!([2]), &json!(1))
    );
    let plain = ["import", "reservations", csv, "--mapping", mapping];
    let said = hotel.plain(&plain).output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    assert!(
        said.contains("erased here, and not brought in: line 2."),
        "{said}"
    );
    let dry = [&plain[..], &["--dry-run"]].concat();
    assert_eq!(hotel.done(&dry)["erased_count"], 1);
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 2);
    let bytes = files(&hotel)
        .into_iter()
        .flat_map(|(_, bytes)| bytes)
        .collect::<Vec<_>>();
    assert!(!bytes.windows(12).any(|at| at == b"Quillfeather"));
    hotel.verified();
    // Another booking is made under the number by hand: the old file is told as before.
    let web = ["--source", "Web", "--external-number", "X1"];
    let stay = ["reserve", "A:2026-06-20:2026-06-21", "--guest", "Cy"];
    hotel.done(&[&stay[..], &web].concat());
    assert_eq!(import()["erased_count"], 1);
}

#[test]
fn other_bookings_of_the_same_person_are_named_and_stay() {
    let hotel = Hotel::small();
    let reserve = |words: &[&str]| {
        let all = [&["reserve", "A:2026-06-10:2026-06-12"][..], words].concat();
        hotel.done(&all)["reservation"]["number"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = reserve(&[
        "--guest",
        "Ada Moreau",
        "--phone",
        "+351 21 555 01 02",
        "--email",
        "Ada@example.org",
    ]);
    let same_name = reserve(&["--guest", " ada  MOREAU"]);
    let same_phone = reserve(&["--guest", "A. M.", "--phone", "00351215550102"]);
    let same_mail = reserve(&["--guest", "Moreau A", "--email", "ada@EXAMPLE.org"]);
    let nobody = reserve(&["--guest", "Bo Lind", "--phone", "123"]);
    let erased = hotel.done(&["guest", "erase", &first, "--reason", "asked for it"]);
    assert_eq!(
        erased["erased"]["others"],
        json!([same_name, same_phone, same_mail])
    );
    for number in [&same_name, &same_phone, &same_mail, &nobody] {
        let card = hotel.done(&["reservation", "show", number]);
        assert_ne!(card["guest"]["name"], "Erased guest");
    }
    // A clerk goes on with them; who is erased is named no more.
    let erased = hotel.done(&["guest", "erase", &same_name, "--reason", "asked for it"]);
    assert_eq!(erased["erased"]["others"], json!([]));
    hotel.verified();
}

#[test]
fn a_reason_that_would_keep_what_is_erased_is_refused() {
    let hotel = Hotel::small();
    let number = known_well(&hotel);
    let before = hotel.content();
    for reason in [
        "Mrs Quillfeather asked for it",
        "letter of zoë",
        "call from +49 170 987654321",
        "mail of zoe.quillfeather@vexilloid.example",
        "see bdc-quetzalcoatl-77",
    ] {
        let error = hotel
            .run(&["guest", "erase", &number, "--reason", reason])
            .refused(2, "bad_input");
        assert!(
            error["message"].as_str().unwrap().contains("reason"),
            "{error}"
        );
    }
    assert_eq!(hotel.content(), before);
    hotel.done(&[
        "guest",
        "erase",
        &number,
        "--reason",
        "asked for it by letter of 3 May",
    ]);
    assert_eq!(seen(&hotel), []);
    // However short: the whole name and the whole number.
    let stay = "A:2026-06-20:2026-06-22";
    let booked = hotel.done(&[
        "reserve",
        stay,
        "--guest",
        "Bo Li",
        "--external-number",
        "X7",
    ]);
    let number = booked["reservation"]["number"].as_str().unwrap();
    for reason in ["Bo Li wrote", "bo-li, by phone", "booking X7"] {
        let words = ["guest", "erase", number, "--reason", reason];
        hotel.run(&words).refused(2, "bad_input");
    }
    let words = [
        "guest",
        "erase",
        number,
        "--reason",
        "Borg liked it, form X77",
    ];
    hotel.done(&words);
}

#[test]
fn an_erased_guest_is_never_written_again_and_does_not_come_back_with_a_backup() {
    let hotel = Hotel::small();
    let number = known_well(&hotel);
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    hotel.done(&["backup", copy]);
    let texts: Vec<Vec<u8>> = {
        let bare = hotel.bare();
        let mut statement = bare.prepare("SELECT id FROM free_text").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let erased = hotel.done(&["guest", "erase", &number, "--reason", "asked for it"]);
    let id: uuid::Uuid = erased["erased"]["guest"].as_str().unwrap().parse().unwrap();
    let bare = hotel.bare();
    for sql in [
        "INSERT INTO guest (id, name) VALUES (?1, 'Zoe')",
        "INSERT OR REPLACE INTO guest (id, name) VALUES (?1, 'Zoe')",
        "UPDATE guest SET name = 'Zoe' WHERE id = ?1",
        "UPDATE guest SET phone = '1' WHERE id = ?1",
    ] {
        assert_eq!(bare.execute(sql, [id.as_bytes()]).unwrap(), 0, "{sql}");
    }
    let left = "SELECT count(*) FROM free_text WHERE id = ?1";
    let left = |text: &Vec<u8>| {
        bare.query_row(left, [text], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let gone: Vec<_> = texts.iter().filter(|text| left(text) == 0).collect();
    assert_eq!(gone.len(), 5);
    for text in gone {
        let sql = "INSERT INTO free_text (id, body) VALUES (?1, 'again')";
        assert_eq!(bare.execute(sql, [text]).unwrap(), 0);
    }
    drop(bare);

    // The backup still knows them, as a copy of then; what is restored from it does not.
    let bytes = fs::read(copy).unwrap();
    assert!(bytes.windows(12).any(|at| at == b"Quillfeather"));
    let restored = hotel.done(&["restore", copy]);
    assert_eq!(
        seen(&hotel),
        [],
        "neither in the file nor in what it replaced"
    );
    let card = hotel.done(&["reservation", "show", &number]);
    assert_eq!(card["guest"]["name"], "Erased guest");
    hotel.verified();
    // Nor where the list beside the file was lost: the file itself knows.
    fs::remove_file(hotel.folder.path().join("hotel.db-erased")).unwrap();
    hotel.done(&["restore", copy]);
    assert_eq!(seen(&hotel), []);
    // Nor where the file was lost and the list is there.
    hotel.done(&["guest", "erase", &number, "--reason", "once more"]);
    fs::remove_file(&hotel.file).unwrap();
    for beside in ["hotel.db-wal", "hotel.db-shm"] {
        let _gone = fs::remove_file(hotel.folder.path().join(beside));
    }
    hotel.done(&["restore", copy]);
    assert_eq!(seen(&hotel), []);
    assert!(Path::new(restored["replaced"].as_str().unwrap()).exists());
    hotel.verified();
}

#[test]
fn an_export_has_everything_and_is_the_owners_alone() {
    let hotel = Hotel::small();
    let number = known_well(&hotel);
    let file = hotel.folder.path().join("guest.json");
    let path = file.to_str().unwrap();
    let told = hotel.done(&["guest", "export", &number, path]);
    assert_eq!(
        (
            &told["exported"]["reservations"],
            &told["exported"]["texts"]
        ),
        (&json!(1), &json!(5))
    );
    let text = fs::read_to_string(&file).unwrap();
    let export: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(export["guest"]["name"], NAME);
    assert_eq!(export["guest"]["phone"], PHONE);
    assert_eq!(export["guest"]["email"], EMAIL);
    assert_eq!(export["reservations"][0]["number"], number.as_str());
    for text in TEXTS {
        assert!(
            export["texts"].as_array().unwrap().contains(&json!(text)),
            "{text}"
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    hotel
        .run(&["guest", "export", &number, path])
        .refused(2, "bad_input");
    hotel
        .run(&["guest", "export", "A999", path])
        .refused(3, "unknown_guest");
    hotel
        .run(&["guest", "erase", "A999", "--reason", "x"])
        .refused(3, "unknown_guest");
    let by_id = hotel.folder.path().join("again.json");
    let id = told["exported"]["guest"].as_str().unwrap();
    hotel.done(&["guest", "export", id, by_id.to_str().unwrap()]);
    assert_eq!(
        hotel
            .run(&["audit", "--action", "guest_exported"])
            .lines()
            .len(),
        2
    );
}

#[test]
fn names_phones_and_texts_stand_in_their_tables_alone() {
    let hotel = Hotel::small();
    let number = known_well(&hotel);
    hotel.done(&["amend", &number, "A:2026-06-11:2026-06-13"]);
    let noted = Run::of(
        hotel
            .command(&[
                "reserve",
                "B:2026-06-11:2026-06-12:6",
                "--guest",
                NAME,
                "--note",
                TEXTS[0],
            ])
            .output()
            .unwrap(),
    );
    noted.refused(3, "no_availability");
    let tables = [
        "command",
        "event",
        "audit",
        "reservation",
        "stay",
        "hold",
        "outage",
        "cell_event",
    ];
    let bare = hotel.bare();
    for table in tables {
        let mut statement = bare.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut read = 0;
        while let Some(row) = rows.next().unwrap() {
            read += 1;
            for at in 0..columns {
                let Ok(text) = row.get_ref(at).unwrap().as_str() else {
                    continue;
                };
                // The number in another system stands in the log, until it is taken out.
                for canary in CANARIES[1..]
                    .iter()
                    .chain(&TEXTS)
                    .chain(&[NAME, PHONE, EMAIL])
                {
                    assert!(!text.contains(canary), "{canary} in {table}: {text}");
                }
            }
        }
        assert!(read > 0 || table == "outage", "{table} was read");
    }
    for arguments in [&["events"][..], &["audit"]] {
        let text = hotel.run(arguments).stdout;
        for canary in [NAME, PHONE, EMAIL, "quillfeather", "98765-4321"] {
            assert!(!text.contains(canary), "{canary} in {arguments:?}");
        }
        assert!(text.contains(&number));
    }
}

#[test]
fn guests_are_found_by_parts_of_names_phones_mails_and_numbers() {
    let hotel = Hotel::small();
    let book = |name: &str, phone: &str, email: &str, external: &str| {
        let made = hotel.done(&[
            "reserve",
            "A:2026-06-10:2026-06-12",
            "--guest",
            name,
            "--phone",
            phone,
            "--email",
            email,
            "--external-number",
            external,
        ]);
        made["reservation"]["number"].as_str().unwrap().to_owned()
    };
    let zoe = book(NAME, PHONE, EMAIL, "BDC-4711");
    let jose = book(
        "José Łukasz García",
        "00351 912 345 678",
        "jose@example.com",
        "EXP-1",
    );
    let ada = book("Ada Moreau", "0170/555 0199", "ada@example.com", "12");
    for _ in 0..8 {
        book(
            "Somebody Else",
            "+1 202 555 0143",
            "else@example.com",
            "EXP-2",
        );
    }
    let tenth = "A10";
    let find = |text: &str| -> Vec<String> {
        let found = hotel.done(&["reservation", "list", "--guest", text]);
        let rows = found["reservations"].as_array().unwrap();
        rows.iter()
            .map(|row| row["number"].as_str().unwrap().to_owned())
            .collect()
    };
    let desk = Desk::open(&Options::new(&hotel.file, "admin")).unwrap();
    let quick = |text: &str| -> Vec<String> {
        let (text, limit) = (text.to_owned(), 50);
        let rows = desk
            .find_reservations(&FindRequest { text, limit })
            .unwrap();
        rows.iter().map(|row| row.number.to_string()).collect()
    };
    for (text, expected) in [
        ("quill", &zoe),
        ("QUILLFEATHER", &zoe),
        ("zoe", &zoe),
        ("Zoë uber", &zoe),
        ("uberwald zo", &zoe),
        ("+49 170 987", &zoe),
        ("0049170987", &zoe),
        ("0170 98765", &zoe),
        ("170-987", &zoe),
        ("vexilloid", &zoe),
        (EMAIL, &zoe),
        ("jose garcia", &jose),
        ("GARCÍA", &jose),
        ("José", &jose),
        ("+351 912", &jose),
        ("912345", &jose),
        ("ada mor", &ada),
        ("0170 555", &ada),
        ("+170555", &ada),
    ] {
        assert_eq!(find(text), std::slice::from_ref(expected), "list: {text}");
        assert_eq!(quick(text), std::slice::from_ref(expected), "quick: {text}");
    }
    assert_eq!(find("017").len(), 2, "an area code alone: Ada's and Zoë's");
    for text in [
        "nobody",
        "feather",
        "\"",
        "OR",
        "*",
        "a AND b",
        "NEAR(",
        "98765-4321-0",
        "2345 678",
        "51 912",
        "%",
        "_",
    ] {
        assert!(find(text).is_empty(), "{text}");
        assert!(quick(text).is_empty(), "{text}");
    }
    assert!(
        quick("bdc-4711").is_empty(),
        "another system's number is as it is"
    );
    assert_eq!(quick("BDC-4711"), std::slice::from_ref(&zoe));
    assert_eq!(quick("a1")[0], "A1", "the number itself comes first");
    assert!(
        quick("a1").contains(&tenth.to_owned()),
        "then those that begin so"
    );
    assert_eq!(find("a1").len(), 3, "A1, A10, A11");
    let listed = hotel.done(&["guest", "list", "--find", "garcia"]);
    assert_eq!(listed["guests"][0]["name"], "José Łukasz García");
}

#[test]
fn guests_past_their_retention_are_listed_and_others_are_not() {
    let hotel = Hotel::small();
    let old = hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-02",
        "--guest",
        "Old Guest",
        "--walk-in",
    ]);
    let old = old["reservation"]["number"].as_str().unwrap().to_owned();
    let never = hotel.reserved("A:2026-06-01:2026-06-02");
    let listed = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["guest", "list"];
        all.extend(arguments);
        let found = hotel.done(&all);
        let rows = found["guests"].as_array().unwrap();
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    hotel.done(&["settings", "set", "guest_retention_days", "30"]);
    assert_eq!(listed(&[]).len(), 2);
    // The business date moves by itself only at the end of day; here it is moved in the file.
    let moved = |days: i64| {
        let sql = "UPDATE property SET business_date = business_date + ?1";
        hotel.bare().execute(sql, [days]).unwrap();
    };
    moved(60);
    assert!(
        listed(&["--past-retention"]).is_empty(),
        "one is in the house, one may come"
    );
    moved(-60);
    hotel.done(&["check-out", &old]);
    hotel.done(&["cancel", &never]);
    moved(29);
    assert!(listed(&["--past-retention"]).is_empty());
    moved(31);
    assert_eq!(listed(&["--past-retention"]).len(), 2);
    hotel.done(&["guest", "erase", &old, "--reason", "retention"]);
    assert_eq!(listed(&["--past-retention"]), ["Ada Moreau"]);
}

#[test]
fn card_numbers_are_refused_in_every_text_and_name() {
    let hotel = Hotel::small();
    let number = hotel.reserved("A:2026-06-10:2026-06-12");
    let before = hotel.content();
    let card = "4111 1111 1111 1111";
    let reason = format!("guest:paid with {card}");
    let stay = "A:2026-06-10:2026-06-12";
    for arguments in [
        &["reserve", stay, "--guest", card][..],
        &["reserve", stay, "--guest", "Ada", "--phone", card],
        &[
            "reserve",
            stay,
            "--guest",
            "Ada",
            "--email",
            "4111111111111111@example.com",
        ],
        &[
            "reserve",
            stay,
            "--guest",
            "Ada",
            "--note",
            "card 5500-0000-0000-0004",
        ],
        &["reserve", stay, "--guest", "Ada", "--guarantee", card],
        &["reserve", stay, "--guest", "Ada", "--override", card],
        &[
            "reserve",
            stay,
            "--guest",
            "Ada",
            "--source",
            "4111111111111111",
        ],
        &[
            "reserve",
            stay,
            "--guest",
            "Ada",
            "--meal",
            "4111111111111111",
        ],
        &["hold", "place", stay, "--reference", card],
        &[
            "outage",
            "add",
            "B:2026-06-10:2026-06-12:1",
            "--reason",
            card,
        ],
        &["cancel", &number, "--reason", &reason],
        &["guest", "erase", &number, "--reason", card],
        &[
            "--actor",
            "4111111111111111",
            "reserve",
            stay,
            "--guest",
            "Ada",
        ],
    ] {
        let error = hotel.run(arguments).refused(2, "bad_input");
        assert!(
            error["message"].as_str().unwrap().contains("card number"),
            "{error}"
        );
    }
    assert!(hotel.content() == before, "nothing was done");
}

#[test]
fn a_reason_names_nobody_in_any_spelling_and_a_forgotten_erasure_is_found() {
    let hotel = Hotel::small();
    let stay = "A:2026-06-20:2026-06-22";
    let name = "Jürgen Müller O'Brien";
    let phone = [
        "--phone",
        "+49 30 7778881",
        "--external-number",
        "BDC-991-X",
    ];
    let booked = hotel.done(&[&["reserve", stay, "--guest", name][..], &phone].concat());
    let number = booked["reservation"]["number"].as_str().unwrap();
    let erase = |reason: &str| hotel.run(&["guest", "erase", number, "--reason", reason]);
    for reason in [
        "7778881 rang",
        "mueller asked",
        "Muller asked",
        "OBrien wrote",
        "o-brien, by letter",
        "JUERGEN",
    ] {
        erase(reason).refused(2, "bad_input");
    }
    erase("asked for it by letter of 3 May").ends(0);
    hotel.verified();
    // Without its row on the list an old file of the other system would bring the booking back.
    let erased = hotel.number("SELECT count(*) FROM erased");
    let bare = hotel.bare();
    let sql = "DELETE FROM erased WHERE id NOT IN (SELECT id FROM guest)";
    assert!(bare.execute(sql, []).unwrap() > 0 && erased > 1);
    let found = hotel.run(&["verify"]);
    assert_eq!(found.status, 1);
    let told = found.json()["checks"].to_string();
    assert!(
        told.contains("was erased, as the trail tells, and does not stand so"),
        "{told}"
    );
}

#[test]
fn a_backup_from_before_an_erasure_brings_back_no_name_that_stood_in_the_booking() {
    let hotel = Hotel::small();
    let number = hotel.reserved("A:2026-06-05:2026-06-06");
    let at = |name: &str| hotel.folder.path().join(name).to_str().unwrap().to_owned();
    let (old, new) = (at("old.keyrack"), at("new.keyrack"));
    hotel.done(&["backup", &old]);
    let renamed = [
        "reservation",
        "set-details",
        &number,
        "--guest",
        "Ada Quillfeather",
    ];
    hotel.done(&[&renamed[..], &["--note", "for Quillfeather"]].concat());
    hotel.done(&["backup", &new]);
    hotel.done(&["restore", &old]);
    hotel.done(&["guest", "erase", &number, "--reason", "asked for it"]);
    hotel.done(&["restore", &new]);
    let card = hotel.done(&["reservation", "show", &number]);
    assert_eq!(card["guest"]["name"], "Erased guest", "{card}");
    assert!(!card.to_string().contains("Quillfeather"), "{card}");
    hotel.verified();
}

#[test]
fn an_erasure_and_a_correction_at_once_end_with_nobody() {
    let hotel = Hotel::small();
    for round in 0..12_u64 {
        let number = hotel.reserved("A:2026-06-05:2026-06-05");
        let name = format!("Quillfeather {round}");
        let words = [
            &["guest", "erase", &number, "--reason", "asked for it"][..],
            &["reservation", "set-details", &number, "--guest", &name],
        ];
        let commands = words.map(|words| hotel.command(words));
        // Now the one is first, and now the other.
        let mut commands = Vec::from(commands);
        if round % 2 == 1 {
            commands.reverse();
        }
        for run in hotel.at_once(commands) {
            assert!(run.status == 0 || run.status == 2, "{run:?}");
        }
        let card = hotel.done(&["reservation", "show", &number]);
        assert_eq!(
            card["guest"]["name"], "Erased guest",
            "round {round}: {card}"
        );
        let found = hotel.done(&["guest", "list", "--find", "Quillfeather"]);
        assert_eq!(found["guests"], json!([]), "round {round}");
    }
    hotel.verified();
}

#[test]
fn what_is_put_right_is_told_and_what_cannot_be_is_said() {
    let hotel = Hotel::small();
    let number = hotel.reserved("A:2026-06-05:2026-06-06");
    let set = |what: &[&str]| {
        hotel.run(&[&["reservation", "set-details", number.as_str()], what].concat())
    };
    for nothing in [
        &[][..],
        &["--adults", "0", "--children", "0"],
        &["--guest", " "],
    ] {
        set(nothing).refused(2, "bad_input");
    }
    let done = set(&["--guest", "Ada Moore", "--meal", "HB", "--note", "late"]).ends(0);
    assert_eq!(done["text"], format!("Details corrected {number}"));
    let card = hotel.done(&["reservation", "show", &number]);
    assert_eq!(
        card["history"][0]["text"],
        format!("Details of {number} corrected: guest (before: Ada Moreau), meals, notes")
    );
    assert_eq!(
        (&card["meal"], &card["notes"]),
        (&json!("HB"), &json!("late"))
    );
    let told = |what: &[&str], said: &str| {
        set(what).ends(0);
        let card = hotel.done(&["reservation", "show", &number]);
        let said = format!("Details of {number} corrected: {said}");
        assert_eq!(card["history"][0]["text"], said);
    };
    told(&["--guest", "Ada Moore", "--phone", "0401234567"], "phone");
    told(&["--guest", "Ada Moore"], "phone (before: 0401234567)");
    told(
        &["--adults", "3", "--children", "1", "--note", "early"],
        "people (before: 2 + 0), notes (before: late)",
    );
    told(&["--note", "late"], "notes (before: early)");
    let again = set(&["--meal", "HB"]).ends(0);
    assert_eq!(again["text"], format!("Nothing to change: {number}"));
    set(&["--meal", "", "--note", ""]).ends(0);
    let card = hotel.done(&["reservation", "show", &number]);
    assert_eq!(
        (&card["meal"], &card["notes"]),
        (&json!(null), &json!(null))
    );
    hotel.done(&["guest", "erase", &number, "--reason", "asked for it"]);
    let refused = set(&["--meal", "HB"]);
    assert_eq!(
        refused.refused(2, "bad_input")["message"],
        format!("The guest of {number} was erased: what is known of the booking stays as it is.")
    );
    hotel.verified();
}
