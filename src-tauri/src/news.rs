//! Tells the page when the file changed, whichever process changed it, and lets go the holds whose
//! time is up.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use keyrack_desk::start::ChangedEvent;
use keyrack_desk::{Desk, DeskError};
use serde::Serialize;
use tauri::{AppHandle, Emitter};

/// How often the file is looked at: a change is on the screen within a second, and a look is one
/// number read from memory.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How often the holds are looked at. On a thread of its own: a sweep may wait for another writer,
/// and news must not wait with it.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// Follows the desk's file on a thread of its own, for as long as the desk is open.
pub fn follow(app: &AppHandle, desk: &Arc<Desk>) {
    let app = app.clone();
    let sweeping = Arc::downgrade(desk);
    thread::spawn(move || sweep(&sweeping));
    let desk = Arc::downgrade(desk);
    thread::spawn(move || {
        while desk.strong_count() > 0 {
            // The file failed, or another process holds it for long: the page's own calls tell the
            // user, and the watch begins anew.
            if let Err(error) = watch(&app, &desk) {
                eprintln!("keyrack: the file cannot be followed: {error}");
            }
            thread::sleep(SWEEP_EVERY);
        }
    });
}

/// Lets go the holds whose time is up, for as long as the desk is open.
fn sweep(desk: &Weak<Desk>) {
    while let Some(desk) = desk.upgrade() {
        if let Err(error) = desk.sweep() {
            eprintln!("keyrack: holds were not let go: {error}");
        }
        drop(desk);
        thread::sleep(SWEEP_EVERY);
    }
}

fn watch(app: &AppHandle, desk: &Weak<Desk>) -> Result<(), DeskError> {
    let Some(mut watch) = desk.upgrade().map(|desk| desk.watch()).transpose()? else {
        return Ok(());
    };
    loop {
        thread::sleep(LOOK_EVERY);
        let Some(desk) = desk.upgrade() else { break };
        if watch.changed()? {
            let head = desk.head()?;
            tell(app, "changed", ChangedEvent { head });
        }
    }
    Ok(())
}

/// Sends an event to the page. A page that is gone needs no news.
pub fn tell<P: Serialize + Clone>(app: &AppHandle, event: &str, payload: P) {
    if let Err(error) = app.emit(event, payload) {
        eprintln!("keyrack: {event} did not reach the page: {error}");
    }
}
