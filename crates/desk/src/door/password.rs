//! Passwords and tokens: how they are made, hashed and compared.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use keyrack_words::Words;

use crate::error::DeskError;

/// Memory of a hash, in KiB.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
const SHORTEST: usize = 10;
const LONGEST: usize = 200;
/// Different characters that a password has at least.
const LEAST_DIFFERENT: usize = 5;
/// What people choose first, and who guesses tries first.
const COMMON: [&str; 12] = [
    "password",
    "passwort",
    "123456789",
    "qwertyuiop",
    "qwertzuiop",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "changeme",
    "reception",
    "keyrack",
];

/// A password on its way: it is never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// What was typed.
    pub fn new(typed: &str) -> Self {
        Self(typed.to_owned())
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

fn hasher() -> Argon2<'static> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the figures are within bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Password {
    /// Whether somebody of this name may have it.
    ///
    /// # Errors
    /// Where it is too short, too long or too easily guessed.
    pub fn check(&self, name: &str) -> Result<(), DeskError> {
        let length = self.0.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            let range = Words::here().say("bad-password-length");
            return Err(DeskError::said(
                range.with("least", SHORTEST).with("most", LONGEST),
            ));
        }
        let small = self.0.to_lowercase();
        let mut different: Vec<char> = small.chars().collect();
        different.sort_unstable();
        different.dedup();
        // A known word with a little around it is that word.
        let known = |word: &str| small.contains(word) && length < word.chars().count() + 6;
        if different.len() < LEAST_DIFFERENT
            || COMMON.into_iter().any(known)
            || known(&name.to_lowercase())
        {
            return Err(DeskError::said(Words::here().say("bad-password-guessed")));
        }
        Ok(())
    }

    /// Its hash, with the figures in it, as a PHC string. Takes a tenth of a second or more.
    ///
    /// # Errors
    /// Where the machine gives no memory or no random bytes.
    pub fn hash(&self) -> Result<String, DeskError> {
        let made = hasher().hash_password(self.0.as_bytes());
        Ok(made.map_err(DeskError::machine)?.to_string())
    }

    /// Whether it is the one that was hashed. Takes as long where there is none to compare with, so
    /// that the time does not tell who works here.
    pub fn matches(&self, stored: Option<&str>) -> bool {
        const NOBODY: &str = "$argon2id$v=19$m=65536,t=3,p=1$MDAwMDAwMDAwMDAwMDAwMA$\
            MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA";
        let same = PasswordHash::new(stored.unwrap_or(NOBODY))
            .is_ok_and(|hash| hasher().verify_password(self.0.as_bytes(), &hash).is_ok());
        same && stored.is_some()
    }
}

/// A token of 256 random bits, in hexadecimal.
///
/// # Errors
/// Where the machine gives no random bytes.
pub fn new_token() -> Result<String, DeskError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(DeskError::machine)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is kept of a token, or of a name that was typed.
pub fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_the_figures_in_it_and_matches_its_password_alone() {
        let password = Password::new("nine green lamps");
        let hash = password.hash().unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"),
            "{hash}"
        );
        assert!(password.matches(Some(&hash)));
        assert!(!Password::new("nine green lamp").matches(Some(&hash)));
        assert!(!password.matches(None));
        assert_ne!(hash, password.hash().unwrap(), "salted");
        assert!(PasswordHash::new("$argon2id$v=19$m=65536,t=3,p=1$MDAwMDAwMDAwMDAwMDAwMA$MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA").is_ok());
    }

    #[test]
    fn what_is_short_or_common_is_refused() {
        for typed in [
            "short",
            "123456789",
            "aaaaaaaaaaaaaaa",
            "password12",
            "Passwort2026",
            "qwertyuiop1",
            "Magdalena1",
            "1212121212121",
        ] {
            assert!(Password::new(typed).check("magdalena").is_err(), "{typed}");
        }
        for typed in ["nine green lamps", "Tr0mbone+Quay", "наша гостиница"] {
            Password::new(typed).check("magdalena").unwrap();
        }
        assert!(!format!("{:?}", Password::new("nine green lamps")).contains("nine"));
    }

    #[test]
    fn tokens_differ_and_have_256_bits() {
        let (first, second) = (new_token().unwrap(), new_token().unwrap());
        assert_ne!(first, second);
        assert_eq!(first.len(), 64);
    }
}
