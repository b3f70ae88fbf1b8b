//! Goals beside figures, and what came of each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::{Bound, Chapter, Condition, Ended, Goal, Limit, Log};

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
    /// A condition is not met, and what holds within its limit does: which figures, and what is said of the limits.
    Limited(Vec<String>),
    /// What gives its figures was run on other code than this.
    Older(String),
    /// What gives its figures was not run, or not to its end.
    NotRun(String),
    /// Nothing is asked of its figures.
    Told,
}

/// Whether a verdict is of a kind.
type Is = fn(&Verdict) -> bool;

/// A chapter's goals with their figures.
pub struct Report {
    title: String,
    rows: Vec<Row>,
}

/// What a part is judged by beside its goals.
struct Judge<'a> {
    chapter: &'a Chapter,
    /// The code that each part has now.
    codes: &'a BTreeMap<String, String>,
    limits: &'a [Limit],
    logs: &'a BTreeMap<String, Log>,
}

struct Row {
    what: String,
    goal: String,
    /// What is said of its limits, where one counts.
    limits: Vec<String>,
    figures: String,
    begun: String,
    verdict: Verdict,
    parts: Vec<String>,
}

impl Report {
    /// Judges a chapter by the logs of its parts, with the code that each part has now and what forbids a goal.
    pub fn of(
        chapter: &Chapter,
        codes: &BTreeMap<String, String>,
        limits: &[Limit],
        logs: &BTreeMap<String, Log>,
    ) -> Self {
        let judge = Judge {
            chapter,
            codes,
            limits,
            logs,
        };
        Self {
            title: chapter.title.clone(),
            rows: chapter.goals.iter().map(|goal| judge.row(goal)).collect(),
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
            for limit in &row.limits {
                let _written = writeln!(text, "            {}", limit.replace('`', ""));
            }
        }
        let _written = write!(text, "\n{}", self.summary());
        text
    }

    /// How many goals came to what, and those by name that are neither met nor told.
    fn summary(&self) -> String {
        let mut text = String::new();
        let is = |wanted: Is| self.rows.iter().filter(move |row| wanted(&row.verdict));
        let kinds: [(&str, Is); 7] = [
            ("met", |verdict| *verdict == Verdict::Met),
            ("in small", |verdict| *verdict == Verdict::InSmall),
            ("told", |verdict| *verdict == Verdict::Told),
            ("limited", |verdict| matches!(verdict, Verdict::Limited(_))),
            ("missed", |verdict| matches!(verdict, Verdict::Missed(_))),
            ("of older code", |verdict| {
                matches!(verdict, Verdict::Older(_))
            }),
            ("not run", |verdict| matches!(verdict, Verdict::NotRun(_))),
        ];
        let counts = kinds.map(|(name, wanted)| (name, is(wanted).count()));
        let counts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let _written = writeln!(text, "{} goals: {}", self.rows.len(), counts.join(", "));
        for (name, wanted) in &kinds[3..] {
            for row in is(*wanted) {
                let _written = writeln!(text, "    {name}: {}", row.what.replace('`', ""));
            }
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
                "| {what} | {} | {figures} | {verdict} | {begun} |",
                from_below(goal)
            );
        }
        let limits = self.rows.iter().flat_map(|row| &row.limits);
        for (number, limit) in limits.enumerate() {
            let between = if number == 0 { "\n" } else { "" };
            let _written = writeln!(text, "{between}- {}", from_below(limit));
        }
        text
    }
}

