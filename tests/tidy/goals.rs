//! Each goal of docs/GOALS.md has what measures it, and each number of docs/SECURITY.md a test.

use std::collections::BTreeSet;

use keyrack_goals::{Chapter, Condition, Goal};

use crate::tree::{self, Source};

/// What is guarded has so many numbers.
const GUARDED: u32 = 19;

/// The chapters of goals, and the script that runs their parts.
const CHAPTERS: [(&str, &str); 2] = [
    ("Speed and size", "scripts/bench.sh"),
    ("Faults survived", "scripts/torture.sh"),
];

/// Figures whose names are handed on, and are not written where they are told.
const HANDED_ON: [&str; 26] = [
    "centre.reserve_p50",
    "centre.reserve_p99",
    "centre.reserve_ratio",
    "fuzz.arguments",
    "fuzz.events",
    "fuzz.imports",
    "fuzz.messages",
    "fuzz.property",
    "fuzz.values",
    "growth.reserve_10_types",
    "growth.reserve_200_types",
    "growth.reserve_40_types",
    "growth.sale_of_1",
    "growth.sale_of_10",
    "growth.sale_of_100",
    "reserve.p50",
    "reserve.p99",
    "reserve.ratio",
    "sequences.in_memory",
    "sequences.on_files",
    "window.key_p50",
    "window.key_p95",
    "window.sale_p50",
    "window.sale_p95",
    "window.start_p50",
    "window.start_p95",
];

fn text<'a>(sources: &'a [Source], path: &str) -> &'a str {
    let found = sources.iter().find(|source| source.path == path);
    &found.unwrap_or_else(|| panic!("{path} is there")).text
}

/// The parts that a script runs: each is a function, and a word of its last command.
fn parts(script: &str) -> BTreeSet<String> {
    let (_, last) = script.rsplit_once("\nparts ").expect("a script of parts");
    let (_, names) = last.rsplit_once('"').expect("the chapter's name");
    let names = names.split_whitespace().filter(|word| *word != "\\");
    let defined = |name: &&str| script.contains(&format!("\npart_{name}() "));
    names.filter(defined).map(str::to_owned).collect()
}

/// Whether a source says a figure with its unit: as `figure: NAME`, by `figure("NAME"`, or under a name that is handed
/// on, in a list of such names.
fn says(source: &Source, condition: &Condition) -> bool {
    let Condition { name, unit, .. } = condition;
    let is_handed_on = HANDED_ON.contains(&name.as_str());
    let mut found = source.text.match_indices(name.as_str());
    found.any(|(at, _)| {
        let after = &source.text[at + name.len()..];
        // Another figure, whose name only begins so.
        if after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            return false;
        }
        let before = &source.text[..at];
        let whole = before.ends_with("figure: ") || before.ends_with("figure(\"");
        let end = after.find([';', '\n']).unwrap_or(after.len());
        let end = match before.ends_with("figure(\"") {
            true => after.find(';').unwrap_or(end),
            false => end,
        };
        let has_none = || {
            let said = after.split('"').next().unwrap_or_default();
            said.split_whitespace().count() == 1
        };
        match (whole, unit.is_empty()) {
            (false, _) => is_handed_on && is_in_a_list(before, after),
            (true, true) => has_none(),
            // A unit stands before the end of the text; a percent sign is written twice in a shell's.
            (true, false) => ["\"", "\\", "%"].iter().any(|last| {
                [" ", "\""]
                    .iter()
                    .any(|first| after[..end].contains(&format!("{first}{unit}{last}")))
            }),
        }
    })
}

/// Whether what stands between is in quotes one of several or a constant, or a word of a shell's list.
fn is_in_a_list(before: &str, after: &str) -> bool {
    let line = before.lines().next_back().unwrap_or_default().trim_start();
    match before.ends_with('"') {
        true => {
            after.starts_with("\",")
                || after.starts_with("\"]")
                || after.starts_with("\")")
                || before.ends_with("FIGURE: &str = \"")
        }
        false => line.starts_with("targets=("),
    }
}

/// What of a chapter nothing produces.
fn unmeasured(sources: &[Source], chapter: &Chapter, script: &str) -> Vec<String> {
    let parts = parts(text(sources, script));
    let producers: Vec<&Source> = sources
        .iter()
        .filter(|source| source.is_rust() || source.path.ends_with(".sh"))
        .filter(|source| {
            !source.path.starts_with("tests/tidy/") && !source.path.starts_with("crates/goals/")
        })
        .collect();
    let conditions = chapter.goals.iter().flat_map(|goal| &goal.conditions);
    let mut wrong = Vec::new();
    for condition in conditions {
        let name = &condition.name;
        if !parts.contains(condition.part()) {
            wrong.push(format!("{name}: {script} has no part {}", condition.part()));
        }
        // The runner of tests counts these itself.
        let is_counted = name.ends_with(".passed") || name.ends_with(".failed");
        if !is_counted && !producers.iter().any(|source| says(source, condition)) {
            wrong.push(format!("{name}: nothing says it in {:?}", condition.unit));
        }
    }
    let held: BTreeSet<&str> = chapter
        .goals
        .iter()
        .flat_map(|goal| &goal.conditions)
        .map(Condition::part)
        .collect();
    let idle = parts.iter().filter(|part| !held.contains(part.as_str()));
    wrong.extend(idle.map(|part| format!("{script}: no goal is held by {part}")));
    wrong
}

