//! What of docs/SECURITY.md stands in files and not in what a program does.

use std::path::PathBuf;

use crate::tree::Source;

fn file(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn configuration() -> serde_json::Value {
    serde_json::from_str(&file("tauri.conf.json")).expect("JSON")
}

#[test]
fn the_page_may_load_nothing_but_its_own_and_has_its_prototypes_frozen_and_no_inspector() {
    let security = &configuration()["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    let policy = security["csp"].as_str().expect("a policy");
    let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
    for rule in [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(rules.contains(&rule), "{rule} is not in {policy}");
    }
    for word in policy.split([' ', ';']).filter(|word| word.contains(':')) {
        // The page's own messages, and pictures that stand in it.
        assert!(
            ["ipc:", "http://ipc.localhost", "data:"].contains(&word),
            "{word}"
        );
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    let scripts = rules.iter().find(|rule| rule.starts_with("script-src"));
    assert_eq!(scripts, Some(&"script-src 'self'"));
    // Tauri has an inspector in a release only where this feature is asked for.
    assert!(!file("Cargo.toml").contains("devtools"));
}

/// SQL that a value is written into: between quotes, or behind what compares or lists.
fn written_in(source: &Source) -> Vec<String> {
    let holds_sql = ["crates/store/src/", "crates/central/src/"];
    if !source.is_rust()
        || source.is_test()
        || !holds_sql
            .iter()
            .any(|folder| source.path.starts_with(folder))
    {
        return Vec::new();
    }
    const VERBS: [&str; 8] = [
        "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WHERE ", "VALUES ", " AND ", "LIMIT ",
    ];
    const BEFORE: [&str; 9] = [
        "'{",
        "= {",
        "< {",
        "> {",
        "LIKE {",
        "VALUES ({",
        "LIMIT {",
        "'%{",
        ", '{",
    ];
    let is_wrong = |line: &str| {
        // A constant, as the names of columns, has a name in capitals; what has more than a name in it is a path in JSON.
        let lower = |at: usize, mark: &str| {
            let rest = &line[at + mark.len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let name = &rest[..end.unwrap_or(rest.len())];
            rest[name.len()..].starts_with(['}', ':'])
                && !name.starts_with(|letter: char| letter.is_ascii_uppercase())
        };
        VERBS.iter().any(|verb| line.contains(verb))
            && BEFORE
                .iter()
                .any(|mark| line.match_indices(mark).any(|(at, _)| lower(at, mark)))
    };
    let lines = source
        .lines()
        .filter(|(_, line)| line.contains('"') || line.contains('{'));
    lines
        .filter(|(_, line)| is_wrong(line))
        .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
        .collect()
}

#[test]
fn no_value_is_written_into_sql() {
    crate::finds(
        written_in,
        &[
            (
                "crates/store/src/a.rs",
                "let sql = format!(\"SELECT id FROM guest WHERE name = '{name}'\");",
            ),
            (
                "crates/store/src/a.rs",
                "format!(\"DELETE FROM stay WHERE id = {id}\")",
            ),
            (
                "crates/central/src/a.rs",
                "format!(\"INSERT INTO desk VALUES ({}, $2)\", id)",
            ),
            (
                "crates/central/src/a.rs",
                "format!(\"SELECT 1 FROM desk LIMIT {limit}\")",
            ),
        ],
        &[
            (
                "crates/store/src/a.rs",
                "format!(\"SELECT {COLUMNS} FROM job WHERE id = ?1\")",
            ),
            (
                "crates/store/src/a.rs",
                "let sql = \"SELECT id FROM guest WHERE name = ?1\";",
            ),
            (
                "crates/store/src/a.rs",
                "\"SELECT doc #>> '{after,code}' FROM entry\"",
            ),
            ("crates/desk/src/a.rs", "format!(\"WHERE it is = {it}\")"),
        ],
    );
    crate::holds_everywhere(written_in);
}

/// What a release does: it is audited whole, and what it is made of lies beside it.
#[test]
fn a_release_is_audited_whole_and_tells_what_it_is_made_of() {
    let release = file(".github/workflows/release.yml");
    assert!(release.contains("run: KEYRACK_AUDIT=strict make audit"));
    assert!(release.contains("target/dist/bundle/sbom/*"));
    assert!(file("scripts/package.sh").contains("scripts/sbom.sh \"$target/dist/bundle/sbom\""));
    let audit = file("scripts/audit.sh");
    for check in [
        "check licenses bans sources",
        "check advisories",
        "npm audit",
    ] {
        assert!(audit.contains(check), "{check}");
    }
}
