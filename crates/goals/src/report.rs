//! Goals beside figures, and what came of each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::{Bound, Chapter, Condition, Ended, Goal, Log};

/// What came of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All of its conditions are met.
    Met,
    /// The same in a run of fewer tries, which proves less.
    InSmall,
    /// A condition is not met, a figure is not there, or what gives it failed.
    Missed(String),
    /// What gives its figures was not run, or not to its end.
    NotRun(String),
    /// Nothing is asked of its figures.
    Told,
}

/// A chapter's goals with their figures.
pub struct Report {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    what: String,
    goal: String,
    figures: String,
    begun: String,
    verdict: Verdict,
    parts: Vec<String>,
}

impl Report {
    /// Judges a chapter by the logs of its parts.
    pub fn of(chapter: &Chapter, logs: &BTreeMap<String, Log>) -> Self {
        Self {
            title: chapter.title.clone(),
            rows: chapter.goals.iter().map(|goal| row(goal, logs)).collect(),
        }
    }

    /// Whether a goal is missed by one of these parts; of any part where none is named.
    pub fn misses(&self, parts: &[String]) -> bool {
        let is_asked =
            |row: &&Row| parts.is_empty() || row.parts.iter().any(|part| parts.contains(part));
        let mut asked = self.rows.iter().filter(is_asked);
        asked.any(|row| matches!(row.verdict, Verdict::Missed(_)))
    }

    /// The rows as columns of a terminal.
    pub fn plain(&self) -> String {
        let mut text = format!("\n{}\n", self.title);
        for row in &self.rows {
            // What was written for a page is read here without its marks.
            let (what, goal) = (row.what.replace('`', ""), row.goal.replace('`', ""));
            let (figures, verdict) = (&row.figures, &row.verdict);
            let _written = writeln!(
                text,
                "\n{what}\n    goal    {goal}\n    figure  {figures}\n    met     {verdict}"
            );
        }
        text
    }

    /// The rows as a table of Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "## {}\n\n| what | goal | figure | met | run |\n|---|---|---|---|---|\n",
            self.title
        );
        for row in &self.rows {
            let Row {
                what,
                goal,
                figures,
                begun,
                verdict,
                ..
            } = row;
            let _written = writeln!(
                text,
                "| {what} | {goal} | {figures} | {verdict} | {begun} |"
            );
        }
        text
    }
}

fn row(goal: &Goal, logs: &BTreeMap<String, Log>) -> Row {
    let mut parts: Vec<String> = goal
        .conditions
        .iter()
        .map(|condition| condition.part().to_owned())
        .collect();
    parts.dedup();
    let begun = parts
        .iter()
        .filter_map(|part| logs.get(part))
        .map(|log| log.begun.as_str());
    let mut begun: Vec<&str> = begun.collect();
    begun.dedup();
    let figures = goal.conditions.iter().filter_map(|condition| {
        let value = logs.get(condition.part())?.figure(condition)?;
        let unit = if condition.unit.is_empty() {
            String::new()
        } else {
            format!(" {}", condition.unit)
        };
        Some(format!("{} {}{unit}", condition.name, short(value)))
    });
    Row {
        what: goal.what.clone(),
        goal: goal.goal.clone(),
        figures: figures.collect::<Vec<_>>().join(", "),
        begun: begun.join(", "),
        verdict: verdict(goal, &parts, logs),
        parts,
    }
}

fn verdict(goal: &Goal, parts: &[String], logs: &BTreeMap<String, Log>) -> Verdict {
    let unmet = |condition: &&Condition| {
        let log = logs.get(condition.part());
        log.is_some_and(|log| !is_met(condition, log))
    };
    // What was measured and missed is missed, whatever else was not run.
    let measured = |condition: &&Condition| {
        let log = logs.get(condition.part());
        log.is_some_and(|log| log.figure(condition).is_some())
    };
    if let Some(condition) = goal.conditions.iter().filter(measured).find(unmet) {
        return Verdict::Missed(format!("{} is not {}", condition.name, condition.bound));
    }
    for part in parts {
        match logs.get(part).map(|log| &log.ended) {
            None => return Verdict::NotRun(format!("make PART={part}")),
            Some(Ended::Not) => return Verdict::NotRun(format!("{part} was cut off")),
            Some(Ended::Without(tool)) => return Verdict::NotRun(format!("{tool} is missing")),
            Some(Ended::With(0)) => {}
            Some(Ended::With(_)) => return Verdict::Missed(format!("{part} failed")),
        }
    }
    if let Some(condition) = goal.conditions.iter().find(unmet) {
        return Verdict::Missed(format!("{} is not there", condition.name));
    }
    let is_told = goal
        .conditions
        .iter()
        .all(|condition| condition.bound == Bound::Told);
    let in_small = parts
        .iter()
        .any(|part| logs.get(part).is_some_and(|log| log.share < 1.0));
    match (is_told, in_small) {
        (true, _) => Verdict::Told,
        (false, true) => Verdict::InSmall,
        (false, false) => Verdict::Met,
    }
}

fn is_met(condition: &Condition, log: &Log) -> bool {
    let condition = condition.in_small(log.share);
    log.figure(&condition)
        .is_some_and(|value| condition.is_met_by(value))
}

/// At most three digits behind the point, and none that say nothing.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Met => f.write_str("yes"),
            Self::InSmall => f.write_str("in small"),
            Self::Missed(why) => write!(f, "NO: {why}"),
            Self::NotRun(why) => write!(f, "not run: {why}"),
            Self::Told => f.write_str("told"),
        }
    }
}