#[test]
fn every_goal_is_held_by_figures_that_something_measures() {
    let sources = tree::sources();
    let document = text(&sources, "docs/GOALS.md");
    let mut chapters = keyrack_goals::read(document).expect("tables of goals");
    let limits = keyrack_goals::limits(document).expect("a table of limits");
    // What holds of a goal that is missed is measured as well.
    for limit in limits {
        let is_its = |goal: &&mut Goal| goal.conditions.iter().any(|one| one.name == limit.name);
        let mut goals = chapters.iter_mut().flat_map(|chapter| &mut chapter.goals);
        let goal = goals
            .find(is_its)
            .expect("a limit is one of a goal's figure");
        goal.conditions.extend(limit.conditions);
    }
    let titles: Vec<&str> = chapters
        .iter()
        .map(|chapter| chapter.title.as_str())
        .collect();
    assert_eq!(titles, CHAPTERS.map(|(title, _)| title));
    for (chapter, (_, script)) in chapters.iter().zip(CHAPTERS) {
        assert!(
            chapter.goals.len() > 15,
            "{}: {}",
            chapter.title,
            chapter.goals.len()
        );
        let wrong = unmeasured(&sources, chapter, script);
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_name_that_is_handed_on_is_one_of_a_list() {
    let condition: Condition = "reserve.p50 <= 5 ms".parse().expect("a condition");
    let says = |text: &str| says(&Source::new("benches/a.rs", text), &condition);
    assert!(says("let names = [\"reserve.ratio\", \"reserve.p50\"];"));
    assert!(!says(
        "// What reserve.p50 is\nlet what = \"reserve.p50 of all\";"
    ));
}

#[test]
fn a_goal_that_nothing_measures_is_found() {
    let sources = [
        Source::new(
            "scripts/some.sh",
            "\npart_a() { :; }\npart_idle() { :; }\nparts x \"A\" a idle lost\n",
        ),
        Source::new(
            "benches/a.rs",
            "figure(\"a.p50\", 1.0, \"ms\"); figure(\"a.p99\",\n    1.0,\n    \"ms\");",
        ),
        Source::new(
            "tests/b.rs",
            "// a.told ms is told\nlet names = [\"a.listed\", \"reserve.p50\"];",
        ),
        Source::new("tests/a.rs", "println!(\"figure: a.tried {tried} times\");"),
    ];
    let wrong = |held_by: &str| {
        let document =
            format!("## A\n| what | goal | held by |\n|---|---|---|\n| a | b | {held_by} |\n");
        let chapters = keyrack_goals::read(&document).expect("a table");
        unmeasured(&sources, &chapters[0], "scripts/some.sh").len()
    };
    // The part that holds no goal is wrong in each.
    assert_eq!(
        wrong("`a.p50 <= 5 ms`, `a.p99 <= 5 ms`, `a.tried >= 1 times`, `a.failed = 0`"),
        1
    );
    for bad in [
        "`a.p50 <= 5 s`",
        "`a.p99 <= 5 s`",
        "`a.p9 <= 5 ms`",
        "`a.told ms`",
        "`a.listed ms`",
        "`a.tried`",
        "`a.tried >= 1`, `a.tries >= 1 times`",
        "`lost.passed >= 1`, `a.tried >= 1 times`",
    ] {
        assert!(wrong(bad) > 1, "{bad}");
    }
}

#[test]
fn every_number_of_what_is_guarded_has_a_test() {
    let sources = tree::sources();
    let document = text(&sources, "docs/SECURITY.md");
    let mut numbers = BTreeSet::new();
    for row in document.lines().filter_map(|line| line.strip_prefix("| ")) {
        let Some((number, rest)) = row.split_once(" | ") else {
            continue;
        };
        if let Ok(number) = number.parse::<u32>() {
            let is_test = |word: &&str| word.matches('_').count() > 2;
            let tests = rest.split('`').skip(1).step_by(2).filter(is_test).count();
            assert!(tests > 0, "{number} has no test: {rest}");
            numbers.insert(number);
        }
    }
    assert_eq!(numbers, (1..=GUARDED).collect());
}

/// What a limit is measured by is set up as what it excuses.
#[test]
fn the_window_that_memory_is_measured_beside_is_set_up_as_ours() {
    let sources = tree::sources();
    let program = text(&sources, "src-tauri/src/main.rs");
    let (_, list) = program.split_once("const FOR_WEBKIT").expect("the list");
    let (list, _) = list.split_once("];").expect("its end");
    let settings: Vec<&str> = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('(')?.strip_suffix("),"))
        .collect();
    assert_eq!(settings.len(), 3, "{list}");
    let bare = text(&sources, "tests/benches/window/start.rs");
    for setting in settings {
        assert!(bare.contains(&format!(".env({setting})")), "{setting}");
    }
}
