//! Random use of the window from a seed: nothing stumbles, nothing leaks, and the file still verifies.
//!
//! A minute with the other tests, as long as `KEYRACK_RANDOM_MINUTES` says otherwise; `KEYRACK_SEED`
//! repeats a run. A long run, which `KEYRACK_RANDOM_LONG=1` asks for, is made on the sample hotel, and what it sells it takes back: so memory that grows is memory
//! that is kept, and not a hotel that has more to draw. A short one is made on a small hotel, which is soon sold out.

use std::time::{Duration, Instant, SystemTime};

use keyrack_tests::{Hotel, Memory, Outcome, Page, Session, Tree};

/// What the program may grow by in a long run, once every screen has loaded what it needs.
const GROWTH: f64 = 1.05;
/// When that is, and over how long the memory is looked at: the engine gives back in leaps what it took bit by bit.
const WARM: Duration = Duration::from_secs(5 * 60);
/// And in the second half of a short one, in which the page's engine still takes memory that it gives back later.
const SHORT_GROWTH: f64 = 1.25;
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long a deed of a long run takes at least, so that an hour of it is an hour of work: some 3,600 deeds of up to a
/// dozen keys, which is more than a clerk does in a day. `KEYRACK_UNPACED=1` goes as fast as the window does.
const PACE: Duration = Duration::from_secs(1);
/// Notes what the page itself stumbled over.
const LISTEN: &str = "window.stumbled = []; \
    addEventListener('error', (event) => stumbled.push(String(event.message))); \
    addEventListener('unhandledrejection', (event) => stumbled.push(String(event.reason)))";

/// Numbers that look random, and are the same for a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % most
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let most = u64::try_from(all.len()).unwrap_or(1);
        all[usize::try_from(self.below(most)).unwrap_or(0)]
    }
}

const MOVES: [&str; 12] = [
    "Up",
    "Down",
    "Left",
    "Right",
    "Right",
    "Shift+Right",
    "Shift+Right",
    "PageDown",
    "PageUp",
    "Home",
    "End",
    "Ctrl+Home",
];
const NAMES: [&str; 5] = [
    "Ada King",
    "Ivo Brandt",
    "José Ó Súilleabháin",
    "李小龍",
    "'; --",
];
const ASKED: [&str; 5] = [
    "2 dbl 14-17 jul",
    "ste 3/6",
    "x",
    "sgl 1-30 jun",
    "99 dbl 1/1",
];

/// Does something. Where `takes_back` is set, what it has sold or taken out is taken back at once.
async fn use_it(page: &Page, chance: &mut Chance, takes_back: bool) -> Outcome {
    let deed = chance.below(14);
    match deed {
        0..=4 => {
            for _ in 0..3 {
                page.press(&[chance.of(&MOVES)]).await?;
            }
        }
        5 | 6 => {
            page.press(&["n"]).await?;
            page.type_text(chance.of(&NAMES)).await?;
            page.press(&["Enter", "Escape", "Escape"]).await?;
        }
        7 => page.press(&["h", "Escape"]).await?,
        8 => {
            page.press(&["o"]).await?;
            page.type_text("Painting").await?;
            page.press(&["Enter", "Escape", "Escape"]).await?;
        }
        9 => page.press(&["Ctrl+z"]).await?,
        10 => {
            page.press(&["Ctrl+k"]).await?;
            page.type_text(chance.of(&ASKED)).await?;
            let leave = chance.of(&["Enter", "Escape"]);
            page.press(&[leave, "Escape", "Escape"]).await?;
        }
        11 => {
            page.press(&["F10"]).await?;
            for _ in 0..chance.below(8) {
                page.press(&["Down"]).await?;
            }
            page.press(&["Enter"]).await?;
            tokio::time::sleep(Duration::from_millis(150)).await;
            page.press(&["Escape", "Escape"]).await?;
        }
        12 => {
            let list = chance.of(&["g", "w", "u", "e", "r", "?", "a", "d", "Ctrl+p", "c"]);
            page.press(&[list, "Tab", "Tab", "Escape", "Escape"])
                .await?;
        }
        _ => {
            let key = chance.of(&["[", "]", "F6", "Tab", "Enter", "Ctrl+f"]);
            page.press(&[key, "Escape", "Escape"]).await?;
        }
    }
    // Wherever that led, the calendar goes on from here.
    let back = "if (!document.activeElement.matches('[role=grid]')) \
        document.querySelector('[role=grid]')?.focus()";
    page.run(back, vec![]).await?;
    if takes_back && matches!(deed, 5..=8) {
        page.press(&["Ctrl+z"]).await?;
    }
    Ok(())
}

