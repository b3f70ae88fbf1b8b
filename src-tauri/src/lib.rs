//! The shell of the desktop application: it opens the window and carries commands and events
//! between the page and the hotel.
//!
//! Invariants: no rule about rooms lives here; the page reaches nothing but the commands of
//! `table.rs`, each of which the capability file allows by name; no call waits on the main thread.

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use clap::Parser;
use keyrack_desk::{logs, place};
use tauri::{App, Manager};
use tauri_plugin_window_state::StateFlags;

#[macro_use]
mod table;
mod arguments;
mod commands;
mod failure;
mod files;
mod hotel;
#[cfg(test)]
mod matrix_tests;
mod memory;
mod news;
#[cfg(test)]
mod odd_tests;
mod opening;
#[cfg(target_os = "linux")]
mod pressure;
mod sample;
mod stops;
mod viewer;
mod window;

use arguments::Arguments;
use hotel::Hotel;

pub use memory::share_among_threads as share_memory_among_threads;
pub use viewer::keep_from_viewers;

macro_rules! handlers {
    ($($command:ident)*) => { tauri::generate_handler![$(commands::$command),*] };
}

/// Runs the application until its window is closed.
pub fn run() -> ExitCode {
    let started = commands::Started(Instant::now());
    let arguments = Arguments::parse();
    if let Some(folder) = place::log_folder() {
        logs::begin(&folder, "keyrack");
    }
    if cfg!(target_os = "linux") && !has_display() {
        eprintln!(
            "keyrack: the window cannot be opened: neither DISPLAY nor WAYLAND_DISPLAY names a display"
        );
        return ExitCode::FAILURE;
    }
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let outcome = tauri::Builder::default()
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(remembered)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .manage(started)
        .invoke_handler(command_table!(handlers))
        .setup(|app| Ok(set_up(app, arguments)?))
        .run(context());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keyrack: the window cannot be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the session names a display. Where it does not, the engine would only stumble.
fn has_display() -> bool {
    let names = |variable| std::env::var_os(variable).is_some_and(|name| !name.is_empty());
    names("DISPLAY") || names("WAYLAND_DISPLAY")
}

/// The configuration, the page and the access list, as the build script embedded them.
#[allow(clippy::unwrap_used, reason = "Tauri generates this code")]
fn context() -> tauri::Context {
    tauri::tauri_build_context!()
}

/// Opens the window, and the hotel on a thread of its own while WebKit starts.
fn set_up(app: &App, arguments: Arguments) -> tauri::Result<()> {
    let own = app.path().app_data_dir()?.join("keyrack.db");
    let hotel = Arc::new(Hotel::new(
        arguments.wanted(std::env::var_os("KEYRACK_DB"), &own),
    ));
    app.manage(Arc::clone(&hotel));
    let handle = app.handle().clone();
    thread::spawn(move || opening::open_wanted(&handle, &hotel));
    #[cfg(target_os = "linux")]
    pressure::limit_the_page();
    window::open(app.handle())?;
    #[cfg(target_os = "linux")]
    if !pressure::is_given() {
        tracing::warn!("the page's process has no limit of memory");
    }
    memory::give_back_again_and_again();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    macro_rules! names {
        ($($command:ident)*) => { [$(stringify!($command)),*] };
    }

    #[test]
    fn the_page_may_call_every_command_of_the_table_and_hear_events_and_nothing_else() {
        let file = include_str!("../capabilities/main.json");
        let capability: serde_json::Value = serde_json::from_str(file).unwrap();
        let granted: BTreeSet<String> = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|permission| permission.as_str().unwrap().to_owned())
            .collect();
        let events = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
        let expected: BTreeSet<String> = command_table!(names)
            .map(|name| format!("allow-{}", name.replace('_', "-")))
            .into_iter()
            .chain(events)
            .collect();
        assert_eq!(granted, expected);
    }
}
