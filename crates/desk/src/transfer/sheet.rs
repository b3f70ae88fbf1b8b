//! Another system's file: its bytes, its letters, its header.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use keyrack_words::Words;

use super::mapping::{Encoding, Field, Mapping};
use super::unescaped;
use crate::error::DeskError;
use crate::papers::about;

/// The letters of Windows-1252 from 0x80 to 0x9F; the others are those of Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Checks that the file is there and has the mapping's columns.
pub(super) fn check(path: &Path, mapping: &Mapping) -> Result<(), DeskError> {
    begin(path, mapping, 0).map(drop)
}

pub(super) fn unread(path: &Path, error: impl std::fmt::Display) -> DeskError {
    DeskError::BadInput(format!("{}: {error}", path.display()))
}

/// Begins to read: the header, and where each field stands.
pub(super) fn begin<'a>(
    path: &Path,
    mapping: &'a Mapping,
    digits: u8,
) -> Result<(csv::Reader<Box<dyn Read>>, Sheet<'a>), DeskError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(mapping.delimiter).unwrap_or(b','))
        .flexible(true)
        .from_reader(open(path)?);
    let header = reader.byte_headers().map_err(|error| unread(path, error))?;
    let names = header.iter().map(|cell| decoded(mapping.encoding, cell));
    let names: Option<Vec<String>> = names.map(|name| name.map(|name| trimmed(&name))).collect();
    let foreign = || unread(path, Words::here().plain("row-header-encoding"));
    let sheet = Sheet::new(mapping, digits, names.ok_or_else(foreign)?);
    Ok((reader, sheet.map_err(|error| unread(path, error))?))
}

/// The file's bytes, unpacked, without the mark that some programs begin a text with.
fn open(path: &Path) -> Result<Box<dyn Read>, DeskError> {
    let bad = |error: std::io::Error| {
        DeskError::said(about("bad-unreadable", path).with("why", error.to_string()))
    };
    let file = BufReader::new(File::open(path).map_err(bad)?);
    let zipped = path.extension().is_some_and(|extension| extension == "gz");
    let mut input: Box<dyn Read> = if zipped {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut start = Vec::new();
    input
        .by_ref()
        .take(3)
        .read_to_end(&mut start)
        .map_err(bad)?;
    if start == b"\xEF\xBB\xBF" {
        start.clear();
    }
    let inner = BufReader::new(io::Cursor::new(start).chain(input));
    Ok(Box::new(Lines { inner, held: false }))
}

/// Lines that end alike: of a carriage return and a line feed the line feed alone is read. Otherwise
/// the reader of rows would take the second for the beginning of the next row, and count its line short.
struct Lines<R> {
    inner: BufReader<R>,
    /// A carriage return was read, and not what comes after it.
    held: bool,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut made = 0;
        while made == 0 && !out.is_empty() {
            let available = self.inner.fill_buf()?;
            if available.is_empty() {
                if std::mem::take(&mut self.held) {
                    out[0] = b'\r';
                    made = 1;
                }
                return Ok(made);
            }
            let mut used = 0;
            while let (Some(byte), true) = (available.get(used), made < out.len()) {
                if std::mem::take(&mut self.held) && *byte != b'\n' {
                    out[made] = b'\r';
                    made += 1;
                    continue;
                }
                used += 1;
                if *byte == b'\r' {
                    self.held = true;
                } else {
                    out[made] = *byte;
                    made += 1;
                }
            }
            self.inner.consume(used);
        }
        Ok(made)
    }
}

pub(super) fn decoded(encoding: Encoding, cell: &[u8]) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(cell).ok().map(Cow::Borrowed),
        Encoding::Windows1252 => {
            let letter = |byte: &u8| match byte {
                0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
                other => char::from(*other),
            };
            Some(cell.iter().map(letter).collect::<String>().into())
        }
    }
}

pub(super) fn trimmed(cell: &str) -> String {
    unescaped(cell.trim()).trim().to_owned()
}

/// The header, and where each field stands in it.
pub(super) struct Sheet<'a> {
    pub mapping: &'a Mapping,
    /// Decimals of the hotel's currency.
    pub digits: u8,
    pub names: Vec<String>,
    pub places: HashMap<Field, Vec<usize>>,
    /// Columns, and what they say in rows that are left out.
    pub skips: Vec<(usize, &'a str)>,
}

impl<'a> Sheet<'a> {
    fn new(mapping: &'a Mapping, digits: u8, names: Vec<String>) -> Result<Self, DeskError> {
        let place = |wanted: &String| {
            let mut found = names.iter().enumerate().filter(|(_, name)| *name == wanted);
            match (found.next(), found.next()) {
                (Some((at, _)), None) => Ok(at),
                (Some(_), Some(_)) => Err(DeskError::said(
                    Words::here()
                        .say("bad-column-twice")
                        .with("column", wanted.to_string()),
                )),
                (None, _) => Err(DeskError::said(
                    Words::here()
                        .say("bad-column-missing")
                        .with("column", wanted.to_string())
                        .with("list", format!("\"{}\"", names.join("\", \""))),
                )),
            }
        };
        let mut places = HashMap::new();
        for (field, columns) in &mapping.columns {
            let found: Result<Vec<usize>, DeskError> = columns.names().iter().map(place).collect();
            places.insert(*field, found?);
        }
        let skips = mapping.skip.iter();
        let skips: Result<Vec<(usize, &str)>, DeskError> = skips
            .map(|skip| Ok((place(&skip.column)?, skip.equals.as_str())))
            .collect();
        Ok(Self {
            mapping,
            digits,
            skips: skips?,
            places,
            names,
        })
    }
}
