// The shapes that cross the boundary between the window and the program. Field names are those of the program.
// Optional fields are absent, dates are "YYYY-MM-DD", instants RFC 3339 in UTC, money integers in minor units.

export type RoomTypeCode = string;
export type CivilDate = string;
export type Instant = string;
export type Uuid = string;

export type OpenState =
  | { state: "choose" }
  | { state: "loading"; done: number; total: number; text: string }
  | { state: "ready"; property: PropertyInfo }
  | { state: "failed"; message: string; file?: string };

export type RoomTypeStatus = "draft" | "on_sale" | "stopped" | "retired";
export interface RoomTypeInfo { code: RoomTypeCode; name: string; rank: number; rooms: number; status: RoomTypeStatus; retired_from?: CivilDate }
export interface LastUndo { command_id: Uuid; text: string }
export interface PropertyInfo { name: string; code: string; time_zone: string; currency: string; currency_digits: number; business_date: CivilDate; open_from: CivilDate; open_to: CivilDate; room_types: RoomTypeInfo[]; file: string; sample: boolean; head: number; actor: string; last_undo?: LastUndo }
export interface NewRoomType { code: RoomTypeCode; name: string; rank: number; rooms: number; overbooking: number }
export interface NewProperty { name: string; code: string; time_zone: string; currency: string; business_date: CivilDate; room_types: NewRoomType[] }

export interface CellCounts { physical: number; out_of_order: number; sold: number; held: number; blocked: number; overbooking: number; rooms_left: number; free: number; available: number; version: number }
export interface CellPatch { room_type: RoomTypeCode; night: number; physical: number; out_of_order: number; sold: number; held: number; blocked: number; overbooking: number; flags: number; version: number }
export interface DayPatch { night: number; arrivals: number; departures: number; in_house: number; day_use: number; house_overbooking?: number }
export interface Changes { since: number; head: number; reread: boolean; catalogue: boolean; cells: CellPatch[]; days: DayPatch[] }

export type ExplainCount = "physical" | "out_of_order" | "out_of_service" | "sold" | "held" | "blocked" | "overbooking";
export type ExplainKind = "limit" | "stay" | "hold" | "outage";
export interface ExplainLine { count: ExplainCount; kind: ExplainKind; id?: Uuid; number?: string; stay?: number; rooms: number; text: string; guest?: string; status?: StayStatus; arrival?: CivilDate; departure?: CivilDate; expires_at?: Instant }
export interface HistoryLine { seq: number; instant: Instant; business_date: CivilDate; actor: string; event: string; text: string; command_id: Uuid; number?: string; reason?: string }
export interface Upgrade { room_type: RoomTypeCode; rooms_left: number }
export interface CellPanel { room_type: RoomTypeCode; night: CivilDate; counts: CellCounts; walk_risk: number; next_hold_expiry?: Instant; lines: ExplainLine[]; history: HistoryLine[]; upgrades: Upgrade[] }

export interface SheetRow { id: Uuid; number: string; stay: number; stays: number; guest: string; room_type: RoomTypeCode; assigned?: RoomTypeCode; room?: string; arrival: CivilDate; departure: CivilDate; nights: number; adults: number; children: number; meal?: string; source?: string; status: StayStatus; price?: number }
export type HoldStatus = "active" | "released" | "converted" | "expired";
export interface HoldItem { room_type: RoomTypeCode; arrival: CivilDate; departure: CivilDate; rooms: number }
export interface HoldRow { id: Uuid; number: string; reference?: string; expires_at: Instant; status: HoldStatus; items: HoldItem[] }
export interface OutageRow { id: Uuid; number: string; room_type: RoomTypeCode; from: CivilDate; back_on: CivilDate; rooms: number; service: boolean; reason?: string; room?: string }
export interface DaySheet { night: CivilDate; arrivals: SheetRow[]; departures: SheetRow[]; in_house: SheetRow[]; holds: HoldRow[]; outages: OutageRow[] }

export type StayStatus = "waitlisted" | "tentative" | "needs_confirmation" | "confirmed" | "checked_in" | "checked_out" | "cancelled" | "no_show";
export type StayAction = "confirm" | "check_in" | "check_out" | "reverse_check_in" | "reverse_check_out" | "cancel" | "no_show" | "reinstate" | "amend" | "split" | "move";
export interface GuestInfo { name: string; phone?: string; email?: string }
export interface MovedNight { night: CivilDate; room_type: RoomTypeCode }
export interface StayCard { stay: number; room_type: RoomTypeCode; arrival: CivilDate; departure: CivilDate; freed_from?: CivilDate; status: StayStatus; room?: string; assigned?: RoomTypeCode; price?: number; option_until?: CivilDate; moved: MovedNight[]; allowed: StayAction[] }
export interface ReservationCard { id: Uuid; number: string; version: number; status: StayStatus; guest: GuestInfo; source?: string; external_number?: string; meal?: string; notes?: string; guarantee?: string; adults: number; children: number; created_at: Instant; stays: StayCard[]; allowed: StayAction[]; history: HistoryLine[] }

