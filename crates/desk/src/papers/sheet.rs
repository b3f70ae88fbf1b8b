//! Sheets of paper: texts and rules put down from above, and written as PDF when all pages are known.
//!
//! The same marks give the same bytes: nothing here asks a clock or chance.

use keyrack_inventory::Night;
use keyrack_words::Words;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::{Document, SerializeSettings};

use super::face::{Style, clean, face, fitted, width};
use crate::error::DeskError;

/// Around what is printed, in points.
pub(super) const MARGIN: f32 = 48.0;
/// Where the foot of a page begins, from below.
const FOOT: f32 = 58.0;
const HAIR: f32 = 0.5;

/// The size of a page, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Format {
    pub width: f32,
    pub height: f32,
}

impl Format {
    const A4: Self = Self {
        width: 595.28,
        height: 841.89,
    };
    const LETTER: Self = Self {
        width: 612.0,
        height: 792.0,
    };

    /// The format of a setting's word.
    pub fn named(word: &str) -> Self {
        if word == "letter" {
            Self::LETTER
        } else {
            Self::A4
        }
    }
}

/// Where a text stands in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

enum Mark {
    Text {
        x: f32,
        y: f32,
        style: Style,
        text: String,
    },
    Rule {
        x: f32,
        y: f32,
        width: f32,
        grey: u8,
    },
}

/// What stands on every page.
pub(super) struct Frame {
    /// Above each page but the first, at the left.
    pub running: String,
    /// Below each page, at the left.
    pub foot: String,
    /// The document's title and date, for who looks at its properties.
    pub title: String,
    pub author: String,
    pub date: Night,
}

/// Pages that are being written.
pub(super) struct Sheet {
    format: Format,
    frame: Frame,
    pages: Vec<Vec<Mark>>,
    /// How far down the page is filled.
    pub y: f32,
}

impl Sheet {
    pub fn new(format: Format, frame: Frame) -> Self {
        Self {
            format,
            frame,
            pages: vec![Vec::new()],
            y: MARGIN,
        }
    }

    /// The room between the margins.
    pub fn room(&self) -> f32 {
        self.format.width - 2.0 * MARGIN
    }

    /// Another page, with the running head.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
        let running = self.frame.running.clone();
        let room = self.room();
        self.put(MARGIN, room, Align::Left, Style::LABEL, &running);
        self.y += 6.0;
        self.rule(MARGIN, room, 190);
        self.y += 20.0;
    }

    /// Turns the page where less than this is left of it. Says whether it did.
    pub fn need(&mut self, height: f32) -> bool {
        let full = self.y + height > self.format.height - FOOT - 12.0;
        if full {
            self.turn();
        }
        full
    }

    /// Puts a text on the line, cut to its room.
    pub fn put(&mut self, x: f32, room: f32, align: Align, style: Style, text: &str) {
        let y = self.y;
        self.put_at(y, (x, room), align, style, text);
    }

    fn put_at(&mut self, y: f32, (x, room): (f32, f32), align: Align, style: Style, text: &str) {
        let text = fitted(text, style, room);
        let x = match align {
            Align::Left => x,
            Align::Right => x + room - width(&text, style),
        };
        self.mark(Mark::Text { x, y, style, text });
    }

    /// A thin rule on the line.
    pub fn rule(&mut self, x: f32, width: f32, grey: u8) {
        let y = self.y;
        self.mark(Mark::Rule { x, y, width, grey });
    }

    fn mark(&mut self, mark: Mark) {
        let page = self.pages.last_mut();
        page.expect("there is a page from the beginning on")
            .push(mark);
    }

    /// The heading of a part of the paper, with what follows on the same page.
    pub fn section(&mut self, title: &str, follows: f32) {
        if !self.need(34.0 + follows) {
            self.y += 22.0;
        }
        let room = self.room();
        self.put(MARGIN, room, Align::Left, Style::SECTION, title);
        self.y += 14.0;
    }

    /// A paragraph in small grey letters.
    pub fn note(&mut self, text: &str) {
        let room = self.room();
        for line in super::face::wrapped(text, Style::LABEL, room, 6) {
            self.need(11.0);
            self.put(MARGIN, room, Align::Left, Style::LABEL, &line);
            self.y += 11.0;
        }
    }

    /// Writes it all as PDF.
    pub fn pdf(mut self) -> Result<Vec<u8>, DeskError> {
        self.add_feet();
        let mut document = Document::new_with(SerializeSettings {
            enable_tagging: false,
            ..SerializeSettings::default()
        });
        document.set_metadata(self.metadata());
        for marks in &self.pages {
            let settings = PageSettings::from_wh(self.format.width, self.format.height)
                .expect("a format has a size");
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, mark);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| {
            let failed = Words::here().say("bad-paper");
            DeskError::said(failed.with("why", format!("{error:?}")))
        })
    }

    fn add_feet(&mut self) {
        let count = self.pages.len();
        let (room, foot) = (self.room(), self.frame.foot.clone());
        let y = self.format.height - FOOT;
        for at in 0..count {
            let number = format!("Page {} of {count}", at + 1);
            let mut line = vec![Mark::Rule {
                x: MARGIN,
                y,
                width: room,
                grey: 190,
            }];
            let right = width(&number, Style::LABEL);
            line.push(Mark::Text {
                x: MARGIN,
                y: y + 14.0,
                style: Style::LABEL,
                text: fitted(&foot, Style::LABEL, room - right - 20.0),
            });
            line.push(Mark::Text {
                x: MARGIN + room - right,
                y: y + 14.0,
                style: Style::LABEL,
                text: number,
            });
            self.pages[at].extend(line);
        }
    }

    fn metadata(&self) -> Metadata {
        let text = self.frame.date.to_string();
        let part =
            |at: usize, len: usize| text.get(at..at + len).and_then(|part| part.parse().ok());
        let date = DateTime::new(part(0, 4).unwrap_or(1))
            .month(u8::try_from(part(5, 2).unwrap_or(1)).unwrap_or(1))
            .day(u8::try_from(part(8, 2).unwrap_or(1)).unwrap_or(1));
        Metadata::new()
            .title(clean(&self.frame.title))
            .authors(vec![clean(&self.frame.author)])
            .creator("Keyrack".to_owned())
            .language("en".to_owned())
            .creation_date(date)
    }
}

fn draw(surface: &mut krilla::surface::Surface<'_>, mark: &Mark) {
    let fill = |grey| Fill {
        paint: luma::Color::new(grey).into(),
        ..Fill::default()
    };
    match mark {
        Mark::Text { x, y, style, text } => {
            let face = face(style.bold);
            surface.set_fill(Some(fill(style.grey)));
            let start = Point::from_xy(*x, *y);
            let glyphs = face.glyphs(text);
            surface.draw_glyphs(start, &glyphs, face.font.clone(), text, style.size, false);
        }
        Mark::Rule { x, y, width, grey } => {
            surface.set_fill(Some(fill(*grey)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, HAIR) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}
