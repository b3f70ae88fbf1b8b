//! The TypeScript that the window speaks, generated from these types.

use std::fmt::Write;

use ts_rs::{Config, TS};

use crate::answers::{
    Accepted, AllotmentCard, AllotmentNight, AllotmentRef, AllotmentRow, Answer, AnswerBody,
    CellCounts, CellPanel, CellPatch, Changes, ChartType, Charts, DayPatch, DaySheet, DueDecision,
    DueItem, DueItems, DueKind, ExplainLine, FailedOne, HistoryLine, HoldRef, HoldRow,
    MovedNightInfo, OutageHit, OutageRef, OutageRow, PropertyInfo, RefusalBody, RefusedBody,
    ReservationCard, ReservationRef, RoomTypeInfo, SheetRow, StayCard, UndoInfo, Upgrade,
    WaitingRow,
};
use crate::api::{
    AlertRequest, AlertsRequest, AllotmentChange, AllotmentRequest, AllotmentsRequest,
    CellAtRequest, CellRequest, ChangesRequest, ChartsRequest, Command, CommandRequest,
    DaySheetRequest, DueRequest, EndOfDayRequest, FindRequest, GridRequest, Guest, NewAllotment,
    NewDetails, NewLimits, NewOutage, NewProperty, NewReservation, NewRoomType, Price,
    PropertyRoomType, ReasonGiven, ReservationRequest, RoomFor, StayRequest, Steps,
};
use crate::backups::{BackupRow, Backups, JobRequest, JobRow, PutBack, RestoreRequest};
use crate::centre::{
    CentreStatus, CentreView, DiscardRequest, EnrolRequest, Enrolment, Exchanged, Failing,
    InboxAnswer, InboxAnswerRequest, InboxItem, InboxRequest, KeyringLack, NightMark, ParkedRow,
    Reach, Sister, SisterType, Sisters, SistersRequest, TakeRequest, TokenPlace, TokenStore,
    WalkRequest, Walked,
};
use crate::day::{DayEnded, Decided};
use crate::door::Role;
use crate::error::ErrorBody;
use crate::money::{Amounts, RateAmounts};
use crate::papers::{DayPaper, PrintRequest};
use crate::settings::{Holds, SettingRequest, SettingRow};
use crate::sign_in::{LockState, SignInRequest};
use crate::staff::{RoleRow, StaffChange, StaffRow};
use keyrack_words::{Language, Words};

use crate::health::{Health, Hour, Last, Latency};
use crate::start::{ChangedEvent, OpenState, ProgressEvent};
use crate::trail::{ACTS, AuditEvent, AuditRequest, AuditRow, Verdict, VerdictCheck};
use crate::transfer::{BadRow, ExportRequest, ExportWhat, Exported, ImportRequest, Imported};
use crate::watch::AlertRow;

impl TS for RefusalBody {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        "Refusal".to_owned()
    }

    fn inline(cfg: &Config) -> String {
        Self::name(cfg)
    }
}

/// Declared by hand: facts differ by code.
const REFUSAL: &str = r#"/** A rule said no: a code, its facts, and a sentence. */
export interface Refusal {
  code: string;
  message: string;
  room_type?: RoomTypeCode | "house";
  night?: CivilDate;
  required?: number;
  available?: number;
  alternatives?: Alternative[];
  from?: string;
  to?: string;
  allowed?: string[];
  [fact: string]: unknown;
}
/** Where the same rooms could be had. */
export interface Alternative {
  room_type: RoomTypeCode;
  arrival: CivilDate;
  departure: CivilDate;
  available: number;
  overbooked?: number;
}
/** What may be done with a stay. */
export type StayAction = Transition | "amend" | "split" | "move" | "give_room" | "set_details";
"#;

macro_rules! declarations {
    ($cfg:expr, $($ty:ty),* $(,)?) => {{
        let mut text = String::new();
        $(
            for line in <$ty as TS>::docs().iter() {
                // The first line of a type's documentation is enough for a reader of the window.
                let _never_fails = write!(text, "{line}");
            }
            let _never_fails = writeln!(text, "export {}", <$ty as TS>::decl($cfg));
        )*
        text
    }};
}

