//! What is said in a window is of the window. It stands alone in its process, since a process has a window or has none.

#![allow(clippy::unwrap_used, reason = "a surprise is what stops a test")]

mod messages;

use keyrack_words::{Language, Words, speak};
use messages::{FILES, messages};

/// Who reads this works with the command line.
const OF_THE_LINE: &str = "door-unknown-actor";

/// What a message says in each language.
fn said<'a>(id: &str, names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let names: Vec<&'static str> = names.map(|name| &*name.clone().leak()).collect();
    let words = Language::ALL.map(Words::of).into_iter();
    let say = words.map(|words| {
        let given = names.iter().filter(|name| **name != "face");
        let say = words.say(id);
        given.fold(say, |say, name| say.with(name, 2)).text()
    });
    say.collect()
}

#[test]
fn no_sentence_of_a_window_has_an_option_of_the_command_line() {
    let messages = messages(FILES[0].1);
    let of_the_line = |text: &String| text.contains("--") && !text.contains("keyrackctl");
    let before = said("bad-export-there", messages["bad-export-there"].iter());
    assert!(before.iter().all(of_the_line), "{before:?}");
    speak(Language::En);
    for (id, names) in messages.iter().filter(|(id, _)| *id != OF_THE_LINE) {
        for text in said(id, names.iter()) {
            assert!(!of_the_line(&text), "{id}: {text}");
        }
    }
}
