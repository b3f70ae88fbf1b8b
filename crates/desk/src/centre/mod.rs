//! A desk and its centre: enrolment, the exchange, the inbox, and how the two stand.

mod ask;
mod enrol;
mod exchange;
mod inbox;
mod level;
mod outgoing;
mod parked;
mod status;
mod take;
mod token;
mod upload;
mod view;
mod work;

pub use enrol::{EnrolRequest, Enrolment, GivenUp, Invitation};
pub use exchange::Exchanged;
pub use inbox::{InboxAnswer, InboxItem};
pub use parked::{DiscardRequest, ParkedRow};
pub use status::{CentreStatus, Reach};
pub use take::TakeRequest;
pub use view::{CentreView, InboxAnswerRequest, InboxRequest, NightMark};
pub use work::CentreWork;

use keyrack_store::Store;
use keyrack_sync::{Failure, Link};
use tokio::runtime::{Builder, Runtime};

use crate::error::{CentreRefusal, DeskError};

/// The line to the centre of the file; nothing where it has none.
fn line(store: &Store) -> Result<Option<Link>, DeskError> {
    let Some(centre) = store.read(|reader| reader.centre())? else {
        return Ok(None);
    };
    let kept = token::read(store.path())?;
    let link = kept.line(&centre.url);
    link.map(Some).map_err(|fault| {
        CentreRefusal::Address {
            why: fault.to_string(),
        }
        .into()
    })
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
        Failure::Newer { spoken } => CentreRefusal::Newer { spoken }.into(),
        Failure::Fault { fault, .. } => CentreRefusal::Fault { fault }.into(),
    }
}
