//! The typeface of papers, and what fits into how much room.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");

/// What stands for a character that the typeface lacks.
const LACKING: char = '?';
/// What stands for what was cut off.
const CUT: char = '…';

/// One weight of the typeface.
pub(super) struct Face {
    pub font: Font,
    metrics: FontRef<'static>,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    pub bold: bool,
    /// 0 is black, 255 white.
    pub grey: u8,
}

impl Style {
    pub const TEXT: Self = Self::sized(9.0);
    pub const LABEL: Self = Self::sized(7.5).quiet();
    pub const CELL: Self = Self::sized(8.0);
    pub const HEAD: Self = Self::sized(7.0).strong().quiet();
    pub const SECTION: Self = Self::sized(11.0).strong();
    pub const TITLE: Self = Self::sized(17.0).strong();

    pub const fn sized(size: f32) -> Self {
        Self {
            size,
            bold: false,
            grey: 25,
        }
    }

    pub const fn strong(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn quiet(self) -> Self {
        Self { grey: 105, ..self }
    }
}

/// Both weights, read once.
fn faces() -> &'static [Face; 2] {
    static FACES: OnceLock<[Face; 2]> = OnceLock::new();
    FACES.get_or_init(|| [REGULAR, BOLD].map(Face::read))
}

pub(super) fn face(bold: bool) -> &'static Face {
    &faces()[usize::from(bold)]
}

impl Face {
    fn read(bytes: &'static [u8]) -> Self {
        Self {
            font: Font::new(bytes.into(), 0).expect("the program carries a font that can be read"),
            metrics: FontRef::new(bytes).expect("the program carries a font that can be read"),
        }
    }

    fn has(&self, letter: char) -> bool {
        self.metrics.charmap().map(letter).is_some()
    }

    /// The glyphs of a text that is clean, with advances as a share of the size.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let (charmap, metrics) = (self.metrics.charmap(), self.advances());
        let glyph = |(at, letter): (usize, char)| {
            let id = charmap.map(letter).unwrap_or_default();
            let advance = metrics.advance_width(id).unwrap_or_default();
            KrillaGlyph {
                glyph_id: GlyphId::new(id.to_u32()),
                text_range: at..at + letter.len_utf8(),
                x_advance: advance / self.font.units_per_em(),
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            }
        };
        text.char_indices().map(glyph).collect()
    }

    fn advances(&self) -> skrifa::metrics::GlyphMetrics<'static> {
        self.metrics
            .glyph_metrics(Size::unscaled(), LocationRef::default())
    }
}

/// Written from right to left, or with letters that join: to be set by rules that are not here.
fn needs_setting(letter: char) -> bool {
    matches!(u32::from(letter), 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff)
}

/// Marks that show nothing by themselves.
fn is_invisible(letter: char) -> bool {
    matches!(u32::from(letter), 0x00ad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
        | 0xfe00..=0xfe0f | 0xfeff)
}

thread_local! {
    /// What was lacking since somebody began to watch.
    static LACKED: RefCell<BTreeSet<char>> = const { RefCell::new(BTreeSet::new()) };
}

/// Does the work, and gives the characters that it wanted and the typeface lacks, each once.
pub(super) fn watched<T>(work: impl FnOnce() -> T) -> (T, String) {
    LACKED.with_borrow_mut(BTreeSet::clear);
    let done = work();
    let lacked = LACKED.with_borrow_mut(std::mem::take);
    (done, lacked.into_iter().collect())
}

/// The text in what the typeface has: spaces for control characters, a question mark for what is
/// lacking.
pub(super) fn clean(text: &str) -> String {
    let known = |letter: char| {
        let has = || faces().iter().all(|face| face.has(letter));
        if letter.is_control() || letter.is_whitespace() {
            ' '
        } else if needs_setting(letter) || !has() {
            LACKED.with_borrow_mut(|lacked| lacked.insert(letter));
            LACKING
        } else {
            letter
        }
    };
    let visible = text.chars().filter(|letter| !is_invisible(*letter));
    visible.map(known).collect()
}

/// How wide a clean text is.
pub(super) fn width(text: &str, style: Style) -> f32 {
    let glyphs = face(style.bold).glyphs(text);
    glyphs
        .iter()
        .map(|glyph| glyph.x_advance * style.size)
        .sum()
}

/// The text cut with an ellipsis, where it is wider than there is room.
pub(super) fn fitted(text: &str, style: Style, room: f32) -> String {
    let text = clean(text);
    let text = text.trim();
    if width(text, style) <= room {
        return text.to_owned();
    }
    let glyphs = face(style.bold).glyphs(text);
    let mut left = room - width(&CUT.to_string(), style);
    let mut end = 0;
    for glyph in glyphs {
        left -= glyph.x_advance * style.size;
        if left < 0.0 {
            break;
        }
        end = glyph.text_range.end;
    }
    format!("{}{CUT}", text[..end].trim_end())
}

/// The text in lines no wider than the room, so many at most; the last is cut.
pub(super) fn wrapped(text: &str, style: Style, room: f32, most: usize) -> Vec<String> {
    let text = clean(text);
    let mut lines: Vec<String> = Vec::new();
    let mut rest: Vec<&str> = text.split_whitespace().collect();
    rest.reverse();
    while let Some(word) = rest.pop() {
        let mut line = word.to_owned();
        if lines.len() + 1 == most {
            for word in rest.drain(..).rev() {
                line.push(' ');
                line.push_str(word);
            }
        }
        while let Some(word) = rest.last() {
            if width(&format!("{line} {word}"), style) > room {
                break;
            }
            line.push(' ');
            line.push_str(word);
            rest.pop();
        }
        lines.push(fitted(&line, style, room));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_typeface_lacks_is_a_question_mark_and_breaks_nothing() {
        for (text, expected) in [
            ("Ana Müller-Łukasz", "Ana Müller-Łukasz"),
            ("Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος"),
            ("Дмитрий Щербаков", "Дмитрий Щербаков"),
            ("王小明", "???"),
            ("Kim 🏨 Lee", "Kim ? Lee"),
            ("שלום", "????"),
            ("a\u{200d}b\tc\nd\u{0}e", "ab c d e"),
            ("€ £ № – “x”", "€ £ № – “x”"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }

    #[test]
    fn what_is_lacking_is_told_once_and_of_this_work_alone() {
        clean("王");
        let (_, lacking) = watched(|| clean("Ana 小明小"));
        assert_eq!(lacking, "小明");
        assert_eq!(watched(|| clean("Ana")).1, "");
    }

    #[test]
    fn a_text_is_cut_where_it_does_not_fit() {
        let long =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        for room in [12.0, 40.0, 130.0, 300.0] {
            let cut = fitted(long, Style::CELL, room);
            assert!(width(&cut, Style::CELL) <= room, "{cut}");
            assert!(cut.ends_with('…') && long.starts_with(cut.trim_end_matches('…')));
        }
        assert_eq!(fitted(" short ", Style::CELL, 100.0), "short");
    }

    #[test]
    fn a_text_is_wrapped_between_words() {
        let lines = wrapped(
            "one two three four five six seven eight nine",
            Style::TEXT,
            50.0,
            3,
        );
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| width(line, Style::TEXT) <= 50.0));
        assert!(lines[2].ends_with('…'));
        assert_eq!(wrapped("", Style::TEXT, 50.0, 3), Vec::<String>::new());
    }
}
