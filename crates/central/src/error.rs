//! What can go wrong at the centre, apart from what a desk is told.

use deadpool_postgres::PoolError;
use keyrack_inventory::event::Unreadable;
use keyrack_wire::Fault;
use tokio_postgres::error::SqlState;

/// An error of the centre.
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// The desk is told why, and what it can do.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// PostgreSQL refused or failed.
    #[error("the database failed: {}", told(.0))]
    Database(#[from] tokio_postgres::Error),
    /// No connection to PostgreSQL could be had.
    #[error("no connection to the database: {}", unconnected(.0))]
    Pool(#[from] PoolError),
    /// The database's address cannot be read.
    #[error("the database's address cannot be used: {0}")]
    Address(String),
    /// No random numbers.
    #[error(transparent)]
    Chance(#[from] crate::secret::NoChance),
    /// What is stored contradicts itself.
    #[error("the table {table} holds something that cannot be: {why}")]
    Damaged {
        /// Where.
        table: &'static str,
        /// What it is.
        why: String,
    },
    /// A command would leave a count that cannot be.
    #[error("what a command leads to cannot be stored: {0}")]
    Unstorable(String),
    /// What a property is written anew from was changed by another hand.
    #[error(
        "the trail of {code} is broken ({wrong}): nothing was written, as what was changed there would be spread. Put a copy \
         from before it back; or, where there is a reason to go on with what is there, give it with \
         --of-a-broken-trail REASON --actor NAME"
    )]
    BrokenTrail {
        /// The property.
        code: String,
        /// Where it is broken.
        wrong: String,
    },
    /// What is said on standard output cannot be written there.
    #[error("what is said cannot be written: {0}")]
    Output(std::io::Error),
    /// A stored event is not known to this program.
    #[error(transparent)]
    Event(#[from] Unreadable),
    /// A step of the schema was changed, or the schema is newer than this program.
    #[error("the database's schema is at step {found}, this program knows {known}")]
    Schema {
        /// The last step found.
        found: i32,
        /// The last step known.
        known: i32,
    },
    /// The configuration cannot be used.
    #[error("{0}")]
    Config(String),
    /// A file or socket.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// No property has that code.
    #[error("no property has the code \"{0}\"")]
    UnknownProperty(String),
    /// There is a property of that code already.
    #[error("there is a property with the code \"{0}\" already")]
    PropertyExists(String),
    /// The text is no code of a property.
    #[error("a property's code has 1 to 32 letters, digits, - or _, which \"{0}\" has not")]
    PropertyCode(String),
    /// There is a token of the chain of that name already.
    #[error("there is a token of the chain with the name \"{0}\" already")]
    ChainTokenExists(String),
    /// The text is no name of a token.
    #[error("a token's name has 1 to 32 letters, digits, - or _, which \"{0}\" has not")]
    ChainTokenName(String),
    /// No token of the chain has that name.
    #[error("no token of the chain has the name \"{0}\"")]
    UnknownChainToken(String),
    /// A property walks nobody to itself.
    #[error("nobody is walked from {0} to {0}")]
    OwnSister(String),
    /// Guests of one property are not walked to the other.
    #[error("guests of {0} are not walked to {1}")]
    NoSister(String, String),
    /// A desk that is to be declared lost was heard of late.
    #[error(
        "desk {letters} was heard {seconds} seconds ago: what it sells from now on may be sold twice. \
         If it is lost all the same, say so with --yes"
    )]
    StillHeard {
        /// Its letters.
        letters: String,
        /// When it was heard.
        seconds: i64,
    },
    /// A desk that is to be accepted is let in no more.
    #[error(
        "desk {0} was revoked and is let in no more: there is nothing to accept. Let a desk join with a new code"
    )]
    LetGo(String),
    /// The property has no such desk.
    #[error("the property has no desk \"{0}\"")]
    UnknownDesk(String),
}

/// What the database said, which its error by itself leaves to its source.
fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => with_causes(error),
    }
}

/// Why there is no connection: what the database said, where it was there to say something.
fn unconnected(error: &PoolError) -> String {
    match error {
        PoolError::Backend(error) => told(error),
        other => with_causes(other),
    }
}

/// An error with what caused it, each told once.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let why = error.to_string();
        if !said.contains(&why) {
            said = format!("{said}: {why}");
        }
        cause = error.source();
    }
    said
}

impl CentralError {
    /// What is stored contradicts itself.
    pub fn damaged(table: &'static str, why: impl ToString) -> Self {
        let why = why.to_string();
        Self::Damaged { table, why }
    }

    /// A failure of a file or socket, with what was being done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    /// Whether the same may succeed a little later: a lock, a lost connection, a server that restarts.
    pub fn passes(&self) -> bool {
        match self {
            Self::Pool(_) => true,
            Self::Database(error) => match error.code() {
                None => true,
                Some(code) => {
                    let passing = [
                        SqlState::LOCK_NOT_AVAILABLE,
                        SqlState::QUERY_CANCELED,
                        SqlState::T_R_SERIALIZATION_FAILURE,
                        SqlState::T_R_DEADLOCK_DETECTED,
                        SqlState::ADMIN_SHUTDOWN,
                        SqlState::CRASH_SHUTDOWN,
                        SqlState::CANNOT_CONNECT_NOW,
                        SqlState::TOO_MANY_CONNECTIONS,
                        SqlState::DISK_FULL,
                        SqlState::OUT_OF_MEMORY,
                        // A standby that is to take over, or a database that is closed for a while.
                        SqlState::READ_ONLY_SQL_TRANSACTION,
                    ];
                    passing.contains(code)
                }
            },
            _ => false,
        }
    }

    /// Whether the command itself is what cannot be stored: a constraint or a count forbids it. What is
    /// wrong with the ledger is no reason to give a command up.
    pub fn is_of_the_command(&self) -> bool {
        match self {
            Self::Database(error) => error
                .code()
                .is_some_and(|code| code.code().starts_with("22") || code.code().starts_with("23")),
            Self::Unstorable(_) => true,
            _ => false,
        }
    }
}
