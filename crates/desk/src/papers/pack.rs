//! The audit pack of a business date: its report as PDF, and the same figures as JSON.

use keyrack_inventory::Night;
use keyrack_inventory::state::Catalogue;
use keyrack_store::{Reader, StoreError};

use super::face::{self, Style};
use super::figures::{Figures, PackRooms, PackStay};
use super::sheet::{Align, MARGIN, Sheet};
use super::table::{BEGINNING, Column, Row, figures, table, words};
use super::{House, long, short};
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
    let title = format!("Audit pack {}", short(date));
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
        "Audit pack of the business date",
    );
    sheet.y += 14.0;
    sheet.rule(MARGIN, room, 120);
    sheet.y += 6.0;
    key_figures(&mut sheet, house, found);
    rooms(&mut sheet, found);
    revenue(&mut sheet, house, found);
    let price = |stay: &PackStay| stay.price.map(|price| house.amount(price));
    let status = |stay: &PackStay| Some(stay.status.to_string());
    stays(&mut sheet, "Arrivals", &found.arrivals, "STATUS", &status);
    stays(
        &mut sheet,
        "Departures",
        &found.departures,
        "STATUS",
        &status,
    );
    stays(&mut sheet, "In house", &found.in_house, "A NIGHT", &price);
    stays(&mut sheet, "No-shows", &found.no_shows, "A NIGHT", &price);
    stays(
        &mut sheet,
        "Cancellations",
        &found.cancellations,
        "A NIGHT",
        &price,
    );
    outages(&mut sheet, &found.outages);
    groups(&mut sheet, found);
    sheet.pdf()
}

/// Figures side by side, each above its name.
fn key_figures(sheet: &mut Sheet, house: &House, found: &Figures) {
    let revenue = &found.revenue;
    let figures = [
        ("Occupancy", percent(found.house.occupancy)),
        ("Rooms sold", found.house.sold.to_string()),
        ("In house", found.in_house.len().to_string()),
        ("Arrivals", found.arrivals.len().to_string()),
        ("Departures", found.departures.len().to_string()),
        ("Net revenue", house.amount(revenue.amounts.net)),
        (
            "Average net rate",
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
        format!("{}.{} %", share / 10, share % 10)
    })
}

fn rooms(sheet: &mut Sheet, found: &Figures) {
    sheet.section("Rooms", BEGINNING);
    let columns = [
        words("TYPE", 8.0),
        words("NAME", 39.0),
        figures("ROOMS", 9.0),
        figures("OUT OF ORDER", 15.0),
        figures("SOLD", 8.0),
        figures("UNSOLD", 9.0),
        figures("OCCUPANCY", 13.0),
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
    rows.push(Row {
        cells: row(&found.house),
        sum: true,
    });
    table(sheet, 0.0, &columns, &rows);
}

fn revenue(sheet: &mut Sheet, house: &House, found: &Figures) {
    sheet.section("Revenue of the night", BEGINNING);
    let revenue = &found.revenue;
    let part = |name: String, net, vat, gross| {
        vec![
            name,
            house.amount(net),
            house.amount(vat),
            house.amount(gross),
        ]
    };
    let name = |rate| format!("VAT {rate} %");
    let mut rows: Vec<Row> = Vec::new();
    for rate in &revenue.amounts.by_rate {
        rows.push(part(name(rate.rate), rate.net, rate.vat, rate.gross).into());
    }
    let all = &revenue.amounts;
    rows.push(Row {
        cells: part(
            format!("Total {}", house.currency),
            all.net,
            all.vat,
            all.gross,
        ),
        sum: true,
    });
    let columns = [
        words("", 46.0),
        figures("NET", 18.0),
        figures("VAT", 18.0),
        figures("GROSS", 18.0),
    ];
    table(sheet, 0.0, &columns, &rows);
    if revenue.without_price > 0 {
        sheet.y += 14.0;
        sheet.note(&format!(
            "Rooms in house without a price, which are not in these amounts: {}.",
            revenue.without_price
        ));
    }
}

/// What the last column of a list of stays says.
pub(super) type Last<'a> = &'a dyn Fn(&PackStay) -> Option<String>;

pub(super) fn stays(
    sheet: &mut Sheet,
    title: &str,
    stays: &[PackStay],
    last: &'static str,
    of: Last<'_>,
) {
    sheet.section(&format!("{title} ({})", stays.len()), BEGINNING);
    if stays.is_empty() {
        return none(sheet);
    }
    let end: fn(&'static str, f32) -> Column<'static> =
        if last == "STATUS" { words } else { figures };
    let columns = [
        words("NUMBER", 10.0),
        words("GUEST", 27.0),
        words("ROOM", 7.0),
        words("TYPE", 7.0),
        words("ARRIVAL", 13.5),
        words("DEPARTURE", 13.5),
        figures("NIGHTS", 8.5),
        figures("GUESTS", 9.0),
        end(last, 13.0),
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
            of(stay).unwrap_or_default(),
        ])
    };
    let rows: Vec<Row> = stays.iter().map(row).collect();
    table(sheet, 0.0, &columns, &rows);
}

pub(super) fn none(sheet: &mut Sheet) {
    sheet.y += 4.0;
    sheet.note("None.");
}

pub(super) fn outages(sheet: &mut Sheet, outages: &[OutageRow]) {
    sheet.section(&format!("Outages ({})", outages.len()), BEGINNING);
    if outages.is_empty() {
        return none(sheet);
    }
    let columns = [
        words("NUMBER", 11.0),
        words("TYPE", 10.0),
        words("ROOM", 9.0),
        figures("ROOMS", 8.0),
        words("KIND", 14.0),
        words("FROM", 14.0),
        words("BACK ON", 14.0),
        words("REASON", 28.0),
    ];
    let rows: Vec<Row> = outages
        .iter()
        .map(|outage| {
            let kind = if outage.service {
                "out of service"
            } else {
                "out of order"
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
                kind.to_owned(),
                short(outage.from),
                short(outage.back_on),
                outage.reason.clone().unwrap_or_default(),
            ])
        })
        .collect();
    table(sheet, 0.0, &columns, &rows);
}

fn groups(sheet: &mut Sheet, found: &Figures) {
    sheet.section(&format!("Open groups ({})", found.groups.len()), BEGINNING);
    if found.groups.is_empty() {
        return none(sheet);
    }
    let columns = [
        words("NUMBER", 11.0),
        words("NAME", 35.0),
        words("KIND", 15.0),
        words("CUT-OFF", 14.5),
        figures("ROOM NIGHTS", 15.0),
        figures("PICKED UP", 13.0),
        figures("KEPT BACK", 13.0),
    ];
    let rows: Vec<Row> = found
        .groups
        .iter()
        .map(|group| {
            Row::from(vec![
                group.number.to_string(),
                group.name.clone().unwrap_or_default(),
                group.allotment_kind.as_str().replace('_', "-"),
                group.cut_off.map(short).unwrap_or_default(),
                group.total.to_string(),
                group.picked_up.to_string(),
                group.kept_back.to_string(),
            ])
        })
        .collect();
    table(sheet, 0.0, &columns, &rows);
}
