//! What leaves the hotel for other programs, and what comes from them.
//!
//! Invariants: a file that leaves is whole or is not there; what comes in goes through the rules of
//! the inventory like everything else, once for each number of the other system; of guests nothing
//! stands in the trail but how many there were.

mod asked;
mod bring;
mod export;
mod import;
pub mod mapping;
mod rows;
mod sheet;
mod sink;

use keyrack_inventory::{Night, Pool, StayStatus};
use keyrack_store::StoreError;

pub use asked::{ExportRequest, ExportWhat, ImportRequest};
pub use export::{Exported, exportable};
pub use import::{Import, Imported};
pub use rows::BadRow;
pub use sink::Format;

/// What is exported, and which of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Stays, one a row.
    Reservations {
        /// Those that touch a night from here on.
        from: Option<Night>,
        /// Those that begin before this night.
        to: Option<Night>,
        /// Those of this status.
        status: Option<StayStatus>,
    },
    /// Cells, one a row.
    Availability {
        /// The first night; the first open one where not given.
        from: Option<Night>,
        /// The night after the last; of the open ones where not given.
        to: Option<Night>,
        /// One type, or the house, alone.
        pool: Option<Pool>,
    },
    /// Events, one a row.
    Events {
        /// After the event of this number.
        since: i64,
        /// From this date on (UTC).
        from: Option<Night>,
        /// Before this date (UTC).
        to: Option<Night>,
    },
}

/// How far long work is: told now and then, and answered with whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Rows between two looks at whether to go on.
const LOOK_EVERY: u64 = 64;

/// Signs with which a cell begins that spreadsheets take for a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Whether a spreadsheet would take it for a formula, but for the apostrophes before it.
fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A text as it stands in a cell: with one apostrophe before what looks like a formula.
fn escaped(text: &str) -> String {
    let apostrophe = if looks_like_formula(text) { "'" } else { "" };
    format!("{apostrophe}{text}")
}

/// The text of a cell, without the apostrophe that [`escaped`] puts there.
fn unescaped(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|text| looks_like_formula(text))
        .unwrap_or(cell)
}

/// What the store is told where a caller wants to stop: it takes back what it was at.
fn interrupted(path: &std::path::Path) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source: std::io::ErrorKind::Interrupted.into(),
    }
}

/// An amount in minor units as people write it.
fn amount(minor: i64, digits: u8) -> String {
    let (sign, minor) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
    let unit = 10_u64.pow(u32::from(digits));
    match digits {
        0 => format!("{sign}{minor}"),
        _ => format!(
            "{sign}{}.{:0width$}",
            minor / unit,
            minor % unit,
            width = usize::from(digits)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, escaped, unescaped};

    #[test]
    fn what_looks_like_a_formula_is_escaped_and_comes_back() {
        for text in [
            "=1+1", "+49 170", "-3", "@SUM", "\tx", "\rx", "\nx", "'=x", "''+1",
        ] {
            assert_eq!(escaped(text), format!("'{text}"));
            assert_eq!(unescaped(&escaped(text)), text);
        }
        for text in ["", "Ada", "'t Hooft", "O'Hara", "1=1", " =1"] {
            assert_eq!(escaped(text), text);
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn an_amount_has_the_digits_of_its_currency() {
        assert_eq!(amount(12_050, 2), "120.50");
        assert_eq!(amount(-5, 2), "-0.05");
        assert_eq!(amount(7, 0), "7");
        assert_eq!(amount(1_234, 3), "1.234");
    }
}
