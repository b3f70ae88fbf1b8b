//! The sample hotel: opened where it is, built first where it is not.
//!
//! It grows in a folder beside its place and moves there when it is whole, so that a half-built hotel
//! is never opened; one that was interrupted goes on where it stopped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use keyrack_desk::start::OpenState;
use keyrack_desk::{DeskError, Options, replay};
use tauri::{AppHandle, Manager};

use crate::arguments::Wanted;
use crate::hotel::{self, Hotel, Trouble};
use crate::news;

/// The day whose knowledge the sample holds.
const AS_OF: &str = "2017-06-01";
const BOOKINGS: &str = "resort_hotel_bookings.csv.gz";
const PROPERTY: &str = "resort_hotel.toml";
/// The page is told no oftener than this how far the building is.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Opens the sample hotel, or begins to build it; events tell the page of the rest.
pub fn open(app: &AppHandle, hotel: &Arc<Hotel>) -> OpenState {
    let file = match place(app, hotel) {
        Ok(file) => file,
        Err(error) => {
            hotel.fail(Trouble::system(error), Path::new("sample.db"));
            return hotel.look();
        }
    };
    if !file.exists() {
        if hotel.begin_loading() {
            let (app, hotel) = (app.clone(), Arc::clone(hotel));
            thread::spawn(move || build_and_open(&app, &hotel, &file));
        }
    } else if let Some(desk) = hotel.open(&file, true) {
        news::follow(app, &desk);
    }
    hotel.look()
}

/// The file that was asked for, or one beside the application's own.
fn place(app: &AppHandle, hotel: &Hotel) -> tauri::Result<PathBuf> {
    match hotel.wanted() {
        Wanted::Sample(file) => Ok(file.clone()),
        Wanted::Own(_) => Ok(app.path().app_data_dir()?.join("sample.db")),
    }
}

fn build_and_open(app: &AppHandle, hotel: &Arc<Hotel>, file: &Path) {
    match build(app, hotel, file) {
        Ok(()) => {
            if let Some(desk) = hotel.open(file, true) {
                news::follow(app, &desk);
            }
        }
        Err(why) => hotel.fail(why, file),
    }
    news::tell(app, "open_state", hotel.look());
}

fn build(app: &AppHandle, hotel: &Hotel, file: &Path) -> Result<(), Trouble> {
    let samples = app
        .path()
        .resource_dir()
        .map_err(Trouble::system)?
        .join("samples");
    let folder = beside(file, ".building");
    if let Some(place) = file.parent() {
        std::fs::create_dir_all(place).map_err(Trouble::unwritable(place))?;
    }
    // One window builds it; another that wants it as well waits, and finds it built. The lock lies
    // beside the folder, which goes when the hotel is whole.
    let lock = beside(file, ".building-lock");
    let held = std::fs::File::create(&lock).map_err(Trouble::unwritable(&lock))?;
    held.lock().map_err(Trouble::unwritable(&lock))?;
    if file.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).map_err(Trouble::unwritable(&folder))?;
    let growing = folder.join("sample.db");
    let mut told = Instant::now();
    let mut tell = |step: replay::Progress| {
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            hotel.progress(step);
            news::tell(app, "progress", hotel::loading(Some(step)));
        }
        true
    };
    let as_of = AS_OF.parse().map_err(DeskError::bad_input)?;
    replay::replay(
        &Options::new(&growing, "replay"),
        &samples.join(PROPERTY),
        &samples.join(BOOKINGS),
        Some(as_of),
        &mut tell,
    )?;
    std::fs::rename(&growing, file).map_err(Trouble::unwritable(file))?;
    std::fs::remove_dir_all(&folder).map_err(Trouble::unwritable(&folder))
}

/// A path with something added to its file name.
fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
