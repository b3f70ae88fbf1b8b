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
mod plain;
mod run;
mod show;
mod transfer;

use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ErrorKind};
use uuid::Uuid;

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
            let id =
                given_id(std::env::args_os().map(|given| given.to_string_lossy().into_owned()))
                    .unwrap_or_else(Uuid::now_v7);
            let arguments = std::env::args_os().map(|given| given.to_string_lossy().into_owned());
            let negative = negative(&error, &arguments.collect::<Vec<_>>());
            let said = negative.unwrap_or_else(|| error.to_string());
            let error = DeskError::BadInput(sentence(&said));
            output.failed(&error, Some(id));
            return ExitCode::from(status::BAD_INPUT);
        }
    };
    ExitCode::from(run::run(&cli, &output))
}

/// The command's id among arguments that cannot be read otherwise.
fn given_id(arguments: impl Iterator<Item = String>) -> Option<Uuid> {
    let mut arguments = arguments.skip_while(|given| !given.starts_with(ID));
    let first = arguments.next()?;
    let after = first.strip_prefix(ID)?;
    let id = match after.strip_prefix('=') {
        Some(id) => id.to_owned(),
        None => arguments.next()?,
    };
    id.parse().ok()
}

/// The option that names the command's id.
const ID: &str = "--command-id";

/// What the library says of a value, and what is expected instead.
const PLAIN: [(&str, &str); 6] = [
    (
        "invalid digit found in string",
        "a whole number is expected",
    ),
    (
        "cannot parse integer from empty string",
        "a whole number is expected",
    ),
    (
        "number too large to fit in target type",
        "the number is too large",
    ),
    (
        "number too small to fit in target type",
        "the number is too small",
    ),
    (
        "invalid character: ",
        "a UUID is expected, like 0197f3a2-5c1e-7000-8000-000000000000",
    ),
    (
        "invalid length: ",
        "a UUID is expected, like 0197f3a2-5c1e-7000-8000-000000000000",
    ),
];

/// What is wrong where a negative number was given to an option that takes none: the reader of arguments takes it for
/// an option of its own.
fn negative(error: &clap::Error, arguments: &[String]) -> Option<String> {
    let is_number = |text: &str| text.starts_with('-') && text.parse::<f64>().is_ok();
    let refused = match error.kind() {
        ErrorKind::UnknownArgument => error.get(ContextKind::InvalidArg)?,
        ErrorKind::ValueValidation => error.get(ContextKind::InvalidValue)?,
        _ => return None,
    };
    let refused = refused.to_string();
    let pairs = arguments.windows(2).map(|pair| {
        let apart = (pair[0].as_str(), pair[1].as_str());
        pair[1].split_once('=').unwrap_or(apart)
    });
    let mut found = pairs.filter(|(option, value)| {
        option.starts_with("--") && is_number(value) && value.starts_with(&refused)
    });
    let (option, value) = found.next()?;
    Some(format!(
        "{option} must not be negative, and {value} was given"
    ))
}

/// The first paragraph of what the reader of arguments says, as a sentence.
fn sentence(rendered: &str) -> String {
    let first = rendered.split("\n\n").next().unwrap_or(rendered);
    let words = first
        .trim()
        .trim_start_matches("error: ")
        .split_whitespace();
    let mut sentence = words.collect::<Vec<_>>().join(" ");
    for (library, plain) in PLAIN {
        if let Some(at) = sentence.find(library) {
            sentence.replace_range(at.., plain);
        }
    }
    format!(
        "{}. See keyrackctl --help.",
        sentence.trim_end_matches(['.', ':'])
    )
}
