//! Writes rows with bare SQLite, and says what is durable, as a line a row: what the tests of power loss are
//! measured by. `bare-writer FILE FULL ROWS` syncs each; with `NORMAL` in its place SQLite does not.

use std::error::Error;
use std::io::Write;

use rusqlite::Connection;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, synchronous, rows] = arguments.as_slice() else {
        return Err("bare-writer FILE FULL|NORMAL ROWS".into());
    };
    let connection = Connection::open(file)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 20;
         CREATE TABLE IF NOT EXISTS command (id BLOB PRIMARY KEY, request TEXT NOT NULL);
         CREATE TABLE IF NOT EXISTS act (id BLOB PRIMARY KEY);"
    ))?;
    let mut out = std::io::stdout().lock();
    for _ in 0..rows.parse()? {
        let id = Uuid::now_v7();
        let request = "what was asked for ".repeat(40);
        let sql = "INSERT INTO command (id, request) VALUES (?1, ?2)";
        connection.execute(sql, (id.as_bytes(), request))?;
        writeln!(out, "reserved {}", id.simple())?;
        out.flush()?;
    }
    Ok(())
}
