//! A copy that could not be looked at is not one that was found to be damaged.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_store::{Creation, Store, StoreError};

/// A backup in a folder of its own.
fn backup(folder: &Path) -> PathBuf {
    let file = folder.join("a.db");
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/schema_1.keyrack");
    fs::copy(stored, &file).unwrap();
    let store = Store::open(&file, Creation::MustExist, Duration::from_secs(1)).unwrap();
    let copied = store.backup(&folder.join("copy.keyrack")).unwrap();
    assert!(copied.verification.ok, "{copied:?}");
    copied.path
}

#[test]
fn a_copy_that_was_left_half_written_fails_to_be_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let copy = backup(folder.path());
    let writer = rusqlite::Connection::open(&copy).unwrap();
    writer
        .execute_batch("PRAGMA synchronous = OFF; BEGIN IMMEDIATE; CREATE TABLE half (way INTEGER)")
        .unwrap();
    // As a write that failed leaves it: who only reads cannot take back what is half done.
    let left = folder.path().join("left.keyrack");
    fs::copy(&copy, &left).unwrap();
    let journal = |name: &str| folder.path().join(format!("{name}.keyrack-journal"));
    fs::copy(journal("copy"), journal("left")).unwrap();
    let looked = Store::verify_backup(&left);
    assert!(
        matches!(looked, Err(StoreError::NotWritable { .. })),
        "{looked:?}"
    );
}

#[test]
fn a_copy_that_is_damaged_does_not_verify() {
    let folder = tempfile::tempdir().unwrap();
    let copy = backup(folder.path());
    let whole = fs::read(&copy).unwrap();
    // A page within, and its very beginning.
    for (from, to) in [(8 * 4096, 9 * 4096), (0, 100)] {
        let mut bytes = whole.clone();
        bytes[from..to].fill(0xa5);
        fs::write(&copy, bytes).unwrap();
        let looked = Store::verify_backup(&copy).unwrap();
        assert!(!looked.verification.ok, "{from}: {looked:?}");
    }
}
