//! Events as they are stored: a version for each type, and how payloads of older versions are read.
//!
//! Stored bytes stay as they were written. A payload of an older version goes through every step
//! from its version to the one that is written now; a step that is not declared in [`STEPS`] is no
//! step, so that nothing is read under a shape that it was not written in.
//!
//! A change of a payload's shape: raise the number in the row of `events!`, declare the step from
//! the version before, run `scripts/schema.sh`.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// How a payload of one version becomes one of the next.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The next version only added fields that may be left out.
    OnlyMore,
    /// It is written anew. Total: what it does not understand it leaves, and reading then says why.
    Rewrite(fn(Value) -> Value),
}

/// Every step: the type, the version it leads from, and what it does. A released one never changes.
pub const STEPS: &[(&str, u32, Step)] = &[
    // A property may keep no rooms for options.
    ("property_opened", 1, Step::OnlyMore),
    // A stay may know its allotment, its cost, that it was kept, and that it takes no room.
    ("reservation_made", 1, Step::OnlyMore),
    ("stays_confirmed", 1, Step::OnlyMore),
    ("stays_checked_in", 1, Step::OnlyMore),
    ("stays_checked_out", 1, Step::OnlyMore),
    ("check_in_reversed", 1, Step::OnlyMore),
    ("check_out_reversed", 1, Step::OnlyMore),
    ("stays_cancelled", 1, Step::OnlyMore),
    ("stays_no_show", 1, Step::OnlyMore),
    ("stays_reinstated", 1, Step::OnlyMore),
    ("reservation_amended", 1, Step::OnlyMore),
    ("reservation_split", 1, Step::OnlyMore),
    ("night_moved", 1, Step::OnlyMore),
    ("stays_restored", 1, Step::OnlyMore),
];

/// Reads a payload written in the first of `versions` as one of the second, the one written now.
pub(crate) fn read<T: DeserializeOwned>(
    name: &str,
    versions: (u32, u32),
    payload: &str,
) -> Result<T, Why> {
    read_by(STEPS, name, versions, payload)
}

fn read_by<T: DeserializeOwned>(
    steps: &[(&str, u32, Step)],
    name: &str,
    (version, now): (u32, u32),
    payload: &str,
) -> Result<T, Why> {
    if !(1..=now).contains(&version) {
        return Err(Why::UnknownVersion);
    }
    let step_from = |from: u32| {
        let declared = steps.iter().find(|step| (step.0, step.1) == (name, from));
        declared.map(|step| step.2).ok_or(Why::NoStep { from })
    };
    // Nearly always nothing is to be written anew: then the text is read once, as it stands.
    let mut rewritten = None;
    for from in version..now {
        if let Step::Rewrite(rewrite) = step_from(from)? {
            let value = match rewritten.take() {
                Some(value) => value,
                None => serde_json::from_str(payload)?,
            };
            rewritten = Some(rewrite(value));
        }
    }
    Ok(match rewritten {
        Some(value) => serde_json::from_value(value)?,
        None => serde_json::from_str(payload)?,
    })
}

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// The program does not know the type.
    #[error("unknown type")]
    UnknownType,
    /// The program does not know the version.
    #[error("unknown version")]
    UnknownVersion,
    /// Nobody said how the version becomes the next.
    #[error("no step leads from version {from} to the next")]
    NoStep {
        /// The version.
        from: u32,
    },
    /// The payload is not of that shape.
    #[error(transparent)]
    Shape(#[from] serde_json::Error),
}

/// A stored event that this program cannot read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event of type {name}, version {version}, cannot be read: {why}")]
pub struct Unreadable {
    /// The type's name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// Why.
    pub why: String,
}

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $name:literal, version $version:literal;)*) => {
        /// What happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Event {
            $($(#[$doc])* $variant($body),)*
        }

        impl Event {
            /// Every type name, with the version that is written now.
            pub const TYPES: &[(&str, u32)] = &[$(($name, $version)),*];

            /// The type's name in the log.
            pub fn event_type(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
                }
            }

            /// The version of the type that is written now.
            pub fn schema_version(&self) -> u32 {
                match self {
                    $(Self::$variant(_) => $version,)*
                }
            }

            /// Reads a stored payload, whatever version it has.
            ///
            /// # Errors
            /// Where type or version is unknown, or the payload is not of that shape.
            pub fn from_stored(name: &str, version: u32, payload: &str) -> Result<Self, $crate::event::Unreadable> {
                let read = match name {
                    $($name => $crate::stored::read(name, (version, $version), payload).map(Self::$variant),)*
                    _ => Err($crate::stored::Why::UnknownType),
                };
                read.map_err(|why| $crate::event::Unreadable { name: name.to_owned(), version, why: why.to_string() })
            }

            /// The JSON Schema of each type's payload, in the version that is written now.
            #[cfg(feature = "schema")]
            pub fn schemas() -> Vec<(&'static str, u32, schemars::Schema)> {
                vec![$(($name, $version, schemars::schema_for!($body))),*]
            }
        }
    };
}

pub(crate) use events;

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::event::Event;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Toy {
        count: u32,
        #[serde(default)]
        colour: Option<String>,
    }

    /// Version 1 called it `number`; 2 calls it `count`; 3 may have a colour; 4 counts from one.
    const TOY: &[(&str, u32, Step)] = &[
        (
            "toy",
            1,
            Step::Rewrite(|old| json!({"count": old["number"]})),
        ),
        ("toy", 2, Step::OnlyMore),
        (
            "toy",
            3,
            Step::Rewrite(|mut old| {
                let count = old["count"].as_u64().unwrap_or_default();
                old["count"] = json!(count + 1);
                old
            }),
        ),
    ];

    #[test]
    fn an_old_payload_goes_through_every_step_to_the_version_of_today() {
        let toy = |colour: Option<&str>, count| Toy {
            count,
            colour: colour.map(str::to_owned),
        };
        for (version, payload, expected) in [
            (1, r#"{"number": 7}"#, toy(None, 8)),
            (2, r#"{"count": 7}"#, toy(None, 8)),
            (3, r#"{"count": 7, "colour": "red"}"#, toy(Some("red"), 8)),
            (4, r#"{"count": 7, "colour": "red"}"#, toy(Some("red"), 7)),
        ] {
            let read: Toy = read_by(TOY, "toy", (version, 4), payload).unwrap();
            assert_eq!(read, expected, "version {version}");
        }
    }

    #[test]
    fn what_nobody_declared_is_not_read() {
        let read = |name, versions, payload| {
            read_by::<Toy>(TOY, name, versions, payload)
                .unwrap_err()
                .to_string()
        };
        let good = r#"{"count": 7}"#;
        assert_eq!(read("toy", (5, 4), good), "unknown version");
        assert_eq!(read("toy", (0, 4), good), "unknown version");
        let expected = "no step leads from version 4 to the next";
        assert_eq!(read("toy", (2, 5), good), expected);
        let expected = "no step leads from version 1 to the next";
        assert_eq!(read("doll", (1, 2), good), expected);
        assert!(read("toy", (4, 4), r#"{"number": 7}"#).starts_with("unknown field `number`"));
    }

    #[test]
    fn each_version_before_the_one_of_today_has_one_step_and_no_other_is_declared() {
        let mut expected = Vec::new();
        for (name, now) in Event::TYPES {
            expected.extend((1..*now).map(|from| (*name, from)));
        }
        let mut declared: Vec<_> = STEPS.iter().map(|step| (step.0, step.1)).collect();
        expected.sort_unstable();
        declared.sort_unstable();
        assert_eq!(declared, expected);
    }
}
