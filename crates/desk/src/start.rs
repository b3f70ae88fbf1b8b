//! How the window starts: with a choice, while loading, ready, or with what went wrong.

use serde::Serialize;
use ts_rs::TS;

use crate::answers::PropertyInfo;

/// Where the window's file stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
#[ts(optional_fields)]
pub enum OpenState {
    /// There is no file yet: the sample hotel, or one's own.
    Choose,
    /// The file is being made.
    Loading {
        /// Steps done.
        done: u64,
        /// Steps in all.
        total: u64,
        /// What is being done.
        text: String,
    },
    /// The hotel is open.
    Ready {
        /// The hotel.
        property: Box<PropertyInfo>,
    },
    /// The hotel has staff, and nobody is signed in or the desk is locked: `lock_state` says which.
    SignIn {
        /// Whether it is the sample hotel.
        sample: bool,
    },
    /// It cannot be opened.
    Failed {
        /// Why, for a person.
        message: String,
        /// Which file.
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// Whether a newer program has written it: this one has to be updated.
        newer: bool,
    },
}

/// The file changed; the window asks what.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ChangedEvent {
    /// The number of the last event.
    pub head: i64,
}

/// How far a long work is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProgressEvent {
    /// Which work.
    pub task: String,
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
    /// What is being done.
    pub text: String,
}
