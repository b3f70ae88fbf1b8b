//! What the disk can do to a hotel: the power is lost, or a write fails.

mod faults;
mod image;
mod power;
mod recorder;
mod script;

use std::path::PathBuf;

use tempfile::TempDir;

use crate::hotel::Hotel;

/// A folder in memory where there is one: what is tried there is lost with the test, and need not wait for a disk.
fn scratch() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Hotel Miramar in such a folder.
fn in_memory() -> Hotel {
    let folder = scratch();
    image::write(&image::read(Hotel::small().folder.path()), folder.path());
    Hotel {
        file: folder.path().join("hotel.db"),
        folder,
    }
}
