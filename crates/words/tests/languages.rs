//! Every language says the same: the same messages with the same arguments, and none of them in English.

#![allow(clippy::unwrap_used, reason = "a surprise is what stops a test")]

mod messages;

use std::collections::{BTreeMap, BTreeSet};

use keyrack_words::{Language, Words};
use messages::{FILES, messages};

#[test]
fn every_language_has_the_messages_of_english_with_their_arguments() {
    let english = messages(FILES[0].1);
    assert!(english.len() > 150, "{}", english.len());
    for (tag, source) in FILES {
        let here = messages(source);
        let names = |of: &BTreeMap<String, _>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&here), names(&english), "{tag}");
        for (id, arguments) in &here {
            assert_eq!(arguments, &english[id], "{tag}: {id}");
        }
    }
}

/// The words of a line without its arguments.
fn spoken(line: &str) -> Option<(String, String)> {
    let (id, value) = line.split_once(" = ")?;
    let texts = value.split(['{', '}']).step_by(2);
    Some((id.to_owned(), texts.collect::<String>()))
}

#[test]
fn no_language_was_left_in_english() {
    let english: BTreeMap<String, String> = FILES[0].1.lines().filter_map(spoken).collect();
    for (tag, source) in &FILES[1..] {
        let same: Vec<_> = source
            .lines()
            .filter_map(spoken)
            .filter(|(id, text)| english.get(id) == Some(text))
            .filter(|(_, text)| text.matches(char::is_alphabetic).count() > 15)
            .collect();
        assert!(same.is_empty(), "{tag}: {same:?}");
    }
}

#[test]
fn every_message_can_be_said() {
    let arguments = messages(FILES[0].1);
    for language in Language::ALL {
        for (id, names) in &arguments {
            for count in [0, 1, 2] {
                let mut say = Words::of(language).say(id);
                for name in names {
                    let name: &'static str = name.clone().leak();
                    say = say.with(name, count);
                }
                let text = say.text();
                assert!(
                    !text.is_empty() && !text.contains('{'),
                    "{language:?} {id}: {text}"
                );
            }
        }
    }
}

#[test]
fn dates_and_counts_follow_the_language() {
    let night = "2026-11-27".parse().unwrap();
    let said = Language::ALL.map(|language| {
        let words = Words::of(language);
        format!(
            "{} / {} / {}",
            words.night(night),
            words.rooms(1),
            words.rooms(2)
        )
    });
    assert_eq!(
        said,
        [
            "Fri 27 Nov 2026 / 1 room / 2 rooms",
            "Fr 27. Nov 2026 / 1 Zimmer / 2 Zimmer",
            "ven. 27 nov. 2026 / 1 chambre / 2 chambres",
            "vie 27 nov 2026 / 1 habitación / 2 habitaciones",
            "sex 27 nov 2026 / 1 quarto / 2 quartos",
        ]
    );
}

#[test]
fn a_number_has_a_true_minus_and_its_thousands_apart() {
    let said = |number| Language::ALL.map(|language| Words::of(language).number(number));
    assert_eq!(said(-3), ["−3"; 5]);
    assert_eq!(said(0), ["0"; 5]);
    let thousands = ["1,200", "1.200", "1\u{a0}200", "1.200", "1\u{a0}200"];
    assert_eq!(said(1200), thousands);
    assert_eq!(Words::of(Language::En).number(-1_234_567), "−1,234,567");
    assert_eq!(Words::of(Language::En).number(-123), "−123");
}

#[test]
fn the_nights_of_an_object_are_told_as_people_read_them() {
    let said = |object: &str| Language::ALL.map(|language| Words::of(language).object(object));
    assert_eq!(
        said("house 2026-06-02..2026-06-03"),
        [
            "house, Tue 2 Jun 2026",
            "ganzes Haus, Di 2. Jun 2026",
            "toute la maison, mar. 2 juin 2026",
            "toda la casa, mar 2 jun 2026",
            "toda a casa, ter 2 jun 2026",
        ]
    );
    assert_eq!(
        said("DBL 2026-06-02..2026-06-05"),
        [
            "DBL, Tue 2 Jun 2026 to Thu 4 Jun 2026",
            "DBL, Di 2. Jun 2026 bis Do 4. Jun 2026",
            "DBL, du mar. 2 juin 2026 au jeu. 4 juin 2026",
            "DBL, del mar 2 jun 2026 al jue 4 jun 2026",
            "DBL, de ter 2 jun 2026 a qui 4 jun 2026",
        ]
    );
    for (object, english) in [
        ("2026-06-02..2026-06-05", "Tue 2 Jun 2026 to Thu 4 Jun 2026"),
        ("2026-06-02", "Tue 2 Jun 2026"),
        ("A1/2", "A1/2"),
        ("A1, A2", "A1, A2"),
        ("house 2026-06-02..later", "house 2026-06-02..later"),
        ("", ""),
    ] {
        assert_eq!(said(object)[0], english, "{object}");
    }
}

/// No kind of command is told by its name in the program: "retire room type H" is none of the house's words.
#[test]
fn every_kind_of_command_is_told_in_words() {
    for language in Language::ALL {
        for kind in keyrack_inventory::Command::KINDS {
            let said = Words::of(language).did(kind, "A1");
            let raw = format!("{} A1", kind.replace('_', " "));
            assert_ne!(said, raw, "{language:?}");
            assert!(said.ends_with(" A1"), "{language:?}: {said}");
            let alone = Words::of(language).deed(kind);
            assert!(
                !alone.is_empty() && alone == alone.trim(),
                "{language:?}: {alone:?}"
            );
        }
    }
}

/// In a list, each kind is told apart from the others.
#[test]
fn no_two_kinds_of_command_are_called_the_same() {
    for language in Language::ALL {
        let mut names = BTreeSet::new();
        for kind in keyrack_inventory::Command::KINDS {
            let alone = Words::of(language).deed(kind);
            assert!(
                names.insert(alone.clone()),
                "{language:?}: {kind} is {alone} as well"
            );
        }
    }
}
