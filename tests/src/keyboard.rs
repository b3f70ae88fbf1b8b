//! Keys as they are written on the caps: "Enter", "Shift+Right", "Ctrl+K".

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use crate::{Outcome, failure};

/// One key with its modifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chord {
    modifiers: Vec<char>,
    key: char,
}

impl Chord {
    /// Reads "Shift+Right", "Ctrl+K", "n", "Escape".
    pub fn parse(text: &str) -> Outcome<Self> {
        let mut parts: Vec<&str> = text.split('+').collect();
        let Some(last) = parts.pop() else {
            return failure("a chord has a key");
        };
        let modifiers = parts.into_iter().map(key).collect::<Outcome<Vec<char>>>()?;
        Ok(Self {
            modifiers,
            key: key(last)?,
        })
    }

    /// The presses and releases of this chord.
    pub fn actions(&self) -> KeyActions {
        let mut actions = KeyActions::new("keyboard".into());
        for &value in &self.modifiers {
            actions = actions.then(KeyAction::Down { value });
        }
        actions = actions.then(KeyAction::Down { value: self.key });
        actions = actions.then(KeyAction::Up { value: self.key });
        for &value in self.modifiers.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        actions
    }
}

fn key(name: &str) -> Outcome<char> {
    let named = match name {
        "Shift" => Key::Shift,
        "Ctrl" => Key::Control,
        "Alt" => Key::Alt,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "F6" => Key::F6,
        "F10" => Key::F10,
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => failure(format!("no key is called {name}")),
            };
        }
    };
    Ok(named.into())
}
