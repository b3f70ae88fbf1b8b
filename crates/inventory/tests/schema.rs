//! docs/schema says what the types say. A released document is never written again: where the types
//! allow other payloads than it does, the type needs a new version, and a step that leads there.
//!
//! `KEYRACK_SCHEMA=write` writes the documents of versions that are not released, and
//! `KEYRACK_SCHEMA=release` declares all of them released (scripts/schema.sh).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use keyrack_inventory::Event;
use keyrack_inventory::schema::{Document, documents, shape};
use sha2::{Digest, Sha256};

/// The released documents with their hashes, as sha256sum writes them.
const RELEASED: &str = "released.sha256";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema")
}

fn read(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(name)).ok()
}

fn hash(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hex, "{byte:02x}").unwrap();
    }
    hex
}

fn released() -> BTreeMap<String, String> {
    let text = read(RELEASED).unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.split_once("  ").expect("a hash and a name"));
    lines
        .map(|(hash, name)| (name.to_owned(), hash.to_owned()))
        .collect()
}

/// What is wrong with the documents in `read`, given those that the types say.
fn faults(
    documents: &[Document],
    released: &BTreeMap<String, String>,
    read: impl Fn(&str) -> Option<String>,
    there: &BTreeSet<String>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expected = BTreeSet::from([RELEASED.to_owned()]);
    for (name, known) in released {
        match read(name) {
            None => faults.push(format!("{name} is released, and missing")),
            Some(text) if hash(&text) != *known => {
                faults.push(format!("{name} is released, and was written again"));
            }
            Some(_) => {}
        }
    }
    for document in documents {
        let name = document.file_name();
        for earlier in 1..document.version {
            let name = format!("{}.v{earlier}.json", document.name);
            if !released.contains_key(&name) {
                faults.push(format!("{name} was never released: no later version yet"));
            }
            expected.insert(name);
        }
        let text = read(&name).unwrap_or_default();
        if !released.contains_key(&name) {
            if serde_json::from_str(&text).ok() != Some(document.schema.clone()) {
                faults.push(format!(
                    "{name} is not what the types say: scripts/schema.sh"
                ));
            }
        } else if serde_json::from_str(&text).map(shape).ok() != Some(document.shape()) {
            faults.push(format!(
                "{name} is released, and the types have another shape: they need a new version"
            ));
        }
        expected.insert(name);
    }
    for name in there.symmetric_difference(&expected) {
        faults.push(format!("{name} is no document, or has no file"));
    }
    faults
}

fn there() -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).expect("docs/schema is there");
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_schemas_are_what_the_types_say_and_released_ones_stay() {
    let documents = documents();
    match std::env::var("KEYRACK_SCHEMA").as_deref() {
        Ok("write") => write(&documents),
        Ok("release") => release(&documents),
        _ => {}
    }
    let found = faults(&documents, &released(), read, &there());
    assert!(found.is_empty(), "{}", found.join("\n"));
    let types: Vec<_> = documents
        .iter()
        .map(|one| (one.name, one.version))
        .collect();
    assert_eq!(types, Event::TYPES);
}

fn write(documents: &[Document]) {
    let released = released();
    for document in documents {
        let name = document.file_name();
        if !released.contains_key(&name) {
            fs::write(folder().join(name), document.text()).unwrap();
        }
    }
}

fn release(documents: &[Document]) {
    let mut released = released();
    for document in documents {
        let name = document.file_name();
        let written = || hash(&read(&name).expect("written before it is released"));
        released.entry(name.clone()).or_insert_with(written);
    }
    let mut text = String::new();
    for (name, hash) in released {
        writeln!(text, "{hash}  {name}").unwrap();
    }
    fs::write(folder().join(RELEASED), text).unwrap();
}

type Change<'a> = &'a dyn Fn(&mut Vec<Document>, &mut BTreeMap<String, String>);

/// The check sees what it is there to see: each row changes one thing, and names the fault.
#[test]
fn the_check_finds_a_changed_shape_a_rewritten_file_and_a_missing_one() {
    // As if none had an earlier version, whatever the types have by now.
    let mut documents = documents();
    documents.iter_mut().for_each(|one| one.version = 1);
    let about = |text: &str, change: Change<'_>| {
        let (mut documents, mut texts) = (documents.clone(), BTreeMap::new());
        for document in &documents {
            texts.insert(document.file_name(), document.text());
        }
        let released: BTreeMap<_, _> = texts
            .iter()
            .map(|(name, text)| (name.clone(), hash(text)))
            .collect();
        change(&mut documents, &mut texts);
        let mut there: BTreeSet<String> = texts.keys().cloned().collect();
        there.insert(RELEASED.to_owned());
        let found = faults(
            &documents,
            &released,
            |name| texts.get(name).cloned(),
            &there,
        );
        match text {
            "" => assert_eq!(found, Vec::<String>::new()),
            _ => assert!(found.iter().any(|fault| fault == text), "{text}: {found:?}"),
        }
    };
    about("", &|_, _| {});
    about("", &|documents, _| {
        documents[0]
            .schema
            .insert("description".to_owned(), "Other words.".into());
    });
    about(
        "property_opened.v1.json is released, and the types have another shape: they need a new \
         version",
        &|documents, _| {
            documents[0]
                .schema
                .insert("required".to_owned(), serde_json::json!([]));
        },
    );
    about(
        "property_opened.v1.json is released, and was written again",
        &|_, texts| texts.get_mut("property_opened.v1.json").unwrap().push(' '),
    );
    about(
        "property_opened.v1.json is released, and missing",
        &|_, texts| {
            texts.remove("property_opened.v1.json");
        },
    );
    about(
        "property_opened.v2.json is not what the types say: scripts/schema.sh",
        &|documents, _| {
            documents[0].version = 2;
        },
    );
    about(
        "doll.v1.json is no document, or has no file",
        &|_, texts| {
            texts.insert("doll.v1.json".to_owned(), "{}".to_owned());
        },
    );
}
