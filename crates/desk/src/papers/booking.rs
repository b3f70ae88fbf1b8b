//! A booking's papers: its confirmation, and the registration card of a stay.

use keyrack_inventory::{Night, Stay, StayStatus};

use super::face::{Style, wrapped};
use super::sheet::{Align, MARGIN, Sheet};
use super::table::{BEGINNING, Row, figures, table, words};
use super::{House, long, say, short};
use keyrack_words::Words;

use crate::answers::{ReservationCard, StayCard};
use crate::error::DeskError;
use crate::money::Amounts;

/// Lines of a long text.
const MOST_LINES: usize = 4;
const LINE: f32 = 13.0;

fn title(status: StayStatus) -> String {
    say(match status {
        StayStatus::Confirmed | StayStatus::CheckedIn | StayStatus::CheckedOut => {
            "paper-booking-confirmation"
        }
        StayStatus::Tentative => "paper-provisional-booking",
        StayStatus::NeedsConfirmation => "paper-booking-request",
        StayStatus::Waitlisted => "paper-waiting-list",
        StayStatus::Cancelled => "paper-cancellation",
        StayStatus::NoShow => "paper-no-show",
    })
}

/// The hotel at the left, the paper's name and number at the right.
fn head(sheet: &mut Sheet, house: &House, title: &str, number: &str) {
    let room = sheet.room();
    let (left, right) = (room * 0.52, room * 0.46);
    let top = MARGIN + 12.0;
    sheet.y = top;
    let right_at = MARGIN + room - right;
    sheet.put(right_at, right, Align::Right, Style::TITLE, title);
    sheet.y += 18.0;
    sheet.put(right_at, right, Align::Right, Style::sized(11.0), number);
    sheet.y = top;
    let style = Style::sized(12.0).strong();
    for (at, line) in wrapped(&house.name, style, left, 2).iter().enumerate() {
        sheet.y = top + 15.0 * f32::from(u8::from(at > 0));
        sheet.put(MARGIN, left, Align::Left, style, line);
    }
    sheet.y += 3.0;
    let tax = (!house.tax_number.is_empty()).then(|| house.tax_line());
    for line in house.address.iter().chain(tax.iter()) {
        sheet.y += 11.0;
        sheet.put(MARGIN, left, Align::Left, Style::LABEL, line);
    }
    sheet.y = (sheet.y + 16.0).max(top + 36.0);
    sheet.rule(MARGIN, room, 120);
    sheet.y += 24.0;
}

/// Labels and their values, in two columns that begin on the same line.
fn facts(sheet: &mut Sheet, columns: [&[(String, String)]; 2]) {
    const LABEL: f32 = 74.0;
    let room = sheet.room();
    let places = [
        (MARGIN, room * 0.56 - 12.0),
        (MARGIN + room * 0.56, room * 0.44),
    ];
    let (top, mut lowest) = (sheet.y, sheet.y);
    for ((x, width), facts) in places.into_iter().zip(columns) {
        sheet.y = top;
        for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
            sheet.put(x, LABEL - 4.0, Align::Left, Style::LABEL, label);
            for line in wrapped(value, Style::TEXT, width - LABEL, MOST_LINES) {
                sheet.put(x + LABEL, width - LABEL, Align::Left, Style::TEXT, &line);
                sheet.y += LINE;
            }
        }
        lowest = lowest.max(sheet.y);
    }
    sheet.y = lowest;
}

/// A word of the desk's own, as people write it.
fn plain(word: Option<&String>) -> String {
    word.map(|word| word.replace('_', " ")).unwrap_or_default()
}

fn people(card: &ReservationCard) -> String {
    let count = |id: &str, count: u16| {
        (count > 0).then(|| Words::here().say(id).with("count", count).text())
    };
    let adults = count("paper-adults", card.adults);
    let children = count("paper-children", card.children);
    let parts: Vec<String> = [adults, children].into_iter().flatten().collect();
    parts.join(", ")
}

