//! `keyrack-central`: arguments in, words out.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use keyrack_central::config::{Config, Settings};
use keyrack_central::enrol::{self, CODE_MINUTES, Verdict};
use keyrack_central::{CentralError, Ledger, clock, epoch, serve, verify};

/// The centre of a hotel with several desks: what they sell is decided once, and shown on all of them.
///
/// It needs a PostgreSQL database of its own, version 13 or newer. Settings are taken from the command
/// line, the environment, and the file, in this order.
#[derive(Parser)]
#[command(
    name = "keyrack-central",
    version,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    /// A file with the settings `database`, `database_direct`, `connections`, `listen`, `certificate`,
    /// `key`, `own_tls`, `admin_token`, `desk_requests`, `address_requests` and `verify_hours` (TOML).
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KEYRACK_CENTRAL_CONFIG"
    )]
    config: Option<PathBuf>,
    /// The database, as postgres://user@host/name or "host=... dbname=...".
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "KEYRACK_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
    /// The same database with nothing in between, where --database is a pooler of transactions.
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "KEYRACK_DATABASE_DIRECT",
        hide_env_values = true
    )]
    database_direct: Option<String>,
    /// Vouch for this centre by an authority of its own, kept in this folder; the code of a desk says by what it is
    /// known. Without a certificate, that is so wherever other machines can reach it: in `tls` beside the settings.
    #[arg(long, global = true, value_name = "FOLDER", env = "KEYRACK_OWN_TLS")]
    own_tls: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer desks until told to stop. Brings the database's schema up to date first.
    Serve(Serve),
    /// The properties of this centre.
    #[command(subcommand)]
    Property(Property),
    /// The desks of a property.
    #[command(subcommand)]
    Desk(Desk),
    /// Compare what is stored of a property with what follows from its feed. Exits with 1 where something
    /// is wrong.
    Verify {
        /// The property's code.
        property: String,
    },
    /// Write everything anew that follows from a property's feed.
    Rebuild {
        /// The property's code.
        property: String,
    },
    /// Erase a guest or a free text for good, here and on every desk.
    Erase {
        /// The property's code.
        property: String,
        /// The id of the guest or the text.
        id: uuid::Uuid,
    },
}

#[derive(Args)]
struct Serve {
    /// Where to listen. Without a certificate or an authority of its own, on addresses of this machine alone.
    #[arg(long, value_name = "ADDRESS:PORT", env = "KEYRACK_LISTEN")]
    listen: Option<String>,
    /// The certificate chain, PEM.
    #[arg(long, value_name = "FILE", env = "KEYRACK_CERTIFICATE")]
    certificate: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long, value_name = "FILE", env = "KEYRACK_KEY")]
    key: Option<PathBuf>,
    /// The most connections to the database (16).
    #[arg(long, value_name = "COUNT", env = "KEYRACK_CONNECTIONS")]
    connections: Option<usize>,
    /// Lets an administrator in at /admin; without it that page is not there. At least 32 letters.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "KEYRACK_ADMIN_TOKEN",
        hide_env_values = true
    )]
    admin_token: Option<String>,
    /// Requests a second that one desk may make (200); what it did not ask for five seconds it may ask at once.
    #[arg(long, value_name = "COUNT", env = "KEYRACK_DESK_REQUESTS")]
    desk_requests: Option<NonZeroU32>,
    /// The same of one address whose caller is not let in (20).
    #[arg(long, value_name = "COUNT", env = "KEYRACK_ADDRESS_REQUESTS")]
    address_requests: Option<NonZeroU32>,
    /// Compare what is stored of each property with its feed once in so many hours (24); 0 for never.
    #[arg(long, value_name = "HOURS", env = "KEYRACK_VERIFY_HOURS")]
    verify_hours: Option<u32>,
}

#[derive(Subcommand)]
enum Property {
    /// Add a property without a history: the first desk that joins brings its own.
    Add {
        /// Its code: letters, digits, - or _.
        code: String,
    },
    /// Say that the database was restored from a copy, before a desk exchanges: all of them send again what is missing,
    /// and sell nothing more out of what was granted since the copy.
    Restored {
        /// Its code.
        code: String,
    },
}

