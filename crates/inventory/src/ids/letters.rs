//! Whose a short number is, by its first letters.

use super::ShortNumber;

/// The letters of a desk, out of those with which a number of its begins: what the centre makes for a
/// desk that asked has a Z before them, with which no desk's own begin.
pub fn own_letters(letters: &str) -> &str {
    letters.strip_prefix('Z').unwrap_or(letters)
}

impl ShortNumber {
    /// The letters of the desk for which it was given.
    pub fn desk(&self) -> &str {
        let letters = self.0.bytes().take_while(u8::is_ascii_uppercase).count();
        own_letters(&self.0[..letters])
    }
}
