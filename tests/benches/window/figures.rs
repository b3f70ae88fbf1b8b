//! Figures beside their goals.

/// A table of goals and figures.
#[derive(Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    pub fn add(&mut self, what: &str, goal: &str, figure: String, met: bool) {
        let verdict = if met { "met" } else { "MISSED" };
        self.rows
            .push([what.into(), goal.into(), figure, verdict.into()]);
    }

    /// A pair of percentiles in milliseconds with a goal for each.
    pub fn add_percentiles(&mut self, what: &str, goals: (f64, f64), samples: &mut [f64]) {
        let (p50, p95) = (percentile(samples, 0.50), percentile(samples, 0.95));
        self.add(
            what,
            &format!("p50 <= {} ms, p95 <= {} ms", goals.0, goals.1),
            format!("p50 {p50:.0} ms, p95 {p95:.0} ms, of {}", samples.len()),
            p50 <= goals.0 && p95 <= goals.1,
        );
    }

    pub fn print(&self, title: &str) {
        println!("\n| {title} | goal | figure | |\n|---|---|---|---|");
        for [what, goal, figure, verdict] in &self.rows {
            println!("| {what} | {goal} | {figure} | {verdict} |");
        }
    }
}

/// The value below which `share` of the samples lie; sorts them.
pub fn percentile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let rank = (samples.len() as f64 * share).ceil() as usize;
    samples
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}
