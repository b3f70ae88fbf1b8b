//! The rules, each a function from a file to its breaches.
//!
//! What a rule looks for is put together from pieces here, so that this file does not break it.

use crate::tree::Source;

pub type Rule = fn(&Source) -> Vec<String>;

/// A file stays one thing: 400 lines, tests and prose aside.
pub fn length(source: &Source) -> Vec<String> {
    const MOST: usize = 400;
    let lines = source.lines().count();
    let exempt = source.is_test() || source.path.ends_with(".md");
    if exempt || lines <= MOST {
        return Vec::new();
    }
    vec![format!("{}: {lines} lines, at most {MOST}", source.path)]
}

/// Nothing is a stub, and no test is switched off.
pub fn left_open(source: &Source) -> Vec<String> {
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["to", "do!("].concat(),
        ["unimple", "mented!("].concat(),
        ["#[ign", "ore"].concat(),
        ["it.sk", "ip("].concat(),
        ["test.sk", "ip("].concat(),
        ["describe.sk", "ip("].concat(),
    ];
    let lines = source.text.lines().enumerate();
    breaches(
        source,
        lines.map(|(index, line)| (index + 1, line)),
        |line| marks.iter().any(|mark| line.contains(mark.as_str())),
    )
}

/// Outside tests an `expect` states the invariant.
pub fn unwrapped(source: &Source) -> Vec<String> {
    if !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let call = [".unw", "rap()"].concat();
    breaches(source, source.lines(), |line| line.contains(&call))
}

/// An error has a type with a code and facts, or nobody can act on it.
pub fn string_errors(source: &Source) -> Vec<String> {
    if !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let error = [", Str", "ing>"].concat();
    breaches(source, source.lines(), |line| {
        line.match_indices("Result<")
            .any(|(at, _)| closes_with(&line[at + 7..], &error))
    })
}

/// Whether the type arguments that begin `rest` end in `error`, at their own level.
fn closes_with(rest: &str, error: &str) -> bool {
    let mut depth = 1;
    for (at, letter) in rest.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 1 && rest[at..].starts_with(error) {
            return true;
        }
        if depth == 0 {
            return false;
        }
    }
    false
}

/// What fails is said or handled, never dropped.
pub fn swallowed(source: &Source) -> Vec<String> {
    if !source.is_page() {
        return Vec::new();
    }
    breaches(source, source.lines(), |line| {
        let tight: String = line
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        tight.contains("catch{}") || tight.contains("catch(()=>{})")
    })
}

/// The tree builds anywhere.
pub fn machine_paths(source: &Source) -> Vec<String> {
    let roots = [
        ["/ho", "me/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/Us", "ers/"].concat(),
    ];
    let begins_path = |line: &str, at: usize| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"}_-.$".contains(letter))
    };
    breaches(source, source.lines(), |line| {
        roots.iter().any(|root| {
            line.match_indices(root)
                .any(|(at, _)| begins_path(line, at))
        })
    })
}

/// Features meet in the application, not in each other.
pub fn feature_imports(source: &Source) -> Vec<String> {
    let Some(inside) = source.path.strip_prefix("ui/src/features/") else {
        return Vec::new();
    };
    let folders: Vec<&str> = inside.split('/').collect();
    let (Some(own), depth) = (folders.first(), folders.len() - 1) else {
        return Vec::new();
    };
    breaches(source, source.lines(), |line| {
        let Some(target) = imported(line) else {
            return false;
        };
        let ups = target.split('/').take_while(|part| *part == "..").count();
        let first = target.split('/').nth(ups).unwrap_or_default();
        let leaves_to_sibling = target.starts_with("..") && ups == depth && first != *own;
        let by_name = target
            .split_once("features/")
            .is_some_and(|(_, rest)| !rest.starts_with(&format!("{own}/")) && rest != *own);
        leaves_to_sibling || by_name
    })
}

/// The page runs on whatever host it is given.
pub fn tauri_imports(source: &Source) -> Vec<String> {
    let in_host = source.path.starts_with("ui/src/host/");
    if !source.path.starts_with("ui/src/") || in_host || source.is_test() {
        return Vec::new();
    }
    breaches(source, source.lines(), |line| line.contains("@tauri-apps"))
}

/// The module that a line imports or re-exports from.
fn imported(line: &str) -> Option<&str> {
    let at = [
        "from \"",
        "from '",
        "import(\"",
        "import('",
        "import \"",
        "import '",
    ]
    .iter()
    .find_map(|mark| line.find(mark).map(|at| at + mark.len()))?;
    line[at..].split(['"', '\'']).next()
}

fn breaches<'a>(
    source: &Source,
    lines: impl Iterator<Item = (usize, &'a str)>,
    breaks: impl Fn(&str) -> bool,
) -> Vec<String> {
    lines
        .filter(|(_, line)| breaks(line))
        .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
        .collect()
}
