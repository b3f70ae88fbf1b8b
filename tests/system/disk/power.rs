//! The power is lost at a random moment: what was acknowledged is there, and the file is whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use keyrack_store::{Creation, Store};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use uuid::Uuid;

use super::image::{self, Disk, Files};
use super::recorder::{Recorder, Step};
use super::script::{Ask, COPY, ERASED, asks};
use super::{in_memory, scratch};
use crate::chance::{Chance, share_of, short_or_long};
use crate::desks::proxy::{Proxy, Weather};
use crate::desks::world::{Centre, HOTEL};
use crate::hotel::{Hotel, Run, keyrackctl};

/// The name of the hotel's file.
const FILE: &str = "hotel.db";

/// What happened in a folder, and how it was before.
struct Recording {
    before: Disk,
    steps: Vec<Step>,
}

impl Recording {
    /// Writes down what `work` does in the folder of the hotel.
    fn of(folder: &Path, work: impl FnOnce(&Recorder)) -> Self {
        let elsewhere = scratch();
        let log = elsewhere.path().join("log");
        let before = Disk::of(folder);
        let recorder = Recorder::of(folder, &log);
        work(&recorder);
        let steps = recorder.take();
        let recording = Self { before, steps };
        // Nothing was done that the recording does not tell of.
        let mut disk = recording.before.clone();
        recording.steps.iter().for_each(|step| disk.step(step));
        let (told, is) = (disk.now(), image::read(folder));
        assert_eq!(
            told.keys().collect::<Vec<_>>(),
            is.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &is {
            assert!(told[name] == *bytes, "{name} is not as the recording tells");
        }
        recording
    }

    /// Whether the name of a file is on the disk before the first thing is said to be done.
    fn keeps_when_said(&self, name: &str) -> bool {
        let mut disk = self.before.clone();
        let is_silent = |step: &&Step| !matches!(step, Step::Said(_));
        self.steps
            .iter()
            .take_while(is_silent)
            .for_each(|step| disk.step(step));
        disk.keeps(name)
    }

    /// Loses the power so often, at random moments in their order; gives each time the number of the step, the steps
    /// until then, and what is left.
    fn losses(&self, chance: &mut Chance, count: u64, mut found: impl FnMut(&[Step], Files)) {
        let mut moments: Vec<usize> = (0..count)
            .map(|_| chance.below(self.steps.len() as u64 + 1) as usize)
            .collect();
        moments.sort_unstable();
        let (mut disk, mut done) = (self.before.clone(), 0);
        for moment in moments {
            self.steps[done..moment]
                .iter()
                .for_each(|step| disk.step(step));
            done = moment;
            found(&self.steps[..moment], disk.after_loss(chance));
        }
    }
}

/// The ids that a working desk said were done, a line each.
fn said(steps: &[Step]) -> BTreeSet<Uuid> {
    let mut text = String::new();
    for step in steps {
        if let Step::Said(bytes) = step {
            text.push_str(std::str::from_utf8(bytes).unwrap());
        }
    }
    // A line without its end was not said.
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let ids = whole.lines().filter_map(|line| line.split(' ').nth(1));
    ids.filter_map(|word| Uuid::try_parse(word).ok()).collect()
}

/// A folder with what the loss left.
struct Left {
    folder: tempfile::TempDir,
}

impl Left {
    fn of(files: &Files) -> Self {
        let folder = scratch();
        image::write(files, folder.path());
        Self { folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }

    /// The file is whole, for the real store.
    fn is_whole(&self) -> Result<(), Box<dyn std::error::Error>> {
        let store = Store::open(&self.file(), Creation::MustExist, Duration::from_secs(5))?;
        let verified = store.verify()?;
        if verified.ok {
            return Ok(());
        }
        Err(format!(
            "verify: {:?}",
            verified.checks.iter().find(|check| !check.ok)
        )
        .into())
    }

    /// Puts the copy back that lies beside the file.
    fn restored(&self) {
        let mut command = Command::new(keyrackctl());
        command.arg("--db").arg(self.file()).arg("restore");
        command
            .arg(self.folder.path().join(COPY))
            .env("KEYRACK_LOG_DIR", "");
        Run::of(command.arg("--json").output().unwrap()).ends(0);
    }

    /// A write looks whether the file is an older copy, which it is not; and all that was sold is in its queue.
    fn is_no_copy(&self, sold: &BTreeSet<Uuid>) -> Result<(), Box<dyn std::error::Error>> {
        let store = Store::open(&self.file(), Creation::MustExist, Duration::from_secs(5))?;
        store.write(|_| Ok(()))?;
        let connection = Connection::open(self.file())?;
        let sql = "SELECT state, last_seq - acked_seq FROM centre";
        let (state, queued): (String, usize) =
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if state == "joined" && queued >= sold.len() {
            return Ok(());
        }
        Err(format!(
            "the file is {state}, with {queued} of {} in its queue",
            sold.len()
        )
        .into())
    }

    fn lacks(&self, ids: &BTreeSet<Uuid>) -> Vec<Uuid> {
        lacks(&self.file(), ids)
    }
}

/// Which of the commands and acts a file knows nothing of.
fn lacks(file: &Path, ids: &BTreeSet<Uuid>) -> Vec<Uuid> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let connection = Connection::open_with_flags(file, flags).unwrap();
    let sql = "SELECT (SELECT count(*) FROM command WHERE id = ?1) + (SELECT count(*) FROM act WHERE id = ?1)";
    let Ok(mut statement) = connection.prepare(sql) else {
        return ids.iter().copied().collect();
    };
    let is_missing = |id: &&Uuid| {
        let found: i64 = statement
            .query_row([id.as_bytes()], |row| row.get(0))
            .unwrap();
        found == 0
    };
    ids.iter().filter(is_missing).copied().collect()
}

fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn ended_well(mut command: Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{status}");
}

/// A desk that books and cancels for a second.
fn busy_desk(file: &Path, seed: u64) -> Command {
    let mut command = program(env!("CARGO_BIN_EXE_busy-desk"));
    command.arg(file).arg(seed.to_string()).arg("1");
    command
}

#[test]
fn what_was_acknowledged_before_the_power_was_lost_is_there_and_the_file_verifies() {
    let mut chance = Chance::new("power lost while a desk works");
    let (rounds, losses) = short_or_long((2, 30), (share_of(100), 60));
    let fresh = || Left::of(&image::read(Hotel::small().folder.path()));
    let (mut left, mut told) = (fresh(), BTreeSet::new());
    let mut acknowledged = 0;
    for round in 0..rounds {
        // A round begins with what a loss left, so that what mends the file is lost in the middle as well. Now and
        // then with a new file, since each grows.
        if round % 4 == 0 {
            (left, told) = (fresh(), BTreeSet::new());
        }
        let seed = chance.below(1 << 40);
        let recording = Recording::of(left.folder.path(), |recorder| {
            let mut command = busy_desk(&left.file(), seed);
            recorder.watch(&mut command);
            ended_well(command);
        });
        let mut next = None;
        recording.losses(&mut chance, losses, |steps, files| {
            let lost = Left::of(&files);
            lost.is_whole()
                .unwrap_or_else(|error| panic!("round {round}, step {}: {error}", steps.len()));
            let mut known: BTreeSet<Uuid> = said(steps);
            acknowledged += known.len();
            known.extend(&told);
            let missing = lost.lacks(&known);
            assert!(
                missing.is_empty(),
                "round {round}, step {}: lost {missing:?}",
                steps.len()
            );
            next = Some((files, known));
        });
        let (files, known) = next.unwrap();
        (left, told) = (Left::of(&files), known);
    }
    println!("figure: power.tried {} times", rounds * losses);
    println!("figure: power.acknowledged {acknowledged}");
    assert!(
        acknowledged > 500,
        "too few commands for a proof: {acknowledged}"
    );
}

/// Loses the power while rows are written with bare SQLite; gives in how many losses something is missing.
fn losing(chance: &mut Chance, synchronous: &str) -> u64 {
    let folder = scratch();
    let file = folder.path().join(FILE);
    let recording = Recording::of(folder.path(), |recorder| {
        let mut command = program(env!("CARGO_BIN_EXE_bare-writer"));
        command.arg(&file).args([synchronous, "300"]);
        recorder.watch(&mut command);
        ended_well(command);
    });
    let mut losing = 0;
    recording.losses(chance, short_or_long(40, 400), |steps, files| {
        let known = said(steps);
        if !known.is_empty() && !Left::of(&files).lacks(&known).is_empty() {
            losing += 1;
        }
    });
    losing
}

#[test]
fn with_synchronous_normal_the_same_losses_lose_what_was_acknowledged_and_with_full_none() {
    let mut chance = Chance::new("power lost with other settings");
    assert_eq!(losing(&mut chance, "FULL"), 0);
    let normal = losing(&mut chance, "NORMAL");
    println!("figure: power.control_loses {normal}");
    assert!(normal > 10, "{normal}: the losses prove nothing");
}

#[test]
fn a_desk_whose_log_is_not_synced_loses_what_it_acknowledged() {
    let mut chance = Chance::new("power lost without syncs of the log");
    let hotel = in_memory();
    let recording = Recording::of(hotel.folder.path(), |recorder| {
        let mut command = busy_desk(&hotel.file, chance.below(1 << 40));
        recorder.watch_deaf(&mut command, "-wal");
        ended_well(command);
    });
    let mut losing = 0;
    recording.losses(&mut chance, 24, |steps, files| {
        let lost = Left::of(&files);
        if lost.is_whole().is_err() || !lost.lacks(&said(steps)).is_empty() {
            losing += 1;
        }
    });
    assert!(losing > 5, "{losing}: a dropped sync is not found");
}

/// What must be there after a loss, by what was said until then.
#[derive(Default)]
struct Told {
    /// The commands that were acknowledged.
    known: BTreeSet<Uuid>,
    /// What the backup has, once it is acknowledged.
    copied: Option<BTreeSet<Uuid>>,
    /// A restore is under way: either content may stand.
    restoring: bool,
    /// The guest is erased.
    erased: bool,
}

impl Told {
    fn until(steps: &[Step], asks: &[Ask]) -> Self {
        let mut told = Self::default();
        let mut asks = asks.iter();
        let (mut name, mut text) = ("", Vec::new());
        for step in steps {
            match step {
                Step::Began => {
                    name = asks.next().unwrap().name;
                    text.clear();
                    told.restoring = name == "restore";
                }
                Step::Said(bytes) => {
                    text.extend(bytes);
                    // A document without its end was not said.
                    if let Ok(document) = serde_json::from_slice::<Value>(&text) {
                        told.hears(name, &document);
                    }
                }
                _ => {}
            }
        }
        told
    }

