//! Opens what the window was started for.

use std::sync::Arc;

use tauri::AppHandle;

use crate::arguments::Wanted;
use crate::hotel::Hotel;
use crate::{news, sample};

/// Opens what the window was started for; where there is no hotel yet, leaves the choice to the user.
pub fn open_wanted(app: &AppHandle, hotel: &Arc<Hotel>) {
    match hotel.wanted() {
        Wanted::Sample(_) => drop(sample::open(app, hotel)),
        Wanted::Own(file) if file.exists() => {
            if let Some(desk) = hotel.open(file, false) {
                news::follow(app, &desk);
            }
        }
        Wanted::Own(_) => hotel.offer(),
    }
}
