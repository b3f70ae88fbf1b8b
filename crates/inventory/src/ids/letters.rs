//! Whose a short number is, by its first letters.

use uuid::Uuid;

use super::ShortNumber;

/// The letters of a desk, out of those with which a number of its begins: what the centre makes for a
/// desk that asked has a Z before them, and two what a desk has not settled yet. No desk's own begin so.
pub fn own_letters(letters: &str) -> &str {
    letters.trim_start_matches('Z')
}

impl ShortNumber {
    /// The letters of the desk for which it was given.
    pub fn desk(&self) -> &str {
        own_letters(self.letters())
    }

    /// The letters with which it begins.
    pub fn letters(&self) -> &str {
        let letters = self.0.bytes().take_while(u8::is_ascii_uppercase).count();
        &self.0[..letters]
    }

    /// Whether the centre gave it: no desk has letters that begin with one Z. What begins with two of them a desk
    /// gave that was in doubt.
    pub fn is_the_centres(&self) -> bool {
        self.0.starts_with('Z') && !self.0.starts_with("ZZ")
    }

    /// The number of something that had this one, and gave it up: of an object with that identity no other one gets it.
    #[must_use]
    pub fn given_up(&self, id: Uuid) -> Self {
        let letters = self.0.trim_end_matches(|c: char| c.is_ascii_digit());
        let apart = id.as_u128() % 1_000_000;
        Self(format!("X{letters}{}{apart:06}", self.count()).into_boxed_str())
    }
}
