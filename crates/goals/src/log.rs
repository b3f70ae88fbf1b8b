//! The log of a part of a run.

use std::collections::BTreeMap;

use crate::Condition;
use crate::condition::is_name;

const FIGURE: &str = "figure: ";
// The script's own words, which no program that it runs has for something else.
const BEGUN: &str = "part-begun: ";
const ENDED: &str = "part-ended: ";
const MISSING: &str = "part-missing: ";
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
    /// With this status; 0 is well. The last that was said counts.
    With(i32),
    /// It needs what this machine does not have, said so, and ended well.
    Without(String),
    /// It was cut off, or still runs.
    Not,
}

/// What a part said that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// When it began, as it said.
    pub begun: String,
    /// Of which code it is, with a `+` where the tree had changes that are in no revision; empty where it does not say.
    pub code: String,
    /// Which share of all tries it made; 1 for all.
    pub share: f64,
    /// How it ended.
    pub ended: Ended,
    /// The first line that begins as a figure and is none.
    pub malformed: Option<String>,
    figures: BTreeMap<String, Vec<Figure>>,
}

impl Log {
    /// Reads the log of a part. Tests that passed and failed are counted as `PART.passed` and `PART.failed`.
    pub fn read(part: &str, text: &str) -> Self {
        let mut log = Self {
            begun: String::new(),
            code: String::new(),
            share: 1.0,
            ended: Ended::Not,
            malformed: None,
            figures: BTreeMap::new(),
        };
        let mut missing = None;
        for line in text.lines() {
            if let Some(tool) = line.strip_prefix(MISSING) {
                missing = Some(tool.trim().to_owned());
            }
            log.hears(part, line);
        }
        if let (Ended::With(0), Some(tool)) = (&log.ended, missing) {
            log.ended = Ended::Without(tool);
        }
        log
    }

    fn hears(&mut self, part: &str, line: &str) {
        if let Some(begun) = line.strip_prefix(BEGUN) {
            self.begins(begun);
        } else if let Some(ended) = line.strip_prefix(ENDED) {
            self.ended = Ended::With(ended.trim().parse().unwrap_or(i32::MAX));
        } else if let Some(outcome) = line.strip_prefix(OUTCOME) {
            self.counts(part, outcome);
        } else if let Some(at) = line.find(FIGURE) {
            // A runner of tests writes the test's name before its first line.
            let text = &line[at + FIGURE.len()..];
            if self.notes(text).is_none() && self.malformed.is_none() {
                self.malformed = Some(text.trim().to_owned());
            }
        }
    }

    /// `2026-11-30 10:15 1a2b3c4d 0.5`: the time, the code, and the share.
    fn begins(&mut self, begun: &str) {
        let mut words = begun.rsplitn(3, ' ');
        let share = words.next().and_then(|share| share.parse().ok());
        self.share = share.unwrap_or(1.0);
        self.code = words.next().unwrap_or_default().to_owned();
        self.begun = words.next().unwrap_or_default().to_owned();
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

    /// Nothing where it is no figure.
    fn notes(&mut self, text: &str) -> Option<()> {
        let mut words = text.trim_end().splitn(3, ' ');
        let name = words.next().filter(|name| is_name(name))?;
        let figure = Figure {
            value: words.next()?.parse().ok()?,
            unit: words.next().unwrap_or_default().to_owned(),
        };
        self.figures
            .entry(name.to_owned())
            .or_default()
            .push(figure);
        Some(())
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
