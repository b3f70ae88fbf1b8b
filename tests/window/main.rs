//! The real window: its shell, its page and the hotel behind it, driven as a clerk would.

mod accessible;
mod beside;
mod bookings;
mod cable;
mod centre;
mod command_bar;
mod conditions;
mod day_end;
mod flows;
mod flows_office;
mod groups;
mod hands;
mod holds;
mod languages;
mod live;
mod looking;
mod office;
mod outages;
mod papers;
mod pictures;
mod random;
mod screens;
mod searching;
mod security;
mod several;
mod start;
mod stays;
mod steps;
mod telling;
mod undo;
mod walking;

use keyrack_tests::{Hotel, Outcome, Session};

/// The small hotel's first nights, as the page writes them.
const MONDAY: &str = "Mon 1 Jun 2026";
const TUESDAY: &str = "Tue 2 Jun 2026";
const WEDNESDAY: &str = "Wed 3 Jun 2026";
const THURSDAY: &str = "Thu 4 Jun 2026";

/// The small hotel with a booking for each of the guests, `A1` and on.
fn booked(bookings: &[(&str, &str)]) -> Outcome<Hotel> {
    let hotel = Hotel::small()?;
    for (stay, guest) in bookings {
        hotel.done(&["reserve", stay, "--guest", guest])?;
    }
    Ok(hotel)
}

/// A window on the hotel, with its calendar on the screen.
async fn opened(hotel: &Hotel) -> Outcome<Session> {
    let session = Session::on(hotel.file()).await?;
    session.page().ready("grid").await?;
    Ok(session)
}
