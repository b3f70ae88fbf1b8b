//! Messages of the desks and the centre, and commands of the window.

use keyrack_desk::api::CommandRequest;
use keyrack_wire::{
    Again, Answer, Checked, Enrol, Enrolled, Fault, Fed, Genesis, Notice, Page, Pull, Push, Pushed,
    Queued, Renew, Renewed, Sealed, Snapshot, Standing, Taken,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// JSON, as any message.
pub fn messages(bytes: &[u8]) -> bool {
    let read = [
        same::<Again>(bytes),
        same::<Answer>(bytes),
        same::<Checked>(bytes),
        same::<CommandRequest>(bytes),
        same::<Enrol>(bytes),
        same::<Enrolled>(bytes),
        same::<Fault>(bytes),
        same::<Fed>(bytes),
        same::<Genesis>(bytes),
        same::<Notice>(bytes),
        same::<Page>(bytes),
        same::<Pull>(bytes),
        same::<Push>(bytes),
        same::<Pushed>(bytes),
        same::<Queued>(bytes),
        same::<Renew>(bytes),
        same::<Renewed>(bytes),
        same::<Sealed>(bytes),
        same::<Snapshot>(bytes),
        same::<Standing>(bytes),
        same::<Taken>(bytes),
    ];
    read.contains(&true)
}

/// What can be read is written so that the same is read again. Gives whether it could.
fn same<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> bool {
    let Ok(read) = serde_json::from_slice::<T>(bytes) else {
        return false;
    };
    let written = serde_json::to_string(&read).expect("a message can be written");
    let again: T = serde_json::from_str(&written)
        .unwrap_or_else(|error| panic!("{written} is written and not read: {error}"));
    let again = serde_json::to_string(&again).expect("a message can be written");
    assert_eq!(again, written, "{}", std::any::type_name::<T>());
    true
}
