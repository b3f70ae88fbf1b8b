//! Alerts by mail.

use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use reqwest::Url;

use super::send::{Told, Unsent, named};
use crate::error::CentralError;

/// How long a try may take from end to end: mail servers make who calls wait, and a message is claimed for longer.
const TRY: Duration = Duration::from_secs(30);

/// One who gets mail, from whom, by which server.
#[derive(Clone)]
pub struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Mailbox,
    name: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Whether a host is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl Mail {
    /// Mail to each of those addresses by a server, as `smtps://user:password@host` or `smtp://host?tls=required`. A line that
    /// is not encrypted is for this machine alone.
    ///
    /// One message goes to one address: a server that refuses an address refuses the whole message.
    ///
    /// # Errors
    /// Where the server's address or somebody's cannot be read.
    pub fn each(server: &str, from: &str, to: &[String]) -> Result<Vec<Self>, CentralError> {
        let wrong = |what: &str, why: String| CentralError::Config(format!("{what}: {why}"));
        let address = Url::parse(server);
        let address = address.map_err(|error| wrong("the mail server", error.to_string()))?;
        let is_encrypted = address.scheme() == "smtps"
            || address
                .query_pairs()
                .any(|(name, value)| name == "tls" && value == "required");
        if !is_encrypted && !is_loopback(address.host_str().unwrap_or_default()) {
            let why = "its address begins with smtps:// or ends with ?tls=required where it is another machine";
            return Err(wrong("the mail server", why.to_owned()));
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|error| wrong("the mail server", error.to_string()))?
            // This one is for the connection alone; all of a try has its own.
            .timeout(None)
            .build();
        let mailbox = |text: &str| {
            let read = text.parse::<Mailbox>();
            read.map_err(|error| wrong(text, error.to_string()))
        };
        if to.is_empty() {
            return Err(wrong("mail", "nobody is named to whom it goes".to_owned()));
        }
        let from = mailbox(from)?;
        let one = |text: &String| {
            let to = mailbox(text)?;
            Ok(Self {
                server: server.clone(),
                from: from.clone(),
                name: named("mail", to.email.as_ref()),
                to,
            })
        };
        to.iter().map(one).collect()
    }

    /// What messages to it are kept under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends, once.
    pub(super) async fn send(&self, told: &Told) -> Result<(), Unsent> {
        let unwritten = |error: lettre::error::Error| Unsent::Unwritten(error.to_string());
        let message = Message::builder()
            .from(self.from.clone())
            .to(self.to.clone())
            .message_id(Some(format!("<{}@{}>", told.id, self.from.email.domain())))
            .subject(format!("[keyrack] {}", told.text))
            .header(ContentType::TEXT_PLAIN);
        let message = message.body(body(told)).map_err(unwritten)?;
        let sent = tokio::time::timeout(TRY, self.server.send(message));
        sent.await.map_err(|_| Unsent::Late(TRY))??;
        Ok(())
    }
}

fn body(told: &Told) -> String {
    let until = told.closed_at.as_deref();
    let until = until
        .map(|at| format!("Until: {at}\r\n"))
        .unwrap_or_default();
    format!(
        "{}\r\n\r\nWhat: {} ({})\r\nSince: {}\r\n{until}\r\nWhat to do is in docs/CENTRE.md, under the same name.\r\n",
        told.text, told.kind, told.state, told.opened_at
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The clock goes on by itself where nothing else is left to do.
    #[tokio::test(start_paused = true)]
    async fn a_server_that_takes_the_call_and_says_nothing_ends_a_try() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let to = ["duty@hotel.example".to_owned()];
        let mails = Mail::each(&address, "keyrack@hotel.example", &to).unwrap();
        let told = Told::test(crate::clock::now());
        let hour = Duration::from_secs(3_600);
        let tried = tokio::time::timeout(hour, mails[0].send(&told)).await;
        assert!(matches!(tried, Ok(Err(Unsent::Late(_)))), "{tried:?}");
    }
}
