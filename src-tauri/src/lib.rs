//! The shell of the desktop application: it opens the window and carries commands and events
//! between the page and the hotel.
//!
//! Invariants: no rule about rooms lives here; the page reaches nothing but the commands of
//! `table.rs`, each of which the capability file allows by name; no call waits on the main thread.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use tauri_plugin_window_state::StateFlags;

#[macro_use]
mod table;
mod arguments;
mod commands;
mod window;

macro_rules! handlers {
    ($($command:ident)*) => { tauri::generate_handler![$(commands::$command),*] };
}

/// Runs the application until its window is closed.
pub fn run() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let outcome = tauri::Builder::default()
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(remembered)
                .build(),
        )
        .manage(commands::Started(Instant::now()))
        .invoke_handler(command_table!(handlers))
        .setup(|app| {
            window::open(app.handle())?;
            Ok(())
        })
        .run(tauri::tauri_build_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keyrack: the window cannot be opened: {error}");
            ExitCode::FAILURE
        }
    }
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
