//! `keyrack-goals CHAPTER FOLDER REVISION PART...`: prints the goals of a chapter of docs/GOALS.md, each with the figures that the
//! logs in the folder hold (`PART.log`), and writes the same to `goals.md` there. Logs of
//! another revision than the named one prove nothing of this one. Ends with 1 where a goal of the named
//! parts is missed, of all parts where none is named, and with 2 where something cannot be read.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use keyrack_goals::{Log, Report, read};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [chapter, folder, revision, parts @ ..] = words.as_slice() else {
        eprintln!("keyrack-goals: CHAPTER FOLDER REVISION PART...");
        return ExitCode::from(2);
    };
    match report(chapter, Path::new(folder), revision, parts) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("keyrack-goals: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints and writes the report; gives whether a goal is missed.
fn report(
    chapter: &str,
    folder: &Path,
    revision: &str,
    parts: &[String],
) -> Result<bool, Box<dyn Error>> {
    let chapters = read(&std::fs::read_to_string("docs/GOALS.md")?)?;
    let wanted = chapters.iter().find(|one| one.title == chapter);
    let wanted = wanted.ok_or_else(|| format!("docs/GOALS.md has no chapter {chapter:?}"))?;
    let mut logs = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let part = path
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.extension().is_some_and(|kind| kind == "log") {
            // What programs print is not always text.
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            logs.insert(part.to_owned(), Log::read(part, &text));
        }
    }
    let report = Report::of(wanted, revision, &logs);
    print!("{}", report.plain());
    std::fs::write(folder.join("goals.md"), report.markdown())?;
    Ok(report.misses(parts))
}
