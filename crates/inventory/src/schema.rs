//! The shapes of events' payloads as JSON Schema, one document a type and version.
//!
//! Types that are written as text are described here; the rest is derived beside the types.

use std::borrow::Cow;

use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::event::Event;
use crate::{Instant, Name, Night, Pool, RoomNumber, RoomTypeCode, ShortNumber, Token};

macro_rules! text {
    ($($ty:ident: $what:literal { $($key:literal: $value:expr),* }),* $(,)?) => {$(
        impl JsonSchema for $ty {
            fn schema_name() -> Cow<'static, str> {
                stringify!($ty).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "description": $what, $($key: $value),*})
            }
        }
    )*};
}

text! {
    Night: "A civil date; as a night, the one that begins on it." {"format": "date"},
    Instant: "An instant in UTC." {"format": "date-time"},
    RoomTypeCode: "A room type's code, its identity." {"pattern": "^[A-Za-z0-9_-]{1,12}$"},
    Pool: "A room type's code, or the whole house." {"pattern": "^[A-Za-z0-9_-]{1,12}$"},
    ShortNumber: "A number that can be read aloud." {"pattern": "^[A-Z][A-Z-]{0,7}[0-9]{1,18}$"},
    Token: "A structured word." {"minLength": 1, "maxLength": 64},
    Name: "A room type's or property's name." {"minLength": 1, "maxLength": 80},
    RoomNumber: "A room's number as it stands on the door." {"minLength": 1, "maxLength": 16},
}

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The event's type.
    pub name: &'static str,
    /// The payload's version.
    pub version: u32,
    /// The schema.
    pub schema: Schema,
}

impl Document {
    /// The name of its file under docs/schema.
    pub fn file_name(&self) -> String {
        format!("{}.v{}.json", self.name, self.version)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.schema.as_value())
    }

    /// The schema without its words: two that have the same shape allow the same payloads.
    pub fn shape(&self) -> Schema {
        shape(self.schema.clone())
    }
}

/// A schema without its words.
pub fn shape(mut schema: Schema) -> Schema {
    Wordless.transform(&mut schema);
    schema
}

struct Wordless;

impl Transform for Wordless {
    fn transform(&mut self, schema: &mut Schema) {
        schema.remove("description");
        transform_subschemas(self, schema);
    }
}

/// The documents of the versions that are written now.
pub fn documents() -> Vec<Document> {
    let types = Event::schemas().into_iter();
    let document = |(name, version, mut schema): (&'static str, u32, Schema)| {
        let title = format!("{name}, version {version}");
        schema.insert("title".to_owned(), title.into());
        Document {
            name,
            version,
            schema,
        }
    };
    types.map(document).collect()
}
