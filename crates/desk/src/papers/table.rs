//! Tables: columns that share the room, rows that go on over pages under a repeated heading.

use super::face::Style;
use super::sheet::{Align, MARGIN, Sheet};

const HEAD_HEIGHT: f32 = 17.0;
const ROW_HEIGHT: f32 = 14.5;
const GAP: f32 = 6.0;

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    title: String,
    /// Its share of the room.
    share: f32,
    align: Align,
}

/// A column of words.
pub(super) fn words(title: &str, share: f32) -> Column {
    Column {
        title: title.to_uppercase(),
        share,
        align: Align::Left,
    }
}

/// A column of figures.
pub(super) fn figures(title: &str, share: f32) -> Column {
    Column {
        title: title.to_uppercase(),
        share,
        align: Align::Right,
    }
}

/// A row, and whether it is a sum.
pub(super) struct Row {
    pub cells: Vec<String>,
    pub sum: bool,
}

impl From<Vec<String>> for Row {
    fn from(cells: Vec<String>) -> Self {
        Self { cells, sum: false }
    }
}

/// The height of a heading with its first rows, so that it is not left alone at a page's foot.
pub(super) const BEGINNING: f32 = HEAD_HEIGHT + 2.0 * ROW_HEIGHT;

/// Puts down a table. `from` is the share of the room that is left free at its left.
pub(super) fn table(sheet: &mut Sheet, from: f32, columns: &[Column], rows: &[Row]) {
    let left = MARGIN + from * sheet.room();
    let room = sheet.room() * (1.0 - from);
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let mut places = Vec::with_capacity(columns.len());
    let mut x = left;
    for column in columns {
        let width = room * column.share / shares;
        places.push((x, width - GAP, column.align));
        x += width;
    }
    // The last column ends at the margin.
    if let Some(last) = places.last_mut() {
        last.1 += GAP;
    }
    sheet.need(BEGINNING);
    head(sheet, columns, &places, (left, room));
    for row in rows {
        if sheet.need(ROW_HEIGHT) {
            head(sheet, columns, &places, (left, room));
        }
        let style = if row.sum {
            Style::CELL.strong()
        } else {
            Style::CELL
        };
        sheet.y += ROW_HEIGHT - 4.5;
        for (cell, (x, width, align)) in row.cells.iter().zip(&places) {
            sheet.put(*x, *width, *align, style, cell);
        }
        sheet.y += 4.5;
        sheet.rule(left, room, 225);
    }
}

fn head(
    sheet: &mut Sheet,
    columns: &[Column],
    places: &[(f32, f32, Align)],
    (left, room): (f32, f32),
) {
    sheet.y += HEAD_HEIGHT - 6.0;
    for (column, (x, width, align)) in columns.iter().zip(places) {
        sheet.put(*x, *width, *align, Style::HEAD, &column.title);
    }
    sheet.y += 5.0;
    sheet.rule(left, room, 120);
    sheet.y += 1.0;
}
