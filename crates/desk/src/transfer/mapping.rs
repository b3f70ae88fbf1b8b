//! MAPPING.toml: how another system's file is read. docs/FORMATS.md lists every key.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};
use keyrack_inventory::RoomTypeCode;
use keyrack_words::{Say, Words};
use serde::Deserialize;

use crate::error::DeskError;
use crate::papers;

const LARGEST_FILE: u64 = 1 << 20;

macro_rules! fields {
    ($($(#[doc = $meaning:literal])* $name:ident $word:literal;)*) => {
        /// What can be known of a booking.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[doc = $meaning])* $name,)*
        }

        impl fmt::Display for Field {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$name => $word,)*
                })
            }
        }
    };
}

fields! {
    /// Its number in the other system: the key.
    ExternalNumber "external_number";
    /// The guest's whole name.
    Name "name";
    /// The guest's first name.
    FirstName "first_name";
    /// The guest's last name.
    LastName "last_name";
    /// Phone.
    Phone "phone";
    /// E-mail.
    Email "email";
    /// The room type.
    RoomType "room_type";
    /// The night of arrival.
    Arrival "arrival";
    /// The date of departure.
    Departure "departure";
    /// Nights, where there is no departure.
    Nights "nights";
    /// Rooms.
    Rooms "rooms";
    /// Adults.
    Adults "adults";
    /// Children.
    Children "children";
    /// The price of a room a night.
    Price "price";
    /// The price of the whole booking.
    Total "total";
    /// Where it came from.
    Source "source";
    /// Meal plan.
    Meal "meal";
    /// Notes.
    Note "note";
    /// Where it stands.
    Status "status";
    /// The last date of an option.
    OptionUntil "option_until";
    /// The guarantee, in words.
    Guarantee "guarantee";
}

/// How a file's bytes are letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    #[serde(rename = "windows-1252", alias = "latin1")]
    Windows1252,
}

/// How a booking that is brought in stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Promised.
    #[default]
    Confirmed,
    /// An option.
    Tentative,
    /// Not wanted any more.
    Cancelled,
    /// Waits for a room.
    Waitlisted,
}

impl Standing {
    /// The standing of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "confirmed" => Some(Self::Confirmed),
            "tentative" => Some(Self::Tentative),
            "cancelled" => Some(Self::Cancelled),
            "waitlisted" => Some(Self::Waitlisted),
            _ => None,
        }
    }
}

/// The column of a field, or several that are joined with a space.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Columns {
    /// Their names, in order.
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// A value for what has no column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Constant {
    /// A number.
    Number(u32),
    /// A text, as it would stand in a cell.
    Text(String),
}

/// Rows that are left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// Where this column ...
    pub column: String,
    /// ... says this.
    pub equals: String,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The sign between two cells.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// How its bytes are letters.
    #[serde(default)]
    pub encoding: Encoding,
    /// How its dates are written.
    #[serde(default = "iso")]
    pub date_format: String,
    /// The sign before the decimals of an amount.
    #[serde(default = "point")]
    pub decimal_mark: char,
    /// The sign between the thousands of an amount.
    pub thousands_mark: Option<char>,
    /// Arrivals before the business date are left out, and are no bad rows.
    #[serde(default)]
    pub history: bool,
    /// Which column is what.
    pub columns: BTreeMap<Field, Columns>,
    /// What holds where a column is missing or its cell is empty.
    #[serde(default)]
    pub constants: BTreeMap<Field, Constant>,
    /// Room types by their words in the file.
    #[serde(default)]
    pub room_types: BTreeMap<String, RoomTypeCode>,
    /// Standings by their words in the file.
    #[serde(default)]
    pub statuses: BTreeMap<String, Standing>,
    /// Rows to leave out.
    #[serde(default)]
    pub skip: Vec<Skip>,
}

