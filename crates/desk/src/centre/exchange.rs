//! The exchange: the queue goes up, then the feed comes down.

use std::sync::atomic::Ordering;
use std::time::Duration;

use keyrack_store::Store;
use keyrack_sync::Link;
use serde::Serialize;
use tokio::runtime::Runtime;
use ts_rs::TS;

use super::in_use::Line;
use super::{runtime, token};
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// What an exchange moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Exchanged {
    /// Always true.
    pub ok: bool,
    /// Commands that the centre answered.
    #[ts(type = "number")]
    pub pushed: u64,
    /// Entries of the feed that came down, of this desk and of others.
    #[ts(type = "number")]
    pub entries: u64,
    /// Rows that were put right.
    #[ts(type = "number")]
    pub corrections: u64,
    /// The number of the last entry of the feed that is here.
    #[ts(type = "number")]
    pub cursor: u64,
}

impl Desk {
    /// Sends the queue up and follows the feed, once. Of several processes one does it at a time.
    ///
    /// # Errors
    /// Where the file has no centre, the centre does not answer or says no, or the file fails.
    pub fn exchange(&self) -> Result<Exchanged, DeskError> {
        self.open_to_all(Question::Exchange);
        self.exchange_on(&runtime()?, None)
    }

    /// The same on a runtime that is there, with a line that was used on it before, and notes whether the centre is
    /// newer than this program.
    pub(super) fn exchange_on(
        &self,
        runtime: &Runtime,
        link: Option<Link>,
    ) -> Result<Exchanged, DeskError> {
        let done = exchange(&self.store, runtime, link, &mut |_| true);
        let newer = done.as_ref().is_err_and(DeskError::is_of_a_newer_program);
        self.centre_is_newer.store(newer, Ordering::Relaxed);
        done
    }
}

pub(super) fn exchange(
    store: &Store,
    runtime: &Runtime,
    link: Option<Link>,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Exchanged, DeskError> {
    exchange_on(store, runtime, (link, None), progress)
}

/// The same, of which nobody waits longer than that.
pub(super) fn exchange_within(
    store: &Store,
    runtime: &Runtime,
    patience: Duration,
) -> Result<Exchanged, DeskError> {
    exchange_on(store, runtime, (None, Some(patience)), &mut |_| true)
}

fn exchange_on(
    store: &Store,
    runtime: &Runtime,
    (link, patience): (Option<Link>, Option<Duration>),
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Exchanged, DeskError> {
    let mut turn =
        |link: &Link| Line::new(store, runtime, link.clone(), patience).exchange(progress);
    let done = opened(store, link).and_then(|link| {
        let done = turn(&link);
        if !done.as_ref().is_err_and(token::is_unknown) || !token::show_another(store, &link)? {
            return done;
        }
        let other = opened(store, None)?;
        let done = turn(&other);
        if done.as_ref().is_err_and(token::is_unknown) {
            token::show_it_no_more(store, &other)?;
        }
        done
    });
    note(store, &done);
    done
}

fn opened(store: &Store, link: Option<Link>) -> Result<Link, DeskError> {
    match link {
        Some(link) => Ok(link),
        None => super::line(store)?.ok_or_else(|| CentreRefusal::NotEnrolled.into()),
    }
}
/// Notes how an exchange ended, where that is another end than before: whoever asks how the desk stands is told, in
/// every process.
pub(super) fn note(store: &Store, done: &Result<Exchanged, DeskError>) {
    let failing = match done {
        Ok(_) => None,
        Err(DeskError::Centre(refusal)) => serde_json::to_string(refusal).ok(),
        // Nobody else may meet it: what waits would wait for ever, and look as if all were well.
        Err(DeskError::Store(error)) if error.code() != "busy" => {
            let why = error.to_string();
            serde_json::to_string(&CentreRefusal::File { why }).ok()
        }
        Err(_) => return,
    };
    let let_go = done.as_ref().is_err_and(token::is_unknown);
    let noted = store.read(|reader| reader.centre()).and_then(|known| {
        match known.is_some_and(|known| (&known.failing, known.let_go) != (&failing, let_go)) {
            true => store.write(|batch| batch.exchanged(failing.as_deref(), let_go)),
            false => Ok(()),
        }
    });
    if let Err(error) = noted {
        crate::logs::centre(&error.into());
    }
}
