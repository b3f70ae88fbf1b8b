//! Shares: what each desk may sell while nobody answers it.
//!
//! The rooms of a night that are free to sell are divided between the centre's pool and rights of
//! desks. A right is three counts that only grow, and each side sends its own counts as totals, so
//! that a message lost, doubled or late changes nothing. Invariants, after every step:
//!
//! - a pool is never negative: free rooms and the deficit cover every right that is out;
//! - a right is conserved: what was granted is consumed, returned, or still left;
//! - the deficit is the sum of its entries, and each entry names its cause.
//!
//! No rule here reads a clock.

mod book;
mod deficit;
mod policy;
mod right;

pub use book::{Counts, NightBook};
pub use deficit::{Cause, Entry};
pub use policy::{Claim, targets};
pub use right::{Holder, Moved, Right, ShareFault, Totals};
