//! Alerts by HTTP, signed as the Standard Webhooks specification (1.0) says: HMAC-SHA256 over the message's id, the time
//! of the try, and the body.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Url, redirect};
use sha2::Sha256;

use super::send::{Told, Unsent, named};
use crate::clock;
use crate::error::CentralError;

/// How long a try may take.
const TRY: Duration = Duration::from_secs(10);
/// What a secret begins with; 24 to 64 bytes follow in Base64.
const SECRET: &str = "whsec_";

/// What both sides know, by which a receiver knows the centre. It is never printed.
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

/// A text that is no secret; the text itself is not told.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "a webhook's secret is \"whsec_\" and 24 to 64 bytes in Base64; \
     `echo whsec_$(openssl rand -base64 32)` makes one"
)]
pub struct NoSecret;

impl FromStr for WebhookSecret {
    type Err = NoSecret;

    fn from_str(text: &str) -> Result<Self, NoSecret> {
        let coded = text.strip_prefix(SECRET).ok_or(NoSecret)?;
        let bytes = STANDARD.decode(coded).map_err(|_| NoSecret)?;
        match bytes.len() {
            24..=64 => Ok(Self(bytes)),
            _ => Err(NoSecret),
        }
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret")
    }
}

impl WebhookSecret {
    /// The signature of a message, as the header has it.
    fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0);
        let mut mac = mac.expect("HMAC takes keys of every length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// An address that is told of alerts.
#[derive(Clone)]
pub struct Webhook {
    address: Url,
    name: String,
    secret: WebhookSecret,
    client: Client,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Webhook {
    /// What is told of alerts at an address. Plain HTTP is for this machine alone.
    ///
    /// # Errors
    /// Where the address cannot be used.
    pub fn new(address: &str, secret: WebhookSecret) -> Result<Self, CentralError> {
        // What the address is may be a secret.
        let wrong = |why: &str| CentralError::Config(format!("a webhook's address {why}"));
        let url =
            Url::parse(address).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
        let is_near = super::mail::is_loopback(url.host_str().unwrap_or_default());
        match url.scheme() {
            "https" => {}
            "http" if is_near => {}
            _ => return Err(wrong("begins with https:// where it is of another machine")),
        }
        // Another part of the program may have chosen already: then that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(TRY)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("keyrack-central/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| wrong(&format!("cannot be called: {error}")))?;
        Ok(Self {
            address: url,
            name: named("webhook", address),
            secret,
            client,
        })
    }

    /// What messages to it are kept under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends, once.
    pub(super) async fn send(&self, told: &Told) -> Result<(), Unsent> {
        let body = serde_json::to_string(told);
        let body = body.map_err(|error| Unsent::Unwritten(error.to_string()))?;
        let (id, seconds) = (told.id.to_string(), clock::now().millis() / 1_000);
        let signature = self.secret.sign(&id, seconds, &body);
        let request = self
            .client
            .post(self.address.clone())
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature)
            .body(body);
        let answer = request.send().await;
        let status = answer.map_err(reqwest::Error::without_url)?.status();
        match status.is_success() {
            true => Ok(()),
            false => Err(Unsent::Status(status.as_u16())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn a_message_is_signed_as_the_specification_says() {
        let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let signed = secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn an_address_of_another_machine_is_encrypted_and_a_short_secret_is_none() {
        let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        for (address, is_taken) in [
            ("https://hooks.example/x", true),
            ("http://127.0.0.1:9/x", true),
            ("http://hooks.example/x", false),
            ("ftp://127.0.0.1/x", false),
            ("x", false),
        ] {
            let made = Webhook::new(address, secret.clone());
            assert_eq!(made.is_ok(), is_taken, "{address}");
        }
        for none in [
            "",
            "whsec_",
            "whsec_c2hvcnQ=",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            assert!(none.parse::<WebhookSecret>().is_err(), "{none}");
        }
    }
}
