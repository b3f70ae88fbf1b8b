//! Card numbers have no place here: a text that holds one is refused, wherever people type.

use keyrack_words::Words;

use crate::error::DeskError;

/// Digits of the shortest and the longest card number.
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// Digits that a phone number never has: fewer may pass Luhn's test by chance, and are phones.
const NO_PHONE: usize = 16;

/// Refuses a text that holds a card number. `what` is the message that names the text.
///
/// # Errors
/// Where it does.
pub(crate) fn refuse(what: &str, text: &str) -> Result<(), DeskError> {
    if holds_card_number(text) {
        let found = Words::here().say("bad-card-number");
        return Err(DeskError::said(found.of(what)));
    }
    Ok(())
}

/// Refuses a number in another system that is a card number. One in ten numbers of its length passes the check by
/// chance, so it has to begin, and be as long, as those that issuers give out.
///
/// # Errors
/// Where it is.
pub(crate) fn refuse_issued(number: &str) -> Result<(), DeskError> {
    if holds(number, is_issued) {
        return Err(DeskError::said(Words::here().say("bad-card-issued")));
    }
    Ok(())
}

/// The beginnings that issuers give out, as so many digits, with the lengths: ISO/IEC 7812 as the networks publish it.
/// Left out are those of 13 digits and of 12, which are no longer given out and are what many systems count with.
const ISSUED: [(std::ops::RangeInclusive<u32>, usize, &[usize]); 11] = [
    (4..=4, 1, &[16, 19]),
    (51..=55, 2, &[16]),
    (2221..=2720, 4, &[16]),
    (34..=34, 2, &[15]),
    (37..=37, 2, &[15]),
    (6011..=6011, 4, &[16, 19]),
    (644..=659, 3, &[16, 19]),
    (62..=62, 2, &[16, 17, 18, 19]),
    (3528..=3589, 4, &[16, 19]),
    (300..=305, 3, &[14]),
    (36..=39, 2, &[14]),
];

fn is_issued(digits: &str) -> bool {
    ISSUED.iter().any(|(beginnings, length, lengths)| {
        let beginning = digits
            .get(..*length)
            .and_then(|digits| digits.parse::<u32>().ok());
        beginning.is_some_and(|beginning| beginnings.contains(&beginning))
            && lengths.contains(&digits.len())
    })
}

/// Refuses a phone that is a card number.
///
/// # Errors
/// Where it is.
pub(crate) fn refuse_phone(text: &str) -> Result<(), DeskError> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits >= NO_PHONE {
        refuse("what-phone", text)?;
    }
    Ok(())
}

/// Whether a run of 13 to 19 digits, with single spaces or dashes between its groups, passes Luhn's
/// test. Dates are no part of such a run.
fn holds_card_number(text: &str) -> bool {
    holds(text, |_| true)
}

fn holds(text: &str, also: fn(&str) -> bool) -> bool {
    runs(text).iter().any(|groups| {
        (0..groups.len()).any(|from| {
            let mut digits = String::new();
            groups[from..].iter().any(|group| {
                digits.push_str(group);
                DIGITS.contains(&digits.len()) && passes(&digits) && also(&digits)
            })
        })
    })
}

/// The groups of digits of each run.
fn runs(text: &str) -> Vec<Vec<String>> {
    let text = without_dates(text);
    let mut runs = vec![Vec::new()];
    let mut group = String::new();
    let mut gap = 0;
    for letter in text.chars() {
        let digit = letter.to_digit(10).or_else(|| wide_digit(letter));
        if let Some(digit) = digit {
            if group.is_empty() && gap > 3 {
                runs.push(Vec::new());
            }
            gap = 0;
            group.push(char::from_digit(digit, 10).unwrap_or('0'));
            continue;
        }
        if !group.is_empty() {
            runs.last_mut()
                .expect("there is a run")
                .push(std::mem::take(&mut group));
        }
        gap += 1;
        if !is_separator(letter) {
            runs.push(Vec::new());
            gap = 0;
        }
    }
    runs.last_mut().expect("there is a run").push(group);
    runs
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '.' | '/' | '_')
}

/// Digits as some keyboards write them.
fn wide_digit(letter: char) -> Option<u32> {
    let at = u32::from(letter).checked_sub(u32::from('\u{FF10}'))?;
    (at < 10).then_some(at)
}

/// The text with every date like 2026-06-01 taken out: two of them have as many digits as a card.
fn without_dates(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let free = |place: usize| {
            letters
                .get(place)
                .is_none_or(|letter| !letter.is_ascii_digit())
        };
        let before = at == 0 || free(at - 1);
        let date: String = letters.iter().skip(at).take(10).collect();
        if before && free(at + 10) && date.parse::<keyrack_inventory::Night>().is_ok() {
            kept.push('|');
            at += 10;
        } else {
            kept.push(letters[at]);
            at += 1;
        }
    }
    kept
}

/// Luhn's test.
fn passes(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            match (at % 2, digit) {
                (0, digit) => digit,
                (_, digit) if digit > 4 => digit * 2 - 9,
                (_, digit) => digit * 2,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_found_however_they_are_written() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "paid 4111-1111-1111-1111 on arrival",
            "room 12 4111 1111 1111 1111 exp 12/29",
            "amex 378282246310005.",
            "3782 822463 10005",
            "6304000000000000000 maestro",
            "4222222222222",
            "４１１１ １１１１ １１１１ １１１１",
            "4111 - 1111 - 1111 - 1111",
            "4111.1111.1111.1111",
        ] {
            assert!(holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_let_through() {
        for text in [
            "",
            "4111111111111112",
            "411111111111",
            "2026-06-01 - 2026-06-05, 2026-07-01",
            "two rooms, 120.50 a night, 3 nights",
            "call +49 170 1234567",
            "41111111111111111111111111111111",
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
        // Of another system's numbers those alone that an issuer could have given out.
        for number in [
            "4111 1111 1111 1111",
            "BK-5555555555554444",
            "378282246310005",
            "30569309025904",
        ] {
            assert!(refuse_issued(number).is_err(), "{number}");
        }
        // These pass Luhn's test: a count of thirteen digits, an instant in milliseconds, a long count.
        for number in [
            "4222222222222",
            "1748736000004",
            "9000000000000001",
            "2026060100000017",
        ] {
            assert!(passes(number), "{number}");
            refuse_issued(number).unwrap();
        }
        refuse_phone("+4917012345678").unwrap();
        refuse_phone("00491701234567").unwrap();
        assert!(refuse_phone("4111 1111 1111 1111").is_err());
    }
}
