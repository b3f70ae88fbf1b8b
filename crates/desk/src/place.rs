//! Where the desk keeps its own file.

use std::path::PathBuf;

/// The variable that names another file.
pub const VARIABLE: &str = "KEYRACK_DB";

/// The desktop application's identifier, which names its folder: the one in tauri.conf.json.
const IDENTIFIER: &str = "org.keyrack.desk";

/// The file of the desktop application on this machine: what `KEYRACK_DB` says, else `keyrack.db`
/// in the application's data folder; nothing where the user has none.
pub fn default_file() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE)
        .filter(|name| !name.is_empty())
        .map(PathBuf::from);
    named.or_else(|| Some(dirs::data_dir()?.join(IDENTIFIER).join("keyrack.db")))
}

/// The variable that names another folder for the log; where it is empty, nothing is logged.
pub const LOG_VARIABLE: &str = "KEYRACK_LOG_DIR";

/// The folder of the log on this machine: what `KEYRACK_LOG_DIR` says, else `logs` in the
/// application's data folder; nothing where nothing shall be logged.
pub fn log_folder() -> Option<PathBuf> {
    match std::env::var_os(LOG_VARIABLE) {
        Some(named) => Some(PathBuf::from(named)).filter(|named| !named.as_os_str().is_empty()),
        None => Some(dirs::data_dir()?.join(IDENTIFIER).join("logs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_and_the_window_mean_the_same_folder() {
        let configuration = include_str!("../../../tauri.conf.json");
        let configuration: serde_json::Value = serde_json::from_str(configuration).unwrap();
        assert_eq!(configuration["identifier"], IDENTIFIER);
    }
}
