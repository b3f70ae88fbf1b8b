//! What `keyrackctl` is asked for while the disk does what it can: each kind of work once.

use std::path::Path;

/// The name of the guest who is erased; it stands nowhere else.
pub const ERASED: &str = "Zacharias Quillfeather";

/// The copy that is made, and put back at the end.
pub const COPY: &str = "copy.keyrack";

const MAPPING: &str = r#"
date_format = "%Y-%m-%d"

[columns]
external_number = "No"
name = "Guest"
room_type = "Room"
arrival = "From"
departure = "To"
"#;

const BOOKINGS: &str = "No,Guest,Room,From,To
X1,Eva Lindt,A,2026-06-10,2026-06-12
X2,Otto Lindt,B,2026-06-11,2026-06-12
X3,Ida Lindt,C,2026-06-10,2026-06-11
";

/// One thing that is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What it is called here.
    pub name: &'static str,
    /// What `keyrackctl` is given.
    pub words: Vec<String>,
}

/// All of it, in an order in which each can be done. `beside` is a folder for what is read.
pub fn asks(folder: &Path, beside: &Path) -> Vec<Ask> {
    let place = |folder: &Path, name: &str| folder.join(name).display().to_string();
    let (copy, bookings, mapping) = (
        place(folder, COPY),
        place(beside, "bookings.csv"),
        place(beside, "mapping.toml"),
    );
    std::fs::write(&bookings, BOOKINGS).unwrap();
    std::fs::write(&mapping, MAPPING).unwrap();
    let night = "2026-06-01T22:00:00Z";
    let asks: [(&str, &[&str]); 19] = [
        (
            "reserve",
            &[
                "reserve",
                "B:2026-06-10:2026-06-12",
                "--guest",
                "Ada Moreau",
                "--phone",
                "+49 30 901820",
            ],
        ),
        (
            "reserve another",
            &[
                "reserve",
                "A:2026-06-10:2026-06-13:3",
                "--guest",
                ERASED,
                "--note",
                "by the lift",
            ],
        ),
        ("move", &["reservation", "move", "A1/1", "2026-06-11", "C"]),
        ("amend", &["amend", "A2", "A:2026-06-11:2026-06-14:2"]),
        (
            "hold",
            &[
                "hold",
                "place",
                "B:2026-06-20:2026-06-22",
                "--minutes",
                "60",
            ],
        ),
        (
            "outage",
            &[
                "outage",
                "add",
                "C:2026-06-20:2026-06-25:1",
                "--reason",
                "a pipe broke",
            ],
        ),
        (
            "limits",
            &[
                "limits",
                "set",
                "B",
                "2026-07-01",
                "2026-07-20",
                "--overbooking",
                "1",
            ],
        ),
        ("setting", &["settings", "set", "low_rooms", "3"]),
        ("backup", &["backup", &copy]),
        ("cancel", &["cancel", "A1", "--reason", "guest"]),
        ("undo", &["undo"]),
        (
            "import",
            &["import", "reservations", &bookings, "--mapping", &mapping],
        ),
        ("erase", &["guest", "erase", "A2", "--reason", "by letter"]),
        ("end of day", &["--at", night, "end-of-day"]),
        ("rebuild", &["rebuild"]),
        ("restore", &["restore", &copy]),
        (
            "reserve again",
            &["reserve", "B:2026-06-10:2026-06-12", "--guest", "Bo Moreau"],
        ),
        ("cancel again", &["cancel", "A1", "--reason", "guest"]),
        ("end of day again", &["--at", night, "end-of-day"]),
    ];
    asks.into_iter()
        .map(|(name, words)| Ask {
            name,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        })
        .collect()
}