pub(super) fn confirmation(house: &House, card: &ReservationCard) -> Result<Vec<u8>, DeskError> {
    let number = card.number.to_string();
    let title = title(card.status);
    let frame = house.frame(&format!("{title} {number}"), house.business_date);
    let mut sheet = Sheet::new(house.format, frame);
    head(&mut sheet, house, &title, &number);
    let arrival = card.stays.iter().map(|stay| stay.arrival).min();
    let departure = card.stays.iter().map(leaves_on).max();
    let option = card.stays.iter().filter_map(|stay| stay.option_until).min();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    facts(
        &mut sheet,
        [
            &[
                (say("paper-guest"), card.guest.name.clone()),
                (say("paper-phone"), text(&card.guest.phone)),
                (say("paper-e-mail"), text(&card.guest.email)),
                (say("paper-guests"), people(card)),
                (say("paper-printed-on"), long(house.business_date)),
            ],
            &[
                (say("paper-arrival"), arrival.map(long).unwrap_or_default()),
                (
                    say("paper-departure"),
                    departure.map(long).unwrap_or_default(),
                ),
                (say("paper-your-reference"), text(&card.external_number)),
                (say("paper-meals"), plain(card.meal.as_ref())),
                (say("paper-guarantee"), text(&card.guarantee)),
                (
                    say("paper-option-until"),
                    option.map(long).unwrap_or_default(),
                ),
            ],
        ],
    );
    stays(&mut sheet, house, &card.stays);
    if let Some(amounts) = &card.amounts {
        totals(&mut sheet, house, amounts);
    }
    sheet.pdf()
}

fn leaves_on(stay: &StayCard) -> Night {
    let freed = stay.freed_from.unwrap_or(stay.departure);
    freed.min(stay.departure)
}

fn stays(sheet: &mut Sheet, house: &House, stays: &[StayCard]) {
    sheet.section(&say("paper-stay"), BEGINNING);
    let priced = stays.iter().any(|stay| stay.price.is_some());
    let columns = [
        words(&say("paper-no"), 5.0),
        words(&say("paper-room"), 33.0),
        words(&say("paper-arrival"), 13.0),
        words(&say("paper-departure"), 13.5),
        figures(&say("paper-nights"), 8.5),
        figures(
            &if priced {
                say("paper-a-night")
            } else {
                String::new()
            },
            12.0,
        ),
        figures(
            &if priced {
                say("paper-amount")
            } else {
                String::new()
            },
            15.0,
        ),
    ];
    let row = |stay: &StayCard| {
        let leaves = leaves_on(stay);
        let nights = stay.arrival.nights_until(leaves);
        let off = matches!(stay.status, StayStatus::Cancelled | StayStatus::NoShow);
        let price = stay.price.filter(|_| nights > 0);
        let amount = price.map(|price| house.amount(price * i64::from(nights)));
        let nights = match nights {
            0 => say("paper-day-use"),
            nights => nights.to_string(),
        };
        Row::from(vec![
            stay.stay.to_string(),
            house.type_name(stay.room_type),
            short(stay.arrival),
            short(leaves),
            nights,
            price.map(|price| house.amount(price)).unwrap_or_default(),
            if off {
                Words::here().word(stay.status.as_str())
            } else {
                amount.unwrap_or_default()
            },
        ])
    };
    let rows: Vec<Row> = stays.iter().map(row).collect();
    table(sheet, 0.0, &columns, &rows);
}

/// What is charged, rate by rate where the hotel has rates, and in all.
fn totals(sheet: &mut Sheet, house: &House, amounts: &Amounts) {
    let taxed = !house.taxes.rates.is_empty();
    let mut rows: Vec<Row> = Vec::new();
    if taxed {
        rows.extend(amounts.by_rate.iter().map(|part| {
            Row::from(vec![
                house.vat(part.rate),
                house.amount(part.net),
                house.amount(part.vat),
                house.amount(part.gross),
            ])
        }));
    }
    let total = |cells: Vec<String>| Row { cells, sum: true };
    sheet.need(40.0 + 15.0 * (rows.len() as f32 + 2.0));
    sheet.y += 10.0;
    let name = house.total();
    if taxed {
        rows.push(total(vec![
            name,
            house.amount(amounts.net),
            house.amount(amounts.vat),
            house.amount(amounts.gross),
        ]));
        let columns = [
            words("", 16.0),
            figures(&say("paper-net"), 13.0),
            figures(&say("paper-vat"), 13.0),
            figures(&say("paper-gross"), 14.0),
        ];
        table(sheet, 0.44, &columns, &rows);
    } else {
        rows.push(total(vec![name, house.amount(amounts.gross)]));
        table(sheet, 0.64, &[words("", 18.0), figures("", 18.0)], &rows);
    }
    sheet.y += 24.0;
    let amounts = Words::here().say("paper-amounts");
    let mut note = amounts.with("currency", house.currency.as_str()).text();
    if taxed {
        note.push(' ');
        note.push_str(&say(match house.taxes.included {
            true => "paper-vat-included",
            false => "paper-vat-added",
        }));
    }
    sheet.note(&note);
}

