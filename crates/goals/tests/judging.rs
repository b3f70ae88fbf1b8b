//! What a goal is judged by.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use keyrack_goals::{Bound, Condition, Fault, Log, Report, limits, read};

const DOCUMENT: &str = "# Goals\n\n## Speed\n\nSome words.\n\n| what | goal | held by |\n|---|---|---|\n\
    | reserve | quick | `reserve.p50 <= 5 ms`, `reserve.ratio <= 1.25 x` |\n\
    | frames | many | `window.frames >= 58 a second` |\n\
    | sales | told | `centre.singly a second` |\n\
    \n## Faults survived\n\n| what | goal | held by |\n|---|---|---|\n\
    | kills | 10,000 | `kill.tried >= 10000 times`, `kill.failed = 0`, `kill.passed >= 1` |\n\
    \n## Limits\n\n| figure | limit | held by |\n|---|---|---|\n\
    | `window.frames` | an empty page has no more | `window.frames_beside_empty >= 0.95 x` |\n";

/// What the report says in the last but one column, by row.
fn verdicts(chapter: &str, logs: &[(&str, &str)]) -> (Vec<String>, bool) {
    verdicts_at("1a2b", chapter, logs)
}

/// The same where each part has that code now.
fn verdicts_at(code: &str, chapter: &str, logs: &[(&str, &str)]) -> (Vec<String>, bool) {
    let report = report_at(code, chapter, logs);
    let markdown = report.markdown();
    let rows = markdown
        .lines()
        .skip(4)
        .filter(|line| line.starts_with('|'));
    let verdicts = rows.map(|row| row.split(" | ").nth(3).unwrap().to_owned());
    (verdicts.collect(), report.misses(&[]))
}

fn report_at(code: &str, chapter: &str, logs: &[(&str, &str)]) -> Report {
    let chapters = read(DOCUMENT).unwrap();
    let chapter = chapters.iter().find(|one| one.title == chapter).unwrap();
    let logs: BTreeMap<String, Log> = logs
        .iter()
        .map(|(part, text)| ((*part).to_owned(), Log::read(part, text)))
        .collect();
    let codes =
        ["reserve", "window", "centre", "kill"].map(|part| (part.to_owned(), code.to_owned()));
    Report::of(chapter, &codes.into(), &limits(DOCUMENT).unwrap(), &logs)
}

/// The first row's.
fn first(chapter: &str, logs: &[(&str, &str)]) -> String {
    verdicts(chapter, logs).0.swap_remove(0)
}

