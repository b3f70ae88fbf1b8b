//! The rows of another system's file, read through a mapping.

use std::path::Path;

use keyrack_inventory::{Night, RoomTypeCode, Token};
use keyrack_words::{Say, Words};
use serde::Serialize;
use ts_rs::TS;

use super::mapping::{Constant, Field, Mapping, Standing};
use super::sheet::{Sheet, begin, decoded, trimmed, unread};
use crate::api::{Guest, NewReservation, Price, StayRequest};
use crate::card_number;
use crate::error::DeskError;

/// Characters of a name, phone or e-mail, and of a note or guarantee.
const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 2_000;
/// Rooms and nights that a cell may say; the rules refuse most of them with their own words.
const MOST: u32 = 100_000;
/// A row that does not come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct BadRow {
    /// Its line in the file.
    pub line: u64,
    /// The column that is at fault, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why, for a person.
    pub reason: String,
    /// Why, for scripts: `bad_input`, `already_there`, or a refusal's code.
    pub code: &'static str,
}

/// A booking to be made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub line: u64,
    pub number: Token,
    pub source: Option<Token>,
    pub stay: StayRequest,
    pub standing: Standing,
    pub new: NewReservation,
}

/// What a row came to.
#[derive(Debug)]
pub(super) enum Row {
    Draft(Box<Draft>),
    Bad(BadRow),
    Skipped,
}

/// Why a cell cannot be read.
struct Fault {
    column: Option<String>,
    reason: String,
}

/// Reads all rows, before anything is written.
pub(super) fn read(path: &Path, mapping: &Mapping, digits: u8) -> Result<Vec<Row>, DeskError> {
    let (mut reader, sheet) = begin(path, mapping, digits)?;
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| unread(path, error))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let row = Cells {
            sheet: &sheet,
            record: &record,
        };
        rows.push(row.row(line).unwrap_or_else(|fault| {
            Row::Bad(BadRow {
                line,
                column: fault.column,
                reason: fault.reason,
                code: "bad_input",
            })
        }));
    }
    Ok(rows)
}

struct Cells<'a> {
    sheet: &'a Sheet<'a>,
    record: &'a csv::ByteRecord,
}

