//! Goals beside figures, and what came of each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::{Bound, Chapter, Condition, Ended, Goal, Log};

/// The chapter that `make torture` runs; `make bench` runs the other.
const FAULTS: &str = "Faults survived";

/// What came of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All of its conditions are met.
    Met,
    /// The same in a run of fewer tries, which proves less.
    InSmall,
    /// A condition is not met, a figure is not there, or what gives it failed.
    Missed(String),
    /// What gives its figures was run on other code than this.
    Older(String),
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
    /// Judges a chapter by the logs of its parts, as of a revision of the code.
    pub fn of(chapter: &Chapter, revision: &str, logs: &BTreeMap<String, Log>) -> Self {
        let row = |goal| row(goal, chapter, revision, logs);
        Self {
            title: chapter.title.clone(),
            rows: chapter.goals.iter().map(row).collect(),
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

fn row(goal: &Goal, chapter: &Chapter, revision: &str, logs: &BTreeMap<String, Log>) -> Row {
    let mut parts: Vec<String> = goal
        .conditions
        .iter()
        .map(|condition| condition.part().to_owned())
        .collect();
    parts.dedup();
    let begun = parts
        .iter()
        .filter_map(|part| logs.get(part))
        .map(|log| format!("{} {}", log.begun, log.revision));
    let mut begun: Vec<String> = begun.collect();
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
        verdict: verdict(goal, chapter, revision, logs, &parts),
        parts,
    }
}

fn verdict(
    goal: &Goal,
    chapter: &Chapter,
    revision: &str,
    logs: &BTreeMap<String, Log>,
    parts: &[String],
) -> Verdict {
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
        let Some(log) = logs.get(part) else {
            return Verdict::NotRun(format!("make {} PART={part}", run_by(chapter)));
        };
        if let Some(wrong) = unproven(part, log, revision) {
            return wrong;
        }
    }
    if let Some(condition) = goal.conditions.iter().find(unmet) {
        return Verdict::Missed(format!("{} is not there", condition.name));
    }
    let is_told = goal
        .conditions
        .iter()
        .all(|condition| condition.bound == Bound::Told);
    // What counts no tries was measured whole.
    let mut counts = goal.conditions.iter().filter(|one| one.is_count_of_tries());
    let in_small = counts.any(|one| logs.get(one.part()).is_some_and(|log| log.share < 1.0));
    match (is_told, in_small) {
        (true, _) => Verdict::Told,
        (false, true) => Verdict::InSmall,
        (false, false) => Verdict::Met,
    }
}

/// What `make` runs the parts of a chapter with.
fn run_by(chapter: &Chapter) -> &'static str {
    if chapter.title == FAULTS {
        "torture"
    } else {
        "bench"
    }
}

/// Why a part's log proves nothing, whatever its figures are.
fn unproven(part: &str, log: &Log, revision: &str) -> Option<Verdict> {
    match &log.ended {
        Ended::Not => return Some(Verdict::NotRun(format!("{part} was cut off"))),
        Ended::Without(tool) => return Some(Verdict::NotRun(format!("{tool} is missing"))),
        Ended::With(0) => {}
        Ended::With(_) => return Some(Verdict::Missed(format!("{part} failed"))),
    }
    if let Some(text) = &log.malformed {
        let text = text.replace('|', "/");
        return Some(Verdict::Missed(format!("{part} says {text:?} as a figure")));
    }
    (log.revision != revision).then(|| Verdict::Older(format!("{part} at {}", log.revision)))
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
            Self::Older(what) => write!(f, "of older code: {what}"),
            Self::NotRun(why) => write!(f, "not run: {why}"),
            Self::Told => f.write_str("told"),
        }
    }
}
