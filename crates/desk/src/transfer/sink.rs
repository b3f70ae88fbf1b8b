//! A file on its way out: written beside its place, and put there whole.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use keyrack_store::StoreError;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::escaped;
use crate::error::DeskError;
use crate::papers::{about, unwritable};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, with a header.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

impl Format {
    /// By the file's name.
    ///
    /// # Errors
    /// Where it ends otherwise.
    pub fn of(path: &Path) -> Result<Self, DeskError> {
        let extension = path.extension().unwrap_or_default();
        if extension.eq_ignore_ascii_case("csv") {
            Ok(Self::Csv)
        } else if extension.eq_ignore_ascii_case("jsonl") {
            Ok(Self::JsonLines)
        } else {
            Err(DeskError::said(about("bad-no-table", path)))
        }
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    /// Nothing.
    Empty,
    /// What people wrote: escaped where a spreadsheet would take it for a formula.
    Text(String),
    /// A word, date, id or amount of the program's own.
    Word(String),
    /// A number.
    Number(i64),
    /// A JSON document.
    Document(Value),
}

impl Datum {
    pub fn text(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_string()))
    }

    pub fn word(word: Option<impl ToString>) -> Self {
        word.map_or(Self::Empty, |word| Self::Word(word.to_string()))
    }

    fn cell(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => escaped(&text),
            Self::Word(word) => word,
            Self::Number(number) => number.to_string(),
            Self::Document(value) => value.to_string(),
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) | Self::Word(text) => Value::String(text),
            Self::Number(number) => Value::from(number),
            Self::Document(value) => value,
        }
    }
}

enum Out {
    Csv(Box<csv::Writer<File>>),
    Lines(BufWriter<File>),
}

/// A file that is being written. Left alone it goes; [`Sink::put`] puts it in its place.
pub(super) struct Sink {
    columns: &'static [&'static str],
    out: Option<Out>,
    part: PathBuf,
    to: PathBuf,
    pub rows: u64,
}

impl Sink {
    /// Begins a file beside its place, which only its owner reads.
    pub fn begin(
        to: &Path,
        format: Format,
        columns: &'static [&'static str],
    ) -> Result<Self, DeskError> {
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let part = to.with_file_name(format!(".{name}.{}.part", Uuid::now_v7()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options
            .open(&part)
            .map_err(|error| unwritable(to, &error))?;
        let mut sink = Self {
            columns,
            out: None,
            part,
            to: to.to_owned(),
            rows: 0,
        };
        sink.out = Some(match format {
            Format::JsonLines => Out::Lines(BufWriter::new(file)),
            Format::Csv => {
                let mut writer = csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(file);
                let header = writer.write_record(columns);
                header.map_err(|error| unwritable(to, &error.into()))?;
                Out::Csv(Box::new(writer))
            }
        });
        Ok(sink)
    }

    /// One row, in the order of the columns.
    pub fn row(&mut self, row: Vec<Datum>) -> Result<(), StoreError> {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows += 1;
        let written = match self.out.as_mut() {
            Some(Out::Csv(writer)) => writer
                .write_record(row.into_iter().map(Datum::cell))
                .map_err(io::Error::from),
            Some(Out::Lines(writer)) => {
                let columns = self.columns.iter().map(|name| (*name).to_owned());
                let fields: Map<_, _> = columns.zip(row.into_iter().map(Datum::value)).collect();
                writeln!(writer, "{}", Value::Object(fields))
            }
            None => Ok(()),
        };
        written.map_err(|source| StoreError::Io {
            path: self.to.clone(),
            source,
        })
    }

    /// All of it is on the disk, beside its place.
    pub fn finish(&mut self) -> Result<(), DeskError> {
        let file = match self.out.take() {
            Some(Out::Csv(writer)) => writer.into_inner().map_err(|error| error.into_error()),
            Some(Out::Lines(writer)) => writer.into_inner().map_err(|error| error.into_error()),
            None => return Ok(()),
        };
        file.and_then(|file| file.sync_all())
            .map_err(|error| unwritable(&self.to, &error))
    }

    /// Puts it in its place: where another file is, only if it may be replaced.
    pub fn put(self, replace: bool) -> Result<(), DeskError> {
        let failed = |error: io::Error| unwritable(&self.to, &error);
        if replace {
            std::fs::rename(&self.part, &self.to).map_err(failed)?;
        } else {
            match std::fs::hard_link(&self.part, &self.to) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(is_there(&self.to));
                }
                // Not every disk has links; then the moment between looking and renaming is short.
                Err(_) if self.to.exists() => return Err(is_there(&self.to)),
                Err(_) => std::fs::rename(&self.part, &self.to).map_err(failed)?,
            }
        }
        if let Some(folder) = self.to.parent().filter(|_| cfg!(unix)) {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(failed)?;
        }
        Ok(())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // What is in its place has left this name, or keeps its content without it.
        let _gone = std::fs::remove_file(&self.part);
    }
}

/// A file that was not asked to be replaced is not.
pub(super) fn is_there(to: &Path) -> DeskError {
    DeskError::said(about("bad-export-there", to))
}
