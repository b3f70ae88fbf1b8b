//! `keyrackctl`: everything that the window can do, from a shell, a script, or a support call.
//!
//! docs/KEYRACKCTL.md is its contract; scripts depend on it. This crate reads arguments and prints
//! answers; what is done stands in the desk crate, where the window enters too.

mod args;
mod centre;
mod command;
mod groups;
mod log;
mod operations;
mod output;
mod papers;
mod parse;
mod people;
mod run;
mod show;
mod transfer;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::Cli;
use keyrack_desk::{DeskError, logs, place};
use output::{Output, status};

fn main() -> ExitCode {
    if let Some(folder) = place::log_folder() {
        logs::begin(&folder, "keyrackctl");
    }
    let json = std::env::args_os().any(|argument| argument == "--json");
    let output = Output::new(json);
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            ) =>
        {
            output.text(&error.to_string());
            return ExitCode::from(status::DONE);
        }
        Err(error) => {
            output.failed(&DeskError::BadInput(sentence(&error.to_string())), None);
            return ExitCode::from(status::BAD_INPUT);
        }
    };
    ExitCode::from(run::run(&cli, &output))
}

/// The first paragraph of what the reader of arguments says, as a sentence.
fn sentence(rendered: &str) -> String {
    let first = rendered.split("\n\n").next().unwrap_or(rendered);
    let words = first
        .trim()
        .trim_start_matches("error: ")
        .split_whitespace();
    let sentence = words.collect::<Vec<_>>().join(" ");
    format!(
        "{}. See keyrackctl --help.",
        sentence.trim_end_matches(['.', ':'])
    )
}