    fn hears(&mut self, name: &str, document: &Value) {
        let id = document["command_id"].as_str().unwrap();
        match name {
            "backup" => self.copied = Some(self.known.clone()),
            "restore" => {
                self.known = self.copied.clone().unwrap();
                self.restoring = false;
            }
            "erase" => self.erased = true,
            _ => {}
        }
        self.known.insert(id.parse().unwrap());
    }

    /// What of it is not as it was told.
    fn breach(&self, left: &Left) -> Option<String> {
        if let Err(error) = left.is_whole() {
            // A restore that was not said to be done may have put the content back, and not yet forgotten which backups
            // know more. Asked for again it is done.
            let half = self.restoring && error.to_string().contains("\"backups\"");
            if !half {
                return Some(error.to_string());
            }
            left.restored();
            return left.is_whole().err().map(|error| error.to_string());
        }
        let missing = left.lacks(&self.known);
        let is_back = || {
            let copied = self.copied.as_ref();
            self.restoring && copied.is_some_and(|ids| left.lacks(ids).is_empty())
        };
        if !missing.is_empty() && !is_back() {
            return Some(format!("lost {missing:?}"));
        }
        if let Some(ids) = &self.copied {
            let copy = left.folder.path().join(COPY);
            let whole = Store::verify_backup(&copy).map(|copied| copied.verification.ok);
            if !matches!(whole, Ok(true)) || !lacks(&copy, ids).is_empty() {
                return Some(format!("the backup is not whole: {whole:?}"));
            }
        }
        let tells = |(name, bytes): (&String, &Vec<u8>)| {
            // A copy from before the erasure has the guest; what a restore left is swept by what copies next.
            let is_other = name == COPY || name.contains(".restoring-");
            (!is_other && holds(bytes, ERASED.as_bytes())).then(|| name.clone())
        };
        let files = image::read(left.folder.path());
        self.erased
            .then(|| files.iter().find_map(tells))
            .flatten()
            .map(|name| format!("{name} tells of the erased guest"))
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

#[test]
fn whatever_is_asked_when_the_power_is_lost_is_done_or_not_and_what_was_acknowledged_is_there() {
    let mut chance = Chance::new("power lost while keyrackctl works");
    let (rounds, losses) = short_or_long((1, 40), (share_of(20), 150));
    for round in 0..rounds {
        let (hotel, beside) = (in_memory(), scratch());
        let asks = asks(hotel.folder.path(), beside.path());
        let recording = Recording::of(hotel.folder.path(), |recorder| {
            for ask in &asks {
                let words: Vec<&str> = ask.words.iter().map(String::as_str).collect();
                let mut command = hotel.command(&words);
                recorder.watch(&mut command);
                Run::of(command.output().unwrap()).ends(0);
            }
        });
        recording.losses(&mut chance, losses, |steps, files| {
            let told = Told::until(steps, &asks);
            if let Some(breach) = told.breach(&Left::of(&files)) {
                let began = steps.iter().filter(|step| **step == Step::Began).count();
                let last = began.checked_sub(1).map(|last| &asks[last]);
                panic!("round {round}, step {} in {last:?}: {breach}", steps.len());
            }
        });
    }
    println!("figure: power.tried {} times", rounds * losses);
}

#[test]
fn a_desk_with_a_centre_keeps_its_share_and_its_counter_through_a_loss_of_power() {
    let mut chance = Chance::new("power lost at a desk with a centre");
    let centre = Centre::start();
    let (hotel, proxy) = (Hotel::with(HOTEL), Proxy::to(centre.address, 1));
    let (url, code) = (format!("http://{}", proxy.address), centre.code());
    let recording = Recording::of(hotel.folder.path(), |recorder| {
        let watched = |words: &[&str]| {
            let mut command = hotel.command(words);
            recorder.watch(&mut command);
            Run::of(command.output().unwrap()).ends(0);
        };
        watched(&["enrol", &url, &code, "--name", "first"]);
        watched(&["sync", "--once"]);
        proxy.set(Weather::Cut);
        for day in 10..18 {
            let stay = format!("A:2026-06-{day}:2026-06-{}", day + 1);
            watched(&["reserve", &stay, "--guest", "Ana Sousa"]);
        }
    });
    // Without the one it takes itself for an older copy, and without the other it is a stranger at the centre.
    for name in ["hotel.db-queued", "hotel.db-centre"] {
        assert!(recording.keeps_when_said(name), "{name} is not on the disk");
    }
    let losses = short_or_long(40, share_of(1_000));
    recording.losses(&mut chance, losses, |steps, files| {
        let (left, step) = (Left::of(&files), steps.len());
        left.is_whole()
            .unwrap_or_else(|error| panic!("step {step}: {error}"));
        let said = steps.iter().filter_map(|step| match step {
            Step::Said(bytes) => Some(serde_json::from_slice::<Value>(bytes).unwrap()),
            _ => None,
        });
        let is_enrolled = said.clone().next().is_some();
        let sold = said.skip(2).map(|document| document["command_id"].clone());
        let known = sold
            .map(|id| id.as_str().unwrap().parse().unwrap())
            .collect();
        let missing = left.lacks(&known);
        assert!(missing.is_empty(), "step {step}: lost {missing:?}");
        if is_enrolled {
            left.is_no_copy(&known)
                .unwrap_or_else(|error| panic!("step {step}: {error}"));
        }
    });
    println!("figure: power.tried {losses} times");
}
