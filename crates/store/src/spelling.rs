//! Letters that are also written as two: "Müller" is found as "Mueller", and "Mueller" as "Müller".

use unicode_normalization::UnicodeNormalization;

/// The two letters, and which letters are written so.
const PAIRS: [(&str, &str); 5] = [
    ("ae", "äæ"),
    ("oe", "öøœ"),
    ("ue", "ü"),
    ("aa", "å"),
    ("ss", "ß"),
];
/// Letters of one word that are asked for in other spellings: each of them doubles the spellings, or more.
const MOST_LETTERS: usize = 2;

/// A text in lower case, with such letters as two.
pub(crate) fn in_two_letters(text: &str) -> String {
    let composed = text.to_lowercase();
    let two = |letter: char| -> String {
        let pair = PAIRS.iter().find(|(_, single)| single.contains(letter));
        pair.map_or_else(|| letter.to_string(), |(two, _)| (*two).to_owned())
    };
    composed.nfc().map(two).collect()
}

/// The spellings in which a word may be kept: first as it is, in lower case.
pub(crate) fn spellings_of(word: &str) -> Vec<String> {
    let word: String = word.to_lowercase().nfc().collect();
    let mut spellings = vec![String::new()];
    let mut letters = 0;
    let mut rest = word.as_str();
    while let Some(first) = rest.chars().next() {
        let pair = PAIRS
            .iter()
            .find(|(two, single)| rest.starts_with(two) || single.contains(first));
        let taken = match pair {
            Some((two, _)) if rest.starts_with(two) => two.len(),
            _ => first.len_utf8(),
        };
        let (here, after) = rest.split_at(taken);
        let mut ways = vec![here.to_owned()];
        if let Some((two, single)) = pair.filter(|_| letters < MOST_LETTERS) {
            let others = single.chars().map(String::from);
            ways.extend(others.chain([(*two).to_owned()]).filter(|way| way != here));
            letters += 1;
        }
        let begun = spellings.into_iter();
        spellings = begun
            .flat_map(|begun| ways.iter().map(move |way| format!("{begun}{way}")))
            .collect();
        rest = after;
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_asked_for_in_each_spelling() {
        let table = [
            ("Brandt", "brandt"),
            ("Fürst", "fürst fuerst"),
            ("Fuerst", "fuerst fürst"),
            ("Fu\u{308}rst", "fürst fuerst"),
            ("Müßig", "müßig müssig mueßig muessig"),
            ("Jørgen", "jørgen jörgen jœrgen joergen"),
            ("Aase", "aase åse"),
            ("Aaßessen", "aaßessen aassessen åßessen åssessen"),
            ("ue", "ue ü"),
            ("", ""),
        ];
        for (word, spellings) in table {
            assert_eq!(spellings_of(word).join(" "), spellings, "{word}");
        }
        assert_eq!(in_two_letters("Größe Jørgen"), "groesse joergen");
    }
}