#[derive(Subcommand)]
enum Desk {
    /// Print a code with which one desk can join within ten minutes.
    Code {
        /// The property's code.
        property: String,
    },
    /// List the desks, and how far each has come.
    List {
        /// The property's code.
        property: String,
    },
    /// List what desks had to park, and the room nights that are kept apart for each: the desk sends it again or
    /// gives it up.
    Parked {
        /// The property's code.
        property: String,
    },
    /// Let a desk in no more. What it may still sell stays out: see `lost`.
    Revoke {
        /// The property's code.
        property: String,
        /// The letters of the desk's numbers.
        letters: String,
    },
    /// Declare a desk lost: its holds are let go, and the rooms it could still sell go back to the others. Should it
    /// come back, what it sold stands.
    Lost {
        /// The property's code.
        property: String,
        /// The letters of the desk's numbers.
        letters: String,
    },
    /// Give a desk rights again after two copies of it were seen and one was done away with.
    Accept {
        /// The property's code.
        property: String,
        /// The letters of the desk's numbers.
        letters: String,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::INFO)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(CentralError::io("starting")(error)),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("keyrack-central: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what is asked, and says whether all is well.
async fn run(arguments: Arguments) -> Result<bool, CentralError> {
    let file = match &arguments.config {
        Some(path) => Settings::read(path)?,
        None => Settings::default(),
    };
    let mut given = Settings {
        database: arguments.database,
        database_direct: arguments.database_direct,
        own_tls: arguments.own_tls,
        ..Settings::default()
    };
    if let Command::Serve(serve) = &arguments.command {
        given.listen.clone_from(&serve.listen);
        given.certificate.clone_from(&serve.certificate);
        given.key.clone_from(&serve.key);
        given.connections = serve.connections;
        given.admin_token.clone_from(&serve.admin_token);
        given.desk_requests = serve.desk_requests;
        given.address_requests = serve.address_requests;
        given.verify_hours = serve.verify_hours;
    }
    let config = given.over(file).finish()?;
    if let Command::Serve(_) = arguments.command {
        serve::serve(&config).await?;
        return Ok(true);
    }
    let ledger = config.ledger()?;
    ledger.session().await?.migrate().await?;
    match arguments.command {
        Command::Serve(_) => {}
        Command::Property(command) => property(&ledger, command).await?,
        Command::Desk(command) => desk(&ledger, &config, command).await?,
        Command::Verify { property } => return verified(&ledger, &property).await,
        Command::Rebuild { property } => {
            let mut session = ledger.session().await?;
            let cells = verify::rebuild(&mut session, &property, clock::now()).await?;
            println!("{property} is written anew: {cells} cells.");
        }
        Command::Erase { property, id } => {
            let mut session = ledger.session().await?;
            let was_there = enrol::erase(&mut session, &property, id, clock::now()).await?;
            let so_far = if was_there {
                "is erased"
            } else {
                "was not here, and will not be kept"
            };
            println!("{id} {so_far}.");
        }
    }
    Ok(true)
}

async fn verified(ledger: &Ledger, property: &str) -> Result<bool, CentralError> {
    let mut session = ledger.session().await?;
    let checks = verify::verify(&mut session, property).await?;
    for check in &checks {
        let word = if check.wrong.is_empty() {
            "ok   "
        } else {
            "WRONG"
        };
        println!("{word} {}", check.name);
        for wrong in &check.wrong {
            println!("      {wrong}");
        }
    }
    Ok(checks.iter().all(|check| check.wrong.is_empty()))
}

async fn property(ledger: &Ledger, command: Property) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    match command {
        Property::Add { code } => {
            enrol::add_property(&mut session, &code, clock::now()).await?;
            println!(
                "{code} is added. Let its first desk in with: keyrack-central desk code {code}"
            );
        }
        Property::Restored { code } => {
            let epoch = epoch::restored(&mut session, &code, clock::now()).await?;
            println!(
                "{code} goes on in epoch {epoch}: have every desk exchange before much is sold."
            );
        }
    }
    Ok(())
}

async fn desk(ledger: &Ledger, config: &Config, command: Desk) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let (property, letters, verdict) = match command {
        Desk::Code { property } => {
            let known = config.fingerprint()?;
            let now = clock::now();
            let code = enrol::new_code(&mut session, &property, known.as_ref(), now).await?;
            println!("{}", code.reveal());
            eprintln!("One desk can join with this code within {CODE_MINUTES} minutes.");
            return Ok(());
        }
        Desk::List { property } => return list(ledger, &property).await,
        Desk::Parked { property } => return parked(ledger, &property).await,
        Desk::Revoke { property, letters } => (property, letters, Verdict::Revoke),
        Desk::Lost { property, letters } => (property, letters, Verdict::Lost),
        Desk::Accept { property, letters } => (property, letters, Verdict::Accept),
    };
    let letters = letters.to_ascii_uppercase();
    let rooms = enrol::judge(&mut session, &property, &letters, verdict, clock::now()).await?;
    match verdict {
        Verdict::Revoke => println!("Desk {letters} is let in no more."),
        Verdict::Lost => {
            println!("Desk {letters} is lost: {rooms} room nights went back to the others.")
        }
        Verdict::Accept => println!(
            "Desk {letters} may have rights again: {rooms} room nights of its other copy went back."
        ),
    }
    Ok(())
}

async fn parked(ledger: &Ledger, property: &str) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    let id = tx.property_id(property).await?;
    for (letters, command, rooms) in tx.apart_commands(id).await? {
        println!("{letters}\t{command}\t{rooms} room nights");
    }
    Ok(())
}

async fn list(ledger: &Ledger, property: &str) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    let id = tx.property_id(property).await?;
    for desk in tx.desks(id).await? {
        let standing = desk.standing();
        let (letters, name) = (desk.letters.as_str(), desk.name.as_str());
        let seen = desk.seen_at.map_or("never".to_owned(), |at| at.to_string());
        let (epoch, seq) = (desk.holder.epoch, desk.last_seq);
        println!("{letters}\t{name}\t{standing}\theard {seen}\tepoch {epoch}\tcommands {seq}");
    }
    Ok(())
}
