//! The program's log: a line of JSON for each command, job and failure, in files that are bounded in
//! age and size.
//!
//! What stands in a line: ids, kinds, codes, durations, roles, paths. Never a guest's name, phone or
//! e-mail, never a free text, and so no error that repeats what somebody typed. A log that cannot be
//! written stops no work and says nothing.

mod files;

use std::backtrace::Backtrace;
use std::panic::{self, PanicHookInfo};
use std::path::Path;
use std::time::Instant as Timer;

use tracing::Level;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use uuid::Uuid;

pub use files::{LogFiles, log_files};

use crate::answers::Answer;
use crate::error::DeskError;
use crate::request_id;

/// Writes the log into a folder from now on, and panics with it. Gives whether this was the first
/// call: a program has one log.
pub fn begin(folder: &Path, program: &'static str) -> bool {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(LogFiles::in_folder(folder))
        .log_internal_errors(false)
        // What libraries say is not ours to vouch for.
        .with_filter(Targets::new().with_target("keyrack", Level::INFO));
    let subscriber = tracing_subscriber::registry().with(lines);
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        return false;
    }
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        log_panic(program, info);
        before(info);
    }));
    true
}

/// A text that was put together may hold a guest's name, so only one that stands in the program is
/// logged; the place and the trace say the rest.
fn log_panic(program: &str, info: &PanicHookInfo<'_>) {
    let said = info.payload().downcast_ref::<&'static str>();
    let place = info.location().map(ToString::to_string);
    tracing::error!(
        program,
        request_id = %request_id::current(),
        thread = std::thread::current().name().unwrap_or("unnamed"),
        place = place.as_deref().unwrap_or("unknown"),
        said = said.copied().unwrap_or("put together while it ran, and so not logged"),
        backtrace = %Backtrace::force_capture(),
        "panic"
    );
}

/// An exchange with the centre that failed. What the network says names hosts and ports alone.
pub(crate) fn centre(error: &DeskError) {
    let request_id = request_id::current();
    tracing::warn!(%request_id, outcome = error.code(), why = error.for_the_log(), "exchange");
}

/// What is known of a command when it has ended.
pub(crate) struct Logged {
    /// The command's name, once it is read.
    pub kind: &'static str,
    /// What the caller is, once the door has let them in.
    pub role: &'static str,
}

/// Carries out a command under a request id, and logs how it ended.
pub(crate) fn command(
    command_id: Uuid,
    work: impl FnOnce(&mut Logged) -> Result<Answer, DeskError>,
) -> Result<Answer, DeskError> {
    let request_id = request_id::current();
    let started = Timer::now();
    let mut logged = Logged {
        kind: "unread",
        role: "nobody",
    };
    let done = request_id::under(request_id, || work(&mut logged));
    let outcome = done.as_ref().map_or_else(DeskError::code, Answer::code);
    let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let Logged { kind, role } = logged;
    tracing::info!(%request_id, %command_id, kind, outcome, duration_us, role, "command");
    if let Err(error @ DeskError::Store(_)) = &done {
        tracing::error!(%request_id, why = error.for_the_log(), "a command failed");
    }
    done
}
