//! The hotel behind the window: which file it is in, and how far it is opened.
//!
//! Invariants: the state changes in one place, and whoever asks for it waits while a file is being
//! opened, so that the page never sees a state that is about to end; every call to the desk runs on
//! a thread that may block.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use keyrack_desk::answers::{Answer, PropertyInfo};
use keyrack_desk::api::NewProperty;
use keyrack_desk::centre::{EnrolRequest, Invitation};
use keyrack_desk::start::{OpenState, ProgressEvent};
use keyrack_desk::{Desk, DeskError, Options, replay, request_id};
use keyrack_words::Words;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tauri::async_runtime::spawn_blocking;
use uuid::Uuid;

use crate::arguments::Wanted;
use crate::failure::Failure;
use crate::stops::Stops;

/// Until the file has staff, whoever runs the program acts as this.
const ACTOR: &str = "admin";

enum State {
    /// Nobody has looked for the file yet.
    Unknown,
    Choose,
    /// The sample hotel is being built; how far, once that is known.
    Loading(Option<replay::Progress>),
    Open(Open),
    /// It could not be opened. Once the page has been told, asking again tries again.
    Failed {
        why: Trouble,
        file: PathBuf,
        told: bool,
    },
}

/// What kept a hotel from being opened. It is put into words when the page asks: by then the page has said which
/// language it speaks, and when the file is opened it has not.
pub enum Trouble {
    /// The desk said no.
    Desk(DeskError),
    /// A folder of the system could not be asked for, as the system says it.
    System(String),
    /// A file or folder beside the hotel cannot be written, as the system says it.
    Unwritable(PathBuf, String),
}

impl Trouble {
    /// What the system says where it does not know a folder.
    pub fn system(error: impl std::fmt::Display) -> Self {
        Self::System(error.to_string())
    }

    /// What the system says of a file or folder that is made here.
    pub fn unwritable(path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |error| Self::Unwritable(path.to_owned(), error.to_string())
    }

    fn spoken(&self) -> String {
        let words = Words::here();
        match self {
            Self::Desk(error) => error.spoken(words),
            Self::System(why) => words.say("failed-machine").with("why", why.as_str()).text(),
            Self::Unwritable(path, why) => words
                .say("bad-unwritable")
                .with("path", path.display().to_string())
                .with("why", why.as_str())
                .text(),
        }
    }

    fn is_of_a_newer_program(&self) -> bool {
        matches!(self, Self::Desk(error) if error.is_of_a_newer_program())
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

/// How far the building of the sample hotel is, in words.
pub fn loading(step: Option<replay::Progress>) -> ProgressEvent {
    let words = Words::here();
    let done = step.map(|step| {
        words
            .say("loading-sample-date")
            .with("date", words.night(step.date))
            .text()
    });
    ProgressEvent {
        task: "sample".to_owned(),
        done: step.map_or(0, |step| step.done as u64),
        total: step.map_or(0, |step| step.total as u64),
        text: done.unwrap_or_else(|| words.plain("loading-sample")),
    }
}

#[derive(Clone)]
struct Open {
    desk: Arc<Desk>,
    sample: bool,
}

impl Open {
    fn property(&self) -> Result<PropertyInfo, DeskError> {
        let property = self.desk.property()?;
        Ok(PropertyInfo {
            sample: self.sample,
            ..property
        })
    }
}

/// The hotel that the window is for.
pub struct Hotel {
    wanted: Wanted,
    state: Mutex<State>,
    known: Condvar,
    /// Long work that goes on, and can be stopped.
    pub stops: Stops,
}

impl Hotel {
    /// A hotel that nobody has looked for yet.
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            state: Mutex::new(State::Unknown),
            known: Condvar::new(),
            stops: Stops::default(),
        }
    }

    /// What the window was started for.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Opens a file. Gives the desk where that worked; where not, the state says why.
    pub fn open(&self, file: &Path, sample: bool) -> Option<Arc<Desk>> {
        match Desk::open(&Options::new(file, ACTOR)) {
            Ok(desk) => {
                let desk = Arc::new(desk);
                self.now_is(State::Open(Open {
                    desk: Arc::clone(&desk),
                    sample,
                }));
                Some(desk)
            }
            Err(error) => {
                self.fail(error.into(), file);
                None
            }
        }
    }

    /// Makes a hotel of one's own and opens it.
    pub fn create(&self, new: &NewProperty) -> Result<(Arc<Desk>, Answer), Failure> {
        let Wanted::Own(file) = &self.wanted else {
            return Err(Failure::not_open());
        };
        let options = Options::new(file, ACTOR);
        let (desk, answer) = Desk::create(&options, new, None, Uuid::now_v7())?;
        let desk = Arc::new(desk);
        self.now_is(State::Open(Open {
            desk: Arc::clone(&desk),
            sample: false,
        }));
        Ok((desk, answer))
    }

