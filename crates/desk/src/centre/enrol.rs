//! Enrolment: a desk joins a property of a centre.

use std::path::{Path, PathBuf};

use keyrack_store::{Act, Centre, CentreState, Creation, Joining, Store, StoreError};
use keyrack_sync::Link;
use keyrack_wire::{Enrol, Enrolled, Fingerprint, Label, Protocol, Secret, parted};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::keeping::{self, TokenPlace, TokenStore};
use super::keyring::KeyringLack;
use super::outgoing::alone;
use super::upload::{may_be_whole, upload};
use super::{failed, runtime, token};
use crate::door::{Caller, Question};
use crate::error::{CentreRefusal, DeskError};
use crate::{Desk, Options, request_id};

/// What somebody who joins was given by the centre.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Where the centre answers.
    pub url: String,
    /// The one-time code.
    pub code: String,
    /// What this desk is to be called there.
    pub name: String,
    /// The certificate of the centre's own authority, where it has one.
    pub authority: Option<PathBuf>,
}

/// What the window asks of an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EnrolRequest {
    /// Where the centre answers.
    pub url: String,
    /// The one-time code.
    pub code: String,
    /// What this desk is to be called there.
    pub name: String,
    /// The certificate of the centre's own authority, a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

impl From<&EnrolRequest> for Invitation {
    fn from(request: &EnrolRequest) -> Self {
        let EnrolRequest {
            url,
            code,
            name,
            authority,
        } = request.clone();
        Self {
            url: url.trim().to_owned(),
            code,
            name,
            authority: authority.map(PathBuf::from),
        }
    }
}

/// A desk that has joined.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Enrolment {
    /// Always true.
    pub ok: bool,
    /// The property's code at the centre.
    pub property: String,
    /// The letters with which this desk's short numbers begin from now on.
    pub letters: String,
    /// Entries of the feed that went up, of a file with a history.
    #[ts(type = "number")]
    pub sent: u64,
    /// Entries of the feed that came down.
    #[ts(type = "number")]
    pub followed: u64,
    /// The file beside the hotel's, which has the token or says which entry of the keyring has it.
    #[ts(type = "string")]
    pub token_file: PathBuf,
    /// Where the token is kept, and why it is not in the keyring.
    pub token: TokenPlace,
}

/// An enrolment that was given up.
#[derive(Clone, Debug, Serialize)]
pub struct GivenUp {
    /// Always true.
    pub ok: bool,
    /// The centre to which the file does not belong any more.
    pub url: String,
}

/// Told how far an enrolment is, in entries sent or followed so far; answers whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> bool;

impl Desk {
    /// Joins a property of a centre. A file with a history may join a property that has none, and its
    /// history goes up; otherwise the file must be new, and the property's history comes down.
    ///
    /// # Errors
    /// Where the invitation cannot be read, the centre does not answer or says no, the file belongs
    /// to a centre already, or fails. Where a history was cut off on its way up, nothing is written until
    /// the same is asked again and it has gone on; else the file decides on its own counts, as before. Stopped
    /// before the last part of a history goes up it belongs to no centre, as before.
    pub fn enrol(
        options: &Options,
        invitation: &Invitation,
        progress: Progress<'_>,
    ) -> Result<Enrolment, DeskError> {
        let read = read(invitation)?;
        let store = Store::open(&options.path, Creation::Create, options.wait)?;
        let caller = options.door()?.admit(&store, Question::Enrol)?;
        enrol(&store, &options.path, &caller, read, progress)
    }

