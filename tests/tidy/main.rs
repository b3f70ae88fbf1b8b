//! The rules of the house that no compiler knows. CONTRIBUTING.md has them in words.
//!
//! A rule looks at one file and gives a sentence for each breach. Every rule is shown to find what it
//! is for before it is let loose on the tree.

mod flows;
mod goals;
mod rows;
mod rules;
mod security;
mod tree;

use rules::Rule;
use tree::Source;

/// Fails with every breach of `rule` in the tree.
fn holds_everywhere(rule: Rule) {
    let sources = tree::sources();
    assert!(
        sources.len() > 20,
        "only {} source files were found",
        sources.len()
    );
    let breaches: Vec<String> = sources.iter().flat_map(rule).collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

/// Shows that `rule` finds something in each of `bad` and nothing in any of `good`.
#[track_caller]
fn finds(rule: Rule, bad: &[(&str, &str)], good: &[(&str, &str)]) {
    for (path, text) in bad {
        assert!(
            !rule(&Source::new(path, text)).is_empty(),
            "missed in {path}: {text}"
        );
    }
    for (path, text) in good {
        assert_eq!(
            rule(&Source::new(path, text)),
            Vec::<String>::new(),
            "wrong about {path}"
        );
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long = "x\n".repeat(401);
    let short = "x\n".repeat(400);
    finds(
        rules::length,
        &[("crates/a/src/lib.rs", &long), ("ui/src/a.svelte", &long)],
        &[
            ("crates/a/src/lib.rs", &short),
            ("crates/a/tests/b.rs", &long),
            ("ui/src/a.test.ts", &long),
        ],
    );
    holds_everywhere(rules::length);
}

#[test]
fn nothing_is_left_open() {
    let marks = ["TO", "DO: later"].concat();
    let stub = ["fn a() { to", "do!() }"].concat();
    let skipped = ["#[ign", "ore]"].concat();
    finds(
        rules::left_open,
        &[("a.rs", &marks), ("a.rs", &stub), ("a.rs", &skipped)],
        &[("a.rs", "let todos = 1;"), ("a.rs", "// mastodon")],
    );
    holds_everywhere(rules::left_open);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let bad = ["x.unw", "rap()"].concat();
    let in_tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{ {bad} }}");
    finds(
        rules::unwrapped,
        &[("crates/a/src/lib.rs", &bad)],
        &[
            ("crates/a/src/lib.rs", &in_tests),
            ("crates/a/tests/b.rs", &bad),
            ("crates/a/src/lib.rs", "x.unwrap_or(1)"),
        ],
    );
    holds_everywhere(rules::unwrapped);
}

#[test]
fn no_error_is_a_bare_string() {
    let bad = ["fn a() -> Result<u8, Str", "ing>"].concat();
    let nested = ["fn a() -> Result<Vec<(u8, u8)>, Str", "ing>"].concat();
    finds(
        rules::string_errors,
        &[("a.rs", &bad), ("a.rs", &nested)],
        &[
            ("a.rs", "fn a() -> Result<String, Error>"),
            ("a.rs", "HashMap<u8, String>"),
        ],
    );
    holds_everywhere(rules::string_errors);
}

#[test]
fn no_error_is_swallowed_in_the_page() {
    finds(
        rules::swallowed,
        &[
            ("ui/src/a.ts", "try { a() } catch {}"),
            ("ui/src/a.ts", "b.catch(() => {})"),
        ],
        &[("ui/src/a.ts", "try { a() } catch { b() }")],
    );
    holds_everywhere(rules::swallowed);
}

#[test]
fn no_path_of_a_developers_machine_is_in_the_tree() {
    let home = ["/ho", "me/ana/keyrack"].concat();
    let root = ["\"/ro", "ot/.cargo\""].concat();
    finds(
        rules::machine_paths,
        &[("a.rs", &home), ("a.rs", &root)],
        &[("a.rs", "$HOME/.local"), ("a.ts", "\"/grid/home/x\"")],
    );
    holds_everywhere(rules::machine_paths);
}

#[test]
fn no_feature_of_the_page_imports_another() {
    finds(
        rules::feature_imports,
        &[
            (
                "ui/src/features/holds/a.ts",
                "import { b } from \"../calendar/b\";",
            ),
            (
                "ui/src/features/holds/deep/a.ts",
                "import b from '../../calendar/b';",
            ),
            (
                "ui/src/features/holds/a.ts",
                "import type { B } from \"$features/calendar/b\";",
            ),
        ],
        &[
            ("ui/src/features/holds/a.ts", "import { b } from \"./b\";"),
            (
                "ui/src/features/holds/a.ts",
                "import { b } from \"../../shared/b\";",
            ),
            (
                "ui/src/features/holds/deep/a.ts",
                "import { b } from \"../b\";",
            ),
            (
                "ui/src/app.ts",
                "import { b } from \"./features/calendar/b\";",
            ),
        ],
    );
    holds_everywhere(rules::feature_imports);
}

#[test]
fn only_the_host_knows_tauri() {
    let import = "import { invoke } from \"@tauri-apps/api/core\";";
    finds(
        rules::tauri_imports,
        &[
            ("ui/src/features/holds/a.ts", import),
            ("ui/src/grid/a.ts", import),
        ],
        &[("ui/src/host/tauri.ts", import)],
    );
    holds_everywhere(rules::tauri_imports);
}

/// The tables of the documents name the test of each promise.
#[test]
fn every_test_that_a_table_names_is_there() {
    let sources = tree::sources();
    let is_there = |name: &str| {
        let mark = format!("fn {name}(");
        sources.iter().any(|source| source.text.contains(&mark))
    };
    assert!(!is_there(&["no_such", "_test_at_all"].concat()));
    let mut named = 0;
    for document in ["docs/ARCHITECTURE.md", "docs/SECURITY.md", "docs/FAULTS.md"] {
        let found = sources.iter().find(|source| source.path == document);
        let text = &found.expect("the document is there").text;
        for row in text.lines().filter(|line| line.starts_with("| ")) {
            let words = row.split('`').skip(1).step_by(2);
            for name in words.filter(|word| word.matches('_').count() > 2) {
                assert!(is_there(name), "{document} names no test: {name}");
                named += 1;
            }
        }
    }
    assert!(named > 50, "only {named} tests are named");
}
