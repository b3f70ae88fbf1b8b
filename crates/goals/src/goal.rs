//! The tables of docs/GOALS.md.

use crate::condition::is_name;
use crate::{Bound, Condition, Fault};

/// A heading and the goals below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The heading.
    pub title: String,
    /// Its goals, in their order.
    pub goals: Vec<Goal>,
}

/// One goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What is measured, in words.
    pub what: String,
    /// The goal, in words.
    pub goal: String,
    /// What holds it: all of them.
    pub conditions: Vec<Condition>,
}

/// What forbids a goal here, and was measured beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The figure that misses its goal.
    pub name: String,
    /// What forbids it, and what was tried, in words.
    pub why: String,
    /// What holds as long as nothing but the limit stands in the way: all of them.
    pub conditions: Vec<Condition>,
}

/// The heading below which the limits stand.
const LIMITS: &str = "Limits";

/// Reads every table of goals: below a heading of its own, with the columns what, goal and held by.
///
/// # Errors
/// A row that has other columns, a goal without a condition, or a condition that is none.
pub fn read(document: &str) -> Result<Vec<Chapter>, Fault> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for line in document.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let title = title.trim().to_owned();
            let goals = Vec::new();
            chapters.push(Chapter { title, goals });
        }
        let is_row =
            line.starts_with('|') && !line.starts_with("|---") && !line.starts_with("| what |");
        let chapter = chapters.last_mut().filter(|one| one.title != LIMITS);
        if let (true, Some(chapter)) = (is_row, chapter) {
            chapter.goals.push(goal(line)?);
        }
    }
    chapters.retain(|chapter| !chapter.goals.is_empty());
    Ok(chapters)
}

/// Reads the table below the heading "Limits": the figure, what forbids its goal, and what holds all the same.
///
/// # Errors
/// A row that has other columns, names no figure or one that another row names, or is held by nothing that could be missed.
pub fn limits(document: &str) -> Result<Vec<Limit>, Fault> {
    let heading = format!("\n## {LIMITS}\n");
    let Some((_, below)) = document.split_once(&heading) else {
        return Ok(Vec::new());
    };
    let below = below.split("\n## ").next().unwrap_or_default();
    let rows = below.lines().filter(|line| line.starts_with("| `"));
    let mut limits: Vec<Limit> = Vec::new();
    for line in rows {
        let limit = limit(line)?;
        if limits.iter().any(|other| other.name == limit.name) {
            return Err(Fault::Row(line.to_owned()));
        }
        limits.push(limit);
    }
    Ok(limits)
}

fn limit(line: &str) -> Result<Limit, Fault> {
    let Goal {
        what,
        goal,
        conditions,
    } = goal(line)?;
    let name = what.trim_matches('`').to_owned();
    if !is_name(&name) {
        return Err(Fault::Row(line.to_owned()));
    }
    if conditions.iter().all(|one| one.bound == Bound::Told) {
        return Err(Fault::Unheld(name));
    }
    Ok(Limit {
        name,
        why: goal,
        conditions,
    })
}

fn goal(line: &str) -> Result<Goal, Fault> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [what, goal, held_by] = cells.as_slice() else {
        return Err(Fault::Row(line.to_owned()));
    };
    let conditions = held_by.split('`').skip(1).step_by(2);
    let conditions: Vec<Condition> = conditions.map(str::parse).collect::<Result<_, _>>()?;
    if conditions.is_empty() {
        return Err(Fault::Unheld((*what).to_owned()));
    }
    Ok(Goal {
        what: (*what).to_owned(),
        goal: (*goal).to_owned(),
        conditions,
    })
}
