//! Lists that cannot grow without end.

use serde::{Deserialize, Serialize};

/// A list of at most `MOST`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct List<T, const MOST: usize>(Vec<T>);

/// A list with more in it than it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a list has {found} entries, at most {most} are read")]
pub struct TooMany {
    found: usize,
    most: usize,
}

impl<T, const MOST: usize> List<T, MOST> {
    /// What is in it.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// What was in it.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MOST: usize> Default for List<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MOST: usize> TryFrom<Vec<T>> for List<T, MOST> {
    type Error = TooMany;

    fn try_from(list: Vec<T>) -> Result<Self, TooMany> {
        let (found, most) = (list.len(), MOST);
        if found > most {
            return Err(TooMany { found, most });
        }
        Ok(Self(list))
    }
}
