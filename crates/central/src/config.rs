//! What the program is told: a file, the environment, and the command line, the later over the earlier.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use keyrack_wire::Fingerprint;
use serde::Deserialize;

use crate::alerts::{Bounds, Mail, Targets, Webhook, WebhookSecret};
use crate::authority::Authority;
use crate::error::CentralError;
use crate::ledger::Ledger;

/// Where the centre listens unless it is told otherwise.
pub const LISTEN: &str = "127.0.0.1:8470";

/// Requests a second of one desk, and of one address of callers who are not let in, unless it is told otherwise.
const DESK_REQUESTS: NonZeroU32 = NonZeroU32::new(200).expect("200 is not 0");
const ADDRESS_REQUESTS: NonZeroU32 = NonZeroU32::new(20).expect("20 is not 0");

/// Hours between two looks at a property, unless it is told otherwise.
const VERIFY_HOURS: u32 = 24;

/// Minutes that a desk may be silent, and seconds between two looks for alerts, unless it is told otherwise.
const SILENT_MINUTES: u32 = 60;
const ALERT_SECONDS: u32 = 30;

/// The folder of an authority of the centre's own, beside the file of the settings.
const OWN_TLS: &str = "tls";

/// What an administrator's token has at least, so that nobody guesses it.
const TOKEN_LETTERS: usize = 32;

/// Settings as they stand in a file or on a command line: each may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address of the database, as `postgres://...` or `host=... dbname=...`.
    pub database: Option<String>,
    /// The same database with nothing in between, where the other address is a pooler of transactions.
    pub database_direct: Option<String>,
    /// A replica of the database, from which the whole chain is read.
    pub replica: Option<String>,
    /// The most connections to the database.
    pub connections: Option<usize>,
    /// The address and port to listen on.
    pub listen: Option<String>,
    /// The certificate chain, PEM.
    pub certificate: Option<PathBuf>,
    /// Its private key, PEM.
    pub key: Option<PathBuf>,
    /// The folder of an authority of the centre's own, which vouches for it where no certificate is given.
    pub own_tls: Option<PathBuf>,
    /// The folder in which the file of the settings stands.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
    /// The token that lets an administrator in, at /admin.
    pub admin_token: Option<String>,
    /// Requests a second that one desk may make.
    pub desk_requests: Option<NonZeroU32>,
    /// Requests a second that one address may make without being let in.
    pub address_requests: Option<NonZeroU32>,
    /// Each property is compared with its feed once in so many hours; 0 for never.
    pub verify_hours: Option<u32>,
    /// Addresses that are told of alerts.
    pub webhooks: Option<Vec<String>>,
    /// What they know the centre by.
    pub webhook_secret: Option<String>,
    /// The server by which mail goes.
    pub mail: Option<String>,
    /// From whom.
    pub mail_from: Option<String>,
    /// To whom.
    pub mail_to: Option<Vec<String>>,
    /// A desk may be silent for so many minutes.
    pub silent_minutes: Option<u32>,
    /// Alerts are looked for once in so many seconds.
    pub alert_seconds: Option<u32>,
}

/// How connections are encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: for this machine alone.
    Not,
    /// With a certificate chain and its key.
    Given(PathBuf, PathBuf),
    /// With an authority of the centre's own, in that folder.
    Own(PathBuf),
}

/// Settings that can be worked with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address of the database.
    pub database: String,
    /// The same with nothing in between, where that is a pooler of transactions.
    pub database_direct: Option<String>,
    /// A replica of it, from which the whole chain is read.
    pub replica: Option<String>,
    /// The most connections to it.
    pub connections: usize,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How connections are encrypted.
    pub tls: Tls,
    /// The administrator's token; without one there is no page for one.
    pub admin_token: Option<String>,
    /// Requests a second that one desk may make.
    pub desk_requests: NonZeroU32,
    /// Requests a second that one address may make without being let in.
    pub address_requests: NonZeroU32,
    /// Each property is compared with its feed once in so many hours; 0 for never.
    pub verify_hours: u32,
    /// Who is told of alerts.
    pub targets: Targets,
    /// A desk may be silent for so many minutes.
    pub silent_minutes: u32,
    /// Alerts are looked for once in so many seconds.
    pub alert_seconds: u32,
}

