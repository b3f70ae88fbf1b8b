//! Codes and tokens: made of random bits, stored as hashes.

use keyrack_wire::{ALPHABET, Secret, grouped};
use sha2::{Digest, Sha256};

/// No random bits could be had.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub struct NoChance(getrandom::Error);

/// A desk's token: 256 bits.
///
/// # Errors
/// Where the system gives no random numbers.
pub fn token() -> Result<Secret, NoChance> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(NoChance)?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Secret::try_from(text).expect("64 hexadecimal digits are a token"))
}

/// A one-time code that can be read aloud: five groups of five, 125 bits.
///
/// # Errors
/// Where the system gives no random numbers.
pub fn code() -> Result<Secret, NoChance> {
    let mut bytes = [0_u8; 25];
    getrandom::fill(&mut bytes).map_err(NoChance)?;
    let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let code = grouped(letters.into_iter());
    Ok(Secret::try_from(code).expect("letters, digits and - are a code"))
}

/// What is stored of a code or token.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_tokens_differ_and_can_be_read() {
        let (one, other) = (code().unwrap(), code().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 29);
        assert!(!one.reveal().contains(['0', 'O', '1', 'I']));
        assert_eq!(token().unwrap().reveal().len(), 64);
        assert_ne!(token().unwrap(), token().unwrap());
    }
}