/// Prints what each process holds, in megabytes of 1,000,000 bytes, and how much of that files hold as well.
fn note(at: Duration, each: &[Memory]) {
    let millions = |bytes: u64| bytes as f64 / 1e6;
    let all: u64 = each.iter().map(|one| one.whole).sum();
    let files: u64 = each.iter().map(|one| one.files).sum();
    let named: Vec<String> = each
        .iter()
        .map(|one| format!("{} {:.1}", one.program, millions(one.whole)))
        .collect();
    println!(
        "at {} s: {:.1} MB, {:.1} of files: {}",
        at.as_secs(),
        millions(all),
        millions(files),
        named.join(", ")
    );
}

/// Memory in bytes of all that was started, at moments of a run: what is its own, and what files hold as well.
#[derive(Default)]
struct Samples(Vec<(Duration, u64, u64)>);

impl Samples {
    fn look(&mut self, session: &Session, at: Duration) -> Outcome {
        let due = self
            .0
            .last()
            .is_none_or(|(last, ..)| at - *last >= LOOK_EVERY);
        if due {
            let each = Tree::below(session.process())?.memories()?;
            note(at, &each);
            let files: u64 = each.iter().map(|one| one.files).sum();
            let whole: u64 = each.iter().map(|one| one.whole).sum();
            self.0.push((at, whole - files, files));
        }
        Ok(())
    }

    /// The middle one of those between two moments. Programs and libraries are counted as at their largest: another
    /// window beside this one takes a share of them, and that is no memory that was given back.
    fn between(&self, from: Duration, to: Duration) -> u64 {
        let files = self.0.iter().map(|&(_, _, files)| files).max();
        let within = self.0.iter().filter(|(at, ..)| (from..to).contains(at));
        let mut found: Vec<u64> = within
            .map(|&(_, own, _)| own + files.unwrap_or(0))
            .collect();
        found.sort_unstable();
        found.get(found.len() / 2).copied().unwrap_or(0)
    }

    /// The first and the last stretch of a run that counts.
    fn growth(&self, lasts: Duration) -> (u64, u64) {
        if lasts < 4 * WARM {
            return (
                self.between(lasts / 2, lasts * 3 / 4),
                self.between(lasts * 3 / 4, lasts * 2),
            );
        }
        (
            self.between(WARM, 2 * WARM),
            self.between(lasts.saturating_sub(WARM), lasts * 2),
        )
    }
}

#[tokio::test]
async fn random_use_leaves_no_error_no_leak_and_a_file_that_verifies() -> Outcome {
    let variable = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let seed = variable("KEYRACK_SEED").unwrap_or(now.as_secs());
    let minutes = variable("KEYRACK_RANDOM_MINUTES").unwrap_or(1);
    println!("KEYRACK_SEED={seed}");
    let mut chance = Chance(seed);
    let long = variable("KEYRACK_RANDOM_LONG").is_some_and(|long| long > 0);
    let hotel = if long {
        Hotel::sample()?
    } else {
        Hotel::small()?
    };
    let logs = tempfile::tempdir()?;
    let folder = logs.path().display().to_string();
    let file = hotel.file().display().to_string();
    let session = Session::start_with(&["--db", &file], &[("KEYRACK_LOG_DIR", &folder)]).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.run(LISTEN, vec![]).await?;

    let (begun, lasts) = (Instant::now(), Duration::from_secs(60 * minutes));
    let pace = if long && variable("KEYRACK_UNPACED").is_none() {
        PACE
    } else {
        Duration::ZERO
    };
    let mut deeds = 0_u32;
    let mut samples = Samples::default();
    while begun.elapsed() < lasts {
        let next = Instant::now() + pace;
        use_it(page, &mut chance, long)
            .await
            .map_err(|error| format!("seed {seed}: {error}"))?;
        deeds += 1;
        samples.look(&session, begun.elapsed())?;
        tokio::time::sleep_until(next.into()).await;
    }
    let (settled, memory) = samples.growth(lasts);
    let growth = memory as f64 / settled as f64;
    println!("{deeds} deeds, memory {settled} to {memory} bytes, by {growth:.3}");
    println!("figure: hour.growth {:.2} %", (growth - 1.0) * 100.0);
    page.picture("random").await?;
    let stumbled = page.run("return window.stumbled", vec![]).await?;
    assert_eq!(
        stumbled.as_array().map(Vec::len),
        Some(0),
        "seed {seed}: {stumbled}"
    );
    session.close().await?;
    let mut lines = 0;
    for entry in std::fs::read_dir(logs.path())?.flatten() {
        for line in std::fs::read_to_string(entry.path())?.lines() {
            lines += 1;
            assert!(!line.contains("ERROR"), "seed {seed}: {line}");
            assert!(!line.contains("no limit of memory"), "{line}");
        }
    }
    assert!(lines > 0, "the window keeps a log");
    hotel.verify()?;
    let most = if long { GROWTH } else { SHORT_GROWTH };
    assert!(growth <= most, "seed {seed}: memory grew by {growth:.3}");
    Ok(())
}