export interface StayRequest { room_type: RoomTypeCode; arrival: CivilDate; departure: CivilDate; rooms: number }
export interface PriceRequest { room_type: RoomTypeCode; amount: number }
export type ReasonCode = "guest" | "no_payment" | "duplicate" | "overbooked" | "agent" | "weather" | "error" | "other";
export interface Reason { code: ReasonCode; text?: string }

export type Command =
  | { kind: "reserve"; stays: StayRequest[]; guest: GuestInfo; adults?: number; children?: number; prices?: PriceRequest[]; source?: string; external_number?: string; meal?: string; notes?: string; guarantee?: string; tentative?: boolean; option_until?: CivilDate; hold?: string; walk_in?: boolean }
  | { kind: "confirm"; ids: string[]; reason?: Reason }
  | { kind: "check_in"; ids: string[]; room?: string; reason?: Reason }
  | { kind: "check_out"; ids: string[]; reason?: Reason }
  | { kind: "reverse_check_in"; ids: string[]; reason?: Reason }
  | { kind: "reverse_check_out"; ids: string[]; reason?: Reason }
  | { kind: "cancel"; ids: string[]; reason?: Reason }
  | { kind: "no_show"; ids: string[]; reason?: Reason }
  | { kind: "reinstate"; ids: string[]; reason?: Reason }
  | { kind: "amend"; id: string; stays: StayRequest[] }
  | { kind: "split"; id: string; stay: number }
  | { kind: "move_night"; id: string; stay: number; night: CivilDate; room_type: RoomTypeCode }
  | { kind: "place_hold"; stays: StayRequest[]; minutes?: number; reference?: string }
  | { kind: "extend_hold"; id: string; minutes?: number }
  | { kind: "release_hold"; id: string }
  | { kind: "add_outage"; room_type: RoomTypeCode; from: CivilDate; back_on: CivilDate; rooms: number; service?: boolean; reason: string; room?: string }
  | { kind: "end_outage"; id: string; on?: CivilDate }
  | { kind: "set_limits"; room_type?: RoomTypeCode; from: CivilDate; to: CivilDate; overbooking?: number; physical?: number }
  | { kind: "open_nights"; from: CivilDate; to: CivilDate }
  | { kind: "add_room_type"; code: RoomTypeCode; name: string; rank?: number; rooms: number }
  | { kind: "rename_room_type"; code: RoomTypeCode; name: string }
  | { kind: "rank_room_type"; code: RoomTypeCode; rank: number }
  | { kind: "sell_room_type"; code: RoomTypeCode }
  | { kind: "stop_room_type"; code: RoomTypeCode }
  | { kind: "reactivate_room_type"; code: RoomTypeCode }
  | { kind: "retire_room_type"; code: RoomTypeCode; from: CivilDate }
  | { kind: "undo"; command?: Uuid };
export interface CommandRequest { command_id: Uuid; if_version?: number; override_reason?: string; command: Command }

export interface Alternative { room_type: RoomTypeCode; arrival: CivilDate; departure: CivilDate; available: number }
export interface Refusal { code: string; message: string; room_type?: RoomTypeCode; night?: CivilDate; required?: number; available?: number; alternatives?: Alternative[]; from?: string; to?: string; allowed?: string[]; [fact: string]: unknown }
export interface ReservationMade { id: Uuid; number: string; status: StayStatus }
export interface HoldMade { id: Uuid; number: string; expires_at: Instant }
export interface OutageMade { id: Uuid; number: string }
export interface FailedOne { id: string; error: Refusal }
export interface AnswerHead { command_id: Uuid; request_id: Uuid; repeated?: true; head: number }
export interface Done { ok: true; text: string; undoable: boolean; reservation?: ReservationMade; hold?: HoldMade; outage?: OutageMade; done?: string[]; failed?: FailedOne[] }
export interface Refused { ok: false; error: Refusal }
export type Answer = AnswerHead & (Done | Refused);

export interface GridRequest { from: CivilDate; nights: number }
export interface ChangesRequest { since: number }
export interface CellRequest { room_type: RoomTypeCode; night: CivilDate }
export interface DaySheetRequest { night: CivilDate }
export interface ReservationRequest { id: string }
export interface FindRequest { text: string; limit: number }
export interface HostFailure { code: string; message: string; request_id?: Uuid }
export interface ChangedEvent { head: number }
export interface ProgressEvent { task: string; done: number; total: number; text: string }