fn comma() -> char {
    ','
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

fn point() -> char {
    '.'
}

/// Reads a MAPPING.toml.
///
/// # Errors
/// Where it is missing, is no TOML, has a key that is not known, or lacks what every booking has.
pub fn read(path: &Path) -> Result<Mapping, DeskError> {
    let bad = |why: String| DeskError::BadInput(format!("{}: {}", path.display(), why.trim_end()));
    let unreadable = |error: std::io::Error| {
        DeskError::said(papers::about("bad-unreadable", path).with("why", error.to_string()))
    };
    let size = std::fs::metadata(path).map_err(unreadable)?;
    if size.len() > LARGEST_FILE {
        return Err(bad(said("mapping-too-large").text()));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let mapping: Mapping = toml::from_str(&text).map_err(|error| bad(error.to_string()))?;
    mapping.check().map_err(|error| bad(error.to_string()))?;
    Ok(mapping)
}

impl Mapping {
    /// Whether something gives the field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field) || self.constants.contains_key(&field)
    }

    fn check(&self) -> Result<(), DeskError> {
        use Field::{
            Arrival, Departure, ExternalNumber, FirstName, LastName, Name, Nights, Price, RoomType,
            Total,
        };
        let bad = |why| Err(DeskError::said(why));
        if !self.columns.contains_key(&ExternalNumber) {
            return bad(said("mapping-no-key"));
        }
        if let Some(field) = [ExternalNumber, Arrival]
            .iter()
            .find(|field| self.constants.contains_key(field))
        {
            return bad(about("mapping-constant", *field));
        }
        for (one, other) in [(Departure, Nights), (Price, Total), (Name, LastName)] {
            if self.has(one) && self.has(other) {
                return bad(pair("mapping-both", one, other));
            }
        }
        for (one, other) in [
            (Name, LastName),
            (Departure, Nights),
            (Arrival, Arrival),
            (RoomType, RoomType),
        ] {
            if !self.has(one) && !self.has(other) {
                return bad(if one == other {
                    said("mapping-needs").with("one", one.to_string())
                } else {
                    pair("mapping-needs-either", one, other)
                });
            }
        }
        if self.has(FirstName) && !self.has(LastName) {
            return bad(said("mapping-first-name"));
        }
        for (field, columns) in &self.columns {
            if columns.names().is_empty() {
                return bad(about("mapping-no-column", *field));
            }
        }
        self.check_signs()
    }

    fn check_signs(&self) -> Result<(), DeskError> {
        let bad = |why| Err(DeskError::said(why));
        if !self.delimiter.is_ascii() || ['"', '\r', '\n'].contains(&self.delimiter) {
            return bad(said("mapping-delimiter").with("mark", self.delimiter.to_string()));
        }
        let marks = [Some(self.decimal_mark), self.thousands_mark];
        let digit = |mark: &char| mark.is_ascii_digit() || *mark == '-';
        if marks.iter().flatten().any(digit) || marks[0] == marks[1] {
            return bad(said("mapping-marks"));
        }
        let known = !StrftimeItems::new(&self.date_format).any(|item| item == Item::Error);
        let sample =
            NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|date| date.and_hms_opt(0, 0, 0));
        let reads = sample.filter(|_| known).is_some_and(|sample| {
            use std::fmt::Write;
            let mut text = String::new();
            let written = write!(text, "{}", sample.format(&self.date_format));
            written.is_ok() && self.date(&text) == Some(sample.date())
        });
        if !reads {
            let format = self.date_format.as_str();
            return bad(said("mapping-date-format").with("format", format));
        }
        Ok(())
    }

    /// The date that a cell says.
    pub fn date(&self, text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, &self.date_format).ok()
    }

    /// The digits without their thousands marks; nothing where one stands before other than three
    /// digits, as in a file that mixes two notations.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        let Some(mark) = self.thousands_mark.filter(|mark| whole.contains(*mark)) else {
            return Some(whole.to_owned());
        };
        let mut groups = whole.split(mark);
        let first = groups.next().map_or(0, str::len);
        let sound = (1..=3).contains(&first) && groups.all(|group| group.len() == 3);
        sound.then(|| whole.replace(mark, ""))
    }

    /// The amount that a cell says, in minor units; nothing where it is none.
    pub fn amount(&self, text: &str, digits: u8) -> Option<i64> {
        let (whole, decimals) = text.split_once(self.decimal_mark).unwrap_or((text, ""));
        let whole = self.ungrouped(whole)?;
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // Some systems write more decimals than the currency has: where they are noughts.
        let digits = usize::from(digits);
        let kept = decimals.trim_end_matches('0');
        if whole.is_empty() || !all_digits(&whole) || !all_digits(decimals) || kept.len() > digits {
            return None;
        }
        format!("{whole}{kept:0<digits$}").parse().ok()
    }
}

fn said<'a>(id: &str) -> Say<'a> {
    Words::here().say(id)
}

fn about<'a>(id: &str, field: Field) -> Say<'a> {
    said(id).with("field", field.to_string())
}

fn pair<'a>(id: &str, one: Field, other: Field) -> Say<'a> {
    said(id)
        .with("one", one.to_string())
        .with("other", other.to_string())
}
