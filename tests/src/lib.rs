//! The hands and eyes of the tests that drive the real window: a WebDriver session on it, a page that
//! is spoken to by accessible names, and the command line beside it.
//!
//! Invariants: a session has a home folder of its own, so that no test sees the user's settings or
//! another test's; whatever a session started ends with it; nothing waits by sleeping a fixed time.

#![cfg(feature = "window")]

mod accessible;
mod hotel;
mod keyboard;
mod page;
mod process;
mod session;
mod whole;

pub use hotel::{Hotel, Run};
pub use keyboard::Chord;
pub use page::Page;
pub use process::{Memory, Tree};
pub use session::{Session, programs};

/// What a step of a test gives; the first error ends the test with its sentence.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// An error with a sentence of its own.
pub fn failure<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(sentence.into().into())
}
