//! What the program can be told on its command line.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use keyrack_central::config::Settings;

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
pub struct Arguments {
    /// A file with the settings `database`, `database_direct`, `replica`, `connections`, `listen`, `certificate`,
    /// `key`, `own_tls`, `admin_token`, `desk_requests`, `address_requests`, `verify_hours`, `webhooks`,
    /// `webhook_secret`, `mail`, `mail_from`, `mail_to`, `silent_minutes` and `alert_seconds` (TOML).
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KEYRACK_CENTRAL_CONFIG"
    )]
    pub config: Option<PathBuf>,
    /// The database, as postgres://user@host/name or "host=... dbname=...".
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "KEYRACK_DATABASE",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// The same database with nothing in between, where --database is a pooler of transactions.
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "KEYRACK_DATABASE_DIRECT",
        hide_env_values = true
    )]
    pub database_direct: Option<String>,
    /// Vouch for this centre by an authority of its own, kept in this folder; the code of a desk says by what it is
    /// known. Without a certificate, that is so wherever other machines can reach it: in `tls` beside the settings.
    #[arg(long, global = true, value_name = "FOLDER", env = "KEYRACK_OWN_TLS")]
    pub own_tls: Option<PathBuf>,
    #[command(flatten)]
    pub telling: Telling,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Answer desks until told to stop. Brings the database's schema up to date first.
    Serve(Serve),
    /// The properties of this centre.
    #[command(subcommand)]
    Property(Property),
    /// The desks of a property.
    #[command(subcommand)]
    Desk(Desk),
    /// Tokens with which other programs look at every property, and which property walks guests to which.
    #[command(subcommand)]
    Chain(Chain),
    /// What is amiss, and who is told of it.
    #[command(subcommand)]
    Alert(Alert),
    /// Compare what is stored of a property with what follows from its feed. Exits with 1 where something
    /// is wrong.
    Verify {
        /// The property's code.
        property: String,
    },
    /// Write everything anew that follows from a property's feed, and its deficits as the sums of their entries. Exits with 1
    /// where the trail is broken, and nothing is written; or where something is wrong that this does not mend.
    Rebuild {
        /// The property's code.
        property: String,
        /// Write it anew although its trail is broken, for this reason, which the trail keeps.
        #[arg(long, value_name = "REASON", requires = "actor", value_parser = told)]
        of_a_broken_trail: Option<String>,
        /// Who does so.
        #[arg(long, value_name = "NAME", requires = "of_a_broken_trail", value_parser = told)]
        actor: Option<String>,
    },
    /// Erase a guest or a free text for good, here and on every desk.
    Erase {
        /// The property's code.
        property: String,
        /// The id of the guest or the text.
        id: uuid::Uuid,
    },
}

/// A name or a reason for the trail: something, on one line.
fn told(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits = (1..=200).contains(&text.chars().count()) && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
        .ok_or("1 to 200 letters on one line are expected")
}

#[derive(Args)]
pub struct Serve {
    /// Where to listen. Without a certificate or an authority of its own, on addresses of this machine alone.
    #[arg(long, value_name = "ADDRESS:PORT", env = "KEYRACK_LISTEN")]
    pub listen: Option<String>,
    /// The certificate chain, PEM.
    #[arg(long, value_name = "FILE", env = "KEYRACK_CERTIFICATE")]
    pub certificate: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long, value_name = "FILE", env = "KEYRACK_KEY")]
    pub key: Option<PathBuf>,
    /// A replica of the database, from which the whole chain is read.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "KEYRACK_REPLICA",
        hide_env_values = true
    )]
    pub replica: Option<String>,
    /// The most connections to the database (16).
    #[arg(long, value_name = "COUNT", env = "KEYRACK_CONNECTIONS")]
    pub connections: Option<usize>,
    /// Lets an administrator in at /admin; without it that page is not there. At least 32 letters.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "KEYRACK_ADMIN_TOKEN",
        hide_env_values = true
    )]
    pub admin_token: Option<String>,
    /// Requests a second that one desk may make (200); what it did not ask for five seconds it may ask at once.
    #[arg(long, value_name = "COUNT", env = "KEYRACK_DESK_REQUESTS")]
    pub desk_requests: Option<NonZeroU32>,
    /// The same of one address whose caller is not let in (20).
    #[arg(long, value_name = "COUNT", env = "KEYRACK_ADDRESS_REQUESTS")]
    pub address_requests: Option<NonZeroU32>,
    /// Compare what is stored of each property with its feed once in so many hours (24); 0 for never.
    #[arg(long, value_name = "HOURS", env = "KEYRACK_VERIFY_HOURS")]
    pub verify_hours: Option<u32>,
    /// A desk that was not heard for so many minutes is amiss (60).
    #[arg(long, value_name = "MINUTES", env = "KEYRACK_SILENT_MINUTES")]
    pub silent_minutes: Option<u32>,
    /// Look for what is amiss once in so many seconds (30).
    #[arg(long, value_name = "SECONDS", env = "KEYRACK_ALERT_SECONDS")]
    pub alert_seconds: Option<u32>,
}

