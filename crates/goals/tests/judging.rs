//! What a goal is judged by.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use keyrack_goals::{Bound, Condition, Fault, Log, Report, read};

const DOCUMENT: &str = "# Goals\n\n## Speed\n\nSome words.\n\n| what | goal | held by |\n|---|---|---|\n\
    | reserve | quick | `reserve.p50 <= 5 ms`, `reserve.ratio <= 1.25 x` |\n\
    | frames | many | `window.frames >= 58 a second` |\n\
    | sales | told | `centre.singly a second` |\n\
    \n## Faults\n\n| what | goal | held by |\n|---|---|---|\n\
    | kills | 10,000 | `kill.tried >= 10000 times`, `kill.failed = 0`, `kill.passed >= 1` |\n";

/// What the report says in the last but one column, by row.
fn verdicts(chapter: &str, logs: &[(&str, &str)]) -> (Vec<String>, bool) {
    let chapters = read(DOCUMENT).unwrap();
    let chapter = chapters.iter().find(|one| one.title == chapter).unwrap();
    let logs: BTreeMap<String, Log> = logs
        .iter()
        .map(|(part, text)| ((*part).to_owned(), Log::read(part, text).unwrap()))
        .collect();
    let report = Report::of(chapter, &logs);
    let markdown = report.markdown();
    let rows = markdown.lines().skip(4);
    let verdicts = rows.map(|row| row.split(" | ").nth(3).unwrap().to_owned());
    (verdicts.collect(), report.misses(&[]))
}

/// The first row's.
fn first(chapter: &str, logs: &[(&str, &str)]) -> String {
    verdicts(chapter, logs).0.swap_remove(0)
}

#[test]
fn a_goal_is_met_by_figures_within_all_of_its_conditions_and_by_nothing_else() {
    let well = "begun: now 1\nfigure: reserve.p50 0.5 ms\ntest a ... figure: reserve.ratio 1.25 x\nended: 0\n";
    assert_eq!(first("Speed", &[("reserve", well)]), "yes");
    for (spoiled, verdict) in [
        (
            well.replace("0.5 ms", "5.1 ms"),
            "NO: reserve.p50 is not <= 5",
        ),
        (
            well.replace("0.5 ms", "NaN ms"),
            "NO: reserve.p50 is not <= 5",
        ),
        (
            well.replace("1.25 x", "1.2500001 x"),
            "NO: reserve.ratio is not <= 1.25",
        ),
        // Of several the worst counts, in whatever order they come.
        (
            format!("figure: reserve.p50 9 ms\n{well}"),
            "NO: reserve.p50 is not <= 5",
        ),
        (
            format!("{well}figure: reserve.p50 9 ms\n"),
            "NO: reserve.p50 is not <= 5",
        ),
        (
            well.replace("0.5 ms", "0.5 s"),
            "NO: reserve.p50 is not there",
        ),
        (
            well.replace("figure: reserve.ratio", "a.figure"),
            "NO: reserve.ratio is not there",
        ),
        (well.replace("ended: 0", "ended: 1"), "NO: reserve failed"),
        (well.replace("ended: 0", ""), "not run: reserve was cut off"),
        (
            well.replace("ended: 0", "missing: a display\nended: 0"),
            "not run: a display is missing",
        ),
    ] {
        assert_eq!(
            first("Speed", &[("reserve", &spoiled)]),
            verdict,
            "{spoiled}"
        );
    }
    let (rows, is_missed) = verdicts("Speed", &[]);
    assert!(
        rows.iter().all(|row| row.starts_with("not run")),
        "{rows:?}"
    );
    assert!(!is_missed, "what was not run is not missed");
}

#[test]
fn of_what_shall_be_large_the_smallest_counts_and_what_is_told_is_judged_by_nothing() {
    let window =
        "figure: window.frames 59.9 a second\nfigure: window.frames 57 a second\nended: 0\n";
    let centre = "figure: centre.singly 3 a second\nended: 0\n";
    let (rows, is_missed) = verdicts("Speed", &[("window", window), ("centre", centre)]);
    assert_eq!(rows[1..], ["NO: window.frames is not >= 58", "told"]);
    assert!(is_missed);
}

#[test]
fn tries_are_added_up_and_a_run_in_small_is_called_one() {
    let run = |share: &str, tries: u32| {
        format!(
            "begun: now {share}\nfigure: kill.tried 4000 times\nfigure: kill.tried {tries} times\n\
             test result: ok. 2 passed; 0 failed; 0 ignored\nended: 0\n"
        )
    };
    assert_eq!(first("Faults", &[("kill", &run("1", 6_000))]), "yes");
    assert_eq!(
        first("Faults", &[("kill", &run("1", 5_999))]),
        "NO: kill.tried is not >= 10000"
    );
    assert_eq!(first("Faults", &[("kill", &run("0.5", 1_000))]), "in small");
    assert_eq!(
        first("Faults", &[("kill", &run("0.5", 999))]),
        "NO: kill.tried is not >= 10000"
    );
    // Of several programs of tests one failed, or none of them ran a test.
    let failed = format!(
        "{}test result: FAILED. 1 passed; 1 failed; 0 ignored\n",
        run("1", 6_000)
    );
    assert_eq!(
        first("Faults", &[("kill", &failed)]),
        "NO: kill.failed is not = 0"
    );
    let none = run("1", 6_000).replace("2 passed", "0 passed");
    assert_eq!(
        first("Faults", &[("kill", &none)]),
        "NO: kill.passed is not >= 1"
    );
}

#[test]
fn what_is_no_condition_no_figure_and_no_row_is_said() {
    for bad in [
        "",
        "p50 <= 5 ms",
        "a.b < 5 ms",
        "a.b <= five ms",
        "A.b <= 5",
        "a. <= 5",
    ] {
        let read: Result<Condition, Fault> = bad.parse();
        assert_eq!(read, Err(Fault::Condition(bad.to_owned())));
    }
    let told: Condition = "a.b sales a second".parse().unwrap();
    assert_eq!(
        (told.bound, told.unit.as_str(), told.part()),
        (Bound::Told, "sales a second", "a")
    );
    for bad in ["figure: a.b", "figure: a.b five ms", "figure: a 5 ms"] {
        assert!(
            matches!(Log::read("a", bad), Err(Fault::Figure(_))),
            "{bad}"
        );
    }
    let unheld = "## A\n| what | goal | held by |\n|---|---|---|\n| one | two | three |\n";
    assert_eq!(read(unheld), Err(Fault::Unheld("one".to_owned())));
    let wide = unheld.replace("| three", "| `a.b <= 1` | `c.d <= 1`");
    assert!(matches!(read(&wide), Err(Fault::Row(_))));
}
