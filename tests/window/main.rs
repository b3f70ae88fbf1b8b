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

/// The small hotel's first nights, as the page writes them.
const MONDAY: &str = "Mon 1 Jun 2026";
const TUESDAY: &str = "Tue 2 Jun 2026";
const WEDNESDAY: &str = "Wed 3 Jun 2026";
const THURSDAY: &str = "Thu 4 Jun 2026";
