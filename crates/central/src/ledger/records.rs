//! What judging, granting and feeding read and write, wherever that is kept.
//!
//! [`Tx`] is what a centre runs on. A simulation keeps the same in memory, so that the code which decides
//! about rooms is one and the same in both.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::share::{Counts, Entry, Holder, NightBook};
use keyrack_inventory::state::Shares;
use keyrack_inventory::{
    Allotment, AllotmentId, CommandId, DeskId, HoldId, Instant, Night, NightRange, OutageId,
    Reference, ReservationId, RoomTypeCode, State, Want,
};
use keyrack_wire::{Answer, Fed, Grant, Granted, Guest, Hash, Text};
use uuid::Uuid;

use super::shares::Changed;
use super::{
    Accepted, Asker, AuditRow, Changes, Covered, DeskRow, Noted, PropertyRow, QueuedRow, TrailRow,
    Tx, Whole,
};
use crate::error::CentralError;

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $made:ty;)*) => {
        /// One transaction over what a centre keeps. Each is what the method of [`Tx`] of that name is.
        pub trait Records: Sync {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Where it cannot be read or written.
                fn $name(
                    &self, $($argument: $type),*
                ) -> impl Future<Output = Result<$made, CentralError>> + Send;
            )*
        }

        impl Records for Tx<'_> {
            $(
                async fn $name(&self, $($argument: $type),*) -> Result<$made, CentralError> {
                    Tx::$name(self, $($argument),*).await
                }
            )*
        }
    };
}

