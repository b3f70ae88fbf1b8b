//! The replay of the resort hotel, one commit a civil date, beside a bare load of the same rows in
//! the same commits.

use std::path::Path;
use std::time::{Duration, Instant};

use keyrack_desk::{Options, replay};

use crate::Failure;
use crate::table::{Table, figure};
use crate::twin::{Reader, Twin};

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ours.db");
    let options = Options::new(&file, "bench");
    let property = Path::new("samples/resort_hotel.toml");
    let bookings = Path::new("samples/resort_hotel_bookings.csv.gz");
    let started = Instant::now();
    replay::replay(&options, property, bookings, None, &mut |_| true)?;
    let ours = started.elapsed();
    let bare = load(&file, folder.path())?;
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    figure("replay.time", ours.as_secs_f64(), "s");
    figure("replay.ratio", ratio, "x");
    table.row(
        "replay of the resort hotel, beside a bare load",
        format!(
            "{:.1} s, {ratio:.2} x ({:.1} s)",
            ours.as_secs_f64(),
            bare.as_secs_f64()
        ),
    );
    Ok(())
}

/// Writes every command's rows into an emptied copy, a transaction a business date. Reading them
/// back is not counted.
fn load(file: &Path, folder: &Path) -> Result<Duration, Failure> {
    let mut twin = Twin::emptied_copy_of(file, &folder.join("twin.db"))?;
    let reader = Reader::of(file)?;
    reader.index_history(0)?;
    let mut took = Duration::ZERO;
    let mut group = Vec::new();
    for (seq, last) in reader.commits()? {
        group.push(reader.rows_of(seq)?);
        if last {
            let started = Instant::now();
            twin.write(group.iter())?;
            took += started.elapsed();
            group.clear();
        }
    }
    Ok(took)
}
