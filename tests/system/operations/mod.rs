//! Jobs, alerts, health, backups by generations, logs and support bundles, through real processes.

mod alerts;
mod generations;
mod jobs;
mod measures;
mod watching;

use serde_json::Value;

use crate::hotel::Hotel;

/// The last opening of Hotel Miramar is long ago by then: no daily backup of the first day counts.
pub const MORNING: &str = "2026-06-01T10:00:00Z";

impl Hotel {
    /// Runs at an instant, and expects it to be done.
    #[track_caller]
    pub fn done_at(&self, at: &str, words: &[&str]) -> Value {
        self.run(&[&["--at", at], words].concat()).ends(0)
    }

    /// Alerts that are open at an instant, as kind and subject.
    #[track_caller]
    pub fn open_at(&self, at: &str) -> Vec<(String, String)> {
        let alerts = self.done_at(at, &["alerts", "list"])["alerts"].clone();
        let word = |alert: &Value, name: &str| alert[name].as_str().unwrap().to_owned();
        let alerts = alerts.as_array().unwrap().iter();
        alerts
            .map(|alert| (word(alert, "kind"), word(alert, "subject")))
            .collect()
    }

    /// The open alert of a kind.
    #[track_caller]
    pub fn alert_at(&self, at: &str, kind: &str) -> Value {
        let alerts = self.done_at(at, &["alerts", "list"])["alerts"].clone();
        let mut found = alerts.as_array().unwrap().iter().cloned();
        let one = found.find(|alert| alert["kind"] == kind);
        one.unwrap_or_else(|| panic!("no {kind} in {alerts}"))
    }

    /// Names of what lies in the folder of backups.
    pub fn backups(&self) -> Vec<String> {
        let folder = self.folder.path().join("backups");
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}