    /// Gives up an enrolment that was cut off: the file belongs to no centre again, and decides on its own
    /// counts as before. Where the centre may have all of its history and does not answer, only a reason why
    /// it is gone for good lets it go.
    ///
    /// # Errors
    /// Where the file has no such enrolment, the centre has its whole history, or does not answer and no reason
    /// is given, nobody who may is signed in, or the file fails.
    pub fn give_up_enrolment(
        options: &Options,
        reason: Option<&str>,
    ) -> Result<GivenUp, DeskError> {
        let store = Store::open(&options.path, Creation::MustExist, options.wait)?;
        let caller = options.door()?.admit(&store, Question::Enrol)?;
        let (has_history, centre) =
            store.read(|reader| Ok((reader.is_initialised()?, reader.centre()?)))?;
        let centre = centre.ok_or(CentreRefusal::NotEnrolled)?;
        let url = centre.url.clone();
        if !is_cut_off(&centre, has_history) {
            return Err(CentreRefusal::Enrolled { url }.into());
        }
        match may_be_whole(&store, &runtime()?) {
            Ok(false) => {}
            Ok(true) => return Err(CentreRefusal::Joining { url }.into()),
            Err(_) if reason.is_some() => {}
            Err(error) => return Err(error),
        }
        let act = Act {
            request_id: request_id::current(),
            reason: reason.map(str::to_owned),
            ..Act::new(
                caller.name(),
                "enrolment_given_up",
                &url,
                crate::Clock::System.now(),
            )
        };
        store.write(|batch| {
            batch.leave()?;
            batch.act(&act)
        })?;
        keeping::remove(&options.path)?;
        Ok(GivenUp { ok: true, url })
    }

    /// Joins the open file to a property of a centre, for whoever is signed in here.
    ///
    /// # Errors
    /// As [`Desk::enrol`].
    pub fn enrol_here(
        &self,
        request: &EnrolRequest,
        progress: Progress<'_>,
    ) -> Result<Enrolment, DeskError> {
        let caller = self.admit(Question::Enrol)?;
        let read = read(&Invitation::from(request))?;
        enrol(&self.store, self.path(), &caller, read, progress)
    }
}

/// An invitation as it was read: what is wrong with it is said before anything is asked or made.
struct Read {
    url: String,
    code: Secret,
    name: Label,
    authority: Option<String>,
    known: Option<Fingerprint>,
    link: Link,
}

fn read(invitation: &Invitation) -> Result<Read, DeskError> {
    let (code, known) = parted(&invitation.code);
    let code = Secret::try_from(code);
    let code = code.map_err(DeskError::bad_input)?;
    let name = Label::try_from(invitation.name.trim().to_owned());
    let name = name.map_err(DeskError::bad_input)?;
    let authority = invitation.authority.as_ref().map(std::fs::read_to_string);
    let authority = authority.transpose().map_err(|error| {
        let unread = Words::here().say("bad-certificate");
        DeskError::said(unread.with("why", error.to_string()))
    })?;
    let pem = authority.as_deref().map(str::as_bytes);
    // Whoever names a certificate means that one.
    let known = known.filter(|_| authority.is_none());
    let link = match &known {
        Some(known) => Link::pinned(&invitation.url, known.clone(), None),
        None => Link::new(&invitation.url, pem, None),
    };
    let link = link.map_err(DeskError::bad_input)?;
    Ok(Read {
        url: invitation.url.clone(),
        code,
        name,
        authority,
        known,
        link,
    })
}

