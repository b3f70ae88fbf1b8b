//! What a centre gives to somebody who shall join: a one-time code, and by what its own authority is known.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name for which such an authority vouches, wherever its centre stands.
pub const AUTHORITY_NAME: &str = "centre.keyrack.internal";

/// Without letters and digits that are mistaken for each other.
pub const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters of a group, and groups of a code and of a fingerprint: each of them has 125 bits.
const GROUP: usize = 5;
const GROUPS: usize = 5;

/// By what the certificate of a centre's own authority is known: five groups of five letters, the first 125 bits of
/// its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// That of a certificate in DER.
    pub fn of(certificate: &[u8]) -> Self {
        let digest = Sha256::digest(certificate);
        let bit = |at: usize| usize::from(digest[at / 8] >> (7 - at % 8) & 1);
        let letter = |at: usize| (0..5).fold(0, |letter, next| letter * 2 + bit(at * 5 + next));
        let letters = (0..GROUP * GROUPS).map(|at| char::from(ALPHABET[letter(at)]));
        Self(grouped(letters))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters in groups of five.
pub fn grouped(letters: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(letter);
    }
    text
}

/// The code that the centre is told, and the fingerprint behind it where there is one. What is read aloud is typed in
/// small letters too.
pub fn parted(given: &str) -> (String, Option<Fingerprint>) {
    let given = given.trim().to_ascii_uppercase();
    let groups: Vec<&str> = given.split('-').collect();
    let are_groups = groups.iter().all(|group| group.len() == GROUP);
    match are_groups && groups.len() == 2 * GROUPS {
        true => {
            let (code, fingerprint) = groups.split_at(GROUPS);
            (code.join("-"), Some(Fingerprint(fingerprint.join("-"))))
        }
        false => (given, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_parted_from_the_fingerprint_behind_it() {
        let fingerprint = Fingerprint::of(b"certificate");
        let code = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2";
        assert_eq!(fingerprint.as_str().len(), 29);
        assert_ne!(fingerprint, Fingerprint::of(b"another"));
        let given = format!(" {code}-{} ", fingerprint.as_str()).to_lowercase();
        assert_eq!(parted(&given), (code.to_owned(), Some(fingerprint)));
        assert_eq!(parted(code), (code.to_owned(), None));
    }
}
