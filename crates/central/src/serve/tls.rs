//! TLS with a certificate and key that the operator gives, or with an authority of the centre's own.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::authority::Authority;
use crate::config::Tls;
use crate::error::CentralError;

/// What answers handshakes, where connections are encrypted.
///
/// # Errors
/// Where a file cannot be read, or the key is not the certificate's.
pub fn acceptor(tls: &Tls) -> Result<Option<TlsAcceptor>, CentralError> {
    match tls {
        Tls::Not => Ok(None),
        Tls::Given(chain, key) => given(chain, key).map(Some),
        Tls::Own(folder) => {
            let (certificates, secret) = Authority::of(folder)?.vouches()?;
            let wrong = |error: rustls::Error| CentralError::Config(error.to_string());
            with(certificates, secret).map(Some).map_err(wrong)
        }
    }
}

fn given(chain: &Path, key: &Path) -> Result<TlsAcceptor, CentralError> {
    let wrong =
        |path: &Path, why: String| CentralError::Config(format!("{}: {why}", path.display()));
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(chain, error.to_string()))?;
    if certificates.is_empty() {
        return Err(wrong(chain, "there is no certificate in it".to_owned()));
    }
    let secret =
        PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    with(certificates, secret).map_err(|error| wrong(chain, error.to_string()))
}

fn with(
    certificates: Vec<CertificateDer<'static>>,
    secret: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(certificates, secret)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
