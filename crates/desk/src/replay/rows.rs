//! The rows of a file of bookings (docs/FORMATS.md names the columns and their use).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use keyrack_inventory::decide::LONGEST_STAY;
use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::{Night, RoomTypeCode, TextId, Token};
use keyrack_store::{Envelope, TextRow};
use sha2::{Digest, Sha256};

use crate::api::NewProperty;
use crate::error::DeskError;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Columns kept with the reservation as they are, by the name under which they are kept.
const ATTRIBUTES: [(&str, &str); 6] = [
    ("customer_type", "customer_type"),
    ("distribution_channel", "channel"),
    ("agent", "agent"),
    ("company", "company"),
    ("country", "country"),
    ("babies", "babies"),
];

/// How a booking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    CheckOut,
    Cancelled,
    NoShow,
}

/// A booking.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub booked_on: Night,
    pub stay: StayRequest,
    pub assigned: Option<RoomTypeCode>,
    pub ending: Ending,
    pub ended_on: Night,
    pub price: Option<i64>,
    pub details: BookingDetails,
    /// Over the row as it stands in the file, so that another row in its place is found.
    pub digest: [u8; 32],
}

/// Reads all rows, before anything is written.
pub(super) fn read(path: &Path, property: &NewProperty) -> Result<Vec<Row>, DeskError> {
    let bad = |why: String| DeskError::BadInput(format!("{}: {why}", path.display()));
    let file = BufReader::new(File::open(path).map_err(|error| bad(error.to_string()))?);
    let zipped = path.extension().is_some_and(|extension| extension == "gz");
    let input: Box<dyn Read> = if zipped {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(input);
    let header = reader
        .headers()
        .map_err(|error| bad(error.to_string()))?
        .clone();
    let columns: HashMap<&str, usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect();
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| bad(error.to_string()))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let row = Fields {
            columns: &columns,
            record: &record,
        }
        .row(property);
        rows.push(row.map_err(|why| bad(format!("line {line}: {why}.")))?);
    }
    if rows.is_empty() {
        return Err(bad("the file has no booking.".to_owned()));
    }
    Ok(rows)
}

/// Why a row cannot be read.
#[derive(Debug)]
struct BadRow(String);

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

struct Fields<'a> {
    columns: &'a HashMap<&'a str, usize>,
    record: &'a csv::StringRecord,
}