    /// Joins a hotel at a centre with a new file and opens it. What did not come to an end leaves no
    /// file behind: the same may be tried again.
    pub fn join(
        &self,
        request: &EnrolRequest,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Option<Arc<Desk>>, Failure> {
        let Wanted::Own(file) = &self.wanted else {
            return Err(Failure::not_open());
        };
        if file.exists() {
            return Err(Failure::not_open());
        }
        let options = Options::new(file, ACTOR);
        if let Err(error) = Desk::enrol(&options, &Invitation::from(request), progress) {
            clear_away(file);
            return Err(error.into());
        }
        Ok(self.open(file, false))
    }

    /// Leaves the choice to the user.
    pub fn offer(&self) {
        self.now_is(State::Choose);
    }

    /// Claims the building of the sample hotel; whoever comes second is told no.
    pub fn begin_loading(&self) -> bool {
        let mut state = self.lock();
        if matches!(*state, State::Loading(_) | State::Open(_)) {
            return false;
        }
        *state = State::Loading(None);
        self.known.notify_all();
        true
    }

    /// Notes how far the building is.
    pub fn progress(&self, step: replay::Progress) {
        self.now_is(State::Loading(Some(step)));
    }

    /// Notes that the hotel cannot be opened.
    pub fn fail(&self, why: Trouble, file: &Path) {
        self.now_is(State::Failed {
            why,
            file: file.to_owned(),
            told: false,
        });
    }

    /// Whether the page has been told of a failure, and so asks to try again.
    pub fn told_failure(&self) -> bool {
        matches!(*self.lock(), State::Failed { told: true, .. })
    }

    /// How far it is opened. Waits until the file has been looked for, so not for the main thread.
    pub fn look(&self) -> OpenState {
        let unknown = |state: &mut State| matches!(state, State::Unknown);
        let state = self.known.wait_while(self.lock(), unknown);
        let open = match &mut *state.unwrap_or_else(PoisonError::into_inner) {
            State::Unknown | State::Choose => return OpenState::Choose,
            State::Loading(step) => {
                let ProgressEvent {
                    done, total, text, ..
                } = loading(*step);
                return OpenState::Loading { done, total, text };
            }
            State::Failed { why, file, told } => {
                *told = true;
                return OpenState::Failed {
                    message: why.spoken(),
                    file: Some(file.display().to_string()),
                    newer: why.is_of_a_newer_program(),
                };
            }
            State::Open(open) => open.clone(),
        };
        match open.property() {
            Ok(property) => OpenState::Ready {
                property: Box::new(property),
            },
            Err(DeskError::Door(_)) => OpenState::SignIn {
                sample: open.sample,
            },
            Err(error) => {
                let file = Some(open.desk.path().display().to_string());
                OpenState::Failed {
                    message: error.spoken(Words::here()),
                    file,
                    newer: error.is_of_a_newer_program(),
                }
            }
        }
    }

    /// The hotel and its room types.
    pub fn property(&self) -> Result<PropertyInfo, Failure> {
        Ok(self.opened()?.property()?)
    }

    /// Puts a question, or a command, to the desk.
    pub async fn ask<Q, A>(
        self: &Arc<Self>,
        request: Value,
        question: impl FnOnce(&Desk, &Q) -> Result<A, DeskError> + Send + 'static,
    ) -> Result<A, Failure>
    where
        Q: DeserializeOwned,
        A: Send + 'static,
    {
        let hotel = Arc::clone(self);
        blocking(move || {
            let request: Q = keyrack_desk::parse(request)?;
            let open = hotel.opened()?;
            Ok(question(&open.desk, &request)?)
        })
        .await
    }

    /// Puts a question without facts to the desk.
    pub async fn put<A>(
        self: &Arc<Self>,
        question: impl FnOnce(&Desk) -> Result<A, DeskError> + Send + 'static,
    ) -> Result<A, Failure>
    where
        A: Send + 'static,
    {
        let hotel = Arc::clone(self);
        blocking(move || Ok(question(&hotel.opened()?.desk)?)).await
    }

    fn opened(&self) -> Result<Open, Failure> {
        match &*self.lock() {
            State::Open(open) => Ok(open.clone()),
            _ => Err(Failure::not_open()),
        }
    }

    fn now_is(&self, state: State) {
        *self.lock() = state;
        self.known.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Each change replaces the whole state, so one that was interrupted left the old one intact.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes away a file that holds no hotel, with all that lies beside it under its name.
fn clear_away(file: &Path) {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return;
    };
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let beside = entry.file_name();
        let rest = beside
            .as_encoded_bytes()
            .strip_prefix(name.as_encoded_bytes());
        if rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'-') {
            // What stays is found by the next try, which says so.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// Runs what may wait for the disk away from the threads that serve the page, under a request id of
/// its own: what fails tells the page the name that the log has.
pub async fn blocking<A: Send + 'static>(
    work: impl FnOnce() -> Result<A, Failure> + Send + 'static,
) -> Result<A, Failure> {
    let id = Uuid::now_v7();
    spawn_blocking(move || request_id::under(id, work))
        .await
        .unwrap_or_else(|_| Err(request_id::under(id, Failure::unexpected)))
}
