//! Under which id something is asked for that is no command of the inventory. The same id with the same
//! request is done once, and told again; with another request it is refused, as for commands.

use std::cell::Cell;
use std::fmt::Debug;
use std::path::Path;

use keyrack_inventory::{CommandId, Refusal};
use keyrack_store::{Act, Asked, Reader, Store, StoreError, Used};
use keyrack_words::Words;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::describe;
use crate::desk::Desk;
use crate::door::{Caller, Role};
use crate::error::DeskError;
use crate::options::Options;
use crate::settings::Setting;
use crate::staff;

thread_local! {
    static CURRENT: Cell<Option<Asked>> = const { Cell::new(None) };
}

/// What was done before under the same id.
#[derive(Clone, Debug)]
pub struct DoneBefore {
    /// What was said then.
    pub answer: Value,
    /// In a few words.
    pub text: String,
    /// The present state, where there is one.
    pub now: Option<Value>,
}

/// Works under the caller's id; what is asked for is told apart by its words.
pub fn under<T>(id: Uuid, request: &impl Debug, work: impl FnOnce() -> T) -> T {
    struct Back(Option<Asked>);
    impl Drop for Back {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let asked = Asked {
        id: CommandId(id),
        request_hash: Sha256::digest(format!("{request:?}").as_bytes()).into(),
    };
    let _back = Back(CURRENT.replace(Some(asked)));
    work()
}

/// Under what this thread works, where under anything.
pub(crate) fn current() -> Option<Asked> {
    CURRENT.get()
}

/// Says what was done before under the id at which this thread works, or that it was something else.
pub(crate) fn check(store: &Store) -> Result<(), DeskError> {
    let Some(asked) = current() else {
        return Ok(());
    };
    let used = store.read(|reader| reader.used(asked.id))?;
    let Some(used) = used else { return Ok(()) };
    let same = |hash: &[u8; 32]| *hash == asked.request_hash;
    match used {
        Used::Act {
            request_hash,
            what,
            object,
            answer,
        } if same(&request_hash) => {
            let now = store.read(|reader| present(reader, &what, &object))?;
            let said = Words::here().say("done-before");
            let text = said.with("what", describe::phrase(&what, &object)).text();
            Err(DeskError::DoneBefore(Box::new(DoneBefore {
                answer,
                text,
                now,
            })))
        }
        Used::Act { .. } | Used::Command => Err(conflict(asked.id)),
    }
}

/// The id was used for another request.
pub(crate) fn conflict(id: CommandId) -> DeskError {
    let words = Words::here().say("refused-idempotency-conflict");
    DeskError::Refused {
        refusal: Box::new(Refusal::IdempotencyConflict { id }),
        message: words.with("id", id.to_string()).text(),
    }
}

/// Refuses where a file that is to come knows the id already: what is done under it could not be told there.
pub(crate) fn check_coming(path: &Path, options: &Options) -> Result<(), DeskError> {
    let Some(asked) = current() else {
        return Ok(());
    };
    // A file that cannot be looked into is for the restore to judge.
    match Store::used_in(path, asked.id, options.wait) {
        Ok(Some(_)) => Err(conflict(asked.id)),
        Ok(None) | Err(_) => Ok(()),
    }
}

/// How what an act was about stands at present.
fn present(reader: &Reader<'_>, what: &str, object: &str) -> Result<Option<Value>, StoreError> {
    Ok(match what {
        "setting_set" => match Setting::named(object) {
            Ok(setting) => Some(json!({ "key": object, "value": setting.value(reader)? })),
            Err(_) => None,
        },
        "role_set" => Role::ALL
            .into_iter()
            .find(|role| role.as_str() == object)
            .map(|role| {
                let may = reader.role_permissions(role.as_str())?;
                Ok::<_, StoreError>(json!({ "role": role, "may": may }))
            })
            .transpose()?,
        _ if what.starts_with("staff_") => reader
            .staff_named(object)?
            .map(|found| staff::row(&found))
            .transpose()?
            .map(|row| json!(row)),
        _ => None,
    })
}

impl Desk {
    /// An act under the id at which this thread works. Asked for once the door is passed, and before
    /// anything is done.
    pub(crate) fn asked_act(
        &self,
        caller: &Caller,
        what: &'static str,
        object: &str,
    ) -> Result<Act, DeskError> {
        check(&self.store)?;
        Ok(Act {
            asked: current(),
            ..self.act(caller, what, object)
        })
    }

    /// An act that leaves a file. It is told before the file is put in its place: where that failed, the
    /// same request is carried out again.
    pub(crate) fn asked_file(
        &self,
        caller: &Caller,
        (what, object): (&'static str, &str),
        to: &Path,
    ) -> Result<Act, DeskError> {
        match self.asked_act(caller, what, object) {
            Err(DeskError::DoneBefore(_)) if !to.exists() => Ok(self.act(caller, what, object)),
            other => other,
        }
    }
}
