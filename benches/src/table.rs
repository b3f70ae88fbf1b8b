//! Figures, and the statistics behind them. What they must be stands in docs/GOALS.md alone.

use std::time::Duration;

/// Figures in words, printed together at the end.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<(String, String)>,
}

impl Table {
    /// Notes a figure in words.
    pub fn row(&mut self, what: &str, figure: String) {
        self.rows.push((what.to_owned(), figure));
    }

    /// Prints the rows.
    pub fn print(&self) {
        for (what, figure) in &self.rows {
            println!("{what:52} {figure}");
        }
    }
}

/// Tells a figure to whoever judges it by docs/GOALS.md.
pub fn figure(name: &str, value: f64, unit: &str) {
    println!("figure: {name} {value} {unit}");
}

/// The value below which this share of the samples lies. Panics where there are none: what was not measured is not
/// fast.
pub fn percentile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    assert!(!samples.is_empty(), "nothing was measured");
    let last = samples.len() - 1;
    samples[(last as f64 * share).round() as usize]
}

/// In milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Milliseconds with three decimals.
pub fn ms(time: Duration) -> String {
    format!("{:.3} ms", millis(time))
}