/// A page for each stay: what is known is printed, what is not is written by hand.
pub(super) fn registration_cards(
    house: &House,
    card: &ReservationCard,
    stays: &[&Stay],
) -> Result<Vec<u8>, DeskError> {
    let title = say("paper-registration-card");
    let frame = house.frame(&format!("{title} {}", card.number), house.business_date);
    let mut sheet = Sheet::new(house.format, frame);
    for (at, stay) in stays.iter().enumerate() {
        if at > 0 {
            sheet.turn();
        }
        registration_card(&mut sheet, house, card, stay);
    }
    sheet.pdf()
}

fn registration_card(sheet: &mut Sheet, house: &House, card: &ReservationCard, stay: &Stay) {
    let number = format!("{}/{}", card.number, stay.stay);
    head(sheet, house, &say("paper-registration-card"), &number);
    let room = stay
        .room
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let nights = match stay.nights().len() {
        0 => say("paper-day-use"),
        nights => nights.to_string(),
    };
    let price = stay
        .price
        .map(|price| house.money(price))
        .unwrap_or_default();
    facts(
        sheet,
        [
            &[
                (say("paper-room"), room.clone()),
                (
                    say("paper-room-type"),
                    house.type_name(stay.assigned.unwrap_or(stay.room_type)),
                ),
                (say("paper-guests"), people(card)),
                (say("paper-meals"), plain(card.meal.as_ref())),
            ],
            &[
                (say("paper-arrival"), long(stay.arrival)),
                (say("paper-departure"), long(stay.leaves_on())),
                (say("paper-nights"), nights),
                (say("paper-price-a-night"), price),
            ],
        ],
    );
    sheet.y += 14.0;
    sheet.section(&say("paper-guest"), 0.0);
    sheet.y += 6.0;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let whole = sheet.room();
    let half = (whole - 20.0) / 2.0;
    let lines: [&[(String, String)]; 6] = [
        &[(say("paper-name"), card.guest.name.clone())],
        &[
            (say("paper-date-of-birth"), String::new()),
            (say("paper-nationality"), String::new()),
        ],
        &[(say("paper-street-and-number"), String::new())],
        &[
            (say("paper-postcode-and-town"), String::new()),
            (say("paper-country"), String::new()),
        ],
        &[
            (say("paper-phone"), text(&card.guest.phone)),
            (say("paper-e-mail"), text(&card.guest.email)),
        ],
        &[
            (say("paper-identity-document-number"), String::new()),
            (say("paper-vehicle"), String::new()),
        ],
    ];
    for line in lines {
        let width = if line.len() == 1 { whole } else { half };
        for (at, (label, value)) in [0.0, 1.0].into_iter().zip(line) {
            field(sheet, MARGIN + at * (half + 20.0), width, label, value);
        }
        sheet.y += 38.0;
    }
    sheet.section(&say("paper-accompanying-guests"), 0.0);
    sheet.y += 6.0;
    for _ in 0..3 {
        field(sheet, MARGIN, half, &say("paper-name"), "");
        field(
            sheet,
            MARGIN + half + 20.0,
            half,
            &say("paper-date-of-birth-nationality-document"),
            "",
        );
        sheet.y += 38.0;
    }
    sheet.y += 30.0;
    let today = short(house.business_date);
    field(sheet, MARGIN, half, &say("paper-date"), &today);
    field(
        sheet,
        MARGIN + half + 20.0,
        half,
        &say("paper-signature-of-the-guest"),
        "",
    );
}

/// A line to write on, with its name below and what is known above.
fn field(sheet: &mut Sheet, x: f32, width: f32, label: &str, value: &str) {
    let top = sheet.y;
    sheet.y = top + 12.0;
    sheet.put(x, width, Align::Left, Style::sized(10.0), value);
    sheet.y = top + 17.0;
    sheet.rule(x, width, 120);
    sheet.y = top + 27.0;
    sheet.put(x, width, Align::Left, Style::LABEL, label);
    sheet.y = top;
}
