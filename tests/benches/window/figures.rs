//! Figures, told to whoever judges them by docs/GOALS.md.

/// Tells a figure.
pub fn figure(name: &str, value: f64, unit: &str) {
    println!("figure: {name} {value} {unit}");
}

/// The 50th and the 95th of a hundred, in milliseconds, by their names.
pub fn percentiles(names: [&str; 2], samples: &mut [f64]) {
    for (name, share) in names.into_iter().zip([0.50, 0.95]) {
        figure(name, percentile(samples, share), "ms");
    }
    println!("{} and {}: of {}", names[0], names[1], samples.len());
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
