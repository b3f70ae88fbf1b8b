//! The same schedules on real files: whatever a desk of the simulation does is done with SQLite too, and
//! the two have to come to the same after every step. So what is proved of the one holds for the other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_inventory::TextId;
use keyrack_simulation::{Deed, Happened, Look, Watcher, watched};
use keyrack_store::{CentreState, Creation, Envelope, Joining, Store};
use keyrack_wire::{Answered, Cursor, Hash, Slot};
use tempfile::TempDir;
use uuid::Uuid;

const SHORT: u64 = 60;
const LONG: u64 = 3_000;
/// Beyond those: an older copy gives a number after it has begun its new epoch, before it has heard that the file in
/// whose place it was put had given that number; a limit that waits here is so already at the centre, until another
/// desk changes it; what an undo that waits is about came to less when it was laid anew; who left here is not at a centre
/// that was restored from before he came.
const FOUND: [u64; 4] = [6_878, 1_447_511, 1_313_222, 1_882_337];

/// A desk's file.
struct File {
    path: PathBuf,
    store: Option<Store>,
}

struct Files {
    folder: TempDir,
    desks: BTreeMap<usize, File>,
}

fn open(path: &Path) -> Store {
    Store::open(path, Creation::Create, Duration::from_secs(5)).unwrap()
}

/// A folder in memory where there is one.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    }
}

fn envelope(deed: &Deed<'_>) -> Envelope {
    let mut request_hash = [0; 32];
    request_hash[..16].copy_from_slice(deed.id.0.as_bytes());
    Envelope {
        command_id: deed.id,
        request_hash,
        request_id: deed.id.0,
        actor: "Ana".to_owned(),
        now: deed.at,
        if_version: None,
        override_text: deed.is_override.then_some(TextId(Uuid::nil())),
        command: deed.command.clone(),
        reason: None,
        causation: None,
        gives_back: deed.gives_back,
        guests: Vec::new(),
        texts: Vec::new(),
    }
}

impl File {
    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn epoch(&self) -> u32 {
        let centre = self.store().read(|reader| reader.centre()).unwrap();
        centre.unwrap().holder.epoch
    }

    /// The answers, to the bytes that this file queued: ids of what gives rights back are its own.
    fn own(&self, answers: &[Answered]) -> Vec<Answered> {
        let epoch = self.epoch();
        let hash = |seq| -> Hash {
            match self.store().read(|reader| reader.slot(epoch, seq)).unwrap() {
                Some(Slot::Command(sealed)) => sealed.hash(),
                Some(Slot::Parked(parked)) => parked.hash,
                None => panic!("{seq} is not queued"),
            }
        };
        let own = answers.iter().map(|answer| Answered {
            hash: hash(answer.seq),
            ..answer.clone()
        });
        own.collect()
    }

    /// Where the file comes to something else.
    fn differs(&self, look: &Look) -> Option<String> {
        let centre = self
            .store()
            .read(|reader| reader.centre())
            .unwrap()
            .unwrap();
        let is_frozen = centre.state == CentreState::Frozen;
        let here = (centre.holder.epoch, centre.last_seq, is_frozen);
        if here != (look.epoch, look.last_seq, look.is_frozen) {
            return Some(format!(
                "its queue ends with {here:?}, not {} {} {}",
                look.epoch, look.last_seq, look.is_frozen
            ));
        }
        for ((code, night), right) in &look.rights {
            let left = self
                .store()
                .read(|reader| reader.safe_rooms(*code, *night))
                .unwrap();
            if left != Some(right.left()) {
                return Some(format!(
                    "{left:?} rooms of {code} on {night} are left, not {right:?}"
                ));
            }
        }
        let rows = self.store().read(|reader| reader.shown_rows()).unwrap();
        let mut here: BTreeMap<String, (String, bool)> = rows
            .into_iter()
            .map(|shown| (shown.row.row, (shown.row.digest, shown.void)))
            .collect();
        for (row, (digest, void)) in &look.rows {
            match here.remove(row) {
                Some((known, _)) if known == *digest => {}
                None if *void => {}
                other => return Some(format!("{row} is {other:?}")),
            }
        }
        let alone = here.into_iter().find(|(_, (_, void))| !void);
        alone.map(|(row, _)| format!("{row} is in the file alone"))
    }
}

