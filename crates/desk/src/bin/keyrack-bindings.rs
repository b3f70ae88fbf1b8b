//! Prints the window's bindings, or, with a language's tag, what the audit trail's kinds are called in it.

use keyrack_desk::bindings;
use keyrack_words::Language;

fn main() {
    match std::env::args().nth(1) {
        None => print!("{}", bindings::typescript()),
        Some(tag) => {
            let language = Language::ALL.into_iter().find(|one| one.tag() == tag);
            print!("{}", bindings::deeds(language.expect("a language's tag")));
        }
    }
}
