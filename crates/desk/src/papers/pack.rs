//! The audit pack of a business date: its report as PDF, and the same figures as JSON.

use keyrack_inventory::Night;
use keyrack_inventory::state::Catalogue;
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;

use super::face::{self, Style};
use super::figures::{Figures, PackRooms, PackStay};
use super::sheet::{Align, MARGIN, Sheet};
use super::table::{BEGINNING, Column, Row, figures, table, words};
use super::{House, counted, long, say, short};
use crate::answers::OutageRow;
use crate::error::DeskError;

/// A pack that was made.
pub(crate) struct Pack {
    pub pdf: Vec<u8>,
    pub json: Vec<u8>,
}

/// Everything that a pack says, read in one snapshot.
pub(crate) struct PackSource {
    house: House,
    figures: Figures,
}

impl PackSource {
    pub fn read(
        reader: &Reader<'_>,
        catalogue: &Catalogue,
        date: Night,
    ) -> Result<Self, StoreError> {
        let house = House::read(reader, catalogue)?;
        let figures = Figures::read(reader, catalogue, &house, date)?;
        Ok(Self { house, figures })
    }
}

/// Makes the pack.
pub(crate) fn audit_pack(source: &PackSource) -> Result<Pack, DeskError> {
    let (pdf, lacking) = face::watched(|| report(&source.house, &source.figures));
    /// The figures, with what the report shows as question marks.
    #[derive(serde::Serialize)]
    struct Told<'a> {
        #[serde(flatten)]
        figures: &'a Figures,
        #[serde(skip_serializing_if = "String::is_empty")]
        lacking: String,
    }
    let figures = &source.figures;
    let told = Told { figures, lacking };
    let mut json = serde_json::to_vec_pretty(&told).map_err(DeskError::bad_input)?;
    json.push(b'\n');
    Ok(Pack { pdf: pdf?, json })
}

fn report(house: &House, found: &Figures) -> Result<Vec<u8>, DeskError> {
    let date = found.business_date;
    let title = format!("{} {}", say("paper-audit-pack"), short(date));
    let mut sheet = Sheet::new(house.format, house.frame(&title, date));
    let room = sheet.room();
    sheet.y = MARGIN + 12.0;
    let right = room * 0.26;
    let name = Style::sized(14.0).strong();
    sheet.put(MARGIN, room - right, Align::Left, name, &house.name);
    let at = MARGIN + room - right;
    sheet.put(at, right, Align::Right, Style::sized(12.0), &long(date));
    sheet.y += 15.0;
    sheet.put(
        MARGIN,
        room,
        Align::Left,
        Style::TEXT.quiet(),
        &say("paper-audit-pack-of-the-business-date"),
    );
    sheet.y += 14.0;
    sheet.rule(MARGIN, room, 120);
    sheet.y += 6.0;
    key_figures(&mut sheet, house, found);
    rooms(&mut sheet, found);
    revenue(&mut sheet, house, found);
    let price = Last::Price(house);
    for (title, list, last) in [
        ("paper-arrivals", &found.arrivals, Last::Status),
        ("paper-departures", &found.departures, Last::Status),
        ("paper-in-house", &found.in_house, price),
        ("paper-no-shows", &found.no_shows, price),
        ("paper-cancellations", &found.cancellations, price),
    ] {
        stays(&mut sheet, &say(title), list, last);
    }
    outages(&mut sheet, &found.outages);
    groups(&mut sheet, found);
    sheet.pdf()
}

