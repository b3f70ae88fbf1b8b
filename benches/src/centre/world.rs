//! The centre and its database, and desks of a large house.

use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use keyrack_central::config::Settings;
use keyrack_central::{clock, enrol, serve, verify};
use keyrack_desk::answers::{Answer, AnswerBody};
use keyrack_desk::api::{Command, CommandRequest};
use keyrack_desk::centre::Invitation;
use keyrack_desk::{Desk, Options};
use keyrack_inventory::{NightRange, RoomTypeCode, StayStatus};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::Failure;
use crate::grid::house_of;

#[allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    reason = "the database of the tests: what fails there ends the measurement"
)]
#[path = "../../../crates/central/tests/central/database.rs"]
mod database;

use database::{Database, free_port};

pub const TYPES: u32 = 40;
pub const NIGHTS: u32 = 1_825;
/// The property that is large.
pub const PROPERTY: &str = "LARGE";
/// How often the centre is looked at.
const LOOK: Duration = Duration::from_millis(5);

pub fn code(at: usize) -> Result<RoomTypeCode, Failure> {
    Ok(format!("T{at}").parse()?)
}

/// Makes a booking one of a single night.
pub fn of_one_night(sale: &mut CommandRequest) {
    if let Command::Reserve(sale) = &mut sale.command {
        for stay in &mut sale.stays {
            stay.departure = stay.arrival.plus(1);
        }
    }
}

/// The number of what was sold.
pub fn number(sold: &Answer) -> Result<String, Failure> {
    match &sold.body {
        AnswerBody::Accepted(done) if is_confirmed(sold) => {
            let made = done.reservation.as_ref();
            Ok(made.ok_or("no reservation")?.number.to_string())
        }
        _ => Err(format!("not sold: {sold:?}").into()),
    }
}

pub fn is_confirmed(sold: &Answer) -> bool {
    match &sold.body {
        AnswerBody::Accepted(done) => {
            let made = done.reservation.as_ref();
            made.is_some_and(|made| made.status == StayStatus::Confirmed)
        }
        AnswerBody::Refused(_) => false,
    }
}

/// The centre, which answers in this process.
pub struct World {
    pub database: Database,
    folder: TempDir,
    settings: Settings,
    url: String,
    runtime: Runtime,
}

impl World {
    pub fn start() -> Result<Self, Failure> {
        let database = Database::start(true);
        let address = format!("127.0.0.1:{}", free_port());
        let settings = Settings {
            database: Some(database.address()),
            listen: Some(address.clone()),
            ..Settings::default()
        };
        let world = Self {
            database,
            folder: tempfile::tempdir()?,
            settings,
            url: format!("http://{address}"),
            runtime: Runtime::new()?,
        };
        let config = world.settings.clone().finish()?;
        world.runtime.block_on(async {
            let ledger = config.ledger()?;
            ledger.session().await?.migrate().await
        })?;
        world.add(PROPERTY)?;
        world.runtime.spawn(async move {
            if let Err(error) = serve::serve(&config).await {
                eprintln!("keyrack-bench: the centre: {error}");
            }
        });
        Ok(world)
    }

    /// Lets the centre know a property.
    pub fn add(&self, property: &str) -> Result<(), Failure> {
        let config = self.settings.clone().finish()?;
        self.runtime.block_on(async {
            let mut session = config.ledger()?.session().await?;
            enrol::add_property(&mut session, property, clock::now()).await
        })?;
        Ok(())
    }

    /// A code with which one desk may join a property.
    pub fn code(&self, property: &str) -> Result<String, Failure> {
        let config = self.settings.clone().finish()?;
        let code = self.runtime.block_on(async {
            let mut session = config.ledger()?.session().await?;
            enrol::new_code(&mut session, (property, None), None, clock::now()).await
        })?;
        Ok(code.reveal().to_owned())
    }

    /// Compares all that is stored of the large property with its feed, and gives what is wrong with it.
    pub fn verify(&self) -> Result<Vec<String>, Failure> {
        let config = self.settings.clone().finish()?;
        let checks = self.runtime.block_on(async {
            let mut session = config.ledger()?.session().await?;
            verify::verify(&mut session, PROPERTY).await
        })?;
        Ok(checks.into_iter().flat_map(|check| check.wrong).collect())
    }

    /// The desk that brings the large property.
    pub fn first_desk(&self) -> Result<Desk, Failure> {
        self.desk_of(PROPERTY, "first", TYPES, NIGHTS)
    }

    /// A desk that brings a property of so many types and nights, with the file of its name.
    pub fn desk_of(
        &self,
        property: &str,
        name: &str,
        types: u32,
        nights: u32,
    ) -> Result<Desk, Failure> {
        let new = house_of(types)?;
        let from = new.business_date;
        let nights = NightRange::new(from, from.plus(i32::try_from(nights)?));
        let file = self.folder.path().join(format!("{name}.keyrack"));
        let options = Options::new(&file, "bench");
        drop(Desk::create(&options, &new, Some(nights), Uuid::now_v7())?);
        self.join(name, &self.code(property)?)
    }

    /// A desk that joins, with the file of its name.
    pub fn join(&self, name: &str, code: &str) -> Result<Desk, Failure> {
        let file = self.folder.path().join(format!("{name}.keyrack"));
        let options = Options::new(&file, "bench");
        let invitation = Invitation {
            url: self.url.clone(),
            code: code.to_owned(),
            name: name.to_owned(),
            authority: None,
        };
        Desk::enrol(&options, &invitation, &mut |_| true)?;
        Ok(Desk::open(&options)?)
    }

    /// A copy of the database as it is, under a name of its own.
    pub fn database_before_push(&self) -> Result<String, Failure> {
        let copy = self.database.copy();
        self.database.ask("CREATE DATABASE before");
        let file: &Path = &self.folder.path().join("before.sql");
        std::fs::write(file, copy)?;
        self.database.load(file, "before");
        Ok(self.database.address().replace("/postgres", "/before"))
    }

    /// When the centre has so many commands more than now; looked at beside everything else.
    pub fn when_stored(&self, more: usize) -> Result<JoinHandle<Result<Instant, String>>, Failure> {
        let config = self.settings.clone().finish()?;
        let runtime = Runtime::new()?;
        let more = i64::try_from(more)?;
        let (client, line) = runtime.block_on(tokio_postgres::connect(
            &config.database,
            tokio_postgres::NoTls,
        ))?;
        runtime.spawn(line);
        let sql = "SELECT sum(last_seq)::bigint FROM desk";
        let count = move || {
            let row = runtime.block_on(client.query_one(sql, &[]));
            row.map(|row| row.get::<_, i64>(0))
                .map_err(|error| error.to_string())
        };
        let goal = count()? + more;
        Ok(thread::spawn(move || {
            while count()? < goal {
                thread::sleep(LOOK);
            }
            Ok(Instant::now())
        }))
    }
}