/// What the audit trail's commands and acts are called in a language, as it is committed: the page lists them by name.
pub fn deeds(language: Language) -> String {
    let tag = language.tag();
    let (first, rest) = tag.split_at(1);
    let mut text = format!(
        "// Generated from the words of crates/words by `make bindings`. Do not edit.\n\n\
         export const deeds{}{rest}: Record<string, string> = {{\n",
        first.to_uppercase()
    );
    for kind in keyrack_inventory::Command::KINDS.iter().chain(&ACTS) {
        let _never_fails = writeln!(text, "  {kind}: {:?},", Words::of(language).deed(kind));
    }
    text.push_str("};\n");
    text
}

/// The whole file of bindings, as it is committed.
pub fn typescript() -> String {
    let cfg = &Config::new().with_large_int("number");
    let declared = declarations!(
        cfg,
        CommandRequest,
        Command,
        StayRequest,
        Guest,
        Price,
        ReasonGiven,
        RoomFor,
        NewReservation,
        NewAllotment,
        AllotmentChange,
        Steps,
        NewDetails,
        NewOutage,
        NewLimits,
        NewRoomType,
        NewProperty,
        PropertyRoomType,
        GridRequest,
        ChangesRequest,
        CellRequest,
        CellAtRequest,
        ChartsRequest,
        DaySheetRequest,
        ReservationRequest,
        FindRequest,
        Answer,
        AnswerBody,
        Accepted,
        RefusedBody,
        FailedOne,
        ReservationRef,
        HoldRef,
        OutageHit,
        OutageRef,
        AllotmentRef,
        AllotmentRow,
        AllotmentNight,
        AllotmentCard,
        WaitingRow,
        DueDecision,
        DueKind,
        DueItem,
        DueItems,
        Decided,
        DayEnded,
        AllotmentsRequest,
        AllotmentRequest,
        DueRequest,
        EndOfDayRequest,
        PropertyInfo,
        UndoInfo,
        RoomTypeInfo,
        CellCounts,
        Changes,
        CellPatch,
        DayPatch,
        CellPanel,
        Upgrade,
        ExplainLine,
        HistoryLine,
        ChartType,
        Charts,
        DaySheet,
        SheetRow,
        HoldRow,
        OutageRow,
        RateAmounts,
        Amounts,
        ReservationCard,
        StayCard,
        MovedNightInfo,
        Role,
        SignInRequest,
        LockState,
        StaffRow,
        StaffChange,
        RoleRow,
        SettingRow,
        Holds,
        SettingRequest,
        AlertsRequest,
        AlertRequest,
        AlertRow,
        Latency,
        Last,
        Hour,
        Health,
        Verdict,
        VerdictCheck,
        AuditRequest,
        AuditEvent,
        AuditRow,
        Reach,
        CentreStatus,
        Failing,
        CentreView,
        NightMark,
        ParkedRow,
        KeyringLack,
        Sister,
        SisterType,
        Sisters,
        SistersRequest,
        TokenPlace,
        TokenStore,
        WalkRequest,
        Walked,
        DiscardRequest,
        InboxRequest,
        InboxItem,
        InboxAnswerRequest,
        InboxAnswer,
        TakeRequest,
        Exchanged,
        EnrolRequest,
        Enrolment,
        ErrorBody,
        OpenState,
        ChangedEvent,
        ProgressEvent,
        Language,
        DayPaper,
        BackupRow,
        Backups,
        RestoreRequest,
        PutBack,
        JobRow,
        JobRequest,
        ImportRequest,
        Imported,
        BadRow,
        ExportWhat,
        ExportRequest,
        Exported,
        PrintRequest,
    );
    format!(
        "// Generated from the desk's Rust types by `make bindings`. Do not edit.\n\n{}{REFUSAL}{declared}",
        keyrack_inventory::TYPESCRIPT
    )
}
