//! Printed papers, into files.

use keyrack_desk::papers::{Existing, Paper};
use keyrack_desk::{Desk, DeskError};
use serde_json::json;

use crate::args::{ConfirmationArgs, PaperArgs, RegistrationArgs};
use crate::output::Output;

pub fn confirmation(
    desk: &Desk,
    output: &Output,
    args: &ConfirmationArgs,
) -> Result<u8, DeskError> {
    let paper = desk.confirmation(&args.id, &args.paper.file, existing(&args.paper))?;
    Ok(told(output, &args.paper, &paper))
}

pub fn registration_card(
    desk: &Desk,
    output: &Output,
    args: &RegistrationArgs,
) -> Result<u8, DeskError> {
    let paper = desk.registration_card(&args.id, &args.paper.file, existing(&args.paper))?;
    Ok(told(output, &args.paper, &paper))
}

fn existing(args: &PaperArgs) -> Existing {
    if args.force {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

fn told(output: &Output, args: &PaperArgs, paper: &Paper) -> u8 {
    let warning = (!paper.lacking.is_empty()).then(|| {
        format!(
            "The typeface of papers lacks {}: a question mark stands for each.",
            paper.lacking
        )
    });
    let mut document = json!({ "file": args.file, "bytes": paper.bytes });
    if let Some(warning) = &warning {
        document["lacking"] = json!(paper.lacking);
        document["warning"] = json!(warning);
    }
    output.done(&document, || {
        let warning = warning.map_or_else(String::new, |warning| format!("\n{warning}"));
        format!("Written to {}{warning}", args.file.display())
    })
}
