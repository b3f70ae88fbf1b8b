// What the window asks of the program behind it. The window knows this interface and nothing of the transport,
// so that the same window runs on the real program and, in tests, on a small inventory in memory.
import type {
  AllotmentCard,
  AllotmentRequest,
  AllotmentRow,
  AllotmentsRequest,
  AlertRequest,
  AlertRow,
  AlertsRequest,
  Answer,
  AuditRequest,
  AuditRow,
  BackupRow,
  Backups,
  CellAtRequest,
  CellPanel,
  CellRequest,
  CentreView,
  Changes,
  ChangesRequest,
  Charts,
  ChartsRequest,
  CommandRequest,
  DayEnded,
  DaySheet,
  DaySheetRequest,
  DiscardRequest,
  DueItems,
  DueRequest,
  EndOfDayRequest,
  EnrolRequest,
  Enrolment,
  Exchanged,
  ExportRequest,
  Exported,
  FindRequest,
  ImportRequest,
  Imported,
  InboxAnswer,
  InboxAnswerRequest,
  InboxItem,
  InboxRequest,
  JobRequest,
  JobRow,
  GridRequest,
  Health,
  Language,
  LockState,
  ErrorBody,
  NewProperty,
  OpenState,
  ParkedRow,
  PrintRequest,
  ProgressEvent,
  PropertyInfo,
  PutBack,
  ReservationCard,
  ReservationRequest,
  RestoreRequest,
  RoleRow,
  SettingRequest,
  SettingRow,
  SheetRow,
  SignInRequest,
  StaffChange,
  StaffRow,
  Sisters,
  SistersRequest,
  TakeRequest,
  Walked,
  WalkRequest,
  Verdict,
  WaitingRow,
} from "./bindings";

export type Unlisten = () => void;

export interface HostEvents {
  changed: { head: number };
  progress: ProgressEvent;
  open_state: OpenState;
}

/** Work of which the page is told how far it is, and which it can stop. */
export type LongTask = "import" | "export" | "verify" | "enrol";

export interface Host {
  open_state(): Promise<OpenState>;
  open_sample(): Promise<OpenState>;
  create_property(request: NewProperty): Promise<Answer>;
  property(): Promise<PropertyInfo>;
  grid(request: GridRequest): Promise<ArrayBuffer>;
  changes(request: ChangesRequest): Promise<Changes>;
  charts(request: ChartsRequest): Promise<Charts>;
  cell(request: CellRequest): Promise<CellPanel>;
  day_sheet(request: DaySheetRequest): Promise<DaySheet>;
  reservation(request: ReservationRequest): Promise<ReservationCard>;
  find_reservations(request: FindRequest): Promise<SheetRow[]>;
  allotments(request: AllotmentsRequest): Promise<AllotmentRow[]>;
  allotment(request: AllotmentRequest): Promise<AllotmentCard>;
  waitlist(): Promise<WaitingRow[]>;
  /** What must be decided before the business date can end. */
  due(request: DueRequest): Promise<DueItems>;
  end_of_day(request: EndOfDayRequest): Promise<DayEnded>;
  /** Writes a paper and lets the system show it. */
  print(request: PrintRequest): Promise<{ file: string; shown: boolean }>;
  /** The folder in which files are suggested. */
  documents(): Promise<string>;
  /** Lets the user name a file in the system's dialog; nothing where it is left. */
  choose_file(wanted: "save" | "open", suggested: string): Promise<string | null>;
  /** Brings in bookings; `hear` is told how far it is, and `stop_work` stops it with nothing half done. */
  import_bookings(request: ImportRequest, hear: (progress: ProgressEvent) => void): Promise<Imported>;
  export_rows(request: ExportRequest, hear: (progress: ProgressEvent) => void): Promise<Exported>;
  stop_work(task: LongTask): Promise<void>;
  backups(): Promise<Backups>;
  back_up(): Promise<BackupRow>;
  restore(request: RestoreRequest): Promise<PutBack>;
  jobs(): Promise<JobRow[]>;
  run_jobs(): Promise<void>;
  retry_job(request: JobRequest): Promise<JobRow>;
  /** How the desk and its centre stand; nothing where it has none. */
  centre(): Promise<CentreView | null>;
  inbox(request: InboxRequest): Promise<InboxItem[]>;
  answer_inbox(request: InboxAnswerRequest): Promise<InboxAnswer>;
  take_alternative(request: TakeRequest): Promise<Answer>;
  discard_parked(request: DiscardRequest): Promise<ParkedRow>;
  /** Where a guest may be walked to. */
  sisters(request: SistersRequest): Promise<Sisters>;
  /** The centre reserves there and cancels here, or neither. */
  walk(request: WalkRequest): Promise<Walked>;
  /** Exchanges with the centre now. */
  try_centre(): Promise<Exchanged>;
  /** Joins the open hotel to a centre. */
  enrol(request: EnrolRequest, hear: (progress: ProgressEvent) => void): Promise<Enrolment>;
  /** Joins a hotel that is at a centre with a new file, and opens it. */
  join_centre(request: EnrolRequest, hear: (progress: ProgressEvent) => void): Promise<OpenState>;
  execute(request: CommandRequest): Promise<Answer>;
  /** How the door stands: who is signed in, and until when. The page never sees a token. */
  lock_state(): Promise<LockState>;
  sign_in(request: SignInRequest): Promise<LockState>;
  sign_out(): Promise<void>;
  lock(): Promise<void>;
  /** Somebody is at work: it does not lock for a while. */
  touch(): Promise<void>;
  staff(): Promise<StaffRow[]>;
  change_staff(request: StaffChange): Promise<StaffRow>;
  roles(): Promise<RoleRow[]>;
  set_role(request: RoleRow): Promise<RoleRow>;
  settings(): Promise<SettingRow[]>;
  set_setting(request: SettingRequest): Promise<SettingRow>;
  alerts(request: AlertsRequest): Promise<AlertRow[]>;
  acknowledge_alert(request: AlertRequest): Promise<AlertRow>;
  health(): Promise<Health>;
  verify(hear: (progress: ProgressEvent) => void): Promise<Verdict>;
  audit(request: AuditRequest): Promise<AuditRow[]>;
  /** A cell as it was. */
  cell_at(request: CellAtRequest): Promise<CellPanel>;
  /** Everything is drawn so many times its size, 1 to 2. */
  set_zoom(factor: number): Promise<void>;
  /** The languages of the system as tags, the most wanted first. */
  languages(): Promise<string[]>;
  /** Sentences that come from the program are in this language from now on. */
  speak(language: Language): Promise<void>;
  /** Says that the calendar is on the screen for the first time. */
  painted(): Promise<void>;
  listen<E extends keyof HostEvents>(event: E, hear: (payload: HostEvents[E]) => void): Promise<Unlisten>;
}

/** The room type under which the row of the whole house is asked for. */
export const HOUSE = "house";

/** What went wrong with a call; what the page itself throws has no request. */
export type Failure = Omit<ErrorBody, "request_id"> & Partial<Pick<ErrorBody, "request_id">>;

/** What a rejected call carries, whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    const { code, message, why, field, request_id } = thrown as Partial<ErrorBody>;
    return { code: code ?? "unexpected", message: String(message), why, field, request_id };
  }
  return { code: "unexpected", message: String(thrown) };
}