/// Figures side by side, each above its name.
fn key_figures(sheet: &mut Sheet, house: &House, found: &Figures) {
    let revenue = &found.revenue;
    let figures = [
        (say("paper-occupancy"), percent(found.house.occupancy)),
        (say("paper-rooms-sold"), found.house.sold.to_string()),
        (say("paper-in-house"), found.in_house.len().to_string()),
        (say("paper-arrivals"), found.arrivals.len().to_string()),
        (say("paper-departures"), found.departures.len().to_string()),
        (say("paper-net-revenue"), house.amount(revenue.amounts.net)),
        (
            say("paper-average-net-rate"),
            revenue
                .average
                .map_or("–".to_owned(), |rate| house.amount(rate)),
        ),
    ];
    let shares = [13.0, 12.0, 11.0, 11.0, 13.0, 21.0, 19.0];
    let room = sheet.room();
    let mut x = MARGIN;
    let top = sheet.y + 18.0;
    for ((label, value), share) in figures.iter().zip(shares) {
        let width = room * share / 100.0;
        sheet.y = top;
        let style = Style::sized(13.0).strong();
        sheet.put(x, width - 6.0, Align::Left, style, value);
        sheet.y = top + 12.0;
        sheet.put(x, width - 6.0, Align::Left, Style::LABEL, label);
        x += width;
    }
    sheet.y = top + 20.0;
}

fn percent(tenths: Option<i64>) -> String {
    tenths.map_or("–".to_owned(), |share| {
        let decimal = Words::here().language().marks().1;
        format!("{}{decimal}{} %", share / 10, share % 10)
    })
}

fn rooms(sheet: &mut Sheet, found: &Figures) {
    sheet.section(&say("paper-rooms"), BEGINNING);
    let columns = [
        words(&say("paper-type"), 8.0),
        words(&say("paper-name"), 39.0),
        figures(&say("paper-rooms"), 9.0),
        figures(&say("paper-out-of-order"), 15.0),
        figures(&say("paper-sold"), 8.0),
        figures(&say("paper-unsold"), 9.0),
        figures(&say("paper-occupancy"), 13.0),
    ];
    let row = |rooms: &PackRooms| {
        vec![
            rooms.room_type.clone(),
            rooms.name.clone(),
            rooms.rooms.to_string(),
            rooms.out_of_order.to_string(),
            rooms.sold.to_string(),
            rooms.unsold.to_string(),
            percent(rooms.occupancy),
        ]
    };
    let mut rows: Vec<Row> = found.room_types.iter().map(row).map(Row::from).collect();
    let mut house = row(&found.house);
    house[1] = say("paper-house");
    rows.push(Row {
        cells: house,
        sum: true,
    });
    table(sheet, 0.0, &columns, &rows);
}

fn revenue(sheet: &mut Sheet, house: &House, found: &Figures) {
    sheet.section(&say("paper-revenue-of-the-night"), BEGINNING);
    let revenue = &found.revenue;
    let part = |name: String, net, vat, gross| {
        vec![
            name,
            house.amount(net),
            house.amount(vat),
            house.amount(gross),
        ]
    };
    let mut rows: Vec<Row> = Vec::new();
    for rate in &revenue.amounts.by_rate {
        rows.push(part(house.vat(rate.rate), rate.net, rate.vat, rate.gross).into());
    }
    let all = &revenue.amounts;
    rows.push(Row {
        cells: part(house.total(), all.net, all.vat, all.gross),
        sum: true,
    });
    let columns = [
        words("", 46.0),
        figures(&say("paper-net"), 18.0),
        figures(&say("paper-vat"), 18.0),
        figures(&say("paper-gross"), 18.0),
    ];
    table(sheet, 0.0, &columns, &rows);
    if revenue.without_price > 0 {
        sheet.y += 14.0;
        let without = Words::here().say("paper-without-price");
        sheet.note(&without.with("rooms", revenue.without_price).text());
    }
}

/// What the last column of a list of stays says.
#[derive(Clone, Copy)]
pub(super) enum Last<'a> {
    Status,
    Price(&'a House),
}

impl Last<'_> {
    fn column(self) -> Column {
        match self {
            Self::Status => words(&say("paper-status"), 13.0),
            Self::Price(_) => figures(&say("paper-a-night"), 13.0),
        }
    }

    fn of(self, stay: &PackStay) -> String {
        match self {
            Self::Status => Words::here().word(stay.status.as_str()),
            Self::Price(house) => {
                let price = stay.price.map(|price| house.amount(price));
                price.unwrap_or_default()
            }
        }
    }
}

