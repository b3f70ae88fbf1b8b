//! Log files: one a day, and another where it has grown large. Several processes write to one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDate, Utc};
use tracing_subscriber::fmt::MakeWriter;

/// How long a file is kept.
const KEPT_DAYS: i64 = 14;
/// A file that has grown this large is followed by another.
const MOST_BYTES: u64 = 5 * 1024 * 1024;
/// Files that are kept at most: a hundred megabytes in all.
const MOST_FILES: usize = 20;

/// Where lines of the log go.
#[derive(Debug)]
pub struct LogFiles {
    folder: PathBuf,
    open: Mutex<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    file: File,
    date: NaiveDate,
}

impl LogFiles {
    /// Files in a folder, which is made with the first line.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            open: Mutex::new(None),
        }
    }

    /// Writes a whole line at once, so that those of several processes do not mix.
    fn put(&self, line: &[u8], today: NaiveDate) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |open: &Open| {
            open.date == today
                && open
                    .file
                    .metadata()
                    .is_ok_and(|found| found.len() < MOST_BYTES)
        };
        if !open.as_ref().is_some_and(fits) {
            *open = None;
        }
        let open = match &mut *open {
            Some(open) => open,
            none => none.insert(self.begin(today)?),
        };
        open.file.write_all(line)
    }

    /// Opens the day's last file, or one more. A new one is the time to remove old ones.
    fn begin(&self, today: NaiveDate) -> io::Result<Open> {
        keyrack_store::private::folder(&self.folder)?;
        let last = log_files(&self.folder)
            .into_iter()
            .rfind(|found| found.date == today);
        let part = match &last {
            Some(last) if last.path.metadata()?.len() < MOST_BYTES => last.part,
            Some(last) => last.part + 1,
            None => 1,
        };
        let path = self.folder.join(format!("keyrack-{today}.{part}.jsonl"));
        let new = !path.exists();
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        if new {
            self.prune(today);
        }
        Ok(Open { file, date: today })
    }

    fn prune(&self, today: NaiveDate) {
        let files = log_files(&self.folder);
        let surplus = files.len().saturating_sub(MOST_FILES);
        for (at, file) in files.iter().enumerate() {
            let old = (today - file.date).num_days() >= KEPT_DAYS;
            if old || at < surplus {
                // Another process may have removed it first.
                let _gone = fs::remove_file(&file.path);
            }
        }
    }
}

/// A file of the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogFile {
    /// The day.
    pub date: NaiveDate,
    /// Which of the day's.
    pub part: u32,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of the log in a folder, in order. Other files there are left alone.
pub fn log_files(folder: &Path) -> Vec<LogFile> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<LogFile> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let stem = name.to_str()?.strip_prefix("keyrack-")?;
            let (date, part) = stem.strip_suffix(".jsonl")?.split_once('.')?;
            Some(LogFile {
                date: date.parse().ok()?,
                part: part.parse().ok()?,
                path: entry.path(),
            })
        })
        .collect();
    found.sort();
    found
}

/// One line on its way.
#[derive(Debug)]
pub struct Line<'a>(&'a LogFiles);

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A disk that is full, or a folder that may not be written, is no reason to stop work.
        let _unwritten = self.0.put(line, Utc::now().date_naive());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFiles {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_day_has_its_file_and_after_fourteen_days_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let files = LogFiles::in_folder(folder.path());
        fs::write(folder.path().join("mine.txt"), "not a log").unwrap();
        for date in ["2026-06-01", "2026-06-02", "2026-06-14"] {
            files.put(b"a line\n", day(date)).unwrap();
        }
        let all = ["2026-06-01", "2026-06-02", "2026-06-14"];
        assert_eq!(
            names(folder.path()),
            [
                all.map(|date| format!("keyrack-{date}.1.jsonl")).as_slice(),
                &["mine.txt".to_owned()]
            ]
            .concat()
        );
        files.put(b"a line\n", day("2026-06-15")).unwrap();
        assert_eq!(
            names(folder.path())[0],
            "keyrack-2026-06-02.1.jsonl",
            "what is fourteen days old goes"
        );
        assert_eq!(names(folder.path()).len(), 4);
    }

    #[test]
    fn a_large_file_is_followed_by_another_and_their_number_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let today = day("2026-06-01");
        let line = vec![b'x'; usize::try_from(MOST_BYTES).unwrap()];
        for _file in 0..MOST_FILES + 2 {
            // A process of its own each time finds the place where the others are.
            LogFiles::in_folder(folder.path())
                .put(&line, today)
                .unwrap();
        }
        let left = log_files(folder.path());
        assert_eq!(left.len(), MOST_FILES);
        assert_eq!((left[0].part, left[MOST_FILES - 1].part), (3, 22));
    }

    #[test]
    fn a_folder_that_cannot_be_written_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("file");
        fs::write(&in_the_way, "").unwrap();
        let files = LogFiles::in_folder(&in_the_way.join("logs"));
        assert!(files.put(b"a line\n", day("2026-06-01")).is_err());
        assert_eq!(files.make_writer().write(b"a line\n").unwrap(), 7);
    }
}
