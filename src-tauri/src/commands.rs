//! The commands of the window, one line each. No rule lives here.

use std::time::Instant;

use tauri::State;

/// When the process began, for the one figure that the shell itself knows.
pub struct Started(pub Instant);

/// The page says that the grid is painted for the first time.
///
/// Scripts that have no eyes, `make run` without a display for one, wait for the line this prints.
#[tauri::command]
pub fn painted(started: State<'_, Started>) {
    println!(
        "keyrack: painted after {} ms",
        started.0.elapsed().as_millis()
    );
}
