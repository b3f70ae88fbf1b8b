//! The system's own viewer for a file, which gets nothing of what this program set for its web view alone.

use std::process::Stdio;
use std::sync::OnceLock;

static FOR_WEBKIT: OnceLock<Vec<&'static str>> = OnceLock::new();

/// Notes the variables that this program set for WebKit, and nobody else. Counts once, at the start.
pub fn keep_from_viewers(variables: Vec<&'static str>) {
    let _already_noted = FOR_WEBKIT.set(variables);
}

/// Opens the file in whatever the system opens its kind with; does not wait for it.
///
/// # Errors
/// The last error, where none of the system's ways of opening a file can be started.
pub fn show(file: &str) -> std::io::Result<()> {
    let mut failed = std::io::Error::from(std::io::ErrorKind::NotFound);
    for mut command in open::commands(file) {
        for variable in FOR_WEBKIT.get().into_iter().flatten() {
            command.env_remove(variable);
        }
        let command = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // Whoever started a process takes note of its end.
                std::thread::spawn(move || child.wait());
                return Ok(());
            }
            Err(error) => failed = error,
        }
    }
    Err(failed)
}
