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

    /// Whether it may be given to something else once its centre was restored from a copy: by the centre itself, which
    /// counts from where the copy stood, or by a desk whose letters are given anew, or whose own file is an older copy.
    /// What `desk` gave it counts on from, and so does the centre of its own (Z alone).
    pub fn may_be_given_again(&self, desk: &str) -> bool {
        let letters = self.letters();
        let is_own =
            self.desk() == own_letters(desk) && (letters == self.desk() || self.is_unsettled());
        !is_own && letters != "Z" && !self.is_given_up()
    }

    /// Whether a desk gave it that was in doubt.
    fn is_unsettled(&self) -> bool {
        self.0.starts_with("ZZ") && !self.is_given_up()
    }

    /// Whether it is the number of something that gave its own up, which nobody counts on from.
    pub fn is_given_up(&self) -> bool {
        self.0.starts_with("ZZZ")
    }

    /// The number of something that had this one, and gave it up: of an object with that identity no other one gets it.
    #[must_use]
    pub fn given_up(&self, id: Uuid) -> Self {
        let letters = self.0.trim_end_matches(|c: char| c.is_ascii_digit());
        let (letters, apart) = (own_letters(letters), id.as_u128() % 1_000_000);
        let count = self.count() % 1_000_000_000_000;
        Self(format!("ZZZ{letters}{count}{apart:06}").into_boxed_str())
    }
}