impl Judge<'_> {
    fn row(&self, goal: &Goal) -> Row {
        let of_goal = goal.conditions.iter();
        let limits: Vec<&Limit> = of_goal.filter_map(|one| self.limit(&one.name)).collect();
        let more = limits.iter().flat_map(|limit| &limit.conditions);
        let mut conditions: Vec<&Condition> = goal.conditions.iter().collect();
        for condition in more {
            if conditions.iter().all(|known| known.name != condition.name) {
                conditions.push(condition);
            }
        }
        let mut parts: Vec<String> = Vec::new();
        for condition in &conditions {
            if parts.iter().all(|part| part != condition.part()) {
                parts.push(condition.part().to_owned());
            }
        }
        let begun = parts
            .iter()
            .filter_map(|part| self.logs.get(part))
            .map(|log| format!("{} {}", log.begun, log.code));
        let mut begun: Vec<String> = begun.collect();
        begun.dedup();
        let mut figures: Vec<String> = conditions
            .iter()
            .filter_map(|one| self.figure(one))
            .collect();
        figures.dedup();
        let verdict = self.verdict(goal, &parts);
        let of_missed = |name: &str| {
            goal.conditions
                .iter()
                .any(|one| one.name == name && !self.is_met(one))
        };
        let is_limited = matches!(verdict, Verdict::Limited(_));
        let limits = limits
            .iter()
            .filter(|limit| is_limited && of_missed(&limit.name));
        Row {
            what: goal.what.clone(),
            goal: goal.goal.clone(),
            limits: limits
                .map(|limit| format!("{}: {}", limit.name, limit.why))
                .collect(),
            figures: figures.join(", "),
            begun: begun.join(", "),
            verdict,
            parts,
        }
    }

    fn limit(&self, name: &str) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.name == name)
    }

    /// The figure of a condition, with its name and unit.
    fn figure(&self, condition: &Condition) -> Option<String> {
        let value = self.logs.get(condition.part())?.figure(condition)?;
        let unit = if condition.unit.is_empty() {
            String::new()
        } else {
            format!(" {}", condition.unit)
        };
        Some(format!("{} {}{unit}", condition.name, short(value)))
    }

    fn is_measured(&self, condition: &Condition) -> bool {
        let log = self.logs.get(condition.part());
        log.is_some_and(|log| log.figure(condition).is_some())
    }

    fn is_met(&self, condition: &Condition) -> bool {
        let log = self.logs.get(condition.part());
        log.is_some_and(|log| is_met(condition, log))
    }

    fn verdict(&self, goal: &Goal, parts: &[String]) -> Verdict {
        // What was measured and missed is missed, whatever else was not run.
        let unmet = |condition: &&Condition| !self.is_met(condition);
        let measured = |condition: &&Condition| self.is_measured(condition);
        let mut limited = Vec::new();
        for condition in goal.conditions.iter().filter(measured).filter(unmet) {
            let limit = self.limit(&condition.name);
            let limit = limit.filter(|limit| limit.conditions.iter().all(|one| self.is_met(one)));
            let Condition { name, bound, .. } = condition;
            let Some(limit) = limit else {
                return Verdict::Missed(format!("{name} is not {bound}"));
            };
            let holds: Vec<String> = limit
                .conditions
                .iter()
                .map(|one| {
                    format!("{} {} {}", one.name, one.bound, one.unit)
                        .trim_end()
                        .to_owned()
                })
                .collect();
            limited.push(format!("{name}, for which holds {}", holds.join(", ")));
        }
        for part in parts {
            let Some(log) = self.logs.get(part) else {
                return Verdict::NotRun(format!("make {} PART={part}", run_by(self.chapter)));
            };
            let code = self.codes.get(part).map_or("", String::as_str);
            if let Some(wrong) = unproven(part, log, code) {
                return wrong;
            }
        }
        let mut missing = goal.conditions.iter().filter(|one| !self.is_measured(one));
        if let Some(condition) = missing.next() {
            return Verdict::Missed(format!("{} is not there", condition.name));
        }
        if !limited.is_empty() {
            return Verdict::Limited(limited);
        }
        let is_told = goal
            .conditions
            .iter()
            .all(|condition| condition.bound == Bound::Told);
        // What counts no tries was measured whole.
        let mut counts = goal.conditions.iter().filter(|one| one.is_count_of_tries());
        let is_small =
            |one: &Condition| self.logs.get(one.part()).is_some_and(|log| log.share < 1.0);
        match (is_told, counts.any(is_small)) {
            (true, _) => Verdict::Told,
            (false, true) => Verdict::InSmall,
            (false, false) => Verdict::Met,
        }
    }
}

/// A text whose links are written beside docs/GOALS.md, for a table that stands two folders below.
fn from_below(text: &str) -> String {
    text.replace("](", "](../../")
        .replace("](../../http", "](http")
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
fn unproven(part: &str, log: &Log, code: &str) -> Option<Verdict> {
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
    // With changes that are in no revision nobody knows which code it was.
    let is_known = log.code == code && !code.ends_with('+');
    (!is_known).then(|| Verdict::Older(format!("{part} at {}", log.code)))
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
            Self::Limited(what) => write!(f, "limit: {}", what.join("; ")),
            Self::Older(what) => write!(f, "of older code: {what}"),
            Self::NotRun(why) => write!(f, "not run: {why}"),
            Self::Told => f.write_str("told"),
        }
    }
}
