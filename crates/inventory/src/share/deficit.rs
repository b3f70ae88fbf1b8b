//! The deficit: promises beyond what may be sold, each unit of it explained.

use crate::ids::{CommandId, DeskId};
use crate::refusal::Pool;

/// What made a deficit, or paid one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Something that happened and cannot be refused: a broken room, a guest who stays on.
    Fact(CommandId),
    /// A limit was lowered under what is out.
    Limit(CommandId),
    /// A desk that was declared lost came back, and had sold.
    LostDesk(DeskId),
    /// The centre was restored from a copy older than this desk's grants.
    Restored(DeskId),
    /// Rooms became free.
    Freed,
}

/// A line of the deficit's ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Of which pool.
    pub pool: Pool,
    /// By how many rooms the deficit rose, or, negative, was paid.
    pub rooms: i64,
    /// Why.
    pub cause: Cause,
}
