//! A disk that takes no more: nothing is half done, the sentence says why, and work resumes.

use std::process::Command;

use crate::hotel::{Hotel, Run, keyrackctl, new_id};

/// Runs `keyrackctl` where no file may grow beyond `kilobytes`, as on a full disk.
fn on_a_full_disk(hotel: &Hotel, kilobytes: u32, words: &[&str]) -> Run {
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\""))
        .arg("bash")
        .arg(keyrackctl())
        .arg("--db")
        .arg(&hotel.file)
        .arg("--json")
        .args(words)
        .env("KEYRACK_LOG_DIR", "");
    Run::of(shell.output().unwrap())
}

#[test]
fn a_full_disk_refuses_with_a_sentence_and_the_same_command_is_done_later() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let before = hotel.content();
    let id = new_id();
    let words = [
        "--command-id",
        &id,
        "nights",
        "open",
        "2026-08-01..2027-05-01",
    ];
    let mut refused = 0;
    // From where not even the index of the log fits, to where everything does.
    let done = (8..).step_by(8).find_map(|kilobytes| {
        let run = on_a_full_disk(&hotel, kilobytes, &words);
        assert!(!run.stderr.contains("panicked"), "{run:?}");
        if run.status == 0 {
            return Some(run.json());
        }
        let error = run.refused(5, "storage");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("hotel.db"), "{error}");
        assert_eq!(hotel.content(), before, "{kilobytes} KB");
        hotel.verified();
        refused += 1;
        None
    });
    let done = done.unwrap();
    assert!(refused >= 4, "refused {refused} times");
    assert!(done.get("repeated").is_none(), "{done}");
    assert_eq!(done["opened"], 273 * 3);
    assert_eq!(hotel.done(&words)["repeated"], true);
    hotel.verified();
}

#[test]
fn on_a_full_disk_one_can_still_look() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    // The index of the log is 32 KB; nothing is written beside it.
    let run = on_a_full_disk(&hotel, 40, &["availability", "2026-06-10", "2026-06-11"]);
    assert_eq!(run.ends(0)["room_types"][1]["cells"][0]["sold"], 1);
}