impl Fields<'_> {
    fn text(&self, name: &str) -> Result<&str, BadRow> {
        let at = self.columns.get(name).and_then(|at| self.record.get(*at));
        at.ok_or_else(|| BadRow(format!("column {name} is missing")))
    }

    /// A value, where there is one: the data write NULL or NA for none.
    fn value(&self, name: &str) -> Result<Option<&str>, BadRow> {
        let text = self.text(name)?;
        Ok(Some(text).filter(|text| !["", "NULL", "NA"].contains(text)))
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, BadRow> {
        let text = self.value(name)?.unwrap_or("0");
        // Some tools write whole numbers as 2.0.
        let whole = text.strip_suffix(".0").unwrap_or(text);
        whole
            .parse()
            .map_err(|_| BadRow(format!("{name} \"{text}\" is no such number")))
    }

    fn token(&self, name: &str) -> Result<Option<Token>, BadRow> {
        let parsed = self.value(name)?.map(str::parse).transpose();
        parsed.map_err(|error| BadRow(format!("{name}: {error}")))
    }

    fn code(&self, name: &str) -> Result<RoomTypeCode, BadRow> {
        self.text(name)?
            .parse()
            .map_err(|error| BadRow(format!("{name}: {error}")))
    }

    fn date(&self, name: &str) -> Result<Night, BadRow> {
        self.text(name)?
            .parse()
            .map_err(|error| BadRow(format!("{name}: {error}")))
    }

    fn arrival(&self) -> Result<Night, BadRow> {
        let name = self.text("arrival_date_month")?;
        let month = MONTHS.iter().position(|month| *month == name);
        let month = month.ok_or_else(|| BadRow(format!("\"{name}\" is no month")))? + 1;
        let year: u32 = self.number("arrival_date_year")?;
        let day: u32 = self.number("arrival_date_day_of_month")?;
        let text = format!("{year:04}-{month:02}-{day:02}");
        text.parse()
            .map_err(|_| BadRow(format!("the arrival {text} is not a date")))
    }

    fn row(&self, property: &NewProperty) -> Result<Row, BadRow> {
        let room_type = self.code("reserved_room_type")?;
        if !property
            .room_types
            .iter()
            .any(|known| known.code == room_type)
        {
            return Err(BadRow(format!(
                "room type {room_type} is not one of the property's"
            )));
        }
        let assigned = self.code("assigned_room_type")?;
        let arrival = self.arrival()?;
        let nights = self.nights()?;
        let lead = i32::from(self.number::<u16>("lead_time")?);
        let ending = match self.text("reservation_status")? {
            "Check-Out" => Ending::CheckOut,
            "Canceled" => Ending::Cancelled,
            "No-Show" => Ending::NoShow,
            other => {
                return Err(BadRow(format!(
                    "reservation_status \"{other}\" is not known"
                )));
            }
        };
        let booked_on = arrival.plus(-lead);
        let ended_on = self.date("reservation_status_date")?;
        // What no hotel can have done is a fault of the file, found before anything is written.
        let earliest = match ending {
            Ending::CheckOut => arrival,
            Ending::Cancelled | Ending::NoShow => booked_on,
        };
        if ended_on < earliest {
            return Err(BadRow(format!(
                "reservation_status_date {ended_on} lies before {earliest}"
            )));
        }
        Ok(Row {
            booked_on,
            stay: StayRequest {
                room_type,
                arrival,
                departure: arrival.plus(nights),
                rooms: 1,
            },
            assigned: Some(assigned).filter(|assigned| *assigned != room_type),
            ending,
            ended_on,
            price: self.price()?,
            details: self.details()?,
            digest: self.digest(),
        })
    }

    fn nights(&self) -> Result<i32, BadRow> {
        let weekend: u16 = self.number("stays_in_weekend_nights")?;
        let week: u16 = self.number("stays_in_week_nights")?;
        let nights = u32::from(weekend) + u32::from(week);
        if nights > LONGEST_STAY {
            return Err(BadRow(format!(
                "{nights} nights are more than {LONGEST_STAY}"
            )));
        }
        Ok(i32::try_from(nights).unwrap_or(i32::MAX))
    }

    fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for field in self.record {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        hasher.finalize().into()
    }

    /// The average daily rate, in minor units.
    fn price(&self) -> Result<Option<i64>, BadRow> {
        let Some(text) = self.value("adr")? else {
            return Ok(None);
        };
        let rate: f64 = text
            .parse()
            .map_err(|_| BadRow(format!("adr \"{text}\" is not a number")))?;
        if !rate.is_finite() || rate.abs() > 1e9 {
            return Err(BadRow(format!("adr \"{text}\" is no price")));
        }
        Ok(Some((rate * 100.0).round() as i64))
    }

    fn details(&self) -> Result<BookingDetails, BadRow> {
        let mut details = BookingDetails {
            source: self.token("market_segment")?,
            adults: self.number("adults")?,
            children: self.number("children")?,
            meal: self.token("meal")?,
            ..BookingDetails::default()
        };
        for (column, name) in ATTRIBUTES {
            let value = self.token(column)?.filter(|value| value.as_str() != "0");
            if let (Some(value), Ok(name)) = (value, name.parse()) {
                details.attributes.insert(name, value);
            }
        }
        Ok(details)
    }
}

/// Some hotels record a no-show before the guest was expected: what is recorded is a fact.
pub(super) fn overrule(envelope: &mut Envelope) {
    let id = TextId::derived(envelope.command_id, 0);
    envelope.override_text = Some(id);
    envelope.texts.push(TextRow {
        id,
        body: "Recorded so in the file of bookings".to_owned(),
    });
}
