//! What people read without `--json`: a booking, a cell, the counts of nights.

use std::collections::BTreeMap;

use keyrack_desk::Counts;
use keyrack_desk::answers::{
    CellCounts, CellPanel, ExplainLine, ReservationCard, RoomTypeInfo, StayCard,
};
use keyrack_desk::money::written;
use keyrack_inventory::{AllotmentId, Night, Restrictions};

/// "1 night", "2 nights".
fn plural(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// A booking in a list: a line, and one for each stay.
pub fn row(card: &ReservationCard) -> String {
    let mut text = format!("{}  {}  {}", card.number, card.status, card.guest.name);
    for stay in &card.stays {
        text.push_str(&format!(
            "\n  /{}  {}  {} to {}  {}",
            stay.stay, stay.room_type, stay.arrival, stay.departure, stay.status
        ));
    }
    text
}

/// A booking, whole.
pub fn card(card: &ReservationCard, groups: &BTreeMap<AllotmentId, String>, digits: u8) -> String {
    let mut text = format!("{}  {}  {}\n", card.number, card.status, card.guest.name);
    let contact = [&card.guest.phone, &card.guest.email];
    let contact: Vec<&str> = contact.into_iter().flatten().map(String::as_str).collect();
    let people = format!(
        "{}, {}",
        plural(card.adults.into(), "adult"),
        match card.children {
            1 => "1 child".to_owned(),
            count => format!("{count} children"),
        }
    );
    let total = card.total.map(|total| written(total, digits));
    // Where prices are without it, the guest's paper says another sum.
    let gross = card.amounts.as_ref().map(|amounts| amounts.gross);
    let with_vat = gross.filter(|gross| card.total != Some(*gross));
    let with_vat = with_vat.map(|gross| written(gross, digits));
    for (what, said) in [
        ("contact", Some(contact.join("  "))),
        ("people", Some(people)),
        ("meal", card.meal.clone()),
        ("source", card.source.clone()),
        ("their number", card.external_number.clone()),
        ("guarantee", card.guarantee.clone()),
        ("notes", card.notes.clone()),
        ("total", total),
        ("with VAT", with_vat),
        ("booked", Some(card.created_at.to_string())),
    ] {
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            text.push_str(&format!("  {what:12}  {said}\n"));
        }
    }
    for stay in &card.stays {
        text.push_str(&stay_line(stay, groups, digits));
    }
    text
}

fn stay_line(stay: &StayCard, groups: &BTreeMap<AllotmentId, String>, digits: u8) -> String {
    let nights = usize::try_from(stay.departure.day_number() - stay.arrival.day_number());
    let mut parts = vec![
        format!("/{}  {}", stay.stay, stay.room_type),
        format!("{} to {}", stay.arrival, stay.departure),
        plural(nights.unwrap_or(0), "night"),
        stay.status.to_string(),
    ];
    parts.extend(stay.room.as_ref().map(|room| format!("room {room}")));
    parts.extend(stay.assigned.map(|code| format!("in a {code}")));
    let price = stay.price.map(|price| written(price, digits));
    parts.extend(price.map(|price| format!("{price} a night")));
    parts.extend(stay.option_until.map(|date| format!("option until {date}")));
    parts.extend(
        stay.freed_from
            .map(|night| format!("left, free from {night}")),
    );
    let group = stay.allotment.and_then(|id| groups.get(&id));
    parts.extend(group.map(|group| format!("group {group}")));
    parts.extend(stay.walked_to.as_ref().map(|to| format!("walked to {to}")));
    for moved in &stay.moved {
        parts.push(format!("{} in a {}", moved.night, moved.room_type));
    }
    format!("  {}\n", parts.join("  "))
}

