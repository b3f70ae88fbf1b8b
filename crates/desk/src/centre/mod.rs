//! A desk and its centre: enrolment, the exchange, the inbox, and how the two stand.

mod ask;
mod enrol;
mod exchange;
mod in_use;
mod inbox;
mod keeping;
mod keyring;
mod level;
mod outgoing;
mod parked;
mod status;
mod take;
mod token;
mod upload;
mod view;
mod walk;
mod walk_asked;
mod work;

pub(crate) use enrol::on_this_machine;
pub use enrol::{EnrolRequest, Enrolment, GivenUp, Invitation};
pub use exchange::Exchanged;
pub use inbox::{InboxAnswer, InboxItem};
pub use keeping::{STORE_VARIABLE, TokenPlace, TokenStore};
pub use keyring::KeyringLack;
pub use parked::{DiscardRequest, ParkedRow};
pub use status::{CentreStatus, Failing, Reach};
pub use take::TakeRequest;
pub use view::{CentreView, InboxAnswerRequest, InboxRequest, NightMark};
pub use walk::{Sister, SisterType, Sisters, SistersRequest, WalkRequest, Walked};
pub use work::CentreWork;

use keyrack_store::Store;
use keyrack_sync::{Failure, Link};
use tokio::runtime::{Builder, Runtime};

use crate::error::{CentreRefusal, DeskError};

/// The line to the centre of the file; nothing where it has none.
fn line(store: &Store) -> Result<Option<Link>, DeskError> {
    Known::default().line(store)
}

/// A line that is kept for as long as what it is made of stays the same, and with it the connection.
#[derive(Default)]
struct Known(Option<(String, token::Kept, Link)>);

impl Known {
    /// The line to the centre of the file; nothing where it has none.
    fn line(&mut self, store: &Store) -> Result<Option<Link>, DeskError> {
        let Some(centre) = store.read(|reader| reader.centre())? else {
            return Ok(None);
        };
        let kept = keeping::read(store.path());
        if let Some((url, before, link)) = &self.0
            && *url == centre.url
            && still_shows(store, &kept, before)
        {
            return Ok(Some(link.clone()));
        }
        let kept = kept?;
        let link = kept.line(&centre.url).map_err(|fault| {
            let why = fault.to_string();
            CentreRefusal::Address { why }
        })?;
        self.0 = Some((centre.url, kept, link.clone()));
        Ok(Some(link))
    }
}

/// Whether the token is the one that was known before. A keyring that does not answer for now takes none back that the
/// file still names: a desk that was let in goes on.
fn still_shows(store: &Store, kept: &Result<token::Kept, DeskError>, before: &token::Kept) -> bool {
    match kept {
        Ok(kept) => kept == before,
        Err(DeskError::Centre(CentreRefusal::Keyring { lack })) if lack.is_passing() => {
            before.entry.is_some()
                && keeping::entry(store.path()).is_ok_and(|entry| entry == before.entry)
        }
        Err(_) => false,
    }
}

/// A runtime for one thread: the desk's own calls block.
fn runtime() -> Result<Runtime, DeskError> {
    let built = Builder::new_current_thread().enable_all().build();
    built.map_err(DeskError::machine)
}

/// What a failed request means to whoever waits for it.
fn failed(failure: Failure) -> DeskError {
    match failure {
        Failure::Network(why) => CentreRefusal::Unreachable { why }.into(),
        Failure::Distrusted(why) => CentreRefusal::Distrusted { why }.into(),
        Failure::Newer { spoken } => CentreRefusal::Newer { spoken }.into(),
        Failure::Fault {
            fault,
            retry_after_ms,
        } => CentreRefusal::Fault {
            fault,
            retry_after_ms,
        }
        .into(),
    }
}