impl Cells<'_> {
    fn row(&self, line: u64) -> Result<Row, Fault> {
        let (found, expected) = (self.record.len(), self.sheet.names.len());
        if found != expected {
            return Err(Fault {
                column: None,
                reason: said("row-cells")
                    .with("found", found)
                    .with("expected", expected)
                    .text(),
            });
        }
        for (at, equals) in &self.sheet.skips {
            if self.cell(*at)? == *equals {
                return Ok(Row::Skipped);
            }
        }
        self.draft(line).map(|draft| Row::Draft(Box::new(draft)))
    }

    fn cell(&self, at: usize) -> Result<String, Fault> {
        let bytes = self.record.get(at).unwrap_or_default();
        let text = decoded(self.sheet.mapping.encoding, bytes);
        let text = text.ok_or_else(|| Fault {
            column: self.sheet.names.get(at).cloned(),
            reason: said("row-encoding").text(),
        })?;
        Ok(trimmed(&text))
    }

    fn fault(&self, field: Field, why: Say<'_>) -> Fault {
        self.told(field, why.text())
    }

    fn missing(&self, field: Field) -> Fault {
        self.fault(field, said("row-missing").with("field", field.to_string()))
    }

    fn told(&self, field: Field, reason: String) -> Fault {
        let names = self.sheet.mapping.columns.get(&field);
        Fault {
            column: Some(names.map_or(field.to_string(), |names| names.names().join(" + "))),
            reason,
        }
    }

    /// What stands there, or holds in its place; nothing where neither does.
    fn value(&self, field: Field) -> Result<Option<String>, Fault> {
        let mut joined = String::new();
        for at in self.sheet.places.get(&field).into_iter().flatten() {
            let cell = self.cell(*at)?;
            if !joined.is_empty() && !cell.is_empty() {
                joined.push(' ');
            }
            joined.push_str(&cell);
        }
        if !joined.is_empty() {
            return Ok(Some(joined));
        }
        let constant = self.sheet.mapping.constants.get(&field);
        Ok(constant.map(|constant| match constant {
            Constant::Number(number) => number.to_string(),
            Constant::Text(text) => text.clone(),
        }))
    }

    fn needed(&self, field: Field) -> Result<String, Fault> {
        let value = self.value(field)?;
        value.ok_or_else(|| self.missing(field))
    }

    fn token(&self, field: Field) -> Result<Option<Token>, Fault> {
        let Some(text) = self.value(field)? else {
            return Ok(None);
        };
        // The number of another system may pass the test by chance, and is that system's.
        let checked = match field {
            Field::ExternalNumber => card_number::refuse_issued(&text),
            _ => card_number::refuse("what-cell", &text),
        };
        self.no_card(field, checked)?;
        let long = |_| self.fault(field, said("row-no-text").with("text", text.as_str()));
        text.parse().map(Some).map_err(long)
    }

    fn no_card(&self, field: Field, checked: Result<(), DeskError>) -> Result<(), Fault> {
        checked.map_err(|error| self.told(field, error.to_string()))
    }

    fn text(&self, field: Field, longest: usize) -> Result<Option<String>, Fault> {
        let Some(text) = self.value(field)? else {
            return Ok(None);
        };
        if text.chars().count() > longest {
            return Err(self.fault(field, said("row-too-long").with("most", longest)));
        }
        let checked = match field {
            Field::Phone => card_number::refuse_phone(&text),
            _ => card_number::refuse("what-cell", &text),
        };
        self.no_card(field, checked)?;
        Ok(Some(text))
    }

    fn number(&self, field: Field) -> Result<Option<u32>, Fault> {
        let Some(text) = self.value(field)? else {
            return Ok(None);
        };
        let number = text.parse().ok().filter(|number| *number <= MOST);
        let range = said("row-no-number").with("most", MOST);
        number
            .map(Some)
            .ok_or_else(|| self.fault(field, range.with("text", text.as_str())))
    }

    fn people(&self, field: Field) -> Result<Option<u16>, Fault> {
        let number = self.number(field)?.map(u16::try_from).transpose();
        number.map_err(|_| self.fault(field, said("row-guests")))
    }

    fn date(&self, field: Field) -> Result<Option<Night>, Fault> {
        let Some(text) = self.value(field)? else {
            return Ok(None);
        };
        let mapping = self.sheet.mapping;
        // Years of more or fewer than four digits are slips of the pen.
        let night = mapping.date(&text).map(Night::from);
        let night = night.filter(|night| Night::from_day_number(night.day_number()).is_some());
        let fault = || {
            let form = said("row-no-date").with("format", mapping.date_format.as_str());
            self.fault(field, form.with("text", text.as_str()))
        };
        night.map(Some).ok_or_else(fault)
    }

    fn room_type(&self) -> Result<RoomTypeCode, Fault> {
        let word = self.needed(Field::RoomType)?;
        let known = self.sheet.mapping.room_types.get(&word).copied();
        let code = known.map_or_else(|| word.parse().ok(), Some);
        code.ok_or_else(|| {
            let unknown = said("row-room-type").with("word", word.as_str());
            self.fault(Field::RoomType, unknown)
        })
    }

    fn standing(&self) -> Result<Standing, Fault> {
        let Some(word) = self.value(Field::Status)? else {
            return Ok(Standing::Confirmed);
        };
        let known = self.sheet.mapping.statuses.get(&word).copied();
        known.or_else(|| Standing::from_word(&word)).ok_or_else(|| {
            let unknown = said("row-status").with("word", word.as_str());
            self.fault(Field::Status, unknown)
        })
    }

    fn guest(&self) -> Result<Guest, Fault> {
        let name = if self.sheet.mapping.has(Field::Name) {
            self.text(Field::Name, LONGEST_NAME)?
        } else {
            let first = self.text(Field::FirstName, LONGEST_NAME / 2)?;
            let last = self.text(Field::LastName, LONGEST_NAME / 2 - 1)?;
            let both: Vec<String> = first.into_iter().chain(last).collect();
            Some(both.join(" ")).filter(|name| !name.is_empty())
        };
        let named = if self.sheet.mapping.has(Field::Name) {
            Field::Name
        } else {
            Field::LastName
        };
        Ok(Guest {
            name: name.ok_or_else(|| self.fault(named, said("row-no-guest")))?,
            phone: self.text(Field::Phone, LONGEST_NAME)?,
            email: self.text(Field::Email, LONGEST_NAME)?,
        })
    }

    fn stay(&self) -> Result<StayRequest, Fault> {
        self.needed(Field::Arrival)?;
        let arrival = self.date(Field::Arrival)?;
        let arrival = arrival.ok_or_else(|| self.missing(Field::Arrival))?;
        let departure = if self.sheet.mapping.has(Field::Nights) {
            let nights = self.number(Field::Nights)?;
            let nights = nights.ok_or_else(|| self.missing(Field::Nights))?;
            arrival.plus(i32::try_from(nights).unwrap_or(i32::MAX))
        } else {
            let departure = self.date(Field::Departure)?;
            departure.ok_or_else(|| self.missing(Field::Departure))?
        };
        Ok(StayRequest {
            room_type: self.room_type()?,
            arrival,
            departure,
            rooms: self.number(Field::Rooms)?.unwrap_or(1),
        })
    }

    fn price(&self, stay: &StayRequest) -> Result<Option<i64>, Fault> {
        let total = self.sheet.mapping.has(Field::Total);
        let field = if total { Field::Total } else { Field::Price };
        let Some(text) = self.value(field)? else {
            return Ok(None);
        };
        let amount = self.sheet.mapping.amount(&text, self.sheet.digits);
        let amount = amount.filter(|amount| *amount <= crate::request::MOST_PRICE);
        let amount = amount.ok_or_else(|| {
            let none = said("row-no-amount").with("digits", self.sheet.digits);
            self.fault(field, none.with("text", text.as_str()))
        })?;
        let nights = stay.arrival.nights_until(stay.departure).max(1);
        let parts = i64::from(nights) * i64::from(stay.rooms.max(1));
        Ok(Some(if total {
            (amount + parts / 2) / parts
        } else {
            amount
        }))
    }

    fn draft(&self, line: u64) -> Result<Draft, Fault> {
        let number = self.token(Field::ExternalNumber)?;
        let number = number.ok_or_else(|| self.missing(Field::ExternalNumber))?;
        let stay = self.stay()?;
        let standing = self.standing()?;
        let source = self.token(Field::Source)?;
        let price = self.price(&stay)?.map(|amount| Price {
            room_type: stay.room_type,
            amount,
            cost: None,
        });
        let option_until = self.date(Field::OptionUntil)?;
        let new = NewReservation {
            adults: self.people(Field::Adults)?,
            children: self.people(Field::Children)?,
            prices: price.map(|price| vec![price]),
            source: source.clone(),
            external_number: Some(number.clone()),
            meal: self.token(Field::Meal)?,
            notes: self.text(Field::Note, LONGEST_TEXT)?,
            guarantee: self.text(Field::Guarantee, LONGEST_TEXT)?,
            tentative: (standing == Standing::Tentative).then_some(true),
            option_until: option_until.filter(|_| standing == Standing::Tentative),
            // What is cancelled never takes a room, not for the moment in which it comes in either.
            waitlist: matches!(standing, Standing::Waitlisted | Standing::Cancelled)
                .then_some(true),
            ..NewReservation::new(vec![stay.clone()], self.guest()?)
        };
        Ok(Draft {
            line,
            number,
            source,
            stay,
            standing,
            new,
        })
    }
}

fn said<'a>(id: &str) -> Say<'a> {
    Words::here().say(id)
}
