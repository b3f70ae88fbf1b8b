//! The log of a part of a run.

use std::collections::BTreeMap;

use crate::condition::is_name;
use crate::{Condition, Fault};

const FIGURE: &str = "figure: ";
const BEGUN: &str = "begun: ";
const ENDED: &str = "ended: ";
const MISSING: &str = "missing: ";
const OUTCOME: &str = "test result: ";

/// A value with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The value.
    pub value: f64,
    /// Its unit; empty where it counts things.
    pub unit: String,
}

/// How a part ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// With this status; 0 is well.
    With(i32),
    /// It needs what this machine does not have.
    Without(String),
    /// It was cut off, or still runs.
    Not,
}

/// What a part said that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// When it began, as it said.
    pub begun: String,
    /// Which share of all tries it made; 1 for all.
    pub share: f64,
    /// How it ended.
    pub ended: Ended,
    figures: BTreeMap<String, Vec<Figure>>,
}

impl Log {
    /// Reads the log of a part. Tests that passed and failed are counted as `PART.passed` and `PART.failed`.
    ///
    /// # Errors
    /// A line that begins as a figure and is none.
    pub fn read(part: &str, text: &str) -> Result<Self, Fault> {
        let mut log = Self {
            begun: String::new(),
            share: 1.0,
            ended: Ended::Not,
            figures: BTreeMap::new(),
        };
        for line in text.lines() {
            log.hears(part, line)?;
        }
        Ok(log)
    }

    fn hears(&mut self, part: &str, line: &str) -> Result<(), Fault> {
        if let Some(begun) = line.strip_prefix(BEGUN) {
            let (time, share) = begun.rsplit_once(' ').unwrap_or((begun, "1"));
            self.begun = time.to_owned();
            self.share = share.parse().unwrap_or(1.0);
        } else if let Some(ended) = line.strip_prefix(ENDED) {
            if self.ended == Ended::Not {
                self.ended = Ended::With(ended.trim().parse().unwrap_or(i32::MAX));
            }
        } else if let Some(tool) = line.strip_prefix(MISSING) {
            self.ended = Ended::Without(tool.trim().to_owned());
        } else if let Some(outcome) = line.strip_prefix(OUTCOME) {
            self.counts(part, outcome);
        } else if let Some(at) = line.find(FIGURE) {
            // A runner of tests writes the test's name before its first line.
            self.notes(&line[at + FIGURE.len()..])?;
        }
        Ok(())
    }

    /// `ok. 3 passed; 1 failed; 0 ignored; ...`
    fn counts(&mut self, part: &str, outcome: &str) {
        let words: Vec<&str> = outcome.split([' ', ';']).collect();
        for pair in words.windows(2) {
            let [count, what @ ("passed" | "failed")] = pair else {
                continue;
            };
            let sums = self.figures.entry(format!("{part}.{what}")).or_default();
            let before = sums.pop().map_or(0.0, |figure| figure.value);
            sums.push(Figure {
                value: before + count.parse().unwrap_or(f64::NAN),
                unit: String::new(),
            });
        }
    }

    fn notes(&mut self, text: &str) -> Result<(), Fault> {
        let none = || Fault::Figure(text.to_owned());
        let mut words = text.trim_end().splitn(3, ' ');
        let name = words.next().filter(|name| is_name(name)).ok_or_else(none)?;
        let value = words.next().and_then(|word| word.parse().ok());
        let figure = Figure {
            value: value.ok_or_else(none)?,
            unit: words.next().unwrap_or_default().to_owned(),
        };
        self.figures
            .entry(name.to_owned())
            .or_default()
            .push(figure);
        Ok(())
    }

    /// The figure that a condition is about: all of its name together, or nothing where there is none, or one has
    /// another unit.
    pub fn figure(&self, condition: &Condition) -> Option<f64> {
        let figures = self.figures.get(&condition.name)?;
        if figures.iter().any(|figure| figure.unit != condition.unit) {
            return None;
        }
        let values = figures.iter().map(|figure| figure.value);
        values.reduce(|one, other| condition.together(one, other))
    }
}