impl Settings {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it cannot be read, or holds a setting that is none.
    pub fn read(path: &Path) -> Result<Self, CentralError> {
        let named = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(CentralError::io(named.clone()))?;
        let read = toml::from_str(&text);
        let read: Self = read.map_err(|error| CentralError::Config(format!("{named}: {error}")))?;
        Ok(Self {
            folder: path.parent().map(Path::to_owned),
            ..read
        })
    }

    /// These settings, and where they say nothing the others'.
    #[must_use]
    pub fn over(self, others: Self) -> Self {
        Self {
            database: self.database.or(others.database),
            database_direct: self.database_direct.or(others.database_direct),
            replica: self.replica.or(others.replica),
            connections: self.connections.or(others.connections),
            listen: self.listen.or(others.listen),
            certificate: self.certificate.or(others.certificate),
            key: self.key.or(others.key),
            own_tls: self.own_tls.or(others.own_tls),
            folder: self.folder.or(others.folder),
            admin_token: self.admin_token.or(others.admin_token),
            desk_requests: self.desk_requests.or(others.desk_requests),
            address_requests: self.address_requests.or(others.address_requests),
            verify_hours: self.verify_hours.or(others.verify_hours),
            webhooks: self.webhooks.or(others.webhooks),
            webhook_secret: self.webhook_secret.or(others.webhook_secret),
            mail: self.mail.or(others.mail),
            mail_from: self.mail_from.or(others.mail_from),
            mail_to: self.mail_to.or(others.mail_to),
            silent_minutes: self.silent_minutes.or(others.silent_minutes),
            alert_seconds: self.alert_seconds.or(others.alert_seconds),
        }
    }

    /// The settings, checked.
    ///
    /// # Errors
    /// Where one is missing or contradicts another.
    pub fn finish(self) -> Result<Config, CentralError> {
        let wrong = |why: String| CentralError::Config(why);
        let targets = self.targets()?;
        let Some(database) = self.database else {
            let why = "the database's address is not set: give --database, KEYRACK_DATABASE, or \
                       `database` in the file";
            return Err(wrong(why.to_owned()));
        };
        let listen = self.listen.unwrap_or_else(|| LISTEN.to_owned());
        let address: SocketAddr = listen.parse().map_err(|_| {
            wrong(format!(
                "\"{listen}\" is not an address and port, like {LISTEN}"
            ))
        })?;
        let is_reached = !address.ip().is_loopback();
        // Where nothing is said, the authority stands beside the settings.
        let beside = self.folder.filter(|_| is_reached);
        let own = self.own_tls.or(beside.map(|folder| folder.join(OWN_TLS)));
        let tls = match (self.certificate, self.key, own) {
            (Some(certificate), Some(key), _) => Tls::Given(certificate, key),
            (None, None, Some(folder)) => Tls::Own(folder),
            (None, None, None) if is_reached => {
                let why = format!(
                    "{address} can be reached from other machines, and tokens would cross the network in the \
                     clear: set a certificate and its key, or with --own-tls a folder in which the centre \
                     keeps an authority of its own, or listen on 127.0.0.1 behind a proxy that encrypts"
                );
                return Err(wrong(why));
            }
            (None, None, None) => Tls::Not,
            _ => {
                return Err(wrong(
                    "a certificate and its key are set together, or neither".to_owned(),
                ));
            }
        };
        let admin_token = self.admin_token.filter(|token| !token.is_empty());
        if admin_token
            .as_ref()
            .is_some_and(|token| token.len() < TOKEN_LETTERS)
        {
            let why = format!(
                "the administrator's token has fewer than {TOKEN_LETTERS} letters; a good one is what \
                 `openssl rand -hex 32` prints"
            );
            return Err(wrong(why));
        }
        Ok(Config {
            admin_token,
            database,
            database_direct: self.database_direct,
            replica: self.replica,
            connections: self.connections.unwrap_or(16).clamp(2, 200),
            listen: address,
            tls,
            desk_requests: self.desk_requests.unwrap_or(DESK_REQUESTS),
            address_requests: self.address_requests.unwrap_or(ADDRESS_REQUESTS),
            verify_hours: self.verify_hours.unwrap_or(VERIFY_HOURS),
            targets,
            silent_minutes: self.silent_minutes.unwrap_or(SILENT_MINUTES).max(1),
            // Whoever watches the centre is told where nobody looks for a quarter of an hour.
            alert_seconds: self.alert_seconds.unwrap_or(ALERT_SECONDS).clamp(1, 300),
        })
    }

