//! By what a command that takes rooms is judged.

/// What a decision about rooms rests on. Everything else that can be wrong with a command is asked
/// whichever it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authority {
    /// The counts: every night needs the rooms, and those of rights that are out are not there
    /// ([`crate::State::put_shares`]). A desk without a centre, and the centre itself.
    #[default]
    Counts,
    /// A desk's share: every night needs the rights, whatever the counts say. Conditions hold.
    Share,
    /// A promise that was given within a share, or a fact: neither rooms nor conditions are asked.
    Promised,
    /// More than the share: conditions hold, and a new sale is made as `needs_confirmation`, which
    /// takes no room.
    Beyond,
}

impl Authority {
    /// Whether rooms are asked for.
    pub(super) fn asks_rooms(self) -> bool {
        matches!(self, Self::Counts | Self::Share)
    }

    /// Whether stop-sells, closed dates and lengths of stay are asked.
    pub(super) fn asks_conditions(self) -> bool {
        self != Self::Promised
    }
}
