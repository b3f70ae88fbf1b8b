//! Writes the window's bindings, or with `--check` compares them with what is committed.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (check, path) = match (arguments.next(), arguments.next()) {
        (Some(flag), Some(path)) if flag == "--check" => (true, path),
        (Some(path), None) => (false, path),
        _ => {
            eprintln!("usage: keyrack-bindings [--check] FILE");
            return ExitCode::from(2);
        }
    };
    let text = keyrack_desk::bindings::typescript();
    if !check {
        return match std::fs::write(&path, text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{path}: {error}");
                ExitCode::from(5)
            }
        };
    }
    match std::fs::read_to_string(&path) {
        Ok(committed) if committed == text => ExitCode::SUCCESS,
        Ok(_) => {
            eprintln!("{path} is not what the Rust types give. Run `make bindings`.");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(5)
        }
    }
}