/// Who is told of alerts.
#[derive(Args)]
pub struct Telling {
    /// Addresses that are told of alerts.
    #[arg(
        long = "webhook",
        global = true,
        value_name = "URL",
        env = "KEYRACK_WEBHOOKS",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub webhooks: Option<Vec<String>>,
    /// What they know the centre by: what `echo whsec_$(openssl rand -base64 32)` prints.
    #[arg(
        long,
        global = true,
        value_name = "SECRET",
        env = "KEYRACK_WEBHOOK_SECRET",
        hide_env_values = true
    )]
    pub webhook_secret: Option<String>,
    /// The server by which mail of alerts goes, as smtps://user:password@host.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "KEYRACK_MAIL",
        hide_env_values = true
    )]
    pub mail: Option<String>,
    /// From whom that mail is.
    #[arg(long, global = true, value_name = "ADDRESS", env = "KEYRACK_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Who gets it.
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "KEYRACK_MAIL_TO",
        value_delimiter = ','
    )]
    pub mail_to: Option<Vec<String>>,
}

#[derive(Subcommand)]
pub enum Property {
    /// Add a property without a history: the first desk that joins brings its own.
    Add {
        /// Its code: letters, digits, - or _.
        code: String,
    },
    /// List the properties: code, name, how many desks are let in, and how many entries the feed has.
    List,
    /// Say that the database was restored from a copy, before a desk exchanges: all of them send again what is missing,
    /// and sell nothing more out of what was granted since the copy.
    Restored {
        /// Its code.
        code: String,
    },
}

#[derive(Subcommand)]
pub enum Desk {
    /// Print a code with which one desk can join within ten minutes.
    Code {
        /// The property's code.
        property: String,
        /// Let the desk of these letters in again, which has lost what it shows: it keeps its queue and its share.
        #[arg(long, value_name = "LETTERS")]
        desk: Option<String>,
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
        /// It is lost though it was heard of late.
        #[arg(long)]
        yes: bool,
    },
    /// Give a desk rights again after two copies of it were seen and one was done away with.
    Accept {
        /// The property's code.
        property: String,
        /// The letters of the desk's numbers.
        letters: String,
    },
}

#[derive(Subcommand)]
pub enum Alert {
    /// List the alerts that are open.
    List,
    /// Send a message that tells of nothing to everybody who is told of alerts. Exits with 1 where one does not arrive.
    Test,
}

#[derive(Subcommand)]
pub enum Chain {
    /// Print a new token, once.
    Token {
        /// What it is called: letters, digits, - or _.
        name: String,
        /// It may walk guests from one property to another, too.
        #[arg(long)]
        walks: bool,
    },
    /// List the tokens, and which property walks guests to which.
    List,
    /// Let guests of a property be walked to another one. The other way is another pair.
    Allow {
        /// The code of the property that they leave.
        from: String,
        /// The code of the one to which they go.
        to: String,
    },
    /// Let them be walked there no more. Walks that have begun go on.
    Deny {
        /// The code of the property that they leave.
        from: String,
        /// The code of the one to which they go.
        to: String,
    },
    /// Let in no more who shows a token.
    Revoke {
        /// What it is called.
        name: String,
    },
}

impl Arguments {
    /// What of the settings was given here or in the environment.
    pub fn settings(&self) -> Settings {
        let mut given = Settings {
            database: self.database.clone(),
            database_direct: self.database_direct.clone(),
            own_tls: self.own_tls.clone(),
            webhooks: self.telling.webhooks.clone(),
            webhook_secret: self.telling.webhook_secret.clone(),
            mail: self.telling.mail.clone(),
            mail_from: self.telling.mail_from.clone(),
            mail_to: self.telling.mail_to.clone(),
            ..Settings::default()
        };
        if let Command::Serve(serve) = &self.command {
            given.listen.clone_from(&serve.listen);
            given.certificate.clone_from(&serve.certificate);
            given.key.clone_from(&serve.key);
            given.replica.clone_from(&serve.replica);
            given.connections = serve.connections;
            given.admin_token.clone_from(&serve.admin_token);
            given.desk_requests = serve.desk_requests;
            given.address_requests = serve.address_requests;
            given.verify_hours = serve.verify_hours;
            given.silent_minutes = serve.silent_minutes;
            given.alert_seconds = serve.alert_seconds;
        }
        given
    }
}
