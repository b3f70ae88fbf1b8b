//! Spoils a document somewhere, as whoever means no good or whose program has a fault would.

use serde_json::{Value, json};

/// The document with something odd in it, somewhere; `below` gives a number below the one that it is given.
pub fn spoiled(value: &Value, below: &mut dyn FnMut(usize) -> usize) -> Value {
    let odd = [
        Value::Null,
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!([]),
        json!({}),
        json!(true),
        json!("9".repeat(400)),
        json!([[[[[[[[[[]]]]]]]]]]),
    ];
    match value {
        Value::Object(fields) if !fields.is_empty() && below(5) > 0 => {
            let mut fields = fields.clone();
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = names[below(names.len())].clone();
            match below(8) {
                0 => drop(fields.remove(&name)),
                1 => drop(fields.insert(format!("{name}x"), json!(1))),
                _ => {
                    let inner = spoiled(&fields[&name], below);
                    fields.insert(name, inner);
                }
            }
            Value::Object(fields)
        }
        Value::Array(all) if !all.is_empty() && below(5) > 0 => {
            let mut all = all.clone();
            let at = below(all.len());
            all[at] = spoiled(&all[at], below);
            Value::Array(all)
        }
        _ => odd[below(odd.len())].clone(),
    }
}
