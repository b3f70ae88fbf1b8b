//! What programs do to the files of a folder, written down call by call by `tests/support/disk.c`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The library that stands between a program and the disk, built once.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("support/disk.c");
        let name = format!("disk-{}.so", std::process::id());
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut compiler = Command::new("cc");
        compiler.args([
            "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o",
        ]);
        compiler.arg(&built).arg(source).args(["-ldl", "-lpthread"]);
        let status = compiler.status().expect("there is a C compiler");
        assert!(status.success(), "disk.c does not build");
        built
    })
}

/// Watches a folder while programs work in it.
pub struct Recorder {
    folder: PathBuf,
    log: PathBuf,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A program began.
    Began,
    /// A file was made under that name.
    Made { inode: u64, name: String },
    /// Bytes were written at a place.
    Wrote {
        inode: u64,
        at: usize,
        bytes: Vec<u8>,
    },
    /// A file got that length.
    Cut { inode: u64, length: usize },
    /// What was written to a file so far is on the disk.
    Synced { inode: u64 },
    /// A folder was made under that name.
    FolderMade { name: String },
    /// What happened to the names of a folder so far is on the disk.
    NamesSynced { folder: String },
    /// A file got another name.
    Renamed { from: String, to: String },
    /// A name was taken away.
    Removed { name: String },
    /// A program said something on its standard output.
    Said(Vec<u8>),
}

impl Recorder {
    /// Watches `folder`, and writes down what happens there into the file `log` elsewhere.
    pub fn of(folder: &Path, log: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            log: log.to_owned(),
        }
    }

    /// Lets a program be watched.
    pub fn watch(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", library())
            .env("KEYRACK_DISK_ROOT", &self.folder)
            .env("KEYRACK_DISK_LOG", &self.log);
    }

    /// The same of a program whose syncs of files that end so are dropped.
    pub fn watch_deaf(&self, command: &mut Command, suffix: &str) {
        self.watch(command);
        command.env("KEYRACK_DISK_DEAF", suffix);
    }

    /// What happened so far; another recording begins.
    pub fn take(&self) -> Vec<Step> {
        let bytes = std::fs::read(&self.log).unwrap();
        std::fs::remove_file(&self.log).unwrap();
        steps(&bytes)
    }
}

/// Lets the call of that number, of those that change a file in `folder`, fail once in a program.
pub fn fail_at(command: &mut Command, folder: &Path, number: u64, kind: &str) {
    command
        .env("LD_PRELOAD", library())
        .env("KEYRACK_DISK_ROOT", folder)
        .env("KEYRACK_DISK_FAULT", format!("{number} {kind}"));
}

fn steps(mut bytes: &[u8]) -> Vec<Step> {
    const HEAD: usize = 21;
    let mut steps = Vec::new();
    while let Some((head, rest)) = bytes.split_first_chunk::<HEAD>() {
        let number = |at: usize| u64::from_ne_bytes(head[at..at + 8].try_into().unwrap());
        let length = u32::from_ne_bytes(head[17..].try_into().unwrap()) as usize;
        let (body, rest) = rest.split_at(length);
        bytes = rest;
        let (inode, place) = (number(1), usize::try_from(number(9)).unwrap());
        let text = || String::from_utf8(body.to_vec()).unwrap();
        steps.push(match head[0] {
            b'B' => Step::Began,
            b'C' => Step::Made {
                inode,
                name: text(),
            },
            b'W' => Step::Wrote {
                inode,
                at: place,
                bytes: body.to_vec(),
            },
            b'T' => Step::Cut {
                inode,
                length: place,
            },
            b'S' => Step::Synced { inode },
            b'D' => Step::NamesSynced { folder: text() },
            b'M' => Step::FolderMade { name: text() },
            b'U' => Step::Removed { name: text() },
            b'A' => Step::Said(body.to_vec()),
            b'R' => {
                let both = text();
                let (from, to) = both.split_once('\n').unwrap();
                Step::Renamed {
                    from: from.to_owned(),
                    to: to.to_owned(),
                }
            }
            _ => panic!("a call that the recorder does not know: {}", text()),
        });
    }
    assert!(
        bytes.is_empty(),
        "the recording ends in the middle of a step"
    );
    steps
}
