//! Files of other systems, their mappings, and the file of a property.

use std::path::PathBuf;

use keyrack_desk::transfer::Import;
use keyrack_desk::{Desk, Options, property_file};
use tempfile::TempDir;
use uuid::Uuid;

/// Between the mapping and the file.
const BETWEEN: &[u8] = b"\n=====\n";

const PROPERTY: &str = r#"
name = "Hotel"
code = "H"
time_zone = "Europe/Lisbon"
currency = "EUR"
business_date = "2026-06-01"

[[room_type]]
code = "A"
name = "Double"
rooms = 5
"#;

/// A hotel to bring bookings into, and two files.
struct Place {
    _folder: TempDir,
    desk: Desk,
    mapping: PathBuf,
    bookings: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the hotel");
        let at = |name: &str| folder.path().join(name);
        let options = Options::new(&at("hotel.db"), "admin");
        std::fs::write(at("property.toml"), PROPERTY).expect("the folder takes files");
        let property = property_file::read(&at("property.toml")).expect("the property is right");
        let range = "2026-06-01".parse().ok().zip("2026-07-01".parse().ok());
        let nights = range.map(|(from, to)| keyrack_inventory::NightRange::new(from, to));
        let (desk, _) =
            Desk::create(&options, &property, nights, Uuid::nil()).expect("the hotel is made");
        Self {
            desk,
            mapping: at("mapping.toml"),
            bookings: at("bookings.csv"),
            _folder: folder,
        }
    }
}

thread_local! {
    static PLACE: Place = Place::new();
}

/// A mapping, a line of five `=`, and the file that it is for. It is weighed, and nothing of it is brought in.
pub fn imports(bytes: &[u8]) -> bool {
    let at = bytes
        .windows(BETWEEN.len())
        .position(|part| part == BETWEEN);
    let (mapping, bookings) = match at {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => (bytes, &[][..]),
    };
    PLACE.with(|place| {
        std::fs::write(&place.mapping, mapping).expect("the folder takes files");
        std::fs::write(&place.bookings, bookings).expect("the folder takes files");
        let Ok(import) = Import::read(&place.bookings, &place.mapping, true, true) else {
            return false;
        };
        let weighed = place.desk.import(&import, &mut |_, _| true);
        weighed.is_ok_and(|weighed| serde_json::to_string(&weighed).is_ok())
    })
}

/// The file of a property.
pub fn property(bytes: &[u8]) -> bool {
    PLACE.with(|place| {
        std::fs::write(&place.mapping, bytes).expect("the folder takes files");
        let Ok(read) = property_file::read(&place.mapping) else {
            return false;
        };
        let written = serde_json::to_string(&read).expect("a property can be written");
        let again = serde_json::from_str(&written).ok();
        assert_eq!(again.as_ref(), Some(&read), "{written}");
        true
    })
}
