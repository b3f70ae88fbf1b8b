//! An authority of the centre's own: made where no certificate is given, kept in a folder that only its owner opens,
//! and known to desks by the fingerprint behind their code.

use std::fs::{DirBuilder, OpenOptions, hard_link, read_to_string, remove_file};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use keyrack_wire::{AUTHORITY_NAME, Fingerprint};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::CentralError;

/// The authority's key and certificate, in one file so that they are there together or not at all.
const FILE: &str = "authority.pem";

/// An authority.
pub struct Authority {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

/// What every certificate of such an authority is signed with.
fn parameters() -> CertificateParams {
    let mut parameters = CertificateParams::default();
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Keyrack centre's own authority");
    parameters.distinguished_name = name;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}

fn unmade(error: rcgen::Error) -> CentralError {
    CentralError::Config(format!("no certificate can be made: {error}"))
}

impl Authority {
    /// The authority in the folder, which is made where there is none. Of several processes that start at once, all
    /// have the same.
    ///
    /// # Errors
    /// Where the folder cannot be made or written, or what is in it cannot be read.
    pub fn of(folder: &Path) -> Result<Self, CentralError> {
        let path = folder.join(FILE);
        if !path.exists() {
            make(folder, &path)?;
        }
        Self::read(folder)
    }

    /// The authority in the folder, which the centre made as it started for the first time.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn read(folder: &Path) -> Result<Self, CentralError> {
        let path = folder.join(FILE);
        let named = || path.display().to_string();
        let unread = |why: String| CentralError::Config(format!("{}: {why}", named()));
        let pem = read_to_string(&path).map_err(CentralError::io(named()))?;
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes());
        Ok(Self {
            certificate: certificate.map_err(|error| unread(error.to_string()))?,
            key: KeyPair::from_pem(&pem).map_err(|error| unread(error.to_string()))?,
        })
    }

    /// By what desks know it.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.certificate)
    }

    /// A certificate for this process, with the authority's behind it, and its key.
    ///
    /// # Errors
    /// Where none can be made.
    pub fn vouches(
        &self,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), CentralError> {
        let key = KeyPair::generate().map_err(unmade)?;
        let issuer = Issuer::new(parameters(), &self.key);
        let own = CertificateParams::new([AUTHORITY_NAME.to_owned()]).map_err(unmade)?;
        let own = own.signed_by(&key, &issuer).map_err(unmade)?;
        let chain = vec![own.der().clone(), self.certificate.clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der());
        let key = key.map_err(|error| CentralError::Config(error.to_owned()))?;
        Ok((chain, key))
    }
}

/// Makes an authority beside its place, and puts it there whole, unless another process was first.
fn make(folder: &Path, path: &Path) -> Result<(), CentralError> {
    let io = |path: &Path| CentralError::io(path.display().to_string());
    let mut builder = DirBuilder::new();
    let made = builder.recursive(true).mode(0o700).create(folder);
    made.map_err(io(folder))?;
    let key = KeyPair::generate().map_err(unmade)?;
    let certificate = parameters().self_signed(&key).map_err(unmade)?;
    let text = format!("{}{}", key.serialize_pem(), certificate.pem());
    let beside: PathBuf = folder.join(format!("{FILE}-{}", std::process::id()));
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600);
    let mut file = file.open(&beside).map_err(io(&beside))?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    let placed = written.and_then(|()| match hard_link(&beside, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    remove_file(&beside).map_err(io(&beside))?;
    placed.map_err(io(path))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_made_once_and_is_its_owners_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("tls");
        assert!(Authority::read(&folder).is_err(), "the centre makes it");
        let first = Authority::of(&folder).unwrap().fingerprint();
        assert_eq!(Authority::of(&folder).unwrap().fingerprint(), first);
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(FILE))), (0o700, 0o600));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        let other = Authority::of(&parent.path().join("other")).unwrap();
        assert_ne!(other.fingerprint(), first);
    }
}
