//! What happened in a schedule, step by step.

use sha2::{Digest, Sha256};

/// An invariant that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// After which step.
    pub step: usize,
    /// Its number in docs/SYNC.md; 0 where the schedule itself cannot go on.
    pub rule: u8,
    /// What was found.
    pub what: String,
}

/// What a schedule had in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Steps.
    pub steps: u64,
    /// Commands that were given.
    pub commands: u64,
    /// Of them, promised at once.
    pub promised: u64,
    /// Of them, asked.
    pub asked: u64,
    /// Commands that the centre applied.
    pub applied: u64,
    /// That it kept as requests.
    pub kept: u64,
    /// That it refused.
    pub refused: u64,
    /// That were parked.
    pub parked: u64,
    /// Messages that were lost, doubled, garbled or came out of their order.
    pub disturbed: u64,
    /// Desks and centres that died.
    pub deaths: u64,
    /// Files put back to an older copy.
    pub restored: u64,
    /// Epochs that ended, and desks that were declared lost.
    pub set_apart: u64,
    /// Desks that went on in a new epoch.
    pub rejoined: u64,
    /// Desks that came back after they were declared lost.
    pub came_back: u64,
    /// Centres that were restored from a copy, and had more before.
    pub centre_restored: u64,
    /// Parked commands that were sent again.
    pub retried: u64,
    /// Rows that were put right at desks.
    pub corrected: u64,
    /// Rooms that became a deficit.
    pub deficit: u64,
}

/// How a schedule ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Of all lines.
    pub hash: [u8; 32],
    /// The lines, where they were to be kept.
    pub lines: Vec<String>,
    /// The first invariant that did not hold.
    pub violation: Option<Violation>,
    /// What it had in it.
    pub facts: Facts,
}

/// Lines as they are written.
#[derive(Debug)]
pub(crate) struct Trace {
    hash: Sha256,
    lines: Vec<String>,
    keeps: bool,
    pub(crate) violation: Option<Violation>,
    pub(crate) facts: Facts,
}

impl Trace {
    pub(crate) fn new(keeps: bool) -> Self {
        Self {
            hash: Sha256::new(),
            lines: Vec::new(),
            keeps,
            violation: None,
            facts: Facts::default(),
        }
    }

    pub(crate) fn line(&mut self, line: String) {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        if self.keeps {
            self.lines.push(line);
        }
    }

    /// Bytes that went over the wire.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        if self.keeps {
            self.lines
                .push(format!("    {}", String::from_utf8_lossy(bytes)));
        }
    }

    pub(crate) fn violated(&mut self, rule: u8, what: String) {
        if self.violation.is_none() {
            let step = usize::try_from(self.facts.steps).unwrap_or(usize::MAX);
            self.violation = Some(Violation { step, rule, what });
        }
    }

    pub(crate) fn end(self) -> Ended {
        Ended {
            hash: self.hash.finalize().into(),
            lines: self.lines,
            violation: self.violation,
            facts: self.facts,
        }
    }
}
