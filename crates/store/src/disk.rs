//! Whether the disk takes more.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use uuid::Uuid;

use crate::heads::beside;
use crate::private;

/// What SQLite wants for the index of its log before anything is read.
const WANTED: usize = 32 * 1024;

/// Whether the file's disk is mounted for reading alone.
#[cfg(unix)]
pub(crate) fn is_for_reading(path: &Path) -> bool {
    use rustix::fs::StatVfsMountFlags;
    let mounted = rustix::fs::statvfs(path);
    mounted.is_ok_and(|mounted| mounted.f_flag.contains(StatVfsMountFlags::RDONLY))
}

#[cfg(not(unix))]
pub(crate) fn is_for_reading(_: &Path) -> bool {
    false
}

/// Tries to write beside the file, and takes it away again.
pub(crate) fn is_full(path: &Path) -> bool {
    let probe = beside(path, &format!(".room-{}", Uuid::now_v7()));
    let mut options = private::options();
    let opened = options.create_new(true).open(&probe);
    let written = opened.and_then(|mut file| file.write_all(&[0; WANTED]));
    // Where it was not made there is nothing to remove.
    let _gone = fs::remove_file(&probe);
    let full = [
        ErrorKind::StorageFull,
        ErrorKind::QuotaExceeded,
        ErrorKind::FileTooLarge,
    ];
    written.is_err_and(|error| full.contains(&error.kind()))
}
