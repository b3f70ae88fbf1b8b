//! Settings.

use keyrack_desk::{Desk, DeskError};
use serde_json::{Value, json};

use crate::args::SettingsCmd;
use crate::output::Output;

/// Lists or sets settings.
pub fn settings(desk: &Desk, output: &Output, words: &SettingsCmd) -> Result<u8, DeskError> {
    match words {
        SettingsCmd::List => {
            let settings = desk.settings()?;
            Ok(output.print(&json!({ "settings": settings }), || {
                let line = |row: &keyrack_desk::settings::SettingRow| {
                    let (value, default) = (plain(&row.value), plain(&row.default));
                    let key = row.key;
                    format!("{key:28} {value:12} (default {default})  {}\n", row.meaning)
                };
                settings.iter().map(line).collect()
            }))
        }
        SettingsCmd::Set { key, value } => {
            let row = desk.set_setting(key, value)?;
            Ok(output.print(&json!({ "setting": row }), || {
                format!("{key} is {}.", plain(&row.value))
            }))
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