records! {
    /// A point to which a command that fails is taken back.
    mark() -> ();
    /// Keeps what was done since the point.
    keep() -> ();
    /// Takes back what was done since the point.
    take_back() -> ();
    /// The property, locked until the transaction ends.
    lock(id: i32) -> PropertyRow;
    /// The property as this transaction sees it.
    property(id: i32) -> PropertyRow;
    /// Writes what changed of the property's row.
    put_property(property: &PropertyRow) -> ();
    /// A desk of the property.
    desk(property: i32, id: DeskId) -> DeskRow;
    /// Every desk of the property, in the order of their letters.
    desks(property: i32) -> Vec<DeskRow>;
    /// Writes how far the desk's queue and counts have come.
    put_desk(row: &DeskRow, now: Instant) -> ();
    /// Two copies of the desk were seen: its epoch ends, and it is granted nothing more.
    end_epoch(row: &DeskRow, now: Instant) -> ();
    /// The desk may exist twice: it is granted nothing more until a person has looked.
    fork_desk(property: i32, id: DeskId, now: Instant) -> ();
    /// Appends a row to the trail.
    audit(property: &mut PropertyRow, row: &AuditRow<'_>, covers: Covered) -> ();
    /// The hash of the trail's row of that number.
    trail_hash(property: i32, number: u64) -> Option<Hash>;
    /// Appends rows that follow the last one of the trail.
    add_trail(property: i32, rows: &[TrailRow]) -> ();
    /// Keeps guests that came beside commands.
    put_guests(property: i32, guests: &[Guest]) -> ();
    /// Keeps texts that came beside commands.
    put_texts(property: i32, texts: &[Text]) -> ();
    /// The guests of those ids.
    guests(property: i32, ids: &[Uuid]) -> Vec<Guest>;
    /// The texts of those ids.
    texts(property: i32, ids: &[Uuid]) -> Vec<Text>;
    /// What was erased since the feed stood at the number.
    erased_since(property: i32, number: u64) -> Vec<Uuid>;
    /// Erases guests and texts with all that there is of their bookings, as [`Tx::erase_whole`].
    erase_whole(property: i32, ids: &[Uuid], told: (u64, &str), at: (u64, Instant)) -> bool;
    /// Those of the ids that were erased.
    erased_among(property: i32, ids: &[Uuid]) -> Vec<Uuid>;
    /// Erases a guest or a text for good, where the feed stands at the number. Gives whether there was one.
    erase(property: i32, id: Uuid, number: u64, now: Instant) -> bool;
    /// The hash and the answer under a number of a desk's queue.
    answered(property: i32, holder: Holder, seq: u64) -> Option<(Hash, Answer)>;
    /// The commands of a desk that took effect since, and those that were refused.
    answered_since(property: i32, desk: DeskId, since: Instant) -> (Vec<CommandId>, Vec<CommandId>);
    /// Keeps places of queues and their answers.
    add_queued(property: i32, rows: &[QueuedRow]) -> ();
    /// The answer with which a command was accepted, under whatever number that was, or refused to the desk.
    first_answer(property: i32, asked: (DeskId, CommandId)) -> Option<Answer>;
    /// The command of that id, if it was accepted.
    accepted(property: i32, id: CommandId) -> Option<Accepted>;
    /// The commands among those ids that were accepted.
    accepted_among(property: i32, ids: &[CommandId]) -> Vec<(CommandId, Accepted)>;
    /// The holds that are active.
    active_holds(property: i32) -> Vec<Hold>;
    /// Appends entries with their events.
    add_entries(property: i32, entries: &[Fed]) -> ();
    /// The entries after a number, with at most so many events.
    entries_after(property: i32, after: u64, most: usize) -> Vec<Fed>;
    /// When a business date last ended, as the feed tells.
    day_ended(property: i32) -> Option<Instant>;
    /// What the feed comes to with the entry of that number, where that is known.
    chain(property: i32, number: u64) -> Option<Hash>;
    /// Notes which entries changed which reservations, with the letters of their desks.
    note_changes(property: i32, noted: &[Noted]) -> ();
    /// The last entry of another desk after `seen` that changed the reservation: what is known beside its stays, or
    /// anything else of it.
    changed_by_others(property: i32, of: (ReservationId, bool), seen: u64, desk: &str) -> Option<i64>;
    /// Notes which entry undid the command.
    note_undone(property: i32, undone: CommandId, by: u64) -> ();
    /// The reservation of that id or number.
    reservation(property: i32, asked: &Reference<ReservationId>) -> Option<Reservation>;
    /// The hold of that id or number.
    hold(property: i32, asked: &Reference<HoldId>) -> Option<Hold>;
    /// The reservations of those ids and numbers; one may come twice.
    reservations_among(property: i32, ids: &[Uuid], numbers: &[String]) -> Vec<Reservation>;
    /// The holds of those ids and numbers; one may come twice.
    holds_among(property: i32, ids: &[Uuid], numbers: &[String]) -> Vec<Hold>;
    /// The outage of that id or number.
    outage(property: i32, asked: &Reference<OutageId>) -> Option<Outage>;
    /// The allotment of that id or number.
    allotment(property: i32, asked: &Reference<AllotmentId>) -> Option<Allotment>;
    /// Loads what is wanted into the state.
    load(state: &mut State, asker: Asker<'_>, wants: &[Want]) -> ();
    /// Writes what changed, but for the catalogue.
    write(property: i32, changes: &Changes, state: &State) -> ();
    /// Keeps rooms of nights apart for a command of a desk.
    keep_apart(property: i32, place: (DeskId, CommandId), kept: &[(Night, RoomTypeCode, u32)]) -> ();
    /// The commands of a desk among those ids for which something is kept apart.
    apart_among(property: i32, desk: DeskId, ids: &[CommandId]) -> Vec<CommandId>;
    /// Keeps nothing apart any more for the command, and gives the nights on which it did.
    join_apart(property: i32, place: (DeskId, CommandId)) -> BTreeSet<Night>;
    /// What is counted on each of the nights.
    counts(property: i32, nights: &[i32]) -> BTreeMap<Night, Counts>;
    /// The books of the nights.
    books(property: i32, nights: &[i32]) -> BTreeMap<Night, NightBook>;
    /// Writes rights that differ from before; `number` is how often something was granted.
    put_rights(property: i32, changed: &[Changed], number: u64) -> ();
    /// Notes how far the grants had come before they went on.
    note_granted(property: i32, before: Granted) -> ();
    /// What the grants came to when they had come so far, where they went on since.
    granted_chain(property: i32, number: u64) -> Option<Hash>;
    /// Writes what a night owes now, and why.
    put_deficits(property: i32, night: Night, book: &NightBook, entries: &[Entry], now: Instant) -> ();
    /// What is left of the rights of every type: the holder's own, and all others.
    rights_left(property: i32, nights: NightRange, own: Holder) -> Vec<(RoomTypeCode, Night, Shares)>;
    /// The holder's grants that changed after the grants had come to the number, from the night on.
    grants_since(property: i32, holder: Holder, number: u64, from: Night) -> Vec<Grant>;
    /// The open nights from one on, at most so many.
    open_nights(property: i32, from: Night, most: i32) -> Vec<i32>;
    /// The nights on which the desk has rights left, of its epochs up to one.
    nights_with_rights(property: i32, desk: DeskId, epoch: u32) -> Vec<i32>;
    /// A desk that was declared lost, or is awaited, is back.
    found_desk(property: i32, id: DeskId) -> ();
    /// The desk is declared lost, and its epoch ends.
    lose_desk(property: i32, id: DeskId, now: Instant) -> ();
    /// A person looked after a desk that existed twice: it has rights again once it is heard.
    accept_desk(property: i32, id: Uuid) -> ();
    /// Notes that a person took back what was left of the desk's epochs up to one.
    take_epochs_back(property: i32, id: DeskId, epoch: u32) -> ();
    /// Everything of the inventory.
    whole(property: i32) -> Whole;
    /// Every guest and every text.
    people(property: i32) -> (Vec<Guest>, Vec<Text>);
}
