//! What a figure has to be.

use std::fmt;
use std::str::FromStr;

use crate::Fault;

/// The unit of how often something was tried: such figures are added up, and a run in small tries less often.
const TIMES: &str = "times";

/// How a figure is compared with its goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// At most so much.
    Most(f64),
    /// At least so much.
    Least(f64),
    /// Exactly so much.
    Exactly(f64),
    /// It is told, and nothing is asked of it.
    Told,
}

/// A figure's name and unit, and what it has to be: `part.name <= 5 ms`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// `part.name`.
    pub name: String,
    /// What it has to be.
    pub bound: Bound,
    /// The figure's unit; empty where it counts things.
    pub unit: String,
}

impl Condition {
    /// The part of a run that gives the figure.
    pub fn part(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Whether figures of this name are added up.
    pub fn is_count_of_tries(&self) -> bool {
        self.unit == TIMES
    }

    /// The same for a run of that share of all tries.
    pub fn in_small(&self, share: f64) -> Self {
        let bound = match self.bound {
            Bound::Least(least) if self.is_count_of_tries() => {
                Bound::Least((least * share).floor())
            }
            bound => bound,
        };
        Self {
            bound,
            ..self.clone()
        }
    }

    /// Whether a value meets it. What is no number meets nothing.
    pub fn is_met_by(&self, value: f64) -> bool {
        match self.bound {
            Bound::Most(most) => value <= most,
            Bound::Least(least) => value >= least,
            Bound::Exactly(wanted) => value == wanted,
            Bound::Told => value.is_finite(),
        }
    }

    /// Of two values the one that is further from the goal, or their sum where they count tries.
    pub fn together(&self, one: f64, other: f64) -> f64 {
        if self.is_count_of_tries() {
            return one + other;
        }
        // Not the methods of numbers, which take the other one where one is no number.
        let worse = match self.bound {
            Bound::Least(_) => one < other,
            Bound::Exactly(wanted) => (one - wanted).abs() > (other - wanted).abs(),
            Bound::Most(_) | Bound::Told => one > other,
        };
        if worse || one.is_nan() { one } else { other }
    }
}

impl FromStr for Condition {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let none = || Fault::Condition(text.to_owned());
        let mut words = text.split(' ');
        let name = words.next().filter(|name| is_name(name)).ok_or_else(none)?;
        let rest: Vec<&str> = words.collect();
        let (bound, unit) = match rest.as_slice() {
            [] => (Bound::Told, &[][..]),
            [sign @ ("<=" | ">=" | "="), value, unit @ ..] => {
                let value: f64 = value.parse().map_err(|_| none())?;
                let bound = match *sign {
                    "<=" => Bound::Most(value),
                    ">=" => Bound::Least(value),
                    _ => Bound::Exactly(value),
                };
                (bound, unit)
            }
            ["<" | ">", ..] => return Err(none()),
            unit => (Bound::Told, unit),
        };
        Ok(Self {
            name: name.to_owned(),
            bound,
            unit: unit.join(" "),
        })
    }
}

/// Small words with points between, at least two.
pub(crate) fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        let is_letter =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        !word.is_empty() && word.chars().all(is_letter)
    };
    text.contains('.') && text.split('.').all(is_word)
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Most(value) => write!(f, "<= {value}"),
            Self::Least(value) => write!(f, ">= {value}"),
            Self::Exactly(value) => write!(f, "= {value}"),
            Self::Told => f.write_str("told"),
        }
    }
}
