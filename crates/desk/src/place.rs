//! Where the desk keeps its own file.

use std::path::PathBuf;

/// The variable that names another file.
pub const VARIABLE: &str = "KEYRACK_DB";

/// The file of the desktop application on this machine: what `KEYRACK_DB` says, else `keyrack.db`
/// in the user's data folder; nothing where the user has none.
pub fn default_file() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE)
        .filter(|name| !name.is_empty())
        .map(PathBuf::from);
    named.or_else(|| Some(dirs::data_dir()?.join("keyrack").join("keyrack.db")))
}
