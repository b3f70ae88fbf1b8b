//! What a process and everything below it costs, from /proc.

use std::collections::HashMap;
use std::time::Duration;

use crate::{Outcome, failure};

/// The kernel counts processor time in hundredths of a second for whoever reads /proc.
const TICKS_PER_SECOND: u64 = 100;

/// A process and all its descendants at one moment.
pub struct Tree {
    processes: Vec<u32>,
}

impl Tree {
    /// The process `root` and all below it.
    pub fn at(root: u32) -> Outcome<Self> {
        let mut below: HashMap<u32, Vec<u32>> = HashMap::new();
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let Some(id) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok())
            else {
                continue;
            };
            // A process may end between being listed and being read.
            if let Some(parent) = fields(id).and_then(|fields| fields.get(1)?.parse().ok()) {
                below.entry(parent).or_default().push(id);
            }
        }
        let mut processes = vec![root];
        let mut next = 0;
        while let Some(parent) = processes.get(next) {
            processes.extend(below.get(parent).into_iter().flatten());
            next += 1;
        }
        Ok(Self { processes })
    }

    /// All below the process `root`, without itself.
    pub fn below(root: u32) -> Outcome<Self> {
        let mut tree = Self::at(root)?;
        tree.processes.retain(|&id| id != root);
        Ok(tree)
    }

    /// Processor time used so far, user's and system's.
    pub fn processor_time(&self) -> Duration {
        let ticks: u64 = self
            .processes
            .iter()
            .filter_map(|&id| fields(id))
            .flat_map(|fields| [11, 12].map(|at| fields.get(at)?.parse::<u64>().ok()))
            .flatten()
            .sum();
        Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
    }

    /// Memory in bytes, shared pages divided among those who share them.
    pub fn memory(&self) -> Outcome<u64> {
        Ok(self.memories()?.iter().map(|each| each.whole).sum())
    }

    /// The memory of each process.
    pub fn memories(&self) -> Outcome<Vec<Memory>> {
        self.processes.iter().map(|&id| Memory::of(id)).collect()
    }
}

/// What one process holds in memory, in bytes, shared pages divided among those who share them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The program's name, as the kernel cuts it.
    pub program: String,
    /// All of it: PSS.
    pub whole: u64,
    /// Of it what stands in files as well: programs, libraries, typefaces. It shrinks where another process reads the
    /// same files, and grows back when that one ends.
    pub files: u64,
}

impl Memory {
    fn of(id: u32) -> Outcome<Self> {
        let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
        let bytes = |what: &str| -> Outcome<u64> {
            let Some(number) = rollup.lines().find_map(|line| line.strip_prefix(what)) else {
                return failure(format!("process {id} gives no {what}"));
            };
            Ok(number.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
        };
        Ok(Self {
            program: std::fs::read_to_string(format!("/proc/{id}/comm"))?
                .trim()
                .to_owned(),
            whole: bytes("Pss:")?,
            files: bytes("Pss_File:")?,
        })
    }
}

/// The fields of /proc/ID/stat from the state on: the name before them may hold spaces.
fn fields(id: u32) -> Option<Vec<String>> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}
