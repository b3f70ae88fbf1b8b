//! The messages of each language, as they are written.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

pub const FILES: [(&str, &str); 5] = [
    ("en", include_str!("../../locales/en.ftl")),
    ("de", include_str!("../../locales/de.ftl")),
    ("fr", include_str!("../../locales/fr.ftl")),
    ("es", include_str!("../../locales/es.ftl")),
    ("pt", include_str!("../../locales/pt.ftl")),
];

/// The arguments of each message.
pub fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = parser::parse(source).expect("the file can be read");
    let mut found = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            pattern(&message.value.unwrap(), &mut arguments);
            let twice = found.insert(message.id.name.to_owned(), arguments);
            assert!(twice.is_none(), "{} stands twice", message.id.name);
        }
    }
    found
}

fn pattern(of: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &of.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => argument(inline, arguments),
                Expression::Select { selector, variants } => {
                    argument(selector, arguments);
                    for variant in variants {
                        pattern(&variant.value, arguments);
                    }
                }
            }
        }
    }
}

fn argument(of: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = of {
        arguments.insert(id.name.to_owned());
    }
}