/// A cell, down to what makes each count.
pub fn cell(panel: &CellPanel) -> String {
    let counts = panel.counts;
    let closed = counts.may_be_sold < counts.available || counts.restrictions.stop_sell;
    let mut text = format!(
        "{} {}\n  physical {} - out of order {} = capacity {}\n  sold {} + held {} + blocked {} = \
         committed {}\n  rooms left {}  + overbooking {}  -> to sell {}{}\n",
        panel.room_type,
        panel.night,
        counts.physical,
        counts.out_of_order,
        counts.physical - counts.out_of_order,
        counts.sold,
        counts.held,
        counts.blocked,
        counts.sold + counts.held + counts.blocked,
        counts.rooms_left,
        counts.overbooking,
        counts.may_be_sold,
        if closed { " (closed)" } else { "" },
    );
    if !closed && counts.free > 0 && counts.available == 0 {
        text.push_str("  not on sale\n");
    }
    if !counts.restrictions.is_free() {
        text.push_str(&format!(
            "  conditions: {}\n",
            conditions(counts.restrictions)
        ));
    }
    if panel.walk_risk > 0 {
        let guests = usize::try_from(panel.walk_risk).unwrap_or(0);
        text.push_str(&format!(
            "  if all come, {} without a room\n",
            plural(guests, "guest")
        ));
    }
    text.extend(panel.lines.iter().map(cell_line));
    for upgrade in &panel.upgrades {
        let (code, left) = (upgrade.room_type, upgrade.rooms_left);
        text.push_str(&format!("  could move up to {code}: {left} left\n"));
    }
    for line in &panel.history {
        text.push_str(&format!(
            "  {}  {}  {}\n",
            line.instant, line.actor, line.text
        ));
    }
    text
}

fn cell_line(line: &ExplainLine) -> String {
    let number = match (line.number.as_deref(), line.stay) {
        (Some(number), Some(stay)) => format!("{number}/{stay}"),
        (Some(number), None) => number.to_owned(),
        (None, _) => "-".to_owned(),
    };
    let mut parts = vec![format!("{:14} {:>4}  {number:8}", line.count, line.rooms)];
    parts.extend(line.room_type.map(|code| code.to_string()));
    if let (Some(from), Some(to)) = (line.arrival, line.departure) {
        parts.push(format!("{from} to {to}"));
    }
    parts.extend(line.status.map(|status| status.to_string()));
    parts.extend(line.guest.clone());
    parts.extend(Some(line.text.clone()).filter(|text| !text.is_empty()));
    parts.extend(line.expires_at.map(|at| format!("until {at}")));
    format!("  {}\n", parts.join("  "))
}

fn conditions(of: Restrictions) -> String {
    let mut said = Vec::new();
    for (on, what) in [
        (of.stop_sell, "closed for sale"),
        (of.closed_to_arrival, "no arrival"),
        (of.closed_to_departure, "no departure"),
    ] {
        said.extend(on.then(|| what.to_owned()));
    }
    let nights = |count: u16| plural(count.into(), "night");
    said.extend(
        of.min_stay
            .map(|count| format!("at least {}", nights(count))),
    );
    said.extend(
        of.max_stay
            .map(|count| format!("at most {}", nights(count))),
    );
    said.join(", ")
}

/// Rooms left, and below them what may be sold where that is another number; then the conditions.
pub fn availability(types: &[(RoomTypeInfo, Counts)], house: &Counts) -> String {
    let mut text = format!("{:24}", "rooms left (to sell)");
    for (night, _) in house {
        text.push_str(&format!(" {:>5}", &night.to_string()[5..]));
    }
    for (info, counts) in types {
        text.push_str(&rows(&info.name, counts, house));
    }
    text.push_str(&rows("House", house, house));
    for (info, counts) in types {
        if info.status != "on_sale" {
            let from = info.retired_from.map(|night| format!(" from {night}"));
            let (status, from) = (info.status, from.unwrap_or_default());
            text.push_str(&format!("\n{}  {status}{from}: not sold", info.code));
        }
        let bound = counts
            .iter()
            .filter(|(_, cell)| !cell.restrictions.is_free());
        for (night, cell) in bound {
            let said = conditions(cell.restrictions);
            text.push_str(&format!("\n{}  {night}  {said}", info.code));
        }
    }
    text
}

fn rows(name: &str, counts: &Counts, nights: &Counts) -> String {
    let line = |name: &str, count: &dyn Fn(&CellCounts) -> i32| {
        let mut line = format!("\n{name:24.24}");
        for (night, _) in nights {
            let said =
                find(counts, *night).map_or_else(|| "-".to_owned(), |cell| count(cell).to_string());
            line.push_str(&format!(" {said:>5}"));
        }
        line
    };
    let mut text = line(name, &|cell| cell.rooms_left);
    if counts
        .iter()
        .any(|(_, cell)| cell.may_be_sold != cell.rooms_left)
    {
        text.push_str(&line("  to sell", &|cell| cell.may_be_sold));
    }
    text
}

fn find(counts: &Counts, night: Night) -> Option<&CellCounts> {
    counts
        .iter()
        .find(|(of, _)| *of == night)
        .map(|(_, cell)| cell)
}
