//! What Keyrack says to people: refusals, what was done, what happened, alerts; in five languages.
//!
//! The messages stand in `locales/*.ftl` (Project Fluent), one file a language with the same messages and
//! arguments in each; a test compares them. Which message fits is decided here by an exhaustive match, so that
//! a new refusal without words does not compile. Nothing here decides anything.

mod bundle;
mod language;
mod refusal;

pub use bundle::Say;
pub use language::Language;

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use keyrack_inventory::Night;

/// The words of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

/// English: what scripts and logs read.
pub const ENGLISH: Words = Words::of(Language::En);

/// What this process speaks; a window sets it to the language of its page.
static SPOKEN: AtomicU8 = AtomicU8::new(Language::En as u8);

/// Whether this process has a window: what is done there by a tick is done by an option on the command line.
static IN_WINDOW: AtomicBool = AtomicBool::new(false);

/// From now on this process speaks `language`, in a window. Programs for scripts never call this.
pub fn speak(language: Language) {
    SPOKEN.store(language as u8, Ordering::Relaxed);
    IN_WINDOW.store(true, Ordering::Relaxed);
}

/// The argument `face` of every message: where its sentence is read.
fn face() -> &'static str {
    if IN_WINDOW.load(Ordering::Relaxed) {
        "window"
    } else {
        "line"
    }
}

impl Words {
    /// The words of the language that this process speaks: English until [`speak`] says otherwise.
    pub fn here() -> Self {
        let spoken = SPOKEN.load(Ordering::Relaxed);
        let found = Language::ALL.into_iter().find(|each| *each as u8 == spoken);
        Self::of(found.unwrap_or_default())
    }

    /// The words of a language.
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// Which language it is.
    pub const fn language(self) -> Language {
        self.language
    }

    /// Begins the message `id`, whose arguments follow.
    pub fn say<'a>(self, id: &str) -> Say<'a> {
        Say::new(self.language, id)
    }

    /// A message that has no arguments.
    pub fn plain(self, id: &str) -> String {
        self.say(id).text()
    }

    /// A state or step within a sentence; an unknown one is said as it is written.
    pub fn word(self, word: &str) -> String {
        self.say(&format!("word-{word}"))
            .known()
            .unwrap_or_else(|| word.replace('_', " "))
    }

    /// What was done, by the kind of command or act, with what it was about.
    pub fn did(self, kind: &str, object: &str) -> String {
        let kind = match kind {
            "convert_hold" => "reserve",
            kind => kind,
        };
        self.say(&format!("did-{kind}"))
            .with("object", object)
            .known()
            .unwrap_or_else(|| {
                format!("{} {object}", kind.replace('_', " "))
                    .trim()
                    .to_owned()
            })
    }

    /// What a kind of command or act is called by itself: "Checked in".
    pub fn deed(self, kind: &str) -> String {
        let said = self.say(&format!("did-{kind}")).with("object", "").known();
        let said = said.unwrap_or_else(|| kind.replace('_', " "));
        said.trim_end_matches(|end: char| end == ':' || end.is_whitespace())
            .to_owned()
    }

    /// A night as people read it: "Fri 27 Nov 2026".
    pub fn night(self, night: Night) -> String {
        let (language, date) = (self.language, night.date());
        date.format_localized(language.date(), language.locale())
            .to_string()
    }

    /// A date without its weekday: "27 Nov 2026".
    pub fn date(self, date: chrono::NaiveDate) -> String {
        let (language, locale) = (self.language, self.language.locale());
        let form = language.date().trim_start_matches("%a ");
        date.format_localized(form, locale).to_string()
    }

    /// A whole number as people read it: with a true minus, and its thousands apart.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut said = String::from(if number < 0 { "−" } else { "" });
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                said.push(self.language.marks().0);
            }
            said.push(digit);
        }
        said
    }

    /// An object as the audit trail names it, with its nights as people read them: "DBL, Fri 27 Nov 2026" for
    /// `DBL 2026-11-27..2026-11-28`. A span is told by its first and its last night; a number stays as it is.
    pub fn object(self, object: &str) -> String {
        let (pool, nights) = object.rsplit_once(' ').unwrap_or(("", object));
        let Some(nights) = self.nights(nights) else {
            return object.to_owned();
        };
        match pool {
            "" => nights,
            "house" => format!("{}, {nights}", self.plain("house")),
            pool => format!("{pool}, {nights}"),
        }
    }

    /// A night or a half-open span of nights, as they are written for programs.
    fn nights(self, written: &str) -> Option<String> {
        let Some((from, to)) = written.split_once("..") else {
            return Some(self.night(written.parse().ok()?));
        };
        let (from, to) = (from.parse::<Night>().ok()?, to.parse::<Night>().ok()?);
        let last = to.plus(-1);
        if last <= from {
            return Some(self.night(from));
        }
        let span = self.say("nights-span").with("from", self.night(from));
        Some(span.with("last", self.night(last)).text())
    }

    /// So many rooms.
    pub fn rooms(self, count: i64) -> String {
        self.say("rooms").with("count", count).text()
    }

    /// States or steps as a list: "a, b or c".
    pub fn choice(self, list: &[String]) -> String {
        let mut spoken: Vec<String> = list.iter().map(|word| self.word(word)).collect();
        match spoken.pop() {
            None => self.plain("nothing"),
            Some(last) if spoken.is_empty() => last,
            Some(last) => self
                .say("list-end")
                .with("rest", spoken.join(", "))
                .with("last", last)
                .text(),
        }
    }

    /// What was listed, of so many.
    pub fn some_of(self, listed: &[String], count: u64) -> String {
        self.some_of_said(&listed.join(", "), listed.len(), count)
    }

    /// The same, where the list is written already.
    fn some_of_said(self, list: &str, listed: usize, count: u64) -> String {
        if u64::try_from(listed).is_ok_and(|listed| listed < count) {
            self.say("and-more").with("list", list).text()
        } else {
            list.to_owned()
        }
    }
}
