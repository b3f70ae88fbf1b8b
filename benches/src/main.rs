//! Measures what docs/GOALS.md has of speed that needs no window, each beside its bare twin in the same run. Absolute
//! times hold for one machine on one day; the ratios count.

mod big;
mod centre;
mod grid;
mod growth;
mod replay;
mod reserve;
mod search;
mod sign_in;
mod table;
mod twin;

use std::error::Error;
use std::process::ExitCode;

use table::Table;

/// What may stop a measurement.
pub type Failure = Box<dyn Error>;

/// Measures some goals and notes the figures.
type Measure = fn(&mut Table) -> Result<(), Failure>;

/// What takes minutes, or needs PostgreSQL, is measured only where it is named.
const LARGE: [&str; 4] = ["big", "big-reserve", "centre", "growth"];

fn main() -> ExitCode {
    let mut table = Table::default();
    // A word alone measures that part.
    let only = std::env::args().nth(1);
    let wanted = |part: &str| match only.as_deref() {
        Some(only) => only == part,
        None => !LARGE.contains(&part),
    };
    let parts: [(&str, Measure); 9] = [
        ("big", big::measure),
        ("big-reserve", big::measure_reserving),
        ("centre", centre::measure),
        ("growth", growth::measure),
        ("reserve", reserve::measure),
        ("grid", grid::measure),
        ("search", search::measure),
        ("sign-in", sign_in::measure),
        ("replay", replay::measure),
    ];
    let mut chosen = parts.iter().filter(|(part, _)| wanted(part));
    let measured = chosen.try_for_each(|(_, measure)| measure(&mut table));
    table.print();
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keyrack-bench: {error}");
            ExitCode::FAILURE
        }
    }
}
