//! The line to a centre: HTTP over TLS, and in the clear to this machine alone.

use std::io::Read;
use std::time::Duration;

use flate2::read::GzDecoder;
use keyrack_wire::{
    Enrol, Enrolled, Fingerprint, Genesis, Page, Pull, Push, Pushed, Renew, Renewed, Secret,
    Snapshot, Taken,
};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use reqwest::{Certificate, Client, ClientBuilder, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Pokes;
use crate::failure::{Failure, fault, network, newer, said};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(3);
/// How long an answer may take. A page of the feed is large, and a push waits in the centre's line.
const ANSWER: Duration = Duration::from_secs(30);
/// How long a snapshot may take, of a large house over a slow line.
const SNAPSHOT: Duration = Duration::from_secs(3_600);
/// How long nothing may come while an answer is waited for: the centre ends a request after 60 s.
const STILL: Duration = Duration::from_secs(70);
/// Heartbeats come every 10 s on the line of pokes; one that is silent for longer is dead.
pub const SILENCE: Duration = Duration::from_secs(25);
/// How long a line of pokes is listened on before it is made anew.
const LISTENING: Duration = Duration::from_secs(6 * 3_600);
/// The most that is read of an answer, in bytes: a snapshot of a large house, or a page of 5,000 events.
const LARGEST_ANSWER: usize = 256 * 1_024 * 1_024;

/// Why no line can be made.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    /// The address cannot be read.
    #[error(
        "\"{0}\" is no address of a centre: it begins with https://, or http:// on this machine."
    )]
    Address(String),
    /// In the clear, to another machine.
    #[error(
        "{0} is another machine: a centre is spoken to in the clear on this machine alone. Use https://."
    )]
    InTheClear(String),
    /// The certificate of the centre's own authority cannot be read.
    #[error("The certificate of the centre's authority cannot be read: {0}.")]
    Certificate(String),
    /// TLS cannot be set up.
    #[error("The line cannot be made: {0}.")]
    Setup(String),
}

/// A line to a centre.
#[derive(Clone, Debug)]
pub struct Link {
    client: Client,
    base: Url,
    token: Option<Secret>,
}

impl Link {
    /// A line to the centre at `url`; `authority` is the certificate of its own authority in PEM, where
    /// it has one.
    ///
    /// # Errors
    /// Where the address is none, would go in the clear to another machine, or TLS cannot be set up.
    pub fn new(
        url: &str,
        authority: Option<&[u8]>,
        token: Option<Secret>,
    ) -> Result<Self, LinkFault> {
        let base = read(url)?;
        let mut client = client();
        if let Some(pem) = authority {
            let certificate = Certificate::from_pem(pem);
            let certificate =
                certificate.map_err(|error| LinkFault::Certificate(error.to_string()))?;
            client = client.tls_certs_only([certificate]);
        }
        made(client, base, token)
    }

    /// A line to the centre at `url`, whose own authority has that fingerprint.
    ///
    /// # Errors
    /// As [`Link::new`].
    pub fn pinned(
        url: &str,
        fingerprint: Fingerprint,
        token: Option<Secret>,
    ) -> Result<Self, LinkFault> {
        let base = read(url)?;
        let config = crate::trust::config(fingerprint);
        let config = config.map_err(|error| LinkFault::Setup(error.to_string()))?;
        made(client().tls_backend_preconfigured(config), base, token)
    }

    /// Whether that is the token that this line shows.
    pub fn shows(&self, token: &Secret) -> bool {
        self.token.as_ref() == Some(token)
    }

