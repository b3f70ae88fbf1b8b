//! Lines to a centre that has an authority of its own, which is known by its fingerprint. Such an authority vouches for
//! that one centre alone, under a name that says nothing, so that the centre may stand at whatever address.

use std::sync::Arc;

use keyrack_wire::{AUTHORITY_NAME, Fingerprint};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, PeerIncompatible, RootCertStore,
    SignatureScheme,
};
use serde::{Deserialize, Serialize};

/// Why what answers is not believed to be the centre: what its certificate says, or the clock of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distrust {
    /// An authority vouches for it that is not known here.
    Authority,
    /// It is the certificate of another name.
    Name,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYet,
    /// It is no certificate that can be believed.
    Certificate,
}

impl Distrust {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Name => "name",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Certificate => "certificate",
        }
    }

    /// What of it stands behind an error; nothing where that is of another kind.
    pub(crate) fn of(error: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let mut behind = Some(error);
        while let Some(cause) = behind {
            // What a socket says has the reason within it, and not behind it.
            let within = cause.downcast_ref::<std::io::Error>();
            let within = within.and_then(|error| error.get_ref());
            let told = match within {
                Some(within) => Self::of(within),
                None => cause.downcast_ref::<Error>().and_then(Self::of_tls),
            };
            if told.is_some() {
                return told;
            }
            behind = cause.source();
        }
        None
    }

    fn of_tls(error: &Error) -> Option<Self> {
        use CertificateError as Fault;
        let Error::InvalidCertificate(fault) = error else {
            return None;
        };
        Some(match fault {
            Fault::UnknownIssuer | Fault::BadSignature => Self::Authority,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => Self::Name,
            Fault::Expired | Fault::ExpiredContext { .. } => Self::Expired,
            Fault::NotValidYet | Fault::NotValidYetContext { .. } => Self::NotYet,
            _ => Self::Certificate,
        })
    }
}

/// Believes a centre for which the authority of that fingerprint vouches, and nobody else.
#[derive(Debug)]
struct OwnAuthority {
    fingerprint: Fingerprint,
    provider: Arc<CryptoProvider>,
}

/// TLS with a centre whose own authority has the fingerprint.
pub(crate) fn config(fingerprint: Fingerprint) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = OwnAuthority {
        fingerprint,
        provider: Arc::clone(&provider),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    Ok(config.with_no_client_auth())
}

fn unsaid(error: impl ToString) -> Error {
    Error::General(error.to_string())
}

impl ServerCertVerifier for OwnAuthority {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut shown = intermediates.iter();
        let authority = shown.find(|shown| Fingerprint::of(shown) == self.fingerprint);
        let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let mut roots = RootCertStore::empty();
        roots.add(authority.ok_or(unknown)?.clone().into_owned())?;
        let provider = Arc::clone(&self.provider);
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
        let verifier = verifier.build().map_err(unsaid)?;
        let name = ServerName::try_from(AUTHORITY_NAME).map_err(unsaid)?;
        verifier.verify_server_cert(end_entity, &[], &name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::PeerIncompatible(
            PeerIncompatible::Tls12NotOfferedOrEnabled,
        ))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}