impl Files {
    fn happens(&mut self, desk: usize, happened: Happened<'_>) -> Option<String> {
        if let Happened::Joined(holder, letters, feed_epoch) = happened {
            let path = self.folder.path().join(format!("{desk}.keyrack"));
            let store = open(&path);
            let joining = Joining {
                url: "http://localhost".to_owned(),
                property: "H1".to_owned(),
                holder,
                letters: letters.to_owned(),
                feed: Cursor {
                    epoch: feed_epoch,
                    number: 0,
                },
                fingerprint: String::new(),
            };
            store.write(|batch| batch.join(&joining, false)).unwrap();
            let store = Some(store);
            self.desks.insert(desk, File { path, store });
            return None;
        }
        let file = self.desks.get_mut(&desk).unwrap();
        let copy = file.path.with_extension("copy");
        match happened {
            Happened::Joined(..) => {}
            Happened::Gave(deed, _) => {
                let applied = file.store().apply(&envelope(&deed)).unwrap();
                if applied.result != *deed.result {
                    let (here, there) = (applied.result, deed.result);
                    return Some(format!("{:?}: {here:?}, not {there:?}", deed.command));
                }
            }
            Happened::Followed(page, at) => {
                file.store().write(|batch| batch.follow(page, at)).unwrap();
            }
            Happened::Answered(answers, trail, at) => {
                let (epoch, own) = (file.epoch(), file.own(answers));
                let stored = file
                    .store()
                    .write(|batch| batch.answered(epoch, (&own, trail), at.millis()));
                stored.unwrap();
            }
            Happened::Parked(seq) => {
                let epoch = file.epoch();
                let parked = file
                    .store()
                    .write(|batch| batch.park(epoch, seq, "malformed"));
                parked.unwrap();
            }
            Happened::Discarded(id, at) => {
                let given_up = file.store().write(|batch| batch.discard(id, "Ana", at));
                assert!(given_up.unwrap());
            }
            Happened::Retried(id, at) => {
                let retried = file
                    .store()
                    .write(|batch| batch.retry(id, "Ana", at.millis()));
                assert!(retried.unwrap());
            }
            Happened::Sends(places) => {
                let epoch = file.epoch();
                let sent = file.store().write(|batch| batch.sends(epoch, &places));
                sent.unwrap();
            }
            Happened::WaitsAgain(named) => {
                let any = file.store().write(|batch| batch.retry_what_waits(named));
                assert!(any.unwrap());
            }
            Happened::Froze(over) => file.store().write(|batch| batch.freeze(over)).unwrap(),
            Happened::Rejoined => {
                file.store().write(|batch| batch.rejoin()).unwrap();
            }
            Happened::TookSnapshot(snapshot, true, at) => {
                let taken = file
                    .store()
                    .write(|batch| batch.take_restored(snapshot, at));
                taken.unwrap();
            }
            Happened::TookSnapshot(snapshot, false, at) => {
                let taken = file
                    .store()
                    .write(|batch| batch.take_snapshot(snapshot, at));
                taken.unwrap();
            }
            Happened::Copied => {
                // Closed, all of it stands in the one file.
                file.store = None;
                std::fs::copy(&file.path, &copy).unwrap();
                file.store = Some(open(&file.path));
            }
            Happened::PutBack => {
                file.store = None;
                std::fs::rename(&copy, &file.path).unwrap();
                file.store = Some(open(&file.path));
            }
        }
        None
    }
}

impl Watcher for Files {
    fn see(&mut self, desk: usize, happened: Happened<'_>, look: &Look) -> Option<String> {
        let between = matches!(happened, Happened::Gave(_, false));
        let differs = self.happens(desk, happened);
        // A page that is no continuation is followed by neither.
        if differs.is_some() || between {
            return differs;
        }
        self.desks[&desk].differs(look)
    }
}

#[test]
fn real_files_come_to_the_same() {
    let asked = std::env::var("KEYRACK_SEED")
        .ok()
        .map(|text| text.parse().unwrap());
    let long = std::env::var_os("KEYRACK_TORTURE").is_some();
    let count = if long { LONG } else { SHORT };
    let seeds: Vec<u64> = match asked {
        Some(seed) => vec![seed],
        None => (0..count).chain(FOUND).collect(),
    };
    let mut broken = Vec::new();
    for seed in seeds {
        let mut files = Files {
            folder: folder(),
            desks: BTreeMap::new(),
        };
        let ended = watched(seed, &mut files);
        if asked.is_some() {
            ended.lines.iter().for_each(|line| println!("{line}"));
        }
        if let Some(violation) = ended.violation {
            println!("KEYRACK_SEED={seed}: {violation:?}");
            broken.push(seed);
        }
        for file in files.desks.values() {
            let verified = file.store().verify().unwrap();
            assert!(verified.ok, "KEYRACK_SEED={seed}: {verified:?}");
        }
    }
    assert_eq!(broken, [0_u64; 0]);
}