    /// Asks to be taken in.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn enrol(&self, message: &Enrol) -> Result<Enrolled, Failure> {
        self.ask("v1/sync/enrol", message).await
    }

    /// Asks to show another token from now on.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn renew(&self, message: &Renew) -> Result<Renewed, Failure> {
        self.ask("v1/sync/token", message).await
    }

    /// Sends commands up.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn push(&self, message: &Push) -> Result<Pushed, Failure> {
        self.ask("v1/sync/push", message).await
    }

    /// Asks for what comes after the cursor.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn pull(&self, message: &Pull) -> Result<Page, Failure> {
        self.ask("v1/sync/pull", message).await
    }

    /// Sends a part of a history up.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn genesis(&self, message: &Genesis) -> Result<Taken, Failure> {
        self.ask("v1/sync/genesis", message).await
    }

    /// Asks for everything. However large that is and slow the line, it goes on for as long as something comes.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn snapshot(&self, message: &Pull) -> Result<Snapshot, Failure> {
        self.ask_within(SNAPSHOT, "v1/sync/snapshot", message).await
    }

    /// Asks something else of the centre, as JSON both ways.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn ask<M: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        message: &M,
    ) -> Result<A, Failure> {
        self.ask_within(ANSWER, path, message).await
    }

    async fn ask_within<M: Serialize, A: DeserializeOwned>(
        &self,
        time: Duration,
        path: &str,
        message: &M,
    ) -> Result<A, Failure> {
        let url = self
            .base
            .join(path)
            .map_err(|error| Failure::Network(error.to_string()))?;
        let request = self.client.post(url).json(message).timeout(time);
        let request = request.header(ACCEPT_ENCODING, "gzip");
        let sent = self.signed(request).send().await.map_err(network)?;
        let status = sent.status();
        let retry_after_ms = retry_after(&sent);
        let body = body(sent).await?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|error| {
                newer(&body).unwrap_or_else(|| Failure::Network(error.to_string()))
            });
        }
        Err(newer(&body).unwrap_or_else(|| fault(status, &body, retry_after_ms)))
    }

    /// Asks what the centre has for other programs: posts the message, or looks where there is none. Gives the status and
    /// the body of an answer that is about what was asked, a refusal too.
    ///
    /// # Errors
    /// Where the centre does not answer, does not let in, or is busy.
    pub async fn program<M: Serialize>(
        &self,
        path: &str,
        message: Option<&M>,
    ) -> Result<(u16, Vec<u8>), Failure> {
        let url = self.base.join(path);
        let url = url.map_err(|error| Failure::Network(error.to_string()))?;
        let request = match message {
            Some(message) => self.client.post(url).json(message),
            None => self.client.get(url),
        };
        let request = request.timeout(ANSWER).header(ACCEPT_ENCODING, "gzip");
        let sent = self.signed(request).send().await.map_err(network)?;
        let status = sent.status();
        let retry_after_ms = retry_after(&sent);
        let body = body(sent).await?;
        match status {
            StatusCode::NOT_FOUND | StatusCode::CONFLICT => Ok((status.as_u16(), body)),
            status if status.is_success() => Ok((status.as_u16(), body)),
            status => Err(fault(status, &body, retry_after_ms)),
        }
    }

    /// Listens for pokes: the number of the feed's last entry, whenever it moves.
    ///
    /// # Errors
    /// Where the centre does not answer, or says why not.
    pub async fn pokes(&self) -> Result<Pokes, Failure> {
        let url = self.base.join("v1/sync/poke");
        let url = url.map_err(|error| Failure::Network(error.to_string()))?;
        let request = self.client.get(url).timeout(LISTENING);
        let response = self.signed(request).send().await.map_err(network)?;
        let status = response.status();
        if !status.is_success() {
            let retry_after_ms = retry_after(&response);
            return Err(fault(status, &body(response).await?, retry_after_ms));
        }
        Ok(Pokes::on(response))
    }

    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token.reveal()),
            None => request,
        }
    }
}

/// The address of a centre, which is spoken to in the clear on this machine alone.
fn read(url: &str) -> Result<Url, LinkFault> {
    let odd = || LinkFault::Address(url.to_owned());
    let mut base = Url::parse(url).map_err(|_| odd())?;
    let host = base.host_str().ok_or_else(odd)?.to_owned();
    match base.scheme() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => return Err(LinkFault::InTheClear(host)),
        _ => return Err(odd()),
    }
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    Ok(base)
}

fn client() -> ClientBuilder {
    // Another part of the program may have chosen already: then that one is used.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .connect_timeout(CONNECT)
        .read_timeout(STILL)
        .min_tls_version(reqwest::tls::Version::TLS_1_3)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

fn made(client: ClientBuilder, base: Url, token: Option<Secret>) -> Result<Link, LinkFault> {
    let client = client.build();
    let client = client.map_err(|error| LinkFault::Setup(said(&error)))?;
    Ok(Link {
        client,
        base,
        token,
    })
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn retry_after(response: &Response) -> Option<u64> {
    let seconds = response.headers().get(reqwest::header::RETRY_AFTER)?;
    let seconds: u64 = seconds.to_str().ok()?.parse().ok()?;
    seconds.checked_mul(1_000)
}

async fn body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let encoding = response.headers().get(CONTENT_ENCODING);
    let is_packed = encoding.is_some_and(|encoding| encoding == "gzip");
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(network)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Failure::Network("its answer is too large".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    match is_packed {
        true => unpacked(&body),
        false => Ok(body),
    }
}

/// What was packed, if it is no larger than an answer may be.
fn unpacked(body: &[u8]) -> Result<Vec<u8>, Failure> {
    let most = LARGEST_ANSWER as u64;
    let mut unpacked = Vec::new();
    let read = GzDecoder::new(body)
        .take(most + 1)
        .read_to_end(&mut unpacked);
    match read {
        Ok(_) if unpacked.len() > LARGEST_ANSWER => {
            Err(Failure::Network("its answer is too large".to_owned()))
        }
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Failure::Network(error.to_string())),
    }
}
