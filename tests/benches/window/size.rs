//! What the page loads at its start.

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use keyrack_tests::Outcome;

use crate::figures::Table;

const KIB: f64 = 1024.0;

/// The scripts that the page names itself, compressed; the others are fetched when they are asked for.
pub fn measure(table: &mut Table) -> Outcome {
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let page = std::fs::read_to_string(built.join("index.html"))?;
    let mut bytes = 0;
    for entry in std::fs::read_dir(built.join("assets"))?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".js") && page.contains(name.as_ref()) {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&std::fs::read(entry.path())?)?;
            bytes += packed.finish()?.len();
        }
    }
    let size = bytes as f64 / KIB;
    table.add(
        "initial script (gzip)",
        "<= 120 KiB",
        format!("{size:.0} KiB"),
        bytes > 0 && size <= 120.0,
    );
    Ok(())
}