pub(super) fn stays(sheet: &mut Sheet, title: &str, stays: &[PackStay], last: Last<'_>) {
    sheet.section(&format!("{title} ({})", stays.len()), BEGINNING);
    if stays.is_empty() {
        return none(sheet);
    }
    let columns = [
        words(&say("paper-number"), 10.0),
        words(&say("paper-guest"), 27.0),
        words(&say("paper-room"), 7.0),
        words(&say("paper-type"), 7.0),
        words(&say("paper-arrival"), 13.5),
        words(&say("paper-departure"), 13.5),
        figures(&say("paper-nights"), 8.5),
        figures(&say("paper-guests"), 9.0),
        last.column(),
    ];
    let row = |stay: &PackStay| {
        let guests = if stay.children == 0 {
            stay.adults.to_string()
        } else {
            format!("{} + {}", stay.adults, stay.children)
        };
        Row::from(vec![
            stay.number.clone(),
            stay.guest.clone(),
            stay.room.clone().unwrap_or_default(),
            stay.room_type.clone(),
            short(stay.arrival),
            short(stay.departure),
            stay.nights.to_string(),
            guests,
            last.of(stay),
        ])
    };
    let rows: Vec<Row> = stays.iter().map(row).collect();
    table(sheet, 0.0, &columns, &rows);
}

pub(super) fn none(sheet: &mut Sheet) {
    sheet.y += 4.0;
    sheet.note(&say("paper-none"));
}

pub(super) fn outages(sheet: &mut Sheet, outages: &[OutageRow]) {
    sheet.section(&counted("paper-outages", outages.len()), BEGINNING);
    if outages.is_empty() {
        return none(sheet);
    }
    let columns = [
        words(&say("paper-number"), 11.0),
        words(&say("paper-type"), 10.0),
        words(&say("paper-room"), 9.0),
        figures(&say("paper-rooms"), 8.0),
        words(&say("paper-kind"), 14.0),
        words(&say("paper-from"), 14.0),
        words(&say("paper-back-on"), 14.0),
        words(&say("paper-reason"), 28.0),
    ];
    let rows: Vec<Row> = outages
        .iter()
        .map(|outage| {
            let kind = if outage.service {
                say("paper-out-of-service")
            } else {
                say("paper-out-of-order")
            };
            Row::from(vec![
                outage.number.to_string(),
                outage.room_type.to_string(),
                outage
                    .room
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                outage.rooms.to_string(),
                kind,
                short(outage.from),
                short(outage.back_on),
                outage.reason.clone().unwrap_or_default(),
            ])
        })
        .collect();
    table(sheet, 0.0, &columns, &rows);
}

fn groups(sheet: &mut Sheet, found: &Figures) {
    sheet.section(&counted("paper-open-groups", found.groups.len()), BEGINNING);
    if found.groups.is_empty() {
        return none(sheet);
    }
    let columns = [
        words(&say("paper-number"), 11.0),
        words(&say("paper-name"), 35.0),
        words(&say("paper-kind"), 15.0),
        words(&say("paper-cut-off"), 14.5),
        figures(&say("paper-room-nights"), 15.0),
        figures(&say("paper-picked-up"), 13.0),
        figures(&say("paper-kept-back"), 13.0),
    ];
    let rows: Vec<Row> = found
        .groups
        .iter()
        .map(|group| {
            Row::from(vec![
                group.number.to_string(),
                group.name.clone().unwrap_or_default(),
                say(&format!("paper-group-{}", group.allotment_kind.as_str())),
                group.cut_off.map(short).unwrap_or_default(),
                group.total.to_string(),
                group.picked_up.to_string(),
                group.kept_back.to_string(),
            ])
        })
        .collect();
    table(sheet, 0.0, &columns, &rows);
}
