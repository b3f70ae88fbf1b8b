//! A disk as a recording leaves it, and what of it is there after the power was lost.
//!
//! What was synced is there. Of what was written to a file since its last sync, anything may be: nothing, all of it,
//! all up to somewhere, or any of its sectors. A sector is written whole or not at all. Names are on the disk when their
//! folder was synced, and not because their file was; of those after, some first part is there.

use std::collections::{BTreeMap, HashMap};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::recorder::Step;
use crate::chance::Chance;

/// In bytes: what a disk writes whole.
const SECTOR: usize = 512;

/// The files of a folder by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// By the path within the folder; that of a folder ends with a slash.
type Names = BTreeMap<String, usize>;

/// A disk with what is on it, and what is on the way to it.
#[derive(Clone)]
pub struct Disk {
    files: Vec<File>,
    by_inode: HashMap<u64, usize>,
    synced: Names,
    /// The names after each change since they were synced.
    since: Vec<Names>,
}

#[derive(Clone, Default)]
struct File {
    synced: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Wrote(usize, Vec<u8>),
    Cut(usize),
}

impl Disk {
    /// The folder as it is, all of it on the disk.
    pub fn of(folder: &Path) -> Self {
        let mut disk = Self {
            files: Vec::new(),
            by_inode: HashMap::new(),
            synced: Names::new(),
            since: Vec::new(),
        };
        for (name, path) in listed(folder) {
            let inode = path.metadata().unwrap().ino();
            disk.by_inode.insert(inode, disk.files.len());
            disk.synced.insert(name, disk.files.len());
            disk.files.push(File {
                synced: bytes(&path),
                since: Vec::new(),
            });
        }
        disk
    }

    fn names(&self) -> &Names {
        self.since.last().unwrap_or(&self.synced)
    }

    fn file(&mut self, inode: u64) -> &mut File {
        let place = self.by_inode.get(&inode);
        &mut self.files[*place.expect("a file that the recording knows")]
    }

    /// Whether a name is on the disk, whatever happens.
    pub fn keeps(&self, name: &str) -> bool {
        let all = || self.since.iter().chain([&self.synced]);
        all().all(|names| names.contains_key(name))
    }

    /// Goes one step on.
    pub fn step(&mut self, step: &Step) {
        let mut names = self.names().clone();
        match step {
            Step::Began | Step::Said(_) => return,
            Step::Wrote { inode, at, bytes } => {
                let change = Change::Wrote(*at, bytes.clone());
                return self.file(*inode).since.push(change);
            }
            Step::Cut { inode, length } => {
                return self.file(*inode).since.push(Change::Cut(*length));
            }
            Step::Synced { inode } => {
                let file = self.file(*inode);
                file.synced = file.now();
                return file.since.clear();
            }
            Step::NamesSynced { folder } => {
                // What happened in other folders may still be lost.
                let is_in = |name: &str| parent(name) == folder;
                for other in self.since.iter_mut().chain([&mut self.synced]) {
                    other.retain(|name, _| !is_in(name));
                    let here = names.iter().filter(|(name, _)| is_in(name));
                    other.extend(here.map(|(name, file)| (name.clone(), *file)));
                }
                return;
            }
            Step::FolderMade { name } => {
                names.insert(format!("{name}/"), self.files.len());
                self.files.push(File::default());
            }
            Step::Made { inode, name } => {
                self.by_inode.insert(*inode, self.files.len());
                names.insert(name.clone(), self.files.len());
                self.files.push(File::default());
            }
            Step::Renamed { from, to } => {
                assert_eq!(parent(from), parent(to), "a file moves to another folder");
                let file = names.remove(from).expect("a name that is there");
                names.insert(to.clone(), file);
            }
            Step::Removed { name } => {
                names.remove(name);
            }
        }
        self.since.push(names);
    }

    /// All of it, as programs see it.
    pub fn now(&self) -> Files {
        let names = self.names().iter();
        names
            .map(|(name, file)| (name.clone(), self.files[*file].now()))
            .collect()
    }

    /// What is there after the power was lost.
    pub fn after_loss(&self, chance: &mut Chance) -> Files {
        let kept = chance.below(self.since.len() as u64 + 1) as usize;
        let names = match kept {
            0 => &self.synced,
            kept => &self.since[kept - 1],
        };
        // What is in a folder is lost with it.
        let is_there = |name: &str| {
            parent(name).is_empty() || names.contains_key(&format!("{}/", parent(name)))
        };
        let names = names.iter().filter(|(name, _)| is_there(name));
        names
            .map(|(name, file)| (name.clone(), self.files[*file].after_loss(chance)))
            .collect()
    }
}

/// The folder of a name within the folder: nothing where it is in that one itself.
fn parent(name: &str) -> &str {
    let name = name.strip_suffix('/').unwrap_or(name);
    name.rsplit_once('/').map_or("", |(parent, _)| parent)
}

impl File {
    fn now(&self) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for change in &self.since {
            change.apply(&mut bytes, |_| true);
        }
        bytes
    }

    fn after_loss(&self, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        match chance.below(4) {
            0 => {}
            // Up to somewhere, and the last one torn.
            1 => {
                let whole = chance.below(self.since.len() as u64 + 1) as usize;
                for change in &self.since[..whole] {
                    change.apply(&mut bytes, |_| true);
                }
                if let Some(torn) = self.since.get(whole) {
                    let sectors = chance.below(10) as usize;
                    torn.apply(&mut bytes, |sector| sector < sectors);
                }
            }
            // Any of it, in any sector.
            2 => {
                for change in &self.since {
                    let mut chance = Chance::from(chance.below(u64::MAX));
                    change.apply(&mut bytes, |_| chance.below(2) == 0);
                }
            }
            _ => bytes = self.now(),
        }
        bytes
    }
}

impl Change {
    /// Does it to the bytes, as far as `kept` says for each sector that it touches, the first one being 0.
    fn apply(&self, bytes: &mut Vec<u8>, mut kept: impl FnMut(usize) -> bool) {
        match self {
            Self::Cut(length) => {
                if kept(0) {
                    bytes.resize(*length, 0);
                }
            }
            Self::Wrote(at, written) => {
                let (mut from, mut sector) = (0, 0);
                while from < written.len() {
                    let place = at + from;
                    let to = written.len().min(from + SECTOR - place % SECTOR);
                    if kept(sector) {
                        let end = at + to;
                        if bytes.len() < end {
                            bytes.resize(end, 0);
                        }
                        bytes[place..end].copy_from_slice(&written[from..to]);
                    }
                    (from, sector) = (to, sector + 1);
                }
            }
        }
    }
}

/// What is in a folder: files by their names, and folders.
fn listed(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inside = listed(&path).into_iter();
            found.extend(inside.map(|(inner, path)| (format!("{name}/{inner}"), path)));
            found.push((format!("{name}/"), path));
        } else if !name.ends_with("-shm") {
            // The index of the log is memory that programs share: none of it outlives them.
            found.push((name, path));
        }
    }
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    if path.is_dir() {
        Vec::new()
    } else {
        std::fs::read(path).unwrap()
    }
}

/// The files of a folder.
pub fn read(folder: &Path) -> Files {
    let found = listed(folder).into_iter();
    found.map(|(name, path)| (name, bytes(&path))).collect()
}

/// Puts files into a folder that is empty.
pub fn write(files: &Files, folder: &Path) {
    // The name of a folder comes before those that are in it.
    for (name, bytes) in files {
        let path = folder.join(name);
        if name.ends_with('/') {
            std::fs::create_dir(path).unwrap();
        } else {
            std::fs::write(path, bytes).unwrap();
        }
    }
}
