//! The messages of each language, read once, and how one is said.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::Language;

type Bundle = FluentBundle<FluentResource>;

/// A message that is being said.
#[derive(Debug)]
pub struct Say<'a> {
    language: Language,
    id: String,
    /// The message that names what it is about.
    what: Option<String>,
    args: FluentArgs<'a>,
}

impl<'a> Say<'a> {
    pub(crate) fn new(language: Language, id: &str) -> Self {
        let mut args = FluentArgs::new();
        args.set("face", crate::face());
        Self {
            language,
            id: id.to_owned(),
            what: None,
            args,
        }
    }

    /// Gives it an argument: a text or a number.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FluentValue<'a>>) -> Self {
        self.args.set(Cow::Borrowed(name), value);
        self
    }

    /// Gives it as `what` the words of another message, which names what is told of.
    #[must_use]
    pub fn of(mut self, what: &str) -> Self {
        self.args.set("what", Self::new(self.language, what).text());
        self.what = Some(what.to_owned());
        self
    }

    /// The message that names what is told of, or else this one.
    pub fn about(&self) -> &str {
        self.what.as_deref().unwrap_or(&self.id)
    }

    /// The sentence.
    ///
    /// # Panics
    /// Where there is no such message: a mistake of the program, which the tests of every message find.
    pub fn text(self) -> String {
        let id = self.id.clone();
        self.known()
            .unwrap_or_else(|| panic!("there is no message {id}"))
    }

    /// The sentence, if there is such a message.
    pub fn known(self) -> Option<String> {
        let bundle = bundle(self.language);
        let pattern = bundle.get_message(&self.id)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&self.args), &mut errors);
        debug_assert!(errors.is_empty(), "{}: {errors:?}", self.id);
        Some(text.trim().to_owned())
    }
}

fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    BUNDLES[language as usize].get_or_init(|| read(language))
}

fn read(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language
        .tag()
        .parse()
        .expect("each language has a valid tag");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Marks that isolate the directions of texts would show as boxes in a terminal and in a log.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(language.messages().to_owned())
        .expect("the messages that are compiled in can be read: a test reads all of them");
    bundle
        .add_resource(resource)
        .expect("no message stands twice in a language's file: a test reads all of them");
    bundle
}
