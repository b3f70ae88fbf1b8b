//! Goals and figures, and the statistics behind them.

use std::time::Duration;

/// Rows of goal and figure.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<(String, String, String, Option<bool>)>,
}

impl Table {
    /// Notes a figure beside its goal.
    pub fn row(&mut self, what: &str, goal: &str, figure: String, met: bool) {
        self.rows
            .push((what.to_owned(), goal.to_owned(), figure, Some(met)));
    }

    /// Notes a figure for which no goal is set.
    pub fn figure(&mut self, what: &str, figure: String) {
        self.rows
            .push((what.to_owned(), String::new(), figure, None));
    }

    /// Whether every goal is met.
    pub fn all_met(&self) -> bool {
        self.rows.iter().all(|row| row.3 != Some(false))
    }

    /// Prints the rows.
    pub fn print(&self) {
        println!("{:44} {:26} {:40} met", "what", "goal", "figure");
        for (what, goal, figure, met) in &self.rows {
            println!(
                "{what:44} {goal:26} {figure:40} {}",
                match met {
                    Some(true) => "yes",
                    Some(false) => "NO",
                    None => "",
                }
            );
        }
    }
}

/// The value below which this share of the samples lies.
pub fn percentile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    let last = samples.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    samples.get(at).copied().unwrap_or_default()
}

/// Milliseconds with three decimals.
pub fn ms(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1_000.0)
}