    /// Who is told of alerts.
    fn targets(&self) -> Result<Targets, CentralError> {
        let mut webhooks = Vec::new();
        for address in self.webhooks.iter().flatten() {
            let secret = self.webhook_secret.as_deref().unwrap_or_default();
            let secret = secret.parse::<WebhookSecret>();
            let secret = secret.map_err(|error| CentralError::Config(error.to_string()))?;
            webhooks.push(Webhook::new(address, secret)?);
        }
        let to = self.mail_to.as_deref().unwrap_or_default();
        let mail = match (&self.mail, &self.mail_from) {
            (Some(server), Some(from)) => Mail::each(server, from, to)?,
            (None, None) if to.is_empty() => Vec::new(),
            _ => {
                let why = "a mail server, from whom and to whom are set together, or none of them";
                return Err(CentralError::Config(why.to_owned()));
            }
        };
        Ok(Targets::new(webhooks, mail))
    }
}

impl Config {
    /// From when on something is amiss.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            silent_minutes: self.silent_minutes,
            verify_hours: self.verify_hours,
        }
    }

    /// By what desks know the centre's own authority, which is made as it first starts; nothing where it has none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn fingerprint(&self) -> Result<Option<Fingerprint>, CentralError> {
        match &self.tls {
            Tls::Own(folder) => Ok(Some(Authority::read(folder)?.fingerprint())),
            _ => Ok(None),
        }
    }

    /// The database; nothing is connected yet.
    ///
    /// # Errors
    /// Where an address cannot be read.
    pub fn ledger(&self) -> Result<Ledger, CentralError> {
        let direct = self.database_direct.as_deref();
        Ledger::new(&self.database, direct, self.connections)
    }

    /// The replica, where there is one; nothing is connected yet. Where a pooler stands before the database, one is taken to
    /// stand before the replica too.
    ///
    /// # Errors
    /// Where its address cannot be read.
    pub fn replica(&self) -> Result<Option<Ledger>, CentralError> {
        let Some(replica) = &self.replica else {
            return Ok(None);
        };
        let direct = self.database_direct.as_ref().map(|_| replica.as_str());
        Ledger::new(replica, direct, self.connections).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str) -> Settings {
        Settings {
            database: Some("host=127.0.0.1".to_owned()),
            listen: Some(listen.to_owned()),
            ..Settings::default()
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        assert!(settings("127.0.0.1:0").finish().is_ok());
        assert!(settings("[::1]:8470").finish().is_ok());
        let refused = settings("0.0.0.0:8470").finish().unwrap_err().to_string();
        assert!(refused.contains("in the clear"), "{refused}");
        let encrypted = Settings {
            certificate: Some("chain.pem".into()),
            key: Some("key.pem".into()),
            ..settings("0.0.0.0:8470")
        };
        assert!(encrypted.clone().finish().is_ok());
        let without_key = Settings {
            key: None,
            ..encrypted
        };
        assert!(without_key.finish().is_err());
        let beside = Settings {
            folder: Some("/etc/keyrack".into()),
            ..settings("0.0.0.0:8470")
        };
        let own = Tls::Own("/etc/keyrack/tls".into());
        assert_eq!(beside.finish().unwrap().tls, own);
        let asked = Settings {
            own_tls: Some("/var/lib/keyrack/tls".into()),
            ..settings("127.0.0.1:0")
        };
        let own = Tls::Own("/var/lib/keyrack/tls".into());
        assert_eq!(asked.finish().unwrap().tls, own);
    }

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        let refused = Settings::default().finish().unwrap_err().to_string();
        assert!(refused.contains("KEYRACK_DATABASE"), "{refused}");
        assert!(settings("somewhere").finish().is_err());
        let guessed = Settings {
            admin_token: Some("secret".to_owned()),
            ..settings("127.0.0.1:0")
        };
        let refused = guessed.finish().unwrap_err().to_string();
        assert!(refused.contains("openssl rand"), "{refused}");
        let over = settings("127.0.0.1:1").over(settings("127.0.0.1:2"));
        assert_eq!(over.listen.as_deref(), Some("127.0.0.1:1"));
    }
}