fn enrol(
    store: &Store,
    path: &Path,
    caller: &Caller,
    read: Read,
    progress: Progress<'_>,
) -> Result<Enrolment, DeskError> {
    let Read {
        url,
        code,
        name,
        authority,
        known,
        link,
    } = read;
    let (has_history, centre) = store.read(|reader| {
        let centre = reader.centre()?;
        Ok((reader.is_initialised()?, centre))
    })?;
    let runtime = runtime()?;
    let wanted = keeping::wanted()?;
    let mut lack = None;
    // Its queue and its share stay, whatever comes of it.
    let mut is_here = false;
    match centre {
        None => {
            let message = Enrol {
                protocol: Protocol,
                code,
                name,
                fingerprint: fingerprint()?,
                has_history,
                desk: None,
            };
            let enrolled = runtime.block_on(link.enrol(&message)).map_err(failed)?;
            lack = keep(path, &enrolled, (known, authority), wanted)?;
            join(store, &url, &enrolled, has_history)?;
        }
        // It was cut off: the same desk goes on, and its code is not asked for again.
        Some(centre) if centre.url == url && is_cut_off(&centre, has_history) => {}
        // With a code of its own it gets another token, and goes on where it stands: it has lost what it shows, or shows what
        // the centre knows no more.
        Some(centre) if centre.url == url => {
            // Nobody exchanges meanwhile, and puts another token in the place of this one.
            let _alone = alone(store)?;
            let message = Enrol {
                protocol: Protocol,
                code,
                name,
                fingerprint: fingerprint()?,
                has_history: false,
                desk: Some(centre.holder.desk),
            };
            let enrolled = match runtime.block_on(link.enrol(&message)) {
                Ok(enrolled) => enrolled,
                // The code is not this desk's.
                Err(_) if keeping::read(path).is_ok() => {
                    return Err(CentreRefusal::Enrolled { url }.into());
                }
                Err(failure) => return Err(failed(failure)),
            };
            lack = keep(path, &enrolled, (known, authority), wanted)?;
            is_here = true;
        }
        Some(Centre { url, .. }) => return Err(CentreRefusal::Enrolled { url }.into()),
    }
    let sent = match upload(store, &runtime, progress) {
        Ok(sent) => sent,
        Err(error) if is_here || is_passing(&error) => return Err(error),
        Err(error) => {
            // Nothing was queued: the file is as it was before.
            store.write(|batch| batch.leave())?;
            keeping::remove(path)?;
            return Err(error);
        }
    };
    // Whose history is up has joined; a new file that is stopped while the feed comes down is whole, and not yet level.
    let mut following = |entries| progress(entries) || has_history;
    let followed = super::exchange::exchange(store, &runtime, None, &mut following)?.entries;
    let now = crate::Clock::System.now();
    let act = Act {
        request_id: request_id::current(),
        ..Act::new(caller.name(), "enrolled", &url, now)
    };
    store.write(|batch| batch.act(&act))?;
    let centre = store.read(|reader| reader.centre())?;
    let centre = centre.ok_or(CentreRefusal::NotEnrolled)?;
    let token = match lack {
        Some(_) => Some(keeping::place(path, TokenStore::File, lack)),
        None => keeping::standing(path, false),
    };
    let token = token.ok_or(DeskError::Stumbled)?;
    tracing::info!(request_id = %request_id::current(), sent, followed, "enrolled");
    Ok(Enrolment {
        ok: true,
        property: centre.property,
        letters: centre.letters,
        sent,
        followed,
        token_file: token.file.clone(),
        token,
    })
}

/// Keeps what the desk shows from now on; gives why the keyring did not take it.
fn keep(
    path: &Path,
    enrolled: &Enrolled,
    (fingerprint, authority): (Option<Fingerprint>, Option<String>),
    wanted: TokenStore,
) -> Result<Option<KeyringLack>, DeskError> {
    let token = enrolled.token.clone();
    let kept = token::Kept {
        fingerprint,
        ..token::Kept::new(token, authority, crate::Clock::System.now())
    };
    keeping::keep_new(path, kept, enrolled.holder.desk.0, wanted)
}

fn join(store: &Store, url: &str, enrolled: &Enrolled, has_history: bool) -> Result<(), DeskError> {
    let joining = Joining {
        url: url.to_owned(),
        property: enrolled.property.as_str().to_owned(),
        holder: enrolled.holder,
        letters: enrolled.letters.as_str().to_owned(),
        feed: enrolled.cursor,
        fingerprint: fingerprint()?.reveal().to_owned(),
    };
    Ok(store.write(|batch| batch.join(&joining, has_history))?)
}

/// Whether an enrolment of the file stopped before it was done: its history is not up, or none came down.
fn is_cut_off(centre: &Centre, has_history: bool) -> bool {
    centre.state == CentreState::Joining || !has_history && centre.cursor.number == 0
}

/// Whether the same enrolment can go on later.
fn is_passing(error: &DeskError) -> bool {
    match error {
        DeskError::Centre(refusal) => refusal.is_passing(),
        DeskError::Store(StoreError::Busy { .. }) => true,
        _ => false,
    }
}

/// A file that was copied to another machine has no share there: nothing is sold out of it before that is known.
pub(crate) fn on_this_machine(store: &Store) -> Result<(), DeskError> {
    let Some(centre) = store.read(|reader| reader.centre())? else {
        return Ok(());
    };
    let fingerprint = fingerprint()?;
    if centre.fingerprint != fingerprint.reveal() {
        store.write(|batch| batch.on_machine(fingerprint.reveal()))?;
    }
    Ok(())
}

/// Tells this machine from another without telling which it is.
fn fingerprint() -> Result<Secret, DeskError> {
    let id = machine_uid::get().map_err(DeskError::machine)?;
    let digest = Sha256::digest(format!("keyrack {id}").as_bytes());
    let text: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Secret::try_from(text).map_err(DeskError::machine)
}
