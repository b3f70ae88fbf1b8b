//! What the page loads at its start.

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use keyrack_tests::{Outcome, failure};

use crate::figures::figure;

/// The scripts that the page names itself, compressed; the others are fetched when they are asked for.
pub fn measure() -> Outcome {
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
    if bytes == 0 {
        return failure("the page names no script");
    }
    figure("window.script", bytes as f64 / 1e3, "KB");
    Ok(())
}