#[test]
fn a_goal_is_met_by_figures_within_all_of_its_conditions_and_by_nothing_else() {
    let well = "part-begun: now 1a2b 1\nfigure: reserve.p50 0.5 ms\ntest a ... figure: reserve.ratio 1.25 x\npart-ended: 0\n";
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
        (
            well.replace("part-ended: 0", "part-ended: 1"),
            "NO: reserve failed",
        ),
        (
            well.replace("part-ended: 0", ""),
            "not run: reserve was cut off",
        ),
        (
            well.replace("part-ended: 0", "part-missing: a display\npart-ended: 0"),
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
    let window = "part-begun: now 1a2b 1\nfigure: window.frames 59.9 a second\nfigure: window.frames 57 a second\npart-ended: 0\n";
    let centre = "part-begun: now 1a2b 1\nfigure: centre.singly 3 a second\npart-ended: 0\n";
    let (rows, is_missed) = verdicts("Speed", &[("window", window), ("centre", centre)]);
    assert_eq!(rows[1..], ["NO: window.frames is not >= 58", "told"]);
    assert!(is_missed);
}

#[test]
fn tries_are_added_up_and_a_run_in_small_is_called_one() {
    let run = |share: &str, tries: u32| {
        format!(
            "part-begun: now 1a2b {share}\nfigure: kill.tried 4000 times\nfigure: kill.tried {tries} times\n\
             test result: ok. 2 passed; 0 failed; 0 ignored\npart-ended: 0\n"
        )
    };
    assert_eq!(
        first("Faults survived", &[("kill", &run("1", 6_000))]),
        "yes"
    );
    assert_eq!(
        first("Faults survived", &[("kill", &run("1", 5_999))]),
        "NO: kill.tried is not >= 10000"
    );
    assert_eq!(
        first("Faults survived", &[("kill", &run("0.5", 1_000))]),
        "in small"
    );
    assert_eq!(
        first("Faults survived", &[("kill", &run("0.5", 999))]),
        "NO: kill.tried is not >= 10000"
    );
    // Of several programs of tests one failed, or none of them ran a test.
    let failed = format!(
        "{}test result: FAILED. 1 passed; 1 failed; 0 ignored\n",
        run("1", 6_000)
    );
    assert_eq!(
        first("Faults survived", &[("kill", &failed)]),
        "NO: kill.failed is not = 0"
    );
    let none = run("1", 6_000).replace("2 passed", "0 passed");
    assert_eq!(
        first("Faults survived", &[("kill", &none)]),
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
    for bad in ["a.b", "a.b five ms", "a 5 ms"] {
        let log = Log::read("a", &format!("figure: {bad}\nfigure: a.c 1\n"));
        assert_eq!(log.malformed.as_deref(), Some(bad));
    }
    assert_eq!(Log::read("a", "figure: a.b 5 ms\n").malformed, None);
    let unheld = "## A\n| what | goal | held by |\n|---|---|---|\n| one | two | three |\n";
    assert_eq!(read(unheld), Err(Fault::Unheld("one".to_owned())));
    let wide = unheld.replace("| three", "| `a.b <= 1` | `c.d <= 1`");
    assert!(matches!(read(&wide), Err(Fault::Row(_))));
}

const WELL: &str = "part-begun: 2026-11-30 10:15 1a2b 1\nfigure: reserve.p50 0.5 ms\n\
    figure: reserve.ratio 1.2 x\npart-ended: 0\n";

#[test]
fn the_last_end_counts_and_what_programs_say_of_an_end_does_not() {
    let twice = WELL.replace("part-ended: 0\n", "part-ended: 0\npart-ended: 1\n");
    assert_eq!(first("Speed", &[("reserve", &twice)]), "NO: reserve failed");
    let other = WELL.replace(
        "part-ended",
        "ended: 7\nbegun: then 0.5\nmissing: nothing\npart-ended",
    );
    assert_eq!(first("Speed", &[("reserve", &other)]), "yes");
}

#[test]
fn what_is_missing_excuses_no_part_that_failed() {
    let failed = WELL.replace("part-ended: 0", "part-missing: a display\npart-ended: 1");
    assert_eq!(
        first("Speed", &[("reserve", &failed)]),
        "NO: reserve failed"
    );
    let cut_off = WELL.replace("part-ended: 0", "part-missing: a display");
    assert_eq!(
        first("Speed", &[("reserve", &cut_off)]),
        "not run: reserve was cut off"
    );
}

#[test]
fn a_line_that_is_no_figure_fails_its_part_alone() {
    let bad = WELL.replace("part-ended", "figure: reserve.p99 ms\npart-ended");
    let window =
        "part-begun: now 1a2b 1\nfigure: window.frames 59 a second\npart-ended: 0\n".to_owned();
    let (rows, is_missed) = verdicts("Speed", &[("reserve", &bad), ("window", &window)]);
    assert_eq!(
        rows[..2],
        ["NO: reserve says \"reserve.p99 ms\" as a figure", "yes"]
    );
    assert!(is_missed);
}

#[test]
fn a_log_of_other_code_proves_nothing_of_this_and_what_it_missed_is_missed() {
    for code in ["9f8e", "1a2b+", ""] {
        let older = WELL.replace("1a2b", code);
        let (rows, is_missed) = verdicts("Speed", &[("reserve", &older)]);
        assert_eq!(rows[0], format!("of older code: reserve at {code}"));
        assert!(!is_missed);
        let missed = older.replace("0.5 ms", "6 ms");
        assert_eq!(
            first("Speed", &[("reserve", &missed)]),
            "NO: reserve.p50 is not <= 5"
        );
    }
}

#[test]
fn what_ran_with_changes_that_are_in_no_revision_proves_nothing() {
    let changed = WELL.replace("1a2b", "1a2b+");
    let (rows, _) = verdicts_at("1a2b+", "Speed", &[("reserve", &changed)]);
    assert_eq!(rows[0], "of older code: reserve at 1a2b+");
}

#[test]
fn what_counts_no_tries_is_whole_in_a_run_of_fewer() {
    let small = WELL.replace("1a2b 1", "1a2b 0.01");
    assert_eq!(first("Speed", &[("reserve", &small)]), "yes");
}

#[test]
fn what_a_limit_forbids_is_no_miss_as_long_as_the_limit_was_measured_and_holds() {
    let run = |beside: &str| {
        format!(
            "part-begun: now 1a2b 1\nfigure: window.frames 40 a second\n{beside}part-ended: 0\n"
        )
    };
    let judged = |text: &str| {
        let (mut rows, is_missed) = verdicts("Speed", &[("window", text)]);
        (rows.swap_remove(1), is_missed)
    };
    let limited = "limit: window.frames, for which holds window.frames_beside_empty >= 0.95 x";
    let missed = "NO: window.frames is not >= 58";
    let holds = run("figure: window.frames_beside_empty 0.97 x\n");
    assert_eq!(judged(&holds), (limited.to_owned(), false));
    assert_eq!(judged(&run("")), (missed.to_owned(), true));
    let broken = run("figure: window.frames_beside_empty 0.94 x\n");
    assert_eq!(judged(&broken), (missed.to_owned(), true));
    // What is proven is of this code, and of a part that ended well.
    let older = holds.replace("1a2b", "9f8e");
    assert_eq!(judged(&older).0, "of older code: window at 9f8e");
    let failed = holds.replace("part-ended: 0", "part-ended: 1");
    assert_eq!(judged(&failed), ("NO: window failed".to_owned(), true));
    let met = holds.replace("40 a second", "59 a second");
    assert_eq!(judged(&met).0, "yes");
    let nameless = DOCUMENT.replace("| `window.frames` |", "| `frames` |");
    assert!(matches!(limits(&nameless), Err(Fault::Row(_))));
    let row = DOCUMENT.lines().last().unwrap();
    assert!(matches!(
        limits(&format!("{DOCUMENT}{row}\n")),
        Err(Fault::Row(_))
    ));
    let told = DOCUMENT.replace("_beside_empty >= 0.95 x", "_beside_empty x");
    assert_eq!(
        limits(&told),
        Err(Fault::Unheld("window.frames".to_owned()))
    );
}

#[test]
fn what_was_not_run_says_what_runs_it() {
    assert_eq!(first("Speed", &[]), "not run: make bench PART=reserve");
    assert_eq!(
        first("Faults survived", &[]),
        "not run: make torture PART=kill"
    );
}

#[test]
fn the_end_counts_what_came_of_the_goals_and_names_those_that_are_not_met() {
    let slow = WELL.replace("0.5 ms", "6 ms");
    let plain = report_at("1a2b", "Speed", &[("reserve", &slow)]).plain();
    let (_, end) = plain.split_once("\n3 goals: ").unwrap();
    assert_eq!(
        end,
        "1 missed, 2 not run\n    missed: reserve\n    not run: frames\n    not run: sales\n"
    );
    let plain = report_at("1a2b", "Speed", &[("reserve", WELL)]).plain();
    assert!(
        plain.contains("\n3 goals: 1 met, 2 not run\n    not run: frames\n"),
        "{plain}"
    );
}

#[test]
fn links_lead_from_the_table_to_the_documents() {
    let document = DOCUMENT.replace("many |", "[many](FRAMES.md), [more](https://example.org) |");
    let chapter = read(&document).unwrap().swap_remove(0);
    let report = Report::of(&chapter, &BTreeMap::new(), &[], &BTreeMap::new());
    let links = "[many](../../FRAMES.md), [more](https://example.org)";
    assert!(report.markdown().contains(links), "{}", report.markdown());
}
