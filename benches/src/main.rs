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
    let words: Vec<String> = std::env::args().skip(1).collect();
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
    let is_known = |word: &String| parts.iter().any(|(part, _)| part == word);
    let is_asked = words.len() <= 1 && words.iter().all(is_known);
    if !is_asked {
        let names = parts.map(|(part, _)| part).join(", ");
        eprintln!(
            "keyrack-bench [PART]: without a part all but the large ones; the parts are: {names}"
        );
        return ExitCode::from(2);
    }
    let wanted = |part: &str| match words.first() {
        Some(only) => only == part,
        None => !LARGE.contains(&part),
    };
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
