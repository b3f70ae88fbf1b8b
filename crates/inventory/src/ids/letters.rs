//! Whose a short number is, by its first letters.

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
}
