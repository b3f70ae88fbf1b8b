//! The bare twins: the same rows by plain statements, with no decision, no hash and no JSON.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};

use crate::Failure;

/// Transactions over which the rows are spread, as a push spreads them.
const TRANSACTIONS: usize = 50;
/// What a desk has of its own, or changes with every transaction.
const LEFT_OUT: [&str; 3] = ["property", "desk", "schema_step"];

type Row = Vec<Option<String>>;

/// A column of a table.
struct Column {
    name: String,
    kind: String,
    is_key: bool,
}

/// What of a column stands in a list, by its place.
type Part<'a> = &'a dyn Fn(usize, &Column) -> Option<String>;

/// A table: the statement that reads its rows as texts, and the one that writes a row of it.
struct Shape {
    name: String,
    select: String,
    upsert: String,
}

/// Writes once more what a database has and the one before it had not, into the one before. Gives how long that
/// took, and how many rows there were.
pub fn write_again(after: &str, before: &str) -> Result<(Duration, usize), Failure> {
    Runtime::new()?.block_on(async {
        let (after, before) = (connect(after).await?, connect(before).await?);
        let mut written = Vec::new();
        for shape in shapes(&after).await? {
            let known: HashSet<Row> = rows(&before, &shape.select).await?.into_iter().collect();
            let all = rows(&after, &shape.select).await?;
            let new: Vec<Row> = all.into_iter().filter(|row| !known.contains(row)).collect();
            if !new.is_empty() {
                written.push((before.prepare(&shape.upsert).await?, new));
            }
        }
        // The order of the tables is not that of their keys to each other.
        before
            .batch_execute("SET session_replication_role = replica")
            .await?;
        let count = written.iter().map(|(_, rows)| rows.len()).sum();
        let started = Instant::now();
        for at in 0..TRANSACTIONS {
            before.batch_execute("BEGIN").await?;
            for (statement, rows) in &written {
                let slice = rows.len() * at / TRANSACTIONS..rows.len() * (at + 1) / TRANSACTIONS;
                for row in &rows[slice] {
                    let values: Vec<&(dyn ToSql + Sync)> = row
                        .iter()
                        .map(|value| value as &(dyn ToSql + Sync))
                        .collect();
                    before.execute(statement, &values).await?;
                }
            }
            before.batch_execute("COMMIT").await?;
        }
        Ok((started.elapsed(), count))
    })
}

async fn connect(address: &str) -> Result<Client, Failure> {
    let (client, line) = tokio_postgres::connect(address, NoTls).await?;
    tokio::spawn(line);
    Ok(client)
}

async fn shapes(client: &Client) -> Result<Vec<Shape>, Failure> {
    let sql = "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
            coalesce(a.attnum = ANY (i.indkey), false)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relkind = 'r' ORDER BY c.relname, a.attnum";
    let mut tables: Vec<(String, Vec<Column>)> = Vec::new();
    for row in client.query(sql, &[]).await? {
        let table: String = row.get(0);
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        if tables.last().is_none_or(|(last, _)| *last != table) {
            tables.push((table, Vec::new()));
        }
        if let Some((_, columns)) = tables.last_mut() {
            columns.push(Column {
                name: row.get(1),
                kind: row.get(2),
                is_key: row.get(3),
            });
        }
    }
    Ok(tables
        .into_iter()
        .map(|(name, columns)| shape(name, &columns))
        .collect())
}

fn shape(name: String, columns: &[Column]) -> Shape {
    let list = |of: Part<'_>| {
        let parts = columns.iter().enumerate();
        parts
            .filter_map(|(at, column)| of(at, column))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let names = list(&|_, column| Some(column.name.clone()));
    let texts = list(&|_, column| Some(format!("{}::text", column.name)));
    let values = list(&|at, column| Some(format!("${}::text::{}", at + 1, column.kind)));
    let key = list(&|_, column| column.is_key.then(|| column.name.clone()));
    let set =
        list(&|_, column| (!column.is_key).then(|| format!("{0} = excluded.{0}", column.name)));
    let conflict = match (key.is_empty(), set.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" ON CONFLICT ({key}) DO NOTHING"),
        (false, false) => format!(" ON CONFLICT ({key}) DO UPDATE SET {set}"),
    };
    Shape {
        select: format!("SELECT {texts} FROM {name}"),
        upsert: format!("INSERT INTO {name} ({names}) VALUES ({values}){conflict}"),
        name,
    }
}

async fn rows(client: &Client, select: &str) -> Result<Vec<Row>, Failure> {
    let rows = client.query(select, &[]).await?.into_iter();
    Ok(rows
        .map(|row| (0..row.len()).map(|at| row.get(at)).collect())
        .collect())
}

/// Reads the inventory out of the database and writes a desk's rows of it into an empty file. Gives how long that
/// took, and how many rows there were.
pub fn bootstrap(address: &str, desk: &Path) -> Result<(Duration, usize), Failure> {
    const THERE: [&str; 4] = ["cell", "reservation", "stay", "guest"];
    const HERE: [&str; 4] = ["cell", "guest", "reservation", "stay"];
    let ours = Connection::open(desk)?;
    let folder = tempfile::tempdir()?;
    let mut twin = Connection::open(folder.path().join("twin.db"))?;
    twin.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF",
    )?;
    let mut written: Vec<(String, Vec<Vec<Value>>)> = Vec::new();
    for table in HERE {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1";
        let made: String = ours.query_row(sql, [table], |row| row.get(0))?;
        twin.execute_batch(&made)?;
        let mut statement = ours.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
        let marks = vec!["?"; columns].join(", ");
        let insert = format!("INSERT INTO {table} VALUES ({marks})");
        written.push((insert, rows.collect::<Result<_, _>>()?));
    }
    let count = written.iter().map(|(_, rows)| rows.len()).sum();
    Runtime::new()?.block_on(async {
        let client = connect(address).await?;
        let shapes = shapes(&client).await?;
        let started = Instant::now();
        for shape in shapes
            .iter()
            .filter(|shape| THERE.contains(&shape.name.as_str()))
        {
            rows(&client, &shape.select).await?;
        }
        let transaction = twin.transaction()?;
        for (insert, rows) in &written {
            let mut statement = transaction.prepare(insert)?;
            for row in rows {
                statement.execute(rusqlite::params_from_iter(row))?;
            }
        }
        transaction.commit()?;
        Ok((started.elapsed(), count))
    })
}
