//! What may be asked of a desk beside the commands of the inventory, and what it takes to ask it.

use keyrack_inventory::command::Permission;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a member of the staff is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells and receives.
    FrontDesk,
    /// Closes the day as well.
    NightAudit,
    /// Sets limits and exports as well.
    Manager,
    /// Everything.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::FrontDesk,
        Self::NightAudit,
        Self::Manager,
        Self::Admin,
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontDesk => "front_desk",
            Self::NightAudit => "night_audit",
            Self::Manager => "manager",
            Self::Admin => "admin",
        }
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What it takes to ask something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing: it tells nothing of the hotel, or is done by the program itself.
    Anyone,
    /// The permission.
    May(Permission),
    /// The permission, and a sign-in that is minutes old.
    Fresh(Permission),
}

impl Rule {
    /// The permission, where one is needed.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Self::Anyone => None,
            Self::May(permission) | Self::Fresh(permission) => Some(permission),
        }
    }
}

macro_rules! questions {
    ($($(#[doc = $meaning:literal])* $name:ident $word:literal $rule:expr;)*) => {
        /// What may be asked of a desk beside the commands of the inventory. Each method of a desk
        /// that answers from the file asks the door for one of these first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Question {
            $($(#[doc = $meaning])* $name,)*
        }

        impl Question {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its word in the audit trail.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// What it takes to ask it.
            pub fn rule(self) -> Rule {
                use Permission::{Administer, Configure, Look, Operate, Sell};
                use Rule::{Anyone, Fresh, May};
                match self {
                    $(Self::$name => $rule,)*
                }
            }
        }
    };
}

questions! {
    /// Who is signed in, and whether the door is locked.
    LockState "lock_state" Anyone;
    /// The program's own timer: holds whose time is up, and news of the file.
    Timer "timer" Anyone;
    /// A forgotten password, from the machine itself.
    ResetFromMachine "reset_from_machine" Anyone;
    /// The hotel and its room types.
    Property "property" May(Look);
    /// Counts, as a grid or a list.
    Counts "counts" May(Look);
    /// What changed.
    Changes "changes" May(Look);
    /// A cell, explained.
    Cell "cell" May(Look);
    /// A day's arrivals, departures, guests in the house.
    DaySheet "day_sheet" May(Look);
    /// A reservation.
    Reservation "reservation" May(Look);
    /// A reservation's confirmation or registration cards, on paper.
    Paper "paper" May(Look);
    /// Reservations in pages.
    Reservations "reservations" May(Look);
    /// A search.
    Find "find" May(Look);
    /// Holds.
    Holds "holds" May(Look);
    /// Outages.
    Outages "outages" May(Look);
    /// Groups.
    Allotments "allotments" May(Look);
    /// Who waits.
    Waitlist "waitlist" May(Look);
    /// What is due before the business date can end.
    Due "due" May(Look);
    /// The business date ended.
    EndOfDay "end_of_day" May(Operate);
    /// The business date ended without a desk that cannot be asked.
    EndOfDayWithout "end_of_day_without" May(Configure);
    /// The event log.
    Events "events" May(Look);
    /// The audit trail.
    Audit "audit" May(Look);
    /// The file's own check.
    Verify "verify" May(Look);
    /// What the hotel set.
    Settings "settings" May(Look);
    /// What each role may do.
    Roles "roles" May(Look);
    /// Alerts.
    Alerts "alerts" May(Look);
    /// How the desk fares.
    Health "health" May(Look);
    /// Jobs.
    Jobs "jobs" May(Look);
    /// An alert seen.
    AcknowledgeAlert "acknowledge_alert" May(Sell);
    /// Jobs done, or tried anew.
    RunJobs "run_jobs" May(Operate);
    /// A bundle for support.
    SupportBundle "support_bundle" May(Configure);
    /// A copy of the file.
    Backup "backup" May(Operate);
    /// Counts written anew.
    Rebuild "rebuild" May(Operate);
    /// Guests and since when they are gone.
    Guests "guests" May(Configure);
    /// Everything kept of a guest.
    ExportGuest "export_guest" Fresh(Configure);
    /// Reservations, availability or events as a file.
    Export "export" Fresh(Configure);
    /// Bookings of another system brought in.
    Import "import" May(Configure);
    /// A guest forgotten.
    EraseGuest "erase_guest" Fresh(Administer);
    /// A backup put in the file's place.
    Restore "restore" Fresh(Administer);
    /// How the desk stands with its centre.
    CentreStatus "centre_status" May(Look);
    /// What the centre answered.
    Inbox "inbox" May(Look);
    /// An answer of the centre dealt with.
    AnswerInbox "answer_inbox" May(Sell);
    /// Commands that the centre could not read.
    Parked "parked" May(Look);
    /// One of those sent again.
    RetryParked "retry_parked" May(Operate);
    /// One of those given up.
    DiscardParked "discard_parked" May(Operate);
    /// The queue sent up and the feed followed, by the program itself.
    Exchange "exchange" Anyone;
    /// The desk joined to a centre.
    Enrol "enrol" Fresh(Administer);
    /// Where a guest may be walked to.
    Sisters "sisters" May(Configure);
    /// A guest walked to a sister hotel.
    Walk "walk" May(Configure);
    /// What the desk shows its centre put into the keyring, or out of it.
    KeepToken "keep_token" Fresh(Administer);
    /// A setting changed.
    SetSetting "set_setting" May(Administer);
    /// Who works here.
    Staff "staff" May(Administer);
    /// Somebody added, disabled, given another role or password.
    ChangeStaff "change_staff" Fresh(Administer);
    /// What a role may do, changed.
    SetRole "set_role" Fresh(Administer);
    /// The hotel set up, or loaded from bookings.
    SetUp "set_up" May(Administer);
}
