//! `keyrack-goals CHAPTER FOLDER "PART=CODE ..." PART...`: prints the goals of a chapter of docs/GOALS.md, each with the figures
//! that the records in the folder hold (`PART.txt`), and writes the same to `goals.md` there. A record of
//! other code than the part has now proves nothing of it. Ends with 1 where a goal of the named
//! parts is missed, of all parts where none is named, and with 2 where something cannot be read.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use keyrack_goals::{Log, Report, limits, read};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [chapter, folder, codes, parts @ ..] = words.as_slice() else {
        eprintln!("keyrack-goals: CHAPTER FOLDER \"PART=CODE ...\" PART...");
        return ExitCode::from(2);
    };
    match report(chapter, Path::new(folder), codes, parts) {
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
    codes: &str,
    parts: &[String],
) -> Result<bool, Box<dyn Error>> {
    let document = std::fs::read_to_string("docs/GOALS.md")?;
    let chapters = read(&document)?;
    let wanted = chapters.iter().find(|one| one.title == chapter);
    let wanted = wanted.ok_or_else(|| format!("docs/GOALS.md has no chapter {chapter:?}"))?;
    let mut logs = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let part = path
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.extension().is_some_and(|kind| kind == "txt") {
            // What programs print is not always text.
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            logs.insert(part.to_owned(), Log::read(part, &text));
        }
    }
    let codes = codes.split(' ').filter_map(|pair| pair.split_once('='));
    let codes = codes.map(|(part, code)| (part.to_owned(), code.to_owned()));
    let report = Report::of(wanted, &codes.collect(), &limits(&document)?, &logs);
    print!("{}", report.plain());
    std::fs::write(folder.join("goals.md"), report.markdown())?;
    Ok(report.misses(parts))
}
