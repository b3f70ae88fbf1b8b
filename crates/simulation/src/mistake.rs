//! Mistakes that can be planted, to see whether they are found.

/// A mistake that such a protocol invites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A grant is sent as what it adds, not as the total.
    GrantAsDifference,
    /// A desk debits what it gives back only when the centre has answered.
    ReturnDebitedWhenAnswered,
    /// What goes up with a command that is asked for is sold by the desk all the same.
    GivenBackAndKept,
    /// A cancellation at a desk gives the right back to it.
    CancelMintsRight,
    /// The centre takes a share back because time went by.
    ShareTakenBackByTime,
    /// A desk goes on with an older copy of its file as if nothing had happened.
    RestoredWithoutGuard,
    /// The centre applies what it has applied already.
    NoDedupe,
    /// A command that the feed brought back still lies over the base.
    OverlayTwice,
    /// What a parked command promised is free again at the centre.
    ParkedRightsDropped,
    /// The feed leaves an entry out.
    EntrySkipped,
    /// What was queued is gone after a crash, though it was promised.
    QueueNotDurable,
    /// A share that is set apart goes back to the pool without a word.
    QuarantineReleased,
    /// A desk promises rooms without taking them off its share.
    SoldWithoutRight,
    /// One poisoned command keeps the whole queue waiting.
    PoisonBlocks,
    /// What was left of the share of an epoch that is over is sold in the next.
    ShareKeptOnRejoin,
    /// What goes up again in a new epoch goes up under new ids.
    AgainUnderNewId,
    /// A desk that rejoins says itself that nothing is left of its old share.
    QuarantineClosedByDesk,
    /// What the centre granted before it was restored from a copy becomes no deficit.
    LostGrantsForgotten,
    /// A desk does not say what it has had of the centre, which was restored from a copy.
    RestoreUnnoticed,
    /// A desk that leaves one epoch after another behind is granted a share in each.
    DoubleOverlooked,
    /// A desk that begins an epoch takes it that what the centre granted until then was told.
    GrantsSteppedOver,
    /// A desk does not say how far it knows the centre to have come with its grants, which a copy lost.
    LostGrantsUnnoticed,
    /// What was never sent goes to a restored centre as if it had been answered.
    SureThoughNeverSent,
    /// What goes up is noted only with its answer, which a desk that dies does not hear.
    SentNotNoted,
}

impl Mistake {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::GrantAsDifference,
        Self::ReturnDebitedWhenAnswered,
        Self::GivenBackAndKept,
        Self::CancelMintsRight,
        Self::ShareTakenBackByTime,
        Self::RestoredWithoutGuard,
        Self::NoDedupe,
        Self::OverlayTwice,
        Self::ParkedRightsDropped,
        Self::EntrySkipped,
        Self::QueueNotDurable,
        Self::QuarantineReleased,
        Self::SoldWithoutRight,
        Self::PoisonBlocks,
        Self::ShareKeptOnRejoin,
        Self::AgainUnderNewId,
        Self::QuarantineClosedByDesk,
        Self::LostGrantsForgotten,
        Self::RestoreUnnoticed,
        Self::DoubleOverlooked,
        Self::GrantsSteppedOver,
        Self::LostGrantsUnnoticed,
        Self::SureThoughNeverSent,
        Self::SentNotNoted,
    ];

    /// The first seed from which on it is looked for: what comes to light in one of 10,000 schedules is sought near one
    /// in which it does.
    pub fn sought_from(self) -> u64 {
        match self {
            Self::LostGrantsUnnoticed => 9_500,
            _ => 0,
        }
    }

    /// The invariants of docs/SYNC.md, by their numbers, one of which has to be seen broken.
    pub fn breaks(self) -> &'static [u8] {
        match self {
            Self::GrantAsDifference
            | Self::ReturnDebitedWhenAnswered
            | Self::GivenBackAndKept
            | Self::CancelMintsRight
            | Self::ShareTakenBackByTime
            | Self::SoldWithoutRight
            | Self::ParkedRightsDropped => &[1, 2],
            Self::RestoredWithoutGuard => &[1, 2, 5],
            Self::NoDedupe => &[4],
            Self::QueueNotDurable
            | Self::SureThoughNeverSent
            | Self::SentNotNoted
            | Self::GrantsSteppedOver
            | Self::LostGrantsUnnoticed => &[5],
            Self::PoisonBlocks => &[5, 9],
            Self::OverlayTwice => &[8],
            Self::EntrySkipped => &[6, 7, 8],
            Self::QuarantineReleased | Self::QuarantineClosedByDesk | Self::DoubleOverlooked => {
                &[10]
            }
            Self::ShareKeptOnRejoin | Self::LostGrantsForgotten => &[1, 2],
            Self::AgainUnderNewId => &[4, 5],
            Self::RestoreUnnoticed => &[5, 6, 7, 8],
        }
    }
}
